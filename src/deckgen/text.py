"""Words and a width go in; lines and heights come out, without a font at hand.

`advances` says how wide words are, `breaks` where a line may end. No hyphenation: the
decks ask for none. A prediction may say a line too many, never knowingly one too few, because
text that overflows its box is the worse mistake.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from math import ceil

from msgspec import Struct

from deckgen.advances import CODE_FACE, EMOJI_WIDTH, SCRIPT_GAP, advance, find_gaps
from deckgen.breaks import (
    ENDS_IN_EMOJI,
    SOFT_HYPHEN,
    SPACES,
    UNSPACED,
    breaks_inside,
    find_breaks,
    find_inner_breaks,
    unbreakable,
)
from deckgen.scene import Body, Paragraph, Run
from deckgen.scripts import COMPLEX_LETTER, EMOJI, is_western
from deckgen.units import EMU_PER_POINT, inches

# Share of the width that lines may fill. LibreOffice rounds each glyph's place, which moves
# a line's end by some tenths of a percent against the sum of the advances: at 1.0, 14 of
# 6,400 random boxes had a line more than predicted, at .998 four, at .995 none. The other
# half percent is for renderers that nobody has measured.
SAFETY = 0.99

# Thai and its like are broken by dictionaries, which differ: ems of a line that stay empty.
UNSPACED_WASTE = 2.0

BALANCED = 0.6  # the last line of a title, as a share of its longest
BALANCE_STEP = inches(0.1)


def _measure(paragraph: Paragraph, face: str, start: int, end: int) -> float:
    """Width in points of the paragraph's characters from `start` to `end`."""
    return _measurer(paragraph, face)(start, end)


def _measurer(paragraph: Paragraph, face: str) -> Callable[[int, int], float]:
    """What gives the width in points of the paragraph's characters from one to another."""
    size_pt, looks = paragraph.size_pt, [_look(run, paragraph, face) for run in paragraph.runs]
    if len(looks) == 1:  # nearly always
        text, look = looks[0]
        return lambda start, end: advance(text[start:end], *look) * size_pt

    def measure(start: int, end: int) -> float:
        width, place = 0.0, 0
        for text, look in looks:
            if part := text[max(0, start - place) : max(0, end - place)]:
                width += advance(part, *look)
            place += len(text)
        return width * size_pt

    return measure


def _look(run: Run, paragraph: Paragraph, face: str) -> tuple[str, tuple[str, bool, bool]]:
    """A run's words, and the face in which they are measured, whether bold and italic."""
    bold = paragraph.bold if run.bold is None else run.bold
    return run.text, (CODE_FACE if run.code else face, bold, run.italic)


def _measured_in(paragraph: Paragraph, face: str) -> str:
    """The face that measures a paragraph: Arial for one in a complex script.

    Its digits and marks are set in that script's face, which is as wide.
    """
    text = paragraph.text
    return face if is_western(text) or not re.search(COMPLEX_LETTER, text) else "Arial"


def width_emu(paragraph: Paragraph, face: str) -> int:
    """Width in EMU of the paragraph on one unbroken line, bullet indent not counted."""
    face = _measured_in(paragraph, face)
    gaps = len(find_gaps(paragraph.text)) * SCRIPT_GAP * paragraph.size_pt
    return ceil((_measure(paragraph, face, 0, len(paragraph.text)) + gaps) * EMU_PER_POINT)


class _Word(Struct, frozen=True):
    """What stands between two places where a line may end; `start` is its first index.

    Widths in points, without (`ink`) and with (`full`) the spaces that follow.
    """

    text: str
    start: int
    ink: float
    full: float


@lru_cache(maxsize=1024)  # a paragraph is asked its lines, its height and its longest word
def _split_words(paragraph: Paragraph, face: str) -> tuple[_Word, ...]:
    """The paragraph's words, measured; their texts join to the paragraph's."""
    return _measure_words(paragraph, face, find_breaks(paragraph.text))


def _measure_words(paragraph: Paragraph, face: str, breaks: Iterable[int]) -> tuple[_Word, ...]:
    """The words between these places where a line may end."""
    face = _measured_in(paragraph, face)
    text = paragraph.text
    cuts = [0, *breaks, len(text)]
    gaps, gap = find_gaps(text), SCRIPT_GAP * paragraph.size_pt
    measure = _measurer(paragraph, face)
    words = []
    for start, end in pairwise(cuts):
        word = text[start:end]
        ink_end = start + len(word.rstrip(" "))  # wider spaces do not hang
        ink = measure(start, ink_end)
        spaces = measure(ink_end, end) if ink_end < end else 0.0
        if gaps:
            ink += gap * sum(start < place <= ink_end for place in gaps)
            spaces += gap * sum(ink_end < place <= end for place in gaps)
        words.append(_Word(word, start, ink, ink + spaces))
    return tuple(words)


