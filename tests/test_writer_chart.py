"""Charts as PowerPoint and Excel read them: part, workbook, and both in a deck."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest

from conftest import RenderPdf
from deckgen.scene import (
    CategoryChart,
    CategoryPoint,
    CategorySeries,
    Line,
    ValueAxis,
    XyChart,
    XyPoint,
    XySeries,
    serial_of,
)
from deckgen.theme import load_theme
from deckgen.writers.pptx.chart import write_chart
from validators import sdk_problems

NS = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
LIGHT = load_theme("light", 3)

CRITERIA = CategoryChart(
    categories=("Meta", "Google", "xAI", "Microsoft", "OpenAI", "R&D <lab>"),
    series=(
        CategorySeries(
            "Criteria met",
            (
                CategoryPoint(3, "tier1", label_color="on_tier1", label_at="inside"),
                CategoryPoint(3, "tier1", label_color="on_tier1", label_at="inside"),
                CategoryPoint(
                    1, "accent_soft", Line("accent", 1.5, dashed=True), "1 in build",
                    label_color="accent", label_at="inside",
                ),
                CategoryPoint(1, "tier2", label_color="on_tier2", label_at="inside"),
                CategoryPoint(0, "tier3", label_color="muted"),
                CategoryPoint(None, "tier3"),
            ),
        ),
    ),
    axis=ValueAxis(0.0, 3.4),
)  # fmt: skip
TWO_SERIES = CategoryChart(
    categories=("2024", "2025"),
    series=(
        CategorySeries("Owned", (CategoryPoint(12.5), CategoryPoint(None))),
        CategorySeries(
            "Rented", (CategoryPoint(7, label_at="inside"), CategoryPoint(1234.25, "accent"))
        ),
    ),
    horizontal=False,
    number_format="#,##0.0",
)
STACKED = CategoryChart(
    ("2024", "2025"),
    (
        CategorySeries("Owned", (CategoryPoint(12.5, label_at="center"), CategoryPoint(None))),
        CategorySeries("Rented", (CategoryPoint(7, label_at="center"),) * 2),
    ),
    stacking="stacked",
)
NEGATIVE = CategoryChart(
    ("Up", "Down"),
    (CategorySeries("Change", (CategoryPoint(4), CategoryPoint(-2))),),
    axis=ValueAxis(),
)
MAP = XyChart(
    (
        XySeries("Tier 1", (XyPoint("Meta", 8.1, 7.8), XyPoint("Google & Co", 8.1, 6.1, "left"))),
        XySeries("Planned", (XyPoint("xAI", 6, 8.6, "above"),), "tier1", "diamond", 17),
        XySeries("Tier 2", (XyPoint("Amazon", 0, 10, "below"),), "tier2"),
    )
)
CHARTS: dict[str, CategoryChart | XyChart] = {
    "criteria": CRITERIA,
    "two_series": TWO_SERIES,
    "stacked": STACKED,
    "negative": NEGATIVE,
    "map": MAP,
}


def chart_xml(chart: CategoryChart | XyChart) -> ElementTree.Element:
    return ElementTree.fromstring(write_chart(chart, LIGHT, "en-GB")[0])


def values(root: ElementTree.Element, path: str) -> list[str | None]:
    return [element.get("val") for element in root.findall(path, NS)]


def cells(workbook: bytes) -> list[list[object]]:
    from openpyxl import load_workbook

    sheet = load_workbook(BytesIO(workbook))["Sheet1"]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def make_deck(charts: list[CategoryChart | XyChart]) -> bytes:
    """A deck of one chart a slide: python-pptx's own charts with our parts in their place."""
    from pptx import Presentation
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.oxml import parse_xml
    from pptx.util import Inches

    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    placeholder = CategoryChartData()
    placeholder.categories = ["a"]
    placeholder.add_series("s", [1])
    for chart in charts:
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        box = (Inches(1.12), Inches(1.99), Inches(7.5), Inches(4.56))
        frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *box, placeholder)
        xml, workbook = write_chart(chart, LIGHT, "en-GB")
        part = frame.chart.part
        part._element = parse_xml(xml)
        part.chart_workbook.update_from_xlsx_blob(workbook)
    out = BytesIO()
    deck.save(out)
    return out.getvalue()


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_caches_equal_the_cells_they_refer_to(chart: CategoryChart | XyChart) -> None:
    from openpyxl import load_workbook

    xml, workbook = write_chart(chart, LIGHT, "en-GB")
    sheet = load_workbook(BytesIO(workbook))["Sheet1"]
    root = ElementTree.fromstring(xml)
    references = [*root.iterfind(".//c:strRef", NS), *root.iterfind(".//c:numRef", NS)]
    assert len(references) == 3 * len(chart.series)
    for reference in references:
        name, address = reference.findtext("c:f", "", NS).split("!")
        assert name == "Sheet1"
        area = sheet[address.replace("$", "")]
        column = [row[0].value for row in area] if isinstance(area, tuple) else [area.value]
        assert values(reference, "*/c:ptCount") == [str(len(column))]
        cached = {int(p.get("idx", "")): p.findtext("c:v", "", NS) for p in
                  reference.iterfind("*/c:pt", NS)}  # fmt: skip
        stored = {index: value for index, value in enumerate(column) if value is not None}
        assert {i: type(stored[i])(text) for i, text in cached.items()} == stored


