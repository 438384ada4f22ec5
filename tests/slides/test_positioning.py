from __future__ import annotations

import re

import pytest

from charts import chart_as, chart_item
from deckgen.box import touch
from deckgen.charts.beside import Dot, place_labels
from deckgen.scene import Box, Item, Page, ShapeItem, XyChart
from outlines import ANALYSIS, items_of, page_of, problems_of, scene_of, with_slides, words_of

SLIDE = """
- kind: positioning
  title: Owners set the terms
  x: {name: Who owns, low: Rents, high: Owns}
  y: {name: Who sails, low: Others, high: Itself}
  quadrants:
    top_left: Tenants
    top_right: {name: Integrators, text: Own ships and quays}
    bottom_left: Brokers
    bottom_right: Landlords
    winning: top right
  places:
    - {company: alpha, x: 9, y: 8}
    - {company: beta, x: 7, y: 7}
    - {company: gamma, x: 2, y: 6}
"""


def chart_of(page: Page) -> tuple[XyChart, Box]:
    item = chart_item(page)
    return chart_as(item, XyChart), item.box


def test_the_chart_lies_exactly_on_the_quadrants() -> None:
    page = page_of(SLIDE)
    _, box = chart_of(page)
    quadrants = [item.box for item in items_of(page, "Quadrant")]
    assert len(quadrants) == 4
    assert (box.x, box.y) == (quadrants[0].x, quadrants[0].y)
    assert abs(box.right - quadrants[3].right) <= 1
    assert abs(box.bottom - quadrants[3].bottom) <= 1
    fills = [item.fill for item in items_of(page, "Quadrant") if isinstance(item, ShapeItem)]
    assert fills == ["surface", "surface2", "surface", "surface"]


def test_a_series_for_each_tier_and_state() -> None:
    chart, _ = chart_of(page_of(SLIDE))
    told = [(s.name, s.symbol, [p.name for p in s.points]) for s in chart.series]
    assert told == [
        ("T1 Owners", "circle", ["Alpha"]),
        ("T1 Owners (in build)", "diamond", ["Beta (in build)"]),
        ("T2 Operators", "circle", ["Gamma"]),
    ]
    assert (chart.series[0].points[0].x, chart.series[0].points[0].y) == (9, 8)


def test_what_is_seen_is_told() -> None:
    page = page_of(SLIDE)
    words = words_of(page)
    assert "Positions are our ordinal judgement" in words
    assert words.count("None shown here") == 2  # no company among brokers and landlords
    assert "T1 Owners" in words
    assert "In build" in words
    assert "Alpha: Who owns 9, Who sails 8" in chart_item(page).alt


def test_the_authors_note_stays_and_measured_positions_need_none() -> None:
    assert "not measured. Mine" in words_of(page_of(SLIDE + "  note: Mine\n"))
    measured = SLIDE + "  ordinal: false\n"
    assert "judgement" not in words_of(page_of(measured))


def test_without_a_panel_the_plot_is_wider() -> None:
    _, wide = chart_of(page_of(SLIDE))
    page = page_of(SLIDE + "  points: [{head: A head, text: A text}]\n")
    _, narrow = chart_of(page)
    assert wide.w > narrow.w * 1.3
    panel = items_of(page, "Panel head")[0].box
    assert panel.x > narrow.right


def crowd(count: int, step: float, extra: str = "") -> str:
    """So many companies side by side, `step` apart."""
    names = ["alpha", "beta", "gamma", "everyone"][:count]
    places = "".join(
        f"    - {{company: {name}, x: {5 + step * n:g}, y: 5.5}}\n" for n, name in enumerate(names)
    )
    return SLIDE[: SLIDE.index("    - {company: alpha")] + places + extra


def test_labels_find_a_free_side() -> None:
    chart, _ = chart_of(page_of(crowd(4, 0.4)))
    sides = [point.label_side for series in chart.series for point in series.points]
    assert len(set(sides)) > 1


def test_ordinal_marks_move_a_little_and_measured_ones_are_refused() -> None:
    same = crowd(4, 0.02)
    chart, _ = chart_of(page_of(same))
    points = [point for series in chart.series for point in series.points]
    moved = [max(abs(p.y - 5.5), abs(p.x - 5)) for p in points]
    assert 0 < max(moved) <= 0.37
    (told,) = problems_of(with_slides(same + "  ordinal: false\n"))
    assert re.search(r"is \d\.\d\d in wide and finds no free place of that width", told)
    assert "move it or its neighbours apart" in told
    assert "deck.yaml:" in told