def _chop(word: _Word, paragraph: Paragraph, face: str, room: float) -> list[_Word]:
    """A word wider than `room` in pieces that fit; each holds a character at least."""
    pieces = []
    start, used = 0, 0.0
    gaps, gap = find_gaps(paragraph.text), SCRIPT_GAP * paragraph.size_pt
    for index in range(len(word.text.rstrip(" "))):
        width = _measure(paragraph, face, word.start + index, word.start + index + 1)
        if gaps and word.start + index + 1 in gaps:
            width += gap
        if index > start and used + width > room:
            pieces.append(_Word(word.text[start:index], word.start + start, used, used))
            start, used = index, 0.0
        used += width
    rest = used + word.full - word.ink
    return [*pieces, _Word(word.text[start:], word.start + start, used, rest)]


def _split_inside(word: _Word, paragraph: Paragraph, face: str, room: float) -> list[_Word]:
    """A word wider than `room` broken where renderers might break inside it, then chopped."""
    pieces = []
    cuts = [0, *find_inner_breaks(word.text), len(word.text)]
    for start, end in pairwise(cuts):
        text = word.text[start:end]
        ink_end = start + len(text.rstrip(" "))
        ink = _measure(paragraph, face, word.start + start, word.start + ink_end)
        if text.endswith(SOFT_HYPHEN):
            ink += advance("-", face, paragraph.bold) * paragraph.size_pt
        full = ink + (word.full - word.ink if end == len(word.text) else 0.0)
        piece = _Word(text, word.start + start, ink, full)
        pieces += [piece] if ink <= room else _chop(piece, paragraph, face, room)
    return pieces


class _Lines(Struct):
    """Lines being filled: those that are full with their widths, and the one begun."""

    full: list[tuple[str, float]]
    line: str = ""
    ink: float = 0.0
    end: float = 0.0

    def end_line(self) -> None:
        """Begin another line."""
        self.full.append((self.line.rstrip(SPACES), self.ink))
        self.line, self.end = "", 0.0

    def filled(self, words: Sequence[_Word], room: float, begin: bool = False) -> _Lines:
        """A copy with more words, on a line of their own if they `begin` one."""
        lines = _Lines(list(self.full), self.line, self.ink, self.end)
        if begin and lines.line:
            lines.end_line()
        for word in words:
            if lines.line and lines.end + word.ink > room:
                lines.end_line()
            lines.line += word.text
            lines.ink, lines.end = lines.end + word.ink, lines.end + word.full
        return lines


def _fill_lines(
    words: Sequence[_Word], paragraph: Paragraph, face: str, room: float
) -> list[tuple[str, float]]:
    """The words in lines of at most `room` points, greedily: each line and its width.

    Where renderers differ, the way that takes the most lines counts.
    """
    text = paragraph.text
    if is_western(text):
        return _fill(words, paragraph, face, room)
    if re.search(UNSPACED, text):
        room -= paragraph.size_pt * UNSPACED_WASTE
    ways = [words]
    if re.search(EMOJI, text):
        room -= paragraph.size_pt * EMOJI_WIDTH
        ways += [_join(words, before=True), _join(words, before=False)]
    return max((_fill(way, paragraph, face, room) for way in ways), key=len)


def _join(words: Sequence[_Word], before: bool) -> list[_Word]:
    """The words, each emoji joined to the word before it or to the one after it."""
    joined: list[_Word] = []
    for word in words:
        last = joined[-1] if joined else None
        meets = re.match(EMOJI, word.text) if before else None
        if last and (meets or (not before and re.search(ENDS_IN_EMOJI, last.text))):
            text = last.text + word.text
            joined[-1] = _Word(text, last.start, last.full + word.ink, last.full + word.full)
        else:
            joined.append(word)
    return joined


def _fill(
    words: Sequence[_Word], paragraph: Paragraph, face: str, room: float
) -> list[tuple[str, float]]:
    """One way to fill lines. A word wider than the line is broken after its last character
    that fits, or where it has a slash, a hyphen or a soft hyphen, on this line or the next.
    """
    widest = max(word.ink for word in words)
    lines = _Lines([])
    start = 0
    for index, word in enumerate(words if widest > room else ()):
        if word.ink <= room:
            continue
        lines = lines.filled(words[start:index], room)
        start = index + 1
        chopped = _chop(word, paragraph, face, room)
        split = _split_inside(word, paragraph, face, room)
        ways = (
            lines.filled(chopped, room),
            lines.filled(split, room),
            lines.filled(split, room, begin=True),
        )
        lines = max(ways, key=lambda way: (len(way.full), way.end))
    lines = lines.filled(words[start:], room)
    return [*lines.full, (lines.line.rstrip(SPACES), lines.ink)]


