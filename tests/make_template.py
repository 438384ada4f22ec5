"""Makes assets/templates/harbour.potx: a company's template, as its designer would save it.

Written by hand after what PowerPoint writes, so that tests know every shape in it, and nothing
of deckgen is in it. The layouts have German names, as they do in a German PowerPoint. The same
parts come out each time: `python tests/make_template.py` writes the file anew.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

TARGET = Path(__file__).parent.parent / "assets" / "templates" / "harbour.potx"
EMU = 914_400
WIDTH, HEIGHT = 12_192_000, 6_858_000

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NS = f'xmlns:a="{_A}" xmlns:r="{_R}" xmlns:p="{_P}"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PML = "application/vnd.openxmlformats-officedocument.presentationml."
_DML = "application/vnd.openxmlformats-officedocument.drawingml."
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

COLORS = {
    "dk1": "1B2A33", "lt1": "FFFFFF", "dk2": "0B3C49", "lt2": "EEF3F2", "accent1": "0E6E7E",
    "accent2": "D9822B", "accent3": "5B8E3E", "accent4": "7A5C99", "accent5": "B23A48",
    "accent6": "8A9BA3", "hlink": "0E6E7E", "folHlink": "7A5C99",
}  # fmt: skip
FACE = "Calibri"
TITLE = (0.6, 0.42, 10.4, 0.96)
BODY = (0.6, 1.62, 12.13, 4.96)
_FOOT = {"dt": (0.6, 6.9, 2.4, 0.3), "ftr": (3.3, 6.9, 6.7, 0.3), "sldNum": (11.53, 6.9, 1.2, 0.3)}
_FOOT_NAMES = {
    "dt": "Datumsplatzhalter", "ftr": "Fußzeilenplatzhalter", "sldNum": "Foliennummernplatzhalter",
}  # fmt: skip
_FOOT_IDX = {"dt": 10, "ftr": 11, "sldNum": 12}
_LOCKS = '<a:spLocks noGrp="1"/>'


def _xfrm(box: tuple[float, float, float, float], tag: str = "a:xfrm") -> str:
    """A place given in inches."""
    x, y, w, h = (round(side * EMU) for side in box)
    return f'<{tag}><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></{tag}>'


def _scheme(color: str) -> str:
    return f'<a:solidFill><a:schemeClr val="{color}"/></a:solidFill>'


def _placeholder(
    number: int, name: str, ph: str, box: tuple[float, float, float, float] | None = None,
    body: str = "<a:bodyPr/>", style: str = "<a:lstStyle/>", words: str = "",
) -> str:  # fmt: skip
    """A placeholder; `ph` are its attributes."""
    place = f'{_xfrm(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>' if box else ""
    text = words or "<a:p><a:endParaRPr/></a:p>"
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name} {number - 1}"/><p:cNvSpPr>{_LOCKS}'
        f"</p:cNvSpPr><p:nvPr><p:ph {ph}/></p:nvPr></p:nvSpPr><p:spPr>{place}</p:spPr>"
        f"<p:txBody>{body}{style}{text}</p:txBody></p:sp>"
    )


def _words(text: str, level: int = 0) -> str:
    said = f'<a:pPr lvl="{level}"/>'
    return f'<a:p>{said}<a:r><a:rPr lang="de-DE"/><a:t>{text}</a:t></a:r></a:p>'


_TITLE_WORDS = _words("Mastertitelformat bearbeiten")
_BODY_WORDS = "".join(
    _words(text, level)
    for level, text in enumerate(
        ("Mastertextformat bearbeiten", "Zweite Ebene", "Dritte Ebene", "Vierte Ebene",
         "Fünfte Ebene")
    )
)  # fmt: skip


def _title(number: int, box: tuple[float, float, float, float] | None = None) -> str:
    return _placeholder(number, "Titel", 'type="title"', box, words=_TITLE_WORDS)


def _content(number: int, idx: int, box: tuple[float, float, float, float] | None = None) -> str:
    return _placeholder(
        number, "Inhaltsplatzhalter", f'sz="half" idx="{idx}"' if box else f'idx="{idx}"', box,
        words=_BODY_WORDS,
    )  # fmt: skip


def _foot(number: int, on_master: bool = False) -> str:
    """Date, footer and number."""
    parts = []
    for place, kind in enumerate(("dt", "ftr", "sldNum")):
        idx = place + 2 if on_master else _FOOT_IDX[kind]
        size = "half" if kind == "dt" else "quarter"
        ph = f'type="{kind}" sz="{size}" idx="{idx}"'
        align = {"dt": "l", "ftr": "ctr", "sldNum": "r"}[kind]
        style = (
            f'<a:lstStyle><a:lvl1pPr algn="{align}"><a:defRPr sz="1100">'
            '<a:solidFill><a:schemeClr val="tx1"><a:lumMod val="65000"/><a:lumOff val="35000"/>'
            "</a:schemeClr></a:solidFill></a:defRPr></a:lvl1pPr></a:lstStyle>"
        )
        words = {
            "dt": '<a:p><a:fld id="{B0A8A1C5-6E4B-4E6C-9E0B-0D7A3C4B5E61}" type="datetime1">'
                  '<a:rPr lang="de-DE"/><a:t>03.11.2025</a:t></a:fld></a:p>',
            "sldNum": '<a:p><a:fld id="{7C0F5A52-2F43-4B0E-8A53-2B8B1F6C9D10}" type="slidenum">'
                      '<a:rPr lang="de-DE"/><a:t>‹Nr.›</a:t></a:fld></a:p>',
        }.get(kind, "")  # fmt: skip
        parts.append(
            _placeholder(
                number + place, _FOOT_NAMES[kind], ph, _FOOT[kind] if on_master else None,
                '<a:bodyPr vert="horz" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/>'
                if on_master else "<a:bodyPr/>",
                style if on_master else "<a:lstStyle/>", words,
            )
        )  # fmt: skip
    return "".join(parts)


def _shape(
    number: int, name: str, box: tuple[float, float, float, float], fill: str,
    geometry: str = "rect", words: str = "",
) -> str:  # fmt: skip
    text = words or '<a:bodyPr rtlCol="0" anchor="ctr"/><a:lstStyle/><a:p><a:endParaRPr/></a:p>'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr/>'
        '<p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr>{_xfrm(box)}<a:prstGeom prst="{geometry}"><a:avLst/></a:prstGeom>{fill}'
        f"<a:ln><a:noFill/></a:ln></p:spPr><p:txBody>{text}</p:txBody></p:sp>"
    )


def _logo(number: int, color: str, x: float, y: float) -> str:
    """Three waves and the company's name, in a group of its own scale."""
    waves = "".join(
        _shape(number + 1 + n, f"Welle {n + 1}", (0.0, n * 0.11, 0.46, 0.1), _scheme(fill), "wave")
        for n, fill in enumerate((color, "accent2", color))
    )
    name = (
        '<a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/><a:lstStyle/>'
        f'<a:p><a:r><a:rPr lang="de-DE" sz="1200" b="1" spc="100">{_scheme(color)}</a:rPr>'
        "<a:t>MERROW</a:t></a:r></a:p>"
    )
    label = _shape(number + 4, "Wortmarke", (0.56, 0.0, 0.94, 0.34), "<a:noFill/>", words=name)
    inner = (round(side * EMU) for side in (1.5, 0.34))
    w, h = inner
    place = (
        f'<a:xfrm><a:off x="{round(x * EMU)}" y="{round(y * EMU)}"/><a:ext cx="{w}" cy="{h}"/>'
        f'<a:chOff x="0" y="0"/><a:chExt cx="{w}" cy="{h}"/></a:xfrm>'
    )
    return (
        f'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="{number}" name="Logo"/><p:cNvGrpSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvGrpSpPr><p:grpSpPr>{place}</p:grpSpPr>{waves}{label}'
        "</p:grpSp>"
    )


