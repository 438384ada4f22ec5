"""Two days and a width go in; the years, quarters or months between them come out as cells.

Years, quarters and months differ in length, and an axis of numbers has one step for all: so the
cells are drawn above the plot as shapes. Days are counted as a workbook does (`serial_of`), and
an end is the day after the last. Lengths in EMU.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import Literal

from msgspec import Struct

from deckgen.canvas import Canvas
from deckgen.charts.plot import Plot
from deckgen.formats import format_date, read_date
from deckgen.scene import Box, Line, day_of, serial_of
from deckgen.styles import CAPTION, HAIRLINE, Style
from deckgen.units import inches

FIRST_YEAR, LAST_YEAR = 1901, 2199  # what a workbook counts, and what a plan may mean
YEAR_STYLE = CAPTION.but(bold=True, align="center")
UNIT_STYLE = CAPTION.but(color="muted", align="center")
ROW = CAPTION.line_height + inches(0.04)
PAD = inches(0.1)
Unit = Literal["month", "quarter", "year"]
# Units of the finest row, how many years each holds, and of how many cells a reader takes in.
UNITS: tuple[tuple[Unit, int, int], ...] = (
    ("month", 1, 15), ("quarter", 1, 16), ("year", 1, 14), ("year", 2, 12), ("year", 5, 12),
    ("year", 10, 12), ("year", 20, 12), ("year", 50, 12),
)  # fmt: skip


class Days(Struct, frozen=True):
    """What a written date stands for: its first day, its last, and its grain."""

    first: int
    last: int
    grain: str

    @property
    def end(self) -> int:
        """The day after the last."""
        return self.last + 1

    def words(self, language: str) -> str:
        """The date as a deck prints it."""
        return format_date(day_of(self.first), self.grain, language)


def read_days(words: str) -> Days | None:
    """The days of `2024`, `2024-05` or `2024-05-17`; None for what is no such date.

    Years outside FIRST_YEAR to LAST_YEAR are no such dates either.
    """
    found = read_date(words)
    if found is None or not FIRST_YEAR <= found[0].year <= LAST_YEAR:
        return None
    day, grain = found
    month = 12 if grain == "year" else day.month
    last = day if grain == "day" else date(day.year, month, monthrange(day.year, month)[1])
    return Days(serial_of(day), serial_of(last), grain)


class Cell(Struct, frozen=True):
    """A year, a quarter or a month: its first day, the day after its last, its name."""

    start: int
    end: int
    words: str


class Calendar(Struct, frozen=True):
    """The days from `low` to before `high`, and rows of cells above them, the widest first."""

    low: int
    high: int
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def height(self) -> int:
        """What `draw_calendar` takes."""
        return ROW * len(self.rows) + inches(0.04)


def make_calendar(canvas: Canvas, first: int, last: int, width: int, rows: int = 2) -> Calendar:
    """The calendar over these days in the finest unit whose names find room.

    With one row it has years alone, unless all days are of one year.
    """
    language = canvas.studio.outline.language
    one_year = day_of(first).year == day_of(last).year
    for unit, years, most in UNITS:
        if rows == 1 and unit != "year" and not one_year:
            continue
        low, high = _bounds(first, last, unit, years)
        cells = tuple(_cells(low, high, unit, years, language))
        widest = max(canvas.width(cell.words, YEAR_STYLE) for cell in cells)
        days = {"month": 28, "quarter": 90, "year": 365 * years}[unit]
        if len(cells) <= most and widest + PAD <= width * days / (high - low):
            break
    above: tuple[tuple[Cell, ...], ...] = ()
    if unit != "year" and rows > 1:
        above = (tuple(_cells(low, high, "year", 1, language)),)
    return Calendar(low, high, (*above, cells))


def _bounds(first: int, last: int, unit: Unit, years: int) -> tuple[int, int]:
    """Whole months or quarters around the days; years need not be whole."""
    start, end = day_of(first), day_of(last)
    months = 1 if unit == "month" else 3 if years == 1 else 12
    low = date(start.year, (start.month - 1) // months * months + 1, 1)
    return serial_of(low), serial_of(_later(date(end.year, end.month, 1), months))


def _later(day: date, months: int) -> date:
    """The first day of the next month, quarter, year or run of years: of so many months."""
    place = ((day.year * 12 + day.month - 1) // months + 1) * months
    return date(place // 12, place % 12 + 1, 1)


def _cells(low: int, high: int, unit: Unit, years: int, language: str) -> Iterator[Cell]:
    months = {"month": 1, "quarter": 3, "year": 12 * years}[unit]
    grain = {"month": "month alone", "quarter": "quarter", "year": "year"}[unit]
    start = low
    while start < high:
        day = day_of(start)
        end = min(high, serial_of(_later(day, months)))
        words = format_date(day, grain, language)
        last = day_of(end - 1).year
        if last > day.year:
            words = f"{day.year}–{last % 100:02}"
        yield Cell(start, end, words)
        start = end


def draw_calendar(canvas: Canvas, plot: Plot, calendar: Calendar) -> None:
    """The cells above a plot of lying bars, and hairlines down to its foot between them.

    A cell that is cut off at an end of the plot has no name where it has no room for it.
    """
    top = plot.box.y - calendar.height
    fine = len(calendar.rows) - 1
    drawn: set[int] = set()
    for level, row in enumerate(calendar.rows):
        y = top + level * ROW
        style = YEAR_STYLE if level < fine or fine == 0 else UNIT_STYLE
        for cell in row:
            _draw_cell(canvas, plot, cell, y, style, f"Calendar {day_of(cell.start)}")
            if cell.start not in drawn and cell.start > calendar.low:
                drawn.add(cell.start)
                year = level < fine
                line = Line("muted", 0.5) if year else HAIRLINE
                x = plot.value(cell.start)
                canvas.upright(x, y, plot.box.bottom - y, line, f"Line {day_of(cell.start)}")
    canvas.rule(plot.box.x, plot.box.y, plot.box.w, Line("muted", 0.75), "Calendar rule")


def _draw_cell(canvas: Canvas, plot: Plot, cell: Cell, y: int, style: Style, name: str) -> None:
    x, right = plot.value(cell.start), plot.value(cell.end)
    if canvas.width(cell.words, style) + inches(0.02) <= right - x:
        box = Box(x, y, right - x, CAPTION.line_height)
        canvas.text(box, cell.words, style, name=name, role="label")
