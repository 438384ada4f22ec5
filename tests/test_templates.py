"""Decks in company templates, as many kinds of them as occur in the wild."""

from __future__ import annotations

import io
import re
import zipfile
from functools import lru_cache
from pathlib import Path

import pytest
from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

import deckgen
import make_template
from deckgen.corporate import read_template
from deckgen.dress import dress
from deckgen.fitting import Fit, fit_template
from deckgen.gallery import Gallery
from deckgen.leaks import find_leaks
from deckgen.look import TemplateChoice
from deckgen.opc import NAMES, TemplateError, open_parts
from deckgen.overview import find_notices
from deckgen.pairs import PAIRS
from deckgen.scene import GroupItem, Item, PictureItem, ShapeItem, TextItem
from deckgen.source import NOWHERE, Text, Withheld
from deckgen.templatefile import open_template
from deckgen.theme import MOST_TIERS, TEXT, contrast
from package_check import package_problems
from validators import sdk_problems
from wild_templates import USELESS, WILD, make

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "assets" / "templates" / "harbour.potx"
FLAGSHIP = ROOT / "decks" / "ai-infrastructure-map.yaml"
# Kinds whose example is refused in a template, and why: part of the message.
REFUSED: dict[tuple[str, str], str] = {}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("templates")


def chosen(folder: Path, name: str) -> TemplateChoice:
    path = folder / (re.sub(r"\W", "-", name) + ".potx")
    path.write_bytes(make(name))
    return TemplateChoice(file=Text(str(path)))


@lru_cache(maxsize=2)
def tried(folder: Path, name: str) -> tuple[Fit, Gallery]:
    return fit_template(chosen(folder, name))


class Wild(Struct, frozen=True):
    """A template that was tried: its name, its parts, those of the deck of all kinds in it."""

    name: str
    fit: Fit
    gallery: Gallery
    theirs: dict[str, bytes]
    ours: dict[str, bytes]

    @property
    def slides(self) -> list[str]:
        return [part for part in self.ours if re.fullmatch(r"ppt/slides/slide\d+\.xml", part)]


@pytest.fixture(scope="module", params=WILD)
def wild(request: pytest.FixtureRequest, folder: Path) -> Wild:
    name = str(request.param)
    fit, gallery = tried(folder, name)
    return Wild(name, fit, gallery, parts_of(make(name)), parts_of(gallery.deck.data))


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_sample_is_what_its_script_makes() -> None:
    assert parts_of(SAMPLE.read_bytes()) == make_template.make_parts()


def test_every_kind_is_built_or_refused_for_a_reason(wild: Wild) -> None:
    fit = wild.fit
    expected = {kind: words for (where, kind), words in REFUSED.items() if where == wild.name}
    assert fit.refused.keys() == expected.keys(), fit.refused
    assert all(words in fit.refused[kind] for kind, words in expected.items())
    assert package_problems(wild.gallery.deck.data) == []


def test_masters_stay_as_they_are_and_samples_go(wild: Wild) -> None:
    """Byte for byte: masters, layouts, themes, media. Nothing is left of the sample slides."""
    theirs, ours = wild.theirs, wild.ours
    kept = [
        part for part in theirs
        if re.match(r"ppt/(slideMasters|slideLayouts|theme|fonts|tags|notesMasters)/[^_]", part)
    ]  # fmt: skip
    assert len(kept) >= 10
    assert {part: ours.get(part) for part in kept} == {part: theirs[part] for part in kept}
    for part in kept:
        for id in re.findall(rb'r:(?:id|embed|link)="(\w+)"', theirs[part]):
            folder_name, _, last = part.rpartition("/")
            links = ours[f"{folder_name}/_rels/{last}.rels"]
            assert b'Id="' + id + b'"' in links, f"{part} has lost {id!r}"
    whole = b"".join(data for part, data in ours.items() if part.endswith((".xml", ".rels")))
    for words in ("So sieht ein Chart aus", "Notiz zum Muster", "Marke und Gestaltung", '"Muster"'):
        assert words.encode() not in whole
    sample_chart = theirs["ppt/charts/chart1.xml"]
    assert all(data != sample_chart for data in ours.values())


