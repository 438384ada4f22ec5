"""Numbers from CSV and Excel files: what a slide gets, and every mistake at its cell."""

from __future__ import annotations

import csv
import io
import re
import string
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import deckgen
from canaries import raw_words
from deckgen.charts.data import TableSlide
from deckgen.leaks import find_leaks
from deckgen.loader import read_all
from deckgen.outline import Outline
from deckgen.scene import PictureItem
from deckgen.slides.bar_chart import Fields as BarChart
from deckgen.slides.waterfall import Fields as Waterfall
from deckgen.source import OutlineError
from deckgen.variants import open_manuscript
from outlines import ANALYSIS

CSV = "year,capex,revenue,region\n2021,4.5,10,EU\n2022,,12,EU\n2022,7,8,US\n2023,6,11.25,EU\n"
EU = "{file: f.csv, filter: {region: EU}, x: year, y: [capex]}"
MORE = "- {kind: bullets, title: All get this, points: [One, Two], notes: Say it}"


def outline_with(data: str, kind: str = "column-chart", more: str = "") -> str:
    """An outline of which the first slide takes its numbers from a file."""
    measure = "title: It rises, measure: Berths, unit: number"
    slide = f"- {{kind: {kind}, id: chart, {measure}, data: {data}}}"
    return f"{ANALYSIS}slides:\n  {slide}\n  {MORE}\n{more}"


LINE = outline_with("").count("\n", 0, outline_with("").index("kind: column-chart")) + 1


def load(folder: Path, text: str, audience: str = "") -> Outline:
    path = folder / "deck.yaml"
    path.write_text(text, "utf-8")
    return deckgen.load(path, audience)


def table(folder: Path, data: str, audience: str = "") -> TableSlide:
    slide = load(folder, outline_with(data), audience).slides[0]
    assert isinstance(slide, TableSlide)
    return slide


def told(folder: Path, text: str, audience: str = "") -> list[str]:
    """What is wrong, without the folder; with the build, as some is told there."""
    with pytest.raises(OutlineError) as caught:
        deckgen.build(load(folder, text, audience))
    return [str(problem).replace(f"{folder}/", "") for problem in caught.value.problems]


def write_csv(folder: Path, text: str | bytes, name: str = "f.csv") -> None:
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())


def write_xlsx(folder: Path, rows: Sequence[Any], name: str = "f.xlsx") -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Figures"
    for row in rows:
        book.active.append(row)
    book.save(folder / name)


