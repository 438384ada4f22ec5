"""Upright columns go in, a native chart and the shapes bound to it come out.

From the top: the key of clustered series, a level for each arrow, the plot, the categories,
their brackets. Right of the plot stand the names of stacked series, of lines and of reference
lines. Lengths in EMU.
"""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.canvas import Canvas
from deckgen.charts.annotations import draw_brackets, draw_cut, draw_reference
from deckgen.charts.arrows import ARROW_LEVEL, Arrow, change_words, draw_arrow
from deckgen.charts.colors import label_ink, text_on
from deckgen.charts.columns import LINE_SHARE, SIZES, SMALL, Columns, Look
from deckgen.charts.data import Table, TableSlide
from deckgen.charts.keys import draw_key_row
from deckgen.charts.measure import add_chart, takeaways
from deckgen.charts.names import names_height
from deckgen.charts.plot import Plot, fractions, in_valley
from deckgen.charts.sidelabels import LABEL_GAP, SideLabel, draw_side_labels
from deckgen.scene import (
    Box,
    CategoryChart,
    CategoryPoint,
    CategorySeries,
    LabelPlace,
    Line,
    ValueAxis,
)
from deckgen.styles import CAPTION, Style
from deckgen.units import inches, points

LINE_TOKENS = ("accent", "ink2")


