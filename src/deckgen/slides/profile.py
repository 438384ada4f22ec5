"""One company on a page: what it owns, what it depends on, its bet and its exposure.

The rail on the left tells its tier; the ladder in it leads to the tier map, a provider's
card to that provider's profile. Where the sources are silent a dashed box says so, unless
`hide_absent` leaves the box out and its neighbour takes the row. A company that depends
on nobody shows who depends on it. Quadrants that do not fit are set smaller, then bet and
exposure stand on a second page. In a low frame the status may go to the notes.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct
from msgspec.structs import replace

from deckgen.arrange import share
from deckgen.canvas import Canvas, Studio
from deckgen.fields import Doc
from deckgen.outline import Claim, Company, Criterion, Member, Outline, Slide, Standing, cited_in
from deckgen.parts import (
    BALL,
    absent_box,
    ball_alt,
    ball_fill,
    claims_height,
    draw_claims,
    harvey_ball,
    section_head,
    standing_words,
)
from deckgen.parts.findings import what_one_has
from deckgen.parts.providers import (
    CARD_GAP,
    card_height,
    dependants_of,
    draw_cards,
    list_dependants,
    needs_of,
)
from deckgen.parts.rail import draw_rail
from deckgen.scene import Box
from deckgen.source import Id, Text
from deckgen.styles import BODY, CLAIM, HAIRLINE, SUBHEAD, SUPPORT, SUPPORT_BOLD, Style
from deckgen.units import inches, to_inches

HEAD = inches(0.56)  # a section's rule and head, above its content
ABSENT = inches(0.5)
GAP, ROW_GAP = inches(0.4), inches(0.3)  # between quadrants side by side, and rows of them
MOST_CRITERIA = 5
TALLEST_ROW, TALLEST_CARD = inches(0.62), inches(0.8)


class Fields(Slide, kw_only=True):
    named_by = "company"
    company: Annotated[Id, Doc("who is shown", ref="company|group", fact=True)]
    hide_absent: Annotated[
        bool, Doc("true to leave out what the sources are silent on, rather than to say so")
    ] = False


def title(slide: Fields, outline: Outline) -> str:
    return what_one_has(outline, outline.member(slide.company))


class Scale(Struct, frozen=True):
    """How large the parts of the sections are set: EMU, and points for the claims.

    `extras` are criteria that do not define a tier, and the basis of a provider.
    """

    row: int
    card: int
    claim_pt: float
    extras: bool


WIDE = inches(6)  # from here a criterion's row tells its meaning as well
ROOMY, TIGHT = (inches(0.48), inches(0.68), True), (inches(0.36), inches(0.42), False)
SCALES = tuple(
    Scale(row, card, size, extras)
    for (row, card, extras), size in (
        (ROOMY, 16), (TIGHT, 16), (ROOMY, 14), (TIGHT, 14), (TIGHT, 12),
    )
)  # fmt: skip


def layout(slide: Fields, studio: Studio) -> None:
    member = studio.outline.member(slide.company)
    studio.slide = replace(
        slide,
        kicker=slide.kicker or studio.labels.profile,
        source=slide.source or cited_in(member),
    )
    probe = Canvas(studio, studio.layouts["content"])
    frame = probe.frame
    rail = Box(frame.x, frame.y, round(frame.w * 0.2376), frame.h)
    left = rail.right + inches(0.3)
    area = Box(left, frame.y, frame.right - left, frame.h)
    pages = _paginate(probe, area, member, slide.hide_absent)
    for number, rows in enumerate(pages, start=1):
        canvas = studio.open("content", number, len(pages))
        draw_rail(canvas, rail, member)
        _sections(canvas, area, member, rows)


def _paginate(
    canvas: Canvas, area: Box, member: Member, hide_absent: bool
) -> list[list[list[Section]]]:
    """The rows of quadrants on one page, or on two where only each alone has room."""
    rows = _rows(canvas, member, hide_absent)

    def fits(shown: list[list[Section]]) -> bool:
        room = area.h - ROW_GAP * (len(shown) - 1)
        return sum(_naturals(canvas, area, member, shown, SCALES[-1])) <= room

    apart = [[row] for row in rows]
    return apart if len(rows) > 1 and not fits(rows) and all(map(fits, apart)) else [rows]


# -- the sections -----------------------------------------------------------------


class Section(Struct, frozen=True):
    """A quadrant. `present` tells whether the sources say anything for it."""

    key: str
    head: str
    color: str
    present: bool


def _naturals(
    canvas: Canvas, area: Box, member: Member, rows: list[list[Section]], scale: Scale
) -> list[int]:
    """The height that each row of quadrants needs at a scale."""
    return [
        max(_height(canvas, s, member, share(area.w, len(row), GAP), scale) for s in row)
        for row in rows
    ]


def _sections(canvas: Canvas, area: Box, member: Member, rows: list[list[Section]]) -> None:
    """The quadrants: rows of equal height where their content allows."""
    if not rows:  # nothing is known, and nothing may be left out
        if not member.withheld:
            absent_box(canvas, area)
        return
    room = area.h - ROW_GAP * (len(rows) - 1)

    def natural(scale: Scale) -> list[int]:
        return _naturals(canvas, area, member, rows, scale)

    half = room // len(rows)  # rows of one height, so that profiles look alike in a deck
    alike = (scale for scale in SCALES if max(natural(scale)) <= half and scale.claim_pt >= 16)
    fitting = (scale for scale in SCALES if sum(natural(scale)) <= room)
    scale = next(alike, None) or next(fitting, SCALES[-1])
    heights = natural(scale)
    if sum(heights) > room:
        _refuse(canvas, member, heights, room)
        return
    y = area.y
    for row, height in zip(rows, _split(heights, room), strict=True):
        width = share(area.w, len(row), GAP)
        for index, section in enumerate(row):
            x = area.x + index * (width + GAP)
            top = section_head(canvas, x, y, width, section.head, section.color)
            _draw(canvas, section, member, Box(x, top, width, y + height - top), scale)
        y += height + ROW_GAP


def _rows(canvas: Canvas, member: Member, hide_absent: bool) -> list[list[Section]]:
    outline, labels = canvas.studio.outline, canvas.studio.labels
    standings = [outline.standing(member, c) for c in outline.criteria]
    owns = any(standing.state != "not stated" for standing in standings)
    depends = bool(member.depends_on or dependants_of(outline, member))
    rows = [
        [
            Section("owns", labels.owns, "brand", owns),
            Section("depends", labels.depends, "brand", depends),
        ]
    ]
    if isinstance(member, Company):
        bet, exposure = bool(member.bet), bool(member.exposure)
        rows.append(
            [
                Section("bet", labels.bet, "pos", bet),
                Section("exposure", labels.exposure, "neg", exposure),
            ]
        )
    rows = [[s for s in row if s.present or not _is_hidden(s, member, hide_absent)] for row in rows]
    rows = [row for row in rows if row]
    return rows if len(rows) != 1 else [[section] for section in rows[0]]


# What is missing from a quadrant that is empty because the audience does not get all of it.
_WITHHELD = {
    "owns": {"criteria"}, "depends": {"depends_on", "dependants"},
    "bet": {"bet"}, "exposure": {"exposure"},
}  # fmt: skip


def _is_hidden(section: Section, member: Member, hide_absent: bool) -> bool:
    """Whether an empty quadrant is left out: it would say that the sources are silent."""
    return hide_absent or bool(member.withheld & _WITHHELD.get(section.key, set()))


def _split(natural: list[int], room: int) -> list[int]:
    """Row heights: halves where both fit, so that profiles look alike from page to page."""
    if len(natural) < 2:
        return natural and [room]
    top, bottom = natural
    if max(top, bottom) <= room // 2:
        return [room // 2, room // 2]
    spare = room - top - bottom
    return [top + spare // 2, bottom + spare // 2]


def _refuse(canvas: Canvas, member: Member, heights: list[int], room: int) -> None:
    needs = " and ".join(f"{to_inches(height):.2f}" for height in heights)
    canvas.studio.refuse(
        member,
        f"the sections of {member.name} need {needs} in and have {to_inches(room):.2f} in",
        "shorten its bet and exposure, or leave out a provider or a criterion",
    )


def _height(canvas: Canvas, section: Section, member: Member, width: int, scale: Scale) -> int:
    """The height that a section needs at a scale, its head included."""
    claims = _claims(section, member)
    if section.key == "owns":
        criteria = _criteria(canvas.studio.outline, member, scale.extras)
        rows = [_criterion_height(canvas, member, criterion, width) for criterion in criteria]
        return HEAD + (len(rows) * max(scale.row, *rows) if rows else ABSENT)
    if section.key == "depends":
        needs = needs_of(member)
        if needs:
            card = max(scale.card, card_height(canvas, needs, width, scale.extras))
            return HEAD + len(needs) * card + (len(needs) - 1) * CARD_GAP
        others = scale.extras and dependants_of(canvas.studio.outline, member)
        return HEAD + ABSENT + (inches(0.46) + ROOMY[1] if others else 0)
    if claims:
        return HEAD + claims_height(canvas, claims, width, CLAIM.but(size_pt=scale.claim_pt))
    return HEAD + ABSENT


def _draw(canvas: Canvas, section: Section, member: Member, box: Box, scale: Scale) -> None:
    """The content of a section, below its head."""
    claims = _claims(section, member)
    if section.key == "owns" and canvas.studio.outline.criteria:
        _draw_criteria(canvas, box, member, scale)
    elif section.key == "depends":
        _draw_needs(canvas, box, member)
    elif claims:
        draw_claims(canvas, box, claims, CLAIM.but(size_pt=scale.claim_pt))
    else:
        absent_box(canvas, box)


def _claims(section: Section, member: Member) -> tuple[Claim, ...]:
    return getattr(member, section.key, ()) if section.key in ("bet", "exposure") else ()


# -- what it owns -----------------------------------------------------------------


def _criteria(outline: Outline, member: Member, extras: bool) -> tuple[Criterion, ...]:
    """The defining criteria; with `extras` up to five with those that the sources speak of."""
    defining = outline.defining_criteria()
    others = [
        criterion for criterion in outline.criteria
        if criterion not in defining and outline.standing(member, criterion).state != "not stated"
    ]  # fmt: skip
    return (*defining, *others[: max(0, MOST_CRITERIA - len(defining)) if extras else 0])


def _draw_criteria(canvas: Canvas, box: Box, member: Member, scale: Scale) -> None:
    """A row for each criterion: ball, name, state, hairline."""
    outline, labels = canvas.studio.outline, canvas.studio.labels
    criteria = _criteria(outline, member, scale.extras)
    height = min(TALLEST_ROW, box.h // len(criteria))
    for index, criterion in enumerate(criteria):
        standing = outline.standing(member, criterion)
        row = Box(box.x, box.y + index * height, box.w, height)
        alt = ball_alt(member, criterion, standing, labels)
        harvey_ball(canvas, row.x, row.y + height // 2, ball_fill(standing), alt)
        _draw_criterion(canvas, row.inset(left=BESIDE_BALL), criterion, standing)
        canvas.rule(row.x, row.bottom, row.w, HAIRLINE, f"{criterion.name} rule")


BESIDE_BALL = BALL + inches(0.13)  # where a criterion's words begin


def _criterion_height(canvas: Canvas, member: Member, criterion: Criterion, width: int) -> int:
    """The height that a criterion's name and its state need in a row of this width."""
    standing = canvas.studio.outline.standing(member, criterion)
    row = width - BESIDE_BALL
    name, style, _ = _name_column(canvas, row, criterion, standing)
    state = row - name - inches(0.12)
    told = standing.note or standing_words(standing, canvas.studio.labels)
    words = max(canvas.height(criterion.name, style, name), canvas.height(told, SUPPORT, state))
    return words + inches(0.02)


