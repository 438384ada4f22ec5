"""A figure before it is drawn: shapes and words at places in points, from the top left.

Words are measured with the widths by which texts on slides are, so that what is laid out here
needs no font; whoever draws a plate looks again. Colours are six hex digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

from deckgen import text
from deckgen.scene import Paragraph, Run
from deckgen.theme import Theme, contrast, mix
from deckgen.units import EMU_PER_POINT, points

SMALLEST = 11  # points, of any words in a figure
PITCH = 1.2  # from baseline to baseline, of the size
ASCENT = 0.73  # of the size, from the baseline to the top of capitals (Arial: .716)
READABLE = 4.5  # contrast of words on what lies under them (WCAG 2.1, 1.4.3)
_ROUND = 0.5523  # of the radius: a quarter circle as one Bézier curve

Align = Literal["left", "center", "right"]
Steps: TypeAlias = tuple[tuple[str, tuple[float, ...]], ...]


class Area(Struct, frozen=True):
    """A shape: `M` moves, `L` draws a line, `C` a cubic Bézier curve, `Z` closes.

    An empty `fill` or `line` is none; widths are points.
    """

    steps: Steps
    fill: str = ""
    line: str = ""
    width_pt: float = 0.75
    dashed: bool = False


class Words(Struct, frozen=True):
    """One line of words; `x` is its left, middle or right, `y` its baseline."""

    text: str
    x: float
    y: float
    size_pt: float
    color: str
    bold: bool = False
    align: Align = "left"


class Plate(Struct, frozen=True):
    """A figure to be drawn on `ground`. `said` are its texts as they read, unbroken."""

    width: float
    height: float
    ground: str
    face: str
    shapes: tuple[Area | Words, ...]
    said: tuple[str, ...] = ()


class Refusal(Struct, frozen=True):
    """Why a figure cannot be drawn readably, what to do, and which entry it is about (or -1)."""

    message: str
    hint: str
    entry: int = -1


class Lettering(Struct, frozen=True):
    """How words are set: a face, a size in points, a weight."""

    face: str
    size_pt: float
    bold: bool = False

    @property
    def pitch(self) -> float:
        """Points from one baseline to the next."""
        return self.size_pt * PITCH

    def width(self, words: str) -> float:
        """Points that words take on one line."""
        return text.width_emu(self._paragraph(words), self.face) / EMU_PER_POINT

    def wrap(self, words: str, width: float, most: int) -> tuple[str, ...]:
        """Words in lines of a width in points; empty if they take more than `most` lines."""
        paragraph, room = self._paragraph(words), points(max(1.0, width))
        if self.width(words) <= width:
            return (words,)
        if most < 2 or text.longest_word(paragraph, self.face) > room:
            return ()
        lines = tuple(line.strip() for line in text.break_lines(paragraph, room, self.face))
        fits = len(lines) <= most and all(self.width(line) <= width for line in lines)
        return lines if fits else ()

    def _paragraph(self, words: str) -> Paragraph:
        return Paragraph((Run(words),), self.size_pt, self.pitch, bold=self.bold)


def set_lines(
    lines: Sequence[str], x: float, top: float, how: Lettering, color: str, align: Align = "left"
) -> list[Words]:
    """Lines one below the other; the first line's pitch begins at `top`."""
    first = top + baseline(how)
    return [
        Words(line, x, first + n * how.pitch, how.size_pt, color, how.bold, align)
        for n, line in enumerate(lines)
    ]


def set_middle(
    lines: Sequence[str], x: float, middle: float, how: Lettering, color: str, align: Align = "left"
) -> list[Words]:
    """Lines whose capitals stand around the height `middle`."""
    top = middle - len(lines) * how.pitch / 2
    return set_lines(lines, x, top, how, color, align)


def baseline(how: Lettering) -> float:
    """From the top of a line's pitch to its baseline: capitals stand in the middle."""
    return (how.pitch + ASCENT * how.size_pt) / 2


# -- shapes ------------------------------------------------------------------------


def rectangle(
    x: float, y: float, w: float, h: float, fill: str = "", line: str = "",
    width_pt: float = 0.75, dashed: bool = False,
) -> Area:  # fmt: skip
    """A rectangle by its top left, width and height."""
    corners = ((x, y), (x + w, y), (x + w, y + h), (x, y + h))
    return polygon(corners, fill, line, width_pt, dashed)


def polygon(
    places: Sequence[tuple[float, float]], fill: str = "", line: str = "",
    width_pt: float = 0.75, dashed: bool = False,
) -> Area:  # fmt: skip
    """A closed shape with straight sides."""
    return Area((*_along(places), ("Z", ())), fill, line, width_pt, dashed)


def stroke(
    places: Sequence[tuple[float, float]], line: str, width_pt: float = 0.75, dashed: bool = False
) -> Area:
    """A line along places."""
    return Area(_along(places), "", line, width_pt, dashed)


def disc(
    x: float, y: float, radius: float, fill: str = "", line: str = "", width_pt: float = 0.75,
    dashed: bool = False,
) -> Area:  # fmt: skip
    """A circle about a place."""
    r, k = radius, radius * _ROUND
    steps = (
        ("M", (x + r, y)),
        ("C", (x + r, y + k, x + k, y + r, x, y + r)),
        ("C", (x - k, y + r, x - r, y + k, x - r, y)),
        ("C", (x - r, y - k, x - k, y - r, x, y - r)),
        ("C", (x + k, y - r, x + r, y - k, x + r, y)),
        ("Z", ()),
    )
    return Area(steps, fill, line, width_pt, dashed)


def _along(places: Sequence[tuple[float, float]]) -> Steps:
    return (("M", tuple(places[0])), *(("L", tuple(place)) for place in places[1:]))


# -- colours -----------------------------------------------------------------------


def ink_on(theme: Theme, fill: str) -> tuple[str, str]:
    """A fill with the ink that can be read on it, of the theme's darkest and lightest.

    A fill between the two, on which neither reaches 4.5 : 1, moves away from its ink until
    it can be read, as the ramp of tiers does.
    """
    inks = (theme.color("ink"), theme.color("bg"))
    ink = max(inks, key=lambda one: contrast(one, fill))
    away = min(("000000", "FFFFFF"), key=lambda end: -contrast(end, ink))
    start, share = fill, 0.0
    while contrast(ink, fill) < READABLE and share < 1:
        share += 0.005
        fill = mix(start, away, share)
    return fill, ink
