"""A table goes in; the chart of columns as wide as their totals, full of shares, comes out.

PowerPoint has no columns of different widths. Stacked areas over an axis of days make them: a
column is two days with the same values, and nothing the day after it and the day before the next.
The days mean nothing; the workbook has the table that is meant beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate, pairwise

from msgspec import Struct

from deckgen.charts.data import Table
from deckgen.scene import CategoryChart, CategoryPoint, CategorySeries, Line, ValueAxis

DAYS = 10_000  # of the axis: a column's slanted edges are as wide as one of them
FIRST_DAY = date(2000, 1, 1)
EDGE = Line("bg", 0.75)  # between the parts of a column


class Shares(Struct, frozen=True):
    """A table as its columns show it: `widths` and what they are, `shares` of each by series."""

    table: Table
    widths: tuple[float, ...]
    width_name: str
    shares: tuple[tuple[float, ...], ...]


def make_shares(table: Table, width: str, total: str) -> Shares:
    """Shares of each category; widths are the values of the series `width`, or the totals."""
    if not width:
        widths = tuple(table.total(n) for n in range(len(table.names)))
        return _shared(table, widths, total)
    place = table.series_names.index(width)
    rest = [n for n in range(len(table.series)) if n != place]
    widths = tuple(value or 0.0 for value in table.values[place])
    parts = Table(
        table.categories, tuple(table.series[n] for n in rest), table.names,
        tuple(table.series_names[n] for n in rest), tuple(table.values[n] for n in rest),
    )  # fmt: skip
    return _shared(parts, widths, width)


def _shared(table: Table, widths: tuple[float, ...], name: str) -> Shares:
    totals = [table.total(n) for n in range(len(table.names))]
    shares = tuple(
        tuple((value or 0.0) / total for value, total in zip(row, totals, strict=True))
        for row in table.values
    )
    return Shares(table, widths, name, shares)


def column_days(widths: Sequence[float], gap: int) -> list[tuple[int, int]]:
    """The first and last day of each column of the DAYS, with a gap of so many between them."""
    room, whole = DAYS - gap * (len(widths) - 1), sum(widths)
    ends = [0, *(round(part / whole * room) for part in accumulate(widths))]
    return [
        (start + n * gap, max(start + 1, end) + n * gap)
        for n, (start, end) in enumerate(pairwise(ends))
    ]


def mosaic_chart(
    shares: Shares, days: Sequence[tuple[int, int]], fills: Sequence[str]
) -> CategoryChart:
    """The chart, which fills its box: columns on their `days`, series in these fills."""
    steps = _steps(days)
    series = []
    for name, row, fill in zip(shares.table.series_names, shares.shares, fills, strict=True):
        made = tuple(
            CategoryPoint(0.0 if column is None else row[column], fill, label_at="none")
            for _, column in steps
        )
        series.append(CategorySeries(name, made, form="area", line=EDGE))
    return CategoryChart(
        categories=tuple(FIRST_DAY + timedelta(days=day) for day, _ in steps),
        series=tuple(series), horizontal=False, stacking="stacked", number_format="0%",
        axis=ValueAxis(0.0, 1.0), label_every=0, to_scale=True, edged=True,
        plot=(0.0, 0.0, 1.0, 1.0), beside=_meant(shares),
    )  # fmt: skip


def _steps(days: Sequence[tuple[int, int]]) -> list[tuple[int, int | None]]:
    """Days with the column that stands there, None for the gap between two."""
    steps: list[tuple[int, int | None]] = []
    for n, (start, end) in enumerate(days):
        if n:
            steps.append((start - 1, None))
        steps += [(start, n), (end, n)]
        if n + 1 < len(days):
            steps.append((end + 1, None))
    return steps


def _meant(shares: Shares) -> tuple[tuple[str | float | None, ...], ...]:
    """What the columns mean, after an empty column: names, widths, values, shares."""
    table = shares.table
    heads = (*table.series_names, *(f"{name} (%)" for name in table.series_names))
    rows: list[tuple[str | float | None, ...]] = [(None, None, shares.width_name, *heads)]
    for n, name in enumerate(table.names):
        values = (row[n] for row in table.values)
        percents = (round(row[n] * 100, 6) for row in shares.shares)
        rows.append((None, name, shares.widths[n], *values, *percents))
    return tuple(rows)
