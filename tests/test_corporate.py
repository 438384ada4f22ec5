"""What is read of a template: places in groups, inherited styles, colours and what lies under."""

from __future__ import annotations

import pytest
from lxml import etree

import wild_templates as wild
from deckgen.box import Box
from deckgen.corporate import read_template
from deckgen.corporate.colors import Scheme, alphas, color_in, fill_colors
from deckgen.corporate.palette import make_theme
from deckgen.corporate.shapes import Found, walk
from deckgen.opc import NAMES, TemplateError, open_parts, whole
from deckgen.units import inches

A = f'xmlns:a="{NAMES["a"]}" xmlns:p="{NAMES["p"]}"'
SCHEME = Scheme(
    {
        "dk1": "000000", "lt1": "FFFFFF", "dk2": "1F497D", "lt2": "EEECE1", "accent1": "4F81BD",
        "accent2": "C0504D", "accent3": "9BBB59", "accent4": "8064A2", "accent5": "4BACC6",
        "accent6": "F79646", "hlink": "0000FF", "folHlink": "800080", "tx1": "000000",
        "bg1": "FFFFFF", "tx2": "1F497D", "bg2": "EEECE1",
    },
    "Arial", "Arial", (), (),
)  # fmt: skip


def colored(inner: str) -> str | None:
    return color_in(etree.fromstring(f"<a:x {A}>{inner}</a:x>"), SCHEME)


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ('<a:srgbClr val="0e6e7e"/>', "0E6E7E"),
        ('<a:sysClr val="window" lastClr="FFFFFF"/>', "FFFFFF"),
        ('<a:schemeClr val="accent1"/>', "4F81BD"),
        # Half of the way to black, then to white, channel by channel: 80 becomes 40, 192.
        ('<a:srgbClr val="808080"><a:shade val="50000"/></a:srgbClr>', "404040"),
        ('<a:srgbClr val="808080"><a:tint val="50000"/></a:srgbClr>', "C0C0C0"),
        # Red of HSL light .5: three quarters are .375 (191), and .375 + .25 is .625 (a fourth
        # of white in each channel that red lacks).
        ('<a:srgbClr val="FF0000"><a:lumMod val="75000"/></a:srgbClr>', "BF0000"),
        (
            '<a:srgbClr val="FF0000"><a:lumMod val="75000"/><a:lumOff val="25000"/></a:srgbClr>',
            "FF4040",
        ),
        # Black, 65 % of nothing and 35 % more: a grey of .35.
        (
            '<a:schemeClr val="tx1"><a:lumMod val="65000"/><a:lumOff val="35000"/></a:schemeClr>',
            "595959",
        ),
        # No saturation is left.
        ('<a:srgbClr val="FF0000"><a:satMod val="0"/></a:srgbClr>', "808080"),
        ('<a:srgbClr val="FF0000"><a:alpha val="50000"/></a:srgbClr>', "FF0000"),
        ("<a:nothing/>", None),
    ],
)  # fmt: skip
def test_color(inner: str, expected: str | None) -> None:
    assert colored(inner) == expected


@pytest.mark.parametrize("value", ["GREEN!", "12345", "", "0x1234"])
def test_no_color(value: str) -> None:
    if value:
        with pytest.raises(TemplateError, match="where a colour is due"):
            colored(f'<a:srgbClr val="{value}"/>')


@pytest.mark.parametrize("text", ["abc", "NaN", "1.5", "", "9" * 20, "9" * 5000])
def test_no_number(text: str) -> None:
    with pytest.raises(TemplateError, match="where a number is due"):
        whole(text)
    assert whole("-12") == -12
    assert whole(None, 7) == 7


def test_shapes_in_groups_stand_where_the_groups_put_them() -> None:
    """A group twice as wide as what it holds, within one that moves it by 100 and 50."""
    shape = (
        '<p:sp><p:spPr><a:xfrm><a:off x="{}" y="{}"/><a:ext cx="30" cy="10"/></a:xfrm></p:spPr>'
        "</p:sp>"
    )

    def group(off: str, ext: str, child: str, size: str, inner: str) -> str:
        (x, y), (w, h), (cx, cy), (cw, ch) = (pair.split() for pair in (off, ext, child, size))
        return (
            f'<p:grpSp><p:grpSpPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/>'
            f'<a:chOff x="{cx}" y="{cy}"/><a:chExt cx="{cw}" cy="{ch}"/></a:xfrm></p:grpSpPr>'
            f"{inner}</p:grpSp>"
        )

    inner = group("10 20", "200 100", "0 0", "100 100", shape.format(5, 5))
    outer = group("100 50", "400 400", "0 0", "400 400", inner + shape.format(0, 0))
    root = etree.fromstring(
        f"<p:sldLayout {A}><p:cSld><p:spTree>{outer}{shape.format(1, 2)}</p:spTree></p:cSld>"
        "</p:sldLayout>"
    )
    boxes = [box for _, box in walk(root, 1.0)]
    assert boxes == [Box(120, 75, 60, 10), Box(100, 50, 30, 10), Box(1, 2, 30, 10)]
    assert next(box for _, box in walk(root, 2.0)) == Box(60, 38, 30, 5)


