"""A theme's tokens and their arithmetic: colours by role, the tier ramp, faces, contrast.

`Tokens` are what a theme says whatever a deck holds; `make_theme` gives a `Theme` whose
colours include `tier1` .. `tierN` and the text colour on each (`on_tier1` ..), computed for
the number of tiers that the deck has. `pairs` tells what in it could not be read; theme files
other than the built-in ones are read by `themefile`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from colorsys import hls_to_rgb, rgb_to_hls
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.structs import replace

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
# What each token is for. A theme gives all of them, or takes them from the one it extends.
USES = {
    "bg": "the slide",
    "surface": "bands, rails, panels",
    "surface2": "a second level of these, rungs that are not active",
    "card": "cards on a surface",
    "ink": "titles and heads",
    "ink2": "text",
    "muted": "labels, sources, what is not stated",
    "hair": "hairlines, never text",
    "brand": "bars, marks, Harvey balls",
    "on_brand_soft": "text on `brand_soft`",
    "panel": "the cover, dividers, heads of sections",
    "on_panel": "text on the panel",
    "on_panel2": "secondary text on the panel",
    "panel_accent": "the rule on the panel",
    "kicker": "the words over a title, numerals",
    "accent": "what to look at, dependency, you",
    "on_accent": "text on the accent",
    "pos": "gains, the bet",
    "neg": "losses, the exposure",
    "brand_soft": "bars beside the one in the accent",
    "accent_soft": "a highlighted field, planned bars",
}
# How a shape names a slot (`a:schemeClr/@val`) under the master's colour map.
_SCHEME_NAMES = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}
_HOUSE_NAMES = {token: _SCHEME_NAMES.get(slot, slot) for slot, token in SLOTS.items()}

TEXT, LARGE, MARK = 4.5, 3.0, 3.0  # least contrast (WCAG 2.1, 1.4.3 and 1.4.11)
LARGE_PT, LARGE_BOLD_PT = 18.0, 14.0  # from which text counts as large (there too)
RAMP_CONTRAST = TEXT
LEAST_TIERS, MOST_TIERS = 2, 6
DARKEST_LIGHT = 0.18  # luminance of a ground, from which on dark text stands out more on it
# What stands on a tint; on a part of a chart the better of two.
_INKS = {"brand_soft": ("on_brand_soft",), "accent_soft": ("accent",)}
_PANEL_SHARES = (0.0, 0.4, 0.72, 0.9)
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


Value = str | Tint  # of a colour: six hex digits, the name of another token, or a tint of one


class Logo(Struct, frozen=True):
    """A picture for the footer: its bytes, their type, its size in pixels."""

    data: bytes
    media: Literal["png", "jpeg", "gif"]
    width: int
    height: int


class Footing(Struct, frozen=True):
    """What stands at a page's foot, and the sizes in points of the texts around its content.

    `text` None is the deck's title, and empty words are none. A size of 0 is the layout's own.
    """

    text: str | None = None
    number: bool = True
    logo: Logo | None = None
    classification: str = ""
    title_pt: float = 0.0
    kicker_pt: float = 0.0
    source_pt: float = 0.0
    footer_pt: float = 0.0


class Tokens(Struct, frozen=True, kw_only=True):
    """A theme, whatever a deck holds: `colors` and `tints` by token, and the ramps' stops.

    Text on a ramp's step takes one of `on_tiers` or `on_motif`; a `motif` without stops is made
    of the panel's colours. `series` are colours of the
    parts of charts. `about` says for whom it is.
    """

    name: str
    about: str
    heading_font: str
    body_font: str
    colors: dict[str, Value]
    tiers: tuple[Value, ...]
    on_tiers: tuple[Value, ...]
    motif: tuple[Value, ...]
    on_motif: tuple[Value, ...]
    tints: dict[str, Value]
    series: tuple[Value, ...]
    footing: Footing = Footing()


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
    footing: Footing = Footing()

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


def is_large(size_pt: float, bold: bool) -> bool:
    """Whether text is so large that it may stand out less: `LARGE` instead of `TEXT`."""
    return size_pt >= (LARGE_BOLD_PT if bold else LARGE_PT)


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


class CircleError(Exception):
    """Colours that are named by one another, in a circle. Carries the tokens."""

    def __init__(self, tokens: Sequence[str]) -> None:
        super().__init__(" → ".join(tokens))
        self.tokens = tuple(tokens)


def resolve(values: dict[str, Value]) -> dict[str, str]:
    """Six hex digits by token, names and tints followed. CircleError, KeyError for no token."""
    found: dict[str, str] = {}

    def follow(token: str, trail: tuple[str, ...]) -> str:
        if token in trail:
            raise CircleError(trail[trail.index(token) :])
        if token not in found:
            found[token] = color_of(values[token], lambda name: follow(name, (*trail, token)))
        return found[token]

    for token in values:
        follow(token, ())
    return found


def color_of(value: Value, follow: Callable[[str], str]) -> str:
    """Six hex digits of a value; `follow` gives those of the token that it names."""
    if isinstance(value, Tint):
        return value.of(follow(value.token))
    return value if is_color(value) else follow(value)


def is_color(value: str) -> bool:
    """Whether a value is six hex digits rather than a token's name."""
    return len(value) == 6 and all(digit in "0123456789ABCDEF" for digit in value)


