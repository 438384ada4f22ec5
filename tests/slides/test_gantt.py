from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest

import deckgen
from charts import chart_frames, chart_item, chart_of, plot_of, sheet_of
from deckgen.compose import compose
from deckgen.loader import load, load_text
from deckgen.scene import Box, ConnectorItem, Page, ShapeItem, TextItem, serial_of
from outlines import ANALYSIS, items_of, page_of, problems_of, scene_of, with_slides, words_of
from validators import sdk_problems

ROWS = (
    "name: Dredging, start: 2024-03-15, end: 2024-09, text: Soft ground",
    "name: Permit, date: 2024-02-01",
    "name: Tugs, start: 2025",
)


TODAY = "  today: 2024-10-01\n"


def slide(*rows: str, fields: str = "") -> str:
    lines = "".join(f"    - {{{row}}}\n" for row in rows)
    return f"- kind: gantt\n  title: T\n{fields}  rows:\n{lines}"


def middle(box: Box) -> tuple[int, int]:
    return box.x + box.w // 2, box.y + box.h // 2


def texts_of(page: Page, name: str) -> list[str]:
    """The words of the items whose name begins with `name`."""
    return [
        item.body.text
        for item in items_of(page, name)
        if isinstance(item, ShapeItem | TextItem) and item.body is not None
    ]


def day(words: str) -> int:
    return serial_of(datetime.fromisoformat(words).date())


# -- the chart and its workbook ----------------------------------------------------------


def test_bars_stand_on_an_unseen_series_from_the_first_day_to_the_last() -> None:
    chart = chart_of(page_of(slide(*ROWS)))
    assert chart.categories == ("Dredging", "Permit", "Tugs")
    start, days = chart.series
    assert [point.value for point in start.points] == [
        day("2024-03-15"), day("2024-02-01"), day("2025-01-01")
    ]  # fmt: skip
    assert {point.fill for point in start.points} == {None}
    # From 15 March to 30 September there are 17 + 30 + 31 + 30 + 31 + 31 + 30 days.
    assert [point.value for point in days.points][:2] == [200, 1]
    assert days.points[0].fill == "brand_soft"
    assert chart.stacking == "stacked"
    assert chart.horizontal


def test_the_workbook_holds_dates_as_dates() -> None:
    deck = deckgen.build(load_text(with_slides(slide(*ROWS))))
    (frame,) = chart_frames(deck.data)
    assert list(frame.chart.plots[0].categories) == ["Dredging", "Permit", "Tugs"]
    sheet = sheet_of(frame.chart)
    assert [cell.value for cell in sheet[1]] == [None, "Start", "Days", "End"]
    assert [cell.value for cell in sheet[2]] == [
        "Dredging", datetime(2024, 3, 15), 200, datetime(2024, 9, 30)
    ]  # fmt: skip
    assert sheet["B2"].is_date
    assert sheet["B2"].number_format == "d mmm yyyy"
    assert sheet["D3"].value == datetime(2024, 2, 1)
    assert sheet["D4"].value is None  # goes on


@pytest.mark.parametrize(
    ("end", "last"),
    [("2024", "2024-12-31"), ("2024-02", "2024-02-29"), ("2024-02-10", "2024-02-10")],
)
def test_an_end_that_is_a_year_or_a_month_is_its_last_day(end: str, last: str) -> None:
    rows = (f"name: A, start: 2024-01-01, end: {end}", "name: B, start: 2024-03")
    days = chart_of(page_of(slide(*rows))).series[1].points[0].value
    assert days == day(last) - day("2024-01-01") + 1


def test_a_milestone_is_a_diamond_in_the_middle_of_its_days() -> None:
    page = page_of(slide(*ROWS, "name: Opening, date: 2024-06"))
    plot = plot_of(chart_item(page))
    permit, opening = items_of(page, "Milestone")
    for item, at, index in ((permit, day("2024-02-01") + 0.5, 1), (opening, day("2024-06-16"), 3)):
        assert isinstance(item, ShapeItem)
        assert item.geometry == "diamond"
        x, y = middle(item.box)
        assert abs(x - plot.value(at)) <= 2
        assert abs(y - plot.at(index)) <= 2
    assert permit.alt == "Permit: 1 Feb 2024"
    assert "1 Feb 2024\nJun 2024" in words_of(page)
    assert chart_of(page).series[1].points[1].fill is None


