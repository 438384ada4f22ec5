"""Themes as files: what is read, what is refused, and what of it a finished deck shows."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.presentation import Presentation as Deck
from pptx.util import Inches, Pt
from yaml import safe_load

import deckgen
from deckgen.builder import draft
from deckgen.gallery import build_gallery
from deckgen.loader import load, load_text
from deckgen.pairs import PAIRS, find_faults
from deckgen.reference import theme_reference
from deckgen.rules.layout import low_contrast, overflow
from deckgen.rules.subject import Subject
from deckgen.schema import theme_schema
from deckgen.slides import example_path, kind_names
from deckgen.source import OutlineError
from deckgen.theme import (
    USES,
    built_in,
    contrast,
    load_theme,
    load_tokens,
    luminance,
    make_theme,
    theme_names,
)
from deckgen.themefile import open_theme, read_theme
from outlines import ANALYSIS, with_slides
from package_check import package_problems
from test_cli import run
from validators import sdk_problems

ROOT = Path(__file__).parents[1]
SLIDES = """
- {kind: cover}
- {kind: section, title: Where we stand}
- {kind: bullets, title: Two things follow from it, points: [One, Two]}
- {kind: tier-map, title: Owners stand above those who rent}
- {kind: closing}
"""
BORDEAUX = """\
theme: harbour
about: The colours of the Port Trust
fonts: {heading: Cambria, body: Calibri}
colors: {panel: 5B1A2B, brand: panel, kicker: 8C4455, on_panel2: E9D5D9, accent: B45309}
tiers: [5B1A2B, 8C4455, BD8791, E9D5D9]
"""


def theme_in(folder: Path, text: str, name: str = "ours.yaml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def told(folder: Path, text: str) -> list[str]:
    """What is told of a theme, without the folder's name."""
    path = theme_in(folder, text)
    return told_of(path)


def told_of(path: Path) -> list[str]:
    problems = OutlineError(read_theme(path, str(path)).problems).problems
    return [str(problem).replace(f"{path.parent}/", "") for problem in problems]


def outline_in(folder: Path, theme: str, slides: str = SLIDES) -> Path:
    path = folder / "deck.yaml"
    path.write_text(f"theme: {theme}\n{with_slides(slides)}", "utf-8")
    return path


def opened(path: Path) -> Deck:
    return Presentation(io.BytesIO(deckgen.build(load(path)).data))


# -- built-in themes ----------------------------------------------------------------


def test_there_is_a_light_a_dark_a_sober_and_a_lively_one() -> None:
    assert theme_names() == ["dark", "indigo", "light", "slate"]
    assert [name for name in theme_names() if load_theme(name, 4).dark] == ["dark"]


@pytest.mark.parametrize("name", theme_names())
def test_a_built_in_theme_says_everything_and_everything_in_it_can_be_read(name: str) -> None:
    tokens = load_tokens(name)
    assert {*tokens.colors, *tokens.tints} == set(USES)
    assert len(tokens.series) == 6
    assert find_faults(tokens) == []
    read = read_theme(Path(str(built_in(name))), f"{name}.yaml")
    assert (read.problems, read.tokens) == ((), tokens)


@pytest.mark.parametrize("name", theme_names())
@pytest.mark.parametrize("tiers", range(2, 7))
def test_every_ramp_goes_one_way_and_carries_its_text(name: str, tiers: int) -> None:
    theme = load_theme(name, tiers)
    steps = [luminance(theme.color(f"tier{n}")) for n in range(1, tiers + 1)]
    assert steps == sorted(steps, reverse=theme.dark)
    for ramp in ("tier", "motif"):
        for n in range(1, tiers + 1):
            assert contrast(theme.color(f"on_{ramp}{n}"), theme.color(f"{ramp}{n}")) >= 4.5


@pytest.mark.parametrize("name", theme_names())
@pytest.mark.parametrize("kind", kind_names())
def test_every_kind_fits_and_can_be_read_in_every_theme(kind: str, name: str) -> None:
    subject = Subject(draft(load(example_path(kind), theme=name, allow_code=True)))
    assert [f.message for f in (*low_contrast.find(subject), *overflow.find(subject))] == []


