"""Three to five steps that lead to a conclusion, the last one being what follows.

A pair over the steps sets two facts against each other that the steps then bring
together. A step's text may be an inference. Heads and texts begin at the same height in
every card; where they do not fit they are set smaller, in all cards alike, and in the end the
texts go to the notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from msgspec import Struct
from msgspec.structs import replace

from deckgen.arrange import share, spread
from deckgen.canvas import Canvas, Studio
from deckgen.fields import Doc, Part
from deckgen.outline import NONE, Claim, Slide
from deckgen.parts import (
    PILL_HEIGHT,
    TAKEAWAY_HEIGHT,
    inference_pill,
    inference_pill_width,
    takeaway_bar,
    tier_fill,
    tier_ink,
)
from deckgen.scene import Box, ConnectorItem, Line, Paragraph
from deckgen.source import Text
from deckgen.styles import BODY, CAPTION, CLAIM, HEAD, HEAD20, SUBHEAD, SUPPORT, SUPPORT_BOLD, Style
from deckgen.units import inches, points, to_inches

# Heights as shares of the frame's, and in a frame as high as the house's.
PAIR = (0.2491, inches(1.22))
PAIR_GAP, FOOT_GAP = (0.0735, inches(0.36)), (0.0511, inches(0.25))
ARROW = (0.0347, inches(0.42))  # of the frame's width, and at most
JOINER, JOINED = inches(0.54), SUBHEAD.but(color="accent", align="center")
PAD, RIGHT = (0.0165, inches(0.2)), (0.0124, inches(0.15))  # beside a card's words, likewise
MANY = 99  # lines: a limit that no text meets
HALF_LEFT, HALF_RIGHT = 0.25, 0.2  # inches


class Half(Part):
    """One of two facts that seem to contradict each other."""

    text: Annotated[Text, Doc("the fact, in a few words")]
    label: Annotated[Text, Doc("what this half is, in a word or two")] = NONE


class Step(Part):
    """One step of the reasoning."""

    shorthand = "head"
    head: Annotated[Text, Doc("the step in a few words")]
    text: Annotated[Claim | None, Doc("what happens in it, in a sentence")] = None


class Fields(Slide, kw_only=True):
    steps: Annotated[tuple[Step, ...], Doc("the steps, first to last", least=3, most=5)]
    pair: Annotated[tuple[Half, ...], Doc("two facts to bring together", least=2, most=2)] = ()
    joiner: Annotated[Text, Doc("the word between the pair; `yet` if left out")] = NONE
    head: Annotated[Text, Doc("a line over the steps")] = NONE
    takeaway: Annotated[Text, Doc("one line under the steps")] = NONE


class Scale(Struct, frozen=True):
    """How the cards are set; the number stands over the head."""

    number: Style
    head: Style
    text: Style
    lines: int  # that a head may take


SCALES = (
    Scale(HEAD.but(size_pt=32), HEAD20, CLAIM.but(size_pt=18), 2),
    Scale(HEAD.but(size_pt=28), HEAD20, CLAIM, 2),
    Scale(HEAD, HEAD, BODY, 2),
    Scale(SUBHEAD, SUBHEAD, BODY, 3),
    Scale(SUBHEAD, SUBHEAD, SUPPORT, 9),
    Scale(SUPPORT_BOLD, SUPPORT_BOLD, CAPTION, 9),
)


def layout(slide: Fields, studio: Studio) -> None:
    canvas = studio.open("content")
    slide = _without_lines(canvas, slide)
    area = _area(canvas, slide)
    if slide.pair:
        _pair(canvas, slide)
    if slide.head:
        height = canvas.height(slide.head, SUBHEAD, area.w)
        canvas.text(Box(area.x, area.y - inches(0.12) - max(height, inches(0.3)), area.w,
                        max(height, inches(0.3))), slide.head, SUBHEAD)  # fmt: skip
    _steps(canvas, area, _without_texts(canvas, area, slide))
    if slide.takeaway:
        takeaway_bar(canvas, slide.takeaway)


def _share(canvas: Canvas, share: float, most: int) -> int:
    """A share of the frame's height, at most so much."""
    return min(most, round(canvas.frame.h * share))


def _across(canvas: Canvas, share: float, most: int) -> int:
    """A share of the frame's width, at most so much."""
    return min(most, round(canvas.frame.w * share))


def _inner_width(canvas: Canvas, count: int) -> int:
    """The width of a card's words where so many stand side by side."""
    card = share(canvas.frame.w, count, _across(canvas, *ARROW))
    return card - _across(canvas, *PAD) - _across(canvas, *RIGHT)


