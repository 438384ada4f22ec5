"""What an outline says of its look goes in: a template with its frames, a theme of tokens.

Without a company's template the house's serves, in the outline's theme and slide size.
"""

from __future__ import annotations

from msgspec.structs import replace

from deckgen import footing
from deckgen.outline import Outline
from deckgen.template import Template, house
from deckgen.theme import Theme, load_tokens, make_theme


def dress(outline: Outline, tiers: int | None = None) -> tuple[Template, Theme]:
    """The template and the theme in which an outline that was checked is laid out.

    `tiers` is how many the ramp holds, if not those of the outline.
    """
    tiers = len(outline.tiers) if tiers is None else tiers
    if outline.template is None:
        theme = make_theme(outline.tokens or load_tokens(outline.theme), tiers)
        plain = house(outline.slide_size)
        return replace(plain, layouts=footing.dress(plain.layouts, theme)), theme
    from deckgen.templatefile import open_template  # loaded only for such a deck

    found = open_template(outline.template)
    return found.template, found.theme(tiers, outline.template.colors.chosen())
