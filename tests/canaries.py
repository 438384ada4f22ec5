"""Canaries: an outline goes in, the same outline with a strange word in one field comes out.

The word stands in a part that one audience, the guests, does not see: the innermost part
around the field that can be withheld. The staff see it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import yaml
from msgspec import Struct
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from deckgen.charts.arrows import Arrow
from deckgen.fields import Field, Part, part_fields, slug
from deckgen.loader import load_text
from deckgen.nodes import find_value, words_at
from deckgen.outline import parts_within
from deckgen.source import Id, Text

DECKS = Path(__file__).parents[1] / "decks"
EXAMPLES = [*sorted((DECKS / "kinds").glob("*.yaml")), DECKS / "semiconductors.yaml"]
WORD = "Qxzvk-canary"  # may break at its hyphen, so that it fits wherever two words do
SHORT = "Qxzvk"  # where it stands alone
NUMBER = "7.0125"  # within the bounds of any number
_STRING, _NUMBER = "tag:yaml.org,2002:str", "tag:yaml.org,2002:float"


class Plant(Struct, frozen=True):
    """A field of an example: the part it stands in, by its place, and its key."""

    example: Path
    name: str  # `Company.status`, `table.Row.cells`
    line: int
    column: int
    key: str
    shorthand: str
    number: bool

    @property
    def canary(self) -> str:
        return NUMBER if self.number else SHORT if self.name in _NARROW else WORD


# Not free words: the name of a tier is for everyone; a path, a date and a layer must be right.
# The group of a row is that of those below it as well.
_BOUND = {
    "Tier.name", "Tier.short", "image.Fields.file", "figure.Fields.code",
    "timeline.Event.when", "timeline.Event.date", "insight.Holding.layer", "table.Row.group",
    "table.Column.width", "Outline.language",
    "Company.aliases", "Source.short",  # which many others name: see test_leaks
    "arrows.Arrow.from", "arrows.Arrow.to",  # names of categories
    "gantt.Row.start", "gantt.Row.end", "gantt.Row.date", "gantt.TodayLine.date",
}  # fmt: skip
_NARROW = {"timeline.Event.phase", "Labels.target", "data.Category.group"}
_NUMBERS = (float, float | None, tuple[float, ...], tuple[float | None, ...])
# Of what nobody can do without, other audiences get other words.
_REWORDED = ("Outline.", "Labels.", "Question.", "Tier.")


def find_plants() -> list[Plant]:
    """One field of each sort in the examples of all kinds, and of a whole deck."""
    found: dict[str, Plant] = {}
    for path in EXAMPLES:
        outline = load_text(path.read_text("utf-8"), str(path))
        bound = {id for tier in outline.tiers for id in tier.criteria}
        bound |= set(outline.source[:1])  # stands alone in most
        ends = {str(end) for part in parts_within(outline) if isinstance(part, Arrow)
                for end in (part.from_, part.to)}  # fmt: skip
        for part, field in _walk(outline):
            if part.id in bound or getattr(part, "name", "") in ends:  # others refer to it
                continue
            home = type(part).__module__.rpartition(".")[2]
            name = f"{type(part).__name__}.{field.key}"
            name = name if home in ("outline", "labels") else f"{home}.{name}"
            number = field.type in _NUMBERS
            mark = part.mark
            plant = Plant(path, name, mark.line, mark.column, field.key, part.shorthand, number)
            at_home = path.stem.replace("-", "_") == home
            if name not in found or (at_home and found[name].example != path):
                found[name] = plant
    return [found[name] for name in sorted(found) if name not in _BOUND]


def _walk(part: Part) -> Iterator[tuple[Part, Field]]:
    """Every field that has words or a number, with the part it is in."""
    for field in part_fields(type(part)).values():
        value = getattr(part, field.name)
        inner = tuple(value.values()) if isinstance(value, dict) else value
        for one in inner if isinstance(inner, tuple) else (inner,):
            if isinstance(one, Part):
                yield from _walk(one)
            elif isinstance(one, float) or (
                isinstance(one, Text) and not isinstance(one, Id) and one and one.mark.line
            ):
                yield part, field


def planted(plant: Plant) -> Iterator[str]:
    """The example with the canary, withheld with the part around it, the innermost first."""
    if plant.name.startswith(_REWORDED):
        yield _reworded(plant)
        return
    count = len(_chain(_read(plant), plant))
    for depth in range(1, count):
        root = _read(plant)
        chain = _chain(root, plant)
        _put(chain, plant)
        holder = chain[-depth]
        if plant.name.startswith("Source."):
            _may_drop_out(root, words_at(holder, "id"))
        holder.value.append((_scalar("not"), _scalar("guests")))
        yield _with_audiences(root, "[staff, guests]")


def _may_drop_out(node: Node, source: str) -> None:
    """Let every reference to a source drop out with it."""
    for key, value in node.value if isinstance(node, MappingNode) else ():
        for entry in value.value if isinstance(value, SequenceNode) else (value,):
            if key.value == "source" and entry.value == source:
                entry.value = f"{source}?"
            _may_drop_out(entry, source)


def _with_audiences(root: MappingNode, audiences: str) -> str:
    """An outline with audiences, a cover, and a page that everyone gets."""
    _let_drop(root)
    more = yaml.compose(_FILLER, yaml.CSafeLoader)
    assert isinstance(more, SequenceNode)
    slides = find_value(root, "slides")
    assert isinstance(slides, SequenceNode)
    slides.value += more.value
    root.value.append((_scalar("audiences"), yaml.compose(audiences, yaml.CSafeLoader)))
    return str(yaml.serialize(root, allow_unicode=True, width=10_000))


def _let_drop(node: Node) -> None:
    """Let every reference to a slide drop out where the slide does."""
    if isinstance(node, SequenceNode):
        for value in node.value:
            _let_drop(value)
    for key, value in node.value if isinstance(node, MappingNode) else ():
        items = value.value if isinstance(value, SequenceNode) else [value]
        for item in items if key.value in ("slide", "slides") else ():
            if isinstance(item, ScalarNode):
                item.value += "?"
        _let_drop(value)


_FILLER = """
- {kind: cover, id: filler-cover}
- {kind: bullets, id: filler, title: Everyone gets this page, points: [For all], notes: Say it}
"""


def _reworded(plant: Plant) -> str:
    """The example with the canary in the words of the staff."""
    part, _, key = plant.name.partition(".")
    root = _read(plant)
    inner = f"{key}: {plant.canary}"
    if part == "Tier":
        tier = _chain(root, plant)[-1]
        name = words_at(tier, "id") or slug(words_at(tier, "name"))
        inner = f"tiers: [{{id: {name}, {inner}}}]"
    elif part != "Outline":
        inner = f"{part.lower()}: {{{inner}}}"
    return _with_audiences(root, f"[{{name: staff, {inner}}}, guests]")


def _read(plant: Plant) -> MappingNode:
    node = yaml.compose(plant.example.read_text("utf-8"), yaml.CSafeLoader)
    assert isinstance(node, MappingNode)
    return node


def _scalar(words: str, tag: str = _STRING) -> ScalarNode:
    return ScalarNode(tag, words)


def _chain(root: MappingNode, plant: Plant) -> list[MappingNode]:
    """The mappings from the root to the part; one that is a bare value becomes a mapping."""

    def search(node: Node, chain: list[MappingNode]) -> list[MappingNode]:
        here = (node.start_mark.line + 1, node.start_mark.column + 1) == (plant.line, plant.column)
        if isinstance(node, MappingNode):
            chain = [*chain, node]
            if here and len(chain) > 1:
                return chain
            for place, (key, value) in enumerate(node.value):
                if isinstance(value, ScalarNode) and _is_part(value, plant, key):
                    made = _as_part(value, plant)
                    node.value[place] = (key, made)
                    return [*chain, made]
                if found := search(value, chain):
                    return found
        elif isinstance(node, SequenceNode):
            for place, value in enumerate(node.value):
                if isinstance(value, ScalarNode) and _is_part(value, plant):
                    made = _as_part(value, plant)
                    node.value[place] = made
                    return [*chain, made]
                if found := search(value, chain):
                    return found
        return []

    found = search(root, [])
    assert found, plant
    return found


def _is_part(node: Node, plant: Plant, key: Node | None = None) -> bool:
    """Whether a bare value is the part, and not a text within it."""
    place = (node.start_mark.line + 1, node.start_mark.column + 1)
    return place == (plant.line, plant.column) and plant.shorthand == plant.key


def _as_part(node: Node, plant: Plant) -> MappingNode:
    return MappingNode("tag:yaml.org,2002:map", [(_scalar(plant.shorthand), node)])


def _put(chain: list[MappingNode], plant: Plant) -> None:
    """The canary in the place of what stood at the key; an id that was made from it stays."""
    part = chain[-1]
    canary = _scalar(plant.canary, _NUMBER if plant.number else _STRING)
    if plant.key == "url":
        canary.value = f"https://{WORD.lower()}.example"
    old = find_value(part, plant.key)
    if plant.key == "name" and not words_at(part, "id") and words_at(part, "name"):
        part.value.append((_scalar("id"), _scalar(slug(words_at(part, "name")))))
    if isinstance(old, SequenceNode):
        old.value[0] = canary
        return
    part.value = [(key, canary if value is old else value) for key, value in part.value]


def raw_words(data: bytes) -> str:
    """All that a package holds, workbooks unzipped, in lower case, with and without its tags."""
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            part = package.read(name)
            if name.endswith(".xlsx"):
                found.append(raw_words(part))
                continue
            text = part.decode("utf-8", "replace")
            found += [name, text]
    return "\n".join(found).lower()
