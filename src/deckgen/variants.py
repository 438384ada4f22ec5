"""Files go in, the nodes of one outline and of what its audiences say otherwise come out.

Variables are filled in; slides that take their numbers from a data file hold them in these
nodes.

An audience stands in the outline under `audiences`, or in a file of its own that extends
the outline; both hold the same keys. Those of `Audience` say who it is and which slides it
gets, all others are laid over the outline.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from yaml.nodes import MappingNode, Node, ScalarNode

from deckgen import disk
from deckgen.audience import Audience
from deckgen.datafile import Expansion
from deckgen.document import parse, parse_file, parse_kept, wrong
from deckgen.fields import part_fields
from deckgen.filling import KEY, Filling, read_declared
from deckgen.limits import MOST_AUDIENCES, MOST_FILES
from deckgen.nodes import describe, entries, find_value, is_null, item_name, join, words_at
from deckgen.outline import Outline
from deckgen.reader import Reader
from deckgen.sheets import load_kept, load_sheet
from deckgen.source import Id, Mark, OutlineError, Problem, nearest, shorten
from deckgen.variables import Given, Variable

_NAME = re.compile(r"[\w-][\w.-]{0,39}")  # it becomes part of a file's name
_STRING = "tag:yaml.org,2002:str"


class Variant(Struct, frozen=True):
    """An audience and what is laid over the outline for it."""

    audience: Audience
    changes: MappingNode


class Manuscript(Struct, frozen=True):
    """An outline as it is written, for everyone. `own` is the audience whose file was opened."""

    file: str
    root: MappingNode
    variants: dict[str, Variant]
    problems: tuple[Problem, ...]
    own: str = ""
    variables: Mapping[str, Variable] = {}

    def lineage(self, name: str) -> list[Variant]:
        """An audience after those that it extends; empty for no audience."""
        line: list[Variant] = []
        while name in self.variants and self.variants[name] not in line:
            line.insert(0, self.variants[name])
            name = str(line[0].audience.extends)
        return line

    def wording(self, name: str) -> tuple[str, ...]:
        """The audiences whose words an audience gets, in the order in which they are laid."""
        worded = (variant for variant in self.lineage(name) if variant.changes.value)
        return tuple(str(variant.audience.name) for variant in worded)

    def find_audience(self, name: str) -> str:
        """The audience called `name`; if that is empty, the one whose file this is.

        OutlineError with the nearest name if there is none.
        """
        if name and name not in self.variants:
            told = f"no audience is called “{name}”"
            error = wrong(self.file, told, nearest(name, self.variants) or "the outline has none")
            raise OutlineError([*error.problems, *self.problems])
        if self.own and name not in ("", self.own):
            told = f"this file is the audience “{self.own}”"
            raise wrong(self.file, told, f"for “{name}” name the outline it extends")
        return name or self.own


def open_manuscript(
    path: Path, given: Sequence[Given] | None = (), keep: bool = False
) -> Manuscript:
    """The outline in a file, or the one that the file extends. OutlineError if it is none.

    `given` are values of variables; None leaves the texts as they are written, for whoever
    asks which variables and audiences there are. `keep` what files hold, for a process that
    builds many decks of one outline.
    """
    return _open(path, str(path), _Opening(given, keep))


def read_manuscript(text: str, file: str, given: Sequence[Given] | None = ()) -> Manuscript:
    """The outline in a text; `file` is the name that messages use."""
    return _from_node(parse(text, file), file, _Opening(given))


class _Opening:
    """What is opened on the way to one outline: the files so far, the values to fill in."""

    def __init__(self, given: Sequence[Given] | None, keep: bool = False) -> None:
        self.given = given
        self.parse = parse_kept if keep else parse_file
        self.load = load_kept if keep else load_sheet
        self.files: list[Path] = []
        self.filling = Filling({}, given)

    def fill_with(self, declared: Node | None) -> None:
        """Read the outline's variables, of which all files hold values."""
        variables, problems = read_declared(declared)
        self.filling = Filling(variables, self.given)
        self.filling.problems[:0] = problems


def _open(path: Path, name: str, opening: _Opening) -> Manuscript:
    return _from_node(opening.parse(path, name), name, opening)


def _from_node(node: Node, file: str, opening: _Opening) -> Manuscript:
    if not isinstance(node, MappingNode):
        told = f"an outline is a mapping that begins with `title:`, not {describe(node)}"
        raise _told_at(node, told)
    extended = find_value(node, "extends")
    if extended is not None:
        return _extend(node, extended, file, opening)
    opening.fill_with(find_value(node, KEY))
    root = opening.filling.fill_mapping(_without(node, KEY, "audiences"))
    return _Gathering(file, root, opening).gather(find_value(node, "audiences"))


