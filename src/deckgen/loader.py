"""A file to an `Outline` as an audience gets it, or every mistake in it at its line.

`load` goes the whole way: `variants` reads the nodes, `overlay` words them for the
audience, here they become values and are checked, `selection` takes away what is not for
the audience. Mistakes are collected and raised together as one `OutlineError`.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from yaml.nodes import MappingNode, Node, ScalarNode

from deckgen.audience import in_deck_for, name_audience
from deckgen.fields import Part
from deckgen.limits import MOST_PROBLEMS, MOST_SHOWN, MOST_SLIDES
from deckgen.look import TemplateChoice
from deckgen.nodes import describe, entries, find_value, is_null, item_name, join
from deckgen.outline import Company, Dependency, Member, Outline, Slide, with_ids
from deckgen.overlay import as_nodes, name_slides, overlay
from deckgen.reader import Reader, check_references
from deckgen.selection import check_selectors, select
from deckgen.slides import check_slide, kind_names, load_kind
from deckgen.source import Id, OutlineError, Problem, Text, list_words, nearest, shorten
from deckgen.storyline import with_slides
from deckgen.theme import Tokens
from deckgen.themefile import find_theme, open_theme
from deckgen.variables import as_given
from deckgen.variants import Manuscript, open_manuscript, read_manuscript
from deckgen.withheld import (
    Everything,
    find_mentions,
    find_repeats,
    find_withheld,
    gather,
    scramble,
)

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")  # BCP 47, as far as Office


def load(
    path: Path | str, audience: str = "", theme: str = "", *, template: Path | str = "",
    allow_code: bool = False, values: Mapping[str, object] | None = None,
) -> Outline:  # fmt: skip
    """The outline in a file, as an audience gets it. Raises OutlineError with every mistake.

    Without an audience it is what is for nobody in particular; a file that extends an
    outline is an audience by itself. `theme` is a built-in theme or the path of a theme file,
    `template` the path of a company's; each takes the place of the outline's own.
    `allow_code` lets code be run that the outline names. `values` are those of its variables.
    """
    manuscript = open_manuscript(Path(path), as_given(values))
    reading = read_all(manuscript, theme, str(template), allow_code=allow_code)
    return reading.for_audience(audience)


def load_text(
    text: str, file: str = "outline", audience: str = "", *, allow_code: bool = False,
    values: Mapping[str, object] | None = None,
) -> Outline:  # fmt: skip
    """The outline in a text; `file` is the name that messages use."""
    manuscript = read_manuscript(text, file, as_given(values))
    return read_all(manuscript, allow_code=allow_code).for_audience(audience)


class Reading(Struct, frozen=True):
    """An outline as it is worded for each audience (none is ""), before anything is withheld.

    All are read, so that a mistake in any is told, and so that it is known what one of them
    does not get. `selective` tells whether any part says who sees it.
    """

    manuscript: Manuscript
    outlines: dict[str, Outline]
    problems: tuple[Problem, ...]
    selective: bool
    everything: Everything

    def for_audience(self, audience: str) -> Outline:
        """The outline as an audience gets it. Raises OutlineError with every mistake."""
        name = self.manuscript.find_audience(audience)
        whole = self.outlines[name]
        if self.problems:
            raise OutlineError([*self.problems, *_check_storyline(whole)])
        lineage = [variant.audience for variant in self.manuscript.lineage(name)]
        chosen = bool(lineage) or self.selective
        seen, problems = select(whole, lineage) if chosen else (whole, [])
        problems += _check_storyline(seen, sound=not problems)
        problems = in_deck_for(problems, name)
        if chosen:
            problems += find_mentions(seen, whole, name_audience(name))
        if problems:
            raise OutlineError(problems)
        if not (self.manuscript.variants or chosen):
            return seen
        return replace(
            seen,
            withheld=find_withheld(seen, self.everything),
            notices=find_repeats(seen, whole, name_audience(name)),
            control=lambda found: select(scramble(whole, found), lineage)[0],
        )


def read_all(
    manuscript: Manuscript, theme: str = "", template: str = "", *, allow_code: bool = False
) -> Reading:
    """The outline for every audience; those that only choose slides share their wording.

    `theme` and `template` (the path of one) take the place of those that they name.
    `allow_code` lets code be run that the outline names, when a deck is laid out.
    OutlineError if there is something wrong with the theme.
    """
    tokens = open_theme(theme) if theme else None
    code_allowed = time.time_ns() if allow_code else 0
    problems = list(manuscript.problems)
    outlines: dict[str, Outline] = {}
    selective = False
    read: dict[tuple[str, ...], Outline] = {}
    for each in ("", *manuscript.variants):
        worded = manuscript.wording(each)
        if worded not in read:
            reader = Reader()
            whole = _read_whole(manuscript, worded, reader, read.get(()), template)
            whole = replace(whole, code_allowed=code_allowed)
            read[worded] = _with_theme(whole, tokens, reader)
            problems += reader.problems
            selective |= reader.selective
        outlines[each] = read[worded]
        if each and (outlines[each].slides or not problems):  # slides may be derived
            problems += check_selectors(outlines[each], manuscript.variants[each].audience)
    everything = Everything((), ())
    if (manuscript.variants or selective) and not problems:
        audiences = [variant.audience for variant in manuscript.variants.values()]
        everything = gather(read.values(), audiences)
    return Reading(manuscript, outlines, tuple(problems), selective, everything)


def _read_whole(
    manuscript: Manuscript,
    worded: Sequence[str],
    reader: Reader,
    base: Outline | None,
    template: str,
) -> Outline:
    """The outline as audiences word it, before anything is withheld; mistakes are told.

    `base` is the outline as nobody has worded it, once it is read: slides that are derived
    from it may be reworded as if they had been written.
    """
    node = manuscript.root
    changes = [manuscript.variants[name].changes for name in worded]
    if base and not base.slides and any(find_value(change, "slides") for change in changes):
        node = _with_derived(node, base)
    for change in changes:
        node = overlay(node, change, reader)
    outline = _in_template(_read_nodes(node, reader), template)
    known = {
        **_known_ids(node),
        "slide": [str(slide.id) for slide in outline.slides],
        "audience": list(manuscript.variants),
    }
    reader.problems += islice(check_references(reader.references, known), MOST_PROBLEMS)
    reader.problems += check_analysis(outline)
    return outline


def _in_template(outline: Outline, template: str) -> Outline:
    """The outline with another template; layouts and colours that it names stay."""
    if not template:
        return outline
    own = outline.template or TemplateChoice(file=Text(template))
    return replace(outline, template=replace(own, file=Text(template)))


def _with_theme(outline: Outline, tokens: Tokens | None, reader: Reader) -> Outline:
    """The outline with what a theme says: with the one that it names if none is given."""
    if tokens is None:
        opened = find_theme(outline.theme)
        reader.problems += opened.problems
        tokens = opened.tokens
    return replace(outline, tokens=tokens)


def _with_derived(root: MappingNode, base: Outline) -> MappingNode:
    """An outline's nodes with those of the slides that its analysis gives."""
    try:
        slides = as_nodes(with_slides(base).slides, root)
    except (KeyError, StopIteration):  # a reference that leads nowhere, and is told
        return root
    rows = [row for row in root.value if row[0].value != "slides"]
    key = ScalarNode("tag:yaml.org,2002:str", "slides", root.start_mark, root.start_mark)
    return MappingNode(root.tag, [*rows, (key, slides)], root.start_mark, root.end_mark)


