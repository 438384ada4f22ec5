"""Two ways of seeing side by side, before and after, row by row.

Each side may have a picture of the field's shape: `race` is one line on which all run,
`ladder` shows the deck's tiers. A cell may be an inference; one left out says that the
sources are silent. Rows that do not fit are set smaller; more than a page holds continue on a
next page, heads repeated. In a low frame the drawings are lower, and left out at last.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Struct
from msgspec.structs import replace

from deckgen import text
from deckgen.arrange import fill_heights, paginate_evenly, share, spread
from deckgen.canvas import Canvas, Studio
from deckgen.fields import Doc, Part
from deckgen.outline import NONE, Claim, Outline, Slide
from deckgen.parts import (
    TAKEAWAY_HEIGHT,
    absent_box,
    claims_height,
    draw_claims,
    takeaway_bar,
    tier_fill,
    tier_ink,
)
from deckgen.scene import Box, ConnectorItem, GroupItem, Line, ShapeItem
from deckgen.source import Problem, Text
from deckgen.styles import BODY, CAPTION, HEAD, SUBHEAD, SUPPORT, Style
from deckgen.units import inches

MOST_ROWS = 5
HEAD_HEIGHT = inches(0.52)
PICTURE_HEIGHT = inches(1.55)
CAPTION_HEIGHT = inches(0.42)
RUNG = inches(0.23)
LOW_RUNG, LOW_CAPTION = inches(0.18), inches(0.32)  # of drawings in a cramped frame
GAP = (0.0619, inches(0.75))  # between the panels: of the frame's width, and at most
PAD = inches(0.2)
LEAST_ROW, TALLEST_ROW = inches(0.55), inches(1.6)


class Panel(Part):
    """One side of the comparison."""

    shorthand = "head"
    head: Annotated[Text, Doc("what this side is called")]
    picture: Annotated[
        Literal["race", "ladder", "none"],
        Doc("a drawing of the field: one line on which all run, the deck's tiers, or none"),
    ] = "none"
    caption: Annotated[Text, Doc("a few words under the drawing")] = NONE


class Row(Part):
    """What the two sides say on one subject; a side left out is shown as not stated."""

    silent = frozenset({"before", "after"})
    label: Annotated[Text, Doc("the subject, in two or three words")]
    before: Annotated[Claim | None, Doc("what the first side says")] = None
    after: Annotated[Claim | None, Doc("what the second side says")] = None


class Fields(Slide, kw_only=True):
    before: Annotated[Panel, Doc("the first side, shown in grey")]
    after: Annotated[Panel, Doc("the second side, the one that the title speaks for")]
    rows: Annotated[tuple[Row, ...], Doc("subjects on which the sides differ", least=2)]
    pictures: Annotated[Text, Doc("labels the row of drawings")] = NONE
    takeaway: Annotated[Text, Doc("one line under the rows")] = NONE


def check(slide: Fields, outline: Outline) -> Iterator[Problem]:
    for panel in (slide.before, slide.after):
        if panel.picture == "ladder" and not outline.tiers:
            yield Problem(panel.mark, "the outline has no tiers to draw a ladder of", "add tiers")
    for row in slide.rows:
        if not row.before and not row.after:
            told = "a row needs what one side says, `before` or `after`"
            yield Problem(row.mark, told, "leave the row out if nothing is known")


class Grid(Struct, frozen=True):
    """Where labels and panels stand, and in which style cells are set."""

    label: Box
    before: Box
    after: Box
    cell: Style
    head: int
    head_style: Style

    @property
    def gap(self) -> int:
        """What is between the panels."""
        return self.after.x - self.before.right

    def inner(self, panel: Box) -> int:
        """The width of a cell's text in its panel."""
        return panel.w - PAD - inches(0.15)


def layout(slide: Fields, studio: Studio) -> None:
    probe = Canvas(studio, studio.layouts["content"])
    plan = _choose_plan(probe, slide)
    for number, indices in enumerate(plan.pages, start=1):
        canvas = studio.open("content", number, len(plan.pages))
        band = plan.band if number == 1 else 0
        space = _room(probe, slide, plan, number)
        needs = [min(space, plan.heights[index]) for index in indices]
        tall = fill_heights(needs, space, TALLEST_ROW)
        rows = [slide.rows[index] for index in indices]
        _page(canvas, slide, plan.grid, rows, tall, band)
    if plan.bare:
        for panel in (slide.before, slide.after):
            if panel.caption:
                studio.move_to_notes(f"the words under “{panel.head}”", panel.caption)


