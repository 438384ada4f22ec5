"""Two numbers of each thing against each other: points on two axes, or bubbles by a third.

Each row is a point; what carries the message is in the accent colour. Where every row has a
`size` the points are bubbles whose area says it, the largest drawn first. Labels stand beside
their points and touch nothing; of more than fifteen points only those highlighted and those at
the ends of the axes are labelled, and the note says so. Every name is in the chart's workbook.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

from msgspec import Struct
from msgspec.structs import replace

from deckgen import markup
from deckgen.canvas import Canvas, Studio
from deckgen.fields import Doc, Part
from deckgen.formats import Numbers, decimals_for, power_for, scaled_unit
from deckgen.outline import NONE, Outline, Slide, Sources
from deckgen.parts import Point
from deckgen.parts.beside import Dot, Placed, Side, place_labels
from deckgen.parts.data import FileData, name_of
from deckgen.parts.measure import stand, takeaways, with_note
from deckgen.parts.plot import round_axis
from deckgen.scene import Box, ChartItem, ValueAxis, XyChart, XyPoint, XySeries
from deckgen.source import Id, Problem, Text
from deckgen.styles import CAPTION, SUPPORT_BOLD, Style
from deckgen.units import inches, points, to_inches

FEWEST, MOST = 2, 60
MOST_LABELLED = 15
MARKER_PT = 11
STEPS = 4
LABEL = Style(12)
LABEL_HEIGHT = points(12 * 1.2) + inches(0.04)
TICK = Style(11)
BUBBLE_PERCENT = 80  # of a quarter of the plot's shorter side, for the largest


class Axis(Part):
    """What an axis measures."""

    name: Annotated[Text, Doc("what it measures", fact=True)]
    unit: Annotated[Text, Doc("its unit, as in USD billion or %", fact=True)] = NONE


class Row(Part, kw_only=True):
    """A point."""

    name: Annotated[Text, Doc("what it is, if it is no company", fact=True)] = NONE
    company: Annotated[Id, Doc("the company that it is", ref="company|group", fact=True)] = Id("")
    x: Annotated[float, Doc("its number from left to right", fact=True)]
    y: Annotated[float, Doc("its number from the bottom up", fact=True)]
    size: Annotated[float | None, Doc("what its bubble’s area says", fact=True)] = None
    highlight: Annotated[bool, Doc("true for what carries the message")] = False
    source: Sources = ()


class Columns(FileData, kw_only=True):
    """The columns of a file that hold the rows."""

    name: Annotated[Text, Doc("the heading of the column of names", fact=True)]
    x: Annotated[Text, Doc("the heading of the column of x", fact=True)]
    y: Annotated[Text, Doc("the heading of the column of y", fact=True)]
    size: Annotated[Text, Doc("the heading of the column of sizes", fact=True)] = NONE


class Fields(Slide, kw_only=True):
    x: Annotated[Axis, Doc("the axis from left to right")]
    y: Annotated[Axis, Doc("the axis from the bottom up")]
    size: Annotated[Axis | None, Doc("what the area of the bubbles says")] = None
    rows: Annotated[tuple[Row, ...], Doc("the points", fact=True)] = ()
    data: Annotated[Columns | None, Doc("a file that holds the rows")] = None
    points: Annotated[tuple[Point, ...], Doc("takeaways in the side panel", most=4)] = ()


# -- mistakes --------------------------------------------------------------------


def check(slide: Fields, outline: Outline) -> Iterator[Problem]:
    rows = slide.rows
    if not rows:
        if slide.data is None:
            yield Problem(slide.mark, "give `rows`, or `data`", "the numbers are missing")
        return
    if not FEWEST <= len(rows) <= MOST:
        told = f"a scatter chart takes {FEWEST} to {MOST} rows, not {len(rows)}"
        yield Problem(rows[min(len(rows), MOST + 1) - 1].mark, told, "a table may show them")
    seen: dict[str, Row] = {}
    for row in rows:
        if bool(row.name) == bool(row.company):
            yield Problem(row.mark, "give either `name` or `company`", "and not both")
            return
        name = name_of(row, outline)
        first = seen.setdefault(name.casefold(), row)
        if first is not row:
            hint = f"it is on line {first.mark.line} already"
            yield Problem(row.mark, f"the row “{name}” stands twice", hint)
        if not (row.source or slide.source or outline.source):
            told = f"the numbers of “{name}” have no source"
            yield Problem(row.mark, told, "name one in `source`, here or for the slide")
    yield from _check_sizes(slide, outline)


def _check_sizes(slide: Fields, outline: Outline) -> Iterator[Problem]:
    """Sizes that no area can show, or that some rows lack."""
    if all(row.size is None for row in slide.rows):
        if slide.size is not None:
            yield Problem(slide.size.mark, "no row has a `size`", "give each one, or leave it out")
        return
    if slide.size is None:
        told = "the rows have a `size`, and nothing says what it measures"
        yield Problem(slide.mark, told, "name it in the slide’s `size`, with its unit")
    for row in slide.rows:
        name = name_of(row, outline)
        if row.size is None:
            told = f"“{name}” has no `size`, and other rows have one"
            yield Problem(row.mark, told, "give it one, or leave the row out")
        elif row.size <= 0:
            told = f"the size of “{name}” is {row.size:g}, and no area shows that"
            yield Problem(row.mark, told, "sizes are above zero: leave the row out")


# -- the chart -------------------------------------------------------------------


class Scale(Struct, frozen=True):
    """An axis with how its numbers are printed and the words that name it."""

    axis: ValueAxis
    numbers: Numbers
    unit: str

    @property
    def ticks(self) -> list[str]:
        """Its numbers as they are printed."""
        low, high, step = self.axis.low or 0.0, self.axis.high or 0.0, self.axis.step
        return [self.numbers.words(low + n * step) for n in range(round((high - low) / step) + 1)]


def layout(slide: Fields, studio: Studio) -> None:
    cited = dict.fromkeys([*slide.source, *(id for row in slide.rows for id in row.source)])
    labelled = _labelled(slide.rows)
    told = [studio.labels.some_labelled] if len(labelled) < len(slide.rows) else []
    studio.slide = replace(with_note(slide, told), source=tuple(cited))
    canvas = studio.open("content")
    scales = [_scale(canvas, slide, "x", 0.0), _scale(canvas, slide, "y", 0.0)]
    plain = f" ({scales[1].unit})" if scales[1].unit else ""
    if slide.size:
        unit = f" ({markup.plain(slide.size.unit)})" if slide.size.unit else ""
        plain += f"; {studio.labels.bubble_area}: {markup.plain(slide.size.name)}{unit}"
    place = stand(canvas, slide.points, slide.y.name, plain, slide.y.name)
    _draw(canvas, slide, place.area, labelled)
    takeaways(canvas, place, slide.points)


def _labelled(rows: Sequence[Row]) -> set[int]:
    """The rows to label: all if they are few, else those highlighted and at the axes' ends."""
    every = range(len(rows))
    if len(rows) <= MOST_LABELLED:
        return set(every)
    ends = {
        pick(every, key=key)
        for pick in (min, max)
        for key in (lambda n: rows[n].x, lambda n: rows[n].y)
    }
    return ends | {n for n in every if rows[n].highlight}


