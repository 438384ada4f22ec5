"""The name of a file beside an outline goes in, its path comes out, or why there is none.

Pictures and data come from the outline's folder or from below it, whatever links say.
"""

from __future__ import annotations

from pathlib import Path

from deckgen import disk
from deckgen.source import FileError, shorten


class SiblingError(FileError):
    """Why a name leads to no file beside the outline."""


def find_sibling(name: str, folder: Path, example: str, home: str = "outline") -> Path:
    """The regular file, after following links; it lies in the folder or below it.

    SiblingError if there is none; `example` is a name as it should be, `home` is what the
    file that names it is.
    """
    told = shorten(name)
    if Path(name).is_absolute() or "\\" in name or ":" in name:
        raise SiblingError(f"“{told}” must be a path from the {home}’s folder", f"as in {example}")
    try:
        outside = disk.leads_out(folder, name)
        path = (folder / name).resolve()
        there, regular = path.exists(), path.is_file()
    except OSError:
        raise SiblingError(f"“{told}” is no usable path") from None
    if outside:
        hint = f"copy the file beside the {home}"
        raise SiblingError(f"“{told}” leads out of the {home}’s folder", hint)
    if not there:
        raise SiblingError(f"there is no file “{told}” beside the {home}")
    if not regular:
        raise SiblingError(f"“{told}” is no regular file")
    return path
