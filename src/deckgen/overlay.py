"""What an audience says otherwise, laid over the nodes of the outline it is told from.

Two trees of YAML nodes go in, one comes out, and is read like any other: every value in it
still stands in the file and at the line where it was written. An audience rewords, adds
words and takes some away; it does not change a fact. What a fact is, the fields tell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, get_args, get_origin

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from deckgen.fields import COMMON, Field, Part, bare_type, is_part, part_fields, slug
from deckgen.nodes import entries, find_value, is_null, join, words_at
from deckgen.outline import Outline, Slide, Tier
from deckgen.reader import Reader
from deckgen.slides import kind_names, load_kind
from deckgen.source import Id, Text, nearest
from deckgen.words import numbers_in

AFTER = "after"  # where a slide that an audience adds is to stand; no field of a slide
_IN_OUTLINE = "change it in the outline itself, for everyone"


def overlay(base: MappingNode, changes: MappingNode, reader: Reader) -> MappingNode:
    """The outline `base` as an audience's `changes` word it; what they may not do is told."""
    return _Overlay(reader, base).merge_part(base, changes, Outline, "")


def name_slides(nodes: Sequence[Node]) -> list[str]:
    """The id of each slide: its own, or its kind's, numbered where that is taken."""
    taken = Counter(words_at(node, "id") for node in nodes)
    names = []
    for node in nodes:
        name = words_at(node, "id")
        if not name:
            natural = words_at(node, "kind")
            if natural in kind_names():
                about = words_at(node, load_kind(natural).Fields.named_by)
                natural = f"{natural}-{about}" if about else natural
            taken[natural] += 1
            name = f"{natural}-{taken[natural]}" if natural and taken[natural] > 1 else natural
        names.append(name)
    return names


