"""A template's layouts go in; which of them serves each of ours comes out.

Layouts are known by what their placeholders are, never by order or name, unless the outline
names one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckgen.corporate.frames import (
    GAP,
    Frame,
    Surface,
    area,
    bodies_of,
    find_frame,
    has_cover,
    the_title,
    title_of,
)
from deckgen.corporate.shapes import Sheet
from deckgen.opc import TemplateError
from deckgen.source import nearest
from deckgen.units import inches, to_inches

KEYS = ("cover", "section", "content", "text", "columns", "insight", "closing")
NAMED = ("cover", "section", "content", "text", "columns")  # that an outline may name a layout for
NEARLY, ENOUGH = 0.93, 0.8  # of the most room: what is taken for the same, what will do
LEAST_FRAME = (inches(7.0), inches(3.1))


class Match(Struct, frozen=True):
    """The layout that serves one of ours, and why."""

    key: str
    sheet: Sheet
    frame: Frame
    why: str


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
    return clear or area(frame.content) < ENOUGH * area(other.content)


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
        ranked.append((area(frame.content) * calm * clear, sheet, frame))
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
