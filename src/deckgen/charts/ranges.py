"""Pairs of values go in, a native chart comes out with their names beside it.

From the top: the key of the two values, then the rows, with a hairline between them. Names
stand left of the plot; the axis has no numbers, for every value is labelled. Lengths in EMU.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from deckgen import markup
from deckgen.canvas import Canvas
from deckgen.charts.data import ChartSlide
from deckgen.charts.keys import draw_key_row, key_row_height
from deckgen.charts.measure import measure_words, numbers_of, stand, takeaways
from deckgen.scene import Box, ChartItem, RangeChart, RangeRow, ValueAxis
from deckgen.source import Mark, Text, list_words
from deckgen.styles import Style
from deckgen.units import inches, points

TALLEST_ROW = inches(0.72)
NAMES_MOST = 0.35  # of the width, that names may take
NAMES_GAP = inches(0.15)
SIZES = (14.0, 12.0, 11.0)  # points, of names
DOT_PT, LINE_PT, THICKEST_PT = 13, 3, 22
BAR_SHARE = 0.42  # of a row's height
LABEL_STYLE = Style(12, bold=True)
LABEL_AIR = inches(0.16)  # beside a label: its insets, and half a dot


class Span(Struct, frozen=True):
    """A row of the chart: its two values, either of which may be missing."""

    name: str
    start: float | None
    end: float | None
    highlight: bool
    mark: Mark

    @property
    def known(self) -> list[float]:
        """The values that there are."""
        return [value for value in (self.start, self.end) if value is not None]


class RangeDrawing:
    """Rows on a canvas. `ends` are what the two values are called; `bars` join them if set."""

    def __init__(
        self, canvas: Canvas, slide: ChartSlide, spans: Sequence[Span], ends: tuple[Text, Text],
        bars: bool,
    ) -> None:  # fmt: skip
        self.canvas, self.slide, self.spans = canvas, slide, spans
        self.ends, self.bars = ends, bars
        self.start, self.end = (markup.plain(words) for words in ends)
        outline = canvas.studio.outline
        self.known = [value for span in spans for value in span.known]
        self.numbers = numbers_of(slide, self.known, outline)
        self.measured = measure_words(slide, outline, self.numbers.power)
        self.place = stand(canvas, slide.points, *self.measured, slide.measure)
        area = self.place.area
        top = area.y + key_row_height()
        self.row = min(TALLEST_ROW, (area.bottom - top) // len(spans))
        self.rows = Box(area.x, top, area.w, self.row * len(spans))

    def paint(self) -> None:
        found = self._names()
        if found is None:
            return
        style, width = found
        self._key(self.rows.x + width)
        self._draw_names(style, width)
        self._chart(self.rows.inset(left=width))
        takeaways(self.canvas, self.place, self.slide.points)

    # -- names ---------------------------------------------------------------------

    def _names(self) -> tuple[Style, int] | None:
        """How names are set and the width of their column; None if one does not fit."""
        most = round(self.rows.w * NAMES_MOST)
        room = most - NAMES_GAP
        for size in SIZES:
            style = Style(size, bold=True)
            lines = max(1, min(2, (self.row - inches(0.04)) // style.line_height))
            if all(self.canvas.fits(span.name, style, room, lines) for span in self.spans):
                widest = max(self.canvas.width(span.name, style) for span in self.spans)
                return style, min(most, round(widest * 1.03) + NAMES_GAP)
        longest = max(self.spans, key=lambda span: self.canvas.width(span.name, style))
        wide = self.canvas.width(longest.name, style) / inches(1)
        self.canvas.studio.refuse(
            longest, f"the name “{longest.name}” is {wide:.1f} in wide and has"
            f" {lines * room / inches(1):.1f} in beside its row",
            "shorten it, or give its company a `short` name",
        )  # fmt: skip
        return None

    def _draw_names(self, style: Style, width: int) -> None:
        for index, span in enumerate(self.spans):
            y = self.rows.y + index * self.row
            if index:
                self.canvas.rule(self.rows.x, y, self.rows.w, name=f"Rule {index}")
            self.canvas.text(
                Box(self.rows.x, y, width, self.row), span.name,
                style.but(color="accent" if span.highlight else "ink"),
                name=f"Row {span.name}", source=span, anchor="middle", role="label",
            )  # fmt: skip

    def _key(self, x: int) -> None:
        """What the two dots are, or what the bar goes from and to."""
        entries, shapes = [("brand_soft", self.start), ("brand", self.end)], ["ellipse"] * 2
        if self.bars:
            entries, shapes = [("brand_soft", f"{self.start} – {self.end}")], ["rect"]
        area = self.place.area
        draw_key_row(self.canvas, x, area.y, area.right - x, entries, self.ends[0], shapes)

    # -- the chart -------------------------------------------------------------------

    def _axis(self, width: int) -> ValueAxis:
        """From the lowest to the highest value, with room for the labels beside them."""
        low, high = min(self.known), max(self.known)
        words = [self.numbers.words(value) for value in self.known]
        widest = max(self.canvas.width(word, LABEL_STYLE) for word in words)
        room = round(widest * 1.02) + LABEL_AIR
        spread = (high - low) or abs(high) or 1.0
        per_unit = spread / max(width // 3, width - 2 * room)
        return ValueAxis(low - room * per_unit, high + room * per_unit)

    def _chart(self, box: Box) -> None:
        thick = min(THICKEST_PT, round(self.row * BAR_SHARE / points(1)))
        chart = RangeChart(
            self.start, self.end, tuple(self._row(span) for span in self.spans),
            self._axis(box.w), dot_pt=0 if self.bars else DOT_PT,
            stroke_pt=thick if self.bars else LINE_PT, label_size_pt=LABEL_STYLE.size_pt,
            number_format=self.numbers.code,
        )  # fmt: skip
        name = str(self.slide.measure)
        self.canvas.add(
            ChartItem(name=name, box=box, chart=chart, mark=self.slide.mark, alt=self._alt())
        )

    def _row(self, span: Span) -> RangeRow:
        first, last = (
            "" if value is None else self.numbers.words(value) for value in (span.start, span.end)
        )
        if span.start == span.end:  # once is enough
            first = ""
        fill = "accent" if span.highlight else "brand"
        stroke = "accent" if span.highlight else "brand_soft"
        return RangeRow(span.name, span.start, span.end, first, last, fill, stroke)

    def _alt(self) -> str:
        """The chart for who cannot see it: its title, its measure, the first three pairs."""
        told = [
            f"{span.name} {self.numbers.words(span.start)} – {self.numbers.words(span.end)}"
            for span in self.spans
            if span.start is not None and span.end is not None
        ]
        measured = markup.plain("".join(self.measured))
        words = list_words(told[:3], "and")
        return f"{self.canvas.title}. {measured}, {self.start} – {self.end}: {words}"