class _Overlay:
    """Merges part by part; `told` goes to the reader's problems."""

    def __init__(self, reader: Reader, root: MappingNode) -> None:
        self.reader = reader
        self.root = root
        self.numbers: set[str] | None = None  # in the outline, once they are asked for

    def tell(self, node: Node, path: str, message: str, hint: str = "") -> None:
        self.reader.tell(self.reader.mark(node, path), message, hint)

    def merge_part(
        self, base: MappingNode, over: MappingNode, part: type[Part], path: str
    ) -> MappingNode:
        """One mapping from two: what `over` does not name stays."""
        rows = list(base.value)
        places = {key.value: place for place, (key, _) in enumerate(rows)}
        fields = part_fields(part)
        for key, value in self.reader.pairs(over, path):
            place = places.get(key)
            old = rows[place][1] if place is not None else None
            if key == "id" and old is not None:
                continue  # by which it was found
            name = next(node for node, _ in over.value if node.value == key)
            field = fields.get(key)
            if key in ("only", "not") and old is not None:
                rows[place or 0] = (rows[place or 0][0], self._narrow(old, value, key, path))
                continue
            if field is not None and not self._keeps_to_what_it_is(base, key, part, name, path):
                continue
            new = value if field is None else self.merge_value(old, value, field, join(path, key))
            if new is None:
                continue
            if place is None:
                rows.append((name, new))
            else:
                rows[place] = (name if new is value else rows[place][0], new)
        return MappingNode(base.tag, rows, base.start_mark, base.end_mark)

    def _narrow(self, base: Node, over: Node, key: str, path: str) -> Node:
        """Who sees a part: an audience may withhold more than the outline, never less."""
        if key == "not" and not is_null(over):
            return _sequence(base, [*_items(base), *_items(over)])
        told = f"`{key}` is said in the outline: an audience cannot see more by itself"
        self.tell(over, join(path, key), told, "withhold more with `not`, or " + _IN_OUTLINE)
        return base

    def _keeps_to_what_it_is(
        self, base: MappingNode, key: str, part: type[Part], name: Node, path: str
    ) -> bool:
        """Whether a key is not the other one of two that exclude each other: tells if it is."""
        if key not in part.exclusive:
            return True
        held = next((other for other in part.exclusive if _says(base, other)), key)
        if held != key:
            told = f"this is `{held}` in the outline, and cannot become `{key}`"
            self.tell(name, join(path, key), told, f"reword it as `{held}`")
        return held == key

    def merge_value(self, base: Node | None, over: Node, field: Field, path: str) -> Node | None:
        """The value of a field. None where nothing may be set."""
        wanted = bare_type(field.type)
        if base is not None and is_null(base) and not is_null(over) and wanted not in (Text, Id):
            told = f"`{field.key}` is empty in what this extends, and cannot be filled anew"
            self.tell(over, path, told, "take the empty key away there")
            return base
        if base is not None and not is_null(base) and not is_null(over):
            inner = get_args(wanted)[0] if get_origin(wanted) is tuple else None
            if is_part(wanted):
                return self._merge_parts(base, over, wanted, path)
            if is_part(inner):
                return self._merge_list(base, over, field, inner, path)
            if get_origin(wanted) is dict and isinstance(over, MappingNode):
                return self._merge_keyed(base, over, get_args(wanted)[1], path)
        if field.doc.fact and not _same(base, over):
            told = f"`{field.key}` is a fact, and has one value for every audience"
            self.tell(over, path, told, _IN_OUTLINE)
            return base
        if wanted is Text and base is not None:
            self._check_numbers(base, over, path)
        return over

    def _check_numbers(self, base: Node, over: Node, path: str) -> None:
        """A text that gives a number where the outline's gives another is told.

        Counts up to nine, and numbers that stand anywhere in the outline, may take its place.
        """
        before, after = _numbers_at(base), _numbers_at(over)
        if not (before and after):
            return
        if self.numbers is None:
            self.numbers = {number for node in _scalars(self.root) for number in _numbers_at(node)}
        other = sorted(n for n in after - before - self.numbers if not re.fullmatch(r"\d", n))
        if other:
            told = f"“{other[0]}” stands nowhere in the outline, and a number has one value"
            self.tell(over, path, told, "take the number from the outline, or leave it out")

    def _merge_parts(self, base: Node, over: Node, part: type[Part], path: str) -> Node:
        """A part reworded; either may be a bare value where the part has a shorthand."""
        first = _as_mapping(base, part.shorthand)
        held = next((key for key in part.exclusive if first and _says(first, key)), "")
        second = _as_mapping(over, held or part.shorthand)
        if first is None or second is None:
            return over  # of the wrong shape: told when it is read
        return self.merge_part(first, second, part, path)

    def _merge_keyed(self, base: Node, over: MappingNode, part: type[Part], path: str) -> Node:
        """A mapping from ids to parts: those that `over` names are reworded."""
        rows = list(base.value) if isinstance(base, MappingNode) else []
        for key, value in self.reader.pairs(over, path):
            place = next((n for n, (name, _) in enumerate(rows) if name.value == key), None)
            if place is None:
                told = f"“{key}” is not told in the outline, and an audience cannot add it"
                self.tell(value, join(path, key), told, _IN_OUTLINE)
            else:
                name, old = rows[place]
                rows[place] = (name, self._merge_parts(old, value, part, join(path, key)))
        return MappingNode(base.tag, rows, base.start_mark, base.end_mark)

    # -- lists ---------------------------------------------------------------

    def _merge_list(self, base: Node, over: Node, field: Field, part: Any, path: str) -> Node:
        """Entries that name an `id` are reworded, the others stay; without ids, a new list."""
        old, new = _items(base), _items(over)
        if issubclass(part, Slide):
            return _sequence(base, self._merge_slides(old, new, path))
        own = part_fields(part)["id"].doc not in COMMON if "id" in part_fields(part) else False
        if not (own or any(words_at(node, "id") for node in new)):
            inferred = any(_says(node, "inference") for node in _mappings(base))
            if not (field.doc.fact or inferred or _holds_facts(part)):
                return over
            what = "an inference" if inferred else "facts"
            told = f"`{field.key}` holds {what}, and cannot be replaced by another list"
            self.tell(over, path, told, "reword entries by their `id`, or withhold some with `not`")
            return base
        names = [_entry_name(node, own) for node in old]
        for node in new:
            name = _entry_name(node, own)
            if part is Tier and name.isdigit() and 0 < int(name) <= len(names):
                name = names[int(name) - 1]  # by its rank
            if name in names:
                place = names.index(name)
                old[place] = self._merge_parts(old[place], node, part, join(path, name))
            else:
                told = (
                    f"no entry of `{field.key}` has the id “{name}”" if name else "`id` is missing"
                )
                known = [name for name in names if name]
                hint = nearest(name, known) if known else "give the outline’s entries an `id` each"
                self.tell(node, path, told, hint)
        return _sequence(base, old)

    def _merge_slides(self, old: list[Node], new: list[Node], path: str) -> list[Node]:
        """Slides of the outline reworded; others, which name a `kind`, are added."""
        for node in new:
            names = name_slides(old)
            name, kind = name_slides([node])[0], words_at(node, "kind")
            if not isinstance(node, MappingNode):
                old.append(node)  # told when it is read
            elif name in names:
                place = names.index(name)
                old[place] = self._reword_slide(old[place], node, join(path, name))
            elif kind:
                old.insert(self._place_after(node, names, path), _without(node, AFTER))
            else:
                told = f"no slide has the id “{name}”" if name else "`id` is missing"
                hint = "say which slide of the outline this is, or give it a `kind`"
                hint = nearest(name, names) if name else hint
                self.tell(node, path, told, hint)
        return old

    def _reword_slide(self, base: Node, over: Node, path: str) -> Node:
        kind = words_at(base, "kind")
        if kind not in kind_names():
            return base  # told when it is read
        if (after := find_value(over, AFTER)) is not None:
            told = f"`{AFTER}` places a new slide, and this one is in the outline"
            self.tell(after, path, told, "place it with the `order` of the audience")
            over = _without(over, AFTER)
        return self._merge_parts(base, over, load_kind(kind).Fields, path)

    def _place_after(self, node: Node, names: list[str], path: str) -> int:
        """Where a new slide goes: after the one it names, else at the end."""
        wanted = words_at(node, AFTER)
        if not wanted or wanted in names:
            return names.index(wanted) + 1 if wanted else len(names)
        mark = find_value(node, AFTER) or node
        self.tell(
            mark, join(path, AFTER), f"no slide has the id “{wanted}”", nearest(wanted, names)
        )
        return len(names)


