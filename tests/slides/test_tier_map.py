"""The tier map: bands, cards, groups, what does not fit, the pages that list everyone."""

from __future__ import annotations

from itertools import pairwise

import pytest

from deckgen import text
from deckgen.scene import Item, Page, ShapeItem, TableItem
from deckgen.template import house
from outlines import ANALYSIS, items_of, problems_of, scene_of, with_slides, words_of

FRAME = house().layouts["content"].frame
MAP = "- kind: tier-map"
BASIS = "Own quay and cranes, tugs on a lease to buy"


def field(per_tier: list[int], name: str = "Line", basis: str = BASIS, short: str = "") -> str:
    """An analysis with so many companies in each tier."""
    lines = ["title: A field", "tiers:"]
    lines += [
        f"  - {{id: t{n}, name: Tier name {n}, places: A criterion}}" for n in range(len(per_tier))
    ]
    lines.append("companies:" if any(per_tier) else "companies: []")
    number = 0
    for tier, count in enumerate(per_tier):
        for _ in range(count):
            number += 1
            extra = f", short: {short} {number}" if short else ""
            extra += f', basis: "{basis}"' if basis else ""
            lines.append(f"  - {{name: {name} {number}, tier: t{tier}{extra}}}")
    return "\n".join(lines) + "\n"


def cards_of(page: Page) -> list[ShapeItem]:
    return [item for item in items_of(page, "Company: ") if isinstance(item, ShapeItem)]


def bands_of(page: Page) -> list[Item]:
    return [item for item in page.items if item.name.endswith(" band")]


def check_geometry(page: Page) -> None:
    """Bands one below the other in the frame, each card in its band, no two overlapping."""
    bands, cards = bands_of(page), cards_of(page)
    assert bands[-1].box.bottom <= FRAME.bottom
    for above, below in pairwise(bands):
        assert above.box.bottom < below.box.y
    for card in cards:
        (band,) = [b for b in bands if b.box.y <= card.box.y < b.box.bottom]
        assert card.box.bottom <= band.box.bottom
        assert card.box.right <= FRAME.right
    for index, card in enumerate(cards):
        for other in cards[index + 1 :]:
            apart = card.box.right <= other.box.x or other.box.right <= card.box.x
            assert apart or card.box.bottom <= other.box.y or other.box.bottom <= card.box.y


@pytest.mark.parametrize(
    "per_tier",
    [[2, 2], [3, 0, 1], [3, 4, 2, 0], [3, 2, 1, 4, 0], [4, 7, 1, 4, 0, 2], [5, 6, 7, 8], [12, 9]],
)
def test_bands_and_cards_stand_in_the_frame(per_tier: list[int]) -> None:
    page = scene_of(with_slides(MAP, field(per_tier))).pages[0]
    assert len(bands_of(page)) == len(per_tier)
    check_geometry(page)


def test_a_card_leads_to_the_profile_and_a_company_in_build_is_dashed() -> None:
    slides = f"{MAP}\n- {{kind: profile, company: beta}}"
    page = scene_of(with_slides(slides)).pages[0]
    beta = next(card for card in cards_of(page) if card.name == "Company: Beta")
    assert beta.link is not None
    assert beta.link.target == "#profile-beta"
    assert items_of(page, "Key in build")
    assert [card.name for card in cards_of(page) if card.line and card.line.dashed] == [
        "Company: Beta"
    ]


def test_no_key_explains_a_dash_that_is_not_there() -> None:
    analysis = ANALYSIS.replace("    building: true\n", "")
    assert not items_of(scene_of(with_slides(MAP, analysis)).pages[0], "Key")


def test_cards_share_their_columns_and_a_group_takes_the_rest_of_its_row() -> None:
    (page,) = scene_of(with_slides(MAP)).pages
    boxes = {card.name: card.box for card in cards_of(page)}
    assert boxes["Company: Alpha"].x == boxes["Company: Gamma"].x
    assert boxes["Company: Alpha"].w == boxes["Company: Gamma"].w
    assert boxes["Company: Everyone else"].w > 2 * boxes["Company: Alpha"].w


def test_an_empty_tier_says_so() -> None:
    (page,) = scene_of(with_slides(MAP, field([1, 0]))).pages
    assert "None named in this tier" in words_of(page)


def test_nine_in_a_tier_show_seven_and_a_table_of_all_follows() -> None:
    scene = scene_of(with_slides(MAP, field([1, 12])))
    page, listing = scene.pages
    assert len(cards_of(page)) == 1 + 7
    assert "+ 5 more, p. 2" in words_of(page)
    assert (page.title[-8:], listing.title[-8:]) == ("(1 of 2)", "(2 of 2)")
    (table,) = [item for item in listing.items if isinstance(item, TableItem)]
    assert [row[1].body.text for row in table.rows[1:]] == [f"Line {n}" for n in range(2, 14)]
    assert {row[2].body.text for row in table.rows[1:]} == {BASIS}
    assert scene.notices == ()