def _line(number: int, y: float) -> str:
    return (
        f'<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="{number}" name="Fußlinie"/><p:cNvCxnSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvCxnSpPr><p:spPr>{_xfrm((0.6, y, 12.13, 0.0))}'
        '<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="9525">'
        f"{_scheme('accent6')}</a:ln></p:spPr></p:cxnSp>"
    )


_TREE = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>'
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/>'
    '<a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)
_MAP = (
    '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" '
    'accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" '
    'folHlink="folHlink"/>'
)
_OWN_MAP = "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"
_DARK = f"<p:bg><p:bgPr>{_scheme('tx2')}<a:effectLst/></p:bgPr></p:bg>"


def _tree(shapes: str, background: str = "", name: str = "") -> str:
    said = f' name="{name}"' if name else ""
    return f"<p:cSld{said}>{background}<p:spTree>{_TREE}{shapes}</p:spTree></p:cSld>"


def _level(number: int, indent: int, size: int, before: int, bullet: str) -> str:
    return (
        f'<a:lvl{number}pPr marL="{indent}" indent="{-228600 if bullet else 0}" algn="l" '
        'defTabSz="914400" rtl="0" eaLnBrk="1" latinLnBrk="0" hangingPunct="1">'
        '<a:lnSpc><a:spcPct val="90000"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="{before}"/></a:spcBef>'
        + (
            f'<a:buFont typeface="Arial" panose="020B0604020202020204" pitchFamily="34" '
            f'charset="0"/><a:buChar char="{bullet}"/>' if bullet else "<a:buNone/>"
        )
        + f'<a:defRPr sz="{size}" kern="1200">{_scheme("tx1")}<a:latin typeface="+mn-lt"/>'
        f'<a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/></a:defRPr></a:lvl{number}pPr>'
    )  # fmt: skip


