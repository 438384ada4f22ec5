"""Flows between nodes go in, a Sankey diagram comes out: ribbons as wide as the flows.

Nodes stand in layers, each one layer after the last that flows into it; a flow that leaves
layers out has a place kept free in each of them (Sugiyama, Tagawa and Toda 1981, dummy
vertices), so that no ribbon lies over a node. Layers are ordered by barycentres, there and
back. Labels stand beside nodes: left of the first layer, right of all others.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from deckgen.figures.plate import (
    Area,
    Lettering,
    Plate,
    Refusal,
    Words,
    rectangle,
    set_middle,
)
from deckgen.formats import Numbers
from deckgen.theme import Theme, mix

BAR = 9.0  # points across, of a node
BESIDE = 6.0  # points between a node and its label
SIZES = (14, 12, 11)
MOST_LINES = 2
OUTER = 0.24  # of the width, for the labels left of the first layer, and right of the last
LEAST_GAP, MOST_MORE = 10.0, 16.0  # points between nodes of a layer, and more if there is room
SWEEPS = 8
RIBBON, LIT_RIBBON = 0.22, 0.42  # share of the colour in a ribbon, over the ground


class Stream(Struct, frozen=True):
    """So much that flows from one node to another."""

    start: str
    end: str
    value: float
    lit: bool = False


class Flow(Struct, frozen=True):
    """Streams in the order in which they are told, with positive values and without circles."""

    streams: tuple[Stream, ...]
    numbers: Numbers


class _Node(Struct):
    """A node, or the place that a stream keeps free in a layer (`stream` from 0, else -1)."""

    name: str
    layer: int
    size: float
    stream: int = -1
    y: float = 0.0


class _Look(Struct, frozen=True):
    """How a flow is set: letters, the labels in lines, where its layers stand, points a unit."""

    bold: Lettering
    labels: dict[str, tuple[str, ...]]
    xs: tuple[float, ...]
    scale: float


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


def draw_flow(chart: Flow, theme: Theme, width: float, height: float) -> Plate | Refusal:
    """The diagram in this width and height, in points."""
    layers = _order(_layers(chart), chart)
    look = _set_look(chart, layers, theme.body_font, width, height)
    if isinstance(look, Refusal):
        return look
    _place(layers, look, height)
    shapes: list[Area | Words] = [*_ribbons(chart, layers, look, theme)]
    words: list[Words] = []
    for number, layer in enumerate(layers):
        for node in layer:
            if node.stream >= 0:
                continue
            x, high = look.xs[number], max(0.75, node.size * look.scale)
            shapes.append(rectangle(x, node.y, BAR, high, theme.color("brand")))
            lines = look.labels[node.name]
            color = theme.color("ink")  # in the middle it stands on ribbons
            side = (x - BESIDE, "right") if number == 0 else (x + BAR + BESIDE, "left")
            words += _label(lines, side[0], node.y + high / 2, look.bold, color, number == 0)
    said = tuple(node.name for layer in layers for node in layer if node.stream < 0)
    face, ground = theme.body_font, theme.color("bg")
    return Plate(width, height, ground, face, (*shapes, *words), said)


def _label(
    lines: Sequence[str], x: float, middle: float, bold: Lettering, color: str, left: bool
) -> list[Words]:
    """A node's name, bold, and its number below or beside, which is the last of the lines."""
    made = set_middle(lines, x, middle, bold, color, "right" if left else "left")
    number = made[-1]
    plain = Words(number.text, number.x, number.y, number.size_pt, color, False, number.align)
    return [*made[:-1], plain]


# -- layers ----------------------------------------------------------------------------


def _layers(chart: Flow) -> list[list[_Node]]:
    """The nodes by layer, with the places that long streams keep free."""
    names = list(dict.fromkeys(n for s in chart.streams for n in (s.start, s.end)))
    depth = dict.fromkeys(names, 0)
    for _ in names:  # as often as the longest way has steps, at most
        for stream in chart.streams:
            depth[stream.end] = max(depth[stream.end], depth[stream.start] + 1)
    last = max(depth.values())
    sinks = set(names) - {stream.start for stream in chart.streams}
    sources = set(names) - {stream.end for stream in chart.streams}
    for name in sinks - sources:  # what ends here ends at the right
        depth[name] = last
    layers: list[list[_Node]] = [[] for _ in range(last + 1)]
    for name in names:
        layers[depth[name]].append(_Node(name, depth[name], _throughput(name, chart)))
    for number, stream in enumerate(chart.streams):
        for layer in range(depth[stream.start] + 1, depth[stream.end]):
            layers[layer].append(_Node("", layer, stream.value, number))
    return layers


def _throughput(name: str, chart: Flow) -> float:
    into = sum(stream.value for stream in chart.streams if stream.end == name)
    out = sum(stream.value for stream in chart.streams if stream.start == name)
    return max(into, out)


