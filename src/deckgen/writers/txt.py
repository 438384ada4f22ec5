"""The text writer: a Scene goes in, a dump to read and to compare comes out.

It is the golden format of the tests. Lengths are inches, sizes points; a heading per page,
a line per item, and indented below it what the item holds. Marks are left out, so that an
edit further up in an outline changes nothing here. In a paragraph's line the size comes
first (`14`, or `14/18` where the baselines are not 1.2 x 14 apart), then what is not the
default, then the words: `**bold**`, `*-not bold-*`, `__italic__`, `` `code` ``,
`{accent|colour}`, `[words](#link)`, `<slidenum 3>`, and `⏎` for a line break.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from deckgen.scene import (
    Body,
    CategoryChart,
    CategoryPoint,
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
    Run,
    Scene,
    ShapeItem,
    TableItem,
    TextItem,
    ValueAxis,
    XyChart,
)
from deckgen.template import LINE_PITCH
from deckgen.units import to_inches

_SITES = ("top", "left", "bottom", "right")


def write(scene: Scene) -> str:
    """The scene as text, ending in a line end."""
    lines = [_deck_line(scene)]
    for section in scene.sections:
        last = section.first + section.count
        lines.append(f"section {_quote(section.title)} pages {section.first + 1}-{last}")
    lines += [f"notice {notice}" for notice in scene.notices]
    for number, page in enumerate(scene.pages, start=1):
        lines += _page_lines(page, number)
    return "\n".join(lines) + "\n"


def _deck_line(scene: Scene) -> str:
    properties = scene.properties
    said = [_quote(properties.title), f"theme={scene.theme.name}", f"lang={properties.language}"]
    for name in ("subject", "author", "keywords"):
        value = getattr(properties, name)
        said += [f"{name}={_quote(value)}"] if value else []
    return " ".join(["deck", *said])


def _page_lines(page: Page, number: int) -> Iterator[str]:
    yield ""
    yield f"page {number} #{page.slide_id} {page.layout}: {_one_line(page.title)}"
    for item in page.items:
        yield from _item_lines(item, "  ")
    for note in page.notes:
        yield f"  note {note.lead}: {_one_line(note.text)}"


def _item_lines(item: Item, indent: str) -> Iterator[str]:
    yield indent + " ".join(_item_words(item))
    inner = indent + "  "
    match item:
        case TextItem():
            yield from _body_lines(item.body, inner)
        case ShapeItem():
            if item.body is not None:
                yield from _body_lines(item.body, inner)
        case GroupItem():
            for child in item.items:
                yield from _item_lines(child, inner)
        case TableItem():
            yield from _table_lines(item, inner)
        case ChartItem():
            yield from _chart_lines(item.chart, inner)
        case PictureItem():
            yield from (f"{inner}{_quote(words)}" for words in item.words)
        case ConnectorItem():
            pass


def _item_words(item: Item) -> Iterator[str]:
    """Kind, name, box, and what is not the default for the kind."""
    kind = type(item).__name__.removesuffix("Item").lower()
    yield f"{kind} {_quote(item.name)}"
    if isinstance(item, ConnectorItem):
        yield from _connector_words(item)
    else:
        yield str(item.box)
    if item.role != ("decorative" if isinstance(item, ConnectorItem) else "body"):
        yield item.role
    if isinstance(item, TextItem) and item.placeholder:
        yield f"@{item.placeholder}" + ("" if item.inherits_box else " moved")
    if isinstance(item, ShapeItem):
        yield from _shape_words(item)
    if isinstance(item, TextItem | ShapeItem):
        if item.rotation:
            yield f"rotated={item.rotation}"
        if item.body is not None:
            yield from _body_words(item.body)
    if isinstance(item, PictureItem):
        # Another version of matplotlib gives other bytes of the same figure.
        yield f"{item.media}+svg" if item.svg else f"{item.media} {len(item.data)} bytes"
        if any(item.crop):
            yield "crop=" + ",".join(f"{share:g}" for share in item.crop)
    if not isinstance(item, ConnectorItem | TableItem | ChartItem) and item.link:
        yield f"-> {item.link.target}" + (f" {_quote(item.link.tip)}" if item.link.tip else "")
    if item.alt:
        yield f"alt={_quote(item.alt)}"


def _shape_words(item: ShapeItem) -> Iterator[str]:
    if item.geometry != "rect":
        yield item.geometry
    yield from (f"{name}={value}" for name, value in item.adjustments)
    if item.fill:
        yield f"fill={item.fill}"
    if item.line:
        yield f"line={_line_words(item.line)}"


def _connector_words(item: ConnectorItem) -> Iterator[str]:
    for end, name, site in (
        (item.start, item.start_item, item.start_site),
        (item.end, item.end_item, item.end_site),
    ):
        glue = f"({_quote(name)} {_SITES[site]})" if name else ""
        yield f"{to_inches(end[0]):.3f},{to_inches(end[1]):.3f}{glue}"
    if item.elbow:
        yield f"elbow={item.turn:g}"
    yield f"line={_line_words(item.line)}"


def _line_words(line: Line) -> str:
    dashed = ",dashed" if line.dashed else ""
    arrows = ",<" * line.arrow_start + ",>" * line.arrow_end
    return f"{line.color},{line.width_pt:g}{dashed}{arrows}"


def _body_words(body: Body) -> Iterator[str]:
    if body.anchor != "top":
        yield body.anchor
    if any(body.insets):
        yield "insets=" + ",".join(f"{to_inches(inset):.3g}" for inset in body.insets)
    if body.heading:
        yield "heading"


def _body_lines(body: Body, indent: str) -> Iterator[str]:
    for paragraph in body.paragraphs:
        yield indent + _paragraph_line(paragraph)


def _paragraph_line(paragraph: Paragraph) -> str:
    size = f"{paragraph.size_pt:g}"
    if abs(paragraph.pitch_pt - paragraph.size_pt * LINE_PITCH) > 0.005:
        size += f"/{paragraph.pitch_pt:g}"
    words = [size]
    words += ["bold"] if paragraph.bold else []
    words += [paragraph.color] if paragraph.color != "ink" else []
    words += [paragraph.align] if paragraph.align != "left" else []
    words += [f"+{paragraph.before_pt:g}"] if paragraph.before_pt else []
    words += [f"level={paragraph.level}"] if paragraph.level else []
    words += [f"indent={paragraph.indent_pt:g}"] if paragraph.indent_pt else []
    bullet = f"{paragraph.bullet} " if paragraph.bullet else ""
    return f"{' '.join(words)} | {bullet}" + "".join(map(_run_text, paragraph.runs))


def _run_text(run: Run) -> str:
    text = f"<{run.field} {run.text}>" if run.field else _one_line(run.text)
    if run.code:
        text = f"`{text}`"
    if run.italic:
        text = f"__{text}__"
    if run.bold is not None:
        text = f"**{text}**" if run.bold else f"*-{text}-*"
    if run.color:
        text = f"{{{run.color}|{text}}}"
    if run.link:
        tip = f" {_quote(run.link.tip)}" if run.link.tip else ""
        text = f"[{text}]({run.link.target}{tip})"
    return text


def _table_lines(item: TableItem, indent: str) -> Iterator[str]:
    yield f"{indent}columns {' '.join(f'{to_inches(w):.3f}' for w in item.widths)}"
    for height, row in zip(item.heights, item.rows, strict=True):
        yield f"{indent}row {to_inches(height):.3f}"
        for cell in row:
            yield from _cell_lines(cell, indent + "  ")


def _cell_lines(cell: Cell, indent: str) -> Iterator[str]:
    if cell.covered:
        yield f"{indent}covered"
        return
    words = ["cell"]
    words += [f"{cell.columns}x{cell.rows}"] if (cell.columns, cell.rows) != (1, 1) else []
    words += [f"fill={cell.fill}"] if cell.fill else []
    words += [f"above={_line_words(cell.above)}"] if cell.above else []
    words += [f"below={_line_words(cell.below)}"] if cell.below else []
    words += _body_words(cell.body)
    yield indent + " ".join(words)
    yield from _body_lines(cell.body, indent + "  ")


def _chart_lines(chart: Chart, indent: str) -> Iterator[str]:
    match chart:
        case CategoryChart():
            yield from _category_lines(chart, indent)
        case XyChart():
            yield from _xy_lines(chart, indent)
        case DoughnutChart():
            yield f"{indent}doughnut {_quote(chart.name)} hole={chart.hole_percent}"
            for slice_ in chart.slices:
                yield f"{indent}  {_quote(slice_.name)} {slice_.value:.10g} {slice_.fill}"
        case RangeChart():
            yield from _range_lines(chart, indent)


def _range_lines(chart: RangeChart, indent: str) -> Iterator[str]:
    names = f"{_quote(chart.start_name)} {_quote(chart.end_name)}"
    look = f"{chart.start_fill} dots={chart.dot_pt} stroke={chart.stroke_pt:g}"
    axis = f"axis={_axis_words(chart.axis)} labels={chart.label_size_pt:g}"
    yield f"{indent}ranges {names} {look} {axis}"
    for row in chart.rows:
        ends = ("missing" if end is None else f"{end:.10g}" for end in (row.start, row.end))
        labels = f"{_quote(row.start_label)} {_quote(row.end_label)}"
        yield f"{indent}  {_quote(row.name)} {'..'.join(ends)} {labels} {row.fill} {row.stroke}"


def _xy_lines(chart: XyChart, indent: str) -> Iterator[str]:
    words = [f"labels={chart.label_size_pt:g}"]
    words += [f"bubbles={chart.bubble_percent}%"] if chart.bubble_percent else []
    words += [f"x={_axis_words(chart.x_axis)}", f"y={_axis_words(chart.y_axis)}"]
    yield f"{indent}xy {' '.join(words)}"
    for series in chart.series:
        look = f"{series.fill} {series.symbol} {series.size_pt}"
        line = f" line={_line_words(series.line)}" if series.line else ""
        yield f"{indent}series {_quote(series.name)} {look}{line}"
        for point in series.points:
            size = f" size={point.size:.10g}" if point.size is not None else ""
            fill = f" {point.fill}" if point.fill else ""
            ink = f"/{point.label_color}" if point.label_color != "ink" else ""
            look = f"{point.label_side}{ink}{fill}{size}"
            yield f"{indent}  {_quote(point.name)} {point.x:g},{point.y:g} {look}"


def _category_lines(chart: CategoryChart, indent: str) -> Iterator[str]:
    yield indent + " ".join(_category_words(chart))
    for series in chart.series:
        words = [series.form, _quote(series.name)]
        words += [f"line={_line_words(series.line)}"] if series.line else []
        words += [f"marker={series.marker}/{series.marker_pt}"] if series.marker else []
        words += ["secondary"] if series.secondary else []
        words += ["dated"] if series.dated else []
        yield indent + " ".join(words)
        for category, point in zip(chart.categories, series.points, strict=True):
            yield f"{indent}  {_quote(str(category))} {_point_text(point)}"
    for row in chart.beside:
        cells = (_quote(cell) if isinstance(cell, str) else _cell_text(cell) for cell in row)
        yield f"{indent}beside {' '.join(cells)}"


def _cell_text(cell: float | date | None) -> str:
    return "-" if cell is None else str(cell) if isinstance(cell, date) else f"{cell:.10g}"


def _category_words(chart: CategoryChart) -> Iterator[str]:
    yield "bars" if chart.horizontal else "columns"
    if chart.stacking != "none":
        yield chart.stacking
    yield f"format={_quote(chart.number_format)} gap={chart.gap_percent}"
    yield f"labels={chart.label_size_pt:g} categories={chart.category_size_pt:g}"
    if chart.label_every != 1:
        yield f"every={chart.label_every}"
    if chart.to_scale:
        yield "to-scale"
    if chart.edged:
        yield "edged"
    yield f"axis={_axis_words(chart.axis)}"
    if any(series.secondary for series in chart.series):
        yield f"secondary={_axis_words(chart.secondary_axis)}"
    yield "plot=" + ",".join(f"{share:.4g}" for share in chart.plot)


def _axis_words(axis: ValueAxis) -> str:
    ends = ("auto" if end is None else f"{end:.6g}" for end in (axis.low, axis.high))
    log = "/log" if axis.log else ""
    return "..".join(ends) + (f"/{axis.step:g}" if axis.step else "") + log


def _point_text(point: CategoryPoint) -> str:
    value = "missing" if point.value is None else f"{point.value:.10g}"
    words = [value, point.fill or "nofill"]
    words += [f"line={_line_words(point.outline)}"] if point.outline else []
    words += [f"label={_quote(point.label)}"] if point.label else []
    words += [point.label_color] if point.label_color != "ink" else []
    words += [point.label_at] if point.label_at != "outside" else []
    return " ".join(words)


def _one_line(text: str) -> str:
    return text.replace("\n", "⏎")


def _quote(text: str) -> str:
    return f'"{_one_line(text)}"'
