"""What stands around every chart: the line that says what is measured, takeaways, the note.

A kind opens a `Stand`: it measures off the panel of takeaways and the line of the measure,
and gives the area that is left for the chart. Lengths in EMU.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckgen import markup
from deckgen.canvas import Canvas, Studio
from deckgen.charts.data import ChartSlide, Table
from deckgen.formats import Numbers, bare_unit, decimals_for, power_for, scaled_unit
from deckgen.outline import Outline, Slide
from deckgen.parts import Point, side_panel
from deckgen.scene import Box, Chart, ChartItem, Run
from deckgen.source import Text, list_words
from deckgen.styles import SUPPORT
from deckgen.units import inches

PANEL_SHARE = 3.46 / 12.133  # of the frame's width
PANEL_GAP = inches(0.35)
MOST_TOLD = 90  # characters of missing values that a note holds


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


def add_chart(
    canvas: Canvas, slide: ChartSlide, box: Box, chart: Chart, numbers: Numbers,
    values: Sequence[tuple[str, float]],
) -> None:  # fmt: skip
    """Put the chart of a slide on its canvas, with the words for who cannot see it."""
    alt = alt_words(canvas, slide, numbers, values)
    name = str(slide.measure)
    canvas.add(ChartItem(name=name, box=box, chart=chart, mark=slide.mark, alt=alt))


def alt_words(
    canvas: Canvas, slide: ChartSlide, numbers: Numbers, values: Sequence[tuple[str, float]]
) -> str:
    """What a chart is for who cannot see it: its title, its measure, its largest values."""
    largest = sorted(values, key=lambda pair: -abs(pair[1]))[:3]
    told = list_words([f"{name} {numbers.words(value)}" for name, value in largest], "and")
    words = measure_words(slide, canvas.studio.outline, numbers.power)
    measured = markup.plain("".join(words))
    return f"{canvas.title}. {measured}: {told}"
