"""The cover: head of the outline, ladder of the tiers, long titles."""

from __future__ import annotations

import pytest

from deckgen.scene import Box, Page, TextItem
from deckgen.slides import example
from deckgen.template import house
from deckgen.units import inches
from outlines import ANALYSIS, items_of, problems_of, scene_of, with_slides, words_of

COVER = "- kind: cover"
LONG = "Who controls the harbour of Port Merrow and the sea routes of the northern coast"


def cover(analysis: str = ANALYSIS) -> Page:
    return scene_of(with_slides(COVER, analysis)).pages[0]


def titled(title: str) -> str:
    return ANALYSIS.replace("Who controls the harbour", title)


def test_the_example_builds() -> None:
    words = words_of(scene_of(example("cover")).pages[0])
    assert "EXECUTIVE BRIEFING" in words
    assert "Dependent carriers" in words


def test_the_head_of_the_outline_is_on_the_cover() -> None:
    page = cover(f"{ANALYSIS}author: Harbour office\ndate: May 2025\nkicker: Briefing\n")
    words = words_of(page)
    assert page.title == "Who controls the harbour"
    assert all(each in words for each in ("Harbour office", "May 2025", "BRIEFING"))


def test_each_tier_is_a_bar_that_ends_at_the_slides_edge() -> None:
    bars = [item.box for item in cover().items if item.role == "decorative"]
    assert len(bars) == 3
    assert all(bar.right == house().width for bar in bars)
    assert sorted(bars, key=lambda bar: -bar.w) == bars


def test_bars_keep_off_the_title() -> None:
    page = cover(titled(LONG))
    title = next(item for item in page.items if item.role == "title")
    assert isinstance(title, TextItem)
    right = title.box.right - title.body.insets[2]
    bars: list[Box] = [item.box for item in page.items if item.role == "decorative"]
    assert all(bar.x >= right - inches(0.1) for bar in bars)
    assert title.body.paragraphs[0].size_pt == 36


def test_without_tiers_the_title_takes_the_width() -> None:
    page = cover(f"title: {LONG}\n")
    title = items_of(page, "Title")[0]
    assert title.box.w == inches(10)
    assert not [item for item in page.items if item.role == "decorative"]


def test_a_short_title_is_set_large() -> None:
    title = items_of(cover(titled("Harbour")), "Title")[0]
    assert isinstance(title, TextItem)
    assert title.body.paragraphs[0].size_pt == 44


@pytest.mark.parametrize(
    ("title", "told"),
    [
        (" ".join([LONG] * 3), "the title takes"),
        ("Hafenliegeplatzvermietungsgesellschaftsvertrag", "a word of the title is"),
    ],
)
def test_a_title_too_long_is_refused_at_its_line(title: str, told: str) -> None:
    text = with_slides(f"- kind: cover\n  title: {title}", titled("Harbour"))
    problem = problems_of(text)[0]
    assert told in problem
    assert title in text.splitlines()[int(problem.split(":")[1]) - 1]


def test_a_long_subtitle_is_set_smaller() -> None:
    def size(times: int) -> float:
        page = cover(f"{ANALYSIS}subtitle: {'How the quays were divided anew. ' * times}\n")
        (item,) = items_of(page, "Subtitle")
        assert isinstance(item, TextItem)
        return item.body.paragraphs[0].size_pt

    assert size(2) == 24
    assert 18 <= size(9) < 24
