"""What the deck covers: its sections with their pages, each a link to where it begins.

The rows are the deck's sections, or `items` of your own. A section's `text` stands beside
its title; where no section has one, up to four sections list the titles of their slides if
these fit. Up to eight rows; they grow with the room they have. Where texts do not fit, they are
set smaller, then left to the dividers, or, of `items`, to the notes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar

from msgspec import Struct
from msgspec.structs import replace

from deckgen.arrange import fill_heights
from deckgen.canvas import Canvas, Studio
from deckgen.fields import Doc, Part
from deckgen.outline import NONE, Outline, Slide
from deckgen.scene import Box, Line
from deckgen.source import Id, Problem, Text, mark_of
from deckgen.styles import BODY, SUPPORT, Style
from deckgen.units import inches, to_inches

MOST = 8
FEW = 4
LIST_NUMBER, LIST_GAP = inches(0.4), inches(0.08)


class Entry(Part):
    """A line of the agenda."""

    shorthand = "title"
    title: Annotated[Text, Doc("what is covered")]
    text: Annotated[Text, Doc("the question it answers, in a sentence")] = NONE
    slide: Annotated[Id, Doc("the slide that a click leads to", ref="slide")] = Id("")


class Fields(Slide):
    topical: ClassVar[bool] = True
    items: Annotated[
        tuple[Entry, ...], Doc("the lines, if they are not the deck's sections", most=MOST)
    ] = ()


class Row(Struct, frozen=True):
    """An entry with the slide it leads to, the slides it covers, and those it lists by title."""

    entry: Entry
    target: Slide | None = None
    slides: tuple[Slide, ...] = ()
    listed: tuple[Slide, ...] = ()


def title(slide: Fields, outline: Outline) -> str:
    return outline.labels.agenda


def check(slide: Fields, outline: Outline) -> Iterator[Problem]:
    sections = outline.chapters()
    if not slide.items and not sections:
        told = "the deck has no sections to list"
        yield Problem(slide.mark, told, "add slides of the kind `section`, or give `items`")
    if not slide.items and len(sections) > MOST:
        told = f"an agenda has room for {MOST} sections, not {len(sections)}"
        yield Problem(slide.mark, told, "merge sections, or give `items`")


def layout(slide: Fields, studio: Studio) -> None:
    canvas = studio.open("content")
    frame = canvas.frame
    grid = _choose_grid(canvas, slide)
    heights = fill_heights([grid.need(row) for row in grid.rows], frame.h, grid.tallest)
    y = frame.y
    canvas.rule(frame.x, y, frame.w, Line("ink", 1.25), "Head rule")
    for number, (row, height) in enumerate(zip(grid.rows, heights, strict=True), start=1):
        _draw(canvas, grid, number, row, Box(frame.x, y, frame.w, height))
        y += height
        canvas.rule(frame.x, y, frame.w, name=f"Rule {number}")


def _choose_grid(canvas: Canvas, slide: Fields) -> Grid:
    """The most that fits: titles of the slides beside few sections, then smaller, then less."""
    outline = canvas.studio.outline
    rows = _item_rows(slide, outline) if slide.items else _section_rows(outline)
    grids = [Grid(canvas, rows, dense=False), Grid(canvas, rows, dense=True)]
    bare = [replace(row, entry=replace(row.entry, text=NONE)) for row in rows]
    grids += [Grid(canvas, bare, dense=False), Grid(canvas, bare, dense=True)]
    if canvas.studio.cramped:
        grids.append(Grid(canvas, bare, dense=True, smallest=12))
    if len(rows) <= FEW and not grids[0].has_text:
        listing = [replace(row, listed=_contents(row)) for row in rows]
        grids[:0] = [Grid(canvas, listing, False, style) for style in (BODY, SUPPORT)]
    for grid in grids:
        if grid.fits():
            if slide.items and not grid.has_text:  # the dividers show a section's text as well
                _move_texts(canvas, rows)
            return grid
    needs = sum(grid.need(row) for row in grid.rows)
    if needs > canvas.frame.h:  # else a word is too wide, which is told where it is drawn
        longest = max(grid.rows, key=grid.need)
        told = f"need {to_inches(needs):.2f} in and have {to_inches(canvas.frame.h):.2f} in"
        canvas.studio.refuse(
            longest.entry.title, f"{len(rows)} lines of the agenda {told}",
            "shorten the titles, or merge some",
        )  # fmt: skip
    return grid


def _move_texts(canvas: Canvas, rows: Sequence[Row]) -> None:
    for row in rows:
        if row.entry.text:
            canvas.studio.move_to_notes(f"the text of “{row.entry.title}”", row.entry.text)


def _section_rows(outline: Outline) -> list[Row]:
    rows = []
    for chapter in outline.chapters():
        first = chapter.slides[0]
        text = getattr(first, "text", NONE) if first.kind == "section" else NONE
        rows.append(Row(Entry(title=chapter.title, text=text), first, chapter.slides))
    return rows


def _item_rows(slide: Fields, outline: Outline) -> list[Row]:
    """The author's lines; one that leads to the beginning of a section covers all of it."""
    covered: dict[Id, tuple[Slide, ...]] = {each.id: (each,) for each in outline.slides}
    covered |= {chapter.slides[0].id: chapter.slides for chapter in outline.chapters()}
    rows = []
    for entry in slide.items:
        slides = covered.get(entry.slide, ())
        rows.append(Row(entry, slides[0] if slides else None, slides))
    return rows


