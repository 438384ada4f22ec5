"""What the command line prints: mistakes at their lines, progress, tables."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

import typer

if TYPE_CHECKING:
    from deckgen.check import Checked, Report
    from deckgen.fitting import Fit
    from deckgen.overview import ClaimRow, Overview, SlideRow
    from deckgen.scene import Scene
    from deckgen.source import Mark, OutlineError, Problem
    from deckgen.specimen import Specimen


_MOST_TOLD = 1_000  # mistakes and notices of many decks


def counted(count: int, thing: str) -> str:
    return f"1 {thing}" if count == 1 else f"{count} {thing}s"


def fail(message: str, code: int = 2) -> NoReturn:
    print(f"deckgen: {message}", file=sys.stderr)
    raise typer.Exit(code)


@contextmanager
def mistakes_told(end: str = "nothing was written") -> Iterator[None]:
    """Print what is wrong with an outline, and what that led to, and leave with code 2."""
    from deckgen.source import OutlineError

    try:
        yield
    except OutlineError as error:
        tell(error, end)
        raise typer.Exit(2) from None


def tell(error: OutlineError, end: str = "nothing was written") -> None:
    """Every problem as `file:line:column: ...` with the line it is on, and what that led to."""
    color = sys.stderr.isatty()
    show = _line_shower()
    for problem in error.problems:
        print(_paint(problem) if color else str(problem), file=sys.stderr)
        show(problem.mark, sys.stderr)
    count = counted(len(error.problems), "mistake")
    print(f"{count}; {end}", file=sys.stderr)


class Tellings:
    """Mistakes and notices of many decks: each is told when it comes up first, then counted."""

    def __init__(self) -> None:
        self._color = sys.stderr.isatty()
        self._show = _line_shower()
        self._counts: dict[str, int] = {}
        self._untold = 0

    def tell(self, problems: Sequence[Problem], place: str) -> None:
        """Print mistakes of a deck; `place` is its row, which a mistake in it names by itself."""
        for problem in problems:
            words = _paint(problem) if self._color else str(problem)
            if self._is_new(words):
                row = place and problem.mark.file != place.rpartition(":")[0]
                print(f"{words}{f' (in the deck of {place})' if row else ''}", file=sys.stderr)
                self._show(problem.mark, sys.stderr)

    def note(self, notice: str) -> None:
        """Print a notice."""
        if self._is_new(notice):
            print(notice, file=sys.stderr)

    def _is_new(self, words: str) -> bool:
        if words not in self._counts and len(self._counts) >= _MOST_TOLD:
            self._untold += 1
            return False
        self._counts[words] = self._counts.get(words, 0) + 1
        return self._counts[words] == 1

    def sum_up(self) -> None:
        """Print how often what was told came up again."""
        for words, count in self._counts.items():
            if count > 1:
                told = f"{words[:200]}…" if len(words) > 200 else words
                print(f"{told} (told of {counted(count, 'deck')})", file=sys.stderr)
        if self._untold:
            print(f"there are {self._untold} more mistakes or notices", file=sys.stderr)


def print_checked(checked: Mapping[Path, Checked], quiet: bool) -> None:
    """Findings of several outlines with their lines, and for each outline how many there are."""
    for each in checked.values() if not quiet else ():
        for notice in each.notices:
            print(notice, file=sys.stderr)
    show = _line_shower()
    for each in checked.values():
        for report in each.reports:
            if not report.accepted:
                _print_report(report)
                show(report.mark, sys.stdout)
    for outline, each in checked.items() if not quiet else ():
        print(f"{outline}: {_slides_told(each.slides)}, {_summed_up(each.reports)}")


def _print_report(report: Report) -> None:
    """A finding as `file:line:column: severity: what; what to do (rule)`."""
    where = f"{report.mark}" if report.mark.line else report.mark.file
    words = f"{report.message}; {report.hint}" if report.hint else report.message
    print(f"{where}: {report.severity}: {words} ({report.rule})")


def _slides_told(slides: Mapping[str, int]) -> str:
    """`21 slides (board 9, investors 19)`; for a single audience `9 slides for board`."""
    if "" not in slides:
        return ", ".join(f"{counted(count, 'slide')} for {name}" for name, count in slides.items())
    each = [f"{name} {count}" for name, count in slides.items() if name]
    return counted(slides[""], "slide") + (f" ({', '.join(each)})" if each else "")


def _summed_up(reports: Sequence[Report]) -> str:
    """How many findings there are, and how many are accepted."""
    severities = [report.severity for report in reports if not report.accepted]
    errors, warnings = severities.count("error"), severities.count("warning")
    told = [counted(errors, "error")] if errors else []
    told += [counted(warnings, "warning")] if warnings else []
    accepted = len(reports) - len(severities)
    tail = f" ({counted(accepted, 'finding')} accepted)" if accepted else ""
    return f"{', '.join(told) or 'nothing wrong'}{tail}"


def _line_shower() -> Callable[[Mark, TextIO], None]:
    """Prints the line of a mark with a caret; each file is read once."""
    from deckgen.sheets import SUFFIXES

    lines: dict[str, list[str]] = {}

    def show(mark: Mark, stream: TextIO) -> None:
        if not mark.line or mark.file.lower().endswith(SUFFIXES):
            return  # a cell of a data file is told by its row and column
        if mark.file not in lines:
            lines[mark.file] = text_of(mark.file).split("\n")
        if mark.line <= len(lines[mark.file]):
            _show_line(lines[mark.file][mark.line - 1], mark.line, mark.column, stream)

    return show


def _paint(problem: Problem) -> str:
    bold, red, reset = "\033[1m", "\033[31m", "\033[0m"
    where = f"{problem.mark}" if problem.mark.line else problem.mark.file
    rest = str(problem).removeprefix(f"{where}: ")
    return f"{bold}{where}: {red}{rest}{reset}"


def text_of(file: str) -> str:
    """The text of a file, as far as it can be read: empty if there is none."""
    try:
        return Path(file).read_text("utf-8-sig", errors="replace")
    except OSError:
        return ""


def _show_line(line: str, number: int, column: int, stream: TextIO) -> None:
    """The line with a caret under the column, cut around it where it is long."""
    start = max(0, column - 60)
    shown = line[start : start + 110].replace("\t", "→").rstrip("\r")
    shown = "".join(char if char.isprintable() else "�" for char in shown)
    gutter = f"{number:6} | "
    print(f"{gutter}{shown}", file=stream)
    print(f"{' ' * (len(gutter) - 2)}| {' ' * (column - 1 - start)}^", file=stream)


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
    """Write at once to where errors go: its buffer may be in use when a signal comes."""
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


def print_slides(scene: Scene, notices: Sequence[str] = ()) -> None:
    """What was moved to the notes, and in a terminal a table of the slides."""
    for notice in (*scene.notices, *notices):
        print(notice, file=sys.stderr)
    if not sys.stdout.isatty():
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("", "Slide", "Title", box=None, header_style="bold", pad_edge=False)
    for number, page in enumerate(scene.pages, start=1):
        table.add_row(str(number), f"[cyan]{page.slide_id}[/]", page.title.replace("[", "\\["))
    Console().print(table)


# -- themes --------------------------------------------------------------------------


def print_specimens(specimens: Sequence[Specimen], checked: bool) -> None:
    """Themes with their colours, as swatches in a terminal; of one that was `checked`, how."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    for number, specimen in enumerate(specimens):
        if number:
            console.print()
        faces = dict.fromkeys((specimen.heading, specimen.body))
        head = Text(specimen.name, style="bold")
        console.print(head.append(f": {specimen.about or 'a theme'}", style="not bold"))
        console.print(Text(f"  faces   {' and '.join(faces)}"))
        for group, colors in specimen.groups.items():
            line = Text(f"  {group:6}")
            for token, color in colors.items():
                line.append("  ")
                if console.is_terminal:
                    line.append("    ", style=f"on #{color}").append(" ")
                line.append(f"{token} {color}")
            console.print(line)
        for face in specimen.guessed:
            told = "no widths are known; text is measured 8 % wider than in Arial"
            console.print(Text(f"  {face}: {told}"))
        if checked:
            told = "pairs of text and ground can be read"
            console.print(
                Text(f"  {len(specimen.pairs)} {told}; nearest to its floor is {_pair(specimen)}")
            )


