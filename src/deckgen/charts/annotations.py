"""Native shapes that are bound to a chart: brackets below it, lines and cuts across it.

Each takes a `Plot`, which tells where the chart draws its values. Lengths in EMU.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Annotated

from msgspec import Struct

from deckgen.canvas import Canvas
from deckgen.charts.plot import Plot
from deckgen.fields import Doc, Part
from deckgen.parts import tier_fill, tier_ink
from deckgen.scene import Box, ConnectorItem, Line
from deckgen.source import Text
from deckgen.styles import CAPTION, LABEL
from deckgen.units import inches

BRACKET = inches(0.36)  # the height that a bracket takes below a chart


class ReferenceLine(Part):
    """A value across the whole chart, such as a target or a mean."""

    value: Annotated[float, Doc("the value", fact=True)]
    label: Annotated[Text, Doc("what it is, in a word or two")]


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
