from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import deckgen
from charts import cells_of, chart_as, chart_frames, chart_items, plot_of
from deckgen.loader import load_text
from deckgen.scene import CategoryChart, ConnectorItem, ShapeItem, TextItem
from outlines import ANALYSIS, items_of, page_of, problems_of, with_slides, words_of
from validators import sdk_problems

YEARS = "[2020, 2021, 2022, 2023]"
THREE = (
    "name: Bulk, values: [10, 20, 15, 12]",
    "name: Mail, values: [1, 2, ~, 4]",
    "name: Ferries, values: [30, 31, 32, 33]",
)


def slide(*series: str, categories: str = YEARS, fields: str = "") -> str:
    head = "- kind: small-multiples\n  title: T\n  measure: Cargo\n  unit: tonnes\n"
    rows = "".join(f"    - {{{one}}}\n" for one in series)
    return f"{head}{fields}  categories: {categories}\n  series:\n{rows}"


def many(count: int, values: int = 4) -> str:
    rows = [f"name: Line {n}, values: {[n + 1 + k for k in range(values)]}" for n in range(count)]
    return slide(*rows, categories=str(list(range(2000, 2000 + values))))


def test_each_series_is_a_chart_with_a_workbook_of_its_own() -> None:
    deck = deckgen.build(load_text(with_slides(slide(*THREE))))
    frames = chart_frames(deck.data)
    assert [frame.name for frame in frames] == ["Ferries", "Bulk", "Mail"]  # by the last value
    mail = frames[2].chart
    assert list(mail.plots[0].categories) == ["2020", "2021", "2022", "2023"]
    assert list(mail.plots[0].series[0].values) == [1, 2, None, 4]
    assert cells_of(mail) == [
        [None, "Mail"], [2020, 1], [2021, 2], [2022, None], [2023, 4]
    ]  # fmt: skip


def test_the_order_given_is_kept() -> None:
    page = page_of(slide(*THREE, fields="  order: given\n"))
    assert [item.name for item in chart_items(page)] == ["Bulk", "Mail", "Ferries"]


def test_all_have_one_scale_and_plots_of_one_size() -> None:
    found = chart_items(page_of(slide(*THREE)))
    assert {
        (chart_as(item, CategoryChart).axis.low, chart_as(item, CategoryChart).axis.high)
        for item in found
    } == {(0, 33)}
    plots = [plot_of(item).box for item in found]
    assert len({(box.w, box.h, box.y) for box in plots}) == 1


def test_own_scales_are_told_in_the_note() -> None:
    page = page_of(slide(*THREE, fields="  scale: own\n  order: given\n"))
    assert [chart_as(item, CategoryChart).axis.high for item in chart_items(page)] == [20, 4, 33]
    assert "Each chart has a scale of its own: heights do not compare" in words_of(page)
    assert "scale of its own" not in words_of(page_of(slide(*THREE)))


@pytest.mark.parametrize(
    ("count", "across", "down"),
    [(2, 2, 1), (3, 3, 1), (4, 2, 2), (6, 3, 2), (8, 4, 2), (9, 3, 3), (12, 4, 3)],
)
def test_charts_stand_in_a_grid_in_the_frame(count: int, across: int, down: int) -> None:
    boxes = [item.box for item in chart_items(page_of(many(count)))]
    assert len({box.x for box in boxes}) == across
    assert len({box.y for box in boxes}) == down
    assert max(box.right for box in boxes) <= 11_643_360
    assert max(box.bottom for box in boxes) <= 5_990_000
    for one in boxes:
        for other in boxes:
            apart = one.right <= other.x or other.right <= one.x
            assert one == other or apart or one.bottom <= other.y or other.bottom <= one.y


def test_a_line_has_its_values_at_its_ends_and_a_mark_at_the_last() -> None:
    bulk = chart_items(page_of(slide(*THREE)))[1]
    (line,) = chart_as(bulk, CategoryChart).series
    assert [point.label_at for point in line.points] == ["left", "none", "none", "right"]
    assert [point.fill for point in line.points] == [None, None, None, "series1"]
    assert line.marker == "circle"


def test_a_value_between_gaps_has_a_mark() -> None:
    rows = ("name: A, values: [1, ~, 3, ~, 5, 6]", "name: B, values: [1, 2, 3, 4, 5, 6]")
    page = page_of(slide(*rows, categories=str(list(range(2000, 2006)))))
    by_name = {item.name: item for item in chart_items(page)}
    (line,) = chart_as(by_name["A"], CategoryChart).series
    assert [point.fill is not None for point in line.points] == [
        True, False, True, False, False, True
    ]  # fmt: skip
    assert "Not stated: A 2001, A 2003" in words_of(page)


