"""Nodes in lanes and links between them go in; places and rectangular routes come out.

A route that turns half way is preferred: LibreOffice draws every glued connector so,
whatever its file says.

Places are found by barycentre (Sugiyama, Tagawa, Toda 1981), then improved by exchanging
neighbours as long as the drawing gets better. The same input gives the same drawing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from random import Random
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from deckgen.arrange import set_apart
from deckgen.parts.routes import CLEAR, TOUCH, Drawing, Field, Graph, Link, Node, find_routes
from deckgen.units import inches

LEVEL_GAP = inches(0.6)  # between nodes with a level link: its arrow must be seen
NEAR = inches(0.22)  # linked nodes this near to one column are put into it
STARTS, MOST_TRIALS = 9, 220  # orders to start from, drawings judged from each

BLOCKED, OVERLAID, CROSSED = 1e6, 1e4, 1e2  # what a fault of a drawing costs
# What else counts, in inches of a run: a bend, a turn that is not half way, and each inch
# that the middle of a lane's nodes stands off the middle of the field.
BENT, UNEVEN, OFF_MIDDLE = 1.0, 20.0, 0.3


# An element of a lane's order: a node, or the column of a node of another lane passing by.
Key: TypeAlias = tuple[int, str]
Orders: TypeAlias = tuple[tuple[str, ...], ...]


def draw(nodes: Sequence[Node], links: Sequence[Link], field: Field) -> Drawing:
    """The best drawing found. Links from a node to itself are not allowed."""
    return _Search(nodes, links, field).run()


def room_needed(nodes: Iterable[Node], gap: int) -> int:
    """The width that a lane's nodes take side by side."""
    widths = [node.width for node in nodes]
    return sum(widths) + gap * max(0, len(widths) - 1)


class _State(Struct, frozen=True):
    """What the search changes: the order in each lane, the zone that each link turns in."""

    orders: Orders
    turns: tuple[int, ...]


class _Row(Struct, frozen=True):
    """What decides the places in a lane: each element's pulls (shares that add up to 1)
    towards others, and how near to one another and to the sides they may stand.
    """

    keys: list[Key]
    pulls: list[list[tuple[Key, float]]]
    weights: list[float]
    gaps: list[float]
    low: list[float]
    high: list[float]


