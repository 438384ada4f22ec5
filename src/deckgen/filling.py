"""The nodes of an outline and values for its variables go in, the nodes with the values come out.

What is filled keeps the place of the text that it was filled into. A value is never read as
YAML, and what is Markdown in it is no markup: it is data, whoever wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from msgspec import Struct
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from deckgen.characters import unfit
from deckgen.fields import part_fields
from deckgen.formats import read_date
from deckgen.limits import MOST_CHARACTERS, MOST_PROBLEMS
from deckgen.nodes import Filled
from deckgen.outline import Outline
from deckgen.reader import Reader
from deckgen.sheets.cells import SheetError, number_of, truth_of, words_of
from deckgen.source import Mark, Problem, nearest, shorten
from deckgen.variables import NAME, OWN, Given, Variable

KEY = "variables"
_USE = re.compile(r"(?<!\\)\{\{([^{}]*)\}\}")
_MARKUP = re.compile(r"[*`\[\]\\]|(?<!\w)_|_(?!\w)")  # an underscore within a word is none
_IN_LINK = re.compile(r"\]\([^()\s]*\Z")  # the text so far ends within a link's address
_ADDRESS = "/:?#@!$&'*+,;=%~"  # what an address holds besides letters, digits, - . and _
_STRING, _INT, _FLOAT, _TRUTH, _NULL = (
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null")
)


class Value(Struct, frozen=True):
    """What a variable stands for: as it was written, and as YAML has a value of its type."""

    words: str
    written: str
    tag: str = _STRING


# What stands for a value that is wrong, so that its mistake is not told once more in the texts.
_STAND_INS = {
    "text": Value("-", "-"), "date": Value("2000-01-01", "2000-01-01"),
    "number": Value("0", "0", _INT), "whole": Value("0", "0", _INT),
    "boolean": Value("false", "false", _TRUTH),
}  # fmt: skip


class Filling:
    """Fills variables into nodes; `problems` fill as it goes.

    Without `given` nothing is filled, for whoever asks only what an outline declares.
    """

    def __init__(self, declared: Mapping[str, Variable], given: Sequence[Given] | None) -> None:
        self.declared = declared
        self.values: dict[str, Value] = {}
        self.problems: list[Problem] = []
        self.is_open = given is None
        if given is not None:
            self.values, self.problems = find_values(declared, given)
        self._characters = 0
        self._made: dict[int, Node] = {}
        self._kept: list[Node] = []  # so that no two nodes have one id

    def fill(self, node: Node) -> Node:
        """A node with the values of variables; itself if it holds none."""
        return node if self.is_open or not _holds_use(node) else self._fill_once(node)

    def _fill_once(self, node: Node) -> Node:
        if id(node) not in self._made:
            self._made[id(node)] = node  # for what contains itself
            self._kept.append(node)
            self._made[id(node)] = self._fill(node)
        return self._made[id(node)]

    def fill_mapping(self, node: MappingNode) -> MappingNode:
        """The same of a mapping with the keys of an outline, which is no variable itself."""
        rows = [(key, self.fill(value)) for key, value in node.value]
        return MappingNode(node.tag, rows, node.start_mark, node.end_mark)

    def _fill(self, node: Node) -> Node:
        start, end = node.start_mark, node.end_mark
        if isinstance(node, ScalarNode):
            return self._fill_scalar(node) if "{{" in node.value else node
        if (name := _bare_use(node)) is not None:
            return self._fill_scalar(ScalarNode(_STRING, f"{{{{{name}}}}}", start, end))
        if isinstance(node, SequenceNode):
            made = [self._fill_once(entry) for entry in node.value]
            same = all(new is old for new, old in zip(made, node.value, strict=True))
            return node if same else SequenceNode(node.tag, made, start, end)
        if isinstance(node, MappingNode):
            rows = [(key, self._fill_once(value)) for key, value in node.value]
            same = all(new[1] is old[1] for new, old in zip(rows, node.value, strict=True))
            return node if same else MappingNode(node.tag, rows, start, end)
        return node

    def _fill_scalar(self, node: ScalarNode) -> Node:
        """A text with the values in it; one that is a variable alone is of the variable's type."""
        uses = [use for use in _USE.finditer(node.value) if self._is_known(use[1].strip(), node)]
        values = [(use, self.values[use[1].strip()]) for use in uses]
        if not values or not self._may_fill(node, sum(len(value.words) for _, value in values)):
            return node
        first, value = values[0]
        start, end = node.start_mark, node.end_mark
        if first[0] == node.value.strip():
            if not value.words:
                return ScalarNode(_NULL, "~", start, end)
            style = "'" if value.tag == _STRING else ""
            return Filled(value.tag, value.written, escape(value.words), start, end, style)
        raw = _replace(node.value, values, lambda value, _: value.words)
        text = _replace(node.value, values, _as_markup)
        return Filled(_STRING, raw, text, start, end, '"')

    def _may_fill(self, node: Node, characters: int) -> bool:
        """Whether so many characters may be filled in; told if all together are too many."""
        before, self._characters = self._characters, self._characters + characters
        if before <= MOST_CHARACTERS < self._characters:
            told = f"the values of variables make over {MOST_CHARACTERS:,} characters of text"
            self._tell(Reader().mark(node, ""), told, "shorten them")
        return self._characters <= MOST_CHARACTERS

    def _is_known(self, name: str, node: Node) -> bool:
        """Whether there is a variable of this name; told if not."""
        if name in self.declared or not (self.declared or NAME.fullmatch(name)):
            return name in self.declared
        mark = Reader().mark(node, "")
        if not NAME.fullmatch(name):
            told = f"“{shorten(name)}” is no name of a variable"
            self._tell(mark, told, "between `{{` and `}}` stands a name, and nothing else")
        else:
            hint = nearest(name, self.declared) or f"declare it: `{KEY}: {{{name}: text}}`"
            self._tell(mark, f"no variable is called “{shorten(name)}”", hint)
        return False

    def _tell(self, mark: Mark, message: str, hint: str = "") -> None:
        if len(self.problems) <= MOST_PROBLEMS:
            self.problems.append(Problem(mark, message, hint))


