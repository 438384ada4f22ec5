"""Points in one column or two."""

from __future__ import annotations

from deckgen.scene import Page, Paragraph, Run, TextItem
from deckgen.styles import Style
from deckgen.template import house
from deckgen.text import is_certain
from deckgen.units import points
from outlines import items_of, problems_of, scene_of, with_slides, words_of

FRAME = house().layouts["text"].frame


def bullets(*listed: str) -> str:
    points_ = "\n".join(f"    - {point}" for point in listed)
    return with_slides(f"- kind: bullets\n  title: What to settle\n  points:\n{points_}")


def bodies(page: Page) -> list[TextItem]:
    return [item for item in page.items if isinstance(item, TextItem) and item.role == "body"]


def size_of(page: Page) -> float:
    return bodies(page)[0].body.paragraphs[0].size_pt


def test_points_stand_in_the_layouts_placeholder() -> None:
    (page,) = scene_of(bullets("One", "Two", "Three")).pages
    (body,) = bodies(page)
    assert body.placeholder == "text"
    assert body.inherits_box
    assert body.body.text == "One\nTwo\nThree"


def test_few_points_are_larger_and_fill_more_of_the_page() -> None:
    (few,) = scene_of(bullets("One", "Two", "Three")).pages
    (many,) = scene_of(bullets(*(f"Point {n}" for n in range(10)))).pages
    assert size_of(few) > size_of(many)
    last = max(item.box.y for item in few.items if "rule" in item.name)
    assert last - FRAME.y > FRAME.h * 0.6


def test_every_text_stands_between_its_rules() -> None:
    (page,) = scene_of(bullets("One", "{text: Two, points: [under it, and this]}", "Three")).pages
    rules = sorted(item.box.y for item in page.items if "rule" in item.name)
    (body,) = bodies(page)
    y = body.box.y + body.body.insets[1]
    tops = []
    for index, paragraph in enumerate(body.body.paragraphs):
        y += points(paragraph.before_pt) if index else 0
        tops.append((paragraph.level, y))
        y += Style(paragraph.size_pt).line_height
    starts = [top for level, top in tops if level == 0]
    assert len(starts) == len(rules) - 1
    for start, rule, following in zip(starts, rules, rules[1:], strict=False):
        assert rule < start < following
    assert y < rules[-1] <= FRAME.bottom


def test_points_under_a_point_are_one_level_down() -> None:
    (page,) = scene_of(bullets("{text: One, points: [under it]}")).pages
    first, second = bodies(page)[0].body.paragraphs
    assert (first.level, second.level) == (0, 1)
    assert second.bullet


def test_columns_stand_side_by_side_with_rules_at_the_same_height() -> None:
    slide = """
        - kind: bullets
          title: What to settle
          columns:
            - {head: Now, points: [One, "so long that it goes on for more than a line", Three]}
            - {head: Later, points: [Four, Five]}
    """
    (page,) = scene_of(with_slides(slide)).pages
    left, right = bodies(page)
    assert left.body.text.startswith("Now\nOne")
    assert right.body.text == "Later\nFour\nFive"
    columns = [
        sorted(item.box.y for item in page.items if "rule" in item.name and item.box.x == x)
        for x in (left.box.x, right.box.x)
    ]
    assert columns[0][: len(columns[1])] == columns[1]


def test_many_points_continue_and_none_is_lost() -> None:
    pages = scene_of(bullets(*(f"Point {n}." for n in range(30)))).pages
    assert len(pages) == 3
    assert pages[2].title == "What to settle (3 of 3)"
    words = "\n".join(words_of(page) for page in pages)
    assert all(f"Point {n}." in words for n in range(30))


def test_points_and_columns_together_or_neither_are_refused() -> None:
    (neither,) = problems_of(with_slides("- {kind: bullets, title: Nothing}"))
    assert "give either `points` or `columns`" in neither
    slide = "- {kind: bullets, title: Both, points: [a], columns: [{points: [b]}, {points: [c]}]}"
    (both,) = problems_of(with_slides(slide))
    assert "give either `points` or `columns`" in both


def test_a_point_longer_than_a_page_is_refused() -> None:
    problems = problems_of(bullets("far too long " * 400))
    assert len(problems) == 1
    assert "has room for" in problems[0]
    assert not items_of(scene_of(bullets("short")).pages[0], "far")


def with_heads(*heads: str) -> str:
    columns = "".join(f"    - {{head: {head}, points: [One, Two]}}\n" for head in heads)
    return with_slides(f"- kind: bullets\n  title: What to settle\n  columns:\n{columns}")


def test_a_head_of_two_lines_moves_the_rules_of_both_columns_down() -> None:
    (page,) = scene_of(with_heads("Short", "A head that is " + "rather long and " * 4)).pages
    (short,) = scene_of(with_heads("Short", "Head")).pages
    rules = [item.box.y for item in items_of(page, "Text top rule")]
    assert len(set(rules)) == 1
    assert rules[0] - items_of(short, "Text top rule")[0].box.y == points(16 * 1.2)


def test_a_head_of_three_lines_is_refused_at_its_line() -> None:
    (problem,) = problems_of(with_heads("Short", "A head that is " + "far too long and " * 8))
    assert "deck.yaml:49:16" in problem
    assert "the head takes 3 lines and has room for 2; shorten it" in problem


def test_a_point_at_the_brink_of_a_line_gets_a_margin_that_decides_it() -> None:
    words = next(
        words
        for words in ("word " * 12 + "i" * n for n in range(1, 90))
        if not is_certain(Paragraph((Run(words),), 20, 24), FRAME.w, "Arial")
    )
    (page,) = scene_of(bullets(words, "Two")).pages
    (body,) = bodies(page)
    width = FRAME.w - body.body.insets[2]
    assert body.body.insets[2] > 0
    assert all(is_certain(p, width, "Arial") for p in body.body.paragraphs)
    (plain,) = scene_of(bullets("One", "Two")).pages
    assert bodies(plain)[0].body.insets[2] == 0
