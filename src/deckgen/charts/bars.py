"""Bars with labels go in; a native chart comes out, with room for every label.

Labels stand inside the ends of the bars where every bar is long enough for that, else all stand
beside them; the axis is as long as that takes.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from deckgen.canvas import Canvas
from deckgen.formats import Numbers
from deckgen.parts import tier_fill, tier_ink
from deckgen.scene import (
    Box,
    CategoryChart,
    CategoryPoint,
    CategorySeries,
    LabelPlace,
    Line,
    ValueAxis,
)
from deckgen.source import NOWHERE, Mark
from deckgen.styles import Style
from deckgen.theme import contrast
from deckgen.units import inches

SHORT = inches(1.2)  # where a bar is shorter all labels stand beside them, for one look
GAP_PERCENT = 55  # between bars, of a bar's thickness
LEAST_CONTRAST = 2.5  # of a bar against the slide
IN_BUILD = Line("accent", 1.5, dashed=True)


class Bar(Struct, frozen=True, kw_only=True):
    """One bar. `building` is the part in build; `tier` 0 means none."""

    name: str
    value: float | None
    building: float = 0
    tier: int = 0
    highlight: bool = False
    mark: Mark = NOWHERE

    @property
    def total(self) -> float:
        return (self.value or 0) + self.building


class BarDrawing:
    """Bars on a canvas. `full` is the least that the axis must reach, `size_pt` of all labels."""

    def __init__(
        self, canvas: Canvas, bars: Sequence[Bar], numbers: Numbers, full: float, size_pt: float
    ) -> None:
        self.canvas, self.bars, self.numbers, self.full = canvas, bars, numbers, full
        self.in_build = canvas.studio.labels.in_build
        self.style = Style(size_pt, bold=True)
        self.stacked = any(bar.value and bar.building for bar in bars)
        self.lowest = min(0.0, *(bar.total for bar in bars))

    def names_width(self) -> int:
        """The room that the bars' names take beside the axis."""
        widest = max(self.canvas.width(bar.name, self.style) for bar in self.bars)
        return round(widest * 1.03) + inches(0.14)

    def chart(self, name: str, box: Box, names: int) -> CategoryChart:
        """The chart in a box whose left `names` hold the names of the bars."""
        width = box.w - names
        low, high = self._limits(width)
        per_unit = width / (high - low)
        inside = self._all_inside(per_unit)
        points = [self._point(bar, per_unit, inside) for bar in self.bars]
        series = [CategorySeries(name, tuple(points))]
        if self.stacked:
            dashed = tuple(self._dashed(bar, per_unit) for bar in self.bars)
            series.append(CategorySeries(self.in_build, dashed))
        share = names / box.w
        return CategoryChart(
            categories=tuple(bar.name for bar in self.bars), series=tuple(series),
            stacking="stacked" if self.stacked else "none",
            number_format=self.numbers.code,
            gap_percent=GAP_PERCENT, label_size_pt=self.style.size_pt,
            category_size_pt=self.style.size_pt, axis=ValueAxis(low, high),
            plot=(share, 0.0, 1 - share, 1.0),
        )  # fmt: skip

    def _limits(self, width: int) -> tuple[float, float]:
        """The ends of the axis: room for the labels that stand beside their bars."""
        highest = max(self.full, 0.0, *(bar.total for bar in self.bars))
        labels = [self._label_room(bar) for bar in self.bars]
        if self.lowest < 0:
            per_unit = (highest - self.lowest) / max(width / 3, width - 2 * max(labels))
            room = max(labels) * per_unit
            none = any(bar.value == 0 for bar in self.bars)  # its label stands above zero
            return self.lowest - room, highest + room if highest or none else 0.0
        wanted = highest or 1.0
        if self.stacked or self._all_inside(width / wanted):
            return 0.0, wanted
        for bar, label in zip(self.bars, labels, strict=True):
            if not bar.building or bar.total / wanted * width < label:
                wanted = max(wanted, bar.total * width / max(1, width - label))
        return 0.0, wanted

    def _all_inside(self, per_unit: float) -> bool:
        """Whether each bar that there is is long enough for its label; one in build need not be."""
        lengths = ((bar, bar.value * per_unit) for bar in self.bars
                   if bar.value and not bar.building)  # fmt: skip
        return self.lowest == 0 and all(
            length >= SHORT and length >= self._label_room(bar) for bar, length in lengths
        )

    def _words(self, bar: Bar) -> str:
        """The label of a bar whose value alone does not say it."""
        if not bar.building or self.stacked:
            return ""
        return f"{self.numbers.words(bar.building)} {self.in_build.lower()}"

    def _label_room(self, bar: Bar) -> int:
        words = self._words(bar) or self.numbers.words(bar.total)
        return round(self.canvas.width(words, self.style) * 1.02) + inches(0.15)

    def _point(self, bar: Bar, per_unit: float, inside: bool) -> CategoryPoint:
        value = bar.value
        if bar.building:
            if not self.stacked:
                return self._dashed(bar, per_unit)
            value = value or None
        if value is None:
            return CategoryPoint(None)
        fill, ink = self._colors(bar)
        inside = inside and bool(value)
        color = ink if inside or (self.stacked and value) else "ink"
        at = self._label_at(value, inside)
        return CategoryPoint(value, fill, label_color=color if value else "muted", label_at=at)

    def _label_at(self, value: float, inside: bool) -> LabelPlace:
        """Bars that stand on others have no outside; one of 0 has no centre."""
        if self.stacked:
            return "center" if value else "base"
        return "inside" if inside else "outside"

    def _dashed(self, bar: Bar, per_unit: float) -> CategoryPoint:
        """The part in build: words in it where it holds them, beside it where that may be."""
        if not bar.building:
            return CategoryPoint(None, "accent_soft", IN_BUILD)
        words = f"{self.numbers.words(bar.building)} {self.in_build.lower()}"
        width = self.canvas.width(words, self.style) + inches(0.15)
        inside = bar.building * per_unit >= width
        if self.stacked and not inside:
            words = self.numbers.words(bar.building)
        at = self._label_at(bar.building, inside)
        return CategoryPoint(bar.building, "accent_soft", IN_BUILD, words, "accent", at)

    def _colors(self, bar: Bar) -> tuple[str, str]:
        """The fill of a bar and the colour of text on it."""
        if bar.highlight:
            return "accent", "on_accent"
        if not bar.tier:
            return "brand_soft", "on_brand_soft"
        theme, fill = self.canvas.theme, tier_fill(bar.tier)
        if contrast(theme.color(fill), theme.color("bg")) < LEAST_CONTRAST:
            return "muted", "bg"
        return fill, tier_ink(bar.tier)
