"""Markers and bubbles on two axes: an `XyChart` goes in, its sheet and plot come out."""

from __future__ import annotations

from msgspec.structs import replace

from deckgen.scene import XyChart, XySeries
from deckgen.writers.pptx.chartparts import (
    FIRST_AXIS,
    NO_LINE,
    SECOND_AXIS,
    ChartPen,
    axis_ids,
    crossing_axes,
    fill_xml,
    inner_layout,
    line_xml,
    marker_xml,
    scatter_plot,
    series_head,
    shown,
    worded_label,
)
from deckgen.writers.pptx.sheet import Sheet, Value, number_reference, string_reference

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
    if chart.bubble_percent:
        plot = (
            f'<c:bubbleChart><c:varyColors val="0"/>{"".join(blocks)}'
            f'<c:bubbleScale val="{chart.bubble_percent}"/><c:sizeRepresents val="area"/>'
            f"{axis_ids(FIRST_AXIS, SECOND_AXIS)}</c:bubbleChart>"
        )
    else:
        plot = scatter_plot("".join(blocks))
    axes = crossing_axes(pen, chart.x_axis, chart.y_axis, chart.axis_size_pt)
    return f"{inner_layout(chart.plot)}{plot}{axes}"


def _series(
    pen: ChartPen, chart: XyChart, number: int, series: XySeries, sheet: Sheet, heading: int
) -> str:
    """`c:ser` for the block of rows below row `heading`, counted from 0."""
    first, count = heading + 1, len(series.points)
    labels = "".join(
        worded_label(
            pen, index, point.name, chart.label_size_pt, point.label_color, _SIDES[point.label_side]
        )
        for index, point in enumerate(series.points)
        if point.label_side != "none"
    )
    head = series_head(number, string_reference(sheet, 2, heading))
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