def _without(root: MappingNode, *keys: str) -> MappingNode:
    """A mapping without the first value of each of some keys: that which is read apart."""
    apart = [find_value(root, key) for key in keys]
    rows = [(key, value) for key, value in root.value if not any(value is one for one in apart)]
    return MappingNode(root.tag, rows, root.start_mark, root.end_mark)


def _told_at(node: Node, message: str, hint: str = "") -> OutlineError:
    return OutlineError([Problem(Reader().mark(node, ""), message, hint)])


# -- a file of its own ---------------------------------------------------------------


def _extend(node: MappingNode, extended: Node, file: str, opening: _Opening) -> Manuscript:
    """The outline that an audience's file extends, with the audience added to it."""
    base, _, parent = words_of(extended).partition("#")
    here = Path(file).resolve()
    if here in opening.files or len(opening.files) >= MOST_FILES:
        raise _told_at(extended, "these files extend one another in a circle", "end it somewhere")
    path = _beside(extended, base, file)
    opening.files.append(here)
    found = _open(path, str(path), opening)
    listed = next((n for n, v in found.variants.items() if _is_from(v, file)), None)
    if listed is not None:  # the outline names this file among its audiences
        return replace(found, own=listed)
    opening.filling.problems.clear()  # they are among the found ones
    gathering = _Gathering(found.file, found.root, opening)
    gathering.variants = dict(found.variants)
    name = gathering.add(node, file, Id(parent or found.own, Reader().mark(extended, "")))
    gathering.check_lineage()
    problems = (*found.problems, *gathering.all_problems())
    return replace(found, variants=gathering.variants, problems=problems, own=name)


def _is_from(variant: Variant, file: str) -> bool:
    """Whether an audience was read from this file."""
    written = variant.changes.start_mark.name
    return Path(written).resolve() == Path(file).resolve()


def words_of(node: Node) -> str:
    return str(node.value) if isinstance(node, ScalarNode) else ""


def _beside(node: Node, name: str, file: str, key: str = "extends") -> Path:
    """The outline that a file names, as a path from its own folder."""
    hint = f"name an outline, as in {key}: briefing.yaml"
    if Path(name).suffix not in (".yaml", ".yml") or "\\" in name:
        raise _told_at(node, f"{describe(node)} is no outline", hint)
    if Path(name).is_absolute() or ":" in name:
        told = f"“{shorten(name)}” must be a path from this file’s folder"
        raise _told_at(node, told, f"as in {key}: briefing.yaml")
    path = Path(file).parent / name
    try:
        outside = disk.leads_out(Path(file).parent, name)
        found = path.is_file()
    except OSError:  # a name that no file can have
        outside = found = False
    if outside:
        told = f"“{shorten(name)}” leads out of this file’s folder"
        hint = "keep the two in one folder"
        if key == "extends":
            hint = "keep them in one folder, or list this file in the outline and build that"
        raise _told_at(node, told, hint)
    if not found:
        beside = (
            [other.name for other in path.parent.glob("*.y*ml")] if path.parent.is_dir() else []
        )
        near = get_close_matches(path.name, beside, n=1)
        hint = f"did you mean “{near[0]}”?" if near else hint
        raise _told_at(node, f"there is no file “{shorten(name)}” beside this one", hint)
    return path


# -- audiences in an outline ------------------------------------------------------------


