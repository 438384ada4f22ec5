"""A Scene that holds every type of item, every layout, and what is hard to write."""

from __future__ import annotations

import struct
import zlib

from deckgen.scene import (
    Body,
    Box,
    CategoryChart,
    CategoryPoint,
    CategorySeries,
    Cell,
    ChartItem,
    ConnectorItem,
    GroupItem,
    Item,
    Line,
    Link,
    Note,
    Page,
    Paragraph,
    PictureItem,
    Properties,
    Run,
    Scene,
    Section,
    ShapeItem,
    TableItem,
    TextItem,
    XyChart,
    XyPoint,
    XySeries,
)
from deckgen.template import Placeholder, house
from deckgen.theme import load_theme
from deckgen.units import inches

HAIR = Line("hair", 0.75)


def box(x: float, y: float, w: float, h: float) -> Box:
    """A box in inches."""
    return Box(inches(x), inches(y), inches(w), inches(h))


def say(text: str, size: float = 14, *, bold: bool = False, color: str = "ink") -> Paragraph:
    """A paragraph of one run."""
    return Paragraph((Run(text),), size, size * 1.2, bold=bold, color=color)


def body(*paragraphs: Paragraph, heading: bool = False) -> Body:
    """A body in the middle of its box."""
    return Body(paragraphs, anchor="middle", heading=heading)


def fill_placeholder(layout: str, key: str, text: str) -> TextItem:
    """A placeholder set exactly as its layout sets it."""
    place = house().layouts[layout].placeholder(key)
    field = "slidenum" if key == "number" else None
    paragraph = Paragraph(
        (Run(text, field="slidenum" if field else None),), place.size_pt, place.size_pt * 1.2,
        bold=place.bold, color=place.color, align=place.align,
    )  # fmt: skip
    if place.bullets:
        paragraph = _list_item(place, text, 0)
    return TextItem(
        name=place.name,
        box=place.box,
        body=Body((paragraph,), anchor=place.anchor, heading=key == "title"),
        role="title" if key == "title" else "body",
        placeholder=key,
        inherits_box=True,
    )


def _list_item(place: Placeholder, text: str, level: int) -> Paragraph:
    size = place.size_pt - 2 * level
    return Paragraph(
        (Run(text),), size, size * 1.2, color=place.color, bullet="•–•"[level],
        before_pt=2.0 if level else 5.0, indent_pt=14 * (level + 1), level=level,
    )  # fmt: skip


def layout_page(layout: str, *items: Item) -> Page:
    """A page with every placeholder of its layout filled."""
    places = house().layouts[layout].placeholders
    texts = [fill_placeholder(layout, p.key, f"{p.name} of {layout}") for p in places]
    return Page(
        slide_id=layout, title=texts[0].body.text, layout=layout, items=(*texts, *items),
        notes=(Note("Message", f"About {layout}."), Note("Ask", "Whose is it?")),
    )  # fmt: skip


def node(name: str, x: float, y: float, geometry: str = "rect") -> ShapeItem:
    """A box that connectors are glued to."""
    return ShapeItem(
        name=name, box=box(x, y, 1.5, 0.5), geometry=geometry, fill="card",
        line=Line("ink2", 1.25), body=body(say(name, bold=True)), alt=f"{name}, Tier 1",
    )  # fmt: skip


