"""The keys over points on two axes: of their colours, of their areas, of upright lines.

Lengths in EMU.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import floor, log10, sqrt

from msgspec import Struct

from deckgen import markup
from deckgen.arrange import set_apart
from deckgen.canvas import Canvas
from deckgen.formats import Numbers, decimals_for, power_for, scaled_unit
from deckgen.parts.annotations import ReferenceLine, draw_key_row
from deckgen.parts.xyaxes import Axis
from deckgen.scene import Box, Line
from deckgen.styles import CAPTION
from deckgen.units import inches

WIDEST = inches(0.3)  # of the circle that a key shows
BETWEEN, BESIDE = inches(0.1), inches(0.06)  # words and circle, circle and number
ENTRY = inches(0.52)  # a colour, and the gap to the next
LINE_GAP = inches(0.12)  # between the names of upright lines


class Look(Struct, frozen=True):
    """A colour and what it stands for; `short` where there is no room for all the words."""

    fill: str
    name: str
    short: str = ""


class BubbleKey(Struct, frozen=True):
    """What the area of bubbles says, and a circle with its number."""

    words: str
    number: str
    circle: int
    widths: tuple[int, int]

    @property
    def width(self) -> int:
        return sum(self.widths) + self.circle + BETWEEN + BESIDE


def bubble_key(canvas: Canvas, given: Axis, size: float, width: int) -> BubbleKey:
    """A key with the largest round number whose circle fits; a bubble of `size` is `width` wide."""
    outline = canvas.studio.outline
    most = size * (WIDEST / width) ** 2
    power = 10.0 ** floor(log10(most))
    value = next(power * m for m in (5, 2, 1) if power * m <= most * 1.000001)
    scaled = power_for([size], given.unit)
    unit = scaled_unit(given.unit, scaled, outline.labels.scales)
    if not unit:
        scaled, unit = 0, str(given.unit)
    numbers = Numbers(decimals_for([value / 1000**scaled]), scaled, outline.language)
    words = f"{outline.labels.cased('bubble_area')}: {markup.plain(given.name)}"
    words += f" ({markup.plain(unit)})" if unit else ""
    number = numbers.words(value)
    widths = (_width(canvas, words), _width(canvas, number))
    return BubbleKey(words, number, round(width * sqrt(value / size)), widths)


def draw_bubble_key(canvas: Canvas, key: BubbleKey, x: int, y: int, source: object) -> None:
    row = CAPTION.line_height
    circle = Box(
        x + key.widths[0] + BETWEEN, y + row // 2 - key.circle // 2, key.circle, key.circle
    )
    canvas.text(
        Box(x, y, key.widths[0], row), key.words, CAPTION, name="Key of areas", role="label",
        source=source,
    )  # fmt: skip
    canvas.shape(
        circle, "Key bubble", geometry="ellipse", line=Line("muted", 1.0), role="decorative"
    )
    canvas.text(
        Box(circle.right + BESIDE, y, key.widths[1], row), key.number, CAPTION,
        name=f"Key area {key.number}", role="label", source=source,
    )  # fmt: skip


def draw_keys(
    canvas: Canvas, row: Box, looks: Sequence[Look], areas: BubbleKey | None, given: Axis,
) -> None:  # fmt: skip
    """Both keys in a row: colours from the left, if there are several, and areas after them.

    `given` is what the areas, or else the points, measure.
    """
    coloured = len(looks) > 1
    if areas is not None:
        x = row.right - areas.width if coloured else row.x
        if x < row.x or areas.width > row.w:
            canvas.studio.refuse(
                given, "the key of the bubbles does not fit on a line over the chart",
                "shorten the name or the unit of `size`",
            )  # fmt: skip
            return
        draw_bubble_key(canvas, areas, x, row.y, given)
        row = row.inset(right=areas.width + inches(0.3)) if coloured else row
    if coloured:
        needs = sum(_width(canvas, look.name) + ENTRY for look in looks)
        short = needs > row.w and all(look.short for look in looks)
        entries = [(look.fill, look.short if short else look.name) for look in looks]
        draw_key_row(canvas, row.x, row.y, row.w, entries, given, "ellipse")


def name_uprights(canvas: Canvas, row: Box, lines: Sequence[tuple[ReferenceLine, int]]) -> None:
    """The names of upright lines in a row over the plot, each over its line's x if it can be."""
    lines = sorted(lines, key=lambda line: line[1])
    widths = [_width(canvas, line.label) for line, _ in lines]
    gaps = [(before + after) / 2 + LINE_GAP for before, after in pairwise(widths)]
    if sum(widths) + LINE_GAP * len(gaps) > row.w:
        canvas.studio.refuse(
            lines[-1][0], "the names of the lines do not fit beside one another over the chart",
            "shorten them",
        )  # fmt: skip
        return
    middles = set_apart(
        [float(x) for _, x in lines], gaps, [row.x + width / 2 for width in widths],
        [row.right - width / 2 for width in widths],
    )  # fmt: skip
    for (line, _), middle, width in zip(lines, middles, widths, strict=True):
        box = Box(round(middle - width / 2), row.y, width, CAPTION.line_height)
        style = CAPTION.but(align="center")
        canvas.text(box, line.label, style, name=f"Line {line.label}", role="label")


def _width(canvas: Canvas, words: str) -> int:
    return round(canvas.width(words, CAPTION) * 1.02) + inches(0.03)
