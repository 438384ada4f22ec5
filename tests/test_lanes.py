from __future__ import annotations

from itertools import combinations, pairwise
from random import Random

import pytest

from deckgen.arrange import set_apart
from deckgen.parts.lanes import draw
from deckgen.parts.routes import Drawing, Field, Link, Node, Route
from deckgen.units import inches

Point = tuple[int, int]
ROWS = tuple((inches(1 + 1.2 * lane), inches(1.56 + 1.2 * lane)) for lane in range(6))


def node(id: str, lane: int, width: float = 1.5) -> Node:
    return Node(id, lane, inches(width))


def field(lanes: int) -> Field:
    return Field(inches(2.5), inches(9.3), ROWS[:lanes])


def corners(route: Route) -> list[Point]:
    """The points of a route, as a connector draws it."""
    (x1, y1), (x2, y2) = route.start, route.end
    if x1 == x2 or y1 == y2:
        return [route.start, route.end]
    y = round(y1 + route.turn * (y2 - y1))
    return [route.start, (x1, y), (x2, y), route.end]


def touches_inside(a: Point, b: Point, box: tuple[int, int, int, int]) -> bool:
    """Whether the line from a to b runs through the inside of a box (left, top, right, bottom)."""
    left, top, right, bottom = box
    (x1, x2), (y1, y2) = sorted((a[0], b[0])), sorted((a[1], b[1]))
    return x1 < right and left < x2 + 1 and y1 < bottom and top < y2 + 1


def run_through(nodes: list[Node], links: list[Link], drawing: Drawing, field: Field) -> list[str]:
    """Each link with a node that it runs through, though it is neither of its ends."""
    found = []
    for link, route in zip(links, drawing.routes, strict=True):
        for other in nodes:
            if other.id in (link.start, link.end):
                continue
            x, (top, bottom) = drawing.centers[other.id], field.rows[other.lane]
            box = (x - other.width // 2, top, x + other.width // 2, bottom)
            if any(touches_inside(a, b, box) for a, b in pairwise(corners(route))):
                found.append(f"{link.start}-{link.end} through {other.id}")
    return found


def shared_length(one: Route, other: Route) -> int:
    """How far two routes run on top of each other, in EMU."""
    total = 0
    for a, b in pairwise(corners(one)):
        for c, d in pairwise(corners(other)):
            for along, across in ((0, 1), (1, 0)):
                if a[across] == b[across] == c[across] == d[across]:
                    low = max(min(a[along], b[along]), min(c[along], d[along]))
                    high = min(max(a[along], b[along]), max(c[along], d[along]))
                    total += max(0, high - low)
    return total


def some_graph(seed: int) -> tuple[list[Node], list[Link], Field]:
    chance = Random(seed)
    lanes = chance.randint(2, 6)
    nodes = [node(f"{lane}{n}", lane) for lane in range(lanes) for n in range(chance.randint(1, 3))]
    pairs = [(a, b) for a in nodes for b in nodes if a.lane > b.lane]
    chosen = chance.sample(pairs, min(len(pairs), chance.randint(2, 9)))
    return nodes, [Link(a.id, b.id) for a, b in chosen], field(lanes)


@pytest.fixture(scope="module")
def drawn() -> list[tuple[list[Node], list[Link], Field, Drawing]]:
    graphs = [some_graph(seed) for seed in range(24)]
    return [(*graph, draw(*graph)) for graph in graphs]


def test_a_sound_drawing_can_be_read(
    drawn: list[tuple[list[Node], list[Link], Field, Drawing]],
) -> None:
    sound = [drawing for drawing in drawn if drawing[3].sound]
    assert len(sound) >= 22
    for nodes, links, room, drawing in sound:
        assert run_through(nodes, links, drawing, room) == []
        routes = zip(links, drawing.routes, strict=True)
        for (one, first), (other, second) in combinations(routes, 2):
            if not {one.start, one.end} & {other.start, other.end}:
                assert shared_length(first, second) == 0, f"{one} on {other}"
        for each in nodes:
            x = drawing.centers[each.id]
            assert room.left <= x - each.width // 2
            assert x + each.width // 2 <= room.right


def test_routes_are_glued_to_their_nodes() -> None:
    nodes = [node("top", 0), node("left", 1), node("right", 1), node("low", 2)]
    links = [Link("low", "left"), Link("low", "top"), Link("top", "right"), Link("left", "right")]
    room = field(3)
    drawing = draw(nodes, links, room)
    up, long, down, level = drawing.routes
    x = drawing.centers
    assert up.start == (x["low"], room.rows[2][0])
    assert up.end == (x["left"], room.rows[1][1])
    assert (up.start_site, up.end_site) == (0, 2)
    assert long.end == (x["top"], room.rows[0][1])
    assert down.start == (x["top"], room.rows[0][1])
    assert down.end == (x["right"], room.rows[1][0])
    assert (down.start_site, down.end_site) == (2, 0)
    assert level.start[1] == level.end[1] == sum(room.rows[1]) // 2
    assert {level.start_site, level.end_site} == {1, 3}


def test_a_provider_stands_over_its_only_dependant() -> None:
    nodes = [node("a", 0), node("b", 0), node("c", 1), node("d", 1)]
    drawing = draw(nodes, [Link("d", "a"), Link("c", "b")], field(2))
    assert drawing.centers["d"] == drawing.centers["a"]
    assert drawing.centers["c"] == drawing.centers["b"]
    assert drawing.crossings == 0


def test_what_cannot_be_drawn_is_not_called_sound() -> None:
    nodes = [node("a", 0), *(node(f"m{n}", 1, 1.6) for n in range(4)), node("z", 2, 6.4)]
    drawing = draw(nodes, [Link("z", "a")], field(3))
    assert not drawing.sound  # four nodes fill the lane between


def test_the_same_input_gives_the_same_drawing() -> None:
    assert draw(*some_graph(3)) == draw(*some_graph(3))


def test_set_apart_keeps_gaps_bounds_and_order() -> None:
    places = set_apart([5, 5, 5.5], [2, 2], [1, 1, 1], [9, 9, 9])
    assert places == pytest.approx([5.1666667 - 2, 5.1666667, 5.1666667 + 2])
    assert set_apart([0, 0], [3], [1, 1], [9, 9]) == [1, 4]
    assert set_apart([9, 9], [3], [1, 1], [9, 9]) == [6, 9]
    assert set_apart([2, 7], [3], [1, 1], [9, 9]) == [2, 7]
