"""A theme or a template goes in, a deck of all kinds of slide in it comes out.

Each kind shows its own example. A theme has a deck of its own, because a deck has one theme:
so Design > Variants and the colour menus of PowerPoint are the theme's too.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from deckgen.builder import Deck, draft
from deckgen.dress import dress
from deckgen.loader import load
from deckgen.look import TemplateChoice
from deckgen.scene import Link, Page, Properties, Scene, Section
from deckgen.slides import example_path, kind_names
from deckgen.specimen import SHOWN_TIERS
from deckgen.theme import Tokens

FIRST, LAST = ("cover", "agenda", "section", "summary"), ("sources", "closing")


class Gallery(Struct, frozen=True):
    """A deck of all kinds, and why the examples of those that are not in it do not fit."""

    deck: Deck
    refused: dict[str, str]


def build_gallery(tokens: Tokens | None = None, template: TemplateChoice | None = None) -> Gallery:
    """The deck of all kinds in a theme, or in a company's template."""
    pages: list[Page] = []
    sections: list[Section] = []
    refused: dict[str, str] = {}
    for kind in _in_order():
        # The code that an example names is deckgen's own as well.
        example = load(example_path(kind), allow_code=True)
        outline = replace(example, tokens=tokens, template=template)
        drafted = draft(outline)
        shown = {str(slide.id) for slide in drafted.outline.slides if slide.kind == kind}
        reasons = [problem.message for slide, problem in drafted.refusals if slide in shown]
        if reasons:
            refused[kind] = reasons[0]
            continue
        found = [page for page in drafted.scene.pages if str(page.slide_id) in shown]
        sections.append(Section(kind, len(pages), len(found)))
        pages += [_moved(page, kind, shown) for page in found]
    look = replace(load(example_path(FIRST[0])), tokens=tokens, template=template)
    dressed, theme = dress(look, SHOWN_TIERS)
    scene = Scene(
        pages=tuple(pages),
        theme=theme,
        template=dressed,
        properties=Properties(title=f"{theme.name}: every kind of slide"),
        sections=tuple(sections),
    )
    return Gallery(Deck(scene), refused)


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
