"""A template's colours and faces go in, our tokens come out, each readable on its ground.

Tokens are tints of the template's own theme colours, so that a change of its theme recolours
the deck. A colour that misses its contrast is made darker on a light ground, lighter on a dark
one, 2 % of luminance at a time. Floors are those of WCAG 2.1: 4.5 for text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from colorsys import rgb_to_hls

from deckgen.corporate.colors import Scheme
from deckgen.theme import (
    DARKEST_LIGHT,
    MARK,
    SERIES,
    TEXT,
    Theme,
    Tint,
    contrast,
    luminance,
    mix,
)

WORDS = (
    "tx1", "bg1", "tx2", "bg2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6",
    "hlink", "folHlink",
)  # fmt: skip
_APART = 40 / 360  # of the colour circle, between the brand's hue and that of emphasis
_COLORFUL = 0.25
_FADES = 60  # percent of saturation, that the last tier would lose if it were white
# Gains and losses, that a brand's own colours seldom tell.
_DELTAS = {False: ("1B7A50", "B3261E"), True: ("5FD19A", "FF8A80")}
# Percent of saturation, of luminance, and of luminance added: a chart's parts after the first.
_SERIES = {
    False: ((100, 100, 0), (55, 80, 20), (45, 60, 40), (45, 44, 56), (50, 28, 72), (50, 16, 84)),
    True: ((100, 100, 0), (70, 78, 0), (60, 61, 0), (55, 48, 0), (50, 37, 0), (45, 28, 0)),
}


class _Tokens:
    """Tokens being mixed: six hex digits of each, and the tint it is, if it is one."""

    def __init__(self, scheme: Scheme, ground: str) -> None:
        self.colors = {word: scheme.colors[word] for word in WORDS}
        self.tints: dict[str, Tint] = {}
        self.colors["bg"] = ground
        self.dark = luminance(ground) < DARKEST_LIGHT

    def take(self, token: str, base: str, saturation: int, light: int, added: int) -> str:
        """Make a token a tint of a base colour; its six hex digits."""
        tint = Tint(base, saturation, light, added)
        self.tints[token] = tint
        self.colors[token] = tint.of(self.colors[base])
        return self.colors[token]

    def same(self, token: str, other: str) -> None:
        """Make a token the same colour as another."""
        self.colors[token] = self.colors[other]
        if other in self.tints:
            self.tints[token] = self.tints[other]

    def readable(self, token: str, base: str, grounds: Sequence[str], least: float = TEXT) -> None:
        """Make a token the base colour, as little changed as it takes to be read on grounds."""
        dark = luminance(self.colors[grounds[0]]) < DARKEST_LIGHT
        for step in range(0, 100, 2):
            light, added = (100 - step, step) if dark else (100 - step, 0)
            made = self.take(token, base, 100, light, added)
            if all(contrast(made, self.colors[ground]) >= least for ground in grounds):
                return
        del self.tints[token]
        self.same(token, "ink")

    def better(self, token: str, fill: str) -> None:
        """Make a token whichever of ink and ground reads better on a fill; else black or white."""
        choices = [self.colors["ink"], self.colors["bg"], "FFFFFF", "000000"]
        best = max(choices[:2], key=lambda color: contrast(color, self.colors[fill]))
        if contrast(best, self.colors[fill]) < TEXT:
            best = max(choices, key=lambda color: contrast(color, self.colors[fill]))
        self.colors[token] = best


def make_theme(
    name: str, scheme: Scheme, ground: str, tiers: int, chosen: Mapping[str, str]
) -> Theme:
    """Our tokens in a template's colours. `ground` is the colour on which content stands.

    `chosen` gives the base of `brand` and `accent`, as six hex digits or a word of the theme.
    """
    tokens = _Tokens(scheme, ground)
    bases = {token: _base(tokens, token, word) for token, word in chosen.items() if word}
    _papers(tokens)
    brand = bases.get("brand", "accent1")
    accent = bases.get("accent") or _find_accent(tokens.colors, brand)
    papers, read_on = ("bg", "surface", "surface2"), ("bg", "surface", "card")
    tokens.readable("brand", brand, papers)
    tokens.same("kicker", "brand")
    tokens.readable("accent", accent, read_on)
    tokens.better("on_accent", "accent")
    _softs(tokens, brand, accent)
    _panel(tokens, accent)
    for token, color in zip(("pos", "neg"), _DELTAS[tokens.dark], strict=True):
        tokens.colors[token] = _until(
            color, tokens.colors["ink"], [tokens.colors[p] for p in read_on]
        )
    _ramp(tokens, brand, max(2, tiers))
    first = _first(tokens, brand)
    for number, (full, share, more) in enumerate(_SERIES[tokens.dark][:SERIES], start=1):
        light, added = first.luminance * share // 100, first.added * share // 100 + more
        tokens.take(f"series{number}", brand, full, light, added)
        _settle_part(tokens, number)
    tints = {
        token: tint for token, tint in tokens.tints.items() if tint != Tint(tint.token, 100, 100, 0)
    }
    return Theme(
        name, tokens.dark, scheme.heading_font or scheme.body_font, scheme.body_font, tokens.colors,
        tiers, tints, {word: word for word in WORDS},
    )  # fmt: skip


def _base(tokens: _Tokens, token: str, word: str) -> str:
    """The token that holds a chosen base: a word of the theme, or a colour of its own."""
    if word in WORDS:
        return word
    tokens.colors[f"{token}_base"] = word.upper()
    return f"{token}_base"


def _papers(tokens: _Tokens) -> None:
    """Grounds and inks."""
    colors, dark = tokens.colors, tokens.dark
    words = [word for word in ("tx1", "tx2", "bg1", "bg2") if colors[word] != colors["bg"]]
    ink = next((w for w in words if contrast(colors[w], colors["bg"]) >= 7), "")
    if ink:
        tokens.same("ink", ink)
    else:
        ink, colors["ink"] = "ink", "FFFFFF" if dark else "000000"
    ground = next((word for word in WORDS if colors[word] == colors["bg"]), "bg")
    for token, step in (("surface", 5), ("surface2", 10)):
        tokens.take(token, ground, 100, 100 - step, step if dark else 0)
    tokens.take("hair", ground, 40 if dark else 100, 75 if dark else 82, 25 if dark else 0)
    tokens.same("card", "surface2" if dark else "bg")
    for token, step in (("ink2", 20), ("muted", 35)):
        for less in range(step, -1, -5):
            made = tokens.take(token, ink, 100, 100 - less, 0 if dark else less)
            if all(contrast(made, colors[p]) >= TEXT for p in ("bg", "surface", "surface2")):
                break


def _find_accent(colors: Mapping[str, str], brand: str) -> str:
    """The theme's first colour of another hue than the brand's."""
    own = _hue(colors[brand])
    for number in range(1, 7):
        word = f"accent{number}"
        away = abs(_hue(colors[word]) - own)
        if min(away, 1 - away) >= _APART and _saturation(colors[word]) >= _COLORFUL:
            return word
    return "accent2"


def _hls(color: str) -> tuple[float, float, float]:
    red, green, blue = (int(color[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return rgb_to_hls(red, green, blue)


def _hue(color: str) -> float:
    return _hls(color)[0]


def _saturation(color: str) -> float:
    return _hls(color)[2]


def _softs(tokens: _Tokens, brand: str, accent: str) -> None:
    """A field behind words of emphasis; and bars beside those, as soft as they can be seen."""
    for step in range(12, 0, -2):
        if tokens.dark:
            made = tokens.take("accent_soft", accent, 45, step * 3, 0)
        else:
            made = tokens.take("accent_soft", accent, 70, step, 100 - step)
        if min(contrast(made, tokens.colors[w]) for w in ("accent", "ink", "muted")) >= TEXT:
            break
    for step in range(90, -1, -2):
        light, added = (100 - step, 0) if tokens.dark else (100 - step, step)
        made = tokens.take("brand_soft", brand, 45, light, added)
        if contrast(made, tokens.colors["bg"]) >= MARK:
            break
    if contrast(made, tokens.colors["bg"]) < MARK:
        tokens.same("brand_soft", "brand")
    tokens.better("on_brand_soft", "brand_soft")


def _panel(tokens: _Tokens, accent: str) -> None:
    """The dark field of covers and side panels, and what stands on it."""
    tokens.same("panel", "surface" if tokens.dark else "brand")
    tokens.better("on_panel", "panel")
    fill, words = tokens.colors["panel"], tokens.colors["on_panel"]
    softer = mix(words, fill, 0.25)
    tokens.colors["on_panel2"] = softer if contrast(softer, fill) >= TEXT else words
    tokens.readable("panel_accent", accent, ("panel",), 3.0)


def _until(color: str, toward: str, grounds: Sequence[str]) -> str:
    """A colour mixed with another until it reads on all grounds."""
    for step in range(0, 101, 5):
        made = mix(color, toward, step / 100)
        if all(contrast(made, ground) >= TEXT for ground in grounds):
            return made
    return toward


def _ramp(tokens: _Tokens, brand: str, tiers: int) -> None:
    """The tiers' fills, the first the strongest against the ground, and the text on each."""
    first = _first(tokens, brand)
    last = round(100 * _hls(tokens.colors["bg"])[1]) + 8 if tokens.dark else 100
    for number in range(1, tiers + 1):
        share = 0.8 * (number - 1) / (tiers - 1)
        light = round(first.luminance * (1 - share))
        added = round(first.added * (1 - share) + last * share)
        full = round(100 - _FADES * share)  # pure colours of one hue glare when they are light
        tokens.take(f"tier{number}", brand, full, light, min(100 - light, added))
        _settle(tokens, f"tier{number}")
    for number in range(tiers + 1, 7):  # kinds may ask for four
        tokens.same(f"tier{number}", f"tier{tiers}")
        tokens.same(f"on_tier{number}", f"on_tier{tiers}")
    for number in range(1, 7):
        tokens.same(f"motif{number}", f"tier{number}")
        tokens.same(f"on_motif{number}", f"on_tier{number}")


