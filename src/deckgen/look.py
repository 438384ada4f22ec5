"""A company's template as an outline chooses it, with what it cannot tell by itself."""

from __future__ import annotations

from typing import Annotated, ClassVar

from deckgen.fields import UNMARKED, Doc, Part
from deckgen.source import NONE, Text


class LayoutNames(Part):
    """Layouts of a template by name, where its placeholders alone would lead to others."""

    hidden: ClassVar[frozenset[str]] = UNMARKED
    cover: Annotated[Text, Doc("for the first slide")] = NONE
    section: Annotated[Text, Doc("for a divider before a section")] = NONE
    content: Annotated[Text, Doc("for nearly all slides: a title over room for content")] = NONE
    text: Annotated[Text, Doc("for a title over points")] = NONE
    columns: Annotated[Text, Doc("for a title over two columns of points")] = NONE

    def named(self) -> dict[str, str]:
        """The names that are given, by key."""
        keys = ("cover", "section", "content", "text", "columns")
        return {key: str(getattr(self, key)) for key in keys if getattr(self, key)}


class TemplateColors(Part):
    """Colours for what a template does not tell: six hex digits, or `accent1` to `accent6`."""

    hidden: ClassVar[frozenset[str]] = UNMARKED
    brand: Annotated[Text, Doc("for the first tier and bars; `accent1` if left out")] = NONE
    accent: Annotated[
        Text, Doc("for emphasis; if left out, the theme’s first of another hue than `brand`")
    ] = NONE

    def chosen(self) -> dict[str, str]:
        """The colours that are given, by token."""
        return {key: str(getattr(self, key)) for key in ("brand", "accent") if getattr(self, key)}


class TemplateChoice(Part):
    """A company’s template, and what it cannot tell by itself."""

    shorthand = "file"
    hidden: ClassVar[frozenset[str]] = UNMARKED
    file: Annotated[Text, Doc("the .pptx or .potx, a path from the outline’s folder")]
    layouts: Annotated[LayoutNames, Doc("layouts by name")] = LayoutNames()
    colors: Annotated[TemplateColors, Doc("colours for roles")] = TemplateColors()
