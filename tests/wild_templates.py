"""Templates as they occur in the wild, each made from the sample by a change of its XML.

`WILD` holds them by name: a function of the sample's parts that gives those of the other one.
`make(name)` gives its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeAlias

import make_template as sample

Parts: TypeAlias = dict[str, bytes]
Box: TypeAlias = tuple[float, float, float, float]

MAIN = "ppt/presentation.xml"
MASTER = "ppt/slideMasters/slideMaster1.xml"
THEME = "ppt/theme/theme1.xml"
TYPES = "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
COUNT = 8
COVER, OBJECT, SECTION, TWO, COMPARISON, TITLE_ONLY, BLANK, PICTURE = range(1, COUNT + 1)


def layout(number: int) -> str:
    return f"ppt/slideLayouts/slideLayout{number}.xml"


LAYOUTS = [layout(number) for number in range(1, COUNT + 1)]
SHEETS = [MASTER, *LAYOUTS]


def rels(part: str) -> str:
    folder, _, last = part.rpartition("/")
    return f"{folder}/_rels/{last}.rels"


# -- ways of changing parts ----------------------------------------------------------------


def change(parts: Parts, names: str | Iterable[str], old: str, new: str, count: int = 0) -> Parts:
    """Parts with a pattern replaced; some part must have it."""
    changed, found = dict(parts), 0
    for name in [names] if isinstance(names, str) else names:
        text, times = re.subn(old, new, changed[name].decode(), count=count, flags=re.DOTALL)
        changed[name] = text.encode()
        found += times
    assert found, f"nothing like {old!r} is in {names}"
    return changed


def place(box: Box) -> str:
    x, y, w, h = (round(side * sample.EMU) for side in box)
    return f'<a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/>'


def move(parts: Parts, names: str | Iterable[str], old: Box, new: Box) -> Parts:
    return change(parts, names, re.escape(place(old)), place(new))


def add_relation(parts: Parts, part: str, kind: str, target: str, id: str) -> Parts:
    kind = kind if "://" in kind else f"{OFFICE}/{kind}"
    mode = ' TargetMode="External"' if "://" in target else ""
    line = f'<Relationship Id="{id}" Type="{kind}" Target="{target}"{mode}/></Relationships>'
    return change(parts, rels(part), "</Relationships>", line)


def add_part(parts: Parts, name: str, kind: str, data: bytes) -> Parts:
    line = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
    return change({**parts, name: data}, TYPES, "</Types>", line)


def without(parts: Parts, names: str | Iterable[str], kind: str) -> Parts:
    """Parts whose sheets lack placeholders of a kind: `type="title"`, for example."""
    shape = rf"<p:sp>(?:(?!</p:sp>).)*?<p:ph {kind}(?:(?!</p:sp>).)*?</p:sp>"
    return change(parts, names, shape, "")


def scaled(parts: Parts, width: int, height: int, type_too: bool = False) -> Parts:
    """Parts on slides of another size, all that stands on them stretched alike."""
    across, down = width / sample.WIDTH, height / sample.HEIGHT

    def stretch(found: re.Match[str]) -> str:
        factor = across if found[1] in ("x", "cx") else down
        return f'{found[1]}="{round(int(found[2]) * factor)}"'

    changed = dict(parts)
    for name in SHEETS:
        text = re.sub(r'\b(cx|cy|x|y)="(\d+)"', stretch, parts[name].decode())
        if type_too:
            text = re.sub(
                r'\bsz="(\d+)"', lambda found: f'sz="{round(int(found[1]) * down)}"', text
            )
        changed[name] = text.encode()
    size = f'<p:sldSz cx="{width}" cy="{height}"/>'
    return change(changed, MAIN, r"<p:sldSz [^>]*/>", size)


def picture(number: int, box: Box) -> str:
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="{number}" name="Foto"/><p:cNvPicPr/><p:nvPr '
        'userDrawn="1"/></p:nvPicPr><p:blipFill><a:blip r:embed="rId90"/><a:stretch>'
        f"<a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm>{place(box)}</a:xfrm>"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic></p:spTree>'
    )


# -- the templates -------------------------------------------------------------------------


def _several_masters(parts: Parts) -> Parts:
    """A second master in other colours, with layouts of the same names."""
    master, theme = "ppt/slideMasters/slideMaster2.xml", "ppt/theme/theme3.xml"
    kinds = {
        re.escape(n): k
        for n, k in re.findall(r'PartName="/([^"]+)" ContentType="([^"]+)"', parts[TYPES].decode())
    }
    text = parts[THEME].decode().replace("0E6E7E", "7A1F3D").replace("Hafen", "Werft")
    made = add_part(parts, theme, kinds[re.escape(THEME)], text.encode())
    count = iter(range(2_147_483_661, 2_147_483_700))
    xml = re.sub(r'<p:sldLayoutId id="\d+"', lambda _: f'<p:sldLayoutId id="{next(count)}"',
                 parts[MASTER].decode())  # fmt: skip
    made = add_part(made, master, kinds[re.escape(MASTER)], xml.encode())
    links = parts[rels(MASTER)].decode().replace("theme1.xml", "theme3.xml")
    for number in range(1, COUNT + 1):
        links = links.replace(f"slideLayout{number}.xml", f"slideLayout{number + COUNT}.xml")
        name = layout(number + COUNT)
        made = add_part(made, name, kinds[re.escape(layout(1))], parts[layout(number)])
        made[rels(name)] = (
            parts[rels(layout(number))]
            .decode()
            .replace("slideMaster1.xml", "slideMaster2.xml")
            .encode()
        )
    made[rels(master)] = links.encode()
    made = add_relation(made, MAIN, "slideMaster", "slideMasters/slideMaster2.xml", "rId91")
    second = '<p:sldMasterId id="2147483660" r:id="rId91"/></p:sldMasterIdLst>'
    return change(made, MAIN, "</p:sldMasterIdLst>", second)


def _some_without_title(parts: Parts) -> Parts:
    return without(parts, [layout(TITLE_ONLY), layout(TWO), layout(PICTURE)], 'type="title"')


def _title_at_bottom(parts: Parts) -> Parts:
    parts = move(parts, MASTER, sample.TITLE, (0.6, 5.7, 10.4, 0.96))
    parts = move(parts, MASTER, sample.BODY, (0.6, 1.0, 12.13, 4.5))
    for x in (0.6, 6.83):
        parts = move(parts, layout(TWO), (x, 1.62, 5.9, 4.96), (x, 1.0, 5.9, 4.5))
    return parts


def _title_at_left(parts: Parts) -> Parts:
    parts = move(parts, MASTER, sample.TITLE, (0.6, 0.42, 2.9, 6.1))
    parts = move(parts, MASTER, sample.BODY, (3.8, 1.1, 8.93, 5.48))
    parts = move(parts, layout(TWO), (0.6, 1.62, 5.9, 4.96), (3.8, 1.1, 4.3, 5.48))
    parts = move(parts, layout(TWO), (6.83, 1.62, 5.9, 4.96), (8.43, 1.1, 4.3, 5.48))
    return change(parts, MASTER, 'anchor="b"', 'anchor="t"', 1)


def _vertical_title(parts: Parts) -> Parts:
    """Title Only has its title upright; the others have theirs as it was."""
    body = (
        r"\g<1><a:xfrm>" + place((12.0, 1.2, 0.9, 5.4)) + "</a:xfrm></p:spPr><p:txBody><a:bodyPr "
        'vert="eaVert"/>'
    )
    old = r'(type="title"/></p:nvPr></p:nvSpPr><p:spPr>)</p:spPr><p:txBody><a:bodyPr/>'
    return change(parts, layout(TITLE_ONLY), old, body)


def _grouped_placeholders(parts: Parts) -> Parts:
    """The title in a group that is twice as large as what it holds, at another place."""
    inner = re.search(
        r'<p:sp><p:nvSpPr><p:cNvPr id="2" name="Titel 1"/>.*?</p:sp>',
        parts[layout(TITLE_ONLY)].decode(), re.DOTALL,
    )  # fmt: skip
    assert inner
    box = "<p:spPr><a:xfrm>" + place((1.0, 2.0, 5.2, 0.48)) + "</a:xfrm></p:spPr>"
    title = inner[0].replace("<p:spPr></p:spPr>", box)
    outer = place((0.6, 0.42, 10.4, 0.96))
    child = place((1.0, 2.0, 5.2, 0.48)).replace("a:off", "a:chOff").replace("a:ext", "a:chExt")
    group = (
        '<p:grpSp><p:nvGrpSpPr><p:cNvPr id="40" name="Gruppe"/><p:cNvGrpSpPr/><p:nvPr/>'
        f"</p:nvGrpSpPr><p:grpSpPr><a:xfrm>{outer}{child}</a:xfrm></p:grpSpPr>{title}</p:grpSp>"
    )
    text = parts[layout(TITLE_ONLY)].decode().replace(inner[0], group)
    return {**parts, layout(TITLE_ONLY): text.encode()}


def _picture_on_layout(parts: Parts) -> Parts:
    name = layout(TITLE_ONLY)
    parts = add_relation(parts, name, "image", "../media/image1.png", "rId90")
    return change(parts, name, "</p:spTree>", picture(50, (11.6, 1.5, 1.733, 5.1)))


def _picture_background(parts: Parts) -> Parts:
    parts = add_relation(parts, MASTER, "image", "../media/image1.png", "rId90")
    fill = (
        '<p:bg><p:bgPr><a:blipFill><a:blip r:embed="rId90"/><a:stretch><a:fillRect/></a:stretch>'
        "</a:blipFill><a:effectLst/></p:bgPr></p:bg>"
    )
    return change(parts, MASTER, "<p:bg>.*?</p:bg>", fill)


def _gradient_background(parts: Parts) -> Parts:
    fill = (
        '<p:bg><p:bgPr><a:gradFill><a:gsLst><a:gs pos="0"><a:schemeClr val="bg1"/></a:gs>'
        '<a:gs pos="100000"><a:schemeClr val="accent1"/></a:gs></a:gsLst><a:lin ang="5400000" '
        'scaled="0"/></a:gradFill><a:effectLst/></p:bgPr></p:bg>'
    )
    return change(parts, MASTER, "<p:bg>.*?</p:bg>", fill)


def _mapped_colors(parts: Parts) -> Parts:
    """Dark by the colour map alone: bg1 is the theme's first dark colour."""
    old, new = 'bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2"', 'bg1="dk1" tx1="lt1" bg2="dk2" tx2="lt2"'
    return change(parts, MASTER, old, new)


