"""Storyline: whether the titles, read in a row, tell the story, and in the time there is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen import markup
from deckgen.outline import Slide, parts_within
from deckgen.overview import find_overruns, minutes_by_slide
from deckgen.rules.english import is_foreign_topic, is_topic
from deckgen.rules.statements import Grammar, Placed
from deckgen.rules.subject import UNTITLED, Finding, Subject, quoted, rule
from deckgen.source import Text
from deckgen.words import fold

MOST_MINUTES = 3.0  # to speak about one slide; a room then wants the next


@rule("warning", "say in a sentence what the slide shows")
def topic_title(subject: Subject) -> Iterator[Finding]:
    """A topic stands where an action title belongs."""
    layouts = subject.layouts
    for slide in subject.outline.slides:
        if slide.topical or layouts.get(str(slide.id), "cover") in UNTITLED:
            continue
        words = markup.plain(slide.title)
        if is_topic(words) if subject.english else is_foreign_topic(words, subject.language):
            told = f"{quoted(words)} reads as a topic, not as a sentence"
            yield subject.on_slide(slide, told, slide.title)


@rule("error", "give each slide a message of its own, or merge the two")
def repeated_title(subject: Subject) -> Iterator[Finding]:
    """A title says what another title says already."""
    seen: dict[str, Slide] = {}
    for slide in subject.outline.slides:
        words = re.sub(r"[^\w\s]", "", fold(markup.plain(slide.title)))
        first = seen.setdefault(words, slide)
        if first is not slide:
            told = f"its title is that of slide “{first.id}” (line {first.mark.line})"
            yield subject.on_slide(slide, told, slide.title)


@rule("error", "say what the analysis says, or change the analysis")
def contradiction(subject: Subject) -> Iterator[Finding]:
    """A text puts a company into another tier than the analysis, or counts more than there are."""
    if not (subject.english and subject.outline.tiers):
        return
    outline, grammar = subject.outline, Grammar(subject.outline)
    for slide, text in subject.texts:
        for placed in grammar.placed(text):
            yield from _misplaced(subject, slide, placed, text)
        for counted in grammar.counted(text):
            has = len(outline.members(counted.tier) if counted.tier else outline.tiers)
            wrong = counted.number > has or (counted.only and counted.number != has)
            if wrong and not outline.partial:
                labels = outline.labels
                there = f"there is {has}" if has == 1 else f"there are {has or 'none'}"
                told = f"{quoted(counted.words)}, but {there}"
                where = f" in {labels.tier} {counted.tier}" if counted.tier else f" {labels.tiers}"
                yield subject.on_slide(slide, f"{told}{where}", text, words=counted.words)
    for slide in outline.slides:
        for part in parts_within(slide):
            cells = getattr(part, "cells", ())
            for placed in grammar.placed_in_row(cells) if isinstance(cells, tuple) else ():
                name = next(cell for cell in cells if markup.plain(cell) in placed.words)
                yield from _misplaced(subject, slide, placed, name)


def _misplaced(
    subject: Subject, slide: Slide | None, placed: Placed, text: Text
) -> Iterator[Finding]:
    """A finding if a text puts a member into a tier where it does not stand."""
    rank = subject.outline.tier_number(placed.member.tier)
    if rank != placed.tier:
        stands = f"{placed.member.name} stands in {subject.outline.labels.tier} {rank}"
        told = f"{quoted(placed.words)}, but {stands}"
        yield subject.on_slide(slide, told, text, words=placed.words)


@rule("warning", "merge it with a neighbour, or give it a second slide")
def lone_section(subject: Subject) -> Iterator[Finding]:
    """A section holds a single slide besides its divider."""
    chapters = subject.outline.chapters()
    layouts = subject.layouts
    if len(chapters) < 2:
        return
    for chapter in chapters:
        content = [slide for slide in chapter.slides if layouts.get(str(slide.id)) != "section"]
        if len(content) == 1:
            told = f"the section {quoted(markup.plain(chapter.title))} has one slide"
            yield subject.on_slide(chapter.slides[0], told, chapter.title)


@rule("error", "leave slides out, or split sections over two meetings")
def over_budget(subject: Subject) -> Iterator[Finding]:
    """The deck has more slides than the audience's budget."""
    yield from _overrun(subject, "slides")


def _overrun(subject: Subject, what: str) -> Iterator[Finding]:
    """A finding at the budget if the deck takes more of something than it allows."""
    problem = find_overruns(subject.outline, subject.scene).get(what)
    if problem is not None:
        yield Finding(mark=problem.mark, message=problem.message)


@rule("warning", "say less, or move words to the evidence in the notes")
def speaking_time(subject: Subject) -> Iterator[Finding]:
    """The speaker notes take longer than the budget, or than three minutes on a slide."""
    yield from _overrun(subject, "minutes")
    for name, minutes in minutes_by_slide(subject.scene).items():
        slide = subject.slides.get(name)
        if slide is not None and minutes > MOST_MINUTES:
            told = f"its notes take {minutes:.1f} minutes to say, over {MOST_MINUTES:g}"
            yield subject.on_slide(slide, told, slide.notes.say)


@rule("warning", "give the analysis a `question`, and the deck a slide of kind `closing`")
def no_question(subject: Subject) -> Iterator[Finding]:
    """The deck does not put its strategic question."""
    question = subject.outline.question
    if question is None:
        if len(subject.scene.pages) > 1:
            yield Finding(mark=subject.outline.mark, message="the outline has no question")
        return
    asked = fold(markup.plain(question.text))
    shown = any(asked in fold(text) for page in subject.scene.pages for text in page.texts())
    if not shown:
        told = f"the question {quoted(markup.plain(question.text))} stands on no slide"
        yield Finding(mark=question.text.mark, message=told, hint="add a slide of kind `closing`")
