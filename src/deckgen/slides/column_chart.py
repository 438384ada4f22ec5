"""Columns over years or names: side by side, on one another, or as shares of a whole.

Series that are named in `line` are drawn as lines over the columns, on a scale of their own if
they have a `line_unit`. Columns are labelled, stacks have their total above them, and the parts
of a stack their names beside the last column; so the chart has no axis of numbers unless it
holds too many columns for labels. `arrows` tell the growth from one column to another,
`references` draw a value across, `cut` ends the axis below a column that would dwarf the others,
and says so. Names that are no years are sorted by size, unless their `group`, a tier or `order`
says otherwise. Long names want `direction: bars`. A missing value shows no column and is named
in the note; a number without a source is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from deckgen.canvas import Studio
from deckgen.charts.annotations import ReferenceLine
from deckgen.charts.arrows import Arrow, check_arrows
from deckgen.charts.columns import Look
from deckgen.charts.data import Table, TableSlide, table_of
from deckgen.charts.lying import LyingDrawing
from deckgen.charts.measure import with_note
from deckgen.charts.mistakes import check_seen, check_size, check_table
from deckgen.charts.standing import ColumnDrawing
from deckgen.fields import Doc
from deckgen.formats import read_date, written
from deckgen.outline import NONE, Outline
from deckgen.source import Problem, Text, nearest

MOST_SERIES, MOST_CATEGORIES = 6, 60


class Fields(TableSlide, kw_only=True):
    form: Annotated[
        Literal["clustered", "stacked", "share"],
        Doc("side by side, on one another, or as shares of 100 %"),
    ] = "clustered"
    direction: Annotated[
        Literal["columns", "bars"], Doc("upright, or lying, which long names want")
    ] = "columns"
    line: Annotated[
        tuple[Text, ...], Doc("names of series that are drawn as lines over the columns", most=2)
    ] = ()
    line_unit: Annotated[
        Text, Doc("the unit of those lines, if it is another: they get a scale of their own")
    ] = NONE
    order: Annotated[
        Literal["auto", "given", "sorted", "tier"],
        Doc("largest first unless names are years or have groups; as written; by size; by tier"),
    ] = "auto"
    arrows: Annotated[
        tuple[Arrow, ...], Doc("what has changed from one column to another", most=2)
    ] = ()
    references: Annotated[
        tuple[ReferenceLine, ...], Doc("values across the whole chart", most=2)
    ] = ()
    cut: Annotated[
        float | None, Doc("where the axis ends, below the columns that would dwarf the others")
    ] = None


# -- mistakes --------------------------------------------------------------------


def check(slide: Fields, outline: Outline) -> Iterator[Problem]:
    found = list(check_table(slide, outline))
    yield from found
    if found or not slide.series:
        return
    table = table_of(slide, outline)
    yield from check_size(slide, table, MOST_SERIES, MOST_CATEGORIES)
    yield from _check_values(slide, table)
    yield from _check_lines(slide, table)
    yield from _check_arrows(slide, table)
    if slide.order == "tier":
        for category in slide.categories:
            if not category.company:
                told = f"“{category.name}” stands in no tier"
                yield Problem(category.mark, told, "name a `company`")


def _check_values(slide: Fields, table: Table) -> Iterator[Problem]:
    """Stacks of mixed signs, and shares of nothing."""
    unseen = list(check_seen(slide, table.known))
    yield from unseen
    if unseen or slide.form == "clustered":
        return
    columns = [n for n, name in enumerate(table.series_names) if name not in slide.line]
    for index, category in enumerate(slide.categories):
        values = [table.values[n][index] or 0.0 for n in columns]
        if slide.form == "share" and min(values) < 0:
            told = f"“{table.names[index]}” has a negative value, of which there is no share"
            yield Problem(category.mark, told, "show the values with `form: clustered`")
        elif slide.form == "stacked" and min(values) < 0 < max(values):
            told = f"“{table.names[index]}” has values above and below zero, which do not add up"
            yield Problem(category.mark, f"{told} in a stack", "use `form: clustered`")
        elif slide.form == "share" and not sum(values):
            told = f"“{table.names[index]}” adds up to zero"
            yield Problem(category.mark, told, "leave it out: there are no shares of zero")


def _check_lines(slide: Fields, table: Table) -> Iterator[Problem]:
    for name in slide.line:
        if name not in table.series_names:
            told = f"no series is called “{name}”"
            yield Problem(name.mark, told, nearest(name, table.series_names))
    if slide.line and set(table.series_names) <= set(slide.line):
        yield Problem(slide.mark, "no series is left for columns", "use a line chart")
    if slide.line and slide.direction == "bars":
        yield Problem(slide.mark, "lines stand over columns only", "leave `direction` out")
    if slide.cut is not None and (slide.form != "clustered" or slide.direction == "bars"):
        yield Problem(slide.mark, "`cut` is for clustered columns only", "take it out")
    elif slide.cut is not None and not 0 < slide.cut < max(table.known):
        told = f"`cut` is {written(slide.cut)}, and values go from {written(min(table.known))}"
        told = f"{told} to {written(max(table.known))}"
        yield Problem(slide.mark, told, "cut between zero and the largest value")
    elif slide.cut is not None and min(table.known) < 0:
        yield Problem(slide.mark, "an axis with negative values cannot be cut", "take `cut` out")


def _check_arrows(slide: Fields, table: Table) -> Iterator[Problem]:
    if slide.arrows and (slide.direction == "bars" or slide.form == "share"):
        told = "arrows are for upright columns of values only"
        yield Problem(slide.arrows[0].mark, told, "take them out")
        return
    yield from check_arrows(
        slide.arrows, table, lambda arrow, index: _end(slide, table, arrow, index)
    )


def _end(slide: Fields, table: Table, arrow: Arrow, index: int) -> float | None:
    if arrow.series:
        return table.values[table.series_names.index(arrow.series)][index]
    if slide.form == "stacked":
        return table.total(index)
    columns = [n for n, name in enumerate(table.series_names) if name not in slide.line]
    return table.values[columns[0]][index] if columns else None


# -- the chart -------------------------------------------------------------------


def layout(slide: Fields, studio: Studio) -> None:
    table, outline = table_of(slide, studio.outline), studio.outline
    tiers = [_tier(category.company, outline) for category in table.categories]
    order = _order(slide, table, tiers)
    table, tiers = table.ordered(order), [tiers[n] for n in order]
    by_tier = slide.order == "tier"
    told = []
    if missing := table.missing():
        told.append(f"{studio.labels.not_stated}: {', '.join(missing)}")
    if any(category.planned for category in table.categories):
        told.append(f"{studio.labels.dashed}: {studio.labels.planned.lower()}")
    if slide.cut is not None:
        told.append(studio.labels.axis_cut)
    studio.slide = with_note(studio.slide, told)
    look = Look(
        slide.form, tuple(slide.line), slide.line_unit, slide.references, slide.arrows,
        slide.cut, tuple(tiers) if all(tiers) else (), by_tier,
    )  # fmt: skip
    draw = _drawing(studio, slide, table, look)
    draw.paint()


def _drawing(
    studio: Studio, slide: Fields, table: Table, look: Look
) -> ColumnDrawing | LyingDrawing:
    canvas = studio.open("content")
    if slide.direction == "bars":
        return LyingDrawing(canvas, slide, table, look)
    return ColumnDrawing(canvas, slide, table, look)


def _tier(company: str, outline: Outline) -> int:
    return outline.tier_number(outline.member(company).tier) if company else 0


def _order(slide: Fields, table: Table, tiers: Sequence[int]) -> list[int]:
    """The places of the categories in the order in which they are shown."""
    places = list(range(len(table.names)))
    meant = all(read_date(name) for name in table.names) or any(
        category.group for category in table.categories
    )
    if slide.order == "given" or (slide.order == "auto" and meant):
        return places
    by_size = sorted(places, key=lambda n: (table.unknown(n), -table.total(n)))
    return sorted(by_size, key=lambda n: tiers[n]) if slide.order == "tier" else by_size