def _area(canvas: Canvas, slide: Fields) -> Box:
    """What is left for the steps between the lines above and below them."""
    frame = canvas.frame
    top = frame.y
    if slide.pair:
        top += _pair_height(canvas, slide) + _share(canvas, *PAIR_GAP)
    if slide.head:
        top += max(inches(0.3), canvas.height(slide.head, SUBHEAD, frame.w)) + inches(0.12)
    foot = TAKEAWAY_HEIGHT + _share(canvas, *FOOT_GAP) if slide.takeaway else 0
    return Box(frame.x, top, frame.w, frame.bottom - foot - top)


def _without_lines(canvas: Canvas, slide: Fields) -> Fields:
    """The slide as it is, or without the lines about its steps where they leave them no room.

    The line over the steps gives way first, then the takeaway.
    """
    bare = tuple(replace(step, text=None) for step in slide.steps)
    width = _inner_width(canvas, len(slide.steps))
    needed = _card_height(canvas, bare, width, SCALES[-1])
    tries = (slide, replace(slide, head=NONE), replace(slide, head=NONE, takeaway=NONE))
    shown = next((each for each in tries if _area(canvas, each).h >= needed), slide)
    for what, before, after in (
        ("the line over the steps", slide.head, shown.head),
        ("the takeaway", slide.takeaway, shown.takeaway),
    ):
        if before and not after:
            canvas.studio.move_to_notes(what, before)
    return shown


def _without_texts(canvas: Canvas, area: Box, slide: Fields) -> Fields:
    """The slide as it is, or without the texts of its steps where only the heads have room."""
    width = _inner_width(canvas, len(slide.steps))
    bare = tuple(replace(step, text=None) for step in slide.steps)
    needs = [_card_height(canvas, steps, width, SCALES[-1]) for steps in (slide.steps, bare)]
    wide = canvas.studio.cramped and not _words_fit(canvas, slide.steps, width, SCALES[-1])
    if needs[0] <= area.h and not wide:
        return slide
    for step in slide.steps:
        if step.text and needs[1] <= area.h:  # else a head is refused, where it is drawn
            canvas.studio.move_to_notes(f"the text of “{step.head}”", step.text.text)
    return replace(slide, steps=bare)


def _pair_boxes(canvas: Canvas, slide: Fields) -> tuple[int, int]:
    """The width of the joiner, and that of each half beside it."""
    word = slide.joiner or canvas.studio.labels.joiner
    wide = max(JOINER, canvas.width(word, JOINED) + inches(0.2))
    return wide, share(canvas.frame.w, 2, wide + inches(0.36))


def _pair_words(canvas: Canvas, slide: Fields, width: int) -> list[list[Paragraph]]:
    return [
        _half_words(canvas, slide.pair[0], width, "ink", "muted"),
        _half_words(canvas, slide.pair[1], width, tier_ink(1), tier_ink(1)),
    ]


def _pair_height(canvas: Canvas, slide: Fields) -> int:
    """A share of the frame's height, more where the words need it and the frame is low."""
    _, width = _pair_boxes(canvas, slide)
    inner = width - inches(HALF_LEFT + HALF_RIGHT)
    needs = [canvas.height(words, BODY, inner) for words in _pair_words(canvas, slide, width)]
    usual = _share(canvas, *PAIR)
    return max(usual, min(PAIR[1], max(needs) + inches(0.16)))


