"""A plan goes in; its decks are built, each is written as it is done, and told what became of it.

A deck that cannot be built stands in nobody's way. A deck is in its place before the ledger
says so: whatever ends the work, `resume` goes on where it was.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct

from deckgen import disk, pool
from deckgen.builder import write_whole
from deckgen.cores import core_count
from deckgen.fingerprint import Ledger
from deckgen.inputs import Options
from deckgen.jobs import Built, ClusterError, Job
from deckgen.plan import Plan, Request
from deckgen.source import Mark, Problem
from deckgen.variables import as_given

__all__ = ["ClusterError", "Done", "build_many", "run"]


class Done(Struct, frozen=True):
    """What became of a deck. `place` is its row, `target` is empty if it has no name yet.

    `count` is how many decks this tells of: an outline that cannot be opened is told once.
    """

    outline: str
    state: Literal["built", "kept", "failed"]
    target: str = ""
    place: str = ""
    audience: str = ""
    slide_count: int = 0
    notices: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    count: int = 1


def run(plan: Plan, workers: int, resume: bool = False, scheduler: str = "") -> Iterator[Done]:
    """Build what is planned: on this machine's cores, or on the cluster of a `scheduler`.

    With `resume` decks stay that are there as they would be built again. ClusterError if the
    cluster cannot be reached.
    """
    for each in plan.hindered:
        yield Done(each.outline, "failed", place=each.place, problems=each.problems,
                   count=each.count)  # fmt: skip
    ledger = Ledger(plan.folder)
    kept: deque[Done] = deque()
    jobs = _without_current(plan.jobs(), ledger, kept) if resume else plan.jobs()
    if scheduler:
        from deckgen import cluster

        outcomes: Iterable[pool.Outcome] = cluster.run(jobs, scheduler)
    else:
        outcomes = pool.run(jobs, min(workers, len(plan)))
    for job, built in outcomes:
        while kept:
            yield kept.popleft()
        yield _finish(job, built, ledger)
    yield from kept


def _without_current(jobs: Iterable[Job], ledger: Ledger, kept: deque[Done]) -> Iterator[Job]:
    """The jobs that must be done; decks that are as they would be go to `kept`."""
    for job in jobs:
        line = ledger.find_current(job)
        if line is None:
            yield job
        else:
            kept.append(Done(job.outline, "kept", job.target, job.place, job.audience, line.slides))


def _finish(job: Job, built: Built, ledger: Ledger) -> Done:
    """Write a deck, and note that it is there."""
    problems = built.problems_of(job)
    if not problems:
        try:
            write_whole(Path(job.target), built.data)
            ledger.add(job, built.files, disk.digest(built.data), built.slide_count)
        except OSError as error:
            told = f"the deck cannot be written ({error.strerror or error})"
            problems = (Problem(Mark(job.target, 0, 0), told),)
    if problems:
        return Done(job.outline, "failed", job.target, job.place, job.audience, problems=problems)
    return Done(job.outline, "built", job.target, job.place, job.audience, built.slide_count,
                built.notices)  # fmt: skip


def build_many(
    outlines: Sequence[str | Path], output: str | Path = "", *, audience: str = "",
    all_audiences: bool = False, each: str | Path = "",
    values: Mapping[str, object] | None = None, workers: int = 0, resume: bool = False,
    scheduler: str = "",
) -> Iterator[Done]:  # fmt: skip
    """Build decks of outlines, as `deckgen build` does, and tell of each as it is done.

    `workers` are processes, as many as there are cores if it is 0. With more than one, a
    program that calls this begins with `if __name__ == "__main__":`, as `multiprocessing` has
    it. OutlineError for what keeps all decks from being built.
    """
    options = Options(as_given(values))
    request = Request(
        tuple(map(str, outlines)), str(output), audience, all_audiences, str(each), options
    )
    return run(Plan(request), workers or core_count(), resume, scheduler)
