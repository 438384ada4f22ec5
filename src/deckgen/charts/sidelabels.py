"""Labels right of a plot, at the ends of lines and beside parts of stacks, none on another.

Lengths in EMU.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from deckgen.arrange import set_apart
from deckgen.canvas import Canvas
from deckgen.scene import Box, ConnectorItem, Line
from deckgen.styles import CAPTION, Style
from deckgen.units import inches, points

LABEL_GAP = inches(0.08)  # between a line's end and its label


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


def spread_labels(wanted: Sequence[int], height: int, low: int, high: int) -> list[int]:
    """Where labels begin that want their middles at these places, so that none touches another.

    In the order given, whatever theirs; all between `low` and `high`, each as near its place
    as the others let it.
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    count = len(order)
    placed = set_apart(
        [wanted[index] - height / 2 for index in order], [float(height)] * max(0, count - 1),
        [float(low)] * count, [float(high - height)] * count,
    )  # fmt: skip
    starts = [0] * count
    for index, start in zip(order, placed, strict=True):
        starts[index] = round(start)
    return starts
