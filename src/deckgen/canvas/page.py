"""One page being drawn: texts measured in their boxes, shapes, rules, in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING

from msgspec.structs import replace

from deckgen import markup, text
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
from deckgen.source import NOWHERE, Mark, mark_of
from deckgen.styles import BODY, HAIRLINE, Style
from deckgen.template import LINE_PITCH, Layout
from deckgen.units import inches, points, to_inches

if TYPE_CHECKING:
    from deckgen.canvas.studio import Studio

Words = str | Paragraph | Sequence[Paragraph]


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

    # -- placeholders -----------------------------------------------------------

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


def reading_order(items: Sequence[Item]) -> tuple[Item, ...]:
    """Decoration first, for it lies behind; title, kicker, content; source and number last."""
    ranks = {"decorative": 0, "title": 1, "kicker": 2, "source": 4, "footer": 5, "number": 6}
    return tuple(sorted(items, key=lambda item: ranks.get(item.role, 3)))


def _lines(count: float) -> str:
    whole = max(0, round(count))
    return f"{whole} line" if whole == 1 else f"{whole} lines"
