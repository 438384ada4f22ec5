"""The agenda: sections with their pages, links, what few and many sections look like."""

from __future__ import annotations

import re

import pytest

from deckgen.scene import Page, TextItem
from deckgen.slides import example
from deckgen.template import house
from outlines import items_of, problems_of, scene_of, with_slides, words_of

HARBOUR = "title: Harbour\n"


def deck(sections: int, slides: int = 2, text: str = "", title: str = "Part {n}") -> str:
    """An outline with an agenda and so many sections, each of a divider and some slides."""
    parts = ["- {kind: agenda, id: agenda}"]
    for n in range(1, sections + 1):
        parts.append(f"- kind: section\n  id: part-{n}\n  title: {title.format(n=n)}")
        if text:
            parts[-1] += f"\n  text: {text}"
        parts += [
            f"- {{kind: bullets, id: claim-{n}-{m}, title: Claim {n}.{m} stands, points: [so]}}"
            for m in range(1, slides + 1)
        ]
    return with_slides("\n".join(parts), HARBOUR)


def agenda(outline: str) -> Page:
    return scene_of(outline).pages[0]


def texts(page: Page, name: str) -> list[TextItem]:
    return [item for item in items_of(page, name) if isinstance(item, TextItem)]


def test_the_example_builds() -> None:
    assert "Where our own line stands" in words_of(agenda(example("agenda")))


@pytest.mark.parametrize("sections", range(1, 9))
def test_rows_stay_in_the_frame(sections: int) -> None:
    page = agenda(deck(sections))
    numbers = texts(page, "Number")
    assert [item.body.text for item in numbers] == [str(n + 1) for n in range(sections)]
    rules = items_of(page, "Rule")
    assert len(rules) == sections
    assert all(
        house().layouts["content"].frame.y < rule.box.y <= house().layouts["content"].frame.bottom
        for rule in rules
    )


def test_a_row_names_the_pages_of_its_section_and_leads_to_it() -> None:
    page = agenda(deck(2))
    pages = texts(page, "Pages")
    assert [item.body.text for item in pages] == ["p. 2–4", "p. 5–7"]
    assert [item.link.target for item in pages if item.link] == ["#part-1", "#part-2"]


def test_few_sections_list_their_slides() -> None:
    page = agenda(deck(3))
    slide = texts(page, "Slide claim-2-1")[0]
    assert slide.body.text == "Claim 2.1 stands"
    assert slide.link is not None
    assert slide.link.target == "#claim-2-1"
    assert texts(page, "Page of claim-2-1")[0].body.text == "6"


@pytest.mark.parametrize("outline", [deck(5), deck(3, slides=12), deck(2, text="What for?")])
def test_slides_are_not_listed_where_there_is_no_room_for_them(outline: str) -> None:
    assert not texts(agenda(outline), "Slide claim")


def test_texts_that_do_not_fit_stay_on_the_dividers() -> None:
    long = "Which of the lines own the berths that they sail from, and who lets the rest? " * 3
    page = agenda(deck(8, text=f"'{long}'"))
    assert long[:20] not in words_of(page)
    assert long[:20] in words_of(agenda(deck(2, text=f"'{long}'")))


def test_items_of_the_author_replace_the_sections() -> None:
    page = agenda(
        with_slides(
            """
            - kind: agenda
              items:
                - Welcome
                - {title: The map, text: Where we stand, slide: map}
            - {kind: bullets, id: map, title: B, points: [so]}
            """,
            HARBOUR,
        )
    )
    assert [item.body.text for item in texts(page, "Pages")] == ["p. 2"]
    assert "Welcome" in words_of(page)
    assert "Where we stand" in words_of(page)


def test_a_deck_without_sections_is_told() -> None:
    problems = problems_of(with_slides("- kind: agenda", HARBOUR))
    assert problems == [
        "deck.yaml:3:5: the deck has no sections to list; "
        "add slides of the kind `section`, or give `items`"
    ]


def test_nine_sections_are_too_many() -> None:
    assert "room for 8 sections, not 9; merge sections" in problems_of(deck(9))[0]


def test_texts_without_room_go_to_the_notes_and_titles_without_room_are_told() -> None:
    long = "'" + "A question that takes a while to ask, and no less to answer. " * 6 + "'"
    items = "\n".join(f"    - {{title: Item {n}, text: {long}}}" for n in range(8))
    scene = scene_of(with_slides(f"- kind: agenda\n  items:\n{items}", HARBOUR))
    assert "A question that takes" not in words_of(scene.pages[0])
    assert sum("A question that takes" in note.text for note in scene.pages[0].notes) == 8
    assert len(scene.notices) == 8
    items = "\n".join(f"    - {{title: {long}}}" for n in range(8))
    problems = problems_of(with_slides(f"- kind: agenda\n  items:\n{items}", HARBOUR))
    told = r"deck.yaml:5:\d+: .* 8 lines of the agenda need \d\.\d\d in and have 4\.90 in"
    assert re.search(told, problems[0])
