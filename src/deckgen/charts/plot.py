"""Where a chart's bars and values stand, for native shapes that are bound to them.

The inner plot area is written into the file (`CategoryChart.plot`), and so are the ends of the
axis: what is computed here is where PowerPoint and LibreOffice draw it. Lengths in EMU.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil, floor, log10

from msgspec import Struct

from deckgen.scene import Box, ValueAxis

FAR_FROM_ZERO = 0.55  # of the largest value: where the least is above it the axis may begin later


class Plot(Struct, frozen=True):
    """The inner plot area of a chart with categories.

    `gap_percent` and `overlap_percent` are of a bar's thickness, `bars` stand side by side in
    each category. `edged` is set where the first category stands on the edge, as for areas.
    """

    box: Box
    low: float
    high: float
    count: int
    horizontal: bool = False
    gap_percent: int = 55
    overlap_percent: int = 0
    bars: int = 1
    edged: bool = False

    @property
    def slot(self) -> float:
        """The room that a category has along its axis."""
        length = self.box.h if self.horizontal else self.box.w
        return length / max(1, self.count - 1 if self.edged else self.count)

    def at(self, index: float) -> int:
        """The middle of a category: x, or y where bars lie, from the top down."""
        start = self.box.y if self.horizontal else self.box.x
        return start + round((index if self.edged else index + 0.5) * self.slot)

    def value(self, value: float) -> int:
        """Where a value stands: y, or x where bars lie."""
        share = (value - self.low) / (self.high - self.low)
        if self.horizontal:
            return self.box.x + round(share * self.box.w)
        return self.box.bottom - round(share * self.box.h)

    @property
    def thickness(self) -> float:
        """Of one bar. Bars and the gap share a slot (ECMA-376 part 1, 21.2.2.75 and 130)."""
        overlap = self.overlap_percent / 100
        units = self.bars - (self.bars - 1) * overlap + self.gap_percent / 100
        return self.slot / units

    def bar(self, index: int, start: float, end: float, place: int = 0) -> Box:
        """The bar from one value to another, the `place`-th of those side by side."""
        step = self.thickness * (1 - self.overlap_percent / 100)
        whole = step * (self.bars - 1) + self.thickness
        first = round(self.at(index) - whole / 2 + place * step)
        ends = sorted((self.value(start), self.value(end)))
        size = round(self.thickness)
        if self.horizontal:
            return Box(ends[0], first, ends[1] - ends[0], size)
        return Box(first, ends[0], size, ends[1] - ends[0])


def fractions(inner: Box, outer: Box) -> tuple[float, float, float, float]:
    """Where a plot stands in its chart's box: x, y, w, h as fractions of it."""
    return (
        (inner.x - outer.x) / outer.w, (inner.y - outer.y) / outer.h,
        inner.w / outer.w, inner.h / outer.h,
    )  # fmt: skip


def in_valley(values: Sequence[float | None], index: int) -> bool:
    """Whether a value is lower than those before and after it, where a label stands below it."""
    around = [v for v in (*values[max(0, index - 1) : index], *values[index + 1 : index + 2])
              if v is not None]  # fmt: skip
    value = values[index]
    return len(around) == 2 and value is not None and value < min(around)


def headroom(high: float, low: float, length: int, room: int) -> float:
    """The end of an axis of this length that leaves `room` beyond `high`."""
    return high + (high - low) * room / max(1, length - room)


def round_axis(values: Iterable[float], steps: int, from_zero: bool) -> ValueAxis:
    """An axis over values with about so many steps of 1, 2, 2.5 or 5 times a power of ten."""
    known = list(values)
    low, high = min(known), max(known)
    if from_zero:
        low, high = min(0.0, low), max(0.0, high)
    if low == high:
        low, high = (low - abs(low) * 0.1 - 1, high + abs(high) * 0.1 + 1)
        low = max(0.0, low) if from_zero and known[0] >= 0 else low
    rough = (high - low) / steps
    power = 10.0 ** floor(log10(rough))
    # From zero up a step more is better than an empty one on top.
    least = rough * (0.85 if low == 0 else 0.999)
    step = next(power * m for m in (1, 2, 2.5, 5, 10) if power * m >= least)
    return ValueAxis(
        _clean(floor(low / step + 1e-9) * step),
        _clean(ceil(high / step - 1e-9) * step),
        _clean(step),
    )


def begins_at_zero(values: Sequence[float], wanted: bool | None) -> bool:
    """Whether an axis of lines begins at zero: as is `wanted`, or unless all are far from it."""
    return min(values) < max(values) * FAR_FROM_ZERO if wanted is None else wanted


def step_decimals(step: float, power: int = 0) -> int:
    """The digits after the point that an axis of such steps needs, in thousands if so."""
    return len(f"{step / 1000**power:.6f}".rstrip("0").partition(".")[2])


def _clean(value: float) -> float:
    """A number without the dust of binary fractions."""
    return float(f"{value:.12g}")
