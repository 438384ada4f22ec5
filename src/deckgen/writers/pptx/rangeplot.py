"""Pairs of values one below the other: a `RangeChart` goes in, its sheet and plot come out.

PowerPoint has no such chart. It is written as one of markers and lines on two axes
(`c:scatterChart`): a line for each row, and the dots of the first and of the second values.
Their x are cells of one table of names and two columns, so that a number that is changed there
moves its dot and its line; their y, the rows' heights, are no business of the workbook and stand
as literals in the chart.

What comes later in `c:order` lies above in PowerPoint, and what stands later in the file lies
below in LibreOffice (7.4). So the dots stand first and are numbered last.
"""

from __future__ import annotations

from msgspec import Struct

from deckgen.scene import Line, RangeChart, RangeRow, ValueAxis
from deckgen.writers.pptx.chartparts import (
    NO_LINE,
    ChartPen,
    crossing_axes,
    inner_layout,
    line_xml,
    marker_xml,
    scatter_plot,
    series_head,
    shown,
    worded_label,
)
from deckgen.writers.pptx.sheet import (
    Sheet,
    number_literal,
    number_reference,
    row_reference,
    string_reference,
)

LONE_PT = 11  # a dot in the place of a bar that has one end, or no length


class _Look(Struct, frozen=True):
    """Dots that look alike, of the first or the second values: column 1 or 2 of the sheet."""

    column: int
    fill: str
    size_pt: int


def range_sheet(chart: RangeChart) -> Sheet:
    """Names in column A, the two values in B and C, headings in row 1."""
    rows = ((row.name, row.start, row.end) for row in chart.rows)
    return Sheet(((None, chart.start_name, chart.end_name), *rows))


def range_plot(pen: ChartPen, chart: RangeChart, sheet: Sheet) -> str:
    """`c:scatterChart` with its two axes, after the layout of the plot."""
    joined = [n for n, row in enumerate(chart.rows) if None not in (row.start, row.end)]
    looks = _looks(chart)
    last = len(joined) + len(looks) - 1
    blocks = [_dots(pen, chart, sheet, look, last - place) for place, look in enumerate(looks)]
    blocks += [_stroke(pen, chart, sheet, index, number) for number, index in enumerate(joined)]
    heights = ValueAxis(0.0, float(len(chart.rows)))
    axes = crossing_axes(pen, chart.axis, heights)
    return f"{inner_layout(chart.plot)}{scatter_plot(''.join(blocks))}{axes}"


def _looks(chart: RangeChart) -> list[_Look]:
    """The series of dots, the second values first.

    LibreOffice (7.4) does not draw a single marker's own fill, so that each colour is a series.
    """
    return list(dict.fromkeys(_look(chart, row, column) for column in (2, 1) for row in chart.rows))


def _look(chart: RangeChart, row: RangeRow, column: int) -> _Look:
    """How a value is marked: what has no length has a dot even where there are bars."""
    lone = None in (row.start, row.end) or row.start == row.end
    size = chart.dot_pt or (LONE_PT if lone else 0)
    return _Look(column, chart.start_fill if column == 1 else row.fill, size)


def _height(chart: RangeChart, index: int) -> float:
    """The y of a row, of which the first stands at the top."""
    return len(chart.rows) - index - 0.5


def _stroke(pen: ChartPen, chart: RangeChart, sheet: Sheet, index: int, number: int) -> str:
    """`c:ser` of the line that joins the values of a row."""
    x = row_reference(sheet, 1, index + 1, 2, chart.number_format)
    line = Line(chart.rows[index].stroke, chart.stroke_pt)
    return (
        f"{series_head(number, string_reference(sheet, 0, index + 1))}"
        f"<c:spPr>{line_xml(pen, line)}</c:spPr>{marker_xml(pen, None, 0, None)}"
        f"<c:dLbls>{shown(value=False)}</c:dLbls><c:xVal>{x}</c:xVal>"
        f'<c:yVal>{number_literal([_height(chart, index)] * 2)}</c:yVal><c:smooth val="0"/></c:ser>'
    )


def _dots(pen: ChartPen, chart: RangeChart, sheet: Sheet, look: _Look, number: int) -> str:
    """`c:ser` of values that look alike; the others have no y."""
    heights: list[float | None] = []
    labels = ""
    for index, row in enumerate(chart.rows):
        own = row.start if look.column == 1 else row.end
        there = own is not None and _look(chart, row, look.column) == look
        heights.append(_height(chart, index) if there else None)
        labels += _label(pen, chart, index, row, look.column) if there else ""
    symbol = "circle" if look.size_pt else None
    x = number_reference(sheet, look.column, 1, len(chart.rows), chart.number_format)
    return (
        f"{series_head(number, string_reference(sheet, look.column, 0))}"
        f"<c:spPr>{NO_LINE}</c:spPr>{marker_xml(pen, symbol, look.size_pt, look.fill)}"
        f"<c:dLbls>{labels}{shown(value=False)}</c:dLbls><c:xVal>{x}</c:xVal>"
        f'<c:yVal>{number_literal(heights)}</c:yVal><c:smooth val="0"/></c:ser>'
    )


def _label(pen: ChartPen, chart: RangeChart, index: int, row: RangeRow, column: int) -> str:
    """The label of a value, on the side that looks away from the other one."""
    own, other = (row.start, row.end) if column == 1 else (row.end, row.start)
    words = row.start_label if column == 1 else row.end_label
    if not words or own is None:
        return ""
    at_left = other is not None and (own < other or (own == other and column == 1))
    side = "l" if at_left else "r"
    return worded_label(pen, index, words, chart.label_size_pt, "ink", side)
