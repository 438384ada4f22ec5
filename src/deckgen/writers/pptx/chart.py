"""A native chart: a `Chart` goes in, its part and its workbook come out.

The plots are written by `categoryplot` (bars, columns, lines, areas), `xyplot` (markers and
bubbles), `rangeplot` (pairs of values), and here (doughnuts), of the pieces in `chartparts`.
Element names and their order follow ECMA-376 part 1, 21.2 (DrawingML charts). The part names
its workbook as relationship `rId1`, which the caller writes.
"""

from __future__ import annotations

from deckgen.scene import CategoryChart, Chart, DoughnutChart, Line, RangeChart, XyChart
from deckgen.theme import Theme
from deckgen.writers.pptx.categoryplot import category_plot, category_sheet, printed_categories
from deckgen.writers.pptx.chartparts import (
    NO_SHAPE,
    ChartPen,
    fill_xml,
    inner_layout,
    line_xml,
    text_properties,
)
from deckgen.writers.pptx.escape import DECLARATION, DRAWING, RELATIONSHIPS, escape_attribute
from deckgen.writers.pptx.rangeplot import range_plot, range_sheet
from deckgen.writers.pptx.workbook import (
    Sheet,
    number_reference,
    string_reference,
    write_workbook,
)
from deckgen.writers.pptx.xyplot import xy_plot, xy_sheet

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_NAMESPACES = f'xmlns:c="{_CHART}" xmlns:a="{DRAWING}" xmlns:r="{RELATIONSHIPS}"'
_SLICE_EDGE = Line("bg", 1.5)


def write_chart(chart: Chart, theme: Theme, language: str, faces: str = "") -> tuple[bytes, bytes]:
    """The chart part's XML and its embedded workbook; equal input gives equal bytes.

    `language` is a BCP 47 tag, `faces` the `a:ea` and `a:cs` of words that want them (see
    `chart_words`). ValueError if the chart has no series, a series has no
    point or not one a category, a number is not finite, or a character is illegal in
    XML; KeyError for a colour token that the theme lacks.
    """
    pen = ChartPen(theme, language, faces)
    if isinstance(chart, DoughnutChart):
        if not chart.slices:
            raise ValueError("a chart needs a slice")
        sheet = _doughnut_sheet(chart)
        plot = _doughnut_plot(pen, chart, sheet)
    elif isinstance(chart, RangeChart):
        if not chart.rows:
            raise ValueError("a chart needs a row")
        sheet = range_sheet(chart)
        plot = range_plot(pen, chart, sheet)
    elif not chart.series or not all(series.points for series in chart.series):
        raise ValueError("a chart needs a series, and every series a point")
    elif isinstance(chart, CategoryChart):
        sheet = category_sheet(chart)
        plot = category_plot(pen, chart, sheet)
    else:
        sheet, plot = xy_sheet(chart), xy_plot(pen, chart, xy_sheet(chart))
    return _chart_space(pen, plot).encode(), write_workbook(sheet)


def chart_words(chart: Chart) -> str:
    """The words that a chart draws, to be judged by their script."""
    if isinstance(chart, DoughnutChart):
        return ""
    if isinstance(chart, RangeChart):
        return "\n".join(f"{row.start_label}\n{row.end_label}" for row in chart.rows)
    if isinstance(chart, XyChart):
        return "\n".join(point.name for series in chart.series for point in series.points)
    labels = (point.label for series in chart.series for point in series.points)
    return "\n".join((*printed_categories(chart), *labels))


def _chart_space(pen: ChartPen, plot: str) -> str:
    """The part around a plot. Words that somebody adds in PowerPoint are in the theme's face."""
    words = text_properties(pen, "<a:bodyPr/>", 12, "ink", bold=False)
    return (
        f'{DECLARATION}<c:chartSpace {_NAMESPACES}><c:date1904 val="0"/>'
        f'<c:lang val="{escape_attribute(pen.language)}"/><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea>{plot}{NO_SHAPE}</c:plotArea>'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"{NO_SHAPE}{words}"
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData>'
        "</c:chartSpace>"
    )


# Doughnuts


def _doughnut_sheet(chart: DoughnutChart) -> Sheet:
    rows = ((slice_.name, slice_.value) for slice_ in chart.slices)
    return Sheet(((None, chart.name), *rows))


def _doughnut_plot(pen: ChartPen, chart: DoughnutChart, sheet: Sheet) -> str:
    count = len(chart.slices)
    slices = "".join(
        f'<c:dPt><c:idx val="{index}"/><c:bubble3D val="0"/>'
        f"<c:spPr>{fill_xml(pen, slice_.fill)}{line_xml(pen, _SLICE_EDGE)}</c:spPr></c:dPt>"
        for index, slice_ in enumerate(chart.slices)
    )
    return (
        f'{inner_layout((0.0, 0.0, 1.0, 1.0))}<c:doughnutChart><c:varyColors val="1"/>'
        f'<c:ser><c:idx val="0"/><c:order val="0"/><c:tx>{string_reference(sheet, 1, 0)}</c:tx>'
        f"{slices}<c:cat>{string_reference(sheet, 0, 1, count)}</c:cat>"
        f"<c:val>{number_reference(sheet, 1, 1, count, chart.number_format)}</c:val></c:ser>"
        f'<c:firstSliceAng val="0"/><c:holeSize val="{chart.hole_percent}"/></c:doughnutChart>'
    )
