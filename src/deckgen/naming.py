"""A pattern and words go in, the path of a deck comes out.

In the pattern `{name}` is the outline's, `{audience}` the audience's, `{row}` the number of a
row, and any other the value of a variable. A value gives a name, never a folder: what could
lead elsewhere, or what a system refuses in names, is taken out of it.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection, Mapping
from pathlib import Path

from deckgen.source import list_words

FIELD = re.compile(r"\{(\w*)\}")
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u202a-\u202e\u2066-\u2069\ud800-\udfff]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.I)
MOST_NAME = 100  # bytes of UTF-8 that a value gives to a name: 255 are the most that a file has


class NamingError(Exception):
    """Why a pattern gives no name: a sentence."""


def safe_name(words: str) -> str:
    """Words as a part of a file's name, on any system; empty if nothing is left of them.

    What Windows reserves gets an underscore, so that `CON` gives `_CON` (Microsoft, “Naming
    Files, Paths, and Namespaces”). A file cannot begin with a dot, and be hidden, nor end in
    one.
    """
    name = _UNSAFE.sub("-", unicodedata.normalize("NFC", words))
    name = name.encode("utf-8")[:MOST_NAME].decode("utf-8", "ignore")
    name = " ".join(name.split()).strip(" .-")
    return f"_{name}" if _RESERVED.match(name) else name


def check_pattern(pattern: str, known: Collection[str]) -> None:
    """NamingError for a field of which nothing is known."""
    for found in FIELD.finditer(pattern):
        if found[1] not in known:
            fields = list_words([f"{{{name}}}" for name in known])
            raise NamingError(f"“{found[0]}” cannot be filled in; it can be: {fields}")


def fill_pattern(pattern: str, words: Mapping[str, str]) -> str:
    """The pattern with the words of its fields. NamingError for one that is empty."""

    def fill(found: re.Match[str]) -> str:
        if not words[found[1]]:
            raise NamingError(f"“{found[0]}” is empty here, and cannot name a file")
        return words[found[1]]

    return FIELD.sub(fill, pattern)


def same_file(path: str) -> str:
    """Paths that are one file on some system get the same word: those that differ by case."""
    return unicodedata.normalize("NFC", os.path.abspath(path)).casefold()  # noqa: PTH100 - no links


def fixed_folder(pattern: str) -> Path:
    """The folder that all names of a pattern have in common."""
    fixed = Path(FIELD.split(pattern, maxsplit=1)[0] + "x")
    return fixed.parent
