"""What sentences say of tiers and criteria, to be held against the analysis.

Only plain statements are read, such as `Meta stands in Tier 1` or `Meta lacks its own
silicon`: a sentence with a condition, a movement or a comparison is left alone, because a
rule that is often wrong is soon silenced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from deckgen import markup
from deckgen.outline import Criterion, Member, Outline
from deckgen.rules.english import NEGATIONS, NOT_NOW, NUMBERS, ORDINALS, count_of
from deckgen.words import clean

_CLAUSE = re.compile(r"[.;:!?]\s|\n|, (?:and|but|while|yet|so|which|who|where) |\s[–—]\s")
_BE = r"(?:is|are|stands?|sits?|ranks?|belongs?|remains?|stays?|counts?)"
_HAS = r"(?:has|have|owns?|meets?|holds?|controls?|fulfils?)"
_LACKS = r"(?:lacks?|ha(?:s|ve) no|do(?:es)? not (?:have|own|meet)|ha(?:s|ve) neither|is without)"
_BETWEEN = r"(?:\s+[\w’-]+){0,2}?"


class Placed(Struct, frozen=True):
    """A sentence that puts a member into a tier."""

    member: Member
    tier: int
    words: str


class Counted(Struct, frozen=True):
    """A sentence that counts: how many of what; `tier` is 0 where the tiers are counted."""

    number: int
    tier: int
    words: str


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
        self._by_name: dict[str, Member] = {}
        for member in outline.everyone:
            for name in (member.name, member.short, *getattr(member, "aliases", ())):
                if name:
                    self._by_name[clean(name)] = member
        names = "|".join(_escaped(self._by_name))
        one = rf"(?:{names})(?:’s place)?" if names else r"(?!)"
        self._names = rf"(?<!\w)(?P<names>{one}(?:(?:,| and|, and)\s{one})*)(?!\w)"
        self._name = re.compile(rf"(?<!\w)(?:{names})(?!\w)" if names else r"(?!)")
        noun = re.escape(outline.labels.tier)
        digits = r"(?P<digits>\d+|" + "|".join(NUMBERS) + ")"
        ordinals = r"(?P<ordinal>" + "|".join(ORDINALS) + ")"
        called = "|".join(
            _escaped(name for t in outline.tiers for name in (t.name, t.short) if name)
        )
        self._tier = (
            rf"(?:(?i:(?<!\w){noun}\s{digits}(?!\w)|(?<!\w){ordinals}\s{noun}(?!\w))"
            rf"|(?<!\w)(?P<called>{called or '(?!)'})(?!\w))"
        )
        members = f"{re.escape(outline.labels.companies)}|members|firms|players"
        self._placing = [
            re.compile(rf"{self._names}\s{_BE}(?:\s(?:now|also|both|itself))?"
                       rf"\s(?:(?:in|at|on|of|among|a|an|the)\s)*{self._tier}"),
            re.compile(rf"{self._names}\s\(?(?:in\s)(?:the\s)?{self._tier}"),
            re.compile(rf"{self._names}\s\({self._tier}\)"),
        ]  # fmt: skip
        counts = r"(?P<count>\d+|" + "|".join(NUMBERS) + ")"
        self._counting = re.compile(
            rf"(?<!\w)(?<!of )(?i:{counts})\s(?:{members})\s(?:\w+\s)?"
            rf"(?:in|of|at)\s(?:the\s)?{self._tier}"
        )
        tiers = re.escape(outline.labels.tiers)
        self._count_tiers = re.compile(rf"(?<!\w)(?<!of )(?i:{counts})\s(?i:{tiers})(?!\w)")
        self._criteria = [
            (criterion, re.compile(rf"(?i:(?<!\w){_whole(criterion.name)}(?!\w))"))
            for criterion in outline.criteria
        ]
        self._credits = re.compile(rf"{self._names}\s(?P<verb>{_LACKS}|{_HAS}){_BETWEEN}\s*$")

    def clauses(self, words: str) -> list[str]:
        """The parts of a text that each say one thing."""
        return _CLAUSE.split(clean(markup.plain(words)))

    def placed(self, words: str) -> Iterator[Placed]:
        """What a text says of who stands in which tier."""
        for clause in self.clauses(words):
            if NEGATIONS.search(clause) or NOT_NOW.search(clause):
                continue
            tiers = {self._rank(match) for match in re.finditer(self._tier, clause)}
            for pattern in self._placing if len(tiers) == 1 else ():
                for match in pattern.finditer(clause):
                    tier = self._rank(match)
                    for name in self._name.findall(match["names"]) if tier else ():
                        yield Placed(self._by_name[name], tier, match[0])

    def counted(self, words: str) -> Iterator[Counted]:
        """What a text says of how many stand in a tier, and how many tiers there are."""
        for clause in self.clauses(words):
            for match in self._counting.finditer(clause):
                number, tier = count_of(match["count"]), self._rank(match)
                if number and tier:
                    yield Counted(number, tier, match[0])
            for match in self._count_tiers.finditer(clause):
                number = count_of(match["count"])
                if number:
                    yield Counted(number, 0, match[0])

    def tested(self, words: str) -> Iterator[Tested]:
        """What a text says of who meets which criterion."""
        for clause in self.clauses(words):
            for criterion, pattern in self._criteria:
                for found in pattern.finditer(clause):
                    match = self._credits.search(clause[: found.start()])
                    if match is None:
                        continue
                    lacks = re.fullmatch(_LACKS, match["verb"]) is not None
                    rest = clause.replace(match["verb"], "", 1).replace(found[0], "", 1)
                    if NEGATIONS.search(rest) or NOT_NOW.search(rest):
                        continue
                    for name in self._name.findall(match["names"]):
                        said = f"{match[0].strip()} {found[0]}"
                        yield Tested(self._by_name[name], criterion, not lacks, said)

    def _rank(self, match: re.Match[str]) -> int:
        """The tier that a match names, from 1; 0 if the analysis has none such."""
        digits, ordinal, called = match["digits"], match["ordinal"], match["called"]
        if called:
            for number, tier in enumerate(self.outline.tiers, start=1):
                if called in (clean(tier.name), clean(tier.short)):
                    return number
        number = ORDINALS[ordinal.casefold()] if ordinal else count_of(digits or "") or 0
        return number if number <= len(self.outline.tiers) else 0


def _escaped(names: object) -> list[str]:
    """Names as expressions, the longest first, with any space for a space."""
    found = {clean(str(name)) for name in names}  # type: ignore[attr-defined]
    return [_whole(name) for name in sorted(found, key=lambda name: (-len(name), name))]


def _whole(name: str) -> str:
    return r"\s+".join(re.escape(word) for word in clean(name).split())
