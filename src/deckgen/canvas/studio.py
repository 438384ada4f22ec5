"""What serves the layout of one slide: its pages, references to others, what does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from deckgen import markup
from deckgen.arrange import runs_in
from deckgen.canvas.chrome import draw_chrome
from deckgen.canvas.page import Canvas
from deckgen.labels import Labels
from deckgen.outline import Outline, Slide
from deckgen.scene import Box, Link
from deckgen.source import NOWHERE, Id, Problem, mark_of
from deckgen.template import Template, house
from deckgen.theme import Theme


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
        draw_chrome(canvas, part, of, title_sizes, title_box)
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
        return ", ".join(str(r[0]) if len(r) == 1 else f"{r[0]}–{r[-1]}" for r in runs_in(pages))

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
