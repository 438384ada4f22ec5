"""Predicted line counts against the lines that LibreOffice draws (run with -s for a table)."""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from ctypes import c_double
from pathlib import Path
from typing import NamedTuple

import pytest

from conftest import RenderPdf
from deckgen.scene import Paragraph, Run
from deckgen.text import break_lines
from deckgen.units import EMU_PER_POINT, inches

pytestmark = pytest.mark.render

PLAIN = """
    a and as at by for from in is it no of on or than that the their to was what with
    agency assets baseline board bottleneck budget capacity capital chips cluster company
    compute consumption contracts costs customers data decision demand dependence energy
    evidence exposure fibre foundry frontier governance growth hyperscaler illustrative
    income inference infrastructure investment knowledge labour latency leaders licence
    market megawatts models operators outlook partner permits policy power quarter question
    region regulation resilience returns risk scenario share silicon strategy supply talent
    timetable training utilisation value vendors volume weights workforce yield
"""
AWKWARD = """
    long-term state-of-the-art build-or-buy two-year on-premises Q3 2026–2030 12–18 3.5x
    $4.2bn €1,250 100% 7,5 2030 (2027) “core” “not stated” it’s we’ve owner’s —perhaps— why?
    who?maybe and/or kW/h R&D e.g. GPU AI/ML M&A –5% #1 A-7 Zürich São naïve Straße
    Donaudampfschifffahrtsgesellschaft Rechtsschutzversicherungsgesellschaften
    Kraftfahrzeughaftpflichtversicherung internationalisation counterrevolutionaries
    AVATAR WAVE AWAY Typ. To. affluent office fifty-fifty butterfly committee attitude
"""
WORDS, SPECIAL = PLAIN.split(), AWKWARD.split()
FACES = ("Arial", "Calibri")
SIZES = (9, 11, 12, 14, 16, 20, 24, 28, 36, 44)
CELL = inches(13)  # one box a cell
GRID = 4  # cells in a row and in a column of a slide; 52 of the 56 inches a slide may have


class Case(NamedTuple):
    paragraph: Paragraph
    face: str
    width: int


def make_text(rng: random.Random, count: int) -> str:
    """`count` random words, some of them awkward ones."""
    return " ".join(rng.choice(SPECIAL if rng.random() < 0.2 else WORDS) for _ in range(count))


def make_case(rng: random.Random) -> Case:
    """A random paragraph in a random width, not more than fits a cell's height."""
    size = rng.choice(SIZES)
    width = inches(rng.uniform(max(0.9, 7 * size / 72), 12.2))
    per_line = width / EMU_PER_POINT / size / 3.2  # words, about
    most = min(round(per_line * 7), round(CELL / EMU_PER_POINT / size / 1.8))
    runs = [Run(make_text(rng, rng.randint(2, max(3, most))))]
    if rng.random() < 0.25:
        bold = Run(make_text(rng, rng.randint(1, 4)) + " ", bold=True)
        runs.insert(0, bold)
    paragraph = Paragraph(tuple(runs), size, 1.2 * size, bold=rng.random() < 0.5)
    return Case(paragraph, rng.choice(FACES), width)


def write_deck(cases: Sequence[Case], path: Path) -> None:
    """A text box without insets for every case, in cells of a grid, slide after slide."""
    from pptx import Presentation
    from pptx.enum.text import MSO_AUTO_SIZE
    from pptx.util import Emu, Pt

    deck = Presentation()
    deck.slide_width = deck.slide_height = Emu(CELL * GRID)
    slide = None
    for number, (paragraph, face, width) in enumerate(cases):
        cell = number % GRID**2
        if cell == 0:
            slide = deck.slides.add_slide(deck.slide_layouts[6])
        assert slide is not None
        x, y = cell % GRID * CELL, cell // GRID * CELL
        frame = slide.shapes.add_textbox(Emu(x), Emu(y), Emu(width), Emu(CELL)).text_frame
        frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.paragraphs[0].line_spacing = Pt(paragraph.pitch_pt)
        for run in paragraph.runs:
            written = frame.paragraphs[0].add_run()
            written.text = run.text
            written.font.name, written.font.size = face, Pt(paragraph.size_pt)
            written.font.bold = paragraph.bold if run.bold is None else run.bold
    deck.save(str(path))


def read_page(page: object) -> dict[int, dict[int, str]]:
    """The characters on a page by cell and by baseline (tenths of a point, from the top)."""
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    assert isinstance(page, pdfium.PdfPage)
    text, height = page.get_textpage(), page.get_height()
    side = CELL / EMU_PER_POINT
    cells: dict[int, dict[int, str]] = {}
    x, y = c_double(), c_double()
    for index in range(text.count_chars()):
        if raw.FPDFText_IsGenerated(text, index) == 1:
            continue  # spaces and line ends that the reader made up
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        top = height - y.value
        lines = cells.setdefault(int(top // side) * GRID + int(x.value // side), {})
        baseline = round(top)
        lines[baseline] = lines.get(baseline, "") + chr(raw.FPDFText_GetUnicode(text, index))
    return cells


def read_lines(pdf: Path) -> Iterable[list[str]]:
    """The lines of every cell in the order of the cases."""
    import pypdfium2 as pdfium

    for page in pdfium.PdfDocument(pdf):
        cells = read_page(page)
        for cell in sorted(cells):
            yield [cells[cell][baseline] for baseline in sorted(cells[cell])]


def test_no_line_is_missed_and_most_counts_are_exact(tmp_path: Path, render_pdf: RenderPdf) -> None:
    rng = random.Random(20261124)
    cases = [make_case(rng) for _ in range(400)]
    deck = tmp_path / "boxes.pptx"
    write_deck(cases, deck)
    drawn = list(read_lines(render_pdf(deck)))
    assert len(drawn) == len(cases)

    results: Counter[tuple[str, str]] = Counter()
    under = []
    for case, lines in zip(cases, drawn, strict=True):
        predicted = break_lines(case.paragraph, case.width, case.face)
        over = len(predicted) - len(lines)
        verdict = "under" if over < 0 else "over" if over else "exact"
        group = f"{case.face} {'bold' if case.paragraph.bold else 'regular'}"
        results[group, verdict] += 1
        results["all", verdict] += 1
        if over < 0:
            under.append((predicted, lines))
    for group in sorted({group for group, _ in results}):
        counts = ", ".join(f"{results[group, v]} {v}" for v in ("under", "exact", "over"))
        sys.stdout.write(f"{group}: {counts}\n")
    assert not under
    assert results["all", "exact"] >= 0.8 * len(cases)
