"""The logic chain: steps that lead to a conclusion."""

from __future__ import annotations

import re

import pytest

from deckgen.scene import ConnectorItem, Page, ShapeItem, TextItem
from deckgen.template import house
from outlines import items_of, problems_of, scene_of, with_slides, words_of

FRAME = house().layouts["content"].frame
STEP = "- {head: The quay is built, text: Berths come up for sale}"
PAIR = "  pair: [{label: Gives away, text: The timetable}, {label: Keeps, text: The quay}]\n"


def chain(*steps: str, more: str = "") -> str:
    listed = "\n".join(f"    {step}" for step in steps)
    return with_slides(
        f"- kind: logic-chain\n  title: One leads to another\n{more}  steps:\n{listed}"
    )


def page_of(text: str) -> Page:
    (page,) = scene_of(text).pages
    return page


def cards(page: Page) -> list[ShapeItem]:
    return [item for item in items_of(page, "Step ") if isinstance(item, ShapeItem)]


@pytest.mark.parametrize("count", [3, 4, 5])
@pytest.mark.parametrize("more", ["", PAIR, PAIR + "  head: How they fit\n  takeaway: So be it.\n"])
def test_cards_share_the_frame_and_arrows_join_them(count: int, more: str) -> None:
    page = page_of(chain(*[STEP] * count, more=more))
    found = cards(page)
    assert len(found) == count
    assert len({(card.box.y, card.box.w, card.box.h) for card in found}) == 1
    assert found[0].box.x == FRAME.x
    assert found[-1].box.right <= FRAME.right
    assert found[-1].box.bottom <= FRAME.bottom
    arrows = [item for item in page.items if isinstance(item, ConnectorItem)]
    assert [(arrow.start_item, arrow.end_item) for arrow in arrows] == [
        (f"Step {number}", f"Step {number + 1}") for number in range(1, count)
    ]


def test_texts_begin_at_one_height_whatever_their_heads_and_marks() -> None:
    steps = [
        "- {head: Short, text: one}",
        "- {head: A head that takes a second line, text: two}",
        "- {head: Last, text: {inference: three}}",
    ]
    page = page_of(chain(*steps, more=PAIR))
    texts = [item for item in page.items if isinstance(item, TextItem) and ".text" in item.name]
    assert len(texts) == 3
    assert len({item.box.y for item in texts}) == 1
    assert len(items_of(page, "Inference")) == 1


def test_the_last_step_stands_out_by_more_than_colour() -> None:
    found = cards(page_of(chain(STEP, STEP, STEP)))
    last = found[-1].line
    assert last is not None
    assert all(card.line is not None and card.line.width_pt < last.width_pt for card in found[:-1])


def test_the_joiner_is_yet_unless_the_author_or_the_labels_say_otherwise() -> None:
    steps = [STEP] * 3
    assert "yet" in words_of(page_of(chain(*steps, more=PAIR))).splitlines()
    own = page_of(chain(*steps, more=PAIR + "  joiner: and nevertheless\n"))
    assert "and nevertheless" in words_of(own).splitlines()


def test_heads_alone_do() -> None:
    page = page_of(chain("- One", "- Two", "- Three"))
    assert [card.body.text for card in cards(page) if card.body] == ["1\nOne", "2\nTwo", "3\nThree"]


@pytest.mark.parametrize("count", [2, 6])
def test_other_than_three_to_five_steps_are_refused(count: int) -> None:
    (problem,) = problems_of(chain(*[STEP] * count))
    assert "`steps` takes at" in problem


def test_one_half_is_no_pair() -> None:
    (problem,) = problems_of(chain(STEP, STEP, STEP, more="  pair: [{text: The timetable}]\n"))
    assert "`pair` takes at least 2 entries" in problem


def test_texts_that_find_no_room_go_to_the_notes_and_it_is_told() -> None:
    text = chain(STEP, STEP, f"- {{head: Last, text: {'much too long ' * 60}}}", more=PAIR)
    scene = scene_of(text)
    assert "much too long" not in words_of(scene.pages[0])
    assert any("much too long" in note.text for note in scene.pages[0].notes)
    assert any("the text of “Last” moved to the notes" in notice for notice in scene.notices)


def test_a_step_that_does_not_fit_is_told_at_its_line() -> None:
    text = chain(STEP, STEP, f"- head: {'much too long ' * 60}", more=PAIR)
    line = next(n for n, words in enumerate(text.splitlines(), start=1) if "much too" in words)
    (problem,) = problems_of(text)
    assert problem.startswith(f"deck.yaml:{line}:")
    assert re.search(r"steps\.3.* needs \d+ lines .* and has room for \d+ lines", problem)
