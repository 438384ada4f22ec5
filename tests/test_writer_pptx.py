"""The PowerPoint writer, judged by what python-pptx and Microsoft's SDK read in its files."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from hashlib import sha256
from io import BytesIO
from math import cos, radians, sin
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

import deckgen
from conftest import RenderPages
from deckgen.scene import (
    Body,
    Box,
    ConnectorItem,
    Item,
    Line,
    Link,
    Page,
    Paragraph,
    PictureItem,
    Run,
    Scene,
    Section,
    ShapeItem,
    TextItem,
)
from deckgen.source import OutlineError
from deckgen.template import house
from deckgen.writers.pptx import write, zipped
from deckgen.writers.pptx.connector import route
from package_check import package_problems
from sample_scene import (
    body,
    box,
    charts_page,
    everything,
    fill_placeholder,
    layout_page,
    png,
    say,
    scene_of,
    shapes_page,
    table_page,
    text_page,
)
from validators import audit_problems, sdk_problems

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
OWN_COLOR = "{http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor}hlinkClr"


def open_deck(*pages: Page, **more: Any) -> Any:
    """What python-pptx reads in a deck of these pages."""
    return open_scene(scene_of(*pages, **more))


def open_scene(scene: Scene) -> Any:
    from pptx import Presentation

    return Presentation(BytesIO(write(scene)))


def open_items(*items: Item) -> Any:
    """The shapes that python-pptx reads on a page of these items."""
    page = Page(slide_id="one", title="One", layout="content", items=items)
    return open_deck(page).slides[0].shapes


def named(shapes: Any, name: str) -> Any:
    return next(shape for shape in shapes if shape.name == name)


def text_of(paragraph: Paragraph) -> Any:
    """The `a:p` of a paragraph in a text box."""
    item = TextItem(name="Words", box=box(1, 1, 5, 1), body=body(paragraph))
    return open_items(item)[0].text_frame.paragraphs[0]._p


def test_a_slide_stands_on_its_layout_with_its_titles() -> None:
    deck = open_scene(everything(charts=False))
    assert [s.slide_layout.name for s in deck.slides][:6] == [
        "Cover", "Section", "Title Only", "Two Text Columns", "Insight", "Closing",
    ]  # fmt: skip
    assert (deck.slide_width, deck.slide_height) == (12_192_000, 6_858_000)
    assert deck.slides[2].shapes.title.text == "Title of content"


def test_layouts_carry_the_placeholders_of_the_template() -> None:
    deck = open_deck(layout_page("content"))
    for layout, ours in zip(deck.slide_layouts, house().layouts.values(), strict=True):
        read = {p.placeholder_format.idx: p for p in layout.placeholders}
        assert set(read) == {p.idx for p in ours.placeholders}
        for place in ours.placeholders:
            found = read[place.idx]
            assert Box(found.left, found.top, found.width, found.height) == place.box
            run = found._element.find(f".//{A}lvl1pPr/{A}defRPr")
            assert (int(run.get("sz")), run.get("b")) == (place.size_pt * 100, str(+place.bold))


def test_text_set_as_its_layout_says_nothing_of_its_own() -> None:
    for shape in open_deck(layout_page("columns")).slides[0].placeholders:
        element = shape._element
        assert element.find(f".//{A}xfrm") is None
        runs = element.findall(f".//{A}rPr")
        assert [dict(run.attrib) for run in runs] == [{"lang": "en-US"}]
        assert not any(len(run) for run in runs)
        assert element.find(f".//{A}lnSpc") is None


def test_text_set_otherwise_says_so() -> None:
    shapes = open_deck(text_page(), shapes_page()).slides[0].shapes
    title = shapes.title
    assert title.text_frame.paragraphs[0].runs[0].font.size.pt == 28
    assert title.text_frame.margin_right == 4 * 914_400
    assert title._element.find(f".//{A}lnSpc/{A}spcPts").get("val") == "3360"
    moved = named(shapes, "Text")
    assert (moved.width, moved.height) == (box(0, 0, 12.1, 1.2).w, box(0, 0, 12.1, 1.2).h)
    assert moved._element.find(f".//{A}pPr[@lvl='2']") is not None


def test_no_placeholder_stays_empty() -> None:
    page = Page(
        slide_id="x", title="X", layout="text", items=(fill_placeholder("text", "title", "X"),)
    )
    assert [p.name for p in open_deck(page).slides[0].placeholders] == ["Title"]


def test_the_number_is_a_field() -> None:
    number = named(open_deck(layout_page("content")).slides[0].shapes, "Slide number")
    assert number._element.find(f".//{A}fld").get("type") == "slidenum"


def test_text_boxes_keep_their_size_and_wrap() -> None:
    shape = named(open_deck(text_page(), shapes_page()).slides[0].shapes, "Words")
    properties = shape.text_frame._txBody.bodyPr
    assert properties.get("wrap") == "square"
    assert properties.find(f"{A}noAutofit") is not None
    assert (shape.text_frame.margin_left, shape.text_frame.margin_top) == (91_440, 0)


def test_runs_are_set_as_asked() -> None:
    frame = named(open_deck(text_page(), shapes_page()).slides[0].shapes, "Words").text_frame
    plain, bold, italic, code, accent, *_ = frame.paragraphs[0].runs
    assert plain.text == " Plain, "  # the space in front survives
    assert (plain.font.bold, bold.font.bold, italic.font.italic) == (None, True, True)
    assert code.font.name == "Consolas"
    assert plain.font.size.pt == 14
    assert accent._r.find(f".//{A}schemeClr").get("val") == "accent5"
    assert frame.paragraphs[0].line_spacing.pt == 18
    assert frame.paragraphs[4].text == "first line\vsecond line"
    assert frame.paragraphs[4].space_before.pt == 6
    bullet = frame.paragraphs[5]._p.find(f"{A}pPr")
    assert (bullet.get("marL"), bullet.get("indent")) == ("152400", "-152400")


@pytest.mark.parametrize(
    ("text", "rtl"),
    [("abc אבג", None), ("אבג abc", "1"), ("“مرحبا”", "1"), ("12 – 日本", None), ("", None)],
)
def test_the_first_strong_character_gives_the_direction(text: str, rtl: str | None) -> None:
    assert text_of(say(text)).find(f"{A}pPr").get("rtl") == rtl


def test_emoji_and_markup_characters_survive() -> None:
    text = 'a < b & "c" 👩‍🚀 日本語'
    paragraph = text_of(say(text))
    assert "".join(run.text for run in paragraph.iter(f"{A}t")) == text


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe"])
def test_characters_that_xml_cannot_carry_are_refused(character: str) -> None:
    with pytest.raises(ValueError, match=r"U\+"):
        text_of(say(f"a{character}b"))


def test_the_heading_face_is_used_where_asked() -> None:
    shapes = open_deck(shapes_page(), text_page()).slides[0].shapes
    face = named(shapes, "Heading")._element.find(f".//{A}rPr/{A}latin")
    assert face.get("typeface") == "+mj-lt"
    assert named(shapes, "Axis")._element.find(f".//{A}latin") is None


def test_colours_are_the_themes_where_it_has_them() -> None:
    def fill(token: str) -> tuple[str, str]:
        item = ShapeItem(name="Shape", box=box(1, 1, 1, 1), fill=token)
        color = open_items(item)[0]._element.spPr.find(f"{A}solidFill")[0]
        return color.tag.removeprefix(A), color.get("val")

    assert fill("ink") == ("schemeClr", "tx1")
    assert fill("surface") == ("schemeClr", "bg2")
    assert fill("tier4") == ("schemeClr", "accent4")
    assert fill("hair") == ("srgbClr", "CBD5DC")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_colour_is_in_the_theme(theme: str) -> None:
    from lxml import etree

    scene = scene_of(layout_page("content"), theme=theme)
    with zipfile.ZipFile(BytesIO(write(scene))) as archive:
        root = etree.fromstring(archive.read("ppt/theme/theme1.xml"))
    offered = {color.get("val") for color in root.iter(f"{A}srgbClr")}
    assert offered == set(scene.theme.colors.values())
    names = [color.get("name") for color in root.iter(f"{A}custClr")]
    assert "accent_soft" in names
    assert "tier1" not in names


def test_shapes_have_no_style_and_say_when_they_have_no_outline() -> None:
    shapes = open_deck(shapes_page(), text_page()).slides[0].shapes
    band = named(shapes, "Band")
    assert band._element.find(f".//{A}ln/{A}noFill") is not None
    assert all(shape._element.find("{*}style") is None for shape in shapes)
    planned = named(shapes, "Planned")._element
    assert planned.find(f".//{A}prstDash").get("val") == "dash"
    assert planned.spPr.find(f"{A}noFill") is not None
    assert named(shapes, "Axis").rotation == 270


def test_groups_hold_their_shapes_in_place() -> None:
    ball = named(open_deck(shapes_page(), text_page()).slides[0].shapes, "Ball")
    circle, share = ball.shapes
    assert (circle.left, circle.top, circle.width) == (ball.left, ball.top, ball.width)
    guides = share._element.findall(f".//{A}gd")
    assert [(g.get("name"), g.get("fmla")) for g in guides] == [
        ("adj1", "val 16200000"),
        ("adj2", "val 5400000"),
    ]


ENDS = [
    (dx, dy) for dx in (-3_000_001, 0, 700_000) for dy in (-1_234_567, 0, 2_000_000) if dx or dy
]


@pytest.mark.parametrize("elbow", [True, False])
@pytest.mark.parametrize(("dx", "dy"), ENDS)
def test_stored_connectors_meet_their_ends(dx: int, dy: int, elbow: bool) -> None:
    start, end = (5_000_000, 4_000_000), (5_000_000 + dx, 4_000_000 + dy)
    item = ConnectorItem(
        name="C", start=start, end=end, line=Line("ink"), elbow=elbow, turn=0.25
    )  # fmt: skip
    way = stored_way(open_items(item)[0])
    assert len(way) == (4 if elbow and dx and dy else 2)
    for (x, y), (wanted_x, wanted_y) in ((way[0], start), (way[-1], end)):
        assert abs(x - wanted_x) <= 2
        assert abs(y - wanted_y) <= 2
    if len(way) == 4:  # down or up first, and a quarter of the way
        assert abs(way[1][0] - start[0]) <= 2
        assert abs(way[1][1] - (start[1] + dy / 4)) <= 20
        assert abs(way[2][0] - end[0]) <= 2


def stored_way(shape: Any) -> list[tuple[float, float]]:
    """The corners of a connector from its `a:xfrm`: bent, then flipped, then turned."""
    frame = shape._element.spPr.find(f"{A}xfrm")
    width, height = shape.width, shape.height
    corners = [(0.0, 0.0), (width, height)]
    guide = shape._element.find(f".//{A}gd")
    if shape._element.find(f".//{A}prstGeom").get("prst") == "bentConnector3":
        bend = width * int(guide.get("fmla").split()[1]) / 100_000
        corners[1:1] = [(bend, 0.0), (bend, height)]
    angle = radians(int(frame.get("rot", 0)) / 60_000)
    across = -1 if frame.get("flipH") == "1" else 1
    down = -1 if frame.get("flipV") == "1" else 1
    middle = (shape.left + width / 2, shape.top + height / 2)
    way = []
    for x, y in corners:
        dx, dy = (x - width / 2) * across, (y - height / 2) * down
        way.append(
            (
                middle[0] + dx * cos(angle) - dy * sin(angle),
                middle[1] + dx * sin(angle) + dy * cos(angle),
            )
        )
    return way


def test_extents_are_never_negative() -> None:
    for dx, dy in ENDS:
        item = ConnectorItem(name="C", start=(0, 0), end=(dx, dy), line=Line("ink"), elbow=True)
        assert min(route(item).w, route(item).h) >= 0


def test_connectors_are_glued_to_the_shapes_they_name() -> None:
    shapes = open_deck(shapes_page(), text_page()).slides[0].shapes
    connector = named(shapes, "Hub on South west")._element
    start, end = connector.find(f".//{A}stCxn"), connector.find(f".//{A}endCxn")
    assert int(start.get("id")) == named(shapes, "Hub").shape_id
    assert int(end.get("id")) == named(shapes, "South west").shape_id
    assert (start.get("idx"), end.get("idx")) == ("2", "0")
    other = named(shapes, "Hub on North west")._element
    assert other.find(f".//{A}endCxn").get("idx") == "2"
    assert other.find(f".//{A}tailEnd").get("type") == "triangle"


def test_glue_to_an_ellipse_counts_its_sites() -> None:
    disc = ShapeItem(name="Disc", box=box(1, 1, 1, 1), geometry="ellipse")
    line = ConnectorItem(
        name="C", start=(disc.box.right, disc.box.y), end=(0, 0), line=Line("ink"),
        start_item="Disc", start_site=3,
    )  # fmt: skip
    glue = open_items(disc, line)[1]._element.find(f".//{A}stCxn")
    assert (glue.get("id"), glue.get("idx")) == ("2", "6")


def test_glue_to_nothing_is_refused() -> None:
    item = ConnectorItem(name="C", start=(0, 0), end=(1, 1), line=Line("ink"), end_item="Gone")
    with pytest.raises(ValueError, match="Gone"):
        open_items(item)


def test_tables_are_native_with_their_spans() -> None:
    frame = named(open_deck(table_page()).slides[0].shapes, "Companies")
    table = frame.table
    assert table.first_row
    assert not table.horz_banding
    style = table._tbl.tblPr.find(f"{A}tableStyleId").text
    assert style == "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
    assert table.cell(2, 1).text == "Google & co"
    assert table.cell(0, 1).margin_left == 91_440
    tall, block = table.cell(1, 0), table.cell(3, 0)
    assert (tall.span_height, tall.span_width) == (2, 1)
    assert (block.span_height, block.span_width) == (2, 2)
    assert all(table.cell(*place).is_spanned for place in ((2, 0), (3, 1), (4, 0), (4, 1)))
    assert table.cell(0, 0)._tc.tcPr.find(f"{A}lnB").get("w") == "9525"


def test_a_table_row_of_the_wrong_length_is_refused() -> None:
    page = table_page()
    table = page.items[1]
    bad = replace(table, rows=(table.rows[0][:2], *table.rows[1:]))  # type: ignore[union-attr]
    with pytest.raises(ValueError, match="row 1"):
        open_items(bad)


def test_equal_pictures_are_one_part() -> None:
    data = write(scene_of(charts_page(), charts_page()))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        media = [name for name in archive.namelist() if name.startswith("ppt/media/")]
        assert media == ["ppt/media/image1.png"]
        assert archive.read(media[0]) == png()


def test_pictures_are_cropped_and_described() -> None:
    picture = named(open_deck(charts_page()).slides[0].shapes, "Heat map")
    assert (picture.crop_left, picture.crop_bottom) == (0.1, 0.25)
    assert picture._element.nvPicPr.cNvPr.get("descr") == "A red square"


def test_a_picture_with_an_svg_names_it_beside_the_png() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><text>Quay</text></svg>'
    items = [
        replace(item, svg=svg) if isinstance(item, PictureItem) else item
        for item in charts_page().items
    ]
    page = replace(charts_page(), items=tuple(items))
    data = write(scene_of(page))
    assert package_problems(data) == []
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.read("ppt/media/image2.svg") == svg
        types = archive.read("[Content_Types].xml").decode()
        slide = archive.read("ppt/slides/slide1.xml").decode()
        links = archive.read("ppt/slides/_rels/slide1.xml.rels").decode()
    assert '<Default Extension="svg" ContentType="image/svg+xml"/>' in types
    (key,) = set(re.findall(r'<asvg:svgBlip [^>]*r:embed="(\w+)"', slide))
    assert re.search(f'Id="{key}" [^>]*/image" Target="../media/image2.svg"', links)
    assert slide.count("{96DAC541-7B7A-43D3-8B79-37D633B846F1}") == 2


def test_charts_bring_their_workbooks() -> None:
    from openpyxl import load_workbook

    shapes = open_deck(charts_page()).slides[0].shapes
    bars, dots = named(shapes, "Bars").chart, named(shapes, "Map").chart
    assert list(bars.plots[0].categories) == ["Meta", "Google", "xAI"]
    assert bars.plots[0].series[0].values == (3, 2, None)
    book = load_workbook(BytesIO(bars.part.chart_workbook.xlsx_part.blob))
    assert book["Sheet1"]["A2"].value == "Meta"
    assert dots.part.chart_workbook.xlsx_part is not bars.part.chart_workbook.xlsx_part


def test_notes_lead_with_a_bold_word() -> None:
    deck = open_deck(text_page(), shapes_page())
    first, second = deck.slides[0].notes_slide.notes_text_frame.paragraphs
    assert first.text == "Say: Two lines\vin one note & more."
    assert (first.runs[0].font.bold, first.runs[1].font.bold) == (True, None)
    assert second.text == "No lead."
    assert not deck.slides[1].has_notes_slide


def test_decks_without_notes_have_no_notes_master() -> None:
    with zipfile.ZipFile(BytesIO(write(scene_of(table_page())))) as archive:
        assert not [name for name in archive.namelist() if "notes" in name]


def test_notes_are_dark_on_white_in_a_dark_deck_too() -> None:
    deck = open_deck(layout_page("content"), theme="dark")
    colors = deck.notes_master._element.find("{*}clrMap")
    assert (colors.get("tx1"), colors.get("bg1")) == ("lt1", "dk1")


def test_links_lead_to_slides_and_addresses() -> None:
    deck = open_deck(shapes_page(), text_page())
    planned = named(deck.slides[0].shapes, "Planned")
    assert planned.click_action.target_slide == deck.slides[1]
    heading = named(deck.slides[0].shapes, "Heading")
    assert heading.click_action.hyperlink.address == "https://example.org/a%20b"
    runs = named(deck.slides[1].shapes, "Words").text_frame.paragraphs[0].runs
    jump, page, own = runs[5:8]
    clicks = [run._r.find(f".//{A}hlinkClick") for run in (jump, page, own)]
    assert clicks[0].get("action") == "ppaction://hlinksldjump"
    assert clicks[0].get("tooltip") == "Jump"
    assert clicks[1].get(f"{R}id") == clicks[2].get(f"{R}id")  # one relationship a target
    assert page.hyperlink.address == "https://example.org/?a=1&b=2"
    # PowerPoint would paint these in its link colour otherwise.
    assert [click.find(f".//{OWN_COLOR}") is not None for click in clicks] == [True, False, True]


def test_pinned_words_stay_beside_their_mark_in_any_script() -> None:
    words = (Paragraph((Run("معيار"),), 14, 16.8),)
    for pinned, side in ((False, "r"), (True, "l")):
        shape = ShapeItem(name="State", box=box(1, 1, 3, 1), body=Body(words, pinned=pinned))
        deck = open_deck(layout_page("content", shape))
        properties = named(deck.slides[0].shapes, "State").text_frame.paragraphs[0]._p.pPr
        assert (properties.get("algn"), properties.get("rtl")) == (side, "1")


def test_an_address_on_a_dark_fill_keeps_the_colour_of_the_words_around_it() -> None:
    run = Run("the survey", link=Link("https://example.org"))
    for color, kept in (("ink2", False), ("on_panel", True)):
        words = Body((Paragraph((run,), 14, 16.8, color=color),))
        shape = ShapeItem(name="Panel", box=box(1, 1, 3, 1), fill="panel", body=words)
        deck = open_deck(layout_page("content", shape))
        written = named(deck.slides[0].shapes, "Panel").text_frame.paragraphs[0].runs[0]
        assert (written._r.find(f".//{OWN_COLOR}") is not None) == kept


def test_a_link_leads_to_the_first_page_of_its_slide() -> None:
    target = replace(layout_page("content"), slide_id="split")
    text = TextItem(name="Go", box=box(1, 1, 1, 1), body=body(say("Go")), link=Link("#split"))
    start = Page(slide_id="start", title="Start", layout="content", items=(text,))
    deck = open_deck(start, target, target)
    action = named(deck.slides[0].shapes, "Go").click_action
    assert action.target_slide == deck.slides[1]


def test_a_link_to_no_slide_is_refused() -> None:
    with pytest.raises(ValueError, match="#nowhere"):
        text_of(Paragraph((Run("Go", link=Link("#nowhere")),), 14, 17))


def test_ornaments_are_marked_and_the_rest_described() -> None:
    shapes = open_deck(shapes_page(), text_page()).slides[0].shapes
    marked = [s.name for s in shapes if s._element.find(f".//{DECORATIVE}") is not None]
    assert marked == ["Band"]  # connectors that say something are no ornaments
    assert named(shapes, "Hub (2)")._element.nvSpPr.cNvPr.get("descr") == 'Two "lines"\nof alt'
    connector = named(shapes, "Hub on Above")._element.nvCxnSpPr.cNvPr
    assert connector.get("descr") == "Hub depends on Above"


def test_ids_and_names_are_unique_on_a_slide() -> None:
    for slide in open_scene(everything(charts=False)).slides:
        marks = [
            (e.get("id"), e.get("name")) for e in slide.shapes._spTree.iter("{*}cNvPr")
        ]  # fmt: skip
        assert len({mark for mark, _ in marks}) == len(marks)
        assert len({name for _, name in marks}) == len(marks)


def test_reading_order_is_the_order_of_the_items() -> None:
    page = shapes_page()
    names = [shape.name for shape in open_deck(page, text_page()).slides[0].shapes]
    assert names[:3] == ["Band", "Title", "Hub"]
    assert len(names) == len(page.items)


def test_sections_hold_every_slide_once() -> None:
    pages = [replace(layout_page("content"), slide_id=f"s{n}") for n in range(5)]
    sections = (Section("One", 1, 2), Section("Two & three", 3, 1))
    deck = open_deck(*pages, sections=sections)
    extensions = deck.part._element.find("{*}extLst")
    assert deck.part._element[-1] is extensions
    held = [
        (s.get("name"), [i.get("id") for i in s.iter("{*}sldId")])
        for s in extensions.iter("{*}section")
    ]
    assert held == [
        ("Default Section", ["256"]), ("One", ["257", "258"]), ("Two & three", ["259", "260"]),
    ]  # fmt: skip


def test_the_file_says_what_it_is_but_not_when_it_was_made() -> None:
    core = open_deck(table_page()).core_properties
    assert (core.title, core.author, core.language) == ("Everything & more", "Ann Author", "en-US")
    assert (core.subject, core.keywords) == ("A sample", "one, two")
    assert core.created == core.modified
    assert core.created.year == 2000


def test_entries_have_a_fixed_order_and_date() -> None:
    with zipfile.ZipFile(BytesIO(write(everything()))) as archive:
        entries = archive.infolist()
    assert entries[0].filename == "[Content_Types].xml"
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert len({entry.filename.lower() for entry in entries}) == len(entries)


def test_parts_are_packed_as_other_programs_unpack_them() -> None:
    parts = {
        "a.xml": b"<a/>" * 500,
        "Umschläge/b.xml": b"<b/>",
        "c.png": bytes(range(256)),
        "d": b"",
    }
    entries = [zipped.pack_entry(name, data, name.endswith("png")) for name, data in parts.items()]
    with zipfile.ZipFile(BytesIO(zipped.zip_bytes(entries))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == parts
        kinds = {entry.filename: entry.compress_type for entry in archive.infolist()}
    assert kinds["a.xml"] == zipfile.ZIP_DEFLATED
    assert kinds["c.png"] == zipfile.ZIP_STORED


def test_more_parts_than_a_file_can_hold_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = zipped.pack_entry("a.xml", b"<a/>")
    assert zipfile.is_zipfile(BytesIO(zipped.zip_bytes([entry] * 65_535)))
    with pytest.raises(zipped.FullError, match="65,536 parts"):
        zipped.zip_bytes([entry] * 65_536)
    monkeypatch.setattr(zipped, "_MOST_ENTRIES", 20)
    outline = tmp_path / "deck.yaml"
    outline.write_text("title: Deck\nslides: [{kind: cover}]\n", "utf-8")
    with pytest.raises(OutlineError) as caught:
        deckgen.build(deckgen.load(outline))
    told = str(caught.value)
    assert told.startswith(f"{outline}: the deck is too large (")
    assert told.endswith(
        "and a file holds 20 with 4,294,967,295 bytes); tell it in several outlines"
    )


def test_same_bytes_in_other_processes() -> None:
    code = (
        "from hashlib import sha256; from deckgen.writers.pptx import write;"
        "from sample_scene import everything; print(sha256(write(everything())).hexdigest())"
    )
    tests = Path(__file__).parent
    for seed in ("1", "2"):
        env = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join([str(tests.parent / "src"), str(tests)]),
        }
        done = subprocess.run(
            [sys.executable, "-c", code], env=env, capture_output=True, check=True
        )
        assert done.stdout.decode().strip() == sha256(write(everything())).hexdigest()


def test_a_deck_without_pages_opens() -> None:
    assert len(open_deck().slides) == 0


def test_unknown_layouts_and_colours_are_refused() -> None:
    page = Page(slide_id="x", title="X", layout="nonesuch", items=())
    with pytest.raises(KeyError, match="nonesuch"):
        open_deck(page)
    with pytest.raises(KeyError, match="mauve"):
        open_items(ShapeItem(name="S", box=box(1, 1, 1, 1), fill="mauve"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_package_check_finds_no_fault(theme: str) -> None:
    assert package_problems(write(everything(theme))) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_microsofts_sdk_finds_no_fault(theme: str, sdk_validator: Path, tmp_path: Path) -> None:
    path = tmp_path / "deck.pptx"
    path.write_bytes(write(everything(theme)))
    assert sdk_problems(path, sdk_validator) == []


def test_the_audit_finds_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "deck.pptx"
    path.write_bytes(write(everything()))
    assert audit_problems(path) == []


@pytest.mark.render
def test_pages_look_as_laid_out(render_pages: RenderPages) -> None:
    pages = render_pages(write(everything()), dpi=48)
    assert len(pages) == 10
    colors = everything().theme.colors
    assert _pixel(pages[0], 12, 7) == colors["panel"]
    assert _pixel(pages[1], 12, 7) == colors["bg"]
    assert _pixel(pages[7], 6, 1.7) == colors["surface"]
    assert _pixel(pages[9], 8.5, 5.5) == "C02020"


def _pixel(image: Any, x: float, y: float) -> str:
    return "{:02X}{:02X}{:02X}".format(*image.getpixel((round(x * 48), round(y * 48))))
