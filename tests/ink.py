"""A scene goes in; texts whose ink stands outside their boxes, or crosses, come out.

Every text is written in a colour of its own, or in one that only far-off texts share;
fills vanish, lines and marks turn black. LibreOffice draws the pages, with a margin all
round that shows what leaves the slide, and each pixel tells by its hue whose ink it is.
Nothing here asks how wide or high deckgen thinks a text is.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pypdfium2
from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from deckgen.scene import (
    Body,
    Box,
    CategoryChart,
    Cell,
    Chart,
    ChartItem,
    ConnectorItem,
    GroupItem,
    Item,
    Line,
    Link,
    Page,
    PictureItem,
    Run,
    Scene,
    ShapeItem,
    TableItem,
    TextItem,
    XyChart,
    XyPoint,
)
from deckgen.units import EMU_PER_INCH, inches, points, to_inches
from deckgen.writers import pptx

DPI = 150
MARGIN = inches(0.5)  # of paper around the slide
# Letters may reach over the edge of their box by a serif's width: .02 inches.
TOLERANCE = 3  # pixels
FEW = 4  # stray pixels that an odd edge may leave
LEAST = 48  # of 255: how dark a pixel must be for its hue to be told
SAME = 0.16  # how far a hue may be from a text's own
CLUSTER = 40  # pixels: stray ink nearer than this is told once

HUES = (
    "FF0000 FF8000 FFFF00 80FF00 00FF00 00FF80 00FFFF 0080FF 0000FF 8000FF FF00FF FF0080"
).split()
CATEGORIES = 0  # the hue that the names beside a chart's axis share
MARKS = "ink"  # the token of lines, balls and marks
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

Mask: TypeAlias = np.ndarray[Any, np.dtype[Any]]


class Ink(Struct):
    """A text on a page: what it says, where it may stand (unmoved), the number of its hue."""

    name: str
    words: str
    box: Box
    hue: int = -1

    def __str__(self) -> str:
        words = self.words if len(self.words) < 36 else f"{self.words[:33]}..."
        return f"“{words}” ({self.name})"


def stray_ink(scene: Scene, render: Callable[[bytes], Path]) -> list[str]:
    """What is wrong on the pages as LibreOffice draws them, as `page 3: …`; empty if nothing is.

    `render` gives the PDF of a deck, as the fixture `render_pdf` does.
    """
    data, texts = write_probe(scene)
    problems, slide = [], scene.template.slide
    with pypdfium2.PdfDocument(render(data)) as document:
        for number, (page, own) in enumerate(zip(document, texts, strict=True), start=1):
            picture = page.render(scale=DPI / 72).to_numpy()[:, :, :3][:, :, ::-1]
            problems += [f"page {number}: {told}" for told in judge(picture, own, slide)]
    return problems


# -- the probe -----------------------------------------------------------------------


def write_probe(scene: Scene) -> tuple[bytes, list[list[Ink]]]:
    """The scene in the colours of the probe as a deck, and the texts of each page."""
    colors = dict.fromkeys(scene.theme.colors, "FFFFFF") | {MARKS: "000000"}
    colors |= {_token(number): hue for number, hue in enumerate(HUES)}
    pages = []
    painters = [_Painter() for _ in scene.pages]
    for number, (page, painter) in enumerate(zip(scene.pages, painters, strict=True)):
        painter.paint(page)  # to learn what there is
        _choose_hues(painter.texts)
        items = painter.paint(page)
        pages.append(replace(page, slide_id=f"page-{number}", items=items, notes=()))
    probe = replace(
        scene, pages=tuple(pages), theme=replace(scene.theme, colors=colors), sections=()
    )
    charts = [hues for painter in painters for hues in painter.charts]
    return _rewrite(pptx.write(probe), charts, scene.template.slide), [
        painter.texts for painter in painters
    ]


def _token(hue: int) -> str:
    return f"probe{hue}"


def _choose_hues(texts: Sequence[Ink]) -> None:
    """A hue for each text whose nearest other bearer is as far away as can be."""
    for index, ink in enumerate(texts):
        if ink.hue >= 0:
            continue
        distances = [float("inf")] * len(HUES)
        for other in texts:
            if other.hue >= 0:
                distance = _distance(ink.box, other.box)
                distances[other.hue] = min(distances[other.hue], distance)
        # Neighbours on the wheel look most alike, so begin anywhere but there.
        order = [(index * 5 + step) % len(HUES) for step in range(len(HUES))]
        ink.hue = max(order, key=lambda hue: distances[hue])


def _distance(one: Box, other: Box) -> float:
    across = max(one.x - other.right, other.x - one.right, 0)
    down = max(one.y - other.bottom, other.y - one.bottom, 0)
    return (
        float(np.hypot(across, down))
        or -abs(one.x + one.y + one.h // 2 - other.x - other.y - other.h // 2) / 1e9
    )


class _Painter:
    """Recolours a page. The first round collects its texts, the second gives them their hues."""

    def __init__(self) -> None:
        self.texts: list[Ink] = []
        self.charts: list[dict[str, str]] = []
        self.place = 0

    def paint(self, page: Page) -> tuple[Item, ...]:
        self.place, self.charts = 0, []
        return tuple(self._item(item) for item in page.items)

    def _ink(self, name: str, words: str, box: Box) -> str:
        """The token of the next text; each round meets the same texts in the same order."""
        if self.place == len(self.texts):
            self.texts.append(Ink(name, words, box))
        ink = self.texts[self.place]
        self.place += 1
        return _token(max(0, ink.hue))

    def _body(self, name: str, body: Body | None, box: Box) -> Body | None:
        if body is None or not body.text.strip():
            return body
        token = self._ink(name, body.text, box)
        return replace(
            body,
            paragraphs=tuple(
                replace(
                    paragraph, color=token,
                    runs=tuple(_colored(run, token) for run in paragraph.runs),
                )
                for paragraph in body.paragraphs
            ),
        )  # fmt: skip

    def _item(self, item: Item) -> Item:
        match item:
            case TextItem():
                body = self._body(item.name, item.body, _turned(item.box, item.rotation))
                assert body is not None
                moved = _moved(item.box)
                return replace(item, box=moved, body=body, inherits_box=False, link=None)
            case ShapeItem():
                return self._shape(item, mark=item.geometry not in ("rect", "roundRect"))
            case ConnectorItem():
                return _elbow(item) if item.elbow else _connector(item)
            case GroupItem():
                inner = tuple(self._inner(each) for each in item.items)
                return replace(item, box=_moved(item.box), items=inner, link=None)
            case TableItem():
                return self._table(item)
            case ChartItem():
                return self._chart(item)
            case PictureItem():
                return ShapeItem(name=item.name, box=_moved(item.box))

    def _inner(
        self, item: TextItem | ShapeItem | ConnectorItem
    ) -> TextItem | ShapeItem | ConnectorItem:
        if isinstance(item, ShapeItem):
            return self._shape(item, mark=True)
        painted = self._item(item)
        assert isinstance(painted, (TextItem, ConnectorItem))
        return painted

    def _shape(self, item: ShapeItem, mark: bool) -> ShapeItem:
        body = self._body(item.name, item.body, _turned(item.box, item.rotation))
        line = Line(MARKS, 0.75) if mark and body is None else None
        return replace(item, box=_moved(item.box), fill=None, line=line, body=body, link=None)

    def _table(self, item: TableItem) -> TableItem:
        rows = []
        for number, row in enumerate(item.rows):
            cells = []
            for column, cell in enumerate(row):
                box = _cell_box(item, number, column, cell)
                body = self._body(f"{item.name} {number},{column}", cell.body, box)
                assert body is not None
                cells.append(replace(cell, body=body, fill=None, above=None, below=None))
            rows.append(tuple(cells))
        return replace(item, box=_moved(item.box), rows=tuple(rows))

    # -- charts ----------------------------------------------------------------------

    def _chart(self, item: ChartItem) -> ChartItem:
        hues: dict[str, str] = {}
        self.charts.append(hues)
        chart: Chart = item.chart
        if isinstance(chart, CategoryChart):
            chart = self._bars(item, chart, hues)
        elif isinstance(chart, XyChart):
            chart = self._points(item, chart, hues)
        return replace(item, box=_moved(item.box), chart=chart)

    def _bars(self, item: ChartItem, chart: CategoryChart, hues: dict[str, str]) -> CategoryChart:
        """Each label in the band of its bar; a bar's name on one line before the axis."""
        x, y, w, h = _plot(item.box, chart)
        band = h // len(chart.categories)
        line = points(chart.category_size_pt * 1.3)
        for index, name in enumerate(chart.categories):
            top = y + index * band + (band - line) // 2
            box = Box(item.box.x, top, x - item.box.x, line)
            self._ink(f"{item.name}: category", str(name), box)
            self.texts[self.place - 1].hue = CATEGORIES
        hues["categories"] = HUES[CATEGORIES]
        low = chart.axis.low or 0.0
        scale = w / ((chart.axis.high or 1.0) - low)
        stacked = chart.stacking != "none"
        ends = [0.0] * len(chart.categories)
        series = []
        for one in chart.series:
            painted = []
            for index, point in enumerate(one.points):
                start = ends[index] if stacked else 0.0
                if point.value is not None:
                    ends[index] = start + point.value
                    left, right = sorted((start - low, start + point.value - low))
                    bar = x + round(left * scale), x + round(right * scale)
                    if point.label_at == "outside" or (stacked and not point.value):
                        bar = (bar[1], item.box.right) if point.value >= 0 else (item.box.x, bar[0])
                    box = Box(bar[0], y + index * band, bar[1] - bar[0], band)
                    words = point.label or f"{point.value:g}"
                    token = self._ink(f"{item.name}: value", words, box)
                    point = replace(point, label_color=token)
                painted.append(replace(point, outline=None))
            series.append(replace(one, points=tuple(painted)))
        return replace(chart, series=tuple(series))

    def _points(self, item: ChartItem, chart: XyChart, hues: dict[str, str]) -> XyChart:
        """Each label beside its marker, on the side it is said to stand on."""
        for series in chart.series:
            for point in series.points:
                box = _beside(item.box, point, chart)
                self._ink(f"{item.name}: label", point.name, box)
                hues[point.name] = HUES[max(0, self.texts[self.place - 1].hue)]
        return replace(chart, series=tuple(replace(one, fill=MARKS) for one in chart.series))


