"""Two numbers of each thing against each other: points on two axes, or bubbles by a third.

Each row is a point; what carries the message is in the accent colour. Rows that are companies
of the analysis have the colours of their tiers, rows with a `group` those of their groups, and
each colour a shape of its own; a key says which, and the names of those highlighted are in the
accent colour. Rows with a `size` are bubbles whose area says it. An axis of `scale: log` goes by
powers of ten. `references` are lines across the chart; with one on each axis `quadrants` name the
fields between them.

Labels stand in their bubbles or beside their points and touch nothing. Of more than twenty
points those highlighted and those at the ends of the axes are labelled; what is not, or finds no
room, stands in the notes, and the note says so. A row that lacks a number has no point and is
named in the note. Every point is in the chart's workbook with its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

from msgspec.structs import replace

from deckgen import markup
from deckgen.canvas import Canvas, Studio
from deckgen.charts.data import name_of
from deckgen.charts.measure import MOST_TOLD, stand, takeaways, with_note
from deckgen.charts.mistakes import check_named, check_source, check_twice
from deckgen.charts.quadrantnames import Quadrants
from deckgen.charts.rows import NamedRow, RowColumns
from deckgen.charts.scatter import ScatterDrawing
from deckgen.charts.xyaxes import Axis, scale_of
from deckgen.charts.xykeys import SYMBOLS, Look
from deckgen.charts.xyplot import Spot
from deckgen.fields import Doc
from deckgen.formats import written
from deckgen.outline import NONE, Outline, Slide
from deckgen.parts import Point, tier_fill
from deckgen.source import Problem, Text
from deckgen.theme import contrast

FEWEST, MOST = 2, 60
MOST_LABELLED = 20
MOST_GROUPS = 5
# Of groups, in order; the palest of the series would be lost as small marks.
MARKS = ("series1", "series3", "series2", "series4", "series5")
LEAST_CONTRAST = 2.0  # of a tier's colour against the slide


class Row(NamedRow):
    """A point."""

    x: Annotated[
        float | None, Doc("its number from left to right; left out where unknown", fact=True)
    ] = None
    y: Annotated[
        float | None, Doc("its number from the bottom up; left out where unknown", fact=True)
    ] = None
    size: Annotated[float | None, Doc("what its bubble’s area says", fact=True)] = None
    group: Annotated[Text, Doc("what it belongs to, which gives it its colour")] = NONE


class Columns(RowColumns):
    """The columns of a file that hold the rows."""

    x: Annotated[Text, Doc("the heading of the column of x", fact=True)]
    y: Annotated[Text, Doc("the heading of the column of y", fact=True)]
    size: Annotated[Text, Doc("the heading of the column of sizes", fact=True)] = NONE
    group: Annotated[Text, Doc("the heading of the column of groups", fact=True)] = NONE


class Fields(Slide, kw_only=True):
    x: Annotated[Axis, Doc("the axis from left to right")]
    y: Annotated[Axis, Doc("the axis from the bottom up")]
    size: Annotated[Axis | None, Doc("what the area of the bubbles says")] = None
    rows: Annotated[tuple[Row, ...], Doc("the points", fact=True)] = ()
    data: Annotated[Columns | None, Doc("a file that holds the rows")] = None
    quadrants: Annotated[
        Quadrants | None, Doc("names of the fields between a reference on each axis")
    ] = None
    points: Annotated[tuple[Point, ...], Doc("takeaways in the side panel", most=4)] = ()


# -- mistakes --------------------------------------------------------------------


def check(slide: Fields, outline: Outline) -> Iterator[Problem]:
    rows = slide.rows
    if not rows:
        if slide.data is None:
            yield Problem(slide.mark, "give `rows`, or `data`", "the numbers are missing")
        return
    if len(rows) > MOST:
        told = f"a scatter chart takes {MOST} rows, and this is number {MOST + 1} of {len(rows)}"
        yield Problem(rows[MOST].mark, told, "a table may show them")
    wrong = list(check_named(rows))
    yield from wrong
    if wrong:  # they cannot be called by their names
        return
    yield from check_twice(rows, outline, "row")
    for row in rows:
        name = name_of(row, outline)
        if row.x is None and row.y is None:
            yield Problem(row.mark, f"“{name}” has no `x` or `y`", "leave it out")
        else:
            told = f"the numbers of “{name}” have no source"
            yield from check_source(row, slide, outline, told)
    if sum(_is_whole(row, slide) for row in rows) < FEWEST:
        told = f"a scatter chart takes at least {FEWEST} rows that have all numbers"
        yield Problem(slide.mark, told, "say the numbers in a sentence")
    yield from _check_sizes(slide, outline)
    yield from _check_axes(slide, outline)
    groups = dict.fromkeys(row.group for row in rows if row.group)
    for name in list(groups)[MOST_GROUPS:]:
        told = f"a scatter chart takes {MOST_GROUPS} groups, and “{name}” is one more"
        yield Problem(name.mark, told, "leave some out, or put them together")
        return


def _check_sizes(slide: Fields, outline: Outline) -> Iterator[Problem]:
    """Sizes that no area can show, or that nothing explains."""
    if all(row.size is None for row in slide.rows):
        if slide.size is not None:
            yield Problem(slide.size.mark, "no row has a `size`", "give each one, or leave it out")
        return
    if slide.size is None:
        told = "the rows have a `size`, and nothing says what it measures"
        yield Problem(slide.mark, told, "name it in the slide’s `size`, with its unit")
    elif slide.size.scale == "log" or slide.size.references:
        told = "the area of bubbles has no `scale` and no `references`"
        yield Problem(slide.size.mark, told, "leave them out")
    for row in slide.rows:
        if row.size is not None and row.size <= 0:
            told = f"the size of “{name_of(row, outline)}” is {written(row.size)}"
            hint = "sizes are above zero: leave the row out"
            yield Problem(row.mark, f"{told}, and no area shows that", hint)


def _check_axes(slide: Fields, outline: Outline) -> Iterator[Problem]:
    """Numbers that a log scale has no place for, and quadrants without their two lines."""
    for key, axis in (("x", slide.x), ("y", slide.y)):
        if axis.scale != "log":
            continue
        for row in slide.rows:
            value = getattr(row, key)
            if value is not None and value <= 0:
                told = f"the `{key}` of “{name_of(row, outline)}” is {written(value)}"
                hint = "use `scale: linear`, or leave the row out"
                yield Problem(row.mark, f"{told}, and a log scale is above zero", hint)
        for line in axis.references:
            if line.value <= 0:
                told = f"the reference is {written(line.value)}"
                hint = "use `scale: linear`, or leave it out"
                yield Problem(line.mark, f"{told}, and a log scale is above zero", hint)
    if slide.quadrants and not len(slide.x.references) == len(slide.y.references) == 1:
        told = "quadrants lie between one reference on each axis"
        yield Problem(slide.quadrants.mark, told, "give `x` and `y` one of their `references` each")


# -- the chart -------------------------------------------------------------------


def layout(slide: Fields, studio: Studio) -> None:
    whole = [row for row in slide.rows if _is_whole(row, slide)]
    wanted = _wanted(whole)
    if not _draw(slide, studio, whole, wanted, all_labelled=len(wanted) == len(whole)):
        # Not every label found room, which the note must say: once more, with it.
        studio.canvases.clear()
        studio.moved.clear()
        studio.problems.clear()
        _draw(slide, studio, whole, wanted, all_labelled=False)


def _draw(
    slide: Fields, studio: Studio, whole: Sequence[Row], wanted: set[int], all_labelled: bool
) -> bool:
    """Draw the page; False if its note says `all_labelled` and they are not."""
    outline = studio.outline
    cited = dict.fromkeys([*slide.source, *(id for row in slide.rows for id in row.source)])
    told = _missing(slide, studio) + ([] if all_labelled else [studio.labels.some_labelled])
    studio.slide = replace(with_note(slide, told), source=tuple(cited))
    canvas = studio.open("content")
    y = scale_of(slide.y, [row.y or 0.0 for row in whole], outline)
    plain = f" ({y.unit})" if y.unit else ""
    place = stand(canvas, slide.points, slide.y.name, plain, slide.y.name)
    looks, chosen = _looks(slide, whole, canvas)
    spots = [
        Spot(
            name_of(row, outline), row.x or 0.0, row.y or 0.0, row.size, look, row.highlight,
            row.mark,
        )
        for row, look in zip(whole, chosen, strict=True)
    ]  # fmt: skip
    names = {spots[n].name for n in wanted}
    axes = (slide.x, slide.y)
    drawing = ScatterDrawing(canvas, place.area, axes, slide.size, spots, looks)
    labelled = drawing.paint(slide.quadrants, names)
    takeaways(canvas, place, slide.points)
    return labelled == len(spots) or not all_labelled


def _is_whole(row: Row, slide: Fields) -> bool:
    """Whether a row has every number that its point takes."""
    return None not in (row.x, row.y) and (slide.size is None or row.size is not None)


def _missing(slide: Fields, studio: Studio) -> list[str]:
    """What the note says of rows that lack a number."""
    missing = []
    for row in slide.rows:
        values = ((row.x, slide.x), (row.y, slide.y), (row.size, slide.size))
        lacks = [markup.plain(axis.name) for value, axis in values if value is None and axis]
        if lacks:
            missing.append(f"{name_of(row, studio.outline)} ({', '.join(lacks)})")
    words = ", ".join(missing)
    if len(words) > MOST_TOLD:
        studio.move_to_notes("which values are missing", words)
        words = f"{len(missing)} {studio.labels.part} {len(slide.rows)}"
    return [f"{studio.labels.not_stated}: {words}"] if missing else []


def _wanted(rows: Sequence[Row]) -> set[int]:
    """The rows to label: all if they are few, else those highlighted and at the axes' ends."""
    every = range(len(rows))
    if len(rows) <= MOST_LABELLED:
        return set(every)
    across, up = ([row.x or 0.0 for row in rows], [row.y or 0.0 for row in rows])
    ends = {pick(every, key=values.__getitem__) for values in (across, up) for pick in (min, max)}
    return ends | {n for n in every if rows[n].highlight}