def test_placeholders_are_the_templates_own(wild: Wild) -> None:
    """A title, footer or number has the type and index that its layout has, once on a slide."""
    ours = wild.ours
    inherited = 0
    for part in wild.slides:
        links = ours[f"ppt/slides/_rels/{part.rpartition('/')[2]}.rels"].decode()
        sheet = re.search(r'Target="\.\./(slideLayouts/[^"]+)"', links)
        assert sheet
        layout = etree.fromstring(ours[f"ppt/{sheet[1]}"])
        known = {_place(each) for each in layout.iterfind(".//p:nvPr/p:ph", NAMES)}
        slide = etree.fromstring(ours[part])
        used = [_place(each) for each in slide.iterfind(".//p:nvPr/p:ph", NAMES)]
        assert len(used) == len(set(used))
        assert set(used) <= known, (part, set(used) - known)
        assert any(kind in ("title", "ctrTitle") for kind, _ in used)
        inherited += sum(
            shape.find("p:spPr/a:xfrm", NAMES) is None
            for shape in slide.iterfind(".//p:sp", NAMES)
            if shape.find("p:nvSpPr/p:nvPr/p:ph", NAMES) is not None
        )
    assert inherited >= 20  # of some seventy: titles alone, where there are no footers


def _place(holder: etree._Element) -> tuple[str, str]:
    kind = holder.get("type", "obj")
    # A layout's `body` and `obj` are known by their index alone (19.3.1.36).
    return ("body" if kind in ("obj", "subTitle") else kind, holder.get("idx", "0"))


def test_shapes_take_the_themes_colors(wild: Wild) -> None:
    """Literal colours are for what a brand seldom has: gains, losses, black or white on a fill."""
    slides = b"".join(wild.ours[part] for part in wild.slides)
    scheme, literal = slides.count(b"<a:schemeClr"), slides.count(b"<a:srgbClr")
    assert scheme > 800
    assert literal < scheme / 4


def test_everything_stands_on_the_slide_and_clear_of_titles(wild: Wild) -> None:
    scene = wild.gallery.deck.scene
    slide = scene.template.slide
    for page in scene.pages:
        titles = [i for i in page.items if i.role == "title" and isinstance(i, TextItem)]
        assert titles, page.slide_id
        for item in page.items:
            if isinstance(item, (TextItem, ShapeItem, GroupItem, PictureItem)):
                box = item.box
                if isinstance(item, TextItem) and item.rotation % 180:
                    continue
                assert box.x >= 0, (page.slide_id, item.name)
                assert box.y >= 0, (page.slide_id, item.name)
                assert box.right <= slide.right + 1, (page.slide_id, item.name)
                assert box.bottom <= slide.bottom + 1, (page.slide_id, item.name)
                assert item in titles or not _crosses(item, titles[0]), (page.slide_id, item.name)


def _crosses(item: Item, title: TextItem) -> bool:
    if item.name == "Ground" or not isinstance(item, (TextItem, ShapeItem, PictureItem)):
        return False
    one, other, hair = item.box, title.box, 12_700
    return (
        min(one.right, other.right) - max(one.x, other.x) > hair
        and min(one.bottom, other.bottom) - max(one.y, other.y) > hair
    )


def test_tokens_keep_their_contrast(wild: Wild) -> None:
    found = read_template(make(wild.name), wild.name, {})
    for tiers in range(2, MOST_TIERS + 1):
        colors = found.theme(tiers, {}).colors
        pairs = [*PAIRS, *((f"on_tier{n}", f"tier{n}", TEXT) for n in range(1, tiers + 1))]
        faint = [
            (text, ground, round(contrast(colors[text], colors[ground]), 2))
            for text, ground, least in pairs
            if contrast(colors[text], colors[ground]) < least
        ]
        assert faint == []
        ramp = [contrast(colors[f"tier{n}"], colors["bg"]) for n in range(1, tiers + 1)]
        assert ramp == sorted(ramp, reverse=True)


@pytest.mark.parametrize("name", USELESS)
def test_useless_template_is_told_why(folder: Path, name: str) -> None:
    with pytest.raises(TemplateError, match=USELESS[name][1]):
        open_template(chosen(folder, name))


