"""The closing slide: question, ladder with marks and tokens, prompts, notes for the room."""

from __future__ import annotations

import pytest

from deckgen.scene import ConnectorItem, Page, ShapeItem
from deckgen.slides import example
from deckgen.template import house
from outlines import ANALYSIS, items_of, problems_of, scene_of, with_slides, words_of

FRAME = house().layouts["closing"].frame
PROMPTS = "  prompts:\n    - {ask: Who decides?, how: Name one.}\n    - By when?\n"


def analysis(tiers: int, question: str = "", name: str = "Tier number {n}") -> str:
    """So many tiers with two companies each, and a question."""
    lines = ["title: Harbour", "tiers:"] if tiers else ["title: Harbour"]
    lines += [f"  - {{id: t{n}, name: {name.format(n=n)}}}" for n in range(1, tiers + 1)]
    lines += ["companies:"] if tiers else []
    for n in range(1, tiers + 1):
        lines += [f"  - {{name: {letter}{n}, tier: t{n}}}" for letter in ("Alpha", "Beta")]
    return "\n".join([*lines, "question:", "  text: Where do you stand?", question]) + "\n"


def closing(text: str, slide: str = "- kind: closing") -> Page:
    return scene_of(with_slides(slide, text)).pages[0]


def shapes(page: Page, name: str) -> list[ShapeItem]:
    return [item for item in items_of(page, name) if isinstance(item, ShapeItem)]


def test_the_example_builds() -> None:
    words = words_of(closing(ANALYSIS))
    assert "Who owns our berth?" in words
    assert "THE STRATEGIC QUESTION" in words_of(scene_of(example("closing")).pages[0])


@pytest.mark.parametrize("tiers", range(2, 7))
@pytest.mark.parametrize("prompts", ["", PROMPTS])
@pytest.mark.parametrize("places", ["", "  you_are_here: t2\n", "  target: t1\n  you_are_here: t2"])
def test_everything_stays_in_the_frame(tiers: int, prompts: str, places: str) -> None:
    page = closing(analysis(tiers, prompts + places))
    assert len(shapes(page, "Rung")) == tiers
    assert len(shapes(page, "Today")) == len(shapes(page, "Target")) == tiers
    own = [item for item in page.items if item.role in ("body", "label") and not _placed(item)]
    assert all(FRAME.x <= item.box.x and item.box.right <= FRAME.right for item in own)
    assert all(FRAME.y <= item.box.y and item.box.bottom <= FRAME.bottom for item in own)


def _placed(item: object) -> bool:
    return bool(getattr(item, "placeholder", ""))


def test_the_title_is_the_question() -> None:
    page = closing(ANALYSIS)
    assert page.title == "Which tier are you in, and is that where you want to be?"
    assert next(item for item in page.items if item.role == "title").mark.path == "question.text"


def test_a_rung_names_its_tier_and_examples() -> None:
    assert "Tier number 1\nAlpha1, Beta1" in words_of(closing(analysis(3)))


def test_unplaced_tokens_lie_under_the_ladder() -> None:
    page = closing(analysis(3))
    tokens = shapes(page, "Token")
    assert [token.body.text for token in tokens if token.body] == ["You are here", "Want to be"]
    assert all(token.box.y > shapes(page, "Rung 3")[0].box.bottom for token in tokens)
    assert all(circle.fill is None for circle in shapes(page, "Today"))


def test_places_of_the_analysis_are_marked() -> None:
    page = closing(analysis(4, "  you_are_here: t3\n  target: t1"))
    assert [circle.fill for circle in shapes(page, "Today")] == [None, None, "accent", None]
    assert [bool(circle.fill) for circle in shapes(page, "Target")] == [True, False, False, False]
    here, target = sorted(shapes(page, "Token"), key=lambda token: -token.box.y)
    assert here.body is not None
    assert here.body.text == "You are here"
    rung = shapes(page, "Rung 3")[0].box
    assert rung.y <= here.box.y
    assert here.box.bottom <= rung.bottom
    assert target.box.bottom <= shapes(page, "Rung 1")[0].box.bottom
    way = items_of(page, "The way")[0]
    assert isinstance(way, ConnectorItem)
    assert (way.start_item, way.end_item) == ("Today 3", "Target 1")
    assert way.alt == "From tier 3 to tier 1"


