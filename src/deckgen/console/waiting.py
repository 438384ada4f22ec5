"""What somebody sees who waits: that work goes on, and how far it is."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import cycle


@contextmanager
def patience(message: str, quiet: bool) -> Iterator[None]:
    """Show that work goes on, from one second on, where somebody watches.

    A timer does it, and no thread: a process with two cannot be forked. Windows has no timers
    of this kind, and no forks.
    """
    if quiet or not sys.stderr.isatty() or not hasattr(signal, "setitimer"):
        yield
        return
    from shutil import get_terminal_size

    turns, width = cycle("|/-\\"), get_terminal_size().columns

    def show(*_: object) -> None:
        _put_raw(f"\r{next(turns)} {message} …"[:width])

    before = signal.signal(signal.SIGALRM, show)
    signal.setitimer(signal.ITIMER_REAL, 1.0, 0.1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        _put_raw("\r\033[K")


def _put_raw(text: str) -> None:
    """Write at once to where errors go: its buffer may be in use when a signal comes.

    A terminal that is gone ends no work.
    """
    with suppress(OSError):
        os.write(sys.stderr.fileno(), text.encode(sys.stderr.encoding, "replace"))


@contextmanager
def progress(message: str, total: int, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Show how many of `total` are done, where somebody watches: call it with each one's name."""
    if quiet or not sys.stderr.isatty():
        yield lambda name: None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(message, total=total)

        def step(name: str) -> None:
            bar.update(task, advance=1, description=escape(f"{message}: {name}"))

        yield step