def test_where_planned_values_begin_after_a_gap_no_mark_stands_alone() -> None:
    cats = "[2020, 2021, 2022, {name: 2023, planned: true}, {name: 2024, planned: true}]"
    rows = ("name: A, values: [1, 2, 3, ~, 5]", "name: B, values: [1, 2, 3, 4, 5]")
    by_name = {item.name: item for item in chart_items(page_of(slide(*rows, categories=cats)))}
    solid, dashed = chart_as(by_name["A"], CategoryChart).series
    assert [point.fill is not None for point in solid.points] == [False] * 5
    assert [point.fill is not None for point in dashed.points] == [False] * 4 + [True]


def test_many_missing_values_are_counted_and_listed_in_the_notes() -> None:
    rows = [
        f"name: Line {n}, values: [{', '.join('1' if (k + n) % 3 else '~' for k in range(30))}]"
        for n in range(4)
    ]
    page = page_of(slide(*rows, categories=str(list(range(1990, 2020)))))
    assert "Not stated: 40 of 120" in words_of(page)
    assert any("Line 3 1990" in note.text for note in page.notes)


def test_the_first_and_last_year_stand_below_each_plot() -> None:
    page = page_of(many(4, 60))
    for item in chart_items(page):
        plot = plot_of(item)
        (first,), (last,) = (
            [t for t in items_of(page, f"{end} date {item.name}") if isinstance(t, TextItem)]
            for end in ("First", "Last")
        )
        assert (first.body.text, last.body.text) == ("2000", "2059")
        assert first.box.x == plot.box.x
        assert abs(last.box.right - plot.box.right) <= 2
        assert first.box.y >= plot.box.bottom
        (rule,) = items_of(page, f"Baseline {item.name}")
        assert isinstance(rule, ConnectorItem)
        assert abs(rule.start[1] - plot.value(0)) <= 2


def test_names_of_categories_are_all_printed_or_refused() -> None:
    fields = "  form: column\n"
    page = page_of(slide(*THREE, categories="[Quay, Cranes, Tugs, Rail]", fields=fields))
    assert {chart_as(item, CategoryChart).label_every for item in chart_items(page)} == {1}
    assert not items_of(page, "First date")
    long = ", ".join(f"A long name of category {n}" for n in range(4))
    (told,) = problems_of(with_slides(slide(*THREE, categories=f"[{long}]", fields=fields)))
    assert "the names below each chart have 3.8 in in all; shorten them" in told


def test_wide_columns_have_native_labels_and_narrow_ones_texts_above_what_they_reach() -> None:
    wide = chart_items(page_of(slide(*THREE, fields="  form: column\n")))[0]
    assert [p.label_at for p in chart_as(wide, CategoryChart).series[0].points] == [
        "outside", "none", "none", "outside"
    ]  # fmt: skip
    values = [5000, *[(k * 7919) % 9000 for k in range(58)], 4000]
    rows = (f"name: A, values: {values}", f"name: B, values: {values[::-1]}")
    years = str(list(range(1960, 2020)))
    page = page_of(slide(*rows, categories=years, fields="  form: column\n"))
    for item in chart_items(page):
        plot, row = plot_of(item), chart_as(item, CategoryChart).series[0].points
        assert {point.label_at for point in row} == {"none"}
        labels = [
            i
            for i in page.items
            if isinstance(i, ShapeItem) and i.name.endswith(f"value {item.name}")
        ]
        assert len(labels) == 2
        for label in labels:
            assert plot.box.x <= label.box.x < label.box.right <= plot.box.right
            for n, point in enumerate(row):
                bar = plot.bar(n, 0, point.value or 0)
                if label.box.x < bar.right and bar.x < label.box.right:
                    assert label.box.bottom <= bar.y + 2


