"""A deck, laid out: pages of items, with notes, sections and what the file says of itself."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from deckgen.scene.items import Item, texts_of
from deckgen.source import NOWHERE, Mark
from deckgen.template import Template, house
from deckgen.theme import Theme


class Note(Struct, frozen=True):
    """A paragraph of speaker notes with its lead word: Message, Say, Ask, Evidence, ..."""

    lead: str
    text: str


class Page(Struct, frozen=True, kw_only=True):
    """One page. Items stand in reading order, which is also the order of painting,
    but for `decorative` ones, which kinds put first where they lie behind.
    """

    slide_id: str
    title: str
    layout: str
    items: tuple[Item, ...]
    notes: tuple[Note, ...] = ()
    mark: Mark = NOWHERE

    def texts(self) -> Iterator[str]:
        """The words on the page, a text at a time, then those of its notes."""
        for item in self.items:
            yield from texts_of(item)
        yield from (note.text for note in self.notes)


class Section(Struct, frozen=True):
    """A run of pages as PowerPoint's slide sorter shows it; `first` counts from 0."""

    title: str
    first: int
    count: int


class Properties(Struct, frozen=True, kw_only=True):
    """What the file says of itself."""

    title: str
    subject: str = ""
    author: str = ""
    keywords: str = ""
    language: str = "en-US"


class Scene(Struct, frozen=True, kw_only=True):
    """A deck, laid out. `notices` are what was moved to the notes and the like, for the report."""

    pages: tuple[Page, ...]
    theme: Theme
    properties: Properties
    template: Template = house()
    sections: tuple[Section, ...] = ()
    notices: tuple[str, ...] = ()

    def page_numbers(self) -> dict[str, int]:
        """The first page, from 1, of each slide id."""
        numbers: dict[str, int] = {}
        for number, page in enumerate(self.pages, start=1):
            numbers.setdefault(page.slide_id, number)
        return numbers
