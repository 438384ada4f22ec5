"""Lines over time with their names at their ends, areas on one another, or slopes.

`form: line` draws a line for each series, `area` and `share` stack them as amounts or as
100 %, `slope` compares two moments: it takes two categories and labels both ends. Names stand
at the ends of lines, with the last value, and never touch. Years or dates that are not evenly
spaced stand to scale. Lines have an axis of few round numbers, from zero unless all values
are far from it; a lone line of up to twelve values is labelled instead. Numbers that are planned
are dashed; missing ones leave a gap and are named in the note, of which areas have none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from deckgen.canvas import Studio
from deckgen.charts.annotations import ReferenceLine
from deckgen.charts.arrows import Arrow, check_arrows
from deckgen.charts.data import Table, TableSlide, table_of
from deckgen.charts.lines import LineDrawing, LineLook
from deckgen.charts.measure import with_note
from deckgen.charts.mistakes import check_complete, check_seen, check_size, check_table
from deckgen.charts.slopes import SlopeDrawing
from deckgen.fields import Doc
from deckgen.outline import Outline
from deckgen.source import Problem

MOST_SERIES, MOST_CATEGORIES = 12, 400
MOST_AREAS = 6


class Fields(TableSlide, kw_only=True):
    form: Annotated[
        Literal["line", "area", "share", "slope"],
        Doc("lines, areas on one another, areas of 100 %, or slopes between two categories"),
    ] = "line"
    from_zero: Annotated[
        bool | None, Doc("whether the axis of lines begins at zero; decided by the values")
    ] = None
    arrows: Annotated[tuple[Arrow, ...], Doc("what has changed along a line", most=2)] = ()
    references: Annotated[
        tuple[ReferenceLine, ...], Doc("values across the whole chart", most=2)
    ] = ()


# -- mistakes --------------------------------------------------------------------


def check(slide: Fields, outline: Outline) -> Iterator[Problem]:
    found = list(check_table(slide, outline))
    yield from found
    if found or not slide.series:
        return
    table = table_of(slide, outline)
    most = MOST_AREAS if slide.form in ("area", "share") else MOST_SERIES
    yield from check_size(slide, table, most, MOST_CATEGORIES)
    yield from _check_form(slide, table)
    yield from check_seen(slide, table.known)
    if slide.arrows and slide.form != "line":
        yield Problem(slide.arrows[0].mark, "arrows are for lines only", "take them out")
    else:
        yield from check_arrows(slide.arrows, table, lambda a, n: value_at(table, a, n))


def value_at(table: Table, arrow: Arrow, index: int) -> float | None:
    """The value of an arrow's series, the first if it names none."""
    place = table.series_names.index(arrow.series) if arrow.series else 0
    return table.values[place][index]


def _check_form(slide: Fields, table: Table) -> Iterator[Problem]:
    several = len(table.names)
    if slide.form == "slope" and several != 2:
        told = f"slopes lead from one category to another, and there are {several}"
        yield Problem(slide.mark, told, "give two, or use `form: line`")
    elif several < 2:
        told = "one category makes no line"
        yield Problem(slide.categories[0].mark, told, "say the number in a sentence")
    if slide.form not in ("area", "share"):
        return
    yield from check_complete(slide, table)
    for series, row in zip(slide.series, table.values, strict=True):
        if any(value is not None and value < 0 for value in row):
            told = "areas on one another cannot go below zero"
            yield Problem(series.mark, told, "use `form: line`")
    empty = [n for n in range(several) if not table.total(n)] if any(table.known) else []
    if slide.form == "share" and empty:
        told = f"“{table.names[empty[0]]}” adds up to zero"
        yield Problem(slide.categories[empty[0]].mark, told, "there are no shares of zero")


# -- the chart -------------------------------------------------------------------


def layout(slide: Fields, studio: Studio) -> None:
    table = table_of(slide, studio.outline)
    told = []
    if missing := table.missing():
        told.append(f"{studio.labels.not_stated}: {', '.join(missing)}")
    if any(category.planned for category in table.categories) and slide.form == "line":
        told.append(f"{studio.labels.dashed}: {studio.labels.planned.lower()}")
    studio.slide = with_note(studio.slide, told)
    canvas = studio.open("content")
    if slide.form == "slope":
        SlopeDrawing(canvas, slide, table).paint()
        return
    look = LineLook(slide.form, slide.from_zero, slide.arrows, slide.references)
    LineDrawing(canvas, slide, table, look).paint()
