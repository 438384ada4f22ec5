"""An outline to a scene: every slide laid out by its kind, pages numbered, notes written.

Page numbers appear on slides (agenda, summary), and how many pages a slide takes is only
known once it is laid out. So slides are laid out, counted, and those that asked for
numbers are laid out again; this settles in two rounds, or when a number takes a line more
in a third.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckgen import markup
from deckgen.canvas import Directory, Studio
from deckgen.cores import share
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


class LaidOut(Struct, frozen=True):
    """What became of a slide: its pages, what does not fit, what whoever builds the deck should
    know; and whether it prints page numbers.
    """

    pages: tuple[Page, ...]
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]
    asked_for_pages: bool


def compose(outline: Outline, workers: int = 1) -> Scene:
    """The deck, laid out. Raises OutlineError with every slide that does not fit.

    Many slides are laid out by so many processes.
    """
    draft = compose_draft(outline, workers=workers)
    if draft.refusals:
        raise OutlineError([problem for _, problem in draft.refusals])
    return draft.scene


def compose_draft(outline: Outline, template: Template | None = None, workers: int = 1) -> Draft:
    """The deck laid out, whether it fits or not; in `template` in place of its own if given."""
    outline = complete(outline)
    dressed, theme = dress(outline)
    template = template or dressed
    laid_out = _settle(outline, theme, template, workers)
    pages = [page for slide in laid_out for page in slide.pages]
    by_id = [(str(slide.id), found) for slide, found in zip(outline.slides, laid_out, strict=True)]
    moved = tuple((key, notice) for key, found in by_id for notice in found.notices)
    scene = Scene(
        pages=tuple(pages),
        theme=theme,
        template=template,
        properties=properties(outline),
        sections=sections(outline, pages),
        notices=tuple(str(problem) for _, problem in moved),
    )
    refusals = tuple((key, problem) for key, found in by_id for problem in found.problems)
    return Draft(outline, scene, refusals, moved)


def _settle(outline: Outline, theme: Theme, template: Template, workers: int) -> list[LaidOut]:
    """Lay slides out until the page numbers they print are the ones they have."""
    directory = _directory(outline)

    def lay_out(index: int) -> LaidOut:
        return _finish(_lay_out(outline.slides[index], outline, theme, template, directory))

    laid_out = share(lay_out, len(outline.slides), workers)
    for _ in range(ROUNDS - 1):
        pages = _count_pages(outline, laid_out)
        if pages == directory.pages:
            break
        directory = replace(directory, pages=pages)
        laid_out = [
            lay_out(index) if found.asked_for_pages else found
            for index, found in enumerate(laid_out)
        ]
    return laid_out


def _finish(studio: Studio) -> LaidOut:
    """The pages of a slide, with its notes; and what was moved to these."""
    notes = speaker_notes(studio)
    told = [*(f"{what} moved to the notes" for what, _ in studio.moved), *studio.told]
    return LaidOut(
        tuple(canvas.to_page(notes) for canvas in studio.canvases),
        tuple(studio.problems),
        tuple(Problem(studio.slide.mark, f"slide “{studio.slide.id}”: {each}") for each in told),
        studio.asked_for_pages,
    )


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


def _count_pages(outline: Outline, laid_out: Sequence[LaidOut]) -> dict[str, tuple[int, int]]:
    """The first and last page of each slide, from 1."""
    result = {}
    first = 1
    for slide, found in zip(outline.slides, laid_out, strict=True):
        last = first + len(found.pages) - 1
        result[str(slide.id)] = (first, last)
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
