"""Bars with their values: how many criteria each company meets, or numbers of your own.

`count: criteria` counts what the analysis says, in the order of the tiers, which stand as
brackets beside the bars; what is in build is dashed and says so, and what is only inferred
does not count. With `rows`, or `data` that takes them from a file, all bars are muted but the
one to `highlight`. The chart is native and can be edited; every bar is labelled, so it has no
axis. A number without a source is refused; a missing value shows no bar and is named in the
note. Names that take more than 45 % of the width are set smaller, then refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from msgspec.structs import replace

from deckgen import markup
from deckgen.canvas import Canvas, Studio
from deckgen.charts.bars import GAP_PERCENT, Bar, BarDrawing
from deckgen.charts.data import FileData, name_of
from deckgen.charts.measure import in_brackets, numbers_in, stand, takeaways
from deckgen.charts.mistakes import check_marked, check_source, check_twice
from deckgen.fields import Doc, Part
from deckgen.formats import Numbers, scaled_unit
from deckgen.outline import NONE, Company, Outline, Slide, Sources
from deckgen.parts import Point, tier_fill, tier_ink
from deckgen.parts.findings import count_met, who_meets_all
from deckgen.scene import Box, ChartItem
from deckgen.source import Id, Problem, Text, list_words, number_word
from deckgen.styles import LABEL
from deckgen.units import inches

FEWEST, MOST = 3, 12
TALLEST_ROW = inches(1.1)
BRACKET = inches(0.42)


class Row(Part):
    """A bar with numbers of your own."""

    name: Annotated[
        Text, Doc("what is measured, if it is no company of the analysis", fact=True)
    ] = NONE
    company: Annotated[Id, Doc("the company that is measured", ref="company|group", fact=True)] = (
        Id("")
    )
    value: Annotated[float | None, Doc("the number; left out where it is not known", fact=True)] = (
        None
    )
    highlight: Annotated[bool, Doc("true for the one bar that carries the message")] = False
    building: Annotated[bool, Doc("true if the number is planned or in build", fact=True)] = False
    source: Sources = ()


class Columns(FileData, kw_only=True):
    """Columns of a file: a row for each bar."""

    name: Annotated[Text, Doc("the heading of the column of names", fact=True)] = NONE
    company: Annotated[
        Text, Doc("the heading of a column of companies of the analysis", fact=True)
    ] = NONE
    value: Annotated[Text, Doc("the heading of the column of numbers", fact=True)]
    highlight: Annotated[
        Text, Doc("the heading of a column with a yes for the bar that carries the message")
    ] = NONE
    building: Annotated[
        Text, Doc("the heading of a column with a yes where the number is planned", fact=True)
    ] = NONE

    def faults(self) -> Iterator[Problem]:
        if not (self.name or self.company):
            told = "give `name` or `company`"
            yield Problem(self.mark, told, "a column says what each bar is")


class Fields(Slide, kw_only=True):
    count: Annotated[
        Literal["criteria"] | None, Doc("count the criteria that each company meets", fact=True)
    ] = None
    rows: Annotated[tuple[Row, ...], Doc("the bars, if nothing is counted")] = ()
    data: Annotated[Columns | None, Doc("a file that holds the bars, instead of `rows`")] = None
    measure: Annotated[Text, Doc("what the numbers measure", fact=True)] = NONE
    unit: Annotated[Text, Doc("their unit", fact=True)] = NONE
    base: Annotated[Text, Doc("what they refer to: a year, a sample", fact=True)] = NONE
    order: Annotated[
        Literal["sorted", "given", "tier"],
        Doc("largest first, as written (for years), or by tier with brackets"),
    ] = "sorted"
    decimals: Annotated[int | None, Doc("digits after the point", least=0, most=3, fact=True)] = (
        None
    )
    sum: Annotated[
        bool, Doc("true if values may be added up: from 13 rows on, the least become one bar")
    ] = False
    points: Annotated[
        tuple[Point, ...], Doc("takeaways in the side panel; derived for a count", most=4)
    ] = ()


def title(slide: Fields, outline: Outline) -> str:
    if slide.count:
        return who_meets_all(outline, outline.companies, outline.defining_criteria())
    known = [row for row in slide.rows if row.value is not None]
    if not known:
        return ""
    top = max(known, key=lambda row: row.value or 0)
    numbers = _numbers(slide, [row.value or 0.0 for row in known], outline)
    number = numbers.words(top.value or 0.0)
    measure = slide.measure[:1].lower() + slide.measure[1:]
    unit = _unit(slide, numbers, outline)
    unit = f" {unit}" if unit else ""
    if slide.partial:  # there may be higher ones
        return f"{name_of(top, outline)}, {measure}: {number}{unit}"
    return f"{name_of(top, outline)} shows the highest {measure}: {number}{unit}"


# -- mistakes --------------------------------------------------------------------


def check(slide: Fields, outline: Outline) -> Iterator[Problem]:
    if bool(slide.count) == bool(slide.rows or slide.data):
        told = "give either `count: criteria` or `rows` (or `data` with them)"
        yield Problem(slide.mark, told, "and not both")
    elif slide.data:
        return  # what is wrong in a file is told where it is read
    elif slide.count:
        yield from _check_count(slide, outline)
    else:
        yield from _check_rows(slide, outline)


def _check_count(slide: Fields, outline: Outline) -> Iterator[Problem]:
    if not outline.criteria:
        yield Problem(slide.mark, "there are no criteria to count", "give the outline `criteria`")
    several = len(outline.companies)
    if not FEWEST <= several <= MOST:
        told = f"a bar chart takes {FEWEST} to {MOST} bars, not {several}"
        yield Problem(slide.mark, told, "use a matrix")


def _check_rows(slide: Fields, outline: Outline) -> Iterator[Problem]:
    several = len(slide.rows)
    if not slide.measure:
        yield Problem(slide.mark, "`measure` is missing", "say what the numbers measure")
    if several < FEWEST:
        told = f"a bar chart takes at least {FEWEST} bars, not {several}"
        yield Problem(slide.mark, told, "say the numbers in a sentence")
    if several > MOST and not (slide.sum and slide.order == "sorted"):
        hint = "leave some out, or set `sum: true` if the least may be added up"
        told = f"a bar chart takes {MOST} bars, and this is the 13th of {several}"
        yield Problem(slide.rows[MOST].mark, told, hint)
    if all(row.value is None for row in slide.rows):
        yield Problem(slide.mark, "no row has a `value`")
    yield from check_twice([row for row in slide.rows if row.name or row.company], outline, "row")
    yield from check_marked(slide.rows)
    for row in slide.rows:
        if bool(row.name) == bool(row.company):
            yield Problem(row.mark, "give either `name` or `company`", "and not both")
        elif slide.order == "tier" and not row.company:
            yield Problem(row.mark, f"“{row.name}” stands in no tier", "name a `company`")
        if row.value is not None:
            yield from check_source(row, slide, outline)


# -- bars ------------------------------------------------------------------------


def layout(slide: Fields, studio: Studio) -> None:
    bars = _counted(studio.outline) if slide.count else _given(slide, studio)
    studio.slide = _with_note(slide, studio, bars)
    _Chart(slide, studio.open("content"), bars).paint()


def _counted(outline: Outline) -> list[Bar]:
    """How many defining criteria each company meets, by tier, then by count."""
    criteria = outline.defining_criteria()
    bars = []
    for company in outline.companies:
        states = [outline.standing(company, criterion).state for criterion in criteria]
        bars.append(
            Bar(
                name=markup.plain(company.label), value=count_met(outline, company, criteria),
                building=states.count("in build"), tier=outline.tier_number(company.tier),
                mark=company.mark,
            )
        )  # fmt: skip
    return sorted(bars, key=lambda bar: (bar.tier, -(bar.value or 0), -bar.building))


def _given(slide: Fields, studio: Studio) -> list[Bar]:
    """The author's rows in their order; the least in one bar if there are too many."""
    outline = studio.outline
    bars = []
    for row in slide.rows:
        tier = 0
        if slide.order == "tier":
            tier = outline.tier_number(outline.member(row.company).tier)
        planned = row.value if row.building and row.value is not None else 0
        bars.append(
            Bar(
                name=name_of(row, outline), value=None if planned else row.value, building=planned,
                tier=tier, highlight=row.highlight, mark=row.mark,
            )
        )  # fmt: skip
    if slide.order != "given":
        bars.sort(key=lambda bar: (bar.tier, bar.value is None and not bar.building, -bar.total))
    if len(bars) <= MOST:
        return bars
    rest = bars[MOST - 1 :]
    other = f"{studio.labels.other} ({len(rest)})"
    studio.move_to_notes(other, ", ".join(bar.name for bar in rest))
    return [*bars[: MOST - 1], Bar(name=other, value=sum(bar.total for bar in rest))]


