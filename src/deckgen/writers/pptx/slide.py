"""A Page goes in, a slide part comes out (ECMA-376 part 1, 19.3.1.38).

Shapes carry no `p:style`: a style would add effects of the theme, and python-pptx's and
PowerPoint's own defaults for it are blue boxes with shadows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import floor

from deckgen.scene import (
    Box,
    ChartItem,
    ConnectorItem,
    GroupItem,
    Item,
    Line,
    Link,
    Page,
    PictureItem,
    ShapeItem,
    TableItem,
    TextItem,
    flatten,
)
from deckgen.scripts import stretches
from deckgen.template import Layout
from deckgen.theme import Theme
from deckgen.units import points
from deckgen.writers.pptx.body import Pen, body_xml, faces_xml, slot_faces, solid_fill
from deckgen.writers.pptx.connector import route, route_xml
from deckgen.writers.pptx.escape import DECLARATION, NAMESPACES, escape_attribute
from deckgen.writers.pptx.links import click_xml
from deckgen.writers.pptx.table import table_xml

# The accessibility checker passes over what is marked so ([MS-ODRAWXML], decorative).
_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative'
    ' xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)
# A picture's SVG, beside the PNG for programs that show none ([MS-ODRAWXML], svgBlip).
_SVG_URI = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_SVG_NAMESPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_CHART_URI = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_TABLE_URI = "http://schemas.openxmlformats.org/drawingml/2006/table"
# Connection sites top, left, bottom, right where a preset numbers others in between.
_SITES = {"ellipse": (0, 2, 4, 6)}
TREE_HEAD = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>'
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/>'
    '<a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)


def slide_xml(pen: Pen, page: Page, layout: Layout, theme: Theme) -> str:
    """The slide part of `page`; its relationships and media are added to those of `pen`.

    ValueError for a link, a glued end or a character that cannot be written.
    """
    drawing = _Drawing(pen, page, layout, theme)
    items = "".join(drawing.item_xml(item) for item in page.items)
    return (
        f"{DECLARATION}<p:sld {NAMESPACES}><p:cSld><p:spTree>{TREE_HEAD}{items}</p:spTree>"
        "</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
    )


def identify(items: Iterable[Item]) -> Iterator[tuple[Item, int, str]]:
    """Each item with its shape id, from 2, and its name, unique on the page.

    Groups stand before what they hold: the order in which they are written.
    """
    seen: set[str] = set()
    for number, item in enumerate(flatten(items), start=2):
        name, count = item.name, 1
        while name in seen:
            count += 1
            name = f"{item.name} ({count})"
        seen.add(name)
        yield item, number, name


class _Drawing:
    """The items of one page being written, each under the id and name it was given."""

    def __init__(self, pen: Pen, page: Page, layout: Layout, theme: Theme) -> None:
        self._pen = pen
        self._layout = layout
        self._theme = theme
        identified = list(identify(page.items))
        self._identities = iter([(number, name) for _, number, name in identified])
        self._ends: dict[str, tuple[int, str]] = {}
        for item, number, _ in identified:
            geometry = item.geometry if isinstance(item, ShapeItem) else "rect"
            self._ends.setdefault(item.name, (number, geometry))

    def item_xml(self, item: Item) -> str:
        """One item with all that it holds."""
        match item:
            case TextItem():
                return self._text_xml(item)
            case ShapeItem():
                return self._shape_xml(item)
            case ConnectorItem():
                return self._connector_xml(item)
            case GroupItem():
                return self._group_xml(item)
            case TableItem():
                table = table_xml(self._pen, item)
                return self._frame_xml(item, _TABLE_URI, table, '<a:graphicFrameLocks noGrp="1"/>')
            case ChartItem():
                return self._chart_xml(item)
            case PictureItem():
                return self._picture_xml(item)

    def _properties(self, item: Item, link: Link | None = None) -> str:
        """`p:cNvPr`: id, name, alt text, click and decorative mark."""
        number, name = next(self._identities)
        label = escape_attribute(name)
        alt = f' descr="{escape_attribute(item.alt)}"' if item.alt else ""
        click = click_xml(link, self._pen.relationships, self._pen.pages) if link else ""
        ornament = _DECORATIVE if item.role == "decorative" and not item.alt else ""
        return f'<p:cNvPr id="{number}" name="{label}"{alt}>{click}{ornament}</p:cNvPr>'

    def _text_xml(self, item: TextItem) -> str:
        properties = self._properties(item, item.link)
        if not item.placeholder:
            shape = _transform(item.box, item.rotation) + _preset("rect") + "<a:noFill/>"
            return (
                f'<p:sp><p:nvSpPr>{properties}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
                f"<p:spPr>{shape}</p:spPr>{body_xml(self._pen, item.body)}</p:sp>"
            )
        placeholder = self._layout.placeholder(item.placeholder)
        shape = "" if item.inherits_box else _transform(item.box, item.rotation)
        kind = "" if placeholder.type == "obj" else f' type="{placeholder.type}"'
        index = f' idx="{placeholder.idx}"' if placeholder.idx else ""
        return (
            f'<p:sp><p:nvSpPr>{properties}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
            f"<p:nvPr><p:ph{kind}{index}/></p:nvPr></p:nvSpPr>"
            f"<p:spPr>{shape}</p:spPr>{body_xml(self._pen, item.body, placeholder)}</p:sp>"
        )

    def _shape_xml(self, item: ShapeItem) -> str:
        properties = self._properties(item, item.link)
        fill = "<a:noFill/>" if item.fill is None else solid_fill(self._pen, item.fill)
        body = body_xml(self._pen, item.body) if item.body else ""
        return (
            f"<p:sp><p:nvSpPr>{properties}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>"
            f"{_transform(item.box, item.rotation)}{_preset(item.geometry, item.adjustments)}"
            f"{fill}{line_xml(self._pen, item.line)}</p:spPr>{body}</p:sp>"
        )

    def _connector_xml(self, item: ConnectorItem) -> str:
        properties = self._properties(item)
        start = self._glue_xml("stCxn", item.start_item, item.start_site)
        end = self._glue_xml("endCxn", item.end_item, item.end_site)
        return (
            f"<p:cxnSp><p:nvCxnSpPr>{properties}<p:cNvCxnSpPr>{start}{end}</p:cNvCxnSpPr><p:nvPr/>"
            f"</p:nvCxnSpPr><p:spPr>{route_xml(route(item))}{line_xml(self._pen, item.line)}"
            "</p:spPr></p:cxnSp>"
        )

    def _glue_xml(self, tag: str, name: str, site: int) -> str:
        if not name:
            return ""
        if name not in self._ends:
            raise ValueError(f"a connector is glued to {name!r}, which is not on its page")
        number, geometry = self._ends[name]
        index = _SITES[geometry][site] if geometry in _SITES else site
        return f'<a:{tag} id="{number}" idx="{index}"/>'

    def _group_xml(self, item: GroupItem) -> str:
        properties = self._properties(item, item.link)
        x, y, w, h = item.box.x, item.box.y, item.box.w, item.box.h
        inner = "".join(self.item_xml(child) for child in item.items)
        return (
            f"<p:grpSp><p:nvGrpSpPr>{properties}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>"
            f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/><a:chOff x="{x}" y="{y}"/>'
            f'<a:chExt cx="{w}" cy="{h}"/></a:xfrm></p:grpSpPr>{inner}</p:grpSp>'
        )

    def _chart_xml(self, item: ChartItem) -> str:
        # Only decks with charts pay for it.
        from deckgen.writers.pptx.chart import chart_words, write_chart

        # One set of characters serves a whole axis: all its words' faces are named with it.
        found = stretches(chart_words(item.chart), self._pen.writing)
        faces = faces_xml(slot_faces(found, self._pen.writing))
        written = write_chart(item.chart, self._theme, self._pen.language, faces)
        part = self._pen.package.add_chart(*written)
        key = self._pen.relationships.add("chart", part)
        chart = f'<c:chart xmlns:c="{_CHART_URI}" r:id="{key}"/>'
        return self._frame_xml(item, _CHART_URI, chart)

    def _frame_xml(
        self, item: TableItem | ChartItem, uri: str, content: str, locks: str = ""
    ) -> str:
        properties = self._properties(item)
        return (
            f"<p:graphicFrame><p:nvGraphicFramePr>{properties}<p:cNvGraphicFramePr>{locks}"
            f"</p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>{_transform(item.box, tag='p')}"
            f'<a:graphic><a:graphicData uri="{uri}">{content}</a:graphicData></a:graphic>'
            "</p:graphicFrame>"
        )

    def _picture_xml(self, item: PictureItem) -> str:
        properties = self._properties(item, item.link)
        part = self._pen.package.media_name(item.data, item.media)
        key = self._pen.relationships.add("image", part)
        sides = zip("ltrb", item.crop, strict=True)
        # Never round up: two halves cut off must leave something.
        cut = "".join(f' {side}="{floor(share * 100_000)}"' for side, share in sides if share)
        crop = f"<a:srcRect{cut}/>" if cut else ""
        return (
            f'<p:pic><p:nvPicPr>{properties}<p:cNvPicPr><a:picLocks noChangeAspect="1"/>'
            f"</p:cNvPicPr><p:nvPr/></p:nvPicPr><p:blipFill>{self._blip_xml(key, item.svg)}{crop}"
            f"<a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>{_transform(item.box)}"
            f"{_preset('rect')}</p:spPr></p:pic>"
        )

    def _blip_xml(self, key: str, svg: bytes) -> str:
        """`a:blip` of a picture under a relationship's key, with its SVG if there is one."""
        if not svg:
            return f'<a:blip r:embed="{key}"/>'
        part = self._pen.package.media_name(svg, "svg")
        own = self._pen.relationships.add("image", part)
        return (
            f'<a:blip r:embed="{key}"><a:extLst><a:ext uri="{_SVG_URI}">'
            f'<asvg:svgBlip xmlns:asvg="{_SVG_NAMESPACE}" r:embed="{own}"/>'
            "</a:ext></a:extLst></a:blip>"
        )


