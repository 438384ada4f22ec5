"""The waist: what stands on each page, at absolute positions in integer EMU.

Everything before a `Scene` decides what to say and where; everything after it
writes it down. Colours are token names of the theme (`ink`, `tier1`), never RGB.
Writers and rules read roles, never slide kinds.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, TypeAlias

from msgspec import Struct

# Whoever reads a scene needs its boxes: they are given on.
from deckgen.box import Align as Align  # noqa: PLC0414
from deckgen.box import Anchor as Anchor  # noqa: PLC0414
from deckgen.box import Box as Box  # noqa: PLC0414
from deckgen.source import NOWHERE, Mark
from deckgen.template import Template, house
from deckgen.theme import Theme

Role = Literal[
    "title", "kicker", "body", "caption", "label", "source", "footer", "number", "decorative"
]


class Link(Struct, frozen=True):
    """Where a click leads: a slide's id as `#id`, or a URL. `tip` shows on hover."""

    target: str
    tip: str = ""

    @property
    def internal(self) -> bool:
        """Whether it leads to a slide of this deck."""
        return self.target.startswith("#")


class Run(Struct, frozen=True, cache_hash=True):
    """Characters set alike. None means: as the paragraph says."""

    text: str
    bold: bool | None = None
    italic: bool = False
    code: bool = False
    color: str | None = None
    link: Link | None = None
    field: Literal["slidenum"] | None = None


class Paragraph(Struct, frozen=True, cache_hash=True):
    """Runs in one size. Lengths in points; `pitch_pt` is the distance of baselines.

    `bullet` is the glyph before a list item, which hangs by `indent_pt`.
    """

    runs: tuple[Run, ...]
    size_pt: float
    pitch_pt: float
    bold: bool = False
    color: str = "ink"
    align: Align = "left"
    before_pt: float = 0.0
    bullet: str = ""
    indent_pt: float = 0.0
    level: int = 0

    @property
    def text(self) -> str:
        if len(self.runs) == 1:  # nearly always, and asked for all the time
            return self.runs[0].text
        return "".join(run.text for run in self.runs)


LINK_COLOR = "kicker"  # the token that the theme's slot for hyperlinks holds
_ON_PAPER = ("ink", "ink2", "muted")  # colours of texts beside which that one can be read


def looks_like_link(run: Run, paragraph: Paragraph) -> bool:
    """Whether a run is set in the theme's colour of links.

    A jump within the deck is set like the words around it, and so is an address on a fill of
    its own, where nobody could read the colour of links.
    """
    if run.link is None or run.color is not None or run.link.internal:
        return False
    return paragraph.color in _ON_PAPER


def color_of(run: Run, paragraph: Paragraph) -> str:
    """The colour token in which a run is seen."""
    if looks_like_link(run, paragraph):
        return LINK_COLOR
    return run.color or paragraph.color


class Body(Struct, frozen=True):
    """Paragraphs in a box: `insets` are left, top, right, bottom in EMU.

    `pinned` words stay at the side they are set to whatever their script, as those beside a mark.
    """

    paragraphs: tuple[Paragraph, ...]
    anchor: Anchor = "top"
    insets: tuple[int, int, int, int] = (0, 0, 0, 0)
    heading: bool = False  # the theme's heading face instead of its body face
    pinned: bool = False

    @property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


class Line(Struct, frozen=True):
    """A stroke: a colour token, a width in points, and ends."""

    color: str
    width_pt: float = 0.75
    dashed: bool = False
    arrow_start: bool = False
    arrow_end: bool = False


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


_DAY_ZERO = date(1899, 12, 30)


def serial_of(day: date) -> int:
    """The number by which a workbook knows a day from March 1900 on (part 1, 18.17.4.1)."""
    return (day - _DAY_ZERO).days


def day_of(serial: float) -> date:
    """The day of such a number."""
    return _DAY_ZERO + timedelta(days=int(serial))