def _read_nodes(node: MappingNode, reader: Reader) -> Outline:
    """Read everything but the slides by its type, and each slide by its kind's."""
    slides_node = find_value(node, "slides")
    rows = [(key, value) for key, value in node.value if value is not slides_node]
    rest = MappingNode(node.tag, rows, node.start_mark, node.end_mark)
    outline = reader.read_part(rest, Outline, "", {"title": Text("-")})
    assert outline is not None  # the title is all that an outline must have
    slides = _read_slides(slides_node, reader) if slides_node is not None else ()
    return replace(with_ids(outline), slides=slides)


def _check_storyline(outline: Outline, sound: bool = False) -> list[Problem]:
    """Titles that are missing, and what only the slides' kinds can tell."""
    problems = list(_check_titles(outline))
    for slide in outline.slides:
        try:
            problems += check_slide(slide, outline)
        except (KeyError, StopIteration):
            if sound:  # otherwise it follows a reference that is told already
                raise
    return problems


def _check_titles(outline: Outline) -> Iterator[Problem]:
    for slide in outline.slides:
        if not slide.title and not hasattr(load_kind(slide.kind), "title"):
            yield Problem(slide.mark, "`title` is missing", "say the slide’s message in a sentence")


def _read_slides(node: Node, reader: Reader) -> tuple[Slide, ...]:
    if is_null(node):
        return ()
    if isinstance(node, ScalarNode):
        told = f"`slides` wants a list, not {describe(node)}"
        reader.tell(reader.mark(node, "slides"), told)
        return ()
    slides = []
    items = entries(node)
    if len(items) > MOST_SLIDES:
        told = f"`slides` takes at most {MOST_SLIDES:,} entries, not {len(items):,}"
        reader.tell(reader.mark(items[MOST_SLIDES], "slides"), told)
        items = items[:MOST_SLIDES]
    for item, name in zip(items, name_slides(items), strict=True):
        kind = _kind_of(item, reader, f"slides.{name}")
        if kind is None:
            continue
        slide = reader.read_part(item, load_kind(kind).Fields, f"slides.{name}")
        if slide is not None:
            slides.append(slide if slide.id else replace(slide, id=Id(name, slide.mark)))
    return tuple(slides)


