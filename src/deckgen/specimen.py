"""A theme's tokens go in, what there is to show of it comes out: its colours, faces, contrast."""

from __future__ import annotations

from msgspec import Struct

from deckgen.advances import is_measured
from deckgen.pairs import PAIRS
from deckgen.theme import SERIES, Theme, Tokens, contrast, make_theme

SHOWN_TIERS = 4
_GROUPS = {
    "ground": ("bg", "surface", "surface2", "card", "hair", "panel"),
    "text": ("ink", "ink2", "muted", "kicker", "on_panel", "on_panel2"),
    "signal": ("brand", "brand_soft", "accent", "accent_soft", "panel_accent", "pos", "neg"),
    "tiers": tuple(f"tier{number}" for number in range(1, SHOWN_TIERS + 1)),
    "series": tuple(f"series{number}" for number in range(1, SERIES + 1)),
}


class Pair(Struct, frozen=True):
    """A text on a ground: their tokens, their contrast, and the least that it may have."""

    text: str
    ground: str
    contrast: float
    least: float


class Specimen(Struct, frozen=True):
    """A theme as it is shown. `groups` hold six hex digits by token; `guessed` are faces whose
    widths no table has; `faintest` is the pair that is nearest to its floor.
    """

    name: str
    about: str
    dark: bool
    heading: str
    body: str
    guessed: tuple[str, ...]
    groups: dict[str, dict[str, str]]
    pairs: tuple[Pair, ...]
    faintest: Pair


def make_specimen(tokens: Tokens) -> Specimen:
    """A theme as it is shown, with a ramp of SHOWN_TIERS."""
    theme = make_theme(tokens, SHOWN_TIERS)
    faces = dict.fromkeys((theme.heading_font, theme.body_font))
    pairs = _pairs(theme)
    return Specimen(
        name=theme.name,
        about=tokens.about,
        dark=theme.dark,
        heading=theme.heading_font,
        body=theme.body_font,
        guessed=tuple(face for face in faces if not is_measured(face)),
        groups={
            group: {token: theme.color(token) for token in members}
            for group, members in _GROUPS.items()
        },
        pairs=pairs,
        faintest=min(pairs, key=lambda pair: pair.contrast / pair.least),
    )


def _pairs(theme: Theme) -> tuple[Pair, ...]:
    return tuple(
        Pair(text, ground, round(contrast(theme.color(text), theme.color(ground)), 2), least)
        for text, ground, least in PAIRS
    )
