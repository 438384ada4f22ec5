"""A scene laid out on a slide 7.5 in high goes in, the same for a slide of another size comes out.

Legibility goes with the slide, not with the inch: 14 points on a slide of 10 × 5.625 in, which
many templates have, are seen as 18.7 are on one of 13.333 × 7.5. So decks are laid out at one
height, and every length and size is multiplied here, as PowerPoint does when a slide's size is
changed.
"""

from __future__ import annotations

from typing import TypeAlias

from msgspec.structs import replace

from deckgen.scene import (
    Body,
    Box,
    CategoryChart,
    CategorySeries,
    Cell,
    Chart,
    ChartItem,
    ConnectorItem,
    DoughnutChart,
    GroupItem,
    Item,
    Line,
    Page,
    Paragraph,
    PictureItem,
    RangeChart,
    Scene,
    ShapeItem,
    TableItem,
    TextItem,
    XyChart,
)
from deckgen.template import Layout, Placeholder

SMALLEST_MARKER, LARGEST_MARKER = 2, 72  # points (ST_MarkerSize)
Simple: TypeAlias = TextItem | ShapeItem | ConnectorItem


def scale_scene(scene: Scene, by: float) -> Scene:
    """The scene with every length and size times `by`."""
    template = scene.template
    layouts = {key: _layout(layout, by) for key, layout in template.layouts.items()}
    made = replace(
        template, width=round(template.width * by), height=round(template.height * by),
        layouts=layouts, scale=1.0,
    )  # fmt: skip
    return replace(scene, pages=tuple(_page(page, by) for page in scene.pages), template=made)


def _layout(layout: Layout, by: float) -> Layout:
    places = tuple(_placeholder(place, by) for place in layout.placeholders)
    return replace(layout, placeholders=places)


def _placeholder(place: Placeholder, by: float) -> Placeholder:
    left, top, right, bottom = (round(inset * by) for inset in place.insets)
    return replace(
        place,
        box=_box(place.box, by),
        insets=(left, top, right, bottom),
        size_pt=place.size_pt * by,
    )


def _page(page: Page, by: float) -> Page:
    return replace(page, items=tuple(_item(item, by) for item in page.items))


def _item(item: Item, by: float) -> Item:
    match item:
        case GroupItem():
            inner = tuple(_simple(each, by) for each in item.items)
            return replace(item, box=_box(item.box, by), items=inner)
        case TableItem():
            return _table(item, by)
        case ChartItem():
            return replace(item, box=_box(item.box, by), chart=_chart(item.chart, by))
        case PictureItem():
            return replace(item, box=_box(item.box, by))
        case _:
            return _simple(item, by)


def _simple(item: Simple, by: float) -> Simple:
    match item:
        case ConnectorItem():
            start, end = ((round(x * by), round(y * by)) for x, y in (item.start, item.end))
            return replace(item, start=start, end=end, line=_line(item.line, by))
        case ShapeItem():
            body = _body(item.body, by) if item.body else None
            line = _line(item.line, by) if item.line else None
            return replace(item, box=_box(item.box, by), body=body, line=line)
        case _:
            return replace(item, box=_box(item.box, by), body=_body(item.body, by))


def _box(box: Box, by: float) -> Box:
    """Edges, not sides, are rounded: what touches goes on touching."""
    x, y = round(box.x * by), round(box.y * by)
    return Box(x, y, round(box.right * by) - x, round(box.bottom * by) - y)


def _body(body: Body, by: float) -> Body:
    left, top, right, bottom = (round(inset * by) for inset in body.insets)
    paragraphs = tuple(_paragraph(paragraph, by) for paragraph in body.paragraphs)
    return replace(body, paragraphs=paragraphs, insets=(left, top, right, bottom))


def _paragraph(paragraph: Paragraph, by: float) -> Paragraph:
    return replace(
        paragraph, size_pt=_size(paragraph.size_pt, by), pitch_pt=paragraph.pitch_pt * by,
        before_pt=paragraph.before_pt * by, indent_pt=paragraph.indent_pt * by,
    )  # fmt: skip


def _size(size_pt: float, by: float) -> float:
    """Type in steps of a twentieth of a point, rounded down: what fits goes on fitting."""
    return int(size_pt * by * 20 + 1e-6) / 20


def _line(line: Line, by: float) -> Line:
    return replace(line, width_pt=line.width_pt * by)


def _table(item: TableItem, by: float) -> TableItem:
    rows = tuple(tuple(_cell(cell, by) for cell in row) for row in item.rows)
    box = _box(item.box, by)
    return replace(
        item, box=box, rows=rows, widths=tuple(round(width * by) for width in item.widths),
        heights=tuple(round(height * by) for height in item.heights),
    )  # fmt: skip


def _cell(cell: Cell, by: float) -> Cell:
    above = _line(cell.above, by) if cell.above else None
    below = _line(cell.below, by) if cell.below else None
    return replace(cell, body=_body(cell.body, by), above=above, below=below)


def _chart(chart: Chart, by: float) -> Chart:
    match chart:
        case CategoryChart():
            return replace(
                chart, series=tuple(_series(series, by) for series in chart.series),
                label_size_pt=_size(chart.label_size_pt, by),
                category_size_pt=_size(chart.category_size_pt, by),
            )  # fmt: skip
        case XyChart():
            series = tuple(
                replace(
                    each, size_pt=_marker(each.size_pt, by),
                    line=_line(each.line, by) if each.line else None,
                )
                for each in chart.series
            )  # fmt: skip
            return replace(
                chart, series=series, label_size_pt=_size(chart.label_size_pt, by),
                axis_size_pt=_size(chart.axis_size_pt, by),
            )  # fmt: skip
        case RangeChart():
            return replace(
                chart, dot_pt=_marker(chart.dot_pt, by) if chart.dot_pt else 0,
                stroke_pt=chart.stroke_pt * by, label_size_pt=_size(chart.label_size_pt, by),
            )  # fmt: skip
        case DoughnutChart():
            return chart


def _series(series: CategorySeries, by: float) -> CategorySeries:
    points = tuple(
        replace(point, outline=_line(point.outline, by)) if point.outline else point
        for point in series.points
    )
    line = _line(series.line, by) if series.line else None
    return replace(series, points=points, line=line, marker_pt=_marker(series.marker_pt, by))


def _marker(size_pt: int, by: float) -> int:
    return min(LARGEST_MARKER, max(SMALLEST_MARKER, round(size_pt * by)))
