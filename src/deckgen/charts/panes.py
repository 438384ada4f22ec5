"""Series go in; the grid in which a small chart of each stands comes out.

All charts have plots of one size, with the same room around them: their names above, values at
both ends, names of categories below, or the first and the last date. Lengths in EMU.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from deckgen.arrange import share
from deckgen.canvas import Canvas
from deckgen.charts.data import Table, TableSlide
from deckgen.charts.measure import measure_words, numbers_of, stand
from deckgen.charts.names import Names, fit_names, names_height, read_cells, spacing_of
from deckgen.charts.plot import Plot, begins_at_zero
from deckgen.formats import format_date, read_date
from deckgen.scene import Box, ValueAxis
from deckgen.styles import CAPTION, LABEL, SUPPORT_BOLD
from deckgen.units import inches, to_inches

# Columns of the grid for so many charts.
COLUMNS = {2: 2, 3: 3, 4: 2, 5: 3, 6: 3, 7: 4, 8: 4, 9: 3, 10: 4, 11: 4, 12: 4}
GAP_ACROSS, GAP_DOWN = inches(0.4), inches(0.2)
TALLEST = 0.9  # of a chart's width
LEAST_WIDTH, LEAST_HEIGHT = inches(0.5), inches(0.35)  # of a plot
GAP_PERCENT = 40
VALUE = LABEL.but(color="ink")
VALUE_GAP = inches(0.08)


class PaneLook(Struct, frozen=True):
    """How the charts look: their form, whether they share a scale, whether it is from zero."""

    form: str
    common: bool
    from_zero: bool | None


def includes_zero(look: PaneLook, values: Sequence[float]) -> bool:
    """Whether a scale over values includes zero: always but for lines that are far from it."""
    return look.form != "line" or begins_at_zero(values, look.from_zero)


class Panes:
    """A grid of small charts on a canvas, which it measures off; `PaneDrawing` draws each.

    `ends` are the places of the first and last value of each series, `margins` the room left and
    right of plots, `head` the height of names. Dates stand `to_scale` where they are uneven;
    columns have labels of their own (`native`) where they are wide enough.
    """

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
        self.days, _, uneven = spacing_of(table.names)
        self.to_scale = self.edged and uneven
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

    def words(self, series: int, index: int) -> str:
        """What a value at an end is printed as."""
        return self.numbers.brief(self.table.values[series][index] or 0.0)

    def _widest(self) -> int:
        """The width of the widest value at an end."""
        words = [self.words(n, index) for n, ends in enumerate(self.ends) for index in ends]
        return max(self.canvas.width(word, VALUE) for word in words)

    def _margins(self) -> tuple[int, int]:
        """The room for values left and right of lines and areas, the same for all charts."""
        if not self.edged:
            return 0, 0
        first, last = (
            max(self.canvas.width(self.words(n, ends[side]), VALUE)
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

    # -- places ------------------------------------------------------------------------

    @property
    def boxes(self) -> list[Box]:
        """Where each chart stands, with its name."""
        area, found = self.place.area, []
        for number in range(len(self.table.series)):
            row, column = divmod(number, self.across)
            x = area.x + column * (self.width + GAP_ACROSS)
            y = area.y + row * (self.height + GAP_DOWN)
            found.append(Box(x, y, self.width, self.height))
        return found

    @property
    def plot_size(self) -> tuple[int, int]:
        """The width and height of each plot."""
        below = names_height(self.names) if self.names else 0
        height = self.height - self.head - VALUE_GAP - below
        return self.width - sum(self.margins), height

    def at(self, plot: Plot, index: int) -> int:
        """Where a category stands in a plot of the grid (x)."""
        if not self.to_scale:
            return plot.at(index)
        length = (self.days[-1] - self.days[0]).days
        return plot.box.x + round((self.days[index] - self.days[0]).days / length * plot.box.w)

    def fit_names(self) -> Names | None:
        """What stands below each plot; None after a refusal, where not all finds room."""
        width, height = self.plot_size
        if self.names is None or not self._holds(self.names, width, height):
            self._refuse(self.names, width, height)
            return None
        return self.names

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

    def axis_of(self, number: int, height: int) -> ValueAxis:
        """The axis of a chart whose plot is so high: over all values, or its own, and zero."""
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
