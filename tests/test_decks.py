"""The decks as a user opens them: every promise that can be read from the file."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Emu

import deckgen
from conftest import RenderPdf
from deckgen.scene import GroupItem, Item, Paragraph, TableItem
from package_check import package_problems
from rendered import text_outside
from validators import sdk_problems

ROOT = Path(__file__).parents[1]
FLAGSHIP = ROOT / "decks" / "ai-infrastructure-map.yaml"


class Told(NamedTuple):
    """An outline, and the audience for whom it is built; none if that is empty."""

    path: Path
    audience: str = ""


DECKS = [
    *(Told(path) for path in sorted((ROOT / "decks").glob("*.yaml"))),
    *(Told(FLAGSHIP, name) for name in ("board", "engineering")),  # investors have a file
]
EVERY = [*DECKS, *(Told(path) for path in sorted((ROOT / "decks" / "kinds").glob("*.yaml")))]
NAMESPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}


def name_of(deck: Told) -> str:
    name = str(deck.path.relative_to(ROOT / "decks").with_suffix(""))
    return f"{name}-{deck.audience}" if deck.audience else name


@cache
def loaded(deck: Told) -> deckgen.Outline:
    return deckgen.load(*deck, allow_code=True)


@cache
def built(deck: Told) -> deckgen.Deck:
    return deckgen.build(loaded(deck))


def opened(deck: Told) -> Any:
    return Presentation(io.BytesIO(built(deck).data))


def find(element: Any, query: str) -> list[Any]:
    """XPath with the prefixes above; python-pptx's own elements know only some of them."""
    from lxml import etree

    return list(etree.XPath(query, namespaces=NAMESPACES)(element))


@pytest.mark.parametrize("told", EVERY, ids=name_of)
def test_the_package_has_none_of_the_faults_that_powerpoint_repairs(told: Told) -> None:
    assert package_problems(built(told).data) == []


@pytest.mark.parametrize("told", EVERY, ids=name_of)
def test_the_sdk_validator_has_nothing_to_say(
    told: Told, sdk_validator: Path, tmp_path: Path
) -> None:
    file = tmp_path / "deck.pptx"
    built(told).save(file)
    assert sdk_problems(file) == []


@pytest.mark.render
@pytest.mark.parametrize("told", EVERY, ids=name_of)
def test_rendered_no_page_is_missing_and_no_text_leaves_its_box(
    told: Told, render_pdf: RenderPdf, tmp_path: Path
) -> None:
    file = tmp_path / "deck.pptx"
    built(told).save(file)
    pdf = render_pdf(file)
    assert text_outside(file, pdf) == []


@pytest.mark.parametrize("told", EVERY, ids=name_of)
def test_every_slide_has_one_title_of_its_own_in_a_placeholder(told: Told) -> None:
    deck = opened(told)
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles == [page.title for page in built(told).scene.pages]
    assert len(set(titles)) == len(titles)
    assert all(titles)


@pytest.mark.parametrize("told", EVERY, ids=name_of)
def test_kickers_sources_footers_and_numbers_are_placeholders(told: Told) -> None:
    wanted = {"kicker": PP_PLACEHOLDER.BODY, "source": PP_PLACEHOLDER.BODY,
              "footer": PP_PLACEHOLDER.FOOTER, "number": PP_PLACEHOLDER.SLIDE_NUMBER}  # fmt: skip
    for page, slide in zip(built(told).scene.pages, opened(told).slides, strict=True):
        found = {shape.name: shape for shape in slide.placeholders}
        for item in page.items:
            if item.role in wanted:
                assert found[item.name].placeholder_format.type == wanted[item.role], item.name
        if page.layout in ("content", "text", "columns", "insight"):
            assert {"Footer", "Slide number"} <= set(found)


@pytest.mark.parametrize("told", EVERY, ids=name_of)
def test_nothing_leaves_the_slide(told: Told) -> None:
    deck = opened(told)
    width, height = Emu(deck.slide_width), Emu(deck.slide_height)
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.rotation or shape.left is None:
                continue
            inside = shape.left >= 0 and shape.left + shape.width <= width + 1
            assert inside, (slide.slide_id, shape.name)
            assert shape.top >= 0 and shape.top + shape.height <= height + 1, shape.name  # noqa: PT018


