"""What stands around a page's content: title, kicker, note and source, footer, number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from deckgen import markup, text
from deckgen.limits import MOST_CITED
from deckgen.outline import NONE
from deckgen.scene import Body, Box, Link, Paragraph, Run
from deckgen.source import Text, mark_of
from deckgen.template import LINE_PITCH
from deckgen.units import points, to_inches

if TYPE_CHECKING:
    from deckgen.canvas.page import Canvas

HOUSE_TITLE = 2 * 12.13 / 24  # of two lines: their width in inches over the size of the type
SMALLEST_TITLE = 18.0  # points


def draw_chrome(
    canvas: Canvas,
    part: int,
    of: int,
    title_sizes: Sequence[float] = (),
    title_box: Box | None = None,
) -> None:
    """Title, kicker, note and source, footer and number, where the layout has them."""
    slide, labels = canvas.studio.slide, canvas.studio.labels
    suffix = f" ({part} {labels.part} {of})" if of > 1 else ""
    canvas.title = markup.plain(slide.title) + suffix
    _put_title(canvas, slide.title, suffix, title_sizes, title_box)
    # The way back: in the footer, or in the kicker where the layout has no footer.
    home = canvas.studio.slide_of_kind("agenda") or canvas.studio.slide_of_kind("summary")
    back = canvas.studio.link_to(home)
    if slide.kicker and canvas.layout.has("kicker"):
        words = Text(markup.plain(slide.kicker).upper(), mark_of(slide.kicker))
        link = None if canvas.layout.has("footer") else back
        _put_kicker(canvas, words, link)
    if canvas.layout.has("source"):
        _put_source(canvas)
    if canvas.layout.has("footer"):
        _put_footer(canvas, back)
    if canvas.layout.has("number"):
        paragraph = canvas.placeholder_paragraph("number", (Run("‹#›", field="slidenum"),))
        canvas.put_placeholder("number", Body((paragraph,)), "number", canvas.studio.slide.mark)


def _put_title(
    canvas: Canvas, title: str, suffix: str, sizes: Sequence[float], box: Box | None
) -> None:
    """The title placeholder, balanced by a right inset; one that does not fit is refused."""
    spec = canvas.layout.placeholder("title")
    room = replace(spec, box=box).inner if box else spec.inner
    runs = (*markup.parse(title), *((Run(suffix),) if suffix else ()))
    own = canvas.placeholder_paragraph("title", runs)
    face = spec.face or canvas.theme.heading_font
    for size in sizes or spec.sizes or _title_sizes(room, spec.size_pt):
        paragraph = replace(own, size_pt=size, pitch_pt=size * LINE_PITCH)
        seen = _capitals(paragraph) if spec.caps else paragraph
        lines, most = (
            text.line_count(seen, room.w, face),
            room.h // points(size * LINE_PITCH),
        )
        widest = text.longest_word(seen, face)
        if lines <= most and widest <= room.w:
            break
    if lines > most:
        told = f"the title takes {lines} lines and has room for {most}"
        canvas.studio.refuse(title, told, "shorten it")
    elif widest > room.w:
        told = f"{to_inches(widest):.2f} in wide and has {to_inches(room.w):.2f} in"
        canvas.studio.refuse(title, f"a word of the title is {told}", "use a shorter word")
    left, top, right, bottom = spec.insets
    right += text.balance(seen, room.w, face) if spec.align == "left" else 0
    body = Body((paragraph,), spec.anchor, (left, top, right, bottom), heading=True)
    canvas.put_placeholder("title", body, "title", mark_of(title), box)


def _put_footer(canvas: Canvas, back: Link | None) -> None:
    """The deck's name; a company's template may have too little room for it."""
    own = canvas.theme.footing.text
    words = canvas.studio.outline.footer if own is None else own
    if canvas.layout.part and not _fits_footer(canvas, words):
        canvas.studio.tell("the template’s footer has no room for the deck’s name; `short_title`")
        return
    canvas.fill_placeholder("footer", words, "footer", link=back)


def _fits_footer(canvas: Canvas, words: str) -> bool:
    """Whether words fit into the footer in the smallest of its sizes."""
    spec = canvas.layout.placeholder("footer")
    least = min(spec.sizes, default=spec.size_pt)
    paragraph = canvas.placeholder_paragraph("footer", markup.parse(words))
    paragraph = replace(paragraph, size_pt=least, pitch_pt=least * LINE_PITCH)
    body = Body((paragraph,), insets=spec.insets)
    return text.body_height(body, spec.box.w, spec.face or canvas.face) <= spec.box.h


def _put_kicker(canvas: Canvas, words: str, link: Link | None) -> None:
    """The kicker: on two lines if they end above the title, else it goes to the notes."""
    spec, title = canvas.layout.placeholder("kicker"), canvas.layout.placeholder("title").box
    paragraph = canvas.placeholder_paragraph("kicker", markup.parse(words))
    free = title.y - points(spec.size_pt / 2) - spec.box.y
    needed = text.body_height(Body((paragraph,)), spec.box.w, canvas.face)
    room = max(spec.box.h, min(needed, free))
    if needed > room + points(1) and text.line_count(paragraph, spec.box.w, canvas.face) > 1:
        canvas.studio.move_to_notes("the kicker", words)
    else:
        box = replace(spec.box, h=room)
        canvas.fill_placeholder("kicker", words, "kicker", link=link, box=box)


def _put_source(canvas: Canvas) -> None:
    """The slide's note and its sources; of more than fit, the first: the notes hold all."""
    slide = canvas.studio.slide
    outline, spec = canvas.studio.outline, canvas.layout.placeholder("source")
    ids = canvas.studio.cited
    most = spec.box.h // points(spec.size_pt * LINE_PITCH)
    counts = range(min(len(ids), MOST_CITED), min(1, len(ids)) - 1, -1)
    # Each on a line of its own; in a cramped frame, if need be, one after the other.
    ways = (False, True) if canvas.studio.cramped else (False,)
    for joined, count in ((joined, count) for joined in ways for count in counts):
        body, lines = _source_body(canvas, slide.note, ids[:count], joined)
        if lines <= most:
            break
    else:
        bare, fewer = _source_body(canvas, NONE, ids[:count], joined)
        if bare.paragraphs and fewer <= most and canvas.studio.cramped:
            body, lines = bare, fewer
            canvas.studio.move_to_notes("the note", slide.note)
    if lines > most:
        told = f"note and source take {lines} lines and have room for {most}"
        hint = "shorten the note, or give the source a `short` form"
        canvas.studio.refuse(slide.note or slide, told, hint)
    if len(ids) > count:
        rest = outline.citation(ids[count:])
        canvas.studio.move_to_notes(f"{len(ids) - count} of {len(ids)} sources", rest)
    if body.paragraphs:
        mark = slide.note.mark if slide.note else slide.mark
        canvas.put_placeholder("source", body, "source", mark)


