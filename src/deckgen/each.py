"""A file with a row for each deck goes in, the values that each row gives to variables come out.

A row stands under the headings of a `.csv` or of the first sheet of a `.xlsx`; a column gives
its values to the variable of its name, or to the one that names it as its `column`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from deckgen.filling import Value, find_values
from deckgen.sheets import check_suffix, load_sheet
from deckgen.sheets.cells import Row, Sheet, SheetError
from deckgen.source import Mark, OutlineError, Problem, list_words, nearest
from deckgen.variables import Given, Variable


class Rows:
    """The rows of a file, for one outline after another. OutlineError if it cannot be read."""

    def __init__(self, file: str) -> None:
        self.file = file
        try:
            check_suffix(file)
            self.sheet: Sheet = load_sheet(Path(file), Path(file).name)
        except SheetError as error:
            mark = Mark(file, error.row, 1 if error.row else 0)
            raise OutlineError([Problem(mark, str(error), error.hint)]) from None

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.sheet.rows

    def place(self, row: Row) -> str:
        """A row as messages name it."""
        return f"{self.file}:{row.number}"

    def given(self, row: Row, columns: Mapping[int, str]) -> tuple[Given, ...]:
        """The values in a row; `columns` are the variables by the number of their column."""
        return tuple(
            Given(
                name, row.cells.get(column), self._mark(row.number, column),
                self.sheet.place(row.number, column), self.sheet.in_workbook,
            )
            for column, name in columns.items()
        )  # fmt: skip

    def find_columns(self, declared: Mapping[str, Variable]) -> dict[int, str]:
        """The variables of an outline by the number of the column that gives their values."""
        by_heading = {heading_of(name, variable): name for name, variable in declared.items()}
        return {
            number: by_heading[heading]
            for number, heading in enumerate(self.sheet.headings) if heading in by_heading
        }  # fmt: skip

    def check_headings(
        self, outlines: Iterable[Mapping[str, Variable]], given: Iterable[str]
    ) -> Iterator[Problem]:
        """Columns that no outline declares, that stand twice or are given by hand as well.

        A variable without a column, a default or a value by hand is told, too.
        """
        row, set_by_hand = self.sheet.heading_row, [*given]
        wanted: dict[str, str] = {}
        for declared in outlines:
            for name, variable in declared.items():
                wanted[heading_of(name, variable)] = name
                yield from self._check_column(name, variable, set_by_hand)
        seen: dict[str, int] = {}
        for number, heading in enumerate(self.sheet.headings):
            mark = self._mark(row, number)
            if not heading:
                continue
            if heading not in wanted:
                told = f"no variable is declared for the column “{heading}”"
                hint = nearest(heading, wanted) or "declare it under `variables` in the outline"
                yield Problem(mark, told, f"{hint}; or take the column out")
            elif wanted[heading] in set_by_hand:
                told = f"“{wanted[heading]}” is given with `--set` as well"
                yield Problem(mark, told, "give it in one place")
            if seen.setdefault(heading, number) != number:
                told = f"the heading “{heading}” stands twice"
                yield Problem(mark, told, f"it is column {seen[heading] + 1} already")

    def _check_column(
        self, name: str, variable: Variable, set_by_hand: list[str]
    ) -> Iterator[Problem]:
        heading = heading_of(name, variable)
        if heading in self.sheet.headings or name in set_by_hand or variable.default is not None:
            return
        told = f"no column has the heading “{heading}”, and the variable has no default"
        known = list_words([f"“{head}”" for head in self.sheet.headings[:20] if head], "and")
        yield Problem(self._mark(self.sheet.heading_row, 0), told, f"there are {known}")

    def check_row(self, row: Row) -> Iterator[Problem]:
        """A row with more cells than there are headings, so that they may stand in others."""
        count = len(self.sheet.headings)
        for column in row.cells:
            if column >= count or not self.sheet.headings[column]:
                told = f"row {row.number} has a cell under no heading"
                hint = "give it one, or put a text with the separator in it in quotation marks"
                yield Problem(self._mark(row.number, column), told, hint)

    def _mark(self, row: int, column: int) -> Mark:
        return Mark(self.file, row, column + 1)


def heading_of(name: str, variable: Variable) -> str:
    """The heading of the column that gives a variable its values."""
    return " ".join(str(variable.column or name).split())


def words_of_values(
    declared: Mapping[str, Variable], given: Iterable[Given]
) -> tuple[dict[str, str], list[Problem]]:
    """The words of each variable, for names of files, and what is wrong with the values."""
    values: dict[str, Value]
    values, problems = find_values(declared, given)
    return {name: value.words for name, value in values.items()}, problems
