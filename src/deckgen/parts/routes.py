"""Nodes placed in lanes, and links between them, go in; rectangular routes come out.

Pure geometry in EMU: lanes lie one below the other, each node in the row of its lane.
A link leaves a node vertically, runs across once, in the channel between two rows or
through a free part of a row, and enters the other node vertically, so that a route has at
most three parts. Links that share a node may share a part; others never run on top of
each other. Zones count rows and channels: row r is zone 2 r, the channel below it 2 r + 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations

from msgspec import Struct

from deckgen.units import inches

CLEAR = inches(0.16)  # between a route and a node that it passes
TOUCH = inches(0.04)  # routes nearer than this are taken for one


class Node(Struct, frozen=True):
    """A box to be placed in a lane (from 0, the uppermost)."""

    id: str
    lane: int
    width: int


class Link(Struct, frozen=True):
    """An arrow between two nodes."""

    start: str
    end: str


class Field(Struct, frozen=True):
    """Where to draw: the rows of the lanes as (top, bottom) of their nodes, and the sides."""

    left: int
    right: int
    rows: tuple[tuple[int, int], ...]
    gap: int = inches(0.35)  # between neighbours in a row
    track: int = inches(0.13)  # between parallel runs in a channel
    reach: int = inches(0.15)  # from a run to the row below or above it


class Route(Struct, frozen=True):
    """The way of a link: ends, where it turns (0 at the start, 1 at the end), and the
    connection sites that it uses (0 top, 1 left, 2 bottom, 3 right).
    """

    start: tuple[int, int]
    end: tuple[int, int]
    turn: float
    start_site: int
    end_site: int


class Drawing(Struct, frozen=True):
    """Centres of nodes by id, and a route for each link in its order.

    `blocked` counts routes that pass through a node, `overlaid` runs that cannot be told
    apart, `crossings` where routes cross. A drawing is sound if the first two are 0.
    """

    centers: dict[str, int]
    routes: tuple[Route, ...]
    blocked: int
    overlaid: int
    crossings: int

    @property
    def sound(self) -> bool:
        return not (self.blocked or self.overlaid)


class Graph:
    """Nodes and links in a field: what stays the same while places are looked for."""

    def __init__(self, nodes: Sequence[Node], links: Sequence[Link], field: Field) -> None:
        self.nodes = {node.id: node for node in nodes}
        self.links = links
        self.field = field
        self.lanes = range(len(field.rows))
        self.others: dict[str, list[str]] = {node.id: [] for node in nodes}
        for link in links:
            self.others[link.start].append(link.end)
            self.others[link.end].append(link.start)

    def span(self, link: Link) -> tuple[int, int]:
        """The upper and the lower lane of a link."""
        lanes = (self.nodes[link.start].lane, self.nodes[link.end].lane)
        return min(lanes), max(lanes)

    def ends(self, link: Link) -> tuple[str, str]:
        """The upper and the lower node of a link."""
        if self.nodes[link.start].lane <= self.nodes[link.end].lane:
            return link.start, link.end
        return link.end, link.start

    def columns(self, turns: Sequence[int]) -> set[tuple[int, str]]:
        """The lanes that links pass through, each with the node in whose column they do."""
        found = set()
        for link, turn in zip(self.links, turns, strict=True):
            (top, bottom), (upper, lower) = self.span(link), self.ends(link)
            found |= {(lane, upper) for lane in range(top + 1, bottom) if 2 * lane <= turn}
            found |= {(lane, lower) for lane in range(top + 1, bottom) if 2 * lane >= turn}
        return found


class _Wire(Struct, frozen=True):
    """A link in a zone: where it comes in above and goes out below, and whose it is."""

    link: int
    above: int
    below: int
    upper: str
    lower: str

    @property
    def straight(self) -> bool:
        return self.above == self.below

    @property
    def low(self) -> int:
        return min(self.above, self.below)

    @property
    def high(self) -> int:
        return max(self.above, self.below)


def find_routes(
    graph: Graph, centers: Mapping[str, int], turns: Sequence[int]
) -> tuple[tuple[Route, ...], int, int, int]:
    """Routes for all links; how many are overlaid, how often they cross, how many blocked."""
    heights: dict[int, int] = {}
    overlaid = crossings = blocked = 0
    for zone, wires in _zones(graph, centers, turns).items():
        tracks = _tracks(wires)
        ranks, over, crossed = _rank(wires, tracks)
        overlaid, crossings = overlaid + over, crossings + crossed
        places, crowded = _track_heights(graph.field, zone, len(tracks))
        overlaid += crowded
        heights.update({w.link: places[ranks[w.link]] for w in wires if not w.straight})
        if zone % 2 == 0:
            blocked += _count_hits(graph, centers, zone // 2, wires)
    routes = tuple(
        _way(graph, link, centers, heights.get(number)) for number, link in enumerate(graph.links)
    )
    return routes, overlaid, crossings + _level_crossings(graph, centers, turns), blocked


def _zones(
    graph: Graph, centers: Mapping[str, int], turns: Sequence[int]
) -> dict[int, list[_Wire]]:
    """The links as wires through every zone that they pass."""
    zones: dict[int, list[_Wire]] = {}
    for number, link in enumerate(graph.links):
        (top, bottom), (upper, lower) = graph.span(link), graph.ends(link)
        for zone in range(2 * top + 1, 2 * bottom):
            above = centers[upper] if zone <= turns[number] else centers[lower]
            below = centers[upper] if zone < turns[number] else centers[lower]
            wire = _Wire(number, above, below, upper, lower)
            zones.setdefault(zone, []).append(wire)
    return zones


def _track_heights(field: Field, zone: int, count: int) -> tuple[list[int], bool]:
    """Where the tracks of a zone run, the uppermost first, and whether they are too many."""
    row = zone // 2
    if zone % 2 == 0:
        return [sum(field.rows[row]) // 2] * max(1, count), count > 1
    floor, ceiling = field.rows[row + 1][0] - field.reach, field.rows[row][1] + field.reach
    size = (max(1, count) - 1) * field.track
    first = (floor + ceiling - size) // 2
    return [first + rank * field.track for rank in range(max(1, count))], size > floor - ceiling


def _count_hits(graph: Graph, centers: Mapping[str, int], lane: int, wires: Sequence[_Wire]) -> int:
    """How many wires run through or too near to a node of the lane."""
    return sum(
        wire.low - CLEAR * 3 / 4 < centers[node.id] + node.width / 2
        and centers[node.id] - node.width / 2 < wire.high + CLEAR * 3 / 4
        for node in graph.nodes.values() if node.lane == lane
        for wire in wires
    )  # fmt: skip


def _tracks(wires: Sequence[_Wire]) -> list[list[_Wire]]:
    """The wires that run across, on as few tracks as leave every one readable."""
    tracks: list[list[_Wire]] = []
    for wire in sorted((w for w in wires if not w.straight), key=lambda w: (w.low, w.high)):
        for track in tracks:
            if _readable(wire, track):
                track.append(wire)
                break
        else:
            tracks.append([wire])
    return tracks


def _readable(wire: _Wire, track: Sequence[_Wire]) -> bool:
    """Whether a wire on a track touches only such that share one node with it."""
    joined, rest = [wire], list(track)
    grew = True
    while grew:
        touching = [
            other for other in rest
            if any(other.low <= w.high + TOUCH and w.low <= other.high + TOUCH for w in joined)
        ]  # fmt: skip
        grew = bool(touching)
        joined += touching
        rest = [other for other in rest if other not in touching]
    return len({w.upper for w in joined}) == 1 or len({w.lower for w in joined}) == 1


def _rank(
    wires: Sequence[_Wire], tracks: Sequence[Sequence[_Wire]]
) -> tuple[dict[int, int], int, int]:
    """Each link's track, from 0 at the top, in the order that crosses least."""
    best: tuple[int, int] | None = None
    ranks: dict[int, int] = {}
    orders = permutations(range(len(tracks))) if len(tracks) <= 4 else [tuple(range(len(tracks)))]
    for order in orders:
        trial = {w.link: rank for track, rank in zip(tracks, order, strict=True) for w in track}
        faults = _faults(wires, trial)
        if best is None or faults < best:
            best, ranks = faults, trial
        if best == (0, 0):
            break
    over, crossed = best or (0, 0)
    return ranks, over, crossed


