"""The bytes of a `.csv` go in, its cells come out.

Cells are separated as RFC 4180 has it, by commas, or by semicolons, tabs or bars, as programs
write them where the comma stands before decimals.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from deckgen.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from deckgen.sheets.cells import Cell, Row, Sheet, SheetError, make_sheet

_FORM = "save it as “CSV UTF-8”"
_FEWER = "keep the rows and columns that the deck needs"
_DELIMITERS = "\t;|,"  # where two would do: a comma is the likeliest to stand in a cell
_SAMPLE = 100_000  # characters by which the delimiter is found
_SAMPLE_ROWS = 20


def read_delimited(data: bytes, told: str) -> Sheet:
    """The sheet in a `.csv`; `told` is how messages name the file. SheetError if it is none."""
    text = _decode(data)
    rows: list[Row] = []
    cells = 0
    for number, record in _records(text, _find_delimiter(text)):
        if any(record[MOST_COLUMNS:]):
            what = (
                f"this row has {len(record):,} cells, and a sheet at most {MOST_COLUMNS:,} columns"
            )
            raise SheetError(what, _FEWER, number)
        row: dict[int, Cell] = {n: cell.strip() for n, cell in enumerate(record) if cell.strip()}
        if not row:
            continue
        cells += len(row)
        if len(rows) > MOST_ROWS:
            raise SheetError(f"there are over {MOST_ROWS:,} rows", _FEWER, number)
        if cells > MOST_CELLS:
            raise SheetError(f"there are over {MOST_CELLS:,} cells", _FEWER, number)
        rows.append(Row(number, row))
    return make_sheet(rows, told, in_workbook=False)


def _decode(data: bytes) -> str:
    """The characters of UTF-8, or of UTF-16 with its mark."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        if wide:
            raise SheetError("this is no whole UTF-16 text", _FORM, 1) from None
        row = data[: error.start].count(b"\n") + 1
        what = f"this is not UTF-8 (byte {data[error.start]:#04x})"
        raise SheetError(what, _FORM, row) from None
    if "\0" in text:
        row = text[: text.index("\0")].count("\n") + 1
        raise SheetError("a null byte stands here: this is no text", _FORM, row)
    return text


def _find_delimiter(text: str) -> str:
    """The delimiter with which most rows have as many cells as the first, two at least."""
    best, most = ",", 0
    for delimiter in _DELIMITERS:
        sample = csv.reader(io.StringIO(text[:_SAMPLE], newline=""), delimiter=delimiter)
        widths = []
        try:
            for record in sample:
                widths += [len(record)] if any(record) else []
                if len(widths) > _SAMPLE_ROWS:
                    break
        except csv.Error:
            pass  # told when all is read
        alike = widths.count(widths[0]) if widths and widths[0] > 1 else 0
        if alike > most:
            best, most = delimiter, alike
    return best


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number, from 1; rows are counted as spreadsheets do."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, record in enumerate(reader, start=1):
            yield number, record
    except csv.Error as error:
        raise _wrong(str(error), number + 1) from None


def _wrong(said: str, row: int) -> SheetError:
    """What the csv module says, in words."""
    if "unexpected end" in said:
        told = "a quotation mark is opened in this row and never closed"
        return SheetError(told, "close it, or double it if it belongs to the text", row)
    if "expected after" in said:
        told = "a quotation mark ends within a cell of this row"
        return SheetError(told, "double it if it belongs to the text", row)
    if "field limit" in said:
        told = f"a cell of this row has over {csv.field_size_limit():,} characters"
        return SheetError(told, "is a quotation mark opened and never closed?", row)
    return SheetError(f"this row cannot be read ({said})", _FORM, row)