def _colored(run: Run, token: str) -> Run:
    """The run in a colour, its link kept: LibreOffice breaks the words of a link elsewhere."""
    link = run.link and (Link("#page-0") if run.link.target.startswith("#") else run.link)
    return replace(run, color=token, link=link)


def _moved(box: Box) -> Box:
    return replace(box, x=box.x + MARGIN, y=box.y + MARGIN)


def _turned(box: Box, rotation: int) -> Box:
    """The box about a box that is turned about its centre."""
    if rotation % 180 == 0:
        return box
    assert rotation % 90 == 0, "only quarter turns are known"
    x, y = box.x + (box.w - box.h) // 2, box.y + (box.h - box.w) // 2
    return Box(x, y, box.h, box.w)


def _connector(item: ConnectorItem) -> ConnectorItem:
    ends = [(x + MARGIN, y + MARGIN) for x, y in (item.start, item.end)]
    return replace(item, start=ends[0], end=ends[1], line=replace(item.line, color=MARKS))


def _elbow(item: ConnectorItem) -> GroupItem:
    """The three strokes of an elbow: LibreOffice turns each half way, whatever its file says."""
    (x1, y1), (x2, y2) = item.start, item.end
    turn = y1 + round((y2 - y1) * item.turn)
    corners = ((x1, y1), (x1, turn), (x2, turn), (x2, y2))
    strokes = tuple(
        ConnectorItem(name=f"{item.name} {n}", start=start, end=end, line=Line(MARKS, 1))
        for n, (start, end) in enumerate(pairwise(corners), start=1)
    )
    return GroupItem(name=item.name, box=_moved(item.box), items=tuple(map(_connector, strokes)))


