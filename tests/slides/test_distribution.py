from __future__ import annotations

import re

import pytest

from deckgen.figures.distribution import (
    Distribution,
    Form,
    Sample,
    density,
    draw_distribution,
    quantile,
)
from deckgen.figures.plate import Area, Plate, Refusal, Words
from deckgen.figures.press import print_plate
from deckgen.formats import Numbers
from deckgen.theme import load_theme
from outlines import figure_of, page_of, problems_of, with_slides, words_of

LIGHT = load_theme("light", 3)
FORMS: list[Form] = ["box", "violin", "ridge"]
TWO = ("name: Quay, values: [10, 20, 30, 40, 50]", "name: Jetty, values: [55, 65, 60, 70, 80]")


def slide(*series: str, key: str = "series", fields: str = "") -> str:
    lines = "".join(f"    - {{{each}}}\n" for each in series)
    head = "- kind: distribution\n  title: T\n  measure: Stay\n  unit: hours\n"
    return f"{head}{fields}  {key}:\n{lines}"


def chart(*series: tuple[float, ...], form: Form = "box", name: str = "Quay") -> Distribution:
    samples = tuple(Sample(f"{name} {n}", values) for n, values in enumerate(series))
    return Distribution(samples, form, Numbers(0), "n", "median")


def drawn(*series: tuple[float, ...], form: Form = "box") -> Plate:
    plate = draw_distribution(chart(*series, form=form), LIGHT, 600, 320)
    assert isinstance(plate, Plate)
    return plate


def texts_of(plate: Plate) -> list[str]:
    return [shape.text for shape in plate.shapes if isinstance(shape, Words)]


def test_quartiles_are_interpolated() -> None:
    # Hyndman and Fan's seventh definition, as numpy and R have it by default.
    assert [quantile([1, 2, 3, 4], share) for share in (0, 0.25, 0.5, 0.75, 1)] == [
        1, 1.75, 2.5, 3.25, 4,
    ]  # fmt: skip
    assert quantile([7], 0.25) == 7


@pytest.mark.parametrize("form", FORMS)
def test_each_series_has_its_median_and_how_many_values_it_has(form: Form) -> None:
    figure = figure_of(page_of(slide(*TWO, fields=f"  form: {form}\n")))
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", figure.svg.decode())
    assert texts[:6] == ["Jetty", "n = 5", "median 65", "Quay", "n = 5", "30"]
    assert texts[6:] == ["0", "20", "40", "60", "80"]
    assert figure.words == ("Jetty n = 5", "Quay n = 5")


def test_the_order_is_that_of_medians_or_as_given() -> None:
    given = figure_of(page_of(slide(*TWO, fields="  order: given\n")))
    assert given.words == ("Quay n = 5", "Jetty n = 5")
    alt = "T. Box plot of 2 series, Stay (hours): Jetty median 65, 55 to 80 and Quay median 30,"
    assert given.alt == f"{alt} 10 to 50"


def test_rows_that_name_one_series_are_its_values() -> None:
    rows = ("name: A, value: 1", "name: B, value: 9", "name: A, value: 3", "name: B")
    figure = figure_of(page_of(slide(*rows, key="rows")))
    assert figure.words == ("B n = 1", "A n = 2")


def test_a_value_far_out_is_a_dot_and_no_part_of_the_whisker() -> None:
    def dots(*values: float) -> int:
        shapes = drawn(values).shapes
        return sum(
            isinstance(shape, Area) and any(step == "C" for step, _ in shape.steps)
            for shape in shapes
        )

    # Quartiles 2 and 4: the whiskers reach to 7 at most.
    assert dots(1, 2, 3, 4, 7) == 0
    assert dots(1, 2, 3, 4, 7.5) == 1


def test_few_values_are_shown_one_by_one_without_a_shape() -> None:
    note = "A box holds the middle half of the values"
    assert note in words_of(page_of(slide(*TWO)))
    few = page_of(slide("name: Quay, values: [1, 2, 3]"))
    assert note not in words_of(few)


def test_a_density_is_highest_where_most_values_are() -> None:
    places = density(sorted([1.0, 5.0, 5.1, 5.2, 5.3, 9.0]))
    assert places[0][0] == 1
    assert places[-1][0] == 9
    assert 4.5 < max(places, key=lambda place: place[1])[0] < 5.7


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "values",
    [
        (3.0,), (0.0,) * 9, (5.0,) * 9, (-4.0, -2.0, -3.0, -9.0, -1.0),
        tuple(n * 1e14 for n in range(1, 10)), tuple(n * 1e-9 for n in range(1, 10)),
        tuple(float(n % 7) for n in range(900)),
    ],
)  # fmt: skip
def test_any_values_give_a_figure_whose_words_have_room(
    form: Form, values: tuple[float, ...]
) -> None:
    assert print_plate(drawn(values, (1.0, 2.0), form=form)).faults == ()


def test_the_axis_begins_at_zero_unless_all_values_are_far_from_it() -> None:
    assert "0" in texts_of(drawn((1, 5, 10, 20, 30)))
    assert "0" not in texts_of(drawn((90, 91, 95, 97, 99)))


def test_what_has_no_room_is_refused_with_what_it_needs() -> None:
    many = draw_distribution(chart(*[(1.0, 2.0)] * 12), LIGHT, 600, 320)
    assert isinstance(many, Refusal)
    assert re.fullmatch(r"12 series need \d\.\d in of height and have 4\.4 in", many.message)
    long = draw_distribution(chart((1.0, 2.0), name="Wharf " * 30), LIGHT, 600, 320)
    assert isinstance(long, Refusal)
    assert "in of width, in at most 2 lines" in long.message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- {kind: distribution, title: T, measure: M, unit: U}", "give either `series`, `rows`"),
        (slide("name: Quay"), "“Quay” has no value at all"),
        (slide(TWO[0], "name: Quay, values: [1]"), "the series “Quay” stands twice"),
        (slide("values: [1]"), "give either `name` or `company`"),
        (slide("name: Quay, values: [much]"), "wants a number, not “much”"),
        (slide("name: Quay, values: [1, ~]"), "wants a number"),
        (slide("name: Quay", key="rows"), "no row has a `value`"),
        (slide(*[f"name: P{n}, values: [1]" for n in range(13)]), "this is the 13th of 13"),
    ],
)
def test_mistakes(text: str, told: str) -> None:
    problems = problems_of(with_slides(text))
    assert any(told in problem for problem in problems), problems
