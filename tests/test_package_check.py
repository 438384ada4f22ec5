"""The package check finds what it is there to find: faults planted in a good deck."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from zipfile import ZipFile

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.util import Inches

from package_check import package_problems

Parts = dict[str, bytes]
Fault = Callable[[Parts], None]

S1, S2 = "ppt/slides/slide1.xml", "ppt/slides/slide2.xml"
S1_RELS = "ppt/slides/_rels/slide1.xml.rels"
MAIN, MAIN_RELS = "ppt/presentation.xml", "ppt/_rels/presentation.xml.rels"
MASTER = "ppt/slideMasters/slideMaster1.xml"
TYPES = "[Content_Types].xml"


@lru_cache(maxsize=1)
def good_parts() -> tuple[tuple[str, bytes], ...]:
    """Two slides with a table, glued connector, links, notes and a chart."""
    deck = Presentation()
    first, second = (deck.slides.add_slide(deck.slide_layouts[5]) for _ in range(2))
    first.shapes.title.text, second.shapes.title.text = "First", "Second"
    size = Inches(1)
    a, b = (
        first.shapes.add_shape(MSO_SHAPE.RECTANGLE, x, 0, size, size)
        for x in (size, Inches(4))
    )  # fmt: skip
    a.fill.solid()
    a.fill.fore_color.rgb = _rgb("1F3A5F")
    a.click_action.target_slide = second
    b.click_action.hyperlink.address = "https://example.com/"
    line = first.shapes.add_connector(MSO_CONNECTOR.ELBOW, 0, 0, size, size)
    line.begin_connect(a, 3)
    line.end_connect(b, 1)
    first.shapes.add_table(2, 3, 0, Inches(3), Inches(6), size).name = "Table"
    first.notes_slide.notes_text_frame.text = "Say it."
    data = CategoryChartData()
    data.categories = ["x", "y"]
    data.add_series("s", (1, 2))
    kind = XL_CHART_TYPE.BAR_CLUSTERED
    second.shapes.add_chart(kind, 0, size, Inches(5), Inches(4), data).chart.has_legend = False
    buffer = BytesIO()
    deck.save(buffer)
    with ZipFile(buffer) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, content in parts.items():
        if name.startswith("ppt/charts/chart"):  # python-pptx numbers axes below zero
            parts[name] = content.replace(b'val="-', b'val="')
    return tuple(parts.items())


def _rgb(digits: str) -> object:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(digits)


def pack(parts: Parts, *more: tuple[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in (*parts.items(), *more):
            archive.writestr(name, content)
    return buffer.getvalue()


def sub(part: str, pattern: str, new: str) -> Fault:
    """A fault: the first match of a pattern in a part replaced."""

    def plant(parts: Parts) -> None:
        old = parts[part].decode()
        changed = re.sub(pattern, new, old, count=1, flags=re.DOTALL)
        assert changed != old, f"nothing matches {pattern}"
        parts[part] = changed.encode()

    return plant


def drop(part: str) -> Fault:
    def plant(parts: Parts) -> None:
        del parts[part]

    return plant


def add(part: str, content: bytes = b"<x/>") -> Fault:
    def plant(parts: Parts) -> None:
        parts[part] = content

    return plant


FAULTS: dict[str, tuple[Fault, str]] = {
    "slide part absent": (drop(S2), r"slide2\.xml, which is absent"),
    "relationships of an absent part": (
        add("ppt/slides/_rels/slide9.xml.rels", b"<Relationships/>"),
        "of a part that is absent",
    ),
    "names that differ in case": (add("PPT/Presentation.xml"), "differ only in case"),
    "not a part name": (add("ppt/../x.xml"), "not a part name"),
    "orphan": (add("ppt/slides/slide7.xml"), "no relationship leads"),
    "override for nothing": (
        sub(TYPES, "</Types>", '<Override PartName="/ppt/no.xml" ContentType="a/b"/></Types>'),
        "override for /ppt/no.xml",
    ),
    "override twice": (
        sub(TYPES, '(<Override PartName="/ppt/slides/slide1.xml".*?/>)', r"\1\1"),
        "slide1.xml stands twice",
    ),
    "no content type": (
        sub(TYPES, '<Default Extension="rels".*?/>', ""),
        r"rels: has no content type",
    ),
    "wrong content type": (
        sub(TYPES, r"presentationml\.slide\+xml", "presentationml.tags+xml"),
        "is a slide, but leads to .*tags",
    ),
    "control character": (sub(S1, "First", "Fi&#1;rst"), "not well-formed"),
    "lone surrogate": (sub(S1, "First", "Fi&#xD800;rst"), "not well-formed"),
    "relationship id twice": (sub(S1_RELS, r"(<Relationship .*?/>)", r"\1\1"), "stands twice"),
    "external target no URL": (sub(S1_RELS, "https://example.com/", "see below"), "no URL"),
    "link to an unknown id": (sub(S1, r'hlinkClick r:id="rId\d+"', 'hlinkClick r:id="rId99"'),
                              "hlinkClick refers to rId99"),
    "link without an id": (sub(S1, r'hlinkClick r:id="rId\d+"/>', 'hlinkClick r:id=""/>'),
                           "hlinkClick refers to no id"),
    "jump without its action": (sub(S1, ' action="ppaction://hlinksldjump"', ""),
                                "leads to a slide with action “”"),
    "slide unlisted": (sub(MAIN, r"<p:sldId [^>]*/>", ""), "sldId list .* disagree"),
    "slide listed twice": (
        sub(MAIN, r'(<p:sldId) id="256" (r:id="rId\d+"/>)', r'\1 id="256" \2\1 id="300" \2'),
        "sldId list .* disagree",
    ),
    "slide id too small": (sub(MAIN, 'id="256"', 'id="7"'), "slide id 7 is out of range"),
    "slide id twice": (sub(MAIN, 'id="257"', 'id="256"'), "slide id 256 stands twice"),
    "layout id equals master id": (
        sub(MASTER, r'<p:sldLayoutId id="\d+"', '<p:sldLayoutId id="2147483648"'),
        "layout id 2147483648 stands twice",
    ),
    "layout id too small": (
        sub(MASTER, r'<p:sldLayoutId id="\d+"', '<p:sldLayoutId id="300"'),
        "layout id 300 is out of range",
    ),
    "section without a slide": (
        sub(MAIN, "</p:presentation>",
            '<p:extLst><p:ext uri="x"><s:sldId xmlns:s="http://schemas.microsoft.com/office/'
            'powerpoint/2010/main" id="256"/></p:ext></p:extLst></p:presentation>'),
        "sections do not hold each slide",
    ),
    "children out of order": (
        sub(MAIN, r"(<p:sldSz [^>]*/>)(.*?)(<p:defaultTextStyle>)", r"\2\1\3"),
        "out of order",
    ),
    "extLst not last": (
        sub(MAIN, "<p:sldIdLst>", "<p:extLst/><p:sldIdLst>"), "extLst is not the last"
    ),
    "two layouts": (
        sub(S1_RELS, r'Id="rId\d+"( Type="[^"]*/slideLayout" [^>]*/>)',
            r'Id="rId1"\1<Relationship Id="rId50"\1'),
        "leads to 2 parts as its slideLayout",
    ),
    "shape id twice": (sub(S1, r'<p:cNvPr id="4"', '<p:cNvPr id="3"'), "shape id 3 stands twice"),
    "shape id none": (sub(S1, r'<p:cNvPr id="4"', '<p:cNvPr id="0"'), "shape 0 has no valid id"),
    "shape without a name": (sub(S1, r'(<p:cNvPr id="3") name="[^"]*"', r'\1 name=""'),
                             "shape 3 has no name"),
    "foreign attribute": (sub(S1, r'<p:cNvPr id="3"', '<p:cNvPr xmlns:d="urn:d" d:m="1" id="3"'),
                          "foreign namespace"),
    "connector to nothing": (sub(S1, r'<a:stCxn id="\d+"', '<a:stCxn id="77"'),
                             "glued to shape 77"),
    "no title": (sub(S1, 'type="title"', 'type="body"'), "0 title placeholders"),
    "two titles": (sub(S1, "(<p:sp>.*?</p:sp>)", r"\1\1"), "2 title placeholders"),
    "placeholder the layout lacks": (sub(S1, '<p:ph type="title"', '<p:ph type="title" idx="9"'),
                                     "idx 9 is not in"),
    "text without a paragraph": (sub(S1, r"(<p:txBody>.*?)<a:p>.*?</a:p>(</p:txBody>)", r"\1\2"),
                                 "without a paragraph"),
    "colour with a hash": (sub(S1, 'srgbClr val="1F3A5F"', 'srgbClr val="#1F3A5"'),
                           "no colour of six"),
    "unknown geometry": (sub(S1, 'prst="rect"', 'prst="rectangle"'), "no preset geometry"),
    "negative extent": (sub(S1, r'<a:ext cx="\d+"', '<a:ext cx="-5"'), "negative extent, cx=-5"),
    "extent not a number": (sub(S1, r'<a:off x="\d+"', '<a:off x="nan"'), "is no length"),
    "cell too few": (sub(S1, r"<a:tc>.*?</a:tc>", ""), "a row of 2 cells in a grid of 3"),
    "span over the edge": (sub(S1, "<a:tc>", '<a:tc gridSpan="4">'), "spans 4 by 1"),
    "span over cells that are not merged": (sub(S1, "<a:tc>", '<a:tc gridSpan="2">'), "spans 2"),
    "no such axis": (
        lambda parts: sub(_chart(parts), r'<c:crossAx val="\d+"', '<c:crossAx val="5"')(parts),
        "axis 5 is not there exactly once",
    ),
    "negative axis id": (
        lambda parts: sub(_chart(parts), r'<c:axId val="(\d+)"(/>\s*<c:scaling)',
                          r'<c:axId val="-\1"\2')(parts),
        "is negative",
    ),
    "bare legend position": (
        lambda parts: sub(_chart(parts), "</c:plotArea>",
                          "</c:plotArea><c:legend><c:legendPos/></c:legend>")(parts),
        "legend without a position",
    ),
    "workbook no workbook": (
        lambda parts: parts.update({_first(parts, ".xlsx"): b"PK"}), r"\.xlsx: no workbook"
    ),
}  # fmt: skip


def _first(parts: Parts, part_of_name: str) -> str:
    return next(name for name in parts if part_of_name in name and "_rels" not in name)


def _chart(parts: Parts) -> str:
    return _first(parts, "charts/chart")


def test_good_deck_is_clean() -> None:
    assert package_problems(pack(dict(good_parts()))) == []


@pytest.mark.parametrize("name", FAULTS)
def test_planted_fault_is_found(name: str) -> None:
    plant, expected = FAULTS[name]
    parts = dict(good_parts())
    plant(parts)
    problems = package_problems(pack(parts))
    assert any(re.search(expected, problem) for problem in problems), problems


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_part_twice_in_the_archive_is_found() -> None:
    problems = package_problems(pack(dict(good_parts()), (S1, dict(good_parts())[S1])))
    assert problems == [f"{S1}: stands twice in the archive"]


def test_bytes_that_are_no_archive_are_told() -> None:
    assert package_problems(b"PK\x03\x04")[0].startswith("not a zip archive")


def test_damaged_archive_is_told() -> None:
    data = bytearray(pack({S1: b"<a/>" * 9}))
    data[data.index(b"<a/>")] ^= 1
    assert package_problems(bytes(data)) == [f"{S1}: damaged in the archive"]


@pytest.mark.parametrize("absent", [TYPES, MAIN])
def test_deck_without_its_main_parts_is_told(absent: str) -> None:
    parts = dict(good_parts())
    del parts[absent]
    assert any("is missing or cannot be read" in p for p in package_problems(pack(parts)))
