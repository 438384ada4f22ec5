"""Scripts: stretches, languages, faces, direction; and how the file says them."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation

from deckgen.scene import (
    Body,
    Box,
    CategoryChart,
    CategoryPoint,
    CategorySeries,
    ChartItem,
    Note,
    Page,
    Paragraph,
    Properties,
    Run,
    Scene,
    TextItem,
)
from deckgen.scripts import in_full, runs_from_the_right, script_of, stretches, writing_of
from deckgen.theme import load_theme
from deckgen.units import inches
from deckgen.writers.pptx import write

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def split(text: str, language: str = "en-US") -> list[tuple[str, str, str]]:
    """The text's stretches with the code of the script and the language."""
    found = stretches(text, writing_of(language, [text]))
    assert "".join(stretch.text for stretch in found) == text
    return [(s.text, s.script.code if s.script else "", s.language) for s in found]


@pytest.mark.parametrize(
    "text", ["plain", "“Zürich” — naïve, 12 %", "Ελλάδα и Россия", "1→2 ★", "2026", "№ 5 ©"]
)
def test_what_the_latin_face_holds_is_one_stretch(text: str) -> None:
    assert split(text) == [(text, "", "en-US")]


def test_an_empty_text_has_no_stretch() -> None:
    assert split("") == []


def test_digits_and_marks_go_with_what_precedes_them() -> None:
    assert split("Toyota トヨタ、 2026 and") == [
        ("Toyota ", "", "en-US"), ("トヨタ、 2026 ", "Jpan", "ja-JP"), ("and", "", "en-US"),
    ]  # fmt: skip
    assert split("“שלום”, 12")[0] == ("“שלום”, 12", "Hebr", "he-IL")


def test_an_emoji_sequence_stands_alone_and_text_goes_on_after_it() -> None:
    assert split("go 👩‍👩‍👧🇩🇪, 1️⃣ ok") == [
        ("go ", "", "en-US"), ("👩‍👩‍👧🇩🇪", "Zsye", "en-US"), (", ", "", "en-US"),
        ("1️⃣", "Zsye", "en-US"), (" ok", "", "en-US"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "language", "script", "spoken"),
    [
        ("市場", "en-US", "Hans", "zh-CN"),
        ("市場の", "en-US", "Jpan", "ja-JP"),
        ("市場 시장", "en-US", "Hang", "ko-KR"),
        ("市場", "ja", "Jpan", "ja-JP"),
        ("市場", "zh-Hant", "Hant", "zh-Hant"),
        ("市場", "zh-TW", "Hant", "zh-TW"),
        ("市場", "zh", "Hans", "zh-CN"),
        ("سوق", "fa", "Arab", "fa"),
        ("ตลาด", "th", "Thai", "th-TH"),
    ],
)
def test_the_outline_or_the_letters_say_what_a_han_character_is(
    text: str, language: str, script: str, spoken: str
) -> None:
    assert split(text, language)[0][1:] == (script, spoken)


def test_kana_anywhere_make_a_deck_japanese() -> None:
    writing = writing_of("en-US", ["市場", "plain", "バース"])
    assert stretches("市場", writing)[0].language == "ja-JP"


def test_latin_words_in_a_japanese_deck_are_english_and_know_the_other() -> None:
    found = stretches("GDPは", writing_of("ja", []))
    assert [(s.language, s.other) for s in found] == [("en-US", "ja-JP"), ("ja-JP", "en-US")]


@pytest.mark.parametrize(
    ("tag", "full"),
    [("ja", "ja-JP"), ("he", "he-IL"), ("de", "de"), ("fa", "fa"), ("ar-EG", "ar-EG")],
)
def test_powerpoint_gets_a_region_where_the_script_has_a_usual_one(tag: str, full: str) -> None:
    assert in_full(tag) == full


def test_a_language_of_latin_letters_has_no_script_of_its_own() -> None:
    assert script_of("pl-PL") is None


@pytest.mark.parametrize(
    ("text", "language", "from_the_right"),
    [
        ("abc אבג", "en-US", False),
        ("אבג abc", "en-US", True),
        ("Alpha تملك", "ar", True),
        ("12 %", "ar", True),
        ("Alpha Ltd.", "ar", False),
        ("12 %", "en-US", False),
    ],
)
def test_direction(text: str, language: str, from_the_right: bool) -> None:
    assert runs_from_the_right(text, writing_of(language, [])) is from_the_right


# -- in the file -------------------------------------------------------------------------


def made(*items: Any, language: str = "en-US", notes: tuple[Note, ...] = ()) -> bytes:
    page = Page(slide_id="x", title="X", layout="content", items=items, notes=notes)
    return write(
        Scene(
            pages=(page,), theme=load_theme("light", 4),
            properties=Properties(title="X", language=language),
        )
    )  # fmt: skip