def _with_note(slide: Fields, studio: Studio, bars: Sequence[Bar]) -> Slide:
    """The slide with what a reader must be told in its note, and the rows' sources cited."""
    labels, outline = studio.labels, studio.outline
    told: list[str] = []
    if slide.count:
        told.append(labels.illustrative)
        if any(_inferred(outline, company) for company in outline.companies):
            told.append(labels.not_counted)
    if slide.note:
        told.append(slide.note)
    missing = [bar.name for bar in bars if bar.value is None and not bar.building]
    if missing:
        told.append(f"{labels.not_stated}: {', '.join(missing)}")
    cited = dict.fromkeys([*slide.source, *(id for row in slide.rows for id in row.source)])
    note = Text(". ".join(told), (slide.note or slide).mark) if told else NONE
    return replace(studio.slide, note=note, source=tuple(cited))


def _inferred(outline: Outline, company: Company) -> bool:
    criteria = outline.defining_criteria()
    return count_met(outline, company, criteria) < count_met(outline, company, criteria, True)


def _numbers(slide: Fields, values: Sequence[float], outline: Outline) -> Numbers:
    """How values are printed: three digits at most, unless the author says more."""
    if slide.count:
        return Numbers(0, language=outline.language)
    return numbers_in(slide.unit, slide.decimals, values, outline)