def _pair(canvas: Canvas, slide: Fields) -> None:
    """Two boxes with the joiner in a circle, or in a pill where it is a long word."""
    frame, high = canvas.frame, _pair_height(canvas, slide)
    word = slide.joiner or canvas.studio.labels.joiner
    wide, width = _pair_boxes(canvas, slide)
    gap = wide + inches(0.36)
    half = [Box(x, frame.y, width, high) for x in spread(frame.x, width, gap, 2)]
    halves = _pair_words(canvas, slide, width)
    inner = width - inches(HALF_LEFT + HALF_RIGHT)
    tallest = max(canvas.height(words, BODY, inner) for words in halves)
    top = max(0, to_inches((high - tallest) // 2))
    _half(canvas, half[0], slide.pair[0], "surface", halves[0], top)
    middle = Box(half[0].right + (gap - wide) // 2, frame.y + (high - JOINER) // 2, wide, JOINER)
    canvas.shape(
        middle, "Joiner", geometry="ellipse" if wide == JOINER else "roundRect",
        adjustments=() if wide == JOINER else (("adj", 50_000),), fill="bg",
        line=Line("accent", 2), words=word, style=JOINED, insets=(0, 0, 0, 0), role="label",
    )  # fmt: skip
    _half(canvas, half[1], slide.pair[1], tier_fill(1), halves[1], top)


def _half_words(canvas: Canvas, half: Half, width: int, ink: str, soft: str) -> list[Paragraph]:
    inner = width - inches(HALF_LEFT + HALF_RIGHT)
    lines = 2 if _share(canvas, *PAIR) == PAIR[1] else 1  # of the large size that a box holds
    style = HEAD20 if canvas.fits(half.text, HEAD20, inner, lines) else HEAD
    words = [canvas.paragraph(half.text, style.but(color=ink), before_pt=4)]
    if half.label:
        words.insert(0, canvas.paragraph(half.label, SUPPORT_BOLD.but(color=soft)))
    return words


def _half(
    canvas: Canvas, box: Box, half: Half, fill: str, words: list[Paragraph], top: float
) -> None:
    insets = (HALF_LEFT, top, HALF_RIGHT, 0)
    canvas.shape(
        box, half.mark.path, fill=fill, words=words, source=half, anchor="top", insets=insets
    )


def _steps(canvas: Canvas, area: Box, slide: Fields) -> None:
    steps = slide.steps
    arrow = _across(canvas, *ARROW)
    width = share(area.w, len(steps), arrow)
    inner = _inner_width(canvas, len(steps))
    scale = _choose_scale(canvas, steps, inner, area.h)
    needed = _card_height(canvas, steps, inner, scale)
    least = 2.4 if slide.pair or not any(step.text for step in steps) else 3.2
    height = min(area.h, max(needed, inches(least)))
    cards = [Box(x, area.y, width, height) for x in spread(area.x, width, arrow, len(steps))]
    for index, card in enumerate(cards):
        _card(canvas, card, index + 1, slide, scale)
        if index:
            _arrow(canvas, cards[index - 1], card, index)


def _choose_scale(canvas: Canvas, steps: Sequence[Step], width: int, height: int) -> Scale:
    """The largest in which every card fits; the smallest if none does."""
    for scale in SCALES:
        heads = all(canvas.fits(step.head, scale.head, width, scale.lines) for step in steps)
        heads = heads and _words_fit(canvas, steps, width, scale)
        if heads and _card_height(canvas, steps, width, scale) <= height:
            return scale
    return SCALES[-1]


def _words_fit(canvas: Canvas, steps: Sequence[Step], width: int, scale: Scale) -> bool:
    """Whether no word of a step's text is wider than its card."""
    texts = [step.text.text for step in steps if step.text]
    return all(canvas.fits(words, scale.text, width, MANY) for words in texts)


def _text_top(canvas: Canvas, steps: Sequence[Step], width: int, scale: Scale) -> int:
    """How far below a card's top its text begins, which is the same for all."""
    heads = max(canvas.height(step.head, scale.head, width) for step in steps)
    return inches(0.18) + scale.number.line_height + points(2) + heads + inches(0.12)


def _card_height(canvas: Canvas, steps: Sequence[Step], width: int, scale: Scale) -> int:
    texts = [canvas.height(step.text.text, scale.text, width) for step in steps if step.text]
    return _text_top(canvas, steps, width, scale) + max(texts, default=0) + inches(0.15)


def _card(canvas: Canvas, box: Box, number: int, slide: Fields, scale: Scale) -> None:
    step, last = slide.steps[number - 1], number == len(slide.steps)
    left, right = _across(canvas, *PAD), _across(canvas, *RIGHT)
    words = [
        canvas.paragraph(str(number), scale.number.but(color="accent" if last else "kicker")),
        canvas.paragraph(step.head, scale.head, before_pt=2),
    ]
    canvas.shape(
        box, f"Step {number}", fill="accent_soft" if last else "card",
        line=Line("accent", 1.5) if last else Line("hair", 0.75), words=words, source=step,
        anchor="top", insets=(to_inches(left), 0.18, to_inches(right), 0),
    )  # fmt: skip
    if step.text:
        width = box.w - left - right
        top = box.y + _text_top(canvas, slide.steps, width, scale)
        if step.text.inferred:
            # Beside the number, so that texts begin at the same height in every card.
            pill = box.right - right - inference_pill_width(canvas)
            middle = box.y + inches(0.18) + scale.number.line_height // 2
            inference_pill(canvas, pill, middle - PILL_HEIGHT // 2)
        room = Box(box.x + left, top, width, box.bottom - inches(0.1) - top)
        canvas.text(room, step.text.text, scale.text.but(color="ink2"))


def _arrow(canvas: Canvas, before: Box, after: Box, number: int) -> None:
    middle = before.y + before.h // 2
    canvas.add(
        ConnectorItem(
            name=f"Arrow {number}", start=(before.right, middle), end=(after.x, middle),
            start_item=f"Step {number}", start_site=3, end_item=f"Step {number + 1}", end_site=1,
            line=Line("ink2", 2, arrow_end=True),
        )
    )  # fmt: skip
