from __future__ import annotations

import re

import pytest

from charts import chart_item, chart_of
from deckgen.scene import Scene, TextItem
from outlines import ANALYSIS, items_of, page_of, problems_of, scene_of, with_slides, words_of

COUNT = "- {kind: bar-chart, count: criteria}"


def rows(*values: str, fields: str = "") -> str:
    """A slide with a row of each of these fields."""
    lines = "".join(f"    - {{{value}}}\n" for value in values)
    head = "- kind: bar-chart\n  title: T\n  measure: Cargo landed\n  unit: tonnes\n"
    return f"{head}{fields}  rows:\n{lines}"


THREE = ("name: A, value: 4", "name: B, value: 12.5, highlight: true", "name: C, value: 8")


def test_criteria_met_are_counted_by_tier() -> None:
    page = page_of(COUNT)
    chart = chart_of(page)
    assert chart.categories == ("Alpha", "Beta", "Gamma")
    points = chart.series[0].points
    assert [point.value for point in points] == [2, 1, 1]
    assert points[0].fill == "tier1"
    assert points[2].fill == "tier2"
    assert "(of 2: Own quay, Own cranes)" in words_of(page)
    assert page.title == "Only Alpha meets both criteria"
    assert "Illustrative count" in words_of(page)
    assert chart_item(page).alt.endswith("Alpha 2, Beta 1 and Gamma 1")


def test_what_is_in_build_looks_and_reads_so() -> None:
    point = chart_of(page_of(COUNT)).series[0].points[1]
    assert point.fill == "accent_soft"
    assert point.outline is not None
    assert point.outline.dashed
    assert point.label == "1 in build"


def test_met_and_in_build_stand_on_one_another() -> None:
    mixed = ANALYSIS.replace("{quay: in build}", "{quay: met, cranes: in build}")
    chart = chart_of(page_of(COUNT, mixed))
    assert chart.stacking == "stacked"
    met, built = chart.series
    assert [point.value for point in met.points] == [2, 1, 1]
    assert [point.value for point in built.points] == [None, 1, None]


def test_an_inference_is_not_counted_and_the_note_says_so() -> None:
    inferred = ANALYSIS.replace(
        "quay: met, cranes: met", "quay: met, cranes: {state: met, inference: true}"
    )
    page = page_of(COUNT, inferred)
    assert chart_of(page).series[0].points[0].value == 1
    assert "Inferences are not counted" in words_of(page)
    assert "Inferences" not in words_of(page_of(COUNT))


def test_brackets_stand_beside_the_bars_of_their_tier() -> None:
    page = page_of(COUNT)
    box = chart_item(page).box
    row = box.h / 3
    first, second = (item.box for item in items_of(page, "Tier"))
    assert box.y < first.y < box.y + row / 2
    assert box.y + row * 1.5 < first.bottom < box.y + 2 * row
    assert box.y + 2 * row < second.y < second.bottom < box.bottom
    assert first.right < box.x


def test_rows_are_sorted_muted_and_one_is_the_message() -> None:
    chart = chart_of(page_of(rows(*THREE)))
    assert chart.categories == ("B", "C", "A")
    assert [point.fill for point in chart.series[0].points] == [
        "accent",
        "brand_soft",
        "brand_soft",
    ]
    assert chart.number_format == '#,##0.0;"−"#,##0.0'
    given = chart_of(page_of(rows(*THREE, fields="  order: given\n  decimals: 0\n")))
    assert given.categories == ("A", "B", "C")
    assert given.number_format == '#,##0;"−"#,##0'


def test_the_largest_value_has_three_digits_and_no_bar_more_decimals_than_it() -> None:
    chart = chart_of(
        page_of(rows("name: A, value: 10070", "name: B, value: 387.8", "name: C, value: 2"))
    )
    assert chart.number_format == '#,##0;"−"#,##0'


