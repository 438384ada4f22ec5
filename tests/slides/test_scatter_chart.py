from __future__ import annotations

import random
from itertools import combinations
from math import log10
from pathlib import Path

import pytest
from PIL import Image

from charts import cells_of, chart_as, chart_frames, chart_item, plot_box
from conftest import RenderPages
from deckgen.box import touch
from deckgen.compose import compose
from deckgen.loader import load_text
from deckgen.scene import Box, ConnectorItem, Page, ShapeItem, TextItem, XyChart
from deckgen.source import OutlineError
from deckgen.units import inches
from deckgen.writers.pptx import write
from outlines import ANALYSIS, items_of, page_of, problems_of, scene_of, with_slides, words_of
from validators import sdk_problems

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


def chart_of(page: Page) -> XyChart:
    return chart_as(chart_item(page), XyChart)


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
        assert axis.low <= low
        assert high <= axis.high
        assert axis.step in (2, 2.5, 5, 10)


def test_shares_near_the_ends_of_their_axis_take_no_axis_beyond_them() -> None:
    chart = chart_of(page_of(rows("name: A, x: 1, y: 0", "name: B, x: 98, y: 100")))
    for axis in (chart.x_axis, chart.y_axis):
        assert (axis.low, axis.high) == (0, 100)


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
    item = chart_item(page)
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
    assert chart.x_axis.low <= ends[0]
    assert ends[1] <= chart.x_axis.high


def test_no_rows_are_told() -> None:
    slide = "- {kind: scatter-chart, title: T, x: {name: X}, y: {name: Y}}"
    assert any("give `rows`, or `data`" in problem for problem in problems_of(with_slides(slide)))


# -- colours ---------------------------------------------------------------------


def test_companies_have_the_colours_of_their_tiers_and_a_key_says_which() -> None:
    page = page_of(rows(*(f"company: {one}, x: {n}, y: {n}" for n, one in enumerate(
        ("alpha", "beta", "gamma")))))  # fmt: skip
    series = {one.name: one for one in chart_of(page).series}
    assert [point.name for point in series["T1 Owners"].points] == ["Alpha", "Beta"]
    assert (series["T1 Owners"].fill, series["T2 Operators"].fill) == ("tier1", "tier2")
    (mark,) = items_of(page, "Key T2 Operators colour")
    assert isinstance(mark, ShapeItem)
    assert (mark.fill, mark.geometry) == ("tier2", "diamond")
    assert (series["T1 Owners"].symbol, series["T2 Operators"].symbol) == ("circle", "diamond")


def test_groups_have_colours_and_what_is_highlighted_has_an_accent_label() -> None:
    page = page_of(rows("name: A, x: 1, y: 1, group: North", "name: B, x: 2, y: 9, group: South",
                        "name: C, x: 3, y: 3, group: North, highlight: true",
                        "name: D, x: 5, y: 5"))  # fmt: skip
    series = chart_of(page).series
    assert {one.name: one.fill for one in series} == {
        "North": "series1", "South": "series3", "Other": "muted"
    }  # fmt: skip
    inks = {point.name: point.label_color for one in series for point in one.points}
    assert inks == {"A": "ink", "B": "ink", "C": "accent", "D": "ink"}
    words = words_of(page)
    assert all(f"\n{name}" in words for name in ("North", "South", "Other"))


def test_bubbles_of_groups_are_one_series_so_that_small_ones_lie_over_large_ones() -> None:
    sized = [f"name: N{n}, x: {n}, y: {n}, size: {n}, group: G{n % 2}" for n in range(1, 7)]
    (series,) = chart_of(page_of(rows(*sized, fields=SIZE))).series
    assert [(point.size, point.fill) for point in series.points] == [
        (6, "series3"), (5, "series1"), (4, "series3"), (3, "series1"), (2, "series3"),
        (1, "series1"),
    ]  # fmt: skip


# -- bubbles -----------------------------------------------------------------------


def test_the_key_of_areas_has_two_circles_with_their_numbers() -> None:
    page = page_of(rows(*SIZED, fields=SIZE))
    chart, box = chart_of(page), chart_item(page).box
    largest = min(box.w * chart.plot[2], box.h * chart.plot[3]) / 4  # of the size 100
    numbers = [item for item in items_of(page, "Key area") if isinstance(item, TextItem)]
    assert [number.body.text for number in numbers] == ["5", "20"]
    for number, circle in zip(numbers, items_of(page, "Key bubble"), strict=True):
        wanted = largest * (float(number.body.text) / 100) ** 0.5
        assert abs(circle.box.w - wanted) < 2
        assert circle.box.w <= inches(0.4)
        assert number.box.x - circle.box.right < inches(0.1)