def test_the_pairs_of_the_design_are_all_asked_for() -> None:
    asked = {(text, ground) for text, ground, _ in PAIRS}
    for text in ("ink", "ink2", "muted", "kicker", "accent", "pos", "neg"):
        assert {(text, ground) for ground in ("bg", "surface", "surface2")} <= asked
    assert {("on_panel2", "panel"), ("on_accent", "accent"), ("accent", "accent_soft")} <= asked


# -- reading ----------------------------------------------------------------------------


def test_a_theme_is_what_it_says_and_otherwise_what_it_extends(tmp_path: Path) -> None:
    theme = make_theme(open_theme(str(theme_in(tmp_path, BORDEAUX))), 4)
    light = load_theme("light", 4)
    assert (theme.name, theme.heading_font, theme.body_font) == ("harbour", "Cambria", "Calibri")
    assert (theme.color("panel"), theme.color("brand")) == ("5B1A2B", "5B1A2B")  # by its name
    assert theme.color("ink") == light.color("ink")
    assert [theme.color(f"tier{n}") for n in (1, 4)] == ["5B1A2B", "E9D5D9"]
    # The motif was made for another panel: this one goes from the panel's text to the panel.
    assert theme.color("motif1") == "FFFFFF"
    assert theme.color("motif4") != light.color("motif4")


def test_tints_follow_the_colours_that_they_are_made_of_until_they_can_be_read(
    tmp_path: Path,
) -> None:
    theme = make_theme(open_theme(str(theme_in(tmp_path, BORDEAUX))), 4)
    assert theme.color("accent_soft") != load_theme("light", 4).color("accent_soft")
    assert contrast(theme.color("accent"), theme.color("accent_soft")) >= 4.5
    assert contrast(theme.color("on_brand_soft"), theme.color("brand_soft")) >= 4.5
    for n in range(1, 7):
        part = theme.color(f"series{n}")
        assert max(contrast(theme.color(ink), part) for ink in ("ink", "bg")) >= 4.5


def test_a_chain_of_files_ends_in_a_built_in_theme(tmp_path: Path) -> None:
    theme_in(tmp_path, "extends: dark\ncolors: {accent: FFB000, on_accent: 000000}", "base.yaml")
    path = theme_in(tmp_path, "extends: ./base.yaml\ncolors: {muted: AABBC4}")
    theme = make_theme(open_theme(str(path)), 3)
    assert (theme.color("accent"), theme.color("muted")) == ("FFB000", "AABBC4")
    assert (theme.color("bg"), theme.dark, theme.name) == ("0D1821", True, "ours")


def test_whether_a_theme_is_dark_is_seen_by_its_ground(tmp_path: Path) -> None:
    text = Path(str(built_in("dark"))).read_text("utf-8").replace("theme: dark", "extends: light")
    assert make_theme(open_theme(str(theme_in(tmp_path, text))), 3).dark


def test_all_mistakes_are_told_at_their_lines_with_the_nearest_names(tmp_path: Path) -> None:
    assert told(tmp_path, """\
theme: harbour
extends: lihgt
fnots: {body: Arial}
colors:
  accnt: C2410C
  ink2: 3A4A5
  kicker: acent
  panel: #5B1A2B
  tier1: "222222"
  hair: [ink, 20]
tiers: [222222]
type: {title: 18, source: 8, body: 12}
footer: {number: maybe}
logo: nothere.png
""") == [
        "ours.yaml:2:10: no theme is called “lihgt”; did you mean “light”?"
        " (a theme file is named as in ./ours.yaml)",
        "ours.yaml:3:1: unknown key `fnots`; did you mean “fonts”?",
        "ours.yaml:5:3: there is no colour `accnt`; did you mean “accent”?",
        "ours.yaml:6:9: `ink2` cannot be “3A4A5”;"
        " give six hex digits, as in 0B3B4F, or a token’s name",
        "ours.yaml:7:11: `kicker` cannot be “acent”; did you mean “accent”?",
        "ours.yaml:8:3: `panel` has no colour; leave out the `#`, which begins a comment",
        "ours.yaml:9:3: there is no colour `tier1`; give the ramp’s stops under `tiers`",
        "ours.yaml:10:10: `hair` is neither a colour nor a tint;"
        " a tint is a token and three percentages, as in [accent, 100, 8, 92]",
        "ours.yaml:11:8: `tiers` takes at least 2 entries, not 1",
        "ours.yaml:12:15: `title` takes at least 20, not 18",
        "ours.yaml:12:27: `source` takes at least 9, not 8",
        "ours.yaml:12:30: unknown key `body`; it can be: footer, kicker, source or title",
        "ours.yaml:13:18: `number` wants true or false, not “maybe”",
        "ours.yaml:14:7: there is no file “nothere.png” beside the theme",
    ]  # fmt: skip


