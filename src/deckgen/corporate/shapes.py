"""A layout of a template goes in; its placeholders and its art come out, as a slide has them.

A placeholder takes what its layout leaves open from the master's of its type, then from the
master's text styles, then from the presentation (ECMA-376 part 1, 19.3.1.36 and 21.1.2.4).
Lengths in EMU.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from msgspec import Struct
from msgspec.structs import replace

from deckgen.box import Align, Anchor, Box
from deckgen.corporate.colors import Scheme, color_in, fill_of
from deckgen.opc import NAMES, Parts, TemplateError, whole
from deckgen.template import PlaceholderType

# What a placeholder inherits from on the master (19.7.10).
_PARENTS = {
    "ctrTitle": "title", "title": "title", "dt": "dt", "ftr": "ftr", "sldNum": "sldNum",
}  # fmt: skip
_STYLES = {"title": "titleStyle", "body": "bodyStyle"}
_ALIGN: dict[str, Align] = {"l": "left", "ctr": "center", "r": "right", "just": "left"}
_ANCHOR: dict[str, Anchor] = {"t": "top", "ctr": "middle", "b": "bottom"}
_INSETS = (("lIns", 91440), ("tIns", 45720), ("rIns", 91440), ("bIns", 45720))
USUAL_SIZE_PT = 18.0
SMALLEST, LARGEST = 100, 400_000  # hundredths of a point (ST_TextFontSize)


class Found(Struct, frozen=True, kw_only=True):
    """A placeholder as a slide gets it.

    `upright` text stands on its side; `tracking_pt` is added after each letter; `face` is ""
    for the theme's. An `empty` one has no words on its layout; in a `spaced` one paragraphs
    stand apart.
    """

    type: PlaceholderType
    idx: int
    name: str
    box: Box
    insets: tuple[int, int, int, int]
    anchor: Anchor
    align: Align
    size_pt: float
    bold: bool
    color: str
    caps: bool
    tracking_pt: float
    face: str
    upright: bool
    rtl: bool
    shown: bool = False  # its style is not said, only shown by the words that stand in it
    on_master: Box | None = None  # where the master has its own of this type
    moved: bool = False  # `box` is not where the layout has it
    empty: bool = False
    spaced: bool = False
    twice: bool = False  # another of the layout has its type and index


class Shape(Struct, frozen=True):
    """Something that a master or layout paints. `fill` is its element, None for lines alone;
    `placeholder` is the colour that `phClr` in it stands for.
    """

    name: str
    box: Box
    part: str
    fill: Any
    placeholder: str = ""


class Sheet(Struct, frozen=True):
    """A layout of a template, as slides see it."""

    part: str
    name: str
    type: str
    master: str
    placeholders: tuple[Found, ...]
    shapes: tuple[Shape, ...]
    background: Any  # p:bgPr or p:bgRef, of the layout or of its master; None for white
    background_part: str


def read_sheets(
    parts: Parts, master: str, scheme: Scheme, defaults: Any, unit: float, slide: Box
) -> list[Sheet]:
    """The layouts of a master, in its order. `defaults` is `p:defaultTextStyle` or None.

    Lengths and sizes come out divided by `unit`; what stands beside the `slide` is left out.
    """
    root = parts.tree(master)
    listed = [
        each.get(f"{{{NAMES['r']}}}id") for each in root.iterfind("p:sldLayoutIdLst/*", NAMES)
    ]
    sheets = []
    for id in listed:
        name = parts.target(master, id)
        if name:
            sheets.append(_read_sheet(parts, name, master, root, scheme, defaults, unit))
    return [
        replace(
            sheet,
            placeholders=tuple(p for p in sheet.placeholders if _seen(p.box, slide)),
            shapes=tuple(shape for shape in sheet.shapes if _seen(shape.box, slide)),
        )
        for sheet in sheets
    ]


def _seen(box: Box, slide: Box) -> bool:
    """Whether something stands on the slide, or touches it."""
    across = box.x <= slide.right and box.right >= slide.x
    return across and box.y <= slide.bottom and box.bottom >= slide.y


def _read_sheet(
    parts: Parts, name: str, master: str, root: Any, scheme: Scheme, defaults: Any, unit: float
) -> Sheet:
    layout = parts.tree(name)
    found = []
    seen: set[tuple[str, int]] = set()
    for element, box in walk(layout, unit):
        holder = element.find(".//p:nvPr/p:ph", NAMES)
        if holder is None:
            continue
        one = _read_placeholder(element, holder, box, root, scheme, defaults, unit)
        if one is None:
            continue
        key = (_PARENTS.get(one.type, "body"), one.idx)
        found.append(replace(one, twice=True) if key in seen else one)
        seen.add(key)
    shows = layout.get("showMasterSp", "1") not in ("0", "false")
    shapes = [
        *(_art(root, master, scheme, unit) if shows else ()),
        *_art(layout, name, scheme, unit),
    ]
    own = layout.find("p:cSld/p:bg", NAMES)
    ground = own if own is not None else root.find("p:cSld/p:bg", NAMES)
    c_sld = layout.find("p:cSld", NAMES)
    return Sheet(
        name, str(c_sld.get("name", "") if c_sld is not None else ""), str(layout.get("type", "")),
        master, tuple(found), tuple(shapes), None if ground is None else ground[0],
        name if own is not None else master,
    )  # fmt: skip


def walk(root: Any, unit: float) -> Iterator[tuple[Any, Box | None]]:
    """The shapes of a slide-like part in the order of painting, those in groups at their place
    on the slide, divided by `unit`; groups themselves are left out.
    """
    tree = root.find("p:cSld/p:spTree", NAMES)
    yield from _walk(tree, (0.0, 0.0, 1 / unit, 1 / unit)) if tree is not None else ()


def _walk(tree: Any, change: tuple[float, float, float, float]) -> Iterator[tuple[Any, Box | None]]:
    """`change` takes x and y of children to the slide's: added, then times."""
    for element in tree:
        tag = str(element.tag).rsplit("}", 1)[-1]
        if tag == "grpSp":
            yield from _walk(element, _inner(element, change))
        elif tag in ("sp", "pic", "cxnSp", "graphicFrame"):
            yield element, _box(element, change)


