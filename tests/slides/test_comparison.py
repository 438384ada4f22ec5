"""The comparison: two sides, row by row."""

from __future__ import annotations

from deckgen.scene import GroupItem, ShapeItem
from deckgen.template import house
from outlines import items_of, problems_of, scene_of, with_slides, words_of

FRAME = house().layouts["content"].frame


def comparison(rows: str, before: str = "Old map", after: str = "New map", more: str = "") -> str:
    slide = f"- kind: comparison\n  title: The map has changed\n  before: {before}\n"
    listed = "\n".join(f"    {row}" for row in rows.strip().splitlines())
    return with_slides(f"{slide}  after: {after}\n{more}  rows:\n{listed}")


def plain_rows(count: int) -> str:
    return "\n".join(f"- {{label: Row {n}, before: was {n}, after: is {n}}}" for n in range(count))


def test_what_each_side_says_stands_in_reading_order() -> None:
    (page,) = scene_of(comparison(plain_rows(3))).pages
    words = words_of(page)
    order = [
        words.index(word) for word in ("Old map", "New map", "Row 0", "was 0", "is 0", "Row 1")
    ]
    assert order == sorted(order)


def test_two_rows_to_five_stay_in_the_frame_with_and_without_drawings() -> None:
    drawn = "{head: New map, picture: ladder, caption: Three tiers}"
    for count in range(2, 6):
        for after in ("New map", drawn):
            (page,) = scene_of(comparison(plain_rows(count), after=after)).pages
            content = [item for item in page.items if item.role in ("body", "label")]
            assert min(item.box.y for item in content) >= FRAME.y
            assert max(item.box.bottom for item in page.items if item in content) <= FRAME.bottom
            panel = items_of(page, "After panel")[0].box
            assert panel.bottom <= FRAME.bottom


def test_a_cell_on_which_the_sources_are_silent_says_so() -> None:
    rows = "- {label: Price, after: fixed}\n- {label: Speed, before: fast}"
    (page,) = scene_of(comparison(rows)).pages
    silent = items_of(page, "Not stated")
    assert [item.body.text for item in silent if isinstance(item, ShapeItem) and item.body] == [
        "Not stated in the source",
        "Not stated in the source",
    ]


def test_an_inference_is_marked() -> None:
    rows = "- {label: Price, before: free, after: {inference: fixed}}\n" + plain_rows(1)
    (page,) = scene_of(comparison(rows)).pages
    assert len(items_of(page, "Inference")) == 1


def test_the_ladder_has_a_rung_for_every_tier_and_says_so_to_a_screen_reader() -> None:
    (page,) = scene_of(comparison(plain_rows(2), after="{head: New, picture: ladder}")).pages
    (ladder,) = [item for item in page.items if isinstance(item, GroupItem)]
    fills = [item.fill for item in ladder.items if isinstance(item, ShapeItem)]
    assert fills == ["tier1", "tier2", "tier3"]
    assert ladder.alt == "Tiers: 1 Harbour owners, 2 Terminal operators, 3 Shippers"


def test_the_race_is_a_drawing_with_alt_text() -> None:
    before = "{head: Old, picture: race, caption: One race}"
    (page,) = scene_of(comparison(plain_rows(2), before=before)).pages
    (race,) = [item for item in page.items if isinstance(item, GroupItem)]
    assert race.alt == "Old: One race"


def test_six_rows_continue_with_the_heads_repeated_and_the_drawings_once() -> None:
    text = comparison(plain_rows(6), before="{head: Old map, picture: race}")
    first, second = scene_of(text).pages
    assert (first.title, second.title) == (
        "The map has changed (1 of 2)",
        "The map has changed (2 of 2)",
    )
    assert "Row 2" in words_of(first)
    assert "Row 3" in words_of(second)
    assert "Old map" in words_of(second)
    assert items_of(first, "Race")
    assert not items_of(second, "Race")


def test_fewer_rows_than_two_are_refused_at_their_line() -> None:
    (problem,) = problems_of(comparison(plain_rows(1)))
    assert "`rows` takes at least 2 entries, not 1" in problem


def test_a_row_that_says_nothing_is_refused_at_its_line() -> None:
    text = comparison(plain_rows(2) + "\n- {label: Nothing}")
    line = next(n for n, words in enumerate(text.splitlines(), start=1) if "Nothing" in words)
    (problem,) = problems_of(text)
    assert problem.startswith(f"deck.yaml:{line}:")
    assert "what one side says" in problem


def test_a_ladder_without_tiers_is_refused() -> None:
    slides = """
        - kind: comparison
          title: The map has changed
          before: Old
          after: {head: New, picture: ladder}
          rows: [{label: A, before: b, after: c}, {label: D, before: e, after: f}]
    """
    (problem,) = problems_of(with_slides(slides, "title: Harbour\n"))
    assert "no tiers to draw a ladder of" in problem


def test_a_cell_too_long_for_a_page_is_told_at_its_line() -> None:
    text = comparison(plain_rows(1) + f"\n- {{label: Long, before: a, after: {'word ' * 300}}}")
    problems = problems_of(text)
    line = next(n for n, words in enumerate(text.splitlines(), start=1) if "Long" in words)
    assert problems
    assert all(problem.startswith(f"deck.yaml:{line}:") for problem in problems)


def test_labels_get_more_room_for_a_long_word() -> None:
    rows = plain_rows(2)
    narrow = scene_of(comparison(rows)).pages[0]
    wide = scene_of(comparison(rows.replace("Row 0", "Wettbewerbsunterschiede"))).pages[0]
    assert items_of(wide, "After panel")[0].box.w < items_of(narrow, "After panel")[0].box.w
