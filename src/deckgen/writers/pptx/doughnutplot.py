"""Parts of a whole around a hole: a `DoughnutChart` goes in, its sheet and plot come out."""

from __future__ import annotations

from deckgen.scene import DoughnutChart, Line
from deckgen.writers.pptx.chartparts import ChartPen, fill_xml, inner_layout, line_xml, series_head
from deckgen.writers.pptx.sheet import Sheet, number_reference, string_reference

_SLICE_EDGE = Line("bg", 1.5)


def doughnut_sheet(chart: DoughnutChart) -> Sheet:
    """Names in column A, values in B under the heading."""
    rows = ((slice_.name, slice_.value) for slice_ in chart.slices)
    return Sheet(((None, chart.name), *rows))


def doughnut_plot(pen: ChartPen, chart: DoughnutChart, sheet: Sheet) -> str:
    """`c:doughnutChart`, which fills the chart's box, after the layout of the plot."""
    count = len(chart.slices)
    slices = "".join(
        f'<c:dPt><c:idx val="{index}"/><c:bubble3D val="0"/>'
        f"<c:spPr>{fill_xml(pen, slice_.fill)}{line_xml(pen, _SLICE_EDGE)}</c:spPr></c:dPt>"
        for index, slice_ in enumerate(chart.slices)
    )
    return (
        f'{inner_layout((0.0, 0.0, 1.0, 1.0))}<c:doughnutChart><c:varyColors val="1"/>'
        f"{series_head(0, string_reference(sheet, 1, 0))}"
        f"{slices}<c:cat>{string_reference(sheet, 0, 1, count)}</c:cat>"
        f"<c:val>{number_reference(sheet, 1, 1, count, chart.number_format)}</c:val></c:ser>"
        f'<c:firstSliceAng val="0"/><c:holeSize val="{chart.hole_percent}"/></c:doughnutChart>'
    )
