"""The colours of what stands in a chart, and of words on and beside it, as tokens of the theme."""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.theme import SERIES, Theme, contrast

TEXT_CONTRAST = 4.5  # WCAG 2.1, 1.4.3


def palette(count: int) -> list[str]:
    """Colour tokens of so many series, the strongest first, as far apart as can be."""
    spaced = {1: (1,), 2: (1, 4), 3: (1, 3, 5), 4: (1, 2, 4, 5), 5: (1, 2, 3, 4, 5)}
    return [f"series{number}" for number in spaced.get(count, range(1, SERIES + 1))]


def series_fills(marked: Sequence[bool]) -> list[str]:
    """The fill of each series: the accent for one that is `marked`, of the palette for the rest."""
    if not any(marked):
        return palette(len(marked))
    rest = iter(palette(len(marked) + 1)[1:])
    return ["accent" if on else next(rest) for on in marked]


def text_on(theme: Theme, fill: str) -> str:
    """The colour token of text on a fill: whichever of ink and ground reads better."""
    if fill.startswith("tier"):
        return f"on_{fill}"
    known = {"accent": "on_accent", "brand_soft": "on_brand_soft", "accent_soft": "accent"}
    if fill in known:
        return known[fill]
    ground = theme.color(fill)
    return max(("bg", "ink"), key=lambda token: contrast(theme.color(token), ground))


def label_ink(theme: Theme, token: str) -> str:
    """The colour of a label beside what is drawn in a colour: the same if it can be read."""
    readable = contrast(theme.color(token), theme.color("bg")) >= TEXT_CONTRAST
    return token if readable else "ink2"
