"""A treemap: the parts of a whole as rectangles whose areas are as their numbers.

The largest stands at the top left. With `group` the parts of a group stand together under its
name. Every number must be above zero, since it becomes an area; one that is not known is named
in the note. It is a picture, because PowerPoint's own treemap is not drawn by other programs:
a rectangle has its name and number in the largest letters that it holds, 11 points at least,
and the parts whose rectangles hold no words are listed in the speaker notes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from deckgen import markup
from deckgen.canvas import Canvas, Studio
from deckgen.charts.data import ChartSlide, FileData, name_of
from deckgen.charts.measure import numbers_of, takeaways, with_note
from deckgen.charts.mistakes import check_marked, check_source, check_twice_in_group
from deckgen.fields import Doc
from deckgen.fields import Part as OutlinePart
from deckgen.figures.exhibit import describe, open_exhibit, put_figure, room_of
from deckgen.figures.treemap import Part, Treemap, draw_treemap
from deckgen.formats import written
from deckgen.outline import NONE, Outline, Sources
from deckgen.source import Id, Problem, Text

FEWEST, MOST = 2, 60


class Row(OutlinePart):
    """A part of the whole."""

    name: Annotated[Text, Doc("what it is, if it is no company of the analysis", fact=True)] = NONE
    company: Annotated[Id, Doc("the company that it is", ref="company|group", fact=True)] = Id("")
    value: Annotated[float | None, Doc("the number; left out where it is not known", fact=True)] = (
        None
    )
    group: Annotated[Text, Doc("what it is a part of, with others of the same name")] = NONE
    highlight: Annotated[bool, Doc("true for the one that carries the message")] = False
    source: Sources = ()


class Columns(FileData, kw_only=True):
    """Columns of a file whose rows are the parts."""

    name: Annotated[Text, Doc("the heading of the column of names", fact=True)] = NONE
    company: Annotated[Text, Doc("the heading of a column of company ids", fact=True)] = NONE
    value: Annotated[Text, Doc("the heading of the column of numbers", fact=True)]
    group: Annotated[Text, Doc("the heading of a column of groups", fact=True)] = NONE
    highlight: Annotated[
        Text, Doc("the heading of a column with a yes for what carries the message")
    ] = NONE


class Fields(ChartSlide, kw_only=True):
    rows: Annotated[tuple[Row, ...], Doc("the parts")] = ()
    data: Annotated[Columns | None, Doc("a file that holds them, instead of `rows`")] = None


def check(slide: Fields, outline: Outline) -> Iterator[Problem]:
    if not slide.rows:
        if slide.data is None:
            yield Problem(slide.mark, "give `rows`, or `data`", "the numbers are missing")
        return
    known = [row for row in slide.rows if row.value is not None]
    if len(known) < FEWEST:
        told = f"a treemap takes at least {FEWEST} numbers, not {len(known)}"
        yield Problem(slide.mark, told, "say the numbers in a sentence")
    if len(slide.rows) > MOST:
        told = f"a treemap takes {MOST} rows, and this is the {MOST + 1}st of {len(slide.rows)}"
        yield Problem(slide.rows[MOST].mark, told, "add the least of them up")
    yield from check_twice_in_group(slide.rows, outline)
    yield from check_marked(slide.rows)
    for row in slide.rows:
        if bool(row.name) == bool(row.company):
            yield Problem(row.mark, "give either `name` or `company`", "and not both")
            continue
        if row.value is not None and row.value <= 0:
            told = f"“{name_of(row, outline)}” is {written(row.value)}, and has no area"
            yield Problem(row.mark, told, "use a bar chart, or leave it out")
        if row.value is not None:
            yield from check_source(row, slide, outline)


def layout(slide: Fields, studio: Studio) -> None:
    outline = studio.outline
    values = [row.value for row in slide.rows if row.value is not None]
    parts = [
        Part(name_of(row, outline), row.value, markup.plain(row.group), row.highlight)
        for row in slide.rows if row.value is not None
    ]  # fmt: skip
    numbers = numbers_of(slide, values, outline)
    chart = Treemap(tuple(parts), numbers)
    missing = [name_of(row, outline) for row in slide.rows if row.value is None]
    words = f"{studio.labels.not_stated}: {', '.join(missing)}"
    studio.slide = with_note(studio.slide, [words] if missing else [])
    canvas, place = open_exhibit(slide, studio, numbers)
    laid = draw_treemap(chart, studio.theme, *room_of(place))
    put_figure(canvas, place, laid.plate, _alt(canvas, slide, chart))
    if laid.unnamed:
        told = [f"{part.name} {chart.numbers.words(part.value)}" for part in laid.unnamed]
        what = "the part" if len(told) == 1 else f"{len(told)} parts"
        studio.move_to_notes(f"{what} too small for words", "; ".join(told))
    takeaways(canvas, place, slide.points)


def _alt(canvas: Canvas, slide: Fields, chart: Treemap) -> str:
    """The three largest parts with their shares of the whole."""
    total = sum(part.value for part in chart.parts)
    largest = sorted(chart.parts, key=lambda part: -part.value)[:3]
    told = [
        f"{part.name} {chart.numbers.words(part.value)} ({part.value / total:.0%})"
        for part in largest
    ]
    return describe(canvas, f"Treemap of {len(chart.parts)} parts", slide, chart.numbers, told)
