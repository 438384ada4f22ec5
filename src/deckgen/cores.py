"""Work on each of many slides is shared between the cores of this machine, within one deck.

Processes are forked from this one: they have the outline and all that is loaded, without sending
it, and are there in a millisecond. That is safe for what computes and returns, in a process
of one thread; where there are others, or no fork, one process does it all.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any, TypeVar

T = TypeVar("T")

LEAST = 25  # slides for a process, below which it costs more than it spares


def core_count() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def share(work: Callable[[int], T], count: int, workers: int) -> list[T]:
    """`work(0)` to `work(count - 1)`, by so many processes where that is worth it.

    Results must be such as pickle takes; what `work` leaves in memory stays in its process. Each
    process has every `workers`-th number, since slides of one kind often stand together.
    Where one does not answer, as it raised or was ended or could not be started, its numbers
    are worked on here: so what goes wrong is raised as if there were one process.
    """
    workers = min(workers, count // LEAST)
    if workers < 2 or not _can_fork():
        return [work(number) for number in range(count)]
    shares = [range(first, count, workers) for first in range(workers)]
    forks: dict[range, tuple[int, IO[bytes]]] = {}
    try:
        for numbers in shares[1:]:
            with suppress(OSError):  # there may be no room for another process
                forks[numbers] = _fork(work, numbers)
        results = {number: work(number) for number in shares[0]}
    except BaseException:
        for process, _ in forks.values():
            os.kill(process, signal.SIGKILL)
        raise
    finally:
        answers = {numbers: _answer(*fork) for numbers, fork in forks.items()}
    for numbers in shares[1:]:
        answer = answers.get(numbers)
        found = map(work, numbers) if answer is None else answer
        results |= zip(numbers, found, strict=True)
    return [results[number] for number in range(count)]


def _can_fork() -> bool:
    """Whether this process may be forked: macOS's own libraries may not be used after it."""
    return hasattr(os, "fork") and sys.platform != "darwin" and threading.active_count() == 1


def _fork(work: Callable[[int], T], numbers: range) -> tuple[int, IO[bytes]]:
    """A process that works on these numbers: its id, and where its answer is read."""
    import pickle  # small decks do without it

    reading, writing = os.pipe()
    try:
        process = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        raise
    if process:
        os.close(writing)
        return process, os.fdopen(reading, "rb")
    status = 1
    try:
        os.close(reading)
        answer = pickle.dumps([work(number) for number in numbers], pickle.HIGHEST_PROTOCOL)
        with os.fdopen(writing, "wb") as stream:
            stream.write(answer)
        status = 0
    finally:
        os._exit(status)  # nothing of what this process does at its end is done twice


def _answer(process: int, stream: IO[bytes]) -> Any:
    """What a process answered, None if it did not."""
    import pickle

    with stream:
        answer = stream.read()
    _, status = os.waitpid(process, 0)
    return None if status else pickle.loads(answer)