def test_labels_stand_inside_only_where_every_bar_holds_its_own() -> None:
    chart = chart_of(
        page_of(rows("name: A, value: 1000", "name: B, value: 500", "name: C, value: 3"))
    )
    assert [p.label_at for p in chart.series[0].points] == ["outside"] * 3
    assert [p.label_color for p in chart.series[0].points] == ["ink"] * 3
    assert chart.axis.high is not None
    assert chart.axis.high > 1000  # room for the label beside the longest bar
    long = chart_of(
        page_of(rows("name: A, value: 1000", "name: B, value: 500", "name: C, value: 0"))
    )
    assert [p.label_at for p in long.series[0].points] == ["inside", "inside", "outside"]


def test_a_missing_value_shows_no_bar_and_is_noted() -> None:
    page = page_of(rows(*THREE, "name: D"))
    chart = chart_of(page)
    assert chart.categories[-1] == "D"
    assert chart.series[0].points[-1].value is None
    assert "Not stated: D" in words_of(page)


def test_negative_values_have_room_for_their_labels() -> None:
    chart = chart_of(page_of(rows("name: A, value: 5", "name: B, value: -8", "name: C, value: -1")))
    low, high = chart.axis.low, chart.axis.high
    assert low is not None
    assert low < -8.2
    assert high is not None
    assert high > 5.2
    assert {point.label_at for point in chart.series[0].points} == {"outside"}


def test_the_thirteenth_bar_is_refused_unless_the_rest_can_be_summed() -> None:
    many = [f"name: R{n}, value: {20 - n}" for n in range(14)]
    (told,) = problems_of(with_slides(rows(*many)))
    line = ANALYSIS.count("\n") + 1 + 5 + 13
    assert told.startswith(
        f"deck.yaml:{line}:9: a bar chart takes 12 bars, and this is the 13th of 14"
    )
    chart = chart_of(page_of(rows(*many, fields="  sum: true\n")))
    assert len(chart.categories) == 12
    assert chart.categories[-1] == "Other (3)"
    assert chart.series[0].points[-1].value == 9 + 8 + 7


def test_the_chart_stays_in_the_frame_and_beside_its_panel() -> None:
    many = [f"name: R{n}, value: {20 - n}" for n in range(12)]
    page = page_of(rows(*many, fields="  points: [One]\n"))
    box = chart_item(page).box
    assert box.bottom <= 6_000_000
    assert box.right < items_of(page, "Panel head")[0].box.x
    wide = chart_item(page_of(rows(*THREE))).box
    assert wide.right > 11_600_000
    assert wide.h < box.h  # three bars do not swell to fill the slide


def test_a_bars_own_source_is_cited() -> None:
    analysis = ANALYSIS.replace("source: survey\n", "").replace(
        "text: Port survey, 2024", "text: Port survey, 2024\n  - {id: book, text: Harbour book}"
    )
    values = [f"{value}, source: book" for value in THREE]
    assert "Source: Harbour book" in words_of(page_of(rows(*values), analysis))
    told = problems_of(with_slides(rows(*THREE), analysis))
    assert len(told) == 3
    assert "a number without a source; name one in `source`" in told[0]


@pytest.mark.parametrize(
    ("slide", "told"),
    [
        ("- {kind: bar-chart, title: T}", "give either `count: criteria` or `rows`"),
        (rows(*THREE).replace("  measure: Cargo landed\n", ""), "`measure` is missing"),
        (rows(*THREE[:2]), "a bar chart takes at least 3 bars, not 2"),
        (rows(*THREE, "value: 3"), "give either `name` or `company`"),
        (rows(*THREE, "name: D, value: 1, highlight: true"), "one at most carries the message"),
        (rows("name: A", "name: B", "name: C"), "no row has a `value`"),
        (rows(*THREE, "name: D, value: much"), "`value` wants a number, not “much”"),
        (
            rows(*THREE, f"name: {'Very long name ' * 9}, value: 1"),
            "give its company a `short` name",
        ),
    ],
)
def test_mistakes(slide: str, told: str) -> None:
    (problem,) = problems_of(with_slides(slide))
    assert problem.startswith("deck.yaml:")
    assert told in problem


