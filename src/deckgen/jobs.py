"""A job goes in: an outline, an audience, values for variables. A deck's bytes come out.

`build_job` depends on nothing but the job and the files that it reads, which it tells with
their digests. So it runs in any process, and in the same way on another machine.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from deckgen import disk
from deckgen.builder import build
from deckgen.inputs import Options, open_with, read_with
from deckgen.loader import Reading
from deckgen.overview import find_notices
from deckgen.source import Mark, OutlineError, Problem
from deckgen.variables import Given


class ClusterError(Exception):
    """Why a cluster builds nothing at all: a sentence."""


class Job(Struct, frozen=True):
    """One deck: `row` are the values of a row of a file, `place` is that row as in `x.csv:7`."""

    outline: str
    audience: str = ""
    options: Options = Options()
    row: tuple[Given, ...] = ()
    place: str = ""
    target: str = ""

    @property
    def given(self) -> tuple[Given, ...]:
        """The values of variables, wherever they come from."""
        return (*self.row, *self.options.given)


class Built(Struct, frozen=True):
    """What became of a job: a deck's bytes, or its problems, and the files that were read.

    `fault` is one of deckgen's own, or of the machine, where there is neither.
    """

    data: bytes = b""
    slide_count: int = 0
    notices: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    files: dict[str, str] = {}
    fault: str = ""

    def problems_of(self, job: Job) -> tuple[Problem, ...]:
        """What stands in the way of a job's deck, a fault among it."""
        return (
            *self.problems,
            *([Problem(Mark(job.outline, 0, 0), self.fault)] * bool(self.fault)),
        )


def build_job(job: Job) -> Built:
    """The deck of a job, or what stands in its way. Never raises."""
    with disk.recording() as files:
        try:
            reading, read = _read_once(job.outline, job.options, job.row)
            files.update(read)
            outline = reading.for_audience(job.audience)
            deck = build(outline)
            notices = (*deck.scene.notices, *find_notices(outline, deck.scene))
        except OutlineError as error:
            return Built(problems=tuple(error.problems), files=files)
        except Exception as error:
            if os.environ.get("DECKGEN_DEBUG"):
                raise
            told = f"a fault in deckgen, not in the outline ({type(error).__name__}: {error})"
            return Built(fault=told, files=files)
    return Built(deck.data, deck.slide_count, notices, files=files)


@lru_cache(maxsize=1)
def _read_once(
    path: str, options: Options, row: tuple[Given, ...]
) -> tuple[Reading, dict[str, str]]:
    """An outline of which a process builds several decks, and the files it was read from."""
    with disk.recording() as files:
        reading = read_with(open_with(Path(path), options, row, keep=True), options)
    return reading, files


def forget() -> None:
    """Read outlines anew: where a process goes on, and they may have changed since."""
    _read_once.cache_clear()


@lru_cache(maxsize=1)
def own_digest() -> str:
    """A digest of the files that deckgen consists of: what it makes depends on them as well."""
    from hashlib import sha256

    home = Path(__file__).parent
    found = sha256()
    for path in sorted(home.rglob("*")):
        if path.suffix in (".py", ".yaml", ".json", ".md", ".xml", ".pptx") and path.is_file():
            found.update(f"{path.relative_to(home).as_posix()}\n".encode())
            found.update(path.read_bytes())
    return found.hexdigest()
