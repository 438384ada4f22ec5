from __future__ import annotations

import pytest

import deckgen
from charts import cells_of, chart_as, chart_frames, chart_item, chart_of, plot_of
from deckgen.charts.columns import OVERLAP_PERCENT
from deckgen.loader import load_text
from deckgen.scene import CategoryChart, ConnectorItem, ShapeItem
from outlines import ANALYSIS, page_of, problems_of, with_slides, words_of

YEARS = "[2020, 2021, 2022, 2023]"


def slide(series: str, categories: str = YEARS, fields: str = "") -> str:
    head = "- kind: column-chart\n  title: T\n  measure: Cargo landed\n  unit: tonnes\n"
    return f"{head}{fields}  categories: {categories}\n  series:\n{series}"


ONE = "    - {name: Cargo, values: [10, 20, 15, 40]}\n"
TWO = f"{ONE}    - {{name: Mail, values: [1, 2, ~, 4]}}\n"


def test_years_stay_in_order_and_names_are_sorted() -> None:
    assert chart_of(page_of(slide(ONE))).categories == (2020, 2021, 2022, 2023)
    names = chart_of(page_of(slide(ONE, "[a, b, c, d]")))
    assert names.categories == ("d", "b", "c", "a")
    given = chart_of(page_of(slide(ONE, "[a, b, c, d]", "  order: given\n")))
    assert given.categories == ("a", "b", "c", "d")


def test_columns_begin_at_zero_and_leave_room_for_their_labels() -> None:
    chart = chart_of(page_of(slide(ONE)))
    assert chart.axis.low == 0
    assert chart.axis.high is not None
    assert 41 < chart.axis.high < 46
    assert {point.label_at for point in chart.series[0].points} == {"outside"}


def test_a_missing_value_shows_nothing_and_is_noted() -> None:
    page = page_of(slide(TWO))
    chart = chart_of(page)
    assert chart.series[1].points[2].value is None
    assert "Not stated: Mail 2022" in words_of(page)


def test_stacks_have_totals_that_follow_their_numbers() -> None:
    chart = chart_of(page_of(slide(TWO, fields="  form: stacked\n")))
    total = chart.series[-1]
    assert total.name == "Total"
    assert [point.value for point in total.points] == [11, 22, 15, 44]
    assert {point.fill for point in total.points} == {None}
    assert chart.stacking == "stacked"


def test_shares_are_labelled_as_such_and_hold_the_numbers_themselves() -> None:
    page = page_of(slide(TWO, fields="  form: share\n"))
    assert "(% of tonnes)" in words_of(page)
    chart = chart_of(page)
    assert chart.stacking == "percent"
    assert [point.value for point in chart.series[0].points] == [10, 20, 15, 40]
    assert chart.series[0].points[3].label == "91%"


def test_lines_with_a_unit_of_their_own_have_a_scale_of_their_own() -> None:
    chart = chart_of(page_of(slide(TWO, fields="  line: [Mail]\n  line_unit: sacks\n")))
    cargo, mail = chart.series
    assert (cargo.form, mail.form, mail.secondary) == ("bar", "line", True)
    assert "Mail (sacks)" in words_of(
        page_of(slide(TWO, fields="  line: [Mail]\n  line_unit: sacks\n"))
    )
    same = chart_of(page_of(slide(TWO, fields="  line: [Mail]\n")))
    assert not same.series[1].secondary


def test_an_arrow_leads_from_column_to_column_and_tells_the_growth_a_year() -> None:
    page = page_of(slide(ONE, fields="  arrows: [{from: 2020, to: 2023, show: growth}]\n"))
    item = chart_item(page)
    plot = plot_of(item)
    assert "+58.7% a year" in words_of(page)  # 4 ** (1 / 3)
    strokes = {i.name: i for i in page.items if isinstance(i, ConnectorItem)}
    rise, head = strokes["Arrow 2020 to 2023 rise"], strokes["Arrow 2020 to 2023 head"]
    assert abs(rise.start[0] - plot.at(0)) <= 2
    assert abs(head.end[0] - plot.at(3)) <= 2
    assert rise.start[1] < plot.value(10)  # above its column and the label on it
    assert head.end[1] < plot.value(40)
    assert head.line.arrow_end


