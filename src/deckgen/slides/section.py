"""The divider before a section: its number and title, and where it stands among the sections.

The agenda beside it marks this section and links to the others, of more than ten, or than fit,
to those around it. In a deck of one section the first slides of the section stand there instead.
`text` tells what the section answers; it stands under the title, and in the agenda.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from msgspec import Struct
from msgspec.structs import replace

from deckgen.arrange import fill_heights
from deckgen.canvas import Canvas, Studio
from deckgen.fields import Doc
from deckgen.outline import NONE, Chapter, Slide
from deckgen.scene import Box
from deckgen.source import Text
from deckgen.styles import BODY, SUPPORT, Style
from deckgen.units import inches, points, to_inches

MARKER = inches(0.07)
SIZES = (18, 16, 14)  # of the agenda's rows
TEXT_SIZES = (24, 20, 18, 16, 14, 12)  # of the text on a company’s divider
MANY = 99  # lines: a limit that no title meets
MOST = 10  # sections on a divider; of more, those around it are shown


class Fields(Slide):
    text: Annotated[Text, Doc("what the section answers, in a sentence")] = NONE


class Row(Struct, frozen=True):
    """A line of the agenda: what it says, where it leads, whether this is the place."""

    number: str
    title: Text
    text: Text
    target: Slide
    pages: str
    current: bool


def layout(slide: Fields, studio: Studio) -> None:
    studio.slide = replace(slide, kicker=slide.kicker or studio.labels.section)
    own = bool(studio.layouts["section"].part)
    canvas = studio.open("section", title_sizes=() if own else (28, 24))
    if own and not canvas.frame.h:  # a company's divider, whole as it is
        if slide.text and canvas.layout.has("text"):
            canvas.fill_placeholder("text", slide.text, sizes=TEXT_SIZES)
        elif slide.text:
            studio.move_to_notes("what the section answers", slide.text)
        return
    chapters = studio.outline.chapters()
    here = next(i for i, chapter in enumerate(chapters) if chapter.slides[0].id == slide.id)
    if canvas.layout.has("section_number"):
        canvas.fill_placeholder("section_number", str(here + 1), "label")
    if len(chapters) > 1:
        rows = [_row(studio, number, chapter, slide) for number, chapter in enumerate(chapters, 1)]
        rows = rows[max(0, min(here - MOST // 2, len(rows) - MOST)) :][:MOST]
    else:
        rows = [_slide_row(studio, other) for other in chapters[0].slides[1:]]
    _draw_rows(canvas, rows)


def _row(studio: Studio, number: int, chapter: Chapter, slide: Fields) -> Row:
    first = chapter.slides[0]
    current = first.id == slide.id
    pages = studio.page_range(each.id for each in chapter.slides)
    text = slide.text if current else NONE
    return Row(str(number), chapter.title, text, first, pages, current)


def _slide_row(studio: Studio, slide: Slide) -> Row:
    return Row("", slide.title, NONE, slide, studio.page_range([slide.id]), False)


def _draw_rows(canvas: Canvas, rows: Sequence[Row]) -> None:
    """The rows in the vertical middle of the frame, in the largest size that fits.

    Where none does, fewer rows are shown: those around the current section, or the first
    slides of the only one.
    """
    frame, studio = canvas.frame, canvas.studio
    here = next((index for index, row in enumerate(rows) if row.current), 0)
    for count in range(len(rows), 0, -1):
        start = max(0, min(here - count // 2, len(rows) - count))
        shown = rows[start : start + count]
        size = next((size for size in SIZES if _have_room(canvas, shown, size)), 0)
        if size:
            break
    else:
        if rows and rows[here].number:
            _refuse(studio, rows[here], _need(canvas, rows[here], SIZES[-1]), frame.h)
        return
    needs = [_need(canvas, row, size) for row in shown]
    heights = fill_heights(needs, frame.h, inches(0.95))
    y = frame.y + (frame.h - sum(heights)) // 2
    for index, (row, height) in enumerate(zip(shown, heights, strict=True)):
        if index:
            canvas.rule(frame.x, y, frame.w, name=f"Rule {index}")
        _draw_row(canvas, row, size, Box(frame.x, y, frame.w, height))
        y += height


def _have_room(canvas: Canvas, rows: Sequence[Row], size: float) -> bool:
    """Whether rows have room in the frame, and each title's words in their column."""
    needed = sum(_need(canvas, row, size) for row in rows)
    return needed <= canvas.frame.h and all(_fits(canvas, row, size) for row in rows)


def _refuse(studio: Studio, row: Row, needed: int, room: int) -> None:
    told = f"the section “{row.title}” with its text needs {to_inches(needed):.2f} in"
    told += f" and the divider has {to_inches(room):.2f} in"
    studio.refuse(row.text or row.title, told, "shorten its text, or a word of its title")


def _columns(canvas: Canvas, row: Row) -> tuple[int, int, int]:
    """The widths of number, title and pages."""
    number = inches(0.55) if row.number else 0
    pages = inches(1.0)
    return number, canvas.frame.w - number - pages, pages


def _fits(canvas: Canvas, row: Row, size: float) -> bool:
    """Whether no word of a row's title is wider than its column."""
    return canvas.fits(row.title, Style(size, bold=row.current), _columns(canvas, row)[1], MANY)


def _need(canvas: Canvas, row: Row, size: float) -> int:
    _, width, _ = _columns(canvas, row)
    height = canvas.height(row.title, Style(size, bold=row.current), width)
    if row.text:
        height += points(4) + canvas.height(row.text, _support(size), width)
    return height + points(size * 1.6)


def _support(size: float) -> Style:
    return BODY if size > 14 else SUPPORT


def _draw_row(canvas: Canvas, row: Row, size: float, box: Box) -> None:
    number, width, pages = _columns(canvas, row)
    style = Style(size, bold=row.current, color="ink" if row.current else "muted")
    link = canvas.studio.link_to(row.target)
    name = row.number or str(row.target.id)
    height = canvas.height(row.title, style, width)
    below = points(4) + canvas.height(row.text, _support(size), width) if row.text else 0
    top = box.y + (box.h - height - below) // 2
    if row.current:
        bar = max(inches(0.55), height + below)
        middle = box.y + box.h // 2
        x = box.x - inches(0.3)
        canvas.panel(Box(x, middle - bar // 2, MARKER, bar), "Current section", "accent")
    if row.number:
        words = Box(box.x, top, number, style.line_height)
        canvas.text(words, row.number, style, name=f"Number {name}", link=link)
    words = Box(box.x + number, top, canvas.even_width(row.title, style, width), height)
    canvas.text(words, row.title, style, name=f"Agenda {name}", link=link)
    if row.text:
        even = canvas.even_width(row.text, _support(size), width)
        under = Box(box.x + number, top + height + points(4), even, below - points(4))
        canvas.text(under, row.text, _support(size))
    right = Box(box.right - pages, top, pages, style.line_height)
    canvas.text(
        right, row.pages, BODY.but(color="muted", align="right"), name=f"Pages {name}",
        anchor="middle", link=link,
    )  # fmt: skip
