"""Where a line may end: a text goes in, the places between its words come out.

Renderers differ, and PowerPoint's rules are not published. A place counts here only if each
known renderer would use it, for a line broken earlier than predicted is the worse mistake.
"""

from __future__ import annotations

import re

from deckgen.scripts import CJK, EMOJI

SPACES = " \u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u200b\u3000"
SOFT_HYPHEN = "\u00ad"

# What must not begin or end a line in Chinese and Japanese (JIS X 4051; the lists that
# LibreOffice and Office keep by default), with small kana and marks that join what precedes.
_NOT_FIRST = (
    "!%),.:;?\\]}¢°’”†‡‰′″℃、。，．：；！？％）］｝〕〉》」』】〗｠｡｣､･゛゜ゝゞヽヾ・ー々〻〜～‥…"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰ-ㇿｧ-ｯｰﾞﾟ\u302a-\u302f\u3099\u309a￠"
)
_NOT_LAST = "$(\\[{£¥‘“（［｛〔〈《「『【〖｟｢＄￡￥￦"
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
UNSPACED = re.compile(f"[{_THAI}{_BURMESE}{_KHMER}]")

# After spaces (not the non-breaking ones); after a hyphen, a dash or a question mark inside
# a word, but not between a hyphen and a digit (UAX 14, LB25); between ideographs and between
# one and a word of another script, but for punctuation that must not begin or end a line.
_BREAK = re.compile(
    rf"(?<=[{SPACES}])(?=[^{SPACES}])"
    r"|(?<=\S[-\u2010])(?=[^\W\d_])"
    r"|(?<=\S[–—?])(?=\w)"
    rf"|(?<=[{CJK}])(?<![{_NOT_LAST}])(?=[{CJK}{_WORD}])(?![{_NOT_FIRST}])"
    rf"|(?<=[{_WORD}])(?=[{CJK}])(?![{_NOT_FIRST}])"
    rf"|(?<=[{_THAI}])(?=[{_SYLLABLE_START}])(?<![{_SYLLABLE_START}])"
    rf"|(?<=[{_SYLLABLE_END}])(?=[\u0e01-\u0e2e\u0e81-\u0eae])"
    rf"|(?<=[{_BURMESE}])(?<![{_STACKER}])(?={_BURMESE_START})"
    rf"|(?<=[{_KHMER}])(?<![{_STACKER}])(?=[\u1780-\u17b3])"
)
# Where a word may be broken besides, if it is wider than the line: renderers differ.
_INNER = re.compile(
    rf"(?<=[^\s/]/)(?=[^\s/])|(?<=//)(?=\w)|(?<=\w-)(?=\w)|(?<={SOFT_HYPHEN})(?=\w)"
)
_ADDRESS = re.compile(r"\w+://|www\.|\S+@\S+\.\w|\S+/\S+/\S")
_INSIDE_ADDRESS = re.compile(r"\S*(?:://|www\.|@\S+\.|/\S+/)\S*")
_ADDRESS_PIECE = 20  # characters of an address that stay together

# LibreOffice now and then keeps an emoji with the word before it or with the one after it.
ENDS_IN_EMOJI = re.compile(rf"(?:{EMOJI})\s*$")
BEGINS_WITH_EMOJI = re.compile(EMOJI)


def find_breaks(text: str) -> list[int]:
    """The places in a text at which a line may end, without its start and its end.

    None stands inside an address: LibreOffice breaks one at a hyphen now and then only.
    """
    places = [match.start() for match in _BREAK.finditer(text)]
    if "/" in text or "@" in text or "www." in text:
        spans = [match.span() for match in _INSIDE_ADDRESS.finditer(text)]
        places = [n for n in places if not any(start < n < end for start, end in spans)]
    return places


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
