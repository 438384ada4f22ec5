"""Work grows with the slides and no faster: what is counted are calls and parts, not seconds.

The decks are those of the benchmark, which says how long they take.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from deckgen import builder, loader

sys.path.insert(0, str(Path(__file__).parent / "benchmarks"))
from content import make_slides, write_outline

SMALL, LARGE = 40, 160
# Both have six sections, so that tables are 61 against 13, 4.7 times as many; a step that looked
# at all slides for each slide would have 16 times as much to do.
MOST = 5.5


def count_calls(slides: int, notes: bool, folder: Path) -> Counter[str]:
    """How often each function of deckgen is called while a deck of so many slides is built."""
    outline = folder / f"{slides}.yaml"
    write_outline(make_slides(slides, notes), outline)
    calls: Counter[str] = Counter()

    def count(frame: FrameType, event: str, arg: Any) -> None:
        name = str(frame.f_globals.get("__name__", ""))
        if event == "call" and name.startswith("deckgen"):
            calls[f"{name}.{frame.f_code.co_qualname}"] += 1

    sys.setprofile(count)
    try:
        builder.build(loader.load(outline))
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("notes", [False, True], ids=["", "with notes"])
def test_calls_grow_no_faster_than_slides(notes: bool, tmp_path: Path) -> None:
    count_calls(5, notes, tmp_path)  # what is loaded once is loaded
    small, large = (count_calls(slides, notes, tmp_path) for slides in (SMALL, LARGE))
    faster = {
        name: (small[name], count)
        for name, count in large.items()
        if count > 200 and count > MOST * max(small[name], 25)
    }
    assert not faster
    assert sum(large.values()) < MOST * sum(small.values())


def test_a_slide_is_laid_out_once(tmp_path: Path) -> None:
    """Page numbers stand on no slide of these decks but the cover and the sections."""
    calls = count_calls(LARGE, False, tmp_path)
    again = calls["deckgen.compose._lay_out"] - LARGE
    assert 0 <= again <= 10


def test_a_text_is_measured_a_few_times(tmp_path: Path) -> None:
    """A text is measured in a size or two, and its place is sought in a width or two."""
    calls = count_calls(LARGE, False, tmp_path)
    texts = calls["deckgen.writers.pptx.body._paragraph_xml"]
    assert 2_000 < texts < 4_000
    assert calls["deckgen.text._measure_words"] < 1.5 * texts
    assert calls["deckgen.text.line_count"] < 1.5 * texts


@pytest.mark.parametrize("slides", [SMALL, LARGE])
def test_a_slide_has_the_parts_that_it_needs(slides: int, tmp_path: Path) -> None:
    """A slide and its notes with their relationships, and three more for a chart."""
    outline = tmp_path / "deck.yaml"
    told = make_slides(slides)
    write_outline(told, outline)
    package = zipfile.ZipFile(io.BytesIO(builder.build(loader.load(outline)).data))
    names = package.namelist()
    charts = sum(slide["kind"] == "chart" for slide in told)
    assert sum(name.startswith("ppt/charts/chart") for name in names) == charts
    once = len(names) - 4 * slides - 3 * charts
    assert 20 <= once <= 50