class Plan(Struct, frozen=True):
    """How the comparison is set: the height of the drawings, of rows, and which rows on a page.

    `bare` is one without its drawings.
    """

    grid: Grid
    band: int
    heights: list[int]
    pages: list[list[int]]
    bare: bool = False


def _choose_plan(canvas: Canvas, slide: Fields) -> Plan:
    """The first way that takes one page, or else the usual one over several.

    In a cramped frame drawings are lower, words smaller, and at last there are no drawings.
    """
    tiers = len(canvas.studio.outline.tiers)
    usual, low = _band_height(slide, tiers), _low_band_height(slide, tiers)
    ways = [(16, usual), (14, usual)]
    if canvas.studio.cramped:
        ways += [(14, low), (12, low), (16, 0), (14, 0), (12, 0)]
    plans = [_plan(canvas, slide, size, _with_captions(canvas, slide, b)) for size, b in ways]
    one_page = (plan for plan in plans if len(plan.pages) == 1 and _holds(canvas, slide, plan))
    several = (plan for plan in plans[1:] if _holds(canvas, slide, plan))
    best = next(one_page, None) or next(several, plans[1])
    return replace(best, bare=bool(usual) and not best.band)


def _room(canvas: Canvas, slide: Fields, plan: Plan, number: int) -> int:
    """The height that the rows of a page have; the first has the drawings."""
    band = plan.band if number == 1 else 0
    return canvas.frame.h - plan.grid.head - band - _foot(slide)


def _holds(canvas: Canvas, slide: Fields, plan: Plan) -> bool:
    """Whether every page has room for its rows."""
    return all(
        sum(plan.heights[index] for index in page) <= _room(canvas, slide, plan, number)
        for number, page in enumerate(plan.pages, start=1)
    )


def _with_captions(canvas: Canvas, slide: Fields, band: int) -> int:
    """The height of a band, more where it holds captions alone and one of them takes two lines."""
    panels = (slide.before, slide.after)
    if not band or any(panel.picture != "none" for panel in panels):
        return band
    width = _grid(canvas, slide, BODY).before.w - 2 * PAD
    tallest = max(canvas.height(panel.caption, SUPPORT, width) for panel in panels if panel.caption)
    return max(band, tallest + inches(0.16))


def _plan(canvas: Canvas, slide: Fields, size: int, band: int) -> Plan:
    grid = _grid(canvas, slide, BODY.but(size_pt=size))
    heights = [_row_height(canvas, grid, row) for row in slide.rows]
    plan = Plan(grid, band, heights, [])

    def room(number: int, of: int) -> int:
        return _room(canvas, slide, plan, number)

    return replace(plan, pages=paginate_evenly(heights, room, MOST_ROWS))


def _foot(slide: Fields) -> int:
    return TAKEAWAY_HEIGHT + PAD if slide.takeaway else 0


def _band_height(slide: Fields, tiers: int) -> int:
    """The height of the drawings with their captions; a ladder of many rungs wants more."""
    panels = (slide.before, slide.after)
    rungs = max(tiers if panel.picture == "ladder" else 0 for panel in panels)
    if any(panel.picture != "none" for panel in panels):
        return max(PICTURE_HEIGHT, inches(0.15) + CAPTION_HEIGHT + rungs * RUNG)
    return CAPTION_HEIGHT if any(panel.caption for panel in panels) else 0


def _low_band_height(slide: Fields, tiers: int) -> int:
    """The least height of the drawings with their captions."""
    panels = (slide.before, slide.after)
    drawn = any(panel.picture != "none" for panel in panels)
    rungs = max(tiers if panel.picture == "ladder" else 2 for panel in panels)
    caption = LOW_CAPTION if any(panel.caption for panel in panels) else inches(0.1)
    return inches(0.1) + caption + rungs * LOW_RUNG if drawn else _band_height(slide, tiers)