def _unit(slide: Fields, numbers: Numbers, outline: Outline) -> str:
    """The unit of what is printed, with the thousands that are left out of it."""
    return scaled_unit(slide.unit, numbers.power, outline.labels.scales)


# -- the chart -------------------------------------------------------------------


class _Chart:
    def __init__(self, slide: Fields, canvas: Canvas, bars: list[Bar]) -> None:
        self.slide, self.canvas, self.bars = slide, canvas, bars
        self.studio, self.labels = canvas.studio, canvas.studio.labels
        values = [bar.total for bar in bars if bar.value is not None or bar.building]
        self.numbers = _numbers(slide, values, self.studio.outline)
        self.points = list(slide.points) or (
            derive_points(self.studio.outline) if slide.count else []
        )
        source = slide.measure or slide
        self.place = stand(canvas, self.points, *self._measure_words(), source)
        self.area = self.place.area
        self.tiered = any(bar.tier for bar in bars)
        full = len(self.studio.outline.defining_criteria()) if slide.count else 0
        self.left = self.area.x + (BRACKET + inches(0.1) if self.tiered else 0)
        self.most = round((self.area.right - self.left) * 0.45)  # that names may take
        for size in (14, 12, 11) if len(bars) <= 8 else (12, 11):
            self.drawing = BarDrawing(canvas, bars, self.numbers, full, size)
            self.names = self.drawing.names_width()
            if self.names <= self.most:
                break

    def paint(self) -> None:
        box = self._place()
        if box is None:
            return
        if self.tiered:
            self._brackets(box)
        name = markup.plain(self._measure_words()[0])
        self.canvas.add(
            ChartItem(
                name=name, box=box,
                chart=self.drawing.chart(name, box, self.names), mark=self.slide.mark,
                alt=self._alt(),
            )
        )  # fmt: skip
        takeaways(self.canvas, self.place, self.points)

    def _measure_words(self) -> tuple[str, str]:
        slide = self.slide
        if slide.count:
            criteria = self.studio.outline.defining_criteria()
            names = ", ".join(criterion.name for criterion in criteria)
            bold = f"{self.labels.cased('criteria')} {self.labels.counted}"
            return bold, in_brackets(f"{self.labels.part} {len(criteria)}: {names}", "")
        unit = _unit(slide, self.numbers, self.studio.outline)
        return slide.measure, in_brackets(unit, slide.base)

    def _place(self) -> Box | None:
        """The chart's box: rows as high as there is room, no higher than TALLEST_ROW."""
        area = self.area
        height = min(area.h, TALLEST_ROW * len(self.bars))
        if self.names > self.most:
            longest = max(
                self.bars, key=lambda bar: self.canvas.width(bar.name, self.drawing.style)
            )
            needs, has = self.names / inches(1), self.most / inches(1)
            self.studio.refuse(
                longest, f"the name “{longest.name}” is {needs:.1f} in wide and has {has:.1f} in",
                "give its company a `short` name, or the bar a shorter one",
            )  # fmt: skip
            return None
        return Box(self.left, area.y, area.right - self.left, height)

    def _brackets(self, box: Box) -> None:
        """A block for each tier, as high as its bars."""
        row = box.h / len(self.bars)
        inset = row * (1 - 100 / (100 + GAP_PERCENT)) / 2
        tiers = [bar.tier for bar in self.bars]
        for tier in dict.fromkeys(tiers):
            first, count = tiers.index(tier), tiers.count(tier)
            y = box.y + round(first * row + inset)
            height = round(count * row - 2 * inset)
            self.canvas.shape(
                Box(self.area.x, y, BRACKET, height), self.labels.rank(tier), fill=tier_fill(tier),
                words=f"{self.labels.tier_letter}{tier}", role="label", insets=(0, 0, 0, 0),
                style=LABEL.but(color=tier_ink(tier), align="center"),
            )  # fmt: skip

    def _alt(self) -> str:
        largest = sorted(self.bars, key=lambda bar: -bar.total)[:3]
        told = list_words([f"{bar.name} {self.numbers.words(bar.total)}" for bar in largest], "and")
        measured = markup.plain("".join(self._measure_words()))
        return f"{self.canvas.title}. {measured}: {told}"