def test_rows_by_tier_need_companies() -> None:
    (told,) = problems_of(
        with_slides(
            rows(
                "company: alpha, value: 3",
                "company: beta, value: 2",
                "name: X, value: 1",
                fields="  order: tier\n",
            )
        )
    )
    assert "“X” stands in no tier; name a `company`" in told


def test_markup_in_names_and_measures_is_not_printed() -> None:
    slide = rows("name: '**A** line', value: 4", *THREE[1:], fields="  base: the year `2024`\n")
    page = page_of(slide.replace("Cargo landed", "'**Cargo** landed'"))
    assert chart_of(page).categories[-1] == "A line"
    assert chart_item(page).name == "Cargo landed"
    assert "*" not in chart_item(page).alt + words_of(page)
    assert "`" not in words_of(page)


def test_takeaways_without_room_are_set_smaller_then_lose_their_texts_to_the_notes() -> None:
    def scene(words: int) -> Scene:
        point = f"    - {{head: One line owns it, text: '{'all of the quay ' * words}'}}\n"
        return scene_of(with_slides(rows(*THREE) + "  points:\n" + 4 * point))

    def size(words: int) -> float:
        (item, *_) = items_of(scene(words).pages[0], "slides.bar-chart.points.1.head")
        assert isinstance(item, TextItem)
        return item.body.paragraphs[0].size_pt

    assert [size(4), size(12)] == [14, 12]
    crowded = scene(30)
    assert "all of the quay" not in words_of(crowded.pages[0])
    assert any("all of the quay" in note.text for note in crowded.pages[0].notes)
    assert "the text of “One line owns it” moved to the notes" in crowded.notices[0]


def test_heads_of_takeaways_without_room_are_refused_with_what_they_need() -> None:
    point = f"    - {'One line owns it all ' * 20}\n"
    (problem,) = problems_of(with_slides(rows(*THREE) + "  points:\n" + 4 * point))
    told = r"the heads of 4 points need \d+\.\d\d in and the panel has 4\.45 in; shorten them"
    assert re.search(told, problem)


def test_long_names_are_set_smaller_then_refused() -> None:
    def sized(words: int) -> float:
        name = "Alpha " * words
        return chart_of(page_of(rows(f"name: {name}, value: 4", *THREE[1:]))).category_size_pt

    assert [sized(2), sized(8), sized(9), sized(11)] == [14, 14, 12, 11]
    name = "Alpha " * 30
    (problem,) = problems_of(with_slides(rows(f"name: {name}, value: 4", *THREE[1:])))
    assert re.search(r"is \d+\.\d in wide and has \d\.\d in; give its company", problem)


def test_numbers_have_three_digits_and_follow_the_decks_language() -> None:
    values = ("name: A, value: 1523400", "name: B, value: 712345.5", "name: C, value: 40000")
    page = page_of(rows(*values))
    chart = chart_of(page)
    assert chart.number_format == '#,##0.00,,;"−"#,##0.00,,'
    assert chart.series[0].points[0].value == 1523400  # the workbook has it whole
    assert "Cargo landed (million tonnes)" in words_of(page)
    assert chart_item(page).alt.endswith("A 1.52, B 0.71 and C 0.04")
    german = page_of(rows(*values, fields="  decimals: 1\n"), f"language: de\n{ANALYSIS}")
    assert chart_item(german).alt.endswith("A 1.523.400,0, B 712.345,5 and C 40.000,0")
    assert chart_of(german).number_format == '[$-407]#,##0.0;[$-407]"−"#,##0.0'


def test_a_derived_title_says_the_number_as_the_chart_prints_it() -> None:
    values = ("name: A, value: 1523400", "name: B, value: 712345.5", "name: C, value: 40000")
    slide = rows(*values).replace("  title: T\n", "")
    assert page_of(slide).title == "A shows the highest cargo landed: 1.52 million tonnes"
