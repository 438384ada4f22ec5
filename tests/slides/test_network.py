from __future__ import annotations

import re
from itertools import combinations

import pytest

from deckgen.figures.network import Network, Node, Tie, draw_network
from deckgen.figures.plate import Area, Lettering, Plate, Refusal, Words
from deckgen.figures.press import print_plate
from deckgen.scene import Page
from deckgen.theme import load_theme
from outlines import ANALYSIS, figure_of, page_of, problems_of, with_slides

LIGHT = load_theme("light", 3)
PLAIN = "- {kind: network, title: T}"


def slide(*edges: str, fields: str = "") -> str:
    lines = "".join(f"    - {{{edge}}}\n" for edge in edges)
    return f"- kind: network\n  title: T\n{fields}  edges:\n{lines}"


def texts_of(page: Page) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", figure_of(page).svg.decode())


def star(count: int, name: str = "Line") -> Network:
    nodes = tuple(Node(f"{name} {n}") for n in range(count))
    return Network(nodes, tuple(Tie(n, 0) for n in range(1, count)))


def discs(plate: Plate) -> list[tuple[float, float]]:
    """The middles of the nodes."""
    found = []
    for shape in plate.shapes:
        if isinstance(shape, Area) and any(step == "C" for step, _ in shape.steps):
            (_, (right, y)) = shape.steps[0]
            found.append((right - 12, y))
    return found


def test_the_analysis_gives_its_dependencies_with_the_ranks_of_who_has_them() -> None:
    page = page_of(PLAIN)
    assert figure_of(page).words[:3] == ("Alpha", "Gamma", "Everyone else")
    assert "Beta" not in figure_of(page).words  # depends on nobody, and nobody on it
    assert texts_of(page)[:3] == ["1", "2", "3"]
    assert texts_of(page)[-6:] == ["1", "Owners", "2", "Operators", "3", "Shippers"]
    assert figure_of(page).alt == (
        "T. Network of 3 nodes and 2 arrows; most lead to Alpha 1 and Gamma 1"
    )


def test_an_inference_is_dashed_and_the_key_says_so() -> None:
    assert "Inference" not in texts_of(page_of(PLAIN))
    inferred = ANALYSIS.replace("for: handling}", "for: handling, inference: true}")
    assert texts_of(page_of(PLAIN, inferred))[-1] == "Inference"


def test_own_edges_may_name_companies_by_id_and_others_by_name() -> None:
    page = page_of(slide("from: gamma, to: alpha", "from: Customs, to: alpha"))
    assert figure_of(page).words[:3] == ("Gamma", "Alpha", "Customs")
    assert sorted(texts_of(page)[:2]) == ["1", "2"]  # Customs has no rank
    assert "Owners" not in texts_of(page_of(slide("from: A, to: B")))


@pytest.mark.parametrize("count", [2, 3, 8, 16])
def test_nodes_keep_apart_and_labels_touch_neither_nodes_nor_one_another(count: int) -> None:
    plate = draw_network(star(count), LIGHT, 600, 330)
    assert isinstance(plate, Plate)
    assert print_plate(plate).faults == ()
    spots = discs(plate)
    assert len(spots) == count
    for (x, y), (other_x, other_y) in combinations(spots, 2):
        assert ((x - other_x) ** 2 + (y - other_y) ** 2) ** 0.5 > 24
    for words in (shape for shape in plate.shapes if isinstance(shape, Words)):
        half = len(words.text) * 3
        middle = words.x + {"left": half, "center": 0, "right": -half}[words.align]
        assert all(abs(middle - x) > 10 or abs(words.y - 5 - y) > 10 for x, y in spots)


def test_the_label_of_a_hub_lies_on_none_of_its_arrows() -> None:
    plate = draw_network(star(9), LIGHT, 600, 380)
    assert isinstance(plate, Plate)
    (hub,) = (
        shape for shape in plate.shapes if isinstance(shape, Words) and shape.text == "Line 0"
    )
    wide = Lettering(plate.face, hub.size_pt, bold=True).width(hub.text)
    left = hub.x - {"left": 0.0, "center": wide / 2, "right": wide}[hub.align]
    arrows = [shape.steps for shape in plate.shapes if isinstance(shape, Area) and not shape.fill]
    assert len(arrows) == 8
    for steps in arrows:
        (x1, y1), (x2, y2) = (places[:2] for _, places in steps)
        for n in range(101):
            x, y = x1 + (x2 - x1) * n / 100, y1 + (y2 - y1) * n / 100
            assert not (left < x < left + wide and hub.y - hub.size_pt * 0.7 < y < hub.y)


def test_equal_networks_are_drawn_alike() -> None:
    assert draw_network(star(9), LIGHT, 600, 330) == draw_network(star(9), LIGHT, 600, 330)


def test_a_square_is_drawn_without_a_crossing() -> None:
    ties = tuple(Tie(a, b) for a, b in ((0, 1), (1, 2), (2, 3), (3, 0)))
    plate = draw_network(Network(tuple(map(Node, "ABCD")), ties), LIGHT, 600, 330)
    assert isinstance(plate, Plate)
    a, b, c, d = discs(plate)
    diagonals = [(a, c), (b, d)]
    middle = [((p[0] + q[0]) / 2, (p[1] + q[1]) / 2) for p, q in diagonals]
    assert abs(middle[0][0] - middle[1][0]) < 150
    assert abs(middle[0][1] - middle[1][1]) < 150


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (star(60), r"60 nodes are too many for 8\.3 × 4\.6 in \(at most \d+\)"),
        (star(3, "Port authority of the outer harbour and the inner basin, " * 6), "has room"),
    ],
)
def test_what_has_no_room_is_refused(made: Network, told: str) -> None:
    refused = draw_network(made, LIGHT, 600, 330)
    assert isinstance(refused, Refusal)
    assert re.search(told, refused.message)
    assert refused.hint


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- {kind: network, title: T, nodes: [A, B]}", "there are `nodes` but no `edges`"),
        (slide("from: A, to: A"), "“A” is tied to itself"),
        (slide("from: A, to: C", fields="  nodes: [A, B]\n"), "there is no node “C”"),
        (slide("from: A, to: B", fields="  nodes: [A, B, A]\n"), "the node “A” stands twice"),
        (slide(*[f"from: A, to: B{n}" for n in range(45)]), "a network takes 40 nodes, not 46"),
    ],
)
def test_mistakes(text: str, told: str) -> None:
    problems = problems_of(with_slides(text))
    assert any(told in problem for problem in problems), problems


def test_an_analysis_without_dependencies_has_no_network() -> None:
    bare = re.sub(r" +depends_on: .*\n", "", ANALYSIS)
    (problem,) = problems_of(with_slides(PLAIN, bare))
    assert "no dependency is named" in problem