@pytest.mark.parametrize(("show", "words"), [("change", "+300%"), ("difference", "+30")])
def test_an_arrow_tells_change_or_difference(show: str, words: str) -> None:
    arrow = f"  arrows: [{{from: 2020, to: 2023, show: {show}}}]\n"
    assert words in words_of(page_of(slide(ONE, fields=arrow)))


def test_a_reference_line_stands_at_its_value() -> None:
    page = page_of(slide(ONE, fields="  references: [{value: 30, label: Quota}]\n"))
    (line,) = (
        i for i in page.items if isinstance(i, ConnectorItem) and i.name == "Reference Quota"
    )
    assert abs(line.start[1] - plot_of(chart_item(page)).value(30)) <= 2
    assert line.line.dashed


def test_a_cut_axis_says_so_and_keeps_the_number() -> None:
    values = "    - {name: Cargo, values: [10, 20, 15, 400]}\n"
    page = page_of(slide(values, fields="  cut: 30\n"))
    item = chart_item(page)
    chart = chart_as(item, CategoryChart)
    assert chart.series[0].points[3].value == 400
    assert chart.series[0].points[3].label_at == "none"
    words = words_of(page)
    assert "The axis is cut" in words
    (label,) = (i for i in page.items if isinstance(i, ShapeItem) and i.name.startswith("Value"))
    assert label.body is not None
    assert label.body.text == "400"
    assert label.fill == chart.series[0].points[3].fill  # so that its ink stands out from it
    breaks = [i for i in page.items if isinstance(i, ConnectorItem) and "Axis break" in i.name]
    bar = plot_of(item).bar(3, 0, 30)
    assert len(breaks) == 2
    assert all(i.start[0] <= bar.x and i.end[0] >= bar.right for i in breaks)


def test_tiers_stand_as_brackets_below_their_columns() -> None:
    companies = "[{company: gamma}, {company: alpha}, {company: beta}]"
    values = "    - {name: Cargo, values: [10, 20, 15]}\n"
    page = page_of(slide(values, companies, "  order: tier\n"))
    chart = chart_of(page)
    assert chart.categories == ("Alpha", "Beta", "Gamma")
    plot = plot_of(chart_item(page))
    (owners,) = (i for i in page.items if isinstance(i, ShapeItem) and i.name == "T1 Owners")
    assert owners.fill == "tier1"
    assert owners.box.x < plot.at(0) < plot.at(1) < owners.box.right < plot.at(2)
    assert owners.box.y > plot.box.bottom


def test_planned_numbers_are_dashed_and_the_note_says_what_that_means() -> None:
    page = page_of(slide(ONE, "[2020, 2021, 2022, {name: 2023, planned: true}]"))
    chart = chart_of(page)
    outline = chart.series[0].points[3].outline
    assert outline is not None
    assert outline.dashed
    assert "Dashed: planned or estimated" in words_of(page)


def test_too_many_columns_for_labels_have_an_axis_instead() -> None:
    years = list(range(1961, 2021))
    values = f"    - {{name: Cargo, values: {[n * 1000.5 for n in range(60)]}}}\n"
    chart = chart_of(page_of(slide(values, str(years))))
    assert chart.axis.step > 0
    assert {point.label_at for point in chart.series[0].points} == {"none"}
    assert chart.label_every > 1


def test_thousands_go_into_the_unit_and_not_into_the_workbook() -> None:
    values = "    - {name: Cargo, values: [10000, 20000, 15000, 62300]}\n"
    page = page_of(slide(values))
    assert "(thousand tonnes)" in words_of(page)
    chart = chart_of(page)
    assert chart.number_format == '#,##0.0,;"−"#,##0.0,'
    assert chart.series[0].points[3].value == 62_300


def test_lying_bars_of_several_series_have_a_key_and_totals() -> None:
    fields = "  direction: bars\n  form: stacked\n"
    page = page_of(slide(TWO, "[a, b, c, d]", fields))
    chart = chart_of(page)
    assert chart.horizontal
    assert [point.value for point in chart.series[-1].points] == [44, 22, 15, 11]
    assert {"Cargo", "Mail"} <= set(words_of(page).split())


