"""Hostile and broken data files, as somebody meets them who builds a deck from them.

As in `test_hostile`: a deck, or a mistake at its line or cell, within five seconds and 500 MB.
"""

from __future__ import annotations

import io
import os
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from test_hostile import MEGA, MEGABYTES, NO_PATH, OUTSIDE, SECONDS, Done, build, refused, slides

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FIGURES: list[list[Any]] = [["year", "n"], [2021, 1], [2022, 2], [2023, 3]]


def workbook(**changed: bytes) -> bytes:
    """A workbook of which some parts are others; a name’s `__` is a slash, its last `_` the dot."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in FIGURES:
        book.worksheets[0].append(row)
    book.save(out)
    with zipfile.ZipFile(out) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    for name, data in changed.items():
        path, _, suffix = name.replace("__", "/").rpartition("_")
        parts[f"{path}.{suffix}"] = data
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return out.getvalue()


def sheet(cells: bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    """A workbook whose sheet has these rows."""
    head = f'<worksheet xmlns="{MAIN}">'.encode()
    xml = before + head + b"<sheetData>" + cells + b"</sheetData>" + after + b"</worksheet>"
    return workbook(xl__worksheets__sheet1_xml=xml)


def lying_zip() -> bytes:
    """A workbook whose directory says that a part of 2 GB has 100 bytes."""
    data = bytearray(sheet(b"<row/>" * (30 * MEGA)))
    end = data.rindex(b"PK\x05\x06")
    place = data.index(b"PK\x01\x02")
    while place < end:
        length, extra, comment = struct.unpack_from("<HHH", data, place + 28)
        if b"sheet1.xml" in data[place + 46 : place + 46 + length]:
            struct.pack_into("<I", data, place + 24, 100)
        place += 46 + length + extra + comment
    return bytes(data)


def encrypted_zip() -> bytes:
    """A workbook whose parts say that they have a password."""
    data = bytearray(workbook())
    for start, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(start)
        while place >= 0:
            data[place + flags] |= 1
            place = data.find(start, place + 4)
    return bytes(data)


def package_of(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def twice(data: bytes) -> bytes:
    """A package with a second part of the name of its sheet."""
    out = io.BytesIO(data)
    with warnings.catch_warnings(), zipfile.ZipFile(out, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("xl/worksheets/sheet1.xml", b"<worksheet/>")
    return out.getvalue()


ROWS = b"".join(b"<row><c><v>%d</v></c><c><v>1</v></c></row>" % n for n in range(20_000))
LAUGHS = b"<!DOCTYPE w [<!ENTITY a 'ha'>" + b"".join(
    f"<!ENTITY {name} '{f'&{before};' * 10}'>".encode()
    for before, name in zip("abcdefghi", "bcdefghij", strict=True)
) + b"]>"  # fmt: skip
HEAD = b"<row><c t='inlineStr'><is><t>year</t></is></c><c t='inlineStr'><is><t>n</t></is></c></row>"
DAMAGED = "is damaged, or no workbook"
ODD = "is no workbook as Excel writes it"
BOOKS: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "is empty"),
    "no workbook": (lambda: b"year,n\n1,2\n", "is no workbook by its bytes"),
    "a beginning": (lambda: workbook()[:200], DAMAGED),
    "half of one": (lambda: workbook()[:-1000], DAMAGED),
    "a zip of something": (lambda: package_of({"a.txt": b"x"}), DAMAGED),
    "a deck": (
        lambda: package_of({"ppt/presentation.xml": b"<p/>", "[Content_Types].xml": b"<T/>"}),
               DAMAGED),
    "a password": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000), "has a password"),
    "a password of a zip": (lambda: encrypted_zip(), DAMAGED),  # noqa: PLW0108 - defined below
    "macros": (lambda: workbook(xl__vbaProject_bin=b"x"), "holds macros"),
    "11 MB": (lambda: b"PK\x03\x04" + bytes(11 * MEGA), "has over 10 MB"),
    "a sheet of 180 MB": (lambda: sheet(b"<row/>" * (30 * MEGA)), "unpacks to over 50 MB"),
    "a sheet that lies about its size": (lambda: lying_zip(), DAMAGED),  # noqa: PLW0108 - defined below
    "texts of 180 MB": (lambda: workbook(xl__sharedStrings_xml=b"<si/>" * (36 * MEGA)),
                        "unpacks to over 50 MB"),
    "laughs in a sheet": (lambda: sheet(HEAD + b"<row><c><v>&j;</v></c></row>", LAUGHS), ODD),
    "laughs in the texts": (lambda: workbook(xl__sharedStrings_xml=LAUGHS + b"<sst/>"), ODD),
    "laughs in the styles": (lambda: workbook(xl__styles_xml=LAUGHS + b"<styleSheet/>"), ODD),
    "laughs in the book": (lambda: workbook(xl__workbook_xml=LAUGHS + b"<workbook/>"), ODD),
    "laughs in UTF-16": (
        lambda: workbook(xl__worksheets__sheet1_xml=(
            LAUGHS.decode() + f"<worksheet xmlns='{MAIN}'>&j;</worksheet>").encode("utf-16")), ODD),
    "laughs in another code": (
        lambda: workbook(xl__worksheets__sheet1_xml=b"<?xml version='1.0' encoding='cp037'?>"
                 + (LAUGHS.decode() + "<worksheet>&j;</worksheet>").encode("cp037")), DAMAGED),
    "a file of the machine": (
        lambda: sheet(HEAD, b"<!DOCTYPE w [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"), ODD),
    "an entity of nowhere": (lambda: sheet(b"<row><c><v>&a;</v></c></row>"), DAMAGED),
    "XML cut off": (
        lambda: workbook(xl__worksheets__sheet1_xml=b"<worksheet><sheetData><row>"), DAMAGED),
    "a workbook cut off": (lambda: workbook(xl__workbook_xml=b"<workbook><sheets>"), DAMAGED),
    "a text that is not there": (
        lambda: sheet(HEAD + b"<row><c t='s'><v>99</v></c></row>"), DAMAGED),
    "a number that is none": (lambda: sheet(HEAD + b"<row><c><v>a</v></c></row>"), DAMAGED),
    "a number of 5,000 digits": (
        lambda: sheet(HEAD + b"<row><c><v>" + b"9" * 5000 + b"</v></c></row>"),
                                 DAMAGED),
    "a cell of no place": (lambda: sheet(HEAD + b"<row><c r='??'><v>1</v></c></row>"), DAMAGED),
    "a million rows": (lambda: sheet(b"<row/>" * MEGA), "holds no rows under headings"),
    "a row far below": (
        lambda: sheet(HEAD + b"<row r='1048576'><c r='A1048576'><v>1</v></c><c><v>x</v></c></row>"),
        DAMAGED),
    "a dimension of everything": (
        lambda: sheet(b"", b"", b"<dimension ref='A1:XFD1048576'/>"),
        "holds no rows under headings"),
    "20,001 rows": (
        lambda: sheet(HEAD + ROWS + b"<row><c><v>1</v></c></row>"), "has over 20,000 rows"),
    "half a million cells": (lambda: sheet(b"<row>" + b"<c/>" * 500_000 + b"</row>"),
                             "has over 200,000 cells"),
    "three million tags": (lambda: sheet(b"<row>" + b"<x/>" * 3 * MEGA + b"</row>"),
                           "holds over 2,000,000 tags"),
    "nested tags": (lambda: sheet(b"<x>" * 900_000), DAMAGED),
    "a million attributes": (
        lambda: sheet(b"<row " + b" ".join(b"a%d=''" % n for n in range(MEGA)) + b"/>"), ODD),
    "a hundred thousand formats": (
        lambda: workbook(xl__styles_xml=f'<styleSheet xmlns="{MAIN}"><cellXfs>'.encode()
                 + b"<xf/>" * 100_000 + b"</cellXfs></styleSheet>"), "has over 50,000 formats"),
    "a hundred thousand sheets": (
        lambda: workbook(xl__workbook_xml=f'<workbook xmlns="{MAIN}"><sheets>'.encode()
                 + b"<sheet/>" * 100_000 + b"</sheets></workbook>"), "has over 50,000 formats"),
    "two parts of one name": (lambda: twice(workbook()), ODD),
    "no sheet": (
        lambda: workbook(xl__workbook_xml=f'<workbook xmlns="{MAIN}"><sheets/></workbook>'.encode()
                          ), "has no sheet with cells"),
    "a sheet that is not in it": (
        lambda: workbook(xl__workbook_xml=
                 f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet '
                 'name="A" sheetId="1" r:id="rId99"/></sheets></workbook>'.encode()), DAMAGED),
}  # fmt: skip


def figures(folder: Path, data: bytes, name: str, more: str = "") -> Done:
    """Build a chart of a file’s columns."""
    (folder / name).write_bytes(data)
    chart = f"{{kind: column-chart, title: It rises, measure: M, unit: x, data: {{file: {name}, "
    return build(folder, slides(f"{chart}x: year, y: [n]{more}}}}}"))


@pytest.mark.parametrize("name", BOOKS)
def test_workbooks_that_are_none_or_too_much(name: str, tmp_path: Path) -> None:
    make, words = BOOKS[name]
    done = figures(tmp_path, make(), "f.xlsx")
    refused(done, words)
    assert "deck.yaml:6:" in done.said or "f.xlsx:" in done.said


TEXTS: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing but commas": (lambda: b"," * 9 * MEGA, "holds no rows under headings"),
    "one line of 9 MB": (lambda: b"a," * (4 * MEGA), "has 4,000,001 cells, and a sheet at most"),
    "one cell of 9 MB": (lambda: b"a" * 9 * MEGA, "has over 131,072 characters"),
    "one quoted cell of 8 MB": (lambda: b'"' + b"a," * 4 * MEGA, "has over 131,072 characters"),
    "100,000 columns": (lambda: b"year,n" + b",x" * 100_000 + b"\n1,2\n", "has 100,002 cells"),
    "a million rows": (lambda: b"year,n\n" + b"1,1\n" * MEGA, "there are over 20,000 rows"),
    "a million empty rows": (lambda: b"year,n\n" + b",\n" * MEGA, "holds no rows under headings"),
    "noise": (lambda: bytes(range(256)) * 1000, "this is not UTF-8"),
    "null bytes": (lambda: b"\0" * MEGA, "a null byte stands here"),
    "UTF-32": (lambda: "year,n\n1,1\n".encode("utf-32"), "a null byte stands here"),
    "20,000 bad cells": (
        lambda: b"year,n\n" + b"1,x\n" * 900, "from here on there are more mistakes"),
    "a heading that steers": (lambda: b"year,\x1b[2J\n1,1\n", "no column of f.csv is called “n”"),
    "a name of 20,000 letters": (lambda: b"year,n\n" + b"a" * 20_000 + b",1\n2,2\n",
                                 "holds 20,000 characters"),
    "a name that steers": (lambda: b"year,n\n\x1b[2J,1\n2,2\n", "holds a control character"),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_csv_files_that_are_too_much(name: str, tmp_path: Path) -> None:
    make, words = TEXTS[name]
    done = figures(tmp_path, make(), "f.csv")
    refused(done, words)
    assert "\x1b[2J" not in done.said
    assert "deck.yaml:6:" in done.said or "f.csv:" in done.said


def test_a_workbook_that_links_to_others_is_read_and_nothing_is_fetched(tmp_path: Path) -> None:
    link = f'<externalLink xmlns="{MAIN}"><externalBook r:id="rId1"/></externalLink>'.encode()
    data = workbook(
        xl__externalLinks__externalLink1_xml=link, xl__connections_xml=b"<!-- none -->" * 9,
        xl__drawings__drawing1_xml=LAUGHS, xl__calcChain_xml=LAUGHS, docProps__core_xml=LAUGHS,
        xl__theme__theme1_xml=LAUGHS,
    )  # fmt: skip
    assert figures(tmp_path, data, "f.xlsx").code == 0


def test_a_sheet_of_200_000_cells_is_read_in_time(tmp_path: Path) -> None:
    cells = b"".join(
        b"<row><c t='inlineStr'><is><r><rPr><b/></rPr><t>%d</t></r></is></c>" % n
        + b"<c><v>1.5</v></c>" * 9 + b"</row>" for n in range(19_990)
    )  # fmt: skip
    done = figures(tmp_path, sheet(HEAD + cells), "f.xlsx", ", filter: {year: [1, 2, 3]}")
    assert done.code == 0, done.said
    assert done.seconds < SECONDS
    assert done.megabytes < MEGABYTES


def test_many_slides_over_one_file_are_built_in_time_or_told(tmp_path: Path) -> None:
    rows = "".join(f"{n},{n}\n" for n in range(19_000))
    (tmp_path / "f.csv").write_text(f"year,n\n{rows}")
    chart = "{kind: column-chart, title: It %s, measure: M, unit: x, data: {file: f.csv, x: year,"
    few = [f"{chart % n} y: [n], filter: {{year: [1, 2, 3]}}}}}}" for n in range(3_000)]
    refused(build(tmp_path, slides(*few)), "look through over 2,000,000 rows of files")
    many = [f"{chart % n} y: [n]}}}}" for n in range(3_000)]
    refused(build(tmp_path, slides(*many)), "gives 19,000 rows, and a slide takes 1,000")


def test_data_comes_from_the_outlines_folder_alone(tmp_path: Path) -> None:
    (tmp_path / "outside.csv").write_text("year,n\n1,1\n2,2\n")
    folder = tmp_path / "within"
    (folder / "folder.csv").mkdir(parents=True)
    os.mkfifo(folder / "pipe.csv")
    (folder / "link.csv").symlink_to(tmp_path / "outside.csv")
    (folder / "zero.csv").symlink_to("/dev/zero")
    (folder / "loop.csv").symlink_to("loop.csv")
    names = {
        "/etc/passwd.csv": NO_PATH, "../outside.csv": OUTSIDE, "link.csv": OUTSIDE,
        "zero.csv": OUTSIDE, "pipe.csv": "is no regular file", "folder.csv": "no regular file",
        "loop.csv": "", "absent.csv": "there is no file", "http://example.com/a.csv": NO_PATH,
        "\\\\\\\\server\\\\a.csv": NO_PATH, "C:/a.csv": NO_PATH,
        "p" * 300 + ".csv": "no usable path", "a\\0.csv": "",
        "~/a.csv": "there is no file", "/dev/zero": "is no .csv or .xlsx",
    }  # fmt: skip
    chart = 'kind: column-chart, title: T, measure: M, unit: x, data: {file: "%s", x: year, y: [n]}'
    for name, words in names.items():
        refused(build(folder, slides(f"{{{chart % name}}}")), words, 6)
