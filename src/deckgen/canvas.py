"""What a slide kind draws on: a content frame, measured text, boxes.

A `Studio` serves one slide: it opens a `Canvas` per page, with the title, kicker,
source, footer and number in place, and gives the outline, the words and the page
numbers. Every text is measured in its box; what does not fit becomes a problem at
the line of the outline that holds it. All lengths are EMU unless the name says points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

from msgspec import Struct
from msgspec.structs import replace

from deckgen import markup, text
from deckgen.labels import Labels
from deckgen.outline import NONE, Outline, Slide
from deckgen.scene import (
    Anchor,
    Body,
    Box,
    ConnectorItem,
    Item,
    Line,
    Link,
    Note,
    Page,
    Paragraph,
    Role,
    Run,
    ShapeItem,
    TextItem,
)
from deckgen.source import NOWHERE, Id, Mark, Problem, Text, mark_of
from deckgen.styles import BODY, HAIRLINE, Style
from deckgen.template import LINE_PITCH, Layout, Template, house
from deckgen.theme import Theme
from deckgen.units import inches, points, to_inches

MOST_CITED = 20  # sources in the line under a slide, which holds a few
Words = str | Paragraph | Sequence[Paragraph]


class Directory(Struct, frozen=True):
    """Where slides are: the first of each kind, who has a profile, pages by slide id.

    `pages` gives the first and last page, from 1; empty while they are not known.
    """

    kinds: dict[str, Slide]
    profiles: dict[str, Slide]
    pages: dict[str, tuple[int, int]]


class Studio:
    """Serves the layout of one slide. Canvases opened here become its pages, in order."""

    def __init__(
        self,
        slide: Slide,
        outline: Outline,
        theme: Theme,
        template: Template,
        directory: Directory,
    ) -> None:
        self.slide = slide
        self.outline = outline
        self.theme = theme
        self.labels: Labels = outline.labels
        self.template = template
        self.layouts = template.layouts
        self.canvases: list[Canvas] = []
        self.problems: list[Problem] = []
        self.moved: list[tuple[str, str]] = []
        self.told: list[str] = []
        self.asked_for_pages = False
        self._cited: tuple[Slide, tuple[Id, ...]] | None = None
        self._directory = directory

    def open(
        self,
        layout: str = "content",
        part: int = 1,
        of: int = 1,
        *,
        title_sizes: Sequence[float] = (),
        title_box: Box | None = None,
    ) -> Canvas:
        """A new page of the slide: its `part`-th of `of`, numbered in the title if several.

        The title is set in the first of `title_sizes` (points) in which it fits, or in the
        layout's own size; in `title_box` instead of the layout's if given.
        """
        canvas = Canvas(self, self.layouts[layout])
        self.canvases.append(canvas)
        canvas.draw_chrome(part, of, title_sizes, title_box)
        return canvas

    @property
    def cited(self) -> tuple[Id, ...]:
        """The sources that stand under the slide; found once, not for each page."""
        if self._cited is None or self._cited[0] is not self.slide:
            self._cited = self.slide, self.outline.sources_for(self.slide)
        return self._cited[1]

    @property
    def cramped(self) -> bool:
        """Whether there is less room for content than on the house's 16:9 slides.

        There more gives way before a slide is refused: an author sees what must be shorter in
        the house's template, and shall then have it in a company's as well.
        """
        own, usual = (t.layouts["content"].frame for t in (self.template, house()))
        return own.w < usual.w or own.h < usual.h

    # -- references to other slides ------------------------------------------

    def pages_of(self, slide_id: str) -> tuple[int, int]:
        """The first and last page of a slide, from 1; (0, 0) while they are not known."""
        self.asked_for_pages = True
        return self._directory.pages.get(slide_id, (0, 0))

    def page_range(self, slide_ids: Iterable[str]) -> str:
        """`5` or `5–10`: from the first page of these slides to the last."""
        pages = [page for slide_id in slide_ids for page in self.pages_of(slide_id)]
        if not pages:
            return ""
        first, last = min(pages), max(pages)
        return str(first) if first == last else f"{first}–{last}"

    def page_list(self, slide_ids: Iterable[str]) -> str:
        """`4, 7–9`: the pages of these slides, neighbours joined."""
        spans = [self.pages_of(slide_id) for slide_id in slide_ids]
        pages = sorted({page for first, last in spans for page in range(first, last + 1)})
        runs: list[list[int]] = []
        for page in pages:
            if runs and page == runs[-1][-1] + 1:
                runs[-1].append(page)
            else:
                runs.append([page])
        return ", ".join(str(r[0]) if len(r) == 1 else f"{r[0]}–{r[-1]}" for r in runs)

    def slide_of_kind(self, kind: str) -> Slide | None:
        """The first slide of a kind in this deck."""
        return self._directory.kinds.get(kind)

    def profile_of(self, member_id: str) -> Slide | None:
        """The slide that shows a company or group by itself."""
        return self._directory.profiles.get(member_id)

    def link_to(self, slide: Slide | None, tip: str = "") -> Link | None:
        """A link to another slide of this deck; None for None and for this slide itself."""
        if slide is None or slide.id == self.slide.id:
            return None
        return Link(f"#{slide.id}", tip or markup.plain(slide.title))

    # -- what does not fit -----------------------------------------------------

    def refuse(self, words: object, message: str, hint: str = "") -> None:
        """Tell that the slide cannot be built; `words` carry the mark if they are an author's."""
        mark = mark_of(words) if isinstance(words, str) else getattr(words, "mark", NOWHERE)
        mark = mark if mark.line else self.slide.mark
        told = f"slide “{self.slide.id}”: {message}"
        self.problems.append(Problem(mark, told, hint))

    def move_to_notes(self, what: str, words: str) -> None:
        """Take an optional field off the slide and into its notes; reported after the build."""
        moved = (markup.plain(what), markup.plain(words))
        if moved not in self.moved:  # each page of a slide may find the same
            self.moved.append(moved)

    def tell(self, message: str) -> None:
        """Let whoever builds the deck know something; it is no mistake of the outline."""
        if message not in self.told:
            self.told.append(message)


