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
