"""Series of values go in, their distributions come out: as boxes, as violins or as ridges.

A series is a row; the axis of values runs below. A box goes from quartile to quartile, its
whiskers to the last value within 1.5 times the box (Tukey, Exploratory Data Analysis, 1977),
and what lies beyond is a dot. Quartiles are interpolated (Hyndman and Fan 1996, definition 7).
A violin or a ridge is a density with Gaussian kernels (Silverman 1986, eq. 3.31 for their
width). Fewer than five values are shown one by one, for no shape can be told from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, exp, floor, log10, sqrt
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from deckgen.figures.plate import (
    Area,
    Lettering,
    Plate,
    Refusal,
    Words,
    disc,
    polygon,
    rectangle,
    set_lines,
    stroke,
)
from deckgen.formats import Numbers
from deckgen.theme import Theme, mix

Form: TypeAlias = Literal["box", "violin", "ridge"]

SIZES = (14, 12, 11)
NAMES = 0.3  # of the width, that names may take
FEWEST = 5  # values of which a shape can be told
TALLEST, LEAST = 76.0, 20.0  # points of a row, at most, and of its shape, at least
THICKEST = 34.0  # points of a box
AXIS = 24.0  # points for the axis and its numbers
REACH = 1.5  # times the box's length, of whiskers
MOST_DIGITS = 12  # after the point, on the axis
STEPS = 120  # places along which a density is drawn
TINT = 0.3  # share of the colour in a shape
FROM_ZERO = 0.25  # of the highest value: an axis of lower ones begins at zero


class Sample(Struct, frozen=True):
    """A series: a name and its values, one at least."""

    name: str
    values: tuple[float, ...]
    lit: bool = False


class Distribution(Struct, frozen=True):
    """Series from the top down. `count` and `median` are the words before these numbers."""

    samples: tuple[Sample, ...]
    form: Form
    numbers: Numbers
    count: str
    median: str


class _Axis(Struct, frozen=True):
    """The axis of values: its ends, the points at which they stand, its ticks in words."""

    low: float
    high: float
    left: float
    right: float
    ticks: tuple[tuple[float, str], ...]

    def x(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.left + share * (self.right - self.left)


def quantile(ordered: Sequence[float], share: float) -> float:
    """The value below which a share of ordered values lies, interpolated."""
    place = (len(ordered) - 1) * share
    below = floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def median(sample: Sample) -> float:
    """The middle value of a series."""
    return quantile(sorted(sample.values), 0.5)


def draw_distribution(
    chart: Distribution, theme: Theme, width: float, height: float
) -> Plate | Refusal:
    """The distributions in at most this width and height, in points."""
    refusal = Refusal("", "")
    for size in SIZES:
        made = _draw(chart, theme, Lettering(theme.body_font, size, bold=True), width, height)
        if isinstance(made, Plate):
            return made
        refusal = made
    return refusal


def _draw(
    chart: Distribution, theme: Theme, bold: Lettering, width: float, height: float
) -> Plate | Refusal:
    small = Lettering(bold.face, min(SIZES[-1], bold.size_pt))
    whole = replace(chart.numbers, decimals=0, power=0)
    counts = [f"{chart.count} = {whole.words(len(sample.values))}" for sample in chart.samples]
    widest = max(map(bold.width, (sample.name for sample in chart.samples)))
    room = max(min(widest, width * NAMES), *map(small.width, counts)) + 0.5
    names = [bold.wrap(sample.name, room, 2) for sample in chart.samples]
    if () in names:
        name = chart.samples[names.index(())].name
        told = f"“{name}” takes {bold.width(name) / 72:.2f} in and has {room / 72:.2f} in of width"
        return Refusal(f"{told}, in at most 2 lines", "give it a shorter name")
    label = bold.pitch + 2  # of the median, over the shape
    needed = max(LEAST + label, max(len(lines) * bold.pitch + small.pitch for lines in names) + 4)
    row = min(TALLEST, (height - AXIS) / len(chart.samples))
    if row < needed:
        told = f"{len(names)} series need {(needed * len(names) + AXIS) / 72:.1f} in of height"
        return Refusal(f"{told} and have {height / 72:.1f} in", "show fewer series")
    axis = _set_axis(chart, room + 16, width, small)
    if isinstance(axis, Refusal):
        return axis
    shapes: list[Area | Words] = []
    labels: list[Words] = []
    for number, (sample, lines, count) in enumerate(zip(chart.samples, names, counts, strict=True)):
        top = number * row
        tone = theme.color("accent" if sample.lit else "brand")
        shapes += _shape(chart, sample, axis, theme, tone, top + label, row - label)
        high = len(lines) * bold.pitch + small.pitch
        middle = top + label + (row - label) / 2 if chart.form != "ridge" else top + row - high / 2
        start = min(middle - high / 2, top + row - high)
        ink = theme.color("accent" if sample.lit else "ink")
        labels += set_lines(lines, 0, start, bold, ink)
        below = start + len(lines) * bold.pitch
        labels += set_lines([count], 0, below, small, theme.color("muted"))
        gap = (row - label - _thickness(row - label)) / 2 if chart.form == "box" else 2.0
        labels.append(_median(chart, sample, axis, theme, bold, top + gap - 2, number == 0))
    foot = len(chart.samples) * row
    shapes += _axis_shapes(axis, theme, foot)
    labels += _axis_words(axis, theme, small, foot)
    said = tuple(
        f"{sample.name} {count}" for sample, count in zip(chart.samples, counts, strict=True)
    )
    ground, face = theme.color("bg"), theme.body_font
    return Plate(width, foot + AXIS, ground, face, (*shapes, *labels), said)


def _median(
    chart: Distribution, sample: Sample, axis: _Axis, theme: Theme, bold: Lettering, top: float,
    first: bool,
) -> Words:  # fmt: skip
    """The median's number over its mark, within the figure; the first is called a median."""
    number = chart.numbers.words(median(sample))
    number = f"{chart.median} {number}" if first else number
    half = bold.width(number) / 2
    x = min(max(axis.x(median(sample)), axis.left + half), axis.right - half)
    ink = theme.color("accent" if sample.lit else "ink")
    (words,) = set_lines([number], x, top, bold, ink, "center")
    return words


