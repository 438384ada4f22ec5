"""Doughnuts: what is shown, where labels stand, what is refused, and the file that comes out."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from charts import cells_of, chart_as, chart_frames, chart_item
from deckgen.charts.rings import share_words
from deckgen.scene import ConnectorItem, DoughnutChart, Page, TextItem
from deckgen.writers.pptx import write
from outlines import (
    ANALYSIS,
    items_of,
    mistake_in,
    page_of,
    problems_of,
    scene_of,
    with_slides,
    words_of,
)
from validators import sdk_problems

FIVE = ("name: A, value: 30", "name: B, value: 52.4, highlight: true", "name: C, value: 10",
        "name: D, value: 6", "name: E, value: 1.6")  # fmt: skip


def slide(*rows: str, fields: str = "") -> str:
    """A slide with a row of each of these fields."""
    lines = "".join(f"    - {{{row}}}\n" for row in rows)
    head = "- kind: doughnut-chart\n  title: T\n  measure: Income\n  unit: crowns\n"
    return f"{head}{fields}  rows:\n{lines}"


def chart_of(page: Page) -> DoughnutChart:
    return chart_as(chart_item(page), DoughnutChart)


def labels_of(page: Page) -> list[TextItem]:
    return [item for item in items_of(page, "Part ") if isinstance(item, TextItem)]


def message(row: int, *rows: str, fields: str = "") -> str:
    """The one mistake of a slide; it must be told at this row, counted from 1, or at the slide."""
    return mistake_in(slide(*rows, fields=fields), row)


def test_the_largest_part_comes_first_and_one_is_the_message() -> None:
    slices = chart_of(page_of(slide(*FIVE))).slices
    assert [(one.name, one.value) for one in slices] == [
        ("B", 52.4), ("A", 30), ("C", 10), ("D", 6), ("E", 1.6)
    ]  # fmt: skip
    assert [one.fill for one in slices] == ["accent", "series1", "series2", "series4", "series5"]


def test_labels_say_name_share_and_value_and_the_hole_the_total() -> None:
    page = page_of(slide(*FIVE))
    words = {label.name: label.body.text for label in labels_of(page)}
    assert words["Part B"] == "B\n52% (52.4)"
    assert words["Part E"] == "E\n1.6% (1.6)"
    (total,) = items_of(page, "Total")
    assert isinstance(total, TextItem)
    assert total.body.text == "Total\n100.0\ncrowns"
    ring = chart_item(page).box
    assert ring.w == ring.h
    # A hole in LibreOffice is half as wide as its ring.
    reach = max(abs(total.box.x - ring.x - ring.w // 2), abs(total.box.y - ring.y - ring.h // 2))
    assert reach < ring.w // 4


def test_percents_are_not_told_twice() -> None:
    rows = ("name: A, value: 60", "name: B, value: 40")
    page = page_of(slide(*rows).replace("unit: crowns", 'unit: "%"'))
    assert [label.body.text for label in labels_of(page)] == ["A\n60%", "B\n40%"]


@pytest.mark.parametrize("points", ["", "  points: [One]\n"])
@pytest.mark.parametrize(
    "values", [(900, 5, 4, 3, 2, 1), (20, 19, 18, 17, 16, 15), (50, 49.9, 0.1), (1e15, 1)]
)
def test_labels_never_touch_each_other_nor_the_ring(values: tuple[float, ...], points: str) -> None:
    rows = [f"name: Part number {n}, value: {value:f}" for n, value in enumerate(values)]
    page = page_of(slide(*rows, fields=points))
    labels, ring, frame = labels_of(page), chart_item(page).box, 11_645_000
    assert len(labels) == len(values)
    for one, other in combinations([label.box for label in labels], 2):
        beside = one.right <= other.x or other.right <= one.x
        assert beside or one.bottom <= other.y or other.bottom <= one.y
    for label in labels:
        assert label.box.right < ring.x or label.box.x > ring.right
        assert label.box.bottom <= 6_000_000
        assert 0 < label.box.x < label.box.right <= frame


def test_leaders_stay_out_of_the_ring_and_never_cross() -> None:
    rows = [f"name: P{n}, value: {value}" for n, value in enumerate((900, 5, 4, 3, 2, 1))]
    page = page_of(slide(*rows))
    ring = chart_item(page).box
    x, y, radius = ring.x + ring.w // 2, ring.y + ring.h // 2, ring.w // 2
    lines = [item for item in items_of(page, "Leader") if isinstance(item, ConnectorItem)]
    assert len(lines) == 6 * 3
    for line in lines:
        for part in range(11):
            px = line.start[0] + (line.end[0] - line.start[0]) * part / 10
            py = line.start[1] + (line.end[1] - line.start[1]) * part / 10
            assert (px - x) ** 2 + (py - y) ** 2 >= (radius * 0.999) ** 2
    # On the left the last part stands highest, and its line runs above the others'.
    across = [line for line in lines if line.name.endswith(" 2") and line.end[0] < x]
    heights = {line.name: line.start[1] for line in across}
    assert sorted(heights, key=lambda name: heights[name]) == [
        f"Leader P{n} 2" for n in (5, 4, 3, 2, 1)
    ]


def test_small_shares_are_told_and_printed() -> None:
    assert share_words(0.424, "en-US") == "42%"
    assert share_words(0.0142, "en-US") == "1.4%"
    assert share_words(0.0001, "en-US") == "<0.1%"
    assert share_words(0.0142, "de-DE") == "1,4\u00a0%"
    rows = ("name: A, value: 1523400", "name: B, value: 300", "name: C, value: 12000")
    page = page_of(slide(*rows))
    words = {label.name: label.body.text for label in labels_of(page)}
    assert words == {
        "Part A": "A\n99% (1.52)", "Part B": "B\n<0.1%", "Part C": "C\n0.8% (0.01)"
    }  # fmt: skip
    assert "(million crowns)" in words_of(page)


def test_too_many_parts_are_refused_or_summed_up() -> None:
    many = [f"name: P{n}, value: {20 - n}" for n in range(8)]
    assert message(7, *many).startswith("a doughnut takes 6 parts, and this is number 7 of 8")
    many[7] += ", highlight: true"
    scene = scene_of(with_slides(slide(*many, fields="  sum: true\n")))
    slices = chart_of(scene.pages[0]).slices
    assert [one.name for one in slices] == ["P0", "P1", "P2", "P3", "P7", "Other (3)"]
    assert slices[-1].value == 16 + 15 + 14
    assert any("P4, P5, P6" in note.text for note in scene.pages[0].notes)


def test_what_has_no_share_is_refused_at_its_line() -> None:
    two = ("name: A, value: 1", "name: B, value: 2")
    assert message(3, *two, "name: C, value: -1").startswith("“C” is negative, and no slice")
    assert message(2, "name: A, value: 1", "name: B").startswith("“B” has no `value`")
    assert message(0, "name: A, value: 0", "name: B, value: 0").startswith("all values are zero")
    assert message(0, "name: A, value: 1").startswith("a doughnut takes at least 2 parts, not 1")
    assert message(3, *two, "name: a, value: 3").startswith("the row “a” stands twice")
    marked = [f"{row}, highlight: true" for row in two]
    assert message(2, *marked).startswith("one at most carries the message")
    assert message(1, "name: A, company: alpha, value: 1", two[1]).startswith("give either `name`")
    bare = ANALYSIS.replace("source: survey\n", "")
    told = problems_of(with_slides(slide(*two), bare))
    assert len(told) == 2
    assert "the numbers of “A” have no source" in told[0]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("much", "`value` wants a number, not “much”"),
        (".nan", "`value` wants a number"),
        ("1e300", "numbers go from"),
    ],
)
def test_what_is_no_number_is_told_at_its_place(value: str, wanted: str) -> None:
    rows = ("name: A, value: 1", "name: B, value: 2", f"name: C, value: {value}")
    line = ANALYSIS.count("\n") + 2 + 7
    told = [words for words in problems_of(with_slides(slide(*rows))) if wanted in words]
    assert [words.partition(" ")[0] for words in told] == [f"deck.yaml:{line}:26:"]


def test_a_zero_stands_in_the_note() -> None:
    page = page_of(slide("name: A, value: 1", "name: B, value: 2", "name: C, value: 0"))
    assert [one.name for one in chart_of(page).slices] == ["B", "A"]
    assert "Note: C: 0" in words_of(page)


def test_a_name_that_no_column_holds_is_refused() -> None:
    long = "name: " + "Harbour board of the northern quays and piers " * 3 + ", value: 1"
    told = message(1, long, "name: B, value: 2", fields="  points: [One]\n")
    assert "in wide and has two lines of" in told


def test_a_long_word_is_named_even_where_another_name_is_longer() -> None:
    word = "Donaudampfschifffahrtsgesellschaftskapitänsverband"
    told = message(2, "name: " + "Board of piers " * 4 + ", value: 1", f"name: {word}, value: 2")
    assert f"the name “{word}” is" in told


def test_the_file_opens_again_with_its_numbers(tmp_path: Path, sdk_validator: Path) -> None:
    path = tmp_path / "deck.pptx"
    path.write_bytes(write(scene_of(with_slides(slide(*FIVE)))))
    assert sdk_problems(path, sdk_validator) == []
    (frame,) = chart_frames(path)
    plot = frame.chart.plots[0]
    assert list(plot.categories) == ["B", "A", "C", "D", "E"]
    assert plot.series[0].values == (52.4, 30, 10, 6, 1.6)
    assert cells_of(frame.chart) == [
        [None, 'Income'], ['B', 52.4], ['A', 30], ['C', 10], ['D', 6], ['E', 1.6]
    ]  # fmt: skip