def _scale(canvas: Canvas, slide: Fields, which: str, margin: float) -> Scale:
    """An axis that reaches `margin`, a share of its length, beyond its outermost points."""
    values = [float(getattr(row, which)) for row in slide.rows]
    low, high = min(values), max(values)
    from_zero = 0 <= low <= 0.4 * high or 0 >= high >= 0.4 * low
    plain = round_axis(values, STEPS, from_zero)
    start, end = plain.low or 0.0, plain.high or 0.0
    span = (end - start) / (1 - 2 * margin)
    needs = [min(start, low - margin * span), max(end, high + margin * span)]
    axis = round_axis(needs, STEPS, from_zero=False)
    given: Axis = getattr(slide, which)
    outline = canvas.studio.outline
    ends = (axis.low or 0.0, axis.high or 0.0)
    power = power_for(ends, given.unit)
    if not scaled_unit(given.unit, power, outline.labels.scales):
        power = 0
    decimals = decimals_for([axis.step / 1000**power])
    numbers = Numbers(decimals, power, outline.language)
    unit = markup.plain(scaled_unit(given.unit, power, outline.labels.scales))
    return Scale(replace(axis, number_format=numbers.code), numbers, unit)


def _draw(canvas: Canvas, slide: Fields, area: Box, labelled: set[int]) -> None:
    """The chart with the name of its x axis below."""
    bubbles = slide.size is not None
    row = CAPTION.line_height + inches(0.04)
    box = Box(area.x, area.y, area.w, area.h - row)
    rough = _scale(canvas, slide, "y", 0.1 if bubbles else 0.03)
    left = max(canvas.width(word, TICK) for word in rough.ticks) + inches(0.16)
    top, right = inches(0.1), inches(0.3)
    foot = points(11 * 1.2) + inches(0.14)
    plot = Box(box.x + left, box.y + top, box.w - left - right, box.h - top - foot)
    # PowerPoint and LibreOffice draw the largest bubble a quarter of the shorter side wide.
    largest = min(plot.w, plot.h) * BUBBLE_PERCENT // 400 if bubbles else points(MARKER_PT)
    x, y = (
        _scale(canvas, slide, which, (largest / 2 + inches(0.04)) / length)
        for which, length in (("x", plot.w), ("y", plot.h))
    )
    sides = _sides(canvas, slide, plot, (x, y), largest, labelled)
    share = (
        left / box.w, top / box.h, plot.w / box.w, plot.h / box.h,
    )  # fmt: skip
    chart = XyChart(
        _series(canvas, slide, sides), x.axis, y.axis, label_size_pt=12,
        bubble_percent=BUBBLE_PERCENT if bubbles else 0, plot=share,
    )  # fmt: skip
    told = "; ".join(
        f"{name_of(one, canvas.studio.outline)}: {one.x:g}, {one.y:g}" for one in slide.rows[:15]
    )
    names = f"{markup.plain(slide.x.name)}, {markup.plain(slide.y.name)}"
    alt = f"{canvas.title}. {names}: {told}"
    canvas.add(ChartItem(name=names, box=box, chart=chart, mark=slide.mark, alt=alt))
    unit = f" ({x.unit})" if x.unit else ""
    words = Text(f"{slide.x.name}{unit}", slide.x.name.mark)
    style = SUPPORT_BOLD.but(size_pt=12, color="ink", align="right")
    canvas.text(Box(plot.x, box.bottom, plot.w, row), words, style, name="Axis x")


