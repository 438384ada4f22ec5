"""Shares go in; a native chart of columns of different widths comes out with its labels.

Shares stand in the parts of the columns, names and widths below the columns, the names of the
series at the right or in a key. Lengths in EMU.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from deckgen.arrange import set_apart
from deckgen.canvas import Canvas
from deckgen.charts.colors import series_fills, text_on
from deckgen.charts.data import Category
from deckgen.charts.keys import draw_key_row, key_row_height, key_row_width
from deckgen.charts.measure import Stand
from deckgen.charts.shares import DAYS, Shares, column_days, mosaic_chart
from deckgen.charts.sidelabels import LABEL_GAP, SideLabel, draw_side_labels, side_width
from deckgen.formats import Numbers, percent
from deckgen.scene import Box, ChartItem, ConnectorItem, Line
from deckgen.styles import CAPTION, LABEL, Style
from deckgen.units import inches, points, to_inches

GAP = inches(0.04)  # between columns
SIDE_MOST, SIDE_STYLE = inches(1.9), CAPTION.but(bold=True)
LEAST_NAMED = inches(0.3)  # the narrowest last column that has the names of its parts beside it
LEAST_PART = 0.01  # the least of them
SIZES = (12.0, 11.0)  # points, of shares
NAME_STYLE, WIDTH_STYLE = LABEL.but(color="ink", align="center"), CAPTION.but(align="center")
NAME_GAP, MOST_LINES = inches(0.07), 3
LEADER = inches(0.2)  # between columns and names that had to move
FURTHEST = inches(1.2)  # that a name may stand off its column


def share_words(share: float, language: str) -> str:
    """A share in whole percent; one that is almost nothing as `<1%`."""
    if 0 < share < 0.005:
        return f"<{percent(0.01, language)}"
    return percent(round(share, 2), language)


class MosaicDrawing:
    """Columns on a canvas. `numbers` print widths, unless they are told as shares."""

    def __init__(
        self, canvas: Canvas, place: Stand, shares: Shares, numbers: Numbers | None
    ) -> None:
        self.canvas, self.area, self.data, self.numbers = canvas, place.area, shares, numbers
        self.table, self.language = shares.table, canvas.studio.outline.language
        self.side = side_width(canvas, self.table.series_names, SIDE_MOST, SIDE_STYLE)
        self.width = self.area.w
        self.keyed = self._is_keyed()
        if not self.keyed:
            self.width -= self.side + LABEL_GAP + inches(0.1)
        gap = max(4, round(DAYS * GAP / self.width))
        self.days = column_days(shares.widths, gap)
        self.fills = series_fills([series.highlight for series in self.table.series])
        self.rooms: list[int] = []  # of the names below the columns

    def _is_keyed(self) -> bool:
        """Whether a key names the series: the last column is too narrow, or lacks one of them."""
        widths = self.data.widths
        narrow = widths[-1] / sum(widths) * self.area.w < LEAST_NAMED
        lacks = any(row[-1] < LEAST_PART for row in self.data.shares)
        fits = key_row_width(self.canvas, self.table.series_names) <= self.area.w
        return (narrow or lacks) and fits

    # -- places --------------------------------------------------------------------

    def _x(self, day: int) -> int:
        return self.area.x + round(day / DAYS * self.width)

    def _columns(self) -> list[tuple[int, int]]:
        """Where each column begins and ends."""
        return [(self._x(start), self._x(end)) for start, end in self.days]

    def _width_words(self, index: int) -> str:
        width = self.data.widths[index]
        if self.numbers:
            return self.numbers.words(width)
        return share_words(width / sum(self.data.widths), self.language)

    def _rooms(self, narrow: bool) -> list[int]:
        """The width of each name: on one line where its column holds that, else as narrow as
        three lines allow, which all are if `narrow`.
        """
        return [
            self._room(n, 0 if narrow else right - left)
            for n, (left, right) in enumerate(self._columns())
        ]

    def _room(self, index: int, own: int) -> int:
        name, pad = self.table.names[index], inches(0.04)
        least = self.canvas.width(self._width_words(index), WIDTH_STYLE) + pad
        most = max(least, self.canvas.width(name, NAME_STYLE) + pad)
        if own >= most:
            return most
        if own >= least and self.canvas.fits(name, NAME_STYLE, own, MOST_LINES):
            return own
        fitting = (
            width
            for width in range(least, most, inches(0.03))
            if self.canvas.fits(name, NAME_STYLE, width, MOST_LINES)
        )
        return next(fitting, most)

    def _place_names(self) -> list[int] | None:
        """The middles of the names, in order and apart; None where they have no room together."""
        for narrow in (False, True):
            self.rooms = self._rooms(narrow)
            if sum(self.rooms) + NAME_GAP * (len(self.rooms) - 1) <= self.area.w:
                break
        else:
            return None
        left, right = self.area.x, self.area.right
        placed = set_apart(
            [(start + end) / 2 for start, end in self._columns()],
            [(one + other) / 2 + NAME_GAP for one, other in pairwise(self.rooms)],
            [left + room / 2 for room in self.rooms], [right - room / 2 for room in self.rooms],
            # The name of a wide column gives way: it may stand anywhere below it.
            [1 / max(end - start, inches(0.1)) for start, end in self._columns()],
        )  # fmt: skip
        middles = [round(place) for place in placed]
        return middles if max(self._off(middles)) <= FURTHEST else None

    def _off(self, middles: Sequence[int]) -> list[int]:
        """How far the middle of each name stands off its column; 0 below it."""
        return [
            max(left - at, at - right, 0)
            for at, (left, right) in zip(middles, self._columns(), strict=True)
        ]

    # -- painting ------------------------------------------------------------------------

    def paint(self, name: str, alt: str) -> None:
        """The chart and its labels."""
        middles = self._place_names()
        if middles is None:
            self._refuse()
            return
        lines = max(
            self.canvas.lines(word, NAME_STYLE, room)
            for word, room in zip(self.table.names, self.rooms, strict=True)
        )
        lead = LEADER if any(self._off(middles)) else inches(0.06)
        below = lead + NAME_STYLE.line_height * lines + WIDTH_STYLE.line_height
        area = self.area
        top = area.y + (key_row_height() if self.keyed else 0)
        plot = Box(area.x, top, self.width, area.bottom - below - top)
        if self.keyed:
            entries = list(zip(self.fills, self.table.series_names, strict=True))
            draw_key_row(self.canvas, area.x, area.y, area.w, entries, self.table.series[0])
        chart = mosaic_chart(self.data, self.days, self.fills)
        mark = self.table.categories[0].mark
        self.canvas.add(ChartItem(name=name, box=plot, chart=chart, mark=mark, alt=alt))
        self._labels(plot)
        if not self.keyed:
            x = plot.right + LABEL_GAP + inches(0.1)
            labels = self._side_labels(plot)
            draw_side_labels(self.canvas, x, self.side, plot.y, plot.bottom, labels, SIDE_STYLE)
        self._names(plot, middles, lead)

    def _refuse(self) -> None:
        """Tell the name that its column is the least wide for."""
        wide = [end - start for start, end in self._columns()]
        rooms = self._rooms(narrow=True)
        n = max(range(len(rooms)), key=lambda index: rooms[index] - wide[index])
        self.canvas.studio.refuse(
            self.table.categories[n],
            f"the names of narrow columns have no room below them: “{self.table.names[n]}” needs"
            f" {to_inches(rooms[n]):.2f} in and its column has {to_inches(wide[n]):.2f} in",
            "shorten names, or sum narrow columns up",
        )

    # -- texts --------------------------------------------------------------------------

    def _parts(self, plot: Box, column: int) -> list[tuple[int, int]]:
        """The top and the bottom of each part of a column."""
        sums = [0.0, *accumulate(row[column] for row in self.data.shares)]
        ys = [plot.bottom - round(part * plot.h) for part in sums]
        return [(top, bottom) for bottom, top in pairwise(ys)]

    def _share(self, place: int, column: int) -> str:
        return share_words(self.data.shares[place][column], self.language)

    def _labels(self, plot: Box) -> None:
        """Shares in the parts that hold them; others go to the notes, together by series."""
        parts = {
            (place, column): Box(left, top, right - left, bottom - top)
            for column, (left, right) in enumerate(self._columns())
            for place, (top, bottom) in reversed([*enumerate(self._parts(plot, column))])
            if self.table.values[place][column]
        }
        styles = [Style(size, bold=True, align="center") for size in SIZES]
        held = [self._held(parts, style) for style in styles]
        style, shown = max(zip(styles, held, strict=True), key=lambda pair: len(pair[1]))
        for key, part in parts.items():
            if key in shown:
                self._label(part, key, style)
        for place, name in enumerate(self.table.series_names):
            told = [
                f"{self.table.names[key[1]]} {self._share(*key)}"
                for key in parts
                if key[0] == place and key not in shown
            ]
            if told:
                self.canvas.studio.move_to_notes(f"shares of “{name}”", ", ".join(told))

    def _held(self, parts: dict[tuple[int, int], Box], style: Style) -> set[tuple[int, int]]:
        """The parts that hold their labels: a column too narrow for one of them has none."""
        high = [key for key, part in parts.items() if style.line_height + points(1.5) <= part.h]
        narrow = {
            key[1]
            for key in high
            if self.canvas.width(self._share(*key), style) + inches(0.06) > parts[key].w
        }
        return {key for key in high if key[1] not in narrow}

    def _label(self, part: Box, key: tuple[int, int], style: Style) -> None:
        place, column = key
        words, fill = self._share(*key), self.fills[place]
        width = self.canvas.width(words, style) + inches(0.03)
        x, y = part.x + (part.w - width) // 2, part.y + (part.h - style.line_height) // 2
        # Its fill is that of the part it stands on.
        self.canvas.shape(
            Box(x, y, width, style.line_height),
            f"Share {self.table.names[column]}, {self.table.series_names[place]}",
            fill=fill, words=words, style=style.but(color=text_on(self.canvas.theme, fill)),
            insets=(0, 0, 0, 0), source=self.table.series[place], role="label",
        )  # fmt: skip

    def _names(self, plot: Box, middles: Sequence[int], lead: int) -> None:
        """Below each column its name and its width; a thin line where they had to move."""
        for n, (left, right) in enumerate(self._columns()):
            category, name, room = self.table.categories[n], self.table.names[n], self.rooms[n]
            x, y = middles[n] - room // 2, plot.bottom + lead
            own = (left + right) // 2
            if not left <= middles[n] <= right:
                self.canvas.add(
                    ConnectorItem(
                        name=f"Leader {name}", start=(own, plot.bottom + inches(0.03)),
                        end=(middles[n], y - inches(0.02)), line=Line("muted", 0.75),
                    )
                )  # fmt: skip
            high = self.canvas.height(name, NAME_STYLE, room)
            self.canvas.text(
                Box(x, y, room, high), name, NAME_STYLE.but(color=_ink(category)),
                name=f"Column {name}", source=category, role="label",
            )  # fmt: skip
            self.canvas.text(
                Box(x, y + high, room, WIDTH_STYLE.line_height), self._width_words(n),
                WIDTH_STYLE, name=f"Width {name}", source=category, role="label",
            )  # fmt: skip

    def _side_labels(self, plot: Box) -> list[SideLabel]:
        """The names of the series at the right of the last column."""
        found = []
        for place, (top, bottom) in enumerate(self._parts(plot, len(self.table.names) - 1)):
            color = "accent" if self.fills[place] == "accent" else "ink2"
            words, series = self.table.series_names[place], self.table.series[place]
            found.append(SideLabel((top + bottom) // 2, words, color, series))
        return found


def _ink(category: Category) -> str:
    return "accent" if category.highlight else "ink"
