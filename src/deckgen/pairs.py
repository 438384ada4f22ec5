"""A theme's tokens go in, what in it could not be read comes out: texts on their grounds, ramps.

The least contrasts are those of WCAG 2.1: 4.5 : 1 for text, 3 : 1 for large text (from 18 points,
or 14 bold) and for marks (1.4.3 and 1.4.11).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import floor

from msgspec import Struct

from deckgen.theme import (
    LARGE,
    LEAST_TIERS,
    MARK,
    MOST_TIERS,
    SERIES,
    TEXT,
    Theme,
    Tokens,
    contrast,
    make_theme,
)


class Fault(Struct, frozen=True):
    """Two tokens that do not go together: what is wrong with them, in words."""

    first: str
    second: str
    told: str


_GROUNDS = ("bg", "surface", "surface2", "card")
# Each text with the grounds that it stands on, and the least contrast of the two.
PAIRS: tuple[tuple[str, str, float], ...] = (
    *((text, ground, TEXT) for text in ("ink", "ink2", "muted") for ground in _GROUNDS),
    *((text, ground, TEXT) for text in ("brand", "kicker") for ground in _GROUNDS),
    # On `surface2` these stand large or bold.
    *(
        (text, ground, LARGE if ground == "surface2" else TEXT)
        for text in ("accent", "pos", "neg")
        for ground in _GROUNDS
    ),
    ("accent", "accent_soft", TEXT),
    *((text, "accent_soft", TEXT) for text in ("ink", "ink2", "muted")),
    ("on_accent", "accent", TEXT),
    ("on_brand_soft", "brand_soft", TEXT),
    ("on_panel", "panel", TEXT),
    ("on_panel2", "panel", TEXT),
    ("series1", "bg", TEXT),
    ("series2", "bg", TEXT),
    ("brand_soft", "bg", MARK),
    ("panel_accent", "panel", MARK),
)


def find_faults(tokens: Tokens) -> list[Fault]:
    """Each pair of tokens under its floor, and ramps that do not go one way.

    Raises as `make_theme` does.
    """
    theme = make_theme(tokens, MOST_TIERS)
    faults = [*_faint(theme, PAIRS), *_unlabelled(theme)]
    given = len(tokens.tiers)  # whose stops are the steps, so that they are told of first
    counts = [given, *(n for n in range(LEAST_TIERS, MOST_TIERS + 1) if n != given)]
    even = True
    for count in counts:
        theme = make_theme(tokens, count)
        told = {(fault.first, fault.second) for fault in faults}
        pairs = [
            (f"on_{ramp}{n}", f"{ramp}{n}", TEXT)
            for ramp in ("tier", "motif") for n in range(1, count + 1)
        ]  # fmt: skip
        found = [*_faint(theme, pairs), *(_uneven(theme, count) if even else ())]
        even = even and not any(fault.first.startswith("tier") for fault in found)
        faults += [fault for fault in found if (fault.first, fault.second) not in told]
    return faults


def _faint(theme: Theme, pairs: Sequence[tuple[str, str, float]]) -> Iterator[Fault]:
    for text, ground, least in pairs:
        ratio = contrast(theme.color(text), theme.color(ground))
        if ratio < least:
            yield Fault(text, ground, f"`{text}` on `{ground}` has {told_ratio(ratio, least)}")


def _unlabelled(theme: Theme) -> Iterator[Fault]:
    """Parts of charts on which neither `ink` nor `bg` can be read: one of them labels a part."""
    for number in range(1, SERIES + 1):
        token = f"series{number}"
        ratios = {ink: contrast(theme.color(ink), theme.color(token)) for ink in ("ink", "bg")}
        ink = max(ratios, key=ratios.__getitem__)
        if ratios[ink] < TEXT:
            yield Fault(ink, token, f"`{ink}` on `{token}` has {told_ratio(ratios[ink], TEXT)}")


def _uneven(theme: Theme, count: int) -> Iterator[Fault]:
    """Neighbouring tiers of which the higher does not stand out more from the ground."""
    ground = theme.color("bg")
    for number in range(1, count):
        first, second = f"tier{number}", f"tier{number + 1}"
        strong, weak = (contrast(theme.color(tier), ground) for tier in (first, second))
        if strong <= weak:
            told = (
                f"of {count} tiers `{first}` stands out less from `bg` than `{second}`"
                f" ({strong:.1f} and {weak:.1f} : 1)"
            )
            yield Fault(first, second, told)


def told_ratio(ratio: float, least: float) -> str:
    """A contrast in words, rounded down so that one that misses never reads as the floor."""
    return f"a contrast of {floor(ratio * 10) / 10:.1f} : 1, and needs {least:g} : 1"
