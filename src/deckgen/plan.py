"""Outlines, a file of rows and a pattern for names go in; the jobs that they ask for come out.

What is wrong with all of it, as two decks of one name, is told before anything is built. What
is wrong with one outline or one row stands in the way of its own decks only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from glob import glob, has_magic
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from deckgen.document import parse_file
from deckgen.each import Rows, words_of_values
from deckgen.inputs import Options
from deckgen.jobs import Job
from deckgen.limits import MOST_DECKS
from deckgen.naming import (
    NamingError,
    check_pattern,
    fill_pattern,
    fixed_folder,
    safe_name,
    same_file,
)
from deckgen.nodes import find_value
from deckgen.sheets.cells import Row
from deckgen.source import Mark, OutlineError, Problem
from deckgen.variables import Given, Variable
from deckgen.variants import open_manuscript

_SUFFIXES = (".yaml", ".yml")


class Request(Struct, frozen=True):
    """What is to be built: outlines, for an audience or for `every` one, once or for `each` row.

    `output` is a pattern for the decks' names, or a folder; empty for `out`.
    """

    outlines: tuple[str, ...]
    output: str = ""
    audience: str = ""
    every: bool = False
    each: str = ""
    options: Options = Options()


class Hindered(Struct, frozen=True):
    """Decks that cannot be built: of an outline, or of a row of it, as `place` says."""

    outline: str
    place: str
    problems: tuple[Problem, ...]
    count: int = 1


class _Entry(Struct, frozen=True):
    """A deck to build; `row` is the place of its row among the others, None without rows."""

    outline: int
    row: int | None
    audience: str
    target: str


class _Opened(Struct, frozen=True):
    """What is kept of an outline: the file it stands in, its audiences and variables."""

    file: str
    own: str
    audiences: tuple[str, ...]
    variables: Mapping[str, Variable]


class Plan:
    """What a request comes to. OutlineError for what is wrong with all of it."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.hindered: list[Hindered] = []
        self.notices: list[str] = []
        self.rows = Rows(request.each) if request.each else None
        self.folder = fixed_folder(_pattern(request, "", by_row=False))
        self._entries: list[_Entry] = []
        self._taken: dict[str, str] = {}  # what each deck is of, by its path
        self._refused: list[Problem] = []
        self._outlines = find_outlines(request.outlines, self.notices)
        self._opened = self._open_all()
        self._leave_out_listed()
        if self.rows is not None:
            self._check_headings(self.rows)
        for number in self._opened:
            self._add_outline(number)
        if self._refused:
            raise OutlineError(self._refused)

    def __len__(self) -> int:
        return len(self._entries)

    def jobs(self) -> Iterator[Job]:
        """Each deck to build, made as it is asked for."""
        columns = {
            number: self.rows.find_columns(outline.variables) if self.rows else {}
            for number, outline in self._opened.items()
        }
        options = {number: self._options_for(number) for number in self._opened}
        for entry in self._entries:
            row = self.rows.rows[entry.row] if self.rows and entry.row is not None else None
            given: tuple[Given, ...] = ()
            place = ""
            if self.rows is not None and row is not None:
                given = self.rows.given(row, columns[entry.outline])
                place = self.rows.place(row)
            yield Job(
                self._outlines[entry.outline], entry.audience, options[entry.outline], given,
                place, entry.target,
            )  # fmt: skip

    def _options_for(self, number: int) -> Options:
        """The options with those values that an outline declares, or that none does: it tells so.

        So several outlines may be given values together.
        """
        options = self.request.options
        others = [one for other, one in self._opened.items() if other != number]
        own = self._opened[number].variables
        given = tuple(
            each for each in options.given
            if each.name in own or not any(each.name in one.variables for one in others)
        )  # fmt: skip
        return replace(options, given=given)

    def _open_all(self) -> dict[int, _Opened]:
        """The outlines that can be opened, by their place among all."""
        opened = {}
        for number, name in enumerate(self._outlines):
            try:
                found = open_manuscript(Path(name), None)
                audiences = tuple(found.variants)
                opened[number] = _Opened(found.file, found.own, audiences, found.variables)
            except OutlineError as error:
                self.hindered.append(Hindered(name, "", tuple(error.problems)))
        return opened

    def _leave_out_listed(self) -> None:
        """Leave out the file of an audience whose deck is built with its outline's others."""
        bases = {Path(name).resolve(): number for number, name in enumerate(self._outlines)}
        for number, outline in list(self._opened.items()):
            base = bases.get(Path(outline.file).resolve())
            if not (self.request.every and outline.own) or base not in self._opened:
                continue
            if outline.own in self._opened[base].audiences:
                name = self._outlines[base]
                self.notices.append(f"{self._outlines[number]}: built with {name}, which lists it")
                del self._opened[number]

    def _check_headings(self, rows: Rows) -> None:
        declared = [outline.variables for outline in self._opened.values()]
        by_hand = [given.name for given in self.request.options.given]
        self._refused += rows.check_headings(declared, by_hand)
        if self._refused:
            raise OutlineError(self._refused)  # every row would have mistakes that follow

    def _add_outline(self, number: int) -> None:
        """The decks of an outline: for each row, for each audience."""
        outline = self._opened[number]
        audiences = [self.request.audience]
        if self.request.every and not outline.own:
            audiences = [*outline.audiences] or [""]
        count = len(audiences) * (len(self.rows.rows) if self.rows is not None else 1)
        if len(self._entries) + count > MOST_DECKS:
            told = f"these are over {MOST_DECKS:,} decks; build them in several goes"
            raise _refusal(self.request.each or self._outlines[number], told)
        by_hand = self._options_for(number).given
        if self.rows is None:
            words, _ = words_of_values(outline.variables, by_hand)
            self._add_decks(number, None, audiences, words)
            return
        columns = self.rows.find_columns(outline.variables)
        for place, row in enumerate(self.rows.rows):
            given = (*self.rows.given(row, columns), *by_hand)
            words, problems = words_of_values(outline.variables, given)
            problems += self.rows.check_row(row)
            if problems:
                told = self.rows.place(row)
                name, count = self._outlines[number], len(audiences)
                self.hindered.append(Hindered(name, told, tuple(problems), count))
            else:
                self._add_decks(number, place, audiences, words)

    def _add_decks(
        self, number: int, place: int | None, audiences: Sequence[str], values: dict[str, str]
    ) -> None:
        name = self._outlines[number]
        words = {"name": Path(name).stem} | {key: safe_name(each) for key, each in values.items()}
        row = self.rows.rows[place] if self.rows is not None and place is not None else None
        if row is not None:
            words["row"] = str(row.number)
        for audience in audiences:
            own = {**words, "audience": audience} if audience else words
            pattern = _pattern(self.request, audience, by_row=row is not None)
            try:
                check_pattern(pattern, own)
            except NamingError as error:
                raise _refusal(self.request.output, f"{error} (for {name})") from None
            try:
                target = fill_pattern(pattern, own)
            except NamingError as error:
                mark = self._mark(name, row)
                problem = Problem(mark, str(error), "fill it, or name the deck by {row}")
                at = self.rows.place(row) if self.rows is not None and row is not None else ""
                self.hindered.append(Hindered(name, at, (problem,)))
                continue
            self._take(target, name, audience, row)
            self._entries.append(_Entry(number, place, audience, target))

    def _take(self, target: str, name: str, audience: str, row: Row | None) -> None:
        """Note what a deck is of; told if there is another of its name."""
        what = f"row {row.number}" if row is not None else name
        several = len(self._outlines) > 1
        what = f"{what} of {name}" if row is not None and several else what
        what = f"{what} for “{audience}”" if audience else what
        first = self._taken.setdefault(same_file(target), what)
        if first is not what:
            told = f"{target} would be the deck of {first} and of {what}"
            apart = ", as `{row}` does" if row is not None else ", or build them one by one"
            hint = f"put what tells them apart into the name{apart}"
            self._refused.append(Problem(self._mark(name, row), told, hint))
        elif Path(target).is_dir():
            raise _refusal(target, "this is a directory")

    def _mark(self, name: str, row: Row | None) -> Mark:
        if row is None or self.rows is None:
            return Mark(name, 0, 0)
        return Mark(self.rows.file, row.number, 1)