def _order(layers: list[list[_Node]], chart: Flow) -> list[list[_Node]]:
    """The layers, each in an order in which few ribbons cross; the largest first at the start."""
    layers = [sorted(layer, key=lambda node: -node.size) for layer in layers]
    best, fewest = layers, _crossings(layers, chart)
    for sweep in range(SWEEPS):
        forth = sweep % 2 == 0
        made = [list(layer) for layer in layers]
        steps = range(1, len(made)) if forth else range(len(made) - 2, -1, -1)
        for number in steps:
            beside = made[number - 1 if forth else number + 1]
            middles = _middles(beside)
            made[number].sort(key=lambda node: _barycentre(node, middles, chart, forth))
        layers = made
        found = _crossings(layers, chart)
        if found < fewest:
            best, fewest = layers, found
    return best


def _middles(layer: Sequence[_Node]) -> dict[tuple[str, int], float]:
    middles, y = {}, 0.0
    for node in layer:
        middles[node.name, node.stream] = y + node.size / 2
        y += node.size
    return middles


def _links(layers: list[list[_Node]], chart: Flow) -> list[list[tuple[int, int, float]]]:
    """Between each two layers: places in the first and in the second, and how much flows."""
    places = [{(node.name, node.stream): n for n, node in enumerate(layer)} for layer in layers]
    depth = {node.name: node.layer for layer in layers for node in layer if node.stream < 0}
    links: list[list[tuple[int, int, float]]] = [[] for _ in layers[1:]]
    for number, stream in enumerate(chart.streams):
        first, last = depth[stream.start], depth[stream.end]
        for layer in range(first, last):
            here = (stream.start, -1) if layer == first else ("", number)
            there = (stream.end, -1) if layer + 1 == last else ("", number)
            links[layer].append((places[layer][here], places[layer + 1][there], stream.value))
    return links


def _crossings(layers: list[list[_Node]], chart: Flow) -> float:
    """How much crosses: for each two ribbons that do, the narrower one's width."""
    total = 0.0
    for links in _links(layers, chart):
        for number, (start, end, value) in enumerate(links):
            for other_start, other_end, other in links[:number]:
                if (start - other_start) * (end - other_end) < 0:
                    total += min(value, other)
    return total


def _barycentre(
    node: _Node, middles: dict[tuple[str, int], float], chart: Flow, forth: bool
) -> float:
    """The mean place of what a node is joined to in the layer before (or after) its own."""
    weight = total = 0.0
    for number, stream in enumerate(chart.streams):
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


# -- places ----------------------------------------------------------------------------


def _set_look(
    chart: Flow, layers: list[list[_Node]], face: str, width: float, height: float
) -> _Look | Refusal:
    """Letters, labels and scale that fit; or what does not fit in the smallest letters."""
    refusal = Refusal("", "")
    for size in SIZES:
        look = _try_look(chart, layers, Lettering(face, size, bold=True), width, height)
        if isinstance(look, _Look):
            return look
        refusal = look
    return refusal


def _try_look(
    chart: Flow, layers: list[list[_Node]], bold: Lettering, width: float, height: float
) -> _Look | Refusal:
    numbers = {
        node.name: chart.numbers.words(node.size)
        for layer in layers for node in layer if node.stream < 0
    }  # fmt: skip
    outer = [_outer(layers[end], numbers, bold, width) for end in (0, -1)]
    left, right = outer[0] + BESIDE, outer[1] + BESIDE
    step = (width - left - right - BAR) / (len(layers) - 1)
    rooms = [outer[0], *(step - BAR - 2 * BESIDE for _ in layers[1:-1]), outer[1]]
    labels: dict[str, tuple[str, ...]] = {}
    for layer, room in zip(layers, rooms, strict=True):
        for node in layer:
            if node.stream >= 0:
                continue
            lines = bold.wrap(node.name, room, MOST_LINES)
            widest = max(bold.width(node.name) / MOST_LINES, bold.width(numbers[node.name]))
            if not lines or bold.width(numbers[node.name]) > room:
                told = f"the label of “{node.name}” takes {widest / 72:.2f} in of width and has"
                hint = "give it a shorter name, or show fewer steps"
                return Refusal(f"{told} {max(0.0, room) / 72:.2f} in", hint)
            labels[node.name] = (*lines, numbers[node.name])
    scale = _find_scale(layers, labels, bold, height)
    if not scale:
        needed = max(_column(layer, labels, bold, 0.0).height for layer in layers)
        told = f"the nodes of one step need {needed / 72:.1f} in and have {height / 72:.1f} in"
        return Refusal(told, "show fewer of them, or add some up")
    xs = tuple(left + number * step for number in range(len(layers)))
    return _Look(bold, labels, xs, scale)


class _Column(Struct, frozen=True):
    """A layer from top to bottom: the labels' overhang, its nodes, the gaps between them."""

    first: float
    sizes: tuple[float, ...]
    gaps: tuple[float, ...]
    last: float

    @property
    def height(self) -> float:
        return self.first + sum(self.sizes) + sum(self.gaps) + self.last


