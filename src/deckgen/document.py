"""Text to YAML nodes, or what is wrong with the text at its line.

`read_text` gives a file's characters, `parse` its nodes. Nothing is built from them but
nodes, so that no tag can run code and every value keeps its place. What a file is (an outline,
a theme) matters for its messages alone.
"""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import Node, ScalarNode

from deckgen import disk
from deckgen.characters import CONTROL
from deckgen.limits import MOST_BYTES, MOST_LEVELS, MOST_VALUES
from deckgen.nodes import is_null
from deckgen.source import Mark, OutlineError, Problem

_SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
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
    "exceeded maximum nesting depth": (  # PyYAML from 6.0.4 on
        f"the outline is nested more than {MOST_LEVELS} levels deep", ""),
    "but found another document": (
        "a second document begins here", "a file holds one document: remove the `---`"),
}  # fmt: skip

_SPLIT = {"outline": "tell it in several outlines"}  # what to do where there is too much
_START = {"outline": "`deckgen new NAME` writes one to start from"}


class _Named(io.StringIO):
    """Characters with the name of their file, which the parser puts into each node's mark."""

    def __init__(self, text: str, name: str, what: str) -> None:
        super().__init__(text)
        self.name, self.what = name, what


class _Limited(_SAFE):  # type: ignore[misc]
    """Composes nodes and nothing else, as long as they are not too many nor nested too deep.

    The composer tells each node to its resolver before it goes into it, and recurses: what
    is too deep must be refused before the stack is exhausted.
    """

    def __init__(self, stream: _Named) -> None:
        super().__init__(stream)
        self.file, self.what = stream.name, stream.what
        self.levels = 0
        self.values = 0

    def descend_resolver(self, parent: Node | None, index: Any) -> None:
        self.levels += 1
        self.values += 1
        if self.levels > MOST_LEVELS + 1:  # the innermost may be a bare value
            told = f"the {self.what} is nested more than {MOST_LEVELS} levels deep"
            raise wrong(self.file, told, "", _last_line(parent))
        if self.values > 2 * MOST_VALUES:  # keys are counted here, and not by the reader
            told = f"the {self.what} holds over {MOST_VALUES:,} values"
            raise wrong(self.file, told, _SPLIT.get(self.what, ""), _last_line(parent))

    def ascend_resolver(self) -> None:
        self.levels -= 1


def _last_line(parent: Node | None) -> int:
    """The line, from 1, to which composing a node has come: where its last value ends."""
    mark = None
    while parent is not None:
        mark = parent.end_mark or parent.start_mark  # no end as long as it is composed
        last = parent.value[-1] if parent.value and not isinstance(parent, ScalarNode) else None
        parent = last[1] if isinstance(last, tuple) else last
    return int(mark.line) + 1 if mark else 1


def read_text(path: Path, name: str, what: str = "outline", most: int = MOST_BYTES) -> str:
    """The characters of a file; OutlineError if it is no readable UTF-8 text.

    `what` it is, and how many bytes it may have at `most`.
    """
    try:
        data = disk.read_bytes(path, most)
    except disk.TooLargeError:
        size = f"{most // 1_000_000} MB" if most >= 1_000_000 else f"{most // 1000} kB"
        raise wrong(name, f"the file is larger than {size}", _SPLIT.get(what, "")) from None
    except disk.NotRegularError:
        told = "this is a pipe or a device, not a file"
        raise wrong(name, told, f"save the {what} to a file") from None
    except FileNotFoundError:
        near = next((end for end in (".yaml", ".yml") if Path(f"{name}{end}").is_file()), "")
        hint = f"did you mean {name}{near}?" if near else ""
        raise wrong(name, "there is no such file", hint) from None
    except IsADirectoryError:
        raise wrong(name, "this is a directory", f"name the {what} in it") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise wrong(name, f"the file cannot be read ({reason})") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise wrong(name, "the file is UTF-16", "save it as UTF-8", line=1) from None
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        told = f"the file is not UTF-8 (byte {data[error.start]:#04x})"
        raise wrong(name, told, "save it as UTF-8", line, column) from None
    return text.replace("\r\n", "\n")


def parse(text: str, file: str, what: str = "outline") -> Node:
    """The root node of a YAML text. Raises OutlineError for what is not YAML, or too much."""
    if len(text) > MOST_BYTES:
        raise wrong(file, f"the text is longer than {MOST_BYTES:,} characters")
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
        node = yaml.compose(_Named(text, file, what), _Limited)
    except yaml.MarkedYAMLError as error:
        raise OutlineError([_syntax_problem(error, file, text)]) from None
    if node is None or is_null(node):
        raise wrong(file, f"the {what} is empty", _START.get(what, ""), 1)
    return node


def parse_file(path: Path, name: str) -> Node:
    """The root node of a file, which messages call `name`; OutlineError as of the two others."""
    return parse(read_text(path, name), name)


def parse_kept(path: Path, name: str) -> Node:
    """The same, for a process that builds deck after deck: it parses a file once.

    The nodes of a few files are kept until the file changes. Nobody may change them.
    """
    try:
        found = path.stat()
    except (OSError, ValueError):
        return parse_file(path, name)  # which tells what is wrong
    node = _parse_once(path, name, (found.st_mtime_ns, found.st_size))
    disk.note(path)
    return node


@lru_cache(maxsize=4)
def _parse_once(path: Path, name: str, stamp: tuple[int, int]) -> Node:
    return parse_file(path, name)


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
    line = text.split("\n")[min(at.line, text.count("\n"))]
    if "{{" in line:
        hint = "put a text that holds `{{` in quotes"
    if "\t" in line[: at.column + 1]:
        message, hint = _SYNTAX["found character '\\t' that cannot start any token"]
    return Problem(Mark(file, at.line + 1, at.column + 1), message, hint)


def wrong(file: str, message: str, hint: str = "", line: int = 0, column: int = 1) -> OutlineError:
    return OutlineError([Problem(Mark(file, line, column if line else 0), message, hint)])
