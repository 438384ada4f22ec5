"""What the command line tells: mistakes at their lines, and how many there are."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

import typer

if TYPE_CHECKING:
    from deckgen.check import Checked, Report
    from deckgen.source import Mark, OutlineError, Problem


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
