"""A template's layouts go in; which of them serves each of ours comes out, with its frame.

Layouts are known by what their placeholders are, never by order or name, unless the outline
names one. Lengths in EMU.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckgen.box import Align, Box
from deckgen.corporate.colors import Scheme, alike, alphas, color_in, fill_colors, fill_of
from deckgen.corporate.shapes import Found, Sheet
from deckgen.opc import Parts, TemplateError, whole
from deckgen.source import nearest
from deckgen.template import LINE_PITCH, Art, Layout, Placeholder
from deckgen.theme import LARGE, TEXT, contrast, mix
from deckgen.units import inches, points, to_inches

KEYS = ("cover", "section", "content", "text", "columns", "insight", "closing")
NAMED = ("cover", "section", "content", "text", "columns")  # that an outline may name a layout for
SOURCE = inches(0.34)
GAP = inches(0.1)
HAIRLINE = inches(0.04)  # under text it does not matter
NEARLY, ENOUGH = 0.93, 0.8  # of the most room: what is taken for the same, what will do
LEAST_FRAME = (inches(7.0), inches(3.1))
BODIES = ("body", "obj", "subTitle")
SMALL = inches(0.45)  # the height under which a body is no place for points
TITLE_SIZES = (28, 26, 24, 22, 20)  # points, of action titles
FOOTER_SIZES = (14, 12, 11, 10, 9)  # points
TITLE_LETTERS = 100  # that an action title should have room for, in two lines
PAPER = 7.0  # least contrast of a ground with black or white
LARGE_PT, LARGE_BOLD_PT = 18.0, 14.0  # of text that may stand out less (WCAG 2.1, 1.4.3)
LETTER = 0.52  # em, of an average letter in bold


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


class Match(Struct, frozen=True):
    """The layout that serves one of ours, and why."""

    key: str
    sheet: Sheet
    frame: Frame
    why: str


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
    for box in surface.masters[sheet.master]:
        return box
    return surface.slide.inset(title.box.x, inches(0.4), title.box.x, inches(0.4))


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


def _area(box: Box) -> int:
    return max(0, box.w) * max(0, box.h)


def _meet(first: Box, second: Box, least: int = inches(0.03)) -> bool:
    """Whether two boxes share more than a hair; of a line, whether it crosses the first."""
    across = min(first.right, second.right) - max(first.x, second.x)
    down = min(first.bottom, second.bottom) - max(first.y, second.y)
    return across > min(least, second.w - 1) and down > min(least, second.h - 1)


def _clear_of(room: Box, title: Box) -> Box:
    """The largest part of a room that a title leaves, with a gap between them."""
    wide = Box(title.x - GAP, title.y - GAP, title.w + 2 * GAP, title.h + 2 * GAP)
    if not _meet(room, wide, 0):
        return room
    return max(_pieces(room, wide), key=_area)


def _avoid(room: Box, sheet: Sheet, slide: Box) -> tuple[Box, list[str], list[str]]:
    """A room clear of art, or inside it, as far as two thirds of it are left; the art cut off,
    and covered.
    """
    cut, over = [], []
    for shape in sheet.shapes:
        if _holds(shape.box, room) or not _meet(room, shape.box):
            continue
        away = shape.box.inset(-GAP, -GAP, -GAP, -GAP)
        inside = _within(room, shape.box.inset(GAP, GAP, GAP, GAP))
        best = max((*_pieces(room, away), inside), key=_area)
        if 3 * _area(best) >= 2 * _area(room):
            room = best
            cut.append(shape.name)
        else:
            over.append(shape.name)
    return room, cut, over


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer.x <= inner.x and outer.y <= inner.y
        and outer.right >= inner.right and outer.bottom >= inner.bottom
    )  # fmt: skip


def ground_under(area: Box, sheet: Sheet, surface: Surface) -> tuple[str, ...] | None:
    """The colours on which something stands that covers an area of a layout; None if unknown."""
    colors = _background(area, sheet, surface)
    scheme = surface.schemes[sheet.master]
    for shape in sheet.shapes:
        if not _meet(area, shape.box, 0) or min(shape.box.w, shape.box.h) < HAIRLINE:
            continue
        found: list[str] | None = []
        if shape.fill is not None:
            found = fill_colors(
                shape.fill, scheme, surface.parts, shape.part, area, shape.box, shape.placeholder
            )
            if found and colors:
                found = _veiled(colors, found, alphas(shape.fill))
        if _holds(shape.box, area) and found:
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


# -- which layout ----------------------------------------------------------------------


def match(
    sheets: Sequence[Sheet], surface: Surface, samples: Sequence[str], named: Mapping[str, str]
) -> dict[str, Match]:
    """The layout for each key. `named` are those that the outline asks for by name.

    TemplateError if there is none with a title and room for content.
    """
    found: dict[str, Match] = {}
    content = _find_content(sheets, surface, named)
    found["content"] = content
    own = [sheet for sheet in sheets if sheet.master == content.sheet.master]
    cover = _named(sheets, named, "cover") or _find_cover(sheets, samples)
    section = _named(sheets, named, "section") or next(
        (s for s in [*own, *sheets] if s.type == "secHead" and title_of(s)), None
    )
    for key, sheet, why in (
        ("cover", cover, "a title for a first slide"),
        ("section", section, "its type is that of a section’s head"),
        ("text", _named(sheets, named, "text") or _find_bodies(own, 1), "a title and one text"),
        ("columns", _named(sheets, named, "columns") or _find_bodies(own, 2), "two texts abreast"),
    ):
        if sheet is None:
            found[key] = replace(
                content, key=key, why=f"no other fits, so that of content: {content.why}"
            )
            continue
        if key in named:
            why = "the outline names it"
        frame = find_frame(sheet, sheets, surface)
        if key in ("text", "columns") and key not in named and _poorer(frame, content.frame):
            found[key] = replace(content, key=key, why=f"it has more room: {content.why}")
            continue
        found[key] = Match(key, sheet, frame, why)
    for key in ("insight", "closing"):
        found[key] = replace(content, key=key, why="that of content")
    return found


def _poorer(frame: Frame, other: Frame) -> bool:
    """Whether a frame has much less room than another, or stands on more art."""
    clear = len(frame.over) > len(other.over)
    return clear or _area(frame.content) < ENOUGH * _area(other.content)


def _named(sheets: Sequence[Sheet], named: Mapping[str, str], key: str) -> Sheet | None:
    """The layout that the outline names for a key, or None."""
    name = named.get(key, "")
    if not name:
        return None
    for sheet in sheets:
        if sheet.name.casefold().strip() == name.casefold().strip():
            the_title(sheet)
            return sheet
    names = list(dict.fromkeys(sheet.name for sheet in sheets if title_of(sheet)))
    raise TemplateError(f"it has no layout called “{name}”", nearest(name, names))


def _find_content(sheets: Sequence[Sheet], surface: Surface, named: Mapping[str, str]) -> Match:
    asked = _named(sheets, named, "content")
    if asked:
        frame = find_frame(asked, sheets, surface)
        return Match("content", asked, frame, "the outline names it")
    titled = [sheet for sheet in sheets if title_of(sheet)]
    if not titled:
        raise TemplateError("no layout of it has a title", "add one, as Title Only, to its master")
    plain = [s for s in titled if not has_cover(s) and s.type not in ("title", "secHead")] or titled
    empty = [s for s in plain if not bodies_of(s)]
    sheet, frame = _roomiest(empty or plain, sheets, surface)
    if not _has_room(frame):
        lifted = [other for other in map(_lift, empty or plain) if other]
        if lifted:
            sheet, frame = _roomiest(lifted, sheets, surface)
    if not _has_room(frame):
        width, height = frame.content.w, frame.content.h
        told = f"its layout “{sheet.name}” has {to_inches(width):.1f} × {to_inches(height):.1f} in"
        least = " × ".join(f"{to_inches(side):.1f}" for side in LEAST_FRAME)
        told = f"{told} of room for content (at least {least})"
        raise TemplateError(told, "name another layout under `layouts`: `content`")
    why = "a title and nothing else" if empty else "a title over content"
    return Match("content", sheet, frame, why)


def _has_room(frame: Frame) -> bool:
    return frame.content.w >= LEAST_FRAME[0] and frame.content.h >= LEAST_FRAME[1]


def _roomiest(
    choices: Sequence[Sheet], sheets: Sequence[Sheet], surface: Surface
) -> tuple[Sheet, Frame]:
    """The first layout with nearly the most room for content, on a calm ground and clear of art:
    masters begin with what is meant most.
    """
    ranked = []
    for sheet in choices:
        frame = find_frame(sheet, sheets, surface)
        calm = 1.0 if frame.flat else 0.8
        clear = 1.0 if not frame.over else 0.7
        ranked.append((_area(frame.content) * calm * clear, sheet, frame))
    best = max(rank for rank, _, _ in ranked)
    return next((sheet, frame) for rank, sheet, frame in ranked if rank >= NEARLY * best)


def _lift(sheet: Sheet) -> Sheet | None:
    """The layout with its title where the master has its own, if that is elsewhere.

    LibreOffice writes the titles of all layouts where the cover has its.
    """
    title = title_of(sheet)
    if title is None or title.on_master in (None, title.box):
        return None
    own = replace(title, box=title.on_master or title.box, moved=True)
    return replace(sheet, placeholders=(own, *(p for p in sheet.placeholders if p is not title)))


def _find_cover(sheets: Sequence[Sheet], samples: Sequence[str]) -> Sheet | None:
    """The layout for a first slide: that of the sample's first slide, if it is one."""
    covers = [sheet for sheet in sheets if has_cover(sheet)]
    first = next((s for s in covers if samples and s.part == samples[0]), None)
    if first:
        return first
    masters = [sheet.master for sheet in sheets if samples and sheet.part == samples[0]]
    near = [sheet for sheet in covers if sheet.master in masters]
    typed = [s for s in [*near, *covers] if any(p.type == "ctrTitle" for p in s.placeholders)]
    return next(iter([*near, *typed, *covers]), None)


