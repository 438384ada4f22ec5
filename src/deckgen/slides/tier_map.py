"""The tiers as bands, the strongest on top: who stands in each, and what places one there.

Cards share their columns across the bands. A tier of five to eight companies takes two
rows of cards; from nine on it shows seven and counts the rest, and a table of all of them
follows. A group spans what is left of its row. A company in build has a dashed outline.
What does not fit is set smaller, then with short names; then the bases of a whole tier go to
the notes, and last what places one in each tier and, in a low frame, the takeaway; the build
says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, TypeAlias

from msgspec.structs import replace

from deckgen.arrange import share
from deckgen.canvas import Canvas, Studio
from deckgen.fields import Doc
from deckgen.outline import NONE, Outline, Slide
from deckgen.parts import takeaway_bar, tier_fill
from deckgen.parts.bands import (
    CARD_GAP,
    GAP,
    INSETS,
    ONE_ROW,
    ROW_GAP,
    Band,
    Grid,
    Look,
    block_words,
    card_words,
    make_bands,
    name_style,
    natural_height,
)
from deckgen.parts.tables import fill_rows
from deckgen.scene import Box, ConnectorItem, Line
from deckgen.slides import table
from deckgen.source import Id, Text, list_words, number_word
from deckgen.styles import LABEL, SUPPORT
from deckgen.units import inches, to_inches

DASHED = Line("muted", 1.25, dashed=True)


class Fields(Slide):
    shows_everyone: ClassVar[bool] = True
    axis: Annotated[Text, Doc("what grows from the bottom to the top")] = NONE
    line_after: Annotated[Id, Doc("draw a dashed line under this tier", ref="tier")] = Id("")
    line_label: Annotated[Text, Doc("what the dashed line divides")] = NONE
    takeaway: Annotated[Text, Doc("a line under the map that says what it means")] = NONE


def title(slide: Fields, outline: Outline) -> str:
    """How many tiers there are, and who stands in the first."""
    number = number_word(len(outline.tiers))
    told = f"{number} {outline.labels.tiers} rank the field"
    top = outline.members(1)
    names = list_words([member.name for member in top], "and")
    if not top:
        return told
    if len(top) > 3 or len(names) > 70:
        names = f"{number_word(len(top)).lower()} {outline.labels.companies}"
    return f"{told}; {names} {'stands' if len(top) == 1 else 'stand'} at the top"


# -- the page ---------------------------------------------------------------------


def layout(slide: Fields, studio: Studio) -> None:
    if len(studio.outline.tiers) < 2:
        studio.refuse(slide, "a tier map takes two to six tiers", "add tiers to the analysis")
        studio.open("content")
        return
    slide, grid, look, bands = _fit(slide, studio)
    listed = _list_members(slide, studio, [band for band in bands if band.listed])
    plan = table.plan_table(listed, studio) if listed else None
    pages = 1 + (len(plan.pages) if plan else 0)
    canvas = studio.open("content", 1, pages)
    _heads(canvas, grid)
    natural = [natural_height(canvas, grid, band, look) for band in bands]
    if sum(natural) > grid.room:
        needs, has = f"{to_inches(sum(natural)):.2f} in", f"{to_inches(grid.room):.2f} in"
        studio.refuse(
            slide, f"the names in the {studio.labels.tiers} need {needs} and have {has}",
            "give the companies short names",
        )  # fmt: skip
        return
    heights = fill_rows(natural, grid.room, grid.tallest)
    y = grid.top
    boxes = []
    for band, height in zip(bands, heights, strict=True):
        box = Box(grid.left, y, grid.right - grid.left, height)
        boxes.append(box)
        _draw_band(canvas, grid, band, look, box, plan)
        y = box.bottom + (grid.line_gap if band.number == grid.line_after else GAP)
    if slide.axis:
        _axis(canvas, grid, slide.axis, boxes[-1].bottom)
    if grid.line_after:
        _line(canvas, grid, slide, boxes[grid.line_after - 1].bottom + grid.line_gap // 2)
    if slide.takeaway:
        takeaway_bar(canvas, slide.takeaway)
    if listed and plan:
        table.draw_pages(listed, studio, plan, 2, pages)


Fitted: TypeAlias = tuple[Fields, Grid, Look, list[Band]]


def _fit(slide: Fields, studio: Studio) -> Fitted:
    """The map as it fits; without what places one in each tier where only that makes it fit.

    In a cramped frame the takeaway gives way as well.
    """
    outline = studio.outline
    bare = replace(outline, tiers=tuple(replace(tier, places=NONE) for tier in outline.tiers))
    tried: list[Fitted] = []
    ways = [(outline, slide), (bare, slide)]
    if studio.cramped and slide.takeaway:
        ways.append((bare, replace(slide, takeaway=NONE)))
    for studio.outline, told in ways:
        probe = Canvas(studio, studio.layouts["content"])
        grid = Grid(
            probe, axis=bool(slide.axis), line_after=slide.line_after,
            line_label=slide.line_label, takeaway=bool(told.takeaway),
        )  # fmt: skip
        look, bands = make_bands(probe, grid)
        tried.append((told, grid, look, bands))
        if sum(natural_height(probe, grid, band, look) for band in bands) <= grid.room:
            break
    else:
        studio.outline = outline
        return tried[0]
    if len(tried) > 1:
        places = [f"{tier.name}: {tier.places}" for tier in outline.tiers if tier.places]
        if places:
            studio.move_to_notes(studio.labels.places, "; ".join(places))
        if slide.takeaway and not tried[-1][0].takeaway:
            studio.move_to_notes("the takeaway", slide.takeaway)
    return tried[-1]


def _list_members(slide: Fields, studio: Studio, bands: Sequence[Band]) -> table.Fields | None:
    """A table of all members of these bands."""
    members = [member for band in bands for member in band.members]
    if not members:
        return None
    labels = studio.labels
    heads = [labels.cased("company"), *([labels.basis] if any(m.basis for m in members) else [])]
    rows = [
        table.Row(cells=(m.name, m.basis)[: len(heads)], group=Text(str(band.number)), mark=m.mark)
        for band in bands
        for m in band.members
    ]
    columns = tuple(table.Column(head=Text(head)) for head in heads)
    return table.Fields(kind=Id("table"), columns=columns, rows=tuple(rows), mark=slide.mark)


def _heads(canvas: Canvas, grid: Grid) -> None:
    """A head over each column, and what a dashed outline means where there is one."""
    labels = canvas.studio.labels
    one = min(grid.heads.h, inches(0.22))  # heads stand on the line above the bands
    for x, width, words in grid.columns_named(canvas):
        high = max(one, canvas.height(words, LABEL, width))
        box = Box(x, grid.heads.bottom - high, width, high)
        canvas.text(box, words, LABEL, name=f"Head {words}", role="label")
    if any(member.building for member in canvas.studio.outline.members()):
        style = LABEL.but(bold=False)
        width = canvas.width(labels.in_build, style) + inches(0.04)
        x = grid.cards_right - width
        top = grid.heads.bottom - one
        key = Box(x - inches(0.36), top + inches(0.03), inches(0.28), inches(0.14))
        canvas.shape(key, "Key in build", line=replace(DASHED, width_pt=1.0), role="decorative")
        box = Box(x, top, width, one)
        canvas.text(box, labels.in_build, style, name="Key", role="label")


def _draw_band(
    canvas: Canvas, grid: Grid, band: Band, look: Look, box: Box, plan: table.Plan | None
) -> None:
    """A band from left to right: the tier, its cards, its criterion."""
    rank = canvas.studio.labels.rank(band.number)
    canvas.panel(box, f"{rank} band", "surface")
    canvas.shape(
        Box(box.x, box.y, grid.block, box.h), rank, fill=tier_fill(band.number),
        words=block_words(canvas, grid, band, look), source=band.tier,
        insets=(0.18, 0.03, 0.1, 0.03),
    )  # fmt: skip
    area = grid.area(box)
    if not band.members:
        words = canvas.studio.labels.no_company
        canvas.text(area, words, SUPPORT.but(color="muted"), anchor="middle", name="Empty tier")
    _cards(canvas, grid, band, look, area)
    if plan and band.listed:
        _count_rest(canvas, grid, band, look, area, plan)
    if band.tier.places:
        place = Box(grid.right - grid.criterion, box.y, grid.criterion - inches(0.1), box.h)
        canvas.text(place, band.tier.places, SUPPORT.but(size_pt=look.places), anchor="middle")


def _cards(canvas: Canvas, grid: Grid, band: Band, look: Look, area: Box) -> None:
    studio = canvas.studio
    for member, box in zip(band.shown, grid.card_boxes(band, area), strict=True):
        canvas.shape(
            box, f"{studio.labels.cased('company')}: {member.name}", fill="card",
            line=DASHED if member.building else Line("hair", 0.75),
            words=card_words(canvas, member, band, look, box), source=member, insets=INSETS,
            link=studio.link_to(studio.profile_of(member.id)),
        )  # fmt: skip
    untold = [f"{m.name}: {m.basis}" for m in band.members if m.basis]
    if untold and not band.basis and not band.listed:
        studio.move_to_notes(
            f"what places them in {studio.labels.tier} {band.number}", "; ".join(untold)
        )


def _count_rest(
    canvas: Canvas, grid: Grid, band: Band, look: Look, area: Box, plan: table.Plan
) -> None:
    """In the last place, how many more there are and on which page."""
    labels, first = canvas.studio.labels, canvas.studio.pages_of(canvas.studio.slide.id)[0]
    group = str(band.number)
    page = next(
        number for number, entries in enumerate(plan.pages, first + 1)
        if any(entry.group == group for entry in entries)
    )  # fmt: skip
    width, height = share(area.w, ONE_ROW, CARD_GAP), share(area.h, 2, ROW_GAP)
    box = Box(area.right - width, area.bottom - height, width, height)
    words = f"+ {len(band.members) - len(band.shown)} {labels.more}, {labels.page} {page}"
    style = name_style(band, look).but(color="muted")
    canvas.text(box.inset(left=inches(INSETS[0])), words, style, anchor="middle", name="More")


def _axis(canvas: Canvas, grid: Grid, words: Text, bottom: int) -> None:
    """An arrow up beside the bands with its name, which reads from bottom to top."""
    x = grid.left - inches(0.18)
    stroke = Line("ink2", 1.5, arrow_end=True)
    canvas.add(ConnectorItem(name="Axis", start=(x, bottom), end=(x, grid.top), line=stroke))
    length, thick = bottom - grid.top, inches(0.2)
    middle = (grid.top + bottom) // 2
    box = Box(x - inches(0.2) - length // 2, middle - thick // 2, length, thick)
    canvas.text(box, words, LABEL.but(color="ink2", align="center"), rotation=270, anchor="middle")


def _line(canvas: Canvas, grid: Grid, slide: Fields, y: int) -> None:
    """The dashed line, broken by its label."""
    stroke = Line("accent", 1.5, dashed=True)
    if grid.label is None:
        canvas.rule(grid.left, y, grid.right - grid.left, stroke, "Dividing line")
        return
    place, style = grid.label
    before = place.x - inches(0.12) - grid.left
    if before > 0:
        canvas.rule(grid.left, y, before, stroke, "Dividing line")
    rest = place.right + inches(0.08)
    if rest < grid.right:
        canvas.rule(rest, y, grid.right - rest, stroke, "Dividing line")
    canvas.text(replace(place, y=y + place.y), slide.line_label, style, anchor="middle")
