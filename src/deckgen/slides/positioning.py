"""Two questions at once: companies as marks on two axes, in four named quadrants.

The marks are a native chart that lies exactly on the quadrants; a mark's colour is its
tier, a diamond is still in build. Labels stand beside their marks where they touch
nothing; the names of the quadrants give way to marks in their corners. Where labels find
no place, marks move by at most .3 if the positions are `ordinal`, which the note then
says; measured positions are never moved. In a small frame the texts of the quadrants give way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from msgspec import Struct
from msgspec.structs import replace

from deckgen import markup
from deckgen.arrange import share
from deckgen.canvas import Canvas, Studio
from deckgen.charts.beside import Dot, Side, place_labels
from deckgen.charts.wordaxes import ROW, Axis, axis_rows, draw_x_axis, draw_y_axis
from deckgen.fields import Doc, Part
from deckgen.outline import NONE, Member, Outline, Slide
from deckgen.parts import Point, side_panel, tier_fill
from deckgen.scene import Box, ChartItem, ValueAxis, XyChart, XyPoint, XySeries
from deckgen.source import Id, Problem, Text
from deckgen.styles import CAPTION, SUBHEAD, SUPPORT_BOLD
from deckgen.theme import contrast
from deckgen.units import inches, points, to_inches

GAP = inches(0.06)  # between quadrants
CORNER = inches(0.18)  # from a quadrant's outer corner to its name
CIRCLE, DIAMOND = 15, 17
LABEL_HEIGHT = points(12 * 1.2) + inches(0.04)
LEAST_CONTRAST = 2.5  # of a mark against its quadrant
# How an ordinal mark may be moved, in units of the axes: the smallest moves first.
MOVES = ((0.0, 0.15), (0.0, -0.15), (0.0, 0.3), (0.0, -0.3), (0.3, 0.0), (-0.3, 0.0))

Corner = Literal["top left", "top right", "bottom left", "bottom right"]


class Quadrant(Part):
    """One of the four fields."""

    shorthand = "name"
    name: Annotated[Text, Doc("its name")]
    text: Annotated[Text, Doc("what it takes to stand here, in a few words")] = NONE


class Quadrants(Part):
    """The four fields by where they lie."""

    top_left: Annotated[Quadrant, Doc("low on x, high on y")]
    top_right: Annotated[Quadrant, Doc("high on both")]
    bottom_left: Annotated[Quadrant, Doc("low on both")]
    bottom_right: Annotated[Quadrant, Doc("high on x, low on y")]
    winning: Annotated[Corner | None, Doc("the quadrant to stress")] = None


class Place(Part):
    """Where a company stands on the two axes."""

    company: Annotated[Id, Doc("who", ref="company|group", fact=True)]
    x: Annotated[float, Doc("from left to right", least=0, most=10, fact=True)]
    y: Annotated[float, Doc("from the bottom up", least=0, most=10, fact=True)]
    label: Annotated[Text, Doc("what to print beside the mark; the name if left out")] = NONE


class Fields(Slide, kw_only=True):
    x: Annotated[Axis, Doc("the axis from left to right")]
    y: Annotated[Axis, Doc("the axis from the bottom up")]
    places: Annotated[tuple[Place, ...], Doc("who stands where", least=3, most=12)]
    quadrants: Annotated[Quadrants | None, Doc("names of the four fields")] = None
    ordinal: Annotated[
        bool,
        Doc("true if the positions are judgement, not measured: the note says so", fact=True),
    ] = True
    points: Annotated[tuple[Point, ...], Doc("takeaways in the side panel", most=4)] = ()


def check(slide: Fields, outline: Outline) -> Iterator[Problem]:
    seen: dict[str, Place] = {}
    for place in slide.places:
        if place.company in seen:
            hint = f"it is on line {seen[place.company].mark.line} already"
            yield Problem(place.mark, f"{place.company} stands on the map twice", hint)
        seen.setdefault(place.company, place)


def layout(slide: Fields, studio: Studio) -> None:
    if slide.ordinal:
        words = f"{studio.labels.ordinal}. {slide.note}" if slide.note else studio.labels.ordinal
        studio.slide = replace(slide, note=Text(words, (slide.note or slide).mark))
    canvas = studio.open("content")
    _Map(slide, canvas).paint()


class Mark(Struct, frozen=True):
    """A company on the map. `x`, `y` from 0 to 10, `width` of its label in EMU."""

    member: Member
    place: Place
    label: str
    x: float
    y: float
    width: int
    side: Side = "right"


class _Map:
    def __init__(self, slide: Fields, canvas: Canvas) -> None:
        self.slide, self.canvas = slide, canvas
        self.labels, self.outline = canvas.studio.labels, canvas.studio.outline
        frame = canvas.frame
        self.panel = 0
        self.bare = False  # whether the fields have a name alone
        if slide.points:
            self.panel = frame.w - round(frame.w * 9.25 / 12.133)
        length = frame.w - (self.panel + inches(0.35) if self.panel else 0)
        # An axis whose words do not fit side by side takes a second row for its name.
        self.rows = [axis_rows(canvas, slide.x, length - inches(0.6))]
        height = frame.h - inches(0.2) - ROW * self.rows[0]
        self.key = 0 if self.panel else inches(0.32)
        self.rows.append(axis_rows(canvas, slide.y, height - self.key))
        left = ROW * self.rows[1] + inches(0.18)
        self.plot = Box(frame.x + left, frame.y + self.key, length - left, height - self.key)
        # Marks at the ends of an axis must stand inside with their labels: ordinal ones are
        # moved, measured ones are not, so that their axes reach so much further.
        half = max(points(DIAMOND), LABEL_HEIGHT) // 2 + 1
        sides = [10 * half / (side - 2 * half) for side in (self.plot.w, self.plot.h)]
        self.beyond = (0.0, 0.0) if slide.ordinal else (sides[0], sides[1])

    def dot(self, mark: Mark) -> Dot:
        """A mark on the plot."""
        plot, (beyond_x, beyond_y) = self.plot, self.beyond
        x = plot.x + round(plot.w * (mark.x + beyond_x) / (10 + 2 * beyond_x))
        y = plot.bottom - round(plot.h * (mark.y + beyond_y) / (10 + 2 * beyond_y))
        return Dot(x, y, points(DIAMOND if mark.member.building else CIRCLE), mark.width)

    # -- painting ------------------------------------------------------------------

    def paint(self) -> None:
        marks = self._quadrants_and_marks()
        draw_x_axis(self.canvas, self.slide.x, self.plot, self.rows[0])
        draw_y_axis(self.canvas, self.slide.y, self.plot, self.rows[1])
        self._chart(marks)
        frame = self.canvas.frame
        if self.panel:
            foot = self._panel_key_height(marks)
            box = Box(frame.right - self.panel, frame.y, self.panel, frame.h - foot)
            side_panel(self.canvas, box, self.slide.points)
        self._key(marks)

    def _quadrants_and_marks(self) -> list[Mark]:
        """Paint the four fields, and place the marks between their words.

        The words stand in the outer corners, or on the inner edge where marks lie there.
        """
        items = list(self.canvas.items)
        stuck: list[Mark] = []
        ways = [(False, False), (True, False)]
        if self.canvas.studio.cramped:  # there the fields' texts give way, then tell of themselves
            ways += [(False, True), (True, True)]
        for inner, self.bare in ways:
            self.canvas.items = list(items)
            marks, entangled = _set_labels(self, self._quadrants(inner))
            if entangled is None:
                self._move_texts()
                return marks
            stuck.append(entangled)
        first = stuck[0]
        told = f"the label “{first.label}” is {to_inches(first.width):.2f} in wide"
        self.canvas.studio.refuse(
            first.place, f"{told} and finds no free place of that width beside its mark",
            "move it or its neighbours apart, or give it a shorter `label`",
        )  # fmt: skip
        return marks

    def _move_texts(self) -> None:
        """What the fields do not say goes to the notes."""
        named = self.slide.quadrants
        if self.bare and named is not None:
            for field in (named.top_left, named.top_right, named.bottom_left, named.bottom_right):
                if field.text:
                    self.canvas.studio.move_to_notes(f"what “{field.name}” is", field.text)

    def _quadrants(self, inner: bool) -> list[Box]:
        """Paint the four fields; returns the boxes of their words."""
        plot, named = self.plot, self.slide.quadrants
        width, height = share(plot.w, 2, GAP), share(plot.h, 2, GAP)
        taken = []
        for row, vertical in enumerate(("top", "bottom")):
            for column, horizontal in enumerate(("left", "right")):
                x, y = plot.x + column * (width + GAP), plot.y + row * (height + GAP)
                box = Box(x, y, width, height)
                wins = named is not None and named.winning == f"{vertical} {horizontal}"
                fill = "surface2" if wins else "surface"
                self.canvas.panel(box, f"Quadrant {vertical} {horizontal}", fill)
                if named is not None:
                    quadrant: Quadrant = getattr(named, f"{vertical}_{horizontal}")
                    taken.append(self._words(box, quadrant, row, column, wins, inner))
        return taken

    def _words(
        self, box: Box, quadrant: Quadrant, row: int, column: int, wins: bool, inner: bool
    ) -> Box:
        """A quadrant's name and text in its outer corner, or below or above it; their box."""
        canvas = self.canvas
        align: Literal["left", "right"] = "right" if column else "left"
        name = SUBHEAD.but(color="ink" if wins else "muted", align=align)
        small = CAPTION.but(color="ink2" if wins else "muted", align=align)
        lines = [canvas.paragraph(quadrant.name, name)]
        second = NONE if self.bare else quadrant.text
        if self._empty(row, column):
            second = Text(f"{second} · {self.labels.no_place}") if second else self.labels.no_place
        if second:
            lines.append(canvas.paragraph(second, small))
        room = box.inset(CORNER, CORNER - inches(0.06), CORNER, CORNER - inches(0.06))
        widest = max(
            canvas.width(quadrant.name, name), canvas.width(second, small) if second else 0
        )
        width = min(room.w, round(widest * 1.02) + inches(0.02))
        height = canvas.height(lines, CAPTION, width)
        x = room.right - width if column else room.x
        low = bool(row) != inner
        y = room.bottom - height if low else room.y
        area = Box(x, y, width, height)
        canvas.text(area, lines, CAPTION, source=quadrant.name, anchor="bottom" if low else "top")
        return area

    def _empty(self, row: int, column: int) -> bool:
        return not any(
            (place.y < 5) == bool(row) and (place.x >= 5) == bool(column)
            for place in self.slide.places
        )

    # -- marks ---------------------------------------------------------------------

    def fill(self, member: Member) -> str:
        """A tier's colour, or muted where it would hardly show on its quadrants."""
        number = self.outline.tier_number(member.tier)
        token, color = tier_fill(number), self.canvas.theme.color
        grounds = {
            self._ground(place)
            for place in self.slide.places
            if self.outline.tier_number(self.outline.member(place.company).tier) == number
        }
        least = min(contrast(color(token), color(ground)) for ground in grounds)
        return token if least >= LEAST_CONTRAST else "muted"

    def _ground(self, place: Place) -> str:
        """The fill of the quadrant that a place lies in."""
        vertical = "bottom" if place.y < 5 else "top"
        horizontal = "right" if place.x >= 5 else "left"
        named = self.slide.quadrants
        wins = named is not None and named.winning == f"{vertical} {horizontal}"
        return "surface2" if wins else "surface"

    def _series_name(self, member: Member) -> str:
        number = self.outline.tier_number(member.tier)
        tier = f"{self.labels.tier_letter}{number} {self.outline.tiers[number - 1].label}"
        return f"{tier} ({self.labels.in_build.lower()})" if member.building else tier

    def _chart(self, marks: Sequence[Mark]) -> None:
        slide = self.slide
        by_series: dict[tuple[int, bool], list[Mark]] = {}
        for mark in marks:
            key = self.outline.tier_number(mark.member.tier), mark.member.building
            by_series.setdefault(key, []).append(mark)
        series = tuple(
            XySeries(
                self._series_name(group[0].member),
                tuple(XyPoint(mark.label, mark.x, mark.y, mark.side) for mark in group),
                fill=self.fill(group[0].member), symbol="diamond" if building else "circle",
                size_pt=DIAMOND if building else CIRCLE,
            )
            for (_, building), group in sorted(by_series.items())
        )  # fmt: skip
        told = "; ".join(
            f"{mark.label}: {slide.x.name} {mark.place.x:g}, {slide.y.name} {mark.place.y:g}"
            for mark in marks
        )
        axes = [ValueAxis(-more, 10 + more) for more in self.beyond]
        self.canvas.add(
            ChartItem(
                name="Positions", box=self.plot, mark=self.slide.mark,
                chart=XyChart(series, axes[0], axes[1]),
                alt=f"{self.canvas.title}. {told}",
            )
        )  # fmt: skip

    def _key_rows(self, marks: Sequence[Mark], short: bool = False) -> list[tuple[str, str, str]]:
        """Fill, shape and words of each kind of mark; tiers of one colour share a row.

        `short` rows name tiers by their numbers alone.
        """
        tiers: dict[str, list[int]] = {}
        for mark in marks:
            numbers = tiers.setdefault(self.fill(mark.member), [])
            number = self.outline.tier_number(mark.member.tier)
            if number not in numbers:
                numbers.append(number)
        rows = []
        for fill, numbers in sorted(tiers.items(), key=lambda item: min(item[1])):
            names = [self._tier_words(number, short) for number in sorted(numbers)]
            rows.append((fill, "ellipse", ", ".join(names)))
        if any(mark.member.building for mark in marks):
            rows.append(("muted", "diamond", self.labels.in_build))
        return rows

    def _tier_words(self, number: int, short: bool = False) -> str:
        name = "" if short else f" {self.outline.tiers[number - 1].label}"
        return f"{self.labels.tier_letter}{number}{name}"

    def _panel_key_height(self, marks: Sequence[Mark]) -> int:
        words = [row[2] for row in self._key_rows(marks)]
        width = self.panel - inches(0.26)
        return sum(self.canvas.height(w, CAPTION, width) + inches(0.05) for w in words) + inches(
            0.2
        )

    def _key(self, marks: Sequence[Mark]) -> None:
        """What colours and shapes mean: at the panel's foot, or in a row above the plot."""
        canvas, frame = self.canvas, self.canvas.frame
        x, y = self.plot.x, frame.y
        if self.panel:
            x, y = (
                frame.right - self.panel,
                frame.bottom - self._panel_key_height(marks) + inches(0.2),
            )
        size, lead = inches(0.16), inches(0.26)
        rows = self._key_rows(marks)
        needs = sum(canvas.width(words, CAPTION) + lead + inches(0.35) for _, _, words in rows)
        if not self.panel and needs > frame.right - x:
            rows = self._key_rows(marks, short=True)
        for fill, shape, words in rows:
            width = self.panel - lead
            if not self.panel:
                width = min(
                    round(canvas.width(words, CAPTION) * 1.02) + inches(0.05),
                    frame.right - x - lead,
                )
            height = canvas.height(words, CAPTION, width)
            dot = Box(x, y + (CAPTION.line_height - size) // 2, size, size)
            canvas.shape(dot, f"Key mark {words}", geometry=shape, fill=fill, role="decorative")
            canvas.text(
                Box(x + lead, y, width, height), words, CAPTION, name=f"Key {words}", role="label"
            )
            if self.panel:
                y += height + inches(0.05)
            else:
                x += lead + width + inches(0.3)


def _set_labels(chart: _Map, taken: Sequence[Box]) -> tuple[list[Mark], Mark | None]:
    """The marks with their labels' sides, moved if need be; one of them if they stay entangled."""
    plot, slide = chart.plot, chart.slide
    marks = [_mark(chart, place) for place in slide.places]
    if slide.ordinal:  # a mark at the end of an axis stands inside the plot
        marks = [replace(m, x=_inside(m.x, plot.w), y=_inside(m.y, plot.h)) for m in marks]
    dots = [chart.dot(mark) for mark in marks]
    moves = [(round(plot.w * dx / 10), round(-plot.h * dy / 10)) for dx, dy in MOVES]
    found = place_labels(dots, LABEL_HEIGHT, plot, taken, moves if slide.ordinal else ())
    if isinstance(found, int):
        return marks, marks[found]
    placed = [
        replace(mark, x=mark.x + 10 * at.dx / plot.w, y=mark.y - 10 * at.dy / plot.h, side=at.side)
        for mark, at in zip(marks, found, strict=True)
    ]
    return placed, None


def _mark(chart: _Map, place: Place) -> Mark:
    member = chart.outline.member(place.company)
    label = markup.plain(place.label or member.label)  # a chart prints markup as it is written
    if member.building:
        label = f"{label} ({chart.labels.in_build.lower()})"
    width = round(chart.canvas.width(label, SUPPORT_BOLD) * 1.02) + inches(0.09)
    return Mark(member, place, label, place.x, place.y, width)


def _inside(place: float, length: int) -> float:
    """A place on an axis, kept half a mark away from the axis' ends."""
    half = 10 * (points(DIAMOND) // 2 + 1) / length
    return min(max(place, half), 10 - half)
