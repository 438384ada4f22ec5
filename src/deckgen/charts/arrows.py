"""Arrows from one value of a chart to another, which say how it has changed.

They are native shapes, drawn over the chart. Lengths in EMU.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Literal

from deckgen.canvas import Canvas
from deckgen.charts.data import Table, years_between
from deckgen.fields import Doc, Part
from deckgen.formats import Numbers, percent
from deckgen.outline import NONE
from deckgen.scene import Box, ConnectorItem, Line
from deckgen.source import Problem, Text, nearest
from deckgen.styles import SUPPORT_BOLD
from deckgen.units import inches

ARROW_LEVEL = inches(0.42)  # the height that an arrow takes above a chart
ARROW_STYLE = SUPPORT_BOLD
STROKE = Line("ink2", 1.25)


class Arrow(Part):
    """An arrow from one category to another that says how the value has changed."""

    from_: Annotated[Text, Doc("the category where it begins", fact=True)]
    to: Annotated[Text, Doc("the category where it ends", fact=True)]
    show: Annotated[
        Literal["growth", "change", "difference"],
        Doc("mean growth a year (CAGR), the change in percent, or the difference", fact=True),
    ] = "change"
    series: Annotated[
        Text, Doc("the series it is of; the total of a stack, or the first, if left out", fact=True)
    ] = NONE


def growth(first: float, last: float, years: float) -> float:
    """Mean growth a year, 0.1 for 10 %: (last / first) ** (1 / years) - 1, the CAGR."""
    return float((last / first) ** (1 / years)) - 1


def check_arrows(
    arrows: Sequence[Arrow], table: Table, value: Callable[[Arrow, int], float | None]
) -> Iterator[Problem]:
    """Arrows that lead nowhere, or tell a change that there is none of.

    `value` gives the value of an arrow at a category, None where it is not known.
    """
    for arrow in arrows:
        ends = []
        for name in (arrow.from_, arrow.to):
            if name in table.names:
                ends.append(table.names.index(name))
            else:
                told = f"no category is called “{name}”"
                yield Problem(name.mark, told, nearest(name, table.names))
        if arrow.series and arrow.series not in table.series_names:
            told = f"no series is called “{arrow.series}”"
            yield Problem(arrow.series.mark, told, nearest(arrow.series, table.series_names))
        elif len(ends) == 2:
            yield from _check_change(arrow, table, ends, [value(arrow, end) for end in ends])


def _check_change(
    arrow: Arrow, table: Table, ends: Sequence[int], values: Sequence[float | None]
) -> Iterator[Problem]:
    first, last = values
    if ends[0] == ends[1]:
        yield Problem(arrow.mark, "an arrow leads from one category to another", "name another")
    elif first is None or last is None:
        name = table.names[ends[0] if first is None else ends[1]]
        yield Problem(arrow.mark, f"“{name}” has no value", "let the arrow begin and end at one")
    elif arrow.show != "difference" and (first <= 0 or last <= 0):
        told = "growth is told of positive values only"
        yield Problem(arrow.mark, told, "use `show: difference`")
    elif arrow.show == "growth" and not years_between(table, ends[0], ends[1]):
        told = "growth a year wants categories that are years or dates, the earlier one first"
        yield Problem(arrow.mark, told, "use `show: change`")


def change_words(
    canvas: Canvas, arrow: Arrow, table: Table, numbers: Numbers, values: Sequence[float]
) -> str:
    """What an arrow says of its two values."""
    (start, end), language = values, numbers.language
    if arrow.show == "difference":
        signed = Numbers(numbers.decimals, numbers.power, language, sign=True)
        return signed.words(end - start)
    if arrow.show == "change":
        return percent(end / start - 1, language, sign=True)
    years = years_between(table, table.names.index(arrow.from_), table.names.index(arrow.to))
    rate = percent(growth(start, end, years), language, sign=True)
    return f"{rate} {canvas.studio.labels.a_year}"


def draw_arrow(
    canvas: Canvas, name: str, start: tuple[int, int], end: tuple[int, int], level: int, words: str
) -> None:
    """Up from `start` to `level`, across, and down to `end` with its head; words in the middle.

    All are in EMU; `level` is the y of the middle stroke.
    """
    (x1, y1), (x2, y2) = start, end
    for part, a, b in (
        ("rise", (x1, y1), (x1, level)), ("span", (x1, level), (x2, level)),
    ):  # fmt: skip
        canvas.add(ConnectorItem(name=f"{name} {part}", start=a, end=b, line=STROKE))
    head = Line(STROKE.color, STROKE.width_pt, arrow_end=True)
    canvas.add(ConnectorItem(name=f"{name} head", start=(x2, level), end=(x2, y2), line=head))
    width = round(canvas.width(words, ARROW_STYLE) * 1.02) + inches(0.24)
    height = inches(0.27)
    box = Box((x1 + x2) // 2 - width // 2, level - height // 2, width, height)
    canvas.shape(
        box, name, geometry="roundRect", adjustments=(("adj", 50_000),), fill="bg", line=STROKE,
        words=words, style=ARROW_STYLE.but(align="center"), insets=(0.05, 0, 0.05, 0), role="label",
    )  # fmt: skip