def change_part(path: Path, part: str, change: Callable[[str], str]) -> None:
    """A part of a package written anew."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)


# -- what a slide gets ---------------------------------------------------------------


def test_columns_become_categories_and_series_at_their_cells(tmp_path: Path) -> None:
    write_csv(tmp_path, CSV)
    slide = table(tmp_path, "{file: f.csv, filter: {region: EU}, x: year, y: [capex, revenue]}")
    assert [category.name for category in slide.categories] == ["2021", "2022", "2023"]
    assert [series.name for series in slide.series] == ["capex", "revenue"]
    assert [series.values for series in slide.series] == [(4.5, None, 6.0), (10.0, 12.0, 11.25)]
    assert str(slide.categories[2].name.mark) == f"{tmp_path}/f.csv:5:1"
    assert str(slide.series[1].name.mark) == f"{tmp_path}/f.csv:1:3"
    assert slide.series[1].mark.line == LINE
    assert slide.data is None  # what it said is in the two now


def test_what_is_said_of_columns_and_rows_goes_with_them(tmp_path: Path) -> None:
    write_csv(tmp_path, CSV)
    slide = table(
        tmp_path,
        "{file: f.csv, filter: {region: EU}, x: year, y: ["
        "{column: capex, name: Spent, highlight: true, source: survey, id: spent},"
        " {column: revenue, company: beta}],"
        " rows: [{x: 2023, planned: true, group: Plan}, {x: 2021, company: alpha, id: first}]}",
    )
    spent, beta = slide.series
    assert (spent.name, spent.highlight, spent.source, spent.id) == (
        "Spent", True, ("survey",), "spent",
    )  # fmt: skip
    assert (beta.name, beta.company) == ("", "beta")
    first, second, third = slide.categories
    assert (first.company, first.name, first.id) == ("alpha", "", "first")
    assert (second.name, second.planned) == ("2022", False)
    assert (third.name, third.planned, third.group) == ("2023", True, "Plan")


def test_a_bar_chart_takes_rows(tmp_path: Path) -> None:
    write_csv(tmp_path, "who;share;lead\nBETA;12,5;\nAlpha;40;yes\nGamma;;no\n")
    data = '{file: f.csv, decimal: ",", company: who, value: share, highlight: lead}'
    slide = load(tmp_path, outline_with(data, "bar-chart")).slides[0]
    assert isinstance(slide, BarChart)
    assert [(row.company, row.value, row.highlight) for row in slide.rows] == [
        ("beta", 12.5, False), ("alpha", 40.0, True), ("gamma", None, False),
    ]  # fmt: skip
    assert slide.rows[1].mark.line == 3


@pytest.mark.parametrize("kind", ["column-chart", "line-chart"])
def test_charts_of_a_table_show_the_numbers_of_a_file(kind: str, tmp_path: Path) -> None:
    write_csv(tmp_path, "year,capex\n2023,41.5\n2024,\n2025,63.5\n")
    data = "{file: f.csv, x: year, y: [capex]}"
    slide = load(tmp_path, outline_with(data, kind)).slides[0]
    assert isinstance(slide, TableSlide)
    assert [category.name for category in slide.categories] == ["2023", "2024", "2025"]
    assert slide.series[0].values == (41.5, None, 63.5)


def test_a_waterfall_takes_rows(tmp_path: Path) -> None:
    write_csv(tmp_path, "what,n,sum\n2024,10,true\nNew,4,\nLost,-1,no\n2025,,yes\n")
    data = "{file: f.csv, name: what, value: n, total: sum}"
    slide = load(tmp_path, outline_with(data, "waterfall")).slides[0]
    assert isinstance(slide, Waterfall)
    assert [(row.name, row.value, row.total) for row in slide.rows] == [
        ("2024", 10, True), ("New", 4, False), ("Lost", -1, False), ("2025", None, True),
    ]  # fmt: skip


def test_a_waterfall_that_does_not_add_up_is_told_in_the_file(tmp_path: Path) -> None:
    write_csv(tmp_path, "what,n,sum\n2024,10,true\nNew,4,\n2025,20,true\n")
    data = "{file: f.csv, name: what, value: n, total: sum}"
    (message,) = told(tmp_path, outline_with(data, "waterfall"))
    assert message.startswith("f.csv:4:"), message
    assert "“2025” is 20, and the rows above it add up to 14" in message


def figure(folder: Path, data: str, kind: str) -> tuple[Any, set[str]]:
    """The slide of a kind that is drawn as a picture, and the words in the picture."""
    outline = load(folder, outline_with(data, kind))
    page = deckgen.build(outline).scene.pages[0]
    (picture,) = (item for item in page.items if isinstance(item, PictureItem))
    words = re.findall(r">([^<]+)</text>", picture.svg.decode())
    return outline.slides[0], {" ".join(unescape(word).split()) for word in words}


def test_a_heat_map_takes_a_table(tmp_path: Path) -> None:
    write_csv(tmp_path, "month,North,South\nJan,71.5,38\nFeb,,47.5\n")
    data = "{file: f.csv, x: month, y: [{column: North, highlight: true}, South]}"
    slide, drawn = figure(tmp_path, data, "heat-map")
    assert [category.name for category in slide.categories] == ["Jan", "Feb"]
    assert [series.values for series in slide.series] == [(71.5, None), (38.0, 47.5)]
    assert {"Jan", "North", "South", "71.5", "47.5"} <= drawn


def test_a_treemap_takes_rows_in_groups(tmp_path: Path) -> None:
    write_csv(
        tmp_path, "what,part,n,lead\nNorth,Rents,26.4,\nSouth,Rents,14.1,yes\nPilots,Dues,9.6,\n"
    )
    data = "{file: f.csv, name: what, value: n, group: part, highlight: lead}"
    slide, drawn = figure(tmp_path, data, "treemap")
    assert [(row.name, row.value, row.group, row.highlight) for row in slide.rows] == [
        ("North", 26.4, "Rents", False), ("South", 14.1, "Rents", True),
        ("Pilots", 9.6, "Dues", False),
    ]  # fmt: skip
    assert {"North", "26.4", "Dues"} <= drawn


def test_a_flow_takes_rows_of_starts_and_ends(tmp_path: Path) -> None:
    write_csv(
        tmp_path, "from,to,n,lead\nOverseas,North,9.6,\nCoast,North,2.1,\nNorth,Rail,11.7,yes\n"
    )
    data = "{file: f.csv, from: from, to: to, value: n, highlight: lead}"
    slide, drawn = figure(tmp_path, data, "flow")
    assert [(row.from_, row.to, row.value, row.highlight) for row in slide.flows] == [
        ("Overseas", "North", 9.6, False), ("Coast", "North", 2.1, False),
        ("North", "Rail", 11.7, True),
    ]  # fmt: skip
    assert {"Overseas", "Rail", "11.7"} <= drawn


def test_a_distribution_takes_values_one_by_one(tmp_path: Path) -> None:
    lines = [f"{quay},{value}" for quay in ("North", "South") for value in (3, 4, 5, 6, 8, 4.5)]
    write_csv(tmp_path, "\n".join(["quay,hours", *lines, "South,", ""]))
    slide, drawn = figure(tmp_path, "{file: f.csv, name: quay, value: hours}", "distribution")
    assert [(row.name, row.value) for row in slide.rows[4:7]] == [
        ("North", 8.0), ("North", 4.5), ("South", 3.0),
    ]  # fmt: skip
    assert slide.rows[12].value is None
    assert {"North", "n = 6"} <= drawn


@pytest.mark.parametrize(
    ("kind", "rows", "data", "wrong"),
    [
        ("treemap", "what,n\nNorth,1\nSouth,-2\n", "name: what, value: n",
         "f.csv:3:1: “South” is −2, and has no area"),
        ("flow", "a,b,n\nNorth,Rail,1\nSouth,Rail,\n", "from: a, to: b, value: n",
         "f.csv:3:3: row 3, column “n” is empty; fill it, or leave the row out"),
        ("distribution", "quay,n\nNorth,1\nNorth,x\n", "name: quay, value: n",
         "f.csv:3:2: row 3, column “n” wants a number, not “x”"),
        ("heat-map", "month,n\nJan,1\nJan,2\n", "x: month, y: [n]",
         "f.csv:3:1: the category “Jan” stands twice"),
    ],
)  # fmt: skip
def test_what_a_figure_cannot_draw_is_told_in_its_file(
    kind: str, rows: str, data: str, wrong: str, tmp_path: Path
) -> None:
    write_csv(tmp_path, rows)
    message = told(tmp_path, outline_with(f"{{file: f.csv, {data}}}", kind))[0]
    assert message.startswith(wrong), message


def test_a_bar_that_is_no_company_has_a_name(tmp_path: Path) -> None:
    write_csv(tmp_path, "name,company,n\nOurs,alpha,1\nOthers,,2\nRest,,3\n")
    data = "{file: f.csv, name: name, company: company, value: n}"
    slide = load(tmp_path, outline_with(data, "bar-chart")).slides[0]
    assert isinstance(slide, BarChart)
    assert [(row.name, row.company) for row in slide.rows] == [
        ("", "alpha"), ("Others", ""), ("Rest", ""),
    ]  # fmt: skip


def test_a_company_may_be_called_by_any_of_its_names(tmp_path: Path) -> None:
    text = outline_with("{file: f.csv, x: who, y: [n], companies: true, rows: [{x: beta, "
                        "highlight: true}]}")  # fmt: skip
    text = text.replace("{name: Alpha,", "{name: Alpha, short: Al, aliases: [Alpha Inc., A1],")
    write_csv(tmp_path, "who,n\nalpha inc.,1\nBeta,2\neveryone,3\n")
    slide = load(tmp_path, text).slides[0]
    assert isinstance(slide, TableSlide)
    assert [category.company for category in slide.categories] == ["alpha", "beta", "everyone"]
    assert [category.highlight for category in slide.categories] == [False, True, False]


@pytest.mark.parametrize(
    "data",
    [
        CSV.encode("utf-8-sig"), CSV.encode("utf-16"), CSV.replace("\n", "\r\n").encode(),
        CSV.replace("\n", "\r").encode(), CSV.replace(",", ";").encode(),
        CSV.replace(",", "\t").encode(), CSV.replace(",", "|").encode(),
        CSV.replace("4.5", '" 4.5 "').encode(), f"\n{CSV}\n\n,,,\n".encode(),
        CSV.replace("year,capex", '"year","capex"').encode(),
    ],
)  # fmt: skip
def test_a_csv_may_come_from_any_program(data: bytes, tmp_path: Path) -> None:
    write_csv(tmp_path, data)
    slide = table(tmp_path, EU)
    assert slide.series[0].values == (4.5, None, 6.0)


def test_a_comma_in_a_heading_is_no_delimiter(tmp_path: Path) -> None:
    write_csv(tmp_path, "year;capex, net;debt, net\n2021;1,5;3,5\n2022;2,5;4,5\n")
    slide = table(tmp_path, '{file: f.csv, decimal: ",", x: year, y: ["capex, net"]}')
    assert slide.series[0].values == (1.5, 2.5)


@pytest.mark.parametrize(
    ("words", "decimal", "value"),
    [
        ("1234.5", ".", 1234.5), ("-3", ".", -3.0), ("−3", ".", -3.0), ("+3", ".", 3.0),
        ("1e6", ".", 1e6), (".5", ".", 0.5), ("5.", ".", 5.0), ("1,234,567.8", ".", 1234567.8),
        ("1 234", ".", 1234.0), ("1\u00a0234,5", ",", 1234.5), ("1\u202f234", ",", 1234.0),
        ("1.234.567,8", ",", 1234567.8), ("0,5", ",", 0.5), ("1000000000000000", ".", 1e15),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(
    words: str, decimal: str, value: float, tmp_path: Path
) -> None:
    write_csv(tmp_path, f'year;n\n2021;"{words}"\n2022;1\n')
    slide = table(tmp_path, f'{{file: f.csv, decimal: "{decimal}", x: year, y: [n]}}')
    assert slide.series[0].values == (value, 1.0)


LEAVE = "leave the cell empty if the number is not known"
ALONE = "write the number alone; what it counts is the slide’s `unit`"
RANGE = "numbers go from -1e+15 to 1e+15"


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("n/a", LEAVE), ("-", LEAVE), ("–", LEAVE), ("none", LEAVE), ("nan", LEAVE),
        ("inf", LEAVE), ("12 %", ALONE), ("$3", ALONE), ("1_000", ALONE), ("0x1F", ALONE),
        ("12,34.5", ALONE), ("1,2345", 'give the data `decimal: ","` if it writes them so'),
        ("1e400", RANGE), ("1e16", RANGE), ("-2e15", RANGE), ("9" * 5000, ALONE), ("٣", LEAVE),
        ("=1+1", ALONE), ("1,234 567", ALONE), (".", LEAVE), ("e5", ALONE), ("--1", ALONE),
    ],
)  # fmt: skip
def test_what_is_no_number_is_told_at_its_cell(words: str, hint: str, tmp_path: Path) -> None:
    write_csv(tmp_path, f'year;n\n2021;1\n2022;"{words}"\n')
    shown = words if len(words) <= 40 else f"{words[:39]}…"
    assert told(tmp_path, outline_with("{file: f.csv, x: year, y: [n]}")) == [
        f"f.csv:3:2: row 3, column “n” wants a number, not “{shown}”; {hint}"
    ]


def test_every_bad_cell_is_told_at_once(tmp_path: Path) -> None:
    write_csv(tmp_path, "year,a,b\n2021,x,1\n,2,3\n2023,4,~\n")
    assert told(tmp_path, outline_with("{file: f.csv, x: year, y: [a, b]}")) == [
        f"f.csv:2:2: row 2, column “a” wants a number, not “x”; {LEAVE}",
        "f.csv:3:1: row 3, column “year” is empty, and its row has numbers; name the row, or "
        "leave it out",
        f"f.csv:4:3: row 4, column “b” wants a number, not “~”; {LEAVE}",
    ]


def test_cells_that_no_slide_takes_may_hold_anything(tmp_path: Path) -> None:
    write_csv(tmp_path, CSV.replace("2022,7,8,US", "x,y,z,US"))
    assert table(tmp_path, EU).series[0].values == (4.5, None, 6.0)


# -- what the outline says wrong -------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ("{file: f.csv, x: yaer, y: [capex]}",
         "no column of f.csv is called “yaer”; did you mean “year”?"),
        ("{file: f.csv, x: year, y: [capexx]}",
         "no column of f.csv is called “capexx”; did you mean “capex”?"),
        ("{file: f.csv, x: year, y: [capex], filter: {land: EU}}",
         "no column of f.csv is called “land”; it can be: capex, region, revenue or year"),
        ("{file: f.csv, x: year, y: [capex], filter: {region: [EU, USA]}}",
         "no row has “USA” in “region”; did you mean “US”?"),
        ("{file: f.csv, x: year, y: [capex], filter: {region: US, year: 2021}}",
         "no row is left; no row holds all that `filter` wants"),
        ("{file: f.csv, x: year, y: [capex], filter: {region: EU}, rows: [{x: 2032}]}",
         "no row has “2032” in “year”; did you mean “2023”?"),
        ("{file: f.csv, x: year, y: [capex], filter: {region: EU}, rows: [{x: 2021}, {x: 2021}]}",
         f"“2021” stands twice; it is on line {LINE} already"),
        ("{file: f.csv, sheet: A, x: year, y: [capex]}",
         "“f.csv” has no sheets; take `sheet` away"),
        ("{file: g.csv, x: year, y: [capex]}", "there is no file “g.csv” beside the outline"),
        ("{file: f.xls, x: year, y: [capex]}",
         "“f.xls” is a workbook of an old Excel by its name; save it as .xlsx"),
        ("{file: f.xlsm, x: year, y: [capex]}",
         "“f.xlsm” is a workbook with macros by its name; save it as .xlsx"),
        ("{file: f.ods, x: year, y: [capex]}",
         "“f.ods” is an OpenDocument sheet by its name; save it as .xlsx"),
        ("{file: f.txt, x: year, y: [capex]}",
         "“f.txt” is no .csv or .xlsx by its name; use one of these"),
        ("{file: f.csv, x: year, y: [capex], not: [guests]}",
         "`not` cannot stand here; withhold the slide, or columns and rows of its numbers"),
    ],
)  # fmt: skip
def test_mistakes_of_the_outline_are_told_at_its_line(
    data: str, wrong: str, tmp_path: Path
) -> None:
    write_csv(tmp_path, CSV)
    (line,) = told(tmp_path, outline_with(data))
    where, _, rest = line.partition(": ")
    assert where.startswith(f"deck.yaml:{LINE}:")
    assert rest == wrong


def test_a_slide_does_not_write_out_what_it_takes(tmp_path: Path) -> None:
    write_csv(tmp_path, CSV)
    text = outline_with(EU + ", categories: [a, b]")
    (line,) = told(tmp_path, text)
    assert line.endswith(f"give either `categories` or `data`; line {LINE} names a file")


def test_a_misspelt_company_is_told_at_its_cell(tmp_path: Path) -> None:
    write_csv(tmp_path, "who,n\nAlpha,1\nBetta,2\nGamma,3\n")
    lines = told(tmp_path, outline_with("{file: f.csv, x: who, y: [n], companies: true}"))
    assert lines == ["f.csv:3:1: no company is called “Betta”; did you mean “Beta”?"]
    lines = told(tmp_path, outline_with("{file: f.csv, company: who, value: n}", "bar-chart"))
    assert lines == ["f.csv:3:1: no company is called “Betta”; did you mean “Beta”?"]


def test_a_heading_that_stands_twice_is_told_if_it_is_wanted(tmp_path: Path) -> None:
    write_csv(tmp_path, "year,n,n,m\n2021,1,2,3\n2022,1,2,3\n")
    assert told(tmp_path, outline_with("{file: f.csv, x: year, y: [n]}")) == [
        "f.csv:1:3: the heading “n” stands twice; name one otherwise"
    ]
    assert table(tmp_path, "{file: f.csv, x: year, y: [m]}").series[0].values == (3.0, 3.0)


def test_what_a_kind_tells_of_rows_is_told_in_the_file(tmp_path: Path) -> None:
    write_csv(tmp_path, "year,n\n2021,1\n2022,2\n2021,3\n")
    assert told(tmp_path, outline_with("{file: f.csv, x: year, y: [n]}")) == [
        "f.csv:4:1: the category “2021” stands twice; it is on line 2 already"
    ]


# -- broken files ----------------------------------------------------------------------

FILES: dict[str, tuple[bytes, str]] = {
    "Latin-1": ("year,n\n2021,1\nFrüh,2\n".encode("latin-1"),
                "f.csv:3:1: this is not UTF-8 (byte 0xfc); save it as “CSV UTF-8”"),
    "half a UTF-16": (CSV.encode("utf-16")[:-1],
                      "f.csv:1:1: this is no whole UTF-16 text; save it as “CSV UTF-8”"),
    "null bytes": (b"year,n\n2021,\0\n",
                   "f.csv:2:1: a null byte stands here: this is no text; save it as “CSV UTF-8”"),
    "an open quote": (b'year,n\n2021,1\n"2022,2\n2023,3\n',
                      "f.csv:3:1: a quotation mark is opened in this row and never closed; close "
                      "it, or double it if it belongs to the text"),
    "a quote within": (b'year,n\n2021,1\n"20"22,2\n',
                       "f.csv:3:1: a quotation mark ends within a cell of this row; double it if "
                       "it belongs to the text"),
    "a cell too many": (b"year,n\n2021,1\n2022,1,5\n",
                        "f.csv:3:3: row 3 has 3 cells, and there are 2 headings; put a text with "
                        "the separator in it in quotation marks"),
    "headings alone": (b"year,n\n", "“f.csv” holds no rows under headings; a row of headings, and "
                                    "the numbers below it"),
    "nothing": (b"", "“f.csv” is empty"),
    "spaces": (b" \n \n", "“f.csv” holds no rows under headings; a row of headings, and the "
                          "numbers below it"),
    "a workbook": (b"PK\x03\x04", "“f.csv” is a workbook by its bytes; give it the suffix .xlsx"),
    "a row of 1,001": (b"year,n\n2021,1\n" + b"1," * 1000 + b"1\n",
                       "f.csv:3:1: this row has 1,001 cells, and a sheet at most 1,000 columns; "
                       "keep the rows and columns that the deck needs"),
    "20,001 rows": (b"year,n\n" + b"1,1\n" * 20_001,
                    "f.csv:20002:1: there are over 20,000 rows; keep the rows and columns that the "
                    "deck needs"),
    "1,001 categories": (b"year,n\n" + b"".join(b"%d,1\n" % n for n in range(1001)),
                         "f.csv gives 1,001 rows, and a slide takes 1,000; take fewer with "
                         "`filter`, or keep in the file what the slide shows"),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_broken_csv_is_told_where_it_is_broken(name: str, tmp_path: Path) -> None:
    data, wrong = FILES[name]
    write_csv(tmp_path, data)
    (line,) = told(tmp_path, outline_with("{file: f.csv, x: year, y: [n]}"))
    if wrong.startswith("f.csv:"):
        assert line == wrong
    else:
        assert line.startswith(f"deck.yaml:{LINE}:")
        assert line.endswith(f": {wrong}")


# -- workbooks -------------------------------------------------------------------------

IN_BOOK = "{file: f.xlsx, x: year, y: [n]}"


def test_a_workbook_gives_its_first_visible_sheet_or_the_one_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Raw"
    book.active.sheet_state = "hidden"
    for title, value in (("Plan", 5), ("Actual", 7)):
        sheet = book.create_sheet(title)
        for row in (["year", "n"], [2021, value], [2022, 1]):
            sheet.append(row)
    book.save(tmp_path / "f.xlsx")
    assert table(tmp_path, IN_BOOK).series[0].values == (5.0, 1.0)
    named = "{file: f.xlsx, sheet: actual, x: year, y: [n]}"
    assert table(tmp_path, named).series[0].values == (7.0, 1.0)
    (line,) = told(tmp_path, outline_with("{file: f.xlsx, sheet: Actuals, x: year, y: [n]}"))
    assert line.endswith("“f.xlsx” has no sheet “Actuals”; did you mean “Actual”?")


def test_dates_percentages_and_numbers_of_a_workbook_are_what_it_shows(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["when", "share", "n"]]
    rows += [[date(2024, 5, 1), 0.07, 3], [datetime(2024, 6, 1, 10, 30), 0.125, 4.5]]
    rows += [[time(9, 5), None, None], [2024, 1, 1], [1.5, 2, 2], ["  Two  words ", 0, 0]]
    write_xlsx(tmp_path, rows)
    book = openpyxl.load_workbook(tmp_path / "f.xlsx")
    for row in range(2, 8):
        book["Figures"].cell(row, 2).number_format = "0.0%"
    book.save(tmp_path / "f.xlsx")
    slide = table(tmp_path, "{file: f.xlsx, x: when, y: [share, n]}")
    names = ["2024-05-01", "2024-06-01 10:30", "09:05", "2024", "1.5", "Two words"]
    assert [category.name for category in slide.categories] == names
    assert slide.series[0].values == (7.0, 12.5, None, 100.0, 200.0, 0.0)
    assert slide.series[1].values == (3.0, 4.5, None, 1.0, 2.0, 0.0)


def test_hidden_rows_and_columns_are_read_as_the_others(tmp_path: Path) -> None:
    write_xlsx(tmp_path, [["year", "n"], [2021, 1], [2022, 2]])
    book = openpyxl.load_workbook(tmp_path / "f.xlsx")
    book["Figures"].row_dimensions[2].hidden = True
    book["Figures"].column_dimensions["B"].hidden = True
    book.save(tmp_path / "f.xlsx")
    assert table(tmp_path, IN_BOOK).series[0].values == (1.0, 2.0)


def test_rows_above_and_columns_beside_the_table_do_no_harm(tmp_path: Path) -> None:
    write_xlsx(tmp_path, [[], [], [None, "year", "n"], [None, 2021, 1, "a remark"], [],
                          [None, 2022, 2]])  # fmt: skip
    slide = table(tmp_path, IN_BOOK)
    assert slide.series[0].values == (1.0, 2.0)
    assert str(slide.categories[1].name.mark).endswith("f.xlsx:6:2")


def test_bad_cells_of_a_workbook_are_told_as_excel_names_them(tmp_path: Path) -> None:
    write_xlsx(tmp_path, [
        ["year", "n", "capex"], [2021, 1, "n/a"], [2022, True, "1,234"],
        [2023, date(2024, 5, 1), "#N/A"], ["#REF!", 2, 1e300], [2025, "=B2*2", 3],
    ])  # fmt: skip
    assert told(tmp_path, outline_with("{file: f.xlsx, x: year, y: [n, capex]}")) == [
        f"f.xlsx:2:3: cell C2 (“capex”) wants a number, not “n/a”; {LEAVE}",
        f"f.xlsx:3:2: cell B3 (“n”) wants a number, not “TRUE”; {LEAVE}",
        "f.xlsx:3:3: cell C3 (“capex”) wants a number, not the text “1,234”; turn it into a "
        "number in Excel",
        f"f.xlsx:4:2: cell B4 (“n”) wants a number, not the date or time 2024-05-01; {LEAVE}",
        "f.xlsx:4:3: cell C4 (“capex”) holds the error #N/A; mend it, or leave the cell empty if "
        "the number is not known",
        "f.xlsx:5:1: cell A5 (“year”) holds the error #REF!; mend it, or leave the cell empty if "
        "the number is not known",
        f"f.xlsx:5:3: cell C5 (“capex”) wants a number, not 1e+300; {RANGE}",
        "f.xlsx:6:2: cell B6 (“n”) holds a formula whose result is not stored; open the workbook "
        "in Excel and save it once",
    ]


def test_a_formula_whose_result_is_stored_is_that_result(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "f.xlsx"))
    sheet = book.add_worksheet("Figures")
    for number, row in enumerate((["year", "n"], [2021, 1], [2022, 2])):
        sheet.write_row(number, 0, row)
    sheet.write_formula("B4", "=B2+B3", None, 3)
    sheet.write("A4", 2023)
    rich = book.add_format({"bold": True})
    sheet.write_rich_string("A5", "Fore", rich, "cast")
    sheet.write("B5", 4)
    book.close()
    slide = table(tmp_path, IN_BOOK)
    assert slide.series[0].values == (1.0, 2.0, 3.0, 4.0)
    assert slide.categories[3].name == "Forecast"


def test_a_workbook_of_another_program_is_read(tmp_path: Path) -> None:
    """With a prefix for each tag, no place for each cell, and the texts in the cells."""
    write_xlsx(tmp_path, [["a"]])
    cells = (
        '<x:row><x:c t="inlineStr"><x:is><x:t>year</x:t></x:is></x:c>'
        '<x:c t="inlineStr"><x:is><x:r><x:t>n</x:t></x:r></x:is></x:c></x:row>'
        "<x:row><x:c><x:v>2021</x:v></x:c><x:c><x:v>1.5</x:v></x:c></x:row>"
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<x:worksheet xmlns:x="{main}"><x:sheetData>{cells}</x:sheetData></x:worksheet>'
    change_part(tmp_path / "f.xlsx", "xl/worksheets/sheet1.xml", lambda _: xml)
    assert table(tmp_path, IN_BOOK).series[0].values == (1.5,)


# -- for audiences ---------------------------------------------------------------------

GUESTS = "audiences: [guests, staff]\n"


def decks_of(folder: Path, text: str) -> tuple[str, str]:
    """All that the decks of the guests and of the staff hold; the search would find what is not."""
    guests = load(folder, text, "guests")
    told = deckgen.build(guests).data
    whole = deckgen.build(load(folder, text, "staff")).data
    assert find_leaks(told, guests.withheld) == []
    assert find_leaks(whole, guests.withheld) != []
    return raw_words(told), raw_words(whole)


def test_a_withheld_column_is_in_no_deck_of_who_does_not_get_it(tmp_path: Path) -> None:
    write_csv(tmp_path, "year,Capex,Falcon\n2021,4711.25,8088.5\n2022,4822.25,8099.5\n")
    data = "{file: f.csv, x: year, y: [Capex, {column: Falcon, not: [guests]}]}"
    guests, staff = decks_of(tmp_path, outline_with(data, more=GUESTS))
    assert "4711.25" in guests
    assert not [word for word in ("falcon", "8088.5", "8099.5", "8,088", "8,099") if word in guests]
    for word in ("falcon", "8088.5", "8099.5"):
        assert word in staff


def test_a_column_for_one_audience_alone_is_in_no_other_deck(
    tmp_path: Path,
) -> None:
    rows = "year,Calder,Heron,Falcon\n2022,4711.25,31,8088.5\n2023,4822.25,32,8099.5\n"
    write_csv(tmp_path, rows)
    data = "{file: f.csv, x: year, y: [Calder, Heron, {column: Falcon, only: [staff]}]}"
    guests, staff = decks_of(tmp_path, outline_with(data, "small-multiples", GUESTS))
    assert "4711.25" in guests
    for word in ("falcon", "8088.5", "8099.5"):
        assert word not in guests
        assert word in staff


def test_a_withheld_row_takes_its_numbers_with_it(tmp_path: Path) -> None:
    write_csv(tmp_path, "who,n,m\nCalder,4711.25,1\nFalcon,8088.5,5077.5\nHeron,4822.25,2\n")
    data = "{file: f.csv, x: who, y: [n, m], rows: [{x: Falcon, not: [guests]}]}"
    guests, staff = decks_of(tmp_path, outline_with(data, more=GUESTS))
    assert "4711.25" in guests
    for word in ("falcon", "8088.5", "5077.5"):
        assert word not in guests
        assert word in staff


def test_a_withheld_company_takes_its_numbers_with_it(tmp_path: Path) -> None:
    write_csv(tmp_path, "who,n,m\nAlpha,4711.25,1\nFalcon Ltd,8088.5,5077.5\nGamma,4822.25,2\n")
    data = (
        "{file: f.csv, x: who, companies: true, filter: {who: [Alpha, Falcon Ltd, Gamma]},"
        " y: [{column: n, source: [survey, memo?]}, m], rows: [{x: Falcon Ltd, highlight: true}]}"
    )
    text = outline_with(data, more=GUESTS)
    text = text.replace("groups:\n", "  - {name: Falcon, aliases: [Falcon Ltd], tier: owners, "
                                     "not: [guests]}\ngroups:\n")  # fmt: skip
    text = text.replace("source: survey\n", "  - {id: memo, text: A memo of ours, not: [guests]}\n"
                                            "source: survey\n", 1)  # fmt: skip
    guests, staff = decks_of(tmp_path, text)
    assert "4711.25" in guests
    for word in ("falcon", "8088.5", "5077.5"):
        assert word not in guests
        assert word in staff
    slide = load(tmp_path, text, "guests").slides[0]
    assert isinstance(slide, TableSlide)
    assert [series.values for series in slide.series] == [(4711.25, 4822.25), (1.0, 2.0)]
    bars = outline_with("{file: f.csv, company: who, value: n}", "bar-chart", GUESTS)
    write_csv(tmp_path, "who,n\nAlpha,1\nBeta,2\nFalcon,8088.5\nGamma,3\n")
    bars = bars.replace("groups:\n", "  - {name: Falcon, tier: owners, not: [guests]}\ngroups:\n")
    guests, staff = decks_of(tmp_path, bars)
    assert "8088.5" not in guests
    assert "8088.5" in staff


def test_an_audience_adds_a_slide_with_numbers_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "rooms").mkdir()
    write_csv(tmp_path / "rooms", "year,n\n2021,1\n2022,2\n", "board.csv")
    (tmp_path / "rooms" / "board.yaml").write_text(
        "extends: ../deck.yaml\nslides:\n"
        "  - {kind: column-chart, id: more, title: More, measure: Berths, unit: number,"
        " data: {file: board.csv, x: year, y: [n]}}\n"
    )
    write_csv(tmp_path, CSV)
    text = outline_with(EU, more="audiences: [{file: rooms/board.yaml}]\n")
    slide = load(tmp_path, text, "board").slides[-1]
    assert isinstance(slide, TableSlide)
    assert slide.series[0].values == (1.0, 2.0)
    assert slide.categories[0].name.mark.file == f"{tmp_path}/rooms/board.csv"


def test_a_file_that_extends_an_outline_has_data_of_its_own(tmp_path: Path) -> None:
    write_csv(tmp_path, CSV)
    load(tmp_path, outline_with(EU))
    data = "{file: f.csv, filter: {region: EU}, x: year, y: [revenue]}"
    (tmp_path / "board.yaml").write_text(
        "extends: deck.yaml\nslides:\n  - {kind: column-chart, id: more, title: More,"
        f" measure: Berths, unit: number, data: {data}}}\n"
    )
    slide = deckgen.load(tmp_path / "board.yaml").slides[-1]
    assert isinstance(slide, TableSlide)
    assert slide.series[0].values == (10.0, 12.0, 11.25)


def test_an_audience_cannot_change_where_numbers_come_from(tmp_path: Path) -> None:
    write_csv(tmp_path, CSV)
    more = "audiences:\n  - name: guests\n    slides: [{id: chart, data: {file: g.csv}}]\n"
    (line,) = told(tmp_path, outline_with(EU, more=more))
    assert "takes its numbers from one file for every audience; reword its `categories`" in line


def test_an_audience_rewords_what_came_from_a_file_by_its_id(tmp_path: Path) -> None:
    write_csv(tmp_path, CSV)
    data = "{file: f.csv, filter: {region: EU}, x: year, y: [{column: capex, id: capex}, revenue]}"
    more = "audiences:\n  - name: guests\n    slides: [{id: chart, series: [{id: capex, %s}]}]\n"
    text = outline_with(data, more=more % "highlight: true")
    slide = load(tmp_path, text, "guests").slides[0]
    assert isinstance(slide, TableSlide)
    assert [series.highlight for series in slide.series] == [True, False]
    (line,) = told(tmp_path, outline_with(data, more=more % "name: Other"), "guests")
    assert "`name` is a fact, and has one value for every audience" in line


def test_the_filter_and_the_name_of_the_file_give_nothing_away(tmp_path: Path) -> None:
    write_csv(tmp_path, "year,n,who\n2021,1,Gamma\n2022,2,Gamma\n", "beta-leaves.csv")
    text = outline_with("{file: beta-leaves.csv, x: year, y: [n], filter: {who: Gamma}}")
    deck = raw_words(deckgen.build(load(tmp_path, text)).data)
    assert "beta-leaves" not in deck


# -- any numbers -----------------------------------------------------------------------

FREELY = settings(
    max_examples=60, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip
floats = st.floats(-1e15, 1e15).map(lambda v: float(f"{v:.15g}"))  # which is what Excel keeps
numbers = st.one_of(st.none(), st.integers(-(10**15), 10**15), floats)
names = st.text(string.ascii_letters + "äöüß ,;\"'|.-", min_size=1, max_size=12).map(str.strip)
tables = st.lists(st.tuples(numbers, numbers), min_size=1, max_size=12).filter(
    lambda rows: all(any(row[n] is not None for row in rows) for n in (0, 1))
)


def check_same(folder: Path, file: str, rows: list[tuple[Any, Any]], first: str) -> None:
    path = folder / "deck.yaml"
    path.write_text(outline_with(f"{{file: {file}, x: name, y: [a, b]}}"), "utf-8")
    reading = read_all(open_manuscript(path))  # before the kind judges what it can draw
    slide = reading.outlines[""].slides[0]
    assert reading.problems == ()
    assert isinstance(slide, TableSlide)
    assert slide.categories[0].name == " ".join(first.split())
    for column in (0, 1):
        wanted = tuple(None if row[column] is None else float(row[column]) for row in rows)
        assert slide.series[column].values == wanted


@FREELY
@given(rows=tables, delimiter=st.sampled_from(",;\t|"), first=names.filter(bool))
def test_any_numbers_come_back_from_a_csv(
    rows: list[tuple[Any, Any]], delimiter: str, first: str, tmp_path: Path
) -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow(["name", "a", "b"])
    for number, row in enumerate(rows):
        writer.writerow([f"row {number}" if number else first, *row])
    write_csv(tmp_path, stream.getvalue())
    check_same(tmp_path, "f.csv", rows, first)


@FREELY
@given(rows=tables, first=names.filter(bool))
def test_any_numbers_come_back_from_a_workbook(
    rows: list[tuple[Any, Any]], first: str, tmp_path: Path
) -> None:
    named = [(f"row {n}" if n else first, *row) for n, row in enumerate(rows)]
    write_xlsx(tmp_path, [("name", "a", "b"), *named])
    check_same(tmp_path, "f.xlsx", rows, first)


# -- what is loaded --------------------------------------------------------------------


def test_what_reads_files_loads_with_the_first_file(tmp_path: Path) -> None:
    code = (
        "import sys, deckgen, pathlib; deckgen.build(deckgen.load(pathlib.Path(sys.argv[1])));"
        "print(*sorted({'csv', 'openpyxl', 'deckgen.sheets.delimited'} & set(sys.modules)))"
    )
    write_csv(tmp_path, CSV)
    (tmp_path / "deck.yaml").write_text(outline_with(EU))
    (tmp_path / "plain.yaml").write_text(f"{ANALYSIS}slides:\n  {MORE}\n")
    for name, loaded in (("plain.yaml", ""), ("deck.yaml", "csv deckgen.sheets.delimited")):
        done = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / name)],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stdout.strip() == loaded
