"""An outline to a scene: every slide laid out by its kind, pages numbered, notes written.

Page numbers appear on slides (agenda, summary), and how many pages a slide takes is only
known once it is laid out. So slides are laid out, counted, and those that asked for
numbers are laid out again; this settles in two rounds, or when a number takes a line more
in a third.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from deckgen import markup
from deckgen.canvas import Directory, Studio
from deckgen.dress import dress
from deckgen.outline import Outline, Slide
from deckgen.parts import Point
from deckgen.scene import Note, Page, Properties, Scene, Section
from deckgen.slides import load_kind
from deckgen.source import OutlineError, Problem
from deckgen.storyline import complete
from deckgen.template import Template
from deckgen.theme import Theme

ROUNDS = 4


class Draft(Struct, frozen=True):
    """A deck laid out as far as it fits. `outline` is the one whose every slide has a title;
    `refusals` tell by slide id what does not fit, and `moved` what went to the notes and the like.
    """

    outline: Outline
    scene: Scene
    refusals: tuple[tuple[str, Problem], ...]
    moved: tuple[tuple[str, Problem], ...]


def compose(outline: Outline) -> Scene:
    """The deck, laid out. Raises OutlineError with every slide that does not fit."""
    draft = compose_draft(outline)
    if draft.refusals:
        raise OutlineError([problem for _, problem in draft.refusals])
    return draft.scene


def compose_draft(outline: Outline, template: Template | None = None) -> Draft:
    """The deck laid out, whether it fits or not; in `template` in place of its own if given."""
    outline = complete(outline)
    dressed, theme = dress(outline)
    template = template or dressed
    studios = _settle(outline, theme, template)
    pages: list[Page] = []
    for studio in studios:
        notes = speaker_notes(studio)
        pages += [canvas.to_page(notes) for canvas in studio.canvases]
    moved = tuple(notice for studio in studios for notice in _notices(studio))
    scene = Scene(
        pages=tuple(pages),
        theme=theme,
        template=template,
        properties=properties(outline),
        sections=sections(outline, pages),
        notices=tuple(str(problem) for _, problem in moved),
    )
    refusals = tuple((str(s.slide.id), problem) for s in studios for problem in s.problems)
    return Draft(outline, scene, refusals, moved)


def _notices(studio: Studio) -> Iterator[tuple[str, Problem]]:
    """What was moved to the slide's notes, and what else whoever builds the deck should know."""
    moved = [f"{what} moved to the notes" for what, _ in studio.moved]
    for told in (*moved, *studio.told):
        message = f"slide “{studio.slide.id}”: {told}"
        yield str(studio.slide.id), Problem(studio.slide.mark, message)


def _settle(outline: Outline, theme: Theme, template: Template) -> list[Studio]:
    """Lay slides out until the page numbers they print are the ones they have."""
    directory = _directory(outline)
    pages: dict[str, tuple[int, int]] = {}
    studios: list[Studio] = []
    for _ in range(ROUNDS):
        for index, slide in enumerate(outline.slides):
            if index < len(studios) and not studios[index].asked_for_pages:
                continue
            around = replace(directory, pages=pages)
            studios[index : index + 1] = [_lay_out(slide, outline, theme, template, around)]
        counted = _count_pages(studios)
        if counted == pages:
            break
        pages = counted
    return studios


def _lay_out(
    slide: Slide, outline: Outline, theme: Theme, template: Template, directory: Directory
) -> Studio:
    """A slide laid out by its kind; with its takeaways in the notes if only that makes it fit.

    They give way only where the frame is cramped.
    """
    studio = Studio(slide, outline, theme, template, directory)
    load_kind(slide.kind).layout(slide, studio)
    takeaways = getattr(slide, "points", ())
    if not studio.problems or not all(isinstance(point, Point) for point in takeaways):
        return studio
    if not takeaways or not studio.cramped:
        return studio
    bare = Studio(slide, outline, theme, template, directory)
    for point in takeaways:
        bare.move_to_notes(f"“{point.head}”", point.text or point.head)
    load_kind(slide.kind).layout(replace(slide, points=()), bare)
    return studio if bare.problems else bare


def _directory(outline: Outline) -> Directory:
    kinds: dict[str, Slide] = {}
    profiles: dict[str, Slide] = {}
    for slide in outline.slides:
        kinds.setdefault(slide.kind, slide)
        if slide.kind == "profile":
            profiles.setdefault(getattr(slide, "company", ""), slide)
    return Directory(kinds, profiles, {})


def _count_pages(studios: list[Studio]) -> dict[str, tuple[int, int]]:
    """The first and last page of each slide, from 1."""
    result = {}
    first = 1
    for studio in studios:
        last = first + len(studio.canvases) - 1
        result[str(studio.slide.id)] = (first, last)
        first = last + 1
    return result


def sections(outline: Outline, pages: list[Page]) -> tuple[Section, ...]:
    """The chapters by page; what stands before the first is named by the deck."""
    first_page: dict[str, int] = {}
    for index, page in enumerate(pages):
        first_page.setdefault(page.slide_id, index)
    found = [
        (markup.plain(chapter.title), first_page[chapter.slides[0].id])
        for chapter in outline.chapters()
    ]
    if not found:
        return ()
    if found[0][1] > 0:
        found.insert(0, (markup.plain(outline.footer), 0))
    ends = [first for _, first in found[1:]] + [len(pages)]
    return tuple(
        Section(title, first, end - first) for (title, first), end in zip(found, ends, strict=True)
    )


def speaker_notes(studio: Studio) -> tuple[Note, ...]:
    """Message, Say, Ask, Evidence, Moved here, Source: in this order, empty ones left out."""
    slide, outline = studio.slide, studio.outline
    notes = [Note("Message", markup.plain(slide.notes.message or slide.title))]
    for lead, words in (("Say", slide.notes.say), ("Ask", slide.notes.ask)):
        if words:
            notes.append(Note(lead, markup.plain(words)))
    for claim in slide.notes.evidence:
        kind = outline.labels.inference if claim.inferred else outline.labels.stated
        cited = f" ({outline.citation(claim.source)})" if claim.source else ""
        notes.append(Note("Evidence", f"{kind}: {markup.plain(claim.text + cited)}"))
    notes += [Note("Moved here", f"{what}: {words}") for what, words in studio.moved]
    sources = outline.citation(studio.cited)
    if sources:
        notes.append(Note(outline.labels.source, markup.plain(sources)))
    return tuple(notes)


def properties(outline: Outline) -> Properties:
    """What the file says of itself."""
    return Properties(
        title=markup.plain(outline.title),
        subject=markup.plain(outline.subtitle),
        author=markup.plain(outline.author),
        keywords=", ".join(company.name for company in outline.companies),
        language=outline.language,
    )
