"""A table of the author's own, for what has columns: native, measured, sorted as written.

A row is a list of cells, or a mapping with its `group` and `cells`; a row without a group
continues the one above it. Rows of one group share a merged cell on the left, filled in
the tier's colour where the group is a tier. Numbers align right with equal decimals.
What is too long for one page continues on the next, with the head repeated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Annotated, Literal

from msgspec import Struct
from msgspec.structs import replace

from deckgen import markup
from deckgen.canvas import Canvas, Studio
from deckgen.fields import Doc, Part
from deckgen.outline import NONE, Outline, Slide
from deckgen.parts import tier_fill, tier_ink
from deckgen.parts.decimals import is_numeric, with_equal_decimals
from deckgen.parts.tables import (
    COVERED,
    GROUP_RULE,
    HEAD_RULE,
    ROW_RULE,
    add_table,
    fill_rows,
    fit_columns,
    least_width,
    make_cell,
    natural_width,
    row_height,
)
from deckgen.scene import Body, Cell, Line
from deckgen.source import Problem, Text
from deckgen.styles import BODY, SUBHEAD, SUPPORT_BOLD, Style
from deckgen.units import inches

MOST_COLUMNS = 7
HEAD_HEIGHT, TALLEST_ROW = inches(0.42), inches(0.9)
# By the size of the text in points.
LEAST_ROWS = {14: inches(0.42), 12: inches(0.36), 11: inches(0.34)}
MOST_ROWS = {14: 10, 12: 12, 11: 12}
MOST_LINES = 5  # of a cell
GROUP_MOST = 0.2  # of the table's width

Align = Literal["left", "right", "center"]


class Column(Part):
    """A column: its head, and how its cells are set."""

    shorthand = "head"
    head: Annotated[Text, Doc("its head, a word or two", fact=True)]
    align: Annotated[
        Align | None, Doc("left, right or center; numbers right and words left if left out")
    ] = None
    width: Annotated[
        float | None,
        Doc(
            "its share of the table in percent; as its content needs if left out", least=4, most=80
        ),
    ] = None


class Row(Part):
    """A row: its cells, and the group it belongs to."""

    shorthand = "cells"
    cells: Annotated[
        tuple[Text, ...], Doc("a text for each column, “” for none", blank=True, fact=True)
    ]
    group: Annotated[
        Text,
        Doc(
            "what the row belongs to: a tier by id or number, or any words; else as above",
            fact=True,
        ),
    ] = NONE


class Fields(Slide, kw_only=True):
    columns: Annotated[
        tuple[Column, ...], Doc("the columns, from left to right", least=1, most=MOST_COLUMNS)
    ]
    rows: Annotated[tuple[Row, ...], Doc("the rows, from top to bottom", least=1)]
    totals: Annotated[
        tuple[Text, ...],
        Doc(
            "a last row in bold, such as sums; an audience that does not get every row gets none",
            blank=True, fact=True,
        ),
    ] = ()  # fmt: skip
    group_head: Annotated[Text, Doc("heads the column of groups")] = NONE

    def without(self, field: str, kept: tuple[int, ...]) -> Fields:
        """The cells of withheld columns go with them, and with a withheld row the totals.

        A row that takes its group from one above it keeps the group.
        """
        if field == "rows":
            rows: list[Row] = []
            for row in self.rows:
                group = row.group or (rows[-1].group if rows else NONE)
                rows.append(replace(row, group=group))
            return replace(self, rows=tuple(rows), totals=())
        if field != "columns":
            return self

        def pick(cells: tuple[Text, ...]) -> tuple[Text, ...]:
            return tuple(cells[place] for place in kept if place < len(cells))

        return replace(
            self, totals=pick(self.totals),
            rows=tuple(replace(row, cells=pick(row.cells)) for row in self.rows),
        )  # fmt: skip


def check(slide: Fields, outline: Outline) -> Iterator[Problem]:
    wanted = len(slide.columns)
    rows = [("this row has", row.cells, row.mark) for row in slide.rows]
    if slide.totals:
        rows.append(("`totals` has", slide.totals, slide.totals[0].mark))
    for has, cells, mark in rows:
        if len(cells) != wanted:
            told = f"{has} {_count(len(cells), 'cell')} and the table {_count(wanted, 'column')}"
            yield Problem(mark, told, "write “” where there is nothing")
    if sum(column.width or 0 for column in slide.columns) > 100:
        yield Problem(
            slide.columns[0].mark, "the widths add up to more than 100 percent", "lower some"
        )


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


# -- the table --------------------------------------------------------------------


class Entry(Struct, frozen=True):
    """A row as it is set: its words, its group (empty for none), whether it is the total."""

    cells: tuple[Text, ...]
    group: Text
    total: bool = False


class Plan(Struct, frozen=True):
    """How a table is set: its rows page by page, with their cells and natural heights in EMU."""

    size_pt: int
    grouped: bool
    numeric: tuple[bool, ...]
    aligns: tuple[Align, ...]
    widths: tuple[int, ...]
    head: int
    pages: tuple[tuple[Entry, ...], ...]
    cells: tuple[tuple[tuple[Cell, ...], ...], ...]
    heights: tuple[tuple[int, ...], ...]
    cramped: bool = False  # some word is wider than its column


def layout(slide: Fields, studio: Studio) -> None:
    plan = plan_table(slide, studio)
    draw_pages(slide, studio, plan, 1, len(plan.pages))


def plan_table(slide: Fields, studio: Studio) -> Plan:
    """The table in 14 points, or in 12 where that spares a page or a column too narrow.

    Where a word is wider than its column even so, columns are as wide as their words need
    rather than as the author has it, and at last set in 11 points.
    """
    canvas = Canvas(studio, studio.layouts["content"])
    large = make_plan(canvas, slide, 14)
    if len(large.pages) == 1 and not large.cramped:
        return large
    small = make_plan(canvas, slide, 12)
    if not (large.cramped or len(small.pages) < len(large.pages)):
        return large
    if not small.cramped:
        return small
    free = replace(slide, columns=tuple(replace(c, width=None) for c in slide.columns))
    plans = [make_plan(canvas, free, size) for size in (12, 11)]
    return next((plan for plan in plans if not plan.cramped), small)


def draw_pages(slide: Fields, studio: Studio, plan: Plan, first: int, of: int) -> None:
    """The pages of a table, as the slide's `first` and following of `of`."""
    room = studio.layouts["content"].frame.h - plan.head
    # One level for all pages, so that rows look alike from page to page.
    level = min(min(fill_rows(natural, room, TALLEST_ROW)) for natural in plan.heights)
    pages = zip(plan.pages, plan.cells, plan.heights, strict=True)
    for number, (entries, cells, natural) in enumerate(pages, first):
        canvas = studio.open("content", number, of)
        _check_lines(canvas, plan, entries, natural)
        _draw(canvas, slide, plan, entries, cells, fill_rows(natural, room, level))


