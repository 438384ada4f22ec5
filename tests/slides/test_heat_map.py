from __future__ import annotations

import re

import pytest

from deckgen.figures.heat_map import HeatMap, cell_color, draw_heat_map
from deckgen.figures.plate import Area, Plate, Refusal, Words
from deckgen.figures.press import print_plate
from deckgen.formats import Numbers
from deckgen.theme import load_theme, luminance
from outlines import figure_of, page_of, problems_of, with_slides, words_of

LIGHT, DARK = load_theme("light", 3), load_theme("dark", 3)


def slide(*series: str, categories: str = "[Spring, Summer]", fields: str = "") -> str:
    lines = "".join(f"    - {{{each}}}\n" for each in series)
    head = "- kind: heat-map\n  title: T\n  measure: Quay hours\n  unit: '%'\n  base: 2025\n"
    return f"{head}{fields}  categories: {categories}\n  series:\n{lines}"


TWO = ("name: Quay, values: [40, 95.5]", "name: Jetty, values: [12, ~]")


def chart(*rows: tuple[float | None, ...], name: str = "Row") -> HeatMap:
    names = tuple(f"{name} {number}" for number in range(len(rows)))
    columns = tuple(f"C{number}" for number in range(len(rows[0])))
    return HeatMap(names, columns, rows, Numbers(0))


def fills(plate: Plate | Refusal) -> list[str]:
    assert isinstance(plate, Plate)
    return [shape.fill for shape in plate.shapes if isinstance(shape, Area) and shape.fill]


def printed(plate: Plate | Refusal) -> list[str]:
    assert isinstance(plate, Plate)
    return [shape.text for shape in plate.shapes if isinstance(shape, Words)]


def test_every_number_stands_in_its_cell_and_a_missing_one_is_a_dash() -> None:
    page = page_of(slide(*TWO))
    figure = figure_of(page)
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", figure.svg.decode())
    assert texts == ["Quay", "Jetty", "Spring", "Summer", "40.0", "95.5", "12.0", "—"]
    assert "Quay hours (%; 2025)" in words_of(page)
    assert "Note: — not stated" in words_of(page)
    assert "not stated" not in words_of(page_of(slide(TWO[0])))


def test_alt_text_tells_the_highest_and_the_lowest() -> None:
    rows = (*TWO, "name: Pier, values: [77, 3]")
    alt = figure_of(page_of(slide(*rows))).alt
    told = "Quay, Summer 95.5, Pier, Spring 77.0, Quay, Spring 40.0 and lowest Pier, Summer 3.0"
    assert alt == f"T. Heat map, Quay hours (%; 2025): {told}"


def test_a_higher_number_is_stronger_against_the_ground() -> None:
    made = fills(draw_heat_map(chart((1, 2, 3, 4, 5)), LIGHT, 500, 300))
    assert sorted(map(luminance, made), reverse=True) == list(map(luminance, made))
    assert len(set(made)) == 5
    dark = fills(draw_heat_map(chart((1, 2, 3, 4, 5)), DARK, 500, 300))
    assert sorted(map(luminance, dark)) == list(map(luminance, dark))


def test_mixed_signs_have_a_colour_each_as_strong_as_far_from_zero() -> None:
    known = [-10.0, 0.0, 10.0]
    assert cell_color(10, known, LIGHT) == LIGHT.color("pos")
    assert cell_color(-10, known, LIGHT) == LIGHT.color("neg")
    assert cell_color(0, known, LIGHT) == LIGHT.color("surface2")
    # A loss half as large as the highest gain is half as strong, not the strongest.
    assert cell_color(-5, [-5.0, 10.0], LIGHT) != LIGHT.color("neg")
    assert cell_color(-5, [-5.0, -1.0], LIGHT) == LIGHT.color("neg")


@pytest.mark.parametrize("value", [0.0, 7.0, -7.0, 1e15, 1e-9])
def test_equal_numbers_have_one_colour(value: float) -> None:
    plate = draw_heat_map(chart((value, value), (value, value)), LIGHT, 900, 300)
    assert len(set(fills(plate))) == 1
    assert print_plate(plate).faults == ()


