"""Flows between nodes go in, a Sankey diagram comes out: ribbons as wide as the flows.

Nodes stand in `layers`. Labels stand beside nodes: left of the first layer, right of all others.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from deckgen.figures.layers import Node, Stream, make_layers
from deckgen.figures.plate import Area, Lettering, Plate, Refusal, Words, rectangle, set_middle
from deckgen.formats import Numbers
from deckgen.theme import Theme, mix

BAR = 9.0  # points across, of a node
BESIDE = 6.0  # points between a node and its label
SIZES = (14, 12, 11)
MOST_LINES = 2
OUTER = 0.24  # of the width, for the labels left of the first layer, and right of the last
LEAST_GAP, MOST_MORE = 10.0, 16.0  # points between nodes of a layer, and more if there is room
RIBBON, LIT_RIBBON = 0.22, 0.42  # share of the colour in a ribbon, over the ground


class Flow(Struct, frozen=True):
    """Streams in the order in which they are told, with positive values and without circles."""

    streams: tuple[Stream, ...]
    numbers: Numbers


class _Look(Struct, frozen=True):
    """How a flow is set: letters, the labels in lines, where its layers stand, points a unit."""

    bold: Lettering
    labels: dict[str, tuple[str, ...]]
    xs: tuple[float, ...]
    scale: float


def draw_flow(chart: Flow, theme: Theme, width: float, height: float) -> Plate | Refusal:
    """The diagram in this width and height, in points."""
    layers = make_layers(chart.streams)
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


# -- places ----------------------------------------------------------------------------


def _set_look(
    chart: Flow, layers: list[list[Node]], face: str, width: float, height: float
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
    chart: Flow, layers: list[list[Node]], bold: Lettering, width: float, height: float
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
    layer: Sequence[Node], labels: dict[str, tuple[str, ...]], bold: Lettering, scale: float
) -> _Column:
    """A layer at a scale. Labels stand around the middles of their nodes, and keep apart."""
    sizes = [node.size * scale for node in layer]
    words = [len(labels[n.name]) * bold.pitch if n.stream < 0 else 0.0 for n in layer]
    over = [(high - size) / 2 for high, size in zip(words, sizes, strict=True)]
    gaps = [max(LEAST_GAP, over[n] + over[n + 1] + 2) for n in range(len(layer) - 1)]
    return _Column(max(0.0, over[0]), tuple(sizes), tuple(gaps), max(0.0, over[-1]))


def _find_scale(
    layers: list[list[Node]], labels: dict[str, tuple[str, ...]], bold: Lettering, height: float
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


def _outer(layer: Sequence[Node], numbers: dict[str, str], bold: Lettering, width: float) -> float:
    """The width of the labels beside an outer layer."""
    names = [node.name for node in layer if node.stream < 0]
    widest = max(max(bold.width(name), bold.width(numbers[name])) for name in names)
    return min(widest + 1, width * OUTER)


def _place(layers: list[list[Node]], look: _Look, height: float) -> None:
    """Give each node its top; a layer with room to spare stands in the middle, a little looser."""
    for layer in layers:
        column = _column(layer, look.labels, look.bold, look.scale)
        spare = max(0.0, height - column.height)
        more = min(spare / (len(layer) + 1), MOST_MORE)
        y = column.first + (spare - more * (len(layer) - 1)) / 2
        for node, size, gap in zip(layer, column.sizes, (*column.gaps, 0.0), strict=True):
            node.y = y
            y += size + gap + more


def _ribbons(chart: Flow, layers: list[list[Node]], look: _Look, theme: Theme) -> list[Area]:
    """A ribbon for each stream, those that carry the message over the others."""
    links: list[tuple[int, Node, Node]] = []
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
    links: Sequence[tuple[Node, Node]], values: Sequence[float], scale: float
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
