"""Points on two axes go in; where their plot, its scales and each point stand comes out.

Bubbles, which PowerPoint would cut at the edge of the plot, lie within it; markers may stand on
its edge. Lengths in EMU.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from msgspec import Struct

from deckgen.canvas import Canvas
from deckgen.charts.sidelabels import LABEL_GAP, side_width
from deckgen.charts.xyaxes import Axis, Scale, scale_of
from deckgen.scene import Box
from deckgen.source import Mark
from deckgen.styles import CAPTION, Style
from deckgen.units import inches, points

MARKER_PT = 11
TICK = Style(11)
TICK_ROOM = inches(0.18)  # beside a tick's number
BUBBLE_PERCENT = 100  # LibreOffice (7.4) heeds no other
SIDE = inches(1.7)  # the widest that names of lines are


class Spot(Struct, frozen=True):
    """A point to be drawn; `look` is the place of its colour among the looks."""

    name: str
    x: float
    y: float
    size: float | None
    look: int
    highlight: bool
    mark: Mark


class XyPlot:
    """The plot of points, the largest first, in `area`, where ticks and names have their room.

    `box` is the inner plot and `chart` the chart's box around it; `over` is what labels take
    above the plot.
    """

    def __init__(
        self, canvas: Canvas, axes: tuple[Axis, Axis], spots: Sequence[Spot], sized: bool,
        area: Box, over: int,
    ) -> None:  # fmt: skip
        self.canvas, self.axes, self.spots, self.sized = canvas, axes, spots, sized
        self.outline = canvas.studio.outline
        self.largest = points(MARKER_PT)
        self.box, self.chart = self._places(area, over)
        self.x, self.y = (
            self._scale(n, length) for n, length in ((0, self.box.w), (1, self.box.h))
        )

    def _scale(self, which: int, length: int) -> Scale:
        """The scale of an axis so long: bubbles, which PowerPoint would cut, lie within the plot.

        Markers may stand on its edge.
        """
        values = [(spot.x, spot.y)[which] for spot in self.spots]
        margins = [
            (self.diameter(spot) / 2 + inches(0.04)) / length if spot.size else 0.0
            for spot in self.spots
        ]
        return scale_of(self.axes[which], values, self.outline, margins)

    def _places(self, box: Box, over: int) -> tuple[Box, Box]:
        """The inner plot and the chart's box around it."""
        x, y = self.axes
        foot = CAPTION.line_height + inches(0.04)  # for the name of the axis
        top = over + (CAPTION.line_height if x.references else 0)
        ticks = points(11 * 1.2) + inches(0.16)
        # The largest bubble is a quarter of the shorter side wide.
        tall = box.h - foot - top - ticks
        self.largest = tall * BUBBLE_PERCENT // 400 if self.sized else points(MARKER_PT)
        widest = max(self.canvas.width(word, TICK) for word in self._scale(1, tall).ticks)
        left = widest + TICK_ROOM
        last = self.canvas.width(self._scale(0, box.w - left).ticks[-1], TICK)
        names = side_width(self.canvas, [str(line.label) for line in y.references], SIDE)
        right = max(inches(0.1) + last // 2, names + LABEL_GAP if names else 0)
        chart = Box(box.x, box.y, box.w, box.h - foot)
        plot = chart.inset(left, top, right, ticks)
        if self.sized:
            self.largest = min(plot.w, plot.h) * BUBBLE_PERCENT // 400
        return plot, chart

    @property
    def most(self) -> float:
        """The largest size that there is."""
        return self.spots[0].size or 1.0

    def diameter(self, spot: Spot) -> int:
        """The width of a marker, or of a bubble: areas are as the sizes."""
        return round(self.largest * sqrt(spot.size / self.most)) if spot.size else self.largest

    def at_x(self, value: float) -> int:
        """Where a value of the axis from left to right stands."""
        return self.box.x + round(self.x.share(value) * self.box.w)

    def at_y(self, value: float) -> int:
        """Where a value of the axis from the bottom up stands."""
        return self.box.bottom - round(self.y.share(value) * self.box.h)
