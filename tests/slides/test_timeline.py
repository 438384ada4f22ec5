from __future__ import annotations

from itertools import combinations

import pytest

from deckgen.box import touch
from deckgen.scene import Box, Page, ShapeItem
from outlines import items_of, problems_of, scene_of, with_slides, words_of


def timeline(*events: str) -> str:
    lines = "".join(f"    - {{{event}}}\n" for event in events)
    return with_slides(f"- kind: timeline\n  title: T\n  events:\n{lines}")


def plain(count: int, text: str = "What it meant") -> tuple[str, ...]:
    return tuple(f"date: Step {n}, head: Event {n}, text: {text}" for n in range(1, count + 1))


def pages_of(text: str) -> tuple[Page, ...]:
    return scene_of(text).pages


def cards_of(page: Page) -> list[Box]:
    cards = (item for item in page.items if isinstance(item, ShapeItem) and item.body)
    return [item.box for item in cards]


def stems_of(page: Page) -> list[int]:
    return [item.box.x for item in items_of(page, "Stem")]


@pytest.mark.parametrize("count", range(3, 10))
def test_cards_stand_in_the_frame_apart_and_on_their_stems(count: int) -> None:
    (page,) = pages_of(timeline(*plain(count)))
    cards = cards_of(page)
    assert len(cards) == count
    for card, stem in zip(cards, stems_of(page), strict=True):
        assert 548_640 <= card.x <= stem <= card.right <= 11_643_400
        assert card.y >= 1_508_000
        assert card.bottom <= 6_000_000
    assert not any(touch(one, other) for one, other in combinations(cards, 2))
    sides = {card.y > items_of(page, "Axis")[0].box.y for card in cards}
    assert sides == ({True} if count <= 5 else {True, False})


def test_real_dates_are_to_scale() -> None:
    (page,) = pages_of(
        timeline(
            "date: 2010, head: A", "date: Spring 2014, when: 2014-04, head: B",
            "date: 2018, head: C", "date: 1 May 2026, when: 2026-05-01, head: D",
        )
    )  # fmt: skip
    a, b, c, d = stems_of(page)
    assert (b - a) / (c - a) == pytest.approx(3.79 / 8, abs=0.02)
    assert (c - a) / (d - a) == pytest.approx(8 / 15.83, abs=0.02)
    assert "2012" in words_of(page)  # a year on the axis


def test_dates_too_close_together_stand_in_equal_steps() -> None:
    (page,) = pages_of(
        timeline("date: 2010-01-01, head: A", "date: 2010-01-03, head: B", "date: 2026, head: C")
    )
    a, b, c = stems_of(page)
    assert abs((b - a) - (c - b)) <= 2
    assert not items_of(page, "Tick")


def test_ten_events_continue_on_a_second_page() -> None:
    first, second = pages_of(timeline(*plain(11)))
    assert first.title == "T (1 of 2)"
    assert len(cards_of(first)) + len(cards_of(second)) == 11
    assert abs(len(cards_of(first)) - len(cards_of(second))) <= 1


def test_planned_and_highlighted_events_look_so() -> None:
    events = (
        "date: A, head: X, highlight: true",
        "date: B, head: Y",
        "date: C, head: Z, planned: true",
    )
    (page,) = pages_of(timeline(*events))
    lit, usual, planned = (i for i in page.items if isinstance(i, ShapeItem) and i.body)
    assert lit.fill == "accent_soft"
    assert usual.line is None
    assert planned.line is not None
    assert planned.line.dashed
    assert [i.fill for i in items_of(page, "Mark") if isinstance(i, ShapeItem)] == [
        "accent",
        "brand",
        "bg",
    ]


def test_phases_stand_over_their_events() -> None:
    events = [f"{event}, phase: {'Early' if n < 4 else 'Late'}" for n, event in enumerate(plain(7))]
    (page,) = pages_of(timeline(*events))
    early, late = (item.box for item in items_of(page, "Phase"))
    stems = stems_of(page)
    assert early.x <= stems[0]
    assert stems[3] <= early.right <= late.x <= stems[4]
    assert early.bottom < min(card.y for card in cards_of(page))


def test_texts_that_find_no_room_go_to_the_notes() -> None:
    (page,) = pages_of(timeline(*plain(9, "A long explanation of it all. " * 12)))
    assert "explanation" not in words_of(page)
    assert sum("explanation" in note.text for note in page.notes) == 9


def test_heads_that_find_no_room_together_take_more_pages() -> None:
    pages = pages_of(timeline(*(f"date: D, head: {n} {'Long head ' * 40}" for n in range(9))))
    assert [page.title for page in pages] == [f"T ({n} of {len(pages)})" for n in (1, 2, 3)]
    assert [len(cards_of(page)) for page in pages] == [3, 3, 3]


def test_heads_that_find_no_room_are_refused() -> None:
    told = problems_of(timeline(*(f"date: D, head: {'Long head ' * 120}" for _ in range(9))))
    assert len(told) == 9
    assert "lines" in told[0]
    assert told[0].startswith("deck.yaml:")


@pytest.mark.parametrize(
    ("events", "told"),
    [
        (plain(2), "`events` takes at least 3 entries, not 2"),
        (
            ("date: A, head: A, when: 2020-13", "date: 2021, head: B", "date: 2022, head: C"),
            "“2020-13” is no date",
        ),
        (
            ("date: 2021, head: A", "date: 2020, head: B", "date: 2022, head: C"),
            "“B” (2020) comes before",
        ),
        (
            ("date: X, head: A, when: 2021", "date: May, head: B", "date: 2022, head: C"),
            "“B” has no `when`, but others have",
        ),
        (
            (*(f"{e}, highlight: true" for e in plain(2)), plain(3)[2]),
            "one event at most is the message",
        ),
        (
            (f"{plain(1)[0]}, phase: P", plain(2)[1], f"{plain(3)[2]}, phase: P"),
            "the phase “P” is interrupted",
        ),
    ],
)
def test_mistakes(events: tuple[str, ...], told: str) -> None:
    (problem,) = problems_of(timeline(*events))
    assert problem.startswith("deck.yaml:")
    assert told in problem
