"""Two to six parts of one total, as a ring: what the whole is made of.

The parts run clockwise from the top, the largest first; beside the ring stand the name, the share
and the value of each, in the hole their total. One part carries the message. `sum: true` adds
the smallest up to one where there are more than six. A share is told of parts that add up: a
negative value, or one that is not known, is refused at its line; one of zero has no slice and
stands in the note. A number without a source is refused. Use bars to compare parts that are
nearly the same, or more of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

from deckgen.canvas import Studio
from deckgen.charts.data import ChartSlide, name_of
from deckgen.charts.measure import numbers_of, with_note
from deckgen.charts.mistakes import check_seen
from deckgen.charts.rings import Portion, RingDrawing
from deckgen.charts.rows import NamedRow, RowColumns, check_rows
from deckgen.fields import Doc
from deckgen.outline import Outline
from deckgen.source import Problem, Text

FEWEST, MOST = 2, 6


class Row(NamedRow):
    """A part of the whole."""

    value: Annotated[float | None, Doc("its number, not below zero", fact=True)] = None


class Columns(RowColumns):
    """Columns of a file, a row for each part."""

    value: Annotated[Text, Doc("the heading of the column of numbers", fact=True)]


class Fields(ChartSlide, kw_only=True):
    rows: Annotated[tuple[Row, ...], Doc("the parts", fact=True)] = ()
    data: Annotated[Columns | None, Doc("a file that holds the rows")] = None
    sum: Annotated[
        bool, Doc(f"true to add up the smallest where there are more than {MOST} parts")
    ] = False


# -- mistakes --------------------------------------------------------------------


def check(slide: Fields, outline: Outline) -> Iterator[Problem]:
    found = list(check_rows(slide, slide.rows, slide.data, outline, ("value",)))
    yield from found
    if found or not slide.rows:
        return
    for row in slide.rows:
        if (row.value or 0.0) < 0:
            told = f"“{name_of(row, outline)}” is negative, and no slice can show that"
            yield Problem(row.mark, told, "use a bar chart")
    shown = [row for row in slide.rows if row.value]
    several = len(shown)
    unseen = list(check_seen(slide, [row.value or 0.0 for row in slide.rows]))
    yield from unseen
    if unseen:
        return
    if several < FEWEST:
        told = f"a doughnut takes at least {FEWEST} parts, not {several}"
        yield Problem(slide.mark, told, "say the number in a sentence")
    elif several > MOST and not slide.sum:
        told = f"a doughnut takes {MOST} parts, and this is number {MOST + 1} of {several}"
        hint = "set `sum: true` if the smallest may be added up, or use a bar chart"
        yield Problem(shown[MOST].mark, told, hint)


# -- the chart -------------------------------------------------------------------


def layout(slide: Fields, studio: Studio) -> None:
    outline = studio.outline
    zeros = [name_of(row, outline) for row in slide.rows if not row.value]
    studio.slide = with_note(studio.slide, [f"{', '.join(zeros)}: 0"] if zeros else [])
    portions = [
        Portion(name_of(row, outline), row.value, row.highlight, row.mark)
        for row in slide.rows
        if row.value
    ]
    shown = _summed(portions, studio)
    values = [portion.value for portion in shown]
    # The smallest would have the others printed with digits that nobody reads.
    numbers = numbers_of(slide, [v for v in values if v >= max(values) / 100], outline)
    RingDrawing(studio.open("content"), slide, shown, numbers).paint()


def _summed(portions: Sequence[Portion], studio: Studio) -> list[Portion]:
    """The parts, largest first; of too many the smallest as one, which comes last.

    The one that carries the message keeps its slice.
    """
    ranked = sorted(portions, key=lambda portion: -portion.value)
    if len(ranked) <= MOST:
        return ranked
    kept = sorted(ranked, key=lambda portion: not portion.highlight)[: MOST - 1]
    rest = [portion for portion in ranked if portion not in kept]
    other = f"{studio.labels.other} ({len(rest)})"
    studio.move_to_notes(other, ", ".join(portion.name for portion in rest))
    total = sum(portion.value for portion in rest)
    shown = [portion for portion in ranked if portion in kept]
    return [*shown, Portion(other, total, False, rest[0].mark)]