class ColumnDrawing:
    """Columns on a canvas, as `Columns` has them."""

    def __init__(self, canvas: Canvas, slide: TableSlide, table: Table, look: Look) -> None:
        self.canvas, self.slide, self.table, self.look = canvas, slide, table, look
        self.plan = Columns(canvas, slide, table, look)
        self.small: list[str] = []  # values whose parts hold no label

    def paint(self) -> None:
        plan = self.plan
        found = plan.find_plot(0)
        if found is None:
            return
        size = plan.label_size(found[0])
        if not size:  # too many columns for labels: an axis of numbers
            found = plan.find_plot(plan.ticks_width + inches(0.12))
            if found is None:
                return
        bare, box = found
        axis = plan.axis_of(bare, size)
        plot = Plot(
            bare.box, axis.low or 0.0, axis.high or 1.0, bare.count,
            gap_percent=bare.gap_percent, overlap_percent=bare.overlap_percent, bars=bare.bars,
        )  # fmt: skip
        if plan.keyed:
            entries = list(zip(plan.fills, (self.table.series_names[n] for n in plan.columns),
                               strict=True))  # fmt: skip
            area = plan.area
            draw_key_row(self.canvas, area.x, area.y, area.w, entries, self.slide)
        self._add_chart(plot, box, axis, size)
        if self.small:
            self.canvas.studio.move_to_notes(SMALL, "; ".join(self.small))
        self._annotate(plot, size)
        takeaways(self.canvas, plan.place, self.slide.points)

    def _add_chart(self, plot: Plot, box: Box, axis: ValueAxis, size: float) -> None:
        plan = self.plan
        series = [self._columns(place, n, plot, size) for place, n in enumerate(plan.columns)]
        if self.look.form == "stacked" and plan.stacked and size:
            series.append(self._totals())
        line_axis = self._line_axis(plot)
        series += [self._line(place, n, size) for place, n in enumerate(plan.lines)]
        form = {"clustered": "none", "stacked": "stacked", "share": "percent"}[self.look.form]
        chart = CategoryChart(
            categories=plan.names.cells, to_scale=bool(plan.cells),
            label_unit=plan.names.unit, series=tuple(series), horizontal=False,
            stacking="none" if not plan.stacked else "stacked" if form == "stacked" else "percent",
            number_format=plan.numbers.code, gap_percent=plot.gap_percent,
            overlap_percent=plot.overlap_percent, label_size_pt=size or SIZES[-1],
            category_size_pt=plan.names.size_pt, axis=axis, secondary_axis=line_axis,
            label_every=plan.names.every, date_format=plan.names.date_format,
            axis_date_format=plan.names.axis_date_format, plot=fractions(plot.box, box),
        )  # fmt: skip
        pairs = [
            (name, top)
            for n, (name, top) in enumerate(zip(self.table.names, plan.tops, strict=True))
            if not plan.missing(n)
        ]
        if self.look.form == "share":
            pairs = [
                (name, row)
                for name, row in zip(
                    (self.table.series_names[n] for n in plan.columns),
                    (sum(v or 0.0 for v in self.table.values[n]) for n in plan.columns),
                    strict=True,
                )
            ]
        add_chart(self.canvas, self.slide, box, chart, plan.numbers, pairs)

    def _columns(self, place: int, series: int, plot: Plot, size: float) -> CategorySeries:
        made = []
        for index, value in enumerate(self.table.values[series]):
            fill, outline = self.plan.point_fill(place, index)
            if value is None:
                made.append(CategoryPoint(None, fill, outline))
                continue
            at, label = self._label_place(series, index, plot, size), ""
            color = "ink" if at in ("outside", "none") else text_on(self.canvas.theme, fill)
            if not value:
                color = "muted"
            if self.look.form == "share":
                label = self.plan.label(series, index)
            made.append(CategoryPoint(value, fill, outline, label, color, at))
        return CategorySeries(self.table.series_names[series], tuple(made))

    def _label_place(self, series: int, index: int, plot: Plot, size: float) -> LabelPlace:
        value = self.table.values[series][index] or 0.0
        if not size or (self.look.cut is not None and value > self.look.cut):
            return "none"
        if not self.plan.stacked:
            return self._beside_references(value, plot, size)
        share = abs(value)
        if self.look.form == "share":
            share = value / sum(self.table.values[n][index] or 0.0 for n in self.plan.columns)
        high = share / (plot.high - plot.low) * plot.box.h
        if high >= points(size * 1.2):
            return "center"
        what = f"{self.table.series_names[series]}, {self.table.names[index]}"
        if value:
            self.small.append(f"{what} {self.plan.label(series, index)}")
        return "none"

    def _beside_references(self, value: float, plot: Plot, size: float) -> LabelPlace:
        """Above the column, or inside its end where a reference line would cross the label."""
        end, high = plot.value(value), points(size * 1.2) + inches(0.06)
        lines = [plot.value(reference.value) for reference in self.look.references]
        crossed = any(end - high - inches(0.03) <= y <= end + inches(0.02) for y in lines)
        tall = plot.value(0.0) - end >= 2 * high
        return "inside" if crossed and tall else "outside"

    def _totals(self) -> CategorySeries:
        """A line that nobody sees, whose labels stand over the stacks and follow their sums."""
        made = tuple(
            CategoryPoint(None if self.plan.missing(index) else top, None,
                          label_at="above" if top >= 0 else "below")
            for index, top in enumerate(self.plan.tops)
        )  # fmt: skip
        return CategorySeries(self.plan.labels.total, made, form="line")

    # -- lines -----------------------------------------------------------------------------

    def _line_axis(self, plot: Plot) -> ValueAxis:
        """A scale on which lines stand above the columns, with room for their labels."""
        if not self.plan.lines or not self.look.line_unit:
            return ValueAxis(0.0)
        known = [v for n in self.plan.lines for v in self.table.values[n] if v is not None]
        low, high = min(known), max(known)
        spread = (high - low) or abs(high) or 1.0
        # From the top: a label's room, the line, and a little ground above the columns.
        band = LINE_SHARE - points(SIZES[1] * 1.2 + 8) / plot.box.h - 0.06
        per_share = spread / max(0.05, band)
        top = high + per_share * points(SIZES[1] * 1.2 + 8) / plot.box.h
        return ValueAxis(top - per_share, top)

    def _line(self, place: int, series: int, size: float) -> CategorySeries:
        token = LINE_TOKENS[place % len(LINE_TOKENS)]
        own, row = bool(self.look.line_unit), self.table.values[series]
        made = tuple(
            CategoryPoint(
                value, token, label_color=token,
                label_at=self._line_side(row, n) if size and own else "none",
                label=self.plan.line_numbers.words(value) if value is not None and own else "",
            )
            for n, value in enumerate(row)
        )  # fmt: skip
        return CategorySeries(
            self.table.series_names[series], made, form="line", line=Line(token, 2.25),
            marker="circle", secondary=own,
        )  # fmt: skip

    def _line_side(self, row: Sequence[float | None], index: int) -> LabelPlace:
        return "below" if in_valley(row, index) else "above"

    # -- what is bound to the plot ------------------------------------------------------------

    def _annotate(self, plot: Plot, size: float) -> None:
        for reference in self.look.references:
            draw_reference(self.canvas, plot, reference.value, reference.label)
        if self.look.cut is not None:
            self._cut_columns(plot, size)
        for level, arrow in enumerate(sorted(self.look.arrows, key=self._span)):
            self._arrow(plot, arrow, size, plot.box.y - ARROW_LEVEL * level - ARROW_LEVEL // 2)
        if self.plan.runs:
            draw_brackets(
                self.canvas, plot, plot.box.bottom + names_height(self.plan.names), self.plan.runs
            )
        style = CAPTION.but(bold=True)
        draw_side_labels(
            self.canvas, plot.box.right + LABEL_GAP + inches(0.1), self.plan.side, plot.box.y,
            plot.box.bottom, self._side_labels(plot), style,
        )  # fmt: skip

    def _side_labels(self, plot: Plot) -> list[SideLabel]:
        found = [
            SideLabel(plot.value(one.value), str(one.label), "ink2", one.label)
            for one in self.look.references
        ]
        if self.plan.stacked:
            last = max(n for n in range(plot.count) if not self.plan.missing(n))
            base = 0.0
            total = sum(self.table.values[n][last] or 0.0 for n in self.plan.columns)
            for place, n in enumerate(self.plan.columns):
                value = self.table.values[n][last] or 0.0
                value = value / total if self.look.form == "share" else value
                words = self.table.series_names[n]
                color = label_ink(self.canvas.theme, self.plan.fills[place])
                found.append(SideLabel(plot.value(base + value / 2), words, color))
                base += value
        for place, n in enumerate(self.plan.lines):
            found.append(self._line_label(plot, place, n))
        return found

    def _line_label(self, plot: Plot, place: int, series: int) -> SideLabel:
        values = [v for v in self.table.values[series] if v is not None]
        axis = self._line_axis(plot) if self.look.line_unit else ValueAxis(plot.low, plot.high)
        low, high = axis.low or 0.0, axis.high or 1.0
        y = plot.box.bottom - round((values[-1] - low) / (high - low) * plot.box.h)
        return SideLabel(y, self.plan.line_words(series), LINE_TOKENS[place % len(LINE_TOKENS)])

    def _cut_columns(self, plot: Plot, size: float) -> None:
        """Breaks in the columns that go on beyond the axis, and their values above them."""
        style = Style(size or SIZES[-1], bold=True, align="center")
        for place, n in enumerate(self.plan.columns):
            for index, value in enumerate(self.table.values[n]):
                if value is None or value <= plot.high:
                    continue
                bar = plot.bar(index, 0.0, plot.high, place)
                high = style.line_height + inches(0.02)
                fill, hair = self.plan.point_fill(place, index)[0], inches(0.02)
                label = Box(bar.x + hair, bar.y + hair, bar.w - 2 * hair, high)
                self.canvas.shape(  # filled as the column, so that its text has a ground
                    label, f"Value {self.table.names[index]}", fill=fill,
                    words=self.plan.numbers.words(value), role="label", insets=(0, 0, 0, 0),
                    style=style.but(color=text_on(self.canvas.theme, fill)),
                )  # fmt: skip
                draw_cut(self.canvas, plot, index, place, label.bottom + inches(0.16))

    def _arrow(self, plot: Plot, arrow: Arrow, size: float, level: int) -> None:
        names = self.table.names
        first, last = names.index(arrow.from_), names.index(arrow.to)
        values = [self._value(arrow, index) for index in (first, last)]
        room = points((size or 0) * 1.2) + inches(0.06)
        ends = [
            (plot.at(index), plot.value(min(top, plot.high)) - room)
            for index, top in ((first, self._top(first)), (last, self._top(last)))
        ]
        name = f"Arrow {arrow.from_} to {arrow.to}"
        words = change_words(self.canvas, arrow, self.table, self.plan.numbers, values)
        draw_arrow(self.canvas, name, ends[0], ends[1], level, words)

    def _span(self, arrow: Arrow) -> int:
        """How far an arrow leads: the widest stands highest, over the others."""
        names = self.table.names
        return abs(names.index(arrow.to) - names.index(arrow.from_))

    def _top(self, index: int) -> float:
        return max(self.plan.tops[index], 0.0)

    def _value(self, arrow: Arrow, index: int) -> float:
        if arrow.series:
            return self.table.values[self.table.series_names.index(arrow.series)][index] or 0.0
        if self.plan.stacked:
            return self.plan.tops[index]
        return self.table.values[self.plan.columns[0]][index] or 0.0
