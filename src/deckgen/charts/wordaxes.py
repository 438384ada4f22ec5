"""Axes whose ends are words, not numbers: an arrow with its low end, its name and its high end.

Lengths in EMU.
"""

from __future__ import annotations

from typing import Annotated

from msgspec.structs import replace

from deckgen.canvas import Canvas
from deckgen.fields import Doc, Part
from deckgen.scene import Box, ConnectorItem, Line
from deckgen.source import Text
from deckgen.styles import CAPTION, Style
from deckgen.units import inches, to_inches

ROW = inches(0.2)  # of words along an axis


class Axis(Part):
    """One of the two questions, with what its ends mean."""

    name: Annotated[Text, Doc("the question, in a few words")]
    low: Annotated[Text, Doc("what 0 means")]
    high: Annotated[Text, Doc("what 10 means")]


def axis_rows(canvas: Canvas, axis: Axis, length: int) -> int:
    """The rows that an axis' words take; ends too long to stand side by side are refused."""
    needs = sum(canvas.width(word, CAPTION) for word in (axis.low, axis.high))
    needs += inches(0.3)
    if needs > length:
        told = f"“{axis.low}” and “{axis.high}” take {to_inches(needs):.2f} in side by side"
        has = f"the axis has {to_inches(length):.2f} in"
        canvas.studio.refuse(axis.low, f"{told} and {has}", "shorten `low` and `high`")
    name = canvas.width(axis.name, CAPTION.but(bold=True))
    half = max(canvas.width(word, CAPTION) for word in (axis.low, axis.high))
    return 1 if 2 * half + name + inches(0.4) <= length else 2


def draw_x_axis(canvas: Canvas, axis: Axis, plot: Box, rows: int) -> None:
    """The axis below a plot, its words in one row or two."""
    y = plot.bottom + inches(0.12)
    _arrow(canvas, "Axis x", (plot.x, y), (plot.right, y))
    row = Box(plot.x, y + inches(0.06), plot.w, ROW)
    below = replace(row, y=row.y + ROW * (rows - 1))
    _axis_words(canvas, axis, row, below, 0)


def draw_y_axis(canvas: Canvas, axis: Axis, plot: Box, rows: int) -> None:
    """The axis left of a plot, whose words read upwards."""
    x = plot.x - inches(0.12)
    _arrow(canvas, "Axis y", (x, plot.bottom), (x, plot.y))
    # Text turned by three quarters stands about the same centre as its box.
    center = x - inches(0.06) - ROW // 2
    row = Box(center - plot.h // 2, plot.y + plot.h // 2 - ROW // 2, plot.h, ROW)
    outer = replace(row, x=row.x - ROW * (rows - 1))
    _axis_words(canvas, axis, row, outer, 270)


def _axis_words(canvas: Canvas, axis: Axis, ends: Box, middle: Box, rotation: int) -> None:
    """The low end, the name, the high end, in rows that may be turned."""
    bold = CAPTION.but(bold=True, color="ink")
    sizes = [
        round(canvas.width(words, CAPTION) * 1.02) + inches(0.03) for words in (axis.low, axis.high)
    ]
    for words, size, at_end in ((axis.low, sizes[0], False), (axis.high, sizes[1], True)):
        along = ends.w - size if at_end else 0
        style = CAPTION.but(align="right" if at_end else "left")
        _turned(canvas, ends, along, size, words, style, rotation)
    name = min(middle.w, round(canvas.width(axis.name, bold) * 1.02) + inches(0.05))
    _turned(
        canvas, middle, (middle.w - name) // 2, name, axis.name, bold.but(align="center"), rotation
    )


def _turned(
    canvas: Canvas, row: Box, along: int, size: int, words: Text, style: Style, rotation: int
) -> None:
    """Words in a part of a row, counted from where the row's reading begins."""
    box = Box(row.x + along, row.y, size, row.h)
    if rotation:  # the row reads upwards: its beginning is its lower end
        center = row.y + row.h // 2 + row.w // 2 - along - size // 2
        box = Box(row.x + row.w // 2 - size // 2, center - row.h // 2, size, row.h)
    canvas.text(box, words, style, rotation=rotation, anchor="middle")


def _arrow(canvas: Canvas, name: str, start: tuple[int, int], end: tuple[int, int]) -> None:
    line = Line("ink2", 1.25, arrow_end=True)
    canvas.add(ConnectorItem(name=name, start=start, end=end, line=line))
