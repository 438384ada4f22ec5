"""Lines and their names go in; where names stand of lines that end early comes out.

Such a name stands beside the end of its line, if no line runs through it there; else it has its
place with those of the others, right of the plot. Lengths in EMU.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from deckgen.box import Box, touch
from deckgen.canvas import Canvas
from deckgen.styles import Style
from deckgen.units import inches, points

GAP = inches(0.1)  # between the end of a line and its name
CLEAR = points(3)  # around a name


class LineEnd(Struct, frozen=True):
    """A line from point to point, across its gaps as well, and what stands at its last one."""

    points: tuple[tuple[int, int], ...]
    words: str


def place_early_names(
    canvas: Canvas, ends: Sequence[LineEnd], plot: Box, until: int, levels: Sequence[int],
    style: Style,
) -> dict[int, Box]:  # fmt: skip
    """Boxes of the names that stand beside early ends, by the places of their lines.

    A line that goes on to `until` (x) does not end early. `levels` are the heights (y) of lines
    across the plot, which are in the way as well.
    """
    across = [[(plot.x, level), (plot.right, level)] for level in levels]
    lines = [*(end.points for end in ends), *across]
    found: dict[int, Box] = {}
    for place, end in enumerate(ends):
        x, y = end.points[-1]
        if x >= until or not end.words:
            continue
        width = round(canvas.width(end.words, style) * 1.03) + inches(0.03)
        box = Box(x + GAP, y - style.line_height // 2, width, style.line_height)
        near = box.inset(-CLEAR, -CLEAR, -CLEAR, -CLEAR)
        taken = any(touch(near, other) for other in found.values())
        if taken or any(_runs_through(near, line) for line in lines):
            continue
        if box.right <= until and box.bottom < plot.bottom:
            found[place] = box
    return found


def _runs_through(box: Box, line: Sequence[tuple[int, int]]) -> bool:
    """Whether a line from point to point, left to right, touches a box."""
    for (x1, y1), (x2, y2) in pairwise(line):
        left, right = max(x1, box.x), min(x2, box.right)
        if left > right:
            continue
        rise = (y2 - y1) / max(1, x2 - x1)
        ends = (y1 + rise * (left - x1), y1 + rise * (right - x1))
        if min(ends) < box.bottom and max(ends) > box.y:
            return True
    return False