def _find_bodies(sheets: Sequence[Sheet], count: int) -> Sheet | None:
    """A layout with a title and so many places for text, abreast if there are two."""
    for sheet in sheets:
        places = bodies_of(sheet)
        if title_of(sheet) is None or len(places) != count or has_cover(sheet):
            continue
        if sheet.type in ("secHead", "title", "objTx", "picTx", "vertTx") or any(
            p.upright for p in places
        ):
            continue
        boxes = [place.box for place in places]
        if count == 2 and (boxes[0].right > boxes[1].x or abs(boxes[0].y - boxes[1].y) > GAP):
            continue
        return sheet
    return None


# -- our layouts -----------------------------------------------------------------------


class Colors(Struct):
    """Literal colours of a template's own texts, as tokens named by their six hex digits."""

    tokens: dict[str, str] = {}

    def token(self, color: str) -> str:
        self.tokens[f"#{color}"] = color
        return f"#{color}"


def to_layout(found: Match, surface: Surface, colors: Colors) -> Layout:
    """One of our layouts on one of the template's."""
    sheet, frame = found.sheet, found.frame
    title = the_title(sheet)
    reader = Reader(sheet, surface, colors)
    places = [_title(title, found.key, frame, reader)]
    body = Box(0, 0, 0, 0)
    if found.key == "cover":
        places += _lines(sheet, reader, ("subtitle", "author", "date"))
    elif found.key == "section" and sheet.type == "secHead":
        places += _lines(sheet, reader, ("text",))
    else:
        body = frame.content
    if found.key == "closing":
        side = Box(body.x, body.y, min(inches(3.2), body.w * 28 // 100), body.h)
        places.append(_loose("instruction", side, 14, "ink2"))
        body = body.inset(left=side.w + inches(0.35))
    if found.key in ("text", "columns"):
        places += _bodies(found, body)
    if body.h:
        places.append(_loose("source", frame.source, 9, "muted"))
    places += [p for p in (_footer(each, reader) for each in sheet.placeholders) if p]
    art = tuple(_ground(place, sheet, surface, colors) for place in places if _outside(place, body))
    return Layout(
        key=found.key, name=sheet.name, type=sheet.type or "cust", frame=body,
        placeholders=tuple(places), background="bg", art=art,
        part=sheet.part, patch=_patch(frame, surface.slide) if body.h and not frame.flat else None,
        banner=frame.flat and ground_under(title.box, sheet, surface) != frame.colors,
    )  # fmt: skip


def _patch(frame: Frame, slide: Box) -> Box:
    """A ground of our own below content and source, a little larger than both."""
    pad, low = inches(0.12), inches(0.03)  # the footers are near
    x, y = max(0, frame.content.x - pad), max(0, frame.content.y - pad)
    right = min(slide.right, frame.content.right + pad)
    bottom = min(slide.bottom, frame.source.bottom + low)
    return Box(x, y, right - x, bottom - y)


def _outside(place: Placeholder, body: Box) -> bool:
    """Whether a placeholder stands on the template's own ground, not in the room for content."""
    return not place.loose and not (body.h and _meet(place.box, body))


def _ground(place: Placeholder, sheet: Sheet, surface: Surface, colors: Colors) -> Art:
    """What a placeholder stands on, for the rule on contrast: of several colours the one on
    which it reads worst; None if they are not known.
    """
    under = ground_under(place.box, sheet, surface)
    own = colors.tokens.get(place.color, "000000")
    worst = min(under, key=lambda ground: contrast(own, ground)) if under else None
    return Art(f"{place.name} ground", place.box, colors.token(worst) if worst else None)


class Reader(Struct, frozen=True):
    """Takes a layout's placeholders over as kinds see them."""

    sheet: Sheet
    surface: Surface
    colors: Colors

    def placeholder(self, key: str, found: Found) -> Placeholder:
        """A placeholder in its own style; in another colour where its own cannot be read."""
        wider = 1 + found.tracking_pt / (LETTER * found.size_pt) if found.tracking_pt > 0 else 1.0
        color = self._readable(found)
        return Placeholder(
            key=key, type=found.type, idx=found.idx, box=found.box,
            name=found.name or key.capitalize(), size_pt=found.size_pt, prompt="",
            bold=found.bold, color=self.colors.token(color), align=_start(found),
            anchor=found.anchor, insets=found.insets, face="" if found.shown else found.face,
            caps=found.caps, wider=wider, restyled=found.shown or found.rtl or color != found.color,
            moved=found.moved,
        )  # fmt: skip

    def _readable(self, found: Found) -> str:
        grounds = ground_under(found.box, self.sheet, self.surface)
        large = found.size_pt >= (LARGE_BOLD_PT if found.bold else LARGE_PT)
        floor = LARGE if large else TEXT
        if not grounds or _least(found.color, grounds) >= floor:
            return found.color
        scheme = self.surface.schemes[self.sheet.master].colors
        words = (scheme["tx1"], scheme["bg1"], "FFFFFF", "000000")
        # As near to the company's own colour as can be read: a grey stays one.
        for share in (0.1, 0.2, 0.3, 0.4, 1.0):
            for word in words:
                color = mix(found.color, word, share)
                if _least(color, grounds) >= floor:
                    return color
        return max((found.color, *words), key=lambda color: _usual(color, grounds))


def _usual(color: str, grounds: Sequence[str]) -> float:
    """The contrast of a colour on several grounds, one with another."""
    return sum(contrast(color, ground) for ground in grounds) / len(grounds)


def _start(found: Found) -> Align:
    """The side of a text as one that runs from the left has it: `left` is where it begins."""
    mirrored: dict[Align, Align] = {"left": "right", "right": "left"}
    return mirrored.get(found.align, found.align) if found.rtl else found.align


def _least(color: str, grounds: Sequence[str]) -> float:
    return min(contrast(color, ground) for ground in grounds)


def _title(title: Found, key: str, frame: Frame, reader: Reader) -> Placeholder:
    place = reader.placeholder("title", title)
    if key == "insight":
        box = Box(
            frame.content.x, frame.content.y, frame.content.w * 51 // 100, frame.content.h * 2 // 3
        )
        return replace(
            place, box=box, size_pt=36.0, color="ink", align="left", anchor="top", restyled=True,
            moved=True, insets=(0, 0, 0, 0), prompt="",
        )  # fmt: skip
    if key == "cover" or (key == "section" and reader.sheet.type == "secHead"):
        sizes = [size for size in (place.size_pt, 44, 40, 36, 32, 28, 24) if size <= place.size_pt]
        return replace(place, sizes=tuple(dict.fromkeys(float(size) for size in sizes)))
    place = _with_room(place, frame)
    return replace(place, sizes=title_sizes(place))


def _with_room(place: Placeholder, frame: Frame) -> Placeholder:
    """A title's placeholder, higher where two lines of the least size have no room in it.

    It grows down to the content, or up to the slide's edge.
    """
    lack = points(2 * TITLE_SIZES[-2] * LINE_PITCH) + points(1) - place.inner.h
    if lack <= 0:
        return place
    box = place.box
    down = max(0, min(lack, frame.content.y - inches(0.05) - box.bottom))
    up = max(0, min(lack - down, box.y - inches(0.1))) if box.y < frame.content.y else 0
    if not down and not up:
        return place
    higher = Box(box.x, box.y - up, box.w, box.h + up + down)
    return replace(place, box=higher, moved=True)


def title_sizes(place: Placeholder) -> tuple[float, ...]:
    """Sizes for titles, the usual one first: the largest in which two lines hold a hundred
    letters, so that titles seldom change theirs from slide to slide; never below 20 points.
    """
    own = place.size_pt
    sizes = [float(size) for size in TITLE_SIZES if size < own]
    if own <= TITLE_SIZES[0]:
        sizes.insert(0, own)
    room = place.inner

    def holds(size: float) -> bool:
        letters = 2 * room.w / points(size * LETTER)
        return room.h >= points(2 * size * LINE_PITCH) and letters >= TITLE_LETTERS

    usual = next((size for size in sizes if holds(size)), min(own, 24.0))
    return tuple(size for size in sizes if size <= usual) or (own,)


def _lines(sheet: Sheet, reader: Reader, keys: Sequence[str]) -> list[Placeholder]:
    """The texts of a cover or divider from the top down, as the first of these keys."""
    texts = [p for p in sheet.placeholders if p.type in BODIES and not p.twice and not p.upright]
    texts.sort(key=lambda p: (p.type != "subTitle", p.box.y))
    return [_unspaced(key, text, reader) for key, text in zip(keys, texts, strict=False)]


def _unspaced(key: str, text: Found, reader: Reader) -> Placeholder:
    """A place for several lines, which are measured without space between them."""
    place = reader.placeholder(key, text)
    return replace(place, restyled=place.restyled or text.spaced)


def _bodies(found: Match, body: Box) -> list[Placeholder]:
    """The places for points: the template's own, or text boxes where they would be."""
    places = [p for p in bodies_of(found.sheet) if not p.twice]
    count = 1 if found.key == "text" else 2
    boxes = [body]
    if count == 2:
        half = (body.w - inches(0.4)) // 2
        boxes = [Box(body.x, body.y, half, body.h), Box(body.right - half, body.y, half, body.h)]
    result = []
    for number, box in enumerate(boxes):
        key = ("text", "text2")[number]
        if len(places) == count and found.frame.flat:
            own = places[number]
            result.append(
                Placeholder(
                    key=key,
                    type=own.type,
                    idx=own.idx,
                    box=box,
                    name=own.name or "Text",
                    prompt="",
                    size_pt=16,
                    color="ink2",
                    bullets=True,
                    restyled=True,
                    moved=own.box != box,
                )
            )
        else:
            result.append(replace(_loose(key, box, 16, "ink2"), name="Text"))
    return result


def _loose(key: str, box: Box, size_pt: float, color: str) -> Placeholder:
    """A text box that stands in for a placeholder that the template lacks."""
    return Placeholder(
        key=key, type="body", idx=0, box=box, name=key.capitalize(), size_pt=size_pt, prompt="",
        color=color, anchor="bottom" if key == "source" else "top", restyled=True, loose=True,
    )  # fmt: skip


def _footer(found: Found, reader: Reader) -> Placeholder | None:
    """The template's footer or number, where it has one."""
    key = {"ftr": "footer", "sldNum": "number"}.get(found.type)
    if key is None or found.twice:
        return None
    place = reader.placeholder(key, found)
    # LibreOffice gives a footer that is empty on its layout none of the layout's style.
    place = replace(place, restyled=place.restyled or (key == "footer" and found.empty))
    smaller = (float(size) for size in FOOTER_SIZES if size < place.size_pt)
    return replace(place, sizes=(place.size_pt, *smaller)) if key == "footer" else place
