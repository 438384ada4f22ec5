"""How words are compared: in lower case, spaces alike, whole words only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Soft hyphen, zero-width characters, word joiner, byte order mark, and directional marks.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_SPACELESS = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_PLURAL = 4  # letters of a name, from which it may be followed by an s


def fold(words: str) -> str:
    """Words in lower case, with one space where there are several or a line ends."""
    return " ".join(clean(words).casefold().split())


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


def clean(text: str) -> str:
    """A text in composed characters (Unicode NFC), without those that show nothing."""
    if text.isascii():
        return text
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text))


def name_pattern(names: Iterable[str], longer: Iterable[str] = ()) -> re.Pattern[str]:
    """Finds names as whole words, as they are written or in capitals: they are group 1.

    For texts that are `clean`. Any space may stand for a space, and an `s` may follow, as
    in `Acme’s`. In scripts that write words without spaces a name may stand anywhere. In
    `longer` names that hold one of them nothing is found: with `Port Authority` there,
    `Port` is found in `the Port` alone.
    """
    passed = "".join(f"{form}|" for form in _forms(longer))
    return re.compile(rf"(?:{passed}({'|'.join(_forms(names))}))")


def _forms(names: Iterable[str]) -> list[str]:
    """Expressions for names as written and in capitals, the longest first."""
    cleaned = [clean(name) for name in names]
    forms = {form for name in cleaned for form in (name, name.upper()) if form.strip()}
    return [_whole(form) for form in sorted(forms, key=lambda form: (-len(form), form))]


def _whole(name: str) -> str:
    words = r"\s+".join(re.escape(word) for word in name.split())
    before = "" if _runs_on(name.strip()[0]) else r"(?<!\w)"
    plural = r"(?:s|S)?" if len(name) >= _PLURAL else ""
    after = "" if _runs_on(name.strip()[-1]) else rf"{plural}(?!\w)"
    return f"{before}{words}{after}"


def _runs_on(letter: str) -> bool:
    """Whether a letter is of a script that sets no spaces between words, or adds to them."""
    return unicodedata.name(letter, "").startswith(_SPACELESS)


def numbers_in(text: str) -> set[str]:
    """The numbers in a text, without the commas between their digits."""
    return {number.replace(",", "").rstrip(".") for number in _NUMBER.findall(text)}


def slug_words(words: str) -> list[str]:
    """The letters and digits of an id, a name or an address, word by word in lower case."""
    return re.findall(r"[^\W_]+", words.casefold())


def has_slug(words: str, name: str) -> bool:
    """Whether the words of a name stand side by side in an id or an address."""
    own, all_words = slug_words(name), slug_words(words)
    return bool(own) and any(
        all_words[place : place + len(own)] == own for place in range(len(all_words))
    )
