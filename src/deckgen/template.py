"""The house template: which layouts there are, their placeholders, the content frame.

A layout is what the master offers a page; a slide kind lays itself out in its frame,
and the PowerPoint writer writes the same layouts as real ones. Every place is a function of
the slide's size. Lengths in EMU.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from deckgen.box import Align, Anchor, Box
from deckgen.units import inches

if TYPE_CHECKING:
    from deckgen.opc import Parts

LINE_PITCH = 1.2  # distance of baselines over size; PowerPoint and LibreOffice both keep it
MARGIN = inches(0.6)
# Slide sizes as PowerPoint's Page Setup has them, width and height; A4 with its margins.
SIZES = {
    "16:9": (inches(13.333333), inches(7.5)),
    "16:10": (inches(12), inches(7.5)),
    "A4": (inches(10.833333), inches(7.5)),
    "4:3": (inches(10), inches(7.5)),
}
USUAL_SIZE = "16:9"

# ST_PlaceholderType (19.7.10); `obj` is what a placeholder without a type is.
PlaceholderType = Literal[
    "title",
    "ctrTitle",
    "subTitle",
    "body",
    "obj",
    "ftr",
    "sldNum",
    "dt",
    "pic",
    "tbl",
    "chart",
    "clipArt",
    "dgm",
    "media",
    "hdr",
    "sldImg",
]


class Placeholder(Struct, frozen=True, kw_only=True):
    """A placeholder of a layout (ECMA-376 part 1, 19.3.1.36) with its text style.

    Those of a company's template say more. `insets` are left, top, right, bottom of its text;
    `sizes` (points) those in which a text may be set, the largest first. A `restyled` one has
    text that says all of its style, and its place if that is `moved`; a `loose` one is not
    there: what it would hold is a text box. `face` is "" for the theme's, `caps` sets all
    letters as capitals, `wider` is how much wider text is than its face is known to be.
    """

    key: str
    type: PlaceholderType
    idx: int
    box: Box
    name: str
    size_pt: float
    prompt: str
    bold: bool = False
    color: str = "ink"
    align: Align = "left"
    anchor: Anchor = "top"
    bullets: bool = False
    insets: tuple[int, int, int, int] = (0, 0, 0, 0)
    sizes: tuple[float, ...] = ()
    restyled: bool = False
    moved: bool = False
    loose: bool = False
    face: str = ""
    caps: bool = False
    wider: float = 1.0

    @property
    def inner(self) -> Box:
        """Where its text stands, as wide as its words may be measured."""
        left, top, right, bottom = self.insets
        room = self.box.inset(left, top, right, bottom)
        return Box(room.x, room.y, round(room.w / self.wider), room.h)


class Art(Struct, frozen=True):
    """A filled rectangle that the layout paints behind its slides.

    A `fill` of None is a picture, or whatever else is no one colour.
    """

    name: str
    box: Box
    fill: str | None


class Imprint(Struct, frozen=True, kw_only=True):
    """Words that the layout prints on all its slides."""

    name: str
    box: Box
    words: str
    size_pt: float
    color: str
    bold: bool = False
    align: Align = "left"


class Emblem(Struct, frozen=True):
    """A picture that the layout shows on all its slides."""

    name: str
    box: Box
    data: bytes
    media: Literal["png", "jpeg", "gif"]


class Layout(Struct, frozen=True, kw_only=True):
    """A slide layout. `frame` is the box in which a kind may place its content.

    A frame without height is none: the layout is whole as it is. `part` is the layout's name in
    a company's template; on `patch` of it, a box in the colour `bg`, the content can be read. A
    `banner` is art behind its title, which would stand empty without it.
    """

    key: str
    name: str
    type: str  # ST_SlideLayoutType
    frame: Box
    placeholders: tuple[Placeholder, ...]
    background: str = "bg"
    art: tuple[Art, ...] = ()
    imprints: tuple[Imprint, ...] = ()
    emblems: tuple[Emblem, ...] = ()
    part: str = ""
    patch: Box | None = None
    banner: bool = False

    def placeholder(self, key: str) -> Placeholder:
        """The placeholder with this key; KeyError if the layout has none."""
        for placeholder in self.placeholders:
            if placeholder.key == key:
                return placeholder
        raise KeyError(key)

    def has(self, key: str) -> bool:
        return any(placeholder.key == key for placeholder in self.placeholders)


class Template(Struct, frozen=True):
    """What a deck is laid out in: the slide's size and the layouts by key.

    `parts` are those of a company's template, in which the deck is written; its slides are
    `scale` times as large as the deck is laid out.
    """

    width: int
    height: int
    layouts: dict[str, Layout]
    parts: Parts | None = None
    scale: float = 1.0

    @property
    def slide(self) -> Box:
        """The whole slide."""
        return Box(0, 0, self.width, self.height)


class _Grid(Struct, frozen=True):
    """The house's lines on a slide of this size. Lengths in EMU."""

    width: int
    height: int

    @property
    def right(self) -> int:
        return self.width - MARGIN

    @property
    def inner(self) -> int:
        return self.width - 2 * MARGIN

    @property
    def frame(self) -> Box:
        """Where content stands on most slides."""
        return Box(MARGIN, inches(1.65), self.inner, self.height - inches(2.6))

    def across(self, length: float) -> int:
        """EMU of so many inches on a 16:9 slide, narrower where the slide is."""
        return round(inches(length) * self.width / SIZES[USUAL_SIZE][0])

    def up(self, length: float) -> int:
        """So many inches from the bottom."""
        return self.height - inches(length)

    def line(self, y: float, width: int, height: float) -> Box:
        """A box at the left margin; `y` and `height` in inches."""
        return Box(MARGIN, inches(y), width, inches(height))


