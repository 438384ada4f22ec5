"""What can be wrong in the numbers of a chart, whatever shows them.

Each check takes what the outline says and yields the mistakes in it, at their lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from deckgen.charts.data import ChartSlide, Table, TableSlide, name_of
from deckgen.formats import MOST_DECIMALS, read_date
from deckgen.outline import Outline, Slide
from deckgen.source import Problem


def check_table(slide: TableSlide, outline: Outline) -> Iterator[Problem]:
    """What is wrong in a table of numbers, whatever shows it."""
    if not slide.categories or not slide.series:
        if slide.data is None:  # what is wrong in a file is told where it is read
            told = "give `categories` and `series`, or `data`"
            yield Problem(slide.mark, told, "the numbers are missing")
        return
    yield from check_named((*slide.categories, *slide.series))
    several = len(slide.categories)
    for series in slide.series:
        name = name_of(series, outline)
        if len(series.values) != several:
            has = f"{len(series.values)} value{'' if len(series.values) == 1 else 's'}"
            told = f"“{name}” has {has} for {several} categories"
            yield Problem(series.mark, told, "give each category one, `~` where it is not known")
        elif all(value is None for value in series.values):
            yield Problem(series.mark, f"“{name}” has no value at all", "leave it out")
        else:
            told = f"the numbers of “{name}” have no source"
            yield from check_source(series, slide, outline, told)
    yield from check_twice(slide.categories, outline, "category")
    yield from check_twice(slide.series, outline, "series")
    yield from check_marked(slide.categories)
    yield from check_marked(slide.series)


def check_source(
    part: Any, slide: Slide, outline: Outline, told: str = "a number without a source"
) -> Iterator[Problem]:
    """What names no source, nor do its slide and the outline; `told` is what is said of it."""
    if not (part.source or slide.source or outline.source):
        yield Problem(part.mark, told, "name one in `source`, here or for the slide")


def check_named(parts: Sequence[Any]) -> Iterator[Problem]:
    """Categories, series or rows that have two names, or none."""
    for part in parts:
        if bool(part.name) == bool(part.company):
            yield Problem(part.mark, "give either `name` or `company`", "and not both")


def check_marked(parts: Sequence[Any]) -> Iterator[Problem]:
    """More than one that is to carry the message."""
    marked = [part for part in parts if part.highlight]
    for part in marked[1:]:
        hint = f"line {marked[0].mark.line} has it already"
        yield Problem(part.mark, "one at most carries the message", hint)


def check_twice(parts: Sequence[Any], outline: Outline, what: str) -> Iterator[Problem]:
    """What is named twice."""
    seen: dict[str, Any] = {}
    for part in parts:
        name = name_of(part, outline)
        first = seen.setdefault(name.casefold(), part)
        if first is not part:
            hint = f"it is on line {first.mark.line} already"
            yield Problem(part.mark, f"the {what} “{name}” stands twice", hint)


def check_twice_in_group(rows: Sequence[Any], outline: Outline) -> Iterator[Problem]:
    """Rows that are named twice in one `group`; what has no name is told elsewhere."""
    for group in dict.fromkeys(row.group for row in rows):
        named = [row for row in rows if row.group == group and (row.name or row.company)]
        yield from check_twice(named, outline, "row")


def check_size(
    slide: TableSlide, table: Table, most_series: int, most_categories: int
) -> Iterator[Problem]:
    """More series or categories than a chart takes, and dates out of order."""
    if len(table.series) > most_series:
        told = f"a chart takes {most_series} series, not {len(table.series)}"
        yield Problem(slide.series[most_series].mark, told, "leave some out, or sum them up")
    if len(table.names) > most_categories:
        told = f"a chart takes {most_categories} categories, not {len(table.names)}"
        yield Problem(slide.categories[most_categories].mark, told, "leave some out")
    dates = [read_date(name) for name in table.names]
    if all(dates):
        for place, (before, after) in enumerate(pairwise(dates), start=1):
            if before and after and after[0] <= before[0]:
                told = f"{table.names[place]} comes before what stands above it"
                yield Problem(slide.categories[place].mark, told, "put the dates in order")
                return


def check_complete(slide: TableSlide, table: Table) -> Iterator[Problem]:
    """Missing values of areas, which would fall to zero there."""
    for series, name, row in zip(slide.series, table.series_names, table.values, strict=True):
        if None in row:
            told = f"“{name}” has missing values, where an area would fall to zero"
            yield Problem(series.mark, told, "use `form: line`, or write 0 if there was nothing")


def check_seen(slide: ChartSlide, values: Iterable[float]) -> Iterator[Problem]:
    """Values of which nothing is seen: all are zero, or so small that they print as zero."""
    largest = max(map(abs, values), default=0.0)
    decimals = MOST_DECIMALS if slide.decimals is None else slide.decimals
    if not largest:
        yield Problem(slide.mark, "all values are zero", "say so in a sentence")
    elif not round(largest, decimals):
        told = f"all values print as 0, for the largest is {largest:g}"
        hint = "use a smaller unit" if slide.decimals is None else "leave `decimals` out"
        yield Problem(slide.mark, told, hint)
