"""A page goes in; its texts come out, each with where its ink is and what it stands on.

Ink is where the measured lines are, which a box with room to spare is larger than. Rotated
texts are given as they stand. Lengths in EMU.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckgen import text
from deckgen.box import holds, reach
from deckgen.scene import (
    Body,
    Box,
    CategoryChart,
    Cell,
    ChartItem,
    GroupItem,
    Item,
    Page,
    PictureItem,
    RangeChart,
    Role,
    ShapeItem,
    TableItem,
    TextItem,
    XyChart,
)
from deckgen.source import Mark
from deckgen.template import Layout
from deckgen.theme import Theme
from deckgen.units import points

# Of a line's pitch, what its letters leave free above and below them, about.
_AIR = 0.12


class Block(Struct, frozen=True, kw_only=True):
    """A text on a page: `lines` are where its lines stand, `ink` is the box around them, `size` is
    that of its box before it is turned. `order` counts what is painted before
    it; `item` is the number of the item that it belongs to. `grounds` are the colour tokens
    below its ink, from the topmost that lies below all of it upwards; None is a picture.
    """

    name: str
    body: Body
    box: Box
    size: tuple[int, int]
    lines: tuple[Box, ...]
    ink: Box
    role: Role
    mark: Mark
    item: int
    order: int
    grounds: tuple[str | None, ...] = ()

    @property
    def turned(self) -> bool:
        """Whether it stands on its side."""
        return self.size != (self.box.w, self.box.h)


class Paint(Struct, frozen=True):
    """A filled area: a colour token, or None for a picture."""

    box: Box
    fill: str | None
    item: int
    order: int


def blocks_of(page: Page, layout: Layout, theme: Theme) -> tuple[list[Block], list[Paint]]:
    """The texts of a page and its painted areas, in the order in which they are painted."""
    ground = Box(-points(720), -points(720), points(7200), points(7200))
    paints = [Paint(ground, layout.background, -1, 0)]
    paints += [Paint(art.box, art.fill, -1, 0) for art in layout.art]
    blocks: list[Block] = []
    for number, item in enumerate(page.items):
        _walk(item, number, theme, blocks, paints)
    return [_grounded(block, paints) for block in blocks], paints


def _walk(item: Item, number: int, theme: Theme, blocks: list[Block], paints: list[Paint]) -> None:
    order = len(paints) + len(blocks)
    if isinstance(item, GroupItem):
        for inner in item.items:
            _walk(inner, number, theme, blocks, paints)
    elif isinstance(item, TableItem):
        for cell, box in cells_of(item):
            if cell.fill:
                paints.append(Paint(box, cell.fill, number, order))
            if cell.body.text.strip():
                block = _block(cell.body, box, item, number, theme, len(paints) + len(blocks))
                blocks.append(replace(block, mark=cell.mark if cell.mark.line else item.mark))
    elif isinstance(item, PictureItem):
        paints.append(Paint(item.box, None, number, order))
    elif isinstance(item, (TextItem, ShapeItem)):
        if isinstance(item, ShapeItem) and item.fill:
            paints.append(Paint(rotated(item.box, item.rotation), item.fill, number, order))
        if item.body is not None and item.body.text.strip():
            made = _block(item.body, item.box, item, number, theme, len(paints) + len(blocks))
            blocks.append(made)


def cells_of(table: TableItem) -> Iterator[tuple[Cell, Box]]:
    """The cells of a table that are not covered by another's span, with their boxes."""
    y = table.box.y
    for row, (cells, height) in enumerate(zip(table.rows, table.heights, strict=True)):
        x = table.box.x
        for column, (cell, width) in enumerate(zip(cells, table.widths, strict=True)):
            if not cell.covered:
                wide = sum(table.widths[column : column + cell.columns])
                high = sum(table.heights[row : row + cell.rows])
                yield cell, Box(x, y, wide, high)
            x += width
        y += height


