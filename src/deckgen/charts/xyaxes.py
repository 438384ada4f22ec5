"""Axes of numbers that cross: what they measure, their ends and ticks, where a value stands."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log10
from typing import Annotated, Literal

from msgspec import Struct
from msgspec.structs import replace

from deckgen import markup
from deckgen.charts.annotations import ReferenceLine
from deckgen.charts.plot import round_axis, step_decimals
from deckgen.fields import Doc, Part
from deckgen.formats import (
    Numbers,
    format_value,
    language_code,
    number_format,
    power_for,
    scaled_unit,
)
from deckgen.outline import NONE, Outline
from deckgen.scene import ValueAxis
from deckgen.source import Text

STEPS = 4
MOST_STEPS = 12  # that an axis grows by, for what stands at its ends
MOST_DECADES = 8  # with a number each; of more every second or third has one
YEARS = range(1800, 2101)  # printed as they are, not as 1,990


class Axis(Part):
    """What an axis measures."""

    name: Annotated[Text, Doc("what it measures", fact=True)]
    unit: Annotated[Text, Doc("its unit, as in USD billion or %", fact=True)] = NONE
    scale: Annotated[
        Literal["linear", "log"],
        Doc("equal steps, or steps of ten times each, for numbers far apart", fact=True),
    ] = "linear"
    references: Annotated[
        tuple[ReferenceLine, ...], Doc("values across the whole chart", most=2)
    ] = ()


class Scale(Struct, frozen=True):
    """An axis with its ticks as they are printed, and the unit of what is printed."""

    axis: ValueAxis
    ticks: tuple[str, ...]
    unit: str

    def share(self, value: float) -> float:
        """How far along the axis a value stands, 0 at its low end and 1 at its high one."""
        low, high = self.axis.low or 0.0, self.axis.high or 0.0
        if self.axis.log:
            return (log10(value) - log10(low)) / (log10(high) - log10(low))
        return (value - low) / (high - low)


def scale_of(
    given: Axis, values: Sequence[float], outline: Outline, margins: Sequence[float] = ()
) -> Scale:
    """A scale that holds all values with what each needs beside it.

    `margins` are shares of its length, one for each value. Lines of reference are values as
    well. Those of a log scale are above zero.
    """
    known = [*values, *(line.value for line in given.references)]
    margins = [*(margins or [0.0] * len(values)), *(0.0 for _ in given.references)]
    if given.scale == "log":
        return _log_scale(given, _widened_decades(known, margins), outline)
    low, high = min(known), max(known)
    from_zero = 0 <= low <= 0.4 * high or 0 >= high >= 0.4 * low
    plain = round_axis(known, STEPS, from_zero)
    start, end = _widened((plain.low or 0.0, plain.high or 0.0), plain.step, known, margins)
    axis = ValueAxis(start, end, plain.step, grid=False)
    return _years(given, axis) or _linear_scale(given, axis, outline)


def _widened(
    ends: tuple[float, float], step: float, values: Sequence[float], margins: Sequence[float]
) -> tuple[float, float]:
    """The ends of an axis, a step further out until each value has its margin."""
    low, high = ends
    for _ in range(MOST_STEPS):
        span = high - low
        pairs = [(value, margin * span) for value, margin in zip(values, margins, strict=True)]
        short = any(value - need < low for value, need in pairs if need)
        long = any(value + need > high for value, need in pairs if need)
        if not (short or long):
            break
        low, high = low - step * short, high + step * long
    return float(f"{low:.12g}"), float(f"{high:.12g}")


def _widened_decades(values: Sequence[float], margins: Sequence[float]) -> tuple[int, int]:
    """The powers of ten where a log axis begins and ends.

    PowerPoint counts the ticks of such an axis from its low end on, which is why.
    """
    powers = [log10(value) for value in values]
    first, last = floor(min(powers) + 1e-9), ceil(max(powers) - 1e-9)
    ends = _widened((first, max(last, first + 1)), 1.0, powers, margins)
    return round(ends[0]), round(ends[1])


def _linear_scale(given: Axis, axis: ValueAxis, outline: Outline) -> Scale:
    power = _power(given, axis, outline)
    numbers = Numbers(step_decimals(axis.step, power), power, outline.language)
    words = tuple(numbers.words(value) for value in _ticks(axis))
    unit = scaled_unit(given.unit, power, outline.labels.scales)
    return Scale(replace(axis, number_format=numbers.code), words, markup.plain(unit))


def _years(given: Axis, axis: ValueAxis) -> Scale | None:
    """The scale of an axis without a unit whose numbers can only be years."""
    ticks = _ticks(axis)
    if given.unit or not all(tick in YEARS for tick in ticks):
        return None
    return Scale(replace(axis, number_format="0"), tuple(f"{tick:.0f}" for tick in ticks), "")


def _log_scale(given: Axis, ends: tuple[int, int], outline: Outline) -> Scale:
    first, last = ends
    each = ceil((last - first) / MOST_DECADES)
    axis = ValueAxis(10.0**first, 10.0**last, 10.0**each, grid=False, log=True)
    power, language = _power(given, axis, outline), outline.language
    if first < 3 * power:
        power = 0
    decades = range(first, last + 1, each)
    words = tuple(format_value(10.0 ** (n - 3 * power), max(0, -n), language) for n in decades)
    code = number_format(0, language, power=power)
    if first < 0:
        code = f"[<1]0.0{'#' * (-first - 1)};#,##0"
        code = ";".join(language_code(language) + part for part in code.split(";"))
    unit = markup.plain(scaled_unit(given.unit, power, outline.labels.scales))
    return Scale(replace(axis, number_format=code), words, unit)


def _power(given: Axis, axis: ValueAxis, outline: Outline) -> int:
    """How many thousands to leave out of an axis' numbers."""
    power = power_for((axis.low or 0.0, axis.high or 0.0), given.unit)
    return power if scaled_unit(given.unit, power, outline.labels.scales) else 0


def _ticks(axis: ValueAxis) -> list[float]:
    low, high = axis.low or 0.0, axis.high or 0.0
    return [low + n * axis.step for n in range(round((high - low) / axis.step) + 1)]
