"""A native chart: a `BarChart` or `XyChart` goes in, its part and its workbook come out.

Element names and their order follow ECMA-376 part 1, 21.2 (DrawingML charts). The
part names its workbook as relationship `rId1`, which the caller writes.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from deckgen.scene import BarChart, BarPoint, BarSeries, Line, XyChart, XyPoint, XySeries
from deckgen.theme import Theme
from deckgen.units import points
from deckgen.writers.pptx.escape import (
    DECLARATION,
    DRAWING,
    RELATIONSHIPS,
    escape_attribute,
    escape_text,
)
from deckgen.writers.pptx.workbook import (
    Sheet,
    Value,
    format_number,
    number_reference,
    string_reference,
    write_workbook,
)

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_NAMESPACES = f'xmlns:c="{_CHART}" xmlns:a="{DRAWING}" xmlns:r="{RELATIONSHIPS}"'
# Axis ids are unsigned in the schema; PowerPoint is reported to reject negative ones.
_FIRST_AXIS, _SECOND_AXIS = 111111111, 222222222
_AXIS_IDS = f'<c:axId val="{_FIRST_AXIS}"/><c:axId val="{_SECOND_AXIS}"/>'
_NO_LINE = "<a:ln><a:noFill/></a:ln>"
_NO_SHAPE = f"<c:spPr><a:noFill/>{_NO_LINE}</c:spPr>"
# PowerPoint wraps a long label within its own idea of a width unless told not to.
_LABEL_BODY = (
    '<a:bodyPr wrap="none" lIns="38100" tIns="19050" rIns="38100" bIns="19050" anchor="ctr"/>'
)
# Text kept level: PowerPoint would slant the names under a crowded axis.
_AXIS_BODY = '<a:bodyPr rot="0" vert="horz"/>'
_AXIS_LINE = Line("muted", 0.75)
_SIDES = {"right": "r", "left": "l", "above": "t", "below": "b"}
_XY_RANGE = (0.0, 10.0)


class _Style(Struct, frozen=True):
    """What colours and texts are written with."""

    theme: Theme
    language: str
    faces: str  # what the chart's words need besides the theme's Latin face, as XML


def write_chart(
    chart: BarChart | XyChart, theme: Theme, language: str, faces: str = ""
) -> tuple[bytes, bytes]:
    """The chart part's XML and its embedded workbook; equal input gives equal bytes.

    `language` is a BCP 47 tag, `faces` the `a:ea` and `a:cs` of words that want them (see
    `chart_words`). ValueError if the chart has no series, a series has no
    point or not one a category, a number is not finite, or a character is illegal in
    XML; KeyError for a colour token that the theme lacks.
    """
    if not chart.series or not all(series.points for series in chart.series):
        raise ValueError("a chart needs a series, and every series a point")
    style = _Style(theme, language, faces)
    if isinstance(chart, BarChart):
        sheet = _bar_sheet(chart)
        plot = _bar_plot(chart, sheet, style)
    else:
        chart = _longest_first(chart)
        sheet = _xy_sheet(chart)
        plot = _xy_plot(chart, sheet, style)
    return _chart_space(plot, language).encode(), write_workbook(sheet)


def chart_words(chart: BarChart | XyChart) -> str:
    """The words that a chart draws, to be judged by their script."""
    if isinstance(chart, XyChart):
        return "\n".join(point.name for series in chart.series for point in series.points)
    labels = (point.label for series in chart.series for point in series.points)
    return "\n".join((*chart.categories, *labels))


def _chart_space(plot: str, language: str) -> str:
    return (
        f'{DECLARATION}<c:chartSpace {_NAMESPACES}><c:date1904 val="0"/>'
        f'<c:lang val="{escape_attribute(language)}"/><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea>{plot}{_NO_SHAPE}</c:plotArea>'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"{_NO_SHAPE}"
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData>'
        "</c:chartSpace>"
    )


# Bars


def _bar_sheet(chart: BarChart) -> Sheet:
    """Categories down column A from row 2, one column a series, headings in row 1."""
    columns = [[point.value for point in series.points] for series in chart.series]
    heading: tuple[Value, ...] = (None, *(series.name for series in chart.series))
    return Sheet((heading, *zip(chart.categories, *columns, strict=True)))


def _bar_plot(chart: BarChart, sheet: Sheet, style: _Style) -> str:
    series = "".join(
        _bar_series(chart, number, one, sheet, style) for number, one in enumerate(chart.series)
    )
    overlap = 100 if chart.stacked else -10
    return (
        f"{_inner_layout(chart.plot)}<c:barChart>"
        f'<c:barDir val="{"bar" if chart.horizontal else "col"}"/>'
        f'<c:grouping val="{"stacked" if chart.stacked else "clustered"}"/>'
        f'<c:varyColors val="0"/>{series}<c:gapWidth val="{chart.gap_percent}"/>'
        + (f'<c:overlap val="{overlap}"/>' if chart.stacked or len(chart.series) > 1 else "")
        + f"{_AXIS_IDS}</c:barChart>"
        + _category_axis(chart, style)
        + _bar_value_axis(chart)
    )


def _bar_series(
    chart: BarChart, number: int, series: BarSeries, sheet: Sheet, style: _Style
) -> str:
    count = len(chart.categories)
    shapes = "".join(
        f'<c:dPt><c:idx val="{index}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
        f"{_bar_shape(point, style)}</c:dPt>"
        for index, point in enumerate(series.points)
    )
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>'
        f"<c:tx>{string_reference(sheet, number + 1, 0)}</c:tx>"
        # What a bar that somebody adds by hand looks like.
        f"{_bar_shape(series.points[0], style)}"
        f'<c:invertIfNegative val="0"/>{shapes}{_bar_labels(chart, series, style)}'
        f"<c:cat>{string_reference(sheet, 0, 1, count)}</c:cat>"
        f"<c:val>{number_reference(sheet, number + 1, 1, count)}</c:val></c:ser>"
    )


def _bar_shape(point: BarPoint, style: _Style) -> str:
    return f"<c:spPr>{_fill(point.fill, style)}{_line(point.outline, style)}</c:spPr>"


def _bar_labels(chart: BarChart, series: BarSeries, style: _Style) -> str:
    """`c:dLbls`: a label for every point that has a value, and how others would look."""
    labels = "".join(
        f'<c:dLbl><c:idx val="{index}"/>{_bar_label(chart, point, style)}</c:dLbl>'
        for index, point in enumerate(series.points)
        if point.value is not None
    )
    return f"<c:dLbls>{labels}{_bar_label(chart, BarPoint(None), style)}</c:dLbls>"


def _bar_label(chart: BarChart, point: BarPoint, style: _Style) -> str:
    position = "inEnd" if point.label_inside else "outEnd"
    if chart.stacked:
        # outEnd is not allowed where bars stand on each other; a bar of 0 has no centre.
        position = "inBase" if point.value == 0 else "ctr"
    size, color = chart.label_size_pt, point.label_color
    text = _rich_text(point.label, size, color, style) if point.label else ""
    number_format = escape_attribute(chart.number_format)
    return (
        f'{text}<c:numFmt formatCode="{number_format}" sourceLinked="0"/>{_NO_SHAPE}'
        f"{_text_properties(_LABEL_BODY, size, color, style)}"
        f'<c:dLblPos val="{position}"/>{_shown(value=True)}'
    )


def _category_axis(chart: BarChart, style: _Style) -> str:
    place = "low" if _has_negative(chart) else "nextTo"
    return (
        f'<c:catAx><c:axId val="{_FIRST_AXIS}"/>'
        f'<c:scaling><c:orientation val="{"maxMin" if chart.horizontal else "minMax"}"/>'
        f'</c:scaling><c:delete val="0"/><c:axPos val="{"l" if chart.horizontal else "b"}"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="{place}"/>'
        f"<c:spPr><a:noFill/>{_line(_AXIS_LINE, style)}</c:spPr>"
        f"{_text_properties(_AXIS_BODY, chart.category_size_pt, 'ink', style)}"
        f'<c:crossAx val="{_SECOND_AXIS}"/><c:crosses val="autoZero"/>'
        '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
        '<c:tickLblSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _bar_value_axis(chart: BarChart) -> str:
    minimum = chart.axis_minimum if _has_negative(chart) else 0.0
    # Top-down categories turn the value axis to the far side.
    side = "t" if chart.horizontal else "l"
    limits = (minimum, chart.axis_maximum)
    return _hidden_value_axis(_SECOND_AXIS, _FIRST_AXIS, side, limits, "between")


def _has_negative(chart: BarChart) -> bool:
    return any(
        point.value is not None and point.value < 0
        for series in chart.series
        for point in series.points
    )


# Markers on two axes


def _longest_first(chart: XyChart) -> XyChart:
    """LibreOffice (7.4) drops an XY series that has fewer points than one after it."""
    series = sorted(chart.series, key=lambda one: -len(one.points))
    return replace(chart, series=tuple(series))


def _xy_sheet(chart: XyChart) -> Sheet:
    """A block of rows a series, each under its heading, with a blank row between."""
    rows: list[tuple[Value, ...]] = []
    for series in chart.series:
        if rows:
            rows.append(())
        rows.append(("Name", "x", series.name))
        rows.extend((point.name, point.x, point.y) for point in series.points)
    return Sheet(tuple(rows))


def _xy_plot(chart: XyChart, sheet: Sheet, style: _Style) -> str:
    blocks, heading = [], 0
    for number, series in enumerate(chart.series):
        blocks.append(_xy_series(chart, number, series, sheet, heading, style))
        heading += len(series.points) + 2
    limits = [(_XY_RANGE[0] - more, _XY_RANGE[1] + more) for more in chart.beyond]
    return (
        f"{_inner_layout((0.0, 0.0, 1.0, 1.0))}"
        '<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>'
        f"{''.join(blocks)}{_AXIS_IDS}</c:scatterChart>"
        + _hidden_value_axis(_FIRST_AXIS, _SECOND_AXIS, "b", limits[0], "midCat")
        + _hidden_value_axis(_SECOND_AXIS, _FIRST_AXIS, "l", limits[1], "midCat")
    )


def _xy_series(
    chart: XyChart, number: int, series: XySeries, sheet: Sheet, heading: int, style: _Style
) -> str:
    """`c:ser` for the block of rows below row `heading`, counted from 0."""
    first, count = heading + 1, len(series.points)
    labels = "".join(
        _xy_label(chart, index, point, style) for index, point in enumerate(series.points)
    )
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>'
        f"<c:tx>{string_reference(sheet, 2, heading)}</c:tx><c:spPr>{_NO_LINE}</c:spPr>"
        f'<c:marker><c:symbol val="{series.symbol}"/><c:size val="{series.size_pt}"/>'
        f"<c:spPr>{_fill(series.fill, style)}{_NO_LINE}</c:spPr></c:marker>"
        f"<c:dLbls>{labels}{_shown(value=False)}</c:dLbls>"
        f"<c:xVal>{number_reference(sheet, 1, first, count)}</c:xVal>"
        f"<c:yVal>{number_reference(sheet, 2, first, count)}</c:yVal>"
        '<c:smooth val="0"/></c:ser>'
    )


def _xy_label(chart: XyChart, index: int, point: XyPoint, style: _Style) -> str:
    return (
        f'<c:dLbl><c:idx val="{index}"/>'
        f"{_rich_text(point.name, chart.label_size_pt, 'ink', style)}{_NO_SHAPE}"
        # A label's own text stands in the place of the value, which must be shown.
        f'<c:dLblPos val="{_SIDES[point.label_side]}"/>{_shown(value=True)}</c:dLbl>'
    )


# Pieces


def _hidden_value_axis(
    axis: int, crossing: int, side: str, limits: tuple[float | None, float | None], between: str
) -> str:
    """A deleted `c:valAx` with its lowest and highest value, None for automatic."""
    low, high = limits
    return (
        f'<c:valAx><c:axId val="{axis}"/><c:scaling><c:orientation val="minMax"/>'
        + ("" if high is None else f'<c:max val="{format_number(high)}"/>')
        + ("" if low is None else f'<c:min val="{format_number(low)}"/>')
        + f'</c:scaling><c:delete val="1"/><c:axPos val="{side}"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/><c:crossAx val="{crossing}"/>'
        f'<c:crosses val="autoZero"/><c:crossBetween val="{between}"/></c:valAx>'
    )


def _inner_layout(plot: tuple[float, float, float, float]) -> str:
    """`c:layout` of the inner plot area: x, y, w, h as fractions of the chart."""
    sizes = (
        f'<c:{name} val="{format_number(part)}"/>' for name, part in zip("xywh", plot, strict=True)
    )
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/>'
        f'<c:xMode val="edge"/><c:yMode val="edge"/>{"".join(sizes)}</c:manualLayout></c:layout>'
    )


def _shown(value: bool) -> str:
    """What a label shows: the value, or nothing."""
    return (
        f'<c:showLegendKey val="0"/><c:showVal val="{int(value)}"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )


def _rich_text(text: str, size_pt: float, color: str, style: _Style) -> str:
    return (
        f"<c:tx><c:rich>{_LABEL_BODY}<a:lstStyle/><a:p>"
        f"<a:pPr>{_character('a:defRPr', size_pt, color, style)}</a:pPr>"
        f"<a:r>{_character('a:rPr', size_pt, color, style)}<a:t>{escape_text(text)}</a:t></a:r>"
        "</a:p></c:rich></c:tx>"
    )


def _text_properties(body: str, size_pt: float, color: str, style: _Style) -> str:
    return (
        f"<c:txPr>{body}<a:lstStyle/><a:p>"
        f"<a:pPr>{_character('a:defRPr', size_pt, color, style)}</a:pPr>"
        f'<a:endParaRPr lang="{escape_attribute(style.language)}"/></a:p></c:txPr>'
    )


def _character(tag: str, size_pt: float, color: str, style: _Style) -> str:
    """Bold characters in the theme's body face; `sz` is in hundredths of a point."""
    return (
        f'<{tag} lang="{escape_attribute(style.language)}" sz="{round(size_pt * 100)}" b="1">'
        f'{_fill(color, style)}<a:latin typeface="+mn-lt"/>{style.faces}</{tag}>'
    )


def _fill(token: str, style: _Style) -> str:
    name = style.theme.scheme_name(token)
    if name is None:
        return f'<a:solidFill><a:srgbClr val="{style.theme.color(token)}"/></a:solidFill>'
    return f'<a:solidFill><a:schemeClr val="{name}"/></a:solidFill>'


def _line(line: Line | None, style: _Style) -> str:
    if line is None:
        return _NO_LINE
    dash = '<a:prstDash val="dash"/>' if line.dashed else ""
    return f'<a:ln w="{points(line.width_pt)}">{_fill(line.color, style)}{dash}</a:ln>'
