"""The outline as its author meant it: the analysis, the storyline, the words for things.

Frozen values, each with its mark. `Outline` answers questions about the analysis
(who stands in a tier, what a company's standing is); it knows nothing of slides' looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Annotated, ClassVar, Literal, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from deckgen.audience import Audience
from deckgen.fields import UNMARKED, Doc, Part, slug
from deckgen.labels import Labels
from deckgen.limits import MOST_CITED, MOST_MEMBERS
from deckgen.look import TemplateChoice

# Whoever reads an outline needs its lack of words: it is given on.
from deckgen.source import NONE as NONE  # noqa: PLC0414
from deckgen.source import Id, Problem, Text, Withheld
from deckgen.theme import Tokens
from deckgen.variables import Variable

N = TypeVar("N", "Criterion", "Tier", "Company", "Group")
State = Literal["met", "in build", "relies on others", "not stated"]
Sources = Annotated[
    tuple[Id, ...],
    Doc("where this is stated: ids of sources", ref="source", most=MOST_CITED, fact=True),
]


class Acceptance(Part):
    """A rule of `deckgen check` that need not hold, and why."""

    hidden: ClassVar[frozenset[str]] = UNMARKED
    rule: Annotated[Id, Doc("its code, as `deckgen rules` lists it")]
    why: Annotated[Text, Doc("the reason")]


Accepted = Annotated[
    tuple[Acceptance, ...], Doc("rules of `deckgen check` that need not hold here, and why")
]


class Source(Part, kw_only=True):
    """A citation that claims refer to."""

    text: Annotated[Text, Doc("the whole citation: who, what, when", fact=True)]
    id: Annotated[Id, Doc("how claims refer to it")]
    short: Annotated[
        Text, Doc("the citation under a slide; the whole one if left out", fact=True)
    ] = NONE
    url: Annotated[Text, Doc("where a reader finds it", fact=True, verbatim=True)] = NONE
    accessed: Annotated[Text, Doc("when it was read", fact=True)] = NONE


class Claim(Part):
    """A sentence that is stated by a source, or inferred by us. A bare text is stated."""

    shorthand = "stated"
    exclusive = ("stated", "inference")
    stated: Annotated[Text, Doc("what the source says, in your words")] = NONE
    inference: Annotated[Text, Doc("our own reading; the slide marks it as such")] = NONE
    source: Sources = ()

    def faults(self) -> Iterator[Problem]:
        if bool(self.stated) == bool(self.inference):
            told = "a claim is either `stated` or an `inference`"
            yield Problem(self.mark, told, "leave it out if the sources are silent")

    @property
    def text(self) -> Text:
        return self.inference or self.stated

    @property
    def inferred(self) -> bool:
        return bool(self.inference)


class Criterion(Part, kw_only=True):
    """Something a company has or lacks; a column of the matrix."""

    name: Annotated[Text, Doc("its name, two words if possible", fact=True)]
    id: Annotated[Id, Doc("how companies refer to it; made from the name if left out")] = Id("")
    group: Annotated[Text, Doc("a heading over neighbouring columns of the matrix")] = NONE
    meaning: Annotated[Text, Doc("what it takes to meet it; stands in wide rows of profiles")] = (
        NONE
    )


class Tier(Part, kw_only=True):
    """A rank of the analysis. Tiers stand in order, the strongest first."""

    hidden: ClassVar[frozenset[str]] = frozenset({"mark", "only", "not_"})
    stays: ClassVar[str] = "without a tier those below it would change their rank"
    name: Annotated[Text, Doc("its full name", fact=True)]
    id: Annotated[
        Id,
        Doc("how companies refer to it, as they may by its number; made from the name if left out"),
    ] = Id("")
    short: Annotated[Text, Doc("a name of one to three words for narrow places", fact=True)] = NONE
    places: Annotated[Text, Doc("what places a company in this tier")] = NONE
    criteria: Annotated[
        tuple[Id, ...], Doc("the criteria that define this tier", ref="criterion", fact=True)
    ] = ()

    @property
    def label(self) -> Text:
        return self.short or self.name


class Standing(Part):
    """How a company stands on a criterion."""

    shorthand = "state"
    hidden: ClassVar[frozenset[str]] = UNMARKED
    stays: ClassVar[str] = "it would read as “not stated”: withhold the criterion or the company"
    state: Annotated[State, Doc("met, in build, relies on others, or not stated", fact=True)]
    note: Annotated[Text, Doc("two or three words beside the mark")] = NONE
    inference: Annotated[
        bool, Doc("true if this is our reading, not the source's word", fact=True)
    ] = False
    source: Sources = ()


class Dependency(Part):
    """Something a company has from another."""

    company: Annotated[Id, Doc("the provider", ref="company|group", fact=True)]
    for_: Annotated[Text, Doc("what for, in a word or two", fact=True)]
    inference: Annotated[
        bool, Doc("true if this is our reading, not the source's word", fact=True)
    ] = False
    source: Sources = ()


class Member(Part, kw_only=True):
    """What stands in a tier: a company, or a group of them."""

    hidden: ClassVar[frozenset[str]] = frozenset({"mark", "withheld"})
    name: Annotated[Text, Doc("its name, spelled as everywhere", fact=True)]
    tier: Annotated[Id, Doc("the tier it stands in, by id or number", ref="tier", fact=True)]
    id: Annotated[Id, Doc("how other parts refer to it; made from the name if left out")] = Id("")
    short: Annotated[Text, Doc("a shorter name for narrow places", fact=True)] = NONE
    basis: Annotated[Text, Doc("why it stands in this tier")] = NONE
    criteria: Annotated[
        dict[Id, Standing],
        Doc("its standing on each criterion, by id", ref="criterion", fact=True),
    ] = {}  # noqa: RUF012 - msgspec copies it for each struct
    depends_on: Annotated[tuple[Dependency, ...], Doc("what it has from others", fact=True)] = ()
    building: Annotated[bool, Doc("true if its place is planned or in build", fact=True)] = False
    source: Sources = ()
    # Fields of which the audience does not get all: where one is empty, nobody may say that
    # the sources are silent.
    withheld: frozenset[str] = frozenset()

    @property
    def label(self) -> Text:
        return self.short or self.name


class Company(Member, kw_only=True):
    """A company of the analysis."""

    aliases: Annotated[
        tuple[Text, ...], Doc("other spellings that mean this company", fact=True)
    ] = ()
    status: Annotated[Text, Doc("where it stands now, in a sentence")] = NONE
    bet: Annotated[tuple[Claim, ...], Doc("what it counts on", most=3, fact=True)] = ()
    exposure: Annotated[tuple[Claim, ...], Doc("what could hurt it", most=3, fact=True)] = ()


class Group(Member, kw_only=True):
    """Everyone else: members of a tier that are not named one by one."""


class Prompt(Part):
    """A question for the room, and how to go about it."""

    shorthand = "ask"
    ask: Annotated[Text, Doc("the question")]
    how: Annotated[Text, Doc("how to answer it")] = NONE


class Question(Part):
    """The strategic question that the deck leads to."""

    shorthand = "text"
    text: Annotated[Text, Doc("the question, in one sentence")]
    instruction: Annotated[Text, Doc("what the room is asked to do with it")] = NONE
    prompts: Annotated[tuple[Prompt, ...], Doc("two or three questions to decide", most=3)] = ()
    you_are_here: Annotated[Id, Doc("the reader's tier today", ref="tier", fact=True)] = Id("")
    target: Annotated[Id, Doc("the tier the reader wants to be in", ref="tier", fact=True)] = Id("")


class Notes(Part):
    """Speaker notes."""

    shorthand = "say"
    message: Annotated[Text, Doc("the slide's point; its title if left out")] = NONE
    say: Annotated[Text, Doc("what to say, in 30 to 60 words")] = NONE
    ask: Annotated[Text, Doc("one question for the room")] = NONE
    evidence: Annotated[tuple[Claim, ...], Doc("what carries the message")] = ()


class Slide(Part, kw_only=True):
    """What every slide of the storyline has; each kind adds its own fields.

    A slide without an id takes its kind as one, as in `tier-map`, `section-2` for the second of
    a kind, `profile-alpha` for a profile.
    """

    hidden: ClassVar[frozenset[str]] = frozenset({"mark", "partial"})
    named_by: ClassVar[str] = ""  # the field that such an id ends in
    topical: ClassVar[bool] = False  # whether a topic serves as its title, as in “Sources”
    shows_everyone: ClassVar[bool] = False  # whether the kind goes through all companies
    kind: Annotated[Id, Doc("the kind of slide: see `deckgen kinds`", fact=True)]
    id: Annotated[Id, Doc("how other slides refer to it; made from the kind if left out")] = Id("")
    title: Annotated[Text, Doc("the action title: the slide's message as a sentence")] = NONE
    kicker: Annotated[Text, Doc("a word or two over the title")] = NONE
    section: Annotated[
        Text, Doc("begins a section of this name here, without a page that divides")
    ] = NONE
    tags: Annotated[tuple[Id, ...], Doc("words by which an audience takes or leaves it")] = ()
    note: Annotated[Text, Doc("a remark under the content, above the source")] = NONE
    source: Sources = ()
    notes: Annotated[Notes, Doc("speaker notes")] = Notes()
    accept: Accepted = ()
    partial: bool = False  # set where the audience does not get every entry of its lists


class Chapter(Struct, frozen=True):
    """A section of the storyline: its title and its slides, the one that begins it first."""

    title: Text
    slides: tuple[Slide, ...]


class Outline(Part):
    """One analysis and its storyline."""

    hidden: ClassVar[frozenset[str]] = UNMARKED | {
        "tokens", "partial", "withheld", "notices", "control", "code_allowed",
    }  # fmt: skip
    title: Annotated[Text, Doc("the title of the deck")]
    subtitle: Annotated[Text, Doc("a line under the title on the cover")] = NONE
    short_title: Annotated[Text, Doc("the title in the footer")] = NONE
    kicker: Annotated[Text, Doc("a line over the title on the cover")] = NONE
    author: Annotated[Text, Doc("who presents this")] = NONE
    date: Annotated[Text, Doc("the date as it is printed")] = NONE
    language: Annotated[Text, Doc("the language of the text, as in en-US", verbatim=True)] = Text(
        "en-US"
    )
    theme: Annotated[
        Text, Doc("a built-in theme, or a theme file, as in ./ours.yaml", verbatim=True)
    ] = Text("light")
    template: Annotated[
        TemplateChoice | None, Doc("the company’s own .pptx or .potx, in which the deck is built")
    ] = None
    slide_size: Annotated[
        Literal["16:9", "16:10", "A4", "4:3"], Doc("width to height of the slides")
    ] = "16:9"
    labels: Annotated[Labels, Doc("what things are called")] = Labels()
    sources: Annotated[tuple[Source, ...], Doc("citations that claims refer to", fact=True)] = ()
    source: Sources = ()
    criteria: Annotated[tuple[Criterion, ...], Doc("what companies are tested on", fact=True)] = ()
    tiers: Annotated[
        tuple[Tier, ...], Doc("the ranks, the strongest first", most=6, fact=True)
    ] = ()
    companies: Annotated[
        tuple[Company, ...], Doc("who is ranked", most=MOST_MEMBERS, fact=True)
    ] = ()
    groups: Annotated[tuple[Group, ...], Doc("everyone else", most=MOST_MEMBERS, fact=True)] = ()
    question: Annotated[Question | None, Doc("the strategic question")] = None
    slides: Annotated[tuple[Slide, ...], Doc("the storyline; left out, it is derived")] = ()
    accept: Accepted = ()
    variables: Annotated[
        dict[Id, Variable], Doc("what is filled in when a deck is built, by name")
    ] = {}  # noqa: RUF012 - msgspec copies it for each struct
    audiences: Annotated[
        tuple[Audience, ...], Doc("to whom this is told, and how their decks differ")
    ] = ()
    tokens: Tokens | None = None  # what the theme says; None is the built-in one of its name
    # Set where an audience does not get all of the analysis: no sentence made from it may
    # then claim that there is nothing else.
    partial: bool = False
    # What the audience does not get: only the search of the finished file reads it.
    withheld: tuple[Withheld, ...] = ()
    notices: tuple[str, ...] = ()  # for whoever builds the deck
    # The outline as this audience would get it if other words stood where some that it does
    # not get stand: what is in its file all the same has not come from them.
    control: Callable[[Sequence[Withheld]], Outline] | None = None
    # Whether code that the outline names may be run: whoever builds the deck says so, never
    # the outline. It is when the outline was read (in ns), 0 if the code may not be run: what
    # code has drawn is used again for the other audiences of one reading, and then no more.
    code_allowed: int = 0

    # -- questions about the analysis ---------------------------------------

    def tier_number(self, tier: str) -> int:
        """The rank of a tier id, from 1; a number stands for itself."""
        for number, candidate in enumerate(self.tiers, start=1):
            if tier in (candidate.id, str(number)):
                return number
        raise KeyError(tier)

    @property
    def everyone(self) -> tuple[Member, ...]:
        """Companies, then groups, as they are written; their tiers need not be known."""
        return (*self.companies, *self.groups)

    def members(self, tier: int | None = None) -> tuple[Member, ...]:
        """Companies, then groups; of one tier (from 1) or in the order of tiers."""
        if tier is None:
            return tuple(sorted(self.everyone, key=lambda member: self.tier_number(member.tier)))
        return tuple(m for m in self.everyone if self.tier_number(m.tier) == tier)

    def member(self, id: str) -> Member:
        """The company or group with this id; KeyError if there is none."""
        for member in self.everyone:
            if member.id == id:
                return member
        raise KeyError(id)

    def defining_criteria(self) -> tuple[Criterion, ...]:
        """The criteria of the first tier that names some; all of them otherwise."""
        named = next((tier.criteria for tier in self.tiers if tier.criteria), ())
        return tuple(c for c in self.criteria if c.id in named) or self.criteria

    def standing(self, member: Member, criterion: Criterion) -> Standing:
        """How a member stands on a criterion; `not stated` where the outline is silent."""
        return member.criteria.get(criterion.id, Standing(state="not stated"))

    def count_met(self, member: Member) -> tuple[int, int]:
        """How many defining criteria a member meets, and how many it has in build."""
        states = [self.standing(member, c).state for c in self.defining_criteria()]
        return states.count("met"), states.count("in build")

    def dependencies(self) -> Iterator[tuple[Member, Dependency]]:
        """Each dependency with the member that has it."""
        for member in self.members():
            for dependency in member.depends_on:
                yield member, dependency

    def citation(self, ids: Iterable[str]) -> str:
        """The short citations of some sources, as they are printed under a slide."""
        cited = {str(source.id): source.short or source.text for source in self.sources}
        return "; ".join(cited[id] for id in ids)

    def chapters(self) -> tuple[Chapter, ...]:
        """The sections: a `section` slide begins one, and so does any slide's `section`.

        Slides before the first belong to none. A `section` that is named again goes on.
        """
        starts: list[tuple[int, Text]] = []
        for index, slide in enumerate(self.slides):
            title = slide.title if slide.kind == "section" else slide.section
            again = bool(starts) and slide.kind != "section" and title == starts[-1][1]
            if title and not again:
                starts.append((index, title))
        ends = [index for index, _ in starts[1:]] + [len(self.slides)]
        return tuple(
            Chapter(title, self.slides[start:end])
            for (start, title), end in zip(starts, ends, strict=False)  # no start, one end
        )

    def needs_key(self) -> bool:
        """Whether a reader must be told what is stated, what inferred, what not stated.

        So it is where anything is an inference, or a company's standing is not stated.
        """
        inferred = any(getattr(part, "inference", False) for part in parts_within(self))
        return inferred or any(
            self.standing(company, criterion).state == "not stated"
            for company in self.companies
            for criterion in self.criteria
        )

    def sources_for(self, slide: Slide) -> tuple[Id, ...]:
        """What stands under a slide: the sources it and its parts name, or else the deck's."""
        return cited_in(slide) or self.source

    @property
    def footer(self) -> Text:
        return self.short_title or self.title

    @property
    def audience(self) -> str:
        """The name of the audience that this outline is for; empty for nobody in particular."""
        return str(self.audiences[-1].name) if self.audiences else ""


