"""A layout of a template goes in; where content can stand on it comes out, and on what ground.

Content stands in the designer's own place for it, clear of the title, of the footers and of
what the master paints. Lengths in EMU.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from deckgen.box import Box, holds, reach
from deckgen.corporate.colors import Scheme, alike, alphas, color_in, fill_colors, fill_of
from deckgen.corporate.shapes import Found, Sheet
from deckgen.opc import Parts, TemplateError, whole
from deckgen.theme import contrast, mix
from deckgen.units import inches

SOURCE = inches(0.34)  # the height of note and source, below content
GAP = inches(0.1)
HAIRLINE = inches(0.04)  # under text it does not matter
BODIES = ("body", "obj", "subTitle")
SMALL = inches(0.45)  # the height under which a body is no place for points
PAPER = 7.0  # least contrast of a ground with black or white


class Frame(Struct, frozen=True):
    """Where content and source stand on a layout. `colors` are those under them; None if they
    are not known; `cut` names the art that took some of the room, `over` what content covers.
    """

    content: Box
    source: Box
    colors: tuple[str, ...] | None
    cut: tuple[str, ...] = ()
    over: tuple[str, ...] = ()

    @property
    def flat(self) -> bool:
        """Whether content stands on one colour, on which words of several shades can be read."""
        colors = list(self.colors or ())
        return len(colors) > 0 and alike(colors) and is_paper(colors[0])


class Surface(Struct, frozen=True):
    """What finding frames takes: the slide, the parts, and each master's scheme."""

    slide: Box
    parts: Parts
    schemes: dict[str, Scheme]
    masters: dict[str, tuple[Box, ...]]  # the boxes of their body placeholders


def is_paper(color: str) -> bool:
    """Whether a colour is light or dark enough for texts, and fields, of several shades on it."""
    return max(contrast(color, ink) for ink in ("000000", "FFFFFF")) >= PAPER


def title_of(sheet: Sheet) -> Found | None:
    """The placeholder for titles, if text in it runs across."""
    return next(
        (p for p in sheet.placeholders if p.type in ("title", "ctrTitle") and not p.upright),
        None,
    )


def the_title(sheet: Sheet) -> Found:
    """The same, of a layout that is known to have one. TemplateError if it has none."""
    title = title_of(sheet)
    if title is None:
        raise TemplateError(f"its layout “{sheet.name}” has no title that runs across")
    return title


def bodies_of(sheet: Sheet) -> list[Found]:
    """Its places for text, those for a line left out."""
    return [p for p in sheet.placeholders if p.type in BODIES and p.box.h >= SMALL]


def has_cover(sheet: Sheet) -> bool:
    """Whether it is made for a deck's first slide."""
    kinds = {p.type for p in sheet.placeholders}
    centered = "ctrTitle" in kinds or sheet.type == "title"
    return title_of(sheet) is not None and (
        centered or ("subTitle" in kinds and len(bodies_of(sheet)) == 1)
    )


