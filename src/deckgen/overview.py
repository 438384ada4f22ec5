"""An outline's audiences side by side: which slides and claims each gets, and how long it takes.

Every deck is laid out, so that positions are page numbers as they are printed.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from deckgen import markup
from deckgen.audience import Audience
from deckgen.compose import compose
from deckgen.loader import read_outline
from deckgen.outline import Claim, Outline, parts_within
from deckgen.scene import Page, Scene
from deckgen.source import Mark, OutlineError, Problem
from deckgen.variants import Manuscript
from deckgen.words import fold, has_words

# What a practised speaker says in a minute to a room that reads along: the lower end of
# the 130 to 150 words that courses on speaking give.
WORDS_PER_MINUTE = 130


class Place(Struct, frozen=True):
    """Where a slide stands in an audience's deck. Pages from 1; `title` as it is read there."""

    first: int
    last: int
    title: str


class SlideRow(Struct, frozen=True):
    """A slide, with its place for each audience that gets it."""

    slide: str
    places: dict[str, Place]

    @property
    def titles(self) -> dict[str, str]:
        """Its titles by audience where they are not all the same; empty otherwise."""
        titles = {audience: place.title for audience, place in self.places.items()}
        return titles if len(set(titles.values())) > 1 else {}


class ClaimRow(Struct, frozen=True):
    """A claim, where it is written, and who finds it on a page or in the notes."""

    where: str
    text: str
    inference: bool
    audiences: tuple[str, ...]


class Length(Struct, frozen=True):
    """An audience's deck in pages and minutes, with its budget. `silent` slides have no words
    to say in their notes.
    """

    audience: str
    description: str
    slides: int
    max_slides: int | None
    minutes: float
    max_minutes: float | None
    silent: int


class Overview(Struct, frozen=True):
    """All audiences of an outline."""

    audiences: tuple[str, ...]
    slides: tuple[SlideRow, ...]
    claims: tuple[ClaimRow, ...]
    lengths: tuple[Length, ...]


def make_overview(manuscript: Manuscript) -> Overview:
    """Every audience of an outline. OutlineError with the mistakes of all of them."""
    outlines: dict[str, Outline] = {}
    scenes: dict[str, Scene] = {}
    problems: list[Problem] = []
    for name in manuscript.variants:
        try:
            outlines[name] = read_outline(manuscript, name)
            scenes[name] = compose(outlines[name])
        except OutlineError as error:
            problems += error.problems
    if problems:
        raise OutlineError(problems)
    return Overview(
        tuple(scenes), _slide_rows(scenes), _claim_rows(outlines, scenes),
        tuple(_length(outlines[name].audiences[-1], scene) for name, scene in scenes.items()),
    )  # fmt: skip


def _slide_rows(scenes: dict[str, Scene]) -> tuple[SlideRow, ...]:
    """Each slide once, in the order of the longest deck; others follow those before them."""
    order: list[str] = []
    for scene in sorted(scenes.values(), key=lambda scene: -len(scene.page_numbers())):
        before = -1
        for slide in scene.page_numbers():
            if slide not in order:
                order.insert(before + 1, slide)
            before = order.index(slide)
    rows = []
    for slide in order:
        places = {}
        for name, scene in scenes.items():
            numbers = [n for n, page in enumerate(scene.pages, 1) if page.slide_id == slide]
            if numbers:
                title = _whole_title(scene, slide)
                places[name] = Place(numbers[0], numbers[-1], str(title))
        rows.append(SlideRow(str(slide), places))
    return tuple(rows)


def _whole_title(scene: Scene, slide: str) -> str:
    """A slide's title without the `(1 of 2)` of its pages: what all its titles begin with."""
    titles = [page.title for page in scene.pages if page.slide_id == slide]
    return titles[0] if len(titles) == 1 else titles[0].rpartition(" (")[0]


def _claim_rows(outlines: dict[str, Outline], scenes: dict[str, Scene]) -> tuple[ClaimRow, ...]:
    words = {
        name: "\n".join(fold(text) for page in scene.pages for text in page.texts())
        for name, scene in scenes.items()
    }
    found: dict[tuple[str, int, int], tuple[Claim, list[str]]] = {}
    for name, outline in outlines.items():
        for claim in _claims(outline):
            mark = claim.mark
            _, seers = found.setdefault((mark.file, mark.line, mark.column), (claim, []))
            if has_words(words[name], fold(markup.plain(claim.text))) and name not in seers:
                seers.append(name)
    rows = []
    for key in sorted(found):
        claim, seers = found[key]
        text = str(markup.plain(claim.text))
        rows.append(ClaimRow(_place(claim.mark), text, claim.inferred, tuple(seers)))
    return tuple(rows)


def _place(mark: Mark) -> str:
    return f"{mark.file}:{mark.line}"


def _claims(outline: Outline) -> Iterable[Claim]:
    return (part for part in parts_within(outline) if isinstance(part, Claim))


# -- length ------------------------------------------------------------------------------


def speaking_minutes(scene: Scene) -> float:
    """How long it takes to say what stands under Say and Ask in the notes, once for a slide."""
    words = sum(
        len(note.text.split())
        for page in _first_pages(scene)
        for note in page.notes
        if note.lead in ("Say", "Ask")
    )
    return words / WORDS_PER_MINUTE


def _first_pages(scene: Scene) -> list[Page]:
    """A page of each slide: those that follow it have the same notes."""
    return [scene.pages[number - 1] for number in scene.page_numbers().values()]


def _length(audience: Audience, scene: Scene) -> Length:
    silent = sum(not any(note.lead == "Say" for note in page.notes) for page in _first_pages(scene))
    return Length(
        str(audience.name), str(audience.description), len(scene.pages),
        audience.budget.max_slides, round(speaking_minutes(scene), 1), audience.budget.minutes,
        silent,
    )  # fmt: skip


def budget_notices(outline: Outline, scene: Scene) -> tuple[str, ...]:
    """What a deck takes more of than its audience's budget allows."""
    notices = []
    for audience in outline.audiences[-1:]:
        length = _length(audience, scene)
        for unit, has, most in (
            ("slides", length.slides, length.max_slides),
            ("minutes of speaking", length.minutes, length.max_minutes),
        ):
            if most is not None and has > most:
                told = f"{has:g} {unit}, over its budget of {most:g}"
                notices.append(f"{audience.budget.mark}: audience “{audience.name}”: {told}")
    return tuple(notices)