def test_a_company_more_than_fits_names_the_page_where_it_is_listed() -> None:
    slides = f"- {{kind: insight, title: First}}\n{MAP}"
    page = scene_of(with_slides(slides, field([9, 12]))).pages[1]
    words = words_of(page)
    assert "+ 2 more, p. 3" in words
    assert "+ 5 more, p. 4" in words


def test_bases_that_do_not_fit_leave_a_whole_tier_and_go_to_the_notes() -> None:
    scene = scene_of(with_slides(MAP, field([4, 4, 4, 4, 4])))
    (page,) = scene.pages
    for number in range(5):
        told = {
            BASIS in card.body.text
            for card in cards_of(page)[number * 4 : number * 4 + 4]
            if card.body
        }
        assert len(told) == 1
    moved = [
        n for n in range(1, 6) if any(f"in tier {n} moved" in notice for notice in scene.notices)
    ]
    assert moved[-1] == 5
    assert 1 not in moved
    assert any("Line 20" in note.text for note in page.notes)


def test_text_keeps_clear_of_the_edge_of_its_card() -> None:
    (page,) = scene_of(with_slides(MAP, field([3, 3, 3, 3]))).pages
    for card in cards_of(page):
        assert card.body is not None
        spare = card.box.h - text.body_height(card.body, card.box.w, "Arial")
        assert spare >= 50_000  # EMU: some .05 inches in all besides the insets


def test_without_criteria_of_the_tiers_the_cards_take_their_place() -> None:
    bare = field([2, 2]).replace(", places: A criterion", "")
    with_places, without = (scene_of(with_slides(MAP, a)).pages[0] for a in (field([2, 2]), bare))
    assert "What places you here" not in words_of(without)
    assert cards_of(without)[0].box.w > cards_of(with_places)[0].box.w


def test_the_line_and_the_axis_are_drawn_where_asked() -> None:
    more = "  axis: Control\n  line_after: owners\n  line_label: Above they own\n"
    (page,) = scene_of(with_slides(f"{MAP}\n{more}  takeaway: Own the quay")).pages
    first, second, *_ = bands_of(page)
    (label,) = items_of(page, "slides.tier-map.line_label")
    assert first.box.bottom <= label.box.y
    assert label.box.bottom <= second.box.y
    assert items_of(page, "Axis")
    (bar,) = items_of(page, "Takeaway bar")
    assert bands_of(page)[-1].box.bottom < bar.box.y
    check_geometry(page)


def test_names_too_wide_give_way_to_short_ones_or_are_refused() -> None:
    name = "Donaudampfschifffahrtsgesellschaft"
    assert any(
        "use a shorter word or a short name" in p
        for p in problems_of(with_slides(MAP, field([4, 1], name)))
    )
    (page,) = scene_of(with_slides(MAP, field([4, 1], name, short="DDSG"))).pages
    assert "DDSG 1" in words_of(page)
    check_geometry(page)


def test_more_long_names_than_fit_are_refused() -> None:
    name = "North Atlantic Coastal Ferry Cooperative of the Northern Islands"
    (problem,) = problems_of(with_slides(MAP, field([8, 8, 8, 4, 4, 4], name)))
    assert "the names in the tiers need" in problem
    assert "give the companies short names" in problem


def test_a_map_without_tiers_is_refused() -> None:
    (problem,) = problems_of(with_slides(MAP, "title: A field\n"))
    assert "a tier map takes two to six tiers" in problem


def test_the_title_names_who_stands_at_the_top() -> None:
    def title(per_tier: list[int]) -> str:
        return scene_of(with_slides(MAP, field(per_tier))).pages[0].title

    assert title([0, 1]) == "Two tiers rank the field"
    assert title([1, 1]) == "Two tiers rank the field; Line 1 stands at the top"
    assert title([2, 1, 1]) == "Three tiers rank the field; Line 1 and Line 2 stand at the top"
    assert title([5, 1]) == "Two tiers rank the field; five companies stand at the top"


def test_what_places_one_in_a_tier_goes_to_the_notes_where_it_leaves_no_room() -> None:
    places = "It owns quays and cranes and the ground that both of them stand on, by deed. " * 6
    tiers = "".join(f"  - {{name: Rank {n}, places: '{places}'}}\n" for n in range(1, 6))
    text = f"title: A field\ntiers:\n{tiers}companies:\n  - {{name: Line, tier: 1}}\n"
    scene = scene_of(with_slides(MAP, text))
    assert "It owns quays" not in words_of(scene.pages[0])
    assert any("It owns quays" in note.text for note in scene.pages[0].notes)
    assert "What places you here moved to the notes" in scene.notices[0]
