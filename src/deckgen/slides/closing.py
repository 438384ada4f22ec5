"""The question the deck leads to, beside the ladder on which the room marks its answer.

Question, instruction and prompts come from the analysis unless the slide gives its own.
Each rung has a place to mark `today` and one for the `target`; with `you_are_here` and
`target` in the analysis they are marked already, else two tokens lie ready to be dragged.
Without tiers the prompts take the room, and without prompts three lines for the decision.
A question too long for the panel is set smaller; how to answer the prompts goes to the notes
where it leaves the rungs no room.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

from msgspec.structs import replace

from deckgen import markup
from deckgen.arrange import fill_heights, share, spread
from deckgen.canvas import Canvas, Studio
from deckgen.fields import Doc
from deckgen.labels import Labels
from deckgen.outline import NONE, Notes, Outline, Prompt, Question, Slide
from deckgen.parts.ladder import LOWEST, TIGHTEST, Ladder
from deckgen.scene import Box, Line
from deckgen.source import Problem, Text
from deckgen.styles import BODY, HEAD20, SUBHEAD, SUPPORT, SUPPORT_BOLD, Style
from deckgen.units import inches, points, to_inches

SIZES = (40, 34, 28, 24)  # of the question, the first in which it fits
SIZED_FOR = inches(3.8)  # the width of a panel on which the largest looks well


class Fields(Slide):
    instruction: Annotated[
        Text, Doc("what the room is asked to do; the analysis's if left out")
    ] = NONE
    prompts: Annotated[
        tuple[Prompt, ...],
        Doc("two or three questions to decide; the analysis's if left out", most=3),
    ] = ()


def title(slide: Fields, outline: Outline) -> str:
    return outline.question.text if outline.question else ""


def check(slide: Fields, outline: Outline) -> Iterator[Problem]:
    if not slide.title and outline.question is None:
        told = "the closing slide has no question"
        yield Problem(slide.mark, told, "give the analysis a `question`, or the slide a `title`")


def layout(slide: Fields, studio: Studio) -> None:
    outline = studio.outline
    asked = outline.question or Question(text=slide.title)
    prompts = slide.prompts or asked.prompts
    instruction = slide.instruction or asked.instruction
    studio.slide = replace(
        slide,
        title=asked.text if asked.text == slide.title else slide.title,
        kicker=slide.kicker or studio.labels.question,
        notes=_notes(slide.notes, studio, prompts),
    )
    canvas = studio.open("closing", title_sizes=_sizes(studio))
    if instruction:
        canvas.fill_placeholder("instruction", instruction, sizes=(14, 12))
    if not outline.tiers:
        _draw_agenda(canvas, prompts)
        return
    ladder = Ladder(canvas, asked, _prompts_height(canvas, prompts) if prompts else RECORD_HEIGHT)
    if ladder.height < LOWEST and prompts:
        bare = tuple(replace(prompt, how=NONE) for prompt in prompts)
        ladder = Ladder(canvas, asked, _prompts_height(canvas, bare))
        if ladder.height >= TIGHTEST:
            for prompt in prompts:
                if prompt.how:
                    studio.move_to_notes(f"how to answer “{prompt.ask}”", prompt.how)
            prompts = bare
    if ladder.height < TIGHTEST and prompts:
        left, least = to_inches(max(0, ladder.height)), to_inches(TIGHTEST)
        told = f"the prompts leave each rung {left:.2f} in of the {least:.2f} in it needs"
        longest = max(prompts, key=lambda prompt: len(prompt.ask))
        studio.refuse(longest.ask, told, "shorten the questions of the prompts")
        return
    ladder.draw()
    y = ladder.bottom + inches(0.3)
    _draw_prompts(canvas, prompts, y) if prompts else _draw_record(canvas, y)


def _sizes(studio: Studio) -> list[float]:
    """The sizes for the question: smaller on a narrow panel, which holds few large words."""
    if studio.layouts["closing"].part:  # a company’s title says in which it may be set
        return []
    widest = studio.layouts["closing"].placeholder("title").box.w / SIZED_FOR * SIZES[0] * 1.15
    return [size for size in SIZES if size <= widest] or [SIZES[-1]]


# -- notes ----------------------------------------------------------------------


def _notes(notes: Notes, studio: Studio, prompts: Sequence[Prompt]) -> Notes:
    """The author's notes, or else how to run the discussion."""
    return replace(
        notes,
        say=notes.say or Text(" ".join(_steps(studio, bool(prompts)))),
        ask=notes.ask or Text(" ".join(_asked(prompts))),
    )


