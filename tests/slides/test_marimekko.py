from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

import deckgen
from charts import chart_frames, chart_item, chart_of, sheet_of
from deckgen.charts.shares import DAYS, FIRST_DAY, column_days
from deckgen.loader import load_text
from deckgen.scene import ConnectorItem, Page, ShapeItem, TextItem
from outlines import ANALYSIS, items_of, page_of, problems_of, scene_of, with_slides, words_of
from validators import sdk_problems

GOODS = "[Fish, Bulk, Mail]"
TWO = ("name: Merrow, values: [10, 60, 1]", "name: Others, values: [10, 15, 4]")


def slide(*series: str, categories: str = GOODS, fields: str = "") -> str:
    head = "- kind: marimekko\n  title: T\n  measure: Cargo\n  unit: tonnes\n"
    rows = "".join(f"    - {{{one}}}\n" for one in series)
    return f"{head}{fields}  categories: {categories}\n  series:\n{rows}"


def text_of(page: Page, name: str) -> str:
    (item,) = (item for item in items_of(page, name) if item.name == name)
    assert isinstance(item, ShapeItem | TextItem)
    assert item.body is not None
    return item.body.text


def columns(page: Page) -> list[tuple[int, int]]:
    """Where each column begins and ends, in EMU, as the chart's own days say."""
    chart, box = chart_of(page), chart_item(page).box
    days = [(day - FIRST_DAY).days for day in chart.categories if isinstance(day, date)]
    full = [
        day for n, day in enumerate(days) if sum(s.points[n].value or 0 for s in chart.series) > 0
    ]
    at = [box.x + round(day / DAYS * box.w) for day in full]
    return list(zip(at[::2], at[1::2], strict=True))


def test_columns_are_as_wide_as_their_totals() -> None:
    page = page_of(slide(*TWO))
    found = columns(page)
    gap = found[1][0] - found[0][1]
    room = chart_item(page).box.w - 2 * gap
    # Bulk 75, Fish 20 and Mail 5 of 100, the widest first.
    shares = [(right - left) / room for left, right in found]
    assert shares == pytest.approx([0.75, 0.20, 0.05], abs=0.001)
    assert 30_000 < gap < 45_000
    assert text_of(page, "Width Bulk") == "75%"


def test_parts_fill_each_column_with_nothing_between() -> None:
    chart = chart_of(page_of(slide(*TWO)))
    assert chart.stacking == "stacked"
    assert chart.to_scale
    assert chart.edged
    merrow, others = ([p.value for p in series.points] for series in chart.series)
    assert merrow == [0.8, 0.8, 0, 0, 0.5, 0.5, 0, 0, 0.2, 0.2]
    assert [(a or 0) + (b or 0) for a, b in zip(merrow, others, strict=True)] == [
        1, 1, 0, 0, 1, 1, 0, 0, 1, 1
    ]  # fmt: skip


def test_steps_are_a_day_wide_and_in_order() -> None:
    chart = chart_of(page_of(slide(*TWO)))
    days = [(day - FIRST_DAY).days for day in chart.categories if isinstance(day, date)]
    assert days[0] == 0
    assert days[-1] == DAYS
    assert all(before < after for before, after in pairwise(days))
    assert [days[n + 1] - days[n] for n in (1, 3, 5, 7)] == [1, 1, 1, 1]


def test_a_column_that_is_almost_nothing_keeps_its_place() -> None:
    found = column_days([1e15, 1, 1, 5e14], 20)
    assert found[-1][1] == DAYS
    for (_, end), (start, _) in pairwise(found):
        assert start - end >= 4
    assert all(start < end for start, end in found)


def test_the_workbook_has_the_table_that_is_meant() -> None:
    deck = deckgen.build(load_text(with_slides(slide(*TWO))))
    (frame,) = chart_frames(deck.data)
    assert [series.name for series in frame.chart.plots[0].series] == ["Merrow", "Others"]
    sheet = sheet_of(frame.chart)
    assert sheet["A2"].is_date
    rows = [[cell.value for cell in row[4:]] for row in sheet.iter_rows(max_row=4)]
    assert rows == [
        [None, "Total", "Merrow", "Others", "Merrow (%)", "Others (%)"],
        ["Bulk", 75, 60, 15, 80, 20],
        ["Fish", 20, 10, 10, 50, 50],
        ["Mail", 5, 1, 4, 20, 80],
    ]
    assert {row[3].value for row in sheet.iter_rows()} == {None}