class _Gathering:
    """Collects audiences; `problems` fill as it goes."""

    def __init__(self, file: str, root: MappingNode, opening: _Opening) -> None:
        self.file = file
        self.filling, self.parse = opening.filling, opening.parse
        self.root = root  # the outline without its `audiences`
        self.variants: dict[str, Variant] = {}
        self.problems: list[Problem] = []
        self.expansion = Expansion(root, opening.load)

    def all_problems(self) -> tuple[Problem, ...]:
        """The mistakes in audiences, in variables and in data files."""
        return (*self.filling.problems, *self.problems, *self.expansion.problems)

    def gather(self, node: Node | None) -> Manuscript:
        """The outline with its `audiences`, which are read."""
        base = self.expansion.expand(self.root)
        if node is not None and not is_null(node):
            items = [node] if isinstance(node, ScalarNode) else entries(node)
            if isinstance(node, MappingNode) and not {"name", "file"} & {
                k.value for k, _ in node.value
            }:
                told = "each audience begins with a dash and its name"
                self.tell(node, told, "as in `- name: board`")
                items = []
            for entry in items[:MOST_AUDIENCES]:
                self._add_entry(entry)
            if len(items) > MOST_AUDIENCES:
                told = f"an outline takes at most {MOST_AUDIENCES} audiences, not {len(items)}"
                self.tell(items[MOST_AUDIENCES], told)
        self.check_lineage()
        problems, variables = self.all_problems(), self.filling.declared
        return Manuscript(self.file, base, self.variants, problems, variables=variables)

    def _add_entry(self, entry: Node) -> None:
        named = find_value(entry, "file")
        if named is None:
            self.add(entry, self.file)
            return
        for key, value in entry.value:
            if key.value != "file":
                told = f"`{key.value}` belongs into the file of the audience"
                self.tell(value, told, "an entry with `file` has no other key")
        path = _beside(named, words_of(named), self.file, "file")
        node = self.parse(path, str(path))
        target = words_at(node, "extends").partition("#")
        if not target[0] or (path.parent / target[0]).resolve() != Path(self.file).resolve():
            told = f"“{words_of(named)}” does not extend this outline"
            self.tell(named, told, f"let it begin with `extends: {Path(self.file).name}`")
            return
        self.add(node, str(path), Id(target[2], Reader().mark(node, "")))

    def add(self, node: Node, file: str, parent: Id | None = None) -> str:
        """Read an audience; returns its name, empty if it has none that can be read.

        `parent` is the audience it extends, for one in a file, where `extends` is a path.
        """
        reader = Reader()
        node = self.filling.fill(node)
        own, changes = [], []
        keys = set(part_fields(Audience))
        for key, value in node.value if isinstance(node, MappingNode) else ():
            mine = words_of(key) in keys and not (key.value == "extends" and parent is not None)
            if mine:
                own.append((key, value))
            elif not (words_of(key) == "extends" and parent is not None) and self._is_known(key):
                changes.append((key, value))
        start, end = node.start_mark, node.end_mark
        if not isinstance(node, MappingNode):
            own = [(ScalarNode(_STRING, "name", start, start), node)]
        elif parent is not None and not words_at(node, "name"):
            name = ScalarNode(_STRING, Path(file).stem, start, start)
            own.insert(0, (ScalarNode(_STRING, "name", start, start), name))
        mapping = MappingNode(node.tag, own, start, end)
        path = join("audiences", words_at(mapping, "name") or item_name(node, len(self.variants)))
        audience = reader.read_part(mapping, Audience, path)
        self.problems += reader.problems
        if audience is None:
            return ""
        if parent:
            audience = replace(audience, extends=parent)
        self._check_name(audience)
        laid = MappingNode("tag:yaml.org,2002:map", changes, start, end)
        laid = self.expansion.expand_changes(laid)
        self.variants.setdefault(str(audience.name), Variant(audience, laid))
        return str(audience.name)

    def tell(self, node: Node, message: str, hint: str = "") -> None:
        self.problems.append(Problem(Reader().mark(node, ""), message, hint))

    def _is_known(self, key: Node) -> bool:
        """Whether an audience or an outline has a key; tells if not."""
        if not isinstance(key, ScalarNode):
            return True  # told when it is read
        known = {*part_fields(Audience), *part_fields(Outline)} - {"audiences"}
        if key.value in ("only", "not"):
            told = f"`{key.value}` cannot stand here"
            self.tell(key, told, "put it where the thing itself stands in the outline")
        elif key.value == KEY:
            self.tell(key, f"an audience has no `{KEY}` of its own", "declare them in the outline")
        elif key.value == "audiences":
            self.tell(key, "an audience has no `audiences` of its own", "let another extend it")
        elif key.value not in known:
            self.tell(key, f"unknown key `{key.value}`", nearest(key.value, known))
        return key.value in known and key.value != KEY

    def _check_name(self, audience: Audience) -> None:
        name = audience.name
        # Two that differ by case alone would be one file on many systems.
        alike = {str(other).casefold(): variant for other, variant in self.variants.items()}
        first = alike.get(name.casefold())
        if first is not None:
            at = first.audience.mark
            there = (
                f"line {at.line}" if at.file == name.mark.file else f"line {at.line} of {at.file}"
            )
            hint = f"it is on {there} already"
            self.problems.append(Problem(name.mark, f"the audience “{name}” is given twice", hint))
        elif not _NAME.fullmatch(name):
            hint = "take letters, digits, hyphens and dots: it becomes part of a file’s name"
            self.problems.append(
                Problem(name.mark, f"an audience cannot be called “{name[:40]}”", hint)
            )

    def check_lineage(self) -> None:
        """An audience that extends none there is, or itself."""
        for variant in self.variants.values():
            wanted = variant.audience.extends
            if wanted and wanted not in self.variants:
                told = f"no audience has the name “{wanted}”"
                self.problems.append(Problem(_mark(variant), told, nearest(wanted, self.variants)))
            elif wanted and self._in_circle(variant):
                told = f"“{variant.audience.name}” extends itself"
                self.problems.append(Problem(_mark(variant), told, "end the circle somewhere"))

    def _in_circle(self, variant: Variant) -> bool:
        seen: set[str] = set()
        name = str(variant.audience.extends)
        while name in self.variants and name not in seen:
            seen.add(name)
            name = str(self.variants[name].audience.extends)
        return str(variant.audience.name) in seen


def _mark(variant: Variant) -> Mark:
    return variant.audience.extends.mark
