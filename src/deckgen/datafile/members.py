"""The nodes of an outline go in; what its companies and groups are called comes out."""

from __future__ import annotations

from collections.abc import Iterator

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from deckgen import markup
from deckgen.fields import slug
from deckgen.nodes import entries, find_value, words_at
from deckgen.source import nearest
from deckgen.words import fold


class Members:
    """Finds companies and groups by what they are called, in any case."""

    def __init__(self, root: MappingNode) -> None:
        self._ids: dict[str, str] = {}
        self._names: list[str] = []
        for key in ("companies", "groups"):
            listed = find_value(root, key)
            for entry in entries(listed) if listed is not None else ():
                self._note(entry)

    def _note(self, entry: Node) -> None:
        names = [markup.plain(name) for name in _names(entry)]
        own = words_at(entry, "id") or (slug(names[0]) if names else "")
        for form in (own, *names):
            self._ids.setdefault(fold(form), own)
        self._names += names

    def find(self, words: str) -> str:
        """The id of the one with this name, short name, alias or id; empty if there is none."""
        return self._ids.get(fold(words), "") if words else ""

    def nearest(self, words: str) -> str:
        """A hint with the name that is nearest to a word."""
        return nearest(words, self._names)


def _names(entry: Node) -> Iterator[str]:
    """A company's name, short name and aliases, as they are written."""
    aliases = find_value(entry, "aliases")
    listed = aliases.value if isinstance(aliases, SequenceNode) else [aliases]
    others = [str(node.value) for node in listed if isinstance(node, ScalarNode)]
    yield from (
        name for name in (words_at(entry, "name"), words_at(entry, "short"), *others) if name
    )