def _dark_master(parts: Parts) -> Parts:
    """Dark by its background; texts are light by their own colours."""
    fill = '<p:bg><p:bgPr><a:solidFill><a:schemeClr val="tx2"/></a:solidFill><a:effectLst/>'
    parts = change(parts, MASTER, "<p:bg>.*?</p:bg>", f"{fill}</p:bgPr></p:bg>")
    head, styles = parts[MASTER].decode().split("<p:txStyles>")
    styles = styles.replace('val="tx1"', 'val="bg1"').replace('val="tx2"', 'val="bg1"')
    head = re.sub('<a:schemeClr val="tx1"><a:lumMod.*?</a:schemeClr>',
                  '<a:schemeClr val="bg2"/>', head)  # fmt: skip
    head = head.replace('spc="100"><a:solidFill><a:schemeClr val="tx2"/>',
                        'spc="100"><a:solidFill><a:schemeClr val="bg1"/>')  # fmt: skip
    return {**parts, MASTER: f"{head}<p:txStyles>{styles}".encode()}


def _right_to_left(parts: Parts) -> Parts:
    return change(parts, MASTER, 'algn="l" defTabSz="914400" rtl="0"',
                  'algn="r" defTabSz="914400" rtl="1"')  # fmt: skip


def _no_footers(parts: Parts) -> Parts:
    for kind in ("dt", "ftr", "sldNum"):
        names = [n for n in SHEETS if f'type="{kind}"' in parts[n].decode()]
        parts = without(parts, names, f'type="{kind}"')
    return parts