@pytest.mark.parametrize("told", EVERY, ids=name_of)
def test_shapes_have_names_and_pictures_of_any_sort_alt_text(told: Told) -> None:
    for slide in opened(told).slides:
        names = [shape.name for shape in slide.shapes]
        assert len(set(names)) == len(names)
        for shape in slide.shapes:
            properties = shape._element.xpath("./*/p:cNvPr")[0]
            wordless = shape.shape_type is not None and not shape.is_placeholder and not (
                shape.has_text_frame and shape.text_frame.text
            )  # fmt: skip
            if wordless:
                decorative = find(properties, ".//adec:decorative[@val='1']")
                assert properties.get("descr") or decorative, (slide.slide_id, shape.name)


@pytest.mark.parametrize("told", EVERY, ids=name_of)
def test_colours_come_from_the_theme_where_it_has_them(told: Told) -> None:
    """A literal colour that stands in a theme slot would not follow Design > Variants."""
    scene = built(told).scene
    slots = {scene.theme.color(token) for token in ("ink", "tier1", "accent", "muted", "panel")}
    with zipfile.ZipFile(io.BytesIO(built(told).data)) as package:
        for name in package.namelist():
            if name.startswith(("ppt/slides/slide", "ppt/charts/chart")):
                text = package.read(name).decode("utf-8", "replace")
                for color in slots:
                    assert f'srgbClr val="{color}"' not in text, (name, color)
                if "chart" in name:  # a ring of slices has no text of its own
                    faces = set(re.findall(r'<a:latin typeface="([^"]+)"', text))
                    assert faces <= {"+mn-lt"}, name


@pytest.mark.parametrize("told", DECKS, ids=name_of)
def test_speaker_notes_on_every_slide_begin_with_the_message(told: Told) -> None:
    for slide in opened(told).slides:
        assert slide.has_notes_slide
        notes = slide.notes_slide.notes_text_frame.text
        assert notes.startswith("Message: ")
        assert len(notes.split()) <= 180, "notes stay readable on a handout"


@pytest.mark.parametrize("told", EVERY, ids=name_of)
def test_properties_and_language(told: Told) -> None:
    deck = opened(told)
    outline = loaded(told)
    assert deck.core_properties.title == built(told).scene.properties.title
    assert deck.core_properties.language == outline.language
    for slide in deck.slides:
        assert {run.get("lang") for run in find(slide._element, ".//a:rPr")} == {outline.language}


@pytest.mark.parametrize("told", EVERY, ids=name_of)
def test_no_animation_and_no_transition(told: Told) -> None:
    for slide in opened(told).slides:
        assert find(slide._element, "./p:timing | ./p:transition") == []


def targets(deck: Any, slide: Any) -> set[int]:
    """The slide ids to which a slide's links lead."""
    numbers = {other.part.partname: other.slide_id for other in deck.slides}
    keys = [e.get(f"{{{NAMESPACES['r']}}}id") for e in find(slide._element, ".//a:hlinkClick")]
    parts = [slide.part.rels[key] for key in keys]
    return {numbers[rel.target_part.partname] for rel in parts if not rel.is_external}


def slide_of(deck: Any, slide_id: str) -> Any:
    number = built(Told(FLAGSHIP)).scene.page_numbers()[slide_id]
    return deck.slides[number - 1]


def test_links_take_a_presenter_from_agenda_summary_and_tier_map_and_back() -> None:
    deck = opened(Told(FLAGSHIP))
    outline = loaded(Told(FLAGSHIP))
    tier_map = slide_of(deck, "tier-map")
    for company in outline.companies:
        profile = slide_of(deck, f"profile-{company.id}")
        assert profile.slide_id in targets(deck, tier_map), company.name
        assert tier_map.slide_id in targets(deck, profile), company.name
    agenda = slide_of(deck, "agenda")
    for chapter in built_chapters():
        first = slide_of(deck, chapter)
        assert first.slide_id in targets(deck, agenda)
        assert agenda.slide_id in targets(deck, first)
    assert len(targets(deck, slide_of(deck, "summary"))) >= 4


def built_chapters() -> list[str]:
    chapters = loaded(Told(FLAGSHIP)).chapters()
    return [str(chapter.slides[0].id) for chapter in chapters if chapter.title != "Appendix"]


def test_sections_cover_the_deck_in_order() -> None:
    deck = opened(Told(FLAGSHIP))
    sections = find(deck.part._element, ".//p14:section")
    listed = [int(e.get("id")) for section in sections for e in find(section, ".//p14:sldId")]
    assert listed == [slide.slide_id for slide in deck.slides]
    assert len(sections) >= 4


