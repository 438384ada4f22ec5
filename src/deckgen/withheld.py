"""What an audience does not get: outlines go in, notes on them and `Withheld` texts come out.

Withheld is every text, name, id and number of the outline as anyone gets it that stands
nowhere in the outline as this audience gets it. The finished file is searched for them.
A company that is withheld must not be named in what is left either: that is told here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from deckgen import markup
from deckgen.audience import Audience
from deckgen.fields import Part, part_fields, slug
from deckgen.outline import Claim, Company, Dependency, Member, Outline, parts_within
from deckgen.source import Id, Mark, MarkedText, Problem, Text, Withheld
from deckgen.words import clean, fold, has_slug, has_words, name_pattern, slug_words


class Found(Struct, frozen=True):
    """A text, an id or a number of an outline, and the key at which it stands."""

    value: Text | float
    mark: Mark
    key: str


class Everything(Struct, frozen=True):
    """What stands in an outline as anyone gets it, or is said of audiences; each thing once."""

    members: tuple[Member, ...]
    words: tuple[Withheld, ...]


def gather(outlines: Iterable[Outline], audiences: Iterable[Audience]) -> Everything:
    """All that may be withheld from somebody."""
    parts: list[Part] = [*outlines, *audiences]
    members = {
        (member.id, *names_of(member)): member
        for part in parts if isinstance(part, Outline)
        for member in part.everyone
    }  # fmt: skip
    found = {(f.mark, f.value): f for part in parts for f in values_in(part)}
    words = {(w.form, w.words): w for f in found.values() for w in _as_withheld(f)}
    return Everything(tuple(members.values()), tuple(words.values()))


def find_withheld(seen: Outline, everything: Everything) -> tuple[Withheld, ...]:
    """What there is and does not stand in `seen`.

    Words within longer ones that the audience gets are no secret, but names are.
    """
    granted = _Granted(seen)
    here = {member.id for member in seen.everyone}
    names = [
        Withheld(name, name_mark(member, name), "name", tuple(_longer(member, granted.names)))
        for member in everything.members if member.id not in here
        for name in names_of(member)
    ]  # fmt: skip
    return (*names, *(one for one in everything.words if not granted.holds(one)))


def _as_withheld(found: Found) -> Iterator[Withheld]:
    if isinstance(found.value, Id):
        path = found.mark.path.removesuffix(".id")
        if found.key == "id" and "." in path:
            yield Withheld(path, found.mark, "path")
    elif isinstance(found.value, Text):
        yield Withheld(markup.plain(found.value), found.mark)
        for run in markup.parse(found.value) if "](" in found.value else ():
            if run.link and not run.link.target.startswith("#"):
                yield Withheld(run.link.target, found.mark)
    else:
        yield Withheld(_digits(found.value), found.mark, "number")


def _digits(number: float) -> str:
    """A number in plain digits, as it is written in a chart."""
    return f"{Decimal(repr(number)).normalize():f}"


class _Granted:
    """All that an audience gets by right; the words that deckgen itself uses as well."""

    def __init__(self, outline: Outline) -> None:
        self.names = [name for member in outline.everyone for name in names_of(member)]
        self.paths, self.numbers = set(), set()
        texts = [getattr(outline.labels, name) for name in outline.labels.__struct_fields__]
        texts = [text for text in texts if isinstance(text, Text)]
        for found in values_in(outline):
            if isinstance(found.value, Id):
                self.paths.add(found.mark.path.removesuffix(".id"))
            elif isinstance(found.value, Text):
                texts.append(found.value)
            else:
                self.numbers.add(_digits(found.value))
        self.texts = {fold(form) for text in texts for form in (text, markup.plain(text))}
        self.words = "\n".join(sorted(self.texts))

    def holds(self, one: Withheld) -> bool:
        if one.form == "path":
            return one.words in self.paths
        if one.form == "number" and one.words in self.numbers:
            return True
        words = fold(one.words)
        return words in self.texts or has_words(self.words, words)


def values_in(part: Part) -> Iterator[Found]:
    """Every text, id and number in a part, at any depth; a default has no mark and is none."""
    for field in part_fields(type(part)).values():
        if field.name in ("kind", "audiences"):
            continue  # a word of deckgen's own; and what is said of audiences is for no deck
        yield from _values_of(getattr(part, field.name), field.key, part.mark)


def _values_of(value: object, key: str, mark: Mark) -> Iterator[Found]:
    if isinstance(value, Text):
        if value and value.mark.line:
            yield Found(value, value.mark, key)
    elif isinstance(value, Part):
        yield from values_in(value)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _values_of(inner, key, mark)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _values_of(inner, key, mark)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield Found(float(value), mark, key)


# -- names -----------------------------------------------------------------------------


def names_of(member: Member) -> list[str]:
    """What a company or group is called."""
    return [markup.plain(name) for name in _names(member)]


def name_mark(member: Member, name: str) -> Mark:
    """Where a name of a company or group is written."""
    return next((text.mark for text in _names(member) if markup.plain(text) == name), member.mark)


def _names(member: Member) -> list[Text]:
    aliases = member.aliases if isinstance(member, Company) else ()
    return [name for name in (member.name, member.short, *aliases) if name]


def _gone(outline: Outline, seen: Outline) -> list[Member]:
    """The members of an outline that another does not have."""
    here = {member.id for member in seen.everyone}
    return [member for member in outline.everyone if member.id not in here]


def find_mentions(seen: Outline, full: Outline, who: str) -> Iterator[Problem]:
    """A problem for each text of `seen` that names a member of `full` which it does not have.

    So does an id that is made from its name: ids stand in the names of shapes.
    """
    gone = _gone(full, seen)
    if not gone:
        return
    ours = [name for member in seen.everyone for name in names_of(member)]
    patterns = [(member, name_pattern(names_of(member), _longer(member, ours))) for member in gone]
    our_slugs = sorted({slug(name) for name in ours}, key=len, reverse=True)
    for found in values_in(seen):
        if isinstance(found.value, Id):
            # Ids that authors give to slides and entries stand in the names of shapes.
            if found.key == "id" and found.mark.path.startswith("slides.") and (
                found.mark.path.endswith(".id")
            ):  # fmt: skip
                yield from _mentions_in_id(found, gone, our_slugs, who)
        elif isinstance(found.value, Text):
            yield from _mentions_in_text(found, patterns, who)


def _mentions_in_id(
    found: Found, gone: Sequence[Member], ours: Sequence[str], who: str
) -> Iterator[Problem]:
    rest = "-".join(slug_words(str(found.value)))
    for name in ours:
        rest = f"-{rest}-".replace(f"-{name}-", "--").strip("-")
    for member in gone:
        if any(has_slug(rest, name) for name in (str(member.id), *names_of(member))):
            yield _mention(found, str(found.value), member, who)


def _mentions_in_text(
    found: Found, patterns: Sequence[tuple[Member, re.Pattern[str]]], who: str
) -> Iterator[Problem]:
    text = str(found.value)
    words = clean(markup.plain(text))
    links = markup.parse(text) if "](" in text else ()
    addresses = [run.link.target for run in links if run.link]
    addresses += [text] if found.key == "url" else []
    for member, pattern in patterns:
        hit = next((match[1] for match in pattern.finditer(words) if match[1]), "")
        for address in addresses:
            if any(has_slug(address, name) for name in names_of(member)):
                hit = hit or address
        if hit:
            yield _mention(found, hit, member, who)


def _mention(found: Found, words: str, member: Member, who: str) -> Problem:
    same = words.casefold() == member.name.casefold()
    told = f"{'this' if same else f'“{words}”'} names {member.name}, which is withheld from {who}"
    return Problem(found.mark, told, "reword it for this audience, or withhold it too")


def _longer(member: Member, names: Sequence[str]) -> list[str]:
    """Those of `names` that hold a name of the member's."""
    own = names_of(member)
    return [other for other in names if any(name in other and name != other for name in own)]