def test_bar_workbook_is_a_table() -> None:
    workbook = write_chart(TWO_SERIES, LIGHT, "en-GB")[1]
    assert cells(workbook) == [
        [None, "Owned", "Rented"],
        ["2024", 12.5, 7],
        ["2025", None, 1234.25],
    ]


def test_days_are_dates_in_the_workbook_and_numbers_in_the_cache() -> None:
    days = (CategoryPoint(serial_of(date(2024, 3, 15)), None), CategoryPoint(None, None))
    chart = CategoryChart(
        ("Dredging", "Quay"), (CategorySeries("Start", days, dated=True),),
        date_format="d mmm yyyy", beside=(("End",), (date(2024, 9, 30),), (None,), ("a note",)),
    )  # fmt: skip
    root, workbook = chart_xml(chart), write_chart(chart, LIGHT, "en-GB")[1]
    assert cells(workbook) == [
        [None, "Start", "End"],
        ["Dredging", datetime(2024, 3, 15), datetime(2024, 9, 30)],
        ["Quay", None, None],
        [None, None, "a note"],
    ]
    assert root.findtext(".//c:val//c:formatCode", "", NS) == "d mmm yyyy"
    # 31 December 1899 is day 1, and 1900 has a 29 February (ECMA-376 part 1, 18.17.4.1).
    assert root.findtext(".//c:val//c:v", "", NS) == "45366"


def test_a_mark_without_a_fill_is_none() -> None:
    points = (CategoryPoint(1, None, label_at="none"), CategoryPoint(2, "accent", label_at="right"))
    line = CategorySeries("Cargo", points, form="line", line=Line("brand"), marker="circle")
    root = chart_xml(CategoryChart((2024, 2025), (line,), horizontal=False))
    assert values(root, ".//c:ser/c:marker/c:symbol") == ["none"]
    assert values(root, ".//c:dPt/c:marker/c:symbol") == ["circle"]
    assert values(root, ".//c:dPt/c:idx") == ["1"]


def test_xy_workbook_has_a_block_a_series() -> None:
    workbook = write_chart(MAP, LIGHT, "en-GB")[1]
    assert cells(workbook)[:6] == [
        ["Name", "x", "Tier 1"],
        ["Meta", 8.1, 7.8],
        ["Google & Co", 8.1, 6.1],
        [None, None, None],
        ["Name", "x", "Planned"],
        ["xAI", 6, 8.6],
    ]