# -- the axis --------------------------------------------------------------------------


def _set_axis(chart: Distribution, left: float, right: float, small: Lettering) -> _Axis | Refusal:
    """An axis over all values, with some four to six round numbers that keep apart."""
    values = [value for sample in chart.samples for value in sample.values]
    low, high = min(values), max(values)
    if low == high:
        spare = abs(low) * 0.1 or 1.0
        low, high = low - spare, high + spare
    else:
        spare = (high - low) * 0.03
        low, high = 0.0 if 0 <= low < FROM_ZERO * high else low - spare, high + spare
    for several in (6, 4, 3, 2, 1):
        step = _round_up((high - low) / several)
        ticks = [n * step for n in range(ceil(low / step), floor(high / step) + 1)]
        words = tuple(_tick_words(tick, step, chart.numbers) for tick in ticks)
        widest = max(map(small.width, words), default=0.0)
        marks = tuple(zip(ticks, words, strict=True))
        axis = _Axis(low, high, left + 2, right - widest / 2 - 2, marks)
        if ticks and widest + 8 <= axis.x(low + step) - axis.x(low):
            break
    if right - left < 3 * widest:
        told = f"the numbers of the axis are {widest / 72:.2f} in wide and the axis has"
        return Refusal(f"{told} {(right - left) / 72:.2f} in", "use a larger unit")
    return axis


def _round_up(step: float) -> float:
    """The next 1, 2 or 5 times a power of ten."""
    power = 10.0 ** floor(log10(step))
    return next((n * power for n in (1, 2, 5) if n * power >= step * 0.999), 10 * power)


def _tick_words(tick: float, step: float, numbers: Numbers) -> str:
    """A number of the axis, with as many digits as its steps have."""
    power = floor(log10(step / 1000**numbers.power) + 1e-9)
    return replace(numbers, decimals=min(MOST_DIGITS, max(0, -power))).words(tick)


def _axis_shapes(axis: _Axis, theme: Theme, y: float) -> Iterator[Area]:
    color = theme.color("muted")
    yield stroke(((axis.left, y), (axis.right, y)), color, 0.75)
    for tick, _ in axis.ticks:
        yield stroke(((axis.x(tick), y), (axis.x(tick), y + 4)), color, 0.75)


def _axis_words(axis: _Axis, theme: Theme, small: Lettering, y: float) -> Iterator[Words]:
    for tick, words in axis.ticks:
        yield from set_lines([words], axis.x(tick), y + 5, small, theme.color("muted"), "center")


# -- shapes ----------------------------------------------------------------------------


