"""The divider: its number, and the agenda beside it."""

from __future__ import annotations

import re

import pytest

from deckgen.scene import Page, TextItem
from deckgen.slides import example
from deckgen.template import house
from outlines import items_of, problems_of, scene_of, with_slides, words_of

HARBOUR = "title: Harbour\n"


def deck(count: int, title: str = "Part {n}", text: str = "") -> str:
    parts = []
    for n in range(1, count + 1):
        parts.append(f"- kind: section\n  id: part-{n}\n  title: {title.format(n=n)}")
        if text:
            parts[-1] += f"\n  text: {text}"
        parts.append(f"- {{kind: bullets, id: claim-{n}, title: Claim {n} stands, points: [so]}}")
    return with_slides("\n".join(parts), HARBOUR)


def divider(outline: str, number: int = 1) -> Page:
    pages = [page for page in scene_of(outline).pages if page.layout == "section"]
    return pages[number - 1]


def texts(page: Page, name: str) -> list[TextItem]:
    return [item for item in items_of(page, name) if isinstance(item, TextItem)]


def test_the_example_builds() -> None:
    words = words_of(divider(example("section")))
    assert "SECTION" in words
    assert "Which lines own the berths" in words


@pytest.mark.parametrize("count", range(2, 9))
def test_the_agenda_stays_in_the_frame_and_marks_one_section(count: int) -> None:
    page = divider(deck(count, title="What part {n} tells of the harbour and of the coast"), 2)
    frame = house().layouts["section"].frame
    rows = texts(page, "Agenda")
    assert len(rows) == count
    assert all(frame.y <= row.box.y and row.box.bottom <= frame.bottom for row in rows)
    assert [row.name for row in rows if row.body.paragraphs[0].bold] == ["Agenda 2"]
    marker, current = items_of(page, "Current section")[0], rows[1]
    assert marker.box.y <= current.box.y
    assert marker.box.bottom >= current.box.bottom


def test_rows_lead_to_the_other_sections_and_name_their_pages() -> None:
    page = divider(deck(3), 2)
    links = [row.link.target if row.link else "" for row in texts(page, "Agenda")]
    assert links == ["#part-1", "", "#part-3"]
    assert [row.body.text for row in texts(page, "Pages")] == ["1–2", "3–4", "5–6"]


def test_the_number_is_the_sections_place() -> None:
    page = divider(deck(3), 3)
    assert texts(page, "Section number")[0].body.text == "3"


def test_the_text_stands_with_the_current_section_only() -> None:
    page = divider(deck(2, text="What is it for?"))
    assert words_of(page).count("What is it for?") == 1


def test_a_section_begun_without_a_page_counts() -> None:
    outline = with_slides(
        """
        - {kind: bullets, section: Before, title: A, points: [so]}
        - {kind: section, title: After}
        """,
        HARBOUR,
    )
    page = divider(outline)
    assert texts(page, "Section number")[0].body.text == "2"
    assert [row.body.text for row in texts(page, "Agenda")] == ["Before", "After"]


def test_the_only_section_lists_its_slides() -> None:
    page = divider(deck(1))
    row = texts(page, "Agenda claim-1")[0]
    assert row.body.text == "Claim 1 stands"
    assert row.link is not None


def test_a_section_with_nothing_after_it_is_a_page_as_well() -> None:
    page = divider(with_slides("- {kind: section, title: Alone}", HARBOUR))
    assert page.title == "Alone"
    assert not texts(page, "Agenda")


@pytest.mark.parametrize(("number", "first"), [(1, 1), (10, 5), (25, 16)])
def test_of_many_sections_those_around_this_one_are_shown(number: int, first: int) -> None:
    rows = texts(divider(deck(25), number), "Agenda")
    assert [row.name for row in rows] == [f"Agenda {n}" for n in range(first, first + 10)]
    assert [row.name for row in rows if row.body.paragraphs[0].bold] == [f"Agenda {number}"]


def test_of_titles_that_need_too_much_room_those_around_this_one_are_shown() -> None:
    long = "What part {n} tells of the harbour, of the coast and of all who sail on it by day"
    rows = texts(divider(deck(15, title=long), 8), "Agenda")
    names = [row.name for row in rows]
    assert 5 <= len(names) < 10
    assert names == [f"Agenda {n}" for n in range(8 - len(names) // 2, 8 + (len(names) + 1) // 2)]


def test_of_the_only_section_as_many_slides_are_listed_as_fit() -> None:
    many = "".join(
        f"- {{kind: bullets, title: '{n} {'and so on ' * 9}', points: [so]}}\n" for n in range(20)
    )
    rows = texts(
        divider(with_slides("- {kind: section, title: Alone}\n" + many, HARBOUR)), "Agenda"
    )
    assert 5 <= len(rows) < 20
    assert rows[0].body.text.startswith("0 and so on")


def test_a_text_that_alone_needs_too_much_room_is_told() -> None:
    problems = problems_of(deck(2, text="'" + "What is it for? " * 160 + "'"))
    assert re.search(r"deck.yaml:6:\d+: .*“Part 1” with its text needs .* has 5.60 in", problems[0])


def test_a_title_of_too_many_lines_is_told() -> None:
    assert "the title takes" in problems_of(deck(2, title="What part {n} tells us " * 9))[0]