def _first(tokens: _Tokens, brand: str) -> Tint:
    """The first tier's fill: the brand's own colour where a mark in it can be seen."""
    own = Tint(brand, 100, 100, 0)
    seen = contrast(tokens.colors[brand], tokens.colors["bg"]) >= MARK
    return own if seen else tokens.tints.get("brand", own)


def _settle_part(tokens: _Tokens, number: int) -> None:
    """A chart's part away from the ground until its label can be read: on it, and for the first
    two, which may be lines, in its colour on the ground.
    """
    token = f"series{number}"
    tint, ground = tokens.tints[token], tokens.colors["bg"]
    for step in range(0, 100, 4):
        light = tint.luminance * (100 - step) // 100
        added = tint.added + step if tokens.dark else tint.added * (100 - step) // 100
        made = tokens.take(token, tint.token, tint.saturation, light, min(100, added))
        labels = max(contrast(made, tokens.colors[ink]) for ink in ("ink", "bg"))
        if labels >= TEXT and (number > 2 or contrast(made, ground) >= TEXT):
            return


def _settle(tokens: _Tokens, token: str) -> None:
    """The text on a fill, and the fill away from it until the text can be read."""
    tint = tokens.tints[token]
    tokens.better(f"on_{token}", token)
    darker = luminance(tokens.colors[f"on_{token}"]) > luminance(tokens.colors[token])
    for step in range(0, 60, 2):
        light = max(0, tint.luminance - step)
        added = tint.added if darker else min(100, tint.added + step)
        made = tokens.take(
            token, tint.token, tint.saturation, light, max(0, added - step) if darker else added
        )
        if contrast(made, tokens.colors[f"on_{token}"]) >= TEXT:
            return