def test_two_tokens_on_one_rung_do_not_cover_each_other() -> None:
    page = closing(analysis(6, "  you_are_here: t6\n  target: t6"))
    upper, lower = (token.box for token in shapes(page, "Token"))
    assert upper.bottom <= lower.y


def test_each_place_to_mark_says_what_it_is_for() -> None:
    page = closing(analysis(2, "  you_are_here: t2"))
    assert shapes(page, "Target 1")[0].alt == "Target: mark here for Tier 1"
    assert shapes(page, "Today 2")[0].alt == "You are here: Tier 2"


def test_the_slide_may_have_prompts_and_instruction_of_its_own() -> None:
    slide = "- {kind: closing, instruction: Vote., prompts: [Own or rent?]}"
    words = words_of(closing(ANALYSIS, slide))
    assert "Vote." in words
    assert "Own or rent?" in words
    assert "Who owns our berth?" not in words


def test_without_prompts_there_are_lines_for_the_decision() -> None:
    for tiers in (0, 3):
        words = words_of(closing(analysis(tiers)))
        assert all(head in words for head in ("Decision", "Owner", "By when"))


def test_without_tiers_the_prompts_take_the_room() -> None:
    page = closing(analysis(0, PROMPTS))
    assert "Who decides?\nName one." in words_of(page)
    numbers = items_of(page, "Prompt number")
    assert len(numbers) == 2
    assert numbers[-1].box.bottom > FRAME.y + FRAME.h // 2
    assert not shapes(page, "Rung")


def test_names_too_long_for_their_rungs_drop_the_examples_first() -> None:
    name = "Carriers that depend on a berth of the inner and of the outer harbour part {n}"
    words = words_of(closing(analysis(6, PROMPTS, name)))
    assert "part 6" in words
    assert "Alpha6" not in words


def test_the_notes_run_the_discussion() -> None:
    notes = {note.lead: note.text for note in closing(ANALYSIS).notes}
    assert "mark the tier of today" in notes["Say"]
    assert notes["Ask"].startswith("1. Who owns our berth? Name the owner. 2. ")
    assert sum(len(text.split()) for text in notes.values()) <= 180


def test_the_authors_notes_win() -> None:
    notes = closing(ANALYSIS, "- {kind: closing, notes: Let them vote.}").notes
    assert "Let them vote." in [note.text for note in notes]


def test_prompts_that_leave_no_room_for_the_ladder_are_told() -> None:
    ask = "Who of us decides on the berth before the lease of the north quay runs out? " * 3
    long = f"  prompts:\n    - Why?\n    - {{ask: '{ask}'}}\n    - How?\n"
    text = analysis(6, long)
    problems = problems_of(with_slides("- kind: closing", text))
    assert "the prompts leave each rung" in problems[0]
    line = int(problems[0].split(":")[1])
    assert ask[:20] in text.splitlines()[line - 1]


def test_a_question_too_long_is_told_at_its_line() -> None:
    text = analysis(2).replace("Where do you stand?", "Where do you stand in the harbour? " * 9)
    problems = problems_of(with_slides("- kind: closing", text))
    line = int(problems[0].split(":")[1])
    assert "the title takes" in problems[0]
    assert "text:" in text.splitlines()[line - 1]


def test_no_question_is_told() -> None:
    problems = problems_of(with_slides("- kind: closing", "title: Harbour\n"))
    assert any("the closing slide has no question" in told for told in problems)


def test_how_to_answer_goes_to_the_notes_where_it_leaves_the_rungs_no_room() -> None:
    how = "Go through the leases one by one and write down who may end each of them, and when. " * 4
    text = analysis(6, f"  prompts:\n    - {{ask: Who decides?, how: '{how}'}}\n    - By when?\n")
    scene = scene_of(with_slides("- kind: closing", text))
    assert "Go through the leases" not in words_of(scene.pages[0])
    assert any("Go through the leases" in note.text for note in scene.pages[0].notes)
    assert "how to answer “Who decides?” moved to the notes" in scene.notices[0]
