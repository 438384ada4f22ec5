"""A finished file and what it must not hold go in, what was found comes out.

This is the last look before a deck is handed over, and takes nothing from the steps before
it: every part of the package is read, the workbooks within it as well. Searched are the
words that readers find (paragraph by paragraph, so that a change of style within one hides
nothing; in an SVG lines that follow one another), the attributes of every element,
the names of parts, and the bytes of other pictures.

A text of some length is looked for anywhere. One or two short words must make up a whole
paragraph, cell or description, and they or a number must have four letters or digits, since
deckgen writes short words and numbers of its own.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import unquote

from msgspec import Struct

from deckgen.source import Problem, Withheld
from deckgen.words import clean, fold, has_words, name_pattern, numbers_in

LONG = 12  # characters, from which a text may be a part of a longer one
LEAST = 4  # letters or digits of a short text, and digits of a number
_BYTES = 8  # characters, from which a text is looked for in pictures
_WORD = re.compile(r"\w+")
_TEXT = re.compile(r">([^<]+)<")
_ATTRIBUTE = re.compile(r'="([^"]+)"')
_READ_ALOUD = re.compile(r' (?:descr|title|tooltip)="([^"]+)"')  # attributes that readers meet
# Their words are deckgen's own, but for the deck's title.
_FRAMES = (
    "ppt/slideLayouts/", "ppt/slideMasters/", "ppt/notesMasters/", "ppt/theme/", "docProps/app.xml",
    "[Content_Types].xml",
)  # fmt: skip
_FORMS = {"name": "the name", "path": "the id", "number": "the number", "text": "the text"}


class Leak(Struct, frozen=True):
    """Withheld words, and the part of the package in which they stand."""

    withheld: Withheld
    part: str
    binary: bool = False  # in the bytes of a picture


class _Units(Struct, frozen=True):
    """Texts of a package, each once: a text a line, and the part that has it first."""

    lines: str
    folded: str
    parts: dict[str, str]  # by folded text

    def part_of(self, place: int) -> str:
        """The part that has the text at a place in `folded`."""
        start = self.folded.rfind("\n", 0, place) + 1
        return self.parts[self.folded[start : self.folded.find("\n", place)]]


class _Package(Struct, frozen=True):
    """A package: what readers meet, what is in its frames and attributes, its other bytes."""

    read: _Units
    framed: _Units
    inner: _Units
    binary: dict[str, bytes]
    known: set[str]  # every word in it
    numbers: set[str]


def find_leaks(data: bytes, withheld: Sequence[Withheld]) -> list[Leak]:
    """Every withheld text that stands in a package, with a part that holds it."""
    if not withheld:
        return []
    package = _read_package(data)
    leaks = []
    for one in withheld:
        if part := _search(one, package):
            leaks.append(Leak(one, part))
        elif one.form == "text" and (part := _search_bytes(one.words, package.binary)):
            leaks.append(Leak(one, part, binary=True))
    return leaks


def leak_problems(leaks: Iterable[Leak], who: str) -> list[Problem]:
    """What was found, told at the lines that hold it."""
    problems = []
    for leak in leaks:
        what = f"{_FORMS[leak.withheld.form]} “{leak.withheld.words}”"
        told = f"{what} is withheld from {who}, and stands in {leak.part}"
        hint = "please report it: deckgen should have left it out"
        if leak.part.endswith(".svg"):
            hint = f"leave it out of your own code, if that drew it; otherwise {hint}"
        problems.append(Problem(leak.withheld.mark, told, hint))
    return problems


# -- searching -------------------------------------------------------------------------


def _search(one: Withheld, package: _Package) -> str:
    """A part that holds a withheld text; empty if there is none."""
    match one.form:
        case "name":
            return _search_name(one, package)
        case "path":
            return _search_path(one.words.casefold(), package.inner)
        case "number":
            return _search_number(one.words, package)
    return _search_text(fold(one.words), package)


def _search_name(one: Withheld, package: _Package) -> str:
    pattern = name_pattern([one.words], one.longer)
    for units in (package.read, package.framed, package.inner):
        for match in pattern.finditer(units.lines):
            if match[1]:
                return units.part_of(units.folded.find(match[1].casefold()))
    return ""


def _search_path(path: str, inner: _Units) -> str:
    """A part is named by its path, and what is in it by longer ones."""
    start = inner.folded.find(f"\n{path}")
    while start >= 0:
        after = inner.folded[start + 1 + len(path)]
        if not (after.isalnum() or after in "-_"):
            return inner.part_of(start + 1)
        start = inner.folded.find(f"\n{path}", start + 1)
    return ""


def _search_number(digits: str, package: _Package) -> str:
    """A number as it is written in a chart, or with commas as on a label."""
    digits = digits.lstrip("-")
    if digits not in package.numbers or sum(map(str.isdigit, digits.lstrip("0."))) < LEAST:
        return ""
    lines = package.read.parts.items()
    return next((part for line, part in lines if digits in numbers_in(line)), "")


def _search_text(words: str, package: _Package) -> str:
    if not set(_WORD.findall(words)) <= package.known:
        return ""
    if len(words) < LONG and words.count(" ") < 2:
        told = sum(map(str.isalnum, words)) >= LEAST
        return package.read.parts.get(words, "") if told else ""
    for units in (package.read, package.framed, package.inner):
        if has_words(units.folded, words):
            return units.part_of(units.folded.find(words))
    return ""


def _search_bytes(words: str, binary: dict[str, bytes]) -> str:
    if len(words) < _BYTES:
        return ""
    forms = (words.encode(), words.encode("utf-16-le"))
    return next((name for name, data in binary.items() if any(f in data for f in forms)), "")


# -- reading a package ----------------------------------------------------------------


class _Reading:
    """Texts as they are found, each with the part that has it first."""

    def __init__(self) -> None:
        self.read: dict[str, str] = {}
        self.framed: dict[str, str] = {}
        self.inner: dict[str, str] = {}
        self.binary: dict[str, bytes] = {}

    def read_zip(self, data: bytes, within: str = "") -> None:
        """Every part of a package, those of the packages in it as well."""
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in package.namelist():
                part, where = package.read(name), f"{within}{name}"
                self.inner.setdefault(name, f"{where}, by its name")
                if part.startswith(b"PK\x03\x04"):
                    self.read_zip(part, f"{where}/")
                elif name.endswith((".xml", ".rels", ".svg")):
                    self.read_xml(where, part.decode("utf-8", "replace"))
                else:
                    self.binary[where] = part

    def read_xml(self, name: str, xml: str) -> None:
        """The words of a part. The runs of a paragraph are one text, whatever their style."""
        texts = self.framed if name.startswith(_FRAMES) else self.read
        paragraphs = xml.split("</a:p>")
        for paragraph in paragraphs[:-1]:
            texts.setdefault("".join(_TEXT.findall(f"{paragraph}<")), name)
        for text in (*_TEXT.findall(xml), *_READ_ALOUD.findall(xml)):
            texts.setdefault(text, name)
        if name.endswith(".svg"):
            for text in _joined_lines(_TEXT.findall(xml)):
                texts.setdefault(text, name)
        for value in _ATTRIBUTE.findall(xml):
            self.inner.setdefault(value, name)


def _joined_lines(lines: Sequence[str]) -> Iterator[str]:
    """Lines of an SVG, where each stands by itself: all as one text, and two and three of them."""
    lines = [line for line in lines if line.strip()]
    spaced = [line if line.endswith("-") else f"{line} " for line in lines]
    yield "".join(spaced)
    for count in (2, 3):
        yield from ("".join(spaced[n : n + count]) for n in range(len(lines) - count + 1))


def _read_package(data: bytes) -> _Package:
    reading = _Reading()
    reading.read_zip(data)
    inner = {unquote(value): part for value, part in reading.inner.items()}
    read, framed, kept = _as_units(reading.read), _as_units(reading.framed), _as_units(inner)
    known = {word for units in (read, framed, kept) for word in _WORD.findall(units.folded)}
    return _Package(read, framed, kept, reading.binary, known, numbers_in(read.folded))


def _as_units(texts: dict[str, str]) -> _Units:
    """Texts as a reader sees them, spaces alike; a line end before the first, one after each."""
    from html import unescape  # 4 ms, only for decks that withhold anything

    lines = ["\n"]
    parts: dict[str, str] = {}
    for text, part in texts.items():
        line = " ".join(clean(unescape(text)).split())
        if line and line.casefold() not in parts:
            parts[line.casefold()] = part
        lines.append(f"{line}\n")
    text = "".join(lines)
    return _Units(text, text.casefold(), parts)
