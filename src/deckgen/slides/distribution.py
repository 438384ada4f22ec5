"""How values are distributed: as boxes, as violins or as ridges, one for each series.

Unlike a bar, a distribution shows all values of a series: its `values`, or `rows` that name
their series one by one, as a file does. Every series shows its median's number and how many
values it has; a series of fewer than five is shown value by value, since no shape can be told
from them. Box: the middle half of the values, whiskers to the last value within 1.5 times the
box, dots beyond. Violin and ridge: the density of the values. It is a picture, because
PowerPoint draws no such shapes; series stand by their medians, the highest first, or in the
order `given`, and what has no room in 11 points is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from deckgen.canvas import Canvas, Studio
from deckgen.charts.data import ChartSlide, FileData, name_of
from deckgen.charts.measure import numbers_of, takeaways, with_note
from deckgen.charts.mistakes import check_marked, check_source, check_twice
from deckgen.fields import Doc, Part
from deckgen.figures.distribution import FEWEST, Distribution, Sample, draw_distribution, median
from deckgen.figures.exhibit import describe, open_exhibit, put_figure, room_of
from deckgen.outline import NONE, Outline, Sources
from deckgen.source import Id, Mark, Problem, Text

MOST = 12


class Series(Part):
    """Values of one thing."""

    name: Annotated[Text, Doc("what is measured, if it is no company", fact=True)] = NONE
    company: Annotated[Id, Doc("the company that is measured", ref="company|group", fact=True)] = (
        Id("")
    )
    values: Annotated[tuple[float, ...], Doc("all of its values, in any order", fact=True)] = ()
    highlight: Annotated[bool, Doc("true for the one that carries the message")] = False
    source: Sources = ()


class Row(Part):
    """One value of a series."""

    name: Annotated[Text, Doc("the series, if it is no company", fact=True)] = NONE
    company: Annotated[Id, Doc("the company that is measured", ref="company|group", fact=True)] = (
        Id("")
    )
    value: Annotated[float | None, Doc("the number; left out where it is not known", fact=True)] = (
        None
    )
    source: Sources = ()


class Columns(FileData, kw_only=True):
    """Columns of a file whose rows are single values."""

    name: Annotated[Text, Doc("the heading of the column of series", fact=True)] = NONE
    company: Annotated[Text, Doc("the heading of a column of company ids", fact=True)] = NONE
    value: Annotated[Text, Doc("the heading of the column of numbers", fact=True)]


class Fields(ChartSlide, kw_only=True):
    form: Annotated[Literal["box", "violin", "ridge"], Doc("how it is drawn")] = "box"
    series: Annotated[tuple[Series, ...], Doc("the series, each with all its values")] = ()
    rows: Annotated[tuple[Row, ...], Doc("values one by one, instead of `series`")] = ()
    data: Annotated[Columns | None, Doc("a file that holds the rows")] = None
    order: Annotated[Literal["sorted", "given"], Doc("the highest median first, or as written")] = (
        "sorted"
    )


def check(slide: Fields, outline: Outline) -> Iterator[Problem]:
    if bool(slide.series) == bool(slide.rows):
        if slide.data is None or slide.series:
            yield Problem(slide.mark, "give either `series`, `rows` or `data`", "one of them")
        return
    parts: tuple[Series | Row, ...] = (*slide.series, *slide.rows)
    for part in parts:
        if bool(part.name) == bool(part.company):
            yield Problem(part.mark, "give either `name` or `company`", "and not both")
            return
        yield from check_source(part, slide, outline)
    yield from check_twice(slide.series, outline, "series")
    for series in slide.series:
        if not series.values:
            told = f"“{name_of(series, outline)}” has no value at all"
            yield Problem(series.mark, told, "leave it out")
    yield from check_marked(slide.series)
    found = _samples(slide, outline)
    if len(found) > MOST:
        _, mark = list(found.values())[MOST]
        told = f"a distribution takes {MOST} series, and this is the {MOST + 1}th of {len(found)}"
        yield Problem(mark, told, "show fewer")
    elif not found:
        yield Problem(slide.mark, "no row has a `value`")


def _samples(slide: Fields, outline: Outline) -> dict[str, tuple[Sample, Mark]]:
    """The series with the marks at which they begin; of rows, those with the same name."""
    found: dict[str, tuple[Sample, Mark]] = {}
    for one in slide.series:
        name = name_of(one, outline)
        found[name] = Sample(name, one.values, one.highlight), one.mark
    for row in slide.rows:
        name = name_of(row, outline)
        sample, mark = found.get(name, (Sample(name, ()), row.mark))
        if row.value is not None:
            found[name] = Sample(name, (*sample.values, row.value)), mark
    return found


def layout(slide: Fields, studio: Studio) -> None:
    found = list(_samples(slide, studio.outline).values())
    if slide.order == "sorted":
        found.sort(key=lambda pair: -median(pair[0]))
    samples = tuple(sample for sample, _ in found)
    values = [value for sample in samples for value in sample.values]
    numbers = numbers_of(slide, [*values, *map(median, samples)], studio.outline)
    labels = studio.labels
    chart = Distribution(samples, slide.form, numbers, labels.count, labels.median)
    shaped = any(len(sample.values) >= FEWEST for sample in samples)
    remark = labels.box_note if slide.form == "box" else labels.density_note
    studio.slide = with_note(studio.slide, [remark] if shaped else [])
    canvas, place = open_exhibit(slide, studio, numbers)
    drawn = draw_distribution(chart, studio.theme, *room_of(place))
    put_figure(canvas, place, drawn, _alt(canvas, slide, chart))
    takeaways(canvas, place, slide.points)


def _alt(canvas: Canvas, slide: Fields, chart: Distribution) -> str:
    """The medians, highest first, each with the least and the greatest value."""
    told = [
        f"{sample.name} median {chart.numbers.words(median(sample))},"
        f" {chart.numbers.words(min(sample.values))} to"
        f" {chart.numbers.words(max(sample.values))}"
        for sample in sorted(chart.samples, key=lambda sample: -median(sample))[:3]
    ]
    what = {"box": "Box plot", "violin": "Violin plot", "ridge": "Ridge plot"}[chart.form]
    return describe(canvas, f"{what} of {len(chart.samples)} series", slide, chart.numbers, told)
