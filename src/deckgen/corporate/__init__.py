"""A company's template goes in; the layouts and tokens that a deck is laid out with come out.

The template works as it is: its layouts are read with what they inherit (`shapes`, `colors`),
their frames computed from where they leave room (`frames`), matched by their placeholders
(`match`) and taken over (`places`); its colours and faces become our tokens (`palette`). Nothing
of its masters is changed; its sample slides are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from deckgen.box import Box
from deckgen.corporate.colors import Scheme, count_pixels, read_scheme
from deckgen.corporate.frames import Surface, is_paper
from deckgen.corporate.match import KEYS, Match, match
from deckgen.corporate.palette import make_theme
from deckgen.corporate.places import Colors, to_layout
from deckgen.corporate.shapes import Sheet, read_sheets, walk
from deckgen.limits import MOST_TEMPLATE_LAYOUTS, MOST_TEMPLATE_PIXELS
from deckgen.opc import NAMES, Parts, TemplateError, open_parts, whole
from deckgen.template import SIZES, USUAL_SIZE, Template
from deckgen.theme import Theme

HEIGHT = SIZES[USUAL_SIZE][1]  # at which decks are laid out
TOLERANCE = 0.03  # of it, below which a slide is as high
SMALLEST, LARGEST = 914_400, 51_206_400  # EMU, of a slide's side (ST_SlideSizeCoordinate)
_SURPRISES = (
    ValueError, LookupError, AttributeError, TypeError, ArithmeticError, StopIteration,
    RecursionError,
)  # fmt: skip


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
    _refuse_much(parts)
    try:
        return _understand(parts, name, dict(layouts))
    except _SURPRISES as error:  # whatever else in it PowerPoint would not write
        told = f"it is broken in a way that nobody thought of ({type(error).__name__}: {error})"
        raise TemplateError(told, "repair it in PowerPoint") from error


def _refuse_much(parts: Parts) -> None:
    """Refuse a template that would take no end of time."""
    layouts = sum("slideLayout+xml" in kind for kind in parts.types.values())
    if layouts > MOST_TEMPLATE_LAYOUTS:
        raise TemplateError(f"it has {layouts:,} layouts (at most {MOST_TEMPLATE_LAYOUTS})")
    pictures = (name for name, kind in parts.types.items() if kind.startswith("image/"))
    pixels = sum(count_pixels(parts.data[name]) for name in pictures)
    if pixels > MOST_TEMPLATE_PIXELS:
        most = MOST_TEMPLATE_PIXELS // 1_000_000
        told = f"its pictures have {pixels / 1e6:,.0f} million pixels (at most {most})"
        raise TemplateError(told, "shrink its pictures")


def _understand(parts: Parts, name: str, layouts: Mapping[str, str]) -> Corporate:
    root = parts.tree(parts.main)
    slide, unit = _slide(root)
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
        sheets += read_sheets(parts, master, schemes[master], defaults, unit, slide)
    surface = Surface(slide, parts, schemes, bodies)
    matches = match(sheets, surface, parts.samples, layouts)
    colors = Colors()
    ours = {key: to_layout(matches[key], surface, colors) for key in KEYS}
    content = matches["content"]
    scheme = schemes[content.sheet.master]
    patch = scheme.colors["bg1"] if is_paper(scheme.colors["bg1"]) else "FFFFFF"
    under = content.frame.colors
    ground = under[0] if under and content.frame.flat else patch
    return Corporate(
        name, Template(slide.w, slide.h, ours, parts, unit), scheme, ground, colors.tokens,
        tuple(sheets), matches,
    )  # fmt: skip


def _slide(root: Any) -> tuple[Box, float]:
    """The slide as decks are laid out on it, and how many times as large the template's is."""
    size = root.find("p:sldSz", NAMES)
    width, height = (whole(size.get(side)) if size is not None else 0 for side in ("cx", "cy"))
    if not (SMALLEST <= width <= LARGEST and SMALLEST <= height <= LARGEST):
        raise TemplateError("it is broken: it tells no slide size", "repair it in PowerPoint")
    unit = height / HEIGHT if abs(height / HEIGHT - 1) > TOLERANCE else 1.0
    return Box(0, 0, round(width / unit), round(height / unit)), unit
