"""Places in an outline, and what is wrong there.

A `Mark` says where a value came from; a `Problem` is a mistake told at a mark.
Problems are values: every stage collects them, the command line prints them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any, Literal

from msgspec import Struct

from deckgen.limits import MOST_ID, MOST_PROBLEMS

MOST_COMPARED = 500  # names that a wrong one is held against
MOST_TOLD = 2_000  # characters of a message
_LONG = re.compile(r"([“`][^”`]{200})[^”`]+([”`])")  # quoted words that are cut in messages
MOST_CHOICES = 24  # a longer list tells nobody anything


class Mark(Struct, frozen=True):
    """Where a value stands: file as the user named it, line and column from 1.

    `path` names the value by ids rather than by position, as in
    `companies.meta.basis`, so that it survives an edit further up.
    """

    file: str
    line: int
    column: int
    path: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Mark("", 0, 0)


class Text(str):
    """Words of the author, as written (Markdown inline markup included), with their mark."""

    __slots__ = ("mark",)
    mark: Mark

    def __new__(cls, value: str, mark: Mark = NOWHERE) -> Text:
        text = super().__new__(cls, value)
        text.mark = mark
        return text


NONE = Text("")  # no words


class MarkedText(Text):
    """Words that not every audience sees: written as `{text: .., only: [..], not: [..]}`."""

    __slots__ = ("not_", "only")
    only: tuple[Id, ...]
    not_: tuple[Id, ...]

    def __new__(
        cls, value: str, mark: Mark = NOWHERE, only: tuple[Id, ...] = (), not_: tuple[Id, ...] = ()
    ) -> MarkedText:
        text = str.__new__(cls, value)
        text.mark, text.only, text.not_ = mark, only, not_
        return text


class Id(Text):
    """A name by which one part of an outline refers to another.

    `optional` is a reference that may drop out where an audience does not get its target.
    """

    __slots__ = ("optional",)
    optional: bool

    def __new__(cls, value: str, mark: Mark = NOWHERE, optional: bool = False) -> Id:
        text = str.__new__(cls, value)
        text.mark = mark
        text.optional = optional
        return text


def mark_of(text: str) -> Mark:
    """The mark of an author's words; NOWHERE for words that deckgen derived."""
    return text.mark if isinstance(text, Text) else NOWHERE


class Problem(Struct, frozen=True):
    """One mistake: where, what, and what to do (`hint`, may be empty)."""

    mark: Mark
    message: str
    hint: str = ""

    def __str__(self) -> str:
        words = f"{self.message}; {self.hint}" if self.hint else self.message
        where = f"{self.mark}" if self.mark.line else self.mark.file
        words = _LONG.sub(r"\1…\2", words)
        words = words if len(words) <= MOST_TOLD else f"{words[:MOST_TOLD]}…"
        # What an outline holds may not steer the terminal that a message about it is shown in.
        return "".join(c if c.isprintable() else "�" for c in f"{where}: {words}")


class Withheld(Struct, frozen=True):
    """Words of the outline that an audience does not get, as its file is searched for them.

    A `name` is that of a company or group; `longer` are names that hold it and that the
    audience gets. A `path` names a part by ids, as the names of shapes do.
    """

    words: str
    mark: Mark
    form: Literal["name", "text", "path", "number"] = "text"
    longer: tuple[str, ...] = ()


class FileError(Exception):
    """Why a file that somebody names cannot be used: a sentence, and what to do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class OutlineError(Exception):
    """An outline that gives no deck. Carries the problems found, in the order of the file.

    Of very many the first are carried, and one that tells how many more there are.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        unique = dict.fromkeys(problems)
        self.problems = sorted(unique, key=lambda p: (p.mark.file, p.mark.line, p.mark.column))
        if len(self.problems) > MOST_PROBLEMS:
            at = self.problems[MOST_PROBLEMS].mark
            self.problems[MOST_PROBLEMS:] = [Problem(at, "from here on there are more mistakes")]
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled by its problems: an exception's own way would hand the message to `__init__`."""
        return type(self), (self.problems,)


def shorten(words: str) -> str:
    """At most 40 characters, for messages."""
    return words if len(words) <= 40 else f"{words[:39]}…"


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint naming the known word nearest to `word`, or all of them if none is near.

    An abbreviation or a longer form counts as near (`infra` for `infrastructure`).
    """
    choices = sorted(name[:MOST_ID] for name in known)  # longer ones are refused
    if len(choices) > MOST_COMPARED or len(word) > MOST_ID:
        return ""
    close = get_close_matches(word, choices, n=1, cutoff=0.6) or [
        name for name in choices if word and (name.startswith(word) or word.startswith(name))
    ]
    if close:
        return f"did you mean “{close[0]}”?"
    if len(choices) > MOST_CHOICES:
        return f"there are {len(choices)}, such as {list_words(choices[:3], 'and')}"
    return f"it can be: {list_words(choices)}" if choices else ""


def list_words(words: Sequence[str], last: str = "or") -> str:
    """`a, b or c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def number_word(number: int) -> str:
    """A count as a title begins with it: `Four`; digits from thirteen on."""
    words = "No One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve".split()
    return words[number] if number < len(words) else str(number)
