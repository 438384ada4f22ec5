"""The matrix: rows, columns, balls on a native table, highlight, pages."""

from __future__ import annotations

import pytest

from deckgen.scene import GroupItem, Page, TableItem
from deckgen.template import house
from outlines import ANALYSIS, items_of, problems_of, scene_of, with_slides, words_of

FRAME = house().layouts["content"].frame
MATRIX = "- kind: matrix"


def table_of(page: Page) -> TableItem:
    (table,) = [item for item in page.items if isinstance(item, TableItem)]
    return table


def cells_of(page: Page) -> list[list[str]]:
    return [[cell.body.text for cell in row] for row in table_of(page).rows]


def names_of(page: Page) -> list[str]:
    return [row[1].body.paragraphs[0].text for row in table_of(page).rows]


def balls_of(page: Page) -> list[GroupItem]:
    balls = [item for item in page.items if isinstance(item, GroupItem)]
    return [ball for ball in balls if not ball.name.startswith("Key")]


def field(
    companies: int, criteria: int = 3, name: str = "Line", note: str = "", tiers: int = 2
) -> str:
    """An analysis in which nobody meets everything; companies spread over the tiers."""
    lines = ["title: A field", "criteria:"]
    lines += [f"  - {{id: c{n}, name: Test {n}}}" for n in range(criteria)]
    lines += ["tiers:", *[f"  - {{id: t{n + 1}, name: Tier name {n}}}" for n in range(tiers)]]
    lines.append("companies:")
    for n in range(companies):
        told = f"{{state: in build, note: {note}}}" if note else "in build"
        states = ", ".join(f"c{i}: {told}" for i in range(criteria))
        tier = 1 + n * tiers // companies
        lines.append(f"  - {{name: {name} {n}, tier: t{tier}, criteria: {{{states}}}}}")
    return "\n".join(lines) + "\n"


def test_rows_stand_by_tier_then_by_what_they_meet_and_groups_after_companies() -> None:
    (page,) = scene_of(with_slides(MATRIX)).pages
    assert names_of(page) == [
        "Company", "Alpha", "Beta", "Gamma", "Everyone else",
    ]  # fmt: skip


def test_a_company_that_meets_more_stands_higher_in_its_tier() -> None:
    analysis = ANALYSIS.replace("name: Alpha", "name: Zulu, id: alpha")
    analysis = analysis.replace("{quay: met, cranes: met}", "{quay: in build}")
    analysis = analysis.replace("    criteria: {quay: in build}\n", "    criteria: {quay: met}\n")
    (page,) = scene_of(with_slides(MATRIX, analysis)).pages
    assert names_of(page)[1:3] == ["Beta", "Zulu"]


def test_the_table_says_what_the_balls_say() -> None:
    (page,) = scene_of(with_slides(MATRIX)).pages
    assert cells_of(page)[1][2:] == ["Stated", "Stated", "—"]
    assert cells_of(page)[3][2:] == ["Relies on others", "two of five", "—"]
    assert {ball.alt for ball in balls_of(page)} == {
        "Alpha, Own quay: Stated", "Alpha, Own cranes: Stated", "Beta, Own quay: In build",
        "Gamma, Own quay: Relies on others", "Gamma, Own cranes: Stated",
    }  # fmt: skip


