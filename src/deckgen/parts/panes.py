"""Series go in, a small native chart of each comes out, all alike in a grid.

Each has its name over it, its first and last value at its ends, and the first and the last date
below it; names of categories stand below it one by one. Lengths in EMU.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from deckgen.arrange import runs_in, share
from deckgen.canvas import Canvas
from deckgen.formats import format_date, read_date
from deckgen.parts.colors import label_ink
from deckgen.parts.data import Table, TableSlide
from deckgen.parts.measure import measure_words, numbers_of, stand, takeaways
from deckgen.parts.names import Names, fit_names, names_height, read_cells, spacing_of
from deckgen.parts.plot import Plot, begins_at_zero, fractions
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
from deckgen.styles import CAPTION, LABEL, SUPPORT_BOLD, Style
from deckgen.units import inches, to_inches

# Columns of the grid for so many charts.
COLUMNS = {2: 2, 3: 3, 4: 2, 5: 3, 6: 3, 7: 4, 8: 4, 9: 3, 10: 4, 11: 4, 12: 4}
GAP_ACROSS, GAP_DOWN = inches(0.4), inches(0.2)
TALLEST = 0.9  # of a chart's width
LEAST_WIDTH, LEAST_HEIGHT = inches(0.5), inches(0.35)  # of a plot
GAP_PERCENT = 40
VALUE = LABEL.but(color="ink")
VALUE_GAP = inches(0.08)
DOT = inches(0.09)
IN_BUILD = Line("accent", 1.25, dashed=True)


class PaneLook(Struct, frozen=True):
    """How the charts look: their form, whether they share a scale, whether it is from zero."""

    form: str
    common: bool
    from_zero: bool | None


def includes_zero(look: PaneLook, values: Sequence[float]) -> bool:
    """Whether a scale over values includes zero: always but for lines that are far from it."""
    return look.form != "line" or begins_at_zero(values, look.from_zero)


class PaneDrawing:
    """Small charts on a canvas."""

    def __init__(self, canvas: Canvas, slide: TableSlide, table: Table, look: PaneLook) -> None:
        self.canvas, self.slide, self.table, self.look = canvas, slide, table, look
        self.outline = canvas.studio.outline
        self.numbers = numbers_of(slide, table.known, self.outline)
        bold, plain = measure_words(slide, self.outline, self.numbers.power)
        self.place = stand(canvas, slide.points, bold, plain, slide.measure)
        count = len(table.series)
        self.across = COLUMNS[count]
        self.down = -(-count // self.across)
        area = self.place.area
        self.width = share(area.w, self.across, GAP_ACROSS)
        self.edged = look.form != "column"
        self.days, _, self.uneven = spacing_of(table.names)
        self.dated = all(read_date(name) for name in table.names)
        self.ends = [self._ends(n) for n in range(count)]
        self.margins = self._margins()
        room = self.width - sum(self.margins)
        slots = max(1, len(table.names) - 1) if self.edged else len(table.names)
        self.names = self._names(room / slots)
        # Whether columns are as wide as their labels.
        self.native = self._widest() + inches(0.04) <= room / slots
        self.head = max(
            canvas.height(name, SUPPORT_BOLD, self.width) for name in table.series_names
        )
        self.height = min(share(area.h, self.down, GAP_DOWN), round(self.width * TALLEST))

    def _ends(self, series: int) -> tuple[int, int]:
        """The places of a series' first and last value."""
        known = [n for n, value in enumerate(self.table.values[series]) if value is not None]
        return known[0], known[-1]

    def _words(self, series: int, index: int) -> str:
        return self.numbers.brief(self.table.values[series][index] or 0.0)

    def _widest(self) -> int:
        """The width of the widest value at an end."""
        words = [self._words(n, index) for n, ends in enumerate(self.ends) for index in ends]
        return max(self.canvas.width(word, VALUE) for word in words)

    def _margins(self) -> tuple[int, int]:
        """The room for values left and right of lines and areas, the same for all charts."""
        if not self.edged:
            return 0, 0
        first, last = (
            max(self.canvas.width(self._words(n, ends[side]), VALUE)
                for n, ends in enumerate(self.ends))
            for side in (0, 1)
        )  # fmt: skip
        return (round(first * 1.03) + VALUE_GAP + inches(0.03),
                round(last * 1.03) + VALUE_GAP + inches(0.06))  # fmt: skip

    def _names(self, slot: float) -> Names | None:
        """The names below each plot; dates have only their first and last one there."""
        if self.dated:
            cells, grain = read_cells(self.table.names)
            language = self.outline.language
            words = tuple(
                str(cell) if isinstance(cell, int) else format_date(cell, grain, language)
                for cell in cells
                if not isinstance(cell, str)
            )
            if len(words) == len(cells):
                return Names(cells, words, "yyyy-mm-dd", CAPTION.size_pt, 0, 1)
        return fit_names(self.canvas, self.table.names, slot, sizes=(11,), most_lines=2)

    # -- painting ------------------------------------------------------------------------

    def paint(self) -> None:
        below = names_height(self.names) if self.names else 0
        sizes = self.width - sum(self.margins), self.height - self.head - VALUE_GAP - below
        if self.names is None or not self._holds(self.names, *sizes):
            self._refuse(self.names, *sizes)
            return
        area = self.place.area
        for number in range(len(self.table.series)):
            row, column = divmod(number, self.across)
            x = area.x + column * (self.width + GAP_ACROSS)
            y = area.y + row * (self.height + GAP_DOWN)
            self._pane(number, Box(x, y, self.width, self.height), self.names, sizes)
        takeaways(self.canvas, self.place, self.slide.points)

    def _holds(self, names: Names, width: int, height: int) -> bool:
        if width < LEAST_WIDTH or height < LEAST_HEIGHT:
            return False
        heads = all(
            self.canvas.fits(name, SUPPORT_BOLD, self.width, 2) for name in self.table.series_names
        )
        return heads and (bool(names.every) or self._end_width(names) <= width)

    def _end_width(self, names: Names) -> int:
        """What the first and the last date take side by side."""
        ends = (names.words[0], names.words[-1])
        return sum(round(self.canvas.width(word, CAPTION) * 1.03) for word in ends) + inches(0.15)

    def _refuse(self, names: Names | None, width: int, height: int) -> None:
        refuse, table = self.canvas.studio.refuse, self.table
        for series, name in zip(table.series, table.series_names, strict=True):
            if not self.canvas.fits(name, SUPPORT_BOLD, self.width, 2):
                has = to_inches(self.width)
                told = f"the name “{name}” does not fit on two lines of {has:.1f} in"
                refuse(series, told, "shorten it")
                return
        if names is None or (not names.every and self._end_width(names) > width):
            told = f"the names below each chart have {to_inches(width):.1f} in in all"
            refuse(table.categories[0], told, "shorten them, or show fewer series")
            return
        told = f"each chart has {to_inches(width):.1f} by {to_inches(height):.1f} in"
        refuse(self.slide, f"{told} for its plot", "show fewer series, or leave `points` out")

    def _pane(self, number: int, box: Box, names: Names, sizes: tuple[int, int]) -> None:
        """One chart under its name."""
        series, name = self.table.series[number], self.table.series_names[number]
        style = SUPPORT_BOLD.but(color="accent" if series.highlight else "ink")
        self.canvas.text(
            Box(box.x, box.y, box.w, self.head), name, style, name=f"Head {name}", anchor="bottom",
            source=series, role="label",
        )  # fmt: skip
        inner = Box(box.x + self.margins[0], box.y + self.head + VALUE_GAP, *sizes)
        axis = self._axis(number, inner.h)
        plot = Plot(
            inner, axis.low or 0.0, axis.high or 0.0, len(self.table.names),
            gap_percent=GAP_PERCENT, edged=self.edged,
        )  # fmt: skip
        if not names.every:
            y = plot.value(min(max(0.0, plot.low), plot.high))
            self.canvas.rule(inner.x, y, inner.w, Line("muted", 0.75), f"Baseline {name}")
        top = box.y + self.head  # a value at the top of the plot stands half above it
        chart = Box(box.x, top, box.w, box.bottom - top)
        self._add_chart(number, plot, chart, axis, names)
        if self.look.form == "area":
            self._end_labels(number, plot, self.ends[number])
        elif self.look.form == "line":
            self._end_labels(number, plot, self._on_baseline(number, plot))
        elif not self.native:
            self._column_labels(number, plot)
        if not names.every:
            self._dates(plot, names, name)

    def _axis(self, number: int, height: int) -> ValueAxis:
        """From the least to the largest value of all charts or of this one, and zero."""
        values = self.table.known
        if not self.look.common:
            values = [value for value in self.table.values[number] if value is not None]
        low, high = min(values), max(values)
        if includes_zero(self.look, values):
            low, high = min(0.0, low), max(0.0, high)
        elif low < high:
            low -= (high - low) * 0.1
        if low == high:
            low, high = low - abs(low) * 0.1, high + abs(high) * 0.1 + (0.0 if high else 1.0)
        if self.look.form == "column":  # room for labels above and below
            sides = 2 if low < 0 and self.native else 1
            room = VALUE.line_height + inches(0.05)
            more = (high - low) * room / max(1, height - sides * room)
            low, high = (low - more if sides == 2 else low), high + more
        return ValueAxis(low, high)

    def _add_chart(self, number: int, plot: Plot, box: Box, axis: ValueAxis, names: Names) -> None:
        make = {"line": self._lines, "area": self._areas, "column": self._columns}[self.look.form]
        to_scale = self.edged and self.uneven
        chart = CategoryChart(
            categories=tuple(self.days) if to_scale else names.cells,
            series=tuple(make(number, plot)), horizontal=False, number_format=self.numbers.code,
            gap_percent=GAP_PERCENT, label_size_pt=VALUE.size_pt, category_size_pt=names.size_pt,
            axis=axis, label_every=names.every, to_scale=to_scale, edged=self.edged,
            date_format=names.date_format, axis_date_format=names.axis_date_format,
            plot=fractions(plot.box, box),
        )  # fmt: skip
        name, (first, last) = self.table.series_names[number], self.ends[number]
        ends = ", ".join(f"{names.words[n]} {self._words(number, n)}" for n in (first, last))
        self.canvas.add(
            ChartItem(
                name=name, box=box, chart=chart, mark=self.table.series[number].mark,
                alt=f"{self.canvas.title}. {name}: {ends}", role="body",
            )
        )  # fmt: skip

    # -- marks -------------------------------------------------------------------------

    def _token(self, number: int) -> str:
        """The colour of a series: an accent for the message."""
        series = self.table.series
        if series[number].highlight:
            return "accent"
        if self.look.form != "line":
            return "brand_soft"
        return "muted" if any(one.highlight for one in series) else "series1"

    def _lines(self, number: int, plot: Plot) -> list[CategorySeries]:
        """A line, and a dashed one where it is planned."""
        name = self.table.series_names[number]
        solid, dashed = self.table.split_planned(number)
        made = [self._line(number, plot, name, solid, dashed=False)] if any(
            value is not None for value in solid) else []  # fmt: skip
        if dashed:
            words = f"{name} ({self.canvas.studio.labels.planned.lower()})"
            made.append(self._line(number, plot, words, dashed, dashed=True))
        return made

    def _line(
        self, number: int, plot: Plot, name: str, values: Sequence[float | None], dashed: bool
    ) -> CategorySeries:
        """A line whose last value, and any that stands alone, has a mark."""
        token, (first, last) = self._token(number), self.ends[number]
        known = [n for n, value in enumerate(values) if value is not None]
        marked = {run[0] for run in runs_in(known) if len(run) == 1} | {last}
        ink = label_ink(self.canvas.theme, token)
        points_ = []
        for n, value in enumerate(values):
            at: LabelPlace = "none"
            if value is not None and n in (first, last):
                at = "left" if n == first and first != last else "right"
                if n in self._on_baseline(number, plot):
                    at = "none"
            if dashed and n == known[0] and not self.table.categories[n].planned:
                at = "none"  # the other line has its label, and its mark if it stands alone
                marked.discard(n)
            fill = token if n in marked and value is not None else None
            points_.append(CategoryPoint(value, fill, label_color=ink, label_at=at))
        return CategorySeries(
            name, tuple(points_), form="line", marker="circle", marker_pt=6,
            line=Line(token, 2.25 if token == "accent" else 1.75, dashed=dashed),
        )  # fmt: skip

    def _areas(self, number: int, plot: Plot) -> list[CategorySeries]:
        token = self._token(number)
        points_ = tuple(
            CategoryPoint(value, token, label_at="none") for value in self.table.values[number]
        )
        return [CategorySeries(self.table.series_names[number], points_, form="area")]

    def _columns(self, number: int, plot: Plot) -> list[CategorySeries]:
        made = []
        for n, value in enumerate(self.table.values[number]):
            fill, line = self._column_look(number, n)
            at: LabelPlace = "outside" if self.native and n in self.ends[number] else "none"
            made.append(CategoryPoint(value, fill, line, label_at=at))
        return [CategorySeries(self.table.series_names[number], tuple(made))]

    def _column_look(self, number: int, index: int) -> tuple[str, Line | None]:
        """The last column is stronger unless another one carries the message."""
        category, token = self.table.categories[index], self._token(number)
        if category.planned:
            return "accent_soft", IN_BUILD
        if category.highlight:
            return "accent", None
        marked = any(one.highlight for one in self.table.categories)
        last = index == self.ends[number][1] and token != "accent" and not marked
        return "series1" if last else token, None

    # -- texts --------------------------------------------------------------------------

    def _dates(self, plot: Plot, names: Names, name: str) -> None:
        """The first and the last date, below the ends of the plot."""
        style = CAPTION.but(color="muted")
        y = plot.box.bottom + inches(0.05)
        for place, index in (("first", 0), ("last", -1)):
            words = names.words[index]
            width = round(self.canvas.width(words, style) * 1.03) + inches(0.02)
            x = plot.box.x if index == 0 else plot.box.right - width
            self.canvas.text(
                Box(x, y, width, style.line_height), words,
                style.but(align="left" if index == 0 else "right"),
                name=f"{place.capitalize()} date {name}", role="label",
            )  # fmt: skip

    def _at(self, plot: Plot, index: int) -> int:
        if not (self.edged and self.uneven):
            return plot.at(index)
        length = (self.days[-1] - self.days[0]).days
        return plot.box.x + round((self.days[index] - self.days[0]).days / length * plot.box.w)

    def _value(self, number: int, index: int, box: Box, style: Style) -> None:
        name, side = self.table.series_names[number], self.ends[number].index(index)
        self.canvas.shape(
            box, f"{('First', 'Last')[side]} value {name}", words=self._words(number, index),
            style=style, insets=(0, 0, 0, 0), source=self.table.series[number], role="label",
            fill="bg" if self.look.form == "line" else None,  # it hides the baseline
        )  # fmt: skip

    def _on_baseline(self, number: int, plot: Plot) -> list[int]:
        """Ends of a line within the plot whose labels beside them would lie on the baseline."""
        row, zero = self.table.values[number], plot.value(max(0.0, plot.low))
        return [
            n
            for n in self.ends[number]
            if 0 < n < len(row) - 1
            and abs(plot.value(row[n] or 0.0) - zero) < VALUE.line_height * 0.7
        ]

    def _end_labels(self, number: int, plot: Plot, indices: Sequence[int]) -> None:
        """Values beside these ends of a line or an area; an area has a dot at its last."""
        high, token = VALUE.line_height, self._token(number)
        area = self.look.form == "area"
        for index in dict.fromkeys(indices):
            x, y = self._at(plot, index), plot.value(self.table.values[number][index] or 0.0)
            right = index == self.ends[number][1]
            width = round(self.canvas.width(self._words(number, index), VALUE) * 1.03)
            left = x + VALUE_GAP if right else x - VALUE_GAP - width
            style = VALUE.but(align="left" if right else "right")
            if not area:
                style = style.but(color=label_ink(self.canvas.theme, token))
            self._value(number, index, Box(left, y - high // 2, width, high), style)
            if right and area:
                fill = "accent" if token == "accent" else "series1"
                self.canvas.shape(
                    Box(x - DOT // 2, y - DOT // 2, DOT, DOT), f"Dot {number + 1}",
                    geometry="ellipse", fill=fill, role="label",
                    alt=f"Last value of {self.table.series_names[number]}",
                )  # fmt: skip

    def _column_labels(self, number: int, plot: Plot) -> None:
        """Values over columns that are narrower: above all columns that a value reaches over."""
        row, high = self.table.values[number], VALUE.line_height
        free = plot.box.x
        for index in dict.fromkeys(self.ends[number]):
            words = self._words(number, index)
            width = round(self.canvas.width(words, VALUE) * 1.03) + inches(0.02)
            x = min(max(plot.box.x, plot.at(index) - width // 2), plot.box.right - width)
            if x < free:  # both do not fit side by side: the last one is read first
                name = self.table.series_names[number]
                self.canvas.studio.move_to_notes(f"the last value of “{name}”", words)
                continue
            free = x + width + inches(0.05)
            reached = [
                value or 0.0
                for n, value in enumerate(row)
                if abs(plot.at(n) - x - width // 2) <= (width + plot.slot) / 2
            ]
            top = plot.value(max(0.0, *reached, 0.0)) - high - inches(0.02)
            style = VALUE.but(align="center")
            self._value(number, index, Box(x, top, width, high), style)