def _text_styles() -> str:
    title = (
        '<a:lvl1pPr algn="l" defTabSz="914400" rtl="0" eaLnBrk="1" latinLnBrk="0" '
        'hangingPunct="1"><a:lnSpc><a:spcPct val="90000"/></a:lnSpc><a:spcBef>'
        '<a:spcPct val="0"/></a:spcBef><a:buNone/><a:defRPr sz="2800" b="1" kern="1200">'
        f'{_scheme("tx2")}<a:latin typeface="+mj-lt"/><a:ea typeface="+mj-ea"/>'
        '<a:cs typeface="+mj-cs"/></a:defRPr></a:lvl1pPr>'
    )
    sizes = (2000, 1800, 1600, 1400, 1400, 1400, 1400, 1400, 1400)
    body = "".join(
        _level(n, 228_600 + 457_200 * (n - 1), size, 1000 if n == 1 else 500, "•")
        for n, size in enumerate(sizes, start=1)
    )
    other = "".join(
        f'<a:lvl{n}pPr marL="{457_200 * (n - 1)}" algn="l" defTabSz="914400" rtl="0" '
        f'eaLnBrk="1" latinLnBrk="0" hangingPunct="1"><a:defRPr sz="1800" kern="1200">'
        f'{_scheme("tx1")}<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/>'
        f'<a:cs typeface="+mn-cs"/></a:defRPr></a:lvl{n}pPr>'
        for n in range(1, 10)
    )
    language = '<a:defPPr><a:defRPr lang="de-DE"/></a:defPPr>'
    return (
        f"<p:txStyles><p:titleStyle>{title}</p:titleStyle><p:bodyStyle>{body}</p:bodyStyle>"
        f"<p:otherStyle>{language}{other}</p:otherStyle></p:txStyles>"
    )


