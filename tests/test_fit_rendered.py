"""Predicted against drawn lines, of every text in the decks and of many scripts.

`make fit-table` prints the same, and writes it into CONTRIBUTING.md.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from conftest import RenderPdf
from deckgen import build
from deckgen.loader import load_text
from fit import distinct, draw, scene_probes
from measure_fit import BEGIN, DOCUMENT, END, deck_probes, sample_probe, told
from package_check import package_problems
from rendered import text_outside
from samples import SAMPLES
from script_decks import DECKS
from validators import sdk_problems


@pytest.mark.render
def test_no_line_of_any_deck_is_missed_and_most_counts_are_exact(render_pdf: RenderPdf) -> None:
    drawn = draw(deck_probes(), render_pdf)
    assert len(drawn) > 1500
    assert {one.probe.kind for one in drawn} == {
        "text box", "shape", "table cell", "title", "rotated text",
    }  # fmt: skip
    assert all(one.lines for one in drawn)
    assert told(drawn) == []
    assert sum(one.verdict == "exact" for one in drawn) >= 0.95 * len(drawn)


@pytest.mark.render
def test_no_line_of_any_script_is_missed(render_pdf: RenderPdf) -> None:
    rng = random.Random(14)
    names = [name for name in SAMPLES for _ in range(60)]
    probes = [sample_probe(rng, SAMPLES[name]) for name in names]
    drawn = draw(distinct(probes), render_pdf)
    assert told(drawn) == []
    exact = {one.probe for one in drawn if one.verdict == "exact"}
    for name in ("Japanese", "Chinese", "Korean", "Arabic", "Hebrew", "combining"):
        boxes = [probe for probe, own in zip(probes, names, strict=True) if own == name]
        assert sum(probe in exact for probe in boxes) >= 0.7 * len(boxes), name


@pytest.mark.parametrize("name", DECKS)
def test_a_deck_in_another_script_is_valid(name: str, sdk_validator: Path, tmp_path: Path) -> None:
    deck = build(load_text(DECKS[name], "deck.yaml"))
    file = tmp_path / "deck.pptx"
    deck.save(file)
    assert package_problems(deck.data) == []
    assert sdk_problems(file) == []


@pytest.mark.render
@pytest.mark.parametrize("name", DECKS)
def test_a_deck_in_another_script_keeps_in_its_boxes(
    name: str, render_pdf: RenderPdf, tmp_path: Path
) -> None:
    deck = build(load_text(DECKS[name], "deck.yaml"))
    file = tmp_path / "deck.pptx"
    deck.save(file)
    assert text_outside(file, render_pdf(file)) == []
    assert told(draw(distinct(scene_probes(deck.scene)), render_pdf)) == []


def test_the_documentation_holds_the_measured_table() -> None:
    page = DOCUMENT.read_text("utf-8")
    table = page.partition(BEGIN)[2].partition(END)[0]
    rows = [row.split("|") for row in table.splitlines() if row.count("|") == 7]
    counts = {row[1].strip(): row[2:] for row in rows}
    boxes, under, exact = (int(counts["**all**"][column]) for column in range(3))
    assert (boxes > 2000, under) == (True, 0)
    assert exact >= 0.8 * boxes