def test_a_large_bubble_holds_its_name_in_a_colour_that_reads_on_it() -> None:
    (series,) = chart_of(page_of(rows(*SIZED, fields=SIZE))).series
    large, small = series.points
    assert (large.name, large.label_side, large.label_color) == ("B", "center", "bg")
    assert small.label_side != "center"


def test_what_lacks_a_number_has_no_point_and_is_noted() -> None:
    page = page_of(rows(*SIZED, "name: C, x: 5, y: 5", "name: D, x: 4, size: 2", fields=SIZE))
    assert {point.name for point in chart_of(page).series[0].points} == {"A", "B"}
    assert "Not stated: C (Cargo), D (Cranes)" in words_of(page)


# -- axes and lines -----------------------------------------------------------------

LINES = """\
  x: {name: Stay, unit: hours, scale: log, references: [{value: 20, label: Mean stay}]}
  y: {name: Cranes, unit: count, references: [{value: 15, label: Limit}]}
"""
NAMED = "  quadrants: {top_left: Quick and well served, bottom_right: Slow}\n"
FAR = ("name: A, x: 0.4, y: 30", "name: B, x: 12.5, y: 10", "name: C, x: 800, y: 20")


def lined(*values: str, fields: str = NAMED) -> str:
    plain = "  x: {name: Stay, unit: hours}\n  y: {name: Cranes, unit: count}\n"
    return rows(*values, fields=fields).replace(plain, LINES)


def test_a_log_axis_goes_by_whole_powers_of_ten() -> None:
    axis = chart_of(page_of(lined(*FAR))).x_axis
    assert (axis.low, axis.high, axis.step, axis.log) == (0.1, 1000, 10, True)
    assert axis.number_format == "[<1]0.0;#,##0"


def test_lines_stand_where_the_plot_puts_their_values_with_their_names_outside() -> None:
    page = page_of(lined(*FAR))
    chart, plot = chart_of(page), plot_box(chart_item(page))
    found = (item for item in items_of(page, "Reference") if isinstance(item, ConnectorItem))
    upright, flat = found
    across = plot.x + plot.w * (log10(20) + 1) / 4  # from 0.1 to 1,000
    assert upright.start[0] == upright.end[0]
    assert abs(upright.start[0] - across) < 2
    low, high = chart.y_axis.low or 0.0, chart.y_axis.high or 0.0
    assert abs(flat.start[1] - (plot.bottom - plot.h * (15 - low) / (high - low))) < 2
    (above,) = items_of(page, "Line Mean stay")
    (beside,) = items_of(page, "Series Limit")
    assert abs(above.box.x + above.box.w / 2 - across) < 2
    assert above.box.bottom <= plot.y
    assert beside.box.x > plot.right
    assert abs(beside.box.y + beside.box.h / 2 - flat.start[1]) < inches(0.02)


def test_quadrants_are_named_in_their_corners_clear_of_points() -> None:
    page = page_of(lined(*FAR))
    plot = plot_box(chart_item(page))
    (first,) = items_of(page, "Quadrant Quick")
    (second,) = items_of(page, "Quadrant Slow")
    assert first.box.x - plot.x < inches(0.12)
    assert first.box.y - plot.y < inches(0.12)
    assert plot.bottom - second.box.bottom < inches(0.12)
    assert plot.right - second.box.right < inches(0.12)


def test_quadrants_leave_their_corners_to_points_and_labels() -> None:
    corners = ("name: A, x: 0.1, y: 30", "name: Be, x: 1000, y: 10", "name: C, x: 12, y: 20")
    page = page_of(lined(*corners))
    names = [item.box for item in items_of(page, "Quadrant")]
    points = tuple(point for one in chart_of(page).series for point in one.points)
    assert len(names) == 2
    for name in names:
        assert not any(touch(name, label) for label in taken_by_labels(page))
        assert not any(touch(name, dot) for dot in dots_of(page, points))


@pytest.mark.parametrize(
    ("slide", "told"),
    [
        (lined(*FAR, "name: D, x: 0, y: 4"), "the `x` of “D” is 0, and a log scale is above zero"),
        (lined(*FAR, "name: D, x: -0.5, y: 4"), "the `x` of “D” is −0.5, and a log scale"),
        (rows(*THREE, fields=NAMED), "quadrants lie between one reference on each axis"),
        (rows(*THREE, "name: D"), "“D” has no `x` or `y`; leave it out"),
        (rows(*THREE, "name: D, x: much, y: 1"), "`x` wants a number, not “much”"),
        (rows(*THREE, "name: D, x: .nan, y: 1"), "`x` wants a number"),
        (rows(*THREE, "name: D, x: 1e300, y: 1"), "numbers go from"),
        (rows(*(f"name: N{n}, x: {n}, y: 1" for n in range(61))), "this is number 61 of 61"),
        (
            rows(*(f"name: N{n}, x: {n}, y: 1, group: G{n}" for n in range(6))),
            "a scatter chart takes 5 groups, and “G5” is one more",
        ),
    ],
)
def test_what_no_axis_shows_is_told(slide: str, told: str) -> None:
    (problem,) = problems_of(with_slides(slide))
    assert told in problem


