"""What things are called in a deck: the words that no claim and no slide of its own gives."""

from __future__ import annotations

from typing import Annotated, ClassVar

from deckgen.fields import UNMARKED, Doc, Part
from deckgen.source import Text


class Labels(Part):
    """What things are called in this deck, and the fixed words on its slides."""

    hidden: ClassVar[frozenset[str]] = UNMARKED
    company: Annotated[Text, Doc("one of what is ranked")] = Text("company")
    companies: Annotated[Text, Doc("several of what is ranked")] = Text("companies")
    tier: Annotated[Text, Doc("one rank")] = Text("tier")
    tiers: Annotated[Text, Doc("several ranks")] = Text("tiers")
    tier_letter: Annotated[Text, Doc("before a rank's number in a badge")] = Text("T")
    criterion: Annotated[Text, Doc("one test")] = Text("criterion")
    criteria: Annotated[Text, Doc("several tests")] = Text("criteria")
    places: Annotated[Text, Doc("heads the column of what places one in a tier")] = Text(
        "What places you here"
    )
    no_company: Annotated[Text, Doc("in an empty tier")] = Text("None named in this tier")
    owns: Annotated[Text, Doc("heads a profile's criteria")] = Text("What it owns")
    depends: Annotated[Text, Doc("heads a profile's providers")] = Text("What it depends on")
    bet: Annotated[Text, Doc("heads a profile's bet")] = Text("The bet")
    exposure: Annotated[Text, Doc("heads a profile's exposure")] = Text("The exposure")
    ladder: Annotated[Text, Doc("heads a profile's ladder")] = Text("Position in the ladder")
    profile: Annotated[Text, Doc("the kicker of a profile")] = Text("Profile")
    inference: Annotated[Text, Doc("on the pill that marks an inference")] = Text("Inference")
    stated: Annotated[Text, Doc("names what a source says")] = Text("Stated")
    met_state: Annotated[Text, Doc("beside a criterion that is met")] = Text("Stated")
    in_build: Annotated[Text, Doc("beside a criterion in build")] = Text("In build")
    relies: Annotated[Text, Doc("beside a criterion met by others")] = Text("Relies on others")
    not_stated: Annotated[Text, Doc("beside a criterion that no source mentions")] = Text(
        "Not stated"
    )
    absent: Annotated[Text, Doc("in the dashed box where the sources are silent")] = Text(
        "Not stated in the source"
    )
    basis: Annotated[Text, Doc("heads what places a company in its tier")] = Text("Basis")
    more: Annotated[Text, Doc("after a count of companies that a tier does not show")] = Text(
        "more"
    )
    dash: Annotated[Text, Doc("the note under a matrix that holds a dash")] = Text(
        "A dash means that the sources are silent, not that the capability is absent"
    )
    needed_by: Annotated[Text, Doc("heads those who have something from a profile's company")] = (
        Text("Others depend on it")
    )
    what_for: Annotated[Text, Doc("between a provider and what one has from it")] = Text("for")
    means: Annotated[Text, Doc("before what it takes to meet a criterion")] = Text("Means")
    source: Annotated[Text, Doc("before a citation")] = Text("Source")
    note: Annotated[Text, Doc("before a note under a slide")] = Text("Note")
    section: Annotated[Text, Doc("over a section's number")] = Text("Section")
    page: Annotated[Text, Doc("before a page number")] = Text("p.")
    part: Annotated[Text, Doc("between the numbers of a continued slide, as in 1 of 2")] = Text(
        "of"
    )
    question: Annotated[Text, Doc("over the question on the closing slide")] = Text(
        "The strategic question"
    )
    agenda: Annotated[Text, Doc("the agenda's title where it has no other")] = Text("Agenda")
    decision_made: Annotated[Text, Doc("before the line for what was decided")] = Text("Decision")
    owner: Annotated[Text, Doc("before the line for who sees to it")] = Text("Owner")
    by_when: Annotated[Text, Doc("before the line for the date")] = Text("By when")
    so_what: Annotated[Text, Doc("heads the panel beside a picture")] = Text("So what")
    takeaways: Annotated[Text, Doc("heads the panel beside a chart")] = Text("Takeaways")
    depends_on: Annotated[Text, Doc("between one who depends and a provider")] = Text("depends on")
    counted: Annotated[Text, Doc("after `criteria`, over a chart that counts them")] = Text("met")
    illustrative: Annotated[Text, Doc("the note under a chart that counts criteria")] = Text(
        "Illustrative count of what the sources state; not a market measure"
    )
    not_counted: Annotated[Text, Doc("the note that names what a count leaves out")] = Text(
        "Inferences are not counted"
    )
    ordinal: Annotated[Text, Doc("the note under positions that nobody measured")] = Text(
        "Positions are our ordinal judgement; distances are not measured"
    )
    no_place: Annotated[Text, Doc("in an empty quadrant")] = Text("None shown here")
    other: Annotated[Text, Doc("the bar that sums the rest")] = Text("Other")
    thousand: Annotated[Text, Doc("a thousand of a unit")] = Text("thousand")
    million: Annotated[Text, Doc("a million of a unit")] = Text("million")
    billion: Annotated[Text, Doc("a thousand million of a unit")] = Text("billion")
    trillion: Annotated[Text, Doc("a million million of a unit")] = Text("trillion")
    total: Annotated[Text, Doc("over bars that stand on one another")] = Text("Total")
    rise: Annotated[Text, Doc("heads the rises of a waterfall in its workbook")] = Text("Rise")
    fall: Annotated[Text, Doc("heads the falls of a waterfall in its workbook")] = Text("Fall")
    unseen: Annotated[
        Text, Doc("heads what floating bars stand on, in the workbook behind a chart")
    ] = Text("(unseen base)")
    planned: Annotated[Text, Doc("the key to numbers that are planned or estimated")] = Text(
        "Planned or estimated"
    )
    dashed: Annotated[Text, Doc("the note’s word for dashed outlines")] = Text("Dashed")
    bubble_area: Annotated[Text, Doc("before what the area of bubbles says")] = Text("bubble area")
    some_labelled: Annotated[Text, Doc("the note under points that are too many to label")] = Text(
        "Not every point is labelled"
    )
    axis_cut: Annotated[Text, Doc("the note under a chart whose axis is cut")] = Text(
        "The axis is cut: columns with a break are not to scale"
    )
    start: Annotated[Text, Doc("heads the column of first days in a workbook")] = Text("Start")
    end: Annotated[Text, Doc("heads the column of last days in a workbook")] = Text("End")
    days: Annotated[Text, Doc("heads the column of days from first to last")] = Text("Days")
    own_scales: Annotated[
        Text, Doc("the note under small charts that have scales of their own")
    ] = Text("Each chart has a scale of its own: heights do not compare")
    above_zero: Annotated[Text, Doc("the note under lines whose scale begins above zero")] = Text(
        "Scales do not begin at zero"
    )
    width: Annotated[Text, Doc("before what the widths of columns are")] = Text("width")
    a_year: Annotated[Text, Doc("after a mean growth rate")] = Text("a year")
    median: Annotated[Text, Doc("before the number of a distribution’s median")] = Text("median")
    count: Annotated[Text, Doc("before the number of a distribution’s values")] = Text("n")
    box_note: Annotated[Text, Doc("the note under boxes that says how to read them")] = Text(
        "A box holds the middle half of the values; its line is the median; dots lie far out"
    )
    density_note: Annotated[Text, Doc("the note under violins and ridges")] = Text(
        "A shape is as high as there are many values; its line is the median"
    )
    decision: Annotated[Text, Doc("before the question in the summary")] = Text(
        "Question for this meeting"
    )
    today: Annotated[Text, Doc("where the reader is")] = Text("Today")
    target: Annotated[Text, Doc("where the reader wants to be")] = Text("Target")
    you_are_here: Annotated[Text, Doc("on the token for today")] = Text("You are here")
    want_to_be: Annotated[Text, Doc("on the token for the target")] = Text("Want to be")
    move_tokens: Annotated[Text, Doc("before the tokens under the ladder")] = Text(
        "Drag to your tier"
    )
    decide: Annotated[Text, Doc("heads the prompts of the closing slide")] = Text(
        "Decide in the room"
    )
    how_to_read: Annotated[Text, Doc("heads the key to stated, inference, not stated")] = Text(
        "How to read this deck"
    )
    stated_means: Annotated[Text, Doc("says what a stated claim is")] = Text(
        "taken from the sources. It stands on a slide without a mark."
    )
    inference_means: Annotated[Text, Doc("says what an inference is")] = Text(
        "our own reading, marked on the slide. Challenge these first."
    )
    not_stated_means: Annotated[Text, Doc("says what silence of the sources is")] = Text(
        "the sources are silent. It does not mean that there is none."
    )
    joiner: Annotated[Text, Doc("between the two halves of a pair")] = Text("yet")
    quotes: Annotated[Text, Doc("the marks around a quotation, with a space between")] = Text("“ ”")
    accessed: Annotated[Text, Doc("before the date on which a source was read")] = Text("Read")

    def cased(self, name: str) -> str:
        """A label with a capital first letter, as at the start of a line."""
        word: str = getattr(self, name)
        return word[:1].upper() + word[1:]

    @property
    def scales(self) -> tuple[str, ...]:
        """The names of a thousand and its powers, in order."""
        return self.thousand, self.million, self.billion, self.trillion

    def rank(self, number: int) -> str:
        """`Tier 2`, as this deck calls it."""
        return f"{self.cased('tier')} {number}"