def _block(
    body: Body, box: Box, item: TextItem | ShapeItem | TableItem, number: int, theme: Theme,
    order: int,
) -> Block:  # fmt: skip
    face = theme.heading_font if body.heading else theme.body_font
    rotation = 0 if isinstance(item, TableItem) else item.rotation
    lines = tuple(_turned(line, box, rotation) for line in ink_of(body, box, face))
    return Block(
        name=item.name, body=body, box=rotated(box, rotation), size=(box.w, box.h),
        lines=lines, ink=_around(lines), role=item.role, mark=item.mark, item=number, order=order,
    )  # fmt: skip


def _around(boxes: Sequence[Box]) -> Box:
    """The box around several."""
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    return Box(x, y, right - x, bottom - y)


def ink_of(body: Body, box: Box, face: str) -> Iterator[Box]:
    """Where each line of a body stands in its unrotated box."""
    left, top, right, bottom = body.insets
    inner = box.inset(left, top, right, bottom)
    height = text.body_height(body, box.w, face) - top - bottom
    free = {"top": 0, "middle": (inner.h - height) // 2, "bottom": inner.h - height}[body.anchor]
    y = inner.y + free
    for number, paragraph in enumerate(body.paragraphs):
        pitch, air = points(paragraph.pitch_pt), points(paragraph.pitch_pt * _AIR)
        indent = points(paragraph.indent_pt)
        y += points(paragraph.before_pt) if number else 0
        for width in text.line_widths(paragraph, inner.w, face):
            start = {
                "left": inner.x + indent, "center": inner.x + (inner.w + indent - width) // 2,
                "right": inner.right - width,
            }[paragraph.align]  # fmt: skip
            if width:
                yield Box(start, y + air, width, pitch - 2 * air)
            y += pitch


def rotated(box: Box, degrees: int) -> Box:
    """The box that a quarter-turned box covers; others are taken as they are."""
    if degrees % 180 != 90:
        return box
    return Box(box.x + (box.w - box.h) // 2, box.y + (box.h - box.w) // 2, box.h, box.w)


def _turned(ink: Box, box: Box, degrees: int) -> Box:
    """Ink in a box after the box is turned clockwise about its centre by quarter turns."""
    if degrees % 360 not in (90, 270):
        return ink
    middle_x, middle_y = box.x + box.w // 2, box.y + box.h // 2
    if degrees % 360 == 90:
        x, y = middle_x - (ink.bottom - middle_y), middle_y + (ink.x - middle_x)
    else:
        x, y = middle_x + (ink.y - middle_y), middle_y - (ink.right - middle_x)
    return Box(x, y, ink.h, ink.w)


def _grounded(block: Block, paints: Iterable[Paint]) -> Block:
    """The block with what is painted below its ink."""
    grounds: list[str | None] = []
    for paint in paints:
        across, down = reach(paint.box, block.ink)
        if paint.order > block.order or across <= points(1) or down <= points(1):
            continue
        if holds(paint.box, block.ink, points(2)):
            grounds.clear()
        grounds.append(paint.fill)
    return replace(block, grounds=tuple(grounds))


class ChartText(Struct, frozen=True):
    """Words that a chart draws: their colour, and the fill of the bar they stand in, if any."""

    words: str
    color: str
    size_pt: float
    fill: str = ""


def chart_texts(item: ChartItem) -> Iterator[ChartText]:
    """The labels of a chart."""
    chart = item.chart
    if isinstance(chart, CategoryChart):
        for name in chart.categories if chart.label_every else ():
            yield ChartText(str(name), "ink", chart.category_size_pt)
        for series in chart.series:
            for point in series.points:
                if point.label_at != "none" and (point.value is not None or point.label):
                    words = point.label or f"{point.value:g}"
                    within = point.label_at in ("inside", "center", "base")
                    fill = point.fill or "" if within else ""
                    yield ChartText(words, point.label_color, chart.label_size_pt, fill)
    elif isinstance(chart, XyChart):
        for xy in chart.series:
            for marker in xy.points:
                if marker.label_side != "none":
                    fill = (marker.fill or xy.fill) if marker.label_side == "center" else ""
                    yield ChartText(marker.name, marker.label_color, chart.label_size_pt, fill)
    elif isinstance(chart, RangeChart):
        labels = [label for row in chart.rows for label in (row.start_label, row.end_label)]
        yield from (ChartText(label, "ink", chart.label_size_pt) for label in labels if label)
