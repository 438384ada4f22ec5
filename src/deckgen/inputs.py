"""How decks are built, beside what their outlines say: options go in, an outline comes out.

Here and nowhere else options are handed to what they concern.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from deckgen.loader import Reading, read_all
from deckgen.outline import Outline
from deckgen.variables import Given
from deckgen.variants import Manuscript, open_manuscript


class Options(Struct, frozen=True):
    """What whoever builds says of all decks.

    Each field is an input: `fingerprint` counts it, and it goes with the job to whichever
    process builds. A new option is a field here, is used below, and is filled in
    `cli.options.make_options`. One that names a file is sent along in `cluster.pack`.
    """

    given: tuple[Given, ...] = ()  # values of variables
    theme: str = ""  # a built-in theme, or a file's path, in place of the outline's own
    template: str = ""  # a company's template, in place of the outline's own
    allow_code: bool = False  # whether code is run that the outline names


def open_with(
    path: Path, options: Options, row: tuple[Given, ...] = (), keep: bool = False
) -> Manuscript:
    """An outline's nodes, with the values of variables that a row and the options give."""
    return open_manuscript(path, (*row, *options.given), keep)


def read_with(manuscript: Manuscript, options: Options) -> Reading:
    """The same, read for every audience."""
    return read_all(manuscript, options.theme, options.template, allow_code=options.allow_code)


def load_with(path: Path, audience: str, options: Options) -> Outline:
    """The outline in a file as an audience gets it. OutlineError with every mistake."""
    return read_with(open_with(path, options), options).for_audience(audience)