def _name_column(
    canvas: Canvas, row: int, criterion: Criterion, standing: Standing
) -> tuple[int, Style, int]:
    """The width of a criterion's name in a row, its style, and the most that it may have."""
    style = SUBHEAD if standing.state == "met" else BODY
    wide = _is_wide(row, criterion)
    most = round(row * (0.26 if wide else 0.6))
    told = standing.note or standing_words(standing, canvas.studio.labels)
    state = canvas.width(told, SUPPORT) + inches(0.16)
    if not wide and canvas.width(criterion.name, style) > most:  # a short state leaves it more
        most = max(most, row - state)
    return min(canvas.width(criterion.name, style) + inches(0.08), most), style, most


def _is_wide(row: int, criterion: Criterion) -> bool:
    """Whether a row has room for what a criterion means."""
    return bool(criterion.meaning) and row > WIDE


def _draw_criterion(canvas: Canvas, row: Box, criterion: Criterion, standing: Standing) -> None:
    """Name, in a wide row what it takes, and the state with its note where that fits."""
    told = SUPPORT.but(color="muted", align="right")
    width, style, names = _name_column(canvas, row.w, criterion, standing)
    canvas.text(
        Box(row.x, row.y, width, row.h), criterion.name, style,
        anchor="middle", role="label", name=f"Criterion {criterion.name}",
    )  # fmt: skip
    if _is_wide(row.w, criterion):
        means = f"{canvas.studio.labels.means}: {criterion.meaning}"
        box = Box(row.x + names, row.y, round(row.w * 0.42), row.h)
        canvas.text(box, Text(means, criterion.meaning.mark), SUPPORT, anchor="middle")
        width = names + box.w
    state = row.inset(left=width + inches(0.12))
    words = standing_words(standing, canvas.studio.labels)
    noted = f"{words}: {standing.note}" if standing.note else words
    if not canvas.fits(noted, told, state.w, max(1, min(2, state.h // told.line_height))):
        noted = standing.note or words
    canvas.text(
        state, noted, told, anchor="middle", source=standing, name=f"State {criterion.name}"
    )


# -- what it depends on -----------------------------------------------------------


def _draw_needs(canvas: Canvas, box: Box, member: Member) -> None:
    """A card for each provider; below, who depends on the company, where there is room."""
    labels = canvas.studio.labels
    needs, others = needs_of(member), dependants_of(canvas.studio.outline, member)
    y = box.y
    if needs:
        tallest = max(TALLEST_CARD, card_height(canvas, needs, box.w, basis=False))
        height = min(tallest, share(box.h, len(needs), CARD_GAP))
        y = draw_cards(canvas, Box(box.x, y, box.w, height), needs, "Provider")
    elif "depends_on" not in member.withheld:
        # Alone it fills its quadrant: a small box over a blank looks forgotten.
        height = ABSENT if others else box.h
        absent_box(canvas, Box(box.x, y, box.w, height))
        y += height
    if not others:
        return
    y += inches(0.16)
    room, head = box.bottom - y, inches(0.3)
    height = min(ROOMY[1], share(room - head, len(others), CARD_GAP))
    if height >= card_height(canvas, others, box.w, basis=False):
        label = Box(box.x, y, box.w, head)
        style = SUPPORT_BOLD.but(color="brand")
        canvas.text(label, labels.needed_by, style, name="Dependants head", role="label")
        draw_cards(canvas, Box(box.x, y + head, box.w, height), others, "Dependant")
        return
    told = f"**{labels.needed_by}:** {list_dependants(canvas, others)}"
    if canvas.height(told, SUPPORT, box.w) <= room:
        canvas.text(Box(box.x, y, box.w, room), told, SUPPORT, name="Dependants")
    else:
        canvas.studio.move_to_notes(f"“{labels.needed_by}”", list_dependants(canvas, others))
