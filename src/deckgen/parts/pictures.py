"""Picture files beside an outline: found safely, and known by what they hold.

A picture is a PNG, JPEG or GIF whose bytes agree with its suffix, whole from its first
block to its last. Sizes come from the file's own header, and no pixel is decoded; that a
PNG unpacks to what its header says is held up against bombs.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Literal

from msgspec import Struct

from deckgen import disk
from deckgen.limits import MOST_PICTURE_BYTES, MOST_PICTURE_PIXELS
from deckgen.siblings import SiblingError, find_sibling
from deckgen.source import FileError, shorten

Media = Literal["png", "jpeg", "gif"]

SUFFIXES: dict[str, Media] = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".gif": "gif"}
_STARTS: dict[bytes, Media] = {
    b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg", b"GIF87a": "gif", b"GIF89a": "gif",
}  # fmt: skip
_UPRIGHT = 1  # of the Exif orientations (tag 274)
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by PNG colour type (PNG, 11.2.2)
_MOST_SCANS = 100  # of a JPEG: each goes over all its pixels
_STEP = 1 << 20  # bytes that are unpacked at once


class PictureError(FileError):
    """Why a file cannot stand on a slide."""


class Picture(Struct, frozen=True):
    """A picture's bytes, its type and its size in pixels."""

    data: bytes
    media: Media
    width: int
    height: int


def load_picture(name: str, outline: str, home: str = "outline") -> Picture:
    """The picture that an outline calls `name`, a path from the outline's folder.

    `outline` is the outline's own path, or another file's, which messages call `home`.
    PictureError if the path leads out of that folder, or the file is none, is no picture,
    or is too large.
    """
    path = _locate(name, Path(outline).parent, home)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        told = f"“{shorten(name)}” is no picture by its name"
        raise PictureError(told, "use .png, .jpg or .gif")
    try:
        found = path.stat()
        picture = _load(path, shorten(name), (found.st_mtime_ns, found.st_size))
        disk.note(path)
        return picture
    except disk.TooLargeError:
        size = path.stat().st_size
        told = (
            f"“{shorten(name)}” has {size / 1e6:.1f} MB (at most {MOST_PICTURE_BYTES // 1_000_000})"
        )
        raise PictureError(told, "save it smaller") from None
    except OSError as error:
        raise PictureError(
            f"“{shorten(name)}” cannot be read ({error.strerror or error})"
        ) from None


@lru_cache(maxsize=16)
def _load(path: Path, name: str, stamp: tuple[int, int]) -> Picture:
    """A picture, read once however many slides show it; `stamp` tells when it has changed."""
    data = disk.read_bytes(path, MOST_PICTURE_BYTES)
    return _identify(name, data, SUFFIXES[path.suffix.lower()])


def total_size(names: Iterable[str], outline: str) -> int:
    """Bytes of all pictures that an outline names, each once; of those that can be found."""
    sizes = {}
    for name in names:
        try:
            path = _locate(name, Path(outline).parent)
            sizes[path] = path.stat().st_size
        except (PictureError, OSError):
            continue  # told by itself
    return sum(sizes.values())


def _locate(name: str, folder: Path, home: str = "outline") -> Path:
    try:
        return find_sibling(name, folder, "pictures/plan.png", home)
    except SiblingError as error:
        raise PictureError(str(error), error.hint) from None


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
    if width * height > MOST_PICTURE_PIXELS:
        told = f"“{name}” has {width:,} × {height:,} pixels"
        raise PictureError(told, f"save it with {MOST_PICTURE_PIXELS // 1_000_000} million at most")
    try:
        whole = bool(width and height) and _IS_WHOLE[media](data)
    except (struct.error, IndexError, ValueError, KeyError, zlib.error):
        whole = False
    if not whole:
        raise PictureError(f"“{name}” is damaged, or not whole", "save it again")
    if media == "jpeg" and _orientation(data) != _UPRIGHT:
        # PowerPoint shows the pixels as they are stored, whatever the camera noted.
        raise PictureError(f"“{name}” is stored on its side", "save it upright")
    return Picture(data, media, width, height)


def pixel_size(data: bytes, media: Media) -> tuple[int, int]:
    """Width and height in pixels of a picture that `load_picture` accepted."""
    return _SIZES[media](data)


# -- whether a file is whole ------------------------------------------------------


def _is_whole_png(data: bytes) -> bool:
    """Chunks with right sums up to IEND, and as many bytes of pixels as the header says.

    What is more is a bomb, what is less is a file cut off (PNG, 5.3 and 11.2.4).
    """
    width, height, depth, colour, _, _, interlace = struct.unpack_from(">IIBBBBB", data, 16)
    bits = depth * _CHANNELS[colour]
    most = sum(
        rows * (1 + (columns * bits + 7) // 8)
        for columns, rows in _png_passes(width, height, interlace)
        if columns and rows
    )
    unpacker, got = zlib.decompressobj(), 0
    for kind, body in _png_chunks(data):
        if kind == b"IDAT":
            while body and got <= most:
                got += len(unpacker.decompress(body, _STEP))
                body = unpacker.unconsumed_tail
            if got > most:  # and nobody knows how much more
                return False
        elif kind == b"IEND":
            return bool(got + len(unpacker.flush()) == most)
    return False


def _png_passes(width: int, height: int, interlace: int) -> list[tuple[int, int]]:
    """Columns and rows of the picture, or of Adam7's seven passes (PNG, 8.2)."""
    if not interlace:
        return [(width, height)]
    steps = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
             (0, 1, 1, 2))  # fmt: skip
    return [(-(-(width - x) // dx), -(-(height - y) // dy)) for x, y, dx, dy in steps]


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a PNG. ValueError for one that is cut off or has another sum."""
    place = 8
    while place < len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        end = place + 8 + length
        (kept,) = struct.unpack_from(">I", data, end)
        if zlib.crc32(memoryview(data)[place + 4 : end]) != kept:
            raise ValueError("a chunk is damaged")
        yield kind, data[place + 8 : end]
        place = end + 4


def _is_whole_gif(data: bytes) -> bool:
    """Blocks up to the trailer, with one frame at least and not too many pixels in all.

    GIF89a, 15 and appendix A.
    """
    flags = data[10]
    place = 13 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
    pixels = 0
    while data[place] != 0x3B:
        if data[place] == 0x2C:
            width, height, flags = struct.unpack_from("<HHB", data, place + 5)
            pixels += width * height
            place += 11 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
        elif data[place] == 0x21:
            place += 2
        else:
            return False
        while size := data[place]:
            place += 1 + size
        place += 1
    return 0 < pixels <= MOST_PICTURE_PIXELS


def _is_whole_jpeg(data: bytes) -> bool:
    """Whether the file ends as a JPEG does, and is not gone over again and again."""
    return b"\xff\xd9" in data[-1024:] and 0 < data.count(b"\xff\xda") <= _MOST_SCANS


_IS_WHOLE = {"png": _is_whole_png, "jpeg": _is_whole_jpeg, "gif": _is_whole_gif}


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