def cited_in(part: Part) -> tuple[Id, ...]:
    """The sources that a part and all in it name, each once; its own come first.

    What a slide's speaker notes cite stands in the notes, not under the slide.
    """
    if isinstance(part, Slide):
        part = replace(part, notes=Notes())
    return tuple(
        dict.fromkeys(id for inner in parts_within(part) for id in getattr(inner, "source", ()))
    )


def parts_within(value: object) -> Iterator[Part]:
    """Every part of the analysis and the storyline, at any depth, as they are written.

    Labels and audiences are of neither.
    """
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, (Labels, Audience)):
            continue
        if isinstance(value, Part):
            yield value
            value = tuple([getattr(value, name) for name in value.__struct_fields__])
        elif isinstance(value, dict):
            value = tuple(value.values())
        if isinstance(value, tuple):  # most of what they hold are words, or empty
            waiting += [i for i in reversed(value) if i and isinstance(i, (Part, dict, tuple))]


def with_ids(outline: Outline) -> Outline:
    """The outline with every id that its author left out."""
    return replace(
        outline,
        criteria=tuple(_named(criterion) for criterion in outline.criteria),
        tiers=tuple(_named(tier) for tier in outline.tiers),
        companies=tuple(_named(company) for company in outline.companies),
        groups=tuple(_named(group) for group in outline.groups),
    )


def _named(part: N) -> N:
    return part if part.id else replace(part, id=Id(slug(part.name), part.mark))