def _sides(
    canvas: Canvas,
    slide: Fields,
    plot: Box,
    scales: tuple[Scale, Scale],
    largest: int,
    labelled: set[int],
) -> dict[int, Side]:
    """The side that the label of each labelled row stands on; refused where there is none."""
    shown = sorted(labelled)
    dots = [_dot(canvas, slide, n, plot, scales, largest) for n in range(len(slide.rows))]
    others = [
        Box(dot.x - dot.size // 2, dot.y - dot.size // 2, dot.size, dot.size)
        for n, dot in enumerate(dots) if n not in labelled
    ]  # fmt: skip
    found = place_labels([dots[n] for n in shown], LABEL_HEIGHT, plot, others, overlap=True)
    if isinstance(found, int):
        row = slide.rows[shown[found]]
        name = name_of(row, canvas.studio.outline)
        wide = to_inches(dots[shown[found]].label)
        canvas.studio.refuse(
            row, f"the label “{name}” is {wide:.2f} in wide and finds no free place at its point",
            "shorten the names, or leave out a row that stands close to it",
        )  # fmt: skip
        found = [Placed(0, 0, "right")] * len(shown)
    return {n: at.side for n, at in zip(shown, found, strict=True)}


def _dot(
    canvas: Canvas, slide: Fields, number: int, plot: Box, scales: tuple[Scale, Scale], largest: int
) -> Dot:
    """A row's point on the plot, with the width of its label."""
    row = slide.rows[number]
    shares = []
    for value, scale in zip((row.x, row.y), scales, strict=True):
        low, high = scale.axis.low or 0.0, scale.axis.high or 0.0
        shares.append((value - low) / (high - low))
    size = largest
    if row.size is not None:
        size = round(largest * (row.size / max(r.size or 0.0 for r in slide.rows)) ** 0.5)
    label = name_of(row, canvas.studio.outline)
    width = round(canvas.width(label, SUPPORT_BOLD) * 1.02) + inches(0.09)
    x, y = plot.x + round(shares[0] * plot.w), plot.bottom - round(shares[1] * plot.h)
    return Dot(x, y, size, width)


def _series(canvas: Canvas, slide: Fields, sides: dict[int, Side]) -> tuple[XySeries, ...]:
    """Two series: what is highlighted and what is not, the largest bubbles first."""
    order = sorted(range(len(slide.rows)), key=lambda n: -(slide.rows[n].size or 0.0))
    series = []
    for highlight in (False, True):
        found = tuple(
            XyPoint(
                name_of(slide.rows[n], canvas.studio.outline), slide.rows[n].x, slide.rows[n].y,
                sides.get(n, "none"), slide.rows[n].size,
            )
            for n in order if slide.rows[n].highlight == highlight
        )  # fmt: skip
        if found:
            name = markup.plain(slide.y.name)
            fill = "accent" if highlight else "series1"
            series.append(XySeries(name, found, fill=fill, size_pt=MARKER_PT))
    return tuple(series)
