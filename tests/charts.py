"""Charts for tests: as a scene has them, and in a deck that is opened again."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pptx import Presentation

from deckgen.charts.plot import Plot
from deckgen.scene import Box, CategoryChart, Chart, ChartItem, DoughnutChart, Page

Form = TypeVar("Form", bound=Chart)

# -- in a scene ------------------------------------------------------------------------


def chart_items(page: Page) -> list[ChartItem]:
    """The charts of a page, in order."""
    return [item for item in page.items if isinstance(item, ChartItem)]


def chart_item(page: Page) -> ChartItem:
    """The one chart on a page, with its box and its alternative text."""
    (item,) = chart_items(page)
    return item


def chart_as(item: ChartItem, form: type[Form]) -> Form:
    """What is in a chart that must be of this form."""
    assert isinstance(item.chart, form)
    return item.chart


def chart_of(page: Page) -> CategoryChart:
    """What is in the one chart on a page: bars, columns, lines or areas."""
    return chart_as(chart_item(page), CategoryChart)


def plot_box(item: ChartItem) -> Box:
    """The inner plot area as the file has it: from the chart's own fractions."""
    assert not isinstance(item.chart, DoughnutChart)
    x, y, w, h = item.chart.plot
    return Box(
        item.box.x + round(x * item.box.w), item.box.y + round(y * item.box.h),
        round(w * item.box.w), round(h * item.box.h),
    )  # fmt: skip


def plot_of(item: ChartItem) -> Plot:
    """Where a chart of categories draws its values: from its own fractions and axis."""
    chart = chart_as(item, CategoryChart)
    low, high = chart.axis.low, chart.axis.high
    assert low is not None
    assert high is not None
    return Plot(
        plot_box(item), low, high, len(chart.categories), horizontal=chart.horizontal,
        gap_percent=chart.gap_percent, edged=chart.edged,
    )  # fmt: skip


# -- in a deck -------------------------------------------------------------------------


def chart_frames(deck: bytes | Path) -> list[Any]:
    """The shapes that hold the charts of a deck (its bytes, or its path), opened again."""
    slides = Presentation(BytesIO(deck) if isinstance(deck, bytes) else str(deck)).slides
    return [shape for slide in slides for shape in slide.shapes if shape.has_chart]


def sheet_of(chart: Any) -> Worksheet:
    """The sheet of the workbook behind a chart."""
    sheet = load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def cells_of(chart: Any) -> list[list[Any]]:
    """The cells of that sheet, row by row."""
    return [[cell.value for cell in row] for row in sheet_of(chart).iter_rows()]