LabelPlace = Literal[
    "outside", "inside", "center", "base", "above", "below", "left", "right", "none"
]
Stacking = Literal["none", "stacked", "percent"]
Symbol = Literal["circle", "diamond", "square", "triangle"]


class ValueAxis(Struct, frozen=True):
    """An axis of numbers from `low` to `high`; None is left to whoever opens the chart.

    It is drawn with its numbers at every `step`, or not at all where that is 0: with lines
    across the plot at them, or with a line and ticks of its own where it has no `grid`. A `log`
    axis, from one power of ten to another, has its numbers at powers of ten.
    """

    low: float | None = None
    high: float | None = None
    step: float = 0.0
    number_format: str = "General"
    grid: bool = True
    log: bool = False


class CategoryPoint(Struct, frozen=True):
    """One value of a series. None is a missing one: it prints nothing.

    `label` is the text at the mark where the value alone does not say it. `fill` None paints
    nothing, as for what a floating bar stands on. Where bars stand on one another a label
    is `inside`, at the `center` or the `base`; at a line it is `above`, `below`, `left`, `right`.
    """

    value: float | None
    fill: str | None = "brand"
    outline: Line | None = None
    label: str = ""
    label_color: str = "ink"
    label_at: LabelPlace = "outside"


class CategorySeries(Struct, frozen=True):
    """Values of one thing, one for each category.

    A line is drawn in `line` (None draws none) with a `marker` at each value whose `fill` is
    not None. `secondary` values have an axis of their own. Those of a `dated` series are days
    (`serial_of`), and the workbook shows them as dates.
    """

    name: str
    points: tuple[CategoryPoint, ...]
    form: Literal["bar", "line", "area"] = "bar"
    line: Line | None = None
    marker: Symbol | None = None
    marker_pt: int = 7
    secondary: bool = False
    dated: bool = False


class CategoryChart(Struct, frozen=True):
    """Bars, columns, lines and areas over categories, which are words, years or dates.

    An `edged` chart has its first category on the left edge of the plot and its last on the
    right one; else each stands in the middle of its slot.

    `horizontal` bars run from the top down in the order given. Dates stand `to_scale` if that
    is set. `label_every` is which of the categories are printed: every second, say; none if 0.
    Dates to scale are printed every so many years, months or days (`label_unit`). Dates stand in
    the workbook in `date_format`, and on the axis in `axis_date_format` where that is another.
    `plot` is the inner plot area within the chart's box as fractions x, y, w, h. `beside` are
    rows of cells that the workbook has right of the chart's own, from its first row on.
    """

    categories: tuple[str | int | date, ...]
    series: tuple[CategorySeries, ...]
    horizontal: bool = True
    stacking: Stacking = "none"
    number_format: str = "General"
    gap_percent: int = 55
    overlap_percent: int = -10
    label_size_pt: float = 14
    category_size_pt: float = 14
    axis: ValueAxis = ValueAxis(0.0)
    secondary_axis: ValueAxis = ValueAxis(0.0)
    label_every: int = 1
    label_unit: Literal["years", "months", "days"] = "days"
    to_scale: bool = False
    edged: bool = False
    date_format: str = "yyyy-mm-dd"
    axis_date_format: str = ""
    plot: tuple[float, float, float, float] = (0.16, 0.0, 0.84, 1.0)
    beside: tuple[tuple[str | float | date | None, ...], ...] = ()


LabelSide = Literal["right", "left", "above", "below", "center", "none"]


class XyPoint(Struct, frozen=True):
    """A marker with its label; `size` is what a bubble's area says.

    A bubble's own `fill`, if it has one, goes before that of its series.
    """

    name: str
    x: float
    y: float
    label_side: LabelSide = "right"
    size: float | None = None
    fill: str | None = None
    label_color: str = "ink"


class XySeries(Struct, frozen=True):
    """Points that look alike. `size_pt` is the marker's width; a `line` joins them."""

    name: str
    points: tuple[XyPoint, ...]
    fill: str = "brand"
    symbol: Symbol = "circle"
    size_pt: int = 15
    line: Line | None = None