def test_one_wrong_colour_of_six_is_told_by_itself(tmp_path: Path) -> None:
    assert told(tmp_path, "series: [brand, accnt, [tier1, 9, x, 9], pos, neg, muted]") == [
        "ours.yaml:1:17: `series2` cannot be “accnt”; did you mean “accent”?",
        "ours.yaml:1:25: `series3` is neither a colour nor a tint;"
        " a tint is a token and three percentages, as in [accent, 100, 8, 92]",
    ]


def test_colours_may_be_written_in_quotation_marks_and_with_a_number_sign(tmp_path: Path) -> None:
    text = "colors: {hair: \"#cbd5dc\", muted: 123456, ink: '000000'}"
    theme = make_theme(open_theme(str(theme_in(tmp_path, text))), 3)
    assert [theme.color(t) for t in ("hair", "muted", "ink")] == ["CBD5DC", "123456", "000000"]


def test_a_theme_is_the_same_for_everyone(tmp_path: Path) -> None:
    text = "classification: {text: Secret, only: [board]}\nfooter: {text: 'See [it](#cover)'}"
    assert told(tmp_path, text) == [
        "ours.yaml:1:39: a theme knows no audience;"
        " a theme is the same for everyone who gets it",
        "ours.yaml:2:16: a theme knows no slide; a theme is the same for everyone who gets it",
    ]  # fmt: skip


# -- what cannot be read ------------------------------------------------------------------


def test_a_text_that_cannot_be_read_is_told_with_both_tokens_their_contrast_and_lines(
    tmp_path: Path,
) -> None:
    text = "theme: faint\ncolors:\n  muted: 8A949C\n  surface2: F0F0F0\n"
    assert told(tmp_path, text) == [
        "ours.yaml:3:10: `muted` on `bg` has a contrast of 3.0 : 1, and needs 4.5 : 1;"
        " `bg` is as in the theme it extends",
        "ours.yaml:3:10: `muted` on `surface` has a contrast of 2.8 : 1, and needs 4.5 : 1;"
        " `surface` is as in the theme it extends",
        "ours.yaml:3:10: `muted` on `surface2` has a contrast of 2.7 : 1, and needs 4.5 : 1;"
        " `surface2` is on line 4",
        "ours.yaml:3:10: `muted` on `card` has a contrast of 3.0 : 1, and needs 4.5 : 1;"
        " `card` is as in the theme it extends",
        "ours.yaml:3:10: `muted` on `accent_soft` has a contrast of 2.7 : 1, and needs 4.5 : 1;"
        " `accent_soft` is as in the theme it extends",
    ]  # fmt: skip


def test_large_text_may_be_fainter(tmp_path: Path) -> None:
    assert contrast("C2410C", "DCE4E8") < 4.5  # `accent` on it is large or bold
    assert not [line for line in told(tmp_path, "colors: {surface2: DCE4E8}") if "`accent`" in line]


def test_a_line_in_the_theme_it_extends_is_named_with_its_file(tmp_path: Path) -> None:
    theme_in(tmp_path, "colors: {panel: 5B1A2B}\n", "base.yaml")
    lines = told(tmp_path, "extends: ./base.yaml\ncolors: {on_panel2: 8C4455}\n")
    assert len(lines) == 1
    assert "`on_panel2` on `panel` has a contrast of 1.8 : 1" in lines[0]
    assert "`panel` is on line 1 of base.yaml" in lines[0]


def test_tiers_out_of_order_are_told(tmp_path: Path) -> None:
    lines = told(tmp_path, "tiers: [0B3B4F, C9DFE7, 1E6C86]")
    assert lines == [
        "ours.yaml:1:9: of 3 tiers `tier2` stands out less from `bg` than `tier3`"
        " (1.4 and 5.9 : 1)"
    ]  # fmt: skip
    upside_down = told(tmp_path, "tiers: [C9DFE7, 0B3B4F]")
    assert any("of 2 tiers `tier1` stands out less from `bg`" in line for line in upside_down)


