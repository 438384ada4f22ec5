"""The house template: which layouts there are, their placeholders, the content frame.

A layout is what the master offers a page; a slide kind lays itself out in its frame,
and the PowerPoint writer writes the same layouts as real ones. Lengths in EMU.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from msgspec import Struct

from deckgen.scene import Align, Anchor, Box
from deckgen.units import inches

LINE_PITCH = 1.2  # distance of baselines over size; PowerPoint and LibreOffice both keep it
SLIDE_WIDTH = inches(13.333333)
SLIDE_HEIGHT = inches(7.5)
LEFT = inches(0.6)
RIGHT = SLIDE_WIDTH - LEFT
WIDTH = RIGHT - LEFT

PlaceholderType = Literal["title", "ctrTitle", "subTitle", "body", "ftr", "sldNum"]


class Placeholder(Struct, frozen=True, kw_only=True):
    """A placeholder of a layout (ECMA-376 part 1, 19.3.1.36) with its text style."""

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


class Art(Struct, frozen=True):
    """A filled rectangle that the layout paints behind its slides."""

    name: str
    box: Box
    fill: str


class Layout(Struct, frozen=True, kw_only=True):
    """A slide layout. `frame` is the box in which a kind may place its content."""

    key: str
    name: str
    type: str  # ST_SlideLayoutType
    frame: Box
    placeholders: tuple[Placeholder, ...]
    background: str = "bg"
    art: tuple[Art, ...] = ()

    def placeholder(self, key: str) -> Placeholder:
        """The placeholder with this key; KeyError if the layout has none."""
        for placeholder in self.placeholders:
            if placeholder.key == key:
                return placeholder
        raise KeyError(key)

    def has(self, key: str) -> bool:
        return any(placeholder.key == key for placeholder in self.placeholders)


def _box(x: float, y: float, w: float, h: float) -> Box:
    return Box(inches(x), inches(y), inches(w), inches(h))


FRAME = Box(LEFT, inches(1.65), WIDTH, inches(4.9))

_TITLE = Placeholder(
    key="title", type="title", idx=0, name="Title", prompt="Say the slide’s message in a sentence",
    box=Box(LEFT, inches(0.6), WIDTH, inches(0.85)), size_pt=24, bold=True,
)  # fmt: skip
_KICKER = Placeholder(
    key="kicker", type="body", idx=21, name="Kicker", prompt="KICKER",
    box=_box(0.6, 0.34, 8.0, 0.2), size_pt=11, bold=True, color="kicker",
)  # fmt: skip
_SOURCE = Placeholder(
    key="source", type="body", idx=20, name="Source", prompt="Note and source",
    box=Box(LEFT, inches(6.62), WIDTH, inches(0.34)), size_pt=9, color="muted", anchor="bottom",
)  # fmt: skip
_FOOTER = Placeholder(
    key="footer", type="ftr", idx=11, name="Footer", prompt="",
    box=_box(0.6, 7.06, 8.0, 0.18), size_pt=9, color="muted",
)  # fmt: skip
_NUMBER = Placeholder(
    key="number", type="sldNum", idx=12, name="Slide number", prompt="‹#›",
    box=Box(RIGHT - inches(1.0), inches(7.06), inches(1.0), inches(0.18)),
    size_pt=9, color="muted", align="right",
)  # fmt: skip
_CHROME = (_SOURCE, _FOOTER, _NUMBER)


def _body(key: str, idx: int, box: Box) -> Placeholder:
    return Placeholder(
        key=key, type="body", idx=idx, name="Text", prompt="Text", box=box,
        size_pt=16, color="ink2", bullets=True,
    )  # fmt: skip


def _cover() -> Layout:
    def line(
        key: str, idx: int, y: float, size_pt: float, prompt: str, **style: str | bool
    ) -> Placeholder:
        return Placeholder(
            key=key, type="body", idx=idx, name=prompt, prompt=prompt,
            box=_box(0.6, y, 6.5, 0.3), size_pt=size_pt,
            bold=bool(style.get("bold", False)), color=str(style.get("color", "on_panel2")),
        )  # fmt: skip

    title = Placeholder(
        key="title", type="ctrTitle", idx=0, name="Title", prompt="Title",
        box=_box(0.6, 1.8, 6.9, 2.2), size_pt=44, bold=True, color="on_panel",
    )  # fmt: skip
    subtitle = Placeholder(
        key="subtitle", type="subTitle", idx=1, name="Subtitle", prompt="Subtitle",
        box=_box(0.6, 4.1, 6.4, 0.9), size_pt=24, color="on_panel2",
    )  # fmt: skip
    return Layout(
        key="cover", name="Cover", type="title", background="panel",
        frame=Box(LEFT, inches(1.3), WIDTH, inches(4.88)),
        placeholders=(
            title, line("kicker", 21, 1.3, 12, "Kicker", bold=True), subtitle,
            line("author", 22, 6.16, 14, "Author", bold=True, color="on_panel"),
            line("date", 23, 6.46, 14, "Date"),
        ),
        art=(Art("Rule", _box(0.6, 5.98, 0.9, 0.04), "panel_accent"),),
    )  # fmt: skip


def _section() -> Layout:
    panel = Box(0, 0, inches(5.739), SLIDE_HEIGHT)
    left = panel.right + inches(0.6)
    return Layout(
        key="section", name="Section", type="secHead",
        frame=Box(left, inches(0.95), RIGHT - left, inches(5.6)),
        placeholders=(
            Placeholder(
                key="title", type="title", idx=0, name="Title", prompt="Section title",
                box=_box(0.6, 4.9, 4.6, 1.7), size_pt=28, bold=True, color="on_panel",
                anchor="bottom",
            ),
            Placeholder(
                key="kicker", type="body", idx=21, name="Kicker", prompt="SECTION",
                box=_box(0.6, 0.6, 4.6, 0.25), size_pt=12, bold=True, color="on_panel2",
            ),
            Placeholder(
                key="section_number", type="body", idx=24, name="Section number", prompt="1",
                box=_box(0.6, 0.95, 4.6, 1.7), size_pt=96, bold=True, color="on_panel",
            ),
        ),
        art=(Art("Panel", panel, "panel"),),
    )  # fmt: skip


def _insight() -> Layout:
    statement = Placeholder(
        key="title", type="title", idx=0, name="Statement", prompt="The one statement to remember",
        box=_box(0.6, 1.05, 6.17, 3.1), size_pt=36, bold=True,
    )  # fmt: skip
    return Layout(
        key="insight", name="Insight", type="titleOnly",
        frame=Box(LEFT, inches(1.05), WIDTH, inches(5.5)),
        placeholders=(statement, _KICKER, *_CHROME),
    )  # fmt: skip


def _closing() -> Layout:
    panel = Box(0, 0, inches(4.85), SLIDE_HEIGHT)
    left = panel.right + inches(0.5)
    return Layout(
        key="closing", name="Closing", type="titleOnly",
        frame=Box(left, inches(0.6), RIGHT - left, inches(6.3)),
        placeholders=(
            Placeholder(
                key="title", type="title", idx=0, name="Question", prompt="The strategic question",
                box=_box(0.6, 1.15, 3.8, 4.1), size_pt=40, bold=True, color="on_panel",
            ),
            Placeholder(
                key="kicker", type="body", idx=21, name="Kicker", prompt="KICKER",
                box=_box(0.6, 0.6, 3.85, 0.25), size_pt=12, bold=True, color="on_panel2",
            ),
            Placeholder(
                key="instruction", type="body", idx=25, name="Instruction",
                prompt="What to do with the question",
                box=_box(0.6, 5.66, 3.8, 1.2), size_pt=14, color="on_panel2",
            ),
            _NUMBER,
        ),
        art=(
            Art("Panel", panel, "panel"),
            Art("Rule", _box(0.6, 5.45, 0.9, 0.04), "panel_accent"),
        ),
    )  # fmt: skip


@lru_cache(maxsize=1)
def house_layouts() -> dict[str, Layout]:
    """The layouts of the house template, by key, in the order of the master."""
    gap = inches(0.4)
    half = Box(LEFT, FRAME.y, (WIDTH - gap) // 2, FRAME.h)
    other = Box(half.right + gap, FRAME.y, half.w, FRAME.h)
    layouts = (
        _cover(),
        _section(),
        Layout(
            key="content", name="Title Only", type="titleOnly", frame=FRAME,
            placeholders=(_TITLE, _KICKER, *_CHROME),
        ),
        Layout(
            key="text", name="Title and Text", type="obj", frame=FRAME,
            placeholders=(_TITLE, _KICKER, _body("text", 1, FRAME), *_CHROME),
        ),
        Layout(
            key="columns", name="Two Text Columns", type="twoObj", frame=FRAME,
            placeholders=(
                _TITLE, _KICKER, _body("text", 1, half), _body("text2", 2, other), *_CHROME,
            ),
        ),
        _insight(),
        _closing(),
    )  # fmt: skip
    return {layout.key: layout for layout in layouts}
