"""Two to twelve series as small charts of one form on one scale, to be compared at a glance.

Each series becomes a native chart with a workbook of its own: a line, columns or an area under
its name, with its first and last value and a mark at the last. All have plots of one size and,
unless `scale: own` says otherwise, one scale, so that heights compare; a scale of its own is
told in the note, and so is one of lines that begins above zero. Of years and dates the first and
the last stand below each chart; names of categories all do, and must find room. The charts are
sorted by their last value unless `order: given`. What is planned is dashed; a missing value
leaves a gap and is named in the note, of which areas have none; a number without a source is
refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec.structs import replace

from deckgen.canvas import Studio
from deckgen.charts.data import Table, TableSlide, table_of
from deckgen.charts.measure import missing_words, takeaways, with_note
from deckgen.charts.mistakes import check_complete, check_seen, check_size, check_table
from deckgen.charts.pane import PaneDrawing
from deckgen.charts.panes import PaneLook, Panes, includes_zero
from deckgen.fields import Doc
from deckgen.outline import Outline
from deckgen.source import Problem

FEWEST, MOST = 2, 12
MOST_CATEGORIES = 60


class Fields(TableSlide, kw_only=True):
    form: Annotated[Literal["line", "column", "area"], Doc("the form of all charts")] = "line"
    scale: Annotated[
        Literal["common", "own"], Doc("one scale for all, or one for each, which the note tells")
    ] = "common"
    from_zero: Annotated[
        bool | None, Doc("whether the scale of lines begins at zero; decided by the values")
    ] = None
    order: Annotated[
        Literal["sorted", "given"], Doc("the series with the largest last value first, or as given")
    ] = "sorted"


# -- mistakes --------------------------------------------------------------------


def check(slide: Fields, outline: Outline) -> Iterator[Problem]:
    found = list(check_table(slide, outline))
    yield from found
    if found or not slide.series:
        return
    table = table_of(slide, outline)
    if len(table.series) < FEWEST:
        told = f"small multiples take {FEWEST} to {MOST} series, not 1"
        yield Problem(slide.series[0].mark, told, "use a line chart or a column chart")
    if len(table.names) < 2:
        told = "one category makes no series"
        yield Problem(slide.categories[0].mark, told, "use a bar chart")
    yield from check_size(slide, table, MOST, MOST_CATEGORIES)
    yield from check_seen(slide, table.known)
    for category in slide.categories:
        if category.group:
            yield Problem(category.group.mark, "small multiples have no brackets", "take it out")
        if category.highlight and slide.form != "column":
            hint = "use `form: column`, or highlight a series"
            yield Problem(category.mark, "only a column can be highlighted", hint)
    if slide.form == "area":
        yield from check_complete(slide, table)
        yield from _check_planned(slide)


def _check_planned(slide: Fields) -> Iterator[Problem]:
    """Areas have no dashed part."""
    for category in slide.categories:
        if category.planned:
            told = "an area has no dashed part for what is planned"
            yield Problem(category.mark, told, "use `form: line`")
            return


# -- the charts ------------------------------------------------------------------


def layout(slide: Fields, studio: Studio) -> None:
    table = table_of(slide, studio.outline)
    if slide.order == "sorted":
        table = _sorted(table)
    look = PaneLook(slide.form, slide.scale == "common", slide.from_zero)
    studio.slide = with_note(studio.slide, _told(slide, studio, table, look))
    panes = Panes(studio.open("content"), slide, table, look)
    names = panes.fit_names()
    if names is None:
        return
    for number, box in enumerate(panes.boxes):
        PaneDrawing(panes, number, box, names).paint()
    takeaways(panes.canvas, panes.place, slide.points)


def _sorted(table: Table) -> Table:
    """The table with its series by their last value, the largest first."""
    last = [next(v for v in reversed(row) if v is not None) for row in table.values]
    order = sorted(range(len(last)), key=lambda n: -last[n])
    return replace(
        table,
        series=tuple(table.series[n] for n in order),
        series_names=tuple(table.series_names[n] for n in order),
        values=tuple(table.values[n] for n in order),
    )


def _told(slide: Fields, studio: Studio, table: Table, look: PaneLook) -> list[str]:
    """What the note must tell a reader."""
    labels = studio.labels
    told: list[str] = []
    if not look.common:
        told.append(labels.own_scales)
    rows = [[value for value in row if value is not None] for row in table.values]
    rows = [table.known] if look.common else rows
    if not all(includes_zero(look, row) for row in rows):
        told.append(labels.above_zero)
    if any(category.planned for category in table.categories):
        told.append(f"{labels.dashed}: {labels.planned.lower()}")
    return told + missing_words(studio, table)
