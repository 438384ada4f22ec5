"""From one total to another: what rises, what falls, and where it ends.

Rows begin with a `total` and lead over rises and falls to another, which is computed from them
or checked against them. Connectors lead from each end to the next bar. Rises and falls have
the colours of gains and losses, unless `good: falls` turns them round (costs, emissions) or
`good: neither` leaves them neutral. Totals within are allowed. A total that does not add up is
told at its line.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec.structs import replace

from deckgen.canvas import Studio
from deckgen.charts.bridge import BridgeDrawing, Step, find_steps
from deckgen.charts.data import ChartSlide, FileData, name_of
from deckgen.charts.mistakes import check_seen, check_source
from deckgen.fields import Doc, Part
from deckgen.formats import written
from deckgen.outline import NONE, Outline, Sources
from deckgen.source import Id, Problem, Text

FEWEST, MOST = 3, 16


class Row(Part):
    """A total, a rise or a fall."""

    name: Annotated[Text, Doc("what it is, if it is no company", fact=True)] = NONE
    company: Annotated[Id, Doc("the company that it is", ref="company|group", fact=True)] = Id("")
    value: Annotated[
        float | None,
        Doc(
            "the total, or the change with its sign; a total may leave it to be computed", fact=True
        ),
    ] = None
    total: Annotated[bool, Doc("true for a total", fact=True)] = False
    highlight: Annotated[bool, Doc("true for the one that carries the message")] = False
    source: Sources = ()


class Columns(FileData):
    """The columns of a file that hold the rows."""

    name: Annotated[Text, Doc("the heading of the column of names", fact=True)]
    value: Annotated[Text, Doc("the heading of the column of values", fact=True)]
    total: Annotated[
        Text, Doc("the heading of a column that holds `true` for totals", fact=True)
    ] = NONE


class Fields(ChartSlide, kw_only=True):
    rows: Annotated[tuple[Row, ...], Doc("from the first total to the last", fact=True)] = ()
    data: Annotated[Columns | None, Doc("a file that holds the rows")] = None
    good: Annotated[
        Literal["rises", "falls", "neither"], Doc("which of the two has the colour of gains")
    ] = "rises"


# -- mistakes --------------------------------------------------------------------


def check(slide: Fields, outline: Outline) -> Iterator[Problem]:
    rows = slide.rows
    if not rows:
        if slide.data is None:
            yield Problem(slide.mark, "give `rows`, or `data`", "the numbers are missing")
        return
    if not FEWEST <= len(rows) <= MOST:
        told = f"a waterfall takes {FEWEST} to {MOST} rows, not {len(rows)}"
        yield Problem(rows[min(len(rows), MOST) - 1].mark, told, "sum the smallest changes up")
    for row in rows:
        if bool(row.name) == bool(row.company):
            yield Problem(row.mark, "give either `name` or `company`", "and not both")
            return
        if row.value is None and not row.total:
            told = f"“{name_of(row, outline)}” has no value, and what comes after needs it"
            yield Problem(row.mark, told, "give it one, or make it a `total`")
        elif row.value is not None:
            told = f"the number of “{name_of(row, outline)}” has no source"
            yield from check_source(row, slide, outline, told)
    if not rows[0].total or rows[0].value is None:
        yield Problem(rows[0].mark, "the first row is the total to begin with",
                      "give it a value and `total: true`")  # fmt: skip
        return
    yield from _check_sums(slide, outline)


def _check_sums(slide: Fields, outline: Outline) -> Iterator[Problem]:
    """Totals that are not what their rows add up to."""
    level, sizes = 0.0, [abs(row.value or 0.0) for row in slide.rows]
    slack = max(sizes) * 1e-6 + _rounding(slide)
    for place, row in enumerate(slide.rows):
        if row.total and place and row.value is not None and abs(row.value - level) > slack:
            told = f"“{name_of(row, outline)}” is {written(row.value)}"
            told += f", and the rows above it add up to {written(level)}"
            yield Problem(row.mark, told, "correct one of them")
        level = row.value if row.total and row.value is not None else level + (row.value or 0.0)
    yield from check_seen(slide, sizes)


def _rounding(slide: Fields) -> float:
    """What totals may be off: half of the last digit of every row, as rounded numbers are."""
    texts = (f"{row.value:.6f}".rstrip("0") for row in slide.rows if row.value is not None)
    digits = max(len(text.partition(".")[2]) for text in texts)
    return 0.5 * 10.0**-digits * len(slide.rows)


# -- the chart -------------------------------------------------------------------


def layout(slide: Fields, studio: Studio) -> None:
    steps = find_steps([
        Step(name_of(row, studio.outline), row.value, row.total, row.highlight, row.mark)
        for row in slide.rows
    ])  # fmt: skip
    cited = dict.fromkeys([*slide.source, *(id for row in slide.rows for id in row.source)])
    studio.slide = replace(studio.slide, source=tuple(cited))
    BridgeDrawing(studio.open("content"), slide, steps, slide.good).paint()
