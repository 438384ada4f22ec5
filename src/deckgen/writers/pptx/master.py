"""The house template's layouts go in, a slide master and its layout parts come out.

Every layout is a real one, with placeholders that carry box and text style, so that
outline view, Reset, and edits of the master work as in a deck made by hand.
"""

from __future__ import annotations

from collections.abc import Iterable

from deckgen.scene import Box
from deckgen.template import Art, Emblem, Imprint, Layout, Placeholder
from deckgen.writers.pptx.body import (
    ALIGN,
    ANCHOR,
    SLIDE_NUMBER_FIELD,
    Pen,
    complex_faces,
    level_style,
    level_xml,
    solid_fill,
)
from deckgen.writers.pptx.escape import DECLARATION, NAMESPACES, escape_attribute, escape_text
from deckgen.writers.pptx.slide import TREE_HEAD

LIST_LEVELS = ("Text", "Second level", "Third level")
# Ids of masters and layouts share one range, from 2^31 (ST_SlideMasterId, ST_SlideLayoutId).
MASTER_ID = 2_147_483_648
COLOR_MAP = (
    '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2"'
    ' accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink"'
    ' folHlink="folHlink"/>'
)


def master_xml(pen: Pen, layouts: dict[str, Layout], layout_keys: Iterable[str]) -> str:
    """The slide master. `layout_keys` are the relationship ids of the layouts, in order."""
    content, text = layouts["content"], layouts["text"]
    foot = [content.placeholder(key) for key in ("footer", "number") if content.has(key)]
    placeholders = [content.placeholder("title"), text.placeholder("text"), *foot]
    shapes = "".join(
        _placeholder_xml(pen, placeholder, number, "", on_master=True)
        for number, placeholder in enumerate(placeholders, start=2)
    )
    listed = "".join(
        f'<p:sldLayoutId id="{MASTER_ID + number}" r:id="{key}"/>'
        for number, key in enumerate(layout_keys, start=1)
    )
    title, body = placeholders[:2]
    return (
        f'{DECLARATION}<p:sldMaster {NAMESPACES}><p:cSld><p:bg><p:bgRef idx="1001">'
        f'<a:schemeClr val="bg1"/></p:bgRef></p:bg><p:spTree>{TREE_HEAD}{shapes}</p:spTree>'
        f"</p:cSld>{COLOR_MAP}<p:sldLayoutIdLst>{listed}</p:sldLayoutIdLst>"
        f'<p:hf{_left_out(content)} hdr="0" dt="0"/><p:txStyles>'
        f"<p:titleStyle>{level_xml(pen, level_style(title, 0), 0)}</p:titleStyle>"
        f"<p:bodyStyle>{_levels_xml(pen, body, 9)}</p:bodyStyle>"
        f"<p:otherStyle>{plain_levels(14)}</p:otherStyle></p:txStyles></p:sldMaster>"
    )


def _left_out(layout: Layout) -> str:
    """The attributes of `p:hf` for what the layout has no placeholder for (19.3.1.25)."""
    slots = (("number", "sldNum"), ("footer", "ftr"))
    return "".join(f' {name}="0"' for key, name in slots if not layout.has(key))


def layout_xml(pen: Pen, layout: Layout, footer: str) -> str:
    """A layout part. `footer` is what PowerPoint puts in the footer of slides added there."""
    background = ""
    if layout.background != "bg":
        fill = solid_fill(pen, layout.background)
        background = f"<p:bg><p:bgPr>{fill}<a:effectLst/></p:bgPr></p:bg>"
    shapes = [_art_xml(pen, art, number) for number, art in enumerate(layout.art, start=2)]
    for emblem in layout.emblems:
        shapes.append(_emblem_xml(pen, emblem, len(shapes) + 2))
    for imprint in layout.imprints:
        shapes.append(_imprint_xml(pen, imprint, len(shapes) + 2))
    for number, placeholder in enumerate(layout.placeholders, start=2 + len(shapes)):
        shapes.append(_placeholder_xml(pen, placeholder, number, footer))
    return (
        f'{DECLARATION}<p:sldLayout {NAMESPACES} type="{layout.type}" preserve="1" userDrawn="1">'
        f'<p:cSld name="{escape_attribute(layout.name)}">{background}<p:spTree>{TREE_HEAD}'
        f"{''.join(shapes)}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"
        "</p:sldLayout>"
    )