def find_frame(sheet: Sheet, sheets: Sequence[Sheet], surface: Surface) -> Frame:
    """Where content can stand: the designer's own place for it, below, above or beside the
    title, over the footers, and clear of what the master paints.
    """
    title = the_title(sheet)
    room = _designed(sheet, title, sheets, surface)
    room = _clear_of(_within(room, surface.slide), title.box)
    foot = min(
        (p.box.y for p in sheet.placeholders
         if p.type in ("ftr", "sldNum", "dt") and p.box.y > surface.slide.h // 2),
        default=surface.slide.bottom - inches(0.25),
    )  # fmt: skip
    low = max(room.bottom, min(foot - inches(0.04), room.bottom + SOURCE + GAP))
    room = Box(room.x, room.y, room.w, min(low, foot - inches(0.04)) - room.y)
    room = _clear_of(room, title.box)
    room, cut, over = _avoid(room, sheet, surface.slide)
    content = room.inset(bottom=SOURCE + GAP)
    source = Box(room.x, room.bottom - SOURCE, room.w, SOURCE)
    colors = ground_under(room, sheet, surface)
    return Frame(content, source, colors, tuple(cut), tuple(over))


def _designed(sheet: Sheet, title: Found, sheets: Sequence[Sheet], surface: Surface) -> Box:
    """Where the template puts content under such a title."""
    own = [p.box for p in bodies_of(sheet)]
    if own:
        return _around(own)
    for other in sheets:
        theirs = title_of(other)
        bodies = [p.box for p in bodies_of(other)]
        if other.master == sheet.master and theirs and theirs.box == title.box and bodies:
            return _around(bodies)
    beside = surface.slide.inset(title.box.x, inches(0.4), title.box.x, inches(0.4))
    return next(iter(surface.masters[sheet.master]), beside)


def _within(box: Box, slide: Box) -> Box:
    """What of a box is on the slide."""
    x, y = max(box.x, slide.x), max(box.y, slide.y)
    return Box(
        x, y, max(0, min(box.right, slide.right) - x), max(0, min(box.bottom, slide.bottom) - y)
    )


def _around(boxes: Sequence[Box]) -> Box:
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    return Box(x, y, right - x, bottom - y)


def _pieces(room: Box, away: Box) -> Iterator[Box]:
    """What is left of a room on each side of something in it."""
    yield Box(room.x, away.bottom, room.w, room.bottom - away.bottom)
    yield Box(room.x, room.y, room.w, away.y - room.y)
    yield Box(away.right, room.y, room.right - away.right, room.h)
    yield Box(room.x, room.y, away.x - room.x, room.h)


def area(box: Box) -> int:
    """The area of a box, 0 of one turned inside out."""
    return max(0, box.w) * max(0, box.h)


def meet(first: Box, second: Box, least: int = inches(0.03)) -> bool:
    """Whether two boxes share more than a hair; of a line, whether it crosses the first."""
    across, down = reach(first, second)
    return across > min(least, second.w - 1) and down > min(least, second.h - 1)


def _clear_of(room: Box, title: Box) -> Box:
    """The largest part of a room that a title leaves, with a gap between them."""
    wide = Box(title.x - GAP, title.y - GAP, title.w + 2 * GAP, title.h + 2 * GAP)
    if not meet(room, wide, 0):
        return room
    return max(_pieces(room, wide), key=area)


def _avoid(room: Box, sheet: Sheet, slide: Box) -> tuple[Box, list[str], list[str]]:
    """A room clear of art, or inside it, as far as two thirds of it are left; the art cut off,
    and covered.
    """
    cut, over = [], []
    for shape in sheet.shapes:
        if holds(shape.box, room) or not meet(room, shape.box):
            continue
        away = shape.box.inset(-GAP, -GAP, -GAP, -GAP)
        inside = _within(room, shape.box.inset(GAP, GAP, GAP, GAP))
        best = max((*_pieces(room, away), inside), key=area)
        if 3 * area(best) >= 2 * area(room):
            room = best
            cut.append(shape.name)
        else:
            over.append(shape.name)
    return room, cut, over


def ground_under(area: Box, sheet: Sheet, surface: Surface) -> tuple[str, ...] | None:
    """The colours on which something stands that covers an area of a layout; None if unknown."""
    colors = _background(area, sheet, surface)
    scheme = surface.schemes[sheet.master]
    for shape in sheet.shapes:
        if not meet(area, shape.box, 0) or min(shape.box.w, shape.box.h) < HAIRLINE:
            continue
        found: list[str] | None = []
        if shape.fill is not None:
            found = fill_colors(
                shape.fill, scheme, surface.parts, shape.part, area, shape.box, shape.placeholder
            )
            if found and colors:
                found = _veiled(colors, found, alphas(shape.fill))
        if holds(shape.box, area) and found:
            colors = found  # as if it covered the area: an outline that does not is rare
        elif found is None or colors is None:
            colors = None
        elif found or shape.fill is None:
            colors = [*colors, *(found or [scheme.colors["tx1"]])]
    return tuple(dict.fromkeys(colors)) if colors is not None else None


def _veiled(under: Sequence[str], over: Sequence[str], shares: Sequence[float]) -> list[str]:
    """The colours of something painted over others with these opacities."""
    if min(shares) >= 1:
        return list(over)
    return [mix(one, other, share) for share in shares for one in under for other in over]


def _background(area: Box, sheet: Sheet, surface: Surface) -> list[str] | None:
    """The colours of the slide's background in an area (19.3.1.1 to 19.3.1.3)."""
    scheme, element = surface.schemes[sheet.master], sheet.background
    if element is None:
        return [scheme.colors["bg1"]]
    placeholder = ""
    if str(element.tag).endswith("bgRef"):
        number = whole(element.get("idx"))
        placeholder = color_in(element, scheme) or scheme.colors["bg1"]
        listed = scheme.backgrounds if number > 1000 else scheme.fills
        place = number - 1001 if number > 1000 else number - 1
        if not 0 <= place < len(listed):
            return [scheme.colors["bg1"]]
        fill = listed[place]
        part = next(iter(surface.parts.related(sheet.master, "theme")), "")
    else:
        fill, part = fill_of(element), sheet.background_part
    if fill is None:
        return [scheme.colors["bg1"]]
    found = fill_colors(fill, scheme, surface.parts, part, area, surface.slide, placeholder)
    return [scheme.colors["bg1"]] if found == [] else found