def test_marks_at_the_ends_of_the_axes_stay_inside() -> None:
    corners = SLIDE.replace("x: 9, y: 8", "x: 10, y: 5").replace("x: 2, y: 6", "x: 0, y: 4")
    chart, _ = chart_of(page_of(corners))
    xs = {point.x for series in chart.series for point in series.points}
    assert 0 < min(xs) < 0.3
    assert 9.7 < max(xs) < 10


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("x: 9", "x: 11", "`x` takes at most 10, not 11"),
        ("company: beta", "company: alpha", "alpha stands on the map twice"),
        ("company: beta", "company: betta", "has the id “betta”; did you mean “beta”?"),
        ("    - {company: gamma, x: 2, y: 6}\n", "", "`places` takes at least 3 entries, not 2"),
        ("winning: top right", "winning: top", "`winning` cannot be “top”"),
        ("name: Who owns", "name: " + "Who owns it " * 16, "has room for 1 line"),
    ],
)  # fmt: skip
def test_mistakes(old: str, new: str, told: str) -> None:
    (problem,) = problems_of(with_slides(SLIDE.replace(old, new, 1)))
    assert problem.startswith("deck.yaml:")
    assert told in problem


def test_labels_touch_nothing() -> None:
    area = Box(0, 0, 1000, 1000)
    dots = [Dot(x, y, 40, 200) for x, y in ((900, 500), (820, 500), (500, 480), (500, 540))]
    taken = [Box(560, 400, 200, 60)]
    placed = place_labels(dots, 50, area, taken)
    assert isinstance(placed, list)
    boxes = [
        {
            "right": Box(dot.x + 20, dot.y - 25, 200, 50),
            "left": Box(dot.x - 220, dot.y - 25, 200, 50),
            "above": Box(dot.x - 100, dot.y - 70, 200, 50),
            "below": Box(dot.x - 100, dot.y + 20, 200, 50),
        }[at.side]
        for dot, at in zip(dots, placed, strict=True)
    ]
    for n, box in enumerate(boxes):
        assert box.x >= 0
        assert box.right <= 1000
        assert not any(touch(box, other) for other in [*boxes[:n], *taken])


def test_what_finds_no_place_is_named() -> None:
    dots = [Dot(500, 500, 40, 200)] * 2
    assert place_labels(dots, 50, Box(0, 0, 1000, 1000), []) in (0, 1)
    assert isinstance(place_labels(dots, 50, Box(0, 0, 1000, 1000), [], [(0, 60)]), list)


def test_markup_in_a_label_is_not_printed() -> None:
    page = page_of(SLIDE.replace("x: 9, y: 8", "x: 9, y: 8, label: '**Alpha** line'"))
    names = {point.name for series in chart_of(page)[0].series for point in series.points}
    assert "Alpha line" in names


def test_measured_marks_at_the_ends_stay_inside_with_their_values() -> None:
    corners = SLIDE.replace("x: 9, y: 8", "x: 10, y: 10").replace("x: 2, y: 6", "x: 0, y: 0")
    chart, box = chart_of(page_of(corners + "  ordinal: false\n"))
    xs = {point.x for series in chart.series for point in series.points}
    assert {0, 10} <= xs
    margins = [
        side * -(axis.low or 0) / ((axis.high or 0) - (axis.low or 0))
        for side, axis in ((box.w, chart.x_axis), (box.h, chart.y_axis))
    ]
    assert all(8.5 < margin / 12_700 < 9 for margin in margins)  # half a mark of 17 points


def test_the_names_of_the_quadrants_make_room_for_marks_in_their_corners() -> None:
    corner = SLIDE.replace("x: 9, y: 8", "x: 9.6, y: 9.6") + "  ordinal: false\n"
    (name,) = [item for item in page_of(corner).items if "Integrators" in words_in(item)]
    (usual,) = [item for item in page_of(SLIDE).items if "Integrators" in words_in(item)]
    assert name.box.y > usual.box.y


def words_in(item: Item) -> str:
    body = getattr(item, "body", None)
    return body.text if body else ""


def test_ends_of_an_axis_that_do_not_fit_side_by_side_are_refused() -> None:
    long = "a harbour in which nobody owns anything at all " * 2
    axis = f"x: {{name: Who owns, low: {long}, high: {long}}}"
    (told,) = problems_of(
        with_slides(SLIDE.replace("x: {name: Who owns, low: Rents, high: Owns}", axis))
    )
    assert re.search(r"take 1\d\.\d\d in side by side and the axis has 11\.\d\d in; shorten", told)


def test_a_key_too_long_for_its_row_names_tiers_by_number() -> None:
    name = (
        "Owners of quays, of cranes and of all the ground that these stand on, by deed or by lease"
        * 2
    )
    analysis = ANALYSIS.replace("short: Owners", f"short: '{name}'")
    keys = items_of(page_with(analysis), "Key T")
    assert [key.name for key in keys] == ["Key T1", "Key T2"]


def page_with(analysis: str) -> Page:
    (page,) = scene_of(with_slides(SLIDE, analysis)).pages
    return page


def test_a_label_of_measured_points_does_not_stand_at_the_dot_of_another() -> None:
    # Right of its own dot the label would end just before the other one.
    dots = [Dot(500_000, 500_000, 40_000, 200_000), Dot(760_000, 500_000, 40_000, 100_000)]
    area = Box(0, 0, 1_000_000, 1_000_000)
    placed = place_labels(dots, 50_000, area, [], overlap=True)
    assert isinstance(placed, list)
    assert [at.side for at in placed] == ["left", "right"]