# -- the control ----------------------------------------------------------------------


def scramble(value: Any, found: Sequence[Withheld]) -> Any:
    """An outline in which other words and numbers stand in all places of those found; ids stay."""
    marks = {one.mark for one in found}
    words = {fold(one.words) for one in found}
    return _scramble(value, marks, words)


def _scramble(value: Any, marks: set[Mark], words: set[str]) -> Any:
    if isinstance(value, Text):
        told = value.mark in marks or fold(markup.plain(value)) in words
        if not (told and value.mark.line) or isinstance(value, Id):
            return value  # nothing was found in it, or the word is deckgen's own
        other = f"Zq{value.mark.line}x{value.mark.column}"
        if isinstance(value, MarkedText):
            return MarkedText(other, value.mark, value.only, value.not_)
        return Text(other, value.mark)
    if isinstance(value, Part):
        names = [name for name in value.__struct_fields__ if name != "mark"]
        return replace(value, **{n: _scramble(getattr(value, n), marks, words) for n in names})
    if isinstance(value, tuple):
        return tuple(_scramble(inner, marks, words) for inner in value)
    if isinstance(value, dict):
        return {key: _scramble(inner, marks, words) for key, inner in value.items()}
    if isinstance(value, float) and _digits(value) in words:
        return value + 0.0625
    return value