def read_declared(node: Node | None) -> tuple[dict[str, Variable], list[Problem]]:
    """The variables that stand under `variables`, and what is wrong with them."""
    if node is None:
        return {}, []
    reader = Reader()
    field = part_fields(Outline)[KEY]
    found: dict[Any, Variable] = reader.read(node, field.type, field.doc, KEY) or {}
    for name, variable in found.items():
        if name in OWN:
            told = f"a variable cannot be called “{name}”: the name of a deck’s file has that"
            reader.tell(name.mark, told, f"call it otherwise, with `column: {name}`")
        elif not NAME.fullmatch(name):
            told = f"a variable cannot be called “{shorten(name)}”"
            reader.tell(name.mark, told, "take letters, digits and `_`, and begin with a letter")
        if variable.default:
            try:
                value_of(variable, str(variable.default), variable.decimal)
            except SheetError as error:
                reader.tell(variable.default.mark, f"`default` {error}", error.hint)
    return {str(name): variable for name, variable in found.items()}, reader.problems


def find_values(
    declared: Mapping[str, Variable], given: Iterable[Given]
) -> tuple[dict[str, Value], list[Problem]]:
    """The value of each variable, one that stands in for it where a mistake is told."""
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    blanks: dict[str, Given] = {}
    for each in given:
        variable = declared.get(each.name)
        if variable is None:
            told = f"the outline declares no variable “{shorten(each.name)}”"
            problems.append(Problem(each.mark, told, nearest(each.name, declared)))
            continue
        decimal = "" if each.in_workbook else variable.decimal
        try:
            value = value_of(variable, each.cell, decimal)
        except SheetError as error:
            place = each.place or f"`{each.name}`"
            problems.append(Problem(each.mark, f"{place} {error}", error.hint))
            values[each.name] = _STAND_INS[variable.type]
            continue
        if value is None:
            blanks[each.name] = each
        else:
            values[each.name] = value
    for name, variable in declared.items():
        if name not in values:
            values[name], missing = _fallback(name, variable, blanks.get(name))
            problems += missing
    return values, problems