def _title(grid: _Grid) -> Placeholder:
    return Placeholder(
        key="title", type="title", idx=0, name="Title",
        prompt="Say the slide’s message in a sentence",
        box=grid.line(0.6, grid.inner, 0.85), size_pt=24, bold=True,
    )  # fmt: skip


def _kicker(grid: _Grid) -> Placeholder:
    return Placeholder(
        key="kicker", type="body", idx=21, name="Kicker", prompt="KICKER",
        box=grid.line(0.34, grid.across(8.0), 0.2), size_pt=11, bold=True, color="kicker",
    )  # fmt: skip


def _number(grid: _Grid) -> Placeholder:
    box = Box(grid.right - inches(1.0), grid.up(0.44), inches(1.0), inches(0.18))
    return Placeholder(
        key="number", type="sldNum", idx=12, name="Slide number", prompt="‹#›",
        box=box, size_pt=9, color="muted", align="right",
    )  # fmt: skip


def _chrome(grid: _Grid) -> tuple[Placeholder, ...]:
    """Source, footer and number, which stand below the content."""
    source = Placeholder(
        key="source", type="body", idx=20, name="Source", prompt="Note and source",
        box=Box(MARGIN, grid.up(0.88), grid.inner, inches(0.34)), size_pt=9, color="muted",
        anchor="bottom",
    )  # fmt: skip
    footer = Placeholder(
        key="footer", type="ftr", idx=11, name="Footer", prompt="",
        box=Box(MARGIN, grid.up(0.44), grid.across(8.0), inches(0.18)), size_pt=9, color="muted",
    )  # fmt: skip
    return source, footer, _number(grid)


def _body(key: str, idx: int, box: Box) -> Placeholder:
    return Placeholder(
        key=key, type="body", idx=idx, name="Text", prompt="Text", box=box,
        size_pt=16, color="ink2", bullets=True,
    )  # fmt: skip


def _cover(grid: _Grid) -> Layout:
    def line(
        key: str, idx: int, y: int, size_pt: float, prompt: str, **style: str | bool
    ) -> Placeholder:
        return Placeholder(
            key=key, type="body", idx=idx, name=prompt, prompt=prompt,
            box=Box(MARGIN, y, grid.across(6.5), inches(0.3)), size_pt=size_pt,
            bold=bool(style.get("bold", False)), color=str(style.get("color", "on_panel2")),
        )  # fmt: skip

    title = Placeholder(
        key="title", type="ctrTitle", idx=0, name="Title", prompt="Title",
        box=grid.line(1.8, grid.across(6.9), 2.2), size_pt=44, bold=True, color="on_panel",
    )  # fmt: skip
    subtitle = Placeholder(
        key="subtitle", type="subTitle", idx=1, name="Subtitle", prompt="Subtitle",
        box=grid.line(4.1, grid.across(6.4), 0.9), size_pt=24, color="on_panel2",
    )  # fmt: skip
    return Layout(
        key="cover", name="Cover", type="title", background="panel",
        frame=Box(MARGIN, inches(1.3), grid.inner, grid.height - inches(2.62)),
        placeholders=(
            title, line("kicker", 21, inches(1.3), 12, "Kicker", bold=True), subtitle,
            line("author", 22, grid.up(1.34), 14, "Author", bold=True, color="on_panel"),
            line("date", 23, grid.up(1.04), 14, "Date"),
        ),
        art=(Art("Rule", Box(MARGIN, grid.up(1.52), inches(0.9), inches(0.04)), "panel_accent"),),
    )  # fmt: skip


