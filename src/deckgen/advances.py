"""How wide text is: a string and a face go in, ems come out, without a font at hand.

Advance widths come from tables (`metrics/`), as PowerPoint uses them: no kerning. What
no table holds is guessed, rather too wide than too narrow.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from msgspec import json

from deckgen.scripts import CJK, EMOJI, HANGUL, is_western

# Every face that a table measures, by the names it goes by.
_TABLES = {
    "arial": "arial",
    "helvetica": "arial",
    "liberation sans": "arial",
    "calibri": "calibri",
    "carlito": "calibri",
    "cambria": "cambria",
    "caladea": "cambria",
    "times new roman": "times_new_roman",
    "liberation serif": "times_new_roman",
    "courier new": "courier_new",
    "liberation mono": "courier_new",
}
CODE_FACE = "Courier New"  # 0.6 em, wider than Consolas (0.55), so safe for both

SCRIPT_GAP = 0.27  # em that LibreOffice leaves where East Asian and Latin letters or digits meet
UNKNOWN_FACE = 1.08  # times Arial: wide enough for most sans-serif faces of an office
EMOJI_WIDTH = 1.375  # em, of the widest emoji face in use, Segoe UI's; Noto's and Apple's: 1.25
FULL_WIDTH = 1.0
HANGUL_WIDTH = 0.94  # em; Malgun Gothic and Noto Sans CJK have .92
# Letters no table holds are drawn by whatever face the reader's machine has.
UNKNOWN_LETTER = 0.9
_ZERO_WIDTH = {"Mn", "Me", "Cc", "Cf", "Zl", "Zp"}  # marks, joiners, controls (UAX 44, 5.7.1)

_ONE_EMOJI = "\U0001f600"
_ARABIC = "\u0620-\u06ff"
_CJK = f"[{CJK}]"
# Set in the East Asian face, a full em wide, where they stand with its letters.
_AMBIGUOUS = "[“”‘’…‥—―·×÷±°′″§¶†‡※℃№Ⅰ-ⅿ←-⇿①-⓿■-◿★☆♀♂]"
_ASIAN, _LATIN = f"[{CJK}{HANGUL}]", "[!-~À-ԯ]"
_GAP = f"(?<={_ASIAN}) ?(?={_LATIN})|(?<={_LATIN}) ?(?={_ASIAN})"
_JOINING = f"[{_ARABIC}]+"


class _Widths(dict[str, float]):
    """Em widths by character. One that the face lacks is judged once, then kept."""

    def __init__(self, table: dict[str, float], bold: bool) -> None:
        super().__init__(table)
        self._bold = bold

    def __missing__(self, char: str) -> float:
        width = self[char] = _guess_width(char, self, self._bold)
        return width


def _guess_width(char: str, widths: dict[str, float], bold: bool) -> float:
    """Em width of a character that a face's table lacks."""
    import unicodedata  # only few decks need it

    category = unicodedata.category(char)
    if category in _ZERO_WIDTH:
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        if "\uac00" <= char <= "\ud7a3":
            return HANGUL_WIDTH
        return EMOJI_WIDTH if category == "So" else FULL_WIDTH
    script_widths = _load_table("scripts", bold, False, 1.0)
    if char in script_widths:
        return script_widths[char]
    unaccented = unicodedata.normalize("NFD", char)[0]
    stand_in = {"Zs": " ", "Pd": "-"}.get(category, unaccented)
    if stand_in in widths:
        return widths[stand_in]
    return FULL_WIDTH if category[0] == "S" or category == "No" else UNKNOWN_LETTER


@lru_cache(maxsize=32)
def _load_widths(face: str, bold: bool, italic: bool) -> _Widths:
    """The table of one style of a face; Arial's, widened, for a face without a table."""
    name = _TABLES.get(face.lower())
    table = _load_table(name or "arial", bold, italic, 1 if name else UNKNOWN_FACE)
    # Older versions of the free faces lack the narrow no-break space, and another's is drawn.
    return _Widths(table | {"\u202f": table[" "]}, bold)


@lru_cache(maxsize=32)
def _load_table(name: str, bold: bool, italic: bool, scale: float) -> dict[str, float]:
    """Em widths by character from a table, times `scale`."""
    table = json.decode((files("deckgen") / "metrics" / f"{name}.json").read_bytes())
    numbers = table["_".join(["bold"] * bold + ["italic"] * italic) or "regular"]
    if isinstance(numbers, str):
        numbers = table[numbers]
    factor = scale / table["units_per_em"]
    return dict(zip(table["characters"], (n * factor for n in numbers), strict=True))


def is_measured(face: str) -> bool:
    """Whether a table has the widths of a face, or of one that is as wide."""
    return face.lower() in _TABLES


@lru_cache(maxsize=8192)  # words come again
def advance(text: str, face: str, bold: bool = False, italic: bool = False) -> float:
    """Width of `text` on one line, in em: the sum of its glyphs' advances.

    A face without a table counts as Arial times `UNKNOWN_FACE`. Ideographs and other
    full-width characters count 1 em, an emoji sequence 1.375, combining marks 0. Arabic
    letters are as wide as they join.
    """
    if not is_western(text):
        text = re.sub(EMOJI, _ONE_EMOJI, text)
        text = re.sub(_JOINING, lambda match: join_letters(match[0]), text)
        if re.search(_CJK, text):
            text = re.sub(_AMBIGUOUS, "\u3000", text)
    return sum(map(_load_widths(face, bold, italic).__getitem__, text))


@lru_cache(maxsize=64)
def find_gaps(text: str) -> tuple[int, ...]:
    """The places in a text at which East Asian and Latin letters meet."""
    if is_western(text) or not re.search(_ASIAN, text):
        return ()
    return tuple(match.end() for match in re.finditer(_GAP, text))


@lru_cache(maxsize=1)
def _forms() -> dict[tuple[str, str], str]:
    """The joined forms of Arabic letters by letter and form, as Unicode lists them."""
    import unicodedata

    forms = {}
    for code in (*range(0xFB50, 0xFC00), *range(0xFE80, 0xFEFD)):
        form, *letters = unicodedata.decomposition(chr(code)).split() or [""]
        if len(letters) == 1:
            forms[chr(int(letters[0], 16)), form.strip("<>")] = chr(code)
    return forms


def join_letters(text: str) -> str:
    """Arabic letters as the forms in which they join (Unicode 15, 9.2); marks vanish.

    Ligatures are not made: lam and alef are measured side by side, a little too wide.
    """
    import unicodedata

    forms = _forms()
    letters = [c for c in text if unicodedata.category(c) != "Mn"]
    joined = []
    for index, letter in enumerate(letters):
        before = index > 0 and _joins_next(letters[index - 1]) and (letter, "final") in forms
        after = _joins_next(letter) and index + 1 < len(letters)
        after = after and ((letters[index + 1], "final") in forms or letters[index + 1] == "\u0640")
        form = ("medial" if after else "final") if before else "initial" if after else "isolated"
        joined.append(forms.get((letter, form), letter))
    return "".join(joined)


def _joins_next(letter: str) -> bool:
    """Whether a letter joins the one that follows it."""
    return (letter, "initial") in _forms() or letter == "\u0640"
