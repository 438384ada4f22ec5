"""A cell goes in; a number or words come out, or what is wrong with it.

A cell of a `.csv` is text, one of a workbook has a type. An empty cell is None.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from msgspec import Struct

from deckgen.limits import MOST_NUMBER
from deckgen.source import FileError, shorten


class SheetError(FileError):
    """Why a file or a cell cannot be read.

    `row` is that of the file, from 1, in which the mistake stands; 0 for the file as a whole.
    """

    def __init__(self, message: str, hint: str = "", row: int = 0) -> None:
        super().__init__(message, hint)
        self.row = row


class Fault(Struct, frozen=True):
    """What stands in a cell of a workbook that has no value: `told` follows “holds”."""

    told: str
    hint: str


Cell = str | int | float | bool | date | time | timedelta | Fault | None


class Row(Struct, frozen=True):
    """A row: its number in the file, from 1, and the cells in it that are not empty, from 0."""

    number: int
    cells: dict[int, Cell]


class Sheet(Struct, frozen=True):
    """Rows under headings; a column without a heading has an empty one."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    heading_row: int
    in_workbook: bool

    def place(self, row: int, column: int) -> str:
        """How messages name a cell: `row` from 1, `column` from 0."""
        heading = shorten(self.headings[column])
        if self.in_workbook:
            return f"cell {_letters(column)}{row} (“{heading}”)"
        return f"row {row}, column “{heading}”"


def make_sheet(rows: list[Row], told: str, in_workbook: bool) -> Sheet:
    """A sheet whose headings stand in its first row. SheetError if it has no other."""
    if len(rows) < 2:
        hint = "a row of headings, and the numbers below it"
        raise SheetError(f"{told} holds no rows under headings", hint)
    head, *rest = rows
    cells = [head.cells.get(column) for column in range(max(head.cells) + 1)]
    headings = tuple("" if isinstance(cell, Fault) else words_of(cell) for cell in cells)
    return Sheet(headings, tuple(rest), head.number, in_workbook)


def _letters(column: int) -> str:
    """The letters of a column in a workbook, from 0: A to Z, AA and on."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def words_of(cell: Cell) -> str:
    """A cell as words, without spaces around and runs of spaces in it; empty for an empty cell.

    A date is written as ISO 8601 does, a whole number without decimals. SheetError for a fault.
    """
    if cell is None:
        return ""
    if isinstance(cell, Fault):
        raise SheetError(f"holds {cell.told}", cell.hint)
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, (int, float)):
        return f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    return " ".join(str(cell).split())


# -- numbers ---------------------------------------------------------------------

_LEAVE = "leave the cell empty if the number is not known"
_ALONE = "write the number alone; what it counts is the slide’s `unit`"
_RANGE = f"numbers go from {-MOST_NUMBER:g} to {MOST_NUMBER:g}"
_SPACES = " \u00a0\u202f\u2009"  # what may stand between groups of three digits
_FORMS = {
    point: re.compile(
        rf"[+\-−]?(?:\d+|\d{{1,3}}(?:(?P<gap>[{group}{_SPACES}])\d{{3}})(?:(?P=gap)\d{{3}})*)?"
        rf"(?P<rest>{re.escape(point)}\d*)?(?:[eE][+\-]?\d{{1,4}})?",
        re.ASCII,
    )
    for point, group in ((".", ","), (",", "."))
}
_DIGIT = re.compile(r"\d", re.ASCII)


def number_of(cell: Cell, decimal: str = ".") -> float | None:
    """A cell as a number; None for an empty one.

    In text `decimal` stands before the decimals, and digits may be grouped in threes; if it is
    empty, as for a workbook, text is no number. SheetError for a cell that holds anything else,
    or a number beyond `MOST_NUMBER`.
    """
    if isinstance(cell, bool):
        raise _no_number(words_of(cell))
    if isinstance(cell, (int, float)):
        if abs(cell) <= MOST_NUMBER:  # False for NaN as well
            return float(cell)
        raise SheetError(f"wants a number, not {cell:g}", _RANGE)
    words = words_of(cell)
    if not words:
        return None
    if not isinstance(cell, str):
        raise SheetError(f"wants a number, not the date or time {words}", _LEAVE)
    number = _parse(str(cell).strip(), decimal) if decimal else None
    if number is None:
        raise _no_number(words, decimal)
    if not abs(number) <= MOST_NUMBER:
        raise SheetError(f"wants a number, not “{shorten(words)}”", _RANGE)
    return number


def _parse(words: str, decimal: str) -> float | None:
    """The number that words write; None if they write none."""
    if len(words) > 400 or not _FORMS[decimal].fullmatch(words):
        return None
    plain = words.replace("−", "-").translate(_GROUPING[decimal])
    try:
        return float(plain)
    except ValueError:  # no digit
        return None


_GROUPING = {
    ".": str.maketrans("", "", "," + _SPACES),
    ",": str.maketrans(",", ".", "." + _SPACES),
}


def _no_number(words: str, decimal: str = ".") -> SheetError:
    told = f"wants a number, not “{shorten(words)}”"
    fits = [point for point in _FORMS if _parse(words, point) is not None]
    if fits and not decimal:
        told = f"wants a number, not the text “{shorten(words)}”"
        return SheetError(told, "turn it into a number in Excel")
    if fits:
        return SheetError(told, f'give the data `decimal: "{fits[0]}"` if it writes them so')
    return SheetError(told, _ALONE if _DIGIT.search(words) else _LEAVE)


_TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def truth_of(cell: Cell) -> bool | None:
    """A cell that says yes or no; None for an empty one. SheetError for anything else."""
    words = words_of(cell)
    if words and words.lower() not in _TRUTHS:
        raise SheetError(f"wants yes or no, not “{shorten(words)}”", "an empty cell means no")
    return _TRUTHS[words.lower()] if words else None
