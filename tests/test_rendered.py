"""The instrument that finds text gone astray does find it, and is quiet where all is well."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches, Pt

from conftest import RenderPdf
from rendered import text_outside

pytestmark = pytest.mark.render


@pytest.fixture
def slide() -> Any:
    deck = Presentation()
    return deck.slides.add_slide(deck.slide_layouts[6])


def write(shapes: Any, words: str, x: float, y: float, w: float, h: float, size: int = 18) -> Any:
    """A text box at a place in inches; python-pptx neither fits nor breaks its text."""
    box = shapes.add_textbox(*(Inches(n) for n in (x, y, w, h)))
    box.name = words.partition(" ")[0]
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_top = frame.margin_right = frame.margin_bottom = 0
    frame.text = words
    frame.paragraphs[0].font.size = Pt(size)
    return box


def astray(slide: Any, tmp_path: Path, render_pdf: RenderPdf) -> list[str]:
    path = tmp_path / "deck.pptx"
    slide.part.package.presentation_part.presentation.save(str(path))
    return text_outside(path, render_pdf(path))


def test_text_in_its_place_is_quiet(slide: Any, tmp_path: Path, render_pdf: RenderPdf) -> None:
    write(slide.shapes, "plain words, well-known and well-understood, ﬁne", 0.5, 0.5, 2, 1.2)
    write(slide.shapes, "turned", 0.2, 3, 1.5, 0.4).rotation = -90
    write(slide.shapes, "Donaudampfschifffahrtsgesellschaft", 7, 4.5, 1.5, 1.2)
    group = slide.shapes.add_group_shape()
    write(group.shapes, "grouped", 4, 4, 2, 0.5)
    group.left, group.top = Inches(5), Inches(5)
    table = slide.shapes.add_table(2, 2, Inches(3), Inches(0.5), Inches(4), Inches(1)).table
    table.cell(1, 1).text = "tabled"
    data = CategoryChartData()
    data.categories = ["charted"]
    data.add_series("series", (1,))
    place = (Inches(n) for n in (3, 2, 3, 2))
    slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, data)
    assert astray(slide, tmp_path, render_pdf) == []


@pytest.mark.parametrize(
    ("words", "box", "size", "expected"),
    [
        ("one two three four five six", (1, 1, 1, 0.5), 18, "“six” at .* is outside “one”"),
        ("Wide", (1, 1, 0.3, 0.5), 40, "outside “Wide”"),
        ("straddling", (9.5, 1, 2, 0.5), 18, "“straddling” of “straddling” is not on the page"),
        ("under", (1, 7.4, 2, 0.5), 18, "“under” of “under” is not on the page"),
        ("gone", (1, 20, 2, 0.5), 18, "“gone” of “gone” is not on the page"),
    ],
)
def test_text_gone_astray_is_told(
    slide: Any,
    tmp_path: Path,
    render_pdf: RenderPdf,
    words: str,
    box: tuple[float, float, float, float],
    size: int,
    expected: str,
) -> None:
    write(slide.shapes, words, *box, size)
    problems = astray(slide, tmp_path, render_pdf)
    assert any(re.search(expected, problem) for problem in problems), problems


def test_a_word_in_the_wrong_shape_is_told(
    slide: Any, tmp_path: Path, render_pdf: RenderPdf
) -> None:
    write(slide.shapes, "above this line it ends here", 1, 1, 2, 0.35)
    write(slide.shapes, "below", 1, 1.35, 3, 1).text_frame.margin_top = Inches(0.6)
    assert any("outside “above”" in problem for problem in astray(slide, tmp_path, render_pdf))