def _room(paragraph: Paragraph, width: int) -> float:
    """Points that a line may fill in a box of `width` EMU, beside a hanging bullet."""
    return (width / EMU_PER_POINT - paragraph.indent_pt) * SAFETY


def break_lines(paragraph: Paragraph, width: int, face: str) -> list[str]:
    """The paragraph's lines in `width` EMU (insets already taken off), without trailing spaces.

    An empty paragraph is one empty line. `indent_pt` is taken off every line.
    """
    words = _split_words(paragraph, face)
    return [line for line, _ in _fill_lines(words, paragraph, face, _room(paragraph, width))]


@lru_cache(maxsize=2048)  # asked while a place is sought for it, and when it is put there
def line_count(paragraph: Paragraph, width: int, face: str) -> int:
    """How many lines the paragraph takes in `width` EMU; at least 1."""
    words = _split_words(paragraph, face)
    count = len(_fill_lines(words, paragraph, face, _room(paragraph, width)))
    if any(run.link for run in paragraph.runs):
        count = max(count, _count_with_whole_links(paragraph, width, face))
    return count


def _count_with_whole_links(paragraph: Paragraph, width: int, face: str) -> int:
    """How many lines it takes where no line ends inside a link, as LibreOffice (7.4) sets it.

    A link longer than a line is cut anywhere, and what follows it begins a line.
    """
    spans, start = [], 0
    for run in paragraph.runs:
        if run.link and run.text:
            spans.append((start, start + len(run.text)))
        start += len(run.text)
    breaks = set(find_breaks(paragraph.text))
    breaks = {place for place in breaks if not any(a < place < b for a, b in spans)}
    breaks |= {place for span in spans for place in span if 0 < place < start}
    words = _measure_words(paragraph, face, sorted(breaks))
    room = _room(paragraph, width)
    beginnings = {a for a, b in spans if b < start}
    cut = sum(word.start in beginnings and word.ink > room for word in words)
    return len(_fill_lines(words, paragraph, face, room)) + cut


def line_widths(paragraph: Paragraph, width: int, face: str) -> list[int]:
    """Width in EMU of each line of the paragraph in `width` EMU; its indent is not counted."""
    words = _split_words(paragraph, face)
    lines = _fill_lines(words, paragraph, face, _room(paragraph, width))
    return [ceil(line_width * EMU_PER_POINT) for _, line_width in lines]


def is_certain(paragraph: Paragraph, width: int, face: str) -> bool:
    """Whether a renderer that sets its letters somewhat closer takes as many lines."""
    words, room = _split_words(paragraph, face), _room(paragraph, width)
    loose = _fill_lines(words, paragraph, face, room / SAFETY**2)
    return len(loose) == line_count(paragraph, width, face)


@lru_cache(maxsize=2048)
def longest_word(paragraph: Paragraph, face: str) -> int:
    """Width in EMU that the widest word needs, so that no word is broken inside.

    The bullet's indent is part of it: a box this wide holds the paragraph. An address may
    be broken at its slashes, and any word at its soft hyphens.
    """
    words = _split_words(paragraph, face)
    if breaks_inside(paragraph.text):
        widest = max(_least_ink(word, paragraph, face) for word in words)
    else:
        widest = max(word.ink for word in words)
    return ceil((widest / SAFETY + paragraph.indent_pt) * EMU_PER_POINT)


def find_longest_word(paragraphs: Sequence[Paragraph], face: str) -> str:
    """The word that `longest_word` measures in these paragraphs."""
    words = [(word.ink, word.text.strip()) for p in paragraphs for word in _split_words(p, face)]
    return max(words)[1]


def _least_ink(word: _Word, paragraph: Paragraph, face: str) -> float:
    """The width in points of a word's widest part that must stay whole."""
    parts = unbreakable(word.text)
    if len(parts) == 1:
        return word.ink
    hyphen = advance("-", face, paragraph.bold) * paragraph.size_pt
    return max(
        _measure(paragraph, face, word.start + start, word.start + end)
        + (hyphen if word.text[end - 1] == SOFT_HYPHEN else 0.0)
        for start, end in parts
    )


def body_height(body: Body, width: int, face: str) -> int:
    """Height in EMU of a text body in a box of `width` EMU, insets included.

    Each line is its paragraph's pitch high; the space before the first paragraph,
    which PowerPoint drops at the top of a box, does not count.
    """
    left, top, right, bottom = body.insets
    inner = width - left - right
    height = 0.0
    for number, paragraph in enumerate(body.paragraphs):
        height += paragraph.pitch_pt * line_count(paragraph, inner, face)
        height += paragraph.before_pt if number else 0.0
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
