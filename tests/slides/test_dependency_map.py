from __future__ import annotations

from itertools import pairwise

import pytest

from deckgen.outline import Outline
from deckgen.scene import ConnectorItem, Page, ShapeItem, TableItem
from outlines import items_of, problems_of, scene_of, with_slides, words_of

MAP = with_slides("- kind: dependency-map")


def page_of(text: str) -> Page:
    (page,) = scene_of(text).pages
    return page


def links_of(page: Page) -> list[ConnectorItem]:
    return [item for item in page.items if isinstance(item, ConnectorItem) and item.alt]


def analysis(*companies: str, tiers: int = 3) -> str:
    """An analysis of so many tiers; each company as `name tier provider:for ...`."""
    lines = ["title: T", "tiers:", *(f"  - {{name: Tier {n + 1} name}}" for n in range(tiers))]
    lines.append("companies:")
    for company in companies:
        name, tier, *needs = company.split()
        pairs = (need.split(":") for need in needs)
        told = ", ".join(f"{{company: {on}, for: {what}}}" for on, what in pairs)
        lines.append(f"  - {{name: {name}, tier: {tier}, depends_on: [{told}]}}")
    return "\n".join(lines) + "\n"


def test_the_analysis_alone_makes_a_map() -> None:
    page = page_of(MAP)
    assert page.title == "Every named dependency leads up the tiers; two of four depend on others"
    assert [link.alt for link in links_of(page)] == [
        "Everyone else depends on Gamma for handling",
        "Gamma depends on Alpha for berths",
    ]