def _duplicate_indices(parts: Parts) -> Parts:
    return change(parts, layout(TWO), 'idx="2"', 'idx="1"')


def _shouting_titles(parts: Parts) -> Parts:
    return change(parts, MASTER, 'sz="2800" b="1"', 'sz="2800" b="1" cap="all" spc="300"')


def _large_title_in_low_box(parts: Parts) -> Parts:
    parts = move(parts, MASTER, sample.TITLE, (0.6, 0.42, 10.4, 0.5))
    return change(parts, MASTER, 'sz="2800" b="1"', 'sz="4400" b="1"')


def _no_body_on_master(parts: Parts) -> Parts:
    parts = without(parts, MASTER, 'type="body"')
    full = place(sample.BODY)
    body = '<p:ph idx="1"/></p:nvPr></p:nvSpPr><p:spPr>'
    return change(
        parts, layout(OBJECT), re.escape(body),
        f'{body}<a:xfrm>{full}</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>',
    )  # fmt: skip


def _all_custom(parts: Parts) -> Parts:
    return change(parts, LAYOUTS, r'<p:sldLayout ([^>]*?) type="\w+"', r"<p:sldLayout \1")


def _logo_in_corner(parts: Parts) -> Parts:
    logo = place((11.23, 0.46, 1.5, 0.34))
    return change(parts, MASTER, re.escape(logo), place((11.23, 6.3, 1.5, 0.34)))


