"""Layout: what a reader sees on the page, measured on the scene."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor

from deckgen import text
from deckgen.blocks import Block, chart_texts, rotated
from deckgen.box import holds, reach
from deckgen.parts.pictures import pixel_size
from deckgen.rules.subject import Finding, Sheet, Subject, quoted, rule
from deckgen.scene import (
    CategoryChart,
    ChartItem,
    Item,
    PictureItem,
    TableItem,
    XyChart,
    color_of,
)
from deckgen.theme import LARGE, TEXT, Theme, contrast, is_large
from deckgen.units import points, to_inches

SMALLEST = 11.0  # points, of all that is to be read in a room
SMALLEST_BELOW = 9.0  # of note, source, footer and number
SMALL_PRINT = ("source", "footer", "number")
SHARP_DPI = 150
TOUCH = points(1.5)  # lines of text may come this near before they count as overlapping

# What a room can take in from a table or chart while somebody speaks: more is a handout.
MOST_COLUMNS, MOST_ROWS, MOST_WORDS = 9, 14, 200
MOST_BARS, MOST_MARKERS = 20, 25


@rule("error", "shorten it, or split the slide")
def overflow(subject: Subject) -> Iterator[Finding]:
    """A text, a table or a chart does not fit its place."""
    for slide, problem in subject.draft.refusals:
        yield Finding(mark=problem.mark, message=problem.message, hint=problem.hint, slide=slide)
    for sheet in subject.sheets:
        for block in sheet.blocks:
            told = _overflow(block, subject.scene.theme)
            if told:
                yield sheet.finding(f"{quoted(block.body.text)} {told}", block.mark)


def _overflow(block: Block, theme: Theme) -> str:
    """By how much a text is larger than its box, or nothing."""
    face = theme.heading_font if block.body.heading else theme.body_font
    wide, high = block.size
    left, top, right, bottom = block.body.insets
    needs = text.body_height(block.body, wide, face)
    if needs > high + points(1):
        inner = to_inches(high - top - bottom)
        return f"needs {to_inches(needs - top - bottom):.2f} in of height and has {inner:.2f} in"
    word = max(text.longest_word(paragraph, face) for paragraph in block.body.paragraphs)
    if word > wide - left - right + points(1):
        has = to_inches(wide - left - right)
        return f"holds a word {to_inches(word):.2f} in wide and has {has:.2f} in"
    return ""


@rule("error", "move one of them, or shorten the text")
def overlap(subject: Subject) -> Iterator[Finding]:
    """Two things lie over each other that are not one inside the other."""
    for sheet in subject.sheets:
        yield from _texts_crossed(sheet)
        yield from _texts_covered(sheet)
        solid = [item for item in sheet.page.items if isinstance(item, _SOLID)]
        for index, item in enumerate(solid):
            for other in solid[:index]:
                if min(reach(item.box, other.box)) > TOUCH:
                    yield sheet.finding(f"“{item.name}” lies over “{other.name}”", item.mark)


_SOLID = (TableItem, ChartItem, PictureItem)


def _texts_crossed(sheet: Sheet) -> Iterator[Finding]:
    """Texts whose lines cross; the cells of one table cannot."""
    tables = {n for n, item in enumerate(sheet.page.items) if isinstance(item, TableItem)}
    solid = [(n, item) for n, item in enumerate(sheet.page.items) if isinstance(item, _SOLID)]
    for index, block in enumerate(sheet.blocks):
        for other in sheet.blocks[:index]:
            if block.item == other.item and block.item in tables:
                continue
            if _cross(block, other):
                told = f"{quoted(block.body.text)} lies over {quoted(other.body.text)}"
                yield sheet.finding(told, block.mark)
        for number, item in solid:
            inside = holds(item.box, block.ink, points(2))  # a label on a chart or picture
            if number != block.item and not inside and min(reach(item.box, block.ink)) > TOUCH:
                told = f"{quoted(block.body.text)} runs into “{item.name}”"
                yield sheet.finding(told, block.mark)


def _cross(block: Block, other: Block) -> bool:
    if min(reach(block.ink, other.ink)) <= TOUCH:
        return False
    return any(min(reach(line, another)) > TOUCH for line in block.lines for another in other.lines)


def _texts_covered(sheet: Sheet) -> Iterator[Finding]:
    """Texts under a filled shape, or across the edge of one."""
    for block in sheet.blocks:
        for paint in sheet.paints:
            if paint.item < 0 or min(reach(paint.box, block.ink)) <= TOUCH:
                continue
            covered = paint.order > block.order
            across = not holds(paint.box, block.ink, points(2)) and any(
                min(reach(paint.box, line)) > TOUCH for line in block.lines
            )
            if covered or across:
                what = sheet.page.items[paint.item].name
                how = "lies under" if covered else "crosses the edge of"
                yield sheet.finding(f"{quoted(block.body.text)} {how} “{what}”", block.mark)


@rule("error", "move it onto the slide")
def off_slide(subject: Subject) -> Iterator[Finding]:
    """Something stands outside the slide, wholly or in part."""
    slide = subject.scene.template.slide
    for sheet in subject.sheets:
        for item in sheet.page.items:
            if not holds(slide, rotated(item.box, getattr(item, "rotation", 0)), points(0.5)):
                yield sheet.finding(f"“{item.name}” leaves the slide", item.mark)


@rule("error", "set it larger, and say less")
def small_type(subject: Subject) -> Iterator[Finding]:
    """A text is set below 11 points, or a note, source or footer below 9."""
    for sheet in subject.sheets:
        for block in sheet.blocks:
            least = SMALLEST_BELOW if block.role in SMALL_PRINT else SMALLEST
            size = min(paragraph.size_pt for paragraph in block.body.paragraphs)
            if size < least:
                told = f"{quoted(block.body.text)} is set in {size:g} points, below {least:g}"
                yield sheet.finding(told, block.mark)
        for item in _charts(sheet):
            size = min((words.size_pt for words in chart_texts(item)), default=SMALLEST)
            if size < SMALLEST:
                told = f"labels of “{item.name}” are set in {size:g} points, below {SMALLEST:g}"
                yield sheet.finding(told, item.mark)


def _charts(sheet: Sheet) -> Iterator[ChartItem]:
    return (item for item in sheet.page.items if isinstance(item, ChartItem))


@rule("error", "choose a theme whose colours stand out more, or another place for the text")
def low_contrast(subject: Subject) -> Iterator[Finding]:
    """A text stands out too little from what it stands on (4.5 : 1, large text 3 : 1)."""
    theme = subject.scene.theme
    for sheet in subject.sheets:
        for block in sheet.blocks:
            told = _faint(block, theme)
            if told:
                yield sheet.finding(f"{quoted(block.body.text)} {told}", block.mark)
        for item in _charts(sheet):
            for words in chart_texts(item):
                ground = words.fill or _ground(sheet, item)
                ratio = contrast(theme.color(words.color), theme.color(ground))
                if ratio < (LARGE if is_large(words.size_pt, bold=False) else TEXT):
                    told = f"{quoted(words.words)} in “{item.name}” has {_ratio(ratio)}"
                    yield sheet.finding(f"{told} (`{words.color}` on `{ground}`)", item.mark)


def _ground(sheet: Sheet, item: ChartItem) -> str:
    """The topmost fill painted before a chart that holds it."""
    before = sheet.page.items.index(item)
    grounds = [p.fill for p in sheet.paints if p.item < before and holds(p.box, item.box)]
    return grounds[-1] or sheet.layout.background


def _faint(block: Block, theme: Theme) -> str:
    """The worst contrast of a text if it is too low, or nothing."""
    worst = (TEXT, "", "")
    for paragraph in block.body.paragraphs:
        for run in paragraph.runs:
            if not run.text.strip():
                continue
            bold = paragraph.bold if run.bold is None else run.bold
            large = is_large(paragraph.size_pt, bold)
            token = color_of(run, paragraph)
            for ground in block.grounds:
                if ground is None:  # a picture: nobody knows
                    return "stands on a picture, where its contrast is not known"
                ratio = contrast(theme.color(token), theme.color(ground))
                scaled = ratio * TEXT / LARGE if large else ratio
                worst = min(worst, (scaled, token, f"{ground}` has {_ratio(ratio)}"))
    scaled, token, told = worst
    return f"in `{token}` on `{told}" if scaled < TEXT else ""


def _ratio(ratio: float) -> str:
    return f"a contrast of {floor(ratio * 10) / 10:.1f} : 1"


@rule("warning", "use a larger picture, or show it smaller")
def coarse_picture(subject: Subject) -> Iterator[Finding]:
    """A picture has fewer than 150 pixels an inch where it is shown."""
    for sheet in subject.sheets:
        for item in sheet.page.items:
            if isinstance(item, PictureItem):
                width, height = pixel_size(item.data, item.media)
                left, top, right, bottom = item.crop
                dpi = min(
                    width * (1 - left - right) / to_inches(item.box.w),
                    height * (1 - top - bottom) / to_inches(item.box.h),
                )
                if round(dpi) < SHARP_DPI:
                    told = f"the picture has {dpi:.0f} pixels an inch, below {SHARP_DPI}"
                    yield sheet.finding(told, item.mark)


@rule("warning", "show what carries the message, and hand out the rest")
def crowded(subject: Subject) -> Iterator[Finding]:
    """A table or chart holds more than a room can read."""
    for sheet in subject.sheets:
        for item in sheet.page.items:
            told = _crowd(item)
            if told:
                yield sheet.finding(told, item.mark)


def _crowd(item: Item) -> str:
    """What a table or chart holds too much of, or nothing."""
    if isinstance(item, TableItem):
        words = sum(len(c.body.text.split()) for row in item.rows for c in row if not c.covered)
        counts = [
            (len(item.widths), MOST_COLUMNS, "columns"), (len(item.rows), MOST_ROWS, "rows"),
            (words, MOST_WORDS, "words"),
        ]  # fmt: skip
        what = "the table"
    elif isinstance(item, ChartItem) and isinstance(item.chart, CategoryChart):
        bars = sum(
            point.value is not None
            for series in item.chart.series
            if series.form == "bar" and any(point.fill for point in series.points)
            for point in series.points
        )
        counts, what = [(bars, MOST_BARS, "bars")], "the chart"
    elif isinstance(item, ChartItem) and isinstance(item.chart, XyChart):
        marks = sum(len(series.points) for series in item.chart.series)
        counts, what = [(marks, MOST_MARKERS, "marks")], "the chart"
    else:
        return ""
    over = [f"{has} {unit}, more than {most}" for has, most, unit in counts if has > most]
    return f"{what} has {' and '.join(over)}" if over else ""
