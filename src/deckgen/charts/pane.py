"""One small chart of a grid: a series goes in, a native chart with its name and values comes out.

Its name stands over it, its first and its last value at their ends, dates at the ends below it.
Lengths in EMU.
"""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.arrange import runs_in
from deckgen.charts.colors import label_ink
from deckgen.charts.names import Names
from deckgen.charts.panes import GAP_PERCENT, VALUE, VALUE_GAP, Panes
from deckgen.charts.plot import Plot, fractions
from deckgen.scene import (
    Box,
    CategoryChart,
    CategoryPoint,
    CategorySeries,
    ChartItem,
    LabelPlace,
    Line,
)
from deckgen.styles import CAPTION, SUPPORT_BOLD, Style
from deckgen.units import inches

DOT = inches(0.09)
IN_BUILD = Line("accent", 1.25, dashed=True)


class PaneDrawing:
    """The chart of the series `number` in its box of a grid; `names` stand below its plot."""

    def __init__(self, panes: Panes, number: int, box: Box, names: Names) -> None:
        self.panes, self.number, self.box, self.names = panes, number, box, names
        self.canvas, self.table, self.form = panes.canvas, panes.table, panes.look.form
        self.series, self.row = self.table.series[number], self.table.values[number]
        self.name, self.ends = self.table.series_names[number], panes.ends[number]
        self.token = self._token()
        left, _ = panes.margins
        inner = Box(box.x + left, box.y + panes.head + VALUE_GAP, *panes.plot_size)
        self.axis = panes.axis_of(number, inner.h)
        self.plot = Plot(
            inner, self.axis.low or 0.0, self.axis.high or 0.0, len(self.row),
            gap_percent=GAP_PERCENT, edged=panes.edged,
        )  # fmt: skip

    def _token(self) -> str:
        """The colour of the series: an accent for the message."""
        if self.series.highlight:
            return "accent"
        if self.form != "line":
            return "brand_soft"
        return "muted" if any(one.highlight for one in self.table.series) else "series1"

    def paint(self) -> None:
        box, plot, head = self.box, self.plot, self.panes.head
        style = SUPPORT_BOLD.but(color="accent" if self.series.highlight else "ink")
        self.canvas.text(
            Box(box.x, box.y, box.w, head), self.name, style, name=f"Head {self.name}",
            anchor="bottom", source=self.series, role="label",
        )  # fmt: skip
        if not self.names.every:
            y = plot.value(min(max(0.0, plot.low), plot.high))
            line = Line("muted", 0.75)
            self.canvas.rule(plot.box.x, y, plot.box.w, line, f"Baseline {self.name}")
        self._add_chart(box.inset(top=head))  # a value at the plot's top stands half above it
        if self.form == "area":
            self._end_labels(self.ends)
        elif self.form == "line":
            self._end_labels(self._on_baseline())
        elif not self.panes.native:
            self._column_labels()
        if not self.names.every:
            self._dates()

    def _add_chart(self, box: Box) -> None:
        panes, names = self.panes, self.names
        make = {"line": self._lines, "area": self._areas, "column": self._columns}[self.form]
        chart = CategoryChart(
            categories=tuple(panes.days) if panes.to_scale else names.cells,
            series=tuple(make()), horizontal=False, number_format=panes.numbers.code,
            gap_percent=GAP_PERCENT, label_size_pt=VALUE.size_pt, category_size_pt=names.size_pt,
            axis=self.axis, label_every=names.every, to_scale=panes.to_scale, edged=panes.edged,
            date_format=names.date_format, axis_date_format=names.axis_date_format,
            plot=fractions(self.plot.box, box),
        )  # fmt: skip
        ends = ", ".join(f"{names.words[n]} {self._words(n)}" for n in self.ends)
        alt = f"{self.canvas.title}. {self.name}: {ends}"
        self.canvas.add(
            ChartItem(
                name=self.name, box=box, chart=chart, mark=self.series.mark, alt=alt, role="body"
            )
        )

    # -- marks -------------------------------------------------------------------------

    def _lines(self) -> list[CategorySeries]:
        """A line, and a dashed one where it is planned."""
        solid, dashed = self.table.split_planned(self.number)
        made = []
        if any(value is not None for value in solid):
            made.append(self._line(self.name, solid, dashed=False))
        if dashed:
            words = f"{self.name} ({self.canvas.studio.labels.planned.lower()})"
            made.append(self._line(words, dashed, dashed=True))
        return made

    def _line(self, name: str, values: Sequence[float | None], dashed: bool) -> CategorySeries:
        """A line whose last value, and any that stands alone, has a mark."""
        token, (first, last) = self.token, self.ends
        known = [n for n, value in enumerate(values) if value is not None]
        marked = {run[0] for run in runs_in(known) if len(run) == 1} | {last}
        ink, hidden = label_ink(self.canvas.theme, token), self._on_baseline()
        points_ = []
        for n, value in enumerate(values):
            at: LabelPlace = "none"
            if value is not None and n in self.ends and n not in hidden:
                at = "left" if n == first and first != last else "right"
            if dashed and n == known[0] and not self.table.categories[n].planned:
                at = "none"  # the other line has its label, and its mark if it stands alone
                marked.discard(n)
            fill = token if n in marked and value is not None else None
            points_.append(CategoryPoint(value, fill, label_color=ink, label_at=at))
        return CategorySeries(
            name, tuple(points_), form="line", marker="circle", marker_pt=6,
            line=Line(token, 2.25 if token == "accent" else 1.75, dashed=dashed),
        )  # fmt: skip

    def _areas(self) -> list[CategorySeries]:
        points_ = tuple(CategoryPoint(value, self.token, label_at="none") for value in self.row)
        return [CategorySeries(self.name, points_, form="area")]

    def _columns(self) -> list[CategorySeries]:
        made = []
        for n, value in enumerate(self.row):
            fill, line = self._column_look(n)
            at: LabelPlace = "outside" if self.panes.native and n in self.ends else "none"
            made.append(CategoryPoint(value, fill, line, label_at=at))
        return [CategorySeries(self.name, tuple(made))]

    def _column_look(self, index: int) -> tuple[str, Line | None]:
        """The last column is stronger unless another one carries the message."""
        category = self.table.categories[index]
        if category.planned:
            return "accent_soft", IN_BUILD
        if category.highlight:
            return "accent", None
        marked = any(one.highlight for one in self.table.categories)
        last = index == self.ends[1] and self.token != "accent" and not marked
        return "series1" if last else self.token, None

    # -- texts --------------------------------------------------------------------------

    def _words(self, index: int) -> str:
        return self.panes.words(self.number, index)

    def _dates(self) -> None:
        """The first and the last date, below the ends of the plot."""
        style = CAPTION.but(color="muted")
        y = self.plot.box.bottom + inches(0.05)
        for place, index in (("first", 0), ("last", -1)):
            words = self.names.words[index]
            width = round(self.canvas.width(words, style) * 1.03) + inches(0.02)
            x = self.plot.box.x if index == 0 else self.plot.box.right - width
            self.canvas.text(
                Box(x, y, width, style.line_height), words,
                style.but(align="left" if index == 0 else "right"),
                name=f"{place.capitalize()} date {self.name}", role="label",
            )  # fmt: skip

    def _value(self, index: int, box: Box, style: Style) -> None:
        side = ("First", "Last")[self.ends.index(index)]
        self.canvas.shape(
            box, f"{side} value {self.name}", words=self._words(index), style=style,
            insets=(0, 0, 0, 0), source=self.series, role="label",
            fill="bg" if self.form == "line" else None,  # it hides the baseline
        )  # fmt: skip

    def _on_baseline(self) -> list[int]:
        """Ends of a line within the plot whose labels beside them would lie on the baseline."""
        plot, zero = self.plot, self.plot.value(max(0.0, self.plot.low))
        return [
            n
            for n in self.ends
            if 0 < n < len(self.row) - 1
            and abs(plot.value(self.row[n] or 0.0) - zero) < VALUE.line_height * 0.7
        ]

    def _end_labels(self, indices: Sequence[int]) -> None:
        """Values beside these ends of a line or an area; an area has a dot at its last."""
        high, area = VALUE.line_height, self.form == "area"
        for index in dict.fromkeys(indices):
            x, y = self.panes.at(self.plot, index), self.plot.value(self.row[index] or 0.0)
            right = index == self.ends[1]
            width = round(self.canvas.width(self._words(index), VALUE) * 1.03)
            left = x + VALUE_GAP if right else x - VALUE_GAP - width
            style = VALUE.but(align="left" if right else "right")
            if not area:
                style = style.but(color=label_ink(self.canvas.theme, self.token))
            self._value(index, Box(left, y - high // 2, width, high), style)
            if right and area:
                fill = "accent" if self.token == "accent" else "series1"
                self.canvas.shape(
                    Box(x - DOT // 2, y - DOT // 2, DOT, DOT), f"Dot {self.number + 1}",
                    geometry="ellipse", fill=fill, role="label",
                    alt=f"Last value of {self.name}",
                )  # fmt: skip

    def _column_labels(self) -> None:
        """Values over columns that are narrower: above all columns that a value reaches over."""
        plot, high = self.plot, VALUE.line_height
        free = plot.box.x
        for index in dict.fromkeys(self.ends):
            words = self._words(index)
            width = round(self.canvas.width(words, VALUE) * 1.03) + inches(0.02)
            x = min(max(plot.box.x, plot.at(index) - width // 2), plot.box.right - width)
            if x < free:  # both do not fit side by side: the last one is read first
                self.canvas.studio.move_to_notes(f"the last value of “{self.name}”", words)
                continue
            free = x + width + inches(0.05)
            reached = [
                value or 0.0
                for n, value in enumerate(self.row)
                if abs(plot.at(n) - x - width // 2) <= (width + plot.slot) / 2
            ]
            top = plot.value(max(0.0, *reached, 0.0)) - high - inches(0.02)
            self._value(index, Box(x, top, width, high), VALUE.but(align="center"))
