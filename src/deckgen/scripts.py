"""A text goes in, its stretches of one script come out: each with a language and a face.

PowerPoint sets a character in one of a run's three faces: Latin, East Asian (`ea`) or of
complex scripts (`cs`). Where that face lacks the letter it takes whatever the machine has,
and it draws a Han character as the run's language wants it. So a run that needs more than
the theme's Latin face names one that Office or its systems install, and its language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal

from msgspec import Struct


class Script(Struct, frozen=True):
    """A script by its ISO 15924 code, the slot it is set in, its face, and the language that
    it is taken for where nobody says.
    """

    code: str
    slot: Literal["ea", "cs", "all"]
    face: str
    language: str


# Code, face, language, letters of the scripts that are set in the complex slot.
_COMPLEX = (
    ("Hebr", "Arial", "he-IL", "\u0591-\u05f4\ufb1d-\ufb4f"),
    ("Arab", "Arial", "ar-SA", "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"),
    ("Thai", "Tahoma", "th-TH", "\u0e01-\u0e5b"),
    ("Deva", "Nirmala UI", "hi-IN", "\u0900-\u097f\ua8e0-\ua8ff"),
    ("Beng", "Nirmala UI", "bn-IN", "\u0980-\u09ff"),
    ("Guru", "Nirmala UI", "pa-IN", "\u0a00-\u0a7f"),
    ("Gujr", "Nirmala UI", "gu-IN", "\u0a80-\u0aff"),
    ("Orya", "Nirmala UI", "or-IN", "\u0b00-\u0b7f"),
    ("Taml", "Nirmala UI", "ta-IN", "\u0b80-\u0bff"),
    ("Telu", "Nirmala UI", "te-IN", "\u0c00-\u0c7f"),
    ("Knda", "Nirmala UI", "kn-IN", "\u0c80-\u0cff"),
    ("Mlym", "Nirmala UI", "ml-IN", "\u0d00-\u0d7f"),
    ("Sinh", "Nirmala UI", "si-LK", "\u0d80-\u0dff"),
    ("Laoo", "Leelawadee UI", "lo-LA", "\u0e80-\u0eff"),
    ("Tibt", "Microsoft Himalaya", "bo-CN", "\u0f00-\u0fff"),
    ("Mymr", "Myanmar Text", "my-MM", "\u1000-\u109f"),
    ("Ethi", "Ebrima", "am-ET", "\u1200-\u139f"),
    ("Khmr", "Leelawadee UI", "km-KH", "\u1780-\u17ff"),
)
SCRIPTS = {
    "Jpan": Script("Jpan", "ea", "Yu Gothic", "ja-JP"),
    "Hang": Script("Hang", "ea", "Malgun Gothic", "ko-KR"),
    "Hans": Script("Hans", "ea", "Microsoft YaHei", "zh-CN"),
    "Hant": Script("Hant", "ea", "Microsoft JhengHei", "zh-TW"),
    **{code: Script(code, "cs", face, language) for code, face, language, _ in _COMPLEX},
    "Zsye": Script("Zsye", "all", "Segoe UI Emoji", ""),  # emoji: PowerPoint names it in each slot
}
LATIN_LANGUAGE = "en-US"  # of Latin words in a deck that is written in another script

KANA = "\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f"
HANGUL = "\u1100-\u11ff\u3131-\u318e\ua960-\ua97c\uac00-\ud7fb\uffa0-\uffdc"
# Ideographs, kana, their punctuation, full-width forms; not Hangul.
CJK = (
    "\u2e80-\u3130\u318f-\u31ff\u3220-\u325f\u3280-\u33ff\u3400-\u9fff\uf900-\ufaff"
    "\ufe30-\ufe4f\uff01-\uff9f\uffe0-\uffe6\U00020000-\U0003ffff"
)
_PICTURE = (
    "(?:[\U0001f000-\U0001faff]|[\u203c-\u3299](?=[\ufe0f\u200d\U0001f3fb-\U0001f3ff])\ufe0f?)"
)
_MODIFIERS = "[\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"
# What draws as one emoji: a flag, a keycap, pictures joined by U+200D with modifiers
# (Unicode Technical Standard 51, 1.4); and the older ones that are pictures by themselves.
EMOJI = (
    "[\U0001f1e6-\U0001f1ff]{2}|[#*0-9]\ufe0f?\u20e3|[©®]\ufe0f"
    f"|{_PICTURE}{_MODIFIERS}(?:\u200d{_PICTURE}{_MODIFIERS})*"
    "|[⌚⌛⏩-⏬⏰⏳☔☕♈-♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛎⛔⛪⛲⛳⛵⛺⛽✅✊✋✨❌❎❓-❕❗➕-➗➰➿⬛⬜⭐⭕]"
)

# The patterns of other scripts and of emoji are strings: to compile them takes longer than to
# lay out a small deck, and `re` does it (and keeps them) when a text is not Western.
COMPLEX_LETTER = f"[{''.join(letters for *_, letters in _COMPLEX)}]"
# Latin, Greek, Cyrillic, Armenian, and signs that make no emoji by themselves.
_WESTERN = re.compile("[\0-\u058f\u2000-\u200c\u2010-\u20cf\u2100-\u2319]*")

_FOREIGN = "|".join(
    [
        f"(?P<Zsye>(?:{EMOJI})+)",
        f"(?P<Hang>[{HANGUL}]+)",
        f"(?P<Hani>[{CJK}]+)",
        *(f"(?P<{code}>[{letters}]+)" for code, _, _, letters in _COMPLEX),
    ]
)
_LETTERS = (
    _FOREIGN + "|(?P<Latn>[A-Za-z\u00aa\u00b5\u00ba\u00c0-\u058f\u10a0-\u10ff\u1e00-\u1fff]+)"
)

_OTHER_LANGUAGES = {
    "ja": "Jpan", "ko": "Hang", "iw": "Hebr", "yi": "Hebr", "fa": "Arab", "ur": "Arab",
    "ps": "Arab", "sd": "Arab", "ug": "Arab", "ckb": "Arab", "mr": "Deva", "ne": "Deva",
    "sa": "Deva", "as": "Beng", "ti": "Ethi",
}  # fmt: skip
_BY_LANGUAGE = {
    script.language.partition("-")[0]: code
    for code, script in SCRIPTS.items()
    if script.slot == "cs"
} | _OTHER_LANGUAGES
_FROM_THE_RIGHT = {"Hebr", "Arab"}


class Writing(Struct, frozen=True):
    """How a deck is written: its language as in the outline, that language's script (None
    for Latin, Greek, Cyrillic ...), and the script of Han characters in it.
    """

    language: str
    script: Script | None
    han: str

    @property
    def from_the_right(self) -> bool:
        return self.script is not None and self.script.code in _FROM_THE_RIGHT


class Stretch(Struct, frozen=True):
    """Characters of one script (None for what the theme's Latin face holds) and language.

    `other` is the language of characters of the other kind, East Asian or not; empty
    where there is no such question.
    """

    text: str
    script: Script | None
    language: str
    other: str = ""


def is_western(text: str) -> bool:
    """Whether no character of a text can need another face than the theme's, be broken without
    spaces or belong to an emoji: then nothing of that kind need be looked for.
    """
    return text.isascii() or _WESTERN.fullmatch(text) is not None


@lru_cache(maxsize=64)
def script_of(language: str) -> Script | None:
    """The script of a BCP 47 tag's language; None if the theme's Latin face serves it."""
    parts = language.lower().split("-")
    if parts[0] == "zh":
        traditional = {"hant", "tw", "hk", "mo"} & set(parts[1:]) and "hans" not in parts
        return SCRIPTS["Hant" if traditional else "Hans"]
    return SCRIPTS.get(_BY_LANGUAGE.get(parts[0], ""))


def writing_of(language: str, texts: Iterable[str]) -> Writing:
    """How a deck in `language` with these texts is written.

    Where the language does not say what Han characters are, kana anywhere make them
    Japanese, else Hangul Korean; else they are Chinese.
    """
    script = script_of(language)
    if script is not None and script.slot == "ea":
        return Writing(language, script, script.code)
    foreign = " ".join(text for text in texts if not is_western(text))
    return Writing(language, script, _judge_han(foreign, "Hans"))


def _judge_han(text: str, otherwise: str) -> str:
    if not text:
        return otherwise
    if re.search(f"[{KANA}]", text):
        return "Jpan"
    return "Hang" if re.search(f"[{HANGUL}]", text) else otherwise


def stretches(text: str, writing: Writing) -> list[Stretch]:
    """The text's stretches, which join to it; none for an empty text.

    What has no script of its own (digits, spaces, punctuation) goes with what precedes it,
    or with what follows at the start and after an emoji.
    """
    if not writing.script and (is_western(text) or not re.search(_FOREIGN, text)):
        return [Stretch(text, None, writing.language)] if text else []
    return [_stretch(part, code, writing) for part, code in _split(text, writing)]


def _split(text: str, writing: Writing) -> Iterator[tuple[str, str]]:
    """The parts of a text with the code of each one's script, `Latn` or empty for none."""
    han = writing.han
    if writing.script is None or writing.script.slot != "ea":
        han = _judge_han(text, han)
    starts, codes = [0], [""]
    for match in re.finditer(_LETTERS, text):
        code = han if match.lastgroup == "Hani" else str(match.lastgroup)
        if code == "Zsye":
            starts += [match.start(), match.end()]
            codes += [code, ""]
        elif not codes[-1]:
            codes[-1] = code
        elif codes[-1] != code:
            starts.append(match.start())
            codes.append(code)
    for start, end, code in zip(starts, [*starts[1:], len(text)], codes, strict=True):
        if start < end:
            yield text[start:end], code


def _stretch(text: str, code: str, writing: Writing) -> Stretch:
    own = writing.script
    script = SCRIPTS.get(code)
    if script is None or not script.language:
        latin_words = own is not None and code == "Latn"
        language = LATIN_LANGUAGE if latin_words else in_full(writing.language)
        asian = own is not None and own.slot == "ea" and latin_words
        return Stretch(text, script, language, in_full(writing.language) if asian else "")
    language = in_full(writing.language) if script == own else script.language
    latin = writing.language if own is None else LATIN_LANGUAGE
    return Stretch(text, script, language, latin if script.slot == "ea" else "")


def in_full(language: str) -> str:
    """A tag with the region that PowerPoint wants for a language of another script than
    Latin, as `ja-JP` for `ja`; any other as it is.
    """
    script = script_of(language)
    if script is None or "-" in language:
        return language
    usual = script.language
    return usual if usual.partition("-")[0] == language.lower() else language


def runs_from_the_right(text: str, writing: Writing) -> bool:
    """Whether a paragraph runs from right to left: by its first letter (UAX 9, P2 and P3).

    In a deck that does, one does that holds any such letter, so that a sentence which
    begins with a Latin name keeps its direction; and one without letters.
    """
    if writing.from_the_right:
        kinds = {unicodedata.bidirectional(character) for character in text}
        return bool(kinds & {"R", "AL"}) or "L" not in kinds
    if text.isascii():
        return False
    strong = (unicodedata.bidirectional(character) for character in text)
    return next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L"
