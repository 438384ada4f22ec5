"""Points on two axes go in; a native chart comes out with its labels, lines and keys.

From the top: a key of colours and of the bubbles' area, the names of lines that stand upright,
the plot, and the name of the axis below it. Names of lines that lie stand right of the plot.
Lines and the names of the quadrants lie behind the points. Lengths in EMU.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt

from msgspec.structs import replace

from deckgen import markup
from deckgen.canvas import Canvas
from deckgen.charts.beside import Dot, dot_box
from deckgen.charts.colors import text_on
from deckgen.charts.keys import key_row_height
from deckgen.charts.plot import fractions
from deckgen.charts.pointlabels import PointLabels, label_points
from deckgen.charts.quadrantnames import Quadrants, name_quadrants
from deckgen.charts.sidelabels import LABEL_GAP, SideLabel, draw_side_labels
from deckgen.charts.xyaxes import Axis, Scale
from deckgen.charts.xykeys import Look, bubble_key, draw_keys, name_uprights
from deckgen.charts.xyplot import BUBBLE_PERCENT, MARKER_PT, Spot, XyPlot
from deckgen.formats import decimals_for, format_value
from deckgen.scene import (
    Align,
    Box,
    ChartItem,
    ConnectorItem,
    LabelSide,
    Line,
    XyChart,
    XyPoint,
    XySeries,
)
from deckgen.source import Text
from deckgen.styles import CAPTION, SUPPORT_BOLD, Style
from deckgen.units import inches, points, to_inches

LABEL = Style(12, bold=True)
LABEL_HEIGHT = points(12 * 1.2) + inches(0.04)
OVER = LABEL_HEIGHT // 2 + inches(0.02)  # what a label of a point on the plot's edge takes over it
REFERENCE, ZERO, EDGE = Line("ink2", 1.25, dashed=True), Line("hair", 0.75), Line("bg", 1.0)
LEADER, GAP = Line("muted", 0.75), inches(0.04)


class ScatterDrawing:
    """Points on a canvas, within `area`. Colours have a key where there are several `looks`."""

    def __init__(
        self, canvas: Canvas, area: Box, axes: tuple[Axis, Axis], size: Axis | None,
        spots: Sequence[Spot], looks: Sequence[Look],
    ) -> None:  # fmt: skip
        self.canvas, self.area, self.axes, self.size, self.looks = canvas, area, axes, size, looks
        # The largest bubbles first, so that the others lie over them.
        self.spots = sorted(spots, key=lambda spot: -(spot.size or 0.0))
        self.keyed = len(looks) > 1 or size is not None
        self.top = area.y + (key_row_height() if self.keyed else 0)
        below = area.inset(top=self.top - area.y)
        self.xy = XyPlot(canvas, axes, self.spots, size is not None, below, OVER)
        self.plot = self.xy.box
        self.dots = [self._dot(spot) for spot in self.spots]
        self.found = PointLabels({}, {}, ())

    def paint(self, quadrants: Quadrants | None, wanted: set[str]) -> int:
        """Draw all; `wanted` are the names of the points to label.

        Where not all find room the rest go to the notes, and one that is highlighted is refused.
        Returns how many are labelled.
        """
        if self.keyed:
            self._keys()
        self._find_labels([*self._lines()], wanted)
        if quadrants is not None:
            x, y = (axis.references[0].value for axis in self.axes)
            center = self.xy.at_x(x), self.xy.at_y(y)
            there = [*map(dot_box, self.dots), *self.found.boxes(self.dots, LABEL_HEIGHT)]
            name_quadrants(self.canvas, quadrants, self.plot, center, there)
        self._chart()
        self._draw_called()
        self._tell_rest()
        self._name_lines()
        self._name_x()
        return len(self.found.sides) + len(self.found.called)

    def _dot(self, spot: Spot) -> Dot:
        """A point on the plot, with the width of its label."""
        size = self.xy.diameter(spot)
        width = round(self.canvas.width(spot.name, LABEL) * 1.02) + inches(0.09)
        x, y = self.xy.at_x(spot.x), self.xy.at_y(spot.y)
        chord = sqrt(max(0, size**2 - LABEL_HEIGHT**2))
        # One that is highlighted by the colour of its label needs it beside its bubble.
        inside = spot.size is not None and not (spot.highlight and len(self.looks) > 1)
        return Dot(x, y, size, width, holds=inside and width <= chord)

    # -- behind the points --------------------------------------------------------------

    def _lines(self) -> Iterator[Box]:
        """Draw the lines across the plot; what they take."""
        for key, (axis, scale) in (("x", self._pair(0)), ("y", self._pair(1))):
            upright = key == "x"
            low, high = scale.axis.low or 0.0, scale.axis.high or 0.0
            values = {line.value: f"Reference {key} {line.label}" for line in axis.references}
            if low < 0 < high and 0 not in values:
                yield self._line(upright, 0.0, f"Zero {key}", ZERO)
            for value, name in values.items():
                yield self._line(upright, value, name, REFERENCE)

    def _pair(self, which: int) -> tuple[Axis, Scale]:
        return self.axes[which], (self.xy.x, self.xy.y)[which]

    def _line(self, upright: bool, value: float, name: str, line: Line) -> Box:
        plot, half = self.plot, points(1)
        if upright:
            x = self.xy.at_x(value)
            start, end = (x, plot.bottom), (x, plot.y)
            taken = Box(x - half, plot.y, 2 * half, plot.h)
        else:
            y = self.xy.at_y(value)
            start, end = (plot.x, y), (plot.right, y)
            taken = Box(plot.x, y - half, plot.w, 2 * half)
        self.canvas.add(ConnectorItem(name=name, start=start, end=end, line=line))
        return taken

    # -- labels of points --------------------------------------------------------------

    def _find_labels(self, taken: Sequence[Box], wanted: set[str]) -> None:
        """Find where labels stand; one that is highlighted must find a place."""
        shown = [n for n, spot in enumerate(self.spots) if spot.name in wanted]
        stressed = {n for n, spot in enumerate(self.spots) if spot.highlight}
        # Names of lines that lie have the room right of the plot.
        beyond = 0 if self.axes[1].references else self.xy.chart.right - self.plot.right
        room = self.plot.inset(top=-OVER, right=-beyond)
        self.found = label_points(self.dots, shown, stressed, LABEL_HEIGHT, room, taken)
        for number in self.found.lost:
            spot, wide = self.spots[number], to_inches(self.dots[number].label)
            told = f"the label “{spot.name}” is {wide:.2f} in wide"
            self.canvas.studio.refuse(
                spot, f"{told} and finds no free place at its point",
                "shorten the name, or highlight fewer rows",
            )  # fmt: skip

    def _draw_called(self) -> None:
        """The labels at the ends of lines, which are no part of the chart."""
        for number, at in self.found.called.items():
            spot = self.spots[number]
            name = f"Leader {spot.name}"
            self.canvas.add(
                ConnectorItem(
                    name=name, start=at.start, end=at.end, line=LEADER, role="label", alt=name
                )
            )
            near = at.end[0] - at.box.x
            align: Align = "left" if near <= 0 else "right" if near >= at.box.w else "center"
            style = LABEL.but(color=self._ink(spot), align=align)
            self.canvas.text(
                at.box.inset(left=GAP, right=GAP), spot.name, style, name=f"Label {spot.name}",
                source=spot, anchor="middle", role="label",
            )  # fmt: skip

    def _tell_rest(self) -> None:
        """Name the points without labels in the notes."""
        labelled = {*self.found.sides, *self.found.called}
        rest = [spot for n, spot in enumerate(self.spots) if n not in labelled]
        if rest:
            words = "; ".join(self._told(spot) for spot in rest)
            self.canvas.studio.move_to_notes(f"the labels of {len(rest)} points", words)

    def _told(self, spot: Spot) -> str:
        """`North Quay (11 / 31)`: its name and its numbers, with three digits each."""
        language = self.canvas.studio.outline.language
        pair = (format_value(value, decimals_for([value]), language) for value in (spot.x, spot.y))
        return f"{spot.name} ({' / '.join(pair)})"

    # -- the chart ---------------------------------------------------------------------

    def _chart(self) -> None:
        box = self.xy.chart
        x, y = (markup.plain(axis.name) for axis in self.axes)
        size = markup.plain(self.size.name) if self.size else "size"
        chart = XyChart(
            tuple(self._series(y)), self.xy.x.axis, self.xy.y.axis, label_size_pt=12,
            bubble_percent=BUBBLE_PERCENT if self.size else 0, plot=fractions(self.plot, box),
            headings=("Name", x, size),
        )  # fmt: skip
        told = "; ".join(self._told(spot) for spot in self.spots[:15])
        alt = f"{self.canvas.title}. {x} / {y}: {told}"
        mark = self.canvas.studio.slide.mark
        self.canvas.add(ChartItem(name=f"{x}, {y}", box=box, chart=chart, mark=mark, alt=alt))

    def _series(self, name: str) -> Iterator[XySeries]:
        """One series of bubbles, whose order is that of painting; of points one a colour."""
        every = [(self._point(n), self._fill(spot), spot.look)
                 for n, spot in enumerate(self.spots)]  # fmt: skip
        if self.size is not None:
            found = tuple(replace(point, fill=fill) for point, fill, _ in every)
            yield XySeries(name, found, fill=self.looks[0].fill, size_pt=MARKER_PT, line=EDGE)
            return
        for fill, look in dict.fromkeys((fill, look) for _, fill, look in every):
            found = tuple(point for point, *key in every if key == [fill, look])
            label, symbol = self.looks[look].name or name, self.looks[look].symbol
            yield XySeries(label, found, fill=fill, symbol=symbol, size_pt=MARKER_PT)

    def _fill(self, spot: Spot) -> str:
        plain = spot.highlight and len(self.looks) == 1
        return "accent" if plain else self.looks[spot.look].fill

    def _point(self, number: int) -> XyPoint:
        spot = self.spots[number]
        side: LabelSide = self.found.sides.get(number, "none")
        ink = self._ink(spot)
        if side == "center":
            ink = text_on(self.canvas.theme, self._fill(spot))
        return XyPoint(spot.name, spot.x, spot.y, side, spot.size, label_color=ink)

    def _ink(self, spot: Spot) -> str:
        """The colour of a label beside its point."""
        return "accent" if spot.highlight and len(self.looks) > 1 else "ink"

    # -- around the plot ---------------------------------------------------------------

    def _keys(self) -> None:
        """What the colours are, and what the area of a bubble is."""
        area, x = self.area, self.plot.x
        row = Box(x, area.y, area.right - x, CAPTION.line_height)
        areas, given = None, self.axes[1]
        if self.size is not None:
            areas = bubble_key(self.canvas, self.size, self.xy.most, self.xy.largest)
            given = self.size
        draw_keys(self.canvas, row, self.looks, areas, given)

    def _name_lines(self) -> None:
        """The names of the lines: of those that lie right of them, of upright ones above."""
        area, plot, (x, y) = self.area, self.plot, self.axes
        labels = [
            SideLabel(self.xy.at_y(line.value), str(line.label), "ink2", line)
            for line in y.references
        ]
        start = plot.right + LABEL_GAP
        draw_side_labels(
            self.canvas, start, area.right - start, plot.y, plot.bottom, labels, CAPTION
        )
        if x.references:
            row = Box(area.x, self.top, area.w, CAPTION.line_height)
            lines = [(line, self.xy.at_x(line.value)) for line in x.references]
            name_uprights(self.canvas, row, lines)

    def _name_x(self) -> None:
        axis = self.axes[0]
        unit = f" ({self.xy.x.unit})" if self.xy.x.unit else ""
        words = Text(f"{axis.name}{unit}", axis.name.mark)
        style = SUPPORT_BOLD.but(size_pt=12, color="ink", align="right")
        row = CAPTION.line_height + inches(0.04)
        box = Box(self.plot.x, self.area.bottom - row, self.plot.w, row)
        self.canvas.text(box, words, style, name="Axis x")
