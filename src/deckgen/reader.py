"""YAML nodes to typed values: `Reader.read_part` turns a node into a part.

It collects every mistake with its mark; nothing is raised. Working on nodes rather than on
loaded values keeps `no`, `1.10` and `2026-01-01` as the author wrote them wherever text is
wanted.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from msgspec import Struct
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from deckgen import markup
from deckgen.characters import unfit
from deckgen.fields import NOT, ONLY, Doc, Part, is_part, part_fields
from deckgen.limits import (
    MOST_CHARACTERS,
    MOST_ENTRIES,
    MOST_NUMBER,
    MOST_PROBLEMS,
    MOST_VALUES,
)
from deckgen.nodes import (
    Filled,
    describe,
    field_name,
    is_marked,
    is_null,
    item_name,
    join,
)
from deckgen.source import Id, Mark, MarkedText, Problem, Text, list_words, nearest, shorten


class Reference(Struct, frozen=True):
    """A use of an id that some other part must define."""

    kinds: str
    target: Id


P = TypeVar("P", bound=Part)


class Reader:
    """Reads nodes; `problems` and `references` fill as it goes.

    `selective` tells whether anything read depends on who the audience is. `what` is read
    (an outline, a theme) matters for messages alone.
    """

    def __init__(self, what: str = "outline") -> None:
        self.what = what
        self.problems: list[Problem] = []
        self.references: list[Reference] = []
        self.selective = False
        self._values = 0
        self._characters = 0
        self._over = False  # whether there is more than is read
        self._open: set[int] = set()

    # -- marks and problems -------------------------------------------------

    def mark(self, node: Node, path: str) -> Mark:
        """Where a node starts. Nodes of several files may stand in one tree."""
        start = node.start_mark
        return Mark(start.name, start.line + 1, start.column + 1, path)

    def tell(self, mark: Mark, message: str, hint: str = "") -> None:
        """Keep a mistake. One more than are told is kept, so that it is known there are more."""
        if len(self.problems) <= MOST_PROBLEMS:
            self.problems.append(Problem(mark, message, hint))

    def _unwanted(self, node: Node, path: str, wanted: str, hint: str = "") -> None:
        what = f"{field_name(path)} wants {wanted}, not {describe(node)}"
        self.tell(self.mark(node, path), what, hint)

    # -- values -------------------------------------------------------------

    def read(self, node: Node, wanted: Any, doc: Doc, path: str) -> Any:
        """The value of `node` as the type `wanted`, or None after a told mistake."""
        if self._is_full(node, path):
            return None
        if wanted is Text or wanted is Id:  # as most values are
            return self._read_scalar(node, wanted, doc, path)
        origin = get_origin(wanted)
        if origin is Annotated:
            inner, *extras = get_args(wanted)
            own = next((extra for extra in extras if isinstance(extra, Doc)), doc)
            return self.read(node, inner, own, path)
        if origin in (Union, types.UnionType):
            wanted = next(arg for arg in get_args(wanted) if arg is not type(None))
            return None if is_null(node) else self.read(node, wanted, doc, path)
        if origin is tuple:
            return self._read_list(node, get_args(wanted)[0], doc, path)
        if origin is dict:
            return self._read_dict(node, wanted, doc, path)
        if origin is Literal:
            return self._read_choice(node, get_args(wanted), path)
        if is_part(wanted):
            return self.read_part(node, wanted, path)
        return self._read_scalar(node, wanted, doc, path)

    def _is_full(self, node: Node, path: str) -> bool:
        """Whether to read no further; counts, so that aliases count wherever they stand."""
        if self._over:
            return True
        self._values += 1
        if isinstance(node, ScalarNode):
            self._characters += len(node.value)
        if self._values > MOST_VALUES:
            self._over = True
            self.tell(self.mark(node, path), f"the {self.what} holds over {MOST_VALUES:,} values")
        elif self._characters > MOST_CHARACTERS:
            self._over = True
            told = f"the {self.what} holds over {MOST_CHARACTERS:,} characters of text"
            self.tell(self.mark(node, path), told)
        return self._over or len(self.problems) > MOST_PROBLEMS

    def read_part(
        self, node: Node, part: type[P], path: str, fallback: dict[str, Any] | None = None
    ) -> P | None:
        """A struct from a mapping, or from a bare value where the part has a shorthand.

        None if a required field is missing or wrong and has no `fallback`; any other
        mistake leaves the field's default, so that reading goes on to the next mistake.
        """
        if not isinstance(node, MappingNode):
            field = part_fields(part).get(part.shorthand)
            lists = field is not None and get_origin(field.type) is tuple
            if field is None or (isinstance(node, SequenceNode) and not lists):
                keys = list_words([f"`{key}`" for key in list(part_fields(part))[:4]], "and")
                self._unwanted(node, path, f"a mapping with keys such as {keys}")
                return None
            if isinstance(node, ScalarNode):  # counted again as the value of that field
                self._characters -= len(node.value)
            value = self.read(node, field.type, field.doc, path)
            return (
                None if value is None else part(**{field.name: value}, mark=self.mark(node, path))
            )
        if id(node) in self._open:
            self.tell(self.mark(node, path), "an anchor here contains itself", "write it out")
            return None
        self._open.add(id(node))
        try:
            return self._read_mapping(node, part, path, fallback or {})
        finally:
            self._open.discard(id(node))

    def _read_mapping(
        self, node: MappingNode, part: type[P], path: str, fallback: dict[str, Any]
    ) -> P | None:
        fields = part_fields(part)
        values: dict[str, Any] = {}
        given = set()
        for key, value_node in self.pairs(node, path):
            field = fields.get(key)
            given.add(key)
            if field is None and key in ("only", "not"):
                mark = self.key_mark(node, key, path)
                self.tell(mark, f"`{key}` cannot stand here", part.stays)
            elif field is None:
                mark = self.key_mark(node, key, path)
                self.tell(mark, f"unknown key `{shorten(key)}`", nearest(key, fields))
            elif field.required or field.doc in (ONLY, NOT) or not is_null(value_node):
                value = self.read(value_node, field.type, field.doc, join(path, key))
                if value is not None:
                    values[field.name] = value
        for field in fields.values():
            if field.required and field.key not in given:
                self.tell(self.mark(node, path), f"`{field.key}` is missing", field.doc.words)
            if field.required and field.name not in values:
                if field.name not in fallback:
                    return None
                values[field.name] = fallback[field.name]
        made = part(**values, mark=self.mark(node, path))
        self.problems += made.faults()
        return made

    def pairs(self, node: MappingNode, path: str) -> Iterator[tuple[str, Node]]:
        """Keys and value nodes of a mapping; a repeated or odd key is told once."""
        seen: dict[str, int] = {}
        for count, (key_node, value_node) in enumerate(node.value):
            if count == MOST_ENTRIES:
                told = f"a mapping takes at most {MOST_ENTRIES:,} keys, not {len(node.value):,}"
                self.tell(self.mark(key_node, path), told)
                return
            key = key_node.value if isinstance(key_node, ScalarNode) else ""
            if not isinstance(key_node, ScalarNode):
                self._unwanted(key_node, join(path, "key"), "a word before the colon")
            elif key == "<<" and not key_node.style:
                self.tell(
                    self.mark(key_node, path), "merge keys (`<<`) are not read", "write it out"
                )
            elif key in seen:
                hint = f"it is on line {seen[key]} already"
                self.tell(self.mark(key_node, path), f"the key `{shorten(key)}` stands twice", hint)
            else:
                seen[key] = key_node.start_mark.line + 1
                yield key, value_node

    def key_mark(self, node: MappingNode, key: str, path: str) -> Mark:
        """Where a key of a mapping stands."""
        key_node = next(k for k, _ in node.value if k.value == key)
        return self.mark(key_node, join(path, key))

    def _read_list(self, node: Node, wanted: Any, doc: Doc, path: str) -> tuple[Any, ...] | None:
        most = int(doc.most or MOST_ENTRIES)
        if isinstance(node, SequenceNode):
            if id(node) in self._open:
                self.tell(self.mark(node, path), "an anchor here contains itself", "write it out")
                return None
            self._open.add(id(node))
            values = self._read_items(node.value[:most], wanted, doc, path)
            self._open.discard(id(node))
        elif isinstance(node, ScalarNode) or is_part(wanted):
            values = self._read_items([node], wanted, doc, path)  # one entry without its dash
        else:
            self._unwanted(node, path, "a list", "begin each entry with a dash")
            return None
        count = len(node.value) if isinstance(node, SequenceNode) else len(values)
        bounds = Doc("", least=doc.least, most=most)
        if not self._within(count, bounds, node, path, "entries"):
            return None
        return tuple(values)

    def _read_items(self, nodes: list[Node], wanted: Any, doc: Doc, path: str) -> list[Any]:
        """The entries of a list without those that are wrong; where one may be empty, it is None
        as those are, so that the others keep their places.
        """
        each = Doc(
            doc.words, doc.ref, blank=doc.blank, verbatim=doc.verbatim
        )  # the bounds are the list's own
        empty = type(None) in get_args(wanted)
        values = []
        for index, node in enumerate(nodes):
            value = self.read(node, wanted, each, join(path, item_name(node, index)))
            if value is not None or empty:
                values.append(value)
        return values

    def _read_dict(self, node: Node, wanted: Any, doc: Doc, path: str) -> dict[Any, Any] | None:
        if not isinstance(node, MappingNode):
            self._unwanted(node, path, "a mapping, as in `key: value`")
            return None
        value_type = get_args(wanted)[1]
        result: dict[Id, Any] = {}
        for key, value_node in self.pairs(node, path):
            name = Id(key, self.key_mark(node, key, path))
            if doc.ref:
                self.references.append(Reference(doc.ref, name))
            each = Doc(doc.words, verbatim=doc.verbatim)
            value = self.read(value_node, value_type, each, join(path, key))
            if value is not None:
                result[name] = value
        return result

    def _read_choice(self, node: Node, choices: tuple[Any, ...], path: str) -> Any:
        for choice in choices:
            if isinstance(node, ScalarNode) and node.value == str(choice):
                return choice
        words = node.value if isinstance(node, ScalarNode) else describe(node)
        name = path.rpartition(".")[2]
        hint = nearest(words, map(str, choices))
        if len(choices) <= 6:
            hint = f"it can be: {list_words([str(choice) for choice in choices])}"
        self.tell(self.mark(node, path), f"`{name}` cannot be “{shorten(words)}”", hint)
        return None

    def _read_scalar(self, node: Node, wanted: Any, doc: Doc, path: str) -> Any:
        if isinstance(node, MappingNode) and wanted is Text and is_marked(node):
            listed = path.rpartition(".")[2].isdigit()
            if not listed:
                return self._read_marked(node, doc, path)
        if not isinstance(node, ScalarNode):
            hint = "put it in quotes if it holds a colon" if isinstance(node, MappingNode) else ""
            self._unwanted(node, path, SCALARS[wanted], hint)
            return None
        if wanted in (Text, Id):
            return self._read_text(node, wanted, doc, path)
        hint = ""
        if wanted is bool:
            if node.tag == "tag:yaml.org,2002:bool":
                return node.value.lower() in ("true", "yes", "on")
        elif not node.style:  # plain: "" in the C loader
            try:
                number = wanted(node.value.replace("_", ""))
                if abs(number) <= MOST_NUMBER:  # False for NaN as well
                    return number if self._within(number, doc, node, path) else None
                hint = f"numbers go from {-MOST_NUMBER:g} to {MOST_NUMBER:g}"
            except ValueError:
                pass
        self._unwanted(node, path, SCALARS[wanted], hint)
        return None

    def _read_text(self, node: ScalarNode, wanted: type[Text], doc: Doc, path: str) -> Text | None:
        mark = self.mark(node, path)
        if is_null(node) or not (node.value.strip() or doc.blank):
            self._unwanted(node, path, SCALARS[wanted])
            return None
        if (wrong := unfit(node.value, wanted is Id)) is not None:
            self.tell(mark, f"{field_name(path)} holds {wrong[0]}", wrong[1])
            return None
        words = node.value
        if isinstance(node, Filled) and wanted is Text and not doc.verbatim:
            words = node.text
        text = wanted(words.strip(), mark)
        if doc.ref and isinstance(text, Id):
            if text.endswith("?"):
                text = Id(text[:-1], mark, optional=True)
            self.selective |= doc.ref == "audience" or text.optional
            self.references.append(Reference(doc.ref, text))
        elif "](" in text:
            self._read_links(text)
        return text

    def _read_marked(self, node: MappingNode, doc: Doc, path: str) -> Text | None:
        """Words with the audiences that see them."""
        seers: dict[str, tuple[Id, ...]] = {"only": (), "not": ()}
        text = None
        for key, value in self.pairs(node, path):
            if key == "text":
                text = self.read(value, Text, doc, path)
            else:
                each = ONLY if key == "only" else NOT
                seers[key] = self.read(value, tuple[Id, ...], each, join(path, key)) or ()
        return text and MarkedText(text, text.mark, seers["only"], seers["not"])

    def _read_links(self, text: Text) -> None:
        """Tell links that lead nowhere; those to slides are checked with the other ids."""
        wrong = markup.link_problems(text)
        for sentence in wrong:
            self.tell(text.mark, sentence)
        if not wrong:
            targets = [run.link.target for run in markup.parse(text) if run.link]
            slides = [target[1:] for target in targets if target.startswith("#")]
            self.selective |= any(target.endswith("?") for target in slides)
            self.references += [
                Reference("slide", Id(target.removesuffix("?"), text.mark)) for target in slides
            ]

    def _within(self, size: float, doc: Doc, node: Node, path: str, unit: str = "") -> bool:
        if doc.least is not None and size < doc.least:
            word, bound = "at least", doc.least
            unit = unit.replace("ies", "y") if bound == 1 else unit
        elif doc.most is not None and size > doc.most:
            word, bound = "at most", doc.most
            if isinstance(node, SequenceNode):
                node = node.value[int(bound)]  # the first entry too many
        else:
            return True
        told = f"{field_name(path)} takes {word} {bound:,g} {unit}".rstrip()
        self.tell(self.mark(node, path), f"{told}, not {size:,g}")
        return False


SCALARS: dict[Any, str] = {
    Text: "text", Id: "an id", bool: "true or false", int: "a whole number", float: "a number",
}  # fmt: skip


def check_references(
    references: Iterable[Reference], known: Mapping[str, Iterable[str]]
) -> Iterator[Problem]:
    """A problem for each reference to an id that no part of its kinds defines."""
    named: dict[str, dict[str, None]] = {}
    for reference in references:
        kinds = reference.kinds.split("|")
        if reference.kinds not in named:
            names = (name for kind in kinds for name in known.get(kind, ()))
            named[reference.kinds] = dict.fromkeys(names)
        if reference.target not in named[reference.kinds]:
            what = f"no {list_words(kinds)} has the id “{shorten(reference.target)}”"
            hint = nearest(reference.target, named[reference.kinds])
            if kinds == ["audience"] and "did you mean" not in hint:
                hint = (
                    "list it under `audiences`; if it has a file of its own, as `- file: NAME.yaml`"
                )
            yield Problem(reference.target.mark, what, hint)
