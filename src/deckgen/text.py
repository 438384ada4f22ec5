"""Words and a width go in; lines and heights come out, without a font at hand.

Advance widths come from tables (`metrics/`), as PowerPoint uses them: no kerning, no
hyphenation. A prediction may say a line too many, never knowingly one too few, because
text that overflows its box is the worse mistake.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from math import ceil

from msgspec import Struct, json

from deckgen.scene import Body, Paragraph
from deckgen.units import EMU_PER_POINT, inches

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

UNKNOWN_FACE = 1.08  # times Arial: wide enough for most sans-serif faces of an office
EMOJI = 1.245  # em, of the emoji fonts that were measured
FULL_WIDTH = 1.0
# Letters no table holds are drawn by whatever face the reader's machine has. Hebrew,
# Arabic and Indic letters are mostly .4 to .65 em wide there, so .7 errs on the safe side.
UNKNOWN_LETTER = 0.7
_ZERO_WIDTH = {"Mn", "Me", "Cc", "Cf", "Zl", "Zp"}  # marks, joiners, controls (UAX 44, 5.7.1)

# Share of the width that lines may fill. LibreOffice rounds each glyph's place, which moves
# a line's end by some tenths of a percent against the sum of the advances: at 1.0, 14 of
# 6,400 random boxes had a line more than predicted, at .998 four, at .995 none. The other
# half percent is for renderers that nobody has measured.
SAFETY = 0.99

BALANCED = 0.6  # the last line of a title, as a share of its longest
BALANCE_STEP = inches(0.1)

_CJK = "\u2e80-\u303f\u3041-\u33ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff9f\U00020000-\U0003ffff"
_NOT_FIRST = "、。，．：；！？）］｝〕〉》」』】〗’”ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ・"
_NOT_LAST = "（［｛〔〈《「『【〖‘“"
# Where a line may end: after spaces (not the non-breaking ones); after a hyphen, a dash or
# a question mark inside a word, but not between a hyphen and a digit (UAX 14, LB25); between
# ideographs, but for punctuation that must not begin or end a line.
_BREAK = re.compile(
    r"(?<=[ \u2002-\u2006\u2008-\u200b\u3000])(?=[^ \u2002-\u2006\u2008-\u200b\u3000])"
    r"|(?<=\S[-\u2010])(?=[^\W\d_])"
    r"|(?<=\S[–—?])(?=\w)"
    rf"|(?<=[{_CJK}])(?<![{_NOT_LAST}])(?=[{_CJK}])(?![{_NOT_FIRST}])"
)
_SPACES = " \u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u200b\u3000"

_PICTURE = (
    "(?:[\U0001f000-\U0001faff]|[\u203c-\u3299](?=[\ufe0f\u200d\U0001f3fb-\U0001f3ff])\ufe0f?)"
)
_MODIFIERS = "[\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"
# What draws as one emoji: a flag, a keycap, pictures joined by U+200D with modifiers
# (Unicode Technical Standard 51, 1.4).
_EMOJI = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}|[#*0-9]\ufe0f?\u20e3|[©®]\ufe0f"
    f"|{_PICTURE}{_MODIFIERS}(?:\u200d{_PICTURE}{_MODIFIERS})*"
)
_ONE_EMOJI = "\U0001f600"


class _Widths(dict[str, float]):
    """Em widths by character. One that the face lacks is judged once, then kept."""

    def __missing__(self, char: str) -> float:
        width = self[char] = _guess_width(char, self)
        return width


def _guess_width(char: str, widths: dict[str, float]) -> float:
    """Em width of a character that a face's table lacks."""
    import unicodedata  # only few decks need it

    category = unicodedata.category(char)
    if category in _ZERO_WIDTH:
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return EMOJI if category == "So" else FULL_WIDTH
    unaccented = unicodedata.normalize("NFD", char)[0]
    stand_in = {"Zs": " ", "Pd": "-"}.get(category, unaccented)
    if stand_in in widths:
        return widths[stand_in]
    return FULL_WIDTH if category[0] == "S" or category == "No" else UNKNOWN_LETTER


@lru_cache(maxsize=32)
def _load_widths(face: str, bold: bool, italic: bool) -> _Widths:
    """The table of one style of a face; Arial's, widened, for a face without a table."""
    name = _TABLES.get(face.lower())
    data = (files("deckgen") / "metrics" / f"{name or 'arial'}.json").read_bytes()
    table = json.decode(data)
    numbers = table["_".join(["bold"] * bold + ["italic"] * italic) or "regular"]
    if isinstance(numbers, str):
        numbers = table[numbers]
    scale = (1.0 if name else UNKNOWN_FACE) / table["units_per_em"]
    return _Widths(zip(table["characters"], (n * scale for n in numbers), strict=True))


def advance(text: str, face: str, bold: bool = False, italic: bool = False) -> float:
    """Width of `text` on one line, in em: the sum of its glyphs' advances.

    A face without a table counts as Arial times `UNKNOWN_FACE`. Ideographs and other
    full-width characters count 1 em, an emoji sequence 1.245, combining marks 0.
    """
    if not text.isascii():
        text = _EMOJI.sub(_ONE_EMOJI, text)
    return sum(map(_load_widths(face, bold, italic).__getitem__, text))


def _measure(paragraph: Paragraph, face: str, start: int, end: int) -> float:
    """Width in points of the paragraph's characters from `start` to `end`."""
    width, place = 0.0, 0
    for run in paragraph.runs:
        part = run.text[max(0, start - place) : max(0, end - place)]
        if part:
            bold = paragraph.bold if run.bold is None else run.bold
            width += advance(part, CODE_FACE if run.code else face, bold, run.italic)
        place += len(run.text)
    return width * paragraph.size_pt


