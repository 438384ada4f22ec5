"""What no text may have: characters that no file holds or no slide shows, or too many."""

from __future__ import annotations

import re

from deckgen.limits import MOST_ID, MOST_MARKS, MOST_WORDS

# Characters XML 1.0 cannot hold (its production 2), and tabs, which a slide cannot show.
CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# What makes words read otherwise than they are written (UAX 9): overrides, which no script
# needs, and what opens and closes a run of the other direction.
_OVERRIDES = "\u202d\u202e"
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CLOSES = {"\u202c": "\u202a\u202b", "\u2069": "\u2066\u2067\u2068"}


def unfit(words: str, is_id: bool) -> tuple[str, str] | None:
    """What in a text cannot be shown as it is written, and what to do; None for a good one."""
    if control := CONTROL.search(words):
        code = f" (U+{ord(control[0]):04X})" if control[0] != "\t" else ""
        return f"a control character or a tab{code}", "take it out"
    if len(words) > MOST_WORDS:
        return f"{len(words):,} characters, and a text takes {MOST_WORDS:,}", "shorten it"
    if is_id and len(words) > MOST_ID:
        return f"{len(words):,} characters, and an id takes {MOST_ID}", "shorten it"
    if len(words) > MOST_MARKS and sum(map(words.count, "*_[`\\")) > MOST_MARKS:
        told = f"over {MOST_MARKS:,} of the characters that Markdown knows"
        return told, "write it without `*`, `_`, `[`, backticks and backslashes"
    if not words.isascii() and (char := _stray_direction(words)):
        return f"a character that turns the direction of its text (U+{ord(char):04X})", (
            "take it out; Arabic and Hebrew need none"
        )
    return None


def _stray_direction(words: str) -> str:
    """An override, or what opens or closes a run of another direction by itself; else nothing."""
    opened: list[str] = []
    for char in _DIRECTION.findall(words):
        if char in _OVERRIDES:
            return str(char)
        if char not in _CLOSES:
            opened.append(char)
        elif not opened or opened.pop() not in _CLOSES[char]:
            return str(char)
    return opened[0] if opened else ""
