from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest

import deckgen
from charts import chart_frames, chart_of, sheet_of
from deckgen.loader import load_text
from deckgen.scene import ChartItem, ShapeItem, TextItem
from outlines import page_of, problems_of, with_slides, words_of

YEARS = "[2020, 2021, 2022, 2023]"


def slide(series: str, categories: str = YEARS, fields: str = "") -> str:
    head = "- kind: line-chart\n  title: T\n  measure: Cargo landed\n  unit: tonnes\n"
    return f"{head}{fields}  categories: {categories}\n  series:\n{series}"


ONE = "    - {name: Cargo, values: [10, 20, 15, 40]}\n"
CLOSE = "".join(f"    - {{name: Line {n}, values: [{n}, 9, 8, 20]}}\n" for n in range(1, 6))


def test_names_stand_at_the_ends_of_lines_and_never_touch() -> None:
    page = page_of(slide(CLOSE))
    labels = [i for i in page.items if isinstance(i, ShapeItem) and i.name.startswith("Series ")]
    assert len(labels) == 5
    assert {label.body.text for label in labels if label.body} == {
        f"Line {n} 20" for n in range(1, 6)
    }
    for one, other in combinations(labels, 2):
        assert one.box.bottom <= other.box.y + 2 or other.box.bottom <= one.box.y + 2


@pytest.mark.parametrize(("long", "at_end"), [("[90, 80, 85, 90]", True), ("[90, 9, 7, 5]", False)])
def test_the_name_of_a_line_that_ends_early_stands_at_its_end_if_that_is_free(
    long: str, at_end: bool
) -> None:
    rows = f"    - {{name: Long, values: {long}}}\n    - {{name: Short, values: [9, 8, ~, ~]}}\n"
    labels = {
        item.name.split()[1]: item.box
        for item in page_of(slide(rows)).items
        if item.name.startswith("Series ")
    }
    in_the_column = labels["Short"].x == labels["Long"].x
    assert in_the_column is not at_end


def test_a_lone_line_is_labelled_instead_of_an_axis() -> None:
    chart = chart_of(page_of(slide(ONE)))
    assert chart.axis.step == 0 or chart.series[0].points[0].label_at != "none"
    places = [point.label_at for point in chart.series[0].points]
    assert places == ["below", "above", "below", "above"]  # 15 stands in a valley


def test_several_lines_have_an_axis_of_round_numbers() -> None:
    chart = chart_of(page_of(slide(CLOSE)))
    assert (chart.axis.low, chart.axis.high, chart.axis.step) == (0, 20, 5)


def test_an_axis_far_from_zero_need_not_begin_there() -> None:
    far = "    - {name: A, values: [900, 910, 905, 940]}\n"
    far += "    - {name: B, values: [920, 930, 925, 960]}\n"
    low = chart_of(page_of(slide(far))).axis.low
    assert low is not None
    assert low > 800
    assert chart_of(page_of(slide(far, fields="  from_zero: true\n"))).axis.low == 0


def test_uneven_dates_stand_to_scale_and_are_dates_in_the_workbook() -> None:
    text = slide(ONE, "[2020-01-15, 2020-03-01, 2021-01-01, 2023-06-30]")
    deck = deckgen.build(load_text(with_slides(text)))
    (page,) = deck.scene.pages
    assert chart_of(page).to_scale
    assert chart_of(page).categories[0] == date(2020, 1, 15)
    (frame,) = chart_frames(deck.data)
    sheet = sheet_of(frame.chart)
    assert sheet["A2"].is_date
    assert sheet["A2"].value.date() == date(2020, 1, 15)
    assert sheet["A2"].number_format == "d mmm yyyy"
    assert chart_of(page).axis_date_format == "mmm yyyy"


def test_even_years_need_no_scale() -> None:
    chart = chart_of(page_of(slide(ONE)))
    assert not chart.to_scale
    assert chart.categories == (2020, 2021, 2022, 2023)


def test_what_is_planned_is_a_dashed_line_from_the_last_value_that_is_not() -> None:
    page = page_of(slide(ONE, "[2020, 2021, 2022, {name: 2023, planned: true}]"))
    solid, dashed = chart_of(page).series
    assert [point.value for point in solid.points] == [10, 20, 15, None]
    assert [point.value for point in dashed.points] == [None, None, 15, 40]
    assert dashed.line is not None
    assert dashed.line.dashed


def test_areas_stand_on_one_another_from_zero() -> None:
    text = slide(CLOSE, fields="  form: area\n")
    chart = chart_of(page_of(text))
    assert chart.stacking == "stacked"
    assert chart.edged
    assert {series.form for series in chart.series} == {"area"}
    assert chart.axis.low == 0


def test_slopes_have_names_and_values_at_both_ends() -> None:
    text = slide("    - {name: A, values: [10, 40]}\n    - {name: B, values: [12, 30]}\n",
                 "[2010, 2024]", "  form: slope\n")  # fmt: skip
    page = page_of(text)
    words = words_of(page)
    for told in ("A  10", "B  12", "40  A", "30  B"):
        assert told in words
    left = next(i for i in page.items if isinstance(i, TextItem) and i.name == "End 1 A")
    right = next(i for i in page.items if isinstance(i, TextItem) and i.name == "End 2 A")
    (chart,) = (i for i in page.items if isinstance(i, ChartItem))
    assert left.box.right <= chart.box.x
    assert right.box.x >= chart.box.right


def test_a_run_of_missing_years_is_told_as_one() -> None:
    page = page_of(
        slide("    - {name: EU, values: [~, ~, 8, 9]}\n    - {name: US, values: [1, 2, 3, 4]}\n")
    )
    assert "Not stated: EU 2020–2021" in words_of(page)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            slide(ONE, fields="  form: slope\n"),
            "slopes lead from one category to another, and there are 4",
        ),
        (slide("    - {name: A, values: [1]}\n", "[2020]"), "one category makes no line"),
        (
            slide("    - {name: A, values: [1, -1, 2, 3]}\n", fields="  form: area\n"),
            "cannot go below zero",
        ),
        (
            slide("    - {name: A, values: [0, 1, 2, 3]}\n", fields="  form: share\n"),
            "“2020” adds up to zero",
        ),
        (slide(ONE, "[2020, 2021, 2021, 2023]"), "the category “2021” stands twice"),
        (
            slide(ONE, fields="  arrows: [{from: 2023, to: 2020, show: growth}]\n"),
            "the earlier one first",
        ),
    ],
)  # fmt: skip
def test_bad_numbers_are_told_at_their_line(text: str, told: str) -> None:
    problems = problems_of(with_slides(text))
    assert any(told in problem and problem.startswith("deck.yaml:") for problem in problems), (
        problems
    )
