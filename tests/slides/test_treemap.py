from __future__ import annotations

import re

import pytest

from deckgen.figures.plate import Area, Plate, Words
from deckgen.figures.press import print_plate
from deckgen.figures.treemap import Part, Treemap, draw_treemap, squarify
from deckgen.formats import Numbers
from deckgen.theme import contrast, load_theme
from outlines import figure_of, page_of, problems_of, scene_of, with_slides, words_of

LIGHT = load_theme("light", 3)
THREE = ("name: Quay, value: 40", "name: Jetty, value: 12.5", "name: Pier, value: 7")


def slide(*rows: str, fields: str = "") -> str:
    lines = "".join(f"    - {{{row}}}\n" for row in rows)
    head = "- kind: treemap\n  title: T\n  measure: Rents\n  unit: EUR million\n"
    return f"{head}{fields}  rows:\n{lines}"


def drawn(*parts: Part, width: float = 500, height: float = 320) -> Plate:
    laid = draw_treemap(Treemap(parts, Numbers(1)), LIGHT, width, height)
    assert isinstance(laid.plate, Plate)
    return laid.plate


def areas(plate: Plate) -> list[float]:
    """The areas of the rectangles, in the order in which they are drawn."""
    found = []
    for shape in plate.shapes:
        if isinstance(shape, Area):
            (x, y), _, (right, bottom) = (numbers for _, numbers in shape.steps[:3])
            found.append((right - x) * (bottom - y))
    return found


def test_rectangles_are_those_of_the_paper_that_tells_of_them() -> None:
    # Bruls, Huizing and van Wijk, section 3.1: 6, 6, 4, 3, 2, 2, 1 in a room of 6 by 4.
    places = squarify([6, 6, 4, 3, 2, 2, 1], (0, 0, 6, 4))
    assert places[0] == pytest.approx((0, 0, 3, 2))
    assert places[1] == pytest.approx((0, 2, 3, 2))
    assert places[2] == pytest.approx((3, 0, 4 / (7 / 3), 7 / 3))
    assert sum(w * h for _, _, w, h in places) == pytest.approx(24)


def test_areas_are_as_the_numbers() -> None:
    first, second, third = areas(drawn(Part("A", 40), Part("B", 20), Part("C", 20)))
    assert first / second == pytest.approx(2, rel=0.03)
    assert second == pytest.approx(third, rel=0.03)


def test_areas_can_be_compared_from_group_to_group() -> None:
    groups = [
        (f"{group}{n}", value, group)
        for group, values in (("X", (30, 20)), ("Y", (20, 10)), ("Z", (12, 8)))
        for n, value in enumerate(values)
    ]
    made = areas(drawn(*(Part(name, value, group) for name, value, group in groups)))
    shares = [area / value for area, (_, value, _) in zip(made, groups, strict=True)]
    assert max(shares) / min(shares) < 1.06


def test_every_part_has_its_name_and_number_and_groups_their_heads() -> None:
    rows = (f"{THREE[0]}, group: Old", f"{THREE[1]}, group: Old", f"{THREE[2]}, group: New")
    figure = figure_of(page_of(slide(*rows)))
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", figure.svg.decode())
    assert texts == ["Old", "Quay", "40.0", "Jetty", "12.5", "New", "Pier", "7.0"]
    assert figure.words == ("Old", "Quay", "Jetty", "New", "Pier")
    assert figure.alt == (
        "T. Treemap of 3 parts, Rents (EUR million): "
        "Quay 40.0 (67%), Jetty 12.5 (21%) and Pier 7.0 (12%)"
    )


def test_parts_too_small_for_words_are_listed_in_the_notes() -> None:
    scene = scene_of(with_slides(slide(*THREE, "name: Slipway, value: 0.1")))
    (page,) = scene.pages
    assert "Slipway" not in figure_of(page).svg.decode()
    assert any("Slipway 0.1" in note.text for note in page.notes)
    assert "the part too small for words moved to the notes" in scene.notices[0]


def test_a_missing_number_has_no_area_and_is_noted() -> None:
    page = page_of(slide(*THREE, "name: Slipway"))
    assert "Not stated: Slipway" in words_of(page)
    assert "Slipway" not in figure_of(page).words


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_can_be_read_on_their_rectangles(theme: str) -> None:
    tokens = load_theme(theme, 3)
    parts = tuple(Part(f"P{n}", 2.0**n, lit=n == 3) for n in range(8))
    laid = draw_treemap(Treemap(parts, Numbers(0)), tokens, 600, 320)
    assert isinstance(laid.plate, Plate)
    ground = ""
    for shape in laid.plate.shapes:
        if isinstance(shape, Area):
            ground = shape.fill
        else:
            assert contrast(shape.color, ground) >= 4.5
            assert shape.size_pt >= 11


@pytest.mark.parametrize(
    "values", [[1.0] * 60, [1e15, 1e-9], [1e-9, 2e-9], [float(n) for n in range(1, 41)]]
)
def test_any_numbers_give_a_figure_whose_words_have_room(values: list[float]) -> None:
    plate = drawn(*(Part(f"Quay {n}", value) for n, value in enumerate(values)))
    assert print_plate(plate).faults == ()
    assert any(isinstance(shape, Words) for shape in plate.shapes)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- {kind: treemap, title: T, measure: M, unit: U}", "give `rows`, or `data`"),
        (slide(THREE[0]), "a treemap takes at least 2 numbers, not 1"),
        (slide(*THREE, "name: Slip, value: -3"), "“Slip” is −3, and has no area"),
        (slide(*THREE, "name: Slip, value: 0"), "“Slip” is 0, and has no area"),
        (slide(*THREE, "value: 3"), "give either `name` or `company`"),
        (slide(*[f"name: P{n}, value: 1" for n in range(61)]), "and this is the 61st of 61"),
        (
            slide(*[f"{row}, highlight: true" for row in THREE[:2]]),
            "one at most carries the message",
        ),
        (
            slide(*THREE, f"name: Slip, value: 1, group: {'Long group ' * 20}"),
            "in wide and has",
        ),
    ],
)
def test_mistakes(text: str, told: str) -> None:
    problems = problems_of(with_slides(text))
    assert any(told in problem for problem in problems), problems