@pytest.mark.parametrize("name", ["sample", "several masters", "tags and buttons", "dark master"])
def test_decks_are_valid_and_the_same_each_time(
    folder: Path, name: str, sdk_validator: Path, tmp_path: Path
) -> None:
    outline = deckgen.load(FLAGSHIP, template=chosen(folder, name).file)
    deck = deckgen.build(outline)
    assert deck.data == deckgen.build(outline).data
    assert package_problems(deck.data) == []
    deck.save(tmp_path / "deck.pptx")
    assert sdk_problems(tmp_path / "deck.pptx", sdk_validator) == []


def test_layouts_are_found_by_what_they_hold(folder: Path) -> None:
    """The layouts of the sample have German names."""
    fit, _ = tried(folder, "sample")
    named = {layout.key: layout.name for layout in fit.fits}
    assert named == {
        "cover": "Titelfolie", "section": "Abschnittsüberschrift", "content": "Nur Titel",
        "text": "Titel und Inhalt", "columns": "Zwei Inhalte", "insight": "Nur Titel",
        "closing": "Nur Titel",
    }  # fmt: skip
    untyped, _ = tried(folder, "layouts of no type")
    same = {layout.key: layout.name for layout in untyped.fits}
    assert same["cover"] == "Titelfolie"
    assert same["content"] == "Nur Titel"


def test_outline_names_layouts_and_colors(tmp_path: Path) -> None:
    (tmp_path / "corp.potx").write_bytes(make("sample"))
    path = tmp_path / "deck.yaml"
    path.write_text(
        "title: Who controls the harbour\n"
        "template:\n"
        "  file: corp.potx\n"
        "  layouts: {content: Titel und Inhalt}\n"
        "  colors: {brand: accent5, accent: '005A9C'}\n"
        "slides:\n  - {kind: insight, title: Quays beat ships}\n",
        encoding="utf-8",
    )
    outline = deckgen.load(path)
    template, theme = dress(outline)
    assert template.layouts["content"].name == "Titel und Inhalt"
    assert theme.colors["brand"] == "B23A48"
    assert theme.colors["accent"] == "005A9C"


def test_guides_and_sections(folder: Path) -> None:
    _, gallery = tried(folder, "sample")
    main = parts_of(gallery.deck.data)["ppt/presentation.xml"].decode()
    assert main.count("<p15:guide ") == 4
    assert main.count("<p14:section ") == len(gallery.deck.scene.sections)


def test_custom_properties_and_fonts_stay(folder: Path) -> None:
    _, gallery = tried(folder, "custom properties")
    assert b"Intern" in parts_of(gallery.deck.data)["docProps/custom.xml"]
    _, gallery = tried(folder, "embedded fonts")
    ours = parts_of(gallery.deck.data)
    assert ours["ppt/fonts/font1.fntdata"] == b"font"
    assert b"embeddedFontLst" in ours["ppt/presentation.xml"]


def test_notes_hang_on_the_templates_own_places(folder: Path) -> None:
    _, gallery = tried(folder, "other indices for notes")
    notes = parts_of(gallery.deck.data)["ppt/notesSlides/notesSlide1.xml"].decode()
    assert '<p:ph type="body" idx="7"/>' in notes
    assert '<p:ph type="sldImg" idx="9"/>' in notes
    _, gallery = tried(folder, "no notes master")
    assert "ppt/notesMasters/notesMaster1.xml" in parts_of(gallery.deck.data)


def test_button_of_a_layout_leads_to_the_decks_first_slide(folder: Path) -> None:
    _, gallery = tried(folder, "tags and buttons")
    links = parts_of(gallery.deck.data)["ppt/slideLayouts/_rels/slideLayout6.xml.rels"].decode()
    assert re.search(r'Id="rId94"[^>]*Target="\.\./slides/slide1\.xml"', links)
    assert re.search(r'Id="rId93"[^>]*Target="\.\./tags/tag1\.xml"', links)


def test_upright_title_is_left_alone(folder: Path) -> None:
    fit, _ = tried(folder, "vertical title")
    content = next(layout for layout in fit.fits if layout.key == "content")
    assert content.name != "Nur Titel"


