"""What stands around every chart: the line that says what is measured, labels, takeaways.

A kind opens a `Stand`: it measures off the panel of takeaways and the line of the measure,
and gives the area that is left for the chart. Lengths in EMU.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from math import ceil
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from deckgen import markup
from deckgen.canvas import Canvas, Studio
from deckgen.formats import (
    Numbers,
    bare_unit,
    date_format,
    decimals_for,
    format_date,
    power_for,
    read_date,
    scaled_unit,
)
from deckgen.outline import Outline, Slide
from deckgen.parts import Point, side_panel
from deckgen.parts.data import ChartSlide, Table
from deckgen.scene import Box, Run
from deckgen.source import Text, list_words
from deckgen.styles import SUPPORT, Style
from deckgen.template import LINE_PITCH
from deckgen.theme import SERIES, Theme, contrast
from deckgen.units import inches, points

PANEL_SHARE = 3.46 / 12.133  # of the frame's width
PANEL_GAP = inches(0.35)
MOST_TOLD = 90  # characters of missing values that a note holds
TEXT_CONTRAST = 4.5  # WCAG 2.1, 1.4.3


class Stand(Struct, frozen=True):
    """Where a chart stands: `area` is its own, `panel` that of the takeaways (no width if none)."""

    area: Box
    panel: Box


def numbers_of(slide: ChartSlide, values: Iterable[float], outline: Outline) -> Numbers:
    """How the values of a chart are printed: at most three digits, unless the author says more."""
    return numbers_in(slide.unit, slide.decimals, values, outline)


def numbers_in(
    unit: str, decimals: int | None, values: Iterable[float], outline: Outline
) -> Numbers:
    """How values in a unit are printed; `decimals` if the author says how many."""
    known = list(values)
    power = 0
    if decimals is None:
        power = power_for(known, unit)
        if not scaled_unit(unit, power, outline.labels.scales):
            power = 0
    if decimals is None:
        decimals = decimals_for(value / 1000**power for value in known)
    return Numbers(decimals, power, outline.language)


def measure_words(
    slide: ChartSlide, outline: Outline, power: int = 0, shares: bool = False
) -> tuple[str, str]:
    """What is measured, and in brackets its unit and what it refers to.

    The unit of `shares` is % of that of the slide, without its thousands, which no label shows.
    """
    unit = scaled_unit(slide.unit, power, outline.labels.scales)
    if shares:
        whole = bare_unit(slide.unit, outline.labels.scales)
        unit = f"% {outline.labels.part} {whole}" if whole not in ("", "%") else "%"
    return slide.measure, in_brackets(unit, slide.base)


def in_brackets(unit: str, base: str) -> str:
    """A unit and what it refers to, as they follow what is measured; empty if there are none."""
    rest = [markup.plain(words) for words in (unit, base) if words]
    return f" ({'; '.join(rest)})" if rest else ""


def stand(canvas: Canvas, points: Sequence[Point], bold: str, plain: str, source: object) -> Stand:
    """Set the line of the measure at the frame's top; returns what is left.

    `bold` says what is measured and `plain` its unit; `source` is the outline's value of it.
    """
    place = bare_stand(canvas, points)
    below = _measure_line(canvas, place.area, bold, plain, source)
    return replace(place, area=place.area.inset(top=below - place.area.y))


def bare_stand(canvas: Canvas, points: Sequence[Point]) -> Stand:
    """Where a chart stands that has no line of a measure."""
    frame = canvas.frame
    panel = round(frame.w * PANEL_SHARE) if points else 0
    width = frame.w - (panel + PANEL_GAP if panel else 0)
    area = Box(frame.x, frame.y, width, frame.h)
    return Stand(area, Box(frame.right - panel, frame.y, panel, frame.h))


def _measure_line(canvas: Canvas, box: Box, bold: str, plain: str, source: object) -> int:
    """The line over a chart; returns where the chart begins."""
    paragraph = canvas.paragraph(bold, SUPPORT.but(color="ink"))
    runs = (*(replace(run, bold=True) for run in paragraph.runs), Run(plain))
    words = [replace(paragraph, runs=runs)]
    height = canvas.height(words, SUPPORT, box.w)
    line = Box(box.x, box.y, box.w, height)
    canvas.text(line, words, SUPPORT, name="Measure", source=source)
    return box.y + max(inches(0.34), height + inches(0.14))


def takeaways(canvas: Canvas, place: Stand, points: Sequence[Point]) -> None:
    """The panel beside a chart, where there are takeaways."""
    if points:
        side_panel(canvas, place.panel, points, canvas.studio.labels.takeaways)


def with_note(slide: Slide, told: Sequence[str]) -> Slide:
    """A slide with what a reader must be told in its note, before the author's own words."""
    words = [*told, *([slide.note] if slide.note else [])]
    return (
        replace(slide, note=Text(". ".join(words), (slide.note or slide).mark)) if told else slide
    )


def missing_words(studio: Studio, table: Table) -> list[str]:
    """What the note says of missing values: which, or of many how many; the notes have which."""
    words = ", ".join(table.missing())
    if not words:
        return []
    if len(words) > MOST_TOLD:
        studio.move_to_notes("which values are missing", words)
        whole = len(table.names) * len(table.series)
        words = f"{whole - len(table.known)} {studio.labels.part} {whole}"
    return [f"{studio.labels.not_stated}: {words}"]


def alt_words(
    canvas: Canvas, slide: ChartSlide, outline: Outline, numbers: Numbers,
    values: Sequence[tuple[str, float]],
) -> str:  # fmt: skip
    """What a chart is for who cannot see it: its title, its measure, its largest values."""
    largest = sorted(values, key=lambda pair: -abs(pair[1]))[:3]
    told = list_words([f"{name} {numbers.words(value)}" for name, value in largest], "and")
    measured = markup.plain("".join(measure_words(slide, outline, numbers.power)))
    return f"{canvas.title}. {measured}: {told}"


# -- the axis of categories ----------------------------------------------------------


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


def palette(count: int) -> list[str]:
    """Colour tokens of so many series, the strongest first, as far apart as can be."""
    spaced = {1: (1,), 2: (1, 4), 3: (1, 3, 5), 4: (1, 2, 4, 5), 5: (1, 2, 3, 4, 5)}
    return [f"series{number}" for number in spaced.get(count, range(1, SERIES + 1))]


def text_on(theme: Theme, fill: str) -> str:
    """The colour token of text on a fill: whichever of ink and ground reads better."""
    if fill.startswith("tier"):
        return f"on_{fill}"
    known = {"accent": "on_accent", "brand_soft": "on_brand_soft", "accent_soft": "accent"}
    if fill in known:
        return known[fill]
    ground = theme.color(fill)
    return max(("bg", "ink"), key=lambda token: contrast(theme.color(token), ground))


def label_ink(theme: Theme, token: str) -> str:
    """The colour of a label beside what is drawn in a colour: the same if it can be read."""
    readable = contrast(theme.color(token), theme.color("bg")) >= TEXT_CONTRAST
    return token if readable else "ink2"
