"""Points on two axes go in; a native chart comes out with its labels, lines and keys.

From the top: a key of colours and of the bubbles' area, the names of lines that stand upright,
the plot, and the name of the axis below it. Names of lines that lie stand right of the plot.
Lines and the names of the quadrants lie behind the points. Lengths in EMU.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import floor, log10, sqrt
from typing import Annotated

from msgspec import Struct
from msgspec.structs import replace

from deckgen import markup
from deckgen.arrange import set_apart
from deckgen.canvas import Canvas
from deckgen.fields import Doc, Part
from deckgen.formats import Numbers, decimals_for, power_for, scaled_unit
from deckgen.outline import NONE
from deckgen.parts.annotations import (
    LABEL_GAP,
    SideLabel,
    draw_key_row,
    draw_side_labels,
    key_row_height,
    side_width,
)
from deckgen.parts.beside import Dot, Placed, place_labels, touch
from deckgen.parts.measure import text_on
from deckgen.parts.xyaxes import Axis, Scale, scale_of
from deckgen.scene import Box, ChartItem, ConnectorItem, Line, XyChart, XyPoint, XySeries
from deckgen.source import Mark, Text
from deckgen.styles import CAPTION, SUPPORT_BOLD, Style
from deckgen.units import inches, points, to_inches

MARKER_PT = 11
LABEL = Style(12, bold=True)
LABEL_HEIGHT = points(12 * 1.2) + inches(0.04)
TICK = Style(11)
TICK_ROOM = inches(0.18)  # beside a tick's number
BUBBLE_PERCENT = 80  # of a quarter of the plot's shorter side, for the largest
KEY_BUBBLE = inches(0.3)  # the widest that a key shows
SIDE = inches(1.7)  # the widest that names of lines are
CORNER = inches(0.1)  # from a quadrant's corner to its name
REFERENCE, ZERO, EDGE = Line("ink2", 1.25, dashed=True), Line("hair", 0.75), Line("bg", 1.0)
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


class Look(Struct, frozen=True):
    """A colour and what it stands for; `short` where there is no room for all the words."""

    fill: str
    name: str
    short: str = ""


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

    def paint(self, area: Box, quadrants: Quadrants | None, wanted: set[str]) -> int:
        """Draw within `area`; `wanted` are the names of the points to label.

        Where not all find room the rest go to the notes, and one that is highlighted is refused.
        Returns how many are labelled.
        """
        keyed = len(self.looks) > 1 or self.size is not None
        box = area.inset(top=key_row_height(self.canvas) if keyed else 0)
        self.plot, chart_box = self._places(box)
        margins = [
            (self.largest / 2 + inches(0.04)) / length for length in (self.plot.w, self.plot.h)
        ]
        self.x, self.y = (self._scale(n, margin) for n, margin in zip((0, 1), margins, strict=True))
        if keyed:
            self._key(area)
        self.dots = [self._dot(spot) for spot in self.spots]
        taken = [*self._lines(), *self._quadrants(quadrants)]
        placed = self._sides(taken, wanted)
        self._chart(chart_box, placed)
        self._name_lines(area, box.y)
        self._name_x(area)
        return len(placed)

    # -- places -----------------------------------------------------------------------

    def _scale(self, which: int, margin: float) -> Scale:
        values = [(spot.x, spot.y)[which] for spot in self.spots]
        return scale_of(self.axes[which], values, self.outline, margin)

    def _places(self, box: Box) -> tuple[Box, Box]:
        """The inner plot and the chart's box around it."""
        x, y = self.axes
        foot = CAPTION.line_height + inches(0.04)  # for the name of the axis
        top = inches(0.1) + (CAPTION.line_height if x.references else 0)
        rough = [self._scale(1, margin) for margin in (0.03, 0.1)]
        widest = max(self.canvas.width(word, TICK) for scale in rough for word in scale.ticks)
        left = widest + TICK_ROOM
        last = self.canvas.width(self._scale(0, 0.03).ticks[-1], TICK)
        names = side_width(self.canvas, [str(line.label) for line in y.references], SIDE)
        right = max(inches(0.1) + last // 2, names + LABEL_GAP if names else 0)
        ticks = points(11 * 1.2) + inches(0.16)
        chart = Box(box.x, box.y, box.w, box.h - foot)
        plot = chart.inset(left, top, right, ticks)
        if self.size is not None:
            # PowerPoint and LibreOffice draw the largest a quarter of the shorter side wide.
            self.largest = min(plot.w, plot.h) * BUBBLE_PERCENT // 400
        return plot, chart

    def _dot(self, spot: Spot) -> Dot:
        """A point on the plot, with the width of its label."""
        size = self.largest
        if spot.size is not None:
            size = self._diameter(spot.size)
        width = round(self.canvas.width(spot.name, LABEL) * 1.02) + inches(0.09)
        x, y = self._x(spot.x), self._y(spot.y)
        chord = sqrt(max(0, size**2 - LABEL_HEIGHT**2))
        return Dot(x, y, size, width, holds=spot.size is not None and width <= chord)

    def _diameter(self, size: float) -> int:
        """The width of a bubble: areas are as the sizes."""
        return round(self.largest * sqrt(size / (self.spots[0].size or 1.0)))

    def _x(self, value: float) -> int:
        return self.plot.x + round(self.x.share(value) * self.plot.w)

    def _y(self, value: float) -> int:
        return self.plot.bottom - round(self.y.share(value) * self.plot.h)

    # -- behind the points --------------------------------------------------------------

    def _lines(self) -> Iterator[Box]:
        """Draw the lines across the plot; what they take."""
        for upright, axis, scale in ((True, *self._pair(0)), (False, *self._pair(1))):
            low, high = scale.axis.low or 0.0, scale.axis.high or 0.0
            values = {line.value: f"Reference {line.label}" for line in axis.references}
            if low < 0 < high and 0 not in values:
                yield self._line(upright, 0.0, "Zero x" if upright else "Zero y", ZERO)
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

    def _quadrants(self, quadrants: Quadrants | None) -> Iterator[Box]:
        """Set the names of the fields in their corners, where no point lies; what they take."""
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
                yield self._corner(words, field, at_right, low)

    def _corner(self, words: Text, field: Box, at_right: bool, low: bool) -> Box:
        """A field's name in its outer corner, or in another one that no point touches."""
        canvas = self.canvas
        style = CAPTION.but(color="muted", bold=True, align="right" if at_right else "left")
        room = field.inset(CORNER, CORNER, CORNER, CORNER)
        width = min(room.w, round(canvas.width(words, style) * 1.02) + inches(0.03))
        height = canvas.height(words, style, max(width, 1))
        places = [
            Box(room.right - width if right else room.x,
                room.bottom - height if bottom else room.y, width, height)
            for bottom in (low, not low) for right in (at_right, not at_right)
        ]  # fmt: skip
        dots = [_around(dot) for dot in self.dots]
        free = [box for box in places if not any(touch(box, dot) for dot in dots)]
        if not free or height > room.h:
            canvas.studio.refuse(
                words,
                f"“{words}” finds no free corner of its quadrant",
                "leave it out, or shorten it",
            )
            return places[0]
        box = free[0]
        if (box.x == room.x) == at_right:
            style = style.but(align="left" if at_right else "right")
        canvas.text(box, words, style, name=f"Quadrant {words}", role="label")
        return box

    # -- labels of points --------------------------------------------------------------

    def _sides(self, taken: Sequence[Box], wanted: set[str]) -> dict[int, Placed]:
        """Where the labels stand, by the places of their points; the others go to the notes."""
        shown = [n for n, spot in enumerate(self.spots) if spot.name in wanted]
        found: list[Placed] = []
        while shown:
            others = [_around(dot) for n, dot in enumerate(self.dots) if n not in shown]
            answer = place_labels(
                [self.dots[n] for n in shown], LABEL_HEIGHT, self.plot, [*others, *taken],
                overlap=True, most_tries=MOST_TRIES,
            )  # fmt: skip
            if not isinstance(answer, int):
                found = answer
                break
            stuck = shown[answer]
            least = [n for n in shown if not self.spots[n].highlight]
            if not least:
                self._refuse(stuck)
                return {}
            if stuck not in least:  # a neighbour gives way
                one = self.dots[stuck]
                near = {n: abs(self.dots[n].x - one.x) + abs(self.dots[n].y - one.y) for n in least}
                stuck = min(least, key=lambda n: near[n])
            shown.remove(stuck)
        self._tell_rest(shown)
        return dict(zip(shown, found, strict=True))

    def _refuse(self, number: int) -> None:
        spot, wide = self.spots[number], to_inches(self.dots[number].label)
        self.canvas.studio.refuse(
            spot,
            f"the label “{spot.name}” is {wide:.2f} in wide and finds no free place at its point",
            "shorten the name, or highlight fewer rows",
        )  # fmt: skip

    def _tell_rest(self, shown: Sequence[int]) -> None:
        rest = [spot for n, spot in enumerate(self.spots) if n not in shown]
        if rest:
            words = "; ".join(self._told(spot) for spot in rest)
            self.canvas.studio.move_to_notes(f"the labels of {len(rest)} points", words)

    def _told(self, spot: Spot) -> str:
        """`North Quay (11, 31)`, or in a language with decimal commas `(11; 31)`."""
        numbers = [
            Numbers(decimals_for(values), 0, self.outline.language)
            for values in ([one.x for one in self.spots], [one.y for one in self.spots])
        ]
        pair = numbers[0].words(spot.x), numbers[1].words(spot.y)
        return f"{spot.name} ({' / '.join(pair)})"

    # -- the chart ---------------------------------------------------------------------

    def _chart(self, box: Box, placed: dict[int, Placed]) -> None:
        plot = self.plot
        share = (
            (plot.x - box.x) / box.w, (plot.y - box.y) / box.h, plot.w / box.w, plot.h / box.h,
        )  # fmt: skip
        x, y = (markup.plain(axis.name) for axis in self.axes)
        size = markup.plain(self.size.name) if self.size else "size"
        chart = XyChart(
            tuple(self._series(y, placed)), self.x.axis, self.y.axis, label_size_pt=12,
            bubble_percent=BUBBLE_PERCENT if self.size else 0, plot=share,
            headings=("Name", x, size),
        )  # fmt: skip
        told = "; ".join(self._told(spot) for spot in self.spots[:15])
        alt = f"{self.canvas.title}. {x} / {y}: {told}"
        mark = self.canvas.studio.slide.mark
        self.canvas.add(ChartItem(name=f"{x}, {y}", box=box, chart=chart, mark=mark, alt=alt))

    def _series(self, name: str, placed: dict[int, Placed]) -> Iterator[XySeries]:
        """One series of bubbles, whose order is that of painting; of points one a colour."""
        every = [(self._point(n, placed), self._fill(spot), spot.look)
                 for n, spot in enumerate(self.spots)]  # fmt: skip
        if self.size is not None:
            found = tuple(replace(point, fill=fill) for point, fill, _ in every)
            yield XySeries(name, found, fill=self.looks[0].fill, size_pt=MARKER_PT, line=EDGE)
            return
        for fill, look in dict.fromkeys((fill, look) for _, fill, look in every):
            found = tuple(point for point, *key in every if key == [fill, look])
            label = self.looks[look].name or name
            yield XySeries(label, found, fill=fill, size_pt=MARKER_PT)

    def _fill(self, spot: Spot) -> str:
        plain = spot.highlight and len(self.looks) == 1
        return "accent" if plain else self.looks[spot.look].fill

    def _point(self, number: int, placed: dict[int, Placed]) -> XyPoint:
        spot, at = self.spots[number], placed.get(number)
        ink = "accent" if spot.highlight and len(self.looks) > 1 else "ink"
        if at and at.side == "center":
            ink = text_on(self.canvas.theme, self._fill(spot))
        return XyPoint(
            spot.name, spot.x, spot.y, at.side if at else "none", spot.size, label_color=ink
        )

    # -- around the plot ---------------------------------------------------------------

    def _key(self, area: Box) -> None:
        """What the colours are, and what the area of a bubble is."""
        entries = [(look.fill, look.name) for look in self.looks] if len(self.looks) > 1 else []
        x, source = self.plot.x, self.axes[1].name
        if self.size is not None:
            right = self._bubble_key(area)
            if not entries:
                return
            area = replace(area, w=right - area.x)
        lead = inches(0.52)
        needs = sum(round(self.canvas.width(name, CAPTION) * 1.02) + lead for _, name in entries)
        if needs > area.right - x and all(look.short for look in self.looks):
            entries = [(look.fill, look.short) for look in self.looks]
        draw_key_row(self.canvas, x, area.y, area.right - x, entries, source, "ellipse")

    def _bubble_key(self, area: Box) -> int:
        """A circle and its number, right-aligned after what the area says; returns their left."""
        assert self.size is not None
        canvas, given = self.canvas, self.size
        most = (self.spots[0].size or 1.0) * (KEY_BUBBLE / self.largest) ** 2
        power = 10.0 ** floor(log10(most))
        value = next(power * m for m in (5, 2, 1) if power * m <= most)
        scaled = power_for([self.spots[0].size or 0.0], given.unit)
        unit = scaled_unit(given.unit, scaled, self.labels.scales)
        if not unit:
            scaled, unit = 0, str(given.unit)
        numbers = Numbers(decimals_for([value / 1000**scaled]), scaled, self.outline.language)
        name = f"{self.labels.cased('bubble_area')}: {markup.plain(given.name)}"
        name += f" ({markup.plain(unit)})" if unit else ""
        widths = [
            round(canvas.width(words, CAPTION) * 1.02) + inches(0.03)
            for words in (name, numbers.words(value))
        ]
        size, gap = self._diameter(value), inches(0.1)
        whole = sum(widths) + size + gap + inches(0.06)
        x = self.plot.x if len(self.looks) == 1 else area.right - whole
        if x < self.plot.x or x + whole > area.right:
            canvas.studio.refuse(
                given, "the key of the bubbles does not fit on a line over the chart",
                "shorten the name or the unit of `size`",
            )  # fmt: skip
            return area.right
        row = CAPTION.line_height
        circle = Box(x + widths[0] + gap, area.y + row // 2 - size // 2, size, size)
        style = Line("muted", 1.0)
        for left, width, words in (
            (x, widths[0], name), (circle.right + inches(0.06), widths[1], numbers.words(value)),
        ):  # fmt: skip
            canvas.text(
                Box(left, area.y, width, row), words, CAPTION, name=f"Key {words}", role="label",
                source=given,
            )  # fmt: skip
        canvas.shape(circle, "Key bubble", geometry="ellipse", line=style, role="decorative")
        return x - inches(0.3)

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
        lines = sorted(x.references, key=lambda line: line.value)
        widths = [round(self.canvas.width(line.label, CAPTION) * 1.02) + inches(0.03)
                  for line in lines]  # fmt: skip
        gaps = [width + inches(0.12) for width in widths[:-1]]
        if sum(gaps) + sum(widths[-1:]) > area.w:
            self.canvas.studio.refuse(
                lines[-1], "the names of the lines do not fit beside one another over the chart",
                "shorten them",
            )  # fmt: skip
            return
        starts = set_apart(
            [self._x(line.value) - width / 2 for line, width in zip(lines, widths, strict=True)],
            gaps, [float(area.x)] * len(lines), [float(area.right - width) for width in widths],
        )  # fmt: skip
        for line, left, width in zip(lines, starts, widths, strict=True):
            self.canvas.text(
                Box(round(left), top, width, CAPTION.line_height), line.label,
                CAPTION.but(align="center"), name=f"Line {line.label}", role="label",
            )  # fmt: skip

    def _name_x(self, area: Box) -> None:
        axis = self.axes[0]
        unit = f" ({self.x.unit})" if self.x.unit else ""
        words = Text(f"{axis.name}{unit}", axis.name.mark)
        style = SUPPORT_BOLD.but(size_pt=12, color="ink", align="right")
        row = CAPTION.line_height + inches(0.04)
        box = Box(self.plot.x, area.bottom - row, self.plot.w, row)
        self.canvas.text(box, words, style, name="Axis x")


def _around(dot: Dot) -> Box:
    return Box(dot.x - dot.size // 2, dot.y - dot.size // 2, dot.size, dot.size)