def test_links_are_glued_where_their_nodes_stand() -> None:
    page = page_of(MAP)
    boxes = {item.name: item.box for item in page.items if isinstance(item, ShapeItem)}
    for link in links_of(page):
        start, end = boxes[link.start_item], boxes[link.end_item]
        assert (link.start_site, link.end_site) == (0, 2)
        assert link.start == (start.x + start.w // 2, start.y)
        assert link.end == (end.x + end.w // 2, end.bottom)


def test_the_commonest_purpose_is_stressed_unless_the_slide_names_another() -> None:
    text = analysis("a 1", "b 2 a:berths", "c 2 a:berths", "d 3 b:ships", "e 3 c:data")
    colors = {link.alt: link.line.color for link in links_of(page_of(text + _map()))}
    assert [color for alt, color in colors.items() if alt.endswith("berths")] == ["accent"] * 2
    assert colors["d depends on b for ships"] == "muted"
    page = page_of(text + _map("main: ships"))
    stressed = [link.alt for link in links_of(page) if link.line.color == "accent"]
    assert stressed == ["d depends on b for ships"]
    assert "depends on for ships" in words_of(page)
    assert "depends on for berths, data" in words_of(page)


def _map(fields: str = "") -> str:
    return f"slides:\n  - kind: dependency-map\n    {fields}\n"


def test_an_inference_is_dashed_and_in_the_key() -> None:
    text = MAP.replace("for: handling}", "for: handling, inference: true}")
    page = page_of(text)
    dashed = [link for link in links_of(page) if link.line.dashed]
    assert [link.alt for link in dashed] == [
        "Everyone else depends on Gamma for handling (inference)"
    ]
    # All links of this purpose are inferred: one entry says both.
    assert items_of(page, "Key: depends on for handling (inference)")
    assert not [item for item in page_of(MAP).items if "inference" in item.name.lower()]


def test_a_node_leads_to_its_profile() -> None:
    text = with_slides("- kind: dependency-map\n- {kind: profile, company: gamma}")
    nodes = items_of(scene_of(text).pages[0], "Company: Gamma")
    assert isinstance(nodes[0], ShapeItem)
    assert nodes[0].link is not None
    assert nodes[0].link.target == "#profile-gamma"


def test_links_within_a_tier_and_downwards_are_drawn() -> None:
    page = page_of(analysis("a 1 c:rail", "b 2 c:tugs", "c 2", tiers=2) + _map())
    sites = {link.alt: (link.start_site, link.end_site) for link in links_of(page)}
    assert sites["a depends on c for rail"] == (2, 0)
    assert set(sites["b depends on c for tugs"]) == {1, 3}
    assert "leads up" not in page.title


def test_two_things_from_one_provider_are_one_arrow() -> None:
    page = page_of(analysis("a 1", "b 2 a:berths a:tugs", tiers=2) + _map())
    assert [link.alt for link in links_of(page)] == ["b depends on a for berths, tugs"]
    assert any("berths, tugs" in note.text for note in page.notes)


def test_the_panel_says_what_the_links_carry() -> None:
    words = words_of(
        page_of(analysis("a 1", "x 1", "b 2 a:berths", "c 2 a:berths", tiers=2) + _map())
    )
    assert "Two depend on a\nb and c name it as a provider." in words
    assert "One company without a link" in words
    own = words_of(page_of(MAP + "    points: [Mine]\n"))
    assert "Mine" in own
    assert "provider" not in own


TANGLE = analysis(
    *(f"p{n} 1" for n in range(5)),
    *(f"q{n} 2 " + " ".join(f"p{m}:x" for m in range(5) if m != n) for n in range(5)),
    tiers=2,
)


def test_a_tangle_is_refused_with_its_line_and_a_way_out() -> None:
    (told,) = problems_of(TANGLE + _map())
    assert told.startswith("deck.yaml:17:5: slide “dependency-map”: arrows would run on top")
    assert told.endswith("show fewer `tiers`, or set `form: table`")


def test_a_tangle_can_be_a_table_over_pages() -> None:
    pages = scene_of(TANGLE + _map("form: table")).pages
    tables = [item for page in pages for item in page.items if isinstance(item, TableItem)]
    assert len(tables) == len(pages) == 2
    assert pages[0].title.endswith("(1 of 2)")
    assert sum(len(table.rows) - 1 for table in tables) == 20
    for table in tables:
        assert table.box.bottom <= 6_000_000  # the frame ends at 6.55 inches
        assert table.rows[1][0].rows == len(table.rows) - 1  # one tier, one merged cell


def test_a_derived_map_falls_back_to_the_table() -> None:
    from deckgen.storyline import derive_slides

    assert any(slide.kind == "dependency-map" for slide in derive_slides(_outline(TANGLE)))
    pages = scene_of(TANGLE).pages
    assert any(isinstance(item, TableItem) for page in pages for item in page.items)


def _outline(text: str) -> Outline:
    from deckgen.loader import load_text

    return load_text(text, "deck.yaml")


def test_too_many_nodes_for_a_lane_are_refused() -> None:
    names = [f"Hafeninfrastrukturgesellschaft{n}" for n in range(6)]
    text = analysis("a 1", *(f"{name} 2 a:berths" for name in names), tiers=2)
    (told,) = problems_of(text + _map())
    assert "the 6 nodes of tier 2 need" in told


def test_six_tiers_and_some_of_them() -> None:
    chain = [
        "a 1",
        *(f"{name} {n} {before}:x" for n, (before, name) in enumerate(pairwise("abcdef"), 2)),
    ]
    text = analysis(*chain, tiers=6)
    page = page_of(text + _map())
    assert len(links_of(page)) == 5
    lanes = items_of(page, "Lane")
    assert len(lanes) == 6
    assert lanes[-1].box.bottom <= 6_000_000
    some = page_of(text + _map("tiers: [1, 2, 3]"))
    assert [link.alt for link in links_of(some)] == ["b depends on a for x", "c depends on b for x"]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (
            "main: bertsh",
            "LINE:11: nothing is named as being had for “bertsh”; it can be: berths or",
        ),
        ("tiers: [owners]", "LINE:13: one tier makes no map; name two or more `tiers`"),
        ("tiers: [owners, shippers]", "no dependency is named between these tiers"),
    ],
)
def test_mistakes_are_told_at_their_line(fields: str, told: str) -> None:
    line = 1 + MAP.count("\n")
    (problem,) = problems_of(MAP + f"    {fields}\n")
    assert told.replace("LINE", f"deck.yaml:{line}") in problem


def test_no_dependency_at_all() -> None:
    (told,) = problems_of(analysis("a 1", "b 2", tiers=2) + _map())
    assert "no dependency is named; give companies a `depends_on`" in told