def _check_lines(
    canvas: Canvas, plan: Plan, entries: Sequence[Entry], natural: Sequence[int]
) -> None:
    """Refuse cells that hold prose."""
    style = BODY.but(size_pt=plan.size_pt)
    tall = [e for e, height in zip(entries, natural, strict=True)
            if height > MOST_LINES * style.line_height]  # fmt: skip
    for entry in tall:
        for index, words in enumerate(entry.cells):
            left, _, right, _ = _insets(plan, index)
            width = plan.widths[index + plan.grouped] - inches(left + right)
            lines = canvas.lines(words, style, width)
            if lines > MOST_LINES and canvas.fits(words, style, width, lines):
                told = f"this cell takes {lines} lines, and a table’s cell has {MOST_LINES}"
                canvas.studio.refuse(words, told, "shorten it, or tell it on a slide of text")


def make_plan(canvas: Canvas, slide: Fields, size_pt: int) -> Plan:
    """The table at a size: columns as their content needs, rows over as few pages as hold them."""
    entries = _entries(slide)
    grouped = any(entry.group for entry in entries)
    columns = range(len(slide.columns))
    numeric = tuple(is_numeric([entry.cells[i] for entry in entries]) for i in columns)
    aligns = tuple(
        slide.columns[i].align or ("right" if numeric[i] else "left") for i in columns
    )  # fmt: skip
    plan = Plan(size_pt, grouped, numeric, aligns, (), 0, (), (), ())
    rows = [_row(canvas, plan, entry) for entry in entries]
    head = _head(canvas, plan, slide)
    widths = _widths(canvas, slide, plan, [head, *rows])
    heights = [max(row_height(canvas, row, widths), LEAST_ROWS[size_pt]) for row in rows]
    height = max(row_height(canvas, head, widths), HEAD_HEIGHT)
    cramped = any(
        least_width(canvas, cell) > width
        for row in (head, *rows)
        for cell, width in zip(row, widths, strict=True)
    )
    pages = _paginate(entries, heights, canvas.frame.h - height, MOST_ROWS[size_pt])
    return replace(
        plan, widths=widths, head=height, cramped=cramped,
        pages=tuple(tuple(entries[i] for i in page) for page in pages),
        cells=tuple(tuple(rows[i] for i in page) for page in pages),
        heights=tuple(tuple(heights[i] for i in page) for page in pages),
    )  # fmt: skip