def _master(count: int) -> str:
    frame = '<a:bodyPr vert="horz" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0" anchor="{}">'
    shapes = (
        _line(2, 6.8)
        + _logo(3, "tx2", 11.23, 0.46)
        + _placeholder(
            8, "Titelplatzhalter", 'type="title"', TITLE,
            frame.format("b") + "<a:normAutofit/></a:bodyPr>", words=_TITLE_WORDS,
        )
        + _placeholder(
            9, "Textplatzhalter", 'type="body" idx="1"', BODY,
            frame.format("t") + "<a:normAutofit/></a:bodyPr>", words=_BODY_WORDS,
        )
        + _foot(10, on_master=True)
    )  # fmt: skip
    background = '<p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg>'
    ids = "".join(
        f'<p:sldLayoutId id="{2_147_483_649 + n}" r:id="rId{n}"/>' for n in range(1, count + 1)
    )
    return (
        f"{_HEAD}<p:sldMaster {_NS}>{_tree(shapes, background)}{_MAP}"
        f"<p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst>{_text_styles()}</p:sldMaster>"
    )


def _layout(name: str, kind: str, shapes: str, background: str = "", master: bool = True) -> str:
    said = f' type="{kind}" preserve="1"' + ("" if master else ' showMasterSp="0"')
    return (
        f"{_HEAD}<p:sldLayout {_NS}{said}>{_tree(shapes, background, name)}{_OWN_MAP}</p:sldLayout>"
    )


def _plain(size: int, color: str, bold: bool = False, align: str = "l") -> str:
    weight = ' b="1"' if bold else ' b="0"'
    return (
        f'<a:lstStyle><a:lvl1pPr marL="0" indent="0" algn="{align}"><a:buNone/>'
        f'<a:defRPr sz="{size}"{weight}>{_scheme(color)}</a:defRPr></a:lvl1pPr></a:lstStyle>'
    )


def _title_slide() -> str:
    shapes = (
        _shape(2, "Kai", (0.0, 6.55, 13.333, 0.95), _scheme("accent1"))
        + _shape(3, "Kante", (0.0, 6.47, 13.333, 0.08), _scheme("accent2"))
        + _logo(4, "bg1", 0.6, 0.6)
        + _placeholder(
            9, "Titel", 'type="ctrTitle"', (0.6, 1.9, 9.4, 2.2), '<a:bodyPr anchor="b"/>',
            _plain(4400, "bg1", bold=True), _TITLE_WORDS,
        )
        + _placeholder(
            10, "Untertitel", 'type="subTitle" idx="1"', (0.6, 4.35, 9.4, 1.1),
            style=_plain(2200, "bg1"), words=_words("Master-Untertitelformat bearbeiten"),
        )
    )  # fmt: skip
    return _layout("Titelfolie", "title", shapes, _DARK, master=False)


def _section_head() -> str:
    shapes = (
        _shape(2, "Kaimauer", (0.0, 0.0, 0.28, 7.5), _scheme("accent2"))
        + _placeholder(
            3, "Titel", 'type="title"', (1.1, 2.2, 9.6, 1.7), '<a:bodyPr anchor="b"/>',
            _plain(3600, "bg1", bold=True), _TITLE_WORDS,
        )
        + _placeholder(
            4, "Textplatzhalter", 'type="body" idx="1"', (1.1, 4.05, 9.6, 1.3),
            style=_plain(2000, "bg2"), words=_words("Mastertextformat bearbeiten"),
        )
    )  # fmt: skip
    return _layout("Abschnittsüberschrift", "secHead", shapes, _DARK, master=False)


def _comparison() -> str:
    shapes = _title(2)
    for n, x in enumerate((0.6, 6.83)):
        size = 'sz="quarter" ' if n else ""
        shapes += _placeholder(
            3 + 2 * n, "Textplatzhalter", f'type="body" {size}idx="{1 + 2 * n}"',
            (x, 1.62, 5.9, 0.5), '<a:bodyPr anchor="b"/>', _plain(2000, "accent1", bold=True),
            _words("Mastertextformat bearbeiten"),
        )  # fmt: skip
        shapes += _content(4 + 2 * n, 2 + 2 * n, (x, 2.2, 5.9, 4.38))
    return _layout("Vergleich", "twoTxTwoObj", shapes + _foot(7))


