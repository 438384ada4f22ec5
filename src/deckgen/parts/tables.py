"""Native tables: measured words go into cells, columns and rows get their sizes.

A cell's height is what its lines take at their pitch plus its insets. A row lower than
its tallest cell would grow when the table is drawn, and with it all that follows; so
rows are sized first, and a cell that does not fit its row is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from deckgen import text
from deckgen.canvas import Canvas
from deckgen.scene import Anchor, Body, Box, Cell, Line, Paragraph, TableItem
from deckgen.source import NOWHERE, Mark, mark_of
from deckgen.styles import BODY, Style
from deckgen.units import inches

Insets = tuple[float, float, float, float]

INSETS: Insets = (0.1, 0.04, 0.1, 0.04)
HEAD_RULE = Line("ink", 1.25)
GROUP_RULE = Line("muted", 0.75)
ROW_RULE = Line("hair", 0.75)
COVERED = Cell(Body(()), covered=True)


def make_cell(
    canvas: Canvas,
    words: str | Sequence[Paragraph],
    style: Style = BODY,
    *,
    insets: Insets = INSETS,
    anchor: Anchor = "middle",
    fill: str | None = None,
    below: Line | None = None,
    rows: int = 1,
    mark: Mark = NOWHERE,
    pinned: bool = False,
) -> Cell:
    """A cell with words in a style, `pinned` beside a mark; `insets` in inches."""
    if isinstance(words, str):
        mark = mark if mark.line else mark_of(words)
        words = (canvas.paragraph(words, style),)
    body = Body(tuple(words), anchor, _in_emu(insets), pinned=pinned)
    return Cell(body, fill=fill, below=below, rows=rows, mark=mark)


@cache  # a table has few different ones, and many cells
def _in_emu(insets: Insets) -> tuple[int, int, int, int]:
    left, top, right, bottom = (inches(length) for length in insets)
    return left, top, right, bottom


def cell_height(canvas: Canvas, cell: Cell, width: int) -> int:
    """The height that a cell's words take in a column of this width."""
    return 0 if cell.covered else text.body_height(cell.body, width, canvas.face)


def row_height(canvas: Canvas, cells: Sequence[Cell], widths: Sequence[int]) -> int:
    """The height of the tallest cell of a row; cells that span rows do not count."""
    heights = [
        cell_height(canvas, cell, width)
        for cell, width in zip(cells, widths, strict=True)
        if cell.rows == 1
    ]
    return max(heights, default=0)


def natural_width(canvas: Canvas, cell: Cell) -> int:
    """The width of a cell whose paragraphs each stand on one line."""
    sides = cell.body.insets[0] + cell.body.insets[2]
    lines = [text.width_emu(p, canvas.face) for p in cell.body.paragraphs]
    return round(max(lines, default=0) / text.SAFETY) + sides + 1


def least_width(canvas: Canvas, cell: Cell) -> int:
    """The width of a cell's widest word."""
    sides = cell.body.insets[0] + cell.body.insets[2]
    words = [text.longest_word(p, canvas.face) for p in cell.body.paragraphs]
    return max(words, default=0) + sides


def fit_columns(natural: Sequence[int], least: Sequence[int], total: int) -> list[int]:
    """Widths that add up to `total`: what each column wants, the widest ones cut first.

    What is left over is shared out in proportion. No column is cut below its `least`
    unless all are at it.
    """
    spare = total - sum(natural)
    if spare >= 0:
        widths = [width + spare * width // sum(natural) for width in natural]
    elif sum(least) > total:  # some word will not fit, which whoever draws the table tells
        widths = [width * total // sum(least) for width in least]
    else:
        cap = _highest(lambda cap: sum(_cut(natural, least, cap)) <= total, max(natural))
        widths = _cut(natural, least, cap)
    widths[widths.index(max(widths))] += total - sum(widths)
    return widths


def _cut(natural: Sequence[int], least: Sequence[int], cap: int) -> list[int]:
    return [max(min(n, cap), m) for n, m in zip(natural, least, strict=True)]


def fill_rows(natural: Sequence[int], room: int, tallest: int) -> list[int]:
    """Row heights that fill `room` as evenly as their contents let them.

    A row is as high as it must be, and no other row than such is higher than `tallest`.
    """
    left, level = room, 0
    for rising, height in zip(range(len(natural), 0, -1), sorted(natural)[::-1], strict=True):
        level = left // rising
        if height <= level:  # and so are the others: they share what is left
            break
        left, level = left - height, 0
    return [max(height, min(level, tallest)) for height in natural]


def _highest(fits: Callable[[int], bool], most: int) -> int:
    """The highest of 0 .. `most` that fits, if what fits at all fits lower as well."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low


def add_table(
    canvas: Canvas,
    name: str,
    corner: tuple[int, int],
    widths: Sequence[int],
    heights: Sequence[int],
    rows: Sequence[Sequence[Cell]],
    alt: str,
) -> Box:
    """Put a table on the canvas, its top left at `corner`; returns its box.

    Refused is each cell whose words are higher or wider than it.
    """
    x, y = corner
    box = Box(x, y, sum(widths), sum(heights))
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell.covered or not cell.body.paragraphs:
                continue
            height = sum(heights[number : number + cell.rows])
            place = Box(x + sum(widths[:column]), y + sum(heights[:number]), widths[column], height)
            canvas.fits_body(cell.body, place, cell, cell.body.text)
    canvas.add(
        TableItem(
            name=name, box=box, widths=tuple(widths), heights=tuple(heights),
            rows=tuple(tuple(row) for row in rows), alt=alt, mark=canvas.studio.slide.mark,
        )
    )  # fmt: skip
    return box
