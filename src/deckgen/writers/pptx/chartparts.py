"""What the plots of a chart are written with: axes, labels, fills, lines.

Element names and their order follow ECMA-376 part 1, 21.2 (DrawingML charts).
"""

from __future__ import annotations

from msgspec import Struct

from deckgen.scene import Line, ValueAxis
from deckgen.theme import Theme
from deckgen.units import points
from deckgen.writers.pptx.escape import escape_attribute, escape_text
from deckgen.writers.pptx.sheet import format_number
from deckgen.writers.pptx.themepart import color_xml

# Axis ids are unsigned in the schema; PowerPoint is reported to reject negative ones.
FIRST_AXIS, SECOND_AXIS, THIRD_AXIS, FOURTH_AXIS = 111111111, 222222222, 333333333, 444444444
NO_LINE = "<a:ln><a:noFill/></a:ln>"
NO_SHAPE = f"<c:spPr><a:noFill/>{NO_LINE}</c:spPr>"
# PowerPoint wraps a long label within its own idea of a width unless told not to.
LABEL_BODY = (
    '<a:bodyPr wrap="none" lIns="38100" tIns="19050" rIns="38100" bIns="19050" anchor="ctr"/>'
)
# Text kept level: PowerPoint would slant the names under a crowded axis.
AXIS_BODY = '<a:bodyPr rot="0" vert="horz"/>'
# Left to whoever draws it: names that stand close are left out rather than broken.
LEVEL_BODY = '<a:bodyPr rot="-60000000" vert="horz"/>'
AXIS_LINE = Line("muted", 0.75)
GRID_LINE = Line("hair", 0.75)


class ChartPen(Struct, frozen=True):
    """What colours and texts are written with."""

    theme: Theme
    language: str
    faces: str  # what the chart's words need besides the theme's Latin face, as XML


def axis_ids(first: int, second: int) -> str:
    """The two axes of a plot, that of categories or x first."""
    return f'<c:axId val="{first}"/><c:axId val="{second}"/>'


def value_axis(
    pen: ChartPen, own: int, crossing: int, side: str, axis: ValueAxis,
    *, between: str = "between", size_pt: float = 11, crosses: str = "autoZero",
    secondary: bool = False,
) -> str:  # fmt: skip
    """`c:valAx`: with numbers and lines at its steps, or unseen if it has none.

    `side` is one of l, r, t, b; `between` is `midCat` where marks stand on the axis. A
    secondary axis is unseen but there: LibreOffice (7.4) draws its series on the first axis
    where it is deleted.
    """
    limits = ("" if axis.high is None else f'<c:max val="{format_number(axis.high)}"/>') + (
        "" if axis.low is None else f'<c:min val="{format_number(axis.low)}"/>'
    )
    shown = axis.step > 0
    place = "low" if shown else "none" if secondary else "nextTo"
    grid = f"<c:majorGridlines><c:spPr>{line_xml(pen, GRID_LINE)}</c:spPr></c:majorGridlines>"
    bare = shown and not axis.grid
    code = escape_attribute(axis.number_format)
    text = f"<c:spPr><a:noFill/>{line_xml(pen, AXIS_LINE if bare else None)}</c:spPr>"
    text += text_properties(pen, AXIS_BODY, size_pt, "muted", bold=False)
    base = '<c:logBase val="10"/>' if axis.log else ""
    return (
        f'<c:valAx><c:axId val="{own}"/><c:scaling>{base}<c:orientation val="minMax"/>{limits}'
        f'</c:scaling><c:delete val="{int(not shown and not secondary)}"/><c:axPos val="{side}"/>'
        f'{grid if shown and axis.grid else ""}<c:numFmt formatCode="{code}" sourceLinked="0"/>'
        f'<c:majorTickMark val="{"out" if bare else "none"}"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="{place}"/>{text if shown or secondary else ""}'
        f'<c:crossAx val="{crossing}"/><c:crosses val="{crosses}"/>'
        f'<c:crossBetween val="{between}"/>'
        + (f'<c:majorUnit val="{format_number(axis.step)}"/>' if shown else "")
        + "</c:valAx>"
    )


def crossing_axes(pen: ChartPen, x: ValueAxis, y: ValueAxis, size_pt: float = 11) -> str:
    """The two value axes of marks, each where the other one is lowest."""
    return value_axis(
        pen, FIRST_AXIS, SECOND_AXIS, "b", x, between="midCat", size_pt=size_pt, crosses="min"
    ) + value_axis(
        pen, SECOND_AXIS, FIRST_AXIS, "l", y, between="midCat", size_pt=size_pt, crosses="min"
    )


