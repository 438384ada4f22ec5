"""A table goes in; what its columns say, how large and in which colours, comes out.

Columns are labelled in the largest size that they hold; where even 11 points are too large the
chart has an axis of numbers instead. `standing` draws them; `lying` has its bars look alike.
Lengths in EMU.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from itertools import pairwise

from msgspec import Struct

from deckgen.canvas import Canvas
from deckgen.charts.annotations import BRACKET, ReferenceLine, runs_of
from deckgen.charts.arrows import ARROW_LEVEL, Arrow
from deckgen.charts.colors import series_fills
from deckgen.charts.data import Category, Table, TableSlide
from deckgen.charts.keys import key_row_height
from deckgen.charts.measure import measure_words, numbers_of, stand
from deckgen.charts.names import fit_dates, fit_names, names_height, spacing_of
from deckgen.charts.plot import Plot, headroom, round_axis, step_decimals
from deckgen.charts.sidelabels import LABEL_GAP, side_width
from deckgen.formats import Numbers, decimals_for, percent
from deckgen.parts import tier_fill
from deckgen.scene import Box, Line, ValueAxis
from deckgen.source import Text
from deckgen.styles import CAPTION, Style
from deckgen.theme import contrast
from deckgen.units import inches, points

SIZES = (14.0, 12.0, 11.0)  # points, of labels
THICKEST = inches(1.4)
GAP_PERCENT, MOST_GAP = 55, 500  # of a column; the most is the format's (ST_GapAmount)
OVERLAP_PERCENT = -6  # between columns of a category: a hairline of ground
SIDE_MOST = inches(1.7)  # that names beside the plot may take
LEAST_CONTRAST = 2.5  # of a column against the slide
LINE_SHARE = 0.36  # of the plot's height, above the columns, that is a line's own
IN_BUILD = Line("accent", 1.5, dashed=True)
EDGE = Line("bg", 0.75)  # between the parts of a stack
SMALL = "values too small for a label"


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


class Columns:
    """A table as columns on a canvas. `columns` and `lines` are numbers of its series."""

    def __init__(self, canvas: Canvas, slide: TableSlide, table: Table, look: Look) -> None:
        self.canvas, self.slide, self.table, self.look = canvas, slide, table, look
        self.outline, self.labels = canvas.studio.outline, canvas.studio.labels
        names = table.series_names
        self.lines = [n for n, name in enumerate(names) if name in look.line]
        self.columns = [n for n in range(len(names)) if n not in self.lines]
        own = [v for n in self.columns for v in table.values[n] if v is not None]
        self.stacked = look.form != "clustered" and len(self.columns) > 1
        self.tops = self._tops()
        # What the axis reaches: of columns side by side each end, not the highest alone.
        self.ends = self.tops if self.stacked or look.form == "share" else [*self.tops, *own]
        shown = [*own, *(self.tops if look.form == "stacked" else [])]
        self.numbers = numbers_of(slide, shown, self.outline)
        self.line_numbers = self._line_numbers()
        shares = look.form == "share"
        bold, plain = measure_words(slide, self.outline, self.numbers.power, shares)
        self.place = stand(canvas, slide.points, bold, plain, slide.measure)
        self.area = self.place.area
        self.keyed = len(self.columns) > 1 and not self.stacked
        self.runs = runs_of(brackets_of(canvas, table, look))
        self.fills = series_fills([table.series[n].highlight for n in self.columns])

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

    def missing(self, index: int) -> bool:
        """Whether no column of a category has a value."""
        return all(self.table.values[n][index] is None for n in self.columns)

    # -- colours -----------------------------------------------------------------------

    def point_fill(self, place: int, index: int) -> tuple[str, Line | None]:
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
        words += [self.line_words(n) for n in self.lines]
        if self.stacked:
            words += [self.table.series_names[n] for n in self.columns]
        return side_width(self.canvas, words, SIDE_MOST, CAPTION.but(bold=True))

    def line_words(self, series: int) -> str:
        unit = f" ({self.look.line_unit})" if self.look.line_unit else ""
        return f"{self.table.series_names[series]}{unit}"

    def find_plot(self, ticks: int) -> tuple[Plot, Box] | None:
        """The plot and the chart's box, with so much room for an axis of numbers."""
        area = self.area
        top = area.y + (key_row_height() if self.keyed else 0)
        top += ARROW_LEVEL * len(self.look.arrows)
        right = area.right - (self.side + LABEL_GAP + inches(0.1) if self.side else 0)
        width = right - area.x - ticks
        names = fit_names(self.canvas, self.table.names, width / len(self.table.names))
        if names is None:
            self._refuse_names(width / len(self.table.names))
            return None
        self.cells = self._days() if names.every > 1 else []
        if self.cells:
            grain = spacing_of(self.table.names)[1]
            names = fit_dates(self.canvas, self.cells, grain, width)
        self.names = names
        below = names_height(names)
        bottom = area.bottom - below - (BRACKET if self.runs else 0)
        box = Box(area.x + ticks, top, width, bottom - top)
        bars = 1 if self.stacked else len(self.columns)
        slot = width / len(self.table.names)
        gap = min(MOST_GAP, max(GAP_PERCENT, round((slot / THICKEST - bars) * 100)))
        plot = Plot(
            box, 0.0, 1.0, len(self.table.names), gap_percent=gap, bars=bars,
            overlap_percent=0 if self.stacked else OVERLAP_PERCENT,
        )  # fmt: skip
        return plot, Box(area.x, top, right - area.x, box.h + below)

    def _days(self) -> list[date]:
        """The categories as days, where one follows another: on an axis of such days each
        column has the place that it has on one of names.

        LibreOffice (7.4) leaves out all names of an axis on which more than about 36 stand.
        """
        days, grain, _ = spacing_of(self.table.names)
        counts = [
            {"year": day.year, "month": day.year * 12 + day.month}.get(grain, day.toordinal())
            for day in days
        ]
        return days if all(after - before == 1 for before, after in pairwise(counts)) else []

    def _refuse_names(self, slot: float) -> None:
        style = Style(SIZES[-1], bold=True)
        longest = max(self.table.names, key=lambda name: self.canvas.width(name, style))
        category = self.table.categories[self.table.names.index(longest)]
        self.canvas.studio.refuse(
            category, f"the name “{longest}” does not fit below its column, which has"
            f" {slot / inches(1):.2f} in",
            "shorten it, show fewer columns, or use `direction: bars`",
        )  # fmt: skip

    def label_size(self, plot: Plot) -> float:
        """The largest size in which every label fits its column; 0 if none does."""
        room = plot.slot * 0.96 if plot.bars == 1 else plot.thickness * 1.06
        if self.stacked:
            room = plot.thickness
        for size in SIZES if len(self.columns) == 1 else SIZES[1:]:
            style = Style(size, bold=True)
            widest = max(self.canvas.width(self.label(n, i), style)
                         for n in self.columns for i in range(plot.count))  # fmt: skip
            if widest + inches(0.05) <= room:
                return size
        return 0.0

    @cached_property
    def ticks_width(self) -> int:
        """The room that numbers along the axis take."""
        if self.look.form == "share":
            return self.canvas.width(percent(1.0, self.outline.language), CAPTION)
        axis = round_axis([0.0, *self.ends], 4, from_zero=True)
        ends = (axis.low or 0.0, axis.high or 0.0)
        return max(self.canvas.width(self.numbers.words(value), CAPTION) for value in ends)

    def label(self, series: int, index: int) -> str:
        """What a column says; in a stack of shares its share."""
        value = self.table.values[series][index]
        if value is None:
            return ""
        if self.look.form == "share":
            total = sum(self.table.values[n][index] or 0.0 for n in self.columns)
            return percent(round(value / total, 2), self.outline.language)
        return self.numbers.words(value)

    def axis_of(self, plot: Plot, size: float) -> ValueAxis:
        """Zero to the highest column, with room for what stands above it."""
        if self.look.form == "share":
            return ValueAxis(0.0, 1.0) if size else ValueAxis(0.0, 1.0, 0.25, "0%")
        lowest, highest = min(0.0, *self.ends), max(0.0, *self.ends)
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
