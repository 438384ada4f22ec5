"""The workbook behind a chart has the very parts that XlsxWriter makes of the same cells."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from io import BytesIO
from math import nan

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook

from deckgen.scene import serial_of
from deckgen.writers.pptx.sheet import Sheet
from deckgen.writers.pptx.workbook import write_workbook

SHEETS = {
    "names and numbers": Sheet(
        ((None, "Calls", "Teu"), ("Port", 1, 2.5), ("Port", -0.1, 1e21), ("=A1", 1 / 3, 0))
    ),
    "words that need escapes": Sheet(
        (("A&B", "<r>no markup</r>", '"', "' "), (" leading", "_x0041_", "Größe 港", ""))
    ),
    "blanks": Sheet(((None, None), (), (None, "b", None), ("c",))),
    "dates": Sheet(((None, "Calls"), (date(2025, 3, 1), 4), (date(2025, 4, 1), None))),
    "dates as a language writes them": Sheet(((date(2025, 3, 1), "a"),), 'd. mmm "yy"'),
    "more rows than a block": Sheet(
        tuple((f"Port {n}", *range(n % 3), *((n,) if n > 20 else ())) for n in range(40))
    ),
    "more columns than letters": Sheet((("x", *range(30)),)),
}


def parts_of(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        names = package.namelist()
        assert len(names) == len(set(names))
        return {name: package.read(name).decode() for name in names}


def write_with_xlsxwriter(sheet: Sheet) -> bytes:
    out = BytesIO()
    workbook = Workbook(out, {"in_memory": True})
    workbook.set_properties({"created": datetime(1980, 1, 1)})
    page = workbook.add_worksheet("Sheet1")
    dated = workbook.add_format({"num_format": sheet.date_format, "align": "left"})
    page.set_column(0, 0, 24)
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                page.write_string(row, column, cell)
            elif isinstance(cell, date):
                page.write_number(row, column, serial_of(cell), dated)
            elif cell is not None:
                page.write_number(row, column, cell)
    workbook.close()
    return out.getvalue()


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_the_parts_are_those_of_xlsxwriter(sheet: Sheet) -> None:
    expected = parts_of(write_with_xlsxwriter(sheet))
    if sheet is SHEETS["words that need escapes"]:  # XlsxWriter would take a text for markup
        name = "xl/sharedStrings.xml"
        expected[name] = expected[name].replace(
            "<si><r>no markup</r></si>", "<si><t>&lt;r&gt;no markup&lt;/r&gt;</t></si>"
        )
    assert parts_of(write_workbook(sheet)) == expected


def test_a_reader_finds_the_cells() -> None:
    page = load_workbook(BytesIO(write_workbook(SHEETS["dates"])))["Sheet1"]
    assert [[cell.value for cell in row] for row in page] == [
        [None, "Calls"], [datetime(2025, 3, 1), 4], [datetime(2025, 4, 1), None],
    ]  # fmt: skip


def test_the_same_cells_are_the_same_bytes() -> None:
    assert write_workbook(SHEETS["dates"]) == write_workbook(SHEETS["dates"])


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot hold the value nan"):
        write_workbook(Sheet((("a", nan),)))
