"""What the rules know of English: whether a line has a verb, hedges, negations, number words."""

from __future__ import annotations

import re

# Words that are verbs in a title whatever stands around them: a line with one is a sentence.
_SURE = """
    am is are was were be been isn’t aren’t wasn’t weren’t has have had hasn’t haven’t does do did
    doesn’t don’t didn’t can cannot can’t could may might must shall should will would won’t
    became become becomes began begin begins bought bring brings brought builds built came choose
    chooses chose come comes decide decides decided depend depends depended determine determines
    draw draws drew drive drives drove earn earns earned enable enables exceed exceeds expect
    expects explain explains fall falls fell feed feeds fed fills find finds found follow follows
    force forces gain gains gave get gets give gives go goes grew grow grows happen happens hide
    hides hold holds keep keeps kept know knows knew lag lags lean leans leave leaves lie lies lost
    lose loses made make makes mean means meant meet meets met move moves offset offsets owe owes
    own owns pay pays paid raise raises reach reaches remain remains require requires rest rests
    rise rises rose ran said saw say says see sees seem seems sell sells sold send sends serve
    serves shrink shrinks sit sits slow slows spend spends stand stands stay stays stop stops take
    takes took tell tells told threaten threatens turn turns want wants widen widens win wins won
    works write writes wrote
"""
SURE = frozenset(_SURE.split())
# Verbs that are as often nouns: verbs if an object follows that no noun has behind it.
_OBJECT = (
    r"(?:the|a|an|our|its|their|his|her|your|all|every|each|no|half|what|who|how|more|most|less|both"
    r"|only|us|them|it|nothing|everything)"
)
_ACTS = re.compile(rf"\w{{3,}}(?:s|ed)?\s{_OBJECT}\b", re.IGNORECASE)
# Nouns that head a page: a line that holds one, and no verb, is a topic.
_HEADINGS = """
    agenda analysis analyses appendix approach aspects assessment background basics benchmark
    benchmarks breakdown case cases categories challenges characteristics comparison competition
    competitors components conclusion conclusions considerations context criteria definition
    definitions dependencies description details developments dimensions drivers dynamics evaluation
    facts factors features figures findings forces forecast framework goals governance highlights
    history implications information introduction investments issues landscape learnings lessons
    levers measures methodology metrics milestones mix model models objectives observations
    opportunities options outlook overview performance perspective pipeline plan players positioning
    principles priorities process profile profiles questions ranking ratios recap recommendation
    recommendations requirements results returns review risks roadmap scenarios scope segmentation
    segments share sources statistics status steps strategy strengths structure summary takeaways
    targets team themes timeline timing topics trends update value weaknesses
"""
HEADINGS = frozenset(_HEADINGS.split())
# Openings after which even a line that we find no verb in is a sentence.
_OPENS = re.compile(r"(?:we|our|everything|everyone|nobody|nothing|let|it)\b", re.IGNORECASE)
# Pairs in which a verb is a noun.
_PAIRS = re.compile(
    r"\b(?:use cases?|work ?(?:plan|streams?)|business cases?|market share|run[ -]rate|who is who"
    r"|make[ -]or[ -]buy|build[ -]or[ -]buy|set of|go[ -]to[ -]market|must[ -]haves?)\b",
    re.IGNORECASE,
)
# Headings of other languages, as a line's first or last word.
FOREIGN_HEADINGS = {
    "de": frozenset(
        """agenda analyse anhang ausblick ausgangslage einführung einleitung empfehlungen ergebnisse
        executive fazit hintergrund marktanalyse marktüberblick methodik risiken rückblick schritte
        trends überblick wettbewerb zusammenfassung""".split()
    ),
    "fr": frozenset(
        """agenda analyse annexe annexes aperçu bilan conclusion conclusions contexte enjeux étapes
        introduction méthodologie perspectives recommandations résultats risques sommaire synthèse
        tendances""".split()
    ),
}
LONG_TITLE = 10  # words, from which on an English line is taken for a sentence
SHORT_TITLE = 6  # words, beyond which a title of another language is taken for a sentence

HEDGES = re.compile(
    r"\b(probably|presumably|apparently"
    r"|(?:is|are|was|were|most|very|more) likely|likely (?:to|that)"
    r"|we (?:infer|think|believe|assume|expect)"
    r"|(?:our|in our) (?:reading|view|guess|inference|estimate)"
    r"|(?:seems?|appears?) to|must be because|may well)\b",
    re.IGNORECASE,
)
# Somebody else's words: who says so is said.
ATTRIBUTED = re.compile(
    r"\b(says?|said|saying|writes?|wrote|according to|per|quot(?:e|es|ed)|stat(?:es|ed)|reports?"
    r"|reported|claims?|claimed|argues?|argued|believes|thinks|expects|warns?|warned|forecasts?"
    r"|predicts?|estimates|told|suggests?|suppose|imagine|considered|wrong)\b|[“”\"?]|’\s",
    re.IGNORECASE,
)
NEGATIONS = re.compile(
    r"\b(no|not|never|nor|neither|none|nobody|nothing|without|lacks?|lacking|cannot|isn’t|doesn’t"
    r"|don’t|hasn’t|haven’t|silent|missing)\b",
    re.IGNORECASE,
)
# What makes a sentence speak of something else than what is so now.
NOT_NOW = re.compile(
    r"\b(from|towards?|if|unless|could|may|might|would|will|wants?|plans?|planned|until|once|was"
    r"|were|used to|became|becomes?|moves?|moved|builds?|building|in build|below|above|than"
    r"|almost|nearly|relies|relied|rely|depends?|depended|others?|others’|rents?|hosts?|unlike"
    r"|last|next|previous|former|formerly|sold|sells|ago|(?:19|20)\d\d)\b",
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
_WORD = re.compile(r"[\w’'-]+")


def words_of(line: str) -> list[str]:
    """The words of a line in lower case, with apostrophes as they are printed."""
    return [word.replace("'", "’") for word in _WORD.findall(line.casefold())]


def is_topic(line: str) -> bool:
    """Whether an English line names a topic and says nothing about it; in doubt it does."""
    words = words_of(line)
    if len(words) >= LONG_TITLE or "?" in line or _OPENS.match(line):
        return False
    if not HEADINGS.intersection(words) or len(words_of(line.partition(":")[2])) > 1:
        return False  # what follows a colon says something
    rest = _PAIRS.sub(" ", line)
    verbs = words_of(rest)[1:]  # a line begins with a verb only in the imperative
    if any(word in SURE or word.endswith("n’t") for word in verbs):
        return False
    return not _ACTS.search(rest)


def is_foreign_topic(line: str, language: str) -> bool:
    """Whether a line of another language is a heading; False where its headings are not known."""
    words = words_of(line)
    headings = FOREIGN_HEADINGS.get(language, frozenset())
    return len(words) <= SHORT_TITLE and bool(words) and bool(headings & {words[0], words[-1]})


def count_of(word: str) -> int | None:
    """The number that a word or digits stand for; None if neither."""
    return int(word) if word.isdigit() else NUMBERS.get(word.casefold())
