"""The items of a page, at absolute positions in integer EMU."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

from msgspec import Struct

from deckgen.box import Box
from deckgen.scene.charts import Chart
from deckgen.scene.words import Body, Line, Link
from deckgen.source import NOWHERE, Mark

Role = Literal[
    "title", "kicker", "body", "caption", "label", "source", "footer", "number", "decorative"
]


class TextItem(Struct, frozen=True, kw_only=True):
    """Text without fill or outline. `placeholder` is a key of the page's layout.

    `rotation` in degrees, clockwise, about the box's centre; the box is unrotated.
    `inherits_box` is set where the placeholder's own geometry in the layout serves.
    """

    name: str
    box: Box
    body: Body
    role: Role = "body"
    mark: Mark = NOWHERE
    placeholder: str = ""
    inherits_box: bool = False
    rotation: int = 0
    link: Link | None = None
    alt: str = ""


class ShapeItem(Struct, frozen=True, kw_only=True):
    """A preset shape (ECMA-376 part 1, 20.1.10.56), maybe filled, outlined, with text.

    `adjustments` are (guide name, value) pairs as the preset defines them.
    """

    name: str
    box: Box
    geometry: str = "rect"
    adjustments: tuple[tuple[str, int], ...] = ()
    fill: str | None = None
    line: Line | None = None
    body: Body | None = None
    role: Role = "body"
    mark: Mark = NOWHERE
    rotation: int = 0
    link: Link | None = None
    alt: str = ""


class ConnectorItem(Struct, frozen=True, kw_only=True):
    """A line from `start` to `end` (x, y in EMU).

    `start_item` and `end_item` name the items it is glued to, at connection sites
    0 top, 1 left, 2 bottom, 3 right. `elbow` leaves and enters vertically, turning
    once at `turn` (0 at the start, 1 at the end).
    """

    name: str
    start: tuple[int, int]
    end: tuple[int, int]
    line: Line
    elbow: bool = False
    turn: float = 0.5
    start_item: str = ""
    start_site: int = 0
    end_item: str = ""
    end_site: int = 0
    role: Role = "decorative"
    mark: Mark = NOWHERE
    alt: str = ""

    @property
    def box(self) -> Box:
        (x1, y1), (x2, y2) = self.start, self.end
        return Box(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))


class GroupItem(Struct, frozen=True, kw_only=True):
    """Shapes that are one thing to a reader, such as a Harvey ball."""

    name: str
    box: Box
    items: tuple[TextItem | ShapeItem | ConnectorItem, ...]
    role: Role = "body"
    mark: Mark = NOWHERE
    link: Link | None = None
    alt: str = ""


class Cell(Struct, frozen=True):
    """One cell of a table. `rows` and `columns` are its spans; a cell covered by
    another's span stands in the row as `covered`. Rules are lines below and above.
    """

    body: Body
    fill: str | None = None
    above: Line | None = None
    below: Line | None = None
    rows: int = 1
    columns: int = 1
    covered: bool = False
    mark: Mark = NOWHERE


class TableItem(Struct, frozen=True, kw_only=True):
    """A native table: column widths and row heights in EMU; the first row is the head."""

    name: str
    box: Box
    widths: tuple[int, ...]
    heights: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    role: Role = "body"
    mark: Mark = NOWHERE
    alt: str = ""


class ChartItem(Struct, frozen=True, kw_only=True):
    """A native chart with its workbook."""

    name: str
    box: Box
    chart: Chart
    role: Role = "body"
    mark: Mark = NOWHERE
    alt: str = ""


class PictureItem(Struct, frozen=True, kw_only=True):
    """A picture. `media` is its type; `crop` cuts fractions off left, top, right, bottom.

    `svg` is the same picture as SVG, for readers that show it, and `words` are those that are
    known to stand in it. `by_code` tells that code of the author's wrote them, not the outline.
    """

    name: str
    box: Box
    data: bytes
    media: Literal["png", "jpeg", "gif"]
    svg: bytes = b""
    words: tuple[str, ...] = ()
    by_code: bool = False
    crop: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    role: Role = "body"
    mark: Mark = NOWHERE
    link: Link | None = None
    alt: str = ""


Item: TypeAlias = (
    TextItem | ShapeItem | ConnectorItem | GroupItem | TableItem | ChartItem | PictureItem
)


def flatten(items: Iterable[Item]) -> Iterator[Item]:
    """Items in the order in which they are written: groups before what they hold."""
    for item in items:
        yield item
        if isinstance(item, GroupItem):
            yield from item.items


def texts_of(item: Item) -> Iterator[str]:
    """The words of an item: of its body, its cells, the items it groups; of a picture, if known."""
    if isinstance(item, GroupItem):
        for inner in item.items:
            yield from texts_of(inner)
    elif isinstance(item, TableItem):
        yield from (cell.body.text for row in item.rows for cell in row if not cell.covered)
    elif isinstance(item, PictureItem):
        yield from item.words
    elif isinstance(item, (TextItem, ShapeItem)) and item.body is not None:
        yield item.body.text