def _cell_box(item: TableItem, number: int, column: int, cell: Cell) -> Box:
    x, y = item.box.x + sum(item.widths[:column]), item.box.y + sum(item.heights[:number])
    width = sum(item.widths[column : column + cell.columns])
    return Box(x, y, width, sum(item.heights[number : number + cell.rows]))


def _plot(box: Box, chart: CategoryChart) -> tuple[int, int, int, int]:
    assert chart.horizontal, "only bars that lie are known"
    x, y, w, h = chart.plot
    return box.x + round(x * box.w), box.y + round(y * box.h), round(w * box.w), round(h * box.h)


def _beside(box: Box, point: XyPoint, chart: XyChart) -> Box:
    across, up = (
        (place - (axis.low or 0)) / ((axis.high or 0) - (axis.low or 0))
        for place, axis in ((point.x, chart.x_axis), (point.y, chart.y_axis))
    )
    x, y = box.x + round(box.w * across), box.bottom - round(box.h * up)
    half = inches(0.16)
    match point.label_side:
        case "right":
            return Box(x, y - half, box.right - x, 2 * half)
        case "left":
            return Box(box.x, y - half, x - box.x, 2 * half)
        case "above":
            return Box(box.x, y - 3 * half, box.w, 3 * half)
        case "below":
            return Box(box.x, y, box.w, 3 * half)
    raise AssertionError("only marks with labels are known")


def _rewrite(data: bytes, charts: Sequence[dict[str, str]], slide: Box) -> bytes:
    """The deck on paper with a margin, and the texts of its charts in their hues."""
    size = f'<p:sldSz cx="{slide.w + 2 * MARGIN}" cy="{slide.h + 2 * MARGIN}"/>'
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "ppt/presentation.xml":
                part = re.sub(rb"<p:sldSz [^>]*/>", size.encode(), part)
            if found := re.fullmatch(r"ppt/charts/chart(\d+)\.xml", name):
                part = _color_chart(part, charts[int(found[1]) - 1])
            new.writestr(name, part)
    return result.getvalue()