class _Search:
    def __init__(self, nodes: Sequence[Node], links: Sequence[Link], field: Field) -> None:
        self.graph = Graph(nodes, links, field)
        self.nodes, self.links, self.field = self.graph.nodes, links, field
        self.lanes, self.others = self.graph.lanes, self.graph.others
        self.level = {
            frozenset((link.start, link.end))
            for link in links
            if self.graph.span(link)[0] == self.graph.span(link)[1]
        }
        self.trials = 0
        self.known: dict[_State, tuple[Drawing, float]] = {}

    # -- search ------------------------------------------------------------------

    def run(self) -> Drawing:
        best, cost = self._improve(self._first_state(0))
        for start in range(1, STARTS):
            if cost < UNEVEN or (start > 2 and cost < CROSSED):
                break
            drawing, found = self._improve(self._first_state(start))
            if found < cost:
                best, cost = drawing, found
        return best

    def _first_state(self, start: int) -> _State:
        """An order to start from, the author's at first, then barycentre sweeps down and up."""
        chance = Random(start)
        # Links turn in the middle, at the upper end, or at the lower end.
        ways = (
            lambda top, bottom: top + bottom,
            lambda top, _: 2 * top + 1,
            lambda _, b: 2 * b - 1,
        )
        turns = tuple(ways[start % 3](*self.graph.span(link)) for link in self.links)
        lanes = [
            [node.id for node in self.nodes.values() if node.lane == lane] for lane in self.lanes
        ]
        for lane in self.lanes if start > 2 else ():
            chance.shuffle(lanes[lane])
        for sweep in range(4):
            order = self.lanes if sweep % 2 == 0 else reversed(self.lanes)
            for lane in order:
                place = {id: (i + 0.5) / len(ids) for ids in lanes for i, id in enumerate(ids)}
                lanes[lane].sort(key=lambda id: self._barycentre(id, place))
        return self._with_columns(_State(tuple(map(tuple, lanes)), turns), {})

    def _barycentre(self, id: str, place: Mapping[str, float]) -> float:
        linked = [place[other] for other in self.others[id]]
        return sum(linked) / len(linked) if linked else place[id]

    def _with_columns(self, state: _State, centers: Mapping[str, float]) -> _State:
        """The state with each lane's columns in its order: kept, left out or newly put in."""
        columns = self.graph.columns(state.turns)
        width = self.field.right - self.field.left
        place = {
            id: centers.get(id, (index + 0.5) / len(ids) * width)
            for ids in state.orders
            for index, id in enumerate(ids)
            if id in self.nodes
        }
        orders = []
        for lane, ids in enumerate(state.orders):
            order = [id for id in ids if self.nodes[id].lane == lane or (lane, id) in columns]
            for at, id in sorted(columns):
                if at == lane and id not in order:
                    before = [other for other in order if place[other] < place[id]]
                    order.insert(len(before), id)
            orders.append(tuple(order))
        return replace(state, orders=tuple(orders))

    def _improve(self, state: _State) -> tuple[Drawing, float]:
        drawing, cost = self._judge(state)
        better, last = True, self.trials + MOST_TRIALS
        while better and self.trials < last:
            better = False
            for trial in self._neighbours(state, drawing):
                other, found = self._judge(trial)
                if found < cost - 1e-6:
                    state, drawing, cost, better = trial, other, found, True
                    break
        return drawing, cost

    def _neighbours(self, state: _State, drawing: Drawing) -> Iterator[_State]:
        """States that differ by one exchange in a lane, or by where one link turns."""
        for lane, ids in enumerate(state.orders):
            for index in range(len(ids) - 1):
                order = (*ids[:index], ids[index + 1], ids[index], *ids[index + 2 :])
                yield replace(
                    state, orders=(*state.orders[:lane], order, *state.orders[lane + 1 :])
                )
        for index, link in enumerate(self.links):
            top, bottom = self.graph.span(link)
            for turn in range(2 * top + 1, 2 * bottom):
                if turn != state.turns[index]:
                    turns = (*state.turns[:index], turn, *state.turns[index + 1 :])
                    yield self._with_columns(replace(state, turns=turns), drawing.centers)

    def _judge(self, state: _State) -> tuple[Drawing, float]:
        """The drawing of a state, and what its faults and lengths cost."""
        known = self.known.get(state)
        if known is not None:
            return known
        self.trials += 1
        centers = self._place(state)
        routes, overlaid, crossings, blocked = find_routes(self.graph, centers, state.turns)
        blocked += self._count_blocked(centers)
        drawing = Drawing(centers, routes, blocked, overlaid, crossings)
        bent = [route for route in routes if route.start[0] != route.end[0]]
        cost = blocked * BLOCKED + overlaid * OVERLAID + crossings * CROSSED
        cost += sum(abs(route.start[0] - route.end[0]) for route in bent) / inches(1)
        cost += len(bent) * BENT + UNEVEN * sum(abs(route.turn - 0.5) > 0.02 for route in bent)
        cost += OFF_MIDDLE * self._off_middle(centers) / inches(1)
        self.known[state] = drawing, cost
        return drawing, cost

    def _off_middle(self, centers: Mapping[str, int]) -> float:
        """How far the middle of each lane's nodes stands from the middle of the field."""
        middle = (self.field.left + self.field.right) / 2
        lanes = [
            [centers[n.id] for n in self.nodes.values() if n.lane == lane] for lane in self.lanes
        ]
        return sum(abs((min(lane) + max(lane)) / 2 - middle) for lane in lanes if lane)

    # -- places ------------------------------------------------------------------

    def _place(self, state: _State) -> dict[str, int]:
        """Centres of the nodes: linked ones near each other, columns kept free."""
        places: dict[Key, float] = {}
        columns: dict[str, list[Key]] = {}
        width = self.field.right - self.field.left
        for lane, ids in enumerate(state.orders):
            for index, id in enumerate(ids):
                places[lane, id] = self.field.left + (index + 0.5) * width / len(ids)
                if self.nodes[id].lane != lane:
                    columns.setdefault(id, []).append((lane, id))
        rows = [self._row(lane, ids, columns) for lane, ids in enumerate(state.orders)]
        for sweep in range(6):
            for row in rows if sweep % 2 == 0 else reversed(rows):
                wanted = [
                    sum(places[other] * pull for other, pull in pulls) if pulls else places[key]
                    for key, pulls in zip(row.keys, row.pulls, strict=True)
                ]
                settled = set_apart(wanted, row.gaps, row.low, row.high, row.weights)
                places.update(zip(row.keys, settled, strict=True))
        centers = {id: places[node.lane, id] for id, node in self.nodes.items()}
        self._snap(centers, state.orders)
        return self._stretch(centers)

    def _row(self, lane: int, ids: Sequence[str], columns: Mapping[str, list[Key]]) -> _Row:
        pulls, weights = [], []
        for id in ids:
            if self.nodes[id].lane == lane:
                others = [(self.nodes[other].lane, other) for other in self.others[id]]
                own = [(key, 1.0) for key in others if key[0] != lane]
                own += [(key, 3.0) for key in columns.get(id, ())]
            else:
                own = [((self.nodes[id].lane, id), 3.0)]
            total = sum(pull for _, pull in own)
            weights.append(total or 0.05)
            pulls.append([(key, pull / total) for key, pull in own])
        bounds = [self._bounds(id, lane) for id in ids]
        return _Row(
            [(lane, id) for id in ids], pulls, weights, self._gaps(lane, ids),
            [low for low, _ in bounds], [high for _, high in bounds],
        )  # fmt: skip

    def _bounds(self, id: str, lane: int) -> tuple[float, float]:
        half = self.nodes[id].width / 2 if self.nodes[id].lane == lane else 0
        return self.field.left + half, self.field.right - half

    def _gaps(self, lane: int, ids: Sequence[str]) -> list[float]:
        """Least distances between the centres of neighbours in a lane's order."""
        gaps = []
        for left, right in pairwise(ids):
            own = [self.nodes[id].width / 2 for id in (left, right) if self.nodes[id].lane == lane]
            between: float = self.field.gap if len(own) == 2 else CLEAR + TOUCH
            if frozenset((left, right)) in self.level:
                between = max(between, LEVEL_GAP)
            gaps.append(sum(own) + between)
        return gaps

    def _snap(self, centers: dict[str, float], orders: Orders) -> None:
        """Put linked nodes that stand almost in one column into it, so that links are straight."""
        for link in self.links:
            upper, lower = self.graph.ends(link)
            away = centers[upper] - centers[lower]
            if not away or abs(away) > NEAR or self.graph.span(link)[0] == self.graph.span(link)[1]:
                continue
            for mover, other in ((lower, upper), (upper, lower)):
                trial = {**centers, mover: centers[other]}
                alone = sum(abs(centers[o] - centers[mover]) < 1 for o in self.others[mover]) == 0
                if alone and self._stands_free(mover, trial, orders):
                    centers[mover] = centers[other]
                    break

    def _stands_free(self, mover: str, centers: Mapping[str, float], orders: Orders) -> bool:
        """Whether a moved node keeps its distance from its neighbours and the sides."""
        lane = self.nodes[mover].lane
        ids = orders[lane]
        low, high = self._bounds(mover, lane)
        apart = all(
            centers[right] - centers[left] >= gap - CLEAR / 4
            for (left, right), gap in zip(pairwise(ids), self._gaps(lane, ids), strict=True)
            if mover in (left, right)
        )
        return apart and low <= centers[mover] <= high

    def _stretch(self, centers: Mapping[str, float]) -> dict[str, int]:
        """The places spread over the field's width; what stands in one column stays in it."""
        field = self.field
        if not centers:
            return {}
        middle = (min(centers.values()) + max(centers.values())) / 2
        factor, shift = self._widest(centers, middle)
        goal = (field.left + field.right) / 2 + shift
        return {id: round(goal + (x - middle) * factor) for id, x in centers.items()}

    def _widest(self, centers: Mapping[str, float], middle: float) -> tuple[float, float]:
        """The greatest factor up to 2 that keeps all nodes in the field, and a shift for it."""
        half = (self.field.right - self.field.left) / 2
        for step in range(20, 9, -1):
            factor = step / 10
            lefts = [(x - middle) * factor - self.nodes[id].width / 2 for id, x in centers.items()]
            rights = [(x - middle) * factor + self.nodes[id].width / 2 for id, x in centers.items()]
            if max(rights) - min(lefts) <= 2 * half:
                over = max(0.0, -half - min(lefts)) - max(0.0, max(rights) - half)
                return factor, over
        return 1.0, max(0.0, -half - min(lefts)) - max(0.0, max(rights) - half)

    def _count_blocked(self, centers: Mapping[str, int]) -> int:
        """Level links with a node between, nodes that overlap."""
        count = 0
        by_place = sorted(self.nodes.values(), key=lambda node: (node.lane, centers[node.id]))
        for left, right in pairwise(by_place):
            if left.lane == right.lane:
                apart = centers[right.id] - centers[left.id] - (left.width + right.width) / 2
                count += apart < self.field.gap / 2
        index = {node.id: place for place, node in enumerate(by_place)}
        return count + sum(
            abs(index[link.start] - index[link.end]) > 1
            for link in self.links if self.graph.span(link)[0] == self.graph.span(link)[1]
        )  # fmt: skip
