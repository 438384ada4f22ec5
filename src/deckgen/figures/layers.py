"""The layers of a flow: streams go in, nodes in layers in which few ribbons cross come out.

Each node stands one layer after the last that flows into it; a stream that leaves layers out has
a place kept free in each of them (Sugiyama, Tagawa and Toda 1981, dummy vertices), so that no
ribbon lies over a node. Layers are ordered by barycentres, there and back.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

SWEEPS = 8


class Stream(Struct, frozen=True):
    """So much that flows from one node to another."""

    start: str
    end: str
    value: float
    lit: bool = False


class Node(Struct):
    """A node, or the place that a stream keeps free in a layer (`stream` from 0, else -1)."""

    name: str
    layer: int
    size: float
    stream: int = -1
    y: float = 0.0


def find_circle(streams: Sequence[Stream]) -> int:
    """The first stream that closes a circle; -1 if there is none."""
    after: dict[str, set[str]] = {}
    for number, stream in enumerate(streams):
        reached, waiting = {stream.end}, [stream.end]
        while waiting:
            for each in sorted(after.get(waiting.pop(), ())):
                if each not in reached:
                    reached.add(each)
                    waiting.append(each)
        if stream.start in reached:
            return number
        after.setdefault(stream.start, set()).add(stream.end)
    return -1


def make_layers(streams: Sequence[Stream]) -> list[list[Node]]:
    """The layers of the nodes that streams without circles join, from the left to the right."""
    return _order(_layers(streams), streams)


def _layers(streams: Sequence[Stream]) -> list[list[Node]]:
    """The nodes by layer, with the places that long streams keep free."""
    names = list(dict.fromkeys(n for one in streams for n in (one.start, one.end)))
    depth = dict.fromkeys(names, 0)
    for _ in names:  # as often as the longest way has steps, at most
        for stream in streams:
            depth[stream.end] = max(depth[stream.end], depth[stream.start] + 1)
    last = max(depth.values())
    sinks = set(names) - {stream.start for stream in streams}
    sources = set(names) - {stream.end for stream in streams}
    for name in sinks - sources:  # what ends here ends at the right
        depth[name] = last
    layers: list[list[Node]] = [[] for _ in range(last + 1)]
    for name in names:
        layers[depth[name]].append(Node(name, depth[name], _throughput(name, streams)))
    for number, stream in enumerate(streams):
        for layer in range(depth[stream.start] + 1, depth[stream.end]):
            layers[layer].append(Node("", layer, stream.value, number))
    return layers


def _throughput(name: str, streams: Sequence[Stream]) -> float:
    into = sum(stream.value for stream in streams if stream.end == name)
    out = sum(stream.value for stream in streams if stream.start == name)
    return max(into, out)


def _order(layers: list[list[Node]], streams: Sequence[Stream]) -> list[list[Node]]:
    """The layers, each in an order in which few ribbons cross; the largest first at the start."""
    layers = [sorted(layer, key=lambda node: -node.size) for layer in layers]
    best, fewest = layers, _crossings(layers, streams)
    for sweep in range(SWEEPS):
        forth = sweep % 2 == 0
        made = [list(layer) for layer in layers]
        steps = range(1, len(made)) if forth else range(len(made) - 2, -1, -1)
        for number in steps:
            beside = made[number - 1 if forth else number + 1]
            middles = _middles(beside)
            made[number].sort(key=lambda node: _barycentre(node, middles, streams, forth))
        layers = made
        found = _crossings(layers, streams)
        if found < fewest:
            best, fewest = layers, found
    return best


def _middles(layer: Sequence[Node]) -> dict[tuple[str, int], float]:
    middles, y = {}, 0.0
    for node in layer:
        middles[node.name, node.stream] = y + node.size / 2
        y += node.size
    return middles


def _links(
    layers: list[list[Node]], streams: Sequence[Stream]
) -> list[list[tuple[int, int, float]]]:
    """Between each two layers: places in the first and in the second, and how much flows."""
    places = [{(node.name, node.stream): n for n, node in enumerate(layer)} for layer in layers]
    depth = {node.name: node.layer for layer in layers for node in layer if node.stream < 0}
    links: list[list[tuple[int, int, float]]] = [[] for _ in layers[1:]]
    for number, stream in enumerate(streams):
        first, last = depth[stream.start], depth[stream.end]
        for layer in range(first, last):
            here = (stream.start, -1) if layer == first else ("", number)
            there = (stream.end, -1) if layer + 1 == last else ("", number)
            links[layer].append((places[layer][here], places[layer + 1][there], stream.value))
    return links


def _crossings(layers: list[list[Node]], streams: Sequence[Stream]) -> float:
    """How much crosses: for each two ribbons that do, the narrower one's width."""
    total = 0.0
    for links in _links(layers, streams):
        for number, (start, end, value) in enumerate(links):
            for other_start, other_end, other in links[:number]:
                if (start - other_start) * (end - other_end) < 0:
                    total += min(value, other)
    return total


def _barycentre(
    node: Node, middles: dict[tuple[str, int], float], streams: Sequence[Stream], forth: bool
) -> float:
    """The mean place of what a node is joined to in the layer before (or after) its own."""
    weight = total = 0.0
    for number, stream in enumerate(streams):
        if node.stream >= 0:
            mine = number == node.stream
        else:
            mine = (stream.end if forth else stream.start) == node.name
        if not mine:
            continue
        beside = ((stream.start if forth else stream.end), -1)
        place = middles.get(beside, middles.get(("", number)))
        if place is not None:
            weight, total = weight + stream.value, total + stream.value * place
    return total / weight if weight else 0.0