def test_tiers_on_which_neither_ink_can_be_read_move_until_one_can(tmp_path: Path) -> None:
    path = theme_in(tmp_path, "tiers: [0B3B4F, 7F7F7F, E0E0E0]\n")
    theme = make_theme(open_theme(str(path)), 3)
    assert contrast(theme.color("on_tier2"), theme.color("tier2")) >= 4.5


def test_colours_that_name_one_another_in_a_circle(tmp_path: Path) -> None:
    assert told(tmp_path, "colors: {ink: ink2, ink2: muted, muted: ink}") == [
        "ours.yaml:1:15: these colours name one another: ink → ink2 → muted;"
        " give one of them six hex digits"
    ]  # fmt: skip


# -- files that extend one another -----------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "where"),
    [
        ({"ours.yaml": "extends: ./ours.yaml"}, "ours.yaml:1:10: these themes extend one another"),
        (
            {"ours.yaml": "extends: ./a.yaml", "a.yaml": "theme: a\nextends: ./ours.yaml"},
            "a.yaml:2:10: these themes extend one another in a circle",
        ),
        ({"ours.yaml": "extends: ./gone.yaml"}, "ours.yaml:1:10: there is no file “./gone.yaml”"),
        ({"ours.yaml": "extends: ../x.yaml"}, "ours.yaml:1:10: “../x.yaml” leads out of"),
        ({"ours.yaml": "extends: /etc/x.yaml"}, "ours.yaml:1:10: “/etc/x.yaml” must be a path"),
        (
            {
                "ours.yaml": "extends: ./b0.yaml",
                **{f"b{n}.yaml": f"extends: ./b{n + 1}.yaml" for n in range(12)},
            },
            "b6.yaml:1:10: more than 8 themes extend one another",
        ),
    ],
)  # fmt: skip
def test_a_chain_that_leads_nowhere_is_told_where_it_does(
    files: dict[str, str], where: str, tmp_path: Path
) -> None:
    for name, text in files.items():
        theme_in(tmp_path, text, name)
    assert told_of(tmp_path / "ours.yaml")[0].startswith(where)


# -- in an outline ------------------------------------------------------------------------


def test_an_outline_names_a_theme_or_a_file_beside_it(tmp_path: Path) -> None:
    theme_in(tmp_path, BORDEAUX)
    deck = opened(outline_in(tmp_path, "./ours.yaml"))
    xml = deck.slide_master.part.part_related_by(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"
    ).blob.decode()
    assert (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="harbour">'
        in xml
    )
    assert '<a:dk2><a:srgbClr val="5B1A2B"/></a:dk2>' in xml
    assert '<a:accent5><a:srgbClr val="B45309"/></a:accent5>' in xml
    assert '<a:latin typeface="Cambria"/>' in xml
    # Shapes name the slots, so that Design > Variants recolours them.
    tiers = deck.slides[3].part.blob.decode()
    assert 'schemeClr val="accent1"' in tiers
    assert "5B1A2B" not in tiers


def test_a_theme_that_is_not_there_is_told_at_the_outline_s_line(tmp_path: Path) -> None:
    for theme, words in (
        ("slaet", "no theme is called “slaet”; did you mean “slate”?"),
        ("./gone.yaml", "there is no file “./gone.yaml” beside the outline"),
        ("../x.yaml", "“../x.yaml” leads out of the outline’s folder"),
    ):
        path = outline_in(tmp_path, theme)
        with pytest.raises(OutlineError) as error:
            load(path)
        assert f"deck.yaml:1:8: {words}" in str(error.value)


def test_an_audience_has_a_theme_of_its_own(tmp_path: Path) -> None:
    theme_in(tmp_path, BORDEAUX)
    text = f"{with_slides(SLIDES)}audiences:\n  - {{name: board, theme: ./ours.yaml}}\n  - guests\n"
    path = tmp_path / "deck.yaml"
    path.write_text(text, "utf-8")
    names = {a: deckgen.build(load(path, a)).scene.theme.name for a in ("", "board", "guests")}
    assert names == {"": "light", "board": "harbour", "guests": "light"}