def _steps(studio: Studio, with_prompts: bool) -> list[str]:
    tier, tiers = studio.labels.tier, studio.outline.tiers
    steps = ["Read the question aloud, then leave it standing in silence for a minute."]
    if tiers:
        steps.append(f"Have each person mark the {tier} of today and the target {tier}, alone.")
        steps.append("Compare the marks and let those furthest apart speak first.")
    if with_prompts:
        steps.append("Then take the prompts in order, five minutes each.")
    steps.append("Close with a decision, an owner and a date, and say them back to the room.")
    return steps


def _asked(prompts: Sequence[Prompt]) -> list[str]:
    return [
        f"{number}. {markup.plain(prompt.ask)} {markup.plain(prompt.how)}".rstrip()
        for number, prompt in enumerate(prompts, start=1)
    ]


# -- prompts ------------------------------------------------------------------------

HEAD_HEIGHT = inches(0.47)  # from the rule to the prompts' numbers
NUMBER_HEIGHT = inches(0.27)
MANY = 99  # lines: a limit that no prompt meets


def _prompt_width(canvas: Canvas, prompts: Sequence[Prompt]) -> int:
    return share(canvas.frame.w, len(prompts), inches(0.3))


def _ask_style(canvas: Canvas, prompts: Sequence[Prompt]) -> Style:
    """How the prompts are set: smaller where a word of one is wider than its column."""
    width = _prompt_width(canvas, prompts)
    fits = all(canvas.fits(prompt.ask, SUBHEAD, width, MANY) for prompt in prompts)
    return SUBHEAD if fits else SUPPORT_BOLD


def _prompts_height(canvas: Canvas, prompts: Sequence[Prompt]) -> int:
    """From the rule over the prompts to the lowest of their lines."""
    width, style = _prompt_width(canvas, prompts), _ask_style(canvas, prompts)
    ask = max(canvas.height(prompt.ask, style, width) for prompt in prompts)
    hows = [canvas.height(prompt.how, SUPPORT, width) for prompt in prompts if prompt.how]
    return HEAD_HEIGHT + NUMBER_HEIGHT + ask + (points(3) + max(hows) if hows else 0)


def _draw_head(canvas: Canvas, y: int) -> None:
    """The rule under the ladder, and what stands below it."""
    frame = canvas.frame
    canvas.rule(frame.x, y, frame.w, Line("ink", 1.25), "Prompts rule")
    canvas.text(
        Box(frame.x, y + inches(0.12), frame.w, inches(0.22)), canvas.studio.labels.decide,
        SUPPORT_BOLD.but(color="muted"), name="Prompts head", role="label",
    )  # fmt: skip


def _draw_prompts(canvas: Canvas, prompts: Sequence[Prompt], y: int) -> None:
    """One to three columns under a rule: number, question, how to answer it."""
    frame = canvas.frame
    _draw_head(canvas, y)
    width, style = _prompt_width(canvas, prompts), _ask_style(canvas, prompts)
    top = y + HEAD_HEIGHT
    ask = max(canvas.height(prompt.ask, style, width) for prompt in prompts)
    for number, (prompt, x) in enumerate(
        zip(prompts, spread(frame.x, width, inches(0.3), len(prompts)), strict=True), start=1
    ):
        canvas.text(
            Box(x, top, width, NUMBER_HEIGHT), str(number), SUBHEAD.but(color="kicker"),
            name=f"Prompt number {number}", role="label",
        )  # fmt: skip
        below = top + NUMBER_HEIGHT
        even = canvas.even_width(prompt.ask, style, width)
        canvas.text(Box(x, below, even, ask), prompt.ask, style)
        if prompt.how:
            below += ask + points(3)
            canvas.text(Box(x, below, width, frame.bottom - below), prompt.how, SUPPORT)


