"""How words are compared: in lower case, spaces alike, whole words only."""

from __future__ import annotations

import re
from collections.abc import Iterable


def fold(words: str) -> str:
    """Words in lower case, with one space where there are several or a line ends."""
    return " ".join(words.casefold().split())


def has_words(text: str, words: str) -> bool:
    """Whether `words` stand in `text` and begin and end where words do; both are folded."""
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        if not (_within_a_word(text, start) or _within_a_word(text, end)):
            return True
        start = text.find(words, start + 1)
    return False


def _within_a_word(text: str, place: int) -> bool:
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()


def name_pattern(names: Iterable[str], longer: Iterable[str] = ()) -> re.Pattern[str]:
    """Finds names as whole words, as they are written or in capitals: they are group 1.

    In `longer` ones that hold one of them nothing is found: with `Port Authority` there,
    `Port` is found in `the Port` alone.
    """
    passed = "".join(f"{form}|" for form in _forms(longer))
    return re.compile(rf"(?<!\w)(?:{passed}({'|'.join(_forms(names))}))(?!\w)")


def _forms(names: Iterable[str]) -> list[str]:
    """Expressions for names as written and in capitals, the longest first."""
    forms = {form for name in names for form in (name, name.upper())}
    return [re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form))]