def _pair(specimen: Specimen) -> str:
    pair = specimen.faintest
    return f"`{pair.text}` on `{pair.ground}`, {pair.contrast:.1f} : 1 of {pair.least:g}"


# -- audiences side by side -----------------------------------------------------------


def print_overview(overview: Overview, outline: str) -> None:
    """The matrix of slides and audiences, titles that differ, claims that some lack, lengths."""
    names = overview.audiences
    rows = [[row.slide, *(_position(row, name) for name in names)] for row in overview.slides]
    _print_columns([["Slide", *names], *rows])
    differing = [row for row in overview.slides if row.titles]
    if differing:
        print("\n* Titles that differ")
    for row in differing:
        print(f"  {row.slide}")
        for name, title in row.titles.items():
            print(f"    {name:{max(map(len, names))}}  {title}")
    withheld = [claim for claim in overview.claims if claim.withheld_from]
    partly = [
        claim for claim in overview.claims
        if not claim.withheld_from and 0 < len(claim.audiences) < len(names)
    ]  # fmt: skip
    _print_claims("Claims that are withheld from some", withheld, names, outline)
    _print_claims("Claims on slides that some do not get", partly, names, outline)
    print("\nLength")
    rows = []
    for length in overview.lengths:
        silent = f"{counted(length.silent, 'slide')} without words to say" if length.silent else ""
        rows.append([
            f"  {length.audience}", _of(length.slides, length.max_slides, "slides"),
            _of(length.minutes, length.max_minutes, "minutes"), silent or length.description,
        ])  # fmt: skip
    _print_columns(rows)