def test_a_bar_without_an_end_goes_on_to_the_edge() -> None:
    page = page_of(slide(*ROWS))
    plot = plot_of(chart_item(page))
    (tip,) = items_of(page, "Goes on Tugs")
    assert isinstance(tip, ShapeItem)
    # Its box stands unturned about the same centre.
    right = middle(tip.box)[0] + tip.box.h // 2
    assert abs(right - plot.box.right) < 20_000
    assert abs(middle(tip.box)[1] - plot.at(2)) <= 2
    days = chart_of(page).series[1].points[2].value
    assert days is not None
    end = plot.value(day("2025-01-01") + days)
    assert 0 <= end - (right - tip.box.h) < 20_000  # no gap between the bar and its tip


def test_what_is_planned_is_dashed_and_the_message_has_the_accent() -> None:
    page = page_of(
        slide(f"{ROWS[0]}, planned: true", f"{ROWS[1]}, planned: true",
              f"{ROWS[2]}, highlight: true")
    )  # fmt: skip
    planned, _, message = chart_of(page).series[1].points
    assert planned.fill == "accent_soft"
    assert planned.outline is not None
    assert planned.outline.dashed
    assert message.fill == "accent"
    (diamond,) = items_of(page, "Milestone")
    assert isinstance(diamond, ShapeItem)
    assert diamond.line is not None
    assert diamond.line.dashed
    assert "Note: Dashed: planned or estimated" in words_of(page)


# -- the calendar --------------------------------------------------------------------------


def calendar_words(*rows: str) -> list[str]:
    return texts_of(page_of(slide(*rows)), "Calendar ")


def test_a_year_or_so_is_told_in_months_some_years_in_quarters_many_in_years() -> None:
    one = calendar_words("name: A, start: 2024-03, end: 2024-06", "name: B, date: 2024-05-02")
    assert one == ["2024", "Mar", "Apr", "May", "Jun"]
    three = calendar_words("name: A, start: 2024-03, end: 2026-06", "name: B, date: 2024-05-02")
    assert three == ["2024", "2025", "2026", *["Q1", "Q2", "Q3", "Q4"] * 2, "Q1", "Q2"]
    ten = calendar_words("name: A, start: 2014-03, end: 2023-06", "name: B, date: 2015-05-02")
    assert ten == [str(year) for year in range(2014, 2024)]
    century = calendar_words("name: A, start: 1920, end: 2019", "name: B, date: 1950")
    assert century == [f"{year}–{year % 100 + 9:02}" for year in range(1920, 2020, 10)]


def test_lines_stand_where_years_and_quarters_begin() -> None:
    page = page_of(slide("name: A, start: 2024, end: 2025", "name: B, start: 2024-06, end: 2025"))
    plot = plot_of(chart_item(page))
    found = {item.name: item for item in items_of(page, "Line ")}
    assert sorted(found) == [
        f"Line {year}-{month}-01" for year in (2024, 2025) for month in ("01", "04", "07", "10")
    ][1:]  # fmt: skip
    for name, item in found.items():
        assert isinstance(item, ConnectorItem)
        assert abs(item.start[0] - plot.value(day(name.removeprefix("Line ")))) <= 2
        assert item.end[1] == plot.box.bottom


def test_the_calendar_speaks_the_decks_language() -> None:
    german = "language: de-DE\n" + ANALYSIS
    page = page_of(slide("name: A, start: 2024-03, end: 2024-06", "name: B, date: 2024-05"), german)
    assert texts_of(page, "Calendar ") == ["2024", "Mär", "Apr", "Mai", "Jun"]
    assert chart_of(page).date_format == "[$-407]d\\. mmm yyyy"


def test_today_is_a_line_at_its_day_with_its_label_below() -> None:
    page = page_of(slide(*ROWS, fields=TODAY))
    plot = plot_of(chart_item(page))
    (line,) = items_of(page, "Reference")
    assert isinstance(line, ConnectorItem)
    assert line.start[0] == line.end[0]
    assert abs(line.start[0] - plot.value(day("2024-10-01") + 0.5)) <= 2
    (label,) = items_of(page, "Today")
    assert label.box.y > plot.box.bottom
    assert abs(middle(label.box)[0] - line.start[0]) <= 2
    assert "Today, 1 Oct 2024" in words_of(page)
    named = page_of(slide(*ROWS, fields="  today: {date: 2024-10-01, label: Survey closed}\n"))
    assert "Survey closed" in words_of(named)


# -- texts and groups ------------------------------------------------------------------------


