"""Text to an `Outline`, or every mistake in it at its line.

`read_text` gives a file's characters, `parse` its nodes, `load` the whole way.
Mistakes are collected and raised together as one `OutlineError`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from msgspec.structs import replace
from yaml.nodes import MappingNode, Node, ScalarNode

from deckgen.fields import (
    CONTROL,
    Part,
    Reader,
    check_references,
    describe,
    entries,
    is_null,
    item_name,
    join,
    shorten,
)
from deckgen.outline import Company, Dependency, Member, Outline, Slide, with_ids
from deckgen.slides import check_slide, kind_names, load_kind
from deckgen.source import Id, Mark, OutlineError, Problem, Text, list_words, nearest
from deckgen.theme import theme_names

MOST_BYTES = 5_000_000
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")  # BCP 47, as far as Office
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SYNTAX = {
    "found character '\\t' that cannot start any token": (
        "a tab stands where YAML wants spaces", "indent with spaces"),
    "found unexpected end of stream": (
        "a quotation mark is opened here and never closed", "close it, or use “ ” in the text"),
    "mapping values are not allowed": (
        "a colon followed by a space stands inside the text",
        "put the whole text in quotes, or check the indentation"),
    "found character that cannot start any token": (
        "a text cannot begin with this character", "put the text in quotes"),
    "did not find expected alphabetic or numeric character": (
        "a text that begins with `*` or `&` is taken for a reference", "put the text in quotes"),
    "did not find expected ',' or ']'": (
        "a list opened here with `[` is not closed",
        "close it, or put a text with commas in quotes"),
    "did not find expected ',' or '}'": (
        "a mapping opened here with `{` is not closed",
        "close it, or put a text with commas in quotes"),
    "could not find expected ':'": (
        "a line without a colon stands among keys", "is it a text that should be indented?"),
    "did not find expected key": (
        "this line does not continue what stands above it",
        "check its indentation and quotation marks"),
    "did not find expected '-' indicator": (
        "this line does not continue the list above it", "check its indentation"),
    "but found another document": (
        "a second document begins here", "an outline is one document: remove the `---`"),
}  # fmt: skip


def load(path: Path | str) -> Outline:
    """The outline in a file. Raises OutlineError with every mistake found."""
    name = str(path)
    return load_text(read_text(Path(path), name), name)


def load_text(text: str, file: str = "outline") -> Outline:
    """The outline in a text; `file` is the name that messages use."""
    node = parse(text, file)
    reader = Reader(file)
    outline = _read_outline(node, reader)
    known = {**_known_ids(node), "slide": [str(slide.id) for slide in outline.slides]}
    problems = [
        *reader.problems,
        *check_references(reader.references, known),
        *check_analysis(outline),
        *_check_titles(outline),
    ]
    for slide in outline.slides:
        try:
            problems += check_slide(slide, outline)
        except (KeyError, StopIteration):
            if not problems:  # otherwise it follows a reference that is told already
                raise
    if problems:
        raise OutlineError(problems)
    return outline


def read_text(path: Path, name: str) -> str:
    """The characters of a file; OutlineError if it is no readable UTF-8 text."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _wrong(name, f"the file is larger than {MOST_BYTES // 1_000_000} MB")
        data = path.read_bytes()
    except FileNotFoundError:
        near = next((end for end in (".yaml", ".yml") if Path(f"{name}{end}").is_file()), "")
        hint = f"did you mean {name}{near}?" if near else ""
        raise _wrong(name, "there is no such file", hint) from None
    except IsADirectoryError:
        raise _wrong(name, "this is a directory", "name the outline in it") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _wrong(name, f"the file cannot be read ({reason})") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise _wrong(name, "the file is UTF-16", "save it as UTF-8", line=1) from None
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        told = f"the file is not UTF-8 (byte {data[error.start]:#04x})"
        raise _wrong(name, told, "save it as UTF-8", line, column) from None
    return text.replace("\r\n", "\n")


def parse(text: str, file: str) -> Node:
    """The root node of a YAML text. Raises OutlineError for what is not YAML."""
    unfit = [
        Problem(
            Mark(file, number, match.start() + 1),
            f"a control character (U+{ord(match[0]):04X})", "take it out",
        )
        for number, line in enumerate(text.split("\n"), start=1)
        for match in CONTROL.finditer(line) if match[0] != "\t"
    ]  # fmt: skip
    if unfit:
        raise OutlineError(unfit)
    try:
        _check_depth(text, file)
        # compose() builds no Python objects, so no tag can run code.
        node = yaml.compose(text, _LOADER)
    except yaml.MarkedYAMLError as error:
        raise OutlineError([_syntax_problem(error, file, text)]) from None
    if node is None or is_null(node):
        raise _wrong(file, "the outline is empty", "`deckgen new NAME` writes one to start from", 1)
    return node


MOST_LEVELS = 60


def _check_depth(text: str, file: str) -> None:
    """Refuse nesting that would exhaust the stack of the composer, which recurses.

    The parser does not; its events are only counted where the text may be that deep.
    Raises MarkedYAMLError for what is no YAML.
    """
    brackets = text.count("[") + text.count("{") + text.count("- -")
    if brackets <= MOST_LEVELS and " " * MOST_LEVELS not in text:
        return
    depth = 0
    event: Any
    for event in yaml.parse(text, _LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MOST_LEVELS:
            told = f"the outline is nested more than {MOST_LEVELS} levels deep"
            raise _wrong(file, told, "", event.start_mark.line + 1)


def _syntax_problem(error: Any, file: str, text: str) -> Problem:
    """A YAML error in words. An unclosed quote is told where it opens."""
    said = str(error.problem or error.context or error)
    at = error.problem_mark or error.context_mark
    message, hint = next(
        (told for key, told in _SYNTAX.items() if said.startswith(key)),
        (f"this is not YAML: {said}", ""),
    )
    opened_earlier = "end of stream" in said or "expected ','" in said
    if opened_earlier and error.context_mark is not None:
        at = error.context_mark
    if "\t" in text.split("\n")[min(at.line, text.count("\n"))][: at.column + 1]:
        message, hint = _SYNTAX["found character '\\t' that cannot start any token"]
    return Problem(Mark(file, at.line + 1, at.column + 1), message, hint)


def _wrong(file: str, message: str, hint: str = "", line: int = 0, column: int = 1) -> OutlineError:
    return OutlineError([Problem(Mark(file, line, column if line else 0), message, hint)])


def _read_outline(node: Node, reader: Reader) -> Outline:
    """Read everything but the slides by its type, and each slide by its kind's."""
    if not isinstance(node, MappingNode):
        told = f"an outline is a mapping that begins with `title:`, not {describe(node)}"
        raise OutlineError([Problem(reader.mark(node, ""), told)])
    slides_node = next((value for key, value in node.value if key.value == "slides"), None)
    whole = node.value
    node.value = [(key, value) for key, value in whole if value is not slides_node]
    outline = reader.read_part(node, Outline, "", {"title": Text("-")})
    node.value = whole
    assert outline is not None  # the title is all that an outline must have
    slides = _read_slides(slides_node, reader) if slides_node is not None else ()
    outline = with_ids(outline)
    return replace(outline, slides=_with_slide_ids(slides))


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
    for index, item in enumerate(entries(node), start=1):
        kind = _kind_of(item, reader, f"slides.{index}")
        if kind is None:
            continue
        name = _slide_name(item) or f"{kind}-{index}"
        slide = reader.read_part(item, load_kind(kind).Fields, f"slides.{name}")
        if slide is not None:
            slides.append(slide)
    return tuple(slides)


def _slide_name(node: Node) -> str:
    ids = (v.value for k, v in node.value if k.value == "id" and isinstance(v, ScalarNode))
    return next(ids, "")


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


def _with_slide_ids(slides: tuple[Slide, ...]) -> tuple[Slide, ...]:
    """Ids for slides without one: their natural id, numbered where it is taken."""
    taken = Counter(str(slide.id) for slide in slides if slide.id)
    result = []
    for slide in slides:
        if slide.id:
            result.append(slide)
            continue
        natural = slide.natural_id()
        taken[natural] += 1
        name = natural if taken[natural] == 1 else f"{natural}-{taken[natural]}"
        result.append(replace(slide, id=Id(name, slide.mark)))
    return tuple(result)


def _known_ids(node: Node) -> dict[str, list[str]]:
    """The ids that an outline defines, by kind of part.

    Taken from the nodes, so that a part with a mistake in it still counts as there and
    one mistake is not told twice.
    """
    lists = {"source": "sources", "criterion": "criteria", "tier": "tiers",
             "company": "companies", "group": "groups"}  # fmt: skip
    nodes = {key.value: value for key, value in node.value}
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
    if outline.theme not in theme_names():
        told = f"no theme is called “{outline.theme}”"
        yield Problem(outline.theme.mark, told, nearest(outline.theme, theme_names()))
    if not _LANGUAGE.fullmatch(outline.language):
        told = f"`language` cannot be “{shorten(outline.language)}”"
        yield Problem(outline.language.mark, told, "give a language tag, as in en-US or de")
    if len(outline.tiers) == 1:
        yield Problem(outline.tiers[0].mark, "one tier ranks nothing", "give two to six tiers")


def _check_ids(outline: Outline) -> Iterator[Problem]:
    members: tuple[Member, ...] = (*outline.companies, *outline.groups)
    for what, parts in (
        ("source", outline.sources), ("criterion", outline.criteria), ("tier", outline.tiers),
        ("company or group", members), ("slide", outline.slides),
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
    for member in (*outline.companies, *outline.groups):
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
