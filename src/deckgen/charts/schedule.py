"""Spans of days go in; a native chart of lying bars comes out, with what is bound to it.

The bars stand on a series that nobody sees, from the axis to their first day. Left of the names
groups have brackets, above the plot stands the calendar, below it the label of today. A text
stands in its bar if that holds it, else beside it; one without room goes to the notes.
Lengths in EMU, days as a workbook counts them.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor

from msgspec import Struct

from deckgen.canvas import Canvas
from deckgen.charts.annotations import Run, draw_reference, runs_of
from deckgen.charts.calendar import Calendar, draw_calendar, make_calendar
from deckgen.charts.colors import text_on
from deckgen.charts.measure import Stand
from deckgen.charts.plot import Plot
from deckgen.formats import date_format
from deckgen.scene import (
    Box,
    CategoryChart,
    CategoryPoint,
    CategorySeries,
    ChartItem,
    Line,
    ValueAxis,
    day_of,
)
from deckgen.source import NOWHERE, Mark, Text
from deckgen.styles import CAPTION, LABEL, Style
from deckgen.units import inches, points, to_inches

SIZES = (14.0, 12.0, 11.0)  # points, of names
NAMES_SHARE = 0.35  # of the chart's width, that names may take
GROUP_WIDTHS = tuple(inches(width) for width in (0.9, 1.1, 1.3, 1.6, 1.9))
GROUP_GAP = inches(0.2)
TALLEST_ROW, TALLEST_BAR = inches(0.8), inches(0.42)
LEAST_BAR = points(2)  # of which something is seen without an outline
TIP_SHARE = 0.06  # of all days, behind the last, where something goes on
HALF_SHARE = 0.015  # of all days, that half a diamond takes
TEXT = CAPTION.but(color="ink")
TEXT_GAP, TEXT_INSET = inches(0.07), inches(0.07)
DIAMOND = inches(0.2)
PLANNED = Line("accent", 1.25, dashed=True)


class Span(Struct, frozen=True, kw_only=True):
    """A row: from day `start` to before day `end`; None goes on. A `milestone` is a diamond.

    `words` are its dates as they are printed.
    """

    name: str
    start: int
    end: int | None
    words: str
    milestone: bool = False
    text: str = ""
    group: str = ""
    highlight: bool = False
    planned: bool = False
    mark: Mark = NOWHERE

    @property
    def fill(self) -> str:
        if self.planned:
            return "accent_soft"
        return "accent" if self.highlight else "brand" if self.milestone else "brand_soft"

    @property
    def outline(self) -> Line | None:
        return PLANNED if self.planned else None


class Today(Struct, frozen=True):
    """A day across all rows, and what it is called."""

    day: int
    words: str
    source: object = None


class Layout(Struct, frozen=True):
    """Where things stand: `group` is the width of the groups' names, 0 if there are none."""

    group: int
    names: int
    size_pt: float
    calendar: Calendar
    plot: Plot


