"""Upright columns go in, a native chart and the shapes bound to it come out.

From the top: the key of clustered series, a level for each arrow, the plot, the categories,
their brackets. Right of the plot stand the names of stacked series, of lines and of reference
lines. Columns are labelled in the largest size that they hold; where even 11 points are too
large the chart has an axis of numbers instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct

from deckgen.canvas import Canvas
from deckgen.formats import Numbers, decimals_for
from deckgen.parts import tier_fill
from deckgen.parts.annotations import (
    ARROW_LEVEL,
    BRACKET,
    LABEL_GAP,
    Arrow,
    ReferenceLine,
    SideLabel,
    change_words,
    draw_arrow,
    draw_brackets,
    draw_cut,
    draw_key_row,
    draw_reference,
    draw_side_labels,
    key_row_height,
    percent,
    runs_of,
    side_width,
)
from deckgen.parts.data import Category, Table, TableSlide
from deckgen.parts.measure import (
    alt_words,
    fit_names,
    label_ink,
    measure_words,
    names_height,
    numbers_of,
    palette,
    stand,
    takeaways,
    text_on,
)
from deckgen.parts.plot import Plot, headroom, in_valley, round_axis, step_decimals
from deckgen.scene import (
    Box,
    CategoryChart,
    CategoryPoint,
    CategorySeries,
    ChartItem,
    LabelPlace,
    Line,
    ValueAxis,
)
from deckgen.source import Text
from deckgen.styles import CAPTION, Style
from deckgen.theme import contrast
from deckgen.units import inches, points

SIZES = (14.0, 12.0, 11.0)  # points, of labels
THICKEST = inches(1.4)
GAP_PERCENT = 55
OVERLAP_PERCENT = -6  # between columns of a category: a hairline of ground
SIDE_MOST = inches(1.7)  # that names beside the plot may take
LEAST_CONTRAST = 2.5  # of a column against the slide
LINE_SHARE = 0.36  # of the plot's height, above the columns, that is a line's own
IN_BUILD = Line("accent", 1.5, dashed=True)
EDGE = Line("bg", 0.75)  # between the parts of a stack
SMALL = "values too small for a label"
LINE_TOKENS = ("accent", "ink2")


class Look(Struct, frozen=True):
    """How the columns of a table are shown. `tiers` are those of the categories, or empty."""

    form: str
    line: tuple[Text, ...]
    line_unit: Text
    references: tuple[ReferenceLine, ...]
    arrows: tuple[Arrow, ...]
    cut: float | None
    tiers: tuple[int, ...] = ()
    by_tier: bool = False


def column_fill(
    canvas: Canvas, look: Look, category: Category, index: int, any_marked: bool
) -> str:
    """The colour of a lone series' column: its tier's, the accent, or a muted brand."""
    if category.highlight:
        return "accent"
    if look.tiers and not any_marked:
        fill, theme = tier_fill(look.tiers[index]), canvas.theme
        low = contrast(theme.color(fill), theme.color("bg")) < LEAST_CONTRAST
        return "muted" if low else fill
    return "brand_soft"


def brackets_of(canvas: Canvas, table: Table, look: Look) -> list[tuple[str, int, object]]:
    """The words of each category's bracket, with its tier: none where there are no groups."""
    labels = canvas.studio.labels
    if look.by_tier and look.tiers:
        tiers = canvas.studio.outline.tiers
        return [(f"{labels.tier_letter}{n} {tiers[n - 1].label}", n, tiers[n - 1])
                for n in look.tiers]  # fmt: skip
    return [(str(category.group), 0, category.group) for category in table.categories]


