"""Every source of the outline, numbered, with a link to where a reader finds it.

Needs no fields. More sources than a page holds continue on a next page. If no slide of
questions tells how to read the marks of this deck, the last page of the sources does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar
from urllib.parse import urlsplit

from msgspec import Struct

from deckgen import markup, text
from deckgen.arrange import fill_heights, paginate_evenly
from deckgen.canvas import Canvas, Studio
from deckgen.outline import Outline, Slide, Source
from deckgen.parts import reading_key, reading_key_height
from deckgen.scene import Box, Line, Link, Paragraph, Run
from deckgen.source import Problem, Text, number_word
from deckgen.styles import BODY, CAPTION, HEAD, SUPPORT, Style
from deckgen.units import inches

MOST_SOURCES = 10
PAD = inches(0.2)
LEAST_ROW, TALLEST_ROW = inches(0.42), inches(1.0)
KEY_GAP = inches(0.25)


class Fields(Slide):
    topical: ClassVar[bool] = True


def title(slide: Fields, outline: Outline) -> str:
    count = len(outline.sources)
    if outline.partial:  # it may rest on others as well
        verb = "source is" if count == 1 else "sources are"
        return f"{number_word(count)} {verb} cited here"
    if count == 1:
        return "This analysis rests on one source"
    return f"This analysis rests on {number_word(count).lower()} sources"


def check(slide: Fields, outline: Outline) -> Iterator[Problem]:
    if not outline.sources:
        told = "the outline has no sources to list"
        yield Problem(slide.mark, told, "give `sources`, or leave this slide out")
    for source in outline.sources:
        if source.url and not source.url.lower().startswith(("https://", "http://")):
            told = f"`url` must begin with https:// or http://, not “{source.url}”"
            yield Problem(source.url.mark, told, "write the whole address")
        elif source.url and not markup.is_address(source.url):
            yield Problem(source.url.mark, f"`url` is no whole address: “{source.url}”", "mend it")


class Grid(Struct, frozen=True):
    """Where numbers, citations and dates of reading stand, and the style of citations."""

    left: int
    text: int
    width: int
    date: int
    date_width: int
    style: Style


def layout(slide: Fields, studio: Studio) -> None:
    sources, outline = studio.outline.sources, studio.outline
    probe = Canvas(studio, studio.layouts["content"])
    split = probe.frame.x + round(probe.frame.w * 0.3389)
    key = 0
    if outline.needs_key() and not any(other.kind == "faq" for other in outline.slides):
        width = probe.frame.right - inches(0.2) - split
        key = reading_key_height(probe, width) + KEY_GAP

    def room(number: int, of: int) -> int:
        return probe.frame.h - (key if number == of else 0)

    for size in (16, 14):
        grid = _grid(probe, sources, BODY.but(size_pt=size, color="ink"))
        heights = [_row_height(probe, grid, source) for source in sources]
        pages = paginate_evenly(heights, room, MOST_SOURCES)
        if len(pages) == 1:
            break
    for number, indices in enumerate(pages, start=1):
        canvas = studio.open("content", number, len(pages))
        if not slide.note:  # the list itself says what the line under it would
            canvas.items = [item for item in canvas.items if item.role != "source"]
        space = room(number, len(pages))
        tall = fill_heights([min(space, heights[i]) for i in indices], space, TALLEST_ROW)
        _rows(canvas, grid, [(i + 1, sources[i]) for i in indices], tall)
        if key and number == len(pages):
            frame, height = canvas.frame, key - KEY_GAP
            box = Box(frame.x, frame.bottom - height, frame.w, height)
            reading_key(canvas, box, split)


def _grid(canvas: Canvas, sources: tuple[Source, ...], style: Style) -> Grid:
    frame = canvas.frame
    numbers = max(inches(0.55), canvas.width(str(len(sources)), HEAD) + inches(0.25))
    dates = [
        canvas.width(_read_on(canvas, source), SUPPORT) for source in sources if source.accessed
    ]
    date_width = min(inches(2.6), round(max(dates, default=0) * 1.02))
    left = frame.x + numbers
    end = frame.right - date_width - (inches(0.3) if date_width else 0)
    return Grid(frame.x, left, end - left, frame.right - date_width, date_width, style)


def _read_on(canvas: Canvas, source: Source) -> Text:
    return Text(f"{canvas.studio.labels.accessed} {source.accessed}", source.accessed.mark)


def _words(canvas: Canvas, grid: Grid, source: Source) -> list[Paragraph]:
    """The citation, and under it the address."""
    words = [canvas.paragraph(source.text, grid.style)]
    if source.url:
        words.append(_address(canvas, grid, source))
    return words


def _address(canvas: Canvas, grid: Grid, source: Source) -> Paragraph:
    """The address without its scheme; one too long for a line is cut back to its host.

    The host is the link, for a screen reader would spell out the rest; paper has it all.
    """
    link = Link(str(source.url), source.text)
    host, path = urlsplit(source.url).netloc, _shown(source)[len(urlsplit(source.url).netloc) :]
    for style, rest in ((SUPPORT, path), (CAPTION, path), (SUPPORT, "")):
        runs = [Run(host, color="kicker", link=link)]
        runs += [Run(rest, color="muted")] if rest else []
        paragraph = Paragraph(
            tuple(runs), style.size_pt, style.line_pt, color="kicker", before_pt=2
        )
        if text.line_count(paragraph, grid.width, canvas.face) == 1:
            break
    return paragraph


def _shown(source: Source) -> str:
    return source.url.partition("://")[2].rstrip("/")


def _row_height(canvas: Canvas, grid: Grid, source: Source) -> int:
    tall = canvas.height(_words(canvas, grid, source), grid.style, grid.width)
    return max(LEAST_ROW, tall + PAD)


def _rows(
    canvas: Canvas, grid: Grid, sources: list[tuple[int, Source]], heights: list[int]
) -> None:
    y, width = canvas.frame.y, canvas.frame.w
    canvas.rule(grid.left, y, width, Line("ink", 1.25), "Top rule")
    needs = [_row_height(canvas, grid, source) for _, source in sources]
    slack = min(height - need for height, need in zip(heights, needs, strict=True))
    above = (PAD + max(0, slack)) // 2
    for (number, source), height in zip(sources, heights, strict=True):
        top, tall = y + above, height - above
        canvas.text(
            Box(grid.left, top, grid.text - grid.left - inches(0.1), tall), str(number),
            grid.style.but(bold=True, color="kicker"), name=f"Number {number}", role="label",
        )  # fmt: skip
        place = Box(grid.text, top, grid.width, tall)
        words = _words(canvas, grid, source)
        if source.url and words[-1].text == urlsplit(source.url).netloc != _shown(source):
            canvas.studio.move_to_notes(f"the address of source {number}", str(source.url))
        canvas.text(place, words, grid.style, name=source.mark.path, source=source)
        if source.accessed:
            style = SUPPORT.but(color="muted", align="right")
            pitch = grid.style.line_pt  # so that its first line stands level with the citation's
            canvas.text(
                Box(grid.date, top, grid.date_width, tall), _read_on(canvas, source),
                style.but(pitch_pt=pitch), name=source.accessed.mark.path,
            )  # fmt: skip
        y += height
        canvas.rule(grid.left, y, width, name="Row rule")