def test_text_is_never_a_formula() -> None:
    names = ("=1+1", "+1", "-1", "@SUM(A1)", "{=A1}", "http://example.org")
    chart = CategoryChart(
        names, (CategorySeries("=NOW()", tuple(CategoryPoint(1) for _ in names)),)
    )
    workbook = write_chart(chart, LIGHT, "en-GB")[1]
    assert [row[0] for row in cells(workbook)[1:]] == list(names)
    assert cells(workbook)[0][1] == "=NOW()"
    with zipfile.ZipFile(BytesIO(workbook)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "<hyperlink" not in sheet
        assert not any("vba" in name or "external" in name for name in parts.namelist())


def test_same_bytes_in_other_processes() -> None:
    program = (
        "import sys; sys.path[:0] = sys.argv[1:]\n"
        "from test_writer_chart import digest; print(digest(), end='')"
    )
    found = {digest()}
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", program, str(Path(__file__).parent), *sys.path],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC{seed}"},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        found.add(run.stdout)
    assert len(found) == 1


def digest() -> str:
    """SHA-256 of every chart of this module with its workbook."""
    parts = [part for chart in CHARTS.values() for part in write_chart(chart, LIGHT, "en-GB")]
    return sha256(b"".join(parts)).hexdigest()


def test_workbook_entries_have_no_time_of_day() -> None:
    workbook = write_chart(CRITERIA, LIGHT, "en-GB")[1]
    with zipfile.ZipFile(BytesIO(workbook)) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_horizontal_bars_run_down_from_zero() -> None:
    root = chart_xml(CRITERIA)
    assert values(root, ".//c:barDir") == ["bar"]
    assert values(root, ".//c:catAx/c:scaling/c:orientation") == ["maxMin"]
    assert values(root, ".//c:valAx/c:scaling/c:min") == ["0"]
    assert values(root, ".//c:valAx/c:scaling/c:max") == ["3.4"]
    assert values(root, ".//c:valAx/c:delete") == ["1"]


def test_negative_bars_keep_their_axis_at_zero_and_names_aside() -> None:
    root = chart_xml(NEGATIVE)
    assert values(root, ".//c:valAx/c:scaling/c:min") == []
    assert values(root, ".//c:catAx/c:crosses") == ["autoZero"]
    assert values(root, ".//c:catAx/c:tickLblPos") == ["low"]
    assert set(values(root, ".//c:invertIfNegative")) == {"0"}


def test_missing_bar_has_no_point_and_no_label() -> None:
    root = chart_xml(CRITERIA)
    labelled = values(root, ".//c:dLbl/c:idx")
    assert labelled == ["0", "1", "2", "3", "4"]
    cached = [point.get("idx") for point in root.iterfind(".//c:val//c:pt", NS)]
    assert cached == labelled


def test_bar_labels_say_the_value_or_their_own_text() -> None:
    root = chart_xml(CRITERIA)
    own = [label.findtext(".//a:t", None, NS) for label in root.iterfind(".//c:dLbl", NS)]
    assert own == [None, None, "1 in build", None, None]
    assert values(root, ".//c:dLbl/c:dLblPos") == ["inEnd", "inEnd", "inEnd", "inEnd", "outEnd"]
    formats = [form.get("formatCode") for form in
               chart_xml(TWO_SERIES).iterfind(".//c:dLbl/c:numFmt", NS)]  # fmt: skip
    assert set(formats) == {"#,##0.0"}


def test_stacked_labels_stay_within_their_bars() -> None:
    root = chart_xml(STACKED)
    assert set(values(root, ".//c:dLblPos")) == {"ctr"}
    assert values(root, ".//c:overlap") == ["100"]
    assert values(chart_xml(TWO_SERIES), ".//c:overlap") == ["-10"]


