"""The profile: rail, quadrants, links, silence, limits."""

from __future__ import annotations

import pytest

from deckgen.scene import Item, Page
from deckgen.template import house
from outlines import ANALYSIS, items_of, problems_of, scene_of, with_slides, words_of

FRAME = house().layouts["content"].frame


def profile(company: str, more: str = "", analysis: str = ANALYSIS, others: str = "") -> Page:
    """The first page of a deck whose first slide is this profile."""
    slide = f"- {{kind: profile, company: {company}{more}}}\n{others}"
    return scene_of(with_slides(slide, analysis)).pages[0]


def target(item: Item) -> str:
    link = getattr(item, "link", None)
    return link.target if link else ""


def test_the_rail_names_company_tier_and_basis() -> None:
    words = words_of(profile("gamma")).split("\n")
    for line in ("Gamma", "Tier 2", "Terminal operators", "Runs Alpha’s cranes"):
        assert line in words


def test_the_ladder_leads_to_the_tier_map_and_a_provider_to_its_profile() -> None:
    others = "- {kind: profile, company: alpha}\n- kind: tier-map"
    page = profile("gamma", others=others)
    assert {target(item) for item in items_of(page, "Ladder ") if "body" in dir(item)} >= {
        "#tier-map"
    }
    (card,) = items_of(page, "Provider: Alpha")
    assert target(card) == "#profile-alpha"


def test_every_defining_criterion_has_its_ball_and_its_state() -> None:
    page = profile("gamma")
    alts = {item.alt for item in page.items if item.alt}
    assert {"Gamma, Own quay: Relies on others", "Gamma, Own cranes: Stated"} <= alts
    words = words_of(page)
    assert "Relies on others" in words
    assert "Stated: two of five" in words
    assert "Rail link" not in words  # defines no tier, and the sources are silent


def test_an_inference_is_marked_and_a_stated_claim_is_not() -> None:
    page = profile("gamma")
    assert len(items_of(page, "Inference")) == 1
    words = words_of(page)
    assert words.index("Volumes keep growing") < words.index("Alpha could run the cranes itself")


def test_silence_has_a_box_that_says_so() -> None:
    page = profile("beta")
    boxes = items_of(page, "Not stated")
    assert len(boxes) == 3  # no provider, no bet, no exposure
    assert all(box.body.text == "Not stated in the source" for box in boxes)  # type: ignore[union-attr]


def test_hidden_silence_leaves_no_hole() -> None:
    analysis = ANALYSIS.replace(
        "    exposure: [{inference: Alpha could run the cranes itself}]\n", ""
    )
    shown = profile("gamma", analysis=analysis)
    hidden = profile("gamma", ", hide_absent: true", analysis)
    assert items_of(shown, "Not stated")
    assert not items_of(hidden, "Not stated")
    (narrow,), (wide,) = items_of(shown, "The bet rule"), items_of(hidden, "The bet rule")
    assert wide.box.right == FRAME.right
    assert wide.box.w > 2 * narrow.box.w


def test_who_has_no_provider_shows_who_depends_on_it() -> None:
    page = profile("alpha", others="- {kind: profile, company: gamma}")
    (card,) = items_of(page, "Dependant: Gamma")
    assert target(card) == "#profile-gamma"
    assert "Gamma for berths" in words_of(page)


def test_a_group_has_a_profile_without_bet_and_exposure() -> None:
    page = profile("everyone")
    words = words_of(page)
    assert "The bet" not in words
    assert "Gamma for handling" in words


@pytest.mark.parametrize("company", ["alpha", "beta", "gamma", "everyone"])
@pytest.mark.parametrize("more", ["", ", hide_absent: true"])
def test_everything_stays_in_the_frame(company: str, more: str) -> None:
    page = profile(company, more)
    content = [item for item in page.items if item.role in ("body", "label", "decorative")]
    assert min(item.box.x for item in content) >= FRAME.x
    assert max(item.box.right for item in content) <= FRAME.right
    assert max(item.box.bottom for item in content) <= FRAME.bottom


