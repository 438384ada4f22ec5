"""A plan or a history over time: what begins when, how long it takes, what comes when.

Each row is a bar from its `start` to its `end`, or a diamond at the `date` of a milestone; a bar
without an end goes on and ends in a tip at the right edge. Dates are years, months or days; an
end that is a year or a month is its last day. Rows of a `group` stand together, the groups in the
order in which they first come. A short `text` stands in the bar that holds it, else beside it; one
without room goes to the notes, and a milestone without one shows its date. What is `planned` has
a dashed outline. The chart is native: its workbook holds the first and the last day of each row as
dates, and the days between them, both included. The calendar above it is drawn as shapes, for
months and years differ in length, which an axis of a native chart cannot say.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from deckgen import markup
from deckgen.canvas import Studio
from deckgen.charts.calendar import FIRST_YEAR, LAST_YEAR, Days, read_days
from deckgen.charts.data import name_of
from deckgen.charts.measure import bare_stand, takeaways, with_note
from deckgen.charts.mistakes import check_marked, check_source, check_twice_in_group
from deckgen.charts.rows import RowColumns
from deckgen.charts.schedule import ScheduleDrawing, Span, Today
from deckgen.fields import Doc, Part
from deckgen.outline import NONE, Outline, Slide, Sources
from deckgen.parts import Point
from deckgen.source import Id, Problem, Text

FEWEST, MOST = 2, 24


class Row(Part):
    """A bar or a milestone."""

    name: Annotated[Text, Doc("what it is, if it is no company of the analysis", fact=True)] = NONE
    company: Annotated[Id, Doc("the company that it is", ref="company|group", fact=True)] = Id("")
    start: Annotated[Text, Doc("when it begins: 2024, 2024-05 or 2024-05-17", fact=True)] = NONE
    end: Annotated[
        Text, Doc("when it ends; a year or month ends at its last day; left out if it goes on",
                  fact=True)
    ] = NONE  # fmt: skip
    date: Annotated[Text, Doc("the date of a milestone, instead of `start`", fact=True)] = NONE
    group: Annotated[Text, Doc("a name left of this row and others of its group")] = NONE
    text: Annotated[Text, Doc("a short label in the bar or beside it")] = NONE
    highlight: Annotated[bool, Doc("true for the one row that carries the message")] = False
    planned: Annotated[bool, Doc("true if it is planned or estimated", fact=True)] = False
    source: Sources = ()


class Columns(RowColumns):
    """Columns of a file, a row for each bar or milestone; dates as the outline writes them."""

    start: Annotated[Text, Doc("the heading of the column of first days", fact=True)] = NONE
    end: Annotated[Text, Doc("that of last days", fact=True)] = NONE
    date: Annotated[Text, Doc("that of the dates of milestones", fact=True)] = NONE
    group: Annotated[Text, Doc("that of groups", fact=True)] = NONE
    text: Annotated[Text, Doc("that of labels", fact=True)] = NONE
    planned: Annotated[
        Text, Doc("that of a column that holds `true` for what is planned", fact=True)
    ] = NONE


class TodayLine(Part):
    """A day across all rows."""

    shorthand = "date"
    date: Annotated[Text, Doc("the day, as in 2024-05-17", fact=True)]
    label: Annotated[Text, Doc("what it is called; “Today” and the date if left out")] = NONE


class Fields(Slide, kw_only=True):
    rows: Annotated[tuple[Row, ...], Doc("the bars and milestones, from the top", fact=True)] = ()
    data: Annotated[Columns | None, Doc("a file that holds them, instead of `rows`")] = None
    today: Annotated[TodayLine | None, Doc("a line at a day, from the top to the foot")] = None
    points: Annotated[tuple[Point, ...], Doc("takeaways in the side panel", most=4)] = ()


# -- mistakes --------------------------------------------------------------------


def check(slide: Fields, outline: Outline) -> Iterator[Problem]:
    several = len(slide.rows)
    if several < FEWEST:
        if slide.data is None:
            told = f"a gantt takes {FEWEST} to {MOST} rows, not {several}"
            hint = "say it in a sentence" if several else "give `rows`, or `data`"
            yield Problem(slide.mark, told, hint)
        return
    if several > MOST:
        told = f"a gantt takes {MOST} rows, and this is the {MOST + 1}th of {several}"
        yield Problem(slide.rows[MOST].mark, told, "split the slide, by group say")
    for row in slide.rows:
        yield from _check_row(row, slide, outline)
    yield from check_twice_in_group(slide.rows, outline)
    yield from check_marked(slide.rows)
    if slide.today:
        yield from _check_dates(slide.today.date)


def _check_row(row: Row, slide: Fields, outline: Outline) -> Iterator[Problem]:
    if bool(row.name) == bool(row.company):
        yield Problem(row.mark, "give either `name` or `company`", "and not both")
        return
    name = name_of(row, outline)
    if bool(row.start) == bool(row.date):
        hint = "a bar has a `start`, a milestone a `date`"
        yield Problem(row.mark, f"“{name}” wants either `start` or `date`", hint)
    elif row.end and row.date:
        told = f"“{name}” is a milestone, which has no `end`"
        yield Problem(row.end.mark, told, "write `start` instead of `date`")
    yield from check_source(row, slide, outline, f"the dates of “{name}” have no source")
    yield from _check_dates(row.start, row.end, row.date)
    start, end = read_days(row.start), read_days(row.end)
    if start and end and end.last < start.first:
        told = f"“{name}” ends ({row.end}) before it begins ({row.start})"
        yield Problem(row.end.mark, told, "put the two in order")


def _check_dates(*dates: Text) -> Iterator[Problem]:
    for words in dates:
        if words and read_days(words) is None:
            hint = f"write 2024, 2024-05 or 2024-05-17, from {FIRST_YEAR} to {LAST_YEAR}"
            yield Problem(words.mark, f"“{words}” is no date", hint)


# -- the chart -------------------------------------------------------------------


def layout(slide: Fields, studio: Studio) -> None:
    spans = [_span(row, studio.outline) for row in _by_group(slide)]
    if any(span.planned for span in spans):
        labels = studio.labels
        told = f"{labels.dashed}: {labels.planned[:1].lower()}{labels.planned[1:]}"
        studio.slide = with_note(studio.slide, [told])
    canvas = studio.open("content")
    place = bare_stand(canvas, slide.points)
    drawing = ScheduleDrawing(canvas, place, spans, _today(slide, studio))
    told = "; ".join(f"{span.name}: {span.words}" for span in spans[:3])
    drawing.paint("Gantt chart", f"{canvas.title}. {told}", slide.mark)
    takeaways(canvas, place, slide.points)


def _by_group(slide: Fields) -> list[Row]:
    """The rows in their order, those of a group together where its first one stands."""
    groups = list(dict.fromkeys(row.group for row in slide.rows))
    return sorted(slide.rows, key=lambda row: groups.index(row.group))


def _span(row: Row, outline: Outline) -> Span:
    """A row whose mistakes are told, in days."""
    start, end = read_days(row.start or row.date), read_days(row.end)
    assert start is not None
    words = start.words(outline.language)
    if not row.date:
        words += f" – {end.words(outline.language)}" if end else " –"
    last = start if row.date else end
    text = markup.plain(row.text) or (words if row.date else "")
    return Span(
        name=name_of(row, outline), start=start.first, end=last.end if last else None, words=words,
        milestone=bool(row.date), text=text, group=markup.plain(row.group),
        highlight=row.highlight, planned=row.planned, mark=row.mark,
    )  # fmt: skip


def _today(slide: Fields, studio: Studio) -> Today | None:
    days: Days | None = read_days(slide.today.date) if slide.today else None
    if slide.today is None or days is None:
        return None
    words = f"{studio.labels.today}, {days.words(studio.outline.language)}"
    label = markup.plain(slide.today.label)
    return Today(days.first, label or words, slide.today.label or slide.today)
