"""A theme's tokens, from YAML: colours by role, the tier ramp, faces.

`load_theme` gives a `Theme` whose colours include `tier1` .. `tierN` and the text
colour on each (`on_tier1` ..), computed for the number of tiers that the deck has.
"""

from __future__ import annotations

from collections.abc import Sequence
from colorsys import hls_to_rgb, rgb_to_hls
from functools import lru_cache
from importlib.resources import files

from msgspec import Struct, field

# Slots of a PowerPoint theme (ECMA-376 part 1, 20.1.6.2) and the token each holds.
SLOTS = {
    "dk1": "ink",
    "lt1": "bg",
    "dk2": "panel",
    "lt2": "surface",
    "accent1": "tier1",
    "accent2": "tier2",
    "accent3": "tier3",
    "accent4": "tier4",
    "accent5": "accent",
    "accent6": "pos",
    "hlink": "kicker",
    "folHlink": "muted",
}
# How a shape names a slot (`a:schemeClr/@val`) under the master's colour map.
_SCHEME_NAMES = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}
_HOUSE_NAMES = {token: _SCHEME_NAMES.get(slot, slot) for slot, token in SLOTS.items()}

RAMP_CONTRAST = 4.5
SERIES = 6  # tokens `series1` .. for parts of a chart that are no tiers, the strongest first


class Tint(Struct, frozen=True):
    """A colour made from another token's: its saturation and luminance (HSL) times so many
    percent, and so many percent of full luminance added (ECMA-376 part 1, 20.1.2.3.20 and 23).
    """

    token: str
    saturation: int
    luminance: int
    added: int

    def of(self, color: str) -> str:
        """The tint of six hex digits."""
        channels = [int(color[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        hue, light, full = rgb_to_hls(*channels)
        light = min(1.0, light * self.luminance / 100 + self.added / 100)
        made = hls_to_rgb(hue, light, min(1.0, full * self.saturation / 100))
        return "".join(f"{round(channel * 255):02X}" for channel in made)


class Theme(Struct, frozen=True):
    """Tokens by name. `colors` are six hex digits; `tiers` is how many the ramp holds.

    `tints` are tokens that a file names by the token they are made from; `names` are the words
    by which shapes call the tokens that slots of the theme hold.
    """

    name: str
    dark: bool
    heading_font: str
    body_font: str
    colors: dict[str, str]
    tiers: int
    tints: dict[str, Tint] = {}
    names: dict[str, str] = field(default_factory=lambda: _HOUSE_NAMES)

    def color(self, token: str) -> str:
        """Six hex digits of a token."""
        return self.colors[token]

    def scheme_name(self, token: str) -> str | None:
        """The theme slot that holds this token's colour, or None for a literal colour.

        A token without a slot of its own takes one of the same colour (`on_panel` is
        the light theme's `bg`), so that Design > Variants recolours it as well.
        """
        if token in self.names:
            return self.names[token]
        wanted = self.colors[token]
        return next((n for t, n in self.names.items() if self.colors[t] == wanted), None)


def luminance(color: str) -> float:
    """Relative luminance of six hex digits, 0 to 1 (WCAG 2.1, relative luminance)."""
    channels = [int(color[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.1, contrast ratio)."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(first: str, second: str, share: float) -> str:
    """`first` with a `share` (0 to 1) of `second`, channel by channel."""
    pairs = ((int(first[i : i + 2], 16), int(second[i : i + 2], 16)) for i in (0, 2, 4))
    return "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def ramp(stops: Sequence[str], count: int, texts: Sequence[str]) -> list[tuple[str, str]]:
    """`count` fills through `stops`, each with the text colour that reads better on it.

    A fill whose text would miss 4.5 : 1 moves away from its text colour, 2 % at a time.
    """
    steps = []
    for index in range(count):
        place = index * (len(stops) - 1) / max(1, count - 1)
        low = min(int(place), len(stops) - 2)
        fill = mix(stops[low], stops[low + 1], place - low)
        text = max(texts, key=lambda color: contrast(color, fill))
        away = "000000" if luminance(text) > luminance(fill) else "FFFFFF"
        start, share = fill, 0.0
        while contrast(text, fill) < RAMP_CONTRAST and share < 1:
            share += 0.02
            fill = mix(start, away, share)
        steps.append((fill, text))
    return steps


@lru_cache(maxsize=16)
def load_theme(name: str, tiers: int) -> Theme:
    """The built-in theme `name` with a ramp of `tiers` steps (at least four slots are set)."""
    import yaml  # loaded only when a deck is built

    text = (files("deckgen") / "themes" / f"{name}.yaml").read_text("utf-8")
    data = yaml.load(text, yaml.CSafeLoader)  # ours, read by a safe loader
    colors: dict[str, str] = dict(data["colors"])
    for token, stops in (("tier", data["tiers"]), ("motif", data["motif"])):
        texts = data[f"on_{token}s" if token == "tier" else "on_motif"]
        steps = ramp(stops, max(2, tiers), texts)
        # The accent slots want four colours whatever the deck holds.
        for number, (fill, on_fill) in enumerate([*steps, *[steps[-1]] * 4], start=1):
            colors[f"{token}{number}"] = fill
            colors[f"on_{token}{number}"] = on_fill
    tints = {token: Tint(*made) for token, made in data["tints"].items()}
    tints |= {f"series{n}": Tint("tier1", *made) for n, made in enumerate(data["series"], start=1)}
    colors |= {token: tint.of(colors[tint.token]) for token, tint in tints.items()}
    fonts = data["fonts"]
    return Theme(data["name"], data["dark"], fonts["heading"], fonts["body"], colors, tiers, tints)


def theme_names() -> list[str]:
    """The built-in themes, by name."""
    folder = files("deckgen") / "themes"
    return sorted(
        f.name.removesuffix(".yaml") for f in folder.iterdir() if f.name.endswith(".yaml")
    )
