"""Bad numbers in every chart that they can stand in: a mistake at its line, or a sound chart."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

import deckgen
from charts import cells_of, chart_frames
from deckgen.loader import load, load_text
from deckgen.source import OutlineError
from outlines import problems_of, with_slides

# Charts of categories and series.
TABLES = {
    "columns": "column-chart",
    "stack": "column-chart\n  form: stacked",
    "column shares": "column-chart\n  form: share",
    "bars": "column-chart\n  direction: bars",
    "stack of bars": "column-chart\n  direction: bars\n  form: stacked",
    "lines": "line-chart",
    "areas": "line-chart\n  form: area",
    "area shares": "line-chart\n  form: share",
    "slopes": "line-chart\n  form: slope",
    "small lines": "small-multiples",
    "small columns": "small-multiples\n  form: column",
    "small areas": "small-multiples\n  form: area",
    "marimekko": "marimekko",
    "heat map": "heat-map",
}
AREAS = ("areas", "area shares", "small areas")
NATIVE = sorted(TABLES.keys() - {"heat map"})
# Charts of rows, and a row that holds a number.
AXES = "  x: {name: Stay, unit: hours}\n  y: {name: Cargo, unit: tonnes}\n"
AMOUNT = "  measure: Cargo\n  unit: tonnes\n"
ROWS = {
    "single bars": ("bar-chart", AMOUNT, "value: {}"),
    "doughnut": ("doughnut-chart", AMOUNT, "value: {}"),
    "waterfall": ("waterfall", AMOUNT, "value: {}"),
    "ranges": ("range-chart", f"{AMOUNT}  start: 2010\n  end: 2020\n", "start: 1, end: {}"),
    "points": ("scatter-chart", AXES, "x: 1, y: {}"),
    "bubbles": ("scatter-chart", f"{AXES}  size: {{name: Ships, unit: ships}}\n",
                "x: 1, y: 2, size: {}"),
    "treemap": ("treemap", AMOUNT, "value: {}"),
    "distribution": ("distribution", AMOUNT, "value: {}"),
}  # fmt: skip


def table(chart: str, categories: str, *series: str) -> str:
    """An outline with a chart of a table; each of the series is a line `name: .., values: ..`."""
    head = f"- kind: {TABLES[chart]}\n  title: T\n{AMOUNT}  categories: {categories}\n  series:\n"
    return with_slides(head + "".join(f"    - {{{one}}}\n" for one in series))


def rows(chart: str, *values: str, names: tuple[str, ...] = ()) -> str:
    """An outline with a chart of rows R1, R2 .. with these values."""
    kind, fields, row = ROWS[chart]
    lines = [
        f"    - {{name: {names[n] if names else f'R{n + 1}'}, {row.format(value)}"
        f"{', total: true' if kind == 'waterfall' and not n else ''}}}\n"
        for n, value in enumerate(values)
    ]
    return with_slides(f"- kind: {kind}\n  title: T\n{fields}  rows:\n{''.join(lines)}")


def gantt(*lines: str) -> str:
    rows = "".join(f"    - {{{line}}}\n" for line in lines)
    return with_slides(f"- kind: gantt\n  title: T\n  rows:\n{rows}")


def at(text: str, words: str) -> str:
    """How a message begins that is told at the last line with these words."""
    lines = text.splitlines()
    number = max(n for n, line in enumerate(lines, start=1) if words in line)
    return f"deck.yaml:{number}:"


def assert_told(text: str, wanted: str, where: str) -> None:
    """There is a mistake, and it is told where it stands."""
    told = problems_of(text)
    assert any(wanted in one and one.startswith(at(text, where)) for one in told), told


def charts_of(text: str) -> list[Any]:
    """The charts of the finished deck, opened again."""
    return [frame.chart for frame in chart_frames(deckgen.build(load_text(text)).data)]


def values_of(chart: Any) -> dict[str, list[float | None]]:
    return {series.name: list(series.values) for plot in chart.plots for series in plot.series}


def axis_ends(chart: Any) -> tuple[float, float]:
    axis = chart.value_axis
    return axis.minimum_scale, axis.maximum_scale


# -- ragged columns --------------------------------------------------------------------


@pytest.mark.parametrize("chart", TABLES)
def test_a_series_of_too_few_or_too_many_values_is_told_at_its_line(chart: str) -> None:
    few = table(chart, "[2021, 2022]", "name: Short, values: [1]", "name: B, values: [1, 2]")
    assert_told(few, "“Short” has 1 value for 2 categories; give each category one", "Short")
    many = table(chart, "[2021, 2022]", "name: A, values: [1, 2]", "name: Long, values: [1, 2, 3]")
    assert_told(many, "“Long” has 3 values for 2 categories; give each category one", "Long")


COLUMNS = "{file: f.csv, x: what, y: [n]}"
DATA = {
    "column-chart": COLUMNS, "line-chart": COLUMNS, "small-multiples": COLUMNS,
    "marimekko": COLUMNS, "heat-map": COLUMNS,
    "bar-chart": "{file: f.csv, name: what, value: n}",
    "doughnut-chart": "{file: f.csv, name: what, value: n}",
    "waterfall": "{file: f.csv, name: what, value: n}",
    "range-chart": "{file: f.csv, name: what, start: n, end: n}",
    "scatter-chart": "{file: f.csv, name: what, x: n, y: n}",
    "treemap": "{file: f.csv, name: what, value: n}",
    "distribution": "{file: f.csv, name: what, value: n}",
    "gantt": "{file: f.csv, name: what, start: n}",
}  # fmt: skip


def told_of_file(tmp_path: Path, kind: str, cells: str) -> list[str]:
    fields = {"scatter-chart": AXES, "range-chart": f"{AMOUNT}  start: 2010\n  end: 2020\n"}
    text = f"- kind: {kind}\n  title: T\n{fields.get(kind, '' if kind == 'gantt' else AMOUNT)}"
    (tmp_path / "f.csv").write_text(cells, "utf-8")
    path = tmp_path / "deck.yaml"
    path.write_text(with_slides(f"{text}  data: {DATA[kind]}\n"), "utf-8")
    with pytest.raises(OutlineError) as caught:
        load(path)
    return [str(problem).removeprefix(f"{tmp_path}/") for problem in caught.value.problems]


@pytest.mark.parametrize("kind", DATA)
def test_a_row_of_a_file_with_too_many_cells_is_told_at_the_first_of_them(
    kind: str, tmp_path: Path
) -> None:
    (told,) = told_of_file(tmp_path, kind, "what,n\nA,2021\nB,1,234\nC,2023\n")
    assert told.startswith("f.csv:3:3: row 3 has 3 cells, and there are 2 headings")


# -- text in numbers -------------------------------------------------------------------

NO_NUMBERS = ["n/a", "'2'", "1.000 5", "12 %", "true", "2024-05-01", ".nan", ".inf", "[1]"]


@pytest.mark.parametrize("words", NO_NUMBERS)
def test_what_is_no_number_is_told_at_its_line(words: str) -> None:
    text = table("columns", "[A, B]", f"name: Odd, values: [1, {words}]")
    assert_told(text, "entry 2 of `values` wants a number, not ", "Odd")


@pytest.mark.parametrize("chart", TABLES)
def test_text_in_a_series_is_told_in_every_chart(chart: str) -> None:
    text = table(chart, "[A, B]", "name: Odd, values: [1, n/a]", "name: B, values: [1, 2]")
    assert_told(text, "entry 2 of `values` wants a number, not “n/a”", "Odd")


@pytest.mark.parametrize("chart", ROWS)
def test_text_in_a_row_is_told_in_every_chart(chart: str) -> None:
    assert_told(rows(chart, "3", "n/a", "1"), "wants a number, not “n/a”", "R2")


@pytest.mark.parametrize("kind", [kind for kind in DATA if kind != "gantt"])
def test_text_in_a_column_of_numbers_is_told_at_its_cell(kind: str, tmp_path: Path) -> None:
    told = told_of_file(tmp_path, kind, "what,n\nA,3\nB,n/a\nC,1\n")
    assert told
    assert all(line.startswith("f.csv:3:2: row 3, column “n” wants a number") for line in told)


def test_text_in_a_column_of_dates_is_told_at_its_cell(tmp_path: Path) -> None:
    (told,) = told_of_file(tmp_path, "gantt", "what,n\nA,2024\nB,soon\nC,2024-05\n")
    assert told.startswith("f.csv:3:2: “soon” is no date; write 2024, 2024-05 or 2024-05-17")


# -- an empty series -------------------------------------------------------------------


@pytest.mark.parametrize("chart", TABLES)
def test_a_series_without_values_is_told_at_its_line(chart: str) -> None:
    text = table(chart, "[A, B]", "name: X, values: [1, 2]", "name: Void, values: [~, ~]")
    assert_told(text, "“Void” has no value at all; leave it out", "Void")
    bare = table(chart, "[A, B]", "name: X, values: [1, 2]", "name: Void")
    assert_told(bare, "“Void” has 0 values for 2 categories", "Void")


@pytest.mark.parametrize(
    ("chart", "told", "where"),
    [
        ("single bars", "no row has a `value`", "kind: bar-chart"),
        ("doughnut", "“R2” has no `value`; leave it out", "R2"),
        ("waterfall", "the first row is the total to begin with; give it a value", "R1"),
        ("ranges", "no row has both `start` and `end`; use a bar chart", "kind: range-chart"),
        (
            "points",
            "a scatter chart takes at least 2 rows that have all numbers",
            "kind: scatter-chart",
        ),
        ("bubbles", "no row has a `size`; give each one, or leave it out", "Ships"),
        ("treemap", "a treemap takes at least 2 numbers, not 0", "kind: treemap"),
        ("distribution", "no row has a `value`", "kind: distribution"),
    ],
)
def test_rows_without_values_are_told(chart: str, told: str, where: str) -> None:
    assert_told(rows(chart, "~", "~", "~"), told, where)


# -- one category, one row -------------------------------------------------------------


@pytest.mark.parametrize("chart", ["columns", "stack", "column shares", "bars", "stack of bars"])
def test_columns_of_one_category_are_a_chart(chart: str) -> None:
    """With a gap that the format allows: a lone column may be wider than it would be."""
    (made,) = charts_of(table(chart, "[Only]", "name: X, values: [1]", "name: Y, values: [3]"))
    assert list(made.plots[0].categories) == ["Only"]
    found = values_of(made)
    assert (found["X"], found["Y"]) == ([1], [3])
    assert made.plots[0].gap_width <= 500


@pytest.mark.parametrize(
    ("chart", "told", "where"),
    [
        ("lines", "one category makes no line; say the number in a sentence", "Only"),
        ("areas", "one category makes no line; say the number in a sentence", "Only"),
        ("area shares", "one category makes no line; say the number in a sentence", "Only"),
        ("slopes", "slopes lead from one category to another, and there are 1", "kind: line-chart"),
        ("small lines", "one category makes no series; use a bar chart", "Only"),
        ("small columns", "one category makes no series; use a bar chart", "Only"),
        ("small areas", "one category makes no series; use a bar chart", "Only"),
        ("marimekko", "one column has no width to compare; use a doughnut or a bar chart", "Only"),
    ],
)
def test_one_category_that_shows_nothing_is_refused(chart: str, told: str, where: str) -> None:
    assert_told(table(chart, "[Only]", "name: X, values: [1]", "name: Y, values: [3]"), told, where)


@pytest.mark.parametrize(
    ("chart", "told"),
    [
        ("single bars", "a bar chart takes at least 3 bars, not 1"),
        ("doughnut", "a doughnut takes at least 2 parts, not 1"),
        ("waterfall", "a waterfall takes 3 to 16 rows, not 1"),
        ("ranges", "a range chart takes at least 3 rows, not 1"),
        ("points", "a scatter chart takes at least 2 rows that have all numbers"),
        ("bubbles", "a scatter chart takes at least 2 rows that have all numbers"),
        ("treemap", "a treemap takes at least 2 numbers, not 1"),
    ],
)
def test_one_row_is_refused(chart: str, told: str) -> None:
    (problem,) = problems_of(rows(chart, "5"))
    assert told in problem


def test_a_plan_of_one_row_is_refused() -> None:
    text = gantt("name: A, start: 2024")
    assert_told(text, "a gantt takes 2 to 24 rows, not 1; say it in a sentence", "kind: gantt")


# -- sixty categories ------------------------------------------------------------------

SIXTY = [n + 1 for n in range(60)]


@pytest.mark.parametrize(
    "chart",
    ["columns", "stack", "column shares", "lines", "areas", "area shares", "small lines",
     "small columns", "small areas"],
)  # fmt: skip
def test_sixty_years_are_a_chart(chart: str) -> None:
    years = str([1960 + n for n in range(60)])
    text = table(chart, years, f"name: X, values: {SIXTY}", f"name: Y, values: {SIXTY[::-1]}")
    made = charts_of(text)
    found = {name: values for one in made for name, values in values_of(one).items()}
    assert (found["X"], found["Y"]) == (SIXTY, SIXTY[::-1])
    assert [len(row) for row in cells_of(made[0])][1:] == [len(cells_of(made[0])[0])] * 60


@pytest.mark.parametrize("chart", ["columns", "stack", "column shares"])
def test_columns_of_sixty_years_have_an_axis_of_numbers_and_few_years_named(chart: str) -> None:
    years = str([1960 + n for n in range(60)])
    (made,) = charts_of(
        table(chart, years, f"name: X, values: {SIXTY}", f"name: Y, values: {SIXTY}")
    )
    xml = made.part.blob.decode()
    named = re.search(r'<c:majorUnit val="(\d+)"/><c:majorTimeUnit val="years"/>', xml)
    assert named
    assert int(named[1]) > 1
    assert "<c:majorGridlines>" in xml
    assert made.value_axis.major_unit


@pytest.mark.parametrize(
    ("chart", "told", "where"),
    [
        ("columns", "does not fit below its column, which has", "categories:"),
        ("stack", "does not fit below its column, which has", "categories:"),
        ("column shares", "does not fit below its column, which has", "categories:"),
        ("bars", "60 rows of 2 bars are too many", "kind: column-chart"),
        ("stack of bars", "are too many", "kind: column-chart"),
        ("lines", "the names below the lines have", "categories:"),
        ("slopes", "slopes lead from one category to another, and there are 60", "kind: line"),
        ("small lines", "the names below each chart have", "categories:"),
        ("small columns", "the names below each chart have", "categories:"),
        ("marimekko", "a chart takes 15 categories, not 60; leave some out", "categories:"),
        ("heat map", "show fewer categories", "kind: heat-map"),
    ],
)
def test_sixty_names_without_room_are_refused(chart: str, told: str, where: str) -> None:
    names = str([f"North quay {n}" for n in range(60)])
    text = table(chart, names, f"name: X, values: {SIXTY}", f"name: Y, values: {SIXTY}")
    assert_told(text, told, where)


@pytest.mark.parametrize(
    ("chart", "told", "where"),
    [
        ("single bars", "a bar chart takes 12 bars, and this is the 13th of 60", "R13,"),
        ("doughnut", "a doughnut takes 6 parts, and this is number 7 of 60", "R7,"),
        ("waterfall", "a waterfall takes 3 to 16 rows, not 60", "R16,"),
        ("ranges", "a range chart takes 15 rows, and this is number 16 of 60", "R16,"),
    ],
)
def test_sixty_rows_are_told_at_the_first_too_many(chart: str, told: str, where: str) -> None:
    assert_told(rows(chart, *map(str, SIXTY)), told, where)


def test_sixty_points_are_a_chart() -> None:
    lines = (f"    - {{name: R{n}, x: {n * 23 % 61}, y: {n}}}\n" for n in SIXTY)
    text = with_slides(f"- kind: scatter-chart\n  title: T\n{AXES}  rows:\n{''.join(lines)}")
    (made,) = charts_of(text)
    assert sorted(value for row in values_of(made).values() for value in row if value) == SIXTY


def test_the_twenty_fifth_row_of_a_plan_is_refused() -> None:
    text = gantt(*(f"name: R{n}, date: 2024" for n in SIXTY))
    assert_told(text, "a gantt takes 24 rows, and this is the 25th of 60", "R25,")


# -- nothing to be seen: zeros, and numbers that print as zero -------------------------


@pytest.mark.parametrize("chart", [one for one in TABLES if one not in ("heat map", "marimekko")])
def test_a_table_of_zeros_is_refused(chart: str) -> None:
    text = table(chart, "[A, B]", "name: X, values: [0, 0]", "name: Y, values: [0, ~]")
    if chart in AREAS:
        text = text.replace("~", "0")
    assert_told(text, "all values are zero; say so in a sentence", "- kind:")
    assert len(problems_of(text)) == 1


def test_columns_without_width_are_refused() -> None:
    text = table("marimekko", "[Void, B]", "name: X, values: [0, 1]", "name: Y, values: [0, 2]")
    assert_told(text, "“Void” adds up to zero; leave it out: there are no shares of zero", "Void")


@pytest.mark.parametrize(
    ("chart", "told", "where"),
    [
        ("doughnut", "all values are zero; say so in a sentence", "kind: doughnut"),
        ("waterfall", "all values are zero; say so in a sentence", "kind: waterfall"),
        ("bubbles", "the size of “R1” is 0, and no area shows that", "R1"),
        ("treemap", "“R1” is 0, and has no area", "R1"),
    ],
)
def test_rows_of_zeros_are_refused(chart: str, told: str, where: str) -> None:
    assert_told(rows(chart, "0", "0", "0"), told, where)


def test_bars_of_zeros_say_zero() -> None:
    (made,) = charts_of(rows("single bars", "0", "0", "0"))
    assert values_of(made)["Cargo"] == [0, 0, 0]
    low, high = axis_ends(made)
    assert low < high


@pytest.mark.parametrize("chart", ["columns", "stack", "bars", "lines", "slopes", "small columns"])
def test_numbers_that_would_all_print_as_zero_are_refused(chart: str) -> None:
    series = ("name: X, values: [1.0e-9, 2.0e-9]", "name: Y, values: [1.0e-9, 3.0e-9]")
    text = table(chart, "[A, B]", *series)
    assert_told(text, "all values print as 0, for the largest is 3e-09; use a smaller", "- kind:")
    few = text.replace("e-9", "e-1").replace("unit: tonnes\n", "unit: tonnes\n    decimals: 0\n")
    assert_told(few, "for the largest is 0.3; leave `decimals` out", "- kind:")


# -- negatives where there is no share of them, and mixed signs ------------------------


@pytest.mark.parametrize(
    ("chart", "told", "where"),
    [
        ("column shares", "“Low” has a negative value, of which there is no share", "categories:"),
        ("areas", "areas on one another cannot go below zero; use `form: line`", "name: X"),
        ("area shares", "areas on one another cannot go below zero; use `form: line`", "name: X"),
        ("marimekko", "“Low” has a negative value, of which there is no share", "name: X"),
        ("stack", "“Low” has values above and below zero, which do not add up", "categories:"),
        ("stack of bars", "“Low” has values above and below zero, which do not", "categories:"),
    ],
)
def test_a_negative_in_a_sum_is_refused(chart: str, told: str, where: str) -> None:
    text = table(chart, "[Low, B, C]", "name: X, values: [-1, 2, 3]", "name: Y, values: [3, 2, 1]")
    assert_told(text, told, where)


@pytest.mark.parametrize(
    ("chart", "told"),
    [
        ("doughnut", "“R2” is negative, and no slice can show that; use a bar chart"),
        ("treemap", "“R2” is −1, and has no area; use a bar chart, or leave it out"),
        ("bubbles", "the size of “R2” is −1, and no area shows that"),
    ],
)
def test_a_negative_part_is_refused_at_its_line(chart: str, told: str) -> None:
    assert_told(rows(chart, "3", "-1", "2"), told, "R2")


@pytest.mark.parametrize("chart", ["columns", "bars", "lines", "slopes", "small columns"])
def test_values_above_and_below_zero_side_by_side_stand_within_the_axis(chart: str) -> None:
    text = table(chart, "[A, B]", "name: X, values: [-4, 2]", "name: Y, values: [3, 1]")
    made = charts_of(text)
    found = {name: values for one in made for name, values in values_of(one).items()}
    assert sorted(value for row in found.values() for value in row if value) == [-4, 1, 2, 3]
    for one in made:
        low, high = axis_ends(one)
        assert low <= -4
        assert high >= 3


@pytest.mark.parametrize("chart", ["stack", "stack of bars"])
def test_a_stack_below_zero_stands_within_the_axis(chart: str) -> None:
    (made,) = charts_of(
        table(chart, "[A, B]", "name: X, values: [-4, -2]", "name: Y, values: [-3, 0]")
    )
    low, high = axis_ends(made)
    assert low <= -7
    assert high == 0


def test_a_bridge_that_falls_below_zero_stands_within_the_axis() -> None:
    (made,) = charts_of(rows("waterfall", "3", "-8", "2"))
    low, high = axis_ends(made)
    assert low <= -5
    assert high >= 3


# -- 1e300 -----------------------------------------------------------------------------


@pytest.mark.parametrize("chart", TABLES)
@pytest.mark.parametrize("number", ["1e300", "-1e300", "1.0e+16"])
def test_a_number_beyond_all_measure_is_told_at_its_line(chart: str, number: str) -> None:
    text = table(chart, "[A, B]", f"name: Odd, values: [1, {number}]", "name: B, values: [1, 2]")
    assert_told(text, "entry 2 of `values` wants a number, not ", "Odd")
    assert any("numbers go from -1e+15 to 1e+15" in told for told in problems_of(text))


@pytest.mark.parametrize("chart", ROWS)
def test_a_row_beyond_all_measure_is_told_at_its_line(chart: str) -> None:
    told = "wants a number, not “1e300”; numbers go from -1e+15 to 1e+15"
    assert_told(rows(chart, "3", "1e300", "1"), told, "R2")


@pytest.mark.parametrize("chart", NATIVE)
def test_the_largest_number_beside_small_ones_keeps_its_value(chart: str) -> None:
    text = table(chart, "[A, B]", "name: X, values: [1.0e+15, 1]", "name: Y, values: [1, 2]")
    cells = [cell for made in charts_of(text) for row in cells_of(made) for cell in row]
    assert 1e15 in cells


# -- dates -----------------------------------------------------------------------------


@pytest.mark.parametrize("chart", NATIVE)
@pytest.mark.parametrize(
    "dates", [("2022", "2021"), ("2021-05", "2021-03"), ("2021-05", "2021-05")]
)
def test_dates_out_of_order_are_told_at_the_first_that_is(
    chart: str, dates: tuple[str, str]
) -> None:
    categories = "".join(f"\n    - {{name: {day}}} # {n}" for n, day in enumerate(dates))
    text = table(chart, categories, "name: X, values: [1, 2]", "name: Y, values: [2, 1]")
    twice = dates[0] == dates[1]
    wanted = "stands twice" if twice else f"{dates[1]} comes before what stands above it; put the"
    assert_told(text, wanted, "# 1")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("start: 2024-05, end: 2024-04", "“Bad” ends (2024-04) before it begins (2024-05)"),
        ("start: 2024-05-02, end: 2024-05-01", "“Bad” ends (2024-05-01) before it begins"),
        ("start: 2024-05-17, end: 2023", "“Bad” ends (2023) before it begins (2024-05-17)"),
        ("date: 1066-10-14", "“1066-10-14” is no date; write 2024, 2024-05 or 2024-05-17, from 19"),
        ("date: 2024-02-30", "“2024-02-30” is no date"),
        ("start: 2024, end: 2300", "“2300” is no date"),
        ("start: Q3", "“Q3” is no date"),
        ("end: 2024", "“Bad” wants either `start` or `date`"),
    ],
)
def test_dates_of_a_plan_that_cannot_be_are_told_at_their_line(row: str, told: str) -> None:
    assert_told(gantt("name: A, start: 2024", f"name: Bad, {row}"), told, "Bad")


def test_an_end_in_the_month_of_its_start_is_the_last_day_of_it() -> None:
    (made,) = charts_of(gantt("name: A, start: 2024-05-17, end: 2024-05", "name: B, date: 2024"))
    assert values_of(made)["Days"][0] == 15


def test_milestones_at_either_end_stand_within_the_calendar() -> None:
    (made,) = charts_of(
        gantt("name: A, date: 2024-01-01", "name: B, start: 2024-02, end: 2024-03",
              "name: C, date: 2030-12-31")
    )  # fmt: skip
    first, last = values_of(made)["Start"][0], values_of(made)["Start"][2]
    low, high = axis_ends(made)
    assert first is not None
    assert last is not None
    assert low < first
    assert last + 1 < high


# -- names -----------------------------------------------------------------------------


@pytest.mark.parametrize("chart", TABLES)
def test_a_name_that_stands_twice_is_told_at_the_second(chart: str) -> None:
    categories = "\n    - Quay\n    - QUAY # 2"
    text = table(chart, categories, "name: X, values: [1, 2]", "name: Y, values: [1, 2]")
    assert_told(text, "the category “QUAY” stands twice; it is on line", "# 2")
    text = table(chart, "[A, B]", "name: Twin, values: [1, 2]", "name: twin, values: [1, 2]")
    assert_told(text, "the series “twin” stands twice; it is on line", "twin")


@pytest.mark.parametrize(
    "chart", ["single bars", "doughnut", "ranges", "points", "bubbles", "treemap"]
)
def test_a_row_that_stands_twice_is_told_at_the_second(chart: str) -> None:
    text = rows(chart, "3", "1", "2", names=("Quay", "Pier", "QUAY"))
    assert_told(text, "the row “QUAY” stands twice; it is on line", "QUAY")


def test_a_row_of_a_plan_stands_once_in_its_group() -> None:
    two = ("name: Phase 1, start: 2024, group: A", "name: Phase 1, start: 2025, group: B")
    (made,) = charts_of(gantt(*two))
    assert list(made.plots[0].categories) == ["Phase 1", "Phase 1"]
    text = gantt(*two, "name: phase 1, date: 2024, group: A")
    assert_told(text, "the row “phase 1” stands twice; it is on line", "phase 1")


HEBREW, ARABIC = "נמל הצפון", "الميناء"


@pytest.mark.parametrize("chart", NATIVE)
def test_names_from_right_to_left_are_kept(chart: str) -> None:
    text = table(
        chart, f"[{HEBREW}, {ARABIC}]", f"name: {ARABIC}, values: [3, 1]",
        f"name: {HEBREW}, values: [2, 2]",
    )  # fmt: skip
    cells = {cell for made in charts_of(text) for row in cells_of(made) for cell in row}
    assert {HEBREW, ARABIC} <= cells


def test_names_of_a_plan_from_right_to_left_are_kept() -> None:
    (made,) = charts_of(
        gantt(
            f"name: {HEBREW}, start: 2024, end: 2025, text: {ARABIC}", f"name: {ARABIC}, date: 2024"
        )
    )
    assert list(made.plots[0].categories) == [HEBREW, ARABIC]


# -- missing values --------------------------------------------------------------------


@pytest.mark.parametrize("chart", sorted(set(NATIVE) - set(AREAS) - {"marimekko"}))
def test_a_missing_value_is_none_in_the_chart_and_empty_in_its_workbook(chart: str) -> None:
    text = table(chart, "[A, B]", "name: X, values: [3, ~]", "name: Y, values: [2, 2]")
    made = next(one for one in charts_of(text) if "X" in values_of(one))
    assert values_of(made)["X"] == [3, None]
    lines = cells_of(made)
    column = lines[0].index("X")
    assert [line[column] for line in lines[1:]] == [3, None]
    deck = Presentation(BytesIO(deckgen.build(load_text(text)).data))
    words = "\n".join(s.text_frame.text for s in deck.slides[0].shapes if s.has_text_frame)
    assert "Not stated: X B" in words


def test_a_missing_value_in_a_marimekko_is_empty_in_its_workbook() -> None:
    (made,) = charts_of(
        table("marimekko", "[A, B]", "name: X, values: [3, ~]", "name: Y, values: [2, 2]")
    )
    assert [row[4:8] for row in cells_of(made)[:3]] == [
        [None, "Total", "X", "Y"], ["A", 5, 3, 2], ["B", 2, None, 2]
    ]  # fmt: skip


@pytest.mark.parametrize("chart", AREAS)
def test_areas_refuse_missing_values(chart: str) -> None:
    text = table(chart, "[A, B]", "name: Gap, values: [3, ~]", "name: Y, values: [2, 2]")
    assert_told(text, "“Gap” has missing values, where an area would fall to zero", "Gap")


@pytest.mark.parametrize("chart", ["stack", "stack of bars"])
def test_a_stack_of_which_nothing_is_known_has_no_total(chart: str) -> None:
    (made,) = charts_of(
        table(chart, "[2021, 2022]", "name: X, values: [3, ~]", "name: Y, values: [2, ~]")
    )
    assert values_of(made)["Total"] == [5, None]