def _kind_of(node: Node, reader: Reader, path: str) -> str | None:
    """The kind that a slide's node names, told if it is missing or unknown."""
    if not isinstance(node, MappingNode):
        reader.tell(
            reader.mark(node, path), f"a slide is a mapping with a `kind`, not {describe(node)}"
        )
        return None
    for key, value in node.value:
        if key.value == "kind" and isinstance(value, ScalarNode):
            if value.value in kind_names():
                return str(value.value)
            told = f"no slide kind is called “{value.value}”"
            reader.tell(
                reader.mark(value, join(path, "kind")), told, nearest(value.value, kind_names())
            )
            return None
    hint = f"it can be: {list_words(kind_names())}"
    reader.tell(reader.mark(node, path), "`kind` is missing", hint)
    return None


def _known_ids(node: Node) -> dict[str, list[str]]:
    """The ids that an outline defines, by kind of part.

    Taken from the nodes, so that a part with a mistake in it still counts as there and
    one mistake is not told twice.
    """
    lists = {"source": "sources", "criterion": "criteria", "tier": "tiers",
             "company": "companies", "group": "groups"}  # fmt: skip
    nodes = {key.value: value for key, value in node.value if isinstance(key, ScalarNode)}
    known: dict[str, list[str]] = {}
    for kind, key in lists.items():
        parts = entries(nodes[key]) if key in nodes else []
        names = [item_name(part, index) for index, part in enumerate(parts)]
        known[kind] = [name for name in names if not name.isdigit()]
        if kind == "tier":
            known[kind] += [str(index + 1) for index in range(len(parts))]
    return known


# -- mistakes that need the whole analysis ------------------------------------