def _faults(wires: Sequence[_Wire], ranks: Mapping[int, int]) -> tuple[int, int]:
    """Wires of a channel that lie on each other though they share no node, and crossings."""
    overlaid = crossed = 0
    for wire in wires:
        for other in wires:
            if wire is other:
                continue
            mine, theirs = ranks.get(wire.link), ranks.get(other.link)
            related = wire.upper == other.upper or wire.lower == other.lower
            if mine is not None:  # the run of one against the uprights of the other
                if wire.low + TOUCH < other.above < wire.high - TOUCH:
                    crossed += theirs is None or mine < theirs
                if wire.low + TOUCH < other.below < wire.high - TOUCH and theirs is not None:
                    crossed += mine > theirs
            if related:
                continue
            if abs(wire.above - other.below) < TOUCH:  # one upright goes on in the other
                overlaid += mine is None or theirs is None or theirs < mine
            if wire.link < other.link:
                overlaid += abs(wire.above - other.above) < TOUCH
                overlaid += abs(wire.below - other.below) < TOUCH
    return overlaid, crossed


def _level_crossings(graph: Graph, centers: Mapping[str, int], turns: Sequence[int]) -> int:
    """Columns that pass between two nodes of a lane with a level link."""
    count = 0
    columns = graph.columns(turns)
    for link in graph.links:
        lane, other = graph.span(link)
        if lane == other:
            low, high = sorted((centers[link.start], centers[link.end]))
            count += sum(at == lane and low < centers[id] < high for at, id in columns)
    return count


def _way(graph: Graph, link: Link, centers: Mapping[str, int], height: int | None) -> Route:
    """The route of a link; `height` is where it runs across, None if it does not."""
    rows, nodes = graph.field.rows, graph.nodes
    start, end = nodes[link.start], nodes[link.end]
    x1, x2 = centers[link.start], centers[link.end]
    if start.lane == end.lane:
        y = sum(rows[start.lane]) // 2
        side = 1 if x2 > x1 else -1
        ends = (x1 + side * (start.width // 2), y), (x2 - side * (end.width // 2), y)
        return Route(*ends, 0.5, 3 if side > 0 else 1, 1 if side > 0 else 3)
    up = start.lane > end.lane
    y1, y2 = rows[start.lane][0 if up else 1], rows[end.lane][1 if up else 0]
    turn = 0.5 if height is None else (height - y1) / (y2 - y1)
    return Route((x1, y1), (x2, y2), turn, 0 if up else 2, 2 if up else 0)