def _captioned() -> str:
    shapes = (
        _title(2, (0.6, 1.62, 4.2, 1.3))
        + _placeholder(
            3, "Bildplatzhalter", 'type="pic" idx="1"', (5.2, 1.62, 7.53, 4.96),
            words=_words("Bild durch Klicken hinzufügen"), style=_plain(1600, "tx1"),
        )
        + _placeholder(
            4, "Textplatzhalter", 'type="body" sz="half" idx="2"', (0.6, 3.05, 4.2, 3.53),
            style=_plain(1600, "tx1"), words=_words("Mastertextformat bearbeiten"),
        )
        + _foot(5)
    )  # fmt: skip
    return _layout("Bild mit Überschrift", "picTx", shapes)


def _layouts() -> list[str]:
    """The layouts in the order in which PowerPoint makes them."""
    halves = ((0.6, 1.62, 5.9, 4.96), (6.83, 1.62, 5.9, 4.96))
    return [
        _title_slide(),
        _layout("Titel und Inhalt", "obj", _title(2) + _content(3, 1) + _foot(4)),
        _section_head(),
        _layout(
            "Zwei Inhalte", "twoObj",
            _title(2) + _content(3, 1, halves[0]) + _content(4, 2, halves[1]) + _foot(5),
        ),
        _comparison(),
        _layout("Nur Titel", "titleOnly", _title(2) + _foot(3)),
        _layout("Leer", "blank", _foot(2)),
        _captioned(),
    ]  # fmt: skip


def _theme(name: str, colors: dict[str, str]) -> str:
    slots = "".join(
        f'<a:{slot}><a:srgbClr val="{color}"/></a:{slot}>' for slot, color in colors.items()
    )
    face = f'<a:latin typeface="{FACE}"/><a:ea typeface=""/><a:cs typeface=""/>'
    same = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    softer = (
        '<a:gradFill rotWithShape="1"><a:gsLst><a:gs pos="0"><a:schemeClr val="phClr">'
        '<a:lumMod val="110000"/></a:schemeClr></a:gs><a:gs pos="100000"><a:schemeClr '
        'val="phClr"><a:shade val="90000"/></a:schemeClr></a:gs></a:gsLst>'
        '<a:lin ang="5400000" scaled="0"/></a:gradFill>'
    )
    lines = "".join(
        f'<a:ln w="{width}" cap="flat" cmpd="sng" algn="ctr">{same}<a:prstDash val="solid"/>'
        '<a:miter lim="800000"/></a:ln>'
        for width in (6350, 12700, 19050)
    )
    effects = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    return (
        f'{_HEAD}<a:theme xmlns:a="{_A}" name="{name}"><a:themeElements>'
        f'<a:clrScheme name="{name}">{slots}</a:clrScheme><a:fontScheme name="{name}">'
        f"<a:majorFont>{face}</a:majorFont><a:minorFont>{face}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="{name}"><a:fillStyleLst>{same}{softer}{softer}</a:fillStyleLst>'
        f"<a:lnStyleLst>{lines}</a:lnStyleLst><a:effectStyleLst>{effects}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{same}{same}{softer}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
    )


# -- the sample slides -------------------------------------------------------------------