def _print_claims(
    head: str, claims: Sequence[ClaimRow], names: Sequence[str], outline: str
) -> None:
    """Claims with who sees them; nothing if there are none. Lines are those of the outline."""
    if not claims:
        return
    print(f"\n{head}")
    rows = [["  line", *names, ""]]
    for claim in claims:
        seen = ["seen" if name in claim.audiences else "–" for name in names]
        mark = " (inference)" if claim.inference else ""
        rows.append([f"  {claim.where.removeprefix(f'{outline}:')}", *seen, f"{claim.text}{mark}"])
    _print_columns(rows)


def _position(row: SlideRow, audience: str) -> str:
    """`4`, `7–9`, `4*` where the title is not the same for all, a dash for none."""
    place = row.places.get(audience)
    if place is None:
        return "–"
    pages = str(place.first) if place.first == place.last else f"{place.first}–{place.last}"
    return f"{pages}{'*' if row.titles else ''}"


def _of(has: float, most: float | None, unit: str) -> str:
    """`9 of 9 slides`, with a mark where it is more than that."""
    if most is None:
        return f"{has:g} {unit}"
    return f"{has:g} of {most:g} {unit}{' (over)' if has > most else ''}"


def _print_columns(rows: Sequence[Sequence[str]]) -> None:
    """Rows with their columns aligned, the last as long as it is."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (f"{cell:{width}}" for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())


def print_fit(fit: Fit) -> None:
    """What was found in a template: its layouts and what they serve, faces, colours, refusals."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)

    def line(words: str, style: str = "") -> None:
        console.print(Text(words, style=style))

    width, height = fit.slide_in
    layouts = (f"“{name}”" for name in fit.layouts)
    line(fit.file, "bold")
    line(f"  slides {width:g} × {height:g} in; {counted(fit.masters, 'master')},"
         f" {counted(len(fit.layouts), 'layout')}: {', '.join(layouts)}")  # fmt: skip
    for one in fit.fits:
        line(f"  {one.key:8} “{one.name}” ({one.why})")
        sizes = f"titles {one.title_pt[0]:g} pt" if one.title_pt else ""
        frame = "whole as it is"
        if one.frame_in:
            x, y, w, h = one.frame_in
            frame = f"content {w:g} × {h:g} in at {x:g}, {y:g}"
        line(f"           {sizes}; {frame}; it has: {', '.join(one.placeholders)}")
        for words, names in (("keeps clear of", one.cut), ("stands on", one.covered)):
            if names:
                line(f"           content {words} {', '.join(repr(name) for name in names)}")
    measured = (
        f"{face}{'' if known else ' (widths not known)'}" for face, known in fit.faces.items()
    )
    line(f"  faces    {' and '.join(measured)}")
    swatches = Text("  colours")
    for token, color in fit.colors.items():
        swatches.append("  ")
        if console.is_terminal:
            swatches.append("    ", style=f"on #{color}").append(" ")
        swatches.append(f"{token} {color}")
    console.print(swatches)
    for words in fit.advice:
        line(f"  note     {words}")
    for kind, why in fit.refused.items():
        line(f"  refused  {kind}: {why}")
    if fit.works:
        line("  All kinds of slide work as they are.")
    else:
        line("  Shorten what does not fit, or name a roomier layout: `--layout content=NAME`.")