def test_the_name_of_a_company_in_build_says_so() -> None:
    assert "Tier 1 (in build)" in words_of(profile("beta"))


def test_the_title_says_what_the_analysis_says() -> None:
    assert profile("alpha").title == "Alpha meets both criteria of tier 1"
    assert profile("beta").title == "Beta has “Own quay” in build"
    assert (
        profile("gamma").title == "Gamma meets one of two criteria and depends on Alpha for berths"
    )
    assert profile("everyone").title == "Everyone else depends on Gamma for handling"
    inferred = ANALYSIS.replace(
        "company: gamma, for: handling", "company: gamma, for: handling, inference: true"
    )
    title = profile("everyone", analysis=inferred).title
    assert title == "Everyone else appears to depend on Gamma for handling"


def test_the_slide_is_called_by_its_company() -> None:
    assert profile("gamma").slide_id == "profile-gamma"


def test_claims_shrink_as_they_grow_but_not_below_twelve_points() -> None:
    def size(claims: str) -> float:
        analysis = ANALYSIS.replace("bet: [Volumes keep growing]", f"bet: [{claims}]")
        page = profile("gamma", analysis=analysis)
        (item, *_) = items_of(page, "companies.gamma.bet.1")
        return item.body.paragraphs[0].size_pt  # type: ignore[union-attr]

    long = "A claim that goes on for well over one line of its quadrant and then on " * 2
    sizes = [size("Volumes keep growing"), size(", ".join([long] * 2)), size(", ".join([long] * 3))]
    assert sizes[0] == 16
    assert sizes[-1] < 16
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] >= 12


def test_what_cannot_fit_is_refused_at_the_company() -> None:
    claim = "A claim that takes far more room than any quadrant of a slide could ever have " * 9
    text = with_slides(
        "- {kind: profile, company: gamma}",
        ANALYSIS.replace("bet: [Volumes keep growing]", f"bet: [{claim}, {claim}]"),
    )
    (problem,) = problems_of(text)
    line = next(n for n, row in enumerate(text.split("\n"), 1) if "name: Gamma" in row)
    assert problem.startswith(f"deck.yaml:{line}:")
    assert "the sections of Gamma need" in problem


def test_a_name_too_wide_gives_way_to_the_short_one() -> None:
    name = "Donaudampfschifffahrtsgesellschaft"
    analysis = ANALYSIS.replace("name: Gamma", f"name: {name}\n    id: gamma")
    assert problems_of(with_slides("- {kind: profile, company: gamma}", analysis))
    page = profile("gamma", analysis=analysis.replace("id: gamma", "id: gamma\n    short: DDSG"))
    assert "DDSG" in words_of(page).split("\n")


def test_profiles_look_alike_from_page_to_page() -> None:
    heads = {
        item.box.y
        for member in ("alpha", "beta", "gamma")
        for item in items_of(profile(member), "The bet")
    }
    assert len(heads) == 2  # the head and its rule, each at one height


def test_a_company_of_which_nothing_is_known_says_so_even_if_silence_is_hidden() -> None:
    unknown = ANALYSIS.replace("groups:", "  - {name: Delta, tier: shippers}\ngroups:")
    page = profile("delta", ", title: T, hide_absent: true", unknown)
    (box,) = items_of(page, "Not stated")
    assert box.box.bottom == FRAME.bottom


def test_bet_and_exposure_stand_on_a_second_page_where_only_there_is_room() -> None:
    claim = "A claim that takes far more room than a quadrant of a slide would usually have " * 6
    text = ANALYSIS.replace("bet: [Volumes keep growing]", f"bet: [{claim}, {claim}]")
    pages = scene_of(with_slides("- {kind: profile, company: gamma, title: T}", text)).pages
    assert [page.title for page in pages] == ["T (1 of 2)", "T (2 of 2)"]
    assert "berths" in words_of(pages[0])
    assert "A claim that takes" not in words_of(pages[0])
    assert "A claim that takes" in words_of(pages[1])
    assert all("Terminal operators" in words_of(page) for page in pages)
