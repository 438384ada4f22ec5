"""A native chart: a `Chart` goes in, its part and its workbook come out.

The plots are written by `categoryplot` (bars, columns, lines, areas), `xyplot` (markers and
bubbles), `rangeplot` (pairs of values) and `doughnutplot`, of the pieces in `chartparts`.
Element names and their order follow ECMA-376 part 1, 21.2 (DrawingML charts). The part names
its workbook as relationship `rId1`, which the caller writes.
"""

from __future__ import annotations

from deckgen.scene import CategoryChart, Chart, DoughnutChart, RangeChart, XyChart
from deckgen.theme import Theme
from deckgen.writers.pptx.categoryplot import category_plot, category_sheet, printed_categories
from deckgen.writers.pptx.chartparts import NO_SHAPE, ChartPen, text_properties
from deckgen.writers.pptx.doughnutplot import doughnut_plot, doughnut_sheet
from deckgen.writers.pptx.escape import DECLARATION, DRAWING, RELATIONSHIPS, escape_attribute
from deckgen.writers.pptx.rangeplot import range_plot, range_sheet
from deckgen.writers.pptx.workbook import write_workbook
from deckgen.writers.pptx.xyplot import xy_plot, xy_sheet

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_NAMESPACES = f'xmlns:c="{_CHART}" xmlns:a="{DRAWING}" xmlns:r="{RELATIONSHIPS}"'


def write_chart(chart: Chart, theme: Theme, language: str, faces: str = "") -> tuple[bytes, bytes]:
    """The chart part's XML and its embedded workbook; equal input gives equal bytes.

    `language` is a BCP 47 tag, `faces` the `a:ea` and `a:cs` of words that want them (see
    `chart_words`). ValueError if the chart has no series, a series has no point or not one a
    category, a number is not finite, or a character is illegal in XML; KeyError for a colour
    token that the theme lacks.
    """
    pen = ChartPen(theme, language, faces)
    _check(chart)
    match chart:
        case CategoryChart():
            sheet = category_sheet(chart)
            plot = category_plot(pen, chart, sheet)
        case XyChart():
            sheet = xy_sheet(chart)
            plot = xy_plot(pen, chart, sheet)
        case RangeChart():
            sheet = range_sheet(chart)
            plot = range_plot(pen, chart, sheet)
        case DoughnutChart():
            sheet = doughnut_sheet(chart)
            plot = doughnut_plot(pen, chart, sheet)
    return _chart_space(pen, plot).encode(), write_workbook(sheet)


def _check(chart: Chart) -> None:
    """ValueError for a chart in which there is nothing to draw."""
    match chart:
        case DoughnutChart():
            if not chart.slices:
                raise ValueError("a chart needs a slice")
        case RangeChart():
            if not chart.rows:
                raise ValueError("a chart needs a row")
        case _:
            if not chart.series or not all(series.points for series in chart.series):
                raise ValueError("a chart needs a series, and every series a point")


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
