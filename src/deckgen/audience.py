"""To whom a deck is told: an audience, the slides it takes and leaves, how long it may take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, ClassVar

from msgspec.structs import replace

from deckgen.fields import UNMARKED, Doc, Part
from deckgen.source import Id, Problem, Text


class Selector(Part):
    """One or more slides of the storyline. A bare value is a slide's id."""

    shorthand = "id"
    hidden: ClassVar[frozenset[str]] = frozenset({"mark", "only", "not_"})
    id: Annotated[Id, Doc("the slide of this id")] = Id("")
    kind: Annotated[Id, Doc("every slide of this kind")] = Id("")
    section: Annotated[Text, Doc("every slide of the section with this title")] = Text("")
    tag: Annotated[Id, Doc("every slide with this tag")] = Id("")

    def faults(self) -> Iterator[Problem]:
        if sum(map(bool, (self.id, self.kind, self.section, self.tag))) != 1:
            told = "give one of `id`, `kind`, `section` and `tag`"
            yield Problem(self.mark, told, "write an entry for each")


class Budget(Part):
    """How long an audience's deck may be."""

    hidden: ClassVar[frozenset[str]] = UNMARKED
    max_slides: Annotated[int | None, Doc("slides, counted by pages", least=1)] = None
    minutes: Annotated[float | None, Doc("speaking time", least=0)] = None


class Audience(Part):
    """For whom a deck is made, and how it differs from the others.

    Besides these keys it takes those of the outline (`title`, `theme`, `language`, `labels`,
    `question`, `companies`, `slides`, …), and says there only what differs.
    """

    shorthand = "name"
    hidden: ClassVar[frozenset[str]] = UNMARKED
    name: Annotated[Id, Doc("its name, as `--audience` and file names have it")]
    description: Annotated[Text, Doc("who they are and what they want; on no slide")] = Text("")
    extends: Annotated[Id, Doc("the audience whose deck it begins with", ref="audience")] = Id("")
    include: Annotated[
        tuple[Selector, ...], Doc("the slides it gets; all if left out", least=1)
    ] = ()
    exclude: Annotated[tuple[Selector, ...], Doc("slides it does not get", least=1)] = ()
    order: Annotated[
        tuple[Id, ...],
        Doc("slides that follow one another, from where the first of them stands", ref="slide"),
    ] = ()
    budget: Annotated[Budget, Doc("how long its deck may be")] = Budget()


def inherited(lineage: Sequence[Audience]) -> tuple[Audience, ...]:
    """The last of a lineage, with the budget that it does not set itself; none of none."""
    slides: int | None = None
    minutes: float | None = None
    for audience in lineage:
        slides = audience.budget.max_slides or slides
        minutes = audience.budget.minutes or minutes
    return tuple(
        replace(audience, budget=replace(audience.budget, max_slides=slides, minutes=minutes))
        for audience in lineage[-1:]
    )


def name_audience(name: str) -> str:
    """An audience as messages name it."""
    return f"“{name}”" if name else "readers without an audience"


def in_deck_for(problems: Iterable[Problem], name: str) -> list[Problem]:
    """Problems that say in whose deck they are; as they are if it is nobody's in particular."""
    who = name_audience(name)
    return [
        replace(problem, message=f"{problem.message} (in the deck for {who})")
        if name and who not in problem.message else problem
        for problem in problems
    ]  # fmt: skip
