"""Ranges: pairs of values, where they stand, what is refused, and the file that comes out."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from charts import cells_of, chart_as, chart_frames, chart_item
from conftest import RenderPages
from deckgen.scene import Page, RangeChart, RangeRow, TextItem, ValueAxis
from deckgen.theme import load_theme
from deckgen.writers.pptx import write
from deckgen.writers.pptx.chart import write_chart
from outlines import (
    ANALYSIS,
    items_of,
    mistake_in,
    page_of,
    problems_of,
    scene_of,
    with_slides,
    words_of,
)
from validators import sdk_problems

NS = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
FOUR = ("name: A, start: 4, end: 6", "name: B, start: 9, end: 3.5, highlight: true",
        "name: C, start: 5, end: 8", "name: D, start: 7")  # fmt: skip


def slide(*rows: str, fields: str = "") -> str:
    """A slide with a row of each of these fields."""
    lines = "".join(f"    - {{{row}}}\n" for row in rows)
    head = "- kind: range-chart\n  title: T\n  measure: Rent\n  unit: crowns\n"
    return f"{head}  start: 2015\n  end: 2025\n{fields}  rows:\n{lines}"


def chart_of(page: Page) -> RangeChart:
    return chart_as(chart_item(page), RangeChart)


def message(row: int, *rows: str, fields: str = "") -> str:
    """The one mistake of a slide; it must be told at this row, counted from 1, or at the slide."""
    return mistake_in(slide(*rows, fields=fields), row)


def test_rows_are_sorted_by_their_end_by_change_or_as_given() -> None:
    def names(fields: str) -> list[str]:
        return [row.name for row in chart_of(page_of(slide(*FOUR, fields=fields))).rows]

    assert names("") == ["C", "A", "B", "D"]  # 8, 6, 3.5, unknown
    assert names("  order: change\n") == ["C", "A", "B", "D"]  # +3, +2, -5.5, unknown
    assert names("  order: given\n") == ["A", "B", "C", "D"]


def test_both_values_are_labelled_and_one_row_is_the_message() -> None:
    rows = {row.name: row for row in chart_of(page_of(slide(*FOUR))).rows}
    assert (rows["B"].start_label, rows["B"].end_label) == ("9.0", "3.5")
    assert (rows["B"].fill, rows["B"].stroke) == ("accent", "accent")
    assert (rows["A"].fill, rows["A"].stroke) == ("brand", "brand_soft")


def test_a_missing_value_is_noted_and_has_no_label() -> None:
    page = page_of(slide(*FOUR))
    row = chart_of(page).rows[3]
    assert (row.end, row.end_label) == (None, "")
    assert "Note: Not stated: D (2025)" in words_of(page)


def test_names_stand_level_with_their_rows() -> None:
    page = page_of(slide(*FOUR, fields="  points: [One]\n"))
    box, count = chart_item(page).box, 4
    names = [item for item in items_of(page, "Row ") if isinstance(item, TextItem)]
    assert [name.body.text for name in names] == ["C", "A", "B", "D"]
    for index, name in enumerate(names):
        middle = name.box.y + name.box.h / 2
        assert abs(middle - (box.y + (index + 0.5) * box.h / count)) < 2
        assert name.box.right == box.x
    assert box.right < items_of(page, "Panel head")[0].box.x
    assert items_of(page, "Key 2015")[0].box.bottom < box.y


@pytest.mark.parametrize("values", [(4, 6), (-5e14, 1e15), (7, 7), (0.001, 0.002)])
def test_the_axis_leaves_room_for_the_labels(values: tuple[float, float]) -> None:
    low, high = values
    rows = [f"name: R{n}, start: {low:f}, end: {high:f}" for n in range(3)]
    page = page_of(slide(*rows))
    chart, width = chart_of(page), chart_item(page).box.w
    start, end = chart.axis.low, chart.axis.high
    assert start is not None
    assert end is not None
    # .16 inches of air, and at least .07 inches for a digit of 12 points
    least = 914_400 * (0.16 + 0.07 * len(chart.rows[0].end_label.replace(",", "")))
    assert (low - start) / (end - start) * width > least
    assert (end - high) / (end - start) * width > least


def test_a_range_is_a_bar_from_low_to_high() -> None:
    rows = ("name: A, start: 4, end: 6", "name: B, start: 1, end: 9", "name: C, start: 2, end: 3")
    page = page_of(slide(*rows, fields="  form: range\n"))
    chart = chart_of(page)
    assert chart.dot_pt == 0
    assert chart.stroke_pt > 10
    assert "2015 – 2025" in words_of(page)
    told = message(1, "name: A, start: 6, end: 4", *rows[1:], fields="  form: range\n")
    assert told.startswith("“A” begins at 6, above its end 4; exchange them")


def test_equal_values_are_labelled_once_and_marked_where_bars_would_have_no_length() -> None:
    rows = ("name: A, start: 4, end: 4", "name: B, start: 1, end: 9", "name: C, start: 2, end: 3")
    chart = chart_of(page_of(slide(*rows, fields="  form: range\n  order: given\n")))
    assert (chart.rows[0].start_label, chart.rows[0].end_label) == ("", "4")
    root = ElementTree.fromstring(write_chart(chart, load_theme("light", 3), "en-GB")[0])
    marked = [
        pt.get("idx")
        for one in root.findall(".//c:ser", NS) if one.find("c:marker/c:size", NS) is not None
        for pt in one.findall("c:yVal//c:pt", NS)
    ]  # fmt: skip
    assert marked == ["0", "0"]


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ("name: E, start: much, end: 2", "`start` wants a number, not “much”"),
        ("name: E, start: .nan, end: 2", "`start` wants a number"),
        ("name: E, start: 1e300, end: 2", "numbers go from"),
        ("name: a, start: 1, end: 2", "the row “a” stands twice"),
    ],
)
def test_bad_rows_are_told_at_their_lines(bad: str, told: str) -> None:
    assert told in message(5, *FOUR, bad)


def test_what_is_no_range_is_refused_at_its_line() -> None:
    three = FOUR[:1] + FOUR[2:]
    assert message(0, *three[:2]).startswith("a range chart takes at least 3 rows, not 2")
    many = [f"name: R{n}, start: 1, end: {n}" for n in range(16)]
    assert message(16, *many).startswith("a range chart takes 15 rows, and this is number 16")
    assert message(4, *three, "name: E").startswith("“E” has no `start` or `end`")
    lone = [f"name: R{n}, start: 1" for n in range(3)]
    assert message(0, *lone).startswith("no row has both `start` and `end`")
    long = "name: " + "Harbour board of the northern quays " * 4 + ", start: 1, end: 2"
    assert "beside its row" in message(1, long, *three)
    (told,) = problems_of(with_slides(slide().replace("rows:", "rows: []")))
    assert "give `rows`; the numbers are missing" in told


def test_dots_lie_over_lines_in_either_program() -> None:
    """PowerPoint goes by `c:order`, LibreOffice by the place in the file, backwards."""
    rows = (RangeRow("a", 1, 2), RangeRow("b", 1, 2), RangeRow("c", None, 3, fill="accent"))
    xml = write_chart(RangeChart("2015", "2025", rows, ValueAxis(0, 4)), load_theme("light", 3),
                      "en-GB")[0]  # fmt: skip
    series = ElementTree.fromstring(xml).findall(".//c:ser", NS)
    marked = [one.find("c:marker/c:symbol", NS) for one in series]
    assert [m is not None and m.get("val") for m in marked] == [
        "circle", "circle", "circle", "none", "none"
    ]  # fmt: skip
    orders = [order.get("val") for one in series for order in one.findall("c:order", NS)]
    assert orders == ["4", "3", "2", "0", "1"]
    lines = [one for one in series if one.find("c:spPr/a:ln/a:solidFill", NS) is not None]
    assert [one.findtext("c:xVal//c:f", "", NS) for one in lines] == [
        "Sheet1!$B$2:$C$2", "Sheet1!$B$3:$C$3"
    ]  # fmt: skip


def test_labels_stand_outside_their_pair() -> None:
    rows = (RangeRow("up", 1, 2, "1", "2"), RangeRow("down", 2, 1, "two", "one"))
    xml = write_chart(RangeChart("s", "e", rows, ValueAxis(0, 4)), load_theme("light", 3),
                      "en-GB")[0]  # fmt: skip
    labels = ElementTree.fromstring(xml).findall(".//c:dLbl", NS)
    sides = {}
    for label in labels:
        place = label.find("c:dLblPos", NS)
        assert place is not None
        sides[label.findtext(".//a:t", "", NS)] = place.get("val")
    assert sides == {"1": "l", "2": "r", "two": "r", "one": "l"}


def test_the_file_opens_again_with_its_numbers(tmp_path: Path, sdk_validator: Path) -> None:
    path = tmp_path / "deck.pptx"
    path.write_bytes(write(scene_of(with_slides(slide(*FOUR)))))
    assert sdk_problems(path, sdk_validator) == []
    (frame,) = chart_frames(path)
    assert cells_of(frame.chart) == [
        [None, "2015", "2025"],
        ["C", 5, 8],
        ["A", 4, 6],
        ["B", 9, 3.5],
        ["D", 7, None],
    ]


def test_the_dark_theme_and_german_numbers() -> None:
    text = f"language: de\ntheme: dark\n{ANALYSIS}"
    (page,) = scene_of(with_slides(slide(*FOUR), text)).pages
    row = chart_of(page).rows[2]
    assert (row.start_label, row.end_label) == ("9,0", "3,5")


@pytest.mark.render
def test_rendered_dots_are_whole_and_joined(render_pages: RenderPages) -> None:
    """A line joins each pair, and a dot keeps its colour where the line runs under it."""
    scene = scene_of(with_slides(slide("name: A, start: 2, end: 8", *FOUR[1:3])))
    box, chart = chart_item(scene.pages[0]).box, chart_of(scene.pages[0])
    (image,) = render_pages(write(scene))
    low, high = chart.axis.low or 0.0, chart.axis.high or 0.0
    for index, row in enumerate(chart.rows):
        y = box.y + (index + 0.5) * box.h / len(chart.rows)
        first, last = row.start, row.end
        for value, other, fill in ((first, last, chart.start_fill), (last, first, row.fill)):
            assert value is not None
            assert other is not None
            inwards = 4 * 9525 * (1 if other > value else -1)  # a dot is 17 pixels wide
            x = box.x + (value - low) / (high - low) * box.w + inwards
            assert nearly(image, x, y, scene.theme.color(fill)), (row.name, value)
        assert first is not None
        assert last is not None
        middle = box.x + ((first + last) / 2 - low) / (high - low) * box.w
        assert nearly(image, middle, y, scene.theme.color(row.stroke)), row.name


def nearly(image: Image.Image, x: float, y: float, color: str) -> bool:
    """Whether the page has a colour at a place in EMU, at 96 dots an inch."""
    seen = image.getpixel((round(x / 9525), round(y / 9525)))
    assert isinstance(seen, tuple)
    wanted = tuple(int(color[n : n + 2], 16) for n in (0, 2, 4))
    return all(abs(a - b) < 12 for a, b in zip(seen, wanted, strict=True))