class ColumnDrawing:
    """Columns on a canvas. `columns` and `lines` are numbers of series in the table."""

    def __init__(self, canvas: Canvas, slide: TableSlide, table: Table, look: Look) -> None:
        self.canvas, self.slide, self.table, self.look = canvas, slide, table, look
        self.outline, self.labels = canvas.studio.outline, canvas.studio.labels
        names = table.series_names
        self.lines = [n for n, name in enumerate(names) if name in look.line]
        self.columns = [n for n in range(len(names)) if n not in self.lines]
        own = [v for n in self.columns for v in table.values[n] if v is not None]
        self.stacked = look.form != "clustered" and len(self.columns) > 1
        self.tops = self._tops()
        shown = [*own, *(self.tops if look.form == "stacked" else [])]
        self.numbers = numbers_of(slide, shown, self.outline)
        self.line_numbers = self._line_numbers()
        shares = look.form == "share"
        bold, plain = measure_words(slide, self.outline, self.numbers.power, shares)
        self.place = stand(canvas, slide.points, bold, plain, slide.measure)
        self.area = self.place.area
        self.keyed = len(self.columns) > 1 and not self.stacked
        self.runs = runs_of(brackets_of(canvas, table, look))
        self.fills = self._fills()
        self.small: list[str] = []  # values whose parts hold no label

    def _line_numbers(self) -> Numbers:
        """How lines are labelled: in their own unit as it is, else as the columns are."""
        if not self.look.line_unit:
            return self.numbers
        values = [v for n in self.lines for v in self.table.values[n] if v is not None]
        return Numbers(decimals_for(values), 0, self.outline.language)

    def _tops(self) -> list[float]:
        """Where each category's columns end: the highest of them, or their sum."""
        rows = [self.table.values[n] for n in self.columns]
        known = [[row[index] for row in rows if row[index] is not None]
                 for index in range(len(self.table.names))]  # fmt: skip
        if self.look.form == "share":
            return [1.0 for _ in known]
        fold = sum if self.stacked else max
        return [float(fold([value or 0.0 for value in values] or [0.0])) for values in known]

    # -- colours -----------------------------------------------------------------------

    def _fills(self) -> list[str]:
        """The colour of each series of columns; an accent for the one that carries the message."""
        marked = [n for n in self.columns if self.table.series[n].highlight]
        if not marked:
            return palette(len(self.columns))
        rest = iter(palette(len(self.columns) + 1)[1:])
        return ["accent" if n in marked else next(rest) for n in self.columns]

    def _point_fill(self, place: int, index: int) -> tuple[str, Line | None]:
        category = self.table.categories[index]
        if len(self.columns) == 1:
            if category.planned:
                return "accent_soft", IN_BUILD
            marked = any(one.highlight for one in self.table.categories)
            return column_fill(self.canvas, self.look, category, index, marked), None
        if category.planned:
            return self.fills[place], Line("accent", 1.25, dashed=True)
        return self.fills[place], EDGE if self.stacked and len(self.columns) > 4 else None

    # -- places --------------------------------------------------------------------

    @cached_property
    def side(self) -> int:
        """The width of what stands right of the plot."""
        words = [str(reference.label) for reference in self.look.references]
        words += [self._line_words(n) for n in self.lines]
        if self.stacked:
            words += [self.table.series_names[n] for n in self.columns]
        return side_width(self.canvas, words, SIDE_MOST, CAPTION.but(bold=True))

    def _line_words(self, series: int) -> str:
        unit = f" ({self.look.line_unit})" if self.look.line_unit else ""
        return f"{self.table.series_names[series]}{unit}"

    def _plot(self, ticks: int) -> tuple[Plot, Box] | None:
        """The plot and the chart's box, with so much room for an axis of numbers."""
        area = self.area
        top = area.y + (key_row_height(self.canvas) if self.keyed else 0)
        top += ARROW_LEVEL * len(self.look.arrows)
        right = area.right - (self.side + LABEL_GAP + inches(0.1) if self.side else 0)
        width = right - area.x - ticks
        names = fit_names(self.canvas, self.table.names, width / len(self.table.names))
        if names is None:
            self._refuse_names(width / len(self.table.names))
            return None
        self.names = names
        below = names_height(names)
        bottom = area.bottom - below - (BRACKET if self.runs else 0)
        box = Box(area.x + ticks, top, width, bottom - top)
        bars = 1 if self.stacked else len(self.columns)
        slot = width / len(self.table.names)
        gap = max(GAP_PERCENT, round((slot / THICKEST - bars) * 100))
        plot = Plot(
            box, 0.0, 1.0, len(self.table.names), gap_percent=gap, bars=bars,
            overlap_percent=0 if self.stacked else OVERLAP_PERCENT,
        )  # fmt: skip
        return plot, Box(area.x, top, right - area.x, box.h + below)

    def _refuse_names(self, slot: float) -> None:
        style = Style(SIZES[-1], bold=True)
        longest = max(self.table.names, key=lambda name: self.canvas.width(name, style))
        category = self.table.categories[self.table.names.index(longest)]
        self.canvas.studio.refuse(
            category, f"the name “{longest}” does not fit below its column, which has"
            f" {slot / inches(1):.2f} in",
            "shorten it, show fewer columns, or use `direction: bars`",
        )  # fmt: skip

    def _label_size(self, plot: Plot) -> float:
        """The largest size in which every label fits its column; 0 if none does."""
        room = plot.slot * 0.96 if plot.bars == 1 else plot.thickness * 1.06
        if self.stacked:
            room = plot.thickness
        for size in SIZES if len(self.columns) == 1 else SIZES[1:]:
            style = Style(size, bold=True)
            widest = max(self.canvas.width(self._label(n, i), style)
                         for n in self.columns for i in range(plot.count))  # fmt: skip
            if widest + inches(0.05) <= room:
                return size
        return 0.0

    def _label(self, series: int, index: int) -> str:
        """What a column says; in a stack of shares its share."""
        value = self.table.values[series][index]
        if value is None:
            return ""
        if self.look.form == "share":
            total = sum(self.table.values[n][index] or 0.0 for n in self.columns)
            return percent(round(value / total, 2), self.outline.language)
        return self.numbers.words(value)

    # -- painting ------------------------------------------------------------------------

    def paint(self) -> None:
        found = self._plot(0)
        if found is None:
            return
        size = self._label_size(found[0])
        if not size:  # too many columns for labels: an axis of numbers
            ticks = round_axis([0.0, *self.tops], 4, from_zero=True)
            widest = max(self.canvas.width(self.numbers.words(value), CAPTION)
                         for value in (ticks.low or 0, ticks.high or 0))  # fmt: skip
            found = self._plot(widest + inches(0.12))
            if found is None:
                return
        bare, box = found
        axis = self._axis(bare, size)
        plot = Plot(
            bare.box, axis.low or 0.0, axis.high or 1.0, bare.count,
            gap_percent=bare.gap_percent, overlap_percent=bare.overlap_percent, bars=bare.bars,
        )  # fmt: skip
        if self.keyed:
            entries = list(zip(self.fills, (self.table.series_names[n] for n in self.columns),
                               strict=True))  # fmt: skip
            draw_key_row(self.canvas, self.area.x, self.area.y, self.area.w, entries, self.slide)
        self._add_chart(plot, box, axis, size)
        if self.small:
            self.canvas.studio.move_to_notes(SMALL, "; ".join(self.small))
        self._annotate(plot, size)
        takeaways(self.canvas, self.place, self.slide.points)

    def _axis(self, plot: Plot, size: float) -> ValueAxis:
        """Zero to the highest column, with room for what stands above it."""
        if self.look.form == "share":
            return ValueAxis(0.0, 1.0)
        lowest, highest = min(0.0, *self.tops), max(0.0, *self.tops)
        references = [reference.value for reference in self.look.references]
        lowest, highest = min(lowest, *references, 0.0), max(highest, *references, 0.0)
        if self.look.cut is not None:
            highest = self.look.cut
        if not size:
            axis = round_axis([lowest, highest], 4, from_zero=True)
            decimals = step_decimals(axis.step, self.numbers.power)
            ticks = Numbers(decimals, self.numbers.power, self.outline.language)
            return ValueAxis(axis.low, axis.high, axis.step, ticks.code)
        room = points(size * 1.2) + inches(0.08)
        length = plot.box.h
        if self.lines and self.look.line_unit:
            length = round(length * (1 - LINE_SHARE))
        if lowest < 0:  # labels stand below the columns as well
            per_unit = (highest - lowest) / max(1, length - 2 * room)
            lowest -= room * per_unit
            high = highest + room * per_unit if highest else 0.0
        else:
            high = headroom(highest, 0.0, length, room)
        if self.lines and self.look.line_unit:
            high = lowest + (high - lowest) * plot.box.h / length
        return ValueAxis(lowest, high)

    def _add_chart(self, plot: Plot, box: Box, axis: ValueAxis, size: float) -> None:
        series = [self._columns(place, n, plot, size) for place, n in enumerate(self.columns)]
        if self.look.form == "stacked" and self.stacked and size:
            series.append(self._totals())
        line_axis = self._line_axis(plot)
        series += [self._line(place, n, size) for place, n in enumerate(self.lines)]
        share = (
            (plot.box.x - box.x) / box.w, (plot.box.y - box.y) / box.h,
            plot.box.w / box.w, plot.box.h / box.h,
        )  # fmt: skip
        form = {"clustered": "none", "stacked": "stacked", "share": "percent"}[self.look.form]
        chart = CategoryChart(
            categories=self.names.cells, series=tuple(series), horizontal=False,
            stacking="none" if not self.stacked else "stacked" if form == "stacked" else "percent",
            number_format=self.numbers.code, gap_percent=plot.gap_percent,
            overlap_percent=plot.overlap_percent, label_size_pt=size or SIZES[-1],
            category_size_pt=self.names.size_pt, axis=axis, secondary_axis=line_axis,
            label_every=self.names.every, date_format=self.names.date_format, plot=share,
        )  # fmt: skip
        pairs = list(zip(self.table.names, self.tops, strict=True))
        if self.look.form == "share":
            pairs = [
                (name, row)
                for name, row in zip(
                    (self.table.series_names[n] for n in self.columns),
                    (sum(v or 0.0 for v in self.table.values[n]) for n in self.columns),
                    strict=True,
                )
            ]
        self.canvas.add(
            ChartItem(
                name=str(self.slide.measure), box=box, chart=chart, mark=self.slide.mark,
                alt=alt_words(self.canvas, self.slide, self.outline, self.numbers, pairs),
            )
        )  # fmt: skip

    def _columns(self, place: int, series: int, plot: Plot, size: float) -> CategorySeries:
        made = []
        for index, value in enumerate(self.table.values[series]):
            fill, outline = self._point_fill(place, index)
            if value is None:
                made.append(CategoryPoint(None, fill, outline))
                continue
            at, label = self._label_place(series, index, plot, size), ""
            color = "ink" if at in ("outside", "none") else text_on(self.canvas.theme, fill)
            if not value:
                color = "muted"
            if self.look.form == "share":
                label = self._label(series, index)
            made.append(CategoryPoint(value, fill, outline, label, color, at))
        return CategorySeries(self.table.series_names[series], tuple(made))

    def _label_place(self, series: int, index: int, plot: Plot, size: float) -> LabelPlace:
        value = self.table.values[series][index] or 0.0
        if not size or (self.look.cut is not None and value > self.look.cut):
            return "none"
        if not self.stacked:
            return self._beside_references(value, plot, size)
        share = abs(value)
        if self.look.form == "share":
            share = value / sum(self.table.values[n][index] or 0.0 for n in self.columns)
        high = share / (plot.high - plot.low) * plot.box.h
        if high >= points(size * 1.2):
            return "center"
        what = f"{self.table.series_names[series]}, {self.table.names[index]}"
        if value:
            self.small.append(f"{what} {self._label(series, index)}")
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
            CategoryPoint(top, None, label_at="above" if top >= 0 else "below") for top in self.tops
        )
        return CategorySeries(self.labels.total, made, form="line")

    # -- lines -----------------------------------------------------------------------------

    def _line_axis(self, plot: Plot) -> ValueAxis:
        """A scale on which lines stand above the columns, with room for their labels."""
        if not self.lines or not self.look.line_unit:
            return ValueAxis(0.0)
        known = [v for n in self.lines for v in self.table.values[n] if v is not None]
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
                label=self.line_numbers.words(value) if value is not None and own else "",
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
        if self.runs:
            draw_brackets(self.canvas, plot, plot.box.bottom + names_height(self.names), self.runs)
        style = CAPTION.but(bold=True)
        draw_side_labels(
            self.canvas, plot.box.right + LABEL_GAP + inches(0.1), self.side, plot.box.y,
            plot.box.bottom, self._side_labels(plot), style,
        )  # fmt: skip

    def _side_labels(self, plot: Plot) -> list[SideLabel]:
        found = [
            SideLabel(plot.value(one.value), str(one.label), "ink2", one.label)
            for one in self.look.references
        ]
        last = plot.count - 1
        if self.stacked:
            base = 0.0
            total = sum(self.table.values[n][last] or 0.0 for n in self.columns)
            for place, n in enumerate(self.columns):
                value = self.table.values[n][last] or 0.0
                value = value / total if self.look.form == "share" else value
                words = self.table.series_names[n]
                color = label_ink(self.canvas.theme, self.fills[place])
                found.append(SideLabel(plot.value(base + value / 2), words, color))
                base += value
        for place, n in enumerate(self.lines):
            found.append(self._line_label(plot, place, n))
        return found

    def _line_label(self, plot: Plot, place: int, series: int) -> SideLabel:
        values = [v for v in self.table.values[series] if v is not None]
        axis = self._line_axis(plot) if self.look.line_unit else ValueAxis(plot.low, plot.high)
        low, high = axis.low or 0.0, axis.high or 1.0
        y = plot.box.bottom - round((values[-1] - low) / (high - low) * plot.box.h)
        return SideLabel(y, self._line_words(series), LINE_TOKENS[place % len(LINE_TOKENS)])

    def _cut_columns(self, plot: Plot, size: float) -> None:
        """Breaks in the columns that go on beyond the axis, and their values above them."""
        style = Style(size or SIZES[-1], bold=True, align="center")
        for place, n in enumerate(self.columns):
            for index, value in enumerate(self.table.values[n]):
                if value is None or value <= plot.high:
                    continue
                bar = plot.bar(index, 0.0, plot.high, place)
                high = style.line_height + inches(0.02)
                fill, hair = self._point_fill(place, index)[0], inches(0.02)
                label = Box(bar.x + hair, bar.y + hair, bar.w - 2 * hair, high)
                self.canvas.shape(  # filled as the column, so that its text has a ground
                    label, f"Value {self.table.names[index]}", fill=fill,
                    words=self.numbers.words(value), role="label", insets=(0, 0, 0, 0),
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
        words = change_words(self.canvas, arrow, self.table, self.numbers, values)
        draw_arrow(self.canvas, name, ends[0], ends[1], level, words)

    def _span(self, arrow: Arrow) -> int:
        """How far an arrow leads: the widest stands highest, over the others."""
        names = self.table.names
        return abs(names.index(arrow.to) - names.index(arrow.from_))

    def _top(self, index: int) -> float:
        return max(self.tops[index], 0.0)

    def _value(self, arrow: Arrow, index: int) -> float:
        if arrow.series:
            return self.table.values[self.table.series_names.index(arrow.series)][index] or 0.0
        if self.stacked:
            return self.tops[index]
        return self.table.values[self.columns[0]][index] or 0.0