def test_shape_on_its_side_covers_what_it_is_turned_to() -> None:
    root = etree.fromstring(
        f'<p:sldLayout {A}><p:cSld><p:spTree><p:sp><p:spPr><a:xfrm rot="5400000"><a:off x="0" '
        'y="0"/><a:ext cx="100" cy="20"/></a:xfrm></p:spPr></p:sp></p:spTree></p:cSld>'
        "</p:sldLayout>"
    )
    assert [box for _, box in walk(root, 1.0)] == [Box(40, -40, 20, 100)]


def gradient(line: str) -> list[str] | None:
    """The colours of black to white, in the lower half of a shape."""
    fill = etree.fromstring(
        f'<a:gradFill {A}><a:gsLst><a:gs pos="0"><a:srgbClr val="000000"/></a:gs><a:gs '
        f'pos="100000"><a:srgbClr val="FFFFFF"/></a:gs></a:gsLst>{line}</a:gradFill>'
    )
    parts = open_parts(wild.make("sample"))
    return fill_colors(fill, SCHEME, parts, "/x", Box(0, 50, 100, 50), Box(0, 0, 100, 100))


def test_gradient() -> None:
    assert gradient('<a:lin ang="5400000"/>') == ["808080", "FFFFFF"]
    assert gradient('<a:lin ang="16200000"/>') == ["000000", "808080"]
    assert gradient('<a:lin ang="0"/>') == ["000000", "FFFFFF"]
    assert gradient('<a:lin ang="2700000"/>') == ["000000", "FFFFFF"]
    assert gradient('<a:path path="circle"/>') == ["000000", "FFFFFF"]


def test_opacity() -> None:
    fill = etree.fromstring(
        f'<a:solidFill {A}><a:srgbClr val="000000"><a:alpha val="40000"/></a:srgbClr></a:solidFill>'
    )
    assert alphas(fill) == [0.4]
    assert alphas(etree.fromstring(f"<a:solidFill {A}/>")) == [1.0]


def placeholder(name: str, layout: str, kind: str) -> Found:
    found = read_template(wild.make(name), name, {})
    sheet = next(sheet for sheet in found.sheets if sheet.name == layout)
    return next(each for each in sheet.placeholders if each.type == kind)


def test_placeholders_take_what_their_layout_leaves_open() -> None:
    """From the master's of its type, then from the master's styles."""
    title = placeholder("sample", "Nur Titel", "title")
    assert title.box == Box(inches(0.6), inches(0.42), inches(10.4), inches(0.96))
    assert (title.size_pt, title.bold, title.color) == (28.0, True, "0B3C49")
    assert (title.anchor, title.align, title.insets) == ("bottom", "left", (0, 0, 0, 0))
    cover = placeholder("sample", "Titelfolie", "ctrTitle")
    assert (cover.size_pt, cover.color, cover.anchor) == (44.0, "FFFFFF", "bottom")
    footer = placeholder("sample", "Nur Titel", "ftr")
    # 1B2A33, 65 % of its luminance and 35 % more.
    assert (footer.size_pt, footer.align, footer.color) == (11.0, "center", "4F7B96")


def test_group_of_another_scale_holds_a_title() -> None:
    title = placeholder("placeholders in groups", "Nur Titel", "title")
    assert title.box == Box(inches(0.6), inches(0.42), inches(10.4), inches(0.96))


def test_size_is_that_of_a_slide_as_decks_are_laid_out() -> None:
    for name in ("10 x 5.625 in", "26.67 x 15 in"):
        title = placeholder(name, "Nur Titel", "title")
        assert title.size_pt == pytest.approx(28.0)
        assert title.box.y == pytest.approx(inches(0.42), abs=2)


def test_chosen_colors_are_the_bases_of_tokens() -> None:
    theme = make_theme("x", SCHEME, "FFFFFF", 3, {"brand": "accent2", "accent": "003366"})
    assert theme.colors["tier1"] == "C0504D"
    assert theme.colors["accent"] == "003366"
    assert theme.colors["ink"] == "000000"
