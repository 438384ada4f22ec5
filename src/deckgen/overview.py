"""An outline's audiences side by side: which slides and claims each gets, and how long it takes.

Every deck is laid out, so that positions are page numbers as they are printed.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from deckgen import markup
from deckgen.advances import is_measured
from deckgen.audience import Audience
from deckgen.compose import compose
from deckgen.fields import Part
from deckgen.loader import Reading, read_all
from deckgen.outline import Claim, Outline, parts_within
from deckgen.scene import Page, Scene
from deckgen.source import Mark, OutlineError, Problem
from deckgen.storyline import with_slides
from deckgen.variants import Manuscript
from deckgen.words import fold

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
    """A claim, where it is written, and who finds it on a page or in the notes.

    It is withheld from an audience by a mark on it, or on the company or entry that holds it;
    others do not get the slide that it stands on.
    """

    where: str
    text: str
    inference: bool
    audiences: tuple[str, ...]
    withheld_from: tuple[str, ...]


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


def make_overview(manuscript: Manuscript, reading: Reading | None = None) -> Overview:
    """Every audience of an outline. OutlineError with the mistakes of all of them.

    `reading` is the outline read already, with what a command line says.
    """
    outlines: dict[str, Outline] = {}
    scenes: dict[str, Scene] = {}
    problems: list[Problem] = []
    reading = reading or read_all(manuscript)
    for name in manuscript.variants:
        try:
            outlines[name] = reading.for_audience(name)
            scenes[name] = compose(outlines[name])
        except OutlineError as error:
            problems += error.problems
    if problems:
        raise OutlineError(problems)
    if not scenes:
        return Overview((), (), (), ())
    whole = with_slides(reading.outlines[""])
    return Overview(
        tuple(scenes), _slide_rows(whole, scenes), _claim_rows(whole, outlines, scenes),
        tuple(_length(outlines[name].audiences[-1], scene) for name, scene in scenes.items()),
    )  # fmt: skip


def _slide_rows(whole: Outline, scenes: dict[str, Scene]) -> tuple[SlideRow, ...]:
    """Each slide once, in the order of the outline; those that audiences add follow their own."""
    order = [str(slide.id) for slide in whole.slides]
    for scene in scenes.values():
        before = -1
        for slide in map(str, scene.page_numbers()):
            if slide not in order:
                order.insert(before + 1, slide)
            before = order.index(slide)
    rows = []
    for slide in order:
        places = {}
        for name, scene in scenes.items():
            numbers = [n for n, page in enumerate(scene.pages, 1) if page.slide_id == slide]
            if numbers:
                title = str(_whole_title(scene, slide))
                places[name] = Place(numbers[0], numbers[-1], title)
        rows.append(SlideRow(slide, places))
    return tuple(rows)


def _whole_title(scene: Scene, slide: str) -> str:
    """A slide's title without the `(1 of 2)` of its pages: what all its titles begin with."""
    titles = [page.title for page in scene.pages if page.slide_id == slide]
    return titles[0] if len(titles) == 1 else titles[0].rpartition(" (")[0]


def _claim_rows(
    whole: Outline, outlines: dict[str, Outline], scenes: dict[str, Scene]
) -> tuple[ClaimRow, ...]:
    told = {name: _claimed_in(scene) for name, scene in scenes.items()}
    found: dict[Mark, tuple[Claim, list[str]]] = {}
    granted: dict[str, set[Mark]] = {}
    for name, outline in {"": whole, **outlines}.items():
        claims = {_at(claim.mark): claim for claim in _claims(outline)}
        granted[name] = set(claims)
        for at, claim in claims.items():
            _, seers = found.setdefault(at, (claim, []))
            if name and fold(markup.plain(claim.text)) in told[name]:
                seers.append(name)
    home = {
        _at(claim.mark): str(slide.id) for slide in whole.slides for claim in _claims(slide)
    }  # fmt: skip
    rows = []
    for at in sorted(found, key=lambda mark: (mark.file, mark.line, mark.column)):
        claim, seers = found[at]
        withheld = tuple(
            name for name, scene in scenes.items()
            if at in granted[""] and at not in granted[name]
            and (at not in home or home[at] in scene.page_numbers())
        )  # fmt: skip
        text = str(markup.plain(claim.text))
        where = f"{at.file}:{at.line}"
        rows.append(ClaimRow(where, text, claim.inferred, tuple(seers), withheld))
    return tuple(rows)


def _claimed_in(scene: Scene) -> set[str]:
    """The lines of a deck that may be claims; in the notes, what stands after the sort."""
    lines = [line for page in scene.pages for text in page.texts() for line in text.split("\n")]
    noted = [line.partition(": ")[2] for line in lines]
    return {fold(line) for line in (*lines, *noted, *(line.rpartition(" (")[0] for line in noted))}


def _at(mark: Mark) -> Mark:
    """Where a claim is written, however many places above it are taken."""
    return Mark(mark.file, mark.line, mark.column)


def _claims(part: Part) -> Iterable[Claim]:
    return (inner for inner in parts_within(part) if isinstance(inner, Claim))


# -- length ------------------------------------------------------------------------------


def speaking_minutes(scene: Scene) -> float:
    """How long it takes to say what stands under Say and Ask in the notes, once for a slide."""
    return sum(minutes_by_slide(scene).values())


def minutes_by_slide(scene: Scene) -> dict[str, float]:
    """How long each slide's notes take to say, by slide id."""
    return {
        str(page.slide_id): sum(
            len(note.text.split()) for note in page.notes if note.lead in ("Say", "Ask")
        )
        / WORDS_PER_MINUTE
        for page in _first_pages(scene)
    }


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


def find_overruns(outline: Outline, scene: Scene) -> dict[str, Problem]:
    """What a deck takes more of than its audience's budget allows, by `slides` and `minutes`."""
    overruns = {}
    for audience in outline.audiences[-1:]:
        length = _length(audience, scene)
        for key, unit, has, most in (
            ("slides", "slides", length.slides, length.max_slides),
            ("minutes", "minutes of speaking", length.minutes, length.max_minutes),
        ):
            if most is not None and has > most:
                told = f"audience “{audience.name}”: {has:g} {unit}, over its budget of {most:g}"
                overruns[key] = Problem(audience.budget.mark, told)
    return overruns


def find_notices(outline: Outline, scene: Scene) -> tuple[str, ...]:
    """What reading the outline noticed, what its deck takes more of than its budget allows, a
    theme that is not used, and faces whose text is measured with care.
    """
    unused = []
    if outline.template and outline.theme.mark.line:
        mark = outline.theme.mark
        unused.append(f"{mark}: the theme is not used: a template has colours of its own")
    faces = dict.fromkeys((scene.theme.heading_font, scene.theme.body_font))
    told = "has no known widths: its text is measured 8 % wider than Arial’s"
    guessed = (f"the face “{face}” {told}" for face in faces if not is_measured(face))
    return (*outline.notices, *map(str, find_overruns(outline, scene).values()), *unused, *guessed)
