"""A layout that serves one of ours goes in; ours on it comes out, with its placeholders.

What the template has is taken over in its own style, what it lacks is a text box. Lengths in EMU.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckgen.box import Align, Box
from deckgen.corporate.frames import (
    BODIES,
    Frame,
    Surface,
    bodies_of,
    ground_under,
    meet,
    the_title,
)
from deckgen.corporate.match import Match
from deckgen.corporate.shapes import Found, Sheet
from deckgen.template import LINE_PITCH, Art, Layout, Placeholder
from deckgen.theme import LARGE, TEXT, contrast, is_large, mix
from deckgen.units import inches, points

TITLE_SIZES = (28, 26, 24, 22, 20)  # points, of action titles
FOOTER_SIZES = (14, 12, 11, 10, 9)  # points
TITLE_LETTERS = 100  # that an action title should have room for, in two lines
LETTER = 0.52  # em, of an average letter in bold


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
    return not place.loose and not (body.h and meet(place.box, body))


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
        floor = LARGE if is_large(found.size_pt, found.bold) else TEXT
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
