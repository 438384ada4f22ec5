"""The whole way, as the library's users walk it: load, compose, write.

`build` gives a `Deck`, which saves to a path or a stream. Nothing is written unless
every step went well, and then through a temporary file that takes the old one's place.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from msgspec.structs import replace

from deckgen.audience import in_deck_for, name_audience
from deckgen.compose import Draft, compose, compose_draft
from deckgen.disk import tidy_end
from deckgen.leaks import Leak, find_leaks, leak_problems
from deckgen.outline import Outline
from deckgen.scene import PictureItem, Scene
from deckgen.source import Mark, OutlineError, Problem

if TYPE_CHECKING:
    from pptx.presentation import Presentation


class Deck:
    """A built deck: its scene, and its bytes as PowerPoint opens them."""

    def __init__(self, scene: Scene, workers: int = 1) -> None:
        from deckgen.writers import pptx

        self.scene = scene
        self.data = pptx.write(scene, workers)

    @property
    def slide_count(self) -> int:
        return len(self.scene.pages)

    def save(self, target: str | Path | IO[bytes]) -> None:
        """Write the deck to a path or a binary stream. A path is replaced in one step."""
        if isinstance(target, (str, Path)):
            write_whole(Path(target), self.data)
        else:
            target.write(self.data)

    def to_presentation(self) -> Presentation:
        """The deck as python-pptx opens it, for whoever goes on editing in Python."""
        import io

        import pptx

        return pptx.Presentation(io.BytesIO(self.data))


def build(outline: Outline, workers: int = 1) -> Deck:
    """The deck of an outline, by so many processes if it has many slides.

    They are forked from this one, where that is safe (see `cores`).
    Raises OutlineError with every slide that does not fit, and if the finished file holds
    anything that its audience does not get.
    """
    scene = lay_out(outline, workers)
    from deckgen.writers.pptx.zipped import FullError  # with the writer, once all fits

    try:
        deck = Deck(scene, workers)
    except FullError as error:
        told, hint = f"the deck is too large ({error})", "tell it in several outlines"
        raise OutlineError([Problem(Mark(outline.mark.file, 0, 0), told, hint)]) from None
    leaks = _without_coincidences(outline, find_leaks(deck.data, outline.withheld))
    if leaks:
        raise OutlineError(leak_problems(leaks, name_audience(outline.audience)))
    return deck


def _without_coincidences(outline: Outline, leaks: list[Leak]) -> list[Leak]:
    """The leaks whose words are in the file because they are withheld, not by chance.

    A withheld name may be a word of deckgen's own, as `Target` is. So the deck is built once
    more with other words in the places of those found: what is still there did not come
    from them. Pictures are the author's, as are the words that code of his draws, and what is
    found in them is told.
    """
    found = [leak for leak in leaks if not (leak.binary or leak.withheld.form == "path")]
    if not found or outline.control is None:
        return leaks
    withheld = [leak.withheld for leak in found]
    data = Deck(_without_code(lay_out(outline.control(withheld)))).data
    still = {leak.withheld for leak in find_leaks(data, withheld)}
    return [leak for leak in leaks if leak not in found or leak.withheld not in still]


def _without_code(scene: Scene) -> Scene:
    """A scene without the words of figures that the author's code drew."""
    pages = []
    for page in scene.pages:
        items = (
            replace(item, svg=b"", words=())
            if isinstance(item, PictureItem) and item.by_code else item
            for item in page.items
        )  # fmt: skip
        pages.append(replace(page, items=tuple(items)))
    return replace(scene, pages=tuple(pages))


def lay_out(outline: Outline, workers: int = 1) -> Scene:
    """The scene of an outline: what lays out does not see what the audience does not get."""
    try:
        return compose(_for_layout(outline), workers)
    except OutlineError as error:
        raise OutlineError(in_deck_for(error.problems, outline.audience)) from None


def draft(outline: Outline) -> Draft:
    """An outline laid out as far as it fits, for `check_draft`."""
    made = compose_draft(_for_layout(outline))
    told = replace(
        made.outline, audiences=outline.audiences, notices=outline.notices,
        withheld=outline.withheld,
    )  # fmt: skip
    return replace(made, outline=told)


def _for_layout(outline: Outline) -> Outline:
    return replace(outline, withheld=(), notices=(), audiences=(), control=None)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a crash or a full disk leaves the old one as it was. OSError."""
    write_all({path: data})


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write files, all of them or none: each beside its target, then all in their places.

    OSError if one cannot be written; none has then been touched.
    """
    staged: dict[Path, Path] = {}
    with tidy_end():
        try:
            for path, data in files.items():
                # Known before it is there: a signal to end may come while it is made.
                staged[path] = path.with_name(f".{path.name[:40]}.{os.urandom(8).hex()}.part")
                _stage(path, staged[path], data)
            for path, part in staged.items():
                part.replace(path)
        except BaseException:
            for part in staged.values():
                with suppress(OSError):
                    part.unlink()
            raise


def _stage(path: Path, part: Path, data: bytes) -> None:
    """A file's bytes on the disk, under another name in its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(part, "xb", opener=_open_private) as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    part.chmod(_mode(path))


def _open_private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def _mode(path: Path) -> int:
    """The permissions that the file has, or would be created with."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
