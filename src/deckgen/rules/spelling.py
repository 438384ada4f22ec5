"""Words that are almost a name: slips of a letter or two, other capitals, a space too many."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import pairwise

ALIKE = 0.82  # of two spellings: one letter in six or more differs, or two in eleven
FEW_LETTERS = 5  # names as short as that are like too many words
MOST_SLIPS = 2  # letters too many, too few, or others
LONGEST_SPELLED = 24  # letters of a name whose slips are found


def names_pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Finds names as they are written and in capitals, with an s or without; the longest first.

    Alternatives stand by their first letters: of hundreds a few are tried at each word.
    """
    forms = {form.replace("'", "’") for name in names for form in (name, name.upper())}
    groups: dict[str, list[str]] = {}
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        groups.setdefault(form[:2], []).append(re.escape(form[2:]))
    parts = [f"{re.escape(head)}(?:{'|'.join(tails)})" for head, tails in groups.items()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts) or '(?!)'})(?:’?[sS])?(?!\w)")


def candidates(words: str) -> Iterator[str]:
    """What may be a name: words with a capital, and two of them with a space between."""
    found = [
        match for match in re.finditer(r"[^\W_]+(?:[.&-][^\W_]+)*", words)
        if any(map(str.isupper, match[0]))
    ]  # fmt: skip
    yield from (match[0] for match in found)
    for first, second in pairwise(found):
        if first[0][0].isupper() and second[0][0].isupper():
            between = words[first.end() : second.start()]
            if between == " ":
                yield f"{first[0]} {second[0]}"


class Speller:
    """Knows names; tells which of them a word was meant to be. Each word is judged once.

    A word and a name that differ by a slip or two have a form in common if one or two letters
    are taken out of each: names are found by such forms, and need not be compared one by one.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._judged: dict[str, str] = {}
        self._by_form: dict[str, list[tuple[str, str]]] = {}
        self._longest = 0
        for name in sorted(names):
            own = name.replace(" ", "").replace("’", "").casefold()
            self._longest = max(self._longest, len(own))
            for form in _shorter_forms(own):
                self._by_form.setdefault(form, []).append((name, own))

    def meant(self, word: str) -> str:
        """The name that a word was meant to be; empty if it is none."""
        if word not in self._judged:
            bare = word.replace(" ", "").casefold()
            fits = len(bare) <= self._longest + MOST_SLIPS
            near = {
                pair: None
                for form in (_shorter_forms(bare) if fits else ())
                for pair in self._by_form.get(form, ())
            }
            found = (name for name, own in sorted(near) if _is_slip(word, bare, name, own))
            self._judged[word] = next(found, "")
        return self._judged[word]


def _shorter_forms(word: str) -> set[str]:
    """A word, and what is left of it without one or two of its letters; longer ones whole."""
    forms = {word}
    if len(word) > LONGEST_SPELLED:
        return forms
    once = {word[:place] + word[place + 1 :] for place in range(len(word))}
    twice = {form[:place] + form[place + 1 :] for form in once for place in range(len(form))}
    return forms | once | twice


def _is_slip(word: str, bare: str, name: str, own: str) -> bool:
    """Whether a word is a name misspelt; `bare` and `own` are both in small letters, unspaced.

    A word that another letter or two at its end or beginning makes of a name is another word
    (Bayer, Bayern), and short names are like too many words.
    """
    if bare == own:
        return _is_another_case(word, name) or (" " in word and " " not in name)
    if (" " in word) != (" " in name) or _ends_alike(bare, own):
        return False
    if " " in name and not _one_word_differs(word, name):
        return False
    if len(own) >= FEW_LETTERS and bare[0] == own[0] and sorted(bare) == sorted(own):
        return True
    if min(len(bare), len(own)) <= FEW_LETTERS:
        return False
    matcher = SequenceMatcher(None, bare, own, autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _ends_alike(word: str, name: str) -> bool:
    """Whether a word and a name differ by letters at the end or the beginning alone.

    A name that lacks its last letter is a slip; one with an ending of a declension is none.
    """
    if word.startswith(name):
        return len(word) - len(name) > 1 or word[-1] in "nse"
    if name.startswith(word):
        return len(name) - len(word) > 1
    return word.endswith(name) or name.endswith(word)


def _one_word_differs(first: str, second: str) -> bool:
    """Whether two names differ in one word, which is nearly the same."""
    words, others = first.casefold().split(), second.casefold().split()
    if len(words) != len(others):
        return False
    slips = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    return len(slips) == 1 and SequenceMatcher(None, *slips[0]).ratio() >= ALIKE


def _is_another_case(candidate: str, name: str) -> bool:
    """Whether a name with capitals of its own, as OpenAI or xAI, is written with others."""
    if candidate == name or candidate.isupper():
        return False
    return any(not (w == w.capitalize() or w.isupper() or w.islower()) for w in name.split())


def is_nearly(said: str, name: str) -> bool:
    """Whether words are a name with a slip of a letter or two, and no plural of it."""
    first, second = said.casefold(), name.casefold()
    if first.rstrip("s") == second.rstrip("s") or abs(len(first) - len(second)) > 2:
        return False
    pairs = list(zip(first.split(), second.split(), strict=True))
    slips = [pair for pair in pairs if pair[0] != pair[1]]
    return len(slips) == 1 and all(
        len(own) > FEW_LETTERS and SequenceMatcher(None, word, own).ratio() >= ALIKE
        for word, own in slips
    )
