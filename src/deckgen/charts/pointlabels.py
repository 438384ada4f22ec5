"""Labels of measured points: each beside its point, at the end of a line, or nowhere.

Pure geometry: dots go in, boxes and lines come out. Lengths in EMU.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import product
from math import cos, pi, sin

from msgspec import Struct

from deckgen.box import Box, holds, touch
from deckgen.charts.beside import Dot, Side, dot_box, label_box, place_labels
from deckgen.units import inches

FAR, FARTHEST = inches(1.2), inches(3.0)  # that a label may stand from its point; a stressed one
MOST_TRIES = 3000  # places of labels that are tried before one of them gives way
RING = inches(0.15)  # from a dot's edge to the nearest places, and on to the next
ANGLES = [turn * pi / 8 for turn in (0, 15, 1, 8, 7, 9, 14, 2, 13, 3, 10, 6, 12, 4, 11, 5)]


class CallOut(Struct, frozen=True):
    """A label away from its dot, and the line that joins them."""

    box: Box
    start: tuple[int, int]
    end: tuple[int, int]

    @property
    def way(self) -> Box:
        """What the line takes."""
        (x1, y1), (x2, y2) = self.start, self.end
        return Box(min(x1, x2), min(y1, y2), abs(x2 - x1) + 1, abs(y2 - y1) + 1)


class PointLabels(Struct, frozen=True):
    """Where labels stand, by the places of their dots: on a `side`, or `called` out.

    `lost` are stressed ones that find no place; others that find none are in none of the three.
    """

    sides: dict[int, Side]
    called: dict[int, CallOut]
    lost: tuple[int, ...]

    def boxes(self, dots: Sequence[Dot], height: int) -> list[Box]:
        """What the labels take, with the lines that lead to them."""
        beside = [label_box(dots[n], side, height) for n, side in self.sides.items()]
        called = self.called.values()
        return [*beside, *(one.box for one in called), *(one.way for one in called)]


def label_points(
    dots: Sequence[Dot], wanted: Sequence[int], stressed: Container[int], height: int, room: Box,
    taken: Sequence[Box],
) -> PointLabels:  # fmt: skip
    """Where the labels of the `wanted` dots stand within `room`, each `height` high.

    What is `taken` may lie behind dots, never behind labels. Of those that find no place beside
    their dots the `stressed` ones choose first where a line leads to them.
    """
    shown, stuck = list(wanted), list[int]()
    found = PointLabels({}, {}, ())
    while shown:
        others = [dot_box(dot) for n, dot in enumerate(dots) if n not in shown]
        placed = place_labels(
            [dots[n] for n in shown], height, room, [*others, *taken], overlap=True,
            most_tries=MOST_TRIES,
        )  # fmt: skip
        if not isinstance(placed, int):
            sides = {n: at.side for n, at in zip(shown, placed, strict=True)}
            found = PointLabels(sides, {}, ())
            break
        stuck.append(shown.pop(placed))
    lost = []
    for number in sorted(stuck, key=lambda n: n not in stressed):
        reach = FARTHEST if number in stressed else FAR
        at = _find_call_out(dots, number, found, height, room, reach, taken)
        if at:
            found.called[number] = at
        elif number in stressed:
            lost.append(number)
    return PointLabels(found.sides, found.called, tuple(lost))


def _find_call_out(
    dots: Sequence[Dot], number: int, labels: PointLabels, height: int, room: Box, reach: int,
    taken: Sequence[Box],
) -> CallOut | None:  # fmt: skip
    """A place at the end of a line, which runs through another point only where it must."""
    there = labels.boxes(dots, height)
    ways = [one.way for one in labels.called.values()]
    set_ = [box for box in there if box not in ways]
    every = [dot_box(dot) for dot in dots]
    others = [box for box in every if not touch(box, dot_box(dots[number]))]
    free = [*there, *every, *taken]
    for uncrossed in ([*set_, *others], set_):
        found = call_out(dots[number], height, room, reach, free, uncrossed)
        if found:
            return found
    return None


def call_out(
    dot: Dot, height: int, area: Box, reach: int, taken: Sequence[Box], uncrossed: Sequence[Box]
) -> CallOut | None:
    """The nearest free place of a label around a dot within `area`; None if there is none.

    It touches nothing that is `taken`; its line is no longer than `reach`, and runs through
    none of `uncrossed`.
    """
    width = dot.label
    for ring, angle in product(range(RING, reach + 1, RING), ANGLES):
        across, up = cos(angle), sin(angle)
        away = dot.size / 2 + ring
        x, y = round(dot.x + across * away), round(dot.y - up * away)
        left = x if across > 0.3 else x - width if across < -0.3 else x - width // 2
        top = y - height // 2 if abs(across) > 0.3 else y - height if up > 0 else y
        box = Box(left, top, width, height)
        start = (round(dot.x + across * dot.size / 2), round(dot.y - up * dot.size / 2))
        found = CallOut(box, start, (x, y))
        if not holds(area, box) or any(touch(box, other) for other in taken):
            continue
        if not any(_crosses(found, other) for other in uncrossed):
            return found
    return None


def _crosses(found: CallOut, box: Box) -> bool:
    """Whether the line of a label runs through a box."""
    (x1, y1), (x2, y2) = found.start, found.end
    along = [(x1 + (x2 - x1) * n / 20, y1 + (y2 - y1) * n / 20) for n in range(21)]
    return any(box.x <= x <= box.right and box.y <= y <= box.bottom for x, y in along)
