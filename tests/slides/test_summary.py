"""The executive summary: claims with evidence and pages, or the tiers; the question."""

from __future__ import annotations

import pytest

from deckgen.scene import Page, TextItem
from deckgen.slides import example
from deckgen.template import house
from outlines import ANALYSIS, items_of, problems_of, scene_of, with_slides, words_of

REST = """
- {kind: bullets, id: map, title: The map, points: [so]}
- {kind: bullets, id: rent, title: The rent, points: [so]}
- {kind: bullets, id: last, title: The last, points: [so]}
- {kind: closing, id: end}
"""
BARE = "title: Harbour\n"


def deck(points: list[str], analysis: str = ANALYSIS) -> str:
    lines = "".join(f"\n    - {point}" for point in points)
    return with_slides(
        f"- kind: summary\n  title: The answer\n  points:{lines}{REST if analysis != BARE else ''}",
        analysis,
    )


def claims(count: int, evidence: str = "Ships are chartered, quays are built.") -> list[str]:
    return [f"{{claim: Claim {n}, evidence: '{evidence}', slides: [map]}}" for n in range(count)]


def summary(outline: str) -> Page:
    return scene_of(outline).pages[0]


def texts(page: Page, name: str) -> list[TextItem]:
    return [item for item in items_of(page, name) if isinstance(item, TextItem)]


def test_the_example_builds() -> None:
    words = words_of(summary(example("summary")))
    assert "Inference" in words
    assert "build a quay with others?" in words


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_rows_and_band_stay_in_the_frame(count: int) -> None:
    page = summary(deck(claims(count)))
    assert len(texts(page, "Number")) == count
    band = items_of(page, "Question band")[0].box
    rules = [rule.box.y for rule in items_of(page, "Rule")]
    assert rules == sorted(rules)
    assert rules[-1] < band.y
    assert band.bottom <= house().layouts["content"].frame.bottom


def test_a_page_reference_leads_to_the_first_of_its_slides() -> None:
    point = "{claim: A, slides: [rent, map]}"
    reference = texts(summary(deck([point, *claims(2)])), "Pages 1")[0]
    assert reference.body.text == "p. 2–3"
    assert reference.link is not None
    assert reference.link.target == "#rent"


def test_pages_apart_are_named_apart() -> None:
    page = summary(deck(["{claim: A, slides: [map, last]}", *claims(2)]))
    assert texts(page, "Pages 1")[0].body.text == "p. 2, 4"


def test_an_inference_has_its_pill() -> None:
    page = summary(deck(["{claim: A, evidence: {inference: We think so.}}", *claims(2)]))
    assert len(items_of(page, "Inference")) == 1
    assert not items_of(summary(deck(claims(3))), "Inference")


def test_the_band_leads_to_the_closing_slide() -> None:
    page = summary(deck(claims(3)))
    question = next(item for item in page.items if item.name == "question.text")
    assert isinstance(question, TextItem)
    assert question.link is not None
    assert question.link.target == "#end"


def test_without_a_question_there_is_no_band_and_rows_grow() -> None:
    plain = [point.replace(", slides: [map]", "") for point in claims(5)]
    page = summary(deck(plain, BARE))
    assert not items_of(page, "Question band")
    assert all(
        rule.box.bottom <= house().layouts["content"].frame.bottom
        for rule in items_of(page, "Rule")
    )
    with_band = summary(deck(claims(5)))
    assert texts(page, "Number 1")[0].box.h > texts(with_band, "Number 1")[0].box.h


def test_the_analysis_alone_gives_a_row_for_each_tier() -> None:
    page = summary(with_slides("- kind: summary\n- kind: tier-map"))
    assert page.title == "Two of three companies stand in the first tier, Harbour owners"
    words = words_of(page)
    assert "Own quay and cranes: Alpha and Beta" in words
    assert "Rent berths: Everyone else" in words
    assert [item.body.text for item in texts(page, "Pages")] == ["p. 2"] * 3


def test_more_names_than_two_lines_hold_are_counted() -> None:
    more = "".join(
        f"  - {{name: The Old North Quay Company No. {n}, tier: owners}}\n" for n in range(9)
    )
    page = summary(
        with_slides("- kind: summary", ANALYSIS.replace("companies:\n", f"companies:\n{more}"))
    )
    assert " more\n" in words_of(page)


def test_six_points_are_too_many() -> None:
    problems = problems_of(deck(claims(6)))
    assert len(problems) == 1
    assert problems[0].endswith("a summary takes at most 5 points, not 6; merge points")
    line = int(problems[0].split(":")[1])
    assert "Claim 5" in deck(claims(6)).splitlines()[line - 1]


def test_one_point_is_too_few() -> None:
    assert "three to five points, not one" in problems_of(deck(claims(1)))[0]


def test_long_evidence_is_set_smaller_then_refused() -> None:
    sentence = "A quay takes nine years to build, so whoever holds one decides who sails. "
    sizes = []
    for times in (1, 3):
        page = summary(deck(claims(5, sentence * times)))
        evidence = next(item for item in page.items if item.name.endswith("evidence"))
        assert isinstance(evidence, TextItem)
        sizes.append(evidence.body.paragraphs[0].size_pt)
    assert sizes == [14, 12]
    problems = problems_of(deck(claims(5, sentence * 5)))
    assert "5 points need" in problems[0]
    assert "merge points" in problems[0]


def test_nothing_to_summarise_is_told() -> None:
    problems = problems_of(with_slides("- kind: summary", BARE))
    assert any("`points` is missing" in told for told in problems)
