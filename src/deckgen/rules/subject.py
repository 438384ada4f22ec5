"""What a rule judges, what it finds, and how a rule is made of a function.

A rule is a generator over a `Subject`: its name is the code, its docstring says in a
sentence what it finds, and `rule` takes its severity and a sentence of what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from deckgen.audience import Audience
from deckgen.blocks import Block, Paint, blocks_of
from deckgen.compose import Draft
from deckgen.fields import Part
from deckgen.outline import Outline, Slide
from deckgen.scene import Page, Scene
from deckgen.source import NOWHERE, Id, Mark, Text, mark_of
from deckgen.template import Layout

Severity = Literal["error", "warning"]
# Fields that hold names, addresses and the like rather than sentences.
NO_PROSE = frozenset("url file theme language accessed aliases accept sources author date".split())
UNTITLED = ("cover", "section", "closing")  # layouts whose title is a name or a question
NAMES = frozenset(("name", "short"))  # of the analysis, which are right by definition


class Finding(Struct, frozen=True, kw_only=True):
    """What a rule found: at which mark, on which slide (empty for none), and in a sentence.

    `hint` says what to do where the rule's own words are too general; `words` are those of the
    text at the mark that it is about.
    """

    mark: Mark
    message: str
    hint: str = ""
    slide: str = ""
    words: str = ""


class Sheet(Struct, frozen=True):
    """A page as the layout rules see it: its texts, its painted areas."""

    page: Page
    layout: Layout
    blocks: tuple[Block, ...]
    paints: tuple[Paint, ...]

    def finding(self, message: str, mark: Mark = NOWHERE, hint: str = "") -> Finding:
        """A finding on this page, at the slide's own line if no other is known."""
        at = mark if mark.line else self.page.mark
        told = f"slide “{self.page.slide_id}”: {message}"
        return Finding(mark=at, message=told, hint=hint, slide=str(self.page.slide_id))


@dataclass(frozen=True)
class Subject:
    """A deck that is checked: its outline for one audience, laid out as far as it fits.

    `base` is the outline for nobody in particular, if it is checked as well.
    """

    draft: Draft
    base: Outline | None = None

    @property
    def outline(self) -> Outline:
        return self.draft.outline

    @property
    def scene(self) -> Scene:
        return self.draft.scene

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The pages of slides that fit: what else is wrong on others follows from that."""
        layouts, theme = self.scene.template.layouts, self.scene.theme
        refused = {slide for slide, _ in self.draft.refusals}
        sheets = []
        for page in self.scene.pages:
            if str(page.slide_id) in refused:
                continue
            layout = layouts[page.layout]
            blocks, paints = blocks_of(page, layout, theme)
            sheets.append(Sheet(page, layout, tuple(blocks), tuple(paints)))
        return tuple(sheets)

    @cached_property
    def slides(self) -> dict[str, Slide]:
        return {str(slide.id): slide for slide in self.outline.slides}

    @cached_property
    def layouts(self) -> dict[str, str]:
        """The layout of each slide's pages, by slide id."""
        return {str(page.slide_id): page.layout for page in self.scene.pages}

    @property
    def english(self) -> bool:
        """Whether rules that know English words apply."""
        return self.language == "en"

    @property
    def language(self) -> str:
        """The language without its region."""
        return self.outline.language.lower().split("-")[0]

    def own(self, field: str) -> tuple[Part, ...]:
        """The parts in a list of the analysis that this deck is the one to be judged by.

        All of them in the outline itself; for an audience those that others do not get. What
        an audience's choice of slides leaves out is no fault.
        """
        parts: tuple[Part, ...] = getattr(self.outline, field)
        if not self.outline.audience:
            return parts
        if self.base is None:
            return ()
        others = {part.id for part in getattr(self.base, field)}
        return tuple(part for part in parts if part.id not in others)

    @cached_property
    def texts(self) -> tuple[tuple[Slide | None, Text], ...]:
        """Every sentence of the author's with the slide it is written on; None for the analysis.

        A text of the analysis that a slide shows stands here once, where it was written.
        """
        outline = replace(self.outline, slides=(), audiences=())
        found: list[tuple[Slide | None, Text]] = []
        found += [(None, text) for text in author_texts(outline, NO_PROSE | NAMES)]
        for slide in self.outline.slides:
            found += [(slide, text) for text in author_texts(slide, NO_PROSE)]
        once: dict[tuple[str, int, int], tuple[Slide | None, Text]] = {}
        for each in found:
            mark = each[1].mark
            once.setdefault((mark.file, mark.line, mark.column), each)
        return tuple(once.values())

    def on_slide(
        self, slide: Slide | None, message: str, text: object = "", hint: str = "", words: str = ""
    ) -> Finding:
        """A finding on a slide (or on none), at the text's own line if it is an author's.

        `words` are those of the text that it is about.
        """
        mark = mark_of(text) if isinstance(text, str) else NOWHERE
        if not mark.line:
            mark = slide.mark if slide else self.outline.mark
        told = f"slide “{slide.id}”: {message}" if slide else message
        where = str(slide.id) if slide else ""
        return Finding(mark=mark, message=told, hint=hint, slide=where, words=words)


Find = Callable[[Subject], Iterator[Finding]]


class Rule(Struct, frozen=True):
    """A rule: its stable code, its group, and sentences of what it finds and what to do."""

    code: str
    group: str
    severity: Severity
    what: str
    remedy: str
    find: Find


def rule(severity: Severity, remedy: str) -> Callable[[Find], Rule]:
    """Make a rule of a function; the group is the module it stands in."""

    def make(find: Find) -> Rule:
        code = find.__name__.replace("_", "-")
        group = find.__module__.rpartition(".")[2]
        what = " ".join((find.__doc__ or "").split())
        return Rule(code, group, severity, what, remedy, find)

    return make


def quoted(words: str, most: int = 40) -> str:
    """Words as a message quotes them, cut where they are long."""
    flat = " ".join(words.split())
    return f"“{flat}”" if len(flat) <= most else f"“{flat[: most - 1].rstrip()}…”"


def author_texts(part: object, skipped: frozenset[str] = frozenset()) -> Iterator[Text]:
    """The texts in a part that its author wrote; ids and the fields in `skipped` are left out."""
    if isinstance(part, (Id, Audience)):
        return
    if isinstance(part, Text):
        if part and part.mark.line:
            yield part
    elif isinstance(part, Part):
        for name in part.__struct_fields__:
            if name not in skipped:
                yield from author_texts(getattr(part, name), skipped)
    elif isinstance(part, (dict, tuple)):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from author_texts(inner, skipped)
