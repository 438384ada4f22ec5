"""A row over a chart that says what its colours stand for. Lengths in EMU."""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.canvas import Canvas
from deckgen.scene import Box
from deckgen.styles import CAPTION
from deckgen.units import inches

KEY_LEAD, KEY_GAP = inches(0.22), inches(0.3)  # of a name in a key: before it, after it


def key_row_height() -> int:
    """The height of a row of colours and their names, with the gap below it."""
    return CAPTION.line_height + inches(0.12)


def _key_widths(canvas: Canvas, names: Sequence[str]) -> list[int]:
    return [round(canvas.width(name, CAPTION) * 1.02) + inches(0.03) for name in names]


def key_row_width(canvas: Canvas, names: Sequence[str]) -> int:
    """What the names take side by side, each with its colour."""
    return sum(_key_widths(canvas, names)) + (KEY_LEAD + KEY_GAP) * len(names) - KEY_GAP


def draw_key_row(
    canvas: Canvas, x: int, y: int, width: int, entries: Sequence[tuple[str, str]], source: object,
    geometries: Sequence[str] = (),
) -> None:  # fmt: skip
    """Colours and the names that they stand for, side by side; refused if they do not fit.

    `geometries` are the preset shapes of the marks; all are squares where there are none.
    """
    names = [name for _, name in entries]
    if key_row_width(canvas, names) > width:
        canvas.studio.refuse(
            source, "the names of the series do not fit on one line over the chart",
            "shorten them, or leave a series out",
        )  # fmt: skip
        return
    size, lead = inches(0.14), KEY_LEAD
    geometries = geometries or ["rect"] * len(entries)
    widths = _key_widths(canvas, names)
    for (fill, name), own, geometry in zip(entries, widths, geometries, strict=True):
        middle = y + CAPTION.line_height // 2
        canvas.shape(Box(x, middle - size // 2, size, size), f"Key {name} colour", fill=fill,
                     geometry=geometry, role="decorative")  # fmt: skip
        canvas.text(
            Box(x + lead, y, own, CAPTION.line_height), name, CAPTION, name=f"Key {name}",
            role="label", source=source,
        )  # fmt: skip
        x += lead + own + KEY_GAP
