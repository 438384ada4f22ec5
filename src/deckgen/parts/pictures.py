"""Picture files beside an outline: found safely, and known by what they hold.

A picture is a PNG, JPEG or GIF whose bytes agree with its suffix. Sizes come from the
file's own header; nothing is decoded.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from msgspec import Struct

Media = Literal["png", "jpeg", "gif"]

MOST_BYTES = 10_000_000
MOST_PIXELS = 60_000_000
SUFFIXES: dict[str, Media] = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".gif": "gif"}
_STARTS: dict[bytes, Media] = {
    b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg", b"GIF87a": "gif", b"GIF89a": "gif",
}  # fmt: skip
_UPRIGHT = 1  # of the Exif orientations (tag 274)


class PictureError(Exception):
    """Why a file cannot stand on a slide: a sentence, and what to do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class Picture(Struct, frozen=True):
    """A picture's bytes, its type and its size in pixels."""

    data: bytes
    media: Media
    width: int
    height: int


def load_picture(name: str, outline: str) -> Picture:
    """The picture that an outline calls `name`, a path from the outline's folder.

    `outline` is the outline's own path. PictureError if the path leads out of that
    folder, or the file is none, is no picture, or is too large.
    """
    path = _locate(name, Path(outline).parent)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise PictureError(f"“{name}” is no picture by its name", "use .png, .jpg or .gif")
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            told = f"“{name}” has {size / 1e6:.1f} MB (at most {MOST_BYTES // 1_000_000})"
            raise PictureError(told, "save it smaller")
        data = path.read_bytes()
    except OSError as error:
        raise PictureError(f"“{name}” cannot be read ({error.strerror})") from None
    return _identify(name, data, SUFFIXES[suffix])


def _locate(name: str, folder: Path) -> Path:
    """The file, after following links; it must lie in the folder or below it."""
    if Path(name).is_absolute() or "\\" in name or ":" in name:
        raise PictureError(
            f"“{name}” must be a path from the outline’s folder", "as in pictures/plan.png"
        )
    try:
        home = folder.resolve()
        path = (home / name).resolve()
    except (OSError, RuntimeError):
        raise PictureError(f"“{name}” is no usable path") from None
    if not path.is_relative_to(home):
        hint = "copy the file beside the outline"
        raise PictureError(f"“{name}” leads out of the outline’s folder", hint)
    if not path.exists():
        raise PictureError(f"there is no file “{name}” beside the outline")
    if not path.is_file():
        raise PictureError(f"“{name}” is no regular file")
    return path


def _identify(name: str, data: bytes, wanted: Media) -> Picture:
    media = next((kind for start, kind in _STARTS.items() if data.startswith(start)), None)
    if media is None:
        raise PictureError(f"“{name}” holds no picture", "save it as PNG, JPEG or GIF")
    if media != wanted:
        told = f"“{name}” is a {media.upper()} by its bytes"
        raise PictureError(told, "give it the suffix of what it is")
    try:
        width, height = _SIZES[media](data)
    except (struct.error, IndexError, ValueError):
        raise PictureError(f"“{name}” is damaged: it tells no size") from None
    if not width or not height or not _is_whole(data, media):
        raise PictureError(f"“{name}” is damaged", "save it again")
    if width * height > MOST_PIXELS:
        told = f"“{name}” has {width:,} × {height:,} pixels"
        raise PictureError(told, f"save it with {MOST_PIXELS // 1_000_000} million at most")
    if media == "jpeg" and _orientation(data) != _UPRIGHT:
        # PowerPoint shows the pixels as they are stored, whatever the camera noted.
        raise PictureError(f"“{name}” is stored on its side", "save it upright")
    return Picture(data, media, width, height)


def pixel_size(data: bytes, media: Media) -> tuple[int, int]:
    """Width and height in pixels of a picture that `load_picture` accepted."""
    return _SIZES[media](data)


def _is_whole(data: bytes, media: Media) -> bool:
    """Whether the file ends where its format says it does."""
    ends = {"png": b"IEND", "jpeg": b"\xff\xd9", "gif": b"\x3b"}
    return ends[media] in data[-1024:]


# -- headers -------------------------------------------------------------------


def _png_size(data: bytes) -> tuple[int, int]:
    """From the IHDR chunk (PNG, second edition, 11.2.2)."""
    if data[12:16] != b"IHDR":
        raise ValueError("no IHDR")
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def _gif_size(data: bytes) -> tuple[int, int]:
    """From the logical screen descriptor (GIF89a, 18)."""
    width, height = struct.unpack_from("<HH", data, 6)
    return width, height


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """From the frame header (ITU-T T.81, B.2.2)."""
    for marker, start, _ in _jpeg_segments(data):
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, start + 1)
            return width, height
    raise ValueError("no frame")


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """The marker, start and end of each segment before the image data."""
    place = 2
    while place + 4 <= len(data):
        if data[place] != 0xFF:
            return
        marker = data[place + 1]
        if marker == 0xFF or 0xD0 <= marker <= 0xD8 or marker == 0x01:
            place += 1 if marker == 0xFF else 2
            continue
        if marker in (0xD9, 0xDA):
            return
        length = int.from_bytes(data[place + 2 : place + 4], "big")
        yield marker, place + 4, place + 2 + length
        place += 2 + max(2, length)


def _orientation(data: bytes) -> int:
    """The Exif orientation of a JPEG (CIPA DC-008, 4.6.4); upright if it tells none."""
    for marker, start, end in _jpeg_segments(data):
        if marker == 0xE1 and data[start : start + 6] == b"Exif\0\0":
            try:
                return _tag(data[start + 6 : end], 274) or _UPRIGHT
            except (struct.error, IndexError):
                return _UPRIGHT
    return _UPRIGHT


def _tag(tiff: bytes, wanted: int) -> int:
    """A short value from the first directory of a TIFF header; 0 if it is not there."""
    order = "<" if tiff[:2] == b"II" else ">"
    (place,) = struct.unpack_from(f"{order}I", tiff, 4)
    (count,) = struct.unpack_from(f"{order}H", tiff, place)
    for index in range(count):
        tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, place + 2 + 12 * index)
        if tag == wanted:
            return int(value)
    return 0


_SIZES = {"png": _png_size, "jpeg": _jpeg_size, "gif": _gif_size}