def test_a_mistake_in_an_audience_s_theme_is_told_whoever_the_deck_is_for(tmp_path: Path) -> None:
    theme_in(tmp_path, "colors: {accnt: 000000}")
    text = f"{with_slides(SLIDES)}audiences:\n  - {{name: board, theme: ./ours.yaml}}\n"
    (tmp_path / "deck.yaml").write_text(text, "utf-8")
    with pytest.raises(OutlineError, match=r"ours\.yaml:1:10: there is no colour `accnt`"):
        load(tmp_path / "deck.yaml")


def test_an_audience_s_file_names_a_theme_from_its_own_folder(tmp_path: Path) -> None:
    folder = tmp_path / "board"
    folder.mkdir()
    theme_in(folder, BORDEAUX)
    text = f"{with_slides(SLIDES)}audiences:\n  - file: board/board.yaml\n"
    (tmp_path / "deck.yaml").write_text(text, "utf-8")
    (folder / "board.yaml").write_text("extends: ../deck.yaml\ntheme: ./ours.yaml\n", "utf-8")
    scene = deckgen.build(load(tmp_path / "deck.yaml", "board")).scene
    assert scene.theme.name == "harbour"


def test_the_same_theme_gives_the_same_bytes(tmp_path: Path) -> None:
    theme_in(tmp_path, f"{BORDEAUX}logo: logo.png\nclassification: Confidential\n")
    Image.new("RGB", (300, 60), "#5B1A2B").save(tmp_path / "logo.png")
    path = outline_in(tmp_path, "./ours.yaml")
    assert deckgen.build(load(path)).data == deckgen.build(load(path)).data


# -- the foot of the pages ------------------------------------------------------------------


@pytest.fixture
def footed(tmp_path: Path) -> Path:
    """An outline whose theme has a logo of 300 by 60 pixels, a mark and words for the footer."""
    Image.new("RGB", (300, 60), "#5B1A2B").save(tmp_path / "logo.png")
    text = "logo: logo.png\nclassification: Confidential\nfooter: {text: Port Trust}\n"
    theme_in(tmp_path, BORDEAUX + text)
    return outline_in(tmp_path, "./ours.yaml")


def test_the_logo_is_on_the_layouts_and_pushes_the_number_left(footed: Path) -> None:
    deck = opened(footed)
    assert [
        shape.name
        for slide in deck.slides
        for shape in slide.shapes
        if shape.shape_type == MSO_SHAPE_TYPE.PICTURE
    ] == []
    for layout in deck.slide_layouts:
        logos = [shape for shape in layout.shapes if shape.name == "Logo"]
        if layout.name in ("Cover", "Section"):
            assert not logos
            continue
        (logo,) = logos
        assert (logo.width, logo.height) == (Inches(0.9), Inches(0.18))
        assert logo.left + logo.width == deck.slide_width - Inches(0.6)
        (number,) = _numbers(layout)
        assert number.left + number.width == logo.left - Inches(0.2)


def _numbers(layout: Any) -> list[Any]:
    """The slide number's placeholder, where a layout has one."""
    return [
        p for p in layout.placeholders if p.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER
    ]


def test_a_high_logo_is_as_high_as_the_line_and_keeps_its_shape(tmp_path: Path) -> None:
    Image.new("RGB", (100, 100)).save(tmp_path / "logo.png")
    theme_in(tmp_path, "logo: logo.png")
    layout = opened(outline_in(tmp_path, "./ours.yaml")).slide_layouts.get_by_name("Title Only")
    assert layout is not None
    (logo,) = [shape for shape in layout.shapes if shape.name == "Logo"]
    assert (logo.width, logo.height) == (Inches(0.25), Inches(0.25))
    assert logo.top + logo.height // 2 == Inches(7.06) + Inches(0.18) // 2


def test_the_mark_is_on_every_layout_and_on_no_slide(footed: Path) -> None:
    deck = opened(footed)
    for layout in deck.slide_layouts:
        mark: Any = next(shape for shape in layout.shapes if shape.name == "Classification")
        assert mark.text_frame.text == "Confidential"
        assert not mark.is_placeholder
        run = mark.text_frame.paragraphs[0].runs[0]
        assert (run.font.size, run.font.bold) == (Pt(9), True)
        for number in _numbers(layout):
            assert mark.left + mark.width < number.left
    assert not any("Confidential" in slide.part.blob.decode() for slide in deck.slides)