def derive_points(outline: Outline) -> list[Point]:
    """Takeaways that the count alone carries."""
    criteria = outline.defining_criteria()
    met = {c.label: count_met(outline, c, criteria) for c in outline.companies}
    built = {
        c.label: sum(outline.standing(c, k).state == "in build" for k in criteria)
        for c in outline.companies
    }
    whole = [name for name, count in met.items() if count == len(criteria)]
    some = [name for name, count in met.items() if 0 < count < len(criteria)]
    none = [name for name, count in met.items() if not count and not built[name]]
    planned = [name for name, count in built.items() if count]
    word = number_word(len(criteria)).lower()
    found = []
    if whole:
        verb = "meets" if len(whole) == 1 else "meet"
        found.append((f"{number_word(len(whole))} {verb} all {word}", whole))
    if planned:
        found.append((f"{number_word(len(planned))} still in build", planned))
    if some:
        verb = "meets" if len(some) == 1 else "meet"
        found.append((f"{number_word(len(some))} {verb} some, not all", some))
    if none:
        found.append((f"None stated for {number_word(len(none)).lower()}", none))
    return [Point(head=Text(head), text=Text(f"{_several(names)}.")) for head, names in found]


def _several(names: Sequence[str]) -> str:
    if len(names) > 5:
        return f"{', '.join(names[:4])} and {len(names) - 4} more"
    return list_words(names, "and")
