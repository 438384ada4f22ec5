"""A heat map: numbers in cells that are as strong in colour as the numbers are high.

The series are its rows, the categories its columns, and every number stands in its cell. Where
signs are mixed, losses and gains have a colour each, as strong as the number is far from zero.
A number that is not known is a dash in an empty cell, and the note says so; a category's
`group` is a bracket over it and its neighbours, and `highlight` an outline. It is a picture,
because PowerPoint has no such chart: names that do not fit take a second line, then all
letters are set smaller, and what does not fit in 11 points is refused.
"""

from __future__ import annotations

from collections.abc import Iterator

from deckgen import markup
from deckgen.canvas import Canvas, Studio
from deckgen.charts.data import TableSlide, name_of
from deckgen.charts.measure import numbers_of, takeaways, with_note
from deckgen.charts.mistakes import check_table
from deckgen.figures.exhibit import describe, open_exhibit, put_figure, room_of
from deckgen.figures.heat_map import DASH, HeatMap, draw_heat_map
from deckgen.outline import Outline
from deckgen.source import Problem


class Fields(TableSlide, kw_only=True):
    pass


def check(slide: Fields, outline: Outline) -> Iterator[Problem]:
    yield from check_table(slide, outline)


def layout(slide: Fields, studio: Studio) -> None:
    outline = studio.outline
    known = [value for one in slide.series for value in one.values if value is not None]
    numbers = numbers_of(slide, known, outline)
    groups = tuple(markup.plain(category.group) for category in slide.categories)
    chart = HeatMap(
        rows=tuple(name_of(one, outline) for one in slide.series),
        columns=tuple(name_of(one, outline) for one in slide.categories),
        values=tuple(one.values for one in slide.series),
        numbers=numbers,
        groups=groups if any(groups) else (),
        lit_row=next((n for n, one in enumerate(slide.series) if one.highlight), -1),
        lit_column=next((n for n, one in enumerate(slide.categories) if one.highlight), -1),
    )
    missing = any(value is None for values in chart.values for value in values)
    words = f"{DASH} {studio.labels.not_stated[:1].lower()}{studio.labels.not_stated[1:]}"
    studio.slide = with_note(studio.slide, [words] if missing else [])
    canvas, place = open_exhibit(slide, studio, numbers)
    drawn = draw_heat_map(chart, studio.theme, *room_of(place))
    put_figure(canvas, place, drawn, _alt(canvas, slide, chart))
    takeaways(canvas, place, slide.points)


def _alt(canvas: Canvas, slide: Fields, chart: HeatMap) -> str:
    """The three highest numbers and the lowest."""
    cells = [
        (value, f"{row}, {column} {chart.numbers.words(value)}")
        for row, values in zip(chart.rows, chart.values, strict=True)
        for column, value in zip(chart.columns, values, strict=True)
        if value is not None
    ]
    ranked = [words for _, words in sorted(cells, key=lambda cell: -cell[0])]
    told = ranked[:3] + ([f"lowest {ranked[-1]}"] if len(ranked) > 3 else [])
    return describe(canvas, "Heat map", slide, chart.numbers, told)