class ScheduleDrawing:
    def __init__(
        self, canvas: Canvas, place: Stand, spans: Sequence[Span], today: Today | None
    ) -> None:
        self.canvas, self.area, self.spans, self.today = canvas, place.area, spans, today
        self.labels, self.language = canvas.studio.labels, canvas.studio.outline.language
        self.runs = runs_of([(span.group, 0, span) for span in spans])
        self.first, self.last = self._ends()

    def _ends(self) -> tuple[int, int]:
        """The first day and the last; where something goes on, with room for that."""
        days = [span.start for span in self.spans]
        days += [span.end - 1 for span in self.spans if span.end is not None]
        days += [self.today.day] if self.today else []
        first, last = min(days), max(days)
        half = max(1, round((last - first) * HALF_SHARE))  # of a diamond
        middles = [(span.start + (span.end or 0) - 1) / 2 for span in self.spans if span.milestone]
        first = min([first, *(floor(middle - half) for middle in middles)])
        last = max([last, *(ceil(middle + half) for middle in middles)])
        if any(span.end is None for span in self.spans):
            last += max(1, round((last - first) * TIP_SHARE))
        return first, last

    # -- places --------------------------------------------------------------------

    def find_layout(self) -> Layout | None:
        """The layout in the largest size that holds all rows; None, and told, if none does."""
        groups = GROUP_WIDTHS if self.runs else (0,)
        for size in SIZES:
            for rows in (2, 1) if size == SIZES[-1] else (2,):
                for group in groups:
                    found = self._layout(size, group, rows)
                    if self._holds(found):
                        return found
        self._refuse(found)
        return None

    def _layout(self, size: float, group: int, rows: int) -> Layout:
        style, area = Style(size, bold=True), self.area
        widest = max(self.canvas.width(span.name, style) for span in self.spans)
        names = round(widest * 1.03) + inches(0.14)
        x = area.x + (group + GROUP_GAP if group else 0) + names
        width = max(inches(1), area.right - x)
        calendar = make_calendar(self.canvas, self.first, self.last, width, rows)
        top = area.y + calendar.height
        below = CAPTION.line_height + inches(0.06) if self.today else 0
        height = min(area.bottom - below - top, TALLEST_ROW * len(self.spans))
        slot = height / len(self.spans)
        share = 0.66 if slot > inches(0.3) else 0.78
        gap = round((slot / min(TALLEST_BAR, slot * share) - 1) * 100)
        plot = Plot(
            Box(x, top, width, height), calendar.low, calendar.high, len(self.spans),
            horizontal=True, gap_percent=gap,
        )  # fmt: skip
        return Layout(group, names, size, calendar, plot)

    def _holds(self, layout: Layout) -> bool:
        if layout.names > self.area.w * NAMES_SHARE:
            return False
        if points(layout.size_pt * 1.15) > layout.plot.slot:
            return False
        return all(self._holds_group(layout, run) for run in self.runs)

    def _holds_group(self, layout: Layout, run: Run) -> bool:
        # A point of a line is air.
        lines = int((run.count * layout.plot.slot + points(1)) // LABEL.line_height)
        return self.canvas.fits(run.words, LABEL, layout.group, lines)

    def _refuse(self, layout: Layout) -> None:
        """Tell what does not fit even in the smallest size."""
        canvas, style = self.canvas, Style(SIZES[-1], bold=True)
        refuse = canvas.studio.refuse
        if layout.names > self.area.w * NAMES_SHARE:
            span = max(self.spans, key=lambda one: canvas.width(one.name, style))
            has = to_inches(round(self.area.w * NAMES_SHARE))
            told = f"{to_inches(layout.names):.1f} in wide and has {has:.1f} in"
            refuse(span, f"the name “{span.name}” is {told}", "shorten it")
            return
        run = next((run for run in self.runs if not self._holds_group(layout, run)), None)
        if run is not None and points(SIZES[-1] * 1.15) <= layout.plot.slot:
            told = f"the group “{run.words}” does not fit beside its rows, of which it has"
            refuse(run.source, f"{told} {run.count}", "shorten its name")
            return
        told = f"{len(self.spans)} rows have {to_inches(round(layout.plot.slot)):.2f} in each"
        refuse(self.spans[-1], f"{told} and need 0.18 in", "leave rows out, or split the slide")

    # -- painting ------------------------------------------------------------------------

    def paint(self, name: str, alt: str, mark: Mark) -> None:
        """The chart and all that is bound to it."""
        layout = self.find_layout()
        if layout is None:
            return
        plot = layout.plot
        draw_calendar(self.canvas, plot, layout.calendar)
        if self.today:
            draw_reference(self.canvas, plot, self.today.day + 0.5, self.today.words)
        self._groups(layout)
        x = plot.box.x - layout.names
        box = Box(x, plot.box.y, self.area.right - x, plot.box.h)
        self.canvas.add(
            ChartItem(name=name, box=box, chart=self._chart(layout, box), mark=mark, alt=alt)
        )
        for index, span in enumerate(self.spans):
            self._mark(plot, index, span)
            if span.text and not self._inside(plot, index):
                self._text_beside(plot, index, span)
        if self.today:
            self._today_label(plot, self.today)

    def _chart(self, layout: Layout, box: Box) -> CategoryChart:
        plot, labels = layout.plot, self.labels
        starts = [CategoryPoint(span.start, None, label_at="none") for span in self.spans]
        bars = [self._point(plot, index) for index in range(len(self.spans))]
        ends = [None if span.end is None else day_of(span.end - 1) for span in self.spans]
        share = layout.names / box.w
        return CategoryChart(
            categories=tuple(span.name for span in self.spans),
            series=(
                CategorySeries(labels.start, tuple(starts), dated=True),
                CategorySeries(labels.days, tuple(bars)),
            ),
            stacking="stacked", number_format="0", gap_percent=plot.gap_percent,
            label_size_pt=TEXT.size_pt, category_size_pt=layout.size_pt,
            axis=ValueAxis(plot.low, plot.high, 0, date_format("day", self.language)),
            date_format=date_format("day", self.language), plot=(share, 0.0, 1 - share, 1.0),
            beside=((labels.end,), *((end,) for end in ends)),
        )  # fmt: skip

    def _days(self, plot: Plot, span: Span) -> int:
        """How many days a bar covers; one that goes on leaves room for its tip."""
        if span.end is not None:
            return span.end - span.start
        per_day = plot.box.w / (plot.high - plot.low)
        return max(1, int(plot.high - span.start - self._tip(plot) / per_day))

    def _tip(self, plot: Plot) -> int:
        return round(plot.thickness * 0.5)

    def _bar(self, plot: Plot, index: int) -> Box:
        span = self.spans[index]
        return plot.bar(index, span.start, span.start + self._days(plot, span))

    def _point(self, plot: Plot, index: int) -> CategoryPoint:
        """The bar of a row; a milestone's is unseen, for its diamond is a shape."""
        span, days = self.spans[index], self._days(plot, self.spans[index])
        if span.milestone:
            return CategoryPoint(days, None, label_at="none")
        line = span.outline
        if line is None and self._bar(plot, index).w < LEAST_BAR:
            line = Line(span.fill, 1.5)
        if not span.text or not self._inside(plot, index):
            return CategoryPoint(days, span.fill, line, label_at="none")
        ink = text_on(self.canvas.theme, span.fill)
        return CategoryPoint(days, span.fill, line, span.text, ink, "center")

    def _inside(self, plot: Plot, index: int) -> bool:
        """Whether a row's bar holds its text."""
        span, bar = self.spans[index], self._bar(plot, index)
        wide = self.canvas.width(span.text, TEXT.but(bold=True)) + 2 * TEXT_INSET + inches(0.06)
        return not span.milestone and bar.w >= wide and bar.h >= TEXT.line_height

    def _mark(self, plot: Plot, index: int, span: Span) -> None:
        """The diamond of a milestone, or the tip of a bar that goes on."""
        bar = self._bar(plot, index)
        alt = f"{span.name}: {span.words}"
        if span.milestone:
            size = min(DIAMOND, bar.h + inches(0.04))
            x, y = bar.x + bar.w // 2 - size // 2, plot.at(index) - size // 2
            self.canvas.shape(
                Box(x, y, size, size), f"Milestone {span.name}", geometry="diamond",
                fill=span.fill, line=span.outline, role="label", alt=alt,
            )  # fmt: skip
        elif span.end is None:
            left = bar.right - points(0.75)  # a little in the bar: no seam is seen
            tip = plot.box.right - left
            # A triangle on its side: the box is given as it stands unturned.
            x = left + tip // 2 - bar.h // 2
            box = Box(x, plot.at(index) - tip // 2, bar.h, tip)
            self.canvas.shape(
                box, f"Goes on {span.name}", geometry="triangle", fill=span.fill,
                line=span.outline, rotation=90, role="label", alt=alt,
            )  # fmt: skip

    # -- texts --------------------------------------------------------------------

    def _text_beside(self, plot: Plot, index: int, span: Span) -> None:
        """A text right of its bar, else left of it, off the line of today if that can be."""
        bar = self._bar(plot, index)
        if span.milestone:
            half = min(DIAMOND, bar.h + inches(0.04)) // 2
            bar = Box(bar.x + bar.w // 2 - half, bar.y, 2 * half, bar.h)
        style = TEXT.but(bold=span.highlight)
        width = round(self.canvas.width(span.text, style) * 1.02) + inches(0.03)
        # Without the point of a line that is air: the uppermost text hides no rule above it.
        height = TEXT.line_height - points(1)
        y = plot.at(index) - height // 2
        right = Box(bar.right + TEXT_GAP, y, width, height)
        left = Box(bar.x - TEXT_GAP - width, y, width, height)
        room = [
            box
            for box, free in ((right, span.end is not None), (left, True))
            if free and box.x >= plot.box.x + inches(0.03) and box.right <= plot.box.right
        ]
        clear = [box for box in room if not self._crosses_today(plot, box)]
        if not room:
            self.canvas.studio.move_to_notes(f"the text of “{span.name}”", span.text)
            return
        box = (clear or room)[0]
        style = TEXT.but(align="left" if box is right else "right")
        if span.highlight:
            style = style.but(bold=True, color="accent")
        # Its ground hides the lines of the calendar behind it.
        self.canvas.shape(
            box, f"Text {span.name}", fill="bg", words=span.text, insets=(0, 0, 0, 0),
            style=style, source=span, role="label",
        )  # fmt: skip

    def _crosses_today(self, plot: Plot, box: Box) -> bool:
        if self.today is None:
            return False
        x, air = plot.value(self.today.day + 0.5), points(4)
        return box.x - air < x < box.right + air

    def _today_label(self, plot: Plot, today: Today) -> None:
        style = CAPTION.but(bold=True, align="center")
        width = round(self.canvas.width(today.words, style) * 1.02) + inches(0.04)
        if width > self.area.w:
            told = f"“{today.words}” is {to_inches(width):.1f} in wide and has"
            told = f"{told} {to_inches(self.area.w):.1f} in"
            self.canvas.studio.refuse(today.source, told, "shorten it")
            return
        x = plot.value(today.day + 0.5) - width // 2
        x = max(self.area.x, min(x, self.area.right - width))
        box = Box(x, plot.box.bottom + inches(0.04), width, style.line_height)
        self.canvas.text(box, today.words, style, name="Today", source=today.source, role="label")

    def _groups(self, layout: Layout) -> None:
        """A name and an upright line left of the rows of each group."""
        plot = layout.plot
        inset = round((plot.slot - plot.thickness) / 2)
        for run in self.runs:
            top = plot.at(run.first) - round(plot.slot / 2)
            height = round(run.count * plot.slot)
            box = Box(self.area.x, top, layout.group, height)
            style = LABEL.but(color="ink2")
            source = Text(run.words, run.source.mark) if isinstance(run.source, Span) else None
            self.canvas.text(
                box, run.words, style, name=f"Group {run.words}", source=source, anchor="middle",
                role="label",
            )  # fmt: skip
            x = self.area.x + layout.group + inches(0.08)
            name = f"Bracket {run.words}"
            self.canvas.upright(x, top + inset, height - 2 * inset, Line("muted", 1.0), name)


__all__ = ["ScheduleDrawing", "Span", "Today"]
