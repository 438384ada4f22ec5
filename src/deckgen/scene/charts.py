"""Native charts: what stands in them, in colour tokens, with numbers as the workbook has them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, TypeAlias

from msgspec import Struct

from deckgen.scene.words import Line

_DAY_ZERO = date(1899, 12, 30)


def serial_of(day: date) -> int:
    """The number by which a workbook knows a day from March 1900 on (part 1, 18.17.4.1)."""
    return (day - _DAY_ZERO).days


def day_of(serial: float) -> date:
    """The day of such a number."""
    return _DAY_ZERO + timedelta(days=int(serial))


LabelPlace = Literal[
    "outside", "inside", "center", "base", "above", "below", "left", "right", "none"
]
Stacking = Literal["none", "stacked", "percent"]
Symbol = Literal["circle", "diamond", "square", "triangle"]


class ValueAxis(Struct, frozen=True):
    """An axis of numbers from `low` to `high`; None is left to whoever opens the chart.

    It is drawn with its numbers at every `step`, or not at all where that is 0: with lines
    across the plot at them, or with a line and ticks of its own where it has no `grid`. A `log`
    axis, from one power of ten to another, has its numbers at powers of ten.
    """

    low: float | None = None
    high: float | None = None
    step: float = 0.0
    number_format: str = "General"
    grid: bool = True
    log: bool = False


class CategoryPoint(Struct, frozen=True):
    """One value of a series. None is a missing one: it prints nothing.

    `label` is the text at the mark where the value alone does not say it. `fill` None paints
    nothing, as for what a floating bar stands on. Where bars stand on one another a label
    is `inside`, at the `center` or the `base`; at a line it is `above`, `below`, `left`, `right`.
    """

    value: float | None
    fill: str | None = "brand"
    outline: Line | None = None
    label: str = ""
    label_color: str = "ink"
    label_at: LabelPlace = "outside"


class CategorySeries(Struct, frozen=True):
    """Values of one thing, one for each category.

    A line is drawn in `line` (None draws none) with a `marker` at each value whose `fill` is
    not None. `secondary` values have an axis of their own. Those of a `dated` series are days
    (`serial_of`), and the workbook shows them as dates.
    """

    name: str
    points: tuple[CategoryPoint, ...]
    form: Literal["bar", "line", "area"] = "bar"
    line: Line | None = None
    marker: Symbol | None = None
    marker_pt: int = 7
    secondary: bool = False
    dated: bool = False


class CategoryChart(Struct, frozen=True):
    """Bars, columns, lines and areas over categories, which are words, years or dates.

    An `edged` chart has its first category on the left edge of the plot and its last on the
    right one; else each stands in the middle of its slot.

    `horizontal` bars run from the top down in the order given. Dates stand `to_scale` if that
    is set. `label_every` is which of the categories are printed: every second, say; none if 0.
    Dates to scale are printed every so many years, months or days (`label_unit`). Dates stand in
    the workbook in `date_format`, and on the axis in `axis_date_format` where that is another.
    `plot` is the inner plot area within the chart's box as fractions x, y, w, h. `beside` are
    rows of cells that the workbook has right of the chart's own, from its first row on.
    """

    categories: tuple[str | int | date, ...]
    series: tuple[CategorySeries, ...]
    horizontal: bool = True
    stacking: Stacking = "none"
    number_format: str = "General"
    gap_percent: int = 55
    overlap_percent: int = -10
    label_size_pt: float = 14
    category_size_pt: float = 14
    axis: ValueAxis = ValueAxis(0.0)
    secondary_axis: ValueAxis = ValueAxis(0.0)
    label_every: int = 1
    label_unit: Literal["years", "months", "days"] = "days"
    to_scale: bool = False
    edged: bool = False
    date_format: str = "yyyy-mm-dd"
    axis_date_format: str = ""
    plot: tuple[float, float, float, float] = (0.16, 0.0, 0.84, 1.0)
    beside: tuple[tuple[str | float | date | None, ...], ...] = ()


LabelSide = Literal["right", "left", "above", "below", "center", "none"]


class XyPoint(Struct, frozen=True):
    """A marker with its label; `size` is what a bubble's area says.

    A bubble's own `fill`, if it has one, goes before that of its series.
    """

    name: str
    x: float
    y: float
    label_side: LabelSide = "right"
    size: float | None = None
    fill: str | None = None
    label_color: str = "ink"


class XySeries(Struct, frozen=True):
    """Points that look alike. `size_pt` is the marker's width; a `line` joins them."""

    name: str
    points: tuple[XyPoint, ...]
    fill: str = "brand"
    symbol: Symbol = "circle"
    size_pt: int = 15
    line: Line | None = None


class XyChart(Struct, frozen=True):
    """Markers on two axes, or bubbles; `bubble_percent` is 100 where the largest is as wide as
    a quarter of the plot's shorter side. `plot` as in a `CategoryChart`. `headings` are those
    of the workbook's columns of names, x and sizes.
    """

    series: tuple[XySeries, ...]
    x_axis: ValueAxis = ValueAxis(0.0, 10.0)
    y_axis: ValueAxis = ValueAxis(0.0, 10.0)
    label_size_pt: float = 12
    axis_size_pt: float = 11
    bubble_percent: int = 0
    headings: tuple[str, str, str] = ("Name", "x", "size")
    plot: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)


class Slice(Struct, frozen=True):
    """A part of a whole, and its colour."""

    name: str
    value: float
    fill: str = "brand"


class DoughnutChart(Struct, frozen=True):
    """Parts of a whole around a hole, clockwise from the top; `hole_percent` of its width.

    It has no labels of its own: LibreOffice shows none, so that kinds set them as texts.
    """

    name: str
    slices: tuple[Slice, ...]
    hole_percent: int = 60
    number_format: str = "General"


class RangeRow(Struct, frozen=True):
    """Two values of one thing, either of which may be missing, and what is printed beside them.

    `fill` is the colour of the second, `stroke` that of what joins them.
    """

    name: str
    start: float | None
    end: float | None
    start_label: str = ""
    end_label: str = ""
    fill: str = "brand"
    stroke: str = "brand_soft"


class RangeChart(Struct, frozen=True):
    """Pairs of values one below the other: two dots that a line joins, or a bar between them.

    `dot_pt` is the width of a dot, 0 for none, `stroke_pt` that of the line or bar. Labels stand
    outside: left of the smaller value, right of the larger. `plot` as in a `CategoryChart`.
    """

    start_name: str
    end_name: str
    rows: tuple[RangeRow, ...]
    axis: ValueAxis
    start_fill: str = "brand_soft"
    dot_pt: int = 13
    stroke_pt: float = 3
    label_size_pt: float = 12
    number_format: str = "General"
    plot: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)


Chart: TypeAlias = CategoryChart | XyChart | DoughnutChart | RangeChart
