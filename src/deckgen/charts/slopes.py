"""Values at two moments go in; a native line chart with names at both ends comes out."""

from __future__ import annotations

from deckgen.canvas import Canvas
from deckgen.charts.data import Table, TableSlide
from deckgen.charts.measure import add_chart, measure_words, numbers_of, stand, takeaways
from deckgen.charts.names import read_cells
from deckgen.charts.plot import Plot
from deckgen.charts.sidelabels import LABEL_GAP, spread_labels
from deckgen.scene import Box, CategoryChart, CategoryPoint, CategorySeries, Line, ValueAxis
from deckgen.styles import SUBHEAD, SUPPORT_BOLD
from deckgen.units import inches

HEAD = inches(0.36)
WIDEST = inches(8)  # between the two moments
MARGIN = inches(0.1)  # of the chart beside its two moments
STYLE = SUPPORT_BOLD


class SlopeDrawing:
    """Slopes on a canvas: the axis spans the values, since only differences are compared."""

    def __init__(self, canvas: Canvas, slide: TableSlide, table: Table) -> None:
        self.canvas, self.slide, self.table = canvas, slide, table
        self.outline = canvas.studio.outline
        self.numbers = numbers_of(slide, table.known, self.outline)
        bold, plain = measure_words(slide, self.outline, self.numbers.power)
        self.place = stand(canvas, slide.points, bold, plain, slide.measure)
        marked = any(series.highlight for series in table.series)
        self.tokens = [
            "accent" if series.highlight else "muted" if marked else "series2"
            for series in table.series
        ]

    def _words(self, series: int, side: int) -> str:
        value = self.table.values[series][side]
        if value is None:
            return ""
        name, number = self.table.series_names[series], self.numbers.words(value)
        return f"{number}  {name}" if side else f"{name}  {number}"

    def paint(self) -> None:
        area, table = self.place.area, self.table
        widths = [
            max(self.canvas.width(self._words(n, side), STYLE) for n in range(len(table.series)))
            + inches(0.08) for side in (0, 1)
        ]  # fmt: skip
        gap = LABEL_GAP + inches(0.06)
        width = min(WIDEST, area.w - sum(widths) - 2 * gap)
        if width < inches(1.5):
            self.canvas.studio.refuse(
                self.slide, "the names at both ends leave the slopes"
                f" {max(0, width) / inches(1):.1f} in", "shorten them",
            )  # fmt: skip
            return
        left = area.x + widths[0] + gap
        box = Box(left, area.y + HEAD, width, area.h - HEAD - inches(0.1))
        low, high = min(table.known), max(table.known)
        room = (high - low or abs(high) or 1.0) * STYLE.line_height / box.h
        axis = ValueAxis(low - room, high + room)
        plot = Plot(box, axis.low or 0.0, axis.high or 1.0, 2, edged=True)
        for side in (0, 1):
            x = plot.at(side)
            head = Box(x - inches(1.2), area.y, inches(2.4), SUBHEAD.line_height)
            self.canvas.text(head, table.names[side], SUBHEAD.but(align="center"), role="label",
                             source=table.categories[side], name=f"Head {side + 1}")  # fmt: skip
            self.canvas.upright(x, box.y, box.h, Line("hair", 1.0), f"Upright {side + 1}")
        self._add_chart(box, axis)
        for side in (0, 1):
            self._labels(plot, side, widths[side], gap)
        takeaways(self.canvas, self.place, self.slide.points)

    def _add_chart(self, box: Box, axis: ValueAxis) -> None:
        series = tuple(
            CategorySeries(
                name, tuple(CategoryPoint(value, token, label_at="none") for value in row),
                form="line", line=Line(token, 3.0 if token == "accent" else 2.0), marker="circle",
                marker_pt=8,
            )
            for name, row, token in zip(
                self.table.series_names, self.table.values, self.tokens, strict=True
            )
        )  # fmt: skip
        # LibreOffice (7.4) moves the ends in where their marks would leave the chart's box.
        around = box.inset(left=-MARGIN, right=-MARGIN)
        share = MARGIN / around.w
        chart = CategoryChart(
            categories=read_cells(self.table.names)[0], series=series, horizontal=False,
            number_format=self.numbers.code, axis=axis, label_every=0, edged=True,
            plot=(share, 0.0, 1 - 2 * share, 1.0),
        )  # fmt: skip
        pairs = [
            (name, row[1] or 0.0)
            for name, row in zip(self.table.series_names, self.table.values, strict=True)
        ]
        add_chart(self.canvas, self.slide, around, chart, self.numbers, pairs)

    def _labels(self, plot: Plot, side: int, width: int, gap: int) -> None:
        """Names and values beside one end, none touching another."""
        known = [n for n, row in enumerate(self.table.values) if row[side] is not None]
        height = STYLE.line_height
        if height * len(known) > plot.box.h:
            self.canvas.studio.refuse(
                self.slide.series[known[-1]], f"{len(known)} names need"
                f" {height * len(known) / inches(1):.1f} in and have"
                f" {plot.box.h / inches(1):.1f} in", "leave series out",
            )  # fmt: skip
            return
        wanted = [plot.value(self.table.values[n][side] or 0.0) for n in known]
        starts = spread_labels(wanted, height, plot.box.y, plot.box.bottom)
        x = plot.box.right + gap if side else plot.box.x - gap - width
        for start, n in sorted(zip(starts, known, strict=True)):
            style = STYLE.but(color=self.tokens[n], align="left" if side else "right")
            name = f"End {side + 1} {self.table.series_names[n]}"
            self.canvas.text(Box(x, start, width, height), self._words(n, side), style, name=name,
                             source=self.slide.series[n], role="label")  # fmt: skip
