"""The judge of ink does find what stands where it must not, and is quiet where all is well."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from conftest import RenderPdf
from deckgen.scene import (
    Body,
    Box,
    CategoryChart,
    CategoryPoint,
    CategorySeries,
    Cell,
    ChartItem,
    ConnectorItem,
    Item,
    Line,
    Page,
    Properties,
    Scene,
    ShapeItem,
    TableItem,
    TextItem,
    ValueAxis,
    XyChart,
    XyPoint,
    XySeries,
)
from deckgen.theme import load_theme
from deckgen.units import inches
from ink import stray_ink
from sample_scene import box, say

pytestmark = pytest.mark.render

LONG = "one two three four five six seven eight nine ten"


def text(words: str, x: float, y: float, w: float, h: float, rotation: int = 0) -> TextItem:
    body = Body((say(words, 18),))
    return TextItem(name=words.partition(" ")[0], box=box(x, y, w, h), body=body, rotation=rotation)


def table(words: str) -> TableItem:
    """Two columns and three rows of .4 inches; the words stand in the middle row."""
    rows = tuple(
        tuple(Cell(Body((say(cell),))) for cell in row)
        for row in (("a", "b"), (words, "d"), ("e", "f"))
    )
    high = inches(0.4)
    place = Box(inches(1), inches(1), inches(3), 3 * high)
    return TableItem(
        name="Table", box=place, widths=(inches(1.5),) * 2, heights=(high,) * 3, rows=rows
    )


def bars(name: str, x: float = 1, y: float = 1, label: str = "") -> ChartItem:
    """Three bars of 1, 2 and 3 in a chart whose left quarter has their names."""
    points = tuple(
        CategoryPoint(value, label=label if value == 1 else "", label_at="inside")
        for value in (1.0, 2.0, 3.0)
    )
    chart = CategoryChart(
        categories=(name, "b", "c"), series=(CategorySeries("s", points),),
        axis=ValueAxis(0.0, 3.0),
        plot=(0.25, 0.0, 0.75, 1.0),
    )  # fmt: skip
    return ChartItem(name="Bars", box=box(x, y, 4, 2.4), chart=chart)


def positions(*labels: tuple[str, float, float]) -> ChartItem:
    points = tuple(XyPoint(name, x, y) for name, x, y in labels)
    return ChartItem(name="Map", box=box(1, 1, 5, 4), chart=XyChart((XySeries("series", points),)))


def judged(pages: Sequence[Sequence[Item]], render_pdf: RenderPdf) -> list[str]:
    scene = Scene(
        pages=tuple(
            Page(slide_id=f"s{number}", title="A", layout="content", items=tuple(items))
            for number, items in enumerate(pages)
        ),
        theme=load_theme("light", 4), properties=Properties(title="A"),
    )  # fmt: skip
    return stray_ink(scene, render_pdf)


def test_ink_in_its_place_is_quiet(render_pdf: RenderPdf) -> None:
    items: list[Item] = [
        text(LONG, 0.5, 5, 3, 1.2),
        text("turned by a quarter", 6, 3, 3, 0.4, rotation=270),
        ShapeItem(name="Shape", box=box(9, 1, 2, 1), body=Body((say("in a shape"),))),
        table("c"),
        bars("alpha", 5, 4.2),
        ConnectorItem(name="Rule", start=(0, 0), end=(inches(2), 0), line=Line("ink")),
    ]
    labels = [positions(("Alpha", 2, 2), ("Beta", 2, 5))]
    assert judged([items, labels], render_pdf) == []


def test_ink_gone_astray_is_told(render_pdf: RenderPdf) -> None:
    level = inches(1.15)
    through = ConnectorItem(
        name="Arrow", start=(inches(0.5), level), end=(inches(4), level), line=Line("ink", 2)
    )
    shape = ShapeItem(name="S", box=box(1, 1, 1, 1), body=Body((say(LONG, 18),)))
    cases: list[tuple[list[Item], str]] = [
        ([text(LONG, 1, 1, 1, 1)], "leaves its box by 1"),
        (
            [text("over", 1, 1, 3, 1), text("rover", 1, 1.05, 3, 1)],
            "“over” .* and “rover” .* cross",
        ),
        ([text("straddling", 12.6, 1, 2, 1)], "leaves its box"),
        ([text("under", 1, 7.4, 2, 0.5)], "leaves its box"),
        ([text("gone", 1, 20, 2, 0.5)], "“gone” .* is not on the page"),
        ([text(LONG, 1, 1, 3, 0.35, rotation=270)], "leaves its box"),
        ([shape], "leaves its box"),
        ([table(LONG)], "“e” .* leaves its box|“e” .* not on the page"),
        ([bars("a name with far too many words")], "category\\) leaves its box"),
        ([bars("a", label="a word too many")], "value\\) leaves its box"),
        ([positions(("Alpha", 2, 2), ("Beta", 2.4, 2.1))], "cross"),
        ([positions(("Alphabetical", 9.9, 2))], "leaves its box|not on the page"),
        ([text("struck", 1, 1, 3, 1), through], "“struck” .* crosses a mark or a line"),
    ]
    problems = judged([items for items, _ in cases], render_pdf)
    for number, (_, expected) in enumerate(cases, start=1):
        told = [problem for problem in problems if problem.startswith(f"page {number}:")]
        assert any(re.search(expected, problem) for problem in told), (number, expected, problems)