def test_a_text_stands_in_its_bar_or_beside_it_and_stays_in_the_plot() -> None:
    rows = [f"name: R{n}, start: {2010 + n}, end: {2010 + n}, text: A few words on it" for n in
            range(14)]  # fmt: skip
    rows.append("name: Long, start: 2010, end: 2023, text: Room for words")
    page = page_of(slide(*rows, fields="  today: 2016-02\n"))
    plot, chart = plot_of(chart_item(page)), chart_of(page)
    starts, days = ([point.value or 0 for point in series.points] for series in chart.series)
    bars = [plot.bar(n, starts[n], starts[n] + days[n]) for n in range(15)]
    texts = {item.name.removeprefix("Text "): item.box for item in items_of(page, "Text ")}
    assert set(texts) == {f"R{n}" for n in range(14)}
    (line,) = items_of(page, "Reference")
    for n in range(14):
        box, bar = texts[f"R{n}"], bars[n]
        assert plot.box.x <= box.x < box.right <= plot.box.right
        assert box.x > bar.right or box.right < bar.x
        assert not box.x < line.box.x < box.right
    for one, other in pairwise(texts[f"R{n}"] for n in range(14)):
        assert one.bottom <= other.y + 2
    assert chart.series[1].points[14].label == "Room for words"


def test_a_text_without_room_goes_to_the_notes() -> None:
    long = "A sentence " * 20
    scene = scene_of(with_slides(slide(f"{ROWS[1]}, text: {long}", ROWS[0])))
    assert "A sentence" not in words_of(scene.pages[0])
    assert any("A sentence" in note.text for note in scene.pages[0].notes)
    assert "the text of “Permit” moved to the notes" in scene.notices[0]


def test_rows_of_a_group_stand_together_under_one_bracket() -> None:
    page = page_of(
        slide(
            "name: A, start: 2024, end: 2024, group: One",
            "name: B, start: 2024, end: 2024, group: Two",
            "name: C, start: 2024, end: 2024, group: One",
        )
    )
    plot = plot_of(chart_item(page))
    assert chart_of(page).categories == ("A", "C", "B")
    one, two = items_of(page, "Bracket")
    assert plot.box.y < one.box.y < plot.at(0) < plot.at(1) < one.box.bottom
    assert one.box.bottom < two.box.y < plot.at(2) < two.box.bottom
    assert texts_of(page, "Group") == ["One", "Two"]
    names = items_of(page, "Group")
    assert all(name.box.right < one.box.x < chart_item(page).box.x for name in names)


def test_texts_of_many_rows_leave_the_rule_above_them_whole() -> None:
    rows = [f"name: R{n}, start: {2010 + n // 2}, end: {2010 + n // 2}, text: some words" for n in
            range(24)]  # fmt: skip
    page = page_of(slide(*rows, fields="  today: 2020\n"))
    (rule,) = items_of(page, "Calendar rule")
    assert min(item.box.y for item in items_of(page, "Text ")) > rule.box.y


def test_a_milestone_of_a_month_takes_no_room_before_it() -> None:
    """Its diamond stands in the middle of the month."""
    assert calendar_words("name: A, date: 2024-01", "name: B, date: 2024-03") == [
        "2024", "Jan", "Feb", "Mar"
    ]  # fmt: skip


def test_rows_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text(
        "what,from,until,on,part,sure\nDredging,2024-04,2025-02,,North,\n"
        "Opens,,,2026-03-15,North,true\nCranes,2024-05-17,,,Gear,\n",
        "utf-8",
    )
    data = "file: plan.csv, name: what, start: from, end: until, date: on, group: part"
    path = tmp_path / "deck.yaml"
    path.write_text(
        with_slides(f"- kind: gantt\n  title: T\n  data: {{{data}, planned: sure}}\n"), "utf-8"
    )
    (page,) = compose(load(path)).pages
    start, days = chart_of(page).series
    assert chart_of(page).categories == ("Dredging", "Opens", "Cranes")
    assert [point.value for point in start.points] == [
        day("2024-04-01"), day("2026-03-15"), day("2024-05-17")
    ]  # fmt: skip
    assert days.points[0].value == day("2025-02-28") - day("2024-04-01") + 1
    assert texts_of(page, "Group") == ["North", "Gear"]
    assert "Dashed: planned or estimated" in words_of(page)


