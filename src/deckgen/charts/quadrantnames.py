"""Names of the four fields between a line of reference on each of two axes. Lengths in EMU."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Annotated

from deckgen.box import touch
from deckgen.canvas import Canvas
from deckgen.fields import Doc, Part
from deckgen.outline import NONE
from deckgen.scene import Box
from deckgen.source import Text
from deckgen.styles import CAPTION
from deckgen.units import inches

CORNER_STEPS = [n / 8 for n in range(9)]  # of a field's room, where its name is tried
CORNER = inches(0.1)  # from a quadrant's corner to its name


class Quadrants(Part):
    """Names of the four fields between a line of reference on each axis."""

    top_left: Annotated[Text, Doc("low on x, high on y")] = NONE
    top_right: Annotated[Text, Doc("high on both")] = NONE
    bottom_left: Annotated[Text, Doc("low on both")] = NONE
    bottom_right: Annotated[Text, Doc("high on x, low on y")] = NONE


def name_quadrants(
    canvas: Canvas, quadrants: Quadrants, plot: Box, center: tuple[int, int], there: Sequence[Box]
) -> None:
    """Set the names of the fields around `center` in their corners, where nothing is `there`."""
    across, up = center
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
            _name_corner(canvas, words, field, at_right, low, there)


def _name_corner(
    canvas: Canvas, words: Text, field: Box, at_right: bool, low: bool, there: Sequence[Box]
) -> None:
    """A field's name in its outer corner, or as near it as nothing touches it."""
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
    free = [box for box in places if not any(touch(box, other) for other in there)]
    if not free or height > room.h:
        canvas.studio.refuse(
            words,
            f"“{words}” finds no free place in its quadrant",
            "leave it out, or shorten it",
        )
        return
    canvas.text(free[0], words, style, name=f"Quadrant {words}", role="label")