def plain_levels(size_pt: int) -> str:
    """Nine levels of text without bullets, for what is typed into new boxes."""
    faces = '<a:latin typeface="+mn-lt"/>' + complex_faces("+mn-lt")
    return "".join(
        f'<a:lvl{level}pPr marL="0" indent="0" algn="l" defTabSz="914400" rtl="0" eaLnBrk="1"'
        f' latinLnBrk="0" hangingPunct="1"><a:defRPr sz="{size_pt}00" kern="1200"><a:solidFill>'
        f'<a:schemeClr val="tx1"/></a:solidFill>{faces}'
        f"</a:defRPr></a:lvl{level}pPr>"
        for level in range(1, 10)
    )


def _levels_xml(pen: Pen, placeholder: Placeholder, count: int) -> str:
    return "".join(level_xml(pen, level_style(placeholder, level), level) for level in range(count))


def _placeholder_xml(
    pen: Pen, placeholder: Placeholder, number: int, footer: str, on_master: bool = False
) -> str:
    """A placeholder on the master or a layout, with box, insets of nothing, and text style."""
    index = f' idx="{placeholder.idx}"' if placeholder.idx else ""
    # The prompts are ours; the words in footers and numbers are not prompts.
    fixed = placeholder.type in ("ftr", "sldNum")
    custom = "" if on_master or fixed else ' hasCustomPrompt="1"'
    size = ' sz="quarter"' if fixed else ""
    levels = _levels_xml(pen, placeholder, len(LIST_LEVELS) if placeholder.bullets else 1)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{escape_attribute(placeholder.name)}"/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{placeholder.type}"'
        f"{size}{index}{custom}/></p:nvPr></p:nvSpPr><p:spPr>{_geometry(placeholder.box)}</p:spPr>"
        '<p:txBody><a:bodyPr vert="horz" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0"'
        f' rtlCol="0" anchor="{ANCHOR[placeholder.anchor]}"><a:noAutofit/></a:bodyPr>'
        f"<a:lstStyle>{levels}</a:lstStyle>{_prompt_xml(pen, placeholder, footer)}"
        "</p:txBody></p:sp>"
    )


def _prompt_xml(pen: Pen, placeholder: Placeholder, footer: str) -> str:
    language = f'lang="{pen.language}"'
    if placeholder.type == "sldNum":
        return (
            f'<a:p><a:fld id="{SLIDE_NUMBER_FIELD}" type="slidenum"><a:rPr {language}/>'
            f"<a:t>{placeholder.prompt}</a:t></a:fld></a:p>"
        )
    text = placeholder.prompt or footer
    if not text:
        return f"<a:p><a:endParaRPr {language}/></a:p>"
    lines = LIST_LEVELS if placeholder.bullets else (text,)
    return "".join(
        f'<a:p><a:pPr lvl="{level}"/><a:r><a:rPr {language}/><a:t>{escape_text(line)}</a:t>'
        "</a:r></a:p>"
        for level, line in enumerate(lines)
    )


def _art_xml(pen: Pen, art: Art, number: int) -> str:
    fill = solid_fill(pen, art.fill) if art.fill else "<a:noFill/>"
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{escape_attribute(art.name)}"/><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{_geometry(art.box)}{fill}'
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )


def _emblem_xml(pen: Pen, emblem: Emblem, number: int) -> str:
    """A picture on a layout, under a relationship of the layout's own."""
    part = pen.package.add_media(emblem.data, emblem.media)
    key = pen.relationships.add("image", part)
    name = escape_attribute(emblem.name)
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="{number}" name="{name}" descr="{name}"/><p:cNvPicPr>'
        '<a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr userDrawn="1"/></p:nvPicPr>'
        f'<p:blipFill><a:blip r:embed="{key}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
        f"<p:spPr>{_geometry(emblem.box)}</p:spPr></p:pic>"
    )


def _imprint_xml(pen: Pen, imprint: Imprint, number: int) -> str:
    """Words on a layout that are no placeholder's, so that its slides show them as they are."""
    name, size = escape_attribute(imprint.name), round(imprint.size_pt * 100)
    faces = '<a:latin typeface="+mn-lt"/>' + complex_faces("+mn-lt")
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr txBox="1"/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{_geometry(imprint.box)}<a:noFill/></p:spPr>'
        '<p:txBody><a:bodyPr vert="horz" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0"'
        ' rtlCol="0" anchor="t"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
        f'<a:p><a:pPr algn="{ALIGN[imprint.align]}"/><a:r><a:rPr lang="{pen.language}"'
        f' sz="{size}" b="{int(imprint.bold)}">{solid_fill(pen, imprint.color)}{faces}</a:rPr>'
        f"<a:t>{escape_text(imprint.words)}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def _geometry(box: Box) -> str:
    return (
        f'<a:xfrm><a:off x="{box.x}" y="{box.y}"/><a:ext cx="{box.w}" cy="{box.h}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    )
