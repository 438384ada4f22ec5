"""A deck and the PDF that LibreOffice made of it go in; text that went astray comes out.

A word has gone astray where it stands outside every shape whose text holds it, or nowhere:
poppler does not see what lies off the page. A chart is a frame in which any word may stand.
"""

from __future__ import annotations

import math
import re
import subprocess
import unicodedata
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

from msgspec import Struct

TOLERANCE = 0.04  # inches: a third of a 9 pt letter
EMU = 914_400
# Line boxes reach above and below the ink; the middle 70 % of one holds its letters.
SHRINK = 0.15


class Word(Struct, frozen=True):
    """A word on a page of a PDF, in inches from the top left."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


class Region(Struct, frozen=True):
    """Where a shape's text may stand, in inches. `words` is None where any text may."""

    name: str
    words: tuple[str, ...] | None
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def text(self) -> str:
        return "".join(self.words or ())

    def holds(self, word: Word) -> bool:
        """Whether the word stands inside, its line box taken without its margins."""
        margin = (word.bottom - word.top) * SHRINK
        return (
            word.x0 >= self.x0 - TOLERANCE
            and word.x1 <= self.x1 + TOLERANCE
            and word.top + margin >= self.top - TOLERANCE
            and word.bottom - margin <= self.bottom + TOLERANCE
        )


def pdf_words(pdf: Path) -> list[list[Word]]:
    """The words of each page, in reading order as poppler sees it."""
    command = ["pdftotext", "-bbox", "-enc", "UTF-8", str(pdf), "-"]
    xml = subprocess.run(command, capture_output=True, check=True, timeout=120).stdout
    pages = re.split(r"<page ", xml.decode("utf-8", "replace"))[1:]
    found = r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>'
    return [
        [
            Word(unescape(text), *(float(number) / 72 for number in place))
            for *place, text in re.findall(found, page)
        ]
        for page in pages
    ]


def text_outside(pptx: Path, pdf: Path) -> list[str]:
    """The words that went astray, as `page 3: “word” ...`; empty if all is in its place."""
    from pptx import Presentation

    deck = Presentation(str(pptx))
    slides = [slide for slide in deck.slides if slide._element.get("show") != "0"]
    pages = pdf_words(pdf)
    problems = []
    if len(slides) != len(pages):
        problems.append(f"{len(slides)} slides, but {len(pages)} pages")
    for number, (slide, words) in enumerate(zip(slides, pages, strict=False), start=1):
        regions = list(_slide_regions(slide, number))
        found = (*_astray(words, regions), *_missing(words, regions))
        problems += [f"page {number}: {problem}" for problem in found]
    return problems


def _astray(words: Iterable[Word], regions: list[Region]) -> Iterator[str]:
    for word in words:
        text = _plain(word.text)
        mark = not any(c.isalnum() for c in text)  # a bullet, or a dash between words
        # poppler gives words from right to left as they stand, letter by letter
        spellings = {text, text[::-1]} if _right_to_left(text) else {text}
        holders = [
            r for r in regions if r.words and any(s in r.text for s in spellings) and not mark
        ]
        free = [region for region in regions if region.words is None]
        # Bullets and a list's numbers are in no shape's text: any shape may hold them.
        if not any(region.holds(word) for region in (*(holders or regions), *free)):
            names = ", ".join(f"“{region.name}”" for region in holders) or "every shape"
            yield f"“{word.text}” at {word.x0:.2f}, {word.top:.2f} is outside {names}"


def _missing(words: list[Word], regions: list[Region]) -> Iterator[str]:
    for region in regions:
        inside = [_plain(word.text) for word in words if region.holds(word)]
        for word in dict.fromkeys(region.words or ()):
            judged = any(c.isalnum() for c in word) and not _right_to_left(word)
            if judged and not _made_of(word, inside):
                yield f"“{word}” of “{region.name}” is not on the page in its place"


def _made_of(word: str, pieces: list[str]) -> bool:
    """Whether a word stands in one of the pieces or is broken into several (over lines)."""
    if any(word in piece for piece in pieces):
        return True
    starts = {0}  # how far into the word the pieces reach
    for start in range(len(word)):
        if start in starts:
            starts |= {start + len(p) for p in pieces if p and word.startswith(p, start)}
    return len(word) in starts


def _plain(text: str) -> str:
    """Without case, ligatures, accents' two spellings and characters of no width."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if unicodedata.category(c) not in ("Cf", "Cc", "Mn"))


def _right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)


def _slide_regions(slide: Any, number: int) -> Iterator[Region]:
    layout = slide.slide_layout
    for shapes in (layout.slide_master.shapes, layout.shapes):
        inherited = [shape for shape in shapes if not shape.is_placeholder]
        yield from _regions(inherited, number)
    yield from _regions(slide.shapes, number)


def _regions(
    shapes: Iterable[Any], number: int, shift: tuple[float, float] = (0, 0), scale: float = 1
) -> Iterator[Region]:
    """The regions of shapes, those of groups included, whose scale is taken as even."""
    for shape in shapes:
        if shape.shape_type == 6:  # MSO_SHAPE_TYPE.GROUP
            frame = shape._element.grpSpPr.xfrm
            inner = scale * (frame.ext.cx / frame.chExt.cx if frame.chExt.cx else 1)
            x = shift[0] + shape.left * scale - frame.chOff.x * inner
            y = shift[1] + shape.top * scale - frame.chOff.y * inner
            yield from _regions(shape.shapes, number, (x, y), inner)
            continue
        has_text = shape.has_text_frame or getattr(shape, "has_table", False)
        if not (has_text or getattr(shape, "has_chart", False)) or shape.width is None:
            continue
        words = tuple(_shape_words(shape._element, number)) if has_text else None
        if words is None or words:
            yield Region(shape.name, words, *_extent(shape, shift, scale))


def _shape_words(element: Any, number: int) -> Iterator[str]:
    """The words of a shape or table, a slide number field as its number."""
    for paragraph in element.iter("{*}p"):
        parts = []
        for child in paragraph:
            tag = child.tag.rpartition("}")[2]
            text = "".join(t.text or "" for t in child.iter("{*}t"))
            numbered = tag == "fld" and child.get("type") == "slidenum"
            parts.append("\n" if tag == "br" else str(number) if numbered else text)
        yield from filter(None, map(_plain, "".join(parts).split()))


def _extent(
    shape: Any, shift: tuple[float, float], scale: float
) -> tuple[float, float, float, float]:
    """The box about a shape, rotated as it is, in inches: left, top, right, bottom."""
    width, height = shape.width * scale / EMU, shape.height * scale / EMU
    x = (shift[0] + shape.left * scale) / EMU + width / 2
    y = (shift[1] + shape.top * scale) / EMU + height / 2
    angle = math.radians(getattr(shape, "rotation", 0) or 0)
    sine, cosine = abs(math.sin(angle)), abs(math.cos(angle))
    half_w = (width * cosine + height * sine) / 2
    half_h = (width * sine + height * cosine) / 2
    return x - half_w, y - half_h, x + half_w, y + half_h