class XyChart(Struct, frozen=True):
    """Markers on two axes, or bubbles; `bubble_percent` is 100 where the largest is as wide as
    a quarter of the plot's shorter side. `plot` as in a `CategoryChart`. `headings` are those
    of the workbook's columns of names, x and sizes.
    """

    series: tuple[XySeries, ...]
    x_axis: ValueAxis = ValueAxis(0.0, 10.0)
    y_axis: ValueAxis = ValueAxis(0.0, 10.0)
    label_size_pt: float = 12
    axis_size_pt: float = 11
    bubble_percent: int = 0
    headings: tuple[str, str, str] = ("Name", "x", "size")
    plot: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)


class Slice(Struct, frozen=True):
    """A part of a whole, and its colour."""

    name: str
    value: float
    fill: str = "brand"


class DoughnutChart(Struct, frozen=True):
    """Parts of a whole around a hole, clockwise from the top; `hole_percent` of its width.

    It has no labels of its own: LibreOffice shows none, so that kinds set them as texts.
    """

    name: str
    slices: tuple[Slice, ...]
    hole_percent: int = 60
    number_format: str = "General"


class RangeRow(Struct, frozen=True):
    """Two values of one thing, either of which may be missing, and what is printed beside them.

    `fill` is the colour of the second, `stroke` that of what joins them.
    """

    name: str
    start: float | None
    end: float | None
    start_label: str = ""
    end_label: str = ""
    fill: str = "brand"
    stroke: str = "brand_soft"


class RangeChart(Struct, frozen=True):
    """Pairs of values one below the other: two dots that a line joins, or a bar between them.

    `dot_pt` is the width of a dot, 0 for none, `stroke_pt` that of the line or bar. Labels stand
    outside: left of the smaller value, right of the larger. `plot` as in a `CategoryChart`.
    """

    start_name: str
    end_name: str
    rows: tuple[RangeRow, ...]
    axis: ValueAxis
    start_fill: str = "brand_soft"
    dot_pt: int = 13
    stroke_pt: float = 3
    label_size_pt: float = 12
    number_format: str = "General"
    plot: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)


Chart: TypeAlias = CategoryChart | XyChart | DoughnutChart | RangeChart


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


class Note(Struct, frozen=True):
    """A paragraph of speaker notes with its lead word: Message, Say, Ask, Evidence, ..."""

    lead: str
    text: str


class Page(Struct, frozen=True, kw_only=True):
    """One page. Items stand in reading order, which is also the order of painting,
    but for `decorative` ones, which kinds put first where they lie behind.
    """

    slide_id: str
    title: str
    layout: str
    items: tuple[Item, ...]
    notes: tuple[Note, ...] = ()
    mark: Mark = NOWHERE

    def texts(self) -> Iterator[str]:
        """The words on the page, a text at a time, then those of its notes."""
        for item in self.items:
            yield from texts_of(item)
        yield from (note.text for note in self.notes)


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


class Section(Struct, frozen=True):
    """A run of pages as PowerPoint's slide sorter shows it; `first` counts from 0."""

    title: str
    first: int
    count: int


class Properties(Struct, frozen=True, kw_only=True):
    """What the file says of itself."""

    title: str
    subject: str = ""
    author: str = ""
    keywords: str = ""
    language: str = "en-US"


class Scene(Struct, frozen=True, kw_only=True):
    """A deck, laid out. `notices` are what was moved to the notes and the like, for the report."""

    pages: tuple[Page, ...]
    theme: Theme
    properties: Properties
    template: Template = house()
    sections: tuple[Section, ...] = ()
    notices: tuple[str, ...] = ()

    def page_numbers(self) -> dict[str, int]:
        """The first page, from 1, of each slide id."""
        numbers: dict[str, int] = {}
        for number, page in enumerate(self.pages, start=1):
            numbers.setdefault(page.slide_id, number)
        return numbers
