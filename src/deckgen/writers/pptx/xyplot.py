"""Markers and bubbles on two axes: an `XyChart` goes in, its sheet and plot come out."""

from __future__ import annotations

from msgspec.structs import replace

from deckgen.scene import XyChart, XyPoint, XySeries
from deckgen.writers.pptx.chartparts import (
    FIRST_AXIS,
    NO_LINE,
    NO_SHAPE,
    SECOND_AXIS,
    ChartPen,
    axis_ids,
    fill_xml,
    inner_layout,
    line_xml,
    marker_xml,
    rich_text,
    shown,
    value_axis,
)
from deckgen.writers.pptx.workbook import (
    Sheet,
    Value,
    number_reference,
    string_reference,
)

_SIDES = {"right": "r", "left": "l", "above": "t", "below": "b", "center": "ctr"}


def _longest_first(chart: XyChart) -> XyChart:
    """LibreOffice (7.4) drops an XY series that has fewer points than one after it."""
    series = sorted(chart.series, key=lambda one: -len(one.points))
    return replace(chart, series=tuple(series))


def xy_sheet(chart: XyChart) -> Sheet:
    """A block of rows a series, each under its heading, with a blank row between."""
    rows: list[tuple[Value, ...]] = []
    for series in _longest_first(chart).series:
        if rows:
            rows.append(())
        name, x, size_name = chart.headings
        bubbles = (size_name,) if chart.bubble_percent else ()
        rows.append((name, x, series.name, *bubbles))
        for point in series.points:
            size = (point.size,) if chart.bubble_percent else ()
            rows.append((point.name, point.x, point.y, *size))
    return Sheet(tuple(rows))


def xy_plot(pen: ChartPen, chart: XyChart, sheet: Sheet) -> str:
    """`c:scatterChart` or `c:bubbleChart` with its two axes, after the layout of the plot."""
    chart = _longest_first(chart)
    blocks, heading = [], 0
    for number, series in enumerate(chart.series):
        blocks.append(_series(pen, chart, number, series, sheet, heading))
        heading += len(series.points) + 2
    ids = axis_ids(FIRST_AXIS, SECOND_AXIS)
    if chart.bubble_percent:
        plot = (
            f'<c:bubbleChart><c:varyColors val="0"/>{"".join(blocks)}'
            f'<c:bubbleScale val="{chart.bubble_percent}"/><c:sizeRepresents val="area"/>'
            f"{ids}</c:bubbleChart>"
        )
    else:
        plot = (
            '<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>'
            f"{''.join(blocks)}{ids}</c:scatterChart>"
        )
    x, y, size = chart.x_axis, chart.y_axis, chart.axis_size_pt
    return (
        inner_layout(chart.plot)
        + plot
        + value_axis(pen, FIRST_AXIS, SECOND_AXIS, "b", x, between="midCat", size_pt=size,
                     crosses="min")
        + value_axis(pen, SECOND_AXIS, FIRST_AXIS, "l", y, between="midCat", size_pt=size,
                     crosses="min")
    )  # fmt: skip


def _series(
    pen: ChartPen, chart: XyChart, number: int, series: XySeries, sheet: Sheet, heading: int
) -> str:
    """`c:ser` for the block of rows below row `heading`, counted from 0."""
    first, count = heading + 1, len(series.points)
    labels = "".join(
        _label(pen, chart, index, point)
        for index, point in enumerate(series.points)
        if point.label_side != "none"
    )
    head = (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>'
        f"<c:tx>{string_reference(sheet, 2, heading)}</c:tx>"
    )
    labels = f"<c:dLbls>{labels}{shown(value=False)}</c:dLbls>"
    x = number_reference(sheet, 1, first, count)
    y = number_reference(sheet, 2, first, count)
    if chart.bubble_percent:
        size = number_reference(sheet, 3, first, count)
        return (
            f"{head}<c:spPr>{fill_xml(pen, series.fill)}{line_xml(pen, series.line)}</c:spPr>"
            f'<c:invertIfNegative val="0"/>{_own_fills(pen, series)}{labels}'
            f"<c:xVal>{x}</c:xVal><c:yVal>{y}</c:yVal>"
            f'<c:bubbleSize>{size}</c:bubbleSize><c:bubble3D val="0"/></c:ser>'
        )
    stroke = NO_LINE if series.line is None else line_xml(pen, series.line)
    return (
        f"{head}<c:spPr>{stroke}</c:spPr>"
        f"{marker_xml(pen, series.symbol, series.size_pt, series.fill)}{labels}"
        f'<c:xVal>{x}</c:xVal><c:yVal>{y}</c:yVal><c:smooth val="0"/></c:ser>'
    )


def _own_fills(pen: ChartPen, series: XySeries) -> str:
    """`c:dPt` of each bubble that has a colour of its own."""
    return "".join(
        f'<c:dPt><c:idx val="{index}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
        f"<c:spPr>{fill_xml(pen, point.fill)}{line_xml(pen, series.line)}</c:spPr></c:dPt>"
        for index, point in enumerate(series.points)
        if point.fill is not None
    )


def _label(pen: ChartPen, chart: XyChart, index: int, point: XyPoint) -> str:
    return (
        f'<c:dLbl><c:idx val="{index}"/>'
        f"{rich_text(pen, point.name, chart.label_size_pt, point.label_color)}{NO_SHAPE}"
        # A label's own text stands in the place of the value, which must be shown.
        f'<c:dLblPos val="{_SIDES[point.label_side]}"/>{shown(value=True)}</c:dLbl>'
    )