def _shape(
    chart: Distribution, sample: Sample, axis: _Axis, theme: Theme, tone: str, top: float,
    high: float,
) -> Iterator[Area]:  # fmt: skip
    """A series within its row, from `top` so many points down."""
    fill = mix(theme.color("bg"), tone, TINT)
    ordered = sorted(sample.values)
    middle = top + high / 2
    if len(ordered) < FEWEST:
        y = top + high - 8 if chart.form == "ridge" else middle
        yield from _dots(ordered, axis, y, tone)
        yield _mark(axis, median(sample), y, 8.0, tone)
    elif chart.form == "box" or ordered[0] == ordered[-1]:
        yield from _box(ordered, axis, middle, _thickness(high), fill, tone)
    elif chart.form == "violin":
        yield from _violin(ordered, axis, middle, min(TALLEST, high - 2) / 2, fill, tone)
    else:
        yield from _ridge(ordered, axis, top + high, high - 1, fill, tone)


def _thickness(high: float) -> float:
    """How thick a box is in a row so high, in points."""
    return min(THICKEST, high - 6)


def _dots(ordered: Sequence[float], axis: _Axis, y: float, tone: str) -> Iterator[Area]:
    for value in ordered:
        yield disc(axis.x(value), y, 3.5, tone)


def _mark(axis: _Axis, value: float, y: float, half: float, tone: str) -> Area:
    x = axis.x(value)
    return stroke(((x, y - half), (x, y + half)), tone, 2.25)


def _box(
    ordered: Sequence[float], axis: _Axis, y: float, thick: float, fill: str, tone: str
) -> Iterator[Area]:
    first, middle, third = (quantile(ordered, share) for share in (0.25, 0.5, 0.75))
    reach = REACH * (third - first)
    low = min(value for value in ordered if value >= first - reach)
    high = max(value for value in ordered if value <= third + reach)
    yield stroke(((axis.x(low), y), (axis.x(first), y)), tone, 1.25)
    yield stroke(((axis.x(third), y), (axis.x(high), y)), tone, 1.25)
    for end in (low, high):
        yield stroke(((axis.x(end), y - thick / 5), (axis.x(end), y + thick / 5)), tone, 1.25)
    wide = max(0.75, axis.x(third) - axis.x(first))
    yield rectangle(axis.x(first), y - thick / 2, wide, thick, fill, tone, 1.25)
    yield _mark(axis, middle, y, thick / 2, tone)
    for value in dict.fromkeys(v for v in ordered if not low <= v <= high):
        yield disc(axis.x(value), y, 2.2, "", tone, 1.0)


def _violin(
    ordered: Sequence[float], axis: _Axis, y: float, half: float, fill: str, tone: str
) -> Iterator[Area]:
    places = density(ordered)
    most = max(share for _, share in places)
    upper = [(axis.x(value), y - half * share / most) for value, share in places]
    lower = [(axis.x(value), y + half * share / most) for value, share in reversed(places)]
    yield polygon([*upper, *lower], fill, tone, 1.25)
    first, third = quantile(ordered, 0.25), quantile(ordered, 0.75)
    yield stroke(((axis.x(first), y), (axis.x(third), y)), tone, 4.0)
    yield _mark(axis, quantile(ordered, 0.5), y, min(9.0, half), tone)


def _ridge(
    ordered: Sequence[float], axis: _Axis, foot: float, high: float, fill: str, tone: str
) -> Iterator[Area]:
    places = density(ordered)
    most = max(share for _, share in places)
    curve = [(axis.x(value), foot - 1 - high * share / most) for value, share in places]
    yield polygon([(curve[0][0], foot - 1), *curve, (curve[-1][0], foot - 1)], fill)
    yield stroke(curve, tone, 1.5)
    middle = quantile(ordered, 0.5)
    share = next((s for value, s in places if value >= middle), most)
    x = axis.x(middle)
    yield stroke(((x, foot - 1), (x, foot - 1 - high * share / most)), tone, 2.25)


def density(ordered: Sequence[float]) -> list[tuple[float, float]]:
    """Places from the least value to the greatest, and how dense the values are there."""
    count = len(ordered)
    mean = sum(ordered) / count
    spread = sqrt(sum((value - mean) ** 2 for value in ordered) / (count - 1))
    quartiles = (quantile(ordered, 0.75) - quantile(ordered, 0.25)) / 1.34
    width = 0.9 * (min(spread, quartiles) if quartiles > 0 else spread) * count**-0.2
    low, high = ordered[0], ordered[-1]
    places = [low + (high - low) * n / STEPS for n in range(STEPS + 1)]
    return [
        (place, sum(exp(-(((place - value) / width) ** 2) / 2) for value in ordered))
        for place in places
    ]
