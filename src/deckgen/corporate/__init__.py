"""A company's template goes in; the layouts and tokens that a deck is laid out with come out.

The template works as it is: its layouts are matched by their placeholders (`match`), their
frames computed from where they leave room, its colours and faces become our tokens
(`palette`). Nothing of its masters is changed; its sample slides are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from deckgen.box import Box
from deckgen.corporate.colors import Scheme, read_scheme
from deckgen.corporate.match import KEYS, Colors, Match, Surface, is_paper, match, to_layout
from deckgen.corporate.palette import make_theme
from deckgen.corporate.shapes import Sheet, read_sheets, walk
from deckgen.opc import NAMES, TemplateError, open_parts, sample_layouts
from deckgen.template import SIZES, USUAL_SIZE, Template
from deckgen.theme import Theme

HEIGHT = SIZES[USUAL_SIZE][1]  # at which decks are laid out
TOLERANCE = 0.03  # of it, below which a slide is as high
LARGEST = 51_206_400  # EMU, of a slide's side (ST_SlideSizeCoordinate)


class Corporate(Struct, frozen=True):
    """A template as read: what decks are laid out in, and how that was found.

    `ground` is the colour on which content stands; `literals` are colours of the template's own
    texts by token.
    """

    name: str
    template: Template
    scheme: Scheme
    ground: str
    literals: dict[str, str]
    sheets: tuple[Sheet, ...]
    matches: dict[str, Match]

    def theme(self, tiers: int, chosen: Mapping[str, str]) -> Theme:
        """Our tokens in its colours, for a deck of so many tiers."""
        made = make_theme(self.name, self.scheme, self.ground, tiers, chosen)
        return replace(made, colors={**made.colors, **self.literals})


def read_template(data: bytes, name: str, layouts: Mapping[str, str]) -> Corporate:
    """A .pptx or .potx as a template. `layouts` are layout names by key (`match.NAMED`).

    TemplateError tells why it cannot serve.
    """
    return _read(data, name, tuple(sorted(layouts.items())))


@lru_cache(maxsize=4)
def _read(data: bytes, name: str, layouts: tuple[tuple[str, str], ...]) -> Corporate:
    parts = open_parts(data)
    root = parts.tree(parts.main)
    size = root.find("p:sldSz", NAMES)
    sides = (int(size.get(side, 0)) if size is not None else 0 for side in ("cx", "cy"))
    slide = Box(0, 0, *sides)
    unit = slide.h / HEIGHT if abs(slide.h / HEIGHT - 1) > TOLERANCE else 1.0
    if not (0 < slide.w <= LARGEST and 0 < slide.h <= LARGEST):
        raise TemplateError("it is broken: it tells no slide size", "repair it in PowerPoint")
    defaults = root.find("p:defaultTextStyle", NAMES)
    schemes, bodies, sheets = {}, {}, []
    for master in parts.related(parts.main, "slideMaster"):
        schemes[master] = read_scheme(parts, master)
        bodies[master] = tuple(
            box
            for element, box in walk(parts.tree(master), unit)
            if box
            and (holder := element.find(".//p:nvPr/p:ph", NAMES)) is not None
            and holder.get("type") == "body"
        )
        sheets += read_sheets(parts, master, schemes[master], defaults, unit)
    slide = Box(0, 0, round(slide.w / unit), round(slide.h / unit))
    surface = Surface(slide, parts, schemes, bodies)
    matches = match(sheets, surface, sample_layouts(data), dict(layouts))
    colors = Colors()
    ours = {key: to_layout(matches[key], surface, colors) for key in KEYS}
    content = matches["content"]
    scheme = schemes[content.sheet.master]
    flat = content.frame.flat and content.frame.colors
    patch = scheme.colors["bg1"] if is_paper(scheme.colors["bg1"]) else "FFFFFF"
    ground = content.frame.colors[0] if flat and content.frame.colors else patch
    return Corporate(
        name, Template(slide.w, slide.h, ours, parts, unit), scheme, ground, colors.tokens,
        tuple(sheets), matches,
    )  # fmt: skip
