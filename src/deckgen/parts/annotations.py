"""Native shapes that are bound to a chart: arrows, brackets, reference lines, series labels.

Each takes a `Plot`, which tells where the chart draws its values, and puts shapes on the
canvas after the chart, so that they lie over it. Lengths in EMU.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Annotated, Literal

from msgspec import Struct

from deckgen.canvas import Canvas
from deckgen.fields import Doc, Part
from deckgen.formats import DIGITS, Numbers, decimals_for, format_value
from deckgen.outline import NONE
from deckgen.parts import tier_fill, tier_ink
from deckgen.parts.data import Table, years_between
from deckgen.parts.plot import Plot, spread_labels
from deckgen.scene import Box, ConnectorItem, Line
from deckgen.source import Problem, Text, nearest
from deckgen.styles import CAPTION, LABEL, SUPPORT_BOLD, Style
from deckgen.units import inches, points

ARROW_LEVEL = inches(0.42)  # the height that an arrow takes above a chart
BRACKET = inches(0.36)  # and a bracket below it
LABEL_GAP = inches(0.08)  # between a line's end and its label
KEY_LEAD, KEY_GAP = inches(0.22), inches(0.3)  # of a name in a key: before it, after it
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


class ReferenceLine(Part):
    """A value across the whole chart, such as a target or a mean."""

    value: Annotated[float, Doc("the value", fact=True)]
    label: Annotated[Text, Doc("what it is, in a word or two")]


# -- arrows --------------------------------------------------------------------------


def growth(first: float, last: float, years: float) -> float:
    """Mean growth a year, 0.1 for 10 %: (last / first) ** (1 / years) - 1, the CAGR."""
    return float((last / first) ** (1 / years)) - 1


def percent(share: float, language: str, sign: bool = False) -> str:
    """`12.3%`, or `12,3 %` where the language sets a space; three digits at most, and no `.0`."""
    value = share * 100
    decimals = min(1, decimals_for([round(value, DIGITS)]))
    number = format_value(value, decimals_for([round(value, decimals)]), language, sign)
    return f"{number}%" if language.startswith("en") else f"{number}\u00a0%"


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


# -- labels at the right of a plot ------------------------------------------------------


class SideLabel(Struct, frozen=True):
    """A label right of a plot: where its middle is wanted, its words, and their colour."""

    y: int
    words: str
    color: str
    source: object = None


def side_width(canvas: Canvas, words: Sequence[str], most: int, style: Style = CAPTION) -> int:
    """The room that labels of these words take, at most `most`; those that are wider break."""
    widest = max((canvas.width(word, style) for word in words), default=0)
    return min(most, round(widest * 1.03) + inches(0.04)) if widest else 0


def draw_side_labels(
    canvas: Canvas, x: int, width: int, top: int, bottom: int, labels: Sequence[SideLabel],
    style: Style, ground: str | None = None,
) -> None:  # fmt: skip
    """Labels in a column from `x` on, each beside its line's end as near as the others let it.

    A `ground` covers what is drawn behind them, such as lines of a grid. One that had to move is
    joined to its end by a thin line. Where they do not fit below one another the last of them is
    refused.
    """
    if not labels:
        return
    heights = [canvas.height(label.words, style, width) for label in labels]
    height = max(heights)
    if height * len(labels) > bottom - top:
        last = labels[-1]
        canvas.studio.refuse(
            last.source or last.words,
            f"{len(labels)} labels beside the chart need {height * len(labels) / inches(1):.1f} in"
            f" and have {(bottom - top) / inches(1):.1f} in",
            "leave series out, or give them shorter names",
        )  # fmt: skip
        return
    starts = spread_labels([label.y for label in labels], height, top, bottom)
    placed = sorted(zip(labels, starts, heights, strict=True), key=lambda one: one[1])
    for label, start, own in placed:
        y = start + (height - own) // 2
        if abs(start + height // 2 - label.y) > points(4):
            end = (x - inches(0.03), start + height // 2)
            canvas.add(
                ConnectorItem(
                    name=f"Leader {label.words}", start=(x - LABEL_GAP - inches(0.06), label.y),
                    end=end, line=Line("muted", 0.75),
                )
            )  # fmt: skip
        canvas.shape(
            Box(x, y, width, own), f"Series {label.words}", fill=ground, words=label.words,
            style=style.but(color=label.color), insets=(0, 0, 0, 0), source=label.source,
            role="label",
        )  # fmt: skip


# -- brackets ------------------------------------------------------------------------


class Run(Struct, frozen=True):
    """Neighbouring categories of one group or tier: from `first` on, `count` of them."""

    first: int
    count: int
    words: str
    tier: int = 0
    source: object = None


def runs_of(keys: Sequence[tuple[str, int, object]]) -> list[Run]:
    """Runs of neighbours with one key (words, tier); categories without words have none."""
    runs, place = [], 0
    for (words, tier), group in groupby(keys, key=lambda key: (key[0], key[1])):
        members = list(group)
        if words:
            runs.append(Run(place, len(members), words, tier, members[0][2]))
        place += len(members)
    return runs


def draw_brackets(canvas: Canvas, plot: Plot, top: int, runs: Sequence[Run]) -> None:
    """Below a plot of columns: a block in its tier's colour, or a line with words, for each run."""
    inset = round((plot.slot - plot.thickness * plot.bars) / 2 * 0.5)
    for run in runs:
        left = plot.at(run.first) - round(plot.slot / 2) + inset
        right = plot.at(run.first + run.count - 1) + round(plot.slot / 2) - inset
        if run.tier:
            canvas.shape(
                Box(left, top + inches(0.05), right - left, BRACKET - inches(0.08)), run.words,
                fill=tier_fill(run.tier), words=run.words, insets=(0.04, 0, 0.04, 0), role="label",
                style=LABEL.but(color=tier_ink(run.tier), align="center"), source=run.source,
            )  # fmt: skip
            continue
        canvas.rule(left, top + inches(0.06), right - left, Line("muted", 1.0), f"{run.words} rule")
        box = Box(left, top + inches(0.1), right - left, BRACKET - inches(0.1))
        style = CAPTION.but(bold=True, align="center")
        canvas.text(box, run.words, style, name=run.words, source=run.source, role="label")