def words(text: str, **style: Any) -> TextItem:
    paragraph = Paragraph((Run(text),), 14, 17, **style)
    return TextItem(name="Words", box=Box(0, 0, inches(3), inches(1)), body=Body((paragraph,)))


def paragraph_of(data: bytes) -> Any:
    return Presentation(BytesIO(data)).slides[0].shapes[0]._element.find(f".//{A}p")


def faces(run: Any) -> dict[str, str]:
    slots = {slot: run.find(f"{A}rPr/{A}{slot}") for slot in ("latin", "ea", "cs")}
    return {slot: face.get("typeface") for slot, face in slots.items() if face is not None}


def test_runs_name_a_face_that_office_installs() -> None:
    runs = paragraph_of(made(words("Big トヨタ 한국 سوق ตลาด 🚀"))).findall(f"{A}r")
    assert [faces(run) for run in runs] == [
        {}, {"ea": "Yu Gothic"}, {"ea": "Malgun Gothic"}, {"cs": "Arial"}, {"cs": "Tahoma"},
        dict.fromkeys(("latin", "ea", "cs"), "Segoe UI Emoji"),
    ]  # fmt: skip
    languages = [run.find(f"{A}rPr").get("lang") for run in runs]
    assert languages == ["en-US", "ja-JP", "ko-KR", "ar-SA", "th-TH", "en-US"]
    assert runs[1].find(f"{A}rPr").get("altLang") == "en-US"


def test_the_theme_has_the_face_of_the_deck_s_own_script() -> None:
    data = made(words("港の力"), language="ja")
    assert faces(paragraph_of(data).find(f"{A}r")) == {}
    with zipfile.ZipFile(BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("ppt/theme/theme1.xml"))
    for tag in ("majorFont", "minorFont"):
        fonts = root.find(f".//{A}{tag}")
        assert [child.get("typeface") for child in fonts[:3]] == ["Arial", "Yu Gothic", ""]
        listed = {font.get("script"): font.get("typeface") for font in fonts.findall(f"{A}font")}
        assert listed["Jpan"] == "Yu Gothic"
        assert {"Hang", "Hans", "Hant", "Arab", "Hebr", "Thai", "Deva"} <= set(listed)


@pytest.mark.parametrize(
    ("align", "language", "text", "said"),
    [
        ("left", "en-US", "שלום", ("r", "1")),
        ("center", "en-US", "שלום", ("ctr", "1")),
        ("right", "en-US", "שלום", ("r", "1")),
        ("left", "he", "Alpha", ("r", None)),
        ("left", "he", "12", ("r", "1")),
        ("left", "en-US", "hello", ("l", None)),
    ],
)
def test_text_from_the_right_begins_at_the_right(
    align: Any, language: str, text: str, said: tuple[str, str | None]
) -> None:
    properties = paragraph_of(made(words(text, align=align), language=language)).find(f"{A}pPr")
    assert (properties.get("algn"), properties.get("rtl")) == said


def test_a_title_from_the_right_has_its_balance_at_the_left() -> None:
    body = Body((Paragraph((Run("שלום"),), 24, 28.8, bold=True),), insets=(0, 0, 914_400, 0))
    box = Box(0, 0, inches(3), inches(1))
    title = TextItem(name="Title", box=box, body=body, role="title", placeholder="title")
    shape = Presentation(BytesIO(made(title, language="he"))).slides[0].shapes.title
    said = shape._element.find(f".//{A}bodyPr")
    assert (said.get("lIns"), said.get("rIns")) == ("914400", None)  # the layout has none


def test_notes_run_from_the_right_too() -> None:
    data = made(words("X"), language="ar", notes=(Note("Say", "تملك Alpha"),))
    notes = Presentation(BytesIO(data)).slides[0].notes_slide.notes_text_frame
    assert notes.paragraphs[0]._p.find(f"{A}pPr").get("rtl") == "1"
    assert notes.text == "Say: تملك Alpha"


def test_a_chart_s_words_have_their_face() -> None:
    chart = CategoryChart(
        ("トヨタ", "Beta"), (CategorySeries("x", (CategoryPoint(1), CategoryPoint(2))),)
    )
    item = ChartItem(name="Chart", box=Box(0, 0, inches(5), inches(3)), chart=chart, alt="x")
    with zipfile.ZipFile(BytesIO(made(item))) as archive:
        name = next(n for n in archive.namelist() if n.startswith("ppt/charts/chart"))
        root = etree.fromstring(archive.read(name))
    assert {face.get("typeface") for face in root.iter(f"{A}ea")} == {"Yu Gothic"}
