from __future__ import annotations

import pytest

from charts import chart_of
from deckgen.scene import ConnectorItem, Page
from outlines import page_of, problems_of, with_slides, words_of


def slide(*rows: str, fields: str = "") -> str:
    head = "- kind: waterfall\n  title: T\n  measure: Cargo\n  unit: tonnes\n"
    return f"{head}{fields}  rows:\n" + "".join(f"    - {{{row}}}\n" for row in rows)


RISE = ("name: Start, value: 50, total: true", "name: Bulk, value: -20", "name: Mail, value: 60",
        "name: End, total: true")  # fmt: skip
CROSS = ("name: Start, value: 10, total: true", "name: Rents, value: -25", "name: Fees, value: 40",
         "name: End, value: 25, total: true")  # fmt: skip


def series_of(page: Page) -> dict[str, list[float | None]]:
    chart = chart_of(page)
    assert chart.stacking == "stacked"
    return {one.name: [point.value for point in one.points] for one in chart.series}


def test_columns_float_on_what_nobody_sees() -> None:
    page = page_of(slide(*RISE))
    assert series_of(page) == {
        "(unseen base)": [None, 30, 30, None],
        "Total": [50, None, None, 90],
        "Rise": [None, None, 60, None],
        "Fall": [None, 20, None, None],
    }
    words = words_of(page)
    assert "−20" in words
    assert "+60" in words
    assert "90" in words


def test_a_column_that_crosses_zero_has_a_part_on_each_side() -> None:
    assert series_of(page_of(slide(*CROSS))) == {
        "Total": [10, None, None, 25],
        "Fall": [None, 10, None, None],
        "Fall (< 0)": [None, -15, None, None],
        "Rise": [None, None, 25, None],
        "Rise (< 0)": [None, None, -15, None],
    }


def test_each_end_leads_level_to_the_next_column() -> None:
    page = page_of(slide(*RISE))
    lines = [i for i in page.items if isinstance(i, ConnectorItem) and i.name.startswith("Level")]
    assert len(lines) == 3
    for line in lines:
        assert line.start[1] == line.end[1]
        assert line.start[0] < line.end[0]


def test_falls_may_be_what_is_wanted() -> None:
    page = page_of(slide(*RISE, fields="  good: falls\n"))
    chart = chart_of(page)
    fall = next(one for one in chart.series if one.name == "Fall")
    assert fall.points[1].fill == "pos"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            slide(*RISE[:3], "name: End, value: 93, total: true"),
            "“End” is 93, and the rows above it add up to 90",
        ),
        (slide(*RISE[1:]), "the first row is the total to begin with"),
        (slide(RISE[0], "name: Bulk", RISE[3]), "“Bulk” has no value"),
        (slide(*RISE[:2]), "a waterfall takes 3 to 16 rows, not 2"),
        (
            slide("name: A, value: 0, total: true", "name: B, value: 0", "name: C, total: true"),
            "all values are zero",
        ),
        ("- {kind: waterfall, title: T, measure: M, unit: u}", "the numbers are missing"),
    ],
)  # fmt: skip
def test_what_does_not_add_up_is_told_at_its_line(text: str, told: str) -> None:
    problems = problems_of(with_slides(text))
    assert any(told in problem and problem.startswith("deck.yaml:") for problem in problems), (
        problems
    )


def test_rounded_numbers_may_miss_their_total_by_their_last_digits() -> None:
    rows = ("name: Start, value: 50.1, total: true", "name: Bulk, value: -20.2",
            "name: Mail, value: 60.3", "name: End, value: 90.3, total: true")  # fmt: skip
    assert problems_of(with_slides(slide(*rows))) == []