def test_the_footer_says_what_the_theme_says(footed: Path) -> None:
    footers = [
        shape.text_frame.text
        for slide in opened(footed).slides for shape in slide.placeholders
        if shape.placeholder_format.type == PP_PLACEHOLDER.FOOTER
    ]  # fmt: skip
    assert footers == ["Port Trust", "Port Trust"]  # the cover, the divider and the end have none


def test_a_footer_and_a_number_can_be_left_out(tmp_path: Path) -> None:
    theme_in(tmp_path, "footer: {text: '', number: false}")
    deck = opened(outline_in(tmp_path, "./ours.yaml"))
    for part in (*deck.slides, *deck.slide_layouts, deck.slide_master):
        assert not {PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.FOOTER} & {
            p.placeholder_format.type for p in part.placeholders
        }


def test_what_the_foot_does_not_hold_is_refused(tmp_path: Path) -> None:
    long = "Confidential, for the members of the board and nobody else"
    footer = "word " * 40
    lines = told(tmp_path, f"classification: {long}\nfooter: {{text: {footer.strip()}}}\n")
    assert [line.split(":")[1] for line in lines] == ["1", "2"]
    assert "in wide and has 2.20 in at the foot of a page; shorten it" in lines[0]


def test_sizes_by_role_stand_on_the_layouts(tmp_path: Path) -> None:
    theme_in(tmp_path, "type: {title: 22, kicker: 12, source: 10, footer: 10}")
    path = outline_in(tmp_path, "./ours.yaml")
    layouts = deckgen.build(load(path)).data
    with zipfile.ZipFile(io.BytesIO(layouts)) as package:
        xml = package.read("ppt/slideLayouts/slideLayout3.xml").decode()
    for name, size in (("Title", 2200), ("Kicker", 1200), ("Source", 1000), ("Slide number", 1000)):
        shape = xml[xml.index(f'name="{name}"') :]
        assert shape[: shape.index("</p:sp>")].count(f'sz="{size}"') == 1


def test_a_deck_with_logo_and_mark_is_sound(
    footed: Path, sdk_validator: Path, tmp_path: Path
) -> None:
    data = deckgen.build(load(footed)).data
    assert package_problems(data) == []
    target = tmp_path / "deck.pptx"
    target.write_bytes(data)
    assert sdk_problems(target, sdk_validator) == []


def test_what_is_withheld_is_searched_for_in_a_themed_deck_too(tmp_path: Path) -> None:
    theme_in(tmp_path, f"{BORDEAUX}classification: Gamma\n")
    analysis = ANALYSIS.replace("name: Gamma", "name: Gamma\n    not: [guests]", 1)
    analysis = analysis.replace("depends_on: [{company: gamma, for: handling}]", "")
    text = with_slides("- {kind: bullets, title: Two follow, points: [One, Two]}", analysis)
    path = tmp_path / "deck.yaml"
    path.write_text(f"theme: ./ours.yaml\n{text}audiences: [guests]\n", "utf-8")
    # The mark has the withheld company's name by the theme's choice, not from the analysis.
    assert deckgen.build(load(path, "guests")).slide_count == 1


# -- the command line ------------------------------------------------------------------------


