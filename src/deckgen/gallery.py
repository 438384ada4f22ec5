"""A theme's tokens go in, a deck of all kinds of slide in it comes out.

Each kind shows its own example. A theme has a deck of its own, because a deck has one theme:
so Design > Variants and the colour menus of PowerPoint are the theme's too.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from deckgen.builder import Deck, draft
from deckgen.loader import load
from deckgen.scene import Link, Page, Properties, Scene, Section
from deckgen.slides import example_path, kind_names
from deckgen.specimen import SHOWN_TIERS
from deckgen.theme import Tokens, make_theme

FIRST, LAST = ("cover", "agenda", "section", "summary"), ("sources", "closing")


class Gallery(Struct, frozen=True):
    """A deck of all kinds, and those whose example does not fit in the theme's faces."""

    deck: Deck
    refused: tuple[str, ...]


def build_gallery(tokens: Tokens) -> Gallery:
    """The deck of all kinds in a theme."""
    pages: list[Page] = []
    sections: list[Section] = []
    refused: list[str] = []
    for kind in _in_order():
        outline = replace(load(example_path(kind)), tokens=tokens)
        drafted = draft(outline)
        shown = {str(slide.id) for slide in drafted.outline.slides if slide.kind == kind}
        if any(slide in shown for slide, _ in drafted.refusals):
            refused.append(kind)
            continue
        found = [page for page in drafted.scene.pages if str(page.slide_id) in shown]
        sections.append(Section(kind, len(pages), len(found)))
        pages += [_moved(page, kind, shown) for page in found]
    scene = Scene(
        pages=tuple(pages),
        theme=make_theme(tokens, SHOWN_TIERS),
        properties=Properties(title=f"{tokens.name}: every kind of slide"),
        sections=tuple(sections),
    )
    return Gallery(Deck(scene), tuple(refused))


def _in_order() -> tuple[str, ...]:
    """All kinds: those that open a deck first, those that close one last."""
    rest = (kind for kind in kind_names() if kind not in (*FIRST, *LAST))
    return (*FIRST, *rest, *LAST)


def _moved(page: Page, kind: str, shown: set[str]) -> Page:
    """A page under an id that no other example has; links to what is not shown are left out."""

    def move(value: Any) -> Any:
        if isinstance(value, Link):
            target = value.target.removeprefix("#")
            if target == value.target:
                return value
            return replace(value, target=f"#{kind}-{target}") if target in shown else None
        if isinstance(value, tuple):
            return tuple(move(inner) for inner in value)
        if isinstance(value, Struct):
            fields = {name: getattr(value, name) for name in value.__struct_fields__}
            moved = {name: move(inner) for name, inner in fields.items()}
            return replace(value, **{n: v for n, v in moved.items() if v is not fields[n]})
        return value

    return replace(page, slide_id=f"{kind}-{page.slide_id}", items=move(page.items))
