"""Who has what: companies as rows, criteria as columns, a Harvey ball where they meet.

The balls stand on a native table that holds the names, the captions and the words for
each state, so that it can be copied to a spreadsheet. Rows are sorted by tier, then by
what they meet; those that meet every defining criterion are highlighted. More than ten
rows continue on a next page, tier by tier. Captions that do not fit go to the notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar

from msgspec import Struct
from msgspec.structs import replace

from deckgen.canvas import Canvas, Studio
from deckgen.fields import Doc
from deckgen.outline import Criterion, Group, Member, Outline, Slide
from deckgen.parts import (
    DASH,
    DASH_STYLE,
    ball_alt,
    ball_fill,
    ball_key,
    harvey_ball,
    standing_words,
    tier_fill,
    tier_ink,
)
from deckgen.parts.findings import count_met, who_meets_all
from deckgen.parts.tables import (
    COVERED,
    GROUP_RULE,
    HEAD_RULE,
    ROW_RULE,
    add_table,
    fill_rows,
    least_width,
    make_cell,
    natural_width,
    row_height,
)
from deckgen.scene import Box, Cell, Line
from deckgen.source import Id
from deckgen.styles import CAPTION, SUBHEAD, SUPPORT_BOLD, Style
from deckgen.units import inches, to_inches

MOST_COLUMNS = 7
MOST_ROWS = 10
FEW_ROWS = 5  # up to here a row shows the basis of its company as well
SIDE = 0.1  # inches between a cell's edge and its ball
WORDS_LEFT = 0.46  # inches between a cell's edge and the words beside its ball
LEGEND = inches(0.38)
GROUP_HEAD = inches(0.36)


class Fields(Slide):
    shows_everyone: ClassVar[bool] = True
    criteria: Annotated[
        tuple[Id, ...], Doc("the columns; every criterion if left out", ref="criterion")
    ] = ()
    companies: Annotated[
        tuple[Id, ...], Doc("the rows; everyone if left out", ref="company|group")
    ] = ()
    highlight: Annotated[
        tuple[Id, ...] | None,
        Doc(
            "whom to highlight; those that meet every defining criterion if left out, "
            "nobody if the list is empty",
            ref="company|group",
        ),
    ] = None


# -- what is shown --------------------------------------------------------------


def columns_of(slide: Fields, outline: Outline) -> tuple[Criterion, ...]:
    """The criteria of the columns, those of one group side by side."""
    by_id = {criterion.id: criterion for criterion in outline.criteria}
    chosen = [by_id[id] for id in slide.criteria] or list(outline.criteria)
    groups = list(dict.fromkeys(criterion.group for criterion in chosen))
    return tuple(sorted(chosen, key=lambda criterion: groups.index(criterion.group)))


def rows_of(slide: Fields, outline: Outline) -> tuple[Member, ...]:
    """The members of the rows: by tier, companies before groups, by score."""
    columns = columns_of(slide, outline)
    defining = defining_of(columns, outline)

    def rank(member: Member) -> tuple[int, bool, int, int]:
        scores = [_score(outline, member, part) for part in (defining, columns)]
        return outline.tier_number(member.tier), isinstance(member, Group), -scores[0], -scores[1]

    chosen = [m for m in outline.everyone if not slide.companies or m.id in slide.companies]
    return tuple(sorted(chosen, key=rank))


def defining_of(columns: Sequence[Criterion], outline: Outline) -> tuple[Criterion, ...]:
    """Those of the columns that define the first tier; all of them if none does."""
    ids = {criterion.id for criterion in outline.defining_criteria()}
    return tuple(c for c in columns if c.id in ids) or tuple(columns)


def _score(outline: Outline, member: Member, criteria: Sequence[Criterion]) -> int:
    worth = {"met": 4, "in build": 2, "relies on others": 1, "not stated": 0}
    return sum(worth[outline.standing(member, criterion).state] for criterion in criteria)


def title(slide: Fields, outline: Outline) -> str:
    """Who meets all defining criteria."""
    rows, criteria = rows_of(slide, outline), defining_of(columns_of(slide, outline), outline)
    if not rows or not criteria:
        return f"The {outline.labels.criteria} compared"
    return who_meets_all(outline, rows, criteria)


# -- the page ---------------------------------------------------------------------


Pages = tuple[tuple[Member, ...], ...]


class Plan(Struct, frozen=True):
    """What the pages of one matrix share. `name_size` in points.

    `support` is the basis under a name and the meaning under a criterion.
    """

    columns: tuple[Criterion, ...]
    pages: Pages
    highlighted: frozenset[str]
    marked: frozenset[str]  # ids of the criteria that the highlight covers
    name_size: int = 14
    captions: bool = True
    state_words: bool = True
    support: bool = False
    widths: tuple[int, ...] = ()  # EMU: tier, name, then one for each criterion

    @property
    def grouped(self) -> bool:
        return any(criterion.group for criterion in self.columns)

    @property
    def name_style(self) -> Style:
        return SUBHEAD.but(size_pt=self.name_size)


def layout(slide: Fields, studio: Studio) -> None:
    outline, named = studio.outline, studio.labels.criteria
    columns, rows = columns_of(slide, outline), rows_of(slide, outline)
    if not columns or not rows:
        missing = outline.labels.companies if columns else named
        studio.refuse(slide, f"a matrix needs {missing}, and the analysis has none", "add some")
    elif len(columns) > MOST_COLUMNS:
        studio.refuse(
            slide, f"{len(columns)} {named} are more than the {MOST_COLUMNS} columns that fit",
            "choose some with `criteria`, and the others on a second matrix",
        )  # fmt: skip
    if studio.problems:
        studio.open("content")
        return
    standings = [outline.standing(member, c) for member in rows for c in columns]
    if not slide.note and any(ball_fill(standing) == "silent" for standing in standings):
        studio.slide = replace(slide, note=outline.labels.dash)
    plan = make_plan(Canvas(studio, studio.layouts["content"]), slide, columns, rows)
    captions = [
        f"{member.name}, {criterion.name}: {note}"
        for member in rows
        for criterion in columns
        if (note := outline.standing(member, criterion).note)
    ]
    if captions and not plan.captions:
        studio.move_to_notes("the words beside the balls", "; ".join(captions))
    for number, members in enumerate(plan.pages, start=1):
        _draw_page(studio.open("content", number, len(plan.pages)), plan, members)


def split_rows(rows: Sequence[Member], outline: Outline, most: int) -> Pages:
    """Rows page by page, at most so many on one, as even as whole tiers together allow."""
    count = len(_split(rows, outline, most))
    tries = (_split(rows, outline, fewer) for fewer in range(1, most + 1))
    return next(pages for pages in tries if len(pages) == count)


def _split(rows: Sequence[Member], outline: Outline, most: int) -> Pages:
    pages: list[list[Member]] = [[]]
    for tier in range(1, len(outline.tiers) + 1):
        members = [member for member in rows if outline.tier_number(member.tier) == tier]
        parts = -(-len(members) // most)  # a tier of more than a page is cut into equal parts
        size = -(-len(members) // max(1, parts))
        for start in range(0, len(members), max(1, size)):
            part = members[start : start + size]
            if pages[-1] and len(pages[-1]) + len(part) > most:
                pages.append([])
            pages[-1] += part
    return tuple(tuple(page) for page in pages)


def make_plan(
    canvas: Canvas, slide: Fields, columns: tuple[Criterion, ...], rows: Sequence[Member]
) -> Plan:
    """The first way to set the matrix that fits, from the fullest to the barest.

    Words beside the balls give way before rows do: only then do fewer stand on a page.
    """
    outline = canvas.studio.outline
    defining = defining_of(columns, outline)
    if slide.highlight is None:
        chosen = [m.id for m in rows if count_met(outline, m, defining) == len(defining)]
        chosen = [] if len(chosen) == len(rows) else chosen
    else:
        chosen = list(slide.highlight)
    plan = Plan(columns, (), frozenset(chosen), frozenset(c.id for c in defining))
    ways = [
        replace(
            plan, pages=split_rows(rows, outline, most), name_size=size, captions=captions,
            state_words=states, support=support,
        )
        for most in (MOST_ROWS, 8, 6)
        for captions, states in ((True, True), (True, False), (False, True), (False, False))
        for support in ((True, False) if len(rows) <= FEW_ROWS else (False,))
        for size in (14, 12)
    ]  # fmt: skip
    ways += [replace(way, name_size=11) for way in ways if way.name_size == 12]
    for way in ways:
        plan = replace(way, widths=_widths(canvas, way))
        if _fits(canvas, plan):
            break
    return plan


def _fits(canvas: Canvas, plan: Plan) -> bool:
    """Whether every word has its width and every page its height."""
    for members in plan.pages:
        rows = _rows(canvas, plan, members)
        if any(
            cell.body.paragraphs and least_width(canvas, cell) > width
            for row in rows
            for cell, width in zip(row, plan.widths, strict=True)
        ):
            return False
        room = canvas.frame.bottom - LEGEND - _top(canvas, plan)
        if sum(_natural_heights(canvas, plan, rows)) > room:
            return False
    return True


def _widths(canvas: Canvas, plan: Plan) -> tuple[int, ...]:
    """The tier column, the names as wide as they are within bounds, equal columns."""
    total, count = canvas.frame.w, len(plan.columns)
    tier = round(total * 0.05)
    members = [member for page in plan.pages for member in page]
    wanted = max(natural_width(canvas, _name_cell(canvas, plan, m)) for m in members)
    most = min(round(total * 0.28), total - tier - count * min(inches(1.3), total * 3 // 28))
    name = min(max(wanted, round(total * 0.13)), most)
    each = (total - tier - name) // count
    return (tier, total - tier - each * count, *[each] * count)


def _top(canvas: Canvas, plan: Plan) -> int:
    return canvas.frame.y + (GROUP_HEAD if plan.grouped else 0)


def _natural_heights(canvas: Canvas, plan: Plan, rows: Sequence[Sequence[Cell]]) -> list[int]:
    heights = [row_height(canvas, row, plan.widths) for row in rows]
    return [max(heights[0], inches(0.42)), *(max(h, inches(0.36)) for h in heights[1:])]


def _draw_page(canvas: Canvas, plan: Plan, members: Sequence[Member]) -> None:
    frame, labels = canvas.frame, canvas.studio.labels
    top = _top(canvas, plan)
    if plan.grouped:
        _group_heads(canvas, plan)
    rows = _rows(canvas, plan, members)
    head, *natural = _natural_heights(canvas, plan, rows)
    room = frame.bottom - LEGEND - top - head
    if sum(natural) > room:
        needs, has = f"{to_inches(sum(natural)):.2f} in", f"{to_inches(room):.2f} in"
        canvas.studio.refuse(
            canvas.studio.slide,
            f"{len(members)} rows with names this long need {needs} and have {has}",
            "give the companies short names, or choose rows with `companies`",
        )  # fmt: skip
    heights = [head, *fill_rows(natural, room, inches(0.95 if plan.support else 0.66))]
    alt = f"{len(members)} {labels.companies} by {len(plan.columns)} {labels.criteria}"
    box = add_table(canvas, "Matrix", (frame.x, top), plan.widths, heights, rows, alt)
    _balls(canvas, plan, members, box, heights)
    standing = canvas.studio.outline.standing
    standings = [standing(m, c) for m in members for c in plan.columns]
    ball_key(
        canvas, _column_left(canvas, plan, 0) + inches(SIDE), box.bottom + inches(0.14), standings
    )


def _column_left(canvas: Canvas, plan: Plan, index: int) -> int:
    return canvas.frame.x + sum(plan.widths[: 2 + index])


def _name_cell(canvas: Canvas, plan: Plan, member: Member, below: Line | None = None) -> Cell:
    """A name, short where the full one has a word too wide; its basis where there is room."""
    most = round(canvas.frame.w * 0.28) - inches(0.3)
    fits = canvas.fits(member.name, plan.name_style, most, 2)
    words = [canvas.paragraph(member.name if fits else member.label, plan.name_style)]
    if plan.support and member.basis:
        words.append(canvas.paragraph(member.basis, CAPTION, before_pt=1))
    insets = (0.16, 0.04, 0.14, 0.04)
    return make_cell(canvas, words, insets=insets, below=below, mark=member.name.mark)


def _group_heads(canvas: Canvas, plan: Plan) -> None:
    """A head and a rule over neighbouring columns; in the accent where they define the tier."""
    y = canvas.frame.y
    for group in dict.fromkeys(criterion.group for criterion in plan.columns):
        indices = [i for i, c in enumerate(plan.columns) if c.group == group]
        if not group:
            continue
        defining = all(plan.columns[i].id in plan.marked for i in indices)
        color = "accent" if defining and plan.highlighted else "muted"
        x = _column_left(canvas, plan, indices[0]) + inches(SIDE)
        right = _column_left(canvas, plan, indices[-1] + 1)
        right -= 0 if indices[-1] == len(plan.columns) - 1 else inches(SIDE)
        box = Box(x, y, right - x, inches(0.22))
        canvas.text(box, group, SUPPORT_BOLD.but(color=color), role="label")
        canvas.rule(x, y + inches(0.28), right - x, Line(color, 1.5), f"{group} rule")


def _head_row(canvas: Canvas, plan: Plan) -> list[Cell]:
    labels = canvas.studio.labels
    quiet = SUPPORT_BOLD.but(color="muted")
    cells = [
        make_cell(canvas, words, style, insets=(left, 0.04, 0, 0.07), anchor="bottom")
        for words, style, left in (
            (labels.cased("tier"), quiet.but(align="center"), 0),
            (labels.cased("company"), quiet, 0.16),
        )
    ]
    for criterion in plan.columns:
        head = SUPPORT_BOLD.but(size_pt=min(plan.name_size, SUPPORT_BOLD.size_pt))
        words = [canvas.paragraph(criterion.name, head)]
        if plan.support and criterion.meaning:
            words.append(canvas.paragraph(criterion.meaning, CAPTION, before_pt=1))
        insets = (SIDE, 0.04, 0.06, 0.07)
        mark = criterion.name.mark
        cells.append(  # over the balls, which stand at the left in any script
            make_cell(canvas, words, insets=insets, anchor="bottom", mark=mark, pinned=True)
        )
    return [replace(cell, below=HEAD_RULE) for cell in cells]


def _rows(canvas: Canvas, plan: Plan, members: Sequence[Member]) -> list[list[Cell]]:
    outline = canvas.studio.outline
    numbers = [outline.tier_number(member.tier) for member in members]
    rows = [_head_row(canvas, plan)]
    for index, member in enumerate(members):
        number = numbers[index]
        ends = index == len(members) - 1 or numbers[index + 1] != number
        rule = GROUP_RULE if ends else ROW_RULE
        if index and numbers[index - 1] == number:
            tier = COVERED
        else:
            style = SUBHEAD.but(color=tier_ink(number), align="center")
            words = f"{outline.labels.tier_letter}{number}"
            tier = make_cell(
                canvas, words, style, insets=(0, 0.03, 0, 0.03), fill=tier_fill(number),
                rows=numbers.count(number), below=Line("bg", 3),
            )  # fmt: skip
        cells = [tier, _name_cell(canvas, plan, member, rule)]
        cells += [_state_cell(canvas, plan, member, criterion, rule) for criterion in plan.columns]
        rows.append(cells)
    return rows


def _state_cell(
    canvas: Canvas, plan: Plan, member: Member, criterion: Criterion, below: Line
) -> Cell:
    """The words beside a ball: the caption, else the state; a dash where nothing is stated."""
    standing = canvas.studio.outline.standing(member, criterion)
    lit = member.id in plan.highlighted and criterion.id in plan.marked
    fill = "accent_soft" if lit else None
    if ball_fill(standing) == "silent":
        insets = (SIDE + 0.04, 0.03, 0.05, 0.03)
        return make_cell(
            canvas, DASH, DASH_STYLE, insets=insets, fill=fill, below=below, pinned=True
        )
    words: str = ""
    style = CAPTION
    if standing.note and plan.captions:
        words = standing.note
    elif plan.state_words:
        words, style = standing_words(standing, canvas.studio.labels), CAPTION.but(color="muted")
    insets = (WORDS_LEFT, 0.05, 0.05, 0.05)
    return make_cell(canvas, words, style, insets=insets, fill=fill, below=below, pinned=True)


def _balls(
    canvas: Canvas, plan: Plan, members: Sequence[Member], box: Box, heights: Sequence[int]
) -> None:
    outline = canvas.studio.outline
    y = box.y + heights[0]
    for member, height in zip(members, heights[1:], strict=True):
        for index, criterion in enumerate(plan.columns):
            standing = outline.standing(member, criterion)
            if ball_fill(standing) != "silent":
                x = _column_left(canvas, plan, index) + inches(SIDE)
                alt = ball_alt(member, criterion, standing, outline.labels)
                harvey_ball(canvas, x, y + height // 2, ball_fill(standing), alt)
        y += height