def test_areas_have_their_values_beside_them_and_a_dot_at_the_last() -> None:
    page = page_of(slide(THREE[0], THREE[2], fields="  form: area\n"))
    for item in chart_items(page):
        plot, row = plot_of(item), chart_as(item, CategoryChart).series[0].points
        (dot,) = (i for i in items_of(page, "Dot") if plot.box.x <= i.box.x <= plot.box.right)
        assert abs(dot.box.x + dot.box.w // 2 - plot.box.right) <= 2
        assert abs(dot.box.y + dot.box.h // 2 - plot.value(row[-1].value or 0)) <= 2
        first, last = (items_of(page, f"{end} value {item.name}")[0] for end in ("First", "Last"))
        assert first.box.right <= plot.box.x
        assert last.box.x >= plot.box.right
        assert item.box.x <= first.box.x
        assert last.box.right <= item.box.right


def test_highlight_and_plans_are_seen() -> None:
    years = "[2020, 2021, 2022, {name: 2023, planned: true}]"
    page = page_of(slide(f"{THREE[0]}, highlight: true", THREE[2], categories=years))
    bulk = next(item for item in chart_items(page) if item.name == "Bulk")
    solid, dashed = chart_as(bulk, CategoryChart).series
    assert solid.line is not None
    assert solid.line.color == "accent"
    assert [point.value for point in solid.points] == [10, 20, 15, None]
    assert [point.value for point in dashed.points] == [None, None, 15, 12]
    assert [point.label_at for point in dashed.points] == ["none", "none", "none", "right"]
    assert dashed.line is not None
    assert dashed.line.dashed
    assert "Dashed: planned or estimated" in words_of(page)
    columns = page_of(slide(*THREE, categories=years, fields="  form: column\n"))
    last = chart_as(chart_items(columns)[0], CategoryChart).series[0].points[-1]
    assert last.fill == "accent_soft"


def test_uneven_dates_stand_to_scale() -> None:
    days = "[2020-01-15, 2020-03-01, 2021-01-01, 2023-06-30]"
    chart = chart_as(chart_items(page_of(slide(*THREE, categories=days)))[0], CategoryChart)
    assert chart.to_scale
    assert chart.categories[0] == date(2020, 1, 15)


def test_lines_far_from_zero_need_not_begin_there_and_say_so() -> None:
    far = ("name: A, values: [900, 910, 905, 940]", "name: B, values: [920, 930, 925, 960]")
    page = page_of(slide(*far))
    low = chart_as(chart_items(page)[0], CategoryChart).axis.low
    assert low is not None
    assert 800 < low < 900
    assert "Scales do not begin at zero" in words_of(page)
    zero = page_of(slide(*far, fields="  from_zero: true\n"))
    assert chart_as(chart_items(zero)[0], CategoryChart).axis.low == 0
    columns = page_of(slide(*far, fields="  form: column\n"))
    assert chart_as(chart_items(columns)[0], CategoryChart).axis.low == 0


def test_negative_values_and_long_ones_have_room() -> None:
    page = page_of(slide("name: A, values: [-1.0e+15, 5.0e+14, 1.0e+15, 0]",
                         "name: B, values: [1, -2, 3, -4]"))  # fmt: skip
    assert "(billion tonnes)" in words_of(page)
    for item in chart_items(page):
        plot = plot_of(item)
        assert plot.low < 0 < plot.high
        assert plot.box.x - item.box.x > 800_000  # −1,000,000 left of its line


def test_numbers_follow_the_language() -> None:
    german = "language: de-DE\n" + ANALYSIS
    page = page_of(slide("name: A, values: [1.5, 2, 3, 4]", THREE[0]), german)
    assert chart_as(chart_items(page)[0], CategoryChart).number_format.startswith("[$-407]")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (slide(THREE[0]), "small multiples take 2 to 12 series, not 1; use a line chart"),
        (many(13), "a chart takes 12 series, not 13"),
        (many(2, 61), "a chart takes 60 categories, not 61"),
        (many(2, 1), "one category makes no series; use a bar chart"),
        (slide(*THREE, "name: X, values: [1, 2]"), "“X” has 2 values for 4 categories"),
        (slide(*THREE, "name: X, values: [~, ~, ~, ~]"), "“X” has no value at all"),
        (
            slide("name: A, values: [0, 0, 0, 0]", "name: B, values: [0, 0, 0, 0]"),
            "all values are zero",
        ),
        (slide(*THREE, categories="[2020, 2023, 2022, 2024]"), "2022 comes before what stands"),
        (slide(*THREE, fields="  form: area\n"), "“Mail” has missing values, where an area would"),
        (
            slide(*THREE, categories="[2020, 2021, {name: 2022, highlight: true}, 2023]"),
            "only a column can be highlighted; use `form: column`",
        ),
        (
            slide(*THREE, categories="[2020, {name: 2021, group: G}, 2022, 2023]"),
            "small multiples have no brackets; take it out",
        ),
        (
            slide(*THREE, f"name: {'Very long name ' * 12}, values: [1, 2, 3, 4]"),
            "does not fit on two lines of 5.9 in; shorten it",
        ),
    ],
)
def test_mistakes_are_told_at_their_line(text: str, told: str) -> None:
    (problem,) = problems_of(with_slides(text))
    assert told in problem
    start = ANALYSIS.count("\n")
    assert start < int(problem.split(":")[1]) <= start + text.count("\n") + 1


@pytest.mark.parametrize("form", ["line", "column", "area"])
def test_microsofts_sdk_finds_nothing(form: str, sdk_validator: Path, tmp_path: Path) -> None:
    text = with_slides(slide(THREE[0], THREE[2], fields=f"  form: {form}\n"))
    path = tmp_path / "deck.pptx"
    path.write_bytes(deckgen.build(load_text(f"theme: dark\n{text}")).data)
    assert sdk_problems(path, sdk_validator) == []
