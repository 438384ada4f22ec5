"""The insight: one statement, or a quotation, maybe beside a stack."""

from __future__ import annotations

from deckgen.scene import Page, ShapeItem, TextItem
from deckgen.template import house
from outlines import items_of, problems_of, scene_of, with_slides, words_of

FRAME = house().layouts["insight"].frame
STACK = """\
  stack:
    layers: [Tickets, Ships, Berths, Quay]
    today: [{layer: Ships, head: Passengers, text: to the carriers}]
    endgame: {head: Endgame, text: Owners run every layer}
"""


def insight(title: str, more: str = "") -> str:
    return with_slides(f"- kind: insight\n  title: {title}\n{more}")


def page_of(text: str) -> Page:
    (page,) = scene_of(text).pages
    return page


def title_of(page: Page) -> TextItem:
    (title,) = [item for item in page.items if item.role == "title"]
    assert isinstance(title, TextItem)
    return title


def size_of(page: Page) -> float:
    return title_of(page).body.paragraphs[0].size_pt


def test_the_statement_is_the_title() -> None:
    page = page_of(insight("The quay decides."))
    assert page.title == title_of(page).body.text == "The quay decides."
    assert title_of(page).placeholder == "title"


def test_a_quotation_stands_in_typographic_marks_with_its_author_below() -> None:
    page = page_of(insight("The quay decides.", "  quote: true\n  by: Mara Lindqvist\n"))
    assert page.title == title_of(page).body.text == "“The quay decides.”"
    assert "Mara Lindqvist" in words_of(page)


def test_the_marks_are_those_of_the_decks_labels() -> None:
    text = insight("Der Kai entscheidet.", "  quote: true\n  by: Mara Lindqvist\n")
    german = text.replace("sources:", "labels: {quotes: „ “}\nsources:", 1)
    assert page_of(german).title == "„Der Kai entscheidet.“"


def test_a_quotation_without_an_author_is_refused_at_its_line() -> None:
    text = insight("The quay decides.", "  quote: true\n")
    line = next(n for n, words in enumerate(text.splitlines(), start=1) if "decides" in words)
    (problem,) = problems_of(text)
    assert problem.startswith(f"deck.yaml:{line}:")
    assert "a quotation needs `by`" in problem


def test_a_statement_is_larger_alone_and_smaller_when_long() -> None:
    short, long = "The quay decides.", "The quay decides who sails and who pays, " * 4
    alone, beside = page_of(insight(short)), page_of(insight(short, STACK))
    assert size_of(alone) > size_of(beside)
    assert size_of(page_of(insight(long))) < size_of(alone)
    assert title_of(alone).box.w > title_of(beside).box.w


def test_statement_support_and_author_stand_below_each_other_in_the_frame() -> None:
    more = "  support: Said before any lease was signed.\n  by: Mara Lindqvist\n"
    for stack in ("", STACK):
        page = page_of(insight("The quay decides who sails at all.", more + stack))
        support = items_of(page, "slides.insight.support")[0]
        by = items_of(page, "slides.insight.by")[0]
        assert FRAME.y <= title_of(page).box.y
        assert title_of(page).box.bottom < support.box.y < by.box.y
        assert by.box.bottom <= FRAME.bottom


def test_the_stack_stands_right_of_the_statement_and_in_the_frame() -> None:
    page = page_of(insight("The quay decides.", STACK))
    stack = [item for item in page.items if isinstance(item, ShapeItem)]
    assert min(item.box.x for item in stack) > title_of(page).box.right
    assert max(item.box.right for item in stack) <= FRAME.right
    assert max(item.box.bottom for item in stack) <= FRAME.bottom
    (layer,) = [item for item in stack if item.name == "Layer 2"]
    (holding,) = items_of(page, "Today: Passengers")
    assert layer.box.y < holding.box.y
    assert holding.box.bottom < layer.box.bottom
    (end,) = items_of(page, "Endgame")
    assert end.box.y == items_of(page, "Layer 1")[0].box.y


def test_layers_alone_take_the_whole_stack() -> None:
    whole = page_of(insight("The quay decides.", "  stack: {layers: [Ships, Quay]}\n"))
    part = page_of(insight("The quay decides.", STACK))
    assert items_of(whole, "Layer 1")[0].box.w > items_of(part, "Layer 1")[0].box.w


def test_texts_that_the_boxes_of_today_do_not_hold_go_to_the_notes() -> None:
    text = insight("The quay decides.", STACK)
    crowded = text.replace("to the carriers", "to the carriers " * 30)
    scene = scene_of(crowded)
    assert len(scene.notices) == 1
    assert "what “Passengers” is moved to the notes" in scene.notices[0]
    assert "to the carriers" not in words_of(scene.pages[0])
    assert any("to the carriers" in note.text for note in scene.pages[0].notes)


def test_a_box_at_no_layer_or_at_one_that_is_taken_is_refused() -> None:
    (problem,) = problems_of(insight("It decides.", STACK.replace("layer: Ships", "layer: Shipss")))
    assert "no layer is called “Shipss”; did you mean “Ships”?" in problem
    twice = STACK.replace("today: [", "today: [{layer: 2, head: Fares}, ")
    (problem,) = problems_of(insight("It decides.", twice))
    assert "two boxes stand at the layer “Ships”" in problem


def test_a_statement_of_two_hundred_characters_beside_a_stack_is_refused() -> None:
    problems = problems_of(insight("The quay decides who sails, " * 9, STACK))
    assert len(problems) == 1
    assert "the title takes" in problems[0]
    assert "shorten it" in problems[0]


def test_support_is_set_smaller_where_the_statement_has_no_room() -> None:
    def size(times: int) -> float:
        text = insight(
            "The quay decides.", f"  support: {'It takes years to build one. ' * times}\n"
        )
        (item,) = items_of(page_of(text), "slides.insight.support")
        assert isinstance(item, TextItem)
        return item.body.paragraphs[0].size_pt

    assert [size(3), size(56), size(66)] == [18, 16, 14]