def _column(
    layer: Sequence[_Node], labels: dict[str, tuple[str, ...]], bold: Lettering, scale: float
) -> _Column:
    """A layer at a scale. Labels stand around the middles of their nodes, and keep apart."""
    sizes = [node.size * scale for node in layer]
    words = [len(labels[n.name]) * bold.pitch if n.stream < 0 else 0.0 for n in layer]
    over = [(high - size) / 2 for high, size in zip(words, sizes, strict=True)]
    gaps = [max(LEAST_GAP, over[n] + over[n + 1] + 2) for n in range(len(layer) - 1)]
    return _Column(max(0.0, over[0]), tuple(sizes), tuple(gaps), max(0.0, over[-1]))


def _find_scale(
    layers: list[list[_Node]], labels: dict[str, tuple[str, ...]], bold: Lettering, height: float
) -> float:
    """The most points a unit at which every layer fits, by halving; 0 if none does."""
    low, high = 0.0, height / max(sum(node.size for node in layer) for layer in layers)
    for _ in range(50):
        middle = (low + high) / 2
        if max(_column(layer, labels, bold, middle).height for layer in layers) <= height:
            low = middle
        else:
            high = middle
    return low


def _outer(layer: Sequence[_Node], numbers: dict[str, str], bold: Lettering, width: float) -> float:
    """The width of the labels beside an outer layer."""
    names = [node.name for node in layer if node.stream < 0]
    widest = max(max(bold.width(name), bold.width(numbers[name])) for name in names)
    return min(widest + 1, width * OUTER)


def _place(layers: list[list[_Node]], look: _Look, height: float) -> None:
    """Give each node its top; a layer with room to spare stands in the middle, a little looser."""
    for layer in layers:
        column = _column(layer, look.labels, look.bold, look.scale)
        spare = max(0.0, height - column.height)
        more = min(spare / (len(layer) + 1), MOST_MORE)
        y = column.first + (spare - more * (len(layer) - 1)) / 2
        for node, size, gap in zip(layer, column.sizes, (*column.gaps, 0.0), strict=True):
            node.y = y
            y += size + gap + more


def _ribbons(chart: Flow, layers: list[list[_Node]], look: _Look, theme: Theme) -> list[Area]:
    """A ribbon for each stream, those that carry the message over the others."""
    links: list[tuple[int, _Node, _Node]] = []
    found = {(node.name, node.stream, node.layer): node for layer in layers for node in layer}
    depth = {node.name: node.layer for layer in layers for node in layer if node.stream < 0}
    for number, stream in enumerate(chart.streams):
        way = [found[stream.start, -1, depth[stream.start]]]
        way += [found["", number, n] for n in range(way[0].layer + 1, depth[stream.end])]
        way.append(found[stream.end, -1, depth[stream.end]])
        links += [(number, a, b) for a, b in pairwise(way)]
    values = [chart.streams[number].value for number, _, _ in links]
    leaving = _stack([(a, b) for _, a, b in links], values, look.scale)
    entering = _stack([(b, a) for _, a, b in links], values, look.scale)
    ribbons: list[tuple[bool, Area]] = []
    ground = theme.color("bg")
    for place, (number, start, end) in enumerate(links):
        stream = chart.streams[number]
        x = look.xs[start.layer] + (BAR if start.stream < 0 else 0)
        wide = max(0.5, stream.value * look.scale)
        until = look.xs[end.layer]
        color = (
            mix(ground, theme.color("accent"), LIT_RIBBON)
            if stream.lit
            else mix(ground, theme.color("brand"), RIBBON)
        )
        through = BAR if end.stream >= 0 else 0
        ribbons.append(
            (
                stream.lit,
                _ribbon(x, leaving[place], until, entering[place], wide, color, through, ground),
            )
        )
    return [area for _, area in sorted(ribbons, key=lambda ribbon: ribbon[0])]


def _stack(
    links: Sequence[tuple[_Node, _Node]], values: Sequence[float], scale: float
) -> list[float]:
    """The top of each ribbon at its first node, stacked in the order of the second ones."""
    tops = [0.0] * len(links)
    nodes: dict[int, list[int]] = {}
    for place, (own, _) in enumerate(links):
        nodes.setdefault(id(own), []).append(place)
    for places in nodes.values():
        y = links[places[0]][0].y
        for place in sorted(places, key=lambda n: links[n][1].y):
            tops[place] = y
            y += values[place] * scale
    return tops


def _ribbon(
    x: float, top: float, until: float, end: float, wide: float, color: str, through: float,
    edge: str,
) -> Area:  # fmt: skip
    """A ribbon of a constant height that bends once each way, and goes on straight `through`.

    Its edge, in the colour of the ground, keeps ribbons apart where they cross.
    """
    middle = (x + until) / 2
    steps = (
        ("M", (x, top)),
        ("C", (middle, top, middle, end, until, end)),
        ("L", (until + through, end)),
        ("L", (until + through, end + wide)),
        ("L", (until, end + wide)),
        ("C", (middle, end + wide, middle, top + wide, x, top + wide)),
        ("Z", ()),
    )
    return Area(steps, color, edge, 0.75)
