from __future__ import annotations

import re

import pytest

from deckgen.figures.flow import Flow, draw_flow
from deckgen.figures.layers import Stream, find_circle
from deckgen.figures.plate import Area, Plate, Refusal, Words
from deckgen.figures.press import print_plate
from deckgen.formats import Numbers
from deckgen.theme import contrast, load_theme
from outlines import figure_of, page_of, problems_of, with_slides

LIGHT, DARK = load_theme("light", 3), load_theme("dark", 3)
BAR = 9.0
FOUR = (
    "from: Sea, to: Quay, value: 30", "from: Coast, to: Quay, value: 10",
    "from: Quay, to: Rail, value: 24", "from: Quay, to: Road, value: 16",
)  # fmt: skip


def slide(*flows: str, fields: str = "") -> str:
    lines = "".join(f"    - {{{flow}}}\n" for flow in flows)
    head = "- kind: flow\n  title: T\n  measure: Cargo\n  unit: million tonnes\n"
    return f"{head}{fields}  flows:\n{lines}"


def chart(*streams: tuple[str, str, float]) -> Flow:
    return Flow(tuple(Stream(*stream) for stream in streams), Numbers(0))


def drawn(*streams: tuple[str, str, float]) -> Plate:
    plate = draw_flow(chart(*streams), LIGHT, 600, 320)
    assert isinstance(plate, Plate)
    return plate


def bars(plate: Plate) -> list[tuple[float, float, float]]:
    """Left, top and bottom of each node."""
    found = []
    for shape in plate.shapes:
        if isinstance(shape, Area) and shape.fill == LIGHT.color("brand"):
            (x, y), _, (_, bottom) = (numbers for _, numbers in shape.steps[:3])
            found.append((x, y, bottom))
    return found


def test_each_node_has_its_name_and_the_larger_of_what_flows_in_and_out() -> None:
    figure = figure_of(page_of(slide(*FOUR)))
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", figure.svg.decode())
    assert texts == ["Sea", "30", "Coast", "10", "Quay", "40", "Rail", "24", "Road", "16"]
    assert figure.alt == (
        "T. Flow diagram of 4 flows, Cargo (million tonnes): "
        "Sea → Quay 30, Quay → Rail 24 and Quay → Road 16"
    )


def test_nodes_are_as_high_as_what_flows_and_stand_in_layers() -> None:
    sea, coast, quay, rail, road = bars(
        drawn(
            ("Sea", "Quay", 30), ("Coast", "Quay", 10), ("Quay", "Rail", 24), ("Quay", "Road", 16)
        )
    )
    assert sea[0] == coast[0] < quay[0] < rail[0] == road[0]
    heights = [bottom - top for _, top, bottom in (sea, coast, quay, rail, road)]
    unit = heights[2] / 40
    assert heights == pytest.approx([30 * unit, 10 * unit, 40 * unit, 24 * unit, 16 * unit])


def test_a_flow_that_leaves_a_layer_out_passes_beside_its_nodes() -> None:
    plate = drawn(("A", "B", 5), ("B", "C", 5), ("A", "C", 5))
    nodes = bars(plate)
    middle = next(node for node in nodes if node[0] == sorted(nodes)[1][0])
    for shape in plate.shapes:
        if isinstance(shape, Area) and shape.fill != LIGHT.color("brand"):
            for step, numbers in shape.steps:
                x, y = numbers[-2:] if numbers else (0.0, 0.0)
                inside = middle[1] + 0.1 < y < middle[2] - 0.1
                assert not (step == "L" and middle[0] < x <= middle[0] + BAR and inside)


def test_what_ends_ends_at_the_right() -> None:
    plate = drawn(("A", "B", 5), ("B", "C", 4), ("A", "Lost", 1))
    right = max(x for x, _, _ in bars(plate))
    assert sum(x == right for x, _, _ in bars(plate)) == 2


def test_few_ribbons_cross() -> None:
    # Drawn as told, the two would cross; turned round, they do not.
    plate = drawn(("A", "X", 5), ("B", "Y", 4), ("A", "Y", 0.5), ("B", "X", 0.5))
    assert plate.said == ("A", "B", "X", "Y")


def test_a_circle_is_found_and_told_at_its_line() -> None:
    streams = chart(("A", "B", 1), ("B", "C", 1), ("C", "A", 1)).streams
    assert find_circle(streams) == 2
    assert find_circle(streams[:2]) == -1
    (problem,) = problems_of(with_slides(slide(*FOUR, "from: Rail, to: Sea, value: 1")))
    assert "with this flow, what leaves “Rail” comes back to it" in problem
    assert find_circle(chart(("A", "A", 1)).streams) == 0


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_labels_can_be_read_on_any_ribbon(theme: object) -> None:
    streams = (Stream("A", "B", 5, lit=True), Stream("B", "C", 5, lit=True), Stream("B", "D", 2))
    plate = draw_flow(Flow(streams, Numbers(0)), theme, 600, 320)  # type: ignore[arg-type]
    assert isinstance(plate, Plate)
    fills = {shape.fill for shape in plate.shapes if isinstance(shape, Area)}
    fills -= {theme.color("brand")}  # type: ignore[attr-defined]
    inks = {shape.color for shape in plate.shapes if isinstance(shape, Words)}
    assert min(contrast(ink, fill) for ink in inks for fill in fills) >= 4.5


@pytest.mark.parametrize(
    "streams",
    [
        [("A", "B", 1.0)],
        [("A", "B", 1e15), ("A", "C", 1e-9)],
        [(f"A{n}", "B", float(n + 1)) for n in range(8)],
        [("A very long name of a node", f"Another long name {n}", 3.0) for n in range(6)],
    ],
)
def test_any_flows_give_a_figure_whose_labels_have_room(
    streams: list[tuple[str, str, float]],
) -> None:
    assert print_plate(drawn(*streams)).faults == ()


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (chart(*[(f"A{n}", "B", 1.0) for n in range(60)]), "the nodes of one step need"),
        (chart(("Wharf " * 40, "B", 1.0)), "takes"),
    ],
)
def test_what_has_no_room_is_refused_with_what_it_needs(made: Flow, told: str) -> None:
    refused = draw_flow(made, LIGHT, 600, 320)
    assert isinstance(refused, Refusal)
    assert told in refused.message
    assert re.search(r"(has|have) \d+\.\d+ in$", refused.message)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- {kind: flow, title: T, measure: M, unit: U}", "give `flows`, or `data`"),
        (slide(*FOUR, "from: Sea, to: Rail, value: 0"), "this flow is 0, and has no width"),
        (slide(*FOUR, "from: Sea, to: Rail, value: -2"), "this flow is −2, and has no width"),
        (slide(*FOUR, FOUR[0]), "the flow from “Sea” to “Quay” stands twice"),
        (slide(*[f"from: A{n}, to: B, value: 1" for n in range(61)]), "and this is the 61st of 61"),
        (slide("from: Sea, to: Quay"), "`value` is missing"),
    ],
)
def test_mistakes(text: str, told: str) -> None:
    problems = problems_of(with_slides(text))
    assert any(told in problem for problem in problems), problems
