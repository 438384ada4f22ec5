"""Dots with labels go in; the side that each label stands on comes out.

Pure geometry in EMU. A label stands inside a dot that holds it, else right of its dot, left,
above or below, wherever it touches no other label, no dot and nothing that was there before.
Where no side will do, dots may be moved a little. Found by trying in turn and stepping back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from deckgen.box import Box, holds, touch
from deckgen.units import inches

Side = Literal["right", "left", "above", "below", "center"]
SIDES: tuple[Side, ...] = ("right", "left", "above", "below")
MOST_TRIES = 40_000
CLEAR = inches(0.1)  # between a label and the dot of another on its line


class Dot(Struct, frozen=True):
    """A dot about (x, y), and the width of its label, which it may hold."""

    x: int
    y: int
    size: int
    label: int
    holds: bool = False


class Placed(Struct, frozen=True):
    """How far a dot was moved, and where its label stands."""

    dx: int
    dy: int
    side: Side


def place_labels(
    dots: Sequence[Dot],
    height: int,
    area: Box,
    taken: Sequence[Box],
    moves: Sequence[tuple[int, int]] = (),
    overlap: bool = False,
    most_tries: int = MOST_TRIES,
) -> list[Placed] | int:
    """A place for each dot's label, `height` high; the index of a dot for which there is none.

    Dots and labels stay within `area`. `moves` are how a dot may be moved, tried in turn
    once no way was found without. With `overlap` dots may lie on dots and on what is `taken`,
    as measured ones do; labels never, and where it can be they do not begin or end at the dot of
    another, which they would seem to name. After `most_tries` places the search gives up.
    """
    stuck = 0
    ways = [((0, 0),), ((0, 0),)] if overlap else [((0, 0),), ((0, 0), *moves)]
    for number, allowed in enumerate(ways):
        clear = CLEAR if overlap and number == 0 else 0
        search = _Search(dots, height, area, taken, allowed, overlap, most_tries, clear)
        if search.run(0):
            return [search.placed[index] for index in range(len(dots))]
        stuck = search.order[search.deepest]
        if not moves and not overlap:
            break
    return stuck


class _Search:
    def __init__(
        self, dots: Sequence[Dot], height: int, area: Box, taken: Sequence[Box],
        moves: Sequence[tuple[int, int]], overlap: bool, most_tries: int, clear: int,
    ) -> None:  # fmt: skip
        self.dots, self.height, self.area, self.taken, self.moves = dots, height, area, taken, moves
        self.overlap, self.most_tries, self.clear = overlap, most_tries, clear
        # From the right, where labels meet the edge first.
        self.order = sorted(range(len(dots)), key=lambda index: (-dots[index].x, dots[index].y))
        self.own = [dot_box(dot) for dot in dots]
        self.placed: dict[int, Placed] = {}
        self.boxes: dict[int, tuple[Box, Box]] = {}
        self.tries = self.deepest = 0

    def run(self, depth: int) -> bool:
        """Place the dots from `depth` on in the order; False if that cannot be."""
        if depth == len(self.order):
            return True
        self.deepest = max(self.deepest, depth)
        index = self.order[depth]
        for dx, dy in self.moves:
            inside: tuple[Side, ...] = ("center",) if self.dots[index].holds else ()
            for side in inside + SIDES:
                self.tries += 1
                if self.tries > self.most_tries:
                    return False
                boxes = self._boxes(self.dots[index], dx, dy, side)
                if not self._free(boxes, depth):
                    continue
                self.placed[index], self.boxes[index] = Placed(dx, dy, side), boxes
                if self.run(depth + 1):
                    return True
                del self.placed[index], self.boxes[index]
        return False

    def _boxes(self, dot: Dot, dx: int, dy: int, side: Side) -> tuple[Box, Box]:
        """The boxes of a dot and of its label."""
        moved = Dot(dot.x + dx, dot.y + dy, dot.size, dot.label)
        return dot_box(moved), label_box(moved, side, self.height)

    def _free(self, boxes: tuple[Box, Box], depth: int) -> bool:
        """Whether a dot and its label touch nothing that is set, nor a dot to come."""
        if not all(holds(self.area, box) for box in boxes):
            return False
        if self.overlap:
            labels = [pair[1] for pair in self.boxes.values()]
            if any(touch(boxes[0], label) for label in labels):
                return False
            boxes = boxes[1], boxes[1]
        if self.clear:
            wide = boxes[1].inset(left=-self.clear, right=-self.clear)
            own = self.own[self.order[depth]]
            if any(touch(wide, dot) and not touch(own, dot) for dot in self.own):
                return False
        there = [*self.taken, *(box for pair in self.boxes.values() for box in pair)]
        to_come = [self.own[index] for index in self.order[depth + 1 :]]
        if any(touch(box, other) for box in boxes for other in there):
            return False
        return not any(touch(boxes[1], other) for other in to_come)


def dot_box(dot: Dot) -> Box:
    """What a dot takes."""
    return Box(dot.x - dot.size // 2, dot.y - dot.size // 2, dot.size, dot.size)


def label_box(dot: Dot, side: Side, height: int) -> Box:
    """What the label of a dot takes on a side of it."""
    own, width = dot_box(dot), dot.label
    places = {
        "right": (own.right, dot.y - height // 2),
        "left": (own.x - width, dot.y - height // 2),
        "above": (dot.x - width // 2, own.y - height),
        "below": (dot.x - width // 2, own.bottom),
        "center": (dot.x - width // 2, dot.y - height // 2),
    }
    return Box(*places[side], width, height)