@pytest.mark.parametrize(
    ("name", "frame"),
    # Under the title: from the body's top to the footer's rule at 6.8 in, less a gap of 0.1
    # and the source's 0.34 with its own gap of 0.1.
    [
        ("sample", (0.6, 1.62, 12.13, 4.64)),
        # Over the title at 5.7 in, less its gap and the source.
        ("title at the bottom", (0.6, 1.0, 12.13, 4.16)),
        # Beside it; its right edge at 3.5 in and the body at 3.8.
        ("title at the left", (3.8, 1.1, 8.93, 5.16)),
    ],
)
def test_frame(folder: Path, name: str, frame: tuple[float, ...]) -> None:
    fit, _ = tried(folder, name)
    content = next(layout for layout in fit.fits if layout.key == "content")
    assert content.frame_in == pytest.approx(frame, abs=0.011)


def test_frame_is_clear_of_art(folder: Path) -> None:
    fit, _ = tried(folder, "picture on a layout")
    content = next(layout for layout in fit.fits if layout.key == "content")
    assert "Foto" in content.cut
    assert content.frame_in
    assert content.frame_in[0] + content.frame_in[2] == pytest.approx(11.5, abs=0.011)


def test_sizes_go_with_the_slide(folder: Path) -> None:
    """A slide of 10 × 5.625 in looks as one of 13.333 × 7.5 in does."""
    fit, small = tried(folder, "10 x 5.625 in")
    assert fit.slide_in == (10.0, 5.62)
    assert fit.scale == 0.75
    main = parts_of(small.deck.data)["ppt/presentation.xml"].decode()
    assert '<p:sldSz cx="9144000" cy="5143500"/>' in main


def test_audience_has_a_template_of_its_own(tmp_path: Path) -> None:
    for name in ("sample", "dark master"):
        (tmp_path / f"{name.partition(' ')[0]}.potx").write_bytes(make(name))
    path = tmp_path / "deck.yaml"
    path.write_text(
        "title: Who controls the harbour\n"
        "template: sample.potx\n"
        "audiences:\n  - {name: board, template: dark.potx}\n  - staff\n"
        "slides:\n  - {kind: insight, title: Quays beat ships}\n",
        encoding="utf-8",
    )
    board, staff = (deckgen.load(path, audience=name) for name in ("board", "staff"))
    assert dress(board)[1].dark
    assert not dress(staff)[1].dark


def test_leaks_are_found_in_a_templates_deck(folder: Path) -> None:
    _, gallery = tried(folder, "sample")
    names = (Withheld("Merrow Line", NOWHERE), Withheld("The harbour will be sold", NOWHERE))
    found = [leak.withheld.words for leak in find_leaks(gallery.deck.data, names)]
    assert found == ["Merrow Line"]


def test_words_are_measured_as_capitals_and_spaced(folder: Path) -> None:
    plain, loud = (
        open_template(chosen(folder, name)).template.layouts["content"].placeholder("title")
        for name in ("sample", "capitals, spaced")
    )
    assert (plain.caps, plain.wider) == (False, 1.0)
    assert loud.caps
    assert loud.wider == pytest.approx(1 + 3 / (0.52 * 28))
    assert replace(loud, wider=1.0).inner.w > loud.inner.w


def test_nothing_of_samples_is_read() -> None:
    parts = open_parts(make("sample"))
    assert not [name for name in parts.data if "slides/" in name or "charts/" in name]
    assert not [name for name in parts.data if name.startswith("/docProps")]


def test_reading_twice_is_reading_once() -> None:
    data = make("sample")
    assert read_template(data, "a.potx", {}) is read_template(data, "a.potx", {})


def test_a_theme_beside_a_template_is_told_not_to_be_used(tmp_path: Path) -> None:
    (tmp_path / "own.potx").write_bytes(SAMPLE.read_bytes())
    text = "title: Deck\ntheme: slate\ntemplate: own.potx\nslides: [{kind: cover}]\n"
    (tmp_path / "deck.yaml").write_text(text, "utf-8")
    loaded = deckgen.load(tmp_path / "deck.yaml")
    told = find_notices(loaded, deckgen.build(loaded).scene)
    assert [notice.rpartition("deck.yaml:")[2] for notice in told] == [
        "2:8: the theme is not used: a template has colours of its own"
    ]