class Canvas:
    """One page being drawn. Items are added in reading order; text is measured in the theme's
    body face, or in another `face`, as of a canvas on which a title is tried.
    """

    def __init__(self, studio: Studio, layout: Layout, face: str = "") -> None:
        self.studio = studio
        self.layout = layout
        self.frame = layout.frame
        self.theme = studio.theme
        self.face = face or studio.theme.body_font
        self.items: list[Item] = []
        self.title = ""
        if layout.patch:
            self.panel(layout.patch, "Ground", "bg")

    # -- chrome ------------------------------------------------------------------

    def draw_chrome(
        self, part: int, of: int, title_sizes: Sequence[float] = (), title_box: Box | None = None
    ) -> None:
        """Title, kicker, note and source, footer and number, where the layout has them."""
        slide, labels = self.studio.slide, self.studio.labels
        suffix = f" ({part} {labels.part} {of})" if of > 1 else ""
        self.title = markup.plain(slide.title) + suffix
        self.put_title(slide.title, suffix, title_sizes, title_box)
        # The way back: in the footer, or in the kicker where the layout has no footer.
        home = self.studio.slide_of_kind("agenda") or self.studio.slide_of_kind("summary")
        back = self.studio.link_to(home)
        if slide.kicker and self.layout.has("kicker"):
            words = Text(markup.plain(slide.kicker).upper(), mark_of(slide.kicker))
            link = None if self.layout.has("footer") else back
            self._put_kicker(words, link)
        if self.layout.has("source"):
            self._put_source()
        if self.layout.has("footer"):
            self._put_footer(back)
        if self.layout.has("number"):
            paragraph = self.placeholder_paragraph("number", (Run("‹#›", field="slidenum"),))
            self.put_placeholder("number", Body((paragraph,)), "number", self.studio.slide.mark)

    def put_title(
        self, title: str, suffix: str = "", sizes: Sequence[float] = (), box: Box | None = None
    ) -> None:
        """The title placeholder, balanced by a right inset; one that does not fit is refused."""
        spec = self.layout.placeholder("title")
        room = replace(spec, box=box).inner if box else spec.inner
        runs = (*markup.parse(title), *((Run(suffix),) if suffix else ()))
        own = self.placeholder_paragraph("title", runs)
        face = spec.face or self.theme.heading_font
        for size in sizes or spec.sizes or title_sizes(room, spec.size_pt):
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
            self.studio.refuse(title, told, "shorten it")
        elif widest > room.w:
            told = f"{to_inches(widest):.2f} in wide and has {to_inches(room.w):.2f} in"
            self.studio.refuse(title, f"a word of the title is {told}", "use a shorter word")
        left, top, right, bottom = spec.insets
        right += text.balance(seen, room.w, face) if spec.align == "left" else 0
        body = Body((paragraph,), spec.anchor, (left, top, right, bottom), heading=True)
        self.put_placeholder("title", body, "title", mark_of(title), box)

    def _put_footer(self, back: Link | None) -> None:
        """The deck's name; a company's template may have too little room for it."""
        own = self.theme.footing.text
        words = self.studio.outline.footer if own is None else own
        if self.layout.part and not self._fits_footer(words):
            self.studio.tell("the template’s footer has no room for the deck’s name; `short_title`")
            return
        self.fill_placeholder("footer", words, "footer", link=back)

    def _fits_footer(self, words: str) -> bool:
        """Whether words fit into the footer in the smallest of its sizes."""
        spec = self.layout.placeholder("footer")
        least = min(spec.sizes, default=spec.size_pt)
        paragraph = self.placeholder_paragraph("footer", markup.parse(words))
        paragraph = replace(paragraph, size_pt=least, pitch_pt=least * LINE_PITCH)
        body = Body((paragraph,), insets=spec.insets)
        return text.body_height(body, spec.box.w, spec.face or self.face) <= spec.box.h

    def _put_kicker(self, words: str, link: Link | None) -> None:
        """The kicker: on two lines if they end above the title, else it goes to the notes."""
        spec, title = self.layout.placeholder("kicker"), self.layout.placeholder("title").box
        paragraph = self.placeholder_paragraph("kicker", markup.parse(words))
        free = title.y - points(spec.size_pt / 2) - spec.box.y
        needed = text.body_height(Body((paragraph,)), spec.box.w, self.face)
        room = max(spec.box.h, min(needed, free))
        if needed > room + points(1) and text.line_count(paragraph, spec.box.w, self.face) > 1:
            self.studio.move_to_notes("the kicker", words)
        else:
            box = replace(spec.box, h=room)
            self.fill_placeholder("kicker", words, "kicker", link=link, box=box)

    def _put_source(self) -> None:
        """The slide's note and its sources; of more than fit, the first: the notes hold all."""
        slide = self.studio.slide
        outline, spec = self.studio.outline, self.layout.placeholder("source")
        ids = self.studio.cited
        most = spec.box.h // points(spec.size_pt * LINE_PITCH)
        counts = range(min(len(ids), MOST_CITED), min(1, len(ids)) - 1, -1)
        # Each on a line of its own; in a cramped frame, if need be, one after the other.
        ways = (False, True) if self.studio.cramped else (False,)
        for joined, count in ((joined, count) for joined in ways for count in counts):
            body, lines = self._source_body(slide.note, ids[:count], joined)
            if lines <= most:
                break
        else:
            bare, fewer = self._source_body(NONE, ids[:count], joined)
            if bare.paragraphs and fewer <= most and self.studio.cramped:
                body, lines = bare, fewer
                self.studio.move_to_notes("the note", slide.note)
        if lines > most:
            told = f"note and source take {lines} lines and have room for {most}"
            hint = "shorten the note, or give the source a `short` form"
            self.studio.refuse(slide.note or slide, told, hint)
        if len(ids) > count:
            rest = outline.citation(ids[count:])
            self.studio.move_to_notes(f"{len(ids) - count} of {len(ids)} sources", rest)
        if body.paragraphs:
            mark = slide.note.mark if slide.note else slide.mark
            self.put_placeholder("source", body, "source", mark)

    def _source_body(self, note: str, ids: Sequence[str], joined: bool) -> tuple[Body, int]:
        """A note and a citation of these sources, and their lines; one paragraph if `joined`."""
        labels, spec = self.studio.labels, self.layout.placeholder("source")
        cited = self.studio.outline.citation(ids)
        lines = [
            (Run(f"{label}: "), *markup.parse(words))
            for label, words in ((labels.note, note), (labels.source, cited))
            if words
        ]
        if joined and len(lines) == 2:
            ends = lines[0][-1].text.rstrip().endswith((".", "!", "?", "。"))
            lines = [(*lines[0], Run(" " if ends else ". "), *lines[1])]
        paragraphs = tuple(self.placeholder_paragraph("source", runs) for runs in lines)
        count = sum(text.line_count(p, spec.box.w, self.face) for p in paragraphs)
        return Body(paragraphs, "bottom"), count

    def placeholder_paragraph(self, key: str, runs: tuple[Run, ...]) -> Paragraph:
        """Runs in the style that the layout gives the placeholder."""
        spec = self.layout.placeholder(key)
        return Paragraph(
            runs, spec.size_pt, spec.size_pt * LINE_PITCH,
            bold=spec.bold, color=spec.color, align=spec.align,
        )  # fmt: skip

    def fill_placeholder(
        self,
        key: str,
        words: str | Sequence[str],
        role: Role = "body",
        *,
        link: Link | None = None,
        box: Box | None = None,
        sizes: Sequence[float] = (),
    ) -> int:
        """A paragraph, or several, in a placeholder of the layout; returns their height.

        They are set in the first of `sizes` (points) in which they fit, or in the layout's own.
        """
        spec = self.layout.placeholder(key)
        several = [words] if isinstance(words, str) else list(words)
        room = box or spec.box
        own = [self.placeholder_paragraph(key, markup.parse(each)) for each in several]
        for size in sizes or spec.sizes or (spec.size_pt,):
            set_so = (replace(p, size_pt=size, pitch_pt=size * LINE_PITCH) for p in own)
            body = Body(tuple(set_so), spec.anchor, spec.insets)
            if text.body_height(body, room.w, spec.face or self.face) <= room.h:
                break
        height = self._measure(body, room, several[0], key, spec.face)
        self.put_placeholder(key, body, role, mark_of(several[0]), box, link)
        return height

    def put_placeholder(
        self, key: str, body: Body, role: Role, mark: Mark,
        box: Box | None = None, link: Link | None = None,
    ) -> None:  # fmt: skip
        """A body that a kind has set and measured, in a placeholder of the layout."""
        spec = self.layout.placeholder(key)
        inherits = (box is None or box == spec.box) and not (spec.moved or spec.loose)
        self.items.append(
            TextItem(
                name=spec.name, box=box or spec.box, body=body, role=role, mark=mark,
                placeholder="" if spec.loose else key, inherits_box=inherits, link=link,
            )
        )  # fmt: skip

    # -- text --------------------------------------------------------------------

    def paragraph(
        self, words: str, style: Style, *, before_pt: float = 0, bullet: str = "", level: int = 0
    ) -> Paragraph:
        """An author's words in a style; their Markdown becomes runs."""
        return Paragraph(
            markup.parse(words), style.size_pt, style.line_pt, bold=style.bold, color=style.color,
            align=style.align, before_pt=before_pt, bullet=bullet,
            indent_pt=style.size_pt * 0.9 * (level + 1) if bullet else 0.0, level=level,
        )  # fmt: skip

    def lines(self, words: str, style: Style, width: int) -> int:
        """How many lines words take in a width."""
        return text.line_count(self.paragraph(words, style), width, self.face)

    def width(self, words: str, style: Style) -> int:
        """The width of words on one line."""
        return text.width_emu(self.paragraph(words, style), self.face)

    def height(self, words: Words, style: Style, width: int) -> int:
        """The height of words in a width, without insets."""
        return text.body_height(Body(self._paragraphs(words, style)), width, self.face)

    def even_width(self, words: str, style: Style, width: int) -> int:
        """The width, at most `width`, in which a short text has no lone word on its last line."""
        return width - text.balance(self.paragraph(words, style), width, self.face)

    def is_certain(self, words: str, style: Style, width: int) -> bool:
        """Whether renderers that set letters somewhat closer break words into as many lines."""
        return text.is_certain(self.paragraph(words, style), width, self.face)

    def fits(self, words: str, style: Style, width: int, lines: int) -> bool:
        """Whether words take no more than so many lines, no word wider than the width."""
        paragraph = self.paragraph(words, style)
        narrow = text.longest_word(paragraph, self.face) <= width
        return narrow and text.line_count(paragraph, width, self.face) <= lines

    def _paragraphs(self, words: Words, style: Style) -> tuple[Paragraph, ...]:
        if isinstance(words, str):
            return (self.paragraph(words, style),)
        if isinstance(words, Paragraph):
            return (words,)
        return tuple(words)

    def text(
        self,
        box: Box,
        words: Words,
        style: Style = BODY,
        *,
        name: str = "",
        source: object = None,
        anchor: Anchor = "top",
        role: Role = "body",
        rotation: int = 0,
        link: Link | None = None,
    ) -> int:
        """Text in a box, without insets; returns the height it takes.

        `source` is the outline's value that the words come from, where they are not
        themselves an author's; its mark is told if they do not fit. A rotated text's
        box is given as it would stand unrotated about the same centre.
        """
        body = Body(self._paragraphs(words, style), anchor)
        mark = self._mark(words, source)
        height = self._measure(body, box, source if source is not None else words, name)
        self.items.append(
            TextItem(
                name=name or self._name(mark, role), box=box, body=body, role=role,
                mark=mark, rotation=rotation, link=link,
            )
        )  # fmt: skip
        return height

    def _measure(self, body: Body, box: Box, words: object, field: str, face: str = "") -> int:
        """The height of a body; refused if its box is too low or too narrow for it."""
        face = face or self.face
        height = text.body_height(body, box.w, face)
        left, top, right, bottom = body.insets
        room = Box(box.x + left, box.y + top, box.w - left - right, max(0, box.h - top - bottom))
        widest = max(text.longest_word(paragraph, face) for paragraph in body.paragraphs)
        if height > box.h + points(1):
            pitch = points(body.paragraphs[-1].pitch_pt)
            self._refuse_lines(
                self._field(words, field), words, height - top - bottom, room.h, pitch
            )
        elif widest > room.w:
            wide, has = to_inches(widest), to_inches(room.w)
            word = text.find_longest_word(body.paragraphs, face)
            self.studio.refuse(
                self._told(words),
                f"“{word[:40]}” in {self._field(words, field)} is {wide:.2f} in wide"
                f" and has {has:.2f} in",
                "use a shorter word or a short name",
            )
        return height

    def _refuse_lines(self, field: str, words: object, needs: int, room: int, pitch: int) -> None:
        told = (
            f"{field} needs {_lines(needs / pitch)} ({to_inches(needs):.2f} in)"
            f" and has room for {_lines(room // pitch)} ({to_inches(room):.2f} in)"
        )
        over = max(1, ceil(needs / pitch - 0.01) - room // pitch)
        hint = f"shorten it by {_lines(over)}"
        if field == "the footer":
            hint = "give the outline a `short_title`, which stands there"
        self.studio.refuse(self._told(words), told, hint)

    def fits_body(self, body: Body, box: Box, words: object, field: str = "") -> int:
        """The height of a body that a kind sets itself; refused if its box is too small."""
        return self._measure(body, box, words, field)

    def _told(self, words: object) -> object:
        if isinstance(words, (list, tuple)):
            return self.studio.slide
        return words

    def _field(self, words: object, field: str) -> str:
        if field == "footer":  # whose words stand elsewhere as well
            return "the footer"
        mark = mark_of(words) if isinstance(words, str) else getattr(words, "mark", NOWHERE)
        path = mark.path if mark.line and mark.path != f"slides.{self.studio.slide.id}" else ""
        return f"`{path}`" if path else field or "the text"

    def _mark(self, words: Words, source: object) -> Mark:
        if isinstance(words, str) and mark_of(words).line:
            return mark_of(words)
        found = mark_of(source) if isinstance(source, str) else getattr(source, "mark", NOWHERE)
        return found if found.line else self.studio.slide.mark

    def _name(self, mark: Mark, role: str) -> str:
        return mark.path or role.capitalize()

    # -- shapes --------------------------------------------------------------------

    def shape(
        self,
        box: Box,
        name: str,
        *,
        geometry: str = "rect",
        adjustments: tuple[tuple[str, int], ...] = (),
        fill: str | None = None,
        line: Line | None = None,
        words: Words = "",
        style: Style = BODY,
        anchor: Anchor = "middle",
        insets: tuple[float, float, float, float] = (0.14, 0.03, 0.1, 0.03),
        source: object = None,
        role: Role = "body",
        rotation: int = 0,
        link: Link | None = None,
        alt: str = "",
    ) -> int:
        """A shape, maybe with text inside insets given in inches; returns the text's height."""
        body, height = None, 0
        mark = self._mark(words, source)
        if words:
            left, top, right, bottom = (inches(length) for length in insets)
            body = Body(self._paragraphs(words, style), anchor, (left, top, right, bottom))
            height = self._measure(body, box, source if source is not None else words, name)
        self.items.append(
            ShapeItem(
                name=name, box=box, geometry=geometry, adjustments=adjustments, fill=fill,
                line=line, body=body, role=role, mark=mark, rotation=rotation, link=link, alt=alt,
            )
        )  # fmt: skip
        return height

    def panel(self, box: Box, name: str, fill: str) -> None:
        """A decorative fill behind other things."""
        self.shape(box, name, fill=fill, role="decorative")

    def rule(self, x: int, y: int, width: int, line: Line = HAIRLINE, name: str = "Rule") -> None:
        """A decorative horizontal line."""
        self.add(ConnectorItem(name=name, start=(x, y), end=(x + width, y), line=line))

    def upright(
        self, x: int, y: int, height: int, line: Line = HAIRLINE, name: str = "Rule"
    ) -> None:
        """A decorative vertical line."""
        self.add(ConnectorItem(name=name, start=(x, y), end=(x, y + height), line=line))

    def add(self, item: Item) -> None:
        """Any other item."""
        self.items.append(item)

    def to_page(self, notes: tuple[Note, ...]) -> Page:
        """The finished page."""
        return Page(
            slide_id=self.studio.slide.id, title=self.title, layout=self.layout.key,
            items=reading_order(self.items), notes=notes, mark=self.studio.slide.mark,
        )  # fmt: skip


def _capitals(paragraph: Paragraph) -> Paragraph:
    """A paragraph as a placeholder shows it whose letters are all capitals."""
    runs = tuple(replace(run, text=run.text.upper()) for run in paragraph.runs)
    return replace(paragraph, runs=runs)


HOUSE_TITLE = 2 * 12.13 / 24  # of two lines: their width in inches over the size of the type
SMALLEST_TITLE = 18.0  # points


def title_sizes(box: Box, size_pt: float) -> list[float]:
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


def reading_order(items: Sequence[Item]) -> tuple[Item, ...]:
    """Decoration first, for it lies behind; title, kicker, content; source and number last."""
    ranks = {"decorative": 0, "title": 1, "kicker": 2, "source": 4, "footer": 5, "number": 6}
    return tuple(sorted(items, key=lambda item: ranks.get(item.role, 3)))


def _lines(count: float) -> str:
    whole = max(0, round(count))
    return f"{whole} line" if whole == 1 else f"{whole} lines"