def test_the_command_line_takes_a_theme_in_place_of_the_outline_s(tmp_path: Path) -> None:
    outline_in(tmp_path, "dark")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    theme_in(elsewhere, BORDEAUX)
    for theme, name in (("slate", "slate"), ("elsewhere/ours.yaml", "harbour")):
        done = run("build", "deck.yaml", "-o", "x.pptx", "--theme", theme, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        with zipfile.ZipFile(tmp_path / "x.pptx") as package:
            assert f'name="{name}"' in package.read("ppt/theme/theme1.xml").decode()
    for command in ("check", "titles"):
        done = run(command, "deck.yaml", "--theme", "slaet", cwd=tmp_path)
        assert done.returncode == 2
        assert "--theme: no theme is called “slaet”; did you mean “slate”?" in done.stderr


def test_the_theme_reaches_every_audience_s_deck(tmp_path: Path) -> None:
    theme_in(tmp_path, BORDEAUX)
    text = f"{with_slides(SLIDES)}audiences: [board, guests, staff]\n"
    (tmp_path / "deck.yaml").write_text(text, "utf-8")
    done = run("build", "deck.yaml", "--all-audiences", "--theme", "ours.yaml", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for name in ("board", "guests", "staff"):
        with zipfile.ZipFile(tmp_path / "out" / f"deck.{name}.pptx") as package:
            assert 'name="harbour"' in package.read("ppt/theme/theme1.xml").decode()


def test_themes_are_listed_with_their_colours(tmp_path: Path) -> None:
    done = run("themes")
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert "slate: Navy and bronze on white" in done.stdout
    assert "tier1 14233C  tier2 3C5579  tier3 8296B3  tier4 D3DBE6" in done.stdout
    listed = json.loads(run("themes", "--format", "json").stdout)
    assert [theme["name"] for theme in listed] == ["dark", "indigo", "light", "slate"]
    assert listed[2]["groups"]["signal"]["accent"] == "C2410C"


def test_a_theme_file_is_checked_and_shown(tmp_path: Path) -> None:
    theme_in(tmp_path, BORDEAUX.replace("Calibri", "Gill Sans"))
    done = run("themes", "ours.yaml", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "harbour: The colours of the Port Trust" in done.stdout
    assert "Gill Sans: no widths are known" in done.stdout
    theme_in(tmp_path, "colors: {muted: CCCCCC}")
    done = run("themes", "ours.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "ours.yaml:1:17: `muted` on `bg` has a contrast of 1.6 : 1" in done.stderr


def test_a_gallery_shows_every_kind_in_the_theme(tmp_path: Path) -> None:
    theme_in(tmp_path, f"{BORDEAUX}classification: Confidential\n")
    made = build_gallery(open_theme(str(tmp_path / "ours.yaml")))
    assert made.refused == {}
    sections = [section.title for section in made.deck.scene.sections]
    assert (sections[0], sections[-1], sorted(sections)) == ("cover", "closing", list(kind_names()))
    assert package_problems(made.deck.data) == []


def test_a_gallery_of_all_themes_is_a_deck_each(tmp_path: Path) -> None:
    done = run("themes", "--gallery", "-o", "one.pptx", cwd=tmp_path)
    assert done.returncode == 2
    assert "the name must hold {theme}" in done.stderr
    done = run("themes", "slate", "--gallery", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (tmp_path / "out" / "themes").iterdir()] == ["slate.pptx"]


# -- documentation and schema ------------------------------------------------------------------


def test_the_page_of_themes_is_what_the_code_says() -> None:
    kept = (ROOT / "decks" / "THEMES.md").read_text("utf-8")
    assert kept == theme_reference(), "run: python -m deckgen.reference themes > decks/THEMES.md"


def test_the_theme_in_the_documentation_is_sound(tmp_path: Path) -> None:
    page = (ROOT / "decks" / "THEMES.md").read_text("utf-8")
    text = next(part for part in page.split("```yaml\n") if part.startswith("theme: harbour"))
    shutil.copy(ROOT / "decks" / "kinds" / "harbour.png", tmp_path)
    assert told(tmp_path, text.split("```")[0]) == []


def test_the_schema_takes_what_is_read_and_refuses_what_is_not() -> None:
    schema = theme_schema()
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for name in theme_names():
        assert validator.is_valid(safe_load(built_in(name).read_text("utf-8")))
    assert validator.is_valid(safe_load(BORDEAUX))
    for wrong in ("colors: {accnt: C2410C}", "fnots: {}", "type: {title: 18}", "tiers: [aabbcc]"):
        assert not validator.is_valid(safe_load(wrong)), wrong


def test_load_text_finds_a_theme_beside_the_name_it_is_given(tmp_path: Path) -> None:
    theme_in(tmp_path, BORDEAUX)
    text = f"theme: ./ours.yaml\n{with_slides(SLIDES)}"
    tokens = load_text(text, str(tmp_path / "deck.yaml")).tokens
    assert tokens is not None
    assert tokens.name == "harbour"


def test_a_build_tells_of_a_face_without_known_widths(tmp_path: Path) -> None:
    theme_in(tmp_path, "extends: light\nfonts: {body: Gotham}\n")
    outline = tmp_path / "deck.yaml"
    outline.write_text("title: Deck\ntheme: ./ours.yaml\nslides: [{kind: cover}]\n", "utf-8")
    done = run("build", "deck.yaml", cwd=tmp_path)
    assert done.returncode == 0
    assert "the face “Gotham” has no known widths" in done.stderr
