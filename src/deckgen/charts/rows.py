"""Rows of names with numbers, as charts that are no tables of series hold them.

A kind makes its own `Row` and `Columns` from these, with the same keys in both, and
`check_rows` tells what is wrong in any of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

from deckgen.charts.data import FileData, name_of
from deckgen.charts.mistakes import check_marked, check_named, check_source, check_twice
from deckgen.fields import Doc, Part
from deckgen.outline import NONE, Outline, Slide, Sources
from deckgen.source import Id, Problem, Text, list_words


class NamedRow(Part, kw_only=True):
    """What numbers are of."""

    name: Annotated[Text, Doc("what it is, if it is no company", fact=True)] = NONE
    company: Annotated[Id, Doc("the company that it is", ref="company|group", fact=True)] = Id("")
    highlight: Annotated[bool, Doc("true for the one that carries the message")] = False
    source: Sources = ()


class RowColumns(FileData, kw_only=True):
    """Columns of a file, whose every row is one of the chart's."""

    name: Annotated[Text, Doc("the heading of the column of names", fact=True)] = NONE
    company: Annotated[
        Text, Doc("the heading of a column of companies of the analysis", fact=True)
    ] = NONE
    highlight: Annotated[
        Text, Doc("the heading of a column that holds `true` for what carries the message")
    ] = NONE

    def faults(self) -> Iterator[Problem]:
        if not (self.name or self.company):
            yield Problem(self.mark, "give `name` or `company`", "a column says what each row is")


def check_rows(
    slide: Slide, rows: Sequence[NamedRow], data: FileData | None, outline: Outline,
    fields: Sequence[str],
) -> Iterator[Problem]:  # fmt: skip
    """What is wrong in rows, whatever shows them. `fields` are those that hold numbers."""
    if not rows:
        if data is None:  # what is wrong in a file is told where it is read
            yield Problem(slide.mark, "give `rows`", "the numbers are missing")
        return
    wrong = list(check_named(rows))
    yield from wrong
    if wrong:  # they cannot be called by their names
        return
    yield from check_twice(rows, outline, "row")
    yield from check_marked(rows)
    for row in rows:
        name = name_of(row, outline)
        if all(getattr(row, field) is None for field in fields):
            told = f"“{name}” has no {list_words([f'`{field}`' for field in fields])}"
            yield Problem(row.mark, told, "leave it out")
        else:
            told = f"the numbers of “{name}” have no source"
            yield from check_source(row, slide, outline, told)