def _entries(slide: Fields) -> list[Entry]:
    """The rows with groups carried on, totals last, numbers with equal decimals."""
    rows = [(row.cells, row.group, False) for row in slide.rows]
    rows += [(slide.totals, NONE, True)] if slide.totals else []
    columns = [list(column) for column in zip(*(cells for cells, _, _ in rows), strict=True)]
    columns = [with_equal_decimals(c) if is_numeric(c) else c for c in columns]
    entries: list[Entry] = []
    group = NONE
    for cells, (_, own, total) in zip(zip(*columns, strict=True), rows, strict=True):
        group = NONE if total else own or group
        entries.append(Entry(tuple(cells), group, total))
    return entries


def _paginate(
    entries: Sequence[Entry], heights: Sequence[int], room: int, most: int
) -> list[list[int]]:
    """Indices page by page, evenly; whole groups where that takes no more pages."""
    rows = [[index] for index in range(len(entries))]
    if len(entries) > 1 and entries[-1].total:
        rows[-2:] = [[len(entries) - 2, len(entries) - 1]]  # the total never stands alone
    blocks: list[list[int]] = []
    for row in rows:
        if blocks and entries[row[0]].group == entries[blocks[-1][-1]].group != NONE:
            blocks[-1] += row
        else:
            blocks.append(list(row))
    count = len(_pack(rows, heights, room, most))
    whole = all(len(b) <= most and sum(heights[i] for i in b) <= room for b in blocks)
    if whole and len(_pack(blocks, heights, room, most)) == count:
        rows = blocks
    tries = (_pack(rows, heights, room * part // 20, most) for part in range(1, 21))
    return next(pages for pages in tries if len(pages) == count)


def _pack(
    blocks: Sequence[Sequence[int]], heights: Sequence[int], room: int, most: int
) -> list[list[int]]:
    pages: list[list[int]] = [[]]
    for block in blocks:
        together = [*pages[-1], *block]
        fits = sum(heights[i] for i in together) <= room and len(together) <= most
        if pages[-1] and not fits:
            pages.append([])
        pages[-1] += block
    return pages


# -- cells ------------------------------------------------------------------------


def _insets(plan: Plan, column: int) -> tuple[float, float, float, float]:
    """Words of the first column begin at the table's edge, or beside the group's fill."""
    first = 0.2 if plan.grouped else 0.0
    return (0.12 if column else first, 0.05, 0.12, 0.05)


def _head(canvas: Canvas, plan: Plan, slide: Fields) -> list[Cell]:
    style = SUPPORT_BOLD.but(color="muted")
    cells = []
    if plan.grouped:
        words = slide.group_head
        if not words and _narrow(canvas, slide):
            words = Text(canvas.studio.labels.cased("tier"))
        centred = style.but(align="center" if _narrow(canvas, slide) else "left")
        insets = (0.06, 0.04, 0.06, 0.07)
        cells.append(make_cell(canvas, words, centred, insets=insets, anchor="bottom"))
    for index, column in enumerate(slide.columns):
        left, _, right, _ = _insets(plan, index)
        aligned = style.but(align=plan.aligns[index])
        insets = (left, 0.04, right, 0.07)
        cells.append(make_cell(canvas, column.head, aligned, insets=insets, anchor="bottom"))
    return [replace(cell, below=HEAD_RULE) for cell in cells]


def _row(canvas: Canvas, plan: Plan, entry: Entry) -> tuple[Cell, ...]:
    """The cells of a row over another; the first, for the group, is covered until it is drawn."""
    cells = [COVERED] if plan.grouped else []
    for index, words in enumerate(entry.cells):
        strong = entry.total or (index == 0 and not plan.numeric[0])
        style = _cell_style(plan.size_pt, plan.aligns[index], strong)
        cells.append(make_cell(canvas, words, style, insets=_insets(plan, index), below=ROW_RULE))
    return tuple(cells)


@cache
def _cell_style(size_pt: int, align: Align, strong: bool) -> Style:
    style = BODY.but(size_pt=size_pt, align=align)
    return style.but(bold=True, color="ink") if strong else style


def _group_cell(canvas: Canvas, plan: Plan, group: Text, rows: int) -> Cell:
    """A merged cell: a tier's badge on its fill, other words on a quiet one."""
    if not group:
        return Cell(Body(()), rows=rows)
    number = _tier(canvas, group)
    ground = Line("bg", 3)
    if number:
        words = Text(f"{canvas.studio.labels.tier_letter}{number}", group.mark)
        style = SUBHEAD.but(color=tier_ink(number), align="center")
        insets = (0.04, 0.03, 0.04, 0.03)
        return make_cell(
            canvas, words, style, insets=insets, fill=tier_fill(number), rows=rows, below=ground
        )
    style = SUPPORT_BOLD.but(size_pt=plan.size_pt - 1 if plan.size_pt > 12 else 12)
    return make_cell(canvas, group, style, fill="surface2", rows=rows, below=ground)


def _tier(canvas: Canvas, group: Text) -> int:
    """The number of the tier that a group names; 0 if it names none."""
    try:
        return canvas.studio.outline.tier_number(group)
    except KeyError:
        return 0


def _narrow(canvas: Canvas, slide: Fields) -> bool:
    return all(_tier(canvas, row.group) for row in slide.rows if row.group)


def _widths(
    canvas: Canvas, slide: Fields, plan: Plan, rows: Sequence[Sequence[Cell]]
) -> tuple[int, ...]:
    """The group's column, then those with a width of their own, then the rest by content."""
    total = canvas.frame.w
    groups: list[int] = []
    if plan.grouped:
        cells = [rows[0][0]]
        cells += [_group_cell(canvas, plan, row.group, 1) for row in slide.rows if row.group]
        wanted = max(natural_width(canvas, cell) for cell in cells)
        most = round(total * GROUP_MOST)
        least = max(least_width(canvas, cell) for cell in cells)
        groups = [max(min(wanted, most), least, round(total * 0.06))]
    rest = total - sum(groups)
    columns = [list(column) for column in zip(*rows, strict=True)][len(groups) :]
    fixed = {i: round(rest * c.width / 100) for i, c in enumerate(slide.columns) if c.width}
    free = [i for i in range(len(columns)) if i not in fixed]
    natural = [max(natural_width(canvas, cell) for cell in columns[i]) for i in free]
    least_ = [max(least_width(canvas, cell) for cell in columns[i]) for i in free]
    fitted = fit_columns(natural, least_, rest - sum(fixed.values())) if free else []
    widths = {**fixed, **dict(zip(free, fitted, strict=True))}
    return (*groups, *(widths[i] for i in range(len(columns))))


def _draw(
    canvas: Canvas, slide: Fields, plan: Plan, entries: Sequence[Entry],
    cells: Sequence[Sequence[Cell]], heights: Sequence[int],
) -> None:  # fmt: skip
    rows = [_head(canvas, plan, slide)]
    for index, entry in enumerate(entries):
        following = entries[index + 1] if index + 1 < len(entries) else None
        rule = ROW_RULE
        if following is None or (plan.grouped and following.group != entry.group):
            rule = GROUP_RULE
        if following is not None and following.total:
            rule = HEAD_RULE
        row = [cell if cell.covered or rule is ROW_RULE else replace(cell, below=rule)
               for cell in cells[index]]  # fmt: skip
        begins = index == 0 or entries[index - 1].group != entry.group
        if plan.grouped and begins:
            run = [e.group == entry.group and e.total == entry.total for e in entries[index:]]
            span = run.index(False) if False in run else len(run)
            row[0] = _group_cell(canvas, plan, entry.group, span)
        rows.append(row)
    heads = ", ".join(markup.plain(column.head) for column in slide.columns)
    alt = f"{_count(len(entries), 'row')}: {heads}"
    corner = (canvas.frame.x, canvas.frame.y)
    add_table(canvas, "Table", corner, plan.widths, [plan.head, *heights], rows, alt)