def test_every_ball_stands_in_its_own_cell_beside_the_words() -> None:
    (page,) = scene_of(with_slides(MATRIX)).pages
    table = table_of(page)
    rows = {row[1].body.paragraphs[0].text: n for n, row in enumerate(table.rows)}
    columns = {cell.body.text: n for n, cell in enumerate(table.rows[0])}
    for ball in balls_of(page):
        company, criterion = ball.alt.partition(":")[0].split(", ")
        row, column = rows[company], columns[criterion]
        left = table.box.x + sum(table.widths[:column])
        top = table.box.y + sum(table.heights[:row])
        words = left + table.rows[row][column].body.insets[0]
        assert left < ball.box.x
        assert ball.box.right < words
        assert abs(ball.box.y + ball.box.h // 2 - top - table.heights[row] // 2) <= 1


def test_who_meets_every_defining_criterion_is_highlighted_in_those_columns_only() -> None:
    (page,) = scene_of(with_slides(MATRIX)).pages
    lit = [
        (row[1].body.paragraphs[0].text, n)
        for row in table_of(page).rows
        for n, cell in enumerate(row)
        if cell.fill == "accent_soft"
    ]
    assert lit == [("Alpha", 2), ("Alpha", 3)]


@pytest.mark.parametrize(("chosen", "lit"), [("[gamma]", {"Gamma"}), ("[]", set())])
def test_the_author_chooses_whom_to_highlight(chosen: str, lit: set[str]) -> None:
    (page,) = scene_of(with_slides(f"{MATRIX}\n  highlight: {chosen}")).pages
    rows = table_of(page).rows
    found = {
        row[1].body.paragraphs[0].text
        for row in rows
        if any(cell.fill == "accent_soft" for cell in row)
    }
    assert found == lit


def test_the_author_chooses_rows_and_columns() -> None:
    slide = f"{MATRIX}\n  companies: [gamma, alpha]\n  criteria: [rail, quay]"
    (page,) = scene_of(with_slides(slide)).pages
    assert names_of(page) == ["Company", "Alpha", "Gamma"]
    assert cells_of(page)[0][2:] == ["Rail link", "Own quay"]


def test_criteria_of_a_group_stand_together_under_its_head() -> None:
    analysis = ANALYSIS.replace("name: Own quay}", "name: Own quay, group: On land}")
    analysis = analysis.replace("name: Rail link}", "name: Rail link, group: On land}")
    (page,) = scene_of(with_slides(MATRIX, analysis)).pages
    assert cells_of(page)[0][2:] == ["Own quay", "Rail link", "Own cranes"]
    head = next(item for item in items_of(page, "criteria.quay.group"))
    assert head.box.bottom <= table_of(page).box.y


def test_a_note_tells_what_a_dash_means_unless_there_is_none_or_the_author_has_another() -> None:
    assert "A dash means" in words_of(scene_of(with_slides(MATRIX)).pages[0])
    own = words_of(scene_of(with_slides(f"{MATRIX}\n  note: As of May")).pages[0])
    assert "A dash means" not in own
    assert "As of May" in own
    full = words_of(scene_of(with_slides(MATRIX, field(3))).pages[0])
    assert "A dash means" not in full


def test_the_key_holds_only_what_the_page_shows() -> None:
    (page,) = scene_of(with_slides(MATRIX, field(3))).pages
    assert [item.name for item in items_of(page, "Key ")] == ["Key In build"]


@pytest.mark.parametrize("count", [1, 2, 5, 10, 11, 27])
def test_rows_continue_on_further_pages_and_stay_in_the_frame(count: int) -> None:
    pages = scene_of(with_slides(MATRIX, field(count))).pages
    assert sum(len(cells_of(page)) - 1 for page in pages) == count
    for page in pages:
        assert cells_of(page)[0][1] == "Company"
        assert len(cells_of(page)) - 1 <= 10
        assert all(item.box.bottom <= FRAME.bottom for item in page.items if item.role == "label")
        assert table_of(page).box.right == FRAME.right


def test_a_tier_stays_on_one_page_where_it_can() -> None:
    pages = scene_of(with_slides(MATRIX, field(12, tiers=3))).pages
    assert len(pages) == 2
    assert pages[0].title.endswith("(1 of 2)")
    first = [row[0] for row in cells_of(pages[0])[1:] if row[0]]
    second = [row[0] for row in cells_of(pages[1])[1:] if row[0]]
    assert first + second == ["T1", "T2", "T3"]


def test_words_that_do_not_fit_beside_the_balls_go_to_the_notes() -> None:
    scene = scene_of(
        with_slides(MATRIX, field(10, 7, note="a caption far too long for its cell here"))
    )
    assert len(scene.pages) == 1
    assert any("the words beside the balls" in notice for notice in scene.notices)
    assert "far too long" not in words_of(scene.pages[0])
    assert any("far too long" in note.text for note in scene.pages[0].notes)


def test_long_names_are_set_smaller_then_on_more_pages() -> None:
    name = "North Atlantic Coastal Ferry Cooperative of"
    pages = scene_of(with_slides(MATRIX, field(10, 5, name))).pages
    assert sum(len(cells_of(page)) - 1 for page in pages) == 10


def test_too_many_columns_are_refused_at_the_slide() -> None:
    (problem,) = problems_of(with_slides(MATRIX, field(3, 8)))
    assert "8 criteria are more than the 7 columns that fit" in problem
    assert "choose some with `criteria`" in problem


def test_an_analysis_without_criteria_is_refused() -> None:
    (problem,) = problems_of(with_slides(MATRIX, field(3, 0).replace("criteria:\n", "", 1)))
    assert "a matrix needs criteria" in problem


def title_of(*standings: str) -> str:
    """The title of a matrix of companies with these standings on two criteria."""
    lines = ["title: A field", "criteria:", "  - {id: a, name: Quay}", "  - {id: b, name: Crane}"]
    lines += ["tiers:", "  - {id: t, name: Top}", "  - {id: u, name: Low}", "companies:"]
    for name, states in zip(("Ada", "Bo", "Cy", "Di", "Ed"), standings, strict=False):
        lines.append(f"  - {{name: {name}, tier: t, criteria: {{{states}}}}}")
    return scene_of(with_slides(MATRIX, "\n".join(lines) + "\n")).pages[0].title


def test_the_title_says_who_meets_everything_and_no_more() -> None:
    both, one, none = "a: met, b: met", "a: met", "a: in build"
    assert title_of(none, none) == "No company is stated to meet both criteria"
    assert title_of(one, none) == (
        "No company is stated to meet both criteria; Ada comes closest with one"
    )
    assert title_of(both, one) == "Only Ada meets both criteria"
    assert title_of(both, one, both) == "Only Ada and Cy meet both criteria"
    assert title_of(both, both) == "Both companies meet both criteria"
    assert title_of(both, both, both, both, one) == "Four of five companies meet both criteria"
    inferred = "a: met, b: {state: met, inference: true}"
    assert title_of(both, inferred, one) == "Ada meets both criteria; by our inference, so does Bo"


def test_heads_and_words_stay_beside_the_balls_in_any_script() -> None:
    rows = table_of(scene_of(with_slides(MATRIX)).pages[0]).rows
    assert all(cell.body.pinned for row in rows for cell in row[2:])
    assert not any(row[1].body.pinned for row in rows)
