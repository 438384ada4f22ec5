from __future__ import annotations

import pytest

from deckgen.scene import ChartItem, Page, XyChart
from outlines import ANALYSIS, problems_of, scene_of, with_slides, words_of

THREE = (
    "name: A, x: 4, y: 30",
    "name: B, x: 12.5, y: 10, highlight: true",
    "name: C, x: 8, y: 20",
)
SIZED = ("name: A, x: 4, y: 30, size: 1", "name: B, x: 12, y: 10, size: 100")
SIZE = "  size: {name: Cargo, unit: tonnes}\n"


def rows(*values: str, fields: str = "") -> str:
    """A slide with a row of each of these fields."""
    lines = "".join(f"    - {{{value}}}\n" for value in values)
    axes = "  x: {name: Stay, unit: hours}\n  y: {name: Cranes, unit: count}\n"
    return f"- kind: scatter-chart\n  title: T\n{axes}{fields}  rows:\n{lines}"


def page_of(slide: str) -> Page:
    (page,) = scene_of(with_slides(slide, ANALYSIS)).pages
    return page


def chart_of(page: Page) -> XyChart:
    (item,) = (item for item in page.items if isinstance(item, ChartItem))
    assert isinstance(item.chart, XyChart)
    return item.chart


def sides_of(chart: XyChart) -> dict[str, str]:
    return {point.name: point.label_side for one in chart.series for point in one.points}


def test_points_stand_at_their_numbers_and_the_message_in_the_accent() -> None:
    chart = chart_of(page_of(rows(*THREE)))
    plain, stressed = chart.series
    assert [(point.name, point.x, point.y) for point in plain.points] == [
        ("A", 4, 30), ("C", 8, 20)
    ]  # fmt: skip
    assert [point.name for point in stressed.points] == ["B"]
    assert (plain.fill, stressed.fill) == ("series1", "accent")
    assert chart.bubble_percent == 0


def test_axes_have_round_numbers_around_all_points() -> None:
    chart = chart_of(page_of(rows(*THREE)))
    for axis, low, high in ((chart.x_axis, 4, 12.5), (chart.y_axis, 10, 30)):
        assert axis.low is not None
        assert axis.high is not None
        assert axis.low < low
        assert high < axis.high
        assert axis.step in (2, 2.5, 5, 10)


def test_both_axes_are_named_with_their_units() -> None:
    page = page_of(rows(*THREE))
    words = words_of(page)
    assert "Stay (hours)" in words
    assert "Cranes (count)" in words


def test_sizes_make_bubbles_the_largest_first() -> None:
    page = page_of(rows(*SIZED, fields=SIZE))
    chart = chart_of(page)
    assert chart.bubble_percent > 0
    assert [(point.name, point.size) for point in chart.series[0].points] == [("B", 100), ("A", 1)]
    assert "Bubble area: Cargo (tonnes)" in words_of(page)


def test_the_largest_bubble_stays_inside_the_plot() -> None:
    page = page_of(rows(*SIZED, fields=SIZE))
    chart = chart_of(page)
    (item,) = (item for item in page.items if isinstance(item, ChartItem))
    width, height = item.box.w * chart.plot[2], item.box.h * chart.plot[3]
    radius = min(width, height) / 4 * chart.bubble_percent / 100 / 2
    x, y = chart.x_axis, chart.y_axis
    assert x.low is not None
    assert x.high is not None
    assert y.low is not None
    assert y.high is not None
    assert (x.high - 12) / (x.high - x.low) * width > radius
    assert (10 - y.low) / (y.high - y.low) * height > radius


def test_of_many_points_the_outermost_and_the_message_are_labelled() -> None:
    many = [f"name: N{n}, x: {n}, y: {n * 7 % 31}" for n in range(1, 31)]
    many[14] += ", highlight: true"
    page = page_of(rows(*many))
    sides = sides_of(chart_of(page))
    assert len(sides) == 30
    # 1 and 30 end the x axis; 9 * 7 = 63 = 1 (mod 31) and 22 * 7 = 154 = 30 (mod 31) that of y.
    assert {name for name, side in sides.items() if side != "none"} == {
        "N1", "N30", "N9", "N22", "N15"
    }  # fmt: skip
    assert "Note: Not every point is labelled" in words_of(page)
    (moved,) = (note.text for note in page.notes if "the labels of 25 points" in note.text)
    assert "N2 (2 / 14)" in moved


def test_points_in_one_place_are_both_shown_and_labelled_apart() -> None:
    sides = sides_of(chart_of(page_of(rows("name: A, x: 5, y: 5", "name: B, x: 5, y: 5"))))
    assert sides["A"] != sides["B"]


@pytest.mark.parametrize(
    ("values", "fields", "told"),
    [
        (THREE[:1], "", "a scatter chart takes at least 2 rows that have all numbers"),
        ((THREE[0], THREE[0]), "", "the row “A” stands twice"),
        (SIZED, "", "nothing says what it measures"),
        (THREE, SIZE, "no row has a `size`"),
        (
            (*SIZED, "name: D, x: 1, y: 1, size: -2"),
            SIZE,
            "the size of “D” is −2, and no area shows that",
        ),
    ],
)
def test_mistakes_are_told(values: tuple[str, ...], fields: str, told: str) -> None:
    assert any(
        told in problem for problem in problems_of(with_slides(rows(*values, fields=fields)))
    )


@pytest.mark.parametrize("ends", [(0.0, 0.0), (-5.0, -1.0), (5e14, 1e15), (1e-4, 2e-4)])
def test_numbers_of_any_size_are_drawn(ends: tuple[float, float]) -> None:
    low, high = (f"{end:.6f}" for end in ends)
    chart = chart_of(
        page_of(rows(f"name: A, x: {low}, y: {low}", f"name: B, x: {high}, y: {high}"))
    )
    assert chart.x_axis.low is not None
    assert chart.x_axis.high is not None
    assert chart.x_axis.low < ends[0]
    assert ends[1] < chart.x_axis.high


def test_no_rows_are_told() -> None:
    slide = "- {kind: scatter-chart, title: T, x: {name: X}, y: {name: Y}}"
    assert any("give `rows`, or `data`" in problem for problem in problems_of(with_slides(slide)))
