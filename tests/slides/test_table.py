"""The table: cells, numbers, groups, widths, pages."""

from __future__ import annotations

import pytest

from deckgen.scene import Page, TableItem
from deckgen.template import house
from outlines import problems_of, scene_of, with_slides

FRAME = house().layouts["content"].frame


def table(columns: str, rows: str, more: str = "") -> str:
    slide = f"- kind: table\n  title: What we found\n{more}  columns: [{columns}]\n  rows:\n"
    return with_slides(slide + "\n".join(f"    - {row}" for row in rows.strip().split("\n")))


def table_of(page: Page) -> TableItem:
    (item,) = [item for item in page.items if isinstance(item, TableItem)]
    return item


def column(page: Page, index: int) -> list[str]:
    return [row[index].body.text for row in table_of(page).rows[1:]]


def test_cells_stand_as_written_under_their_heads() -> None:
    (page,) = scene_of(table("Line, Ships", "[Alpha, 3]\n[Beta, 4]")).pages
    rows = [[cell.body.text for cell in row] for row in table_of(page).rows]
    assert rows == [["Line", "Ships"], ["Alpha", "3"], ["Beta", "4"]]


def test_numbers_align_right_with_equal_decimals_and_a_real_minus() -> None:
    (page,) = scene_of(
        table("Line, Share", "[Alpha, 12%]\n[Beta, 3.25%]\n[Gamma, –]\n[Delta, -4%]")
    ).pages
    assert column(page, 1) == ["12.00%", "3.25%", "–", "−4.00%"]
    aligns = {row[1].body.paragraphs[0].align for row in table_of(page).rows}
    assert aligns == {"right"}


def test_words_align_left_and_are_left_alone() -> None:
    (page,) = scene_of(table("Line, Berth", "[Alpha, 12 feet deep]\n[Beta, '7']")).pages
    assert column(page, 1) == ["12 feet deep", "7"]
    assert table_of(page).rows[1][1].body.paragraphs[0].align == "left"


def test_the_author_aligns_and_sizes_a_column() -> None:
    columns = "Line, {head: Ships, align: left, width: 20}"
    (page,) = scene_of(table(columns, "[Alpha, 3]")).pages
    item = table_of(page)
    assert item.rows[1][1].body.paragraphs[0].align == "left"
    assert item.widths[1] / sum(item.widths) == pytest.approx(0.2, abs=0.001)


def test_a_cell_may_hold_markdown_or_nothing() -> None:
    (page,) = scene_of(table("Line, Words", '[Alpha, "**owns** a quay"]\n[Beta, ""]')).pages
    runs = table_of(page).rows[1][1].body.paragraphs[0].runs
    assert [(run.text, run.bold) for run in runs] == [("owns", True), (" a quay", None)]
    assert column(page, 1)[1] == ""


def test_rows_of_a_tier_share_a_cell_in_its_colour() -> None:
    rows = "{group: owners, cells: [Alpha]}\n[Beta]\n{group: 2, cells: [Gamma]}"
    (page,) = scene_of(table("Line", rows)).pages
    cells = [row[0] for row in table_of(page).rows]
    assert [cell.body.text for cell in cells] == ["Tier", "T1", "", "T2"]
    assert (cells[1].rows, cells[2].covered, cells[3].rows) == (2, True, 1)
    assert (cells[1].fill, cells[3].fill) == ("tier1", "tier2")


def test_other_groups_are_named_on_a_quiet_fill() -> None:
    rows = "{group: North shore, cells: [Alpha]}\n{group: South shore, cells: [Beta]}"
    (page,) = scene_of(table("Line", rows, "  group_head: Shore\n")).pages
    assert [row[0].body.text for row in table_of(page).rows] == [
        "Shore",
        "North shore",
        "South shore",
    ]
    assert {row[0].fill for row in table_of(page).rows[1:]} == {"surface2"}


def test_totals_are_bold_and_belong_to_no_group() -> None:
    rows = "{group: owners, cells: [Alpha, 1.5]}\n[Beta, 2]"
    (page,) = scene_of(table("Line, Ships", rows, "  totals: [All, 3.5]\n")).pages
    last = table_of(page).rows[-1]
    assert [cell.body.text for cell in last] == ["", "All", "3.5"]
    assert last[1].body.paragraphs[0].bold
    assert table_of(page).rows[1][0].rows == 2


@pytest.mark.parametrize("count", [1, 3, 10, 12, 13, 25, 60])
def test_rows_continue_on_further_pages_and_stay_in_the_frame(count: int) -> None:
    rows = "\n".join(f"[Line {n}, {n}]" for n in range(count))
    pages = scene_of(table("Line, Ships", rows)).pages
    assert [name for page in pages for name in column(page, 0)] == [
        f"Line {n}" for n in range(count)
    ]
    sizes = [len(column(page, 0)) for page in pages]
    assert max(sizes) <= 2 * min(sizes)
    for page in pages:
        item = table_of(page)
        assert item.rows[0][0].body.text == "Line"
        assert item.box.bottom <= FRAME.bottom
        assert sum(item.widths) == item.box.w == FRAME.w
    assert len({table_of(page).heights[1] for page in pages}) == 1


def test_a_group_stays_on_one_page_and_a_total_never_stands_alone() -> None:
    rows = "\n".join(f"{{group: Shore {n // 8}, cells: [Line {n}]}}" for n in range(16))
    pages = scene_of(table("Line", rows)).pages
    assert [len(column(page, 0)) for page in pages] == [8, 8]
    rows = "\n".join(f"[Line {n}]" for n in range(12))
    pages = scene_of(table("Line", rows, "  totals: [All]\n")).pages
    assert len(column(pages[-1], 0)) > 1


def test_a_row_with_too_few_or_too_many_cells_is_told_at_its_line() -> None:
    text = table("Line, Ships", "[Alpha, 3]\n[Beta]\n[Gamma, 3, 4]")
    first = text.split("\n").index("      - [Beta]") + 1
    problems = problems_of(text)
    assert [problem.split(":")[1] for problem in problems] == [str(first), str(first + 1)]
    assert "this row has 1 cell and the table 2 columns" in problems[0]


def test_totals_need_as_many_cells_as_well() -> None:
    (problem,) = problems_of(table("Line, Ships", "[Alpha, 3]", "  totals: [All]\n"))
    assert "`totals` has 1 cell and the table 2 columns" in problem


def test_more_than_seven_columns_are_refused() -> None:
    (problem,) = problems_of(table("a, b, c, d, e, f, g, h", "[a, b, c, d, e, f, g, h]"))
    assert "`columns` takes at most 7 entries, not 8" in problem


def test_prose_in_a_cell_is_refused_at_its_line() -> None:
    text = table("Line, Words", f"[Alpha, {'and so on ' * 90}]")
    (problem,) = problems_of(text)
    assert "lines, and a table’s cell has 5" in problem


def test_a_word_wider_than_its_column_is_refused() -> None:
    word = "Donaudampfschifffahrtsgesellschaft"
    problems = problems_of(table("a, b, c, d, e, f", f"[{', '.join([word] * 6)}]"))
    assert problems
    assert all(f"“{word}” in `slides.table.rows" in problem for problem in problems)
