"""Words on a page: runs, paragraphs, bodies, and the lines beside them."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from deckgen.box import Align, Anchor


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
