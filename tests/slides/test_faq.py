"""Questions to expect, and how to read the deck's marks."""

from __future__ import annotations

from deckgen.template import house
from outlines import items_of, problems_of, scene_of, with_slides, words_of

FRAME = house().layouts["content"].frame
PLAIN = "title: Harbour\n"  # nothing inferred, nothing not stated


def faq(count: int, answer: str = "Because it is.", analysis: str = PLAIN, more: str = "") -> str:
    items = "\n".join(f"    - {{q: Why number {n}?, a: {answer}}}" for n in range(count))
    return with_slides(f"- kind: faq\n{more}  items:\n{items}", analysis)


def test_the_title_counts_the_questions() -> None:
    assert scene_of(faq(1)).pages[0].title == "One question to expect, and its answer"
    assert scene_of(faq(3)).pages[0].title == "Three questions to expect, and their answers"


def test_question_and_answer_begin_at_the_same_height() -> None:
    (page,) = scene_of(faq(4)).pages
    for number in range(1, 5):
        question, answer = items_of(page, f"slides.faq.items.{number}.")
        assert question.box.y == answer.box.y
        assert question.box.right < answer.box.x


def test_many_questions_continue_evenly_inside_the_frame() -> None:
    pages = scene_of(faq(11)).pages
    assert len(pages) == 2
    assert pages[1].title.endswith("(2 of 2)")
    counts = [words_of(page).count("Why number") for page in pages]
    assert counts == [6, 5]
    for page in pages:
        content = [item for item in page.items if item.role in ("body", "label", "decorative")]
        assert max(item.box.bottom for item in content) <= FRAME.bottom


def test_the_key_appears_on_the_last_page_if_something_is_inferred() -> None:
    pages = scene_of(faq(11, "{inference: We think so}")).pages
    assert len(pages) > 1
    assert [len(items_of(page, "Key panel")) for page in pages] == [0] * (len(pages) - 1) + [1]
    for lead in ("Stated:", "Inference:", "Not stated:"):
        assert lead in words_of(pages[-1])


def test_the_key_appears_if_a_standing_is_not_stated_and_else_not() -> None:
    silent = PLAIN + (
        "criteria: [{name: Quay}]\ntiers: [{id: a, name: A}, {id: b, name: B}]\n"
        "companies: [{name: Alpha, tier: a}]\n"
    )
    told = silent.replace("tier: a}", "tier: a, criteria: {quay: met}}")
    assert items_of(scene_of(faq(2, analysis=silent)).pages[0], "Key panel")
    assert not items_of(scene_of(faq(2, analysis=told)).pages[0], "Key panel")
    assert not items_of(scene_of(faq(2)).pages[0], "Key panel")


def test_two_slides_of_questions_show_the_key_once() -> None:
    slide = "- kind: faq\n  title: {}\n  items: [{{q: Why?, a: {{inference: We think so}}}}]\n"
    text = with_slides(slide.format("First") + slide.format("Second"), PLAIN)
    first, second = scene_of(text).pages
    assert not items_of(first, "Key panel")
    assert items_of(second, "Key panel")


def test_an_answer_too_long_for_a_page_is_told_at_its_line() -> None:
    text = faq(2).replace("Because it is.", "Because " * 900, 1)
    problems = problems_of(text)
    line = next(n for n, words in enumerate(text.splitlines(), start=1) if "Because B" in words)
    assert problems
    assert all(problem.startswith(f"deck.yaml:{line}:") for problem in problems)


def test_no_questions_are_refused() -> None:
    (problem,) = problems_of(with_slides("- kind: faq\n  items: []", PLAIN))
    assert "`items` takes at least 1 entry, not 0" in problem
