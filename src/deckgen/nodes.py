"""YAML nodes: what they are, what they hold, how messages call them."""

from __future__ import annotations

from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from deckgen.fields import slug
from deckgen.limits import MOST_ID
from deckgen.source import shorten


class Filled(ScalarNode):
    """A value into which variables were filled.

    `value` is for ids, numbers and names of files, `text` for words of the deck: what is
    Markdown in a variable's value is escaped there.
    """

    def __init__(self, tag: str, value: str, text: str, start: Any, end: Any, style: str) -> None:
        super().__init__(tag, value, start, end, style)
        self.text = text


def join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def field_name(path: str) -> str:
    """The last field of a path as messages name it: `tier`, or entry 2 of `points`."""
    parent, _, name = path.rpartition(".")
    return f"entry {name} of {field_name(parent)}" if name.isdigit() and parent else f"`{name}`"


def item_name(node: Node, index: int) -> str:
    """How a list's entry is called in a path: by its id, name or kind, else by its number."""
    if isinstance(node, MappingNode):
        scalars = {
            k.value: v.value
            for k, v in node.value
            if isinstance(k, ScalarNode) and isinstance(v, ScalarNode)
        }
        if "name" in scalars and "id" not in scalars:
            return slug(scalars["name"])
        for key in ("id", "kind"):
            if key in scalars:
                return str(scalars[key])[:MOST_ID]
    return str(index + 1)


def entries(node: Node) -> list[Node]:
    """The entries of a list; one may stand without its dash, a bare word is none."""
    if isinstance(node, MappingNode):
        return [node]
    return list(node.value) if isinstance(node, SequenceNode) else []


def is_marked(node: MappingNode) -> bool:
    """Whether a mapping is a text with the audiences that see it."""
    keys = {key.value for key, _ in node.value if isinstance(key, ScalarNode)}
    return "text" in keys and len(keys) > 1 and keys <= {"text", "only", "not"}


def is_null(node: Node) -> bool:
    return bool(isinstance(node, ScalarNode) and node.tag == "tag:yaml.org,2002:null")


def describe(node: Node) -> str:
    """A node in words, for `wants text, not ...`."""
    if isinstance(node, SequenceNode):
        return "a list"
    if isinstance(node, MappingNode):
        return "a mapping"
    return "nothing" if is_null(node) or not node.value else f"“{shorten(node.value)}”"


def find_value(node: Node, key: str) -> Node | None:
    """The value of a mapping's key; None if it has none, or is no mapping."""
    if not isinstance(node, MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)


def words_at(node: Node, key: str) -> str:
    """The scalar at a mapping's key as it is written; empty if there is none."""
    value = find_value(node, key)
    return str(value.value) if isinstance(value, ScalarNode) else ""