def test_the_flagship_has_what_the_mission_names() -> None:
    outline = loaded(Told(FLAGSHIP))
    kinds = [str(slide.kind) for slide in outline.slides]
    assert kinds[-3:].count("closing") == 1
    assert kinds.count("profile") >= 7
    for kind in (
        "cover",
        "summary",
        "agenda",
        "comparison",
        "tier-map",
        "matrix",
        "dependency-map",
        "logic-chain",
        "insight",
        "faq",
    ):
        assert kind in kinds
    names = [company.name for company in outline.companies]
    assert names == ["Meta", "Google", "xAI", "Microsoft", "Amazon", "OpenAI", "Anthropic"]


def test_the_gallery_has_every_form_of_chart_and_names_every_table_beside_it() -> None:
    gallery = ROOT / "decks" / "chart-gallery.yaml"
    slides = loaded(Told(gallery)).slides
    charts = {
        "column-chart", "line-chart", "bar-chart", "scatter-chart", "doughnut-chart", "waterfall",
        "range-chart", "gantt", "small-multiples", "marimekko", "heat-map", "treemap", "flow",
        "distribution", "network",
    }  # fmt: skip
    assert charts <= {str(slide.kind) for slide in slides}
    forms = {(str(slide.kind), str(getattr(slide, "form", ""))) for slide in slides}
    assert {
        ("column-chart", "clustered"), ("column-chart", "stacked"), ("column-chart", "share"),
        ("line-chart", "line"), ("line-chart", "area"), ("line-chart", "slope"),
        ("range-chart", "change"), ("range-chart", "range"),
    } <= forms  # fmt: skip
    text = gallery.read_text("utf-8")
    unnamed = [f.name for f in (ROOT / "decks" / "data").iterdir() if f"data/{f.name}" not in text]
    assert unnamed == []


def test_charts_have_their_workbook() -> None:
    charts = 0
    for slide in opened(Told(FLAGSHIP)).slides:
        for shape in slide.shapes:
            if shape.has_chart:
                charts += 1
                assert shape.chart.part.chart_workbook.xlsx_part.blob[:2] == b"PK"
    assert charts >= 2


def test_connectors_are_glued_and_their_stored_geometry_meets_the_shapes() -> None:
    slide = slide_of(opened(Told(FLAGSHIP)), "dependency-map")
    boxes = {shape.shape_id: shape for shape in slide.shapes}
    glued = [shape for shape in slide.shapes if find(shape._element, ".//a:stCxn")]
    assert len(glued) == 5
    for connector in glued:
        start = int(find(connector._element, ".//a:stCxn")[0].get("id"))
        end = int(find(connector._element, ".//a:endCxn")[0].get("id"))
        for shape_id in (start, end):
            shape = boxes[shape_id]
            frame = find(connector._element, ".//a:xfrm")[0]
            x, y, w, h = frame_of(frame)
            reach = Emu(20_000)
            assert x - reach <= shape.left + shape.width / 2 <= x + w + reach or w < reach
            assert y - reach <= shape.top + shape.height and shape.top <= y + h + reach  # noqa: PT018


def frame_of(xfrm: Any) -> tuple[float, float, float, float]:
    """The box that a rotated frame covers on the slide."""
    x, y = (int(find(xfrm, "./a:off")[0].get(key)) for key in ("x", "y"))
    w, h = (int(find(xfrm, "./a:ext")[0].get(key)) for key in ("cx", "cy"))
    if int(xfrm.get("rot", 0)) // 60_000 % 180 == 90:
        x, y, w, h = int(x + (w - h) / 2), int(y + (h - w) / 2), h, w
    return x, y, w, h


@pytest.mark.parametrize("told", DECKS, ids=name_of)
def test_the_same_outline_gives_the_same_bytes_in_any_process(told: Told, tmp_path: Path) -> None:
    digests = set()
    for seed, zone in (("0", "UTC"), ("1", "Asia/Tokyo"), ("4711", "America/Lima")):
        folder = tmp_path / seed
        folder.mkdir()
        command = [
            sys.executable,
            "-m",
            "deckgen",
            "build",
            str(told.path),
            "-o",
            "deck.pptx",
            "-q",
        ]
        command += ["--audience", told.audience] if told.audience else []
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        subprocess.run(command, check=True, cwd=folder, env=env)
        digests.add(hashlib.sha256((folder / "deck.pptx").read_bytes()).hexdigest())
    assert len(digests) == 1
    assert digests == {hashlib.sha256(built(told).data).hexdigest()}


def test_the_outline_reference_says_what_the_code_does() -> None:
    from deckgen.reference import outline_reference

    kept = (ROOT / "decks" / "OUTLINE.md").read_text("utf-8")
    told = "run: python -m deckgen.reference > decks/OUTLINE.md"
    assert kept == outline_reference(), told


