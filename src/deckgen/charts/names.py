"""The names below a plot: categories go in, what its axis prints of them comes out.

Lengths in EMU.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from math import ceil
from typing import Literal

from msgspec import Struct

from deckgen.canvas import Canvas
from deckgen.formats import date_format, format_date, read_date
from deckgen.styles import Style
from deckgen.template import LINE_PITCH
from deckgen.units import inches, points


class Names(Struct, frozen=True):
    """The categories of a chart as its axis has them, and as they are printed.

    `every` is which of them are printed, or how many of `unit` are between two that are, where
    dates stand to scale; `lines` is how many lines the highest takes. Dates that the axis prints
    more briefly than the workbook have an `axis_date_format`.
    """

    cells: tuple[str | int | date, ...]
    words: tuple[str, ...]
    date_format: str
    size_pt: float
    every: int
    lines: int
    unit: Literal["years", "months", "days"] = "days"
    axis_date_format: str = ""


def read_cells(words: Sequence[str]) -> tuple[tuple[str | int | date, ...], str]:
    """Categories as a workbook holds them, and their grain: year, month, day, or empty.

    They are years or dates only if all of them are.
    """
    found = [read_date(word) for word in words]
    known = [pair for pair in found if pair is not None]
    grains = {grain for _, grain in known}
    if len(known) < len(found) or len(grains) != 1:
        return tuple(words), ""
    (grain,) = grains
    if grain == "year":
        return tuple(day.year for day, _ in known), grain
    return tuple(day for day, _ in known), grain


def spacing_of(words: Sequence[str]) -> tuple[list[date], str, bool]:
    """The days of three or more dates, their grain, and whether their distances differ.

    No days where not all words are dates of one grain.
    """
    found = [pair for pair in map(read_date, words) if pair is not None]
    grains = {grain for _, grain in found}
    if len(found) < max(3, len(words)) or len(grains) > 1:
        return [], "", False
    days = [day for day, _ in found]
    steps = [later.toordinal() - day.toordinal() for day, later in pairwise(days)]
    (grain,) = grains
    slack = {"year": 1, "month": 3, "day": 0}[grain]
    return days, grain, max(steps) - min(steps) > slack


def fit_names(
    canvas: Canvas,
    words: Sequence[str],
    slot: float,
    *,
    sizes: Sequence[float] = (14, 12, 11),
    most_lines: int = 3,
) -> Names | None:
    """The names below a plot, each in its slot, in the largest size; None if they do not fit.

    Years and dates that find no room are printed every second, every third, ...
    """
    cells, grain = read_cells(words)
    language = canvas.studio.outline.language
    printed = tuple(
        format_date(cell, grain, language) if isinstance(cell, date) else str(cell)
        for cell in cells
    )
    code = date_format(grain, language) if grain else "General"
    for size in sizes:
        style = Style(size, bold=True)
        room = round(slot) - inches(0.09)
        if all(canvas.fits(word, style, room, most_lines) for word in printed):
            lines = max(canvas.lines(word, style, room) for word in printed)
            return Names(cells, printed, code, size, 1, lines)
    if not grain:
        return None
    style = Style(sizes[-1], bold=True)
    widest = max(canvas.width(word, style) for word in printed) + inches(0.12)
    return Names(cells, printed, code, sizes[-1], ceil(widest / slot), 1)


def fit_dates(canvas: Canvas, days: Sequence[date], grain: str, width: int) -> Names:
    """Dates along an axis to scale, as many as find room: every so many years or months."""
    language, style = canvas.studio.outline.language, Style(11, bold=True)
    months = (days[-1].year - days[0].year) * 12 + days[-1].month - days[0].month
    span, unit, printed = months / 12, "years", "year"
    if grain != "year" and months < 48:
        span, unit, printed = float(months), "months", "month"
    words = tuple(format_date(day, printed, language) for day in days)
    widest = max(canvas.width(word, style) for word in words) + inches(0.25)
    most = max(1, width // widest)
    every = next((n for n in (1, 2, 3, 5, 6, 10, 12, 20, 50, 100) if span / n <= most), 500)
    whole, short = date_format(grain, language), date_format(printed, language)
    known: Literal["years", "months"] = "years" if unit == "years" else "months"
    return Names(tuple(days), words, whole, 11, every, 1, known, short if short != whole else "")


def names_height(names: Names) -> int:
    """The height that names below a plot take, with the gap above them."""
    return points(names.size_pt * LINE_PITCH) * names.lines + inches(0.1)
