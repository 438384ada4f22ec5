"""A finished file and what it must not hold go in, what was found comes out.

This is the last look before a deck is handed over, and takes nothing from the steps before
it: every part of the package is read, the workbooks within it as well. Searched are the
words that readers find (paragraph by paragraph, so that a change of style within one hides
nothing), the attributes of every element, the names of parts, and the bytes of pictures.

A text of some length is looked for anywhere. One or two short words must make up a whole
paragraph, cell or description, and they or a number must have four letters or digits, since
deckgen writes short words and numbers of its own.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from urllib.parse import unquote

from msgspec import Struct

from deckgen.source import Problem, Withheld
from deckgen.words import fold, has_words, name_pattern

LONG = 12  # characters, from which a text may be a part of a longer one
LEAST = 4  # letters or digits of a short text, and digits of a number
_BYTES = 8  # characters, from which a text is looked for in pictures
_TEXT = re.compile(r">([^<]+)<")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]+)"')
_WORD = re.compile(r"\w+")
_READ_ALOUD = {"descr", "title", "tooltip"}  # attributes that readers meet
# Their words are deckgen's own, but for the deck's title.
_FRAMES = (
    "ppt/slideLayouts/", "ppt/slideMasters/", "ppt/notesMasters/", "ppt/theme/", "docProps/app.xml",
)  # fmt: skip


class Leak(Struct, frozen=True):
    """Withheld words, and the part of the package in which they stand."""

    withheld: Withheld
    part: str


class _Part(Struct, frozen=True):
    """A part's words: what readers meet, and what only the file knows. A unit a line."""

    name: str
    words: str
    inner: str
    data: bytes = b""


def find_leaks(data: bytes, withheld: Sequence[Withheld]) -> list[Leak]:
    """Every withheld text that stands in a package, with the first part that holds it."""
    if not withheld:
        return []
    parts = list(_read_parts(data))
    folded = [
        _Part(part.name, part.words.casefold(), part.inner.casefold(), part.data) for part in parts
    ]
    known = {word for part in folded for word in _WORD.findall(part.words + "\n" + part.inner)}
    binary = b"\0".join(part.data for part in parts)
    found = []
    for one in withheld:
        where = next((place for place in _search(one, parts, folded, known, binary)), "")
        if where:
            found.append(Leak(one, where))
    return found


def leak_problems(leaks: Iterable[Leak], who: str) -> list[Problem]:
    """What was found, told at the lines that hold it."""
    what = {"name": "the name", "path": "the id", "number": "the number", "text": "the text"}
    return [
        Problem(
            leak.withheld.mark,
            f"{what[leak.withheld.form]} “{leak.withheld.words}” is withheld from {who},"
            f" and stands in {leak.part}",
            "please report it: deckgen should have left it out",
        )
        for leak in leaks
    ]  # fmt: skip


def _search(
    one: Withheld, parts: Sequence[_Part], folded: Sequence[_Part], known: set[str], binary: bytes
) -> Iterator[str]:
    """The parts that hold a withheld text."""
    if one.form == "name":
        pattern = name_pattern([one.words], one.longer)
        own = set(_WORD.findall(one.words)) <= own_words()
        for part in parts:
            read = part.words if not (own and part.name.startswith(_FRAMES)) else ""
            if _matches(pattern, f"{read}\n{'' if own else part.inner}"):
                yield part.name
    elif one.form == "path":
        pattern = re.compile(rf"(?m)^{re.escape(one.words)}(?![\w-])")
        yield from (part.name for part in parts if pattern.search(part.inner))
    elif one.form == "number":
        yield from _search_number(one.words, parts)
    else:
        yield from _search_text(fold(one.words), folded, known)
        raw = one.words.encode()
        if len(one.words) >= _BYTES and (raw in binary or one.words.encode("utf-16-le") in binary):
            yield from (part.name for part in parts if raw in part.data)
            yield "a picture"


def _matches(pattern: re.Pattern[str], text: str) -> bool:
    return any(match[1] for match in pattern.finditer(text))


def _search_text(words: str, folded: Sequence[_Part], known: set[str]) -> Iterator[str]:
    if not words or not set(_WORD.findall(words)) <= known:
        return
    if len(words) < LONG and words.count(" ") < 2:
        if sum(map(str.isalnum, words)) >= LEAST:
            told = (part for part in folded if not part.name.startswith(_FRAMES))
            yield from (part.name for part in told if f"\n{words}\n" in part.words)
        return
    for part in folded:
        if has_words(part.words, words) or has_words(part.inner, words):
            yield part.name


def _search_number(digits: str, parts: Sequence[_Part]) -> Iterator[str]:
    """A number as it is written in a chart, and with commas as on a label."""
    if len(re.findall(r"\d", digits.lstrip("0."))) < LEAST:
        return
    whole, point, fraction = digits.lstrip("-").partition(".")
    grouped = f"{int(whole):,}" if whole.isdigit() else whole
    forms = {re.escape(form + point + fraction) for form in (whole, grouped)}
    pattern = re.compile(rf"(?<![\d.,])(?:{'|'.join(sorted(forms))})(?![\d]|[.,]\d)")
    yield from (part.name for part in parts if pattern.search(part.words))


@cache
def own_words() -> frozenset[str]:
    """The words in deckgen's own sources: a shape's name may be made of them by chance."""
    folder = files("deckgen")
    modules = [path for path in folder.iterdir() if path.name.endswith(".py")]
    for package in ("slides", "parts", "writers/pptx"):
        modules += [path for path in (folder / package).iterdir() if path.name.endswith(".py")]
    literals = re.compile(r'"([^"\\\n]*)"')
    return frozenset(
        word for module in modules for literal in literals.findall(module.read_text("utf-8"))
        for word in _WORD.findall(literal)
    )  # fmt: skip


# -- reading a package ----------------------------------------------------------------


def _read_parts(data: bytes, within: str = "") -> Iterator[_Part]:
    """Every part of a package, those of the packages in it as well."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        yield _Part(within or "the names of parts", "", "\n".join(package.namelist()))
        for name in package.namelist():
            part, where = package.read(name), f"{within}{name}"
            if part.startswith(b"PK\x03\x04"):
                yield from _read_parts(part, f"{where}/")
            elif name.endswith((".xml", ".rels")):
                yield _read_xml(where, part.decode("utf-8", "replace"))
            else:
                yield _Part(where, "", "", part)


def _read_xml(name: str, xml: str) -> _Part:
    """The words of a part. The runs of a paragraph are one text, whatever their style."""
    attributes = _ATTRIBUTE.findall(xml)
    words = ["".join(_TEXT.findall(paragraph + "<")) for paragraph in xml.split("</a:p>")[:-1]]
    rest = _TEXT.findall(xml.rpartition("</a:p>")[2] if words else xml)
    if not name.startswith("ppt/slide") and not name.startswith("ppt/notes"):
        rest = _TEXT.findall(xml)  # a chart's cache, a cell, a property: each a text by itself
    words += [*rest, *(value for key, value in attributes if key in _READ_ALOUD)]
    inner = [unquote(value) for key, value in attributes if key not in _READ_ALOUD]
    return _Part(name, _as_units(words), _as_units(inner))


def _as_units(words: Iterable[str]) -> str:
    """Texts, a line each, with a line end before the first and after the last."""
    lines = (" ".join(html.unescape(text).split()) for text in words)
    return "".join(["\n", *(f"{line}\n" for line in lines if line)])