# -- lines across ------------------------------------------------------------------------


def draw_reference(
    canvas: Canvas, plot: Plot, value: float, label: str, until: int | None = None
) -> None:
    """A dashed line at a value across the plot, or as far as `until` (x)."""
    at = plot.value(value)
    start, end = ((plot.box.x, at), (until or plot.box.right, at))
    if plot.horizontal:
        start, end = (at, plot.box.bottom), (at, plot.box.y)
    line = Line("ink2", 1.25, dashed=True)
    canvas.add(ConnectorItem(name=f"Reference {label}", start=start, end=end, line=line))


def draw_cut(canvas: Canvas, plot: Plot, index: int, place: int, y: int) -> None:
    """Two slanted strokes in the ground's colour through a column that goes on beyond the axis."""
    bar = plot.bar(index, plot.low, plot.high, place)
    for number, shift in enumerate((0, inches(0.09))):
        start = (bar.x - inches(0.06), y + shift + inches(0.07))
        end = (bar.right + inches(0.06), y + shift - inches(0.07))
        canvas.add(
            ConnectorItem(
                name=f"Axis break {index + 1}.{number + 1}", start=start, end=end,
                line=Line("bg", 3), role="label", alt="The axis is broken here",
            )
        )  # fmt: skip


# -- keys ------------------------------------------------------------------------------


def key_row_height(canvas: Canvas) -> int:
    """The height of a row of colours and their names, with the gap below it."""
    return CAPTION.line_height + inches(0.12)


def _key_widths(canvas: Canvas, names: Sequence[str]) -> list[int]:
    return [round(canvas.width(name, CAPTION) * 1.02) + inches(0.03) for name in names]


def key_row_width(canvas: Canvas, names: Sequence[str]) -> int:
    """What the names take side by side, each with its colour."""
    return sum(_key_widths(canvas, names)) + (KEY_LEAD + KEY_GAP) * len(names) - KEY_GAP


def draw_key_row(
    canvas: Canvas, x: int, y: int, width: int, entries: Sequence[tuple[str, str]], source: object,
    geometries: Sequence[str] = (),
) -> None:  # fmt: skip
    """Colours and the names that they stand for, side by side; refused if they do not fit.

    `geometries` are the preset shapes of the marks; all are squares where there are none.
    """
    names = [name for _, name in entries]
    if key_row_width(canvas, names) > width:
        canvas.studio.refuse(
            source, "the names of the series do not fit on one line over the chart",
            "shorten them, or leave a series out",
        )  # fmt: skip
        return
    size, lead = inches(0.14), KEY_LEAD
    geometries = geometries or ["rect"] * len(entries)
    widths = _key_widths(canvas, names)
    for (fill, name), own, geometry in zip(entries, widths, geometries, strict=True):
        middle = y + CAPTION.line_height // 2
        canvas.shape(Box(x, middle - size // 2, size, size), f"Key {name} colour", fill=fill,
                     geometry=geometry, role="decorative")  # fmt: skip
        canvas.text(
            Box(x + lead, y, own, CAPTION.line_height), name, CAPTION, name=f"Key {name}",
            role="label", source=source,
        )  # fmt: skip
        x += lead + own + KEY_GAP
