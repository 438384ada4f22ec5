"""The bare script that deckgen is measured against: python-pptx, the same texts, tables, charts.

python bare.py slides.json deck.pptx
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches


def main(source: str, target: str) -> None:
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    layouts = deck.slide_layouts
    for told in json.loads(Path(source).read_text("utf-8")):
        kind = told["kind"]
        layout = layouts[{"title": 0, "section": 2, "bullets": 3}.get(kind, 5)]
        slide = deck.slides.add_slide(layout)
        slide.shapes.title.text = told["title"]
        if kind == "bullets":
            _bullets(slide, told)
        elif kind == "table":
            _table(slide, told)
        elif kind == "chart":
            _chart(slide, told)
        if "notes" in told:
            slide.notes_slide.notes_text_frame.text = told["notes"]
    deck.save(target)


def _bullets(slide: Any, told: dict[str, Any]) -> None:
    for place, column in zip((1, 2), told["columns"], strict=True):
        frame = slide.placeholders[place].text_frame
        frame.text = column["head"]
        for point in column["points"]:
            frame.add_paragraph().text = point


def _table(slide: Any, told: dict[str, Any]) -> None:
    rows = [told["head"], *told["rows"]]
    shape = slide.shapes.add_table(
        len(rows), len(rows[0]), Inches(0.6), Inches(1.7), Inches(12), Inches(4)
    )
    for row, cells in enumerate(rows):
        for column, words in enumerate(cells):
            shape.table.cell(row, column).text = words


def _chart(slide: Any, told: dict[str, Any]) -> None:
    data = CategoryChartData()
    data.categories = told["names"]
    data.add_series("Calls", told["values"])
    box = Inches(0.6), Inches(1.7), Inches(12), Inches(4.8)
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *box, data)


if __name__ == "__main__":
    main(*sys.argv[1:])