# -- colours ---------------------------------------------------------------------


def _looks(slide: Fields, rows: Sequence[Row], canvas: Canvas) -> tuple[list[Look], list[int]]:
    """What colours stand for, and which of them each row has."""
    outline, other = canvas.studio.outline, canvas.studio.labels.other
    if any(row.group for row in rows):
        names = list(dict.fromkeys(markup.plain(row.group) for row in rows if row.group))
        looks = [Look(fill, name) for fill, name in zip(MARKS, names, strict=False)]
        rest = Look("muted", other)
        chosen = [markup.plain(row.group) for row in rows]
    elif any(row.company for row in rows):
        numbers = [outline.tier_number(outline.member(row.company).tier) if row.company else 0
                   for row in rows]  # fmt: skip
        looks, chosen = _tier_looks(numbers, canvas)
        rest = Look("brand_soft", other)
    else:
        return [Look("series1", "")], [0] * len(rows)
    if "" in chosen:
        looks = [*looks, rest]
    if slide.size is None:  # colour is not alone; bubbles are round
        looks = [replace(look, symbol=SYMBOLS[n % len(SYMBOLS)]) for n, look in enumerate(looks)]
    names = [look.name for look in looks]
    return looks, [names.index(name) if name else len(names) - 1 for name in chosen]


def _tier_looks(numbers: Sequence[int], canvas: Canvas) -> tuple[list[Look], list[str]]:
    """A look for each tier; those too pale for the slide share one, and each row's name of its."""
    color, outline = canvas.theme.color, canvas.studio.outline
    letter = canvas.studio.labels.tier_letter
    by_fill: dict[str, list[int]] = {}
    for number in sorted({number for number in numbers if number}):
        fill = tier_fill(number)
        pale = contrast(color(fill), color("bg")) < LEAST_CONTRAST
        by_fill.setdefault("muted" if pale else fill, []).append(number)
    looks, words = [], {0: ""}
    for fill, tiers in by_fill.items():
        names = [f"{letter}{n} {outline.tiers[n - 1].label}" for n in tiers]
        look = Look(fill, ", ".join(names), ", ".join(f"{letter}{n}" for n in tiers))
        looks.append(look)
        words |= dict.fromkeys(tiers, look.name)
    return looks, [words[number] for number in numbers]