def _color_chart(part: bytes, hues: dict[str, str]) -> bytes:
    root = etree.fromstring(part)
    for axis in root.iter(f"{_CHART}catAx"):
        _color(axis.find(f"{_CHART}txPr"), hues["categories"])
    for label in root.iter(f"{_CHART}dLbl"):
        words = "".join(text.text or "" for text in label.iter(f"{_DRAWING}t"))
        if words in hues:
            _color(label, hues[words])
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _color(element: Any, hue: str) -> None:
    for fill in element.iter(f"{_DRAWING}solidFill"):
        for child in list(fill):
            fill.remove(child)
        etree.SubElement(fill, f"{_DRAWING}srgbClr", val=hue)


# -- the judge -----------------------------------------------------------------------


def judge(picture: Mask, texts: Sequence[Ink], slide: Box) -> list[str]:
    """What is wrong on a page, drawn at DPI in red, green and blue: a sentence each."""
    hues, mixed = _classify(picture)
    problems: list[str] = []
    for hue in range(len(HUES)):
        own = [ink for ink in texts if ink.hue == hue]
        drawn = hues == hue
        allowed = np.zeros_like(drawn)
        for ink in own:
            top, bottom, left, right = _pixels(ink.box, TOLERANCE, slide)
            allowed[top:bottom, left:right] = True
            if _is_visible(ink.words) and not drawn[top:bottom, left:right].any():
                problems.append(f"{ink} is not on the page in its place")
        for x, y in _clusters(drawn & ~allowed):
            nearest = min(own, key=lambda ink: _off(ink.box, x, y), default=None)
            if nearest is not None:
                off = to_inches(round(_off(nearest.box, x, y)))
                problems.append(f"{nearest} leaves its box by {off:.2f} in at {_place(x, y)}")
    for x, y in _clusters(mixed):
        near = hues[max(0, y - 12) : y + 12, max(0, x - 12) : x + 12]
        found = [i for i in texts if (near == i.hue).any() and _off(i.box, x, y) < inches(0.3)]
        names = " and ".join(str(ink) for ink in found[:3]) or "ink"
        other = "cross" if len(found) > 1 else "crosses a mark or a line"
        problems.append(f"{names} {other} at {_place(x, y)}")
    return problems


def _classify(picture: Mask) -> tuple[Mask, Mask]:
    """Whose hue each pixel has (-1 none, or black), and which are of no hue but a mixture."""
    absorbed = 255 - picture.astype(np.int16)
    strength = absorbed.max(axis=2)
    place = strength >= LEAST
    shares = absorbed[place] / strength[place][:, None]
    known = np.array([[int(hue[i : i + 2], 16) for i in (0, 2, 4)] for hue in (*HUES, "000000")])
    wanted = 1 - known / 255
    distances = np.abs(shares[:, None, :] - wanted[None]).max(axis=2)
    nearest = distances.argmin(axis=1)
    hues = np.full(strength.shape, -1, dtype=np.int8)
    mixed = np.zeros(strength.shape, dtype=bool)
    told = distances.min(axis=1) <= SAME
    hues[place] = np.where(told & (nearest < len(HUES)), nearest, -1)
    mixed[place] = ~told
    return hues, mixed


def _pixels(box: Box, tolerance: int, slide: Box) -> tuple[int, int, int, int]:
    """Top, bottom, left, right in pixels of a box, cut at the slide's edges and widened."""
    left, top = max(0, box.x), max(0, box.y)
    right, bottom = min(slide.right, box.right), min(slide.bottom, box.bottom)
    scale = DPI / EMU_PER_INCH
    edges = ((n + MARGIN) * scale for n in (top, bottom, left, right))
    y0, y1, x0, x1 = (round(n) for n in edges)
    return y0 - tolerance, y1 + tolerance, x0 - tolerance, x1 + tolerance


def _clusters(mask: Mask) -> Iterator[tuple[int, int]]:
    """A place (x, y) in pixels for each heap of more than a few."""
    rows, columns = np.nonzero(mask)
    while len(rows):
        near = (abs(rows - rows[0]) < CLUSTER) & (abs(columns - columns[0]) < CLUSTER * 4)
        if near.sum() > FEW:
            lowest = rows[near].argmax()
            yield int(columns[near][lowest]), int(rows[near][lowest])
        rows, columns = rows[~near], columns[~near]


def _off(box: Box, x: int, y: int) -> float:
    """How far, in EMU, a pixel is from a box."""
    at_x, at_y = (n * EMU_PER_INCH / DPI - MARGIN for n in (x, y))
    return float(
        np.hypot(max(box.x - at_x, at_x - box.right, 0), max(box.y - at_y, at_y - box.bottom, 0))
    )


def _place(x: int, y: int) -> str:
    inch = (n / DPI - to_inches(MARGIN) for n in (x, y))
    return ", ".join(f"{n:.2f}" for n in inch)


def _is_visible(words: str) -> bool:
    return any(character.isalnum() for character in words)
