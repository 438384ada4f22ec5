"""The cover: what the deck is about, by whom and when, beside the ladder of its tiers.

Title, subtitle, author and date come from the outline's head unless the slide gives its
own. The ladder is drawn where the outline has tiers. A long title or subtitle is set smaller.
"""

from __future__ import annotations

from typing import Annotated

from msgspec.structs import replace

from deckgen import text
from deckgen.advances import advance
from deckgen.arrange import share, spread
from deckgen.canvas import Canvas, Studio
from deckgen.fields import Doc
from deckgen.outline import NONE, Outline, Slide
from deckgen.scene import Box, TextItem
from deckgen.scripts import runs_from_the_right, writing_of
from deckgen.source import Text
from deckgen.styles import BODY, CAPTION, HEAD, SUPPORT, Style
from deckgen.units import inches, points

SIZES = (
    (44, 2),
    (36, 3),
    (32, 4),
    (28, 4),
    (24, 4),
)  # of the title, with how many lines it may take
SUBTITLE_SIZES = (24, 20, 18)
NUMBER = Style(28, bold=True)
NAMES = (BODY, SUPPORT, CAPTION)  # of the tiers, the first that fits its bar
LONGEST, SHORTEST, STEP = inches(5.9), inches(2.6), inches(1.1)
BESIDE = inches(0.82)  # a bar's number and its margins


class Fields(Slide):
    subtitle: Annotated[Text, Doc("a line under the title")] = NONE
    author: Annotated[Text, Doc("who presents this")] = NONE
    date: Annotated[Text, Doc("the date as it is printed")] = NONE


def title(slide: Fields, outline: Outline) -> str:
    return outline.title


def layout(slide: Fields, studio: Studio) -> None:
    outline = studio.outline
    studio.slide = replace(slide, kicker=slide.kicker or outline.kicker)
    if studio.layouts["cover"].part:
        _in_template(slide, studio)
        return
    probe = Canvas(studio, studio.layouts["cover"], studio.theme.heading_font)
    box = probe.layout.placeholder("title").box
    if len(outline.tiers) < 2:
        box = Box(box.x, box.y, min(inches(10), probe.frame.w), box.h)
    size, box = _title_setting(probe, slide.title, box)
    canvas = studio.open("cover", title_sizes=(size,), title_box=box)
    subtitle = slide.subtitle or outline.subtitle
    if subtitle:
        y = _title_edges(canvas)[1] + inches(0.2)
        foot = canvas.layout.placeholder("author").box.y - inches(0.4)
        below = Box(box.x, y, box.w - inches(0.5), foot - y)
        canvas.fill_placeholder("subtitle", subtitle, box=below, sizes=SUBTITLE_SIZES)
    for key, words in (
        ("author", slide.author or outline.author),
        ("date", slide.date or outline.date),
    ):
        if words:
            canvas.fill_placeholder(key, words)
    if len(outline.tiers) > 1:
        _motif(canvas)


def _in_template(slide: Fields, studio: Studio) -> None:
    """The same words where a company's cover has places for them; its art stays as it is."""
    outline = studio.outline
    canvas = studio.open("cover")
    given = {
        "subtitle": slide.subtitle or outline.subtitle,
        "author": slide.author or outline.author,
        "date": slide.date or outline.date,
    }
    lines = {key: words for key, words in given.items() if words}
    places = [key for key in lines if canvas.layout.has(key)]
    if not places:
        if canvas.frame.h:
            canvas.text(canvas.frame, [canvas.paragraph(w, HEAD) for w in lines.values()], HEAD)
        return
    for key in places[1:]:
        own = canvas.layout.placeholder(key).size_pt
        canvas.fill_placeholder(key, lines.pop(key), sizes=_at_most(own))
    own = canvas.layout.placeholder(places[0]).size_pt
    canvas.fill_placeholder(places[0], list(lines.values()), sizes=_at_most(own))


def _at_most(size_pt: float) -> tuple[float, ...]:
    """Sizes from a template's own down to what a cover may have."""
    return (size_pt, *(float(size) for size in (28, *SUBTITLE_SIZES, 16, 14) if size < size_pt))


def _title_setting(probe: Canvas, words: str, box: Box) -> tuple[float, Box]:
    """The largest size in which the title takes few lines, and its box as high as these."""
    largest = probe.layout.placeholder("title").size_pt
    for size, lines in SIZES:
        style = Style(size, bold=True)
        height = probe.height(words, style, box.w) + points(1)
        if size <= largest and height <= box.h and probe.fits(words, style, box.w, lines):
            return size, Box(box.x, box.y, box.w, height)
    return size, box


def _title_edges(canvas: Canvas) -> tuple[int, int]:
    """Where the title as set ends on the right and at the bottom."""
    texts = [item for item in canvas.items if isinstance(item, TextItem)]
    item = next(item for item in texts if item.role == "title")
    paragraph, face = item.body.paragraphs[0], canvas.theme.heading_font
    room = item.box.w - item.body.insets[2]
    lines = text.break_lines(paragraph, room, face)
    widest = max(advance(line, face, paragraph.bold) for line in lines)
    right = item.box.x + round(widest * points(paragraph.size_pt))
    writing = writing_of(canvas.studio.outline.language, ())
    if writing.from_the_right or runs_from_the_right(paragraph.text, writing):
        right = item.box.right  # the title begins there
    return right, item.box.y + text.body_height(item.body, item.box.w, face)


def _motif(canvas: Canvas) -> None:
    """The deck's ladder: bars from the right edge, the first the longest."""
    tiers = canvas.studio.outline.tiers
    count, gap = len(tiers), inches(0.16)
    height = share(canvas.frame.h, count, gap)
    longest = min(LONGEST, canvas.studio.template.width - _title_edges(canvas)[0] - inches(0.4))
    shortest = min(longest, max(SHORTEST, longest - STEP * (count - 1)))
    widths: list[int] = []
    for place, tier in reversed(list(enumerate(tiers))):  # a bar is as long as its name needs
        width = longest - (longest - shortest) * place // (count - 1)
        word = text.longest_word(canvas.paragraph(tier.label, NAMES[-1]), canvas.face)
        widths.insert(0, min(longest, max(width, word + BESIDE, *widths[:1])))
    rows = zip(tiers, widths, spread(canvas.frame.y, height, gap, count), strict=True)
    for number, (tier, width, y) in enumerate(rows, start=1):
        left = canvas.studio.template.width - width
        bar = Box(left, y, width, height)
        canvas.panel(bar, f"Motif {number}", f"motif{number}")
        ink = f"on_motif{number}"
        canvas.text(
            Box(left + inches(0.22), y, inches(0.45), height), str(number), NUMBER.but(color=ink),
            name=f"Motif number {number}", anchor="middle", role="label",
        )  # fmt: skip
        room = Box(left + inches(0.72), y, width - BESIDE, height)
        style = next(
            (s for s in NAMES if canvas.fits(tier.label, s, room.w, height // s.line_height)),
            NAMES[-1],
        )
        canvas.text(room, tier.label, style.but(color=ink), anchor="middle", role="label")
