"""Two values for each row, joined: what changed between two dates, or how wide a range is.

`form: change` draws a dot for `start` and one for `end` with a line between them, `form: range`
a bar from the lower to the higher. Both values are labelled outside, so the chart has no axis
and need not begin at zero. Rows are sorted by `end`, by the change, or as they are given; one
carries the message. A value that is missing shows a single dot and is named in the note; a
number without a source is refused. Names that take more than 35 % of the width break, are set
smaller, then refused. The chart is native: its workbook is a table of names and two columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from deckgen.canvas import Studio
from deckgen.charts.data import ChartSlide, name_of
from deckgen.charts.measure import with_note
from deckgen.charts.ranges import RangeDrawing, Span
from deckgen.charts.rows import NamedRow, RowColumns, check_rows
from deckgen.fields import Doc
from deckgen.formats import written
from deckgen.outline import Outline
from deckgen.source import Problem, Text

FEWEST, MOST = 3, 15


class Row(NamedRow):
    """A pair of values."""

    start: Annotated[
        float | None, Doc("the first value; left out where it is not known", fact=True)
    ] = None
    end: Annotated[
        float | None, Doc("the second value; left out where it is not known", fact=True)
    ] = None


class Columns(RowColumns):
    """Columns of a file, a row for each pair."""

    start: Annotated[Text, Doc("the heading of the column of first values", fact=True)]
    end: Annotated[Text, Doc("the heading of the column of second values", fact=True)]


class Fields(ChartSlide, kw_only=True):
    start: Annotated[Text, Doc("what the first value is, as in 2010 or Lowest", fact=True)]
    end: Annotated[Text, Doc("what the second value is, as in 2023 or Highest", fact=True)]
    rows: Annotated[tuple[Row, ...], Doc("the pairs of values", fact=True)] = ()
    data: Annotated[Columns | None, Doc("a file that holds the rows")] = None
    form: Annotated[
        Literal["change", "range"], Doc("two dots and a line, or a bar from low to high")
    ] = "change"
    order: Annotated[
        Literal["sorted", "change", "given"],
        Doc("highest `end` first, largest rise first, or as written"),
    ] = "sorted"


# -- mistakes --------------------------------------------------------------------


def check(slide: Fields, outline: Outline) -> Iterator[Problem]:
    found = list(check_rows(slide, slide.rows, slide.data, outline, ("start", "end")))
    yield from found
    if found or not slide.rows:
        return
    several = len(slide.rows)
    if several < FEWEST:
        told = f"a range chart takes at least {FEWEST} rows, not {several}"
        yield Problem(slide.mark, told, "say the numbers in a sentence")
    if several > MOST:
        told = f"a range chart takes {MOST} rows, and this is number {MOST + 1} of {several}"
        yield Problem(slide.rows[MOST].mark, told, "show those that carry the message")
    pairs = [row for row in slide.rows if None not in (row.start, row.end)]
    if not pairs:
        yield Problem(slide.mark, "no row has both `start` and `end`", "use a bar chart")
    for row in pairs if slide.form == "range" else ():
        if _change(row) < 0:
            start, end = written(row.start or 0.0), written(row.end or 0.0)
            told = f"“{name_of(row, outline)}” begins at {start}, above its end {end}"
            yield Problem(row.mark, told, "exchange them, or use `form: change`")


# -- the chart -------------------------------------------------------------------


def layout(slide: Fields, studio: Studio) -> None:
    outline = studio.outline
    missing = [
        f"{name_of(row, outline)} ({words})"
        for row in slide.rows
        for value, words in ((row.start, slide.start), (row.end, slide.end))
        if value is None
    ]
    told = [f"{studio.labels.not_stated}: {', '.join(missing)}"] if missing else []
    studio.slide = with_note(studio.slide, told)
    spans = [
        Span(name_of(row, outline), row.start, row.end, row.highlight, row.mark)
        for row in _ordered(slide)
    ]
    ends = slide.start, slide.end
    RangeDrawing(studio.open("content"), slide, spans, ends, slide.form == "range").paint()


def _ordered(slide: Fields) -> Sequence[Row]:
    """The rows as they are shown; what lacks the value by which they are sorted comes last."""
    if slide.order == "given":
        return slide.rows
    if slide.order == "change":
        return sorted(slide.rows, key=lambda row: (None in (row.start, row.end), -_change(row)))
    return sorted(slide.rows, key=lambda row: (row.end is None, -(row.end or 0.0)))


def _change(row: Row) -> float:
    """From the first value to the second; of a row that lacks one it means nothing."""
    return (row.end or 0.0) - (row.start or 0.0)