@pytest.mark.parametrize("told", EVERY, ids=name_of)
def test_nothing_but_note_source_and_footer_is_set_smaller_than_eleven_points(told: Told) -> None:
    small = {
        (page.slide_id, item.name, paragraph.size_pt)
        for page in built(told).scene.pages
        for item in page.items
        if item.role not in ("source", "footer", "number")
        for paragraph in paragraphs_of(item)
        if paragraph.size_pt < 11
    }
    assert small == set()


def paragraphs_of(item: Item) -> list[Paragraph]:
    """Every paragraph of an item, in its cells and the items it groups as well."""
    if isinstance(item, TableItem):
        return [p for row in item.rows for cell in row for p in cell.body.paragraphs]
    if isinstance(item, GroupItem):
        return [paragraph for inner in item.items for paragraph in paragraphs_of(inner)]
    body = getattr(item, "body", None)
    return list(body.paragraphs) if body else []


# -- the first deck for its audiences --------------------------------------------------

BOARD, ENGINEERING, INVESTORS = (
    Told(FLAGSHIP, name) for name in ("board", "engineering", "investors")
)
ALL = (BOARD, ENGINEERING, INVESTORS)


def texts(deck: Told) -> str:
    """All words of a deck as opened again: shapes, tables, notes, descriptions."""
    found = []
    for slide in opened(deck).slides:
        for part in (slide._element, slide.notes_slide._element):
            found += [
                "".join(t.text or "" for t in find(p, ".//a:t")) for p in find(part, ".//a:p")
            ]
            found += [str(value) for value in find(part, ".//@descr | .//@tooltip")]
    return "\n".join(found)


def test_the_board_decides_first_and_in_nine_slides() -> None:
    slides = opened(BOARD).slides
    assert 8 <= len(slides) <= 9
    question = "Which tier are you in, and is that where you want to be?"
    assert slides[1].shapes.title.text_frame.text == question
    assert "Board briefing".upper() in texts(BOARD)


def test_engineering_gets_everything_with_criteria_and_dependencies_in_detail() -> None:
    whole, detailed = built(Told(FLAGSHIP)).scene, built(ENGINEERING).scene
    assert set(whole.page_numbers()) < set(detailed.page_numbers())
    extra = set(detailed.page_numbers()) - set(whole.page_numbers())
    assert extra == {"criteria-detail", "dependency-table"}
    tables = [
        shape for slide in opened(ENGINEERING).slides for shape in slide.shapes if shape.has_table
    ]
    assert len(tables) == 3


def test_investors_get_no_exposure_that_is_an_inference() -> None:
    exposures = [
        claim for company in loaded(ENGINEERING).companies for claim in company.exposure
    ]  # fmt: skip
    inferred = [str(claim.inference) for claim in exposures if claim.inferred]
    stated = [str(claim.stated) for claim in exposures if not claim.inferred]
    assert len(inferred) == 5
    with zipfile.ZipFile(io.BytesIO(built(INVESTORS).data)) as package:
        everything = "".join(package.read(n).decode("utf-8", "replace") for n in package.namelist())
    for words in inferred:
        assert words in texts(ENGINEERING)
        assert words not in everything
    assert all(words in everything for words in stated)


def test_titles_notes_and_prompts_speak_to_the_room() -> None:
    questions = [loaded(deck).question for deck in ALL]
    prompts = [tuple(p.ask for p in question.prompts) for question in questions if question]
    assert len(set(prompts)) == 3
    assert len({question.text for question in questions if question}) == 1  # which is the source's
    for slide in ("cover", "summary", "tier-map", "matrix", "dependency-map", "closing"):
        numbers = [built(deck).scene.page_numbers()[slide] for deck in ALL]
        pages = [built(deck).scene.pages[n - 1] for deck, n in zip(ALL, numbers, strict=True)]
        assert len({page.notes for page in pages}) == 3, slide
        assert slide == "closing" or len({page.title for page in pages}) == 3, slide


def test_decks_for_all_audiences_state_the_same_facts() -> None:
    cards = []
    for deck in ALL:
        slide = opened(deck).slides[built(deck).scene.page_numbers()["tier-map"] - 1]
        cards.append([
            (shape.name, shape.text_frame.text, shape.top) for shape in slide.shapes
            if shape.name.startswith("Company: ")
        ])  # fmt: skip
    assert cards[0] == cards[1] == cards[2]
    assert len(cards[0]) == 8


@pytest.mark.parametrize("told", ALL, ids=name_of)
def test_no_deck_is_over_its_budget_or_tells_what_is_withheld(told: Told) -> None:
    from deckgen.overview import find_notices

    assert find_notices(loaded(told), built(told).scene) == ()
