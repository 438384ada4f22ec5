"""Jobs go in, what became of each comes out as it is done: on several cores of this machine.

At any time there are two jobs for each process, and their decks, however many there are in
all. A process that is ended from outside, for want of memory say, takes no other deck with it.

Processes are started by a server that has loaded deckgen and nothing else (`forkserver`), or
anew where there is none (`spawn`). They are not forked from this process: it may have threads
by then, which show how the work goes on, and a fork keeps the locks that these hold.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from deckgen.cores import core_count
from deckgen.disk import ending_postponed
from deckgen.jobs import Built, Job, build_job, forget
from deckgen.source import Mark, Problem

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future, ProcessPoolExecutor
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

_AHEAD = 2  # jobs that are with the processes, for each of them
_LONGEST_WAIT = 0.2  # seconds, after which a signal to end is answered
Outcome = tuple[Job, Built]


def run(jobs: Iterable[Job], workers: int) -> Iterator[Outcome]:
    """Each job with what became of it, in the order in which they are done."""
    forget()
    if workers < 2:
        yield from ((job, build_job(job)) for job in jobs)
        return
    waiting = iter(jobs)
    lost: list[Job] = []
    while True:
        yield from _run_pool(waiting, workers, lost)
        if not lost:
            return
        # One of these ended its process, and the pool with it. Each gets one of its own.
        for job in lost:
            alone: list[Job] = []
            yield from _run_pool(iter([job]), 1, alone)
            yield from ((job, _was_ended(job)) for job in alone)
        lost.clear()


def run_forked(jobs: Sequence[Job]) -> Iterator[Outcome]:
    """The few jobs of one outline: processes that are forked have begun when a server would start.

    Work begins at once, before a caller starts a thread to show how it goes on.
    """
    forget()
    workers = min(len(jobs), core_count())
    if workers < 2:
        return ((job, build_job(job)) for job in jobs)
    from concurrent.futures import ProcessPoolExecutor

    with ending_postponed():
        pool = ProcessPoolExecutor(workers)
        return _finish_all(pool, {pool.submit(build_job, job): job for job in jobs})


def _finish_all(pool: Executor, running: dict[Future[Built], Job]) -> Iterator[Outcome]:
    """What becomes of jobs that are under way; those whose process was ended have a problem."""
    lost: list[Job] = []
    yield from _run_in(pool, running, iter(()), 0, lost)
    yield from ((job, _was_ended(job)) for job in lost)


def _was_ended(job: Job) -> Built:
    who = f" for “{job.audience}”" if job.audience else ""
    told = f"the process that built the deck{who} was ended"
    hint = "by the code of a figure, perhaps, or for want of memory"
    return Built(problems=(Problem(Mark(job.outline, 0, 0), told, hint),))


def _run_pool(jobs: Iterator[Job], workers: int, lost: list[Job]) -> Iterator[Outcome]:
    """Run jobs until there are no more or the pool breaks: `lost` are those it had then."""
    yield from _run_in(_make_pool(workers), {}, jobs, _AHEAD * workers, lost)


def _run_in(
    pool: Executor, running: dict[Future[Built], Job], jobs: Iterator[Job], most: int,
    lost: list[Job],
) -> Iterator[Outcome]:  # fmt: skip
    """Finish the jobs that are `running`, with others beside them up to so many at a time."""
    from concurrent.futures import FIRST_COMPLETED, wait
    from concurrent.futures.process import BrokenProcessPool

    try:
        while True:
            with ending_postponed():
                while len(running) < most and (job := next(jobs, None)) is not None:
                    try:
                        future = pool.submit(build_job, job)
                    except BrokenProcessPool:
                        lost.append(job)
                        raise
                    running[future] = job
                done = wait(running, _LONGEST_WAIT, FIRST_COMPLETED).done
            if not running:
                return
            while done:
                future = done.pop()
                built = future.result()
                yield running.pop(future), built
                del future, built  # or the deck would stay until the next one is done
    except BrokenProcessPool:
        lost += running.values()
    finally:
        with ending_postponed():
            pool.shutdown(wait=True, cancel_futures=True)


def _make_pool(workers: int) -> ProcessPoolExecutor:
    from concurrent.futures import ProcessPoolExecutor

    return ProcessPoolExecutor(workers, mp_context=_context(), initializer=_begin)


def _context() -> BaseContext:
    from multiprocessing import get_all_start_methods, get_context

    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(["deckgen.jobs", "deckgen.writers.pptx"])
    return context


def _begin() -> None:
    """What a process does first: leave it to its parent to answer Ctrl-C, and end with it.

    A process that waits for the next job of a parent that was killed would wait for ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from multiprocessing import parent_process
    from threading import Thread

    def end_with(parent: BaseProcess) -> None:
        parent.join()
        os._exit(1)

    if (parent := parent_process()) is not None:
        Thread(target=end_with, args=(parent,), daemon=True).start()