def test_years_are_printed_as_they_are() -> None:
    slide = rows("name: A, x: 1990, y: 1", "name: B, x: 2021, y: 2")
    axis = chart_of(page_of(slide.replace(", unit: hours", ""))).x_axis
    assert axis.number_format == "0"


def test_numbers_follow_the_decks_language() -> None:
    text = f"language: de-DE\n{ANALYSIS}"
    (page,) = scene_of(with_slides(rows(*THREE), text)).pages
    assert "B (12,5 / 10)" in chart_item(page).alt
    assert chart_of(page).y_axis.number_format.startswith("[$-407]#,##0")


# -- labels ------------------------------------------------------------------------


def taken_by_labels(page: Page) -> list[Box]:
    """Where labels stand, as a reader sees them."""
    chart, plot, found = chart_of(page), plot_box(chart_item(page)), []
    for series in chart.series:
        for point, dot in zip(series.points, dots_of(page, series.points), strict=True):
            wide, high = inches(0.09) * len(point.name), inches(0.2)  # of 12 points, at least
            x, y, half = dot.x + dot.w // 2, dot.y + dot.h // 2, high // 2
            places = {
                "right": (dot.right, y - half), "left": (dot.x - wide, y - half),
                "above": (x - wide // 2, dot.y - high), "below": (x - wide // 2, dot.bottom),
            }  # fmt: skip
            if point.label_side != "none":
                found.append(Box(*places[point.label_side], wide, high))
    found += [item.box for item in items_of(page, "Label ")]
    right = chart_item(page).box.right
    assert all(box.x >= plot.x and box.right <= right for box in found)
    return found


def dots_of(page: Page, shown: tuple[object, ...]) -> list[Box]:
    """The markers of points, of 11 points width."""
    chart, plot = chart_of(page), plot_box(chart_item(page))
    boxes = []
    for point in (p for one in chart.series for p in one.points if p in shown):
        x, y = (round(at) for at in place(chart, plot, point.x, point.y))
        boxes.append(Box(x - 69850, y - 69850, 139700, 139700))
    return boxes


@pytest.mark.parametrize("seed", range(6))
def test_labels_touch_nothing_however_close_the_points_stand(seed: int) -> None:
    chance = random.Random(seed)
    values = [
        f"name: N{n:02}, x: {chance.gauss(50, 9):.2f}, y: {chance.gauss(50, 9):.2f}"
        + (", highlight: true" if n % 5 == 0 else "")
        for n in range(14 if seed % 2 else 60)
    ]
    lines = "references: [{value: 50, label: Mean}]}\n  y:"
    page = page_of(rows(*values).replace("unit: hours}\n  y:", f"unit: hours, {lines}"))
    labels = taken_by_labels(page)
    every = dots_of(page, tuple(p for one in chart_of(page).series for p in one.points))
    assert len(labels) >= 8
    for one, other in combinations(labels, 2):
        assert not touch(one, other)
    (line,) = (item for item in items_of(page, "Reference") if isinstance(item, ConnectorItem))
    for label in labels:
        assert not any(touch(label, dot) for dot in every)
        assert not label.x < line.start[0] < label.right


def test_labels_without_room_beside_their_points_are_led_out_or_go_to_the_notes() -> None:
    crowd = [f"name: Long name of point {n}, x: {10 + n / 100}, y: 5" for n in range(12)]
    page = page_of(rows(*crowd, "name: Far, x: 100, y: 50"))
    led = [item for item in items_of(page, "Leader") if isinstance(item, ConnectorItem)]
    notes = " ".join(note.text for note in page.notes)
    assert led
    assert "Note: Not every point is labelled" in words_of(page)
    labelled = {n for n in range(12) if f"Long name of point {n} (" not in notes}
    assert 0 < len(labelled) < 12
    sides = sides_of(chart_of(page))
    drawn = {item.name for item in items_of(page, "Label ")}
    for n in labelled:
        name = f"Long name of point {n}"
        assert (sides[name] != "none") != (f"Label {name}" in drawn)


# -- the file ----------------------------------------------------------------------


def test_the_file_opens_again_with_its_numbers(tmp_path: Path, sdk_validator: Path) -> None:

    path = tmp_path / "deck.pptx"
    sized = ("name: A, x: 4, y: 30, size: 1, group: G", "name: B, x: 12, y: 10, size: 100")
    deck = with_slides("\n".join((rows(*sized, fields=SIZE), lined(*FAR))))
    path.write_bytes(write(scene_of(deck)))
    assert sdk_problems(path, sdk_validator) == []
    bubbles, points = chart_frames(path)
    (plot,) = bubbles.chart.plots
    assert plot.series[0].values == (10, 30)
    xml = bubbles.chart.part.blob.decode()
    assert '<c:sizeRepresents val="area"/>' in xml
    assert "srgbClr" not in xml  # colours are the theme's
    assert cells_of(bubbles.chart) == [
        ["Name", "Stay", "Cranes", "Cargo"], ["B", 12, 10, 100], ["A", 4, 30, 1]
    ]  # fmt: skip
    assert points.chart.category_axis.minimum_scale == 0.1
    assert '<c:logBase val="10"/>' in points.chart.part.blob.decode()
    assert points.chart.value_axis.has_major_gridlines is False


def test_points_come_from_a_file_and_bad_cells_are_told(tmp_path: Path) -> None:
    from deckgen.loader import load

    head = "who,stay,cranes,cargo,side,main\n"
    data = "{file: f.csv, name: who, x: stay, y: cranes, size: cargo, group: side, highlight: main}"
    slide = rows(fields=SIZE).replace("  rows:\n", f"  data: {data}\n")
    path = tmp_path / "deck.yaml"
    path.write_text(with_slides(slide), "utf-8")
    table = tmp_path / "f.csv"
    table.write_text(f"{head}A,4,30,10,North,\nB,8,20,40,South,yes\nC,,5,1,North,\n", "utf-8")
    page = compose(load(path)).pages[0]
    (series,) = chart_of(page).series
    assert [(p.name, p.x, p.y, p.size, p.label_color) for p in series.points] == [
        ("B", 8, 20, 40, "accent"), ("A", 4, 30, 10, "bg")
    ]  # fmt: skip
    assert "Not stated: C (Stay)" in words_of(page)
    table.write_text(f"{head}A,4,30,10,North,\nB,eight,20,40,South,\n", "utf-8")
    with pytest.raises(OutlineError) as told:
        load(path)
    assert str(told.value.problems[0]).startswith(f"{table}:3:2: row 3, column “stay”")


def test_withheld_rows_are_in_neither_chart_nor_workbook() -> None:

    secret = "name: Hidden, x: 7.0125, y: 8.0125, group: Qxzvk, not: guests"
    text = f"audiences: [guests, staff]\n{with_slides(rows(*THREE, secret))}"
    for audience, wanted in (("guests", False), ("staff", True)):
        (frame,) = chart_frames(write(compose(load_text(text, "deck.yaml", audience))))
        cells = {cell for row in cells_of(frame.chart) for cell in row}
        assert ("Hidden" in cells, 7.0125 in cells) == (wanted, wanted)
        assert ("7.0125" in frame.chart.part.blob.decode()) == wanted


@pytest.mark.render
def test_rendered_points_and_bubbles_stand_where_the_plot_says(render_pages: RenderPages) -> None:
    sized = ("name: A, x: 4, y: 30, size: 25", "name: B, x: 12, y: 10, size: 100")
    scene = scene_of(with_slides("\n".join((rows(*sized, fields=SIZE), lined(*FAR)))))
    images = render_pages(write(scene))
    color = scene.theme.color("series1")
    bubbles, points = scene.pages
    chart, plot = chart_of(bubbles), plot_box(chart_item(bubbles))
    for point in chart.series[0].points:
        radius = min(plot.w, plot.h) / 4 / 2 * ((point.size or 0) / 100) ** 0.5
        x, y = place(chart, plot, point.x, point.y)
        for across, up in ((0, 0.9), (0.9, 0), (0, -0.9), (-0.9, 0)):
            assert nearly(images[0], x + across * radius, y + up * radius, color)
        assert not nearly(images[0], x + 1.1 * radius, y, color)
    chart, plot = chart_of(points), plot_box(chart_item(points))
    for x_value, y_value in ((0.4, 30), (12.5, 10), (800, 20)):
        assert nearly(images[1], *place(chart, plot, x_value, y_value), color)


def place(chart: XyChart, plot: Box, x: float, y: float) -> tuple[float, float]:
    """Where a point stands, in EMU."""
    shares = []
    for value, axis in ((x, chart.x_axis), (y, chart.y_axis)):
        low, high = axis.low or 0.0, axis.high or 0.0
        if axis.log:
            value, low, high = log10(value), log10(low), log10(high)
        shares.append((value - low) / (high - low))
    return plot.x + shares[0] * plot.w, plot.bottom - shares[1] * plot.h


def nearly(image: Image.Image, x: float, y: float, color: str) -> bool:
    """Whether the page has a colour at a place in EMU, at 96 dots an inch."""
    seen = image.getpixel((round(x / 9525), round(y / 9525)))
    assert isinstance(seen, tuple)
    wanted = tuple(int(color[n : n + 2], 16) for n in (0, 2, 4))
    return all(abs(a - b) < 12 for a, b in zip(seen, wanted, strict=True))
