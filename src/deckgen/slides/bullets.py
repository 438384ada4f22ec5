"""One or two columns of points, for what no picture shows better.

`points` is one column; `columns` are two, each with a head. A point may hold points of
its own, one level down. Few points are set large, with rules between them; more points
smaller, and too many continue on a next page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Annotated

from msgspec import Struct
from msgspec.structs import replace

from deckgen import text
from deckgen.arrange import fill_heights, paginate_evenly
from deckgen.canvas import Canvas, Studio
from deckgen.fields import Doc, Part
from deckgen.outline import NONE, Outline, Slide
from deckgen.scene import Body, Box, Line, Paragraph
from deckgen.source import Problem, Text
from deckgen.styles import HEAD, Style
from deckgen.units import EMU_PER_POINT, inches

COLUMN_HEAD = HEAD.but(color="kicker")
HEAD_GAP = inches(0.12)
TALLEST_ROW = inches(1.15)
MOST_POINTS = 12
MOST_HEAD_LINES = 2
MARGIN_STEP, WIDEST_MARGIN = inches(0.05), inches(0.8)


class Bullet(Part):
    """A point, maybe with points under it."""

    shorthand = "text"
    text: Annotated[Text, Doc("the point")]
    points: Annotated[tuple[Text, ...], Doc("points under it")] = ()


class Column(Part):
    """A column of points under a head."""

    points: Annotated[tuple[Bullet, ...], Doc("its points", least=1)]
    head: Annotated[Text, Doc("a head of a few words")] = NONE


class Fields(Slide):
    points: Annotated[tuple[Bullet, ...], Doc("the points of a slide with one column")] = ()
    columns: Annotated[
        tuple[Column, ...], Doc("two columns, each with its points", least=2, most=2)
    ] = ()


def check(slide: Fields, outline: Outline) -> Iterator[Problem]:
    if bool(slide.points) == bool(slide.columns):
        yield Problem(slide.mark, "give either `points` or `columns`", "and not both")


class Scale(Struct, frozen=True):
    """How points and those under them are set, and the least room in a row."""

    first: Style
    second: Style
    pad: int


SCALES = (
    Scale(Style(20), Style(16, color="ink2"), inches(0.36)),
    Scale(Style(18), Style(16, color="ink2"), inches(0.28)),
    Scale(Style(16), Style(14, color="ink2"), inches(0.2)),
    Scale(Style(14), Style(14, color="ink2"), inches(0.16)),
)
USUAL = SCALES[2]


class Row(Struct, frozen=True):
    """The blocks of paragraphs that stand side by side, None in the shorter column."""

    blocks: tuple[list[Paragraph] | None, ...]
    tall: tuple[int, ...]


def layout(slide: Fields, studio: Studio) -> None:
    columns = slide.columns or (Column(points=slide.points, mark=slide.mark),)
    name = "columns" if len(columns) == 2 else "text"
    keys = ("text", "text2")[: len(columns)]
    area = studio.layouts[name].placeholder(keys[0]).box
    heads = _heads_height(studio, columns, area.w)
    room = area.h - heads
    scale, margin, rows, pages = _choose_scale(studio, columns, area.w, room)
    for number, indices in enumerate(pages, start=1):
        canvas = studio.open(name, number, len(pages))
        shown = [rows[index] for index in indices]
        heights = fill_heights([max(row.tall) + scale.pad for row in shown], room, TALLEST_ROW)
        for place, (key, column) in enumerate(zip(keys, columns, strict=True)):
            _draw(canvas, key, column, place, shown, heights, heads, margin)


def _heads_height(studio: Studio, columns: Sequence[Column], width: int) -> int:
    """The height of the taller head with the gap under it, 0 where there is none."""
    probe, most = Canvas(studio, studio.layouts["text"]), 0
    for column in columns:
        if not column.head:
            continue
        lines = probe.lines(column.head, COLUMN_HEAD, width)
        if lines > MOST_HEAD_LINES:
            told = f"the head takes {lines} lines and has room for {MOST_HEAD_LINES}"
            studio.refuse(column.head, told, "shorten it to a few words")
        most = max(most, min(lines, MOST_HEAD_LINES))
    return most * COLUMN_HEAD.line_height + HEAD_GAP if most else 0


def _choose_scale(
    studio: Studio, columns: Sequence[Column], width: int, room: int
) -> tuple[Scale, int, list[Row], list[list[int]]]:
    """The largest scale that holds everything on one page, else the usual one on several.

    With it the margin at the right, the rows, and their places page by page.
    """
    probe = Canvas(studio, studio.layouts["text"])
    for scale in (*SCALES, USUAL):
        margin = _find_margin(probe, columns, width, scale)
        rows = _rows(probe, columns, width - margin, scale)
        needs = [max(row.tall) + scale.pad for row in rows]
        pages = paginate_evenly(needs, lambda number, of: room, MOST_POINTS)
        if len(pages) == 1:
            break
    return scale, margin, rows, pages


def _find_margin(canvas: Canvas, columns: Sequence[Column], width: int, scale: Scale) -> int:
    """The least margin at which every point certainly takes the lines that it is given.

    All points are one text and the rules between them stand where they stand: a line less
    than predicted would pull the points below it over their rules.
    """
    bullets = [bullet for column in columns for bullet in column.points]
    paragraphs = [p for bullet in bullets for p in _block(canvas, bullet, scale)]
    for margin in range(0, WIDEST_MARGIN, MARGIN_STEP):
        if all(text.is_certain(p, width - margin, canvas.face) for p in paragraphs):
            return margin
    return 0


def _rows(canvas: Canvas, columns: Sequence[Column], width: int, scale: Scale) -> list[Row]:
    """Points side by side, so that the rules of two columns stand level."""
    rows = []
    for bullets in zip_longest(*(column.points for column in columns)):
        blocks = tuple(_block(canvas, bullet, scale) if bullet else None for bullet in bullets)
        tall = tuple(canvas.height(block, scale.first, width) if block else 0 for block in blocks)
        rows.append(Row(blocks, tall))
    return rows


def _block(canvas: Canvas, bullet: Bullet, scale: Scale) -> list[Paragraph]:
    """A point and those under it: they stay together on a page."""
    below = [
        canvas.paragraph(words, scale.second, before_pt=4, bullet="–", level=1)
        for words in bullet.points
    ]
    return [canvas.paragraph(bullet.text, scale.first), *below]


def _draw(
    canvas: Canvas, key: str, column: Column, place: int, rows: Sequence[Row],
    heights: Sequence[int], heads: int, margin: int,
) -> None:  # fmt: skip
    """One column in its placeholder, the spaces between paragraphs making room for rules."""
    spec = canvas.layout.placeholder(key)
    y = spec.box.y + heads
    above = min(height - max(row.tall) for height, row in zip(heights, rows, strict=True)) // 2
    paragraphs: list[Paragraph] = []
    end = spec.box.y
    if column.head:
        paragraphs.append(canvas.paragraph(column.head, COLUMN_HEAD))
        end += canvas.height(column.head, COLUMN_HEAD, spec.box.w)
    top = 0 if column.head else y + above - spec.box.y
    canvas.rule(spec.box.x, y, spec.box.w, Line("ink", 1.25), f"{spec.name} top rule")
    for row, height in zip(rows, heights, strict=True):
        block = row.blocks[place]
        if block:
            before = 0 if not paragraphs else (y + above - end) / EMU_PER_POINT
            paragraphs += [replace(block[0], before_pt=round(before, 2)), *block[1:]]
            end = y + above + row.tall[place]
            y += height
            canvas.rule(spec.box.x, y, spec.box.w, name=f"{spec.name} rule")
    if paragraphs:
        _fill(
            canvas,
            key,
            spec.box,
            Body(tuple(paragraphs), insets=(0, max(0, top), margin, 0)),
            column,
        )


def _fill(canvas: Canvas, key: str, box: Box, body: Body, column: Column) -> None:
    canvas.fits_body(body, box, column)
    canvas.put_placeholder(key, body, "body", column.mark)
