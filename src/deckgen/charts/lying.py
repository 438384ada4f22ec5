"""Lying bars of several series go in, a native chart and the shapes bound to it come out.

Names stand left of the bars, brackets left of the names; the series' names in a key above.
The totals of stacks are the labels of a series that nobody sees, so that they follow the numbers.
"""

from __future__ import annotations

from deckgen.canvas import Canvas
from deckgen.charts.annotations import Run, draw_reference, runs_of
from deckgen.charts.colors import series_fills, text_on
from deckgen.charts.columns import (
    EDGE,
    GAP_PERCENT,
    IN_BUILD,
    SMALL,
    Look,
    brackets_of,
    column_fill,
)
from deckgen.charts.data import Table, TableSlide
from deckgen.charts.keys import draw_key_row, key_row_height
from deckgen.charts.measure import add_chart, measure_words, numbers_of, stand, takeaways
from deckgen.charts.names import read_cells
from deckgen.charts.plot import Plot, headroom
from deckgen.formats import percent
from deckgen.parts import tier_fill, tier_ink
from deckgen.scene import (
    Box,
    CategoryChart,
    CategoryPoint,
    CategorySeries,
    LabelPlace,
    Line,
    ValueAxis,
)
from deckgen.styles import CAPTION, LABEL, Style
from deckgen.units import inches, points

SIZES = (14.0, 12.0, 11.0)
NAMES_MOST = 0.4  # of the width, that names may take
BRACKET = inches(0.42)
TALLEST_ROW = inches(0.95)
OVERLAP_PERCENT = -4