def test_the_chart_and_its_workbook_open_again() -> None:
    deck = deckgen.build(load_text(with_slides(slide(TWO, fields="  form: stacked\n"))))
    (frame,) = chart_frames(deck.data)
    chart = frame.chart
    assert [series.name for series in chart.plots[0].series] == ["Cargo", "Mail"]
    assert chart.plots[0].series[1].values == (1, 2, None, 4)
    rows = cells_of(chart)
    assert rows[0] == [None, "Cargo", "Mail", "Total"]
    assert rows[3] == [2022, 15, None, 15]


def test_numbers_follow_the_deck_s_language() -> None:
    german = ANALYSIS.replace("title: Who", "language: de\ntitle: Who")
    values = "    - {name: Cargo, values: [1.25, 2.5, 1.5, 4.75]}\n"
    page = page_of(slide(values, fields="  references: [{value: 3, label: Q}]\n"), german)
    chart = chart_of(page)
    assert chart.number_format.startswith("[$-407]#,##0.00")
    assert "4,75" in chart_item(page).alt
    assert OVERLAP_PERCENT < 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (slide("    - {name: Cargo, values: [1, 2]}\n"), "has 2 values for 4 categories"),
        (slide("    - {name: Cargo, values: [~, ~, ~, ~]}\n"), "has no value at all"),
        (slide("    - {name: Cargo, values: [1, 2, x, 4]}\n"), "wants a number, not “x”"),
        (slide("    - {name: Cargo, values: [1, 2, 1e300, 4]}\n"), "numbers go from -1e+15"),
        (slide("    - {name: Cargo, values: [0, 0, 0, 0]}\n"), "all values are zero"),
        (slide(ONE, "[2020, 2022, 2021, 2023]"), "2021 comes before what stands above it"),
        (slide(ONE, "[a, b, a, d]"), "the category “a” stands twice"),
        (slide(ONE + ONE), "the series “Cargo” stands twice"),
        (
            slide("    - {name: C, values: [1, -2, 3, 4]}\n    - {name: D, values: [1, 2, 3, 4]}\n",
                  fields="  form: share\n"),
            "has a negative value, of which there is no share",
        ),
        (
            slide("    - {name: C, values: [1, -2, 3, 4]}\n    - {name: D, values: [1, 2, 3, 4]}\n",
                  fields="  form: stacked\n"),
            "which do not add up in a stack",
        ),
        (slide(ONE, fields="  arrows: [{from: 2020, to: 2024}]\n"), "no category is called “2024”"),
        (slide(ONE, fields="  cut: 50\n"), "`cut` is 50, and values go from 10 to 40"),
        (slide(ONE, fields="  line: [Cargo]\n"), "no series is left for columns"),
        (slide(TWO, fields="  line: [Post]\n"), "no series is called “Post”"),
        ("- {kind: column-chart, title: T, measure: M, unit: u}", "the numbers are missing"),
    ],
)  # fmt: skip
def test_bad_numbers_are_told_at_their_line(text: str, told: str) -> None:
    problems = problems_of(with_slides(text))
    assert any(told in problem and problem.startswith("deck.yaml:") for problem in problems), (
        problems
    )


def test_a_number_without_a_source_is_refused() -> None:
    bare = ANALYSIS.replace("source: survey\n", "")
    problems = problems_of(with_slides(slide(ONE), bare))
    assert any("the numbers of “Cargo” have no source" in problem for problem in problems)


def test_a_withheld_category_takes_its_numbers_with_it() -> None:
    text = slide(ONE, "[2020, 2021, {name: 2022, not: [guests]}, 2023]")
    outline = load_text(f"audiences: [guests]\n{with_slides(text)}", audience="guests")
    deck = deckgen.build(outline)
    (page,) = deck.scene.pages
    chart = chart_of(page)
    assert chart.categories == (2020, 2021, 2023)
    assert [point.value for point in chart.series[0].points] == [10, 20, 40]
