"""A fill or colour element goes in, six hex digits come out, as a master's colour map has it.

Formulas: ECMA-376 part 1, 20.1.2.3 (transforms of a colour), 19.3.1.6 (colour map).
"""

from __future__ import annotations

import io
from colorsys import hls_to_rgb, rgb_to_hls
from functools import lru_cache
from math import inf
from typing import Any

from msgspec import Struct

from deckgen.box import Box
from deckgen.limits import MOST_PICTURE_PIXELS
from deckgen.opc import NAMES, Parts, TemplateError, whole
from deckgen.theme import contrast, is_color, mix

SLOTS = (
    "dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6",
    "hlink", "folHlink",
)  # fmt: skip
# The words of a colour map when a master has none.
_USUAL_MAP = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
_SAMPLES = (16, 9)  # points at which a picture is looked at
_SMALL = (960, 960)  # pixels to which it is brought first
MOST_SHARE = 1000.0


class Scheme(Struct, frozen=True):
    """A master's theme: its colours by slot and by the names of its colour map, its faces.

    `fills` and `backgrounds` are the lists of its format scheme that shapes refer to.
    """

    colors: dict[str, str]
    heading_font: str
    body_font: str
    fills: tuple[Any, ...]
    backgrounds: tuple[Any, ...]


def read_scheme(parts: Parts, master: str) -> Scheme:
    """The theme of a master, seen through its colour map."""
    theme = parts.tree(next(iter(parts.related(master, "theme"))))
    if theme.find(".//a:clrScheme", NAMES) is None:
        raise TemplateError("it is broken: its theme tells no colours", "repair it in PowerPoint")
    colors: dict[str, str] = {}
    for slot in SLOTS:
        found = theme.find(f".//a:clrScheme/a:{slot}", NAMES)
        colors[slot] = str((found is not None and plain_color(found)) or "000000")
    mapping = parts.tree(master).find("p:clrMap", NAMES)
    slots = dict(colors)
    for word in (*_USUAL_MAP, *SLOTS[4:]):
        mapped = str(mapping.get(word) or "") if mapping is not None else ""
        colors[word] = slots.get(mapped or _USUAL_MAP.get(word, word), "000000")
    faces = [
        str(found.get("typeface")) if found is not None else ""
        for found in (
            theme.find(f".//a:fontScheme/a:{part}/a:latin", NAMES)
            for part in ("majorFont", "minorFont")
        )
    ]
    lists = [
        theme.find(f".//a:fmtScheme/a:{name}", NAMES) for name in ("fillStyleLst", "bgFillStyleLst")
    ]
    fills, backgrounds = (tuple(each) if each is not None else () for each in lists)
    return Scheme(colors, faces[0], faces[1], fills, backgrounds)


def plain_color(parent: Any) -> str | None:
    """A colour that needs no scheme: six hex digits, or None."""
    for tag, attribute in (("srgbClr", "val"), ("sysClr", "lastClr")):
        found = parent.find(f"a:{tag}", NAMES)
        if found is not None and found.get(attribute):
            return _transformed(_digits(str(found.get(attribute))), found)
    found = parent.find("a:scrgbClr", NAMES)
    if found is not None:
        channels = (_percent(found.get(name)) for name in "rgb")
        return "".join(f"{round(255 * _to_srgb(channel)):02X}" for channel in channels)
    found = parent.find("a:prstClr", NAMES)
    if found is not None:
        return _transformed(_preset(str(found.get("val"))), found)
    return None


def _preset(name: str) -> str:
    """A colour by its name (20.1.10.48), which is that of CSS but for three abbreviations."""
    from PIL import ImageColor

    for short, long in (("dk", "dark"), ("lt", "light"), ("med", "medium")):
        if name.startswith(short) and not name.startswith(long):
            name = long + name[len(short) :]
    try:
        return "".join(f"{channel:02X}" for channel in ImageColor.getrgb(name.lower())[:3])
    except ValueError:
        told = f"it is broken: it has “{name[:40]}” where a colour is due"
        raise TemplateError(told, "repair it in PowerPoint") from None


def color_in(parent: Any, scheme: Scheme, placeholder: str = "000000") -> str | None:
    """The colour that stands in an element; `placeholder` is what `phClr` stands for."""
    found = parent.find("a:schemeClr", NAMES)
    if found is not None:
        name = str(found.get("val"))
        color = placeholder if name == "phClr" else scheme.colors.get(name, "000000")
        return _transformed(color, found)
    return plain_color(parent)


def _percent(text: str | None) -> float:
    """ST_Percentage: thousandths of a percent, or a number with a percent sign."""
    words = text or "0"
    try:
        share = float(words[:-1]) / 100 if words.endswith("%") else float(words) / 100_000
    except ValueError:
        share = inf
    if not abs(share) <= MOST_SHARE:
        told = f"it is broken: it has “{words[:40]}” where a percentage is due"
        raise TemplateError(told, "repair it in PowerPoint")
    return share


def _digits(text: str) -> str:
    """Six hex digits of a colour."""
    if not is_color(text.upper()):
        told = f"it is broken: it has “{text[:40]}” where a colour is due"
        raise TemplateError(told, "repair it in PowerPoint")
    return text.upper()