def _section(grid: _Grid) -> Layout:
    panel = Box(0, 0, grid.across(5.739), grid.height)
    left = panel.right + inches(0.6)
    room = panel.w - inches(1.139)
    return Layout(
        key="section", name="Section", type="secHead",
        frame=Box(left, inches(0.95), grid.right - left, grid.height - inches(1.9)),
        placeholders=(
            Placeholder(
                key="title", type="title", idx=0, name="Title", prompt="Section title",
                box=Box(MARGIN, grid.up(2.6), room, inches(1.7)), size_pt=28, bold=True,
                color="on_panel", anchor="bottom",
            ),
            Placeholder(
                key="kicker", type="body", idx=21, name="Kicker", prompt="SECTION",
                box=grid.line(0.6, room, 0.25), size_pt=12, bold=True, color="on_panel2",
            ),
            Placeholder(
                key="section_number", type="body", idx=24, name="Section number", prompt="1",
                box=grid.line(0.95, room, 1.7), size_pt=96, bold=True, color="on_panel",
            ),
        ),
        art=(Art("Panel", panel, "panel"),),
    )  # fmt: skip


def _insight(grid: _Grid) -> Layout:
    statement = Placeholder(
        key="title", type="title", idx=0, name="Statement", prompt="The one statement to remember",
        box=grid.line(1.05, grid.across(6.17), 3.1), size_pt=36, bold=True,
    )  # fmt: skip
    return Layout(
        key="insight", name="Insight", type="titleOnly",
        frame=Box(MARGIN, inches(1.05), grid.inner, grid.height - inches(2.0)),
        placeholders=(statement, _kicker(grid), *_chrome(grid)),
    )  # fmt: skip


def _closing(grid: _Grid) -> Layout:
    panel = Box(0, 0, grid.across(4.85), grid.height)
    left = panel.right + inches(0.5)
    room = panel.w - inches(1.05)
    return Layout(
        key="closing", name="Closing", type="titleOnly",
        frame=Box(left, inches(0.6), grid.right - left, grid.height - inches(1.2)),
        placeholders=(
            Placeholder(
                key="title", type="title", idx=0, name="Question", prompt="The strategic question",
                box=grid.line(1.15, room, 4.1), size_pt=40, bold=True, color="on_panel",
            ),
            Placeholder(
                key="kicker", type="body", idx=21, name="Kicker", prompt="KICKER",
                box=grid.line(0.6, room + inches(0.05), 0.25), size_pt=12, bold=True,
                color="on_panel2",
            ),
            Placeholder(
                key="instruction", type="body", idx=25, name="Instruction",
                prompt="What to do with the question",
                box=Box(MARGIN, grid.up(1.84), room, inches(1.2)), size_pt=14, color="on_panel2",
            ),
            _number(grid),
        ),
        art=(
            Art("Panel", panel, "panel"),
            Art("Rule", Box(MARGIN, grid.up(2.05), inches(0.9), inches(0.04)), "panel_accent"),
        ),
    )  # fmt: skip


@lru_cache(maxsize=8)
def house(size: str = USUAL_SIZE) -> Template:
    """The house template on slides of a size in `SIZES`; its layouts stand as on the master."""
    width, height = SIZES[size]
    grid = _Grid(width, height)
    frame, gap = grid.frame, inches(0.4)
    half = Box(MARGIN, frame.y, (frame.w - gap) // 2, frame.h)
    other = Box(half.right + gap, frame.y, half.w, frame.h)
    title, kicker, chrome = _title(grid), _kicker(grid), _chrome(grid)
    layouts = (
        _cover(grid),
        _section(grid),
        Layout(
            key="content", name="Title Only", type="titleOnly", frame=frame,
            placeholders=(title, kicker, *chrome),
        ),
        Layout(
            key="text", name="Title and Text", type="obj", frame=frame,
            placeholders=(title, kicker, _body("text", 1, frame), *chrome),
        ),
        Layout(
            key="columns", name="Two Text Columns", type="twoObj", frame=frame,
            placeholders=(
                title, kicker, _body("text", 1, half), _body("text2", 2, other), *chrome,
            ),
        ),
        _insight(grid),
        _closing(grid),
    )  # fmt: skip
    return Template(width, height, {layout.key: layout for layout in layouts})
