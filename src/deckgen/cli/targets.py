"""An outline and what the command line says of its deck go in, where the deck goes comes out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from deckgen.console import fail, mistakes_told

if TYPE_CHECKING:
    from deckgen.inputs import Options
    from deckgen.variants import Manuscript


def audience_names(outline: Path, options: Options, every: bool) -> list[str]:
    """The names of an outline's audiences; of the file of one, there are none."""
    with mistakes_told():
        from deckgen.inputs import open_with

        return names_of(outline, open_with(outline, options), every)


def names_of(outline: Path, manuscript: Manuscript, every: bool) -> list[str]:
    """The audiences that an outline names; fails if `every` one is asked for and there is none.

    Raises OutlineError if they cannot be read.
    """
    if manuscript.problems and not manuscript.variants:
        from deckgen.source import OutlineError

        raise OutlineError(manuscript.problems)
    if every and manuscript.own:
        base = manuscript.file
        fail(f"{outline}: this is the file of one audience; name the outline it extends, {base}")
    if every and not manuscript.variants:
        fail(f"{outline}: no audiences; give the outline some under `audiences`")
    return [] if manuscript.own else list(manuscript.variants)


def target_of(outline: Path, audience: str, output: Path | None, options: Options) -> Path:
    """Where a deck goes. `{name}` is the outline's, `{audience}` the audience's.

    Other fields are variables that `--set` gives a value.
    """
    from deckgen.naming import NamingError, check_pattern, fill_pattern, safe_name

    name = f"{outline.stem}.{audience}" if audience else outline.stem
    target = Path(f"out/{name}.pptx")
    if output:
        if "{audience}" in str(output) and not audience:
            fail(f"{output}: there is no audience to put into the name; give `--audience`")
        words = {"name": outline.stem, "audience": audience}
        words |= {given.name: safe_name(given.cell) for given in options.given}
        try:
            check_pattern(str(output), words)
            target = Path(fill_pattern(str(output), words))
        except NamingError as error:
            fail(f"{output}: {error}")
    check_target(target, outline)
    return target


def save(decks: dict[Path, bytes]) -> None:
    """Write decks, all or none."""
    from deckgen.builder import write_all

    try:
        write_all(decks)
    except OSError as error:
        where = error.filename or next(iter(decks))
        fail(f"{where}: the deck cannot be written ({error.strerror or error})")


def check_target(target: Path, outline: Path) -> None:
    """Refuse an output that would destroy the input or cannot be a deck."""
    if outline.suffix.lower() == ".pptx":
        fail(f"{outline}: this is a deck; name the outline that it was built from")
    try:
        if target.is_dir():
            fail(f"{target}: this is a directory; name a file in it")
        if target.exists() and outline.exists() and target.samefile(outline):
            fail(f"{target}: the deck would overwrite its own outline")
    except OSError as error:  # a name that no file can have
        fail(f"{error.filename or target}: {error.strerror}")
    if target.suffix.lower() != ".pptx":
        fail(f"{target}: a deck is a .pptx file")