def _contents(row: Row) -> tuple[Slide, ...]:
    return tuple(slide for slide in row.slides if slide.kind != "section")


class Grid:
    """Rows, where their columns stand, and in which sizes: fewer rows are set larger."""

    def __init__(
        self, canvas: Canvas, rows: list[Row], dense: bool, listed: Style = SUPPORT,
        smallest: int = 14,
    ) -> None:  # fmt: skip
        frame = canvas.frame
        self.canvas = canvas
        self.rows = rows
        self.listed = listed
        self.has_text = any(row.entry.text for row in rows)
        has_list = any(row.listed for row in rows)
        number, words = (36, 20) if len(rows) <= FEW else (28, 18) if len(rows) <= 6 else (20, 16)
        if dense:
            number, words = min(number, smallest + 6), smallest
        self.number = Style(number, bold=True, color="kicker")
        self.words = Style(words, bold=True)
        self.text = BODY.but(size_pt=12) if dense else BODY
        self.padding = inches(
            0.08 if smallest < 14 else 0.12 if dense else 0.4 if has_list else 0.24
        )
        self.tallest = inches(2.2 if has_list else 1.6 if self.has_text else 1.3)
        self.number_width = min(inches(0.83), round(frame.w * 0.0685))
        self.title_x = frame.x + self.number_width
        self.right = frame.right - (
            min(inches(1.1), round(frame.w * 0.0908)) if any(row.slides for row in rows) else 0
        )
        self.text_x = frame.x + round(frame.w * 0.42)
        self.text_width = self.right - self.text_x
        beside = self.has_text or has_list
        self.title_width = (self.text_x - inches(0.35) if beside else self.right) - self.title_x

    def need(self, row: Row) -> int:
        """The height of a row with air around its words."""
        height = self.canvas.height(row.entry.title, self.words, self.title_width)
        if row.entry.text:
            height = max(height, self.canvas.height(row.entry.text, self.text, self.text_width))
        height = max(height, self.list_height(row))
        return max(height, self.number.line_height) + self.padding

    def list_height(self, row: Row) -> int:
        """The height of the titles of the slides that a row lists."""
        width = self.text_width - LIST_NUMBER
        heights = [self.canvas.height(slide.title, self.listed, width) for slide in row.listed]
        return sum(heights) + LIST_GAP * max(0, len(heights) - 1)

    def fits(self) -> bool:
        """Whether the rows have room in the frame, and each title's words in their column."""
        room = self.canvas.frame.h
        return sum(map(self.need, self.rows)) <= room and all(
            self.canvas.fits(row.entry.title, self.words, self.title_width, room)
            for row in self.rows
        )


def _draw(canvas: Canvas, grid: Grid, number: int, row: Row, box: Box) -> None:
    studio, entry = canvas.studio, row.entry
    link = studio.link_to(row.target)
    cell = Box(box.x, box.y, grid.number_width, box.h)
    canvas.text(cell, str(number), grid.number, name=f"Number {number}", anchor="middle", link=link)
    width = canvas.even_width(entry.title, grid.words, grid.title_width)
    cell = Box(grid.title_x, box.y, width, box.h)
    name = mark_of(entry.title).path or f"Title {number}"
    canvas.text(cell, entry.title, grid.words, name=name, anchor="middle", link=link)
    if entry.text:
        cell = Box(grid.text_x, box.y, grid.text_width, box.h)
        name = mark_of(entry.text).path or f"Text {number}"
        canvas.text(cell, entry.text, grid.text, name=name, anchor="middle")
    if row.listed:
        _draw_list(canvas, grid, row, box)
    if row.slides:
        cell = Box(grid.right, box.y, box.right - grid.right, box.h)
        pages = f"{studio.labels.page} {studio.page_range(each.id for each in row.slides)}"
        fits = canvas.fits(pages, BODY, cell.w, 1)
        style = (BODY if fits else SUPPORT).but(color="muted", align="right")
        canvas.text(cell, pages, style, name=f"Pages {number}", anchor="middle", link=link)


def _draw_list(canvas: Canvas, grid: Grid, row: Row, box: Box) -> None:
    """The titles of the slides of a section with their pages, each a link."""
    width = grid.text_width - LIST_NUMBER
    y = box.y + (box.h - grid.list_height(row)) // 2
    for slide in row.listed:
        link = canvas.studio.link_to(slide)
        height = canvas.height(slide.title, grid.listed, width)
        page = canvas.studio.page_range([slide.id])
        canvas.text(
            Box(grid.text_x, y, LIST_NUMBER, grid.listed.line_height), page.partition("–")[0],
            grid.listed.but(color="muted"), name=f"Page of {slide.id}", role="label", link=link,
        )  # fmt: skip
        cell = Box(grid.text_x + LIST_NUMBER, y, width, height)
        canvas.text(cell, slide.title, grid.listed, name=f"Slide {slide.id}", link=link)
        y += height + LIST_GAP
