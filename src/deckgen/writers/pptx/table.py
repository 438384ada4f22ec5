"""A TableItem goes in, `a:tbl` comes out (ECMA-376 part 1, 21.1.3)."""

from __future__ import annotations

from msgspec import structs

from deckgen.scene import Cell, Line, Paragraph, TableItem
from deckgen.units import points
from deckgen.writers.pptx.body import ANCHOR, Pen, cell_body_xml, solid_fill

NO_STYLE_NO_GRID = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


def table_xml(pen: Pen, item: TableItem) -> str:
    """The table with its grid. ValueError if a row has too many or too few cells."""
    parts = [f'<a:tbl><a:tblPr firstRow="1"><a:tableStyleId>{NO_STYLE_NO_GRID}</a:tableStyleId>']
    parts.append("</a:tblPr><a:tblGrid>")
    parts += [f'<a:gridCol w="{width}"/>' for width in item.widths]
    parts.append("</a:tblGrid>")
    spans = _find_spans(item)
    for number, (row, height) in enumerate(zip(item.rows, item.heights, strict=True)):
        if len(row) != len(item.widths):
            raise ValueError(f"row {number + 1} of {item.name} does not fill its columns")
        parts.append(f'<a:tr h="{height}">')
        for column, cell in enumerate(row):
            origin = spans.get((number, column))
            if origin is None:
                parts.append(_cell_xml(pen, cell, _span_attributes(cell)))
            else:
                parts.append(_covered_xml(pen, item, origin, number, column))
        parts.append("</a:tr>")
    parts.append("</a:tbl>")
    return "".join(parts)


def _find_spans(item: TableItem) -> dict[tuple[int, int], tuple[int, int]]:
    """The cell (row, column) that covers another one, for each that is covered."""
    origins = {}
    for number, row in enumerate(item.rows):
        for column, cell in enumerate(row):
            for down in range(cell.rows):
                for across in range(cell.columns):
                    if down or across:
                        origins[number + down, column + across] = (number, column)
    return origins


def _span_attributes(cell: Cell) -> str:
    across = f' gridSpan="{cell.columns}"' if cell.columns > 1 else ""
    down = f' rowSpan="{cell.rows}"' if cell.rows > 1 else ""
    return down + across


def _covered_xml(pen: Pen, item: TableItem, origin: tuple[int, int], row: int, column: int) -> str:
    """A covered cell: it repeats the span that it continues, and the look of its origin.

    PowerPoint takes the rule below a tall cell from the lowest cell that it covers.
    """
    cell = item.rows[origin[0]][origin[1]]
    attributes = ""
    if cell.rows > 1 and row == origin[0]:
        attributes += f' rowSpan="{cell.rows}"'
    if cell.columns > 1 and column == origin[1]:
        attributes += f' gridSpan="{cell.columns}"'
    attributes += ' hMerge="1"' * (column > origin[1]) + ' vMerge="1"' * (row > origin[0])
    # An empty paragraph in the origin's size, as 18 points would make a low row grow.
    lead = cell.body.paragraphs[0] if cell.body.paragraphs else Paragraph((), 1, 1)
    empty = structs.replace(cell.body, paragraphs=(structs.replace(lead, runs=(), bullet=""),))
    return _cell_xml(pen, structs.replace(cell, body=empty), attributes)


def _cell_xml(pen: Pen, cell: Cell, attributes: str) -> str:
    left, top, right, bottom = cell.body.insets
    fill = "<a:noFill/>" if cell.fill is None else solid_fill(pen, cell.fill)
    rules = _rule_xml(pen, "lnT", cell.above) + _rule_xml(pen, "lnB", cell.below)
    return (
        f"<a:tc{attributes}>{cell_body_xml(pen, cell.body)}"
        f'<a:tcPr marL="{left}" marR="{right}" marT="{top}" marB="{bottom}"'
        f' anchor="{ANCHOR[cell.body.anchor]}">{rules}{fill}</a:tcPr></a:tc>'
    )


def _rule_xml(pen: Pen, tag: str, line: Line | None) -> str:
    if line is None:
        return ""
    dash = "dash" if line.dashed else "solid"
    return (
        f'<a:{tag} w="{points(line.width_pt)}" cap="flat" cmpd="sng" algn="ctr">'
        f'{solid_fill(pen, line.color)}<a:prstDash val="{dash}"/></a:{tag}>'
    )