def _picture() -> bytes:
    """A PNG of 8 × 8 pixels, packed without pressing: the same bytes everywhere."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = b"".join(
        b"\0" + b"".join(bytes((14, 110, 126 + 8 * x)) for x in range(8)) for _ in range(8)
    )
    head = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 0))
        + chunk(b"IEND", b"")
    )  # fmt: skip


def _chart() -> str:
    points = "".join(
        f'<c:pt idx="{n}"><c:v>{value}</c:v></c:pt>' for n, value in enumerate((41, 38, 52))
    )
    names = "".join(
        f'<c:pt idx="{n}"><c:v>{year}</c:v></c:pt>' for n, year in enumerate((2022, 2023, 2024))
    )
    axis = (
        '<c:{0}><c:axId val="{1}"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="{2}"/><c:crossAx val="{3}"/></c:{0}>'
    )
    return (
        f'{_HEAD}<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        f'xmlns:a="{_A}" xmlns:r="{_R}"><c:chart><c:autoTitleDeleted val="1"/><c:plotArea>'
        '<c:layout/><c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:ser>'
        '<c:idx val="0"/><c:order val="0"/><c:cat><c:strLit><c:ptCount val="3"/>'
        f'{names}</c:strLit></c:cat><c:val><c:numLit><c:ptCount val="3"/>{points}</c:numLit>'
        '</c:val></c:ser><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        + axis.format("catAx", 1, "b", 2) + axis.format("valAx", 2, "l", 1)
        + '</c:plotArea><c:plotVisOnly val="1"/></c:chart></c:chartSpace>'
    )  # fmt: skip


def _sample(number: int) -> str:
    """A sample slide: the first with a chart, the second with a picture and a link to it."""
    if number == 1:
        shapes = _placeholder(2, "Titel", 'type="title"', words=_words("So sieht ein Chart aus"))
        shapes += (
            '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="3" name="Diagramm 2"/>'
            f"<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>{_xfrm(BODY, 'p:xfrm')}"
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/'
            'chart"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
            'r:id="rId3"/></a:graphicData></a:graphic></p:graphicFrame>'
        )
    else:
        link = (
            '<a:p><a:r><a:rPr lang="de-DE"><a:hlinkClick r:id="rId4" '
            'action="ppaction://hlinksldjump"/></a:rPr><a:t>Muster eines Titels</a:t></a:r></a:p>'
        )
        shapes = _placeholder(2, "Titel", 'type="title"', words=link)
        shapes += (
            '<p:pic><p:nvPicPr><p:cNvPr id="3" name="Bild 2"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr>'
            '<p:blipFill><a:blip r:embed="rId3"/><a:stretch><a:fillRect/></a:stretch>'
            f"</p:blipFill><p:spPr>{_xfrm((0.6, 1.62, 4.0, 4.0))}"
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
        )
    return f"{_HEAD}<p:sld {_NS}>{_tree(shapes)}{_OWN_MAP}</p:sld>"


def _notes(number: int) -> str:
    shapes = _placeholder(2, "Notizenplatzhalter", 'type="body" idx="1"',
                          words=_words(f"Notiz zum Muster {number}"))  # fmt: skip
    return f"{_HEAD}<p:notes {_NS}>{_tree(shapes)}{_OWN_MAP}</p:notes>"


def _notes_master() -> str:
    image = (
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Folienbildplatzhalter 1"/><p:cNvSpPr><a:spLocks '
        'noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg" '
        f'idx="2"/></p:nvPr></p:nvSpPr><p:spPr>{_xfrm((0.75, 1.25, 6.0, 3.375))}'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:sp>'
    )
    words = _placeholder(
        3, "Notizenplatzhalter", 'type="body" sz="quarter" idx="3"', (0.75, 4.8, 6.0, 3.9),
        words=_BODY_WORDS,
    )  # fmt: skip
    return (
        f"{_HEAD}<p:notesMaster {_NS}>"
        f"{_tree(image + words, _DARK.replace('tx2', 'bg1'))}{_MAP}</p:notesMaster>"
    )


# -- the package ----------------------------------------------------------------------


def _guides() -> str:
    """Drawing guides at the margins and under the title, as PowerPoint 2013 keeps them."""
    places = (("", 378), ("", 7302), ('orient="horz" ', 1020), ('orient="horz" ', 4145))
    guides = "".join(
        f'<p15:guide id="{n}" {way}pos="{pos}" userDrawn="1"><p15:clr>'
        '<a:srgbClr val="A4A3A4"/></p15:clr></p15:guide>'
        for n, (way, pos) in enumerate(places, start=1)
    )
    return (
        '<p:ext uri="{EFAFB233-063F-42B5-8137-9DF3F51BA10A}"><p15:sldGuideLst '
        'xmlns:p15="http://schemas.microsoft.com/office/powerpoint/2012/main">'
        f"{guides}</p15:sldGuideLst></p:ext>"
    )


def _presentation() -> str:
    defaults = "".join(
        f'<a:lvl{n}pPr marL="{457_200 * (n - 1)}" algn="l" defTabSz="914400" rtl="0" '
        'eaLnBrk="1" latinLnBrk="0" hangingPunct="1"><a:defRPr sz="1800" kern="1200">'
        f'{_scheme("tx1")}<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/>'
        f'<a:cs typeface="+mn-cs"/></a:defRPr></a:lvl{n}pPr>'
        for n in range(1, 10)
    )
    sections = (
        '<p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst '
        'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"><p14:section '
        'name="Muster" id="{3B1C9B6E-63A0-4C0F-9B6A-6D5A0C9E2F11}"><p14:sldIdLst>'
        '<p14:sldId id="256"/><p14:sldId id="257"/></p14:sldIdLst></p14:section>'
        "</p14:sectionLst></p:ext>"
    )
    return (
        f'{_HEAD}<p:presentation {_NS} saveSubsetFonts="1"><p:sldMasterIdLst>'
        '<p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst><p:notesMasterIdLst>'
        '<p:notesMasterId r:id="rId4"/></p:notesMasterIdLst><p:sldIdLst>'
        '<p:sldId id="256" r:id="rId2"/><p:sldId id="257" r:id="rId3"/></p:sldIdLst>'
        f'<p:sldSz cx="{WIDTH}" cy="{HEIGHT}"/><p:notesSz cx="6858000" cy="9144000"/>'
        '<p:defaultTextStyle><a:defPPr><a:defRPr lang="de-DE"/></a:defPPr>'
        f"{defaults}</p:defaultTextStyle><p:extLst>{sections}{_guides()}</p:extLst>"
        "</p:presentation>"
    )


def _relationships(*targets: tuple[str, str]) -> str:
    """Relationships `rId1` .. of (kind, target)."""
    lines = "".join(
        f'<Relationship Id="rId{n}" Type="'
        + (kind if "://" in kind else f"{_R}/{kind}")
        + f'" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _types(names: dict[str, str]) -> str:
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml", "png": "image/png",
    }  # fmt: skip
    lines = "".join(f'<Default Extension="{e}" ContentType="{t}"/>' for e, t in defaults.items())
    lines += "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in names.items()
    )
    return f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{lines}</Types>'


def _properties() -> dict[str, str]:
    core = (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Harbour: Vorlage</dc:title>'
        "<dc:creator>Marke und Gestaltung</dc:creator></cp:coreProperties>"
    )
    app = (
        f'{_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'extended-properties"><Application>Microsoft Office PowerPoint</Application>'
        "<Company>Port Merrow</Company></Properties>"
    )
    return {"docProps/core.xml": core, "docProps/app.xml": app}


def make_parts() -> dict[str, bytes]:
    """The template's parts by name, in the order in which they stand in the file."""
    layouts = _layouts()
    count = len(layouts)
    kinds = {
        "ppt/presentation.xml": _PML + "template.main+xml",
        "ppt/slideMasters/slideMaster1.xml": _PML + "slideMaster+xml",
        **{f"ppt/slides/slide{n}.xml": _PML + "slide+xml" for n in (1, 2)},
        **{f"ppt/notesSlides/notesSlide{n}.xml": _PML + "notesSlide+xml" for n in (1, 2)},
        "ppt/notesMasters/notesMaster1.xml": _PML + "notesMaster+xml",
        "ppt/presProps.xml": _PML + "presProps+xml",
        "ppt/viewProps.xml": _PML + "viewProps+xml",
        "ppt/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "ppt/theme/theme2.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "ppt/tableStyles.xml": _PML + "tableStyles+xml",
        **{f"ppt/slideLayouts/slideLayout{n}.xml": _PML + "slideLayout+xml"
           for n in range(1, count + 1)},
        "ppt/charts/chart1.xml": _DML + "chart+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": (
            "application/vnd.openxmlformats-officedocument.extended-properties+xml"
        ),
    }  # fmt: skip
    layout = "../slideLayouts/slideLayout{}.xml"
    to_master = ("slideMaster", "../slideMasters/slideMaster1.xml")
    parts = {
        "[Content_Types].xml": _types(kinds),
        "_rels/.rels": _relationships(
            ("officeDocument", "ppt/presentation.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ("extended-properties", "docProps/app.xml"),
        ),
        "ppt/presentation.xml": _presentation(),
        "ppt/_rels/presentation.xml.rels": _relationships(
            ("slideMaster", "slideMasters/slideMaster1.xml"), ("slide", "slides/slide1.xml"),
            ("slide", "slides/slide2.xml"), ("notesMaster", "notesMasters/notesMaster1.xml"),
            ("presProps", "presProps.xml"), ("viewProps", "viewProps.xml"),
            ("theme", "theme/theme1.xml"), ("tableStyles", "tableStyles.xml"),
        ),
        "ppt/slideMasters/slideMaster1.xml": _master(count),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": _relationships(
            *(("slideLayout", layout.format(n)) for n in range(1, count + 1)),
            ("theme", "../theme/theme1.xml"),
        ),
    }  # fmt: skip
    for number, xml in enumerate(layouts, start=1):
        parts[f"ppt/slideLayouts/slideLayout{number}.xml"] = xml
        parts[f"ppt/slideLayouts/_rels/slideLayout{number}.xml.rels"] = _relationships(to_master)
    hung = {1: ("chart", "../charts/chart1.xml"), 2: ("image", "../media/image1.png")}
    for number, what in hung.items():
        links = [("slideLayout", layout.format(6)),
                 ("notesSlide", f"../notesSlides/notesSlide{number}.xml"), what]  # fmt: skip
        links += [("slide", "slide1.xml")] if number == 2 else []
        parts[f"ppt/slides/slide{number}.xml"] = _sample(number)
        parts[f"ppt/slides/_rels/slide{number}.xml.rels"] = _relationships(*links)
        parts[f"ppt/notesSlides/notesSlide{number}.xml"] = _notes(number)
        parts[f"ppt/notesSlides/_rels/notesSlide{number}.xml.rels"] = _relationships(
            ("notesMaster", "../notesMasters/notesMaster1.xml"),
            ("slide", f"../slides/slide{number}.xml"),
        )
    plain = f'xmlns:a="{_A}" xmlns:r="{_R}" xmlns:p="{_P}"'
    parts |= {
        "ppt/charts/chart1.xml": _chart(),
        "ppt/notesMasters/notesMaster1.xml": _notes_master(),
        "ppt/notesMasters/_rels/notesMaster1.xml.rels": _relationships(
            ("theme", "../theme/theme2.xml")
        ),
        "ppt/theme/theme1.xml": _theme("Hafen", COLORS),
        "ppt/theme/theme2.xml": _theme("Notizen", COLORS),
        "ppt/presProps.xml": f"{_HEAD}<p:presentationPr {plain}/>",
        "ppt/viewProps.xml": f"{_HEAD}<p:viewPr {plain}/>",
        "ppt/tableStyles.xml": f'{_HEAD}<a:tblStyleLst xmlns:a="{_A}" '
                               'def="{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"/>',
        **_properties(),
    }  # fmt: skip
    packed = {name: xml.encode() for name, xml in parts.items()}
    return packed | {"ppt/media/image1.png": _picture()}


def pack(parts: dict[str, bytes]) -> bytes:
    """Parts as a zip without anything of the machine or the hour."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 0, 0
            archive.writestr(entry, data)
    return stream.getvalue()


def make_template() -> bytes:
    """The sample template as a .potx."""
    return pack(make_parts())


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(make_template())
