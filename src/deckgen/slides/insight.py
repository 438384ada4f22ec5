"""One statement to remember, or a quotation, in large type; maybe with a stack beside it.

The statement is the slide's title. With `quote: true` it stands in quotation marks, and
`by` must say whose words they are. The stack shows layers from the top down, who holds
some of them today, and what stands across all of them in the end. Without it the
statement is wider and larger. One or two such slides are enough for a deck. What does not fit
is set smaller, first the statement, then its support; the texts of `today` go to the notes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Annotated

from msgspec import Struct
from msgspec.structs import replace

from deckgen import text
from deckgen.arrange import share, spread
from deckgen.canvas import Canvas, Studio
from deckgen.fields import Doc, Part
from deckgen.outline import NONE, Outline, Slide
from deckgen.parts import tier_fill, tier_ink
from deckgen.scene import Box, Line, Paragraph, TextItem
from deckgen.source import Problem, Text, nearest
from deckgen.styles import BODY, CAPTION, HEAD, SUBHEAD, SUPPORT, SUPPORT_BOLD, Style
from deckgen.units import inches

SMALLER = (24, 20)  # of the statement, in a frame with less room than the house's
SUPPORTS = tuple(Style(size, color="ink2") for size in (18, 16, 14))
BANNER_SUPPORTS = tuple(Style(size, color="ink2") for size in (28, 24, 20, 18, 16, 14))
SUPPORT_GAP, BY_GAP = inches(0.35), inches(0.3)
LAYER_GAP, END_GAP, HEADS = inches(0.08), inches(0.12), inches(0.3)
HOLDING_PAD = inches(0.1)
STACK_GAP = inches(0.57)
SIZES = ((SUBHEAD, SUPPORT), (SUPPORT_BOLD, CAPTION))  # of heads and texts in a stack
PADS = (0.3, 0.4, 0.36)  # inches in the three columns that words do not get


class Holding(Part):
    """What stands at one layer today."""

    layer: Annotated[Text, Doc("the layer, by its name or its number from the top")]
    head: Annotated[Text, Doc("what it is, in a word or two")]
    text: Annotated[Text, Doc("a few words more")] = NONE


class Endgame(Part):
    """What stands across every layer in the end."""

    text: Annotated[Text, Doc("what it is, in a few words")]
    head: Annotated[Text, Doc("names its column")] = NONE


class Stack(Part):
    """Layers on top of one another, and who holds them."""

    layers: Annotated[tuple[Text, ...], Doc("names of the layers, top down", least=2, most=6)]
    head: Annotated[Text, Doc("names the column of layers")] = NONE
    today: Annotated[tuple[Holding, ...], Doc("what stands at some of the layers")] = ()
    today_head: Annotated[Text, Doc("names the column of today; `Today` if left out")] = NONE
    endgame: Annotated[Endgame | None, Doc("what stands across all layers in the end")] = None


class Fields(Slide):
    quote: Annotated[bool, Doc("true if the title is a quotation; `by` says whose", fact=True)] = (
        False
    )
    support: Annotated[Text, Doc("a sentence or two that support the statement")] = NONE
    by: Annotated[Text, Doc("whose words or whose finding it is")] = NONE
    stack: Annotated[Stack | None, Doc("a stack of layers beside the statement")] = None


def check(slide: Fields, outline: Outline) -> Iterator[Problem]:
    if slide.quote and not slide.by:
        told = "a quotation needs `by`"
        yield Problem(slide.title.mark, told, "say whose words these are, or drop `quote`")
    if slide.stack is None:
        return
    taken: dict[int, Holding] = {}
    for holding in slide.stack.today:
        number = _layer_number(slide.stack, holding)
        if not number:
            told = f"no layer is called “{holding.layer}”"
            yield Problem(holding.layer.mark, told, nearest(holding.layer, slide.stack.layers))
        elif number in taken:
            told = f"two boxes stand at the layer “{slide.stack.layers[number - 1]}”"
            yield Problem(
                holding.layer.mark, told, f"the other is on line {taken[number].mark.line}"
            )
        taken.setdefault(number, holding)


def _layer_number(stack: Stack, holding: Holding) -> int:
    """The layer at which something stands, from 1 at the top; 0 if there is none."""
    for number, layer in enumerate(stack.layers, start=1):
        if holding.layer in (layer, str(number)):
            return number
    return 0


def layout(slide: Fields, studio: Studio) -> None:
    if slide.quote:
        opening, _, closing = studio.labels.quotes.partition(" ")
        words = Text(f"{opening}{slide.title}{closing}", slide.title.mark)
        studio.slide = replace(slide, title=words)
    if studio.layouts["content"].banner and (slide.support or slide.stack):
        _under_banner(slide, studio)
        return
    spec = studio.layouts["insight"].placeholder("title")
    frame = studio.layouts["insight"].frame
    probe = Canvas(studio, studio.layouts["insight"])
    titled = Canvas(studio, studio.layouts["insight"], studio.theme.heading_font)
    extra = _lack(probe, slide.stack, frame.w - spec.box.w - STACK_GAP) if slide.stack else 0
    width = spec.box.w - extra if slide.stack else round(frame.w * 0.83)
    sizes: tuple[float, ...] = (36, 32, 28) if slide.stack else (44, 40, 36, 32, 28)
    smaller = SMALLER if studio.cramped else ()
    for least, support in product((sizes[-1], *smaller), SUPPORTS):
        room = _statement_room(probe, slide, width, support)
        smallest = Style(least, bold=True)
        lines = min(room, spec.box.h) // smallest.line_height
        if titled.fits(studio.slide.title, smallest, width, lines):
            break
    sizes += tuple(size for size in smaller if size >= least)
    box = Box(spec.box.x, frame.y, width, min(room, spec.box.h))
    canvas = studio.open("insight", title_sizes=sizes, title_box=box)
    _words(canvas, slide, width, room, support)
    if slide.stack:
        left = spec.box.x + width + STACK_GAP
        _stack(canvas, Box(left, frame.y, frame.right - left, frame.h), slide.stack)


def _under_banner(slide: Fields, studio: Studio) -> None:
    """The statement stays in a company's banner, which would be empty without it."""
    canvas = studio.open()
    frame = canvas.frame
    extra = _lack(canvas, slide.stack, frame.w * 49 // 100 - STACK_GAP) if slide.stack else 0
    width = frame.w * 51 // 100 - extra if slide.stack else round(frame.w * 0.83)
    parts = [(slide.by, _by_style(slide)), (slide.support, BANNER_SUPPORTS[0])]
    parts = [(words, style) for words, style in parts[:: 1 if slide.quote else -1] if words]
    for support in BANNER_SUPPORTS:
        parts = [(words, support if words is slide.support else style) for words, style in parts]
        height = sum(canvas.height(words, style, width) for words, style in parts)
        height += BY_GAP * (len(parts) - 1)
        if height <= frame.h:
            break
    y = frame.y + (inches(0.2) if slide.stack else max(0, frame.h - height) * 2 // 5)
    for words, style in parts:
        y += canvas.text(Box(frame.x, y, width, frame.bottom - y), words, style) + BY_GAP
    if slide.stack:
        left = frame.x + width + STACK_GAP
        _stack(canvas, Box(left, frame.y, frame.right - left, frame.h), slide.stack)


def _statement_room(probe: Canvas, slide: Fields, width: int, support: Style) -> int:
    """The height that support and attribution leave to the statement."""
    taken = 0
    if slide.support:
        taken += SUPPORT_GAP + probe.height(slide.support, support, width)
    if slide.by:
        taken += BY_GAP + probe.height(slide.by, _by_style(slide), width)
    return max(0, probe.frame.h - taken)


def _by_style(slide: Fields) -> Style:
    return HEAD if slide.quote else SUPPORT.but(color="muted")


def _words(canvas: Canvas, slide: Fields, width: int, room: int, support: Style) -> None:
    """Centre statement, support and attribution as one block in the frame's height."""
    place = next(n for n, item in enumerate(canvas.items) if item.role == "title")
    title = canvas.items[place]
    assert isinstance(title, TextItem)
    height = text.body_height(title.body, title.box.w, canvas.theme.heading_font)
    free = max(0, room - height)
    # A little above the middle looks centred; beside a stack the tops line up.
    beside = slide.stack and free < room * 0.7
    top = title.box.y + (inches(0.2) if beside else round(free * 0.42))
    top = min(top, title.box.y + free)
    box = Box(title.box.x, top, title.box.w, height)
    canvas.items[place] = replace(title, box=box, inherits_box=False)
    y = box.bottom
    parts = [(slide.support, support, SUPPORT_GAP), (slide.by, _by_style(slide), BY_GAP)]
    for words, style, gap in reversed(parts) if slide.quote else parts:
        if words and slide.stack and words is slide.by and not slide.quote:
            foot = Box(box.x, y, width, canvas.frame.bottom - y)
            canvas.text(foot, words, style, anchor="bottom")
        elif words:
            y += gap
            below = Box(box.x, y, width, canvas.frame.bottom - y)
            y += canvas.text(below, words, style)


class Grid(Struct, frozen=True):
    """Widths of the columns of a stack, 0 for one that it lacks, and the styles in them."""

    layer: int
    today: int
    end: int
    head: Style
    text: Style


def _grid(canvas: Canvas, stack: Stack, width: int) -> Grid:
    """Columns as wide as their longest words, the rest shared; smaller type if it must be."""
    for head, support in SIZES:
        needs, pads = _needs(canvas, stack, head, support)
        spare = width - sum(needs) - sum(pads)
        if spare >= 0:
            break
    if spare < 0:  # words that do not fit are told where they are drawn
        needs = [need + spare * need // sum(needs) for need in needs]
    weights = [weight if need else 0 for weight, need in zip((35, 40, 25), needs, strict=True)]
    layer, today_width, end_width = (
        need + pad + max(0, spare) * weight // sum(weights)
        for need, pad, weight in zip(needs, pads, weights, strict=True)
    )
    return Grid(layer, today_width, end_width, head, support)


def _needs(
    canvas: Canvas, stack: Stack, head: Style, support: Style
) -> tuple[list[int], list[int]]:
    """The widest word of each column, 0 for one that the stack lacks, and the space about it."""
    layers = [(layer, head) for layer in stack.layers]
    today = [(holding.head, head) for holding in stack.today]
    today += [(holding.text, support) for holding in stack.today if holding.text]
    end = [(stack.endgame.text, head)] if stack.endgame else []
    needs = [
        max((_widest(canvas, words, style) for words, style in column), default=0)
        for column in (layers, today, end)
    ]
    return needs, [inches(pad) if need else 0 for pad, need in zip(PADS, needs, strict=True)]


def _lack(canvas: Canvas, stack: Stack, width: int) -> int:
    """What the stack in its smaller type lacks in width, as far as the statement can give it."""
    needs, pads = _needs(canvas, stack, *SIZES[-1])
    return min(inches(1.2), max(0, sum(needs) + sum(pads) - width))


def _widest(canvas: Canvas, words: str, style: Style) -> int:
    return text.longest_word(canvas.paragraph(words, style), canvas.face)


def _stack(canvas: Canvas, area: Box, stack: Stack) -> None:
    """Layers, what stands at them today, and the endgame across all."""
    grid = _grid(canvas, stack, area.w)
    body = area.inset(top=HEADS)
    _heads(canvas, area, grid, stack)
    height = share(body.h, len(stack.layers), LAYER_GAP)
    with_text = _holdings_fit(canvas, grid, stack, height)
    for number, top in enumerate(spread(body.y, height, LAYER_GAP, len(stack.layers)), start=1):
        box = Box(body.x, top, grid.layer, height)
        if stack.today:
            band = Box(body.x, top, grid.layer + grid.today, height)
            canvas.panel(band, f"Layer {number} band", "surface")
        canvas.shape(
            box, f"Layer {number}", fill="surface2", words=stack.layers[number - 1],
            style=grid.head, insets=(0.18, 0.03, 0.1, 0.03),
        )  # fmt: skip
        for holding in stack.today:
            if _layer_number(stack, holding) == number:
                _holding(canvas, Box(box.right, top, grid.today, height), grid, holding, with_text)
    if stack.endgame:
        left = area.right - grid.end + END_GAP
        box = Box(left, body.y, area.right - left, body.h)
        canvas.shape(
            box, "Endgame", fill=tier_fill(1), words=stack.endgame.text,
            style=grid.head.but(color=tier_ink(1)), insets=(0.14, 0.05, 0.08, 0.05),
        )  # fmt: skip


def _heads(canvas: Canvas, area: Box, grid: Grid, stack: Stack) -> None:
    left = area.x + grid.layer + HOLDING_PAD
    columns = [(stack.head, Box(area.x, area.y, grid.layer, HEADS), "muted")]
    if stack.today:
        words = stack.today_head or canvas.studio.labels.today
        columns.append((words, Box(left, area.y, grid.today - HOLDING_PAD, HEADS), "muted"))
    if stack.endgame:
        x = area.right - grid.end + END_GAP
        columns.append((stack.endgame.head, Box(x, area.y, area.right - x, HEADS), "accent"))
    for words, box, color in columns:
        if words:
            canvas.text(box, words, SUPPORT_BOLD.but(color=color), name=words.mark.path or words)


def _holding_words(
    canvas: Canvas, grid: Grid, holding: Holding, with_text: bool
) -> list[Paragraph]:
    words = [canvas.paragraph(holding.head, grid.head)]
    if holding.text and with_text:
        words.append(canvas.paragraph(holding.text, grid.text, before_pt=2))
    return words


def _holdings_fit(canvas: Canvas, grid: Grid, stack: Stack, height: int) -> bool:
    """Whether every box of today holds its text; else all the texts go to the notes."""
    width = grid.today - 2 * HOLDING_PAD - inches(0.18)
    room = height - 2 * _holding_pad(height) - inches(0.04)
    fits = all(
        canvas.height(_holding_words(canvas, grid, holding, True), BODY, width) <= room
        for holding in stack.today
    )
    for holding in stack.today:
        if holding.text and not fits:
            canvas.studio.move_to_notes(f"what “{holding.head}” is", holding.text)
    return fits


def _holding_pad(height: int) -> int:
    return min(HOLDING_PAD, height // 14)


def _holding(canvas: Canvas, row: Box, grid: Grid, holding: Holding, with_text: bool) -> None:
    pad = _holding_pad(row.h)
    box = row.inset(left=HOLDING_PAD, top=pad, right=HOLDING_PAD, bottom=pad)
    canvas.shape(
        box, f"Today: {holding.head}", fill="card", line=Line("ink2", 1.25),
        words=_holding_words(canvas, grid, holding, with_text), source=holding,
        insets=(0.12, 0.02, 0.06, 0.02),
    )  # fmt: skip
