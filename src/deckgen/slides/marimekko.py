"""Columns as wide as their totals, each filled with the shares of its parts (a Marimekko).

A category is a column whose width is the total of its series, or the value of the series that
`width` names; the other series stand in it as shares of 100 %. So an area is an amount. Each part
that holds its share has it as a label, the others go to the notes; below a column stands its
width as a share of all widths, or in its unit (`widths: value`); the names of the series stand at
the right of the last column, or over the chart as a key where that column is narrow or lacks one
of them. Columns are sorted by width unless they are years or dates, or `order: given`. The chart is
native: its workbook has the table of widths, values and shares beside the steps that draw it.
Negative values, and a column that adds up to zero, are refused; a missing value takes no room and
is named in the note; a number without a source is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from deckgen.canvas import Studio
from deckgen.charts.data import Table, TableSlide, table_of
from deckgen.charts.measure import (
    alt_words,
    measure_words,
    missing_words,
    numbers_of,
    stand,
    takeaways,
    with_note,
)
from deckgen.charts.mistakes import check_size, check_table
from deckgen.charts.mosaic import MosaicDrawing
from deckgen.charts.shares import Shares, make_shares
from deckgen.fields import Doc
from deckgen.formats import Numbers, decimals_for, read_date, scaled_unit
from deckgen.outline import NONE, Outline
from deckgen.source import Problem, Text, nearest

MOST_SERIES, MOST_CATEGORIES = 6, 15


class Fields(TableSlide, kw_only=True):
    width: Annotated[
        Text, Doc("the series whose values are the widths; the totals if left out", fact=True)
    ] = NONE
    width_unit: Annotated[
        Text, Doc("the unit of that series, if it is another than that of the parts", fact=True)
    ] = NONE
    widths: Annotated[Literal["share", "value"], Doc("widths as shares of all, or as they are")] = (
        "share"
    )
    order: Annotated[
        Literal["sorted", "given"],
        Doc("the widest column first, but years and dates in order; or as written"),
    ] = "sorted"


# -- mistakes --------------------------------------------------------------------


def check(slide: Fields, outline: Outline) -> Iterator[Problem]:
    found = list(check_table(slide, outline))
    yield from found
    if found or not slide.series:
        return
    table = table_of(slide, outline)
    if slide.width and slide.width not in table.series_names:
        told = f"no series is called “{slide.width}”"
        yield Problem(slide.width.mark, told, nearest(slide.width, table.series_names))
        return
    if slide.width_unit and not slide.width:
        told = "`width_unit` is that of the series that `width` names"
        yield Problem(slide.width_unit.mark, told, "name it, or take the unit out")
    if len(table.names) < 2:
        told = "one column has no width to compare"
        yield Problem(slide.categories[0].mark, told, "use a doughnut or a bar chart")
    parts = [n for n, name in enumerate(table.series_names) if name != slide.width]
    if len(parts) < 2:
        told = "a column of one part is all of it"
        yield Problem(slide.series[-1].mark, told, "give two series or more besides the width")
    most = MOST_SERIES + (1 if slide.width else 0)
    yield from check_size(slide, table, most, MOST_CATEGORIES)
    for category in slide.categories:
        if category.group:
            yield Problem(category.group.mark, "a marimekko has no brackets", "take it out")
    yield from _check_values(slide, table, parts)


def _check_values(slide: Fields, table: Table, parts: Sequence[int]) -> Iterator[Problem]:
    """Values of which there is no share, and columns without a width."""
    for series, row in zip(slide.series, table.values, strict=True):
        for name, value in zip(table.names, row, strict=True):
            if value is not None and value < 0:
                told = f"“{name}” has a negative value, of which there is no share"
                yield Problem(series.mark, told, "use a column chart")
                return
    for index, (category, name) in enumerate(zip(slide.categories, table.names, strict=True)):
        if not sum(table.values[n][index] or 0.0 for n in parts):
            told = f"“{name}” adds up to zero"
            yield Problem(category.mark, told, "leave it out: there are no shares of zero")
        elif slide.width and not table.values[table.series_names.index(slide.width)][index]:
            told = f"“{name}” has no width in “{slide.width}”"
            yield Problem(category.mark, told, "leave it out, or give it one")


# -- the chart -------------------------------------------------------------------


def layout(slide: Fields, studio: Studio) -> None:
    outline, labels = studio.outline, studio.labels
    shares = _shares(slide, outline)
    told = missing_words(studio, shares.table)
    planned = [category.planned for category in shares.table.categories]
    if any(planned):
        names = [name for name, off in zip(shares.table.names, planned, strict=True) if off]
        told.append(f"{labels.planned}: {', '.join(names)}")
    studio.slide = with_note(studio.slide, told)
    canvas = studio.open("content")
    numbers = _numbers(slide, shares, outline)
    bold, plain = _measure(slide, shares, numbers, outline)
    place = stand(canvas, slide.points, bold, plain, slide.measure)
    pairs = list(zip(shares.table.names, shares.widths, strict=True))
    alt = alt_words(canvas, slide, numbers, pairs)
    drawing = MosaicDrawing(canvas, place, shares, numbers if slide.widths == "value" else None)
    drawing.paint(str(slide.measure), alt)
    takeaways(canvas, place, slide.points)


def _shares(slide: Fields, outline: Outline) -> Shares:
    """Shares in the order in which columns stand."""
    table, total = table_of(slide, outline), str(outline.labels.total)
    widths = make_shares(table, slide.width, total).widths
    if slide.order == "sorted" and not all(read_date(name) for name in table.names):
        table = table.ordered(sorted(range(len(widths)), key=lambda n: -widths[n]))
    return make_shares(table, slide.width, total)


def _numbers(slide: Fields, shares: Shares, outline: Outline) -> Numbers:
    """How widths are printed: those of another unit as they are."""
    if slide.width_unit:
        return Numbers(decimals_for(shares.widths), 0, outline.language)
    return numbers_of(slide, shares.widths, outline)


def _measure(slide: Fields, shares: Shares, numbers: Numbers, outline: Outline) -> tuple[str, str]:
    """The line over the chart: what is measured, and what is as wide as what."""
    bold, plain = measure_words(slide, outline, shares=True)
    what = shares.width_name if slide.width else shares.width_name.lower()
    unit = str(slide.width_unit)
    if slide.widths == "value" and not unit:
        unit = scaled_unit(slide.unit, numbers.power, outline.labels.scales)
    return bold, f"{plain}; {outline.labels.width}: {what}{f', {unit}' if unit else ''}"
