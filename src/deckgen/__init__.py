"""deckgen: an outline of an analysis goes in, an executive briefing deck comes out.

The way through it, each step in the module of its name:

1. `loader` reads YAML into an `Outline` of frozen values, each with the place it came
   from, and collects every mistake. For an audience `overlay` first lays its words over
   the outline's, and `selection` then takes away what is not for it.
2. `storyline` adds the slides and titles that the author left to the analysis.
3. `compose` has each slide's kind lay itself out on a `canvas`, in the frame that the
   `template`'s layout leaves, into a `Scene`: items at absolute positions.
4. `writers` turn a scene into bytes: PowerPoint, or a text dump.
5. `leaks` searches the bytes for whatever the audience does not get.

A deck may leave `variables` open, which `filling` writes into the nodes. `batch` builds many
decks: `plan` tells which, `jobs` builds one, `pool` and `cluster` spread them.

`check` runs the `rules` over an outline and its scene, as an editor reads a deck.

    >>> import deckgen
    >>> deck = deckgen.build(deckgen.load("decks/minimal.yaml"))
    >>> deck.save("minimal.pptx")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deckgen.batch import Done, build_many
    from deckgen.builder import Deck, build
    from deckgen.loader import load, load_text
    from deckgen.outline import Outline
    from deckgen.source import OutlineError, Problem

__version__ = "0.1.0"
__all__ = [
    "Deck", "Done", "Outline", "OutlineError", "Problem", "build", "build_many", "load",
    "load_text",
]  # fmt: skip

_HOMES = {
    "Deck": "builder", "build": "builder", "Done": "batch", "build_many": "batch",
    "load": "loader", "load_text": "loader", "Outline": "outline", "OutlineError": "source",
    "Problem": "source",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that `deckgen --help` loads none."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module 'deckgen' has no attribute {name!r}")
    return getattr(import_module(f"deckgen.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """Every public name, loaded or not."""
    return [*globals(), *__all__]
