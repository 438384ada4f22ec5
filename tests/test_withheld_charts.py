"""Rows, categories, series and groups that a reader does not get: in no part of the file."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import deckgen
from canaries import raw_words
from charts import cells_of, chart_frames
from deckgen.leaks import find_leaks
from deckgen.loader import load_text
from deckgen.scene import serial_of
from outlines import ANALYSIS, with_slides

AUDIENCES = ANALYSIS.replace("sources:\n", "audiences: [staff, guests]\nsources:\n", 1)
AMOUNT = "  measure: Cargo\n  unit: tonnes\n"


def deck_of(slides: str, audience: str) -> deckgen.Deck:
    return deckgen.build(load_text(with_slides(slides, AUDIENCES), "deck.yaml", audience))


def all_cells(data: bytes) -> list[Any]:
    """Every cell of every chart's workbook."""
    charts = [frame.chart for frame in chart_frames(data)]
    return [cell for chart in charts for row in cells_of(chart) for cell in row]


def assert_withheld(slides: str, *words: str) -> bytes:
    """Staff get the words, guests do not, and the search would find them; the guests' file."""
    staff, guests = deck_of(slides, "staff"), deck_of(slides, "guests")
    shown, hidden = raw_words(staff.data), raw_words(guests.data)
    for word in words:
        assert word.lower() in shown
        assert word.lower() not in hidden
    outline = load_text(with_slides(slides, AUDIENCES), "deck.yaml", "guests")
    assert find_leaks(guests.data, outline.withheld) == []
    assert find_leaks(staff.data, outline.withheld) != []
    return guests.data


GANTT = """
- kind: gantt
  title: T
  rows:
    - {name: Dredging, start: 2024-03, end: 2024-09, group: Basin}
    - name: Xylokastro
      start: 2031-07-05
      end: 2032-11-23
      group: Zymurgy
      text: Qaddafiesque
      not: guests
    - {name: Permit, date: 2024-02-01, group: Basin}
"""


def test_a_row_of_a_plan_goes_with_its_dates_its_group_and_its_part_of_the_calendar() -> None:
    data = assert_withheld(GANTT, "Xylokastro", "Zymurgy", "Qaddafiesque", "2031", "2032")
    cells = [cell for cell in all_cells(data) if cell is not None]
    days = {cell.date() for cell in cells if hasattr(cell, "date")}
    assert days == {date(2024, 3, 1), date(2024, 9, 30), date(2024, 2, 1)}
    serials = [str(serial_of(date(2031, 7, 5))), str(serial_of(date(2032, 11, 23)))]
    assert not any(serial in raw_words(data) for serial in serials)
    assert all(serial in raw_words(deck_of(GANTT, "staff").data) for serial in serials[:1])


def test_a_milestone_and_a_line_of_today_go() -> None:
    slides = """
    - kind: gantt
      title: T
      today: {date: 2029-08-13, label: Qaddafiesque, not: guests}
      rows:
        - {name: Dredging, start: 2024-03, end: 2024-09}
        - {name: Xylokastro, date: 2030-06-07, not: guests}
        - {name: Permit, date: 2024-02-01}
    """
    assert_withheld(slides, "Xylokastro", "Qaddafiesque", "2029", "2030", "7 Jun 2030")


TABLES = ["small-multiples", "small-multiples\n  form: column", "marimekko", "column-chart",
          "column-chart\n  form: stacked", "line-chart"]  # fmt: skip


def table(kind: str, category: str, series: str) -> str:
    names = ("Fish", "Xylokastro", "Bulk")
    if "form: column" not in kind and kind != "marimekko":
        names = ("2021", "2022", "2023")
    middle = f"{{name: '{names[1]}', {category}}}" if category else f"'{names[1]}'"
    return (
        f"- kind: {kind}\n  title: T\n{AMOUNT}"
        f"  categories: ['{names[0]}', {middle}, '{names[2]}']\n  series:\n"
        "    - {name: Merrow, values: [11, 81.75, 13]}\n"
        f"    - {{name: Zymurgy, values: [31.25, 91.75, 41.25]{series}}}\n"
        "    - {name: Others, values: [21, 71.75, 23]}\n"
    )


@pytest.mark.parametrize("kind", TABLES)
def test_a_series_goes_with_its_numbers(kind: str) -> None:
    data = assert_withheld(table(kind, "", ", not: guests"), "Zymurgy", "31.25", "41.25")
    numbers = {cell for cell in all_cells(data) if isinstance(cell, float | int)}
    assert {11, 13, 21, 23} <= numbers
    assert not numbers & {31.25, 91.75, 41.25}
    # Nor what they can be told from: the totals of all three.
    assert not numbers & {63.25, 245.25, 77.25}


@pytest.mark.parametrize("kind", TABLES)
def test_a_category_goes_with_its_numbers(kind: str) -> None:
    data = assert_withheld(table(kind, "not: guests", ""), "81.75", "91.75", "71.75")
    numbers = {cell for cell in all_cells(data) if isinstance(cell, float | int)}
    assert {11, 13, 31.25, 41.25, 21, 23} <= numbers
    assert not numbers & {81.75, 91.75, 71.75, 245.25}
    assert "xylokastro" not in raw_words(data)


ROWS = {
    "bar-chart": AMOUNT, "doughnut-chart": AMOUNT, "waterfall": AMOUNT, "treemap": AMOUNT,
}  # fmt: skip


@pytest.mark.parametrize("kind", ROWS)
def test_a_row_goes_with_its_number(kind: str) -> None:
    first = ", total: true" if kind == "waterfall" else ""
    slides = (
        f"- kind: {kind}\n  title: T\n{ROWS[kind]}  rows:\n"
        f"    - {{name: Fish, value: 52.25{first}}}\n"
        "    - {name: Xylokastro, value: 31.75, not: guests}\n"
        "    - {name: Bulk, value: 12.5}\n    - {name: Mail, value: 9.5}\n"
    )
    data = assert_withheld(slides, "Xylokastro", "31.75" if kind != "treemap" else "Xylokastro")
    numbers = {cell for cell in all_cells(data) if isinstance(cell, float | int)}
    assert not numbers & {31.75, 106.0}