def _holds_facts(part: type[Part]) -> bool:
    """Whether a part, or one within it, has a fact of its own; to cite a source is none."""
    for field in part_fields(part).values():
        wanted = bare_type(field.type)
        inner = get_args(wanted)[0] if get_origin(wanted) is tuple else wanted
        if field.doc.fact and field.doc.ref != "source":
            return True
        if is_part(inner) and inner is not part and _holds_facts(inner):
            return True
    return False


def _as_mapping(node: Node, key: str) -> MappingNode | None:
    """A part's node as a mapping: a bare value stands for its shorthand."""
    if isinstance(node, MappingNode):
        return node
    if not key:
        return None
    start, end = node.start_mark, node.end_mark
    name = ScalarNode("tag:yaml.org,2002:str", key, start, start)
    return MappingNode("tag:yaml.org,2002:map", [(name, node)], start, end)


def _items(node: Node) -> list[Node]:
    return [node] if isinstance(node, ScalarNode) else entries(node)


def _sequence(base: Node, items: list[Node]) -> SequenceNode:
    tag = "tag:yaml.org,2002:seq"
    return SequenceNode(tag, items, base.start_mark, base.end_mark)


def _entry_name(node: Node, named: bool) -> str:
    """An entry's id; where parts are known by name, that made from its name."""
    name = words_at(node, "id")
    return name or (slug(words_at(node, "name")) if named and words_at(node, "name") else "")


def _without(node: Node, key: str) -> Node:
    rows = [(name, value) for name, value in node.value if name.value != key]
    return MappingNode(node.tag, rows, node.start_mark, node.end_mark)


def _says(node: Node, key: str) -> bool:
    """Whether a mapping has something at a key."""
    value = find_value(node, key)
    return value is not None and not is_null(value)


def _mappings(node: Node) -> Iterator[MappingNode]:
    """Every mapping in a node, at any depth."""
    return (inner for inner in _nodes(node) if isinstance(inner, MappingNode))


def _scalars(node: Node) -> Iterator[ScalarNode]:
    """Every bare value in a node, at any depth."""
    return (inner for inner in _nodes(node) if isinstance(inner, ScalarNode))


def _nodes(root: Node) -> Iterator[Node]:
    """A node and all within it, each once: aliases may make one stand often, or in itself."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        if isinstance(node, SequenceNode):
            waiting += node.value
        elif isinstance(node, MappingNode):
            waiting += [value for _, value in node.value]


def _numbers_at(node: Node) -> set[str]:
    return numbers_in(str(node.value)) if isinstance(node, ScalarNode) else set()


def as_nodes(slides: Sequence[Slide], root: MappingNode) -> SequenceNode:
    """Slides that were derived, as if somebody had written them at the head of the outline."""
    nodes: list[Node] = []
    for slide in slides:
        rows = [
            (_scalar(field.key, root), _scalar(str(value), root))
            for field in part_fields(type(slide)).values()
            if isinstance(value := getattr(slide, field.name), str) and value != field.default
        ]
        nodes.append(MappingNode(root.tag, rows, root.start_mark, root.start_mark))
    return _sequence(root, nodes)


def _scalar(words: str, root: MappingNode) -> ScalarNode:
    return ScalarNode("tag:yaml.org,2002:str", words, root.start_mark, root.start_mark, "'")


def _same(first: Node | None, second: Node) -> bool:
    """Whether two nodes, bare values or lists of such, say the same."""
    if first is second:
        return True
    if isinstance(first, ScalarNode) and isinstance(second, ScalarNode):
        return first.value == second.value and first.tag == second.tag
    if isinstance(first, SequenceNode) and isinstance(second, SequenceNode):
        pairs = zip(first.value, second.value, strict=False)
        return len(first.value) == len(second.value) and all(
            a is b or (isinstance(a, ScalarNode) and _same(a, b)) for a, b in pairs
        )
    return False
