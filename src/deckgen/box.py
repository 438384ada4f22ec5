"""Rectangles on a slide, and where text stands in them. Lengths in EMU."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from deckgen.units import to_inches

Align = Literal["left", "center", "right"]
Anchor = Literal["top", "middle", "bottom"]


class Box(Struct, frozen=True):
    """A rectangle in EMU, from the top left of the slide."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        return self.x + self.w

    @property
    def bottom(self) -> int:
        return self.y + self.h

    def inset(self, left: int = 0, top: int = 0, right: int = 0, bottom: int = 0) -> Box:
        """The box without a border of these widths."""
        return Box(self.x + left, self.y + top, self.w - left - right, self.h - top - bottom)

    def __str__(self) -> str:
        return " ".join(f"{to_inches(n):.3f}" for n in (self.x, self.y, self.w, self.h))


def reach(first: Box, second: Box) -> tuple[int, int]:
    """How far two boxes reach into each other, across and down; negative where they do not."""
    return (
        min(first.right, second.right) - max(first.x, second.x),
        min(first.bottom, second.bottom) - max(first.y, second.y),
    )


def touch(one: Box, other: Box) -> bool:
    """Whether two boxes have a part in common."""
    across = one.x < other.right and other.x < one.right
    return across and one.y < other.bottom and other.y < one.bottom


def holds(outer: Box, inner: Box, tolerance: int = 0) -> bool:
    """Whether a box holds another, that may stand out by `tolerance`."""
    return (
        inner.x >= outer.x - tolerance
        and inner.y >= outer.y - tolerance
        and inner.right <= outer.right + tolerance
        and inner.bottom <= outer.bottom + tolerance
    )