def test_one_cell_does_not_swell_to_fill_the_slide() -> None:
    figure = figure_of(page_of(slide("name: Quay, values: [40]", categories="[Spring]")))
    assert figure.box.h < 1_500_000


def test_long_names_take_a_second_line_then_smaller_letters_then_are_refused() -> None:
    def sizes(words: int) -> set[float]:
        plate = draw_heat_map(chart((1, 2), name="Alpha " * words), LIGHT, 500, 300)
        assert isinstance(plate, Plate)
        return {shape.size_pt for shape in plate.shapes if isinstance(shape, Words)}

    assert [sizes(5), sizes(7), sizes(8)] == [{14}, {12}, {11}]
    refused = draw_heat_map(chart((1, 2), name="Alpha " * 20), LIGHT, 500, 300)
    assert isinstance(refused, Refusal)
    assert re.search(r"takes \d\.\d\d in and has \d\.\d\d in of width", refused.message)


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (chart(*[(1.0, 2.0)] * 60), "60 rows need"),
        (chart(tuple(map(float, range(100, 160)))), "the number 100 is"),
        (chart((1e15,) * 6), "the number 1,000,000,000,000,000 is"),
    ],
)
def test_what_has_no_room_is_refused_with_what_it_needs(made: HeatMap, told: str) -> None:
    refused = draw_heat_map(made, LIGHT, 500, 300)
    assert isinstance(refused, Refusal)
    assert refused.message.startswith(told)
    assert re.search(r"(has|have) \d+\.\d+ in$", refused.message)


def test_a_refusal_stands_at_the_slides_line() -> None:
    values = ", ".join(["1000"] * 60)
    names = ", ".join(f"Month {n}" for n in range(60))
    text = slide(f"name: Quay, values: [{values}]", categories=f"[{names}]")
    (problem,) = problems_of(with_slides(text))
    assert re.match(r"deck.yaml:\d+:\d+: slide “heat-map”: the number 1,000 is", problem)


def test_groups_stand_over_their_columns_with_a_rule() -> None:
    categories = "[{name: A, group: Old}, {name: B, group: Old}, {name: C, group: New}]"
    figure = figure_of(page_of(slide("name: Quay, values: [1, 2, 3]", categories=categories)))
    assert figure.words == ("Quay", "Old", "New", "A", "B", "C")


def test_the_row_that_carries_the_message_is_outlined() -> None:
    made = chart((1, 2), (3, 4))
    plain, lit = made, HeatMap(made.rows, made.columns, made.values, Numbers(0), lit_row=1)
    accent = LIGHT.color("accent")

    def outlines(chart: HeatMap) -> int:
        plate = draw_heat_map(chart, LIGHT, 500, 300)
        assert isinstance(plate, Plate)
        return sum(isinstance(shape, Area) and shape.line == accent for shape in plate.shapes)

    assert (outlines(plain), outlines(lit)) == (0, 1)


def test_the_figure_stands_beside_its_panel_and_stays_in_the_frame() -> None:
    page = page_of(slide(*TWO, fields="  points: [One]\n"))
    head = next(item for item in page.items if item.name == "Panel head")
    figure = figure_of(page)
    assert figure.box.right < head.box.x
    assert figure_of(page_of(slide(*TWO))).box.right > 11_600_000
    assert figure.box.bottom <= 6_000_000


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (slide("name: Quay, values: [1]"), "“Quay” has 1 value for 2 categories"),
        (slide("name: Quay, values: [~, ~]"), "“Quay” has no value at all"),
        (slide(TWO[0], "name: Quay, values: [1, 2]"), "the series “Quay” stands twice"),
        ("- {kind: heat-map, title: T, measure: M, unit: U}", "give `categories` and `series`"),
        ("- {kind: heat-map, title: T, unit: U, categories: [A]}", "`measure` is missing"),
    ],
)
def test_mistakes(text: str, told: str) -> None:
    problems = problems_of(with_slides(text))
    assert any(told in problem for problem in problems)