def _grid(canvas: Canvas, slide: Fields, cell: Style) -> Grid:
    """Columns for a frame; labels get more where a word of theirs needs it."""
    frame = canvas.frame
    words = [slide.pictures, *(row.label for row in slide.rows)]
    widest = max(
        text.longest_word(canvas.paragraph(label, SUBHEAD), canvas.face)
        for label in words if label
    )  # fmt: skip
    width = min(max(round(frame.w * 0.1607), widest), round(frame.w * 0.23))
    left = frame.x + width + PAD
    share, most = GAP
    panel = (frame.right - left - min(most, round(frame.w * share))) // 2
    before = Box(left, frame.y, panel, frame.h)
    after = Box(frame.right - panel, frame.y, panel, frame.h)
    style, head = _head_setting(canvas, slide, panel - inches(0.3))
    return Grid(Box(frame.x, frame.y, width, frame.h), before, after, cell, head, style)


def _head_setting(canvas: Canvas, slide: Fields, width: int) -> tuple[Style, int]:
    """The style of both heads, the larger one if both have a line, and their height."""
    heads = (slide.before.head, slide.after.head)
    style = HEAD if all(canvas.fits(head, HEAD, width, 1) for head in heads) else SUBHEAD
    tallest = max(canvas.height(head, style, width) for head in heads)
    return style, max(HEAD_HEIGHT, tallest + inches(0.14))


def _row_height(canvas: Canvas, grid: Grid, row: Row) -> int:
    needs = [canvas.height(row.label, SUBHEAD, grid.label.w)]
    for panel, claim in ((grid.before, row.before), (grid.after, row.after)):
        style = grid.cell.but(bold=panel is grid.after)
        if claim:
            needs.append(claims_height(canvas, [claim], grid.inner(panel), style))
    return max(LEAST_ROW, max(needs) + inches(0.3 if grid.cell.size_pt > 14 else 0.16))


def _page(
    canvas: Canvas, slide: Fields, grid: Grid, rows: list[Row], heights: list[int], band: int
) -> None:
    top = canvas.frame.y + grid.head + band
    bottom = top + sum(heights)
    _side(canvas, Box(grid.after.x, canvas.frame.y, grid.after.w, bottom - canvas.frame.y), "After")
    if band:
        _side(canvas, Box(grid.before.x, canvas.frame.y, grid.before.w, grid.head + band), "Before")
    _heads(canvas, slide, grid)
    if band:
        if slide.pictures:
            box = Box(grid.label.x, top - band, grid.label.w, band)
            canvas.text(box, slide.pictures, SUBHEAD, anchor="middle")
        for panel, column in ((slide.before, grid.before), (slide.after, grid.after)):
            _picture(canvas, Box(column.x, top - band, column.w, band), panel)
    y = top
    for index, (row, height) in enumerate(zip(rows, heights, strict=True)):
        if index:
            canvas.rule(grid.label.x, y, canvas.frame.w, name="Row rule")
        _row(canvas, grid, row, y, height)
        y += height
    if slide.takeaway:
        takeaway_bar(canvas, slide.takeaway)


def _side(canvas: Canvas, box: Box, name: str) -> None:
    canvas.panel(box, f"{name} panel", "surface")


