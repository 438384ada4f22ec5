"""Slides of other sizes, and content frames that are low and narrow: every kind fits them.

Each kind's example and each deck is laid out in each frame of `frames.FRAMES`. It is refused
nowhere, and the rules of layout find nothing: no overlap, no small type, nothing off the slide.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from conftest import RenderPdf
from deckgen.compose import Draft, compose_draft
from deckgen.loader import load
from deckgen.outline import Outline
from deckgen.rules import RULES, Subject
from deckgen.scene import Page, TextItem
from deckgen.slides import kind_names
from frames import FRAMES
from ink import stray_ink

ROOT = Path(__file__).parents[1] / "decks"
EXAMPLES = {path.stem: path for path in sorted((ROOT / "kinds").glob("*.yaml"))}
DECKS = {path.stem: path for path in sorted(ROOT.glob("*.yaml"))}
LAYOUT = [rule for rule in RULES.values() if rule.group == "layout" and rule.severity == "error"]
# A name over a group of columns must have its width.
KNOWN = {
    ("chart-gallery", "low", "areas-of-power"),
    ("chart-gallery", "low", "negative"),
    ("chart-gallery", "low", "cut"),
    ("chart-gallery", "4:3", "cut"),
}


@cache
def outline_of(path: Path) -> Outline:
    return load(path, allow_code=True)


@cache
def laid_out(path: Path, frame: str) -> Draft:
    return compose_draft(outline_of(path), FRAMES[frame])


def told(draft: Draft) -> list[str]:
    """What is refused, and what the rules of layout find besides."""
    refused = [problem.message for _, problem in draft.refusals]
    found = [finding.message for rule in LAYOUT for finding in rule.find(Subject(draft))]
    return [*refused, *(message for message in found if message not in refused)]


def titles_of(page: Page) -> list[TextItem]:
    return [item for item in page.items if isinstance(item, TextItem) and item.role == "title"]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("kind", kind_names())
def test_the_example_of_a_kind_fits_every_frame(kind: str, frame: str) -> None:
    assert told(laid_out(EXAMPLES[kind], frame)) == []


@pytest.mark.parametrize("frame", ["4:3", "low"])
@pytest.mark.parametrize("deck", DECKS)
def test_every_deck_fits_every_frame(deck: str, frame: str) -> None:
    draft = laid_out(DECKS[deck], frame)
    known = {slide for name, where, slide in KNOWN if (name, where) == (deck, frame)}
    assert {slide for slide, _ in draft.refusals} <= known
    assert [m for m in told(draft) if not any(f"“{slide}”" in m for slide in known)] == []


@pytest.mark.parametrize("frame", FRAMES)
def test_content_stays_within_the_frame_of_its_layout(frame: str) -> None:
    """But for what stands beside it by intent: the axis of a map, the bars of a cover."""
    for path in EXAMPLES.values():
        for page in laid_out(path, frame).scene.pages:
            if page.layout not in ("content", "text", "columns"):
                continue
            room = FRAMES[frame].layouts[page.layout].frame
            for item in page.items:
                if item.role in ("body", "caption", "label") and isinstance(item, TextItem):
                    assert item.box.bottom <= room.bottom + 12_700, (path.stem, item.name)
                    if not item.rotation:
                        assert item.box.right <= room.right + 12_700, (path.stem, item.name)
                        assert item.box.x >= room.x - 12_700, (path.stem, item.name)
                        assert item.box.y >= room.y - 45_720, (path.stem, item.name)


def test_titles_are_as_large_as_the_layout_has_them_where_they_fit() -> None:
    pages = laid_out(EXAMPLES["table"], "4:3").scene.pages
    titles = [item for page in pages for item in titles_of(page)]
    assert {item.body.paragraphs[0].size_pt for item in titles} == {24.0}


def test_a_long_title_is_set_smaller_in_a_narrow_frame_and_nowhere_below_18_points() -> None:
    sizes = set()
    for page in laid_out(DECKS["ai-infrastructure-map"], "low").scene.pages:
        if page.layout == "content":
            sizes |= {item.body.paragraphs[0].size_pt for item in titles_of(page)}
    assert min(sizes) >= 18
    assert max(sizes) == 24
    assert len(sizes) > 1


def test_takeaways_go_to_the_notes_where_only_that_makes_a_chart_fit() -> None:
    draft = laid_out(EXAMPLES["waterfall"], "lowest")
    moved = [problem.message for _, problem in draft.moved]
    assert draft.refusals == ()
    assert any("moved to the notes" in message for message in moved), moved


@pytest.mark.render
@pytest.mark.parametrize("frame", ["4:3", "low"])
def test_no_ink_leaves_its_box(frame: str, render_pdf: RenderPdf) -> None:
    assert stray_ink(laid_out(DECKS["ai-infrastructure-map"], frame).scene, render_pdf) == []