def connect(start: ShapeItem, end: ShapeItem, turn: float = 0.5) -> ConnectorItem:
    """An elbow from the nearer side of `start` to the nearer side of `end`."""
    down = end.box.y > start.box.y
    first, last = (start.box.bottom, end.box.y) if down else (start.box.y, end.box.bottom)
    return ConnectorItem(
        name=f"{start.name} on {end.name}",
        start=(start.box.x + start.box.w // 2, first), end=(end.box.x + end.box.w // 2, last),
        line=Line("accent", 2.25, arrow_end=True), elbow=True, turn=turn,
        start_item=start.name, start_site=2 if down else 0,
        end_item=end.name, end_site=0 if down else 2,
        alt=f"{start.name} depends on {end.name}",
    )  # fmt: skip


def shapes_page() -> Page:
    """Shapes, connectors in four directions, a group, a rotated label, links."""
    hub = node("Hub", 6, 4)
    corners = [node("North west", 1, 2), node("North east", 11, 2)]
    corners += [node("South west", 1, 6, "ellipse"), node("South east", 11, 6)]
    above = node("Above", 6, 2)
    ball = GroupItem(
        name="Ball", box=box(4, 3, 0.25, 0.25), alt="Meta, custom silicon: stated",
        items=(
            ShapeItem(name="Circle", box=box(4, 3, 0.25, 0.25), geometry="ellipse",
                      line=Line("brand", 1.25), fill="bg"),
            ShapeItem(name="Share", box=box(4, 3, 0.25, 0.25), geometry="pie", fill="brand",
                      adjustments=(("adj1", 16_200_000), ("adj2", 5_400_000))),
        ),
    )  # fmt: skip
    items: tuple[Item, ...] = (
        ShapeItem(name="Band", box=box(0.6, 1.65, 12.1, 0.1), fill="surface", role="decorative"),
        fill_placeholder("content", "title", "Shapes & connectors <stand> where they “should”"),
        hub, *corners, above,
        *(connect(hub, corner, turn=0.25) for corner in corners), connect(hub, above),
        ball,
        ShapeItem(name="Planned", box=box(8.5, 3, 1, 0.4), line=Line("accent", 1.25, dashed=True),
                  body=body(say("in build", 11)), link=Link("#text", "To the text")),
        TextItem(name="Axis", box=box(0, 4, 2, 0.2), rotation=270,
                 body=body(say("Infrastructure control", 11, bold=True))),
        TextItem(name="Heading", box=box(8.5, 3.5, 3, 0.4), link=Link("https://example.org/a b"),
                 body=body(say("In the heading face", 16), heading=True)),
        ShapeItem(name="Hub", box=box(0.6, 5, 0.2, 0.2), fill="tier4", alt='Two "lines"\nof alt'),
    )  # fmt: skip
    return Page(slide_id="shapes", title="Shapes", layout="content", items=items)


def text_page() -> Page:
    """Runs of all kinds, lists, other scripts."""
    place = house().layouts["text"].placeholder("text")
    runs = Paragraph(
        (
            Run(" Plain, "), Run("bold, ", bold=True), Run("italic, ", italic=True),
            Run("code ", code=True), Run("accent, ", color="accent"),
            Run("to the shapes, ", link=Link("#shapes", "Jump")),
            Run("a page, ", link=Link("https://example.org/?a=1&b=2")),
            Run("own colour ", color="pos", link=Link("https://example.org/?a=1&b=2")),
        ),
        14, 18, color="ink2",
    )  # fmt: skip
    words = Body(
        (
            runs,
            Paragraph((), 9, 11),
            say("שלום, עולם – Hebrew first"),
            say("日本語 and مرحبا and 👩‍🚀 in one line"),
            Paragraph((Run("first line\nsecond line"),), 12, 16, align="right", before_pt=6),
            Paragraph((Run("a bullet"),), 12, 16, bullet="•", indent_pt=12),
        ),
        insets=(inches(0.1), 0, inches(0.2), 0),
    )
    listed = Body(tuple(_list_item(place, f"Level {n}", n) for n in range(3)))
    balanced = TextItem(
        name="Title", box=house().layouts["text"].placeholder("title").box, placeholder="title",
        inherits_box=True, role="title",
        body=Body((say("A title that is balanced by its inset", 28, bold=True),),
                  insets=(0, 0, inches(4), 0), heading=True),
    )  # fmt: skip
    items: tuple[Item, ...] = (
        balanced,
        TextItem(name="Text", box=box(0.6, 1.65, 12.1, 1.2), body=listed, placeholder="text"),
        TextItem(name="Words", box=box(0.6, 3.2, 8, 3), body=words),
    )
    return Page(
        slide_id="text", title="Text", layout="text", items=items,
        notes=(Note("Say", "Two lines\nin one note & more."), Note("", "No lead.")),
    )  # fmt: skip


def table_page() -> Page:
    """A table with spans both ways, rules and fills."""

    def cell(text: str, *, bold: bool = False, **more: int) -> Cell:
        return Cell(
            Body((say(text, 14, bold=bold),), anchor="middle", insets=(91_440, 0, 45_720, 0)),
            below=HAIR, rows=more.get("rows", 1), columns=more.get("columns", 1),
        )  # fmt: skip

    gone = Cell(Body(()), covered=True)
    rows = (
        (cell("Tier", bold=True), cell("Company", bold=True), cell("Share", bold=True)),
        (cell("One", rows=2), cell("Meta"), cell("1.5")),
        (gone, cell("Google & co"), cell("2.0")),
        (cell("Both ways", rows=2, columns=2), gone, cell("3")),
        (gone, gone, cell("4")),
    )
    table = TableItem(
        name="Companies", box=box(0.6, 1.65, 9, 2.5), rows=rows, alt="Companies by tier",
        widths=(inches(2), inches(5), inches(2)), heights=(inches(0.5),) * 5,
    )  # fmt: skip
    title = fill_placeholder("content", "title", "A table is a table")
    return Page(slide_id="table", title="Table", layout="content", items=(title, table))


def charts_page() -> Page:
    """Both charts and a picture, twice."""
    bars = CategoryChart(
        categories=("Meta", "Google", "xAI"),
        series=(
            CategorySeries(
                "Share", (CategoryPoint(3), CategoryPoint(2, "tier2"), CategoryPoint(None))
            ),
        ),
    )
    points = (XyPoint("Meta", 2, 8), XyPoint("xAI", 7, 3, "left"))
    picture = PictureItem(
        name="Heat map", box=box(8, 5, 1, 1), data=png(), media="png", alt="A red square",
        crop=(0.1, 0, 0, 0.25),
    )  # fmt: skip
    items: tuple[Item, ...] = (
        fill_placeholder("content", "title", "Charts carry their workbooks"),
        ChartItem(name="Bars", box=box(0.6, 1.65, 6, 3), chart=bars, alt="Meta 3, Google 2"),
        ChartItem(name="Map", box=box(7, 1.65, 5, 3), chart=XyChart((XySeries("T1", points),)),
                  alt="Meta high, xAI low"),
        picture,
        PictureItem(name="Again", box=box(10, 5, 1, 1), data=png(), media="png", alt="Again"),
    )  # fmt: skip
    return Page(slide_id="charts", title="Charts", layout="content", items=items)


def png() -> bytes:
    """A red picture, 8 by 8."""
    pixels = (b"\0" + b"\xc0\x20\x20" * 8) * 8
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(pixels)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def scene_of(*pages: Page, theme: str = "light", sections: tuple[Section, ...] = ()) -> Scene:
    """A scene of these pages."""
    properties = Properties(
        title="Everything & more", subject="A sample", author="Ann Author", keywords="one, two"
    )
    return Scene(pages=pages, theme=load_theme(theme, 4), properties=properties, sections=sections)


def everything(theme: str = "light", charts: bool = True) -> Scene:
    """Every layout, then every type of item."""
    pages = [layout_page(layout) for layout in house().layouts]
    pages = [p for p in pages if p.slide_id != "text"] + [text_page(), shapes_page(), table_page()]
    pages += [charts_page()] if charts else []
    sections = (Section("Layouts", 1, 5), Section("Items & more", 6, len(pages) - 6))
    return scene_of(*pages, theme=theme, sections=sections)
