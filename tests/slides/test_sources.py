"""The list of sources, with links to where a reader finds them."""

from __future__ import annotations

from deckgen.scene import Link, Page, TextItem
from deckgen.template import house
from outlines import items_of, problems_of, scene_of, with_slides, words_of

FRAME = house().layouts["content"].frame
LONG = "https://harbour.example/" + "reports_of_the_harbour/" * 12


def outline(count: int, url: str = "https://harbour.example/survey_{n}", more: str = "") -> str:
    sources = "\n".join(
        f"  - {{id: s{n}, text: 'Survey {n}', url: '{url.format(n=n)}', accessed: 12 May 2025}}"
        for n in range(1, count + 1)
    )
    analysis = f"title: Harbour\nsources:\n{sources}\nsource: s1\n{more}"
    return with_slides("- kind: sources", analysis)


def links_of(page: Page) -> list[Link]:
    items = [item for item in page.items if isinstance(item, TextItem)]
    runs = [run for item in items for p in item.body.paragraphs for run in p.runs]
    return [run.link for run in runs if run.link]


def test_every_source_is_numbered_dated_and_linked() -> None:
    (page,) = scene_of(outline(3)).pages
    assert page.title == "This analysis rests on three sources"
    words = words_of(page).splitlines()
    assert words.index("1") < words.index("Survey 1") < words.index("harbour.example/survey_1")
    assert words.count("Read 12 May 2025") == 3
    targets = [link.target for link in links_of(page)]
    assert targets == [f"https://harbour.example/survey_{n}" for n in (1, 2, 3)]


def test_the_line_under_the_slide_does_not_repeat_the_list() -> None:
    (page,) = scene_of(outline(2)).pages
    assert not [item for item in page.items if item.role == "source"]


def test_many_sources_continue_and_go_on_counting_inside_the_frame() -> None:
    pages = scene_of(outline(19)).pages
    assert len(pages) == 3
    numbers = [item.body.text for page in pages for item in items_of(page, "Number ")
               if isinstance(item, TextItem)]  # fmt: skip
    assert numbers == [str(n) for n in range(1, 20)]
    for page in pages:
        content = [item for item in page.items if item.role in ("body", "label", "decorative")]
        assert max(item.box.bottom for item in content) <= FRAME.bottom


def test_an_address_too_long_for_a_line_shows_its_host_and_goes_whole_into_the_notes() -> None:
    scene = scene_of(outline(1, LONG))
    (page,) = scene.pages
    assert "harbour.example" in words_of(page).splitlines()
    assert [link.target for link in links_of(page)] == [LONG]
    assert any(LONG in note.text for note in page.notes)
    assert "the address of source 1 moved to the notes" in scene.notices[0]


def test_the_key_stands_here_if_no_slide_of_questions_has_it() -> None:
    inferred = "question: {text: Where?}\n"
    text = outline(2, more=inferred)
    note = "\n    notes: {evidence: [{inference: We think so}]}"
    (page,) = scene_of(text.replace("kind: sources", f"kind: sources{note}")).pages
    assert items_of(page, "Key panel")
    asked = "  - kind: faq\n    items: [{q: Why?, a: {inference: We think so}}]\n"
    _, listed = scene_of(text.replace("slides:\n", f"slides:\n{asked}")).pages
    assert not items_of(listed, "Key panel")


def test_an_outline_without_sources_cannot_list_them() -> None:
    (problem,) = problems_of(with_slides("- kind: sources", "title: Harbour\n"))
    assert "no sources to list" in problem


def test_an_address_that_is_none_is_told_at_its_line() -> None:
    (problem,) = problems_of(outline(1, "harbour.example/survey"))
    assert problem.startswith("deck.yaml:3:")
    assert "`url` must begin with https:// or http://" in problem