def _inner(
    group: Any, change: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    place = group.find("p:grpSpPr/a:xfrm", NAMES)
    if place is None:
        return change
    keys = {"off": "xy", "chOff": "xy", "ext": ("cx", "cy"), "chExt": ("cx", "cy")}
    read = {
        tag: tuple(whole(place.find(f"a:{tag}", NAMES).get(key)) for key in pair)
        for tag, pair in keys.items()
        if place.find(f"a:{tag}", NAMES) is not None
    }
    if len(read) < 4:
        return change
    scale = [
        own / inner if inner else 1.0 for own, inner in zip(read["ext"], read["chExt"], strict=True)
    ]
    dx, dy, kx, ky = change
    x = dx + kx * (read["off"][0] - scale[0] * read["chOff"][0])
    y = dy + ky * (read["off"][1] - scale[1] * read["chOff"][1])
    return x, y, kx * scale[0], ky * scale[1]


def _box(element: Any, change: tuple[float, float, float, float]) -> Box | None:
    place = element.find(".//a:xfrm", NAMES)
    if place is None:
        place = element.find("p:xfrm", NAMES)
    off, ext = (
        (place.find(f"a:{tag}", NAMES) if place is not None else None) for tag in ("off", "ext")
    )
    if off is None or ext is None:
        return None
    dx, dy, kx, ky = change
    box = Box(
        round(dx + kx * whole(off.get("x"))), round(dy + ky * whole(off.get("y"))),
        round(kx * whole(ext.get("cx"))), round(ky * whole(ext.get("cy"))),
    )  # fmt: skip
    turned = whole(place.get("rot")) / 60_000 % 180
    if 45 < turned < 135:  # on its side: what it covers is as high as it is wide
        middle = (box.x + box.w // 2, box.y + box.h // 2)
        return Box(middle[0] - box.h // 2, middle[1] - box.w // 2, box.h, box.w)
    return box


def _read_placeholder(
    element: Any,
    holder: Any,
    box: Box | None,
    master: Any,
    scheme: Scheme,
    defaults: Any,
    unit: float,
) -> Found | None:
    """A placeholder of a layout; None if neither it nor the master says where it stands."""
    kind = str(holder.get("type", "obj"))
    parent_kind = _PARENTS.get(kind, "body")
    parent, parent_box = next(
        (
            (each, place)
            for each, place in walk(master, unit)
            if (ph := each.find(".//p:nvPr/p:ph", NAMES)) is not None
            and _PARENTS.get(str(ph.get("type", "obj")), "body") == parent_kind
        ),
        (None, None),
    )
    bodies = [each.find("p:txBody", NAMES) for each in (element, parent) if each is not None]
    bodies = [each for each in bodies if each is not None]
    frames = [each.find("a:bodyPr", NAMES) for each in bodies]
    styles = [each.find("a:lstStyle/a:lvl1pPr", NAMES) for each in bodies]
    word = _STYLES.get(parent_kind, "otherStyle")
    styles.append(master.find(f"p:txStyles/p:{word}/a:lvl1pPr", NAMES))
    if defaults is not None:
        styles.append(defaults.find("a:lvl1pPr", NAMES))
    styles = [each for each in styles if each is not None]
    runs = [each.find("a:defRPr", NAMES) for each in styles]
    runs = [each for each in runs if each is not None]
    said = any(run.get("sz") for run in runs[: -1 if defaults is not None else None])
    if not said:
        styles = [*_all(bodies, "a:p/a:pPr"), *styles]
        runs = [*_all(bodies, "a:p/a:r/a:rPr"), *_all(bodies, "a:p/a:endParaRPr"), *runs]
    color = next((c for run in runs if (c := _run_color(run, scheme))), None)
    place = box or parent_box
    if place is None:
        return None
    return Found(
        type=cast(PlaceholderType, kind),
        idx=whole(holder.get("idx")),
        name=str(element.find(".//p:cNvPr", NAMES).get("name", "")),
        box=place,
        insets=_insets(frames, unit),
        anchor=_ANCHOR.get(_first(frames, "anchor", "t"), "top"),
        align=_ALIGN.get(_first(styles, "algn", "l"), "left"),
        size_pt=_size(runs) / unit,
        bold=_first(runs, "b", "0") in ("1", "true"),
        color=color or scheme.colors["tx1"],
        caps=_first(runs, "cap", "none") == "all",
        tracking_pt=whole(_first(runs, "spc", "0")) / 100 / unit,
        face=_face(runs),
        upright=_first(frames, "vert", "horz") != "horz",
        rtl=_first(styles, "rtl", "0") in ("1", "true"),
        shown=not said,
        empty=not _has_words(element),
        spaced=_is_spaced(styles),
        on_master=parent_box,
    )


def _size(runs: list[Any]) -> float:
    """Points of type. TemplateError for less than one, which nobody can read."""
    hundredths = whole(_first(runs, "sz", str(round(USUAL_SIZE_PT * 100))))
    if not SMALLEST <= hundredths <= LARGEST:
        told = f"it is broken: it has type of {hundredths / 100:g} points"
        raise TemplateError(told, "repair it in PowerPoint")
    return hundredths / 100


def _is_spaced(styles: list[Any]) -> bool:
    """Whether the first style that tells the space before a paragraph gives it some."""
    for style in styles:
        for each in style.iterfind("a:spcBef/*", NAMES):
            return str(each.get("val", "0")).rstrip("%") != "0"
    return False


def _all(bodies: list[Any], path: str) -> list[Any]:
    """The first such element of each body that has one."""
    found = [each.find(path, NAMES) for each in bodies]
    return [each for each in found if each is not None]


def _first(elements: list[Any], attribute: str, default: str) -> str:
    """The attribute of the first element that has it."""
    return next(
        (str(each.get(attribute)) for each in elements if each is not None and each.get(attribute)),
        default,
    )


def _insets(frames: list[Any], unit: float) -> tuple[int, int, int, int]:
    left, top, right, bottom = (
        round(whole(_first(frames, name, str(usual))) / unit) for name, usual in _INSETS
    )
    return left, top, right, bottom


def _run_color(run: Any, scheme: Scheme) -> str | None:
    fill = run.find("a:solidFill", NAMES)
    if fill is not None:
        return color_in(fill, scheme)
    stops = run.find("a:gradFill/a:gsLst/a:gs", NAMES)
    return color_in(stops, scheme) if stops is not None else None


def _face(runs: list[Any]) -> str:
    for run in runs:
        latin = run.find("a:latin", NAMES)
        if latin is not None and latin.get("typeface"):
            name = str(latin.get("typeface"))
            return "" if name.startswith("+") else name
    return ""


def _art(root: Any, part: str, scheme: Scheme, unit: float) -> Iterator[Shape]:
    """What a part paints that is no placeholder; what cannot be seen is left out."""
    for element, box in walk(root, unit):
        if box is None or element.find(".//p:nvPr/p:ph", NAMES) is not None:
            continue
        properties = element.find(".//p:cNvPr", NAMES)
        if properties is not None and properties.get("hidden") in ("1", "true"):
            continue
        name = str(properties.get("name", "") if properties is not None else "")
        tag = str(element.tag).rsplit("}", 1)[-1]
        if tag == "pic":
            yield Shape(name, box, part, element.find("p:blipFill", NAMES))
            continue
        fill = fill_of(element.find("p:spPr", NAMES))
        placeholder = ""
        reference = element.find("p:style/a:fillRef", NAMES)
        if fill is None and reference is not None and whole(reference.get("idx")) > 0:
            number = whole(reference.get("idx")) - 1
            fill = scheme.fills[number] if number < len(scheme.fills) else None
            placeholder = color_in(reference, scheme) or ""
        if fill is not None and str(fill.tag).rsplit("}", 1)[-1] == "noFill":
            fill = None
        if fill is not None or tag == "graphicFrame" or _has_line(element) or _has_words(element):
            yield Shape(name, box, part, fill, placeholder)


def _has_line(element: Any) -> bool:
    fill = fill_of(element.find("p:spPr/a:ln", NAMES))
    if fill is None:
        reference = element.find("p:style/a:lnRef", NAMES)
        return reference is not None and whole(reference.get("idx")) > 0
    return not str(fill.tag).endswith("noFill")


def _has_words(element: Any) -> bool:
    return any((each.text or "").strip() for each in element.iterfind(".//a:t", NAMES))
