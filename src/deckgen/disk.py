"""Files that others name: read without waiting and up to a limit, written without remains.

A name in an outline or on the command line may be that of a pipe, of a device without end
or of a file that grows. Only regular files are read. Whoever must know later whether anything
has changed that a deck was made from has `recording` note each file's bytes by their digest.
"""

from __future__ import annotations

import os
import signal
import stat
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from types import FrameType

# A pipe that nobody writes to would be waited for; a terminal would become this program's.
_FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_BINARY", "O_CLOEXEC")
)
_ENDINGS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
_record: ContextVar[dict[str, str] | None] = ContextVar("_record", default=None)


class NotRegularError(OSError):
    """What a name leads to is a pipe, a device or a socket."""


class TooLargeError(OSError):
    """A file holds more bytes than may be read."""


def read_bytes(path: Path, most: int) -> bytes:
    """A regular file's bytes, `most` of them or fewer.

    Raises NotRegularError, TooLargeError, or whatever OSError opening it gives. A file that
    tells no size, or grows, is read to the limit only.
    """
    _judge(path.stat(), most)  # before it is opened: opening some devices does something
    descriptor = os.open(path, _FLAGS)
    with os.fdopen(descriptor, "rb") as stream:
        _judge(os.fstat(descriptor), most)  # it may have been put in the other's place
        data = stream.read(most + 1)
    if len(data) > most:
        raise TooLargeError(f"more than {most} bytes")
    if (record := _record.get()) is not None:
        record[str(path)] = digest(data)
    return data


@contextmanager
def recording() -> Iterator[dict[str, str]]:
    """The files that are read within, each path with the digest of its bytes."""
    record: dict[str, str] = {}
    before = _record.set(record)
    try:
        yield record
    finally:
        _record.reset(before)


def note(path: Path) -> None:
    """Record a file that is in use and was read before: beside each cache of what files hold.

    OSError if it cannot be read any more.
    """
    if (record := _record.get()) is not None:
        found = path.stat()
        record[str(path)] = _digest_once(path, (found.st_mtime_ns, found.st_size))


def note_all(files: Mapping[str, str]) -> None:
    """Record what another `recording` found."""
    if (record := _record.get()) is not None:
        record.update(files)


def digest(data: bytes) -> str:
    """Bytes by their SHA-256, in 64 hex digits."""
    import hashlib

    return hashlib.sha256(data).hexdigest()


@lru_cache(maxsize=64)
def _digest_once(path: Path, stamp: tuple[int, int]) -> str:
    """A file's digest; `stamp` tells when it has changed."""
    import hashlib

    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _judge(found: os.stat_result, most: int) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError("a directory")
    if not stat.S_ISREG(found.st_mode):
        raise NotRegularError("no regular file")
    if found.st_size > most:
        raise TooLargeError(f"{found.st_size} bytes")


def leads_out(folder: Path, name: str) -> bool:
    """Whether a path from `folder` ends elsewhere, links followed. OSError for no usable name."""
    try:
        home = folder.resolve()
        return not (home / name).resolve().is_relative_to(home)
    except (RuntimeError, ValueError) as error:  # links in a circle, a null byte
        raise OSError(str(error)) from None


@contextmanager
def tidy_end() -> Iterator[None]:
    """Let a signal to end raise SystemExit here, so that what is half done is cleared away.

    Without it the system ends the program at once. Nothing changes in a thread that gets no
    signals, or where the program handles them itself.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    own = [number for number in _ENDINGS if signal.getsignal(number) is signal.SIG_DFL]
    for number in own:
        signal.signal(number, _end)
    try:
        yield
    finally:
        for number in own:
            signal.signal(number, signal.SIG_DFL)


@contextmanager
def ending_postponed() -> Iterator[None]:
    """Answer Ctrl-C and signals to end afterwards, as the program answers them.

    What they raise would come at any place, and leave a lock of a library taken for ever.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    own = {number: signal.getsignal(number) for number in (signal.SIGINT, *_ENDINGS)}
    answers = {number: answer for number, answer in own.items() if callable(answer)}
    for number in answers:
        signal.signal(number, lambda number, frame: came.append(number))
    try:
        yield
    finally:
        for number, answer in answers.items():
            signal.signal(number, answer)
        for number in came[:1]:
            answers[number](number, None)


def _end(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)  # as a shell tells it
