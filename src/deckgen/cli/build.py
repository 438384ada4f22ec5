"""`deckgen build`: one deck, every audience of one outline, or many decks."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deckgen.cli.options import (
    AllAudiences,
    AllowCode,
    Audience,
    Quiet,
    Template,
    Theme,
    Values,
    make_options,
)
from deckgen.cli.targets import audience_names, save, target_of
from deckgen.console import Tellings, counted, fail, mistakes_told
from deckgen.console.listings import print_slides
from deckgen.console.waiting import patience, progress

if TYPE_CHECKING:
    from deckgen.batch import Done
    from deckgen.inputs import Options

_SEVERAL = "With several decks: "


def build(
    outlines: Annotated[
        list[Path],
        typer.Argument(
            metavar="OUTLINE...", help="YAML files; folders and globs of them.", show_default=False
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE",
            help="Where a deck goes: a file, or for several a folder; {name}, {audience}, {row} "
            "and {VARIABLE} are filled in. [out/NAME.pptx]",
        ),
    ] = None,
    audience: Audience = "",
    all_audiences: AllAudiences = False,
    theme: Theme = "",
    template: Template = "",
    allow_code: AllowCode = False,
    values: Values = [],  # noqa: B006 - typer makes a new one
    each: Annotated[
        Path | None,
        typer.Option("--each", metavar="FILE", help="A deck for each row of a .csv or .xlsx."),
    ] = None,
    jobs: Annotated[
        int,
        typer.Option(
            "--jobs", "-j", min=0, metavar="N", help=f"{_SEVERAL}on so many cores. [all]",
            show_default=False,
        ),
    ] = 0,
    resume: Annotated[
        bool,
        typer.Option("--resume", help=f"{_SEVERAL}build those alone that would be other ones."),
    ] = False,
    scheduler: Annotated[
        str,
        typer.Option(
            "--scheduler", metavar="ADDRESS", help=f"{_SEVERAL}on Dask, as in tcp://host:8786."
        ),
    ] = "",
    quiet: Quiet = False,
) -> None:  # fmt: skip
    """Build the deck of an outline, for an audience or for all; or the decks of many."""
    if all_audiences and audience:
        fail("give either `--audience` or `--all-audiences`")
    options = make_options(values, theme, template, allow_code)
    several = len(outlines) != 1 or outlines[0].is_dir() or _is_glob(outlines[0])
    if several or each or resume or scheduler:
        _build_many(
            outlines, output, audience, all_audiences, each, options, jobs, resume, scheduler, quiet
        )
    elif all_audiences:
        _build_all(outlines[0], output, options, quiet)
    else:
        _build_one(outlines[0], audience, output, options, quiet)


def _is_glob(path: Path) -> bool:
    return any(char in str(path) for char in "*?[") and not path.exists()


def _build_one(
    outline: Path, audience: str, output: Path | None, options: Options, quiet: bool
) -> None:
    start = time.perf_counter()
    target = target_of(outline, audience, output, options)
    with mistakes_told(), patience(f"Building {target}", quiet):
        from deckgen.inputs import load_with

        loaded = load_with(outline, audience, options)
        from deckgen.builder import build
        from deckgen.cores import core_count

        deck = build(loaded, core_count())
    save({target: deck.data})
    if not quiet:
        from deckgen.overview import find_notices

        print_slides(deck.scene, find_notices(loaded, deck.scene))
        slides = counted(deck.slide_count, "slide")
        print(f"{target}: {slides} in {time.perf_counter() - start:.1f} s")


def _build_all(outline: Path, output: Path | None, options: Options, quiet: bool) -> None:
    """Every audience's deck, or none: decks that were built together agree."""
    start = time.perf_counter()
    if output is not None and "{audience}" not in str(output):
        fail(f"{output}: with `--all-audiences` the name must hold {{audience}}")
    names = audience_names(outline, options, every=True)
    targets = {name: target_of(outline, name, output, options) for name in names}
    from deckgen.jobs import Job
    from deckgen.pool import run_forked
    from deckgen.source import OutlineError

    outcomes = run_forked([Job(str(outline), name, options) for name in names])
    built = {}
    with progress(f"Building {outline.name}", len(names), quiet) as step:
        for job, made in outcomes:
            built[job.audience] = made
            step(f"{targets[job.audience]}")
    if problems := [problem for made in built.values() for problem in made.problems]:
        with mistakes_told():
            raise OutlineError(problems)
    if faults := [made.fault for made in built.values() if made.fault]:
        raise RuntimeError(faults[0])
    save({targets[name]: made.data for name, made in built.items()})
    if quiet:
        return
    for name in names:
        for notice in built[name].notices:
            print(notice, file=sys.stderr)
        print(f"{targets[name]}: {counted(built[name].slide_count, 'slide')}")
    print(f"{counted(len(built), 'deck')} in {time.perf_counter() - start:.1f} s")


# -- many --------------------------------------------------------------------------


def _build_many(
    outlines: Sequence[Path], output: Path | None, audience: str, every: bool, each: Path | None,
    options: Options, jobs: int, resume: bool, scheduler: str, quiet: bool,
) -> None:  # fmt: skip
    """Decks that have nothing to do with one another: what keeps one from being built is told."""
    start = time.perf_counter()
    gc.enable()  # in one process for all of them
    from deckgen import batch
    from deckgen.cores import core_count
    from deckgen.disk import tidy_end
    from deckgen.plan import Plan, Request

    name = f"{output}/" if output is not None and output.is_dir() else str(output or "")
    request = Request(
        tuple(map(str, outlines)), name, audience, every, str(each or ""), options
    )  # fmt: skip
    with mistakes_told(), patience("Looking through the outlines", quiet):
        plan = Plan(request)
    tellings = Tellings()
    for notice in () if quiet else plan.notices:
        tellings.note(notice)
    counts = {"built": 0, "kept": 0, "failed": 0}
    total = len(plan) + sum(hindered.count for hindered in plan.hindered)
    try:
        with tidy_end(), progress("Building", total, quiet) as step:
            for done in batch.run(plan, jobs or core_count(), resume, scheduler):
                counts[done.state] += done.count
                _tell_done(done, tellings, quiet)
                step(done.target)
    except batch.ClusterError as error:
        fail(str(error), code=2 if not counts["built"] else 1)
    finally:
        tellings.sum_up()
        if not quiet:
            print(_summed_up(counts, time.perf_counter() - start))
    if counts["failed"]:
        raise typer.Exit(1 if counts["built"] or counts["kept"] else 2)


def _tell_done(done: Done, tellings: Tellings, quiet: bool) -> None:
    """A line for a deck, where nobody watches them go by; what is wrong in any case."""
    tellings.tell(done.problems, done.place)
    if quiet:
        return
    for notice in done.notices:
        tellings.note(notice)
    if done.state != "failed" and not sys.stdout.isatty():
        kept = ", as it was" if done.state == "kept" else ""
        print(f"{done.target}: {counted(done.slide_count, 'slide')}{kept}", flush=True)


def _summed_up(counts: dict[str, int], seconds: float) -> str:
    built, kept, failed = counts["built"], counts["kept"], counts["failed"]
    rate = f" ({built / seconds:.1f} a second)" if built > 1 else ""
    told = [f"{counted(built, 'deck')} in {seconds:.1f} s{rate}"]
    told += [f"{kept} as they were"] if kept else []
    told += [f"{failed} not built"] if failed else []
    return "; ".join(told)
