"""Points on two axes go in; a native chart comes out with its labels, lines and keys.

From the top: a key of colours and of the bubbles' area, the names of lines that stand upright,
the plot, and the name of the axis below it. Names of lines that lie stand right of the plot.
Lines and the names of the quadrants lie behind the points. Lengths in EMU.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import sqrt
from typing import Annotated

from msgspec import Struct
from msgspec.structs import replace

from deckgen import markup
from deckgen.box import touch
from deckgen.canvas import Canvas
from deckgen.fields import Doc, Part
from deckgen.formats import decimals_for, format_value
from deckgen.outline import NONE
from deckgen.parts.beside import CallOut, Dot, Side, call_out, dot_box, label_box, place_labels
from deckgen.parts.colors import text_on
from deckgen.parts.keys import key_row_height
from deckgen.parts.plot import fractions
from deckgen.parts.sidelabels import LABEL_GAP, SideLabel, draw_side_labels, side_width
from deckgen.parts.xyaxes import Axis, Scale, scale_of
from deckgen.parts.xykeys import Look, bubble_key, draw_keys, name_uprights
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
from deckgen.source import Mark, Text
from deckgen.styles import CAPTION, SUPPORT_BOLD, Style
from deckgen.units import inches, points, to_inches

MARKER_PT = 11
LABEL = Style(12, bold=True)
LABEL_HEIGHT = points(12 * 1.2) + inches(0.04)
TICK = Style(11)
TICK_ROOM = inches(0.18)  # beside a tick's number
BUBBLE_PERCENT = 100  # LibreOffice (7.4) heeds no other
SIDE = inches(1.7)  # the widest that names of lines are
OVER = LABEL_HEIGHT // 2 + inches(0.02)  # what a label of a point on the plot's edge takes over it
CORNER_STEPS = [n / 8 for n in range(9)]  # of a field's room, where its name is tried
CORNER = inches(0.1)  # from a quadrant's corner to its name
REFERENCE, ZERO, EDGE = Line("ink2", 1.25, dashed=True), Line("hair", 0.75), Line("bg", 1.0)
LEADER, GAP = Line("muted", 0.75), inches(0.04)
FAR, FARTHEST = inches(1.2), inches(3.0)  # that a label may stand from its point; a highlight
MOST_TRIES = 3000  # places of labels that are tried before one of them goes to the notes


class Quadrants(Part):
    """Names of the four fields between a line of reference on each axis."""

    top_left: Annotated[Text, Doc("low on x, high on y")] = NONE
    top_right: Annotated[Text, Doc("high on both")] = NONE
    bottom_left: Annotated[Text, Doc("low on both")] = NONE
    bottom_right: Annotated[Text, Doc("high on x, low on y")] = NONE


class Spot(Struct, frozen=True):
    """A point to be drawn; `look` is the place of its colour among the looks."""

    name: str
    x: float
    y: float
    size: float | None
    look: int
    highlight: bool
    mark: Mark


class ScatterDrawing:
    """Points on a canvas. Colours have a key where there are several `looks`."""

    def __init__(
        self, canvas: Canvas, axes: tuple[Axis, Axis], size: Axis | None, spots: Sequence[Spot],
        looks: Sequence[Look],
    ) -> None:  # fmt: skip
        self.canvas, self.axes, self.size, self.looks = canvas, axes, size, looks
        # The largest bubbles first, so that the others lie over them.
        self.spots = sorted(spots, key=lambda spot: -(spot.size or 0.0))
        self.outline, self.labels = canvas.studio.outline, canvas.studio.labels
        self.largest = points(MARKER_PT)
        self.sides: dict[int, Side] = {}  # of labels, by the places of their points
        self.called: dict[int, CallOut] = {}

    def paint(self, area: Box, quadrants: Quadrants | None, wanted: set[str]) -> int:
        """Draw within `area`; `wanted` are the names of the points to label.

        Where not all find room the rest go to the notes, and one that is highlighted is refused.
        Returns how many are labelled.
        """
        keyed = len(self.looks) > 1 or self.size is not None
        box = area.inset(top=key_row_height() if keyed else 0)
        self.plot, chart_box = self._places(box)
        beyond = 0 if self.axes[1].references else chart_box.right - self.plot.right
        self.room = self.plot.inset(top=-OVER, right=-beyond)  # of labels
        self.x, self.y = (
            self._scale(n, length) for n, length in ((0, self.plot.w), (1, self.plot.h))
        )
        if keyed:
            self._keys(area)
        self.dots = [self._dot(spot) for spot in self.spots]
        self._place_labels([*self._lines()], wanted)
        self._quadrants(quadrants)
        self._chart(chart_box)
        self._draw_called()
        self._tell_rest()
        self._name_lines(area, box.y)
        self._name_x(area)
        return len(self.sides) + len(self.called)

    # -- places -----------------------------------------------------------------------

    def _scale(self, which: int, length: int) -> Scale:
        """The scale of an axis so long: bubbles, which PowerPoint would cut, lie within the plot.

        Markers may stand on its edge.
        """
        values = [(spot.x, spot.y)[which] for spot in self.spots]
        margins = [
            (self._diameter(spot) / 2 + inches(0.04)) / length if spot.size else 0.0
            for spot in self.spots
        ]
        return scale_of(self.axes[which], values, self.outline, margins)

    def _places(self, box: Box) -> tuple[Box, Box]:
        """The inner plot and the chart's box around it."""
        x, y = self.axes
        foot = CAPTION.line_height + inches(0.04)  # for the name of the axis
        top = OVER + (CAPTION.line_height if x.references else 0)
        ticks = points(11 * 1.2) + inches(0.16)
        # The largest bubble is a quarter of the shorter side wide.
        tall = box.h - foot - top - ticks
        self.largest = tall * BUBBLE_PERCENT // 400 if self.size else points(MARKER_PT)
        widest = max(self.canvas.width(word, TICK) for word in self._scale(1, tall).ticks)
        left = widest + TICK_ROOM
        last = self.canvas.width(self._scale(0, box.w - left).ticks[-1], TICK)
        names = side_width(self.canvas, [str(line.label) for line in y.references], SIDE)
        right = max(inches(0.1) + last // 2, names + LABEL_GAP if names else 0)
        chart = Box(box.x, box.y, box.w, box.h - foot)
        plot = chart.inset(left, top, right, ticks)
        if self.size is not None:
            self.largest = min(plot.w, plot.h) * BUBBLE_PERCENT // 400
        return plot, chart

    def _dot(self, spot: Spot) -> Dot:
        """A point on the plot, with the width of its label."""
        size = self._diameter(spot)
        width = round(self.canvas.width(spot.name, LABEL) * 1.02) + inches(0.09)
        x, y = self._x(spot.x), self._y(spot.y)
        chord = sqrt(max(0, size**2 - LABEL_HEIGHT**2))
        # One that is highlighted by the colour of its label needs it beside its bubble.
        inside = spot.size is not None and not (spot.highlight and len(self.looks) > 1)
        return Dot(x, y, size, width, holds=inside and width <= chord)

    @property
    def _most(self) -> float:
        """The largest size that there is."""
        return self.spots[0].size or 1.0

    def _diameter(self, spot: Spot) -> int:
        """The width of a marker, or of a bubble: areas are as the sizes."""
        return round(self.largest * sqrt(spot.size / self._most)) if spot.size else self.largest

    def _x(self, value: float) -> int:
        return self.plot.x + round(self.x.share(value) * self.plot.w)

    def _y(self, value: float) -> int:
        return self.plot.bottom - round(self.y.share(value) * self.plot.h)

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
        return self.axes[which], (self.x, self.y)[which]

    def _line(self, upright: bool, value: float, name: str, line: Line) -> Box:
        plot, half = self.plot, points(1)
        if upright:
            x = self._x(value)
            start, end, taken = (
                (x, plot.bottom),
                (x, plot.y),
                Box(x - half, plot.y, 2 * half, plot.h),
            )
        else:
            y = self._y(value)
            start, end, taken = (
                (plot.x, y),
                (plot.right, y),
                Box(plot.x, y - half, plot.w, 2 * half),
            )
        self.canvas.add(ConnectorItem(name=name, start=start, end=end, line=line))
        return taken

    def _quadrants(self, quadrants: Quadrants | None) -> None:
        """Set the names of the fields in their corners, where no point nor label lies."""
        if quadrants is None:
            return
        x, y = (self._pair(n)[0].references[0].value for n in (0, 1))
        across, up = self._x(x), self._y(y)
        plot = self.plot
        left, right = (plot.x, across), (across, plot.right)
        top, bottom = (plot.y, up), (up, plot.bottom)
        for words, (start, end), (above, below), at_right, low in (
            (quadrants.top_left, left, top, False, False),
            (quadrants.top_right, right, top, True, False),
            (quadrants.bottom_left, left, bottom, False, True),
            (quadrants.bottom_right, right, bottom, True, True),
        ):
            if words:
                field = Box(start, above, end - start, below - above)
                self._corner(words, field, at_right, low)

    def _corner(self, words: Text, field: Box, at_right: bool, low: bool) -> None:
        """A field's name in its outer corner, or as near it as nothing touches it."""
        canvas = self.canvas
        style = CAPTION.but(color="muted", bold=True, align="right" if at_right else "left")
        room = field.inset(CORNER, CORNER, CORNER, CORNER)
        width = min(room.w, round(canvas.width(words, style) * 1.02) + inches(0.03))
        height = canvas.height(words, style, max(width, 1))
        slack = (max(0, room.w - width), max(0, room.h - height))
        places = [
            Box(room.x + round(slack[0] * (1 - right if at_right else right)),
                room.y + round(slack[1] * (1 - down if low else down)), width, height)
            for right, down in sorted(product(CORNER_STEPS, CORNER_STEPS), key=sum)
        ]  # fmt: skip
        there = [*(dot_box(dot) for dot in self.dots), *self._labelled()]
        free = [box for box in places if not any(touch(box, other) for other in there)]
        if not free or height > room.h:
            canvas.studio.refuse(
                words,
                f"“{words}” finds no free place in its quadrant",
                "leave it out, or shorten it",
            )
            return
        canvas.text(free[0], words, style, name=f"Quadrant {words}", role="label")

    # -- labels of points --------------------------------------------------------------

    def _place_labels(self, taken: Sequence[Box], wanted: set[str]) -> None:
        """Find where labels stand: beside their points, or at the end of a line.

        Those that find no room in either way go to the notes.
        """
        shown = [n for n, spot in enumerate(self.spots) if spot.name in wanted]
        stuck: list[int] = []
        while shown:
            others = [dot_box(dot) for n, dot in enumerate(self.dots) if n not in shown]
            found = place_labels(
                [self.dots[n] for n in shown], LABEL_HEIGHT, self.room, [*others, *taken],
                overlap=True, most_tries=MOST_TRIES,
            )  # fmt: skip
            if not isinstance(found, int):
                self.sides = {n: at.side for n, at in zip(shown, found, strict=True)}
                break
            stuck.append(shown.pop(found))
        for number in sorted(stuck, key=lambda n: not self.spots[n].highlight):
            self._call_out(number, taken)

    def _call_out(self, number: int, taken: Sequence[Box]) -> None:
        """Set a label at the end of a line; one that is highlighted must find a place."""
        dot, spot = self.dots[number], self.spots[number]
        free = self._labelled()
        lines = [_around(one) for one in self.called.values()]
        labels = [box for box in free if box not in lines]
        dots = [dot_box(dot) for dot in self.dots]
        others = [box for box in dots if not touch(box, dot_box(dot))]
        free += [*dots, *taken]
        reach = FARTHEST if spot.highlight else FAR
        # A line runs through another point only where it must.
        found = call_out(dot, LABEL_HEIGHT, self.room, reach, free, [*labels, *others])
        found = found or call_out(dot, LABEL_HEIGHT, self.room, reach, free, labels)
        if found:
            self.called[number] = found
        elif spot.highlight:
            self._refuse(number)

    def _labelled(self) -> list[Box]:
        """What the labels take that have their places, with the lines that lead to them."""
        beside = [label_box(self.dots[n], side, LABEL_HEIGHT) for n, side in self.sides.items()]
        called = self.called.values()
        return [*beside, *(one.box for one in called), *(_around(one) for one in called)]

    def _refuse(self, number: int) -> None:
        spot, wide = self.spots[number], to_inches(self.dots[number].label)
        self.canvas.studio.refuse(
            spot,
            f"the label “{spot.name}” is {wide:.2f} in wide and finds no free place at its point",
            "shorten the name, or highlight fewer rows",
        )  # fmt: skip

    def _draw_called(self) -> None:
        """The labels at the ends of lines, which are no part of the chart."""
        for number, at in self.called.items():
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
        rest = [spot for n, spot in enumerate(self.spots)
                if n not in self.sides and n not in self.called]  # fmt: skip
        if rest:
            words = "; ".join(self._told(spot) for spot in rest)
            self.canvas.studio.move_to_notes(f"the labels of {len(rest)} points", words)

    def _told(self, spot: Spot) -> str:
        """`North Quay (11 / 31)`: its name and its numbers, with three digits each."""
        language = self.outline.language
        pair = (format_value(value, decimals_for([value]), language) for value in (spot.x, spot.y))
        return f"{spot.name} ({' / '.join(pair)})"

    # -- the chart ---------------------------------------------------------------------

    def _chart(self, box: Box) -> None:
        plot = self.plot
        x, y = (markup.plain(axis.name) for axis in self.axes)
        size = markup.plain(self.size.name) if self.size else "size"
        chart = XyChart(
            tuple(self._series(y)), self.x.axis, self.y.axis, label_size_pt=12,
            bubble_percent=BUBBLE_PERCENT if self.size else 0, plot=fractions(plot, box),
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
        side: LabelSide = self.sides.get(number, "none")
        ink = self._ink(spot)
        if side == "center":
            ink = text_on(self.canvas.theme, self._fill(spot))
        return XyPoint(spot.name, spot.x, spot.y, side, spot.size, label_color=ink)

    def _ink(self, spot: Spot) -> str:
        """The colour of a label beside its point."""
        return "accent" if spot.highlight and len(self.looks) > 1 else "ink"

    # -- around the plot ---------------------------------------------------------------

    def _keys(self, area: Box) -> None:
        """What the colours are, and what the area of a bubble is."""
        row = Box(self.plot.x, area.y, area.right - self.plot.x, CAPTION.line_height)
        areas, given = None, self.axes[1]
        if self.size is not None:
            areas, given = bubble_key(self.canvas, self.size, self._most, self.largest), self.size
        draw_keys(self.canvas, row, self.looks, areas, given)

    def _name_lines(self, area: Box, top: int) -> None:
        """The names of the lines: of those that lie right of them, of upright ones above."""
        plot, (x, y) = self.plot, self.axes
        labels = [
            SideLabel(self._y(line.value), str(line.label), "ink2", line) for line in y.references
        ]
        start = plot.right + LABEL_GAP
        draw_side_labels(
            self.canvas, start, area.right - start, plot.y, plot.bottom, labels, CAPTION
        )
        if x.references:
            row = Box(area.x, top, area.w, CAPTION.line_height)
            lines = [(line, self._x(line.value)) for line in x.references]
            name_uprights(self.canvas, row, lines)

    def _name_x(self, area: Box) -> None:
        axis = self.axes[0]
        unit = f" ({self.x.unit})" if self.x.unit else ""
        words = Text(f"{axis.name}{unit}", axis.name.mark)
        style = SUPPORT_BOLD.but(size_pt=12, color="ink", align="right")
        row = CAPTION.line_height + inches(0.04)
        box = Box(self.plot.x, area.bottom - row, self.plot.w, row)
        self.canvas.text(box, words, style, name="Axis x")


def _around(called: CallOut) -> Box:
    """What the line of a label takes."""
    (x1, y1), (x2, y2) = called.start, called.end
    return Box(min(x1, x2), min(y1, y2), abs(x2 - x1) + 1, abs(y2 - y1) + 1)
