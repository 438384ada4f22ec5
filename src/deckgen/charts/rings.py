"""Parts of a whole go in, a native ring comes out with their labels on both sides of it.

A label stands as near its slice as the others of its column let it; where it does not stand
beside it, a thin line leads there: away from the ring, across to the column, along to the label.
Lengths in EMU.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import cos, pi, sin

from msgspec import Struct

from deckgen.canvas import Canvas
from deckgen.charts.colors import palette
from deckgen.charts.data import ChartSlide
from deckgen.charts.measure import add_chart, measure_words, stand, takeaways
from deckgen.charts.sidelabels import spread_labels
from deckgen.formats import Numbers, percent, scaled_unit
from deckgen.scene import Align, Box, ConnectorItem, DoughnutChart, Line, Paragraph, Slice
from deckgen.source import Mark
from deckgen.styles import CAPTION, SUBHEAD, SUPPORT, SUPPORT_BOLD, Style
from deckgen.units import inches, points

MARGIN = inches(0.22)  # above and below the ring
WIDEST = 0.5  # of the area's width, that the ring may take
COLUMN = inches(3.4)  # the widest that labels may be
GAP = inches(0.42)  # between the ring and its labels
STUB, KNEE = inches(0.08), inches(0.14)  # from the ring to a leader's first and second bend
STEP = points(5)  # between leaders that run side by side
HOLE_PERCENT = 60
HOLE = 0.5  # of the ring's width: LibreOffice (7.4) makes every hole so wide
LABEL_STYLES = (  # the first that fits
    (SUBHEAD, SUPPORT), (SUPPORT_BOLD, CAPTION), (CAPTION.but(bold=True, color="ink"), CAPTION),
)  # fmt: skip
LABEL_GAP = inches(0.08)
TOTAL_SIZES = (28.0, 24.0, 20.0, 16.0, 14.0)
SMALL, LEAST = 0.02, 0.0005  # shares: below them a digit after the point, and `<0.1%`
LEADER = Line("muted", 0.75)


class Portion(Struct, frozen=True):
    """A part of the whole; its value is above zero."""

    name: str
    value: float
    highlight: bool
    mark: Mark


class Label(Struct, frozen=True):
    """A label to be set: `angle` is the middle of its slice, from the top clockwise."""

    portion: Portion
    angle: float
    words: tuple[Paragraph, ...]

    @property
    def at_right(self) -> bool:
        """Whether its slice looks to the right."""
        return self.angle < pi


def share_words(share: float, language: str) -> str:
    """`42%`, below two percent `1.4%`, and `<0.1%` for what would be printed as none."""
    if share >= SMALL:
        return percent(round(share, 2), language)
    if share < LEAST:
        return f"<{percent(0.001, language)}"
    return percent(round(share, 3), language)


class RingDrawing:
    """A ring on a canvas, of parts in their order."""

    def __init__(
        self, canvas: Canvas, slide: ChartSlide, portions: Sequence[Portion], numbers: Numbers
    ) -> None:
        self.canvas, self.slide = canvas, slide
        self.portions, self.numbers = portions, numbers
        self.outline = canvas.studio.outline
        self.total = sum(portion.value for portion in portions)
        bold, plain = measure_words(slide, self.outline, numbers.power)
        self.place = stand(canvas, slide.points, bold, plain, slide.measure)
        area = self.place.area
        width = min(area.h - 2 * MARGIN, round(area.w * WIDEST))
        left, top = area.x + (area.w - width) // 2, area.y + (area.h - width) // 2
        self.ring = Box(left, top, width, width)
        self.column = min(COLUMN, (area.w - width) // 2 - GAP)

    def paint(self) -> None:
        self._chart()
        self._total()
        labels = self._labels()
        for at_right in (True, False):
            self._side([label for label in labels if label.at_right is at_right])
        takeaways(self.canvas, self.place, self.slide.points)

    # -- the ring ------------------------------------------------------------------

    def _fills(self) -> list[str]:
        """An accent for the part that carries the message, a ramp for the others."""
        others = [portion for portion in self.portions if not portion.highlight]
        ramp = iter(palette(len(others)))
        return ["accent" if portion.highlight else next(ramp) for portion in self.portions]

    def _chart(self) -> None:
        slices = tuple(
            Slice(portion.name, portion.value, fill)
            for portion, fill in zip(self.portions, self._fills(), strict=True)
        )
        pairs = [(portion.name, portion.value) for portion in self.portions]
        name = str(self.slide.measure)
        chart = DoughnutChart(name, slices, HOLE_PERCENT, self.numbers.code)
        add_chart(self.canvas, self.slide, self.ring, chart, self.numbers, pairs)

    def _total(self) -> None:
        """The total and its unit in the hole."""
        width = round(self.ring.w * HOLE * 0.82)
        words, labels = self.numbers.words(self.total), self.canvas.studio.labels
        unit = scaled_unit(self.slide.unit, self.numbers.power, labels.scales)
        style = Style(TOTAL_SIZES[-1], bold=True, align="center")
        for size in TOTAL_SIZES:
            if self.canvas.width(words, style.but(size_pt=size)) <= width:
                style = style.but(size_pt=size)
                break
        lines = [
            self.canvas.paragraph(labels.total, CAPTION.but(align="center", color="muted")),
            self.canvas.paragraph(words, style),
            self.canvas.paragraph(unit, CAPTION.but(align="center")),
        ]
        height = self.canvas.height(lines, style, width)
        left = self.ring.x + (self.ring.w - width) // 2
        box = Box(left, self.ring.y + (self.ring.h - height) // 2, width, height)
        self.canvas.text(box, lines, style, name="Total", source=self.slide.unit, role="label")

    # -- labels --------------------------------------------------------------------

    def _labels(self) -> list[Label]:
        """The labels in the largest style in which both columns hold theirs; none if refused."""
        for name, small in LABEL_STYLES:
            labels = self._set(name, small)
            if self._columns_hold(labels) and all(
                self.canvas.fits(portion.name, name, self.column, 2) for portion in self.portions
            ):
                return labels
        wide_ones = [
            portion
            for portion in self.portions
            if not self.canvas.fits(portion.name, name, self.column, 2)
        ]
        longest = max(
            wide_ones or self.portions, key=lambda portion: self.canvas.width(portion.name, name)
        )
        wide = self.canvas.width(longest.name, name) / inches(1)
        self.canvas.studio.refuse(
            longest, f"the name “{longest.name}” is {wide:.1f} in wide and has two lines of"
            f" {self.column / inches(1):.1f} in", "shorten it",
        )  # fmt: skip
        return []

    def _columns_hold(self, labels: Sequence[Label]) -> bool:
        """Whether the labels of each side fit below one another."""
        for at_right in (True, False):
            heights = [self._height(label) for label in labels if label.at_right is at_right]
            if len(heights) * max(heights, default=0) > self.place.area.h:
                return False
        return True

    def _set(self, name: Style, small: Style) -> list[Label]:
        """A label for each part: its name, below it its share and value."""
        ends = accumulate((portion.value for portion in self.portions), initial=0.0)
        labels = []
        for portion, start in zip(self.portions, ends, strict=False):
            angle = 2 * pi * (start + portion.value / 2) / self.total
            align: Align = "left" if angle < pi else "right"
            color = "accent" if portion.highlight else "ink"
            words = share_words(portion.value / self.total, self.outline.language)
            if self._has_value(portion):
                words = f"**{words}** ({self.numbers.words(portion.value)})"
            head = self.canvas.paragraph(portion.name, name.but(align=align, color=color))
            below = self.canvas.paragraph(words, small.but(align=align))
            labels.append(Label(portion, angle, (head, below)))
        return labels

    def _has_value(self, portion: Portion) -> bool:
        """Whether a label says the value: not a percent of the whole, nor one printed as zero."""
        shares = self.slide.unit.strip() == "%" and abs(self.total - 100) < 1.5
        return not shares and any(char in "123456789" for char in self.numbers.words(portion.value))

    def _height(self, label: Label) -> int:
        return self.canvas.height(label.words, SUPPORT, self.column) + LABEL_GAP

    def _edge(self, label: Label, beyond: int = 0) -> tuple[int, int]:
        """Where the middle of a slice meets the ring's edge, or so far beyond it."""
        radius = self.ring.w // 2 + beyond
        x, y = self.ring.x + self.ring.w // 2, self.ring.y + self.ring.h // 2
        return x + round(radius * sin(label.angle)), y - round(radius * cos(label.angle))

    def _side(self, labels: Sequence[Label]) -> None:
        """A column of labels, with lines to those that do not stand beside their slices."""
        if not labels:
            return
        area, at_right = self.place.area, labels[0].at_right
        # From the top down on either side.
        labels = sorted(labels, key=lambda label: label.angle if at_right else -label.angle)
        height = max(self._height(label) for label in labels)
        middles = [self._edge(label, STUB)[1] for label in labels]
        starts = spread_labels(middles, height, area.y, area.bottom)
        levels = self._levels(middles)
        x = self.ring.right + GAP if at_right else self.ring.x - GAP - self.column
        for label, start, level in zip(labels, starts, levels, strict=True):
            own = self._height(label) - LABEL_GAP
            box = Box(x, start + (height - own) // 2, self.column, own)
            self._leader(label, level, start + height // 2)
            self.canvas.text(
                box, label.words, SUPPORT, name=f"Part {label.portion.name}",
                source=label.portion, role="label",
            )  # fmt: skip

    def _levels(self, middles: Sequence[int]) -> list[int]:
        """The heights at which lines run across, top down: none nearer another than STEP."""
        center = self.ring.y + self.ring.h // 2
        levels = list(middles)
        upper = sum(y < center for y in middles)
        for n in reversed(range(upper - 1)):
            levels[n] = min(levels[n], levels[n + 1] - STEP)
        for n in range(upper + 1, len(levels)):
            levels[n] = max(levels[n], levels[n - 1] + STEP)
        return levels

    def _leader(self, label: Label, level: int, middle: int) -> None:
        """From a slice out of the ring, across to the column, along to the label's middle."""
        sign = 1 if label.at_right else -1
        side = self.ring.right if label.at_right else self.ring.x
        edge = self._edge(label)
        end = (side + sign * (GAP - inches(0.06)), middle)
        if abs(end[0] - edge[0]) < GAP + inches(0.1) and abs(middle - edge[1]) < points(5):
            return  # it stands beside its slice
        bends = [edge, (self._edge(label, STUB)[0], level), (side + sign * KNEE, level), end]
        for number, (start, stop) in enumerate(pairwise(bends), start=1):
            name = f"Leader {label.portion.name} {number}"
            self.canvas.add(ConnectorItem(name=name, start=start, end=stop, line=LEADER))