def _to_srgb(channel: float) -> float:
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def _transformed(color: str, element: Any) -> str:
    """A colour after the transforms that its element lists, in their order."""
    channels = [int(color[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    for each in element:
        name = str(each.tag).rsplit("}", 1)[-1]
        if name == "alpha" or each.get("val") is None:
            continue
        share = _percent(each.get("val"))
        if name in ("tint", "shade"):
            to = 1.0 if name == "tint" else 0.0
            channels = [c * share + to * (1 - share) for c in channels]
            continue
        hue, light, full = rgb_to_hls(*channels)
        if name == "lumMod":
            light *= share
        elif name == "lumOff":
            light += share
        elif name == "satMod":
            full *= share
        channels = list(hls_to_rgb(hue, min(1.0, max(0.0, light)), min(1.0, full)))
    return "".join(f"{round(255 * c):02X}" for c in channels)


_FILLS = ("noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill")


def fill_of(properties: Any) -> Any:
    """The fill element among the properties of a shape or a line, or None."""
    if properties is None:
        return None
    return next((each for each in properties if str(each.tag).rsplit("}", 1)[-1] in _FILLS), None)


def fill_colors(
    fill: Any, scheme: Scheme, parts: Parts, part: str, area: Box, box: Box, placeholder: str = ""
) -> list[str] | None:
    """The colours that a fill shows in `area`, of a shape that stands in `box`.

    Empty for no fill; None for what cannot be known, such as a vector picture.
    """
    name = str(fill.tag).rsplit("}", 1)[-1]
    if name == "solidFill":
        color = color_in(fill, scheme, placeholder)
        return None if color is None else [color]
    if name == "gradFill":
        return _gradient_colors(fill, scheme, _share(area, box), placeholder)
    if name == "pattFill":
        grounds = (fill.find(f"a:{each}", NAMES) for each in ("bgClr", "fgClr"))
        found = [color_in(each, scheme, placeholder) for each in grounds if each is not None]
        return [color for color in found if color]
    if name == "blipFill":
        return picture_colors(fill, parts, part, area, box)
    return []


def alphas(fill: Any) -> list[float]:
    """The least and the most opacity of a fill's colours, 0 to 1."""
    shares = [_percent(each.get("val")) for each in fill.iterfind(".//a:alpha", NAMES)]
    return sorted({min(shares), max(shares)}) if shares else [1.0]


def _gradient_colors(
    fill: Any, scheme: Scheme, share: tuple[float, float, float, float], placeholder: str
) -> list[str]:
    """The colours of a gradient where an area lies; of one aslant, all that it has."""
    stops = [
        (_percent(stop.get("pos")), color)
        for stop in fill.iterfind("a:gsLst/a:gs", NAMES)
        if (color := color_in(stop, scheme, placeholder))
    ]
    stops.sort(key=lambda stop: stop[0])
    line = fill.find("a:lin", NAMES)
    angle = whole(line.get("ang")) // 60_000 % 360 if line is not None else -1
    if angle % 90 or not stops:
        return [color for _, color in stops]
    left, top, right, bottom = share
    low, high = (left, right) if angle in (0, 180) else (top, bottom)
    if angle >= 180:
        low, high = 1 - high, 1 - low
    between = [color for place, color in stops if low < place < high]
    return [_color_at(stops, low), *between, _color_at(stops, high)]


def _color_at(stops: list[tuple[float, str]], place: float) -> str:
    """The colour of a gradient at a place from 0 to 1."""
    before = [stop for stop in stops if stop[0] <= place] or stops[:1]
    after = [stop for stop in stops if stop[0] >= place] or stops[-1:]
    (start, first), (end, second) = before[-1], after[0]
    return mix(first, second, (place - start) / (end - start)) if end > start else first


def picture_colors(fill: Any, parts: Parts, part: str, area: Box, box: Box) -> list[str] | None:
    """Colours of a picture where `area` lies on it; None if its bytes tell none."""
    blip = fill.find("a:blip", NAMES)
    key = blip.get(f"{{{NAMES['r']}}}embed") if blip is not None else None
    data = parts.data.get(parts.target(part, str(key)), b"")
    return _sample(data, _share(area, box)) if data else None


def _share(area: Box, box: Box) -> tuple[float, float, float, float]:
    """Where an area lies on a box, as fractions left, top, right, bottom."""
    wide, high = max(1, box.w), max(1, box.h)
    places = (
        (area.x - box.x) / wide, (area.y - box.y) / high,
        (area.right - box.x) / wide, (area.bottom - box.y) / high,
    )  # fmt: skip
    left, top, right, bottom = (min(1.0, max(0.0, place)) for place in places)
    return left, top, max(right, left), max(bottom, top)


def _sample(data: bytes, share: tuple[float, float, float, float]) -> list[str] | None:
    ground = _opened(data)
    if ground is None:
        return None
    left, top, right, bottom = (
        round(place * size) for place, size in zip(share, ground.size * 2, strict=True)
    )
    left, top = min(left, ground.width - 1), min(top, ground.height - 1)
    part = ground.crop((left, top, max(right, left + 1), max(bottom, top + 1)))
    data_bytes = part.resize(_SAMPLES).tobytes()
    return sorted({data_bytes[i : i + 3].hex().upper() for i in range(0, len(data_bytes), 3)})


@lru_cache(maxsize=16)
def _opened(data: bytes) -> Any:
    """A picture on white, small; None for what is none, such as EMF, or has no end of pixels."""
    from PIL import Image  # loaded only for a template with pictures in its background

    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > MOST_PICTURE_PIXELS:
                return None
            picture.thumbnail(_SMALL, Image.Resampling.BOX)
            ground = Image.new("RGBA", picture.size, "white")
            ground.alpha_composite(picture.convert("RGBA"))
            return ground.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def count_pixels(data: bytes) -> int:
    """How many pixels a picture has, 0 for what tells none."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as picture:
            return int(picture.width * picture.height)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return 0


def alike(colors: list[str]) -> bool:
    """Whether a reader sees one colour."""
    return max((contrast(colors[0], each) for each in colors), default=1.0) < 1.15
