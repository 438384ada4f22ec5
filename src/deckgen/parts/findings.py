"""The analysis in sentences: who meets what, who depends on whom. Titles are made of these.

A sentence says no more than the outline does: an inference is called one, and silence of
the sources is never told as a lack.
"""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.outline import Criterion, Dependency, Group, Member, Outline
from deckgen.source import list_words, number_word

LONG_NAMES = 80  # characters of listed names, from which a count takes their place


def count_met(
    outline: Outline, member: Member, criteria: Sequence[Criterion], inferred: bool = False
) -> int:
    """How many criteria a member meets by the sources' word, or also by inference."""
    standings = [outline.standing(member, criterion) for criterion in criteria]
    return sum(s.state == "met" and (inferred or not s.inference) for s in standings)


def all_criteria(outline: Outline, criteria: Sequence[Criterion]) -> str:
    """`both criteria`, `all three criteria`, or the only one by its name."""
    labels = outline.labels
    if len(criteria) == 1:
        return f"the {labels.criterion} “{criteria[0].name}”"
    if outline.partial and not any(tier.criteria for tier in outline.tiers):
        names = list_words([f"“{criterion.name}”" for criterion in criteria], "and")
        return f"the {labels.criteria} {names}"  # there may be others
    count = "both" if len(criteria) == 2 else f"all {number_word(len(criteria)).lower()}"
    return f"{count} {labels.criteria}"


def who_meets_all(
    outline: Outline, members: Sequence[Member], criteria: Sequence[Criterion]
) -> str:
    """Who of the members meets all criteria: nobody, some by name, many by count, everyone.

    Where companies are withheld, it does not say that there are no others.
    """
    count, what = len(criteria), all_criteria(outline, criteria)
    stated = [m for m in members if count_met(outline, m, criteria) == count]
    inferred = [
        m for m in members
        if m not in stated and count_met(outline, m, criteria, inferred=True) == count
    ]  # fmt: skip
    if not stated:
        return _nobody(outline, members, criteria, what)
    if len(stated) == len(members) > 1 and not outline.partial:
        every = "Both" if len(members) == 2 else f"All {number_word(len(members)).lower()}"
        return f"{every}{_ranked(outline, members)} meet {what}"
    names = list_words([member.name for member in stated], "and")
    if len(stated) > 3 or len(names) > LONG_NAMES:
        total = number_word(len(members)).lower()
        return f"{number_word(len(stated))} of {total}{_ranked(outline, members)} meet {what}"
    told = f"{names} {'meets' if len(stated) == 1 else 'meet'} {what}"
    if inferred:
        verb = "does" if len(inferred) == 1 else "do"
        return f"{told}; by our inference, so {verb} {_few(inferred)}"
    everyone = len(members) >= len(outline.companies) and not outline.partial
    return f"Only {told}" if len(members) > 1 and everyone else told


def _ranked(outline: Outline, members: Sequence[Member]) -> str:
    """The word for what is ranked, where no group stands among it."""
    grouped = any(isinstance(member, Group) for member in members)
    return "" if grouped else f" {outline.labels.companies}"


def _few(members: Sequence[Member]) -> str:
    if len(members) > 2:
        return f"{number_word(len(members)).lower()} others"
    return list_words([member.name for member in members], "and")


def _nobody(
    outline: Outline, members: Sequence[Member], criteria: Sequence[Criterion], what: str
) -> str:
    met = [count_met(outline, member, criteria) for member in members]
    whom = f"None of these {outline.labels.companies}" if outline.partial else (
        f"No {outline.labels.company}"
    )  # fmt: skip
    told = f"{whom} is stated to meet {what}"
    nearest = [m for m, count in zip(members, met, strict=True) if count == max(met)]
    if max(met) == 0 or len(nearest) > 2:
        return told
    verb = "comes" if len(nearest) == 1 else "come"
    return f"{told}; {_few(nearest)} {verb} closest with {number_word(max(met)).lower()}"


def what_one_has(outline: Outline, member: Member) -> str:
    """What the criteria and the providers say of one member, as a sentence."""
    criteria = outline.defining_criteria()
    met = count_met(outline, member, criteria)
    built = [c for c in criteria if outline.standing(member, c).state == "in build"]
    needs = what_one_needs(outline, member)
    meets, has, stands = (
        ("meet", "have", "stand") if _plural(member) else ("meets", "has", "stands")
    )
    if criteria and met == len(criteria):
        what = all_criteria(outline, criteria)
        number = next((n for n, tier in enumerate(outline.tiers, 1) if tier.criteria), 0)
        tier = f" of {outline.labels.tier} {number}" if number and len(criteria) > 1 else ""
        return f"{member.name} {meets} {what}{tier}"
    total = number_word(len(criteria)).lower()
    of = f"{number_word(met).lower()} of {total} {outline.labels.criteria}"
    if met and needs:
        return f"{member.name} {meets} {of} and {needs}"
    if needs:
        return f"{member.name} {needs}"
    if met:
        return f"{member.name} {meets} {of}"
    if built:
        names = list_words([f"“{criterion.name}”" for criterion in built], "and")
        return f"{member.name} {has} {names} in build"
    rank = outline.tier_number(member.tier)
    place = f"{outline.labels.tier} {rank}, {outline.tiers[rank - 1].name}"
    return f"{member.name} {stands} in {place}"


def _plural(member: Member) -> bool:
    """Whether a verb after the name stands in the plural: groups such as `Day boats`."""
    return isinstance(member, Group) and member.name.endswith("s")


def what_one_needs(outline: Outline, member: Member) -> str:
    """`depends on Alpha for berths and on Beta for tugs`; empty if nothing is told."""
    needs = member.depends_on
    if not needs:
        return ""
    ending = "" if _plural(member) else "s"
    inferred = all(need.inference for need in needs)
    verb = f"appear{ending} to depend" if inferred else f"depend{ending}"
    needs = tuple(n for n in needs if not n.inference) or needs
    if len({need.company for need in needs}) > 3:
        return f"{verb} on {number_word(len({need.company for need in needs})).lower()} others"
    return f"{verb} " + list_words(
        [_from(outline, what, needs) for what in _purposes(needs)], "and"
    )


def _purposes(needs: Sequence[Dependency]) -> list[str]:
    return list(dict.fromkeys(str(need.for_) for need in needs))


def _from(outline: Outline, what: str, needs: Sequence[Dependency]) -> str:
    names = [outline.member(need.company).name for need in needs if need.for_ == what]
    return f"on {list_words(names, 'and')} for {what}"