def _no_notes_master(parts: Parts) -> Parts:
    parts = change(parts, MAIN, "<p:notesMasterIdLst>.*?</p:notesMasterIdLst>", "")
    parts = change(parts, rels(MAIN), '<Relationship Id="rId4"[^>]*/>', "")
    gone = [name for name in parts if "notes" in name or name == "ppt/theme/theme2.xml"]
    parts = {name: data for name, data in parts.items() if name not in gone}
    for number in (1, 2):
        parts = change(parts, f"ppt/slides/_rels/slide{number}.xml.rels",
                       r'<Relationship [^>]*notesSlide\d.xml"/>', "")  # fmt: skip
    for name in gone:
        if not name.endswith(".rels"):
            parts = change(parts, TYPES, rf'<Override PartName="/{re.escape(name)}"[^>]*/>', "")
    return parts


def _other_notes_indices(parts: Parts) -> Parts:
    name = "ppt/notesMasters/notesMaster1.xml"
    parts = change(parts, name, 'idx="3"', 'idx="7"')
    return change(parts, name, 'idx="2"', 'idx="9"')


def _embedded_fonts(parts: Parts) -> Parts:
    parts = add_part(parts, "ppt/fonts/font1.fntdata", "application/x-fontdata", b"font")
    parts = add_relation(parts, MAIN, "font", "fonts/font1.fntdata", "rId92")
    listed = (
        '<p:embeddedFontLst><p:embeddedFont><p:font typeface="Harbour Sans"/><p:regular '
        'r:id="rId92"/></p:embeddedFont></p:embeddedFontLst><p:defaultTextStyle>'
    )
    return change(parts, MAIN, "<p:defaultTextStyle>", listed)


def _as_presentation(parts: Parts) -> Parts:
    return change(
        parts, TYPES, r"presentationml\.template\.main", "presentationml.presentation.main"
    )


def _custom_properties(parts: Parts) -> Parts:
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="http://schemas.'
        'openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.'
        'openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="{D5CDD505-2E9C-'
        '101B-9397-08002B2CF9AE}" pid="2" name="Label"><vt:lpwstr>Intern</vt:lpwstr></property>'
        "</Properties>"
    )
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    parts = add_part(parts, "docProps/custom.xml", kind, xml.encode())
    line = (
        f'<Relationship Id="rId9" Type="{OFFICE}/custom-properties" '
        'Target="docProps/custom.xml"/></Relationships>'
    )
    return change(parts, "_rels/.rels", "</Relationships>", line)


def _unknown_faces(parts: Parts) -> Parts:
    return change(parts, THEME, 'typeface="Calibri"', 'typeface="Merrow Grotesk"')