def _source_body(canvas: Canvas, note: str, ids: Sequence[str], joined: bool) -> tuple[Body, int]:
    """A note and a citation of these sources, and their lines; one paragraph if `joined`."""
    labels, spec = canvas.studio.labels, canvas.layout.placeholder("source")
    cited = canvas.studio.outline.citation(ids)
    lines = [
        (Run(f"{label}: "), *markup.parse(words))
        for label, words in ((labels.note, note), (labels.source, cited))
        if words
    ]
    if joined and len(lines) == 2:
        ends = lines[0][-1].text.rstrip().endswith((".", "!", "?", "。"))
        lines = [(*lines[0], Run(" " if ends else ". "), *lines[1])]
    paragraphs = tuple(canvas.placeholder_paragraph("source", runs) for runs in lines)
    count = sum(text.line_count(p, spec.box.w, canvas.face) for p in paragraphs)
    return Body(paragraphs, "bottom"), count


def _capitals(paragraph: Paragraph) -> Paragraph:
    """A paragraph as a placeholder shows it whose letters are all capitals."""
    runs = tuple(replace(run, text=run.text.upper()) for run in paragraph.runs)
    return replace(paragraph, runs=runs)


def _title_sizes(box: Box, size_pt: float) -> list[float]:
    """The sizes for a title in a box, the layout's own first, in points.

    A box that holds less than the house's title of 16:9 slides may be set smaller, until it
    holds as much, but not below 18 points.
    """
    sizes = [size_pt]
    while sizes[-1] > SMALLEST_TITLE:
        lines = box.h // points(sizes[-1] * LINE_PITCH)
        if lines * to_inches(box.w) / sizes[-1] >= HOUSE_TITLE:
            break
        sizes.append(max(SMALLEST_TITLE, sizes[-1] - 2))
    return sizes
