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
from deckgen.charts.annotations import ReferenceLine
from deckgen.charts.keys import draw_key_row
from deckgen.charts.xyaxes import Axis
from deckgen.formats import Numbers, decimals_for, power_for, scaled_unit
from deckgen.scene import Box, Line, Symbol
from deckgen.styles import CAPTION
from deckgen.units import inches

WIDEST = inches(0.4)  # of the larger circle that a key shows
BETWEEN, BESIDE = inches(0.1), inches(0.06)  # words and circle, circle and number
ENTRY = inches(0.52)  # a colour, and the gap to the next
LINE_GAP = inches(0.12)  # between the names of upright lines
GEOMETRIES: dict[Symbol, str] = {
    "circle": "ellipse", "diamond": "diamond", "square": "rect", "triangle": "triangle",
}  # fmt: skip
SYMBOLS = tuple(GEOMETRIES)


class Look(Struct, frozen=True):
    """A colour and a symbol, and what they stand for; `short` where all the words have no room."""

    fill: str
    name: str
    short: str = ""
    symbol: Symbol = "circle"


class BubbleKey(Struct, frozen=True):
    """What the area of bubbles says, and two circles with their numbers, the smaller one first.

    `widths` are those of the words and of each number.
    """

    words: str
    numbers: tuple[str, str]
    circles: tuple[int, int]
    widths: tuple[int, int, int]

    @property
    def width(self) -> int:
        return sum(self.widths) + sum(self.circles) + 2 * (BETWEEN + BESIDE)


def bubble_key(canvas: Canvas, given: Axis, size: float, width: int) -> BubbleKey:
    """A key with the largest round number whose circle fits, and with a fifth or a quarter of it.

    A bubble of `size` is `width` wide.
    """
    outline = canvas.studio.outline
    most = size * (WIDEST / width) ** 2
    power = 10.0 ** floor(log10(most))
    lead = next(m for m in (5, 2, 1) if power * m <= most * 1.000001)
    values = (power * {5: 1.0, 2: 0.5, 1: 0.2}[lead], power * lead)
    scaled = power_for([size], given.unit)
    unit = scaled_unit(given.unit, scaled, outline.labels.scales)
    if not unit:
        scaled, unit = 0, str(given.unit)
    shown = [value / 1000**scaled for value in values]
    numbers = Numbers(decimals_for(shown), scaled, outline.language)
    words = f"{outline.labels.cased('bubble_area')}: {markup.plain(given.name)}"
    words += f" ({markup.plain(unit)})" if unit else ""
    low, high = (numbers.words(value) for value in values)
    small, large = (round(width * sqrt(value / size)) for value in values)
    widths = (_width(canvas, words), _width(canvas, low), _width(canvas, high))
    return BubbleKey(words, (low, high), (small, large), widths)


def draw_bubble_key(canvas: Canvas, key: BubbleKey, x: int, y: int, source: object) -> None:
    row = CAPTION.line_height
    canvas.text(
        Box(x, y, key.widths[0], row), key.words, CAPTION, name="Key of areas", role="label",
        source=source,
    )  # fmt: skip
    x += key.widths[0]
    for number, size, width in zip(key.numbers, key.circles, key.widths[1:], strict=True):
        circle = Box(x + BETWEEN, y + row // 2 - size // 2, size, size)
        canvas.shape(
            circle, f"Key bubble {number}", geometry="ellipse", line=Line("muted", 1.0),
            role="decorative",
        )  # fmt: skip
        canvas.text(
            Box(circle.right + BESIDE, y, width, row), number, CAPTION,
            name=f"Key area {number}", role="label", source=source,
        )  # fmt: skip
        x = circle.right + BESIDE + width


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
        shapes = [GEOMETRIES[look.symbol] for look in looks]
        draw_key_row(canvas, row.x, row.y, row.w, entries, given, shapes)


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
