"""The bytes of a workbook go in, the cells of one of its sheets come out.

openpyxl reads which sheets there are, which formats mean dates, and the cells. It gets a package
in which nothing else stands: links to other files, pictures, queries and the other sheets stay
packed, and what is unpacked is bounded before it is parsed. A document type declaration, which
no workbook may have (ECMA-376 part 2, 8.1.4), is refused, so that no entity is ever expanded.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from deckgen.limits import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_FORMATS,
    MOST_MARKUP,
    MOST_ROWS,
    MOST_UNPACKED_BYTES,
)
from deckgen.sheets.cells import Cell, Fault, Row, Sheet, SheetError, make_sheet
from deckgen.source import nearest

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ROW, _CELL_VALUE, _FORMULA = f"{{{_MAIN}}}row", f"{{{_MAIN}}}v", f"{{{_MAIN}}}f"
_STRING, _INLINE, _RUN, _TEXT = (f"{{{_MAIN}}}{tag}" for tag in ("si", "is", "r", "t"))
_EMPTY_SHEET = f'<worksheet xmlns="{_MAIN}"><sheetData/></worksheet>'.encode()
_KEPT = re.compile(r"(?:xl/)?[^/]+\.xml|(?:xl/)?_rels/[^/]+\.rels")
_SHEET = re.compile(r"(?:.*/)?worksheets/[^/]+\.xml", re.IGNORECASE)
_LEFT_OUT = re.compile(r"calcChain\.xml|docProps/", re.IGNORECASE)
_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*\?>")
_NAMES = re.compile(rb"<(\w+:)?definedNames\b.*?</(?:\w+:)?definedNames\s*>", re.DOTALL)
_LONG_TAG = re.compile(rb"<[^<>]{100000}")  # thousands of attributes: each takes long
_CELL_TAG = re.compile(rb"<(?:\w+:)?c[\s/>]")
_STEP = 1 << 20  # bytes that are unpacked at once
_MOST_PARTS = 5_000
_BEYOND = 1e300  # told where a number is wanted
_FEWER = "keep the rows and columns that the deck needs"
_ANEW = "open it in Excel and save it again, or copy the sheet into a new workbook"
_STORED = "open the workbook in Excel and save it once"
_MEND = "mend it, or leave the cell empty if the number is not known"


def read_workbook(data: bytes, told: str, wanted: str) -> Sheet:
    """A sheet of a workbook; the first visible one if `wanted` is empty.

    `told` is how messages name the file. SheetError if it cannot be read, or is too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of formats that openpyxl does not know
            package = _Package(archive, told)
            book = _open(package)
            part, title = _choose(book, told, wanted)
            return make_sheet(list(_rows(package, book, part)), f"“{title}” in {told}", True)
    except SheetError:
        raise
    except Exception as error:  # whatever zipfile, expat, lxml or openpyxl fall over
        raise SheetError(f"{told} is damaged, or no workbook", _ANEW) from error


class _Package:
    """The parts of a workbook, unpacked within bounds."""

    def __init__(self, archive: zipfile.ZipFile, told: str) -> None:
        self.archive, self.told = archive, told
        self.names = archive.namelist()
        self.left = MOST_UNPACKED_BYTES
        if len(self.names) > _MOST_PARTS or len({*self.names}) < len(self.names):
            raise SheetError(f"{told} is no workbook as Excel writes it", _ANEW)
        if any(name.endswith("vbaProject.bin") for name in self.names):
            raise SheetError(f"{told} holds macros", "save it as .xlsx, without them")

    def read(self, name: str) -> bytes:
        """A part without its XML declaration; UTF-8 that declares no entity.

        What the directory of a zip says of sizes may be a lie: what comes out is counted.
        """
        chunks = []
        with self.archive.open(name) as stream:
            while chunk := stream.read(_STEP):
                chunks.append(chunk)
                self.left -= len(chunk)
                if self.left < 0:
                    most = MOST_UNPACKED_BYTES // 1_000_000
                    raise SheetError(f"{self.told} unpacks to over {most} MB", _FEWER)
        xml = b"".join(chunks)
        if b"\0" in xml or b"<!DOCTYPE" in xml or _LONG_TAG.search(xml):
            raise SheetError(f"{self.told} is no workbook as Excel writes it", _ANEW)
        return _DECLARATION.sub(b"", xml, count=1) if _DECLARATION.match(xml) else xml


def _open(package: _Package) -> Any:
    """The workbook as openpyxl has it, of which every sheet is empty and no text is read."""
    from openpyxl import load_workbook

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as inner:
        for name in package.names:
            if _SHEET.fullmatch(name):
                inner.writestr(name, _EMPTY_SHEET)
            elif _KEPT.fullmatch(name) and not _LEFT_OUT.search(name) and not _is_texts(name):
                xml = _NAMES.sub(b"", package.read(name))
                if xml.count(b"<") > MOST_FORMATS:
                    told = f"{package.told} has over {MOST_FORMATS:,} formats and parts"
                    raise SheetError(told, "copy the sheet into a new workbook")
                inner.writestr(name, xml)
            elif _is_texts(name):
                inner.writestr(name, f'<sst xmlns="{_MAIN}"/>')
    stream.seek(0)
    return load_workbook(stream, read_only=True, data_only=True, keep_links=False)


def _is_texts(name: str) -> bool:
    return name.lower().endswith("sharedstrings.xml")