# -- what is withheld and told all the same ------------------------------------------------

_TELLING = 4  # words, from which a repetition is hardly by chance


def find_repeats(seen: Outline, full: Outline, who: str) -> tuple[str, ...]:
    """A notice for each text of `seen` that repeats what marks in `full` withhold.

    It is no mistake, since these words are given by right; but hardly what was meant. What is
    for others `only` may be a longer form of the same.
    """
    taken = {slide.id for slide in seen.slides}
    slides = tuple(slide for slide in full.slides if slide.id in taken or slide.not_)
    ours = {found.mark: found.value for found in values_in(seen) if _is_telling(found)}
    told = {fold(markup.plain(text)): mark for mark, text in ours.items() if isinstance(text, Text)}
    all_told = "\n".join(told)
    notices = []
    for found in values_in(replace(full, slides=slides)):
        if not _is_telling(found) or found.mark in ours or not isinstance(found.value, Text):
            continue
        words = fold(markup.plain(found.value))
        if has_words(all_told, words):
            at = next(mark for text, mark in told.items() if has_words(text, words))
            what = f"this tells what line {found.mark.line} withholds from {who}"
            notices.append(f"{at}: {what}; withhold it here as well, if it is to be withheld")
    return tuple(notices)


def _is_telling(found: Found) -> bool:
    text = isinstance(found.value, Text) and not isinstance(found.value, Id)
    return text and len(str(found.value).split()) >= _TELLING


# -- what is left ---------------------------------------------------------------------


def note_withheld(full: Outline, seen: Outline) -> Outline:
    """The outline with a note on each member of which something is withheld.

    Who has lost a dependant, by its company's going or its own, has lost something too.
    Where only inferences are withheld the sources are silent, and one may say so.
    """
    before = {member.id: member for member in (*full.companies, *full.groups)}
    marks = {dependency.mark for _, dependency in _dependencies(seen)}
    lost = {
        link.company for _, link in _dependencies(full)
        if link.mark not in marks and not link.inference
    }  # fmt: skip

    def noted(member: Member) -> Member:
        old = before[member.id]
        fewer = {
            name for name in ("depends_on", "bet", "exposure")
            if _count_stated(getattr(old, name, ())) != _count_stated(getattr(member, name, ()))
        }  # fmt: skip
        fewer |= {"dependants"} if member.id in lost else set()
        fewer |= {"criteria"} if len(old.criteria) != len(member.criteria) else set()
        return replace(member, withheld=frozenset(fewer)) if fewer else member

    companies = tuple(noted(company) for company in seen.companies)
    groups = tuple(noted(group) for group in seen.groups)
    partial = (
        len(companies) + len(groups) < len(before)
        or len(seen.criteria) < len(full.criteria)
        or len(marks) < len(_dependencies(full))
        or len(drop_lone_sources(full, seen).sources) < len(full.sources)
    )
    return replace(seen, companies=companies, groups=groups, partial=partial)


def _count_stated(parts: Sequence[Claim | Dependency]) -> int:
    return sum(not part.inference for part in parts)


def _dependencies(outline: Outline) -> list[tuple[Member, Dependency]]:
    return [(member, link) for member in outline.everyone for link in member.depends_on]


def drop_lone_sources(full: Outline, seen: Outline) -> Outline:
    """The outline without the sources that only withheld parts name.

    One that nothing in the whole outline names was meant to be listed: it stays.
    """
    before, after = _cited(full), _cited(seen)
    kept = tuple(s for s in seen.sources if s.id in after or s.id not in before)
    return seen if len(kept) == len(seen.sources) else replace(seen, sources=kept)


def _cited(outline: Outline) -> set[str]:
    return {id for part in parts_within(outline) for id in getattr(part, "source", ())}