def test_colours_are_the_themes() -> None:
    root = chart_xml(CRITERIA)
    points = root.findall(".//c:dPt", NS)
    assert values(points[0], "c:spPr/a:solidFill/a:schemeClr") == ["accent1"]
    soft = "c:spPr/a:solidFill/a:schemeClr"
    assert values(points[2], soft) == ["accent5"]  # a tint of it, that follows a new theme
    assert values(points[2], f"{soft}/a:lumOff") == ["92000"]
    assert values(points[2], "c:spPr/a:ln/a:solidFill/a:schemeClr") == ["accent5"]
    assert values(points[2], "c:spPr/a:ln/a:prstDash") == ["dash"]
    labels = root.findall(".//c:dLbl", NS)
    assert values(labels[0], "c:txPr//a:schemeClr") == ["bg1"]  # white on the darkest tier
    fonts = {font.get("typeface") for font in root.iter(f"{{{NS['a']}}}latin")}
    assert fonts == {"+mn-lt"}


def test_xy_labels_stand_on_the_side_asked_for() -> None:
    root = chart_xml(MAP)
    assert values(root, ".//c:dLbl/c:dLblPos") == ["r", "l", "t", "b"]
    names = [text.text for text in root.iterfind(".//c:dLbl//a:t", NS)]
    assert names == ["Meta", "Google & Co", "xAI", "Amazon"]
    assert values(root, ".//c:marker/c:symbol") == ["circle", "diamond", "circle"]
    assert values(root, ".//c:marker/c:size") == ["15", "17", "15"]


def test_xy_axes_fill_the_box_from_0_to_10_unseen() -> None:
    root = chart_xml(MAP)
    assert values(root, ".//c:valAx/c:scaling/c:min") == ["0", "0"]
    assert values(root, ".//c:valAx/c:scaling/c:max") == ["10", "10"]
    assert values(root, ".//c:valAx/c:delete") == ["1", "1"]
    layout = [values(root, f".//c:manualLayout/c:{side}") for side in "xywh"]
    assert layout == [["0"], ["0"], ["1"], ["1"]]


@pytest.mark.parametrize(
    ("chart", "words"),
    [
        (
            CategoryChart(("a",), (CategorySeries("s", (CategoryPoint(float("nan")),)),)),
            "value nan",
        ),
        (
            CategoryChart(("a", "b"), (CategorySeries("s", (CategoryPoint(1),)),)),
            "longer than|shorter than",
        ),
        (CategoryChart((), ()), "needs a series"),
        (CategoryChart(("\x0b",), (CategorySeries("s", (CategoryPoint(1),)),)), r"U\+000B"),
        (XyChart((XySeries("s", ()),)), "needs a series"),
        (XyChart((XySeries("s", (XyPoint("p", float("inf"), 1),)),)), "value inf"),
    ],
)
def test_what_no_chart_can_show_is_an_error(chart: CategoryChart | XyChart, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        write_chart(chart, LIGHT, "en-GB")


def test_python_pptx_reads_the_charts() -> None:
    from pptx import Presentation

    deck = Presentation(BytesIO(make_deck([CRITERIA, MAP])))
    bars, marks = (slide.shapes[0].chart for slide in deck.slides)
    assert list(bars.plots[0].categories) == list(CRITERIA.categories)
    assert bars.plots[0].series[0].values == (3, 3, 1, 1, 0, None)
    assert [series.name for series in marks.plots[0].series] == ["Tier 1", "Planned", "Tier 2"]
    assert not bars.has_legend
    assert not bars.has_title


def test_microsofts_sdk_finds_no_fault(tmp_path: Path, sdk_validator: Path) -> None:
    path = tmp_path / "deck.pptx"
    path.write_bytes(make_deck(list(CHARTS.values())))
    assert sdk_problems(path, sdk_validator) == []


@pytest.mark.render
def test_rendered_bars_read_from_the_top_down(render_pdf: RenderPdf) -> None:
    pdf = render_pdf(make_deck([CRITERIA]))
    pages = ["pdftotext", "-layout", str(pdf), "-"]
    text = subprocess.run(pages, check=True, capture_output=True, text=True).stdout
    places = [text.index(str(name)) for name in CRITERIA.categories]
    assert places == sorted(places)
    assert "1 in build" in text
    assert text.split().count("3") == 2
