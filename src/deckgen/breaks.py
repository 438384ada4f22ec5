"""Where a line may end: a text goes in, the places between its words come out.

Renderers differ, and PowerPoint's rules are not published. A place counts here only if each
known renderer would use it, for a line broken earlier than predicted is the worse mistake.
"""

from __future__ import annotations

import re

from deckgen.scripts import CJK, EMOJI, is_western

SPACES = " \u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u200b\u3000"
SOFT_HYPHEN = "\u00ad"

# What must not begin or end a line in Chinese and Japanese (JIS X 4051; the lists that
# LibreOffice and Office keep by default), with small kana and marks that join what precedes.
_NOT_FIRST = (
    "!%),.:;?\\]}¢°’”†‡‰′″℃、。，．：；！？％）］｝〕〉》」』】〗｠｡｣､･゛゜ゝゞヽヾ・ー々〻〜～‥…"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰ-ㇿｧ-ｯｰﾞﾟ\u302a-\u302f\u3099\u309a￠"
)
_NOT_LAST = "$(\\[{£¥‘“（［｛〔〈《「『【〖｟｢＄￡￥￦"
_MARKS = (
    "\u3000-\u3004\u3008-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\uffe0-\uffe6"
)
_WORD = "A-Za-z0-9\u00c0-\u052f\u1e00-\u1fff"
# Thai and Lao stand without spaces. Without a dictionary of their words the sure places are
# those that begin a syllable (a vowel written before its consonant) or end one.
_SYLLABLE_START, _SYLLABLE_END = (
    "\u0e40-\u0e44\u0ec0-\u0ec4",
    "\u0e2f\u0e30\u0e33\u0e46\u0eb0\u0eb3\u0ec6",
)
_THAI = "\u0e01-\u0e4e\u0e81-\u0ece"
# Burmese and Khmer: before a letter that is neither stacked under another nor ends a syllable.
_STACKER = "\u1039\u17d2"
_BURMESE, _KHMER = "\u1000-\u109f", "\u1780-\u17d3"
_BURMESE_START = "[\u1000-\u1021](?![\u1039\u103a])"
UNSPACED = f"[{_THAI}{_BURMESE}{_KHMER}]"

# After spaces (not the non-breaking ones); after a hyphen, a dash or a question mark inside
# a word, but not between a hyphen and a digit (UAX 14, LB25).
_SPACED = (
    rf"(?<=[{SPACES}])(?=[^{SPACES}])"
    r"|(?<=\S[-\u2010])(?=[^\W\d_])"
    r"|(?<=\S[–—?])(?=\w)"
)
_SPACED_BREAK = re.compile(_SPACED)
# Also between ideographs and between one and a word of another script, but for punctuation
# that must not begin or end a line, and not between one and a Latin word, where LibreOffice
# breaks before the ideograph instead; and between the syllables of scripts without spaces.
_ANY_BREAK = (
    rf"{_SPACED}|(?<=[{CJK}])(?<![{_NOT_LAST}])(?=[{CJK}])(?![{_NOT_FIRST}])"
    rf"|(?<=[{CJK}])(?<![{_MARKS}])(?=[{_WORD}])"
    rf"|(?<=[{_WORD}])(?=[{CJK}])(?![{_NOT_FIRST}])"
    rf"|(?<=[{_THAI}])(?=[{_SYLLABLE_START}])(?<![{_SYLLABLE_START}])"
    rf"|(?<=[{_SYLLABLE_END}])(?=[\u0e01-\u0e2e\u0e81-\u0eae])"
    rf"|(?<=[{_BURMESE}])(?<![{_STACKER}])(?={_BURMESE_START})"
    rf"|(?<=[{_KHMER}])(?<![{_STACKER}])(?=[\u1780-\u17b3])"
)
_WITHOUT_SPACES = f"[{CJK}{_THAI}{_BURMESE}{_KHMER}]"
# Where a word may be broken besides, if it is wider than the line: renderers differ.
_INNER = re.compile(
    rf"(?<=[^\s/]/)(?=[^\s/])|(?<=\?)(?=\w)|(?<=//)(?=\w)|(?<=\w-)(?=\w)|(?<={SOFT_HYPHEN})(?=\w)"
)
_ADDRESS = re.compile(r"\w+://|www\.|\S+@\S+\.\w|\S+/\S+/\S")
_INSIDE_ADDRESS = re.compile(r"\S*(?:://|www\.|@\S+\.|/\S+/)\S*")
_ADDRESS_PIECE = 20  # characters of an address that stay together

# LibreOffice now and then keeps an emoji with the word before it or with the one after it.
ENDS_IN_EMOJI = rf"(?:{EMOJI})\s*$"


def find_breaks(text: str) -> list[int]:
    """The places in a text at which a line may end, without its start and its end.

    None stands inside an address: LibreOffice breaks one at a hyphen now and then only.
    """
    anywhere = not is_western(text) and re.search(_WITHOUT_SPACES, text)
    pattern = _ANY_BREAK if anywhere else _SPACED_BREAK
    places = [match.start() for match in re.finditer(pattern, text)]
    if breaks_inside(text):
        spans = [match.span() for match in _INSIDE_ADDRESS.finditer(text)]
        places = [n for n in places if not any(start < n < end for start, end in spans)]
    return places


def breaks_inside(text: str) -> bool:
    """Whether a text may hold a word that may be broken: an address, or a soft hyphen."""
    return "/" in text or "@" in text or "www." in text or SOFT_HYPHEN in text


def find_inner_breaks(word: str) -> list[int]:
    """The places at which some renderers break a word that is wider than the line."""
    return [match.start() for match in _INNER.finditer(word)]


def unbreakable(word: str) -> list[tuple[int, int]]:
    """Start and end of the parts of a word that must stay whole for it to read well.

    A word may be broken at its soft hyphens, and an address after its slashes or, if that
    does not help, after 20 characters; any other word is one part.
    """
    address = _ADDRESS.match(word)
    if not address and SOFT_HYPHEN not in word:
        return [(0, len(word))]
    cuts = [place for place in find_inner_breaks(word) if address or word[place - 1] == SOFT_HYPHEN]
    parts = []
    for start, end in zip([0, *cuts], [*cuts, len(word)], strict=True):
        step = _ADDRESS_PIECE if address else end - start
        parts += [(place, min(place + step, end)) for place in range(start, end, step)]
    return parts
