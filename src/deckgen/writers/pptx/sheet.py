"""The cells behind a chart go in, references to them come out.

A reference, `c:strRef` or `c:numRef`, carries a cache of its cells (ECMA-376 part 1,
21.2.2). `workbook` writes the same `Sheet` as a file, so the two cannot disagree.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import isfinite
from typing import TypeAlias

from msgspec import Struct

from deckgen.scene import serial_of
from deckgen.writers.pptx.escape import escape_text

Value: TypeAlias = str | float | date | None

SHEET_NAME = "Sheet1"


class Sheet(Struct, frozen=True):
    """Rows of cells from A1 on. None is a blank cell; rows may differ in length.

    Dates are shown by `date_format`, a format code (ECMA-376 part 1, 18.8.31).
    """

    rows: tuple[tuple[Value, ...], ...]
    date_format: str = "yyyy-mm-dd"


def format_number(value: float) -> str:
    """The digits of a number as the workbook stores them; ValueError if not finite."""
    if not isfinite(value):
        raise ValueError(f"a chart cannot hold the value {value}")
    return f"{value:.16G}"


def column_letters(column: int) -> str:
    """`A` for 0, `AA` for 26."""
    letters, left = "", column + 1
    while left:
        left, digit = divmod(left - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def string_reference(sheet: Sheet, column: int, first: int, count: int = 1) -> str:
    """`c:strRef` to `count` cells of a column; `column` and `first` count from 0."""
    cells = _column(sheet, column, first, count)
    points = "".join(
        f'<c:pt idx="{index}"><c:v>{escape_text(str(cell))}</c:v></c:pt>'
        for index, cell in enumerate(cells)
        if cell is not None
    )
    return (
        f"<c:strRef><c:f>{_address(column, first, count)}</c:f>"
        f'<c:strCache><c:ptCount val="{count}"/>{points}</c:strCache></c:strRef>'
    )


def number_reference(
    sheet: Sheet, column: int, first: int, count: int, number_format: str = "General"
) -> str:
    """`c:numRef` to `count` cells of a column; a blank cell has no `c:pt`.

    `column` and `first` count from 0. ValueError where a number is not finite.
    """
    cells = _column(sheet, column, first, count)
    return _numbers(cells, _address(column, first, count), number_format)


def row_reference(
    sheet: Sheet, column: int, row: int, count: int, number_format: str = "General"
) -> str:
    """`c:numRef` to `count` cells of a row; what lies beyond its last cell is blank.

    `column` and `row` count from 0. ValueError where a number is not finite.
    """
    cells = [*sheet.rows[row][column : column + count]]
    cells += [None] * (count - len(cells))
    start, end = (f"${column_letters(at)}${row + 1}" for at in (column, column + count - 1))
    return _numbers(cells, f"{SHEET_NAME}!{start}:{end}", number_format)


def number_literal(values: Sequence[float | None]) -> str:
    """`c:numLit`: numbers that stand in no cell; None is none."""
    return (
        "<c:numLit><c:formatCode>General</c:formatCode>"
        f'<c:ptCount val="{len(values)}"/>{_points(values)}</c:numLit>'
    )


def _numbers(cells: Sequence[Value], address: str, number_format: str) -> str:
    return (
        f"<c:numRef><c:f>{address}</c:f>"
        f"<c:numCache><c:formatCode>{escape_text(number_format)}</c:formatCode>"
        f'<c:ptCount val="{len(cells)}"/>{_points(cells)}</c:numCache></c:numRef>'
    )


def _points(cells: Sequence[Value]) -> str:
    """`c:pt` of each cell that is not blank."""
    return "".join(
        f'<c:pt idx="{index}"><c:v>{_digits(cell)}</c:v></c:pt>'
        for index, cell in enumerate(cells)
        if cell is not None
    )


def _digits(cell: Value) -> str:
    if isinstance(cell, date):
        return str(serial_of(cell))
    if isinstance(cell, str):
        raise TypeError(f"{cell!r} is no number")
    return format_number(float(cell or 0))


def _column(sheet: Sheet, column: int, first: int, count: int) -> list[Value]:
    return [row[column] for row in sheet.rows[first : first + count]]


def _address(column: int, first: int, count: int) -> str:
    """The cells' absolute address, such as `Sheet1!$B$2:$B$8`."""
    letters = column_letters(column)
    start = f"{SHEET_NAME}!${letters}${first + 1}"
    return start if count == 1 else f"{start}:${letters}${first + count}"