def _refusal(where: str, message: str) -> OutlineError:
    return OutlineError([Problem(Mark(where, 0, 0), message)])


def _pattern(request: Request, audience: str, *, by_row: bool) -> str:
    """The pattern for a deck's name. OutlineError for one that names no deck."""
    own = "{name}" + (".{row}" if by_row else "") + (".{audience}" if audience else "") + ".pptx"
    output = request.output or "out"
    if Path(output).is_dir() or output.endswith(("/", "\\")) or not Path(output).suffix:
        return str(Path(output) / own)
    if Path(output).suffix.lower() != ".pptx":
        told = "a deck is a .pptx file; name a folder, or a pattern as in out/{name}.pptx"
        raise _refusal(output, told)
    return output


# -- which outlines ------------------------------------------------------------------


def find_outlines(names: Sequence[str], notices: list[str]) -> list[str]:
    """The outlines of files, folders and globs, each once. OutlineError where there are none.

    Of a folder it is the outlines in it, not those in folders below, nor files that extend
    another; what is passed over is noted. A glob may go down, as `decks/**/*.yaml` does.
    """
    found: dict[str, None] = {}
    problems = []
    for name in names:
        if Path(name).is_dir():
            listed = [str(path) for path in sorted(Path(name).iterdir()) if _is_yaml(path)]
            found |= dict.fromkeys(each for each in listed if _is_outline(each, notices))
            missing = "" if listed else "no .yaml or .yml file is in this folder"
        elif has_magic(name) and not Path(name).exists():
            listed = [path for path in sorted(glob(name, recursive=True)) if _is_yaml(Path(path))]  # noqa: PTH207 - an absolute one as well
            found |= dict.fromkeys(each for each in listed if _is_outline(each, notices))
            missing = "" if listed else "no .yaml or .yml file has such a name"
        else:
            found[name] = None
            missing = ""
            if Path(name).suffix.lower() == ".pptx":
                missing = "this is a deck; name the outline that it was built from"
        problems += [Problem(Mark(name, 0, 0), missing)] if missing else []
    if not (found or problems):
        problems = [Problem(Mark(names[0] if names else "", 0, 0), "there is no outline here")]
    if problems:
        raise OutlineError(problems)
    return list(found)


def _is_yaml(path: Path) -> bool:
    return path.suffix in _SUFFIXES and path.is_file() and not path.name.startswith(".")


def _is_outline(name: str, notices: list[str]) -> bool:
    """Whether a file is an outline of its own; noted if not. One that is no YAML is to be told."""
    try:
        node = parse_file(Path(name), name)
    except OutlineError:
        return True
    if find_value(node, "extends") is not None:
        return False
    if find_value(node, "title") is None and find_value(node, "slides") is None:
        notices.append(f"{name}: passed over, for it is no outline (it has no `title`)")
        return False
    return True