def width_emu(paragraph: Paragraph, face: str) -> int:
    """Width in EMU of the paragraph on one unbroken line, bullet indent not counted."""
    return ceil(_measure(paragraph, face, 0, len(paragraph.text)) * EMU_PER_POINT)


class _Word(Struct, frozen=True):
    """What stands between two places where a line may end; `start` is its first index.

    Widths in points, without (`ink`) and with (`full`) the spaces that follow.
    """

    text: str
    start: int
    ink: float
    full: float


def _split_words(paragraph: Paragraph, face: str) -> list[_Word]:
    """The paragraph's words, measured; their texts join to the paragraph's."""
    text = paragraph.text
    cuts = [0, *(match.start() for match in _BREAK.finditer(text)), len(text)]
    words = []
    for start, end in pairwise(cuts):
        ink_end = start + len(text[start:end].rstrip(_SPACES))
        ink = _measure(paragraph, face, start, ink_end)
        spaces = _measure(paragraph, face, ink_end, end) if ink_end < end else 0.0
        words.append(_Word(text[start:end], start, ink, ink + spaces))
    return words


def _chop(word: _Word, paragraph: Paragraph, face: str, room: float) -> list[_Word]:
    """A word wider than `room` in pieces that fit; each holds a character at least."""
    pieces = []
    start, used = 0, 0.0
    for index, char in enumerate(word.text):
        if char in _SPACES:
            break
        width = _measure(paragraph, face, word.start + index, word.start + index + 1)
        if index > start and used + width > room:
            pieces.append(_Word(word.text[start:index], word.start + start, used, used))
            start, used = index, 0.0
        used += width
    rest = used + word.full - word.ink
    return [*pieces, _Word(word.text[start:], word.start + start, used, rest)]


def _fill_lines(
    words: Sequence[_Word], paragraph: Paragraph, face: str, room: float
) -> list[tuple[str, float]]:
    """The words in lines of at most `room` points, greedily: each line and its width."""
    lines: list[tuple[str, float]] = []
    line, ink_end, full_end = "", 0.0, 0.0
    for word in words:
        pieces = [word] if word.ink <= room else _chop(word, paragraph, face, room)
        for piece in pieces:
            if line and full_end + piece.ink > room:
                lines.append((line.rstrip(_SPACES), ink_end))
                line, full_end = "", 0.0
            line += piece.text
            ink_end, full_end = full_end + piece.ink, full_end + piece.full
    return [*lines, (line.rstrip(_SPACES), ink_end)]


def _room(paragraph: Paragraph, width: int) -> float:
    """Points that a line may fill in a box of `width` EMU, beside a hanging bullet."""
    return (width / EMU_PER_POINT - paragraph.indent_pt) * SAFETY


def break_lines(paragraph: Paragraph, width: int, face: str) -> list[str]:
    """The paragraph's lines in `width` EMU (insets already taken off), without trailing spaces.

    An empty paragraph is one empty line. `indent_pt` is taken off every line.
    """
    words = _split_words(paragraph, face)
    return [line for line, _ in _fill_lines(words, paragraph, face, _room(paragraph, width))]


def line_count(paragraph: Paragraph, width: int, face: str) -> int:
    """How many lines the paragraph takes in `width` EMU; at least 1."""
    return len(break_lines(paragraph, width, face))


def line_widths(paragraph: Paragraph, width: int, face: str) -> list[int]:
    """Width in EMU of each line of the paragraph in `width` EMU; its indent is not counted."""
    words = _split_words(paragraph, face)
    lines = _fill_lines(words, paragraph, face, _room(paragraph, width))
    return [ceil(line_width * EMU_PER_POINT) for _, line_width in lines]


def longest_word(paragraph: Paragraph, face: str) -> int:
    """Width in EMU that the widest word needs, so that no word is broken inside.

    The bullet's indent is part of it: a box this wide holds the paragraph.
    """
    widest = max(word.ink for word in _split_words(paragraph, face))
    return ceil((widest / SAFETY + paragraph.indent_pt) * EMU_PER_POINT)


def body_height(body: Body, width: int, face: str) -> int:
    """Height in EMU of a text body in a box of `width` EMU, insets included.

    Each line is its paragraph's pitch high; the space before the first paragraph,
    which PowerPoint drops at the top of a box, does not count.
    """
    left, top, right, bottom = body.insets
    inner = width - left - right
    height = sum(p.pitch_pt * line_count(p, inner, face) for p in body.paragraphs)
    height += sum(p.before_pt for p in body.paragraphs[1:])
    return ceil(height * EMU_PER_POINT) + top + bottom


def balance(paragraph: Paragraph, width: int, face: str) -> int:
    """The right inset in EMU, in steps of a tenth of an inch, that evens a title's lines.

    The smallest that makes the last line at least 60 % as long as the longest without
    adding a line. Where none does, the one that comes nearest; 0 for a single line.
    """
    words = _split_words(paragraph, face)
    widest = max(word.ink for word in words)
    best, best_share, count = 0, 0.0, 0
    for inset in range(0, width, BALANCE_STEP):
        room = _room(paragraph, width - inset)
        if inset and widest > room:
            break
        lines = _fill_lines(words, paragraph, face, room)
        if inset and len(lines) > count:
            break
        count = len(lines)
        if lines != _fill_lines(words, paragraph, face, room / SAFETY**2):
            continue  # a renderer that sets its letters closer would break them elsewhere
        share = lines[-1][1] / max(1.0, *(line_width for _, line_width in lines))
        if share > best_share:
            best, best_share = inset, share
        if count == 1 or share >= BALANCED:
            break
    return best
