"""Lines and areas over categories go in, a native chart and its labels come out.

Each category of lines stands in the middle of its slot, and names begin where lines end;
areas reach from edge to edge of the plot.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date
from functools import cached_property

from msgspec import Struct

from deckgen.arrange import runs_in
from deckgen.canvas import Canvas
from deckgen.charts.annotations import ReferenceLine, draw_reference
from deckgen.charts.arrows import ARROW_LEVEL, Arrow, change_words, draw_arrow
from deckgen.charts.colors import series_fills
from deckgen.charts.data import Table, TableSlide
from deckgen.charts.lineends import LineEnd, place_early_names
from deckgen.charts.measure import add_chart, measure_words, numbers_of, stand, takeaways
from deckgen.charts.names import Names, fit_dates, fit_names, names_height, spacing_of
from deckgen.charts.plot import Plot, begins_at_zero, fractions, headroom, round_axis, step_decimals
from deckgen.charts.sidelabels import LABEL_GAP, SideLabel, draw_side_labels, side_width
from deckgen.formats import Numbers, percent
from deckgen.scene import (
    Box,
    CategoryChart,
    CategoryPoint,
    CategorySeries,
    LabelPlace,
    Line,
    Stacking,
    ValueAxis,
)
from deckgen.styles import CAPTION, SUPPORT_BOLD, Style
from deckgen.units import inches, points

MOST_LABELLED = 12  # values of a lone line that are labelled instead of an axis
MOST_NAMED = 14  # years or dates that stand one by one below the lines
MOST_MARKED = 12  # values of a line that have a mark each
SIDE_MOST, SIDE_GAP = inches(2.2), LABEL_GAP + inches(0.08)
LABEL = SUPPORT_BOLD
# Colours of lines, each at least 3 : 1 against the slide in both house themes.
LINE_TOKENS = ("series1", "series3", "muted", "series2")


class LineLook(Struct, frozen=True):
    """How the lines of a table are shown."""

    form: str
    from_zero: bool | None
    arrows: tuple[Arrow, ...]
    references: tuple[ReferenceLine, ...]


class LineDrawing:
    """Lines or areas on a canvas."""

    def __init__(self, canvas: Canvas, slide: TableSlide, table: Table, look: LineLook) -> None:
        self.canvas, self.slide, self.table, self.look = canvas, slide, table, look
        self.outline = canvas.studio.outline
        self.stacked = look.form in ("area", "share")
        values = table.known
        if look.form == "area":
            values = [*values, *(table.total(n) for n in range(len(table.names)))]
        self.numbers = numbers_of(slide, values, self.outline)
        shares = look.form == "share"
        bold, plain = measure_words(slide, self.outline, self.numbers.power, shares)
        self.place = stand(canvas, slide.points, bold, plain, slide.measure)
        self.tokens = self._tokens()
        self.grain = ""
        lone = len(table.series) == 1 and not self.stacked
        self.labelled = lone and len(table.names) <= MOST_LABELLED

    def _tokens(self) -> list[str]:
        """The colour of each series: an accent for the message, then strong ones that differ."""
        marked = [series.highlight for series in self.table.series]
        if self.stacked:
            return series_fills(marked)
        if any(marked):
            return ["accent" if on else "muted" for on in marked]
        return [LINE_TOKENS[n % len(LINE_TOKENS)] for n in range(len(marked))]

    # -- places --------------------------------------------------------------------

    @cached_property
    def axis(self) -> ValueAxis:
        """Few round numbers over all values; areas begin at zero."""
        if self.look.form == "share":
            return ValueAxis(0.0, 1.0, 0.25, "0%;;")
        values = [*self.table.known, *(reference.value for reference in self.look.references)]
        if self.stacked:
            values = [self.table.total(n) for n in range(len(self.table.names))]
        zero = self.stacked or begins_at_zero(values, self.look.from_zero)
        axis = round_axis(values, 4, from_zero=zero)
        # The number of zero would touch the first name below it.
        ticks = Numbers(
            step_decimals(axis.step, self.numbers.power), self.numbers.power, self.numbers.language
        )
        code = f"{ticks.code};" if self.edged else ticks.code
        return ValueAxis(axis.low, axis.high, axis.step, code)

    def _tick_width(self) -> int:
        """The room left of the plot that the axis' numbers take, or half of the first name."""
        if self.labelled:
            return 0
        ends = (self.axis.low or 0.0, self.axis.high or 0.0)
        words = ["100%"] if self.look.form == "share" else [self.numbers.words(v) for v in ends]
        return max(self.canvas.width(word, CAPTION) for word in words) + inches(0.16)

    def _layout(self) -> tuple[Plot, Box, Names] | None:
        """The plot, the chart's box, and the names below it; None after a refusal."""
        area, table = self.place.area, self.table
        words = [self._end_words(n) for n in range(len(table.series))]
        words += [str(reference.label) for reference in self.look.references]
        self.side = side_width(self.canvas, words, SIDE_MOST, LABEL)
        left, count = self._tick_width(), len(table.names)
        right = self.side + SIDE_GAP if self.side else 0
        # Half a slot lies right of the last value; names may stand in it.
        width = area.w - left - right
        width = width if self.edged else min(area.w - left, round(width / (1 - 0.5 / count)))
        slot = width / (max(1, count - 1) if self.edged else count)
        names = self._names(slot, width)
        if names is None:
            self.canvas.studio.refuse(
                table.categories[0],
                f"the names below the lines have {slot / inches(1):.2f} in each",
                "shorten them, or show fewer",
            )  # fmt: skip
            return None
        if self.edged:  # the first and the last name stand half outside
            ends = [self.canvas.width(names.words[n], Style(names.size_pt, bold=True)) // 2
                    for n in (0, -1)]  # fmt: skip
            more = max(0, ends[0] - left)
            left, width = left + more, width - more - max(0, ends[1] - right)
        top = area.y + ARROW_LEVEL * len(self.look.arrows)
        below = names_height(names)
        box = Box(area.x + left, top, width, area.bottom - top - below)
        chart = Box(area.x, top, area.w, area.bottom - top)
        return Plot(box, 0.0, 1.0, count, edged=self.edged), chart, names

    def _names(self, slot: float, width: int) -> Names | None:
        if self.cells:
            return fit_dates(self.canvas, self.cells, self.grain, width)
        return fit_names(self.canvas, self.table.names, slot, sizes=(12, 11), most_lines=2)

    @property
    def edged(self) -> bool:
        return self.stacked or bool(self.cells)

    def _end_words(self, series: int) -> str:
        """What stands at a line's end: its name, and its last value unless all are labelled."""
        name, row = self.table.series_names[series], self.table.values[series]
        if self.labelled:
            return "" if len(self.table.series) == 1 else name
        if self.look.form == "area" and row[-1] is None:
            return name
        if self.look.form == "share":
            total = self.table.total(-1)
            return f"{name} {percent(round((row[-1] or 0.0) / total, 2), self.outline.language)}"
        last = next(value for value in reversed(row) if value is not None)
        if len(self.table.series) == 1:
            return self.numbers.words(last)
        return f"{name} {self.numbers.words(last)}"

    @cached_property
    def moments(self) -> list[float] | None:
        """Where dates that are not even stand, in categories from the first; None if they are."""
        cells = self.cells
        if not cells:
            return None
        days = [cell.toordinal() for cell in cells]
        length = (days[-1] - days[0]) or 1
        return [(day - days[0]) / length * (len(days) - 1) for day in days]

    @cached_property
    def cells(self) -> list[date]:
        """The dates of the categories where their distances differ; years as their first day."""
        days, self.grain, uneven = spacing_of(self.table.names)
        # LibreOffice (7.4) prints every name of an axis that is none of dates.
        return days if uneven or len(days) > MOST_NAMED else []

    # -- painting ------------------------------------------------------------------------

    def paint(self) -> None:
        found = self._layout()
        if found is None:
            return
        bare, box, names = found
        axis = self.axis
        if self.labelled:
            room = points(12 * 1.2) + inches(0.1)
            low, high = axis.low or 0.0, max(self.table.known)
            axis = ValueAxis(low, headroom(high, low, bare.box.h, room))
        plot = Plot(bare.box, axis.low or 0.0, axis.high or 1.0, bare.count, edged=self.edged)
        right = self._at(plot, plot.count - 1)
        for reference in self.look.references:
            draw_reference(self.canvas, plot, reference.value, reference.label, right)
        self._add_chart(plot, box, axis, names)
        for level, arrow in enumerate(self.look.arrows):
            self._arrow(plot, arrow, plot.box.y - ARROW_LEVEL * level - ARROW_LEVEL // 2)
        early: dict[int, Box] = {}
        if not self.stacked:
            levels = [plot.value(one.value) for one in self.look.references]
            ends = self._ends(plot)
            early = place_early_names(self.canvas, ends, plot.box, right, levels, LABEL)
        for series, place in early.items():
            style = LABEL.but(color=self.tokens[series])
            self.canvas.text(
                place, self._end_words(series), style, anchor="middle", role="label",
                name=f"Series {self._end_words(series)}", source=self.table.series[series],
            )  # fmt: skip
        draw_side_labels(
            self.canvas, right + SIDE_GAP, self.side, plot.box.y - inches(0.1),
            plot.box.bottom, self._side_labels(plot, early), LABEL,
            ground=None if self.edged else "bg",
        )  # fmt: skip
        takeaways(self.canvas, self.place, self.slide.points)

    def _at(self, plot: Plot, index: int) -> int:
        return plot.at(self.moments[index] if self.moments else index)

    def _add_chart(self, plot: Plot, box: Box, axis: ValueAxis, names: Names) -> None:
        series: list[CategorySeries] = []
        for place in range(len(self.table.series)):
            series += self._areas(place) if self.stacked else self._lines(place)
        stacking: Stacking = "none"
        if self.stacked:
            stacking = "stacked" if self.look.form == "area" else "percent"
        chart = CategoryChart(
            categories=tuple(self.cells) or names.cells, series=tuple(series), horizontal=False,
            stacking=stacking, number_format=self.numbers.code, label_size_pt=12,
            category_size_pt=names.size_pt, axis=axis, label_every=names.every,
            label_unit=names.unit, date_format=names.date_format,
            axis_date_format=names.axis_date_format, to_scale=bool(self.cells),
            edged=self.edged, plot=fractions(plot.box, box),
        )  # fmt: skip
        pairs = [
            (name, next(v for v in reversed(row) if v is not None))
            for name, row in zip(self.table.series_names, self.table.values, strict=True)
        ]
        add_chart(self.canvas, self.slide, box, chart, self.numbers, pairs)

    def _areas(self, place: int) -> list[CategorySeries]:
        points_ = tuple(
            CategoryPoint(value, self.tokens[place], label_at="none")
            for value in self.table.values[place]
        )
        edge = Line("bg", 0.75)
        return [CategorySeries(self.table.series_names[place], points_, form="area", line=edge)]

    def _lines(self, place: int) -> list[CategorySeries]:
        """A line; what is planned is a second one, dashed, from the last value that is not."""
        name = self.table.series_names[place]
        solid, dashed = self.table.split_planned(place)
        made = [self._line(place, name, solid, dashed=False)]
        if dashed:
            words = f"{name} ({self.canvas.studio.labels.planned.lower()})"
            made.append(self._line(place, words, dashed, dashed=True))
        return made

    def _line(
        self, place: int, name: str, values: Sequence[float | None], dashed: bool
    ) -> CategorySeries:
        token = self.tokens[place]
        width = 3.0 if token == "accent" else 2.25
        joint = next((n for n, value in enumerate(values) if value is not None), -1)
        points_ = tuple(
            CategoryPoint(value, token, label_at="none" if dashed and n == joint else self._side(n))
            for n, value in enumerate(values)
        )
        known = [n for n, value in enumerate(values) if value is not None]
        alone = any(len(run) == 1 for run in runs_in(known))  # seen by its mark only
        marked = len(values) <= MOST_MARKED or alone
        return CategorySeries(
            name, points_, form="line", line=Line(token, width, dashed=dashed),
            marker="circle" if marked else None,
        )  # fmt: skip

    def _side(self, index: int) -> LabelPlace:
        """Where a lone line's label stands: below it in a valley, else above."""
        if not self.labelled:
            return "none"
        row = self.table.values[0]
        around = [v for v in (*row[max(0, index - 1) : index], *row[index + 1 : index + 2])
                  if v is not None]  # fmt: skip
        value = row[index]
        low, high = self.axis.low or 0.0, self.axis.high or 1.0
        if value is None or not around or value >= min(around):
            return "above"
        return "below" if value - low > (high - low) * 0.12 else "above"

    def _ends(self, plot: Plot) -> list[LineEnd]:
        """Each line and what stands at its end."""
        found = []
        for place, row in enumerate(self.table.values):
            known = [(n, value) for n, value in enumerate(row) if value is not None]
            path = tuple((self._at(plot, n), plot.value(value)) for n, value in known)
            found.append(LineEnd(path, self._end_words(place)))
        return found

    def _side_labels(self, plot: Plot, early: Container[int]) -> list[SideLabel]:
        found = [
            SideLabel(plot.value(one.value), str(one.label), "ink2", one.label)
            for one in self.look.references
        ]
        base, total = 0.0, self.table.total(-1)
        for place, row in enumerate(self.table.values):
            words = self._end_words(place)
            last = next(value for value in reversed(row) if value is not None)
            if self.stacked:
                value = (row[-1] or 0.0) / (total if self.look.form == "share" else 1.0)
                last, base = base + value / 2, base + value
            color = (
                self.tokens[place] if not self.stacked or self.tokens[place] == "accent" else "ink2"
            )
            if words and place not in early:
                found.append(SideLabel(plot.value(last), words, color, self.table.series[place]))
        return found

    def _arrow(self, plot: Plot, arrow: Arrow, level: int) -> None:
        names = self.table.names
        place = self.table.series_names.index(arrow.series) if arrow.series else 0
        row = self.table.values[place]
        ends = [names.index(arrow.from_), names.index(arrow.to)]
        values = [row[index] or 0.0 for index in ends]
        room = points(12 * 1.2) + inches(0.1) if self.labelled else inches(0.1)
        feet = [
            (self._at(plot, n), plot.value(v) - room) for n, v in zip(ends, values, strict=True)
        ]
        words = change_words(self.canvas, arrow, self.table, self.numbers, values)
        draw_arrow(
            self.canvas, f"Arrow {arrow.from_} to {arrow.to}", feet[0], feet[1], level, words
        )