def _fallback(name: str, variable: Variable, blank: Given | None) -> tuple[Value, list[Problem]]:
    """A variable's default, or that it has no value, told where one is missing."""
    if variable.default is not None:
        try:
            made = value_of(variable, str(variable.default), variable.decimal)
        except SheetError:
            return _STAND_INS[variable.type], []  # told where it stands
        return made or Value("", "~", _NULL), []
    if blank is not None:
        told = f"{blank.place or f'`{name}`'} is empty"
        problem = Problem(blank.mark, told, f"fill it, or give `{name}` a `default`")
        return _STAND_INS[variable.type], [problem]
    hint = f"give one with `--set {name}=…`, or a `default` here"
    problem = Problem(variable.mark, f"the variable `{name}` has no value", hint)
    return _STAND_INS[variable.type], [problem]


def value_of(variable: Variable, cell: Any, decimal: str) -> Value | None:
    """A cell as a value of the variable's type; None for an empty one. SheetError for another."""
    words = words_of(cell)
    if not words:
        return None
    if (wrong := unfit(words, is_id=False)) is not None:
        raise SheetError(f"holds {wrong[0]}", wrong[1])
    if variable.type == "text":
        return Value(words, words)
    if variable.type == "boolean":
        return Value(words, "true" if _truth(cell) else "false", _TRUTH)
    if variable.type == "date":
        if not isinstance(cell, date) and read_date(words) is None:
            raise SheetError(f"wants a date, not “{shorten(words)}”", "as in 2026-03-31")
        return Value(words, words, "tag:yaml.org,2002:timestamp")
    number = _number(cell, decimal)
    if number.is_integer():
        return Value(words, str(int(number)), _INT)
    if variable.type == "whole":
        raise SheetError(f"wants a whole number, not “{shorten(words)}”")
    return Value(words, repr(number), _FLOAT)


def _truth(cell: Any) -> bool | None:
    """A cell that says yes or no. SheetError for another."""
    try:
        return truth_of(cell)
    except SheetError as error:
        raise SheetError(str(error)) from None


def _number(cell: Any, decimal: str) -> float:
    """A cell that is not empty as a number. SheetError for another, with what holds here."""
    try:
        number = number_of(cell, decimal)
    except SheetError as error:
        fits = "`decimal" in error.hint
        raise SheetError(
            str(error), error.hint.replace("the data", "the variable") if fits else ""
        ) from None
    assert number is not None
    return number


def escape(words: str) -> str:
    """Words as a text that shows them as they are: what would be markup is escaped."""
    return _MARKUP.sub(r"\\\g<0>", words)


def _as_markup(value: Value, before: str) -> str:
    """A value within a text: in the address of a link it is a part of the address."""
    if _IN_LINK.search(before):
        return quote(value.words, safe=_ADDRESS)
    return escape(value.words)


def _replace(
    text: str,
    values: Sequence[tuple[re.Match[str], Value]],
    write: Callable[[Value, str], str],
) -> str:
    """A text with each use of a variable written as `write` does, given the text before it."""
    parts: list[str] = []
    place = 0
    for use, value in values:
        parts.append(text[place : use.start()])
        parts.append(write(value, text[: use.start()]))
        place = use.end()
    return "".join([*parts, text[place:]])


def _holds_use(root: Node) -> bool:
    """Whether anything in a node may be a variable. Most outlines have none, and are large."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ScalarNode):
            if "{{" in node.value:
                return True
            continue
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, MappingNode):
            if any(not isinstance(key, ScalarNode) for key, _ in node.value):
                return True
            waiting += [value for _, value in node.value]
        else:
            waiting += node.value
    return False


def _bare_use(node: Node) -> str | None:
    """The name in `{{ name }}` without quotes, which YAML takes for a mapping in a mapping."""
    outer = _only_key(node)
    inner = _only_key(outer) if isinstance(outer, MappingNode) else None
    return inner.value if isinstance(inner, ScalarNode) and not inner.style else None


def _only_key(node: Node | None) -> Node | None:
    """The key of a mapping `{key}` in braces."""
    if not (isinstance(node, MappingNode) and node.flow_style and len(node.value) == 1):
        return None
    key, value = node.value[0]
    empty = isinstance(value, ScalarNode) and value.tag == _NULL and not value.value
    return key if empty else None
