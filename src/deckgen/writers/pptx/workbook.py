"""The sheet behind a chart goes in, an .xlsx comes out, which Excel opens by Edit Data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources import files
from io import BytesIO
from zipfile import ZipFile

from deckgen.scene import serial_of
from deckgen.writers.pptx.escape import DECLARATION, RELATIONSHIPS, escape_attribute, escape_text
from deckgen.writers.pptx.sheet import Sheet, column_letters, format_number
from deckgen.writers.pptx.zipped import Entry, pack_entry, zip_bytes

_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def write_workbook(sheet: Sheet) -> bytes:
    """The sheet as an .xlsx; the same cells give the same bytes.

    Text is written as text whatever it begins with, so that nothing runs in Excel. The parts
    are those that XlsxWriter would write: to load it takes a tenth of a small deck's time.
    ValueError for a number that is not finite, and a character illegal in XML 1.0.
    """
    texts: dict[str, int] = {}
    rows, dated = _rows_xml(sheet, texts)
    parts = (
        ("xl/worksheets/sheet1.xml", _worksheet_xml(sheet, rows)),
        ("xl/sharedStrings.xml", _texts_xml(sheet, texts)),
        ("xl/styles.xml", _styles_xml(sheet.date_format if dated else "")),
    )
    return zip_bytes([*_blank(), *(pack_entry(name, xml.encode()) for name, xml in parts)])


@cache
def _blank() -> tuple[Entry, ...]:
    """The parts of a workbook that never change: all but its sheet, texts and styles."""
    data = (files("deckgen") / "writers" / "pptx" / "blank.xlsx").read_bytes()
    with ZipFile(BytesIO(data)) as archive:
        return tuple(pack_entry(name, archive.read(name)) for name in archive.namelist())


def _rows_xml(sheet: Sheet, texts: dict[str, int]) -> tuple[str, bool]:
    """`row` elements, and whether a cell in them is a date; texts are numbered as they come."""
    lines, dated = [], False
    for row, cells in enumerate(sheet.rows):
        written = []
        for column, cell in enumerate(cells):
            at = f'<c r="{column_letters(column)}{row + 1}"'
            if isinstance(cell, str):
                written.append(f'{at} t="s"><v>{texts.setdefault(cell, len(texts))}</v></c>')
            elif isinstance(cell, date):
                written.append(f'{at} s="1"><v>{serial_of(cell)}</v></c>')
                dated = True
            elif cell is not None:
                written.append(f"{at}><v>{format_number(cell)}</v></c>")
        if written:
            lines.append(f'<row r="{row + 1}"{_spans(sheet, row)}>{"".join(written)}</row>')
    return "".join(lines), dated


def _spans(sheet: Sheet, row: int) -> str:
    """The first and last column in a block of 16 rows, which spares Excel the search for them."""
    block = sheet.rows[row // 16 * 16 :][:16]
    columns = [n for cells in block for n, cell in enumerate(cells) if cell is not None]
    return f' spans="{min(columns) + 1}:{max(columns) + 1}"'


def _worksheet_xml(sheet: Sheet, rows: str) -> str:
    """The sheet, its first column with room for names when somebody chooses Edit Data."""
    places = [
        (row, column)
        for row, cells in enumerate(sheet.rows)
        for column, cell in enumerate(cells) if cell is not None
    ]  # fmt: skip
    lines, columns = zip(*places, strict=True) if places else ((0,), (0,))
    first = f"{column_letters(min(columns))}{min(lines) + 1}"
    last = f"{column_letters(max(columns))}{max(lines) + 1}"
    used = first if first == last else f"{first}:{last}"
    return (
        f'{DECLARATION}<worksheet xmlns="{_SHEETS}" xmlns:r="{RELATIONSHIPS}">'
        f'<dimension ref="{used}"/><sheetViews><sheetView tabSelected="1" workbookViewId="0"/>'
        '</sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>'
        '<col min="1" max="1" width="24.7109375" customWidth="1"/></cols>'
        f"<sheetData>{rows}</sheetData>"
        '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
        "</worksheet>"
    )


def _texts_xml(sheet: Sheet, texts: Iterable[str]) -> str:
    """The texts in the order of their numbers."""
    words = [f"<si><t{_kept_spaces(text)}>{escape_text(_as_is(text))}</t></si>" for text in texts]
    count = sum(isinstance(cell, str) for cells in sheet.rows for cell in cells)
    return (
        f'{DECLARATION}<sst xmlns="{_SHEETS}" count="{count}" uniqueCount="{len(words)}">'
        f"{''.join(words)}</sst>"
    )


def _as_is(text: str) -> str:
    """A text that holds no escapes as Excel reads them (ECMA-376 part 1, 22.9.2.19)."""
    return re.sub("_x[0-9a-fA-F]{4}_", r"_x005F\g<0>", text)


def _kept_spaces(text: str) -> str:
    return ' xml:space="preserve"' if text != text.strip() else ""


def _styles_xml(date_format: str) -> str:
    """The styles of cells: the first for all but dates, the second, if there are any, for those."""
    own = f'<numFmt numFmtId="164" formatCode="{escape_attribute(date_format)}"/>'
    formats = f'<numFmts count="1">{own}</numFmts>' if date_format else ""
    plain = 'fontId="0" fillId="0" borderId="0"'
    dates = (
        f'<xf numFmtId="164" {plain} xfId="0" applyNumberFormat="1" applyAlignment="1">'
        '<alignment horizontal="left"/></xf>'
    )
    return (
        f'{DECLARATION}<styleSheet xmlns="{_SHEETS}">{formats}<fonts count="1"><font>'
        '<sz val="11"/><color theme="1"/><name val="Calibri"/><family val="2"/>'
        '<scheme val="minor"/></font></fonts><fills count="2"><fill>'
        '<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
        '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border>'
        f'</borders><cellStyleXfs count="1"><xf numFmtId="0" {plain}/></cellStyleXfs>'
        f'<cellXfs count="{2 if date_format else 1}"><xf numFmtId="0" {plain} xfId="0"/>'
        f'{dates if date_format else ""}</cellXfs><cellStyles count="1">'
        '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles><dxfs count="0"/>'
        '<tableStyles count="0" defaultTableStyle="TableStyleMedium9" '
        'defaultPivotStyle="PivotStyleLight16"/></styleSheet>'
    )