def test_twenty_four_rows_fit_beside_a_panel() -> None:
    rows = [f"name: Work package {n}, start: {2010 + n // 2}, text: some words, group: G{n // 8}"
            for n in range(24)]  # fmt: skip
    page = page_of(slide(*rows, fields="  points: [One]\n  today: 2020\n"))
    chart, plot = chart_of(page), plot_of(chart_item(page))
    assert len(chart.categories) == 24
    assert chart.category_size_pt == 11
    assert plot.slot >= 11 * 12_700 * 1.14
    assert chart_item(page).box.right < items_of(page, "Panel head")[0].box.x


# -- mistakes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((ROWS[0],), "a gantt takes 2 to 24 rows, not 1; say it in a sentence"),
        ((*ROWS, "name: X, start: soon"), "“soon” is no date; write 2024, 2024-05 or 2024-05-17"),
        ((*ROWS, "name: X, start: 2024-13"), "“2024-13” is no date"),
        ((*ROWS, "name: X, date: 1066"), "“1066” is no date"),
        ((*ROWS, "name: X, date: 9999"), "“9999” is no date"),
        (
            (*ROWS, "name: X, start: 2024-05, end: 2024-04"),
            "“X” ends (2024-04) before it begins (2024-05); put the two in order",
        ),
        ((*ROWS, "name: X"), "“X” wants either `start` or `date`"),
        ((*ROWS, "name: X, start: 2024, date: 2024"), "“X” wants either `start` or `date`"),
        ((*ROWS, "name: X, date: 2024, end: 2025"), "“X” is a milestone, which has no `end`"),
        ((*ROWS, "start: 2024"), "give either `name` or `company`"),
        (
            (f"{ROWS[0]}, highlight: true", f"{ROWS[1]}, highlight: true"),
            "one at most carries the message",
        ),
        (
            (*ROWS, f"name: {'Very long name ' * 9}, date: 2024"),
            "in wide and has 4.2 in; shorten it",
        ),
        (
            (*ROWS, f"name: X, start: 2024, group: {'Long ' * 30}"),
            "does not fit beside its rows, of which it has 1; shorten its name",
        ),
    ],
)
def test_mistakes_are_told_at_their_line(rows: tuple[str, ...], told: str) -> None:
    (problem,) = problems_of(with_slides(slide(*rows)))
    assert told in problem
    line = ANALYSIS.count("\n") + 1 + 3 + len(rows)
    at = ANALYSIS.count("\n") + 2 if len(rows) == 1 else line
    assert problem.startswith(f"deck.yaml:{at}:")


def test_the_twenty_fifth_row_is_refused_at_its_line() -> None:
    rows = [f"name: R{n}, date: 2024" for n in range(60)]
    (problem,) = problems_of(with_slides(slide(*rows)))
    line = ANALYSIS.count("\n") + 1 + 3 + 25
    assert problem.startswith(f"deck.yaml:{line}:")
    assert "a gantt takes 24 rows, and this is the 25th of 60; split the slide" in problem


def test_dates_without_a_source_are_refused() -> None:
    bare = ANALYSIS.replace("source: survey\n", "")
    told = problems_of(with_slides(slide(*ROWS), bare))
    assert len(told) == 3
    assert "the dates of “Dredging” have no source; name one in `source`" in told[0]
    own = slide(*(f"{row}, source: survey" for row in ROWS))
    assert "Source: Port survey, 2024" in words_of(page_of(own, bare))


def test_markup_is_not_printed_and_companies_have_their_names() -> None:
    page = page_of(
        slide("name: '**A** line', start: 2024, end: 2025, text: '*so* it is', group: '`One`'",
              "company: beta, start: 2024, end: 2025")
    )  # fmt: skip
    assert chart_of(page).categories == ("A line", "Beta")
    assert "*" not in words_of(page) + chart_item(page).alt
    assert "`" not in words_of(page)


def test_a_label_of_today_without_room_is_refused() -> None:
    text = with_slides(slide(*ROWS, fields=f"  today: {{date: 2024-05, label: {'Day ' * 70}}}\n"))
    (problem,) = problems_of(text)
    assert "in wide and has 12.1 in; shorten it" in problem


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_microsofts_sdk_finds_nothing(theme: str, tmp_path: Path, sdk_validator: Path) -> None:
    text = f"theme: {theme}\n{with_slides(slide(*ROWS, fields=TODAY))}"
    path = tmp_path / "deck.pptx"
    path.write_bytes(deckgen.build(load_text(text)).data)
    assert sdk_problems(path, sdk_validator) == []
