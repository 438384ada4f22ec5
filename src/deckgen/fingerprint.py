"""What a deck was made from, kept beside the decks: so that `--resume` builds what has changed.

A folder has one file of these, a line of JSON for each deck, added when the deck is in its
place: whenever the work is cut off, what the file says is true. Paths in it are relative to the
folder. A line that cannot be read, as one that was half written, says nothing.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from deckgen import disk
from deckgen.builder import write_whole
from deckgen.jobs import Job, own_digest
from deckgen.variables import Given

NAME = ".deckgen-built.jsonl"
_MOST_BYTES = 200_000_000  # a larger file is begun anew
_MOST_DECK = 2_000_000_000


class Line(Struct, frozen=True):
    """A deck, a digest of what was asked for, the files that were read, and the deck's digest."""

    deck: str
    asked: str
    files: dict[str, str]
    made: str
    slides: int


class Ledger:
    """The file of a folder. `lines` are those that were there; new ones are only written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / NAME
        self.lines: dict[str, Line] = {}
        self._digests: dict[str, str] = {}
        self._read()

    def find_current(self, job: Job) -> Line | None:
        """The line of a deck that is there as it would be built again; None if it must be built."""
        line = self.lines.get(self._name(job.target))
        if line is None or line.asked != asked(job, self._name(job.outline)):
            return None
        if any(self._digest(name) != wanted for name, wanted in line.files.items()):
            return None
        try:
            made = disk.digest(disk.read_bytes(Path(job.target), _MOST_DECK))
        except OSError:
            return None
        return line if made == line.made else None

    def add(self, job: Job, files: Mapping[str, str], made: str, slides: int) -> None:
        """Note a deck that is in its place. OSError if that cannot be written."""
        line = Line(
            self._name(job.target), asked(job, self._name(job.outline)),
            {self._name(path): digest for path, digest in files.items()}, made, slides,
        )  # fmt: skip
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        descriptor = os.open(self.path, flags, 0o666)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(msgspec.json.encode(line) + b"\n")

    def _read(self) -> None:
        try:
            data = disk.read_bytes(self.path, _MOST_BYTES)
        except disk.TooLargeError:
            self.path.unlink()
            return
        except OSError:
            return
        decoder = msgspec.json.Decoder(Line)
        written = data.splitlines()
        for each in written:
            try:
                line = decoder.decode(each)
            except (msgspec.DecodeError, UnicodeDecodeError):
                continue
            self.lines[line.deck] = line
        if len(written) > 2 * len(self.lines) or (data and not data.endswith(b"\n")):
            kept = b"".join(msgspec.json.encode(line) + b"\n" for line in self.lines.values())
            write_whole(self.path, kept)

    def _digest(self, name: str) -> str:
        """The digest of a file that a deck was made from, read once; empty if it is not there."""
        if name not in self._digests:
            try:
                data = disk.read_bytes(self.folder / name, _MOST_DECK)
                self._digests[name] = disk.digest(data)
            except OSError:
                self._digests[name] = ""
        return self._digests[name]

    def _name(self, path: str) -> str:
        """A path from the folder; whole where there is none, as to another drive."""
        try:
            return Path(os.path.relpath(path, self.folder)).as_posix()
        except ValueError:
            return Path(path).absolute().as_posix()


def asked(job: Job, outline: str) -> str:
    """A digest of a job: its outline by name, its audience, values and options, and deckgen.

    The files that it reads are not in it: which these are is known when it is built.
    """
    options = {
        name: value for name, value in msgspec.structs.asdict(job.options).items()
        if name != "given"
    }  # fmt: skip
    told = [outline, job.audience, [_words(each) for each in job.given], options, own_digest()]
    return sha256(msgspec.json.encode(told)).hexdigest()


def _words(given: Given) -> tuple[str, str, str, bool]:
    """A value without its place, which changes when a row is added above it."""
    return given.name, type(given.cell).__name__, str(given.cell), given.in_workbook