def _choose(book: Any, told: str, wanted: str) -> tuple[str, str]:
    """The part of the sheet that is wanted, and its name. Excel compares names in any case."""
    sheets = {" ".join(sheet.title.split()): sheet for sheet in book.worksheets}
    if not sheets:
        raise SheetError(f"{told} has no sheet with cells")
    if wanted:
        wanted = " ".join(wanted.split())
        found = next((s for n, s in sheets.items() if n.casefold() == wanted.casefold()), None)
        if found is None:
            raise SheetError(f"{told} has no sheet “{wanted}”", nearest(wanted, sheets))
    else:
        shown = [sheet for sheet in sheets.values() if sheet.sheet_state == "visible"]
        found = (shown or [*sheets.values()])[0]
    return found._worksheet_path, found.title


# -- cells -----------------------------------------------------------------------


def _rows(package: _Package, book: Any, part: str) -> Iterator[Row]:
    """The rows of a sheet that hold anything, from the first on."""
    from xml.etree.ElementTree import iterparse

    from openpyxl.worksheet._reader import WorkSheetParser

    texts = [package.read(name) for name in package.names if _is_texts(name)]
    sheet = package.read(part)
    if sum(xml.count(b"<") for xml in (sheet, *texts)) > MOST_MARKUP:
        raise SheetError(f"{package.told} holds over {MOST_MARKUP:,} tags", _FEWER)
    if len(_CELL_TAG.findall(sheet)) > MOST_CELLS:
        told = f"the sheet has over {MOST_CELLS:,} cells, with those that have a format alone"
        raise SheetError(f"{package.told}: {told}", _FEWER)
    parser = WorkSheetParser(
        io.BytesIO(), [words for xml in texts for words in _read_texts(xml)], data_only=True,
        epoch=book.epoch, date_formats=book._date_formats,
        timedelta_formats=book._timedelta_formats,
    )  # fmt: skip
    percents = _percent_styles(book)
    count = 0
    for _, element in iterparse(io.BytesIO(sheet)):
        if element.tag != _ROW:
            continue
        row = _read_row(parser, element, percents) if len(element) else None
        element.clear()
        if row is not None:
            count += 1
            if count > MOST_ROWS + 1:
                told = f"{package.told} has over {MOST_ROWS:,} rows"
                raise SheetError(told, _FEWER, row.number)
            yield row


def _read_row(parser: Any, element: Element, percents: set[int]) -> Row | None:
    """A row; None if its cells are empty."""
    unstored = [n for n, cell in enumerate(element) if _lacks_result(cell)]
    for cell in element:
        if cell.get("t") == "inlineStr":
            _make_plain(cell)
    number, found = parser.parse_row(element)
    cells: dict[int, Cell] = {}
    for place, one in enumerate(found):
        value = _as_cell(one, percents)
        if place in unstored:
            value = Fault("a formula whose result is not stored", _STORED)
        if value is not None and one["column"] <= MOST_COLUMNS:
            cells[one["column"] - 1] = value
    return Row(int(number), cells) if cells else None


def _lacks_result(cell: Element) -> bool:
    """Whether a cell has a formula, and no result as the last program saw it.

    A formula that gives an empty text has one: it is of type `str`.
    """
    has_value = bool(cell.findtext(_CELL_VALUE)) or cell.get("t") == "str"
    return cell.find(_FORMULA) is not None and not has_value


def _make_plain(cell: Element) -> None:
    """A text that stands in its cell, as one that a formula has given: read in a tenth of the time.

    openpyxl makes objects of each run of such a text.
    """
    from xml.etree.ElementTree import SubElement

    inline = cell.find(_INLINE)
    cell.set("t", "str")
    if inline is not None:
        SubElement(cell, _CELL_VALUE).text = _words_in(inline)


def _read_texts(xml: bytes) -> Iterator[str]:
    """The texts that cells refer to by their number (ECMA-376 part 1, 18.4.9)."""
    from xml.etree.ElementTree import iterparse

    for _, element in iterparse(io.BytesIO(xml)):
        if element.tag == _STRING:
            yield _words_in(element)
            element.clear()


def _words_in(element: Element) -> str:
    """The text of an item, its runs joined; not how it is pronounced (18.4.6)."""
    words = [
        child.text if child.tag == _TEXT else child.findtext(_TEXT)
        for child in element if child.tag in (_TEXT, _RUN)
    ]  # fmt: skip
    return "".join(word or "" for word in words)


def _as_cell(found: dict[str, Any], percents: set[int]) -> Cell:
    """A cell's value. A number that is shown as 12 % is stored as 0.12, and read as 12."""
    value, kind = found["value"], found["data_type"]
    if kind == "e":
        return Fault(f"the error {str(value)[:20]}", _MEND)
    if isinstance(value, str):
        return " ".join(value.split()) or None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = max(-_BEYOND, min(_BEYOND, value))
        if found["style_id"] in percents:
            return float(Decimal(repr(value)) * 100)
    return value  # type: ignore[no-any-return]


def _percent_styles(book: Any) -> set[int]:
    """The numbers of the styles that show a number as a percentage (18.8.31)."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

    found = set()
    for number, style in enumerate(book._cell_styles):
        code = BUILTIN_FORMATS.get(style.numFmtId, "")
        place = style.numFmtId - BUILTIN_FORMATS_MAX_SIZE
        if 0 <= place < len(book._number_formats):
            code = book._number_formats[place]
        if "%" in re.sub(r'"[^"]*"|\\.|\[[^]]*\]', "", code):
            found.add(number)
    return found
