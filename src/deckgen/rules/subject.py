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
from deckgen.labels import Labels
from deckgen.outline import Outline, Slide
from deckgen.scene import Page, Scene
from deckgen.source import NOWHERE, Id, Mark, Text, mark_of
from deckgen.template import Layout, house_layouts

Severity = Literal["error", "warning"]
# Fields that hold names, addresses and the like rather than sentences.
NO_PROSE = frozenset(
    "url file theme language accessed aliases accept sources name short author date".split()
)


class Finding(Struct, frozen=True, kw_only=True):
    """What a rule found: at which mark, on which slide (empty for none), and in a sentence.

    `hint` says what to do where the rule's own words are too general.
    """

    mark: Mark
    message: str
    hint: str = ""
    slide: str = ""


class Sheet(Struct, frozen=True):
    """A page as the layout rules see it: its number, its texts, its painted areas."""

    number: int
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
    """A deck that is checked: its outline for one audience, laid out as far as it fits."""

    draft: Draft

    @property
    def outline(self) -> Outline:
        return self.draft.outline

    @property
    def scene(self) -> Scene:
        return self.draft.scene

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        layouts, theme = house_layouts(), self.scene.theme
        sheets = []
        for number, page in enumerate(self.scene.pages, start=1):
            layout = layouts[page.layout]
            blocks, paints = blocks_of(page, layout, theme)
            sheets.append(Sheet(number, page, layout, tuple(blocks), tuple(paints)))
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
        return self.outline.language.lower().split("-")[0] == "en"

    @property
    def for_everyone(self) -> bool:
        """Whether this is the outline itself, not the choice that an audience gets of it."""
        return not self.outline.audience

    @cached_property
    def texts(self) -> tuple[tuple[Slide | None, Text], ...]:
        """Every sentence of the author's with the slide it is written on; None for the analysis."""
        outline = replace(self.outline, slides=(), audiences=())
        found: list[tuple[Slide | None, Text]] = [
            (None, t) for t in author_texts(outline, NO_PROSE)
        ]
        for slide in self.outline.slides:
            found += [(slide, text) for text in author_texts(slide, NO_PROSE)]
        return tuple(found)

    def on_slide(
        self, slide: Slide | None, message: str, words: object = "", hint: str = ""
    ) -> Finding:
        """A finding on a slide (or on none), at the words' own line if they are an author's."""
        mark = mark_of(words) if isinstance(words, str) else NOWHERE
        if slide is None:
            return Finding(
                mark=mark if mark.line else self.outline.mark, message=message, hint=hint
            )
        told = f"slide “{slide.id}”: {message}"
        at = mark if mark.line else slide.mark
        return Finding(mark=at, message=told, hint=hint, slide=str(slide.id))


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
    if isinstance(part, (Id, Audience, Labels)):
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
