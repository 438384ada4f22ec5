"""Totals, rises and falls go in; a native chart of floating columns comes out.

The columns stand on one another: what nobody sees below, then the total, the rise or the
fall, each a series of its own. A column that crosses zero has a part above it and one below.
Labels are texts over the chart: no label of a chart says by how much a column has changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from deckgen.canvas import Canvas
from deckgen.charts.colors import text_on
from deckgen.charts.data import ChartSlide
from deckgen.charts.measure import add_chart, measure_words, numbers_of, stand, takeaways
from deckgen.charts.names import Names, fit_names, names_height
from deckgen.charts.plot import Plot
from deckgen.formats import Numbers
from deckgen.scene import (
    Box,
    CategoryChart,
    CategoryPoint,
    CategorySeries,
    ConnectorItem,
    Line,
    ValueAxis,
)
from deckgen.source import NOWHERE, Mark
from deckgen.styles import Style
from deckgen.units import inches, points

SIZES = (14.0, 12.0, 11.0)
GAP_PERCENT = 40
THICKEST = inches(1.4)
Kind = Literal["total", "rise", "fall"]
KINDS: tuple[Kind, ...] = ("total", "rise", "fall")


class Step(Struct, frozen=True):
    """A row of a waterfall. `value` None is a total to be computed."""

    name: str
    value: float | None
    total: bool
    highlight: bool = False
    mark: Mark = NOWHERE


class Floating(Struct, frozen=True):
    """A step as it is drawn: from `start` to `end`, a total from zero."""

    step: Step
    start: float
    end: float

    @property
    def kind(self) -> Kind:
        if self.step.total:
            return "total"
        return "rise" if self.end >= self.start else "fall"

    @property
    def value(self) -> float:
        """What its label says: the total, or the change."""
        return self.end if self.step.total else self.end - self.start


def find_steps(steps: Sequence[Step]) -> list[Floating]:
    """Where each step begins and ends."""
    floating, level = [], 0.0
    for step in steps:
        if step.total:
            level = step.value if step.value is not None else level
            floating.append(Floating(step, 0.0, level))
        else:
            end = float(f"{level + (step.value or 0.0):.12g}")
            floating.append(Floating(step, level, end))
            level = end
    return floating


class BridgeDrawing:
    """A waterfall on a canvas. `good` is what has the colour of gains."""

    def __init__(
        self, canvas: Canvas, slide: ChartSlide, steps: Sequence[Floating], good: str
    ) -> None:
        self.canvas, self.slide, self.steps = canvas, slide, steps
        self.outline = canvas.studio.outline
        self.numbers = numbers_of(slide, [step.value for step in steps], self.outline)
        bold, plain = measure_words(slide, self.outline, self.numbers.power)
        self.place = stand(canvas, slide.points, bold, plain, slide.measure)
        colors = {"rises": ("pos", "neg"), "falls": ("neg", "pos")}.get(good)
        rise, fall = colors or ("series3", "series4")
        self.fills: dict[Kind, str] = {"total": "series1", "rise": rise, "fall": fall}

    def _signed(self) -> Numbers:
        return Numbers(self.numbers.decimals, self.numbers.power, self.numbers.language, sign=True)

    def _words(self, step: Floating) -> str:
        return (self.numbers if step.step.total else self._signed()).words(step.value)

    def paint(self) -> None:
        area, count = self.place.area, len(self.steps)
        slot = area.w / count
        names = fit_names(self.canvas, [step.step.name for step in self.steps], slot)
        if names is None:
            longest = max(self.steps, key=lambda step: len(step.step.name))
            self.canvas.studio.refuse(
                longest.step, f"the name “{longest.step.name}” does not fit below its column, which"
                f" has {slot / inches(1):.2f} in", "shorten it, or show fewer",
            )  # fmt: skip
            return
        size = self._label_size(slot)
        room = points(size * 1.2) + inches(0.08)
        box = Box(area.x, area.y, area.w, area.h - names_height(names))
        axis = self._axis(box.h, room)
        gap = max(GAP_PERCENT, round((slot / THICKEST - 1) * 100))
        plot = Plot(box, axis.low or 0.0, axis.high or 1.0, count, gap_percent=gap)
        self._add_chart(plot, names, axis, size)
        self._connect(plot)
        self._labels(plot, size, room)
        takeaways(self.canvas, self.place, self.slide.points)

    def _label_size(self, slot: float) -> float:
        for size in SIZES:
            style = Style(size, bold=True)
            if (
                max(self.canvas.width(self._words(step), style) for step in self.steps)
                < slot * 0.96
            ):
                return size
        return SIZES[-1]

    def _axis(self, length: int, room: int) -> ValueAxis:
        """Over all levels and zero, with room for labels above, and below where there are any."""
        levels = [level for step in self.steps for level in (step.start, step.end)]
        low, high = min(0.0, *levels), max(0.0, *levels)
        rooms = 2 if low < 0 else 1
        per_unit = (high - low) / max(1, length - rooms * room)
        return ValueAxis(low - room * per_unit if low < 0 else 0.0, high + room * per_unit)

    # -- the chart ---------------------------------------------------------------------

    def _add_chart(self, plot: Plot, names: Names, axis: ValueAxis, size: float) -> None:
        area = self.place.area
        chart = CategoryChart(
            categories=names.words, series=tuple(self._series()), horizontal=False,
            stacking="stacked", number_format=self.numbers.code, gap_percent=plot.gap_percent,
            label_size_pt=size, category_size_pt=names.size_pt, axis=axis,
            plot=(0.0, 0.0, 1.0, plot.box.h / area.h),
        )  # fmt: skip
        pairs = [(step.step.name, step.value) for step in self.steps]
        add_chart(self.canvas, self.slide, area, chart, self.numbers, pairs)

    def _series(self) -> list[CategorySeries]:
        """What is unseen, then totals, rises and falls, above zero and below it."""
        found, labels = [], self.canvas.studio.labels
        for below in (False, True):
            spans = [self._part(step, below) for step in self.steps]
            if any(base for base, _ in spans):
                unseen = tuple(
                    CategoryPoint(base or None, None, label_at="none") for base, _ in spans
                )
                found.append(CategorySeries(labels.unseen, unseen))
            for kind in KINDS:
                parts = tuple(
                    CategoryPoint(
                        part if step.kind == kind and part else None, self._fill(step),
                        label_at="none",
                    )
                    for step, (_, part) in zip(self.steps, spans, strict=True)
                )  # fmt: skip
                if any(point.value is not None for point in parts):
                    words = labels.cased(kind)
                    found.append(CategorySeries(f"{words} (< 0)" if below else words, parts))
        return found

    def _part(self, step: Floating, below: bool) -> tuple[float, float]:
        """On which a step stands, and how high it is, above zero or below it; both signed."""
        low, high = sorted((step.start, step.end))
        if below:
            low, high = sorted((min(low, 0.0), min(high, 0.0)))
            return high, float(f"{low - high:.12g}")
        low, high = max(low, 0.0), max(high, 0.0)
        return low, float(f"{high - low:.12g}")

    def _fill(self, step: Floating) -> str:
        return "accent" if step.step.highlight else self.fills[step.kind]

    # -- what is bound to the plot ----------------------------------------------------------

    def _connect(self, plot: Plot) -> None:
        """From the end of each column to the beginning of the next."""
        for index, step in enumerate(self.steps[:-1]):
            y = plot.value(step.end)
            right = plot.bar(index, 0.0, 0.0).right
            left = plot.bar(index + 1, 0.0, 0.0).x
            self.canvas.add(
                ConnectorItem(
                    name=f"Level {index + 1}", start=(right, y), end=(left, y),
                    line=Line("muted", 0.75),
                )
            )  # fmt: skip

    def _labels(self, plot: Plot, size: float, room: int) -> None:
        """Above rises and totals, below falls where no connector is in the way."""
        style = Style(size, bold=True, align="center")
        for index, step in enumerate(self.steps):
            bar = plot.bar(index, step.start, step.end)
            words = self._words(step)
            width = max(bar.w, self.canvas.width(words, style) + inches(0.06))
            x = bar.x + (bar.w - width) // 2
            y = bar.y - room + inches(0.04)
            color, ground = "ink", None
            if step.end < 0 or (step.kind == "fall" and step.end <= 0):
                y = bar.bottom + inches(0.03)
            elif step.kind == "fall" and bar.h >= style.line_height + inches(0.06):
                y, ground = bar.y + (bar.h - style.line_height) // 2, self._fill(step)
                color = text_on(self.canvas.theme, ground)
                x, width = bar.x, bar.w
            self.canvas.shape(
                Box(x, y, width, style.line_height), f"Value {step.step.name}", fill=ground,
                words=words, style=style.but(color=color), insets=(0, 0, 0, 0), source=step.step,
                role="label",
            )  # fmt: skip
