"""What a theme file holds: one description serves reading, schema and documentation."""

from __future__ import annotations

from typing import Annotated, ClassVar

from deckgen.fields import UNMARKED, Doc, Part
from deckgen.source import NONE, Id, Text
from deckgen.theme import LEAST_TIERS, MOST_TIERS, SERIES

Colors = dict[Id, tuple[Text, ...]]


class Fonts(Part):
    """The faces, by the names they have in Office."""

    hidden: ClassVar[frozenset[str]] = UNMARKED
    heading: Annotated[Text, Doc("of titles")] = NONE
    body: Annotated[Text, Doc("of everything else")] = NONE


class Sizes(Part):
    """Sizes of the texts around a slide's content.

    What stands in the content is set by each kind as large as it fits, from 11 points.
    """

    hidden: ClassVar[frozenset[str]] = UNMARKED
    title: Annotated[float, Doc("the title of a slide", least=20, most=25)] = 0.0
    kicker: Annotated[float, Doc("the words over it", least=11, most=12)] = 0.0
    source: Annotated[float, Doc("note and source", least=9, most=10)] = 0.0
    footer: Annotated[float, Doc("footer, number, classification", least=9, most=10)] = 0.0


class Footer(Part):
    """What stands at the foot of a page."""

    hidden: ClassVar[frozenset[str]] = UNMARKED
    text: Annotated[
        Text | None, Doc("its words; the deck's title if left out, none if empty", blank=True)
    ] = None
    number: Annotated[bool | None, Doc("whether slides show their number")] = None


class ThemeFile(Part):
    """A theme: whatever it leaves out is as in the theme that it extends."""

    hidden: ClassVar[frozenset[str]] = UNMARKED
    stays: ClassVar[str] = "a theme is the same for everyone who gets it"
    theme: Annotated[Text, Doc("its name; the file's own if left out")] = NONE
    about: Annotated[Text, Doc("for whom it is, in a sentence")] = NONE
    extends: Annotated[Text, Doc("a built-in theme, or a theme file beside this one")] = Text(
        "light"
    )
    fonts: Annotated[Fonts, Doc("the faces")] = Fonts()
    colors: Annotated[Colors, Doc("colours by token: six hex digits, or a token's name")] = {}  # noqa: RUF012 - msgspec copies it
    tiers: Annotated[
        tuple[Text, ...],
        Doc("the ramp of tiers, the first standing out most", least=LEAST_TIERS, most=MOST_TIERS),
    ] = ()
    on_tiers: Annotated[
        tuple[Text, ...], Doc("colours of text on tiers: the better one is taken", least=2,
                              most=2)
    ] = ()  # fmt: skip
    motif: Annotated[
        tuple[Text, ...],
        Doc("the ramp on the cover; made of panel and tiers if left out", least=LEAST_TIERS,
            most=MOST_TIERS),
    ] = ()  # fmt: skip
    on_motif: Annotated[tuple[Text, ...], Doc("colours of text on the motif", least=2, most=2)] = ()
    tints: Annotated[
        Colors,
        Doc("colours made from a token: its name, percent of saturation, of luminance, added"),
    ] = {}  # noqa: RUF012 - msgspec copies it
    series: Annotated[
        tuple[tuple[Text, ...], ...],
        Doc("colours or tints of the parts of a chart, the strongest first", least=SERIES,
            most=SERIES),
    ] = ()  # fmt: skip
    type_: Annotated[Sizes, Doc("sizes of the texts around the content")] = Sizes()
    footer: Annotated[Footer, Doc("what stands at the foot of a page")] = Footer()
    logo: Annotated[
        Text, Doc("a picture beside this file, in the footer, at most .9 by .25 inches")
    ] = NONE
    classification: Annotated[Text, Doc("a mark on every page, as in Confidential")] = NONE