def _transform(box: Box, rotation: int = 0, tag: str = "a") -> str:
    turn = f' rot="{rotation % 360 * 60_000}"' if rotation % 360 else ""
    return (
        f'<{tag}:xfrm{turn}><a:off x="{box.x}" y="{box.y}"/>'
        f'<a:ext cx="{box.w}" cy="{box.h}"/></{tag}:xfrm>'
    )


def _preset(geometry: str, adjustments: Iterable[tuple[str, int]] = ()) -> str:
    guides = "".join(f'<a:gd name="{name}" fmla="val {value}"/>' for name, value in adjustments)
    return f'<a:prstGeom prst="{geometry}"><a:avLst>{guides}</a:avLst></a:prstGeom>'


def line_xml(pen: Pen, line: Line | None) -> str:
    """`a:ln` with sharp corners; None is no outline, which must be said."""
    if line is None:
        return "<a:ln><a:noFill/></a:ln>"
    dash = '<a:prstDash val="dash"/>' if line.dashed else ""
    head = '<a:headEnd type="triangle"/>' if line.arrow_start else ""
    tail = '<a:tailEnd type="triangle"/>' if line.arrow_end else ""
    return (
        f'<a:ln w="{points(line.width_pt)}">{solid_fill(pen, line.color)}{dash}'
        f'<a:miter lim="800000"/>{head}{tail}</a:ln>'
    )
