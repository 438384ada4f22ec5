"""The name of a data file beside an outline goes in, the cells of one of its sheets come out.

A `.csv` is text in UTF-8 (or in UTF-16 that says so), its cells separated by commas, semicolons,
tabs or bars; a `.xlsx` is read with openpyxl. Nothing is run, and nothing else is opened.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from deckgen import disk
from deckgen.limits import MOST_DATA_BYTES
from deckgen.sheets.cells import Sheet, SheetError
from deckgen.siblings import SiblingError, find_sibling
from deckgen.source import shorten

SUFFIXES = (".csv", ".xlsx")
_AS_XLSX = "save it as .xlsx"
_OTHERS = {
    ".xlsm": "a workbook with macros", ".xltm": "a workbook with macros", ".xltx": "a template",
    ".xlsb": "a binary workbook", ".xls": "a workbook of an old Excel",
    ".ods": "an OpenDocument sheet", ".numbers": "a sheet of Numbers",
}  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how files begin that are encrypted, or of Excel 97
_ZIP = b"PK\x03\x04"


def find_data(name: str, outline: str) -> Path:
    """The data file that an outline calls `name`, a path from the outline's folder.

    `outline` is the outline's own path. SheetError if there is none, or it is of no type
    that is read.
    """
    check_suffix(name)
    try:
        return find_sibling(name, Path(outline).parent, "data/figures.csv")
    except SiblingError as error:
        raise SheetError(str(error), error.hint) from None


def check_suffix(name: str) -> None:
    """SheetError if a file is of no type that is read, by its name."""
    suffix = Path(name).suffix.lower()
    if suffix in _OTHERS:
        raise SheetError(f"“{shorten(name)}” is {_OTHERS[suffix]} by its name", _AS_XLSX)
    if suffix not in SUFFIXES:
        raise SheetError(f"“{shorten(name)}” is no .csv or .xlsx by its name", "use one of these")


Loading = Callable[[Path, str, str], Sheet]


def load_kept(path: Path, name: str, sheet: str = "") -> Sheet:
    """`load_sheet` for a process that builds deck after deck: a file is read until it changes.

    The last two sheets are kept, which together may have as many cells as `MOST_CELLS` twice.
    """
    try:
        found = path.stat()
    except OSError:
        return load_sheet(path, name, sheet)  # which tells what is wrong
    kept = _load_once(path, name, sheet, (found.st_mtime_ns, found.st_size))
    disk.note(path)
    return kept


@lru_cache(maxsize=2)
def _load_once(path: Path, name: str, sheet: str, stamp: tuple[int, int]) -> Sheet:
    return load_sheet(path, name, sheet)


def load_sheet(path: Path, name: str, sheet: str = "") -> Sheet:
    """The cells of a data file, or of the sheet of that name in it (empty: the first visible).

    `name` is what messages call the file. SheetError if it cannot be read, or is too large.
    """
    told = f"“{shorten(name)}”"
    try:
        data = disk.read_bytes(path, MOST_DATA_BYTES)
    except disk.TooLargeError:
        most = MOST_DATA_BYTES // 1_000_000
        hint = "keep the rows and columns that the deck needs"
        raise SheetError(f"{told} has over {most} MB", hint) from None
    except OSError as error:
        raise SheetError(f"{told} cannot be read ({error.strerror or error})") from None
    if not data:
        raise SheetError(f"{told} is empty")
    if path.suffix.lower() == ".csv":
        if data.startswith((_ZIP, _OLE)):
            raise SheetError(f"{told} is a workbook by its bytes", "give it the suffix .xlsx")
        if sheet:
            raise SheetError(f"{told} has no sheets", "take `sheet` away")
        from deckgen.sheets.delimited import read_delimited

        return read_delimited(data, told)
    if data.startswith(_OLE):
        told = f"{told} has a password, or is of an old Excel"
        raise SheetError(told, "save it as .xlsx without a password")
    if not data.startswith(_ZIP):
        raise SheetError(f"{told} is no workbook by its bytes", _AS_XLSX)
    from deckgen.sheets.workbook import read_workbook

    return read_workbook(data, told, sheet)