def make_theme(tokens: Tokens, tiers: int) -> Theme:
    """The theme with a ramp of `tiers` steps (at least four slots are set).

    CircleError for colours that name one another, KeyError for one that names no token.
    """
    # The first stops are `tier1` and `motif1` by whatever number of steps: tints may name them.
    values = {**tokens.colors, "tier1": tokens.tiers[0], **tokens.tints}
    values |= {f"series{n}": value for n, value in enumerate(tokens.series, start=1)}
    base = resolve(values)
    colors = {token: base[token] for token in tokens.colors}
    for token, stops, texts in (
        ("tier", tokens.tiers, tokens.on_tiers),
        ("motif", tokens.motif or _panel_stops(base), tokens.on_motif),
    ):
        fills = [color_of(stop, base.__getitem__) for stop in stops]
        inks = [color_of(text, base.__getitem__) for text in texts]
        steps = ramp(fills, max(2, tiers), inks)
        # The accent slots want four colours whatever the deck holds.
        for number, (fill, on_fill) in enumerate([*steps, *[steps[-1]] * 4], start=1):
            colors[f"{token}{number}"] = fill
            colors[f"on_{token}{number}"] = on_fill
    base["tier1"] = colors["tier1"]  # the ramp's first step, which may differ from its stop
    tints: dict[str, Tint] = {}
    for token, value in values.items():
        if token in tokens.colors or token == "tier1":
            continue
        if isinstance(value, Tint):
            value = tints[token] = _legible(value, token, base)
        colors[token] = color_of(value, base.__getitem__)
    tints |= {token: v for token, v in tokens.colors.items() if isinstance(v, Tint)}
    dark = luminance(colors["bg"]) < DARKEST_LIGHT
    return Theme(
        tokens.name, dark, tokens.heading_font, tokens.body_font, colors, tiers, tints,
        footing=tokens.footing,
    )  # fmt: skip


def _legible(tint: Tint, token: str, colors: dict[str, str]) -> Tint:
    """A tint moved a hundredth at a time until what stands on it can be read.

    So a theme may change a colour and leave the tints of it as they are.
    """
    inks = [colors[ink] for ink in _INKS.get(token, ("ink", "bg"))]
    ground = colors["bg"]
    made = tint.of(colors[tint.token])
    steps = 0
    if token == "brand_soft":  # bars are painted with it
        lighter = luminance(ground) < DARKEST_LIGHT
        while contrast(made, ground) < MARK and steps < 100:
            tint, steps = _shifted(tint, lighter), steps + 1
            made = tint.of(colors[tint.token])
    while steps < 100:
        ink = max(inks, key=lambda color: contrast(color, made))
        if contrast(ink, made) >= TEXT:
            break
        tint, steps = _shifted(tint, luminance(ink) < luminance(made)), steps + 1
        made = tint.of(colors[tint.token])
    return tint


def _shifted(tint: Tint, lighter: bool) -> Tint:
    """A tint a hundredth lighter or darker."""
    if lighter:
        return replace(tint, added=tint.added + 1)
    if tint.added:
        return replace(tint, added=tint.added - 1)
    return replace(tint, luminance=max(0, tint.luminance - 1))


def _panel_stops(colors: dict[str, str]) -> tuple[str, ...]:
    """A ramp from the colour of text on the panel towards the panel's own."""
    return tuple(mix(colors["on_panel"], colors["panel"], share) for share in _PANEL_SHARES)


# -- built-in themes -----------------------------------------------------------------------


@lru_cache(maxsize=16)
def load_theme(name: str, tiers: int) -> Theme:
    """The built-in theme `name` with a ramp of `tiers` steps."""
    return make_theme(load_tokens(name), tiers)


@lru_cache(maxsize=16)
def load_tokens(name: str) -> Tokens:
    """The tokens of the built-in theme `name`, whose file says all that there is to say."""
    import yaml  # loaded only when a deck is built

    text = built_in(name).read_text("utf-8")
    data = yaml.load(text, yaml.CSafeLoader)  # ours, read by a safe loader
    fonts = data["fonts"]
    return Tokens(
        name=data["theme"],
        about=data["about"],
        heading_font=fonts["heading"],
        body_font=fonts["body"],
        colors=data["colors"],
        tiers=tuple(data["tiers"]),
        on_tiers=tuple(data["on_tiers"]),
        motif=tuple(data["motif"]),
        on_motif=tuple(data["on_motif"]),
        tints={token: _value(made) for token, made in data["tints"].items()},
        series=tuple(_value(made) for made in data["series"]),
    )


def _value(made: Any) -> Value:
    return made if isinstance(made, str) else Tint(*made)


def built_in(name: str) -> Traversable:
    """The file of a built-in theme."""
    return files("deckgen") / "themes" / f"{name}.yaml"


def theme_names() -> list[str]:
    """The built-in themes, by name."""
    folder = files("deckgen") / "themes"
    return sorted(
        f.name.removesuffix(".yaml") for f in folder.iterdir() if f.name.endswith(".yaml")
    )