class LyingDrawing:
    """Lying bars on a canvas."""

    def __init__(self, canvas: Canvas, slide: TableSlide, table: Table, look: Look) -> None:
        self.canvas, self.slide, self.table, self.look = canvas, slide, table, look
        self.outline, self.labels = canvas.studio.outline, canvas.studio.labels
        self.stacked = look.form != "clustered" and len(table.series) > 1
        self.tops = [self._top(n) for n in range(len(table.names))]
        self.numbers = numbers_of(
            slide, [*table.known, *(self.tops if look.form == "stacked" else [])], self.outline
        )
        shares = look.form == "share"
        bold, plain = measure_words(slide, self.outline, self.numbers.power, shares)
        self.place = stand(canvas, slide.points, bold, plain, slide.measure)
        self.small: list[str] = []  # values whose parts hold no label
        self.runs = runs_of(brackets_of(canvas, table, look))
        self.keyed = len(table.series) > 1
        self.fills = series_fills([series.highlight for series in table.series])

    def _top(self, index: int) -> float:
        """Where the bars of a category end: the longest of them, or their sum."""
        if self.stacked:
            return self.table.total(index)
        known = [row[index] or 0.0 for row in self.table.values if row[index] is not None]
        return max(known, key=abs, default=0.0)

    # -- places --------------------------------------------------------------------

    def _box(self) -> Box:
        """Where bars and names stand: as high as there is room, no higher than need be."""
        area = self.place.area
        top = area.y + (key_row_height() if self.keyed else 0)
        left = area.x + (BRACKET + inches(0.1) if self.runs else 0)
        height = min(area.bottom - top, TALLEST_ROW * len(self.table.names))
        return Box(left, top, area.right - left, height)

    def _style(self, box: Box) -> Style | None:
        """How names and labels are set: as large as the rows and the width hold."""
        row = box.h / len(self.table.names)
        bars = 1 if self.stacked else len(self.table.series)
        thick = row / (bars + GAP_PERCENT / 100)
        for size in SIZES:
            style = Style(size, bold=True)
            if self._names_width(style) <= box.w * NAMES_MOST and thick >= points(size * 1.15):
                return style
        return None

    def _names_width(self, style: Style) -> int:
        widest = max(self.canvas.width(name, style) for name in self.table.names)
        return round(widest * 1.03) + inches(0.14)

    # -- painting ------------------------------------------------------------------------

    def paint(self) -> None:
        box = self._box()
        style = self._style(box)
        if style is None:
            self._refuse(box)
            return
        names = self._names_width(style)
        inner = Box(box.x + names, box.y, box.w - names, box.h)
        axis = self._axis(inner, style)
        plot = Plot(inner, axis.low or 0.0, axis.high or 1.0, len(self.table.names),
                    horizontal=True, bars=1 if self.stacked else len(self.table.series),
                    gap_percent=GAP_PERCENT, overlap_percent=OVERLAP_PERCENT)  # fmt: skip
        if self.keyed:
            entries = list(zip(self.fills, self.table.series_names, strict=True))
            area = self.place.area
            draw_key_row(self.canvas, area.x, area.y, area.w, entries, self.slide)
        self._brackets(plot)
        for reference in self.look.references:
            draw_reference(self.canvas, plot, reference.value, reference.label)
        self._add_chart(plot, box, axis, style, names / box.w)
        if self.small:
            self.canvas.studio.move_to_notes(SMALL, "; ".join(self.small))
        self._reference_labels(plot)
        takeaways(self.canvas, self.place, self.slide.points)

    def _refuse(self, box: Box) -> None:
        style = Style(SIZES[-1], bold=True)
        longest = max(self.table.names, key=lambda name: self.canvas.width(name, style))
        category = self.table.categories[self.table.names.index(longest)]
        if self._names_width(style) > box.w * NAMES_MOST:
            told = f"the name “{longest}” takes {self._names_width(style) / inches(1):.1f} in"
            told = f"{told} and has {box.w * NAMES_MOST / inches(1):.1f} in"
            self.canvas.studio.refuse(category, told, "shorten it")
            return
        told = f"{len(self.table.names)} rows of {len(self.table.series)} bars"
        told = f"{told} are too many for {box.h / inches(1):.1f} in"
        self.canvas.studio.refuse(self.slide, told, "show fewer, or stack them")

    def _axis(self, inner: Box, style: Style) -> ValueAxis:
        """From zero, with room for the labels that stand beside bars."""
        if self.look.form == "share" and self.stacked:
            return ValueAxis(0.0, 1.0)
        lowest = min(0.0, *self.tops, *self.table.known)
        references = [one.value for one in self.look.references]
        highest = max(0.0, *self.tops, *self.table.known, *references)
        words = [self.numbers.words(value) for value in (*self.tops, *self.table.known)]
        room = max(self.canvas.width(word, style) for word in words) + inches(0.18)
        if lowest >= 0:
            return ValueAxis(0.0, headroom(highest, 0.0, inner.w, room))
        per_unit = (highest - lowest) / max(inner.w / 3, inner.w - 2 * room)
        return ValueAxis(lowest - room * per_unit, highest + room * per_unit if highest else 0.0)

    def _add_chart(self, plot: Plot, box: Box, axis: ValueAxis, style: Style, names: float) -> None:
        series = [self._series(n, plot, style) for n in range(len(self.table.series))]
        if self.stacked and self.look.form == "stacked":
            totals = tuple(
                CategoryPoint(None if self.table.unknown(n) else top, None, label_at="base")
                for n, top in enumerate(self.tops)
            )
            series.append(CategorySeries(self.labels.total, totals))
        chart = CategoryChart(
            categories=read_cells(self.table.names)[0], series=tuple(series),
            stacking="none" if not self.stacked
            else "stacked" if self.look.form == "stacked" else "percent",
            number_format=self.numbers.code, gap_percent=GAP_PERCENT,
            overlap_percent=OVERLAP_PERCENT, label_size_pt=style.size_pt,
            category_size_pt=style.size_pt, axis=axis, plot=(names, 0.0, 1 - names, 1.0),
        )  # fmt: skip
        pairs = list(zip(self.table.names, self.tops, strict=True))
        add_chart(self.canvas, self.slide, box, chart, self.numbers, pairs)

    def _series(self, series: int, plot: Plot, style: Style) -> CategorySeries:
        made = []
        for index, value in enumerate(self.table.values[series]):
            fill, outline = self._fill(series, index)
            words = self._words(series, index)
            at = self._label_at(series, index, plot, self.canvas.width(words, style))
            color = "ink" if at in ("outside", "none") else text_on(self.canvas.theme, fill)
            label = words if self.look.form == "share" else ""
            if value == 0:
                color = "muted"
            made.append(CategoryPoint(value, fill, outline, label, color, at))
        return CategorySeries(self.table.series_names[series], tuple(made))

    def _fill(self, series: int, index: int) -> tuple[str, Line | None]:
        category = self.table.categories[index]
        if len(self.table.series) > 1:
            planned = Line("accent", 1.25, dashed=True)
            return self.fills[
                series
            ], planned if category.planned else EDGE if self.stacked else None
        if category.planned:
            return "accent_soft", IN_BUILD
        marked = any(one.highlight for one in self.table.categories)
        return column_fill(self.canvas, self.look, category, index, marked), None

    def _words(self, series: int, index: int) -> str:
        value = self.table.values[series][index]
        if value is None:
            return ""
        if self.look.form == "share" and self.stacked:
            share = round(value / self.table.total(index), 2)
            return percent(share, self.outline.language)
        return self.numbers.words(value)

    def _label_at(self, series: int, index: int, plot: Plot, width: int) -> LabelPlace:
        if not self.stacked:
            return "outside"
        value = self.table.values[series][index] or 0.0
        share = value / self.table.total(index) if self.look.form == "share" else value
        if plot.value(abs(share)) - plot.value(0.0) >= width + inches(0.06):
            return "center"
        if value:
            what = f"{self.table.series_names[series]}, {self.table.names[index]}"
            self.small.append(f"{what} {self._words(series, index)}")
        return "none"

    # -- what is bound to the plot ------------------------------------------------------------

    def _brackets(self, plot: Plot) -> None:
        """A block for each tier or group, as high as its rows; its words read upwards.

        Where one of them does not hold its tier's name all of them have its number alone.
        """
        inset = round(plot.slot * 0.12)
        style = LABEL.but(align="center")
        blocks = [self._block(plot, run, inset) for run in self.runs]
        tight = any(
            run.tier and self.canvas.width(run.words, style) > block.h - inches(0.1)
            for run, block in zip(self.runs, blocks, strict=True)
        )
        for run, block in zip(self.runs, blocks, strict=True):
            fill = tier_fill(run.tier) if run.tier else "surface2"
            own = style.but(color=tier_ink(run.tier) if run.tier else "ink2")
            self.canvas.shape(block, f"{run.words} block", fill=fill, role="decorative")
            words, box = f"{self.labels.tier_letter}{run.tier}", block
            if not tight:
                x, y = block.x + (block.w - block.h) // 2, block.y + (block.h - block.w) // 2
                words, box = run.words, Box(x, y, block.h, block.w)
            self.canvas.text(box, words, own, name=run.words, rotation=0 if tight else 270,
                             anchor="middle", source=run.source, role="label")  # fmt: skip

    def _block(self, plot: Plot, run: Run, inset: int) -> Box:
        top = plot.at(run.first) - round(plot.slot / 2) + inset
        bottom = plot.at(run.first + run.count - 1) + round(plot.slot / 2) - inset
        return Box(self.place.area.x, top, BRACKET, bottom - top)

    def _reference_labels(self, plot: Plot) -> None:
        """Below the bars, each under its line."""
        for reference in self.look.references:
            width = round(self.canvas.width(reference.label, CAPTION) * 1.02) + inches(0.06)
            x = plot.value(reference.value) - width // 2
            x = max(plot.box.x, min(plot.box.right - width, x))
            box = Box(x, plot.box.bottom + inches(0.03), width, CAPTION.line_height)
            self.canvas.text(box, reference.label, CAPTION.but(align="center"), role="label")
