"""The numbers of a chart as an outline holds them: categories and series, or columns of a file.

A table of numbers has its categories down and its series across. In the outline both are
written out (`categories`, `series`), or `data` names a CSV or Excel file beside the outline
and the columns in it: `datafile` then writes the same two from the file's cells before
anything is read, so that every value keeps its place, whatever file that is in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal, Self

from msgspec import Struct
from msgspec.structs import replace

from deckgen import markup
from deckgen.arrange import runs_in
from deckgen.fields import UNMARKED, Doc, Part
from deckgen.formats import read_date
from deckgen.outline import NONE, Outline, Slide, Sources
from deckgen.parts import Point
from deckgen.source import Id, Text

Values = Annotated[
    tuple[float | None, ...],
    Doc("its numbers, one for each category; `~` where one is not known", fact=True),
]
Filter = Annotated[
    dict[Id, tuple[Text, ...]],
    Doc(
        "take rows that hold one of these words in a column, as in `{region: EU}`",
        fact=True,
        verbatim=True,
    ),
]


class Category(Part):
    """A place on the axis of categories."""

    shorthand = "name"
    name: Annotated[
        Text, Doc("its name, a year, or a date such as 2024-05, if it is no company", fact=True)
    ] = NONE
    company: Annotated[Id, Doc("the company that it is", ref="company|group", fact=True)] = Id("")
    group: Annotated[Text, Doc("a bracket over this category and its neighbours")] = NONE
    highlight: Annotated[bool, Doc("true for the one that carries the message")] = False
    planned: Annotated[bool, Doc("true if its numbers are planned or estimated", fact=True)] = False


class Series(Part):
    """Numbers of one thing, one for each category."""

    name: Annotated[Text, Doc("what is counted, if it is no company", fact=True)] = NONE
    company: Annotated[
        Id, Doc("the company whose numbers they are", ref="company|group", fact=True)
    ] = Id("")
    values: Values = ()
    highlight: Annotated[bool, Doc("true for the one that carries the message")] = False
    source: Sources = ()


class Column(Part):
    """A column of a file that becomes a series."""

    shorthand = "column"
    column: Annotated[Text, Doc("its heading in the file", fact=True, verbatim=True)]
    name: Annotated[Text, Doc("what to call it; its heading if left out", fact=True)] = NONE
    company: Annotated[
        Id, Doc("the company whose numbers they are", ref="company|group", fact=True)
    ] = Id("")
    highlight: Annotated[bool, Doc("true for the one that carries the message")] = False
    source: Sources = ()


class RowMark(Part):
    """What is to be said of one category of a file."""

    x: Annotated[Text, Doc("the word in the column of categories", fact=True, verbatim=True)]
    company: Annotated[Id, Doc("the company that it is", ref="company|group", fact=True)] = Id("")
    group: Annotated[Text, Doc("a bracket over this category and its neighbours")] = NONE
    highlight: Annotated[bool, Doc("true for the one that carries the message")] = False
    planned: Annotated[bool, Doc("true if its numbers are planned or estimated", fact=True)] = False


class FileData(Part, kw_only=True):
    """Numbers in a file beside the outline."""

    hidden: ClassVar[frozenset[str]] = UNMARKED
    stays: ClassVar[str] = "withhold the slide, or columns and rows of its numbers"
    file: Annotated[
        Text, Doc("a .csv or .xlsx, as a path from the outline’s folder", fact=True, verbatim=True)
    ]
    sheet: Annotated[
        Text, Doc("the sheet of a workbook; its first if left out", fact=True, verbatim=True)
    ] = NONE
    filter: Filter = {}  # noqa: RUF012 - msgspec copies it for each struct
    decimal: Annotated[
        Literal[".", ","], Doc("what stands before the decimals in a .csv", fact=True)
    ] = "."


class TableData(FileData, kw_only=True):
    """Columns of a file: one of categories, others of numbers."""

    x: Annotated[Text, Doc("the heading of the column of categories", fact=True, verbatim=True)]
    y: Annotated[tuple[Column, ...], Doc("headings of the columns of numbers", least=1, fact=True)]
    companies: Annotated[
        bool, Doc("true if the words in `x` are companies of the analysis", fact=True)
    ] = False
    rows: Annotated[tuple[RowMark, ...], Doc("what is to be said of single categories")] = ()


class ChartSlide(Slide, kw_only=True):
    """What slides with numbers have in common."""

    measure: Annotated[Text, Doc("what the numbers measure", fact=True)]
    unit: Annotated[Text, Doc("their unit, as in USD billion, % or index", fact=True)]
    base: Annotated[Text, Doc("what they refer to: a year, a sample", fact=True)] = NONE
    decimals: Annotated[
        int | None,
        Doc(
            "digits after the point; if left out, as many as give three digits in all",
            least=0,
            most=3,
            fact=True,
        ),
    ] = None
    points: Annotated[tuple[Point, ...], Doc("takeaways in the side panel", most=4)] = ()


class TableSlide(ChartSlide, kw_only=True):
    """What slides have that show a table of numbers."""

    categories: Annotated[tuple[Category, ...], Doc("names along the axis", fact=True)] = ()
    series: Annotated[tuple[Series, ...], Doc("the numbers, a series each", fact=True)] = ()
    data: Annotated[
        TableData | None, Doc("a file that holds them, instead of `categories` and `series`")
    ] = None

    def without(self, field: str, kept: tuple[int, ...]) -> Self:
        """The numbers of categories that were withheld go with them."""
        if field != "categories":
            return self
        series = tuple(
            replace(one, values=tuple(one.values[n] for n in kept if n < len(one.values)))
            for one in self.series
        )
        return replace(self, series=series)


class Table(Struct, frozen=True):
    """Numbers as a chart shows them: `values` are a row for each series."""

    categories: tuple[Category, ...]
    series: tuple[Series, ...]
    names: tuple[str, ...]
    series_names: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]

    @property
    def known(self) -> list[float]:
        """Every value that there is."""
        return [value for row in self.values for value in row if value is not None]

    def total(self, index: int) -> float:
        """What the values of a category add up to."""
        return sum(row[index] or 0.0 for row in self.values)

    def unknown(self, index: int) -> bool:
        """Whether a category has no value at all."""
        return all(row[index] is None for row in self.values)

    def ordered(self, order: Sequence[int]) -> Table:
        """The table with its categories in another order."""
        return replace(
            self,
            categories=tuple(self.categories[n] for n in order),
            names=tuple(self.names[n] for n in order),
            values=tuple(tuple(row[n] for n in order) for row in self.values),
        )

    def split_planned(self, series: int) -> tuple[list[float | None], list[float | None]]:
        """The values of a line, and those of the dashed one that goes on where they are planned.

        That one begins at the last value that is not planned; it is empty where none is.
        """
        row, planned = self.values[series], [category.planned for category in self.categories]
        if not any(planned):
            return list(row), []
        before = planned.index(True) - 1
        solid = [None if off else value for value, off in zip(row, planned, strict=True)]
        dashed = [
            value if off or index == before else None
            for index, (value, off) in enumerate(zip(row, planned, strict=True))
        ]
        return solid, dashed

    def missing(self) -> list[str]:
        """What has no value: `2021`, or `Ferries 2021` and `Ferries 2021–2024` of one series."""
        lone = [n for n in range(len(self.names)) if self.unknown(n)]
        told = [self.names[n] for n in lone]
        for row, name in zip(self.values, self.series_names, strict=True):
            lacks = [n for n, value in enumerate(row) if value is None and n not in lone]
            for run in runs_in(lacks):
                first, last = self.names[run[0]], self.names[run[-1]]
                told.append(f"{name} {first if len(run) == 1 else f'{first}–{last}'}")
        return told


def table_of(slide: TableSlide, outline: Outline) -> Table:
    """The numbers of a slide whose mistakes are told."""
    return Table(
        slide.categories,
        slide.series,
        tuple(name_of(category, outline) for category in slide.categories),
        tuple(name_of(series, outline) for series in slide.series),
        tuple(series.values for series in slide.series),
    )


def name_of(part: Any, outline: Outline) -> str:
    """What a category, a series or a row is called, without markup, which no chart shows."""
    return markup.plain(outline.member(part.company).label if part.company else part.name)


def years_between(table: Table, first: int, last: int) -> float:
    """The years from one category to a later one; 0 if they are no dates."""
    start, end = read_date(table.names[first]), read_date(table.names[last])
    if start is None or end is None or end[0] <= start[0]:
        return 0.0
    if (start[1], end[1]) == ("year", "year"):
        return float(end[0].year - start[0].year)
    return (end[0] - start[0]).days / 365.25