RECORD_HEIGHT = HEAD_HEIGHT + inches(1.05)


def _draw_record(canvas: Canvas, y: int) -> None:
    """Where there are no prompts: lines to write the decision on."""
    frame = canvas.frame
    _draw_head(canvas, y)
    widths = (frame.w // 2, frame.w // 4, frame.w // 4)
    x = frame.x
    for words, width in zip(_record(canvas.studio.labels), widths, strict=True):
        line = width - inches(0.3) if x + width < frame.right - inches(0.3) else frame.right - x
        box = Box(x, y + HEAD_HEIGHT, line, inches(0.25))
        canvas.text(box, words, SUPPORT_BOLD.but(color="kicker"), name=words, role="label")
        canvas.rule(x, y + RECORD_HEIGHT, line, Line("muted", 0.75), f"Line for {words}")
        x += width


def _record(labels: Labels) -> tuple[Text, Text, Text]:
    return labels.decision_made, labels.owner, labels.by_when


# -- without tiers --------------------------------------------------------------------


def _draw_agenda(canvas: Canvas, prompts: Sequence[Prompt]) -> None:
    """The prompts as rows over the whole height; lines to write on where there are none."""
    frame, labels = canvas.frame, canvas.studio.labels
    canvas.text(
        Box(frame.x, frame.y, frame.w, inches(0.22)), labels.decide,
        SUPPORT_BOLD.but(color="muted"), name="Prompts head", role="label",
    )  # fmt: skip
    top = frame.y + inches(0.34)
    canvas.rule(frame.x, top, frame.w, Line("ink", 1.25), "Prompts rule")
    rows = prompts or [Prompt(ask=words) for words in _record(labels)]
    needs = [_row_need(canvas, prompt) for prompt in rows]
    y = top
    heights = fill_heights(needs, frame.bottom - top, inches(1.75))
    for number, (prompt, height) in enumerate(zip(rows, heights, strict=True), start=1):
        _draw_row(canvas, number if prompts else 0, prompt, Box(frame.x, y, frame.w, height))
        y += height
        canvas.rule(frame.x, y, frame.w, name=f"Rule {number}")


ROW_NUMBER = Style(40, bold=True, color="kicker")


def _row_need(canvas: Canvas, prompt: Prompt) -> int:
    width = canvas.frame.w - inches(1.0)
    how = points(4) + canvas.height(prompt.how, BODY, width) if prompt.how else 0
    return canvas.height(prompt.ask, HEAD20, width) + how + inches(0.3)


def _draw_row(canvas: Canvas, number: int, prompt: Prompt, box: Box) -> None:
    if not number:  # a line to write on: its name stands small at the top
        head = Box(box.x, box.y + inches(0.14), box.w, inches(0.25))
        style = SUPPORT_BOLD.but(color="kicker")
        canvas.text(head, prompt.ask, style, name=prompt.ask, role="label")
        return
    canvas.text(
        Box(box.x, box.y, inches(0.9), box.h), str(number), ROW_NUMBER,
        name=f"Prompt number {number}", anchor="middle", role="label",
    )  # fmt: skip
    inner = box.inset(left=inches(1.0))
    ask = canvas.height(prompt.ask, HEAD20, inner.w)
    how = points(4) + canvas.height(prompt.how, BODY, inner.w) if prompt.how else 0
    y = inner.y + (inner.h - ask - how) // 2
    canvas.text(Box(inner.x, y, inner.w, ask), prompt.ask, HEAD20)
    if prompt.how:
        canvas.text(Box(inner.x, y + ask + points(4), inner.w, how - points(4)), prompt.how, BODY)
