"""Questions to expect, each with its answer; more than a page holds continue on a next one.

An answer may be an inference. Where the deck holds an inference, or a standing that no
source states, the last page tells how to read these marks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, ClassVar, TypeAlias

from msgspec import Struct

from deckgen.arrange import fill_heights, paginate_evenly
from deckgen.canvas import Canvas, Studio
from deckgen.fields import Doc, Part
from deckgen.outline import Claim, Outline, Slide
from deckgen.parts import claims_height, draw_claims, reading_key, reading_key_height
from deckgen.scene import Box, Line
from deckgen.source import Text, number_word
from deckgen.styles import BODY, HEAD, SUPPORT, Style
from deckgen.units import inches

Room: TypeAlias = Callable[[int, int], int]

MOST_ITEMS = 6
LEAST_ROW, TALLEST_ROW = inches(0.7), inches(1.4)
LEAST_SHARE = 0.143  # of the frame's height, where that is less
KEY_GAP = inches(0.25)


class Item(Part):
    """A question with its answer."""

    q: Annotated[Text, Doc("the question")]
    a: Annotated[Claim, Doc("the answer, in a sentence or two")]


class Fields(Slide, kw_only=True):
    topical: ClassVar[bool] = True
    items: Annotated[tuple[Item, ...], Doc("questions and answers, in order", least=1)]


def title(slide: Fields, outline: Outline) -> str:
    if len(slide.items) == 1:
        return "One question to expect, and its answer"
    return f"{number_word(len(slide.items))} questions to expect, and their answers"


class Scale(Struct, frozen=True):
    """How questions and answers are set, and the room left in a row."""

    question: Style
    answer: Style
    pad: int


SCALES = (
    Scale(HEAD.but(size_pt=18), BODY.but(size_pt=16), inches(0.4)),
    Scale(HEAD, BODY, inches(0.32)),
    Scale(HEAD.but(size_pt=14), BODY, inches(0.24)),
)
MANY = 99  # lines: a limit that no question meets
CRAMPED = Scale(HEAD.but(size_pt=14), SUPPORT, inches(0.18))


class Grid(Struct, frozen=True):
    """Where questions and answers stand in a frame."""

    left: int
    question: int
    answers: int
    answer: int


def layout(slide: Fields, studio: Studio) -> None:
    probe = Canvas(studio, studio.layouts["content"])
    grid = _grid(probe.frame)
    key = 0
    if studio.outline.needs_key() and _is_last(slide, studio.outline):
        key = reading_key_height(probe, grid.answer - inches(0.2)) + KEY_GAP

    def room(number: int, of: int) -> int:
        return probe.frame.h - (key if number == of else 0)

    scale, heights, pages = _choose_scale(probe, grid, slide, room)
    for number, indices in enumerate(pages, start=1):
        canvas = studio.open("content", number, len(pages))
        space = room(number, len(pages))
        tall = fill_heights([min(space, heights[i]) for i in indices], space, TALLEST_ROW)
        items = [slide.items[index] for index in indices]
        _rows(canvas, grid, items, tall, scale)
        if key and number == len(pages):
            height = key - KEY_GAP
            frame = canvas.frame
            box = Box(frame.x, frame.bottom - height, frame.w, height)
            reading_key(canvas, box, grid.answers)


def _is_last(slide: Fields, outline: Outline) -> bool:
    """Whether no further slide of questions follows, so that the key appears once."""
    last = [other for other in outline.slides if other.kind == slide.kind][-1:]
    return not last or last[0].id == slide.id


def _grid(frame: Box) -> Grid:
    """Columns 1 to 4 and 5 to 12 of the frame."""
    answers = frame.x + round(frame.w * 0.3389)
    return Grid(frame.x, round(frame.w * 0.305), answers, frame.right - answers)


def _choose_scale(
    canvas: Canvas, grid: Grid, slide: Fields, room: Room
) -> tuple[Scale, list[int], list[list[int]]]:
    """The largest scale among those that take the fewest pages."""
    tried = []
    for scale in (*SCALES, CRAMPED) if canvas.studio.cramped else SCALES:
        heights = [_row_height(canvas, grid, item, scale) for item in slide.items]
        tried.append((scale, heights, paginate_evenly(heights, room, MOST_ITEMS)))
    return min(
        tried, key=lambda choice: (_too_wide(canvas, grid, slide, choice[0]), len(choice[2]))
    )


def _too_wide(canvas: Canvas, grid: Grid, slide: Fields, scale: Scale) -> bool:
    """Whether a word of a question is wider than its column, in a cramped frame."""
    fits = (canvas.fits(item.q, scale.question, grid.question, MANY) for item in slide.items)
    return canvas.studio.cramped and not all(fits)


def _row_height(canvas: Canvas, grid: Grid, item: Item, scale: Scale) -> int:
    question = canvas.height(item.q, scale.question, grid.question)
    answer = claims_height(canvas, [item.a], grid.answer, scale.answer)
    least = min(LEAST_ROW, round(canvas.frame.h * LEAST_SHARE))
    return max(least, max(question, answer) + scale.pad)


def _rows(canvas: Canvas, grid: Grid, items: list[Item], heights: list[int], scale: Scale) -> None:
    y, width = canvas.frame.y, canvas.frame.w
    canvas.rule(grid.left, y, width, Line("ink", 1.25), "Top rule")
    needs = [_row_height(canvas, grid, item, scale) for item in items]
    slack = min(height - need for height, need in zip(heights, needs, strict=True))
    above = scale.pad // 2 + min(inches(0.2), max(0, slack) // 2)
    for item, height in zip(items, heights, strict=True):
        top, tall = y + above, height - above
        canvas.text(Box(grid.left, top, grid.question, tall), item.q, scale.question)
        draw_claims(canvas, Box(grid.answers, top, grid.answer, tall), [item.a], scale.answer)
        y += height
        canvas.rule(grid.left, y, width, name="Row rule")
