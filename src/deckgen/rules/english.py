"""What the rules know of English: whether a line has a verb, hedges, negations, number words."""

from __future__ import annotations

import re

# Words that are verbs in a title whatever stands around them: a line with one is a sentence.
_SURE = """
    am is are was were be been being isn’t aren’t wasn’t weren’t has have had hasn’t haven’t
    does do did doesn’t don’t didn’t can cannot can’t could may might must shall should will
    would won’t needn’t became become becomes began begin begins bought bring brings brought
    build builds built came choose chooses chose come comes cut cuts decide decides decided
    depend depends depended deserve deserves determine determines draw draws drawn drew drive
    drives drove earn earns earned enable enables enabled exceed exceeds exceeded expect expects
    explain explains explained fall falls fell feed feeds fed fill fills find finds found follow
    follows followed force forces forced gain gained gave get gets give gives go goes grew grow
    grows grown happen happens hide hides hold holds held keep keeps kept know knows knew lag
    lags lagged lean leans leant leave leaves left lie lies lost lose loses made make makes
    mean means meant meet meets met move moves moved offset offsets outgrow outpace outpaces
    outweigh outweighs owe owes own owns owned pay pays paid point points pointed put puts
    raise raises raised reach reaches reached read reads remain remains remained reshape
    reshapes require requires required rest rests rise rises rose run runs ran said saw say says
    see sees seem seems sell sells sold send sends sent serve serves served set sets shift
    shifts shifted show shows showed shrink shrinks shrank sit sits sat slow slows spend spends
    spent stand stands stood start starts started stay stays stayed stop stops stopped take
    takes taken took tell tells told threaten threatens tie ties tied turn turns turned use
    uses used want wants wanted widen widens widened win wins won work works worked write
    writes wrote
"""
# Verbs that are as often nouns: they make a sentence only of a line that is long enough.
_MAYBE = """
    account accounts answer answers bet bets call calls cap caps change changes charge charges
    claim claims close closes compete competes concern concerns control controls cost costs
    cover covers demand demands design designs deploy deploys face faces focus head heads help
    helps host hosts lead leads led let lets limit limits link links list lists look looks
    mark marks matter matters measure measures name names need needs open opens order orders
    outlook place places plan plans play plays price prices produce produces profit profits
    rank ranks rate rates rely relies rent rents result results return returns risk risks rule
    rules sail sails share shares source sources split splits step steps supply supplies
    support supports switch switches test tests trade trades train trains value values
"""
SURE, MAYBE = frozenset(_SURE.split()), frozenset(_MAYBE.split())
SENTENCE_WORDS = 5  # from here on a word that may be a verb is taken for one
LONG_WORDS = 9  # from here on any word that looks like one is

HEDGES = re.compile(
    r"\b(probably|presumably|apparently|likely|we (?:infer|think|believe|assume|expect|read)"
    r"|(?:our|in our) (?:reading|view|guess|inference|estimate)|suggests? that"
    r"|(?:seems?|appears?) to|must be because|may well)\b",
    re.IGNORECASE,
)
NEGATIONS = re.compile(
    r"\b(no|not|never|nor|neither|none|nothing|without|lacks?|lacking|cannot|isn’t|doesn’t|don’t"
    r"|hasn’t|haven’t|silent|missing)\b",
    re.IGNORECASE,
)
# What makes a sentence speak of something else than what is so now.
NOT_NOW = re.compile(
    r"\b(from|towards?|if|unless|could|may|might|would|will|wants?|plans?|planned|until|once|was"
    r"|were|used to|became|becomes?|moves?|moved|builds?|building|in build|below|above|than"
    r"|almost|nearly|relies|relied|rely|depends?|depended|others?|others’|rents?|hosts?)\b",
    re.IGNORECASE,
)
NUMBERS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), start=1
    )
}
ORDINALS = {
    word: number
    for number, word in enumerate("first second third fourth fifth sixth".split(), start=1)
}

# Words that begin a heading rather than a sentence.
TOPIC = re.compile(
    r"^(an? |the )?((market|executive|company|industry|competitive|financial) )?"
    r"(overview|introduction|background|summary|agenda|conclusions?|appendix|next steps"
    r"|key (takeaways|messages|findings|points)|analysis|context|recommendations?)\b"
    r"( (of|on|for|to)\b.*)?$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w’'-]+")


def words_of(line: str) -> list[str]:
    """The words of a line in lower case, with apostrophes as they are printed."""
    return [word.replace("'", "’") for word in _WORD.findall(line.casefold())]


def is_topic(line: str) -> bool:
    """Whether a line names a topic and says nothing about it; in doubt it says something."""
    words = words_of(line)
    if TOPIC.match(line.strip().rstrip(".")):
        return True
    if "?" in line or any(word in SURE or word.endswith("n’t") for word in words):
        return False
    if any(word.endswith(("’s", "’re", "’ve")) for word in words[:1]):  # It’s, They’re
        return False
    if len(words) >= SENTENCE_WORDS and any(word in MAYBE for word in words[1:]):
        return False
    looks_like_one = any(re.search(r"(ed|[^su’]s)$", word) for word in words[1:])
    return not (len(words) >= LONG_WORDS and looks_like_one)


def count_of(word: str) -> int | None:
    """The number that a word or digits stand for; None if neither."""
    return int(word) if word.isdigit() else NUMBERS.get(word.casefold())