def _heads(canvas: Canvas, slide: Fields, grid: Grid) -> None:
    insets = (0.2, 0.03, 0.1, 0.03)
    for panel, column, fill, ink in (
        (slide.before, grid.before, "surface2", "ink2"),
        (slide.after, grid.after, tier_fill(1), tier_ink(1)),
    ):
        box = Box(column.x, column.y, column.w, grid.head)
        canvas.shape(
            box, panel.head.mark.path or panel.head, fill=fill, words=panel.head,
            style=grid.head_style.but(color=ink), insets=insets,
        )  # fmt: skip
    width, height = inches(0.43), inches(0.42)
    x = grid.before.right + (grid.gap - width) // 2
    arrow = Box(x, grid.before.y + (grid.head - height) // 2, width, height)
    canvas.shape(
        arrow, "From before to after", geometry="rightArrow", fill="accent", role="decorative"
    )


def _row(canvas: Canvas, grid: Grid, row: Row, y: int, height: int) -> None:
    label = Box(grid.label.x, y, grid.label.w, height)
    canvas.text(label, row.label, SUBHEAD, anchor="middle")
    for panel, claim in ((grid.before, row.before), (grid.after, row.after)):
        style = grid.cell.but(bold=True, color="ink") if panel is grid.after else grid.cell
        left, width = panel.x + PAD, grid.inner(panel)
        if claim is None:
            least = inches(0.4)
            inset = inches(0.14)  # the box's own, so that its words stand under the others
            box = Box(left - inset, y + (height - least) // 2, width + inset, least)
            absent_box(canvas, box)
            continue
        tall = min(height, claims_height(canvas, [claim], width, style))
        draw_claims(canvas, Box(left, y + (height - tall) // 2, width, tall), [claim], style)


# -- the drawings ---------------------------------------------------------------


def _picture(canvas: Canvas, box: Box, panel: Panel) -> None:
    low = box.h < PICTURE_HEIGHT
    foot = (LOW_CAPTION if low else CAPTION_HEIGHT) if panel.caption else inches(0.15)
    area = box.inset(left=PAD, top=inches(0.1 if low else 0.15), right=PAD, bottom=foot)
    if panel.picture == "race":
        _race(canvas, area, panel)
    elif panel.picture == "ladder":
        _ladder(canvas, area)
    if panel.caption:
        alone = panel.picture == "none"
        place = box if alone else Box(box.x, box.bottom - foot, box.w, foot)
        canvas.text(
            place.inset(left=PAD, right=PAD), panel.caption,
            SUPPORT.but(color="muted", align="left" if alone else "center"), anchor="middle",
        )  # fmt: skip


def _race(canvas: Canvas, area: Box, panel: Panel) -> None:
    """Five circles on one arrow: all run the same race."""
    count, size = 5, inches(0.31)
    length = round(area.w * 0.84)
    left, middle = area.x + (area.w - length) // 2, area.y + area.h // 2
    track = ConnectorItem(
        name="Race track", start=(left, middle), end=(left + length, middle),
        line=Line("muted", 1.5, arrow_end=True),
    )  # fmt: skip
    inner = length - 2 * size
    gap = (inner - count * size) // (count - 1)
    runners = [
        ShapeItem(
            name=f"Runner {index}", box=Box(x, middle - size // 2, size, size), geometry="ellipse",
            fill="card", line=Line("muted", 1.5), role="decorative",
        )
        for index, x in enumerate(spread(left + size * 3 // 4, size, gap, count), start=1)
    ]  # fmt: skip
    box = Box(left, middle - size // 2, length, size)
    alt = f"{panel.head}: {panel.caption}" if panel.caption else str(panel.head)
    canvas.add(GroupItem(name="Race", box=box, items=(track, *runners), alt=alt, role="label"))


def _ladder(canvas: Canvas, area: Box) -> None:
    """The deck's tiers as bars that shorten from the top, each with its name."""
    tiers, labels = canvas.studio.outline.tiers, canvas.studio.labels
    count, gap = len(tiers), inches(0.045)
    height = min(inches(0.24), share(area.h, count, gap))
    y = area.y + (area.h - height * count - gap * (count - 1)) // 2
    names = [f"{labels.tier_letter}{n}  {tier.label}" for n, tier in enumerate(tiers, start=1)]
    if any(canvas.width(name, CAPTION) > area.w * 0.42 for name in names):
        names = [f"{labels.tier_letter}{number}" for number in range(1, count + 1)]
    column = round(max(canvas.width(name, CAPTION) for name in names) * 1.02) + inches(0.05)
    longest = min(area.w - column - inches(0.12), round(area.w * 0.7))
    left = area.x + (area.w - column - inches(0.12) - longest) // 2
    bars = []
    for index, (name, top) in enumerate(zip(names, spread(y, height, gap, count), strict=True)):
        width = longest - round(longest * 0.64 * index / max(1, count - 1))
        bar = Box(left + column + inches(0.12), top, width, height)
        bars.append(
            ShapeItem(
                name=f"Rung {index + 1}", box=bar, fill=tier_fill(index + 1), role="decorative"
            )
        )
        canvas.text(
            Box(left, top, column, height), name, CAPTION.but(pitch_pt=11), source=tiers[index],
            name=f"Rung {index + 1} name", anchor="middle", role="label",
        )  # fmt: skip
    told = ", ".join(f"{number} {tier.name}" for number, tier in enumerate(tiers, start=1))
    frame = Box(bars[0].box.x, y, longest, bars[-1].box.bottom - y)
    alt = f"{labels.cased('tiers')}: {told}"
    canvas.add(GroupItem(name="Ladder", box=frame, items=tuple(bars), alt=alt, role="label"))