def test_shares_stand_in_the_parts_that_hold_them() -> None:
    page = page_of(slide(*TWO))
    box = chart_item(page).box
    (left, right), (label,) = columns(page)[0], items_of(page, "Share Bulk, Merrow")
    assert isinstance(label, ShapeItem)
    assert label.body is not None
    assert label.body.text == "80%"
    assert left < label.box.x < label.box.right < right
    middle = box.bottom - round(0.4 * box.h)
    assert abs(label.box.y + label.box.h // 2 - middle) < 10_000
    assert label.fill == chart_of(page).series[0].points[0].fill


def test_shares_without_room_go_to_the_notes_by_series() -> None:
    scene = scene_of(
        with_slides(slide("name: Merrow, values: [100, 1]", "name: Others, values: [1, 0.1]",
                          categories="[Fish, Bulk]"))
    )  # fmt: skip
    (page,) = scene.pages
    assert not items_of(page, "Share Fish, Others")
    assert any("Fish 1%, Bulk 9%" in note.text for note in page.notes)
    assert any("shares of “Others” moved to the notes" in notice for notice in scene.notices)


def test_names_stand_below_their_columns_and_never_touch() -> None:
    names = ["Containers", "Fish and food", "Vehicles", "Mail", "Odds and ends"]
    page = page_of(slide("name: A, values: [90, 8, 6, 4, 2]", "name: B, values: [50, 2, 3, 1, 1]",
                         categories=f"[{', '.join(names)}]"))  # fmt: skip
    boxes = [items_of(page, f"Column {name}")[0].box for name in names]
    for one, other in pairwise(boxes):
        assert one.right < other.x
    for (left, right), box, name in zip(columns(page), boxes, names, strict=True):
        middle = box.x + box.w // 2
        leaders = items_of(page, f"Leader {name}")
        assert left <= middle <= right or leaders
        for leader in leaders:
            assert isinstance(leader, ConnectorItem)
            assert abs(leader.start[0] - (left + right) // 2) <= 2
            assert abs(leader.end[0] - middle) <= 2
    assert boxes[-1].right <= 11_643_360


def test_names_of_series_stand_right_of_the_last_column() -> None:
    page = page_of(slide(*TWO))
    box = chart_item(page).box
    for name, share in (("Merrow", 0.1), ("Others", 0.6)):
        (label,) = items_of(page, f"Series {name}")
        assert label.box.x > box.right
        assert abs(label.box.y + label.box.h // 2 - (box.bottom - round(share * box.h))) < 20_000


@pytest.mark.parametrize(
    "series",
    [
        # The last column is a hundredth of all; the last column has no mail of Merrow.
        ("name: Merrow, values: [500, 400, 5]", "name: Others, values: [50, 40, 5]"),
        ("name: Merrow, values: [10, 60, ~]", "name: Others, values: [10, 15, 4]"),
    ],
)
def test_a_key_names_the_series_where_the_last_column_cannot(series: tuple[str, ...]) -> None:
    page = page_of(slide(*series))
    assert not items_of(page, "Series")
    plot = chart_item(page).box
    fills = [one.points[0].fill for one in chart_of(page).series]
    for name, fill in zip(("Merrow", "Others"), fills, strict=True):
        colour, words = items_of(page, f"Key {name} colour")[0], text_of(page, f"Key {name}")
        assert isinstance(colour, ShapeItem)
        assert colour.fill == fill
        assert words == name
        assert colour.box.bottom <= plot.y


def test_names_that_no_key_holds_stand_beside_the_last_column() -> None:
    long = [f"A name of a series that is so long that five of them fill a line {n}" for n in "ABC"]
    page = page_of(slide(*(f"name: {name}, values: [50, 40, {n}]" for n, name in enumerate(long))))
    assert [item.name for item in items_of(page, "Series")] != []
    assert not items_of(page, "Key")


def test_a_series_may_give_the_widths() -> None:
    fields = "  width: Cost\n  width_unit: USD million\n  widths: value\n"
    page = page_of(slide("name: Cost, values: [30, 10, 60]", *TWO, fields=fields))
    assert [series.name for series in chart_of(page).series] == ["Merrow", "Others"]
    shares = [right - left for left, right in columns(page)]
    assert shares[0] / shares[1] == pytest.approx(2, abs=0.01)
    assert text_of(page, "Width Mail") == "60"
    assert text_of(page, "Share Mail, Others") == "80%"
    assert "Cargo (% of tonnes); width: Cost, USD million" in words_of(page)


def test_the_order_given_is_kept() -> None:
    beside = chart_of(page_of(slide(*TWO, fields="  order: given\n"))).beside
    assert [row[1] for row in beside[1:]] == ["Fish", "Bulk", "Mail"]


def test_years_stay_in_order() -> None:
    beside = chart_of(page_of(slide(*TWO, categories="[2021, 2022, 2023]"))).beside
    assert [row[1] for row in beside[1:]] == ["2021", "2022", "2023"]


def test_highlights_are_seen() -> None:
    page = page_of(
        slide(f"{TWO[0]}, highlight: true", TWO[1],
              categories="[Fish, {name: Bulk, highlight: true}, Mail]")
    )  # fmt: skip
    merrow, others = chart_of(page).series
    assert merrow.points[0].fill == "accent"
    assert others.points[0].fill != "accent"
    (name,) = items_of(page, "Column Bulk")
    assert isinstance(name, TextItem)
    assert name.body.paragraphs[0].color == "accent"


def test_a_missing_value_takes_no_room_and_is_noted() -> None:
    page = page_of(slide("name: Merrow, values: [10, ~, 1]", TWO[1]))
    assert "Not stated: Merrow Bulk" in words_of(page)
    assert text_of(page, "Share Bulk, Others") == "100%"


def test_numbers_follow_the_language() -> None:
    page = page_of(slide(*TWO), "language: de-DE\n" + ANALYSIS)
    assert text_of(page, "Width Bulk") == "75\u00a0%"


@pytest.mark.parametrize(
    ("text", "told", "line"),
    [
        (
            slide(*TWO, "name: X, values: [1, -2, 3]"),
            "“Bulk” has a negative value, of which there is no share; use a column chart", 9,
        ),
        (
            slide("name: A, values: [0, 1, 2]", "name: B, values: [~, 1, 2]"),
            "“Fish” adds up to zero; leave it out: there are no shares of zero", 5,
        ),
        (slide(TWO[0]), "a column of one part is all of it; give two series or more", 7),
        (
            slide("name: A, values: [1]", "name: B, values: [2]", categories="[Fish]"),
            "one column has no width to compare", 5,
        ),
        (
            slide(*TWO, fields="  width: Costs\n"),
            "no series is called “Costs”", 5,
        ),
        (slide(*TWO, fields="  width_unit: USD\n"), "`width_unit` is that of the series", 5),
        (
            slide(*TWO, "name: Cost, values: [1, 0, 2]", fields="  width: Cost\n"),
            "“Bulk” has no width in “Cost”", 6,
        ),
        (slide(*TWO, "name: X, values: [1, 2]"), "“X” has 2 values for 3 categories", 9),
        (
            slide(*(f"name: S{n}, values: [1, 2, 3]" for n in range(7))),
            "a chart takes 6 series, not 7", 13,
        ),
        (
            slide(*(f"name: S{n}, values: {[1] * 60}" for n in range(2)),
                  categories=str([f"C{n}" for n in range(60)])),
            "a chart takes 15 categories, not 60", 5,
        ),
        (
            slide(*TWO, categories="[Fish, {name: Bulk, group: G}, Mail]"),
            "a marimekko has no brackets", 5,
        ),
    ],
)  # fmt: skip
def test_mistakes_are_told_at_their_line(text: str, told: str, line: int) -> None:
    (problem,) = problems_of(with_slides(text))
    assert told in problem
    assert problem.startswith(f"deck.yaml:{ANALYSIS.count(chr(10)) + 1 + line}:")


def test_names_of_too_many_narrow_columns_are_refused() -> None:
    names = ", ".join(f"A rather long name {n}" for n in range(12))
    values = [1000, *[1] * 11]
    text = slide(
        f"name: A, values: {values}", f"name: B, values: {values}", categories=f"[{names}]"
    )
    (problem,) = problems_of(with_slides(text))
    assert "the names of narrow columns have no room below them: “A rather long name" in problem
    assert "shorten names, or sum narrow columns up" in problem


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_microsofts_sdk_finds_nothing(theme: str, tmp_path: Path, sdk_validator: Path) -> None:
    text = f"theme: {theme}\n{with_slides(slide(*TWO))}"
    path = tmp_path / "deck.pptx"
    path.write_bytes(deckgen.build(load_text(text)).data)
    assert sdk_problems(path, sdk_validator) == []
