"""Dated events on an axis: what happened when, what is planned, which moment matters.

Up to five events stand below the axis, six to nine on both sides in turn; more, or heads that
find no room together, continue on a next page, and texts without room go to the notes. Where
every event has a real date (`when`, or a `date` such as 2024 or 2024-05), the spaces are to
scale and years are marked, if the cards then find room; otherwise all spaces are equal.
Neighbouring events may share a `phase`, named above them.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from math import ceil
from typing import Annotated, Literal

from msgspec import Struct

from deckgen.arrange import set_apart, share
from deckgen.canvas import Canvas, Studio
from deckgen.fields import Doc, Part
from deckgen.outline import NONE, Outline, Slide
from deckgen.scene import Box, ConnectorItem, Line, Paragraph
from deckgen.source import Problem, Text
from deckgen.styles import BODY, CAPTION, CLAIM, HEAD, HEAD20, SUBHEAD, SUPPORT, SUPPORT_BOLD, Style
from deckgen.units import inches

FEWEST, MOST = 3, 9  # on a page
MOST_BELOW = 5  # on one side of the axis
GAP = inches(0.15)
STEM = inches(0.34)  # from the axis to the cards
YEARS = inches(0.34)  # above an axis without cards there
WIDEST, WIDEST_BELOW = inches(3.4), inches(4.0)
EDGE = inches(0.2)  # from a card's side to its stem, at least
INSETS = (0.14, 0.12, 0.12, 0.12)

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


class Event(Part):
    """Something that happened, or will."""

    date: Annotated[Text, Doc("the date as it is printed", fact=True)]
    head: Annotated[Text, Doc("what happened, in a few words")]
    text: Annotated[Text, Doc("what it meant")] = NONE
    when: Annotated[
        Text, Doc("the real date, for the spaces: 2024, 2024-05 or 2024-05-17", fact=True)
    ] = NONE
    phase: Annotated[Text, Doc("a name over this event and its neighbours")] = NONE
    highlight: Annotated[bool, Doc("true for the one event that carries the message")] = False
    planned: Annotated[bool, Doc("true if it has not happened yet", fact=True)] = False


class Fields(Slide, kw_only=True):
    events: Annotated[tuple[Event, ...], Doc("the events, the earliest first", least=3)]


def check(slide: Fields, outline: Outline) -> Iterator[Problem]:
    for event in slide.events:
        if event.when and moment(event.when) is None:
            hint = "write 2024, 2024-05 or 2024-05-17"
            yield Problem(event.when.mark, f"“{event.when}” is no date", hint)
    if any(event.when for event in slide.events):
        for event in slide.events:
            if not event.when and moment(event.date) is None:
                told = f"“{event.head}” has no `when`, but others have"
                yield Problem(event.mark, told, "give every event one, or none")
    for before, after in pairwise(slide.events):
        first, second = _moment(before), _moment(after)
        if first is not None and second is not None and second < first:
            told = f"“{after.head}” ({after.when or after.date}) comes before what stands above it"
            yield Problem(after.mark, told, "put the events in order")
    marked = [event for event in slide.events if event.highlight]
    for event in marked[1:]:
        hint = f"line {marked[0].mark.line} has it already"
        yield Problem(event.mark, "one event at most is the message", hint)
    names = [name for name, _ in groupby(event.phase for event in slide.events) if name]
    for name in {name for name in names if names.count(name) > 1}:
        yield Problem(
            name.mark, f"the phase “{name}” is interrupted", "its events must be neighbours"
        )


def moment(words: str) -> float | None:
    """The middle of a year, month or day, in years; None if the words are no such date."""
    match = _DAY.fullmatch(words)
    if not match:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        date = datetime.date(year, month or 1, day or 1)
    except ValueError:
        return None
    start = year + (date - datetime.date(year, 1, 1)).days / 365.25
    return start + (0.5 / 365 if day else 0.5 / 12 if month else 0.5)


def _moment(event: Event) -> float | None:
    return moment(event.when or event.date)


def layout(slide: Fields, studio: Studio) -> None:
    probe = Canvas(studio, studio.layouts["content"])
    axes = _choose_pages(probe, slide.events)
    for page, axis in enumerate(axes, start=1):
        for event in axis.events if not axis.look.text else ():
            if event.text:
                studio.move_to_notes(f"the text of “{event.head}”", event.text)
        axis.paint(studio.open("content", page, len(axes)))


def _choose_pages(canvas: Canvas, events: Sequence[Event]) -> list[_Axis]:
    """The events on as few pages as hold their heads, at most MOST on each, as alike as can be.

    Where even few a page do not fit, the first way, whose cards then tell what they lack.
    """
    count = len(events)
    fewest = ceil(count / MOST)
    tried: list[list[_Axis]] = []
    for pages in range(fewest, max(fewest, count // FEWEST) + 1):
        cuts = [page * count // pages for page in range(pages + 1)]
        tried.append([_find_layout(canvas, events[a:b]) for a, b in pairwise(cuts)])
        if all(axis.fits for axis in tried[-1]):
            return tried[-1]
    return tried[-1]


class Look(Struct, frozen=True):
    """How cards are set; without `text` they hold date and head alone."""

    date: Style
    head: Style
    text: Style | None


DATE = SUBHEAD.but(color="kicker")
LOOKS = (
    Look(DATE.but(size_pt=18), HEAD20, CLAIM.but(color="ink2")),
    Look(DATE.but(size_pt=16), HEAD, BODY),
    Look(DATE, SUBHEAD, SUPPORT),
    Look(DATE.but(size_pt=12), SUPPORT_BOLD, SUPPORT),
    Look(DATE, SUBHEAD, None),
    Look(DATE.but(size_pt=12), SUPPORT_BOLD, None),
)
Side = Literal["above", "below"]


def _find_layout(canvas: Canvas, events: Sequence[Event]) -> _Axis:
    """The first arrangement that holds all cards: to scale if it can be, in the largest look."""
    first = 0 if len(events) < 5 else 1 if len(events) < 8 else 2
    scales = (True, False) if all(_moment(event) is not None for event in events) else (False,)
    sides = (True, False) if len(events) <= MOST_BELOW else (False,)
    tried = [
        _Axis(canvas, events, look, to_scale, one_side)
        for looks in (LOOKS[first:4], LOOKS[4:])
        for to_scale in scales
        for look in looks
        for one_side in sides
    ]
    return next((axis for axis in tried if axis.fits), tried[-1])


class _Axis:
    """One arrangement of a page's events."""

    def __init__(
        self, canvas: Canvas, events: Sequence[Event], look: Look, to_scale: bool, one_side: bool
    ) -> None:
        self.canvas, self.events, self.look = canvas, events, look
        self.to_scale, self.one_side = to_scale, one_side
        frame = canvas.frame
        self.sides: list[Side] = [
            "below" if one_side or index % 2 else "above" for index in range(len(events))
        ]
        most = len(events) if one_side else ceil(len(events) / 2)
        self.width = min(WIDEST_BELOW if one_side else WIDEST, share(frame.w, most, GAP))
        self.stems = self._stems()
        self.lefts = self._lefts()
        self.head = self._phase_height()
        self.area = Box(frame.x, frame.y + self.head, frame.w, frame.h - self.head)
        self.heights = {side: self._height(side) for side in ("above", "below")}
        self.crowded = self._overhead() + sum(self.heights.values()) > self.area.h
        if self.crowded:  # so that a card that is painted nevertheless tells what it lacks
            room = (self.area.h - self._overhead()) // (1 if one_side else 2)
            self.heights = {side: min(room, height) for side, height in self.heights.items()}
        self.y = self._axis_y()

    # -- places --------------------------------------------------------------------

    def _stems(self) -> list[int]:
        """Where each event stands on the axis."""
        frame, count = self.canvas.frame, len(self.events)
        if not self.to_scale:
            if self.one_side:
                pitch = self.width + GAP
                return [frame.x + index * pitch + EDGE for index in range(count)]
            return [frame.x + round((index + 0.5) * frame.w / count) for index in range(count)]
        moments = [_moment(event) or 0.0 for event in self.events]
        length = (moments[-1] - moments[0]) or 1.0
        end = self.width - EDGE if self.one_side else frame.w // (2 * count)
        room = frame.w - EDGE - end
        return [frame.x + EDGE + round(room * (m - moments[0]) / length) for m in moments]

    def _lefts(self) -> list[int]:
        """Where each card begins: near its stem, beside its neighbours."""
        frame, lefts = self.canvas.frame, [0] * len(self.events)
        for side in ("above", "below"):
            own = [index for index, at in enumerate(self.sides) if at == side]
            if not own:
                continue
            lean = EDGE if self.one_side else self.width // 2
            wanted = [float(self.stems[index] - lean) for index in own]
            low, high = [float(frame.x)] * len(own), [float(frame.right - self.width)] * len(own)
            placed = set_apart(wanted, [float(self.width + GAP)] * (len(own) - 1), low, high)
            for index, left in zip(own, placed, strict=True):
                lefts[index] = round(left)
        return lefts

    def _height(self, side: Side) -> int:
        """The height of a side's cards: what the fullest of them takes."""
        sides = inches(INSETS[0] + INSETS[2])
        heights = [
            self.canvas.height(self._words(event), BODY, self.width - sides)
            for event, at in zip(self.events, self.sides, strict=True)
            if at == side
        ]
        return max(heights) + inches(INSETS[1] + INSETS[3]) if heights else 0

    def _overhead(self) -> int:
        """What the area holds besides cards: stems, or the years above the axis."""
        return STEM + (STEM if not self.one_side else YEARS)

    def _axis_y(self) -> int:
        """The axis, so that it stands with its cards in the middle of the area."""
        above = YEARS if self.one_side else self.heights["above"] + STEM
        free = self.area.h - self._overhead() - sum(self.heights.values())
        return self.area.y + above + round(max(0, free) * (0.35 if self.one_side else 0.5))

    @property
    def fits(self) -> bool:
        """Whether cards are inside the area, each with its stem, and stems are apart."""
        if self.crowded:
            return False
        slack = EDGE // 2
        held = all(
            left + slack <= stem <= left + self.width - slack
            for left, stem in zip(self.lefts, self.stems, strict=True)
        )
        return (
            held
            and all(b - a >= inches(0.3) for a, b in pairwise(self.stems))
            and self._words_fit()
        )

    def _words_fit(self) -> bool:
        inner = self.width - inches(INSETS[0] + INSETS[2])
        return all(
            self.canvas.fits(words, style, inner, 99)
            for event in self.events
            for words, style in ((event.date, self.look.date), (event.head, self.look.head))
        )

    def _card(self, index: int) -> Box:
        side = self.sides[index]
        height = self.heights[side]
        top = self.y + STEM if side == "below" else self.y - STEM - height
        return Box(self.lefts[index], top, self.width, height)

    # -- painting ------------------------------------------------------------------

    def _words(self, event: Event) -> list[Paragraph]:
        color = "accent" if event.highlight else self.look.date.color
        words = [
            self.canvas.paragraph(event.date, self.look.date.but(color=color)),
            self.canvas.paragraph(event.head, self.look.head, before_pt=3),
        ]
        if event.text and self.look.text:
            words.append(self.canvas.paragraph(event.text, self.look.text, before_pt=3))
        return words

    def paint(self, canvas: Canvas) -> None:
        self._phases(canvas)
        frame = canvas.frame
        canvas.add(
            ConnectorItem(
                name="Axis", start=(frame.x, self.y), end=(frame.right, self.y),
                line=Line("ink2", 1.5, arrow_end=True),
            )
        )  # fmt: skip
        if self.to_scale:
            self._years(canvas)
        for index, event in enumerate(self.events):
            self._event(canvas, index, event)

    def _event(self, canvas: Canvas, index: int, event: Event) -> None:
        card, x = self._card(index), self.stems[index]
        top, bottom = (self.y, card.y) if self.sides[index] == "below" else (card.bottom, self.y)
        tone = "accent" if event.highlight else "muted"
        canvas.upright(
            x, top, bottom - top, Line(tone, 1.0, dashed=event.planned), f"Stem {index + 1}"
        )
        size = inches(0.24) if event.highlight else inches(0.18)
        fill = "accent" if event.highlight else "brand"
        canvas.shape(
            Box(x - size // 2, self.y - size // 2, size, size), f"Mark {index + 1}",
            geometry="ellipse", fill="bg" if event.planned else fill, line=Line(fill, 1.5),
            role="decorative",
        )  # fmt: skip
        line = Line("accent", 1.5) if event.highlight else None
        if event.planned:
            line = Line("accent" if event.highlight else "muted", 1.25, dashed=True)
        canvas.shape(
            card, event.mark.path or event.head, line=line, words=self._words(event), source=event,
            fill="accent_soft" if event.highlight else "surface", anchor="top", insets=INSETS,
        )  # fmt: skip

    def _years(self, canvas: Canvas) -> None:
        """A tick on the axis where a year begins, with its number where there is room."""
        moments = [_moment(event) or 0.0 for event in self.events]
        length = (moments[-1] - moments[0]) or 1.0
        scale = (self.stems[-1] - self.stems[0]) / length
        step = next((s for s in (1, 2, 5, 10, 20, 50) if length / s <= 10), 100)
        first = ceil(moments[0] / step) * step
        half = inches(0.26)
        free = "above" if self.one_side else ""
        blocked = [x for x, side in zip(self.stems, self.sides, strict=True) if side != free]
        for year in range(first, int(moments[-1]) + 1, step):
            x = self.stems[0] + round((year - moments[0]) * scale)
            canvas.upright(x, self.y - inches(0.05), inches(0.1), Line("ink2", 1.0), f"Tick {year}")
            if free or all(abs(x - stem) > half for stem in blocked):
                box = Box(x - half, self.y - inches(0.28 if free else -0.08), 2 * half, inches(0.2))
                style = CAPTION.but(color="muted", align="center")
                canvas.text(box, str(year), style, name=f"Year {year}", role="label")

    # -- phases --------------------------------------------------------------------

    def _phase_runs(self) -> list[tuple[Text, int, int]]:
        """Each phase with its first and last event."""
        runs, start = [], 0
        for name, group in groupby(self.events, key=lambda event: event.phase):
            count = len(list(group))
            if name:
                runs.append((name, start, start + count - 1))
            start += count
        return runs

    def _phase_places(self) -> list[tuple[Text, int, int]]:
        """Each phase with where it begins and how wide it is."""
        frame = self.canvas.frame
        edges = [frame.x, *((a + b) // 2 for a, b in pairwise(self.stems)), frame.right]
        if self.one_side and not self.to_scale:
            edges = [*self.lefts, min(frame.right, self.lefts[-1] + self.width)]
        places = []
        for name, first, last in self._phase_runs():
            last_one = last + 1 == len(self.events)
            right = edges[last + 1] - (0 if last_one else GAP)
            places.append((name, edges[first], right - edges[first]))
        return places

    def _phase_lines(self) -> int:
        """The height of the phases' names: a line, or more where one is narrow."""
        return max(
            (self.canvas.height(name, SUPPORT_BOLD, w) for name, _, w in self._phase_places()),
            default=0,
        )

    def _phase_height(self) -> int:
        lines = self._phase_lines()
        return lines + inches(0.3) if lines else 0

    def _phases(self, canvas: Canvas) -> None:
        frame, height = canvas.frame, self._phase_lines()
        runs = zip(self._phase_runs(), self._phase_places(), strict=True)
        for (name, first, last), (_, x, width) in runs:
            lit = any(event.highlight for event in self.events[first : last + 1])
            color = "accent" if lit else "muted"
            own = canvas.height(name, SUPPORT_BOLD, width)
            box = Box(x, frame.y + height - own, width, own)
            canvas.text(box, name, SUPPORT_BOLD.but(color="accent" if lit else "ink2"))
            canvas.rule(x, box.bottom + inches(0.04), width, Line(color, 1.5), f"Phase {name}")
