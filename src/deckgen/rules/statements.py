"""What sentences say of tiers and criteria, to be held against the analysis.

Only plain statements are read, such as `Meta stands in Tier 1` or `Meta lacks custom silicon`:
a clause that begins with the companies it speaks of and ends with what it says of them. A
question, a quotation, a plan, a comparison is left alone, because a rule that is often wrong
is soon silenced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from deckgen import markup
from deckgen.outline import Criterion, Member, Outline
from deckgen.rules.english import (
    ATTRIBUTED,
    NEGATIONS,
    NOT_NOW,
    NUMBERS,
    ORDINALS,
    count_of,
)
from deckgen.words import clean

_SENTENCE = re.compile(r"(?<=[;!?])\s|\n|(?<=[^\W\d_]{2}[.])\s(?=[A-Z“])")
_CLAUSE = re.compile(r":\s|, (?:and|but|while|yet|so|which|who|where) |\s[–—]\s")
_BE = r"(?:is|are|stands?|sits?|ranks?|belongs?|remains?|stays?|counts?)"
_BY = r"(?:\s(?:now|also|both|itself|still|today))?"
_HAS = r"(?:has|have|owns?|meets?|holds?|controls?|fulfils?)"
_LACKS = r"(?:lacks?|ha(?:s|ve) no|do(?:es)?(?: not|n’t) (?:have|own|meet)|is without)"
_ITS = r"(?:\s(?:its own|their own|its|their|the|a|an))?"
_FIRST = r"^(?:(?:And|But|Today|Now|Still|Both|Only|So)\,?\s)?"
# What may follow a statement; a noun would make another thing of its last word.
_END = (
    r"(?=\s*(?:$|[,;:.!)]|(?:and|but|while|because|since|as|so|too|already|today|now|on its own"
    r"|of its own|of their own)\b))"
)
_LIST_MARK = r"\s*(?::|\s[–—-])\s*"


class Placed(Struct, frozen=True):
    """A sentence that puts a member into a tier."""

    member: Member
    tier: int
    words: str


class Counted(Struct, frozen=True):
    """A sentence that counts: how many of what; `tier` is 0 where the tiers are counted.

    It says that there are no others if it begins with `only`.
    """

    number: int
    tier: int
    words: str
    only: bool = False


class Tested(Struct, frozen=True):
    """A sentence that credits a member with a criterion, or denies it."""

    member: Member
    criterion: Criterion
    has: bool
    words: str


class Grammar:
    """Finds statements in texts about one analysis."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self._noun = outline.labels.tier.casefold()
        self._by_name: dict[str, Member] = {}
        for member in outline.everyone:
            for name in (member.name, member.short, *getattr(member, "aliases", ())):
                if name:
                    self._by_name[clean(name)] = member
        names = "|".join(_escaped(self._by_name)) or r"(?!)"
        one = rf"(?:{names})"
        several = rf"(?:{one}(?:,\s{one})*,?\sand\s{one}|{one})"
        self._name = re.compile(rf"(?<!\w){one}(?!\w)")
        noun = re.escape(outline.labels.tier)
        digits = rf"(?P<digits>\d+|{'|'.join(NUMBERS)})"
        ordinals = rf"(?P<ordinal>{'|'.join(ORDINALS)})"
        named = [name for tier in outline.tiers for name in (tier.name, tier.short) if name]
        called = "|".join(_escaped(named)) or r"(?!)"
        tier = (
            rf"(?:(?i:{noun}[\s-]{digits}(?!\w)|{ordinals}\s{noun}(?!\w))"
            rf"|(?P<called>{called})(?!\w))"
        )
        things = "|".join(
            (re.escape(outline.labels.companies), re.escape(outline.labels.company), "members",
             "firms", "players")
        )  # fmt: skip
        thing = rf"(?:\s(?:{things}))?"
        where = r"(?:(?:in|at|on|of|to|among|a|an|the)\s)*"
        subject = rf"(?P<names>{several})(?:’s place)?"
        self._placing = [
            re.compile(rf"{_FIRST}{subject}\s{_BE}{_BY}\s{where}{tier}{thing}{_END}"),
            re.compile(rf"{_FIRST}{subject}\sin\s(?:the\s)?{tier}(?!\w|\sand\b)"),
            re.compile(rf"(?<!\w)(?P<names>{one})\s\({tier}\)"),
        ]
        commas = rf"(?P<names>{one}(?:(?:,\s|,?\sand\s){one})*)"
        self._listing = [
            re.compile(rf"^{tier}{thing}{_LIST_MARK}{commas}\.?$"),
            re.compile(rf"^(?P<names>{one}){_LIST_MARK}{tier}\.?$"),
        ]
        self._tier_alone = re.compile(rf"^(?:the\s)?{tier}$")
        counts = rf"(?i:(?P<only>only\s|just\s)?(?:all\s|the\s)?(?P<count>\d+|{'|'.join(NUMBERS)}))"
        apart = r"(?!\s(?:of|for|and|or|to|below|above|more)\b|\w)"
        self._counting = [
            re.compile(
                rf"^{counts}\s(?:{things})\s(?:\w+\s)?(?:in|of|at)\s(?:the\s)?{tier}{apart}"
            ),
            re.compile(rf"^{counts}\s(?i:{re.escape(outline.labels.tiers)}){apart}"),
        ]
        self._credits = [
            (
                criterion,
                re.compile(
                    rf"{_FIRST}{subject}\s(?P<verb>{_LACKS}|{_HAS}){_ITS}\s"
                    rf"(?i:{_criterion(criterion.name)}){_END}"
                ),
            )
            for criterion in outline.criteria
        ]

    def _sentences(self, words: str) -> list[str]:
        """The sentences of a text that state something of the analysis."""
        if self._noun not in words.casefold() and not any(map(words.__contains__, self._by_name)):
            return []
        sentences = _SENTENCE.split(clean(markup.plain(words)).replace("'", "’"))
        return [sentence for sentence in sentences if not ATTRIBUTED.search(sentence)]

    def _clauses(self, words: str) -> Iterator[str]:
        """The parts of a text that each state one thing, of now."""
        for sentence in self._sentences(words):
            for clause in _CLAUSE.split(sentence):
                if not NOT_NOW.search(clause):
                    yield clause

    def placed(self, words: str) -> Iterator[Placed]:
        """What a text says of who stands in which tier."""
        found = [
            match for sentence in self._sentences(words)
            for pattern in self._listing for match in pattern.finditer(sentence)
        ]  # fmt: skip
        for clause in self._clauses(words):
            if not NEGATIONS.search(clause):
                found += [m for pattern in self._placing for m in pattern.finditer(clause)]
        for match in found:
            tier = self._rank(match)
            for name in self._name.findall(match["names"]) if tier else ():
                yield Placed(self._by_name[name], tier, match[0])

    def placed_in_row(self, cells: Iterable[str]) -> Iterator[Placed]:
        """What a table's row says: a cell that is a name, and one that is a tier."""
        texts = [clean(markup.plain(cell)) for cell in cells]
        members = [self._by_name[text] for text in texts if text in self._by_name]
        tiers = [match for text in texts if (match := self._tier_alone.match(text))]
        if len(members) == len(tiers) == 1 and self._rank(tiers[0]):
            words = f"{members[0].name}: {tiers[0][0]}"
            yield Placed(members[0], self._rank(tiers[0]), words)

    def counted(self, words: str) -> Iterator[Counted]:
        """What a text says of how many stand in a tier, and how many tiers there are."""
        for clause in self._clauses(words):
            if NEGATIONS.search(clause):
                continue
            for pattern in self._counting:
                for match in pattern.finditer(clause):
                    number = count_of(match["count"])
                    tier = self._rank(match) if "digits" in match.groupdict() else 0
                    if number and (tier or pattern is self._counting[1]):
                        yield Counted(number, tier, match[0], bool(match["only"]))

    def tested(self, words: str) -> Iterator[Tested]:
        """What a text says of who meets which criterion."""
        for clause in self._clauses(words):
            for criterion, pattern in self._credits:
                for match in pattern.finditer(clause):
                    lacks = re.fullmatch(_LACKS, match["verb"]) is not None
                    if NEGATIONS.search(clause.replace(match["verb"], "", 1)):
                        continue
                    for name in self._name.findall(match["names"]):
                        yield Tested(self._by_name[name], criterion, not lacks, match[0])

    def _rank(self, match: re.Match[str]) -> int:
        """The tier that a match names, from 1; 0 if the analysis has none such."""
        digits, ordinal, called = match["digits"], match["ordinal"], match["called"]
        if called:
            for number, tier in enumerate(self.outline.tiers, start=1):
                if called in (clean(tier.name), clean(tier.short)):
                    return number
        number = ORDINALS[ordinal.casefold()] if ordinal else count_of(digits or "") or 0
        return number if number <= len(self.outline.tiers) else 0


def _criterion(name: str) -> str:
    """A criterion's name; `own` before it may be part of `its own`."""
    words = clean(name).split()
    whole = r"\s+".join(re.escape(word) for word in words)
    if len(words) > 1 and words[0].casefold() == "own":
        return rf"(?:{whole}|(?<=own\s){whole.partition('+')[2]})"
    return whole


def _escaped(names: Iterable[str]) -> list[str]:
    """Names as expressions, the longest first, with any space for a space."""
    found = sorted({clean(name).replace("'", "’") for name in names}, key=lambda n: (-len(n), n))
    return [r"\s+".join(re.escape(word) for word in name.split()) for name in found]