def check_analysis(outline: Outline) -> Iterator[Problem]:
    """Mistakes in what the parts say together."""
    yield from _check_ids(outline)
    yield from _check_names(outline)
    yield from _check_dependencies(outline)
    if outline.template:
        from deckgen.templatefile import check_template  # loaded only for such a deck

        yield from check_template(outline.template)
    if not _LANGUAGE.fullmatch(outline.language):
        told = f"`language` cannot be “{shorten(outline.language)}”"
        yield Problem(outline.language.mark, told, "give a language tag, as in en-US or de")
    labels = outline.labels
    if labels.inference.casefold() in (labels.stated.casefold(), labels.met_state.casefold()):
        told = f"an inference cannot be called “{labels.inference}”, as what is stated is"
        mark = labels.inference.mark if labels.inference.mark.line else labels.mark
        yield Problem(mark, told, "give the two different names")
    yield from _check_size(outline)
    if len(outline.tiers) == 1:
        yield Problem(outline.tiers[0].mark, "one tier ranks nothing", "give two to six tiers")


def _check_size(outline: Outline) -> Iterator[Problem]:
    """The slide with which going through all companies again and again takes too long."""
    showing = [slide for slide in outline.slides if slide.shows_everyone]
    most = MOST_SHOWN // max(1, len(outline.everyone))
    if len(showing) > most:
        told = f"of {len(outline.everyone)} companies and groups a deck takes {most} slides"
        told = f"{told} that show them all, not {len(showing)}"
        yield Problem(showing[most].mark, told, "leave some out")


def _check_ids(outline: Outline) -> Iterator[Problem]:
    for what, parts in (
        ("source", outline.sources), ("criterion", outline.criteria), ("tier", outline.tiers),
        ("company or group", outline.everyone), ("slide", outline.slides),
    ):  # fmt: skip
        seen: dict[str, Part] = {}
        for part in parts:
            first = seen.setdefault(part.id, part)
            if first is not part and not _same_name(first, part):
                hint = f"it is on line {first.mark.line} already"
                yield Problem(part.id.mark, f"the {what} id “{part.id}” is given twice", hint)


def _same_name(first: Part, second: Part) -> bool:
    """Whether two parts are one company given twice, which `_check_names` tells."""
    if isinstance(first, Company) and isinstance(second, Company):
        return first.name.casefold() == second.name.casefold()
    return False


def _check_names(outline: Outline) -> Iterator[Problem]:
    """A company told twice, in one tier or in two."""
    seen: dict[str, Member] = {}
    for company in outline.companies:
        for name in (company.name, *company.aliases):
            first = seen.setdefault(name.casefold(), company)
            if first is company:
                continue
            where = (
                "twice"
                if first.tier == company.tier
                else f"in two tiers, “{first.tier}” and “{company.tier}”"
            )
            yield Problem(
                name.mark, f"{name} stands {where}", f"it is on line {first.mark.line} already"
            )


def _check_dependencies(outline: Outline) -> Iterator[Problem]:
    """A company that has something from itself, at once or by way of others."""
    needs: dict[tuple[str, str], list[Dependency]] = {}
    told_of: set[frozenset[str]] = set()
    for member in outline.everyone:
        for dependency in member.depends_on:
            needs.setdefault((member.id, dependency.for_.casefold()), []).append(dependency)
    for (member_id, what), dependencies in needs.items():
        for dependency in dependencies:
            chain = _chain(dependency.company, member_id, what, needs)
            if chain and frozenset(chain) not in told_of:
                told_of.add(frozenset(chain))
                told = f"a circle: for {what}, {' on '.join([member_id, *chain])}"
                if chain == [member_id]:
                    told = f"{member_id} depends on itself for {what}"
                yield Problem(dependency.company.mark, told, "leave one link out")


def _chain(
    start: str, goal: str, what: str, needs: dict[tuple[str, str], list[Dependency]]
) -> list[str]:
    """The ids from `start` to `goal` along what they need, empty if there is no way."""
    trail = [[start]]
    seen = {start}
    while trail:
        path = trail.pop()
        if path[-1] == goal:
            return path
        for dependency in needs.get((path[-1], what), ()):
            if dependency.company not in seen:
                seen.add(dependency.company)
                trail.append([*path, dependency.company])
    return []