def scatter_plot(series: str) -> str:
    """`c:scatterChart` of written series, which say for themselves whether lines join them."""
    return (
        '<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>'
        f"{series}{axis_ids(FIRST_AXIS, SECOND_AXIS)}</c:scatterChart>"
    )


def series_head(number: int, name: str) -> str:
    """The beginning of `c:ser`, which is left open: its place from 0, the reference to its name."""
    return f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx>{name}</c:tx>'


def inner_layout(plot: tuple[float, float, float, float]) -> str:
    """`c:layout` of the inner plot area: x, y, w, h as fractions of the chart."""
    sizes = (
        f'<c:{name} val="{format_number(part)}"/>' for name, part in zip("xywh", plot, strict=True)
    )
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/>'
        f'<c:xMode val="edge"/><c:yMode val="edge"/>{"".join(sizes)}</c:manualLayout></c:layout>'
    )


def shown(value: bool) -> str:
    """What a label shows: the value, or nothing."""
    return (
        f'<c:showLegendKey val="0"/><c:showVal val="{int(value)}"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )


def rich_text(pen: ChartPen, text: str, size_pt: float, color: str) -> str:
    """`c:tx` of a label with words of its own."""
    return (
        f"<c:tx><c:rich>{LABEL_BODY}<a:lstStyle/><a:p>"
        f"<a:pPr>{_character(pen, 'a:defRPr', size_pt, color)}</a:pPr>"
        f"<a:r>{_character(pen, 'a:rPr', size_pt, color)}<a:t>{escape_text(text)}</a:t></a:r>"
        "</a:p></c:rich></c:tx>"
    )


def worded_label(
    pen: ChartPen, index: int, text: str, size_pt: float, color: str, side: str
) -> str:
    """`c:dLbl` of a point with words of its own on a side of it: one of l, r, t, b, ctr.

    They stand in the place of the value, which must be shown.
    """
    return (
        f'<c:dLbl><c:idx val="{index}"/>{rich_text(pen, text, size_pt, color)}{NO_SHAPE}'
        f'<c:dLblPos val="{side}"/>{shown(value=True)}</c:dLbl>'
    )


def text_properties(pen: ChartPen, body: str, size_pt: float, color: str, bold: bool = True) -> str:
    """`c:txPr`: how the texts of an axis or of labels look."""
    return (
        f"<c:txPr>{body}<a:lstStyle/><a:p>"
        f"<a:pPr>{_character(pen, 'a:defRPr', size_pt, color, bold)}</a:pPr>"
        f'<a:endParaRPr lang="{escape_attribute(pen.language)}"/></a:p></c:txPr>'
    )


def _character(pen: ChartPen, tag: str, size_pt: float, color: str, bold: bool = True) -> str:
    """Characters in the theme's body face; `sz` is in hundredths of a point."""
    return (
        f'<{tag} lang="{escape_attribute(pen.language)}" sz="{round(size_pt * 100)}"'
        f' b="{int(bold)}">{fill_xml(pen, color)}<a:latin typeface="+mn-lt"/>{pen.faces}</{tag}>'
    )


def fill_xml(pen: ChartPen, token: str | None) -> str:
    """A solid fill in the theme's slot where a colour has one; None is no fill."""
    if token is None:
        return "<a:noFill/>"
    return f"<a:solidFill>{color_xml(pen.theme, token)}</a:solidFill>"


def line_xml(pen: ChartPen, line: Line | None) -> str:
    """`a:ln`; None is no line, which must be said."""
    if line is None:
        return NO_LINE
    dash = '<a:prstDash val="dash"/>' if line.dashed else ""
    return (
        f'<a:ln w="{points(line.width_pt)}" cap="flat">{fill_xml(pen, line.color)}{dash}'
        "<a:round/></a:ln>"
    )


def marker_xml(pen: ChartPen, symbol: str | None, size_pt: int, fill: str | None) -> str:
    """`c:marker`: a filled symbol without an outline, or none.

    One without a fill is left out: LibreOffice (7.4) would draw it in the line's colour.
    """
    if symbol is None or fill is None:
        return '<c:marker><c:symbol val="none"/></c:marker>'
    return (
        f'<c:marker><c:symbol val="{symbol}"/><c:size val="{size_pt}"/>'
        f"<c:spPr>{fill_xml(pen, fill)}{NO_LINE}</c:spPr></c:marker>"
    )
