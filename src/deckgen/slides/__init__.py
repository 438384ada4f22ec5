"""The slide kinds: one module each, found by walking this folder.

A kind module's docstring is its documentation. It defines

- `Fields`, a `Slide` with the kind's own fields: their schema and documentation;
- `layout(slide, studio)`, which opens one or more canvases and draws on them;
- `title(slide, outline)`, if the analysis gives a title where the author gave none;
- `check(slide, outline)`, if there are mistakes that the fields' types cannot tell.

The file's name is the kind: `tier_map.py` is `kind: tier-map`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from deckgen.canvas import Studio
    from deckgen.outline import Outline, Slide
    from deckgen.source import Problem

_FOLDER = Path(__file__).parent


class Kind(Protocol):
    """What a kind module offers."""

    Fields: type[Slide]

    def layout(self, slide: Any, studio: Studio) -> None:
        """Draw the slide on canvases of the studio."""


@lru_cache(maxsize=1)
def kind_names() -> tuple[str, ...]:
    """Every kind, in alphabetical order. Imports none of them."""
    return tuple(sorted(m.name.replace("_", "-") for m in iter_modules([str(_FOLDER)])))


def load_kind(name: str) -> Kind:
    """The module of a kind; KeyError if there is none of this name."""
    if name not in kind_names():
        raise KeyError(name)
    return cast(Kind, import_module(f"deckgen.slides.{name.replace('-', '_')}"))


def derive_title(slide: Slide, outline: Outline) -> str:
    """The title that the analysis gives a slide, empty if its kind derives none."""
    derive = getattr(load_kind(slide.kind), "title", None)
    return cast(str, derive(slide, outline)) if derive else ""


def check_slide(slide: Slide, outline: Outline) -> Iterator[Problem]:
    """The mistakes that only the slide's kind can tell."""
    check = getattr(load_kind(slide.kind), "check", None)
    if check:
        yield from check(slide, outline)


def example(name: str) -> str:
    """The kind's example outline, which builds as it stands (beside `example_files`)."""
    text = example_path(name).read_text("utf-8")
    return text.replace("$schema=../../src/deckgen/", "$schema=")


def example_files(name: str) -> list[Path]:
    """The files (pictures, code) that the kind's example wants beside it."""
    text = example(name)
    return sorted(
        path
        for path in _examples().iterdir()
        if path.suffix in (".png", ".py") and path.name in text
    )


def example_path(name: str) -> Path:
    """The file of the kind's example outline."""
    return _examples() / f"{name}.yaml"


def _examples() -> Path:
    """Where the examples are: beside this module in a wheel, in `decks/kinds` in a checkout."""
    beside = _FOLDER / "examples"
    return beside if beside.is_dir() else _FOLDER.parents[2] / "decks" / "kinds"
