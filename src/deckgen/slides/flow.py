"""A flow diagram (Sankey): what goes from where to where, in ribbons as wide as it is much.

Each of the `flows` names where it starts and ends, and how much it is; what one flow ends at
another may start from, so that there are several steps. Nodes stand as far left as what flows
into them allows, and what ends ends at the right; flows in a circle are refused. A node shows
the larger of what flows in and out. It is a picture, because PowerPoint has no such chart:
labels stand beside their nodes, in 11 points at least, and what has no room is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from deckgen import markup
from deckgen.canvas import Canvas, Studio
from deckgen.charts.data import ChartSlide, FileData
from deckgen.charts.measure import numbers_of, takeaways
from deckgen.charts.mistakes import check_source
from deckgen.fields import Doc, Part
from deckgen.figures.exhibit import describe, open_exhibit, put_figure, room_of
from deckgen.figures.flow import Flow, draw_flow
from deckgen.figures.layers import Stream, find_circle
from deckgen.formats import written
from deckgen.outline import NONE, Outline, Sources
from deckgen.source import Problem, Text

MOST = 60


class Row(Part):
    """A flow."""

    from_: Annotated[Text, Doc("where it starts", fact=True)]
    to: Annotated[Text, Doc("where it ends", fact=True)]
    value: Annotated[float, Doc("how much it is", fact=True)]
    highlight: Annotated[bool, Doc("true for those that carry the message")] = False
    source: Sources = ()


class Columns(FileData, kw_only=True):
    """Columns of a file whose rows are the flows."""

    from_: Annotated[Text, Doc("the heading of the column of starts", fact=True)]
    to: Annotated[Text, Doc("the heading of the column of ends", fact=True)]
    value: Annotated[Text, Doc("the heading of the column of numbers", fact=True)]
    highlight: Annotated[
        Text, Doc("the heading of a column with a yes for what carries the message")
    ] = NONE


class Fields(ChartSlide, kw_only=True):
    flows: Annotated[tuple[Row, ...], Doc("what goes from where to where")] = ()
    data: Annotated[Columns | None, Doc("a file that holds them, instead of `flows`")] = None


def check(slide: Fields, outline: Outline) -> Iterator[Problem]:
    if not slide.flows:
        if slide.data is None:
            yield Problem(slide.mark, "give `flows`, or `data`", "the numbers are missing")
        return
    if len(slide.flows) > MOST:
        told = f"a flow diagram takes {MOST} flows, and this is the {MOST + 1}st"
        yield Problem(slide.flows[MOST].mark, f"{told} of {len(slide.flows)}", "add some up")
        return
    seen: dict[tuple[str, str], Row] = {}
    for row, stream in zip(slide.flows, _streams(slide), strict=True):
        first = seen.setdefault((stream.start, stream.end), row)
        if first is not row:
            told = f"the flow from “{stream.start}” to “{stream.end}” stands twice"
            yield Problem(row.mark, told, f"it is on line {first.mark.line} already")
        if row.value <= 0:
            told = f"this flow is {written(row.value)}, and has no width"
            yield Problem(row.mark, told, "turn it round, or leave it out")
        yield from check_source(row, slide, outline)
    circle = find_circle(_streams(slide))
    if circle >= 0:
        stream = _streams(slide)[circle]
        told = f"with this flow, what leaves “{stream.start}” comes back to it"
        yield Problem(slide.flows[circle].mark, told, "leave one out, or name the return apart")


def _streams(slide: Fields) -> tuple[Stream, ...]:
    return tuple(
        Stream(markup.plain(row.from_), markup.plain(row.to), row.value, row.highlight)
        for row in slide.flows
    )


def layout(slide: Fields, studio: Studio) -> None:
    numbers = numbers_of(slide, [row.value for row in slide.flows], studio.outline)
    chart = Flow(_streams(slide), numbers)
    canvas, place = open_exhibit(slide, studio, numbers)
    drawn = draw_flow(chart, studio.theme, *room_of(place))
    put_figure(canvas, place, drawn, _alt(canvas, slide, chart))
    takeaways(canvas, place, slide.points)


def _alt(canvas: Canvas, slide: Fields, chart: Flow) -> str:
    """The three largest flows."""
    largest = sorted(chart.streams, key=lambda stream: -stream.value)[:3]
    told = [
        f"{stream.start} → {stream.end} {chart.numbers.words(stream.value)}" for stream in largest
    ]
    return describe(
        canvas, f"Flow diagram of {len(chart.streams)} flows", slide, chart.numbers, told
    )