def _tags_and_buttons(parts: Parts) -> Parts:
    """What add-ins leave on layouts, and a button there that leads to a sample slide."""
    name = layout(TITLE_ONLY)
    tags = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><p:tagLst xmlns:p="http://schemas.'
        'openxmlformats.org/presentationml/2006/main"><p:tag name="ADDIN" val="1"/></p:tagLst>'
    )
    kind = "application/vnd.openxmlformats-officedocument.presentationml.tags+xml"
    parts = add_part(parts, "ppt/tags/tag1.xml", kind, tags.encode())
    parts = add_relation(parts, name, "tags", "../tags/tag1.xml", "rId93")
    parts = add_relation(parts, name, "slide", "../slides/slide2.xml", "rId94")
    button = (
        '<p:sp><p:nvSpPr><p:cNvPr id="60" name="Start"><a:hlinkClick r:id="rId94" '
        'action="ppaction://hlinksldjump"/></p:cNvPr><p:cNvSpPr/><p:nvPr userDrawn="1"/>'
        f"</p:nvSpPr><p:spPr><a:xfrm>{place((12.85, 6.9, 0.3, 0.3))}</a:xfrm><a:prstGeom "
        'prst="ellipse"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="accent2"/>'
        '</a:solidFill></p:spPr></p:sp></p:spTree><p:custDataLst><p:tags r:id="rId93"/>'
        "</p:custDataLst>"
    )
    return change(parts, name, "</p:spTree>", button)


def _hidden_title(parts: Parts) -> Parts:
    """A layout whose title stands beside the slide, for the outline view alone."""
    body = r"\g<1><a:xfrm>" + place((0.6, -2.0, 10.4, 0.96)).replace('y="-', 'y="-')
    body += '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
    old = r'(type="title"/></p:nvPr></p:nvSpPr><p:spPr>)</p:spPr>'
    return change(parts, layout(TITLE_ONLY), old, body)


def _no_titles(parts: Parts) -> Parts:
    names = [n for n in LAYOUTS if 'type="title"' in parts[n].decode()]
    return without(without(parts, names, 'type="title"'), layout(COVER), 'type="ctrTitle"')


def _twin_relations(parts: Parts) -> Parts:
    """A layout that knows one picture by two ids."""
    name = layout(TITLE_ONLY)
    for key in ("rId90", "rId95"):
        parts = add_relation(parts, name, "image", "../media/image1.png", key)
    second = picture(51, (12.4, 5.6, 0.6, 0.6)).replace("rId90", "rId95")
    parts = change(parts, name, "</p:spTree>", picture(50, (12.4, 5.0, 0.6, 0.6)))
    return change(parts, name, "</p:spTree>", second)


WILD: dict[str, Callable[[Parts], Parts]] = {
    "sample": dict,
    "several masters": _several_masters,
    "layouts without a title": _some_without_title,
    "title at the bottom": _title_at_bottom,
    "title at the left": _title_at_left,
    "vertical title": _vertical_title,
    "placeholders in groups": _grouped_placeholders,
    "picture on a layout": _picture_on_layout,
    "picture as background": _picture_background,
    "gradient background": _gradient_background,
    "custom colour map": _mapped_colors,
    "dark master": _dark_master,
    "right-to-left master": _right_to_left,
    "no footers": _no_footers,
    "duplicate indices": _duplicate_indices,
    "4:3": lambda parts: scaled(parts, 9_144_000, 6_858_000),
    "A4": lambda parts: scaled(parts, 9_906_000, 6_858_000),
    "10 x 5.625 in": lambda parts: scaled(parts, 9_144_000, 5_143_500, type_too=True),
    "26.67 x 15 in": lambda parts: scaled(parts, 24_384_000, 13_716_000, type_too=True),
    "capitals, spaced": _shouting_titles,
    "44 points in a low box": _large_title_in_low_box,
    "no body on the master": _no_body_on_master,
    "layouts of no type": _all_custom,
    "logo in the content's corner": _logo_in_corner,
    "no notes master": _no_notes_master,
    "other indices for notes": _other_notes_indices,
    "embedded fonts": _embedded_fonts,
    ".pptx, not .potx": _as_presentation,
    "custom properties": _custom_properties,
    "unknown faces": _unknown_faces,
    "tags and buttons": _tags_and_buttons,
    "hidden title": _hidden_title,
    "two ids of one picture": _twin_relations,
}
# In these no deck can be built, and why.
USELESS: dict[str, tuple[Callable[[Parts], Parts], str]] = {
    "no titles": (_no_titles, "no layout of it has a title"),
}


@lru_cache(maxsize=4)
def make(name: str) -> bytes:
    """The bytes of a template in `WILD` or `USELESS`."""
    changed = WILD[name] if name in WILD else USELESS[name][0]
    return sample.pack(changed(sample.make_parts()))
