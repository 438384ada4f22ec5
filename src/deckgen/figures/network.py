"""Nodes and the ties between them go in, a network comes out: discs, arrows, and a label each.

`springs` places the nodes in several ways. Labels stand where they touch neither a node nor one
another. Of all drawings that one is taken in which the fewest arrows cross, touch a node or run
behind a label.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import cos, hypot, pi, sin
from typing import TypeAlias

from msgspec import Struct

from deckgen.figures.plate import (
    Align,
    Area,
    Lettering,
    Plate,
    Refusal,
    Words,
    disc,
    ink_on,
    polygon,
    set_lines,
    set_middle,
    stroke,
)
from deckgen.figures.springs import Spot, place_nodes
from deckgen.theme import Theme

RADIUS = 12.0  # points, of a node
SIZES = (14, 12, 11)
LETTER = 11  # points, of the number in a node
STARTS = 8  # arrangements that are tried
HEAD = 7.0  # points, of an arrow's head
MOST_LINES = 2
WIDEST = 110.0  # points of a line of a label
KEY = 24.0  # points for the key at the foot
WAYS = 24  # in which a label may stand further off its node

Rect: TypeAlias = tuple[float, float, float, float]  # left, top, right, bottom


class Node(Struct, frozen=True):
    """A node: its label, and its rank from 1 (0 is none), which stands in it."""

    name: str
    rank: int = 0
    lit: bool = False


class Tie(Struct, frozen=True):
    """An arrow from one node to another, by their places; dashed for an inference."""

    start: int
    end: int
    dashed: bool = False
    lit: bool = False


class Network(Struct, frozen=True):
    """Nodes and ties. `ranks` name the ranks in the key; `dashed` says what a dashed arrow is."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    ranks: tuple[str, ...] = ()
    dashed: str = ""


class _Label(Struct, frozen=True):
    """A label's place beside its node."""

    lines: tuple[str, ...]
    rect: Rect
    align: Align


def draw_network(chart: Network, theme: Theme, width: float, height: float) -> Plate | Refusal:
    """The network in this width and height, in points."""
    small = Lettering(theme.body_font, LETTER)
    key = _key(chart, theme, small, width, height)
    if isinstance(key, Refusal):
        return key
    depth = height - (KEY if key else 0)
    crowd = _crowd(chart, width, depth)
    if crowd:
        return crowd
    ties = [(tie.start, tie.end) for tie in chart.ties]
    arrangements = [
        place_nodes(len(chart.nodes), ties, start, (width, depth), RADIUS)
        for start in range(STARTS)
    ]
    refusal = Refusal("", "")
    for size in SIZES:
        bold = Lettering(theme.body_font, size, bold=True)
        best = float("inf")
        for spots in arrangements:
            labels = _set_labels(chart, spots, bold, width, depth)
            if isinstance(labels, Refusal):
                refusal = labels
                continue
            found = _tangle(chart, spots) + _hidden(chart, spots, labels)
            if found < best:
                best, shapes = found, [*_paint(chart, spots, labels, bold, theme), *key]
        if best < float("inf"):
            said = (*(node.name for node in chart.nodes), *chart.ranks)
            face, ground = theme.body_font, theme.color("bg")
            return Plate(width, height, ground, face, tuple(shapes), said)
    return refusal


def _crowd(chart: Network, width: float, height: float) -> Refusal | None:
    """Whether there are more nodes than have room, labels and all."""
    room = int(width * height / (80 * 60))
    if len(chart.nodes) <= room:
        return None
    told = f"{len(chart.nodes)} nodes are too many for {width / 72:.1f} × {height / 72:.1f} in"
    return Refusal(f"{told} (at most {room})", "show fewer, or leave the takeaways out")


# -- tangles ---------------------------------------------------------------------------


def _tangle(chart: Network, spots: Sequence[Spot]) -> float:
    """How hard a drawing is to read: arrows that cross, or touch a node that they do not join."""
    total = 0.0
    for number, tie in enumerate(chart.ties):
        start, end = spots[tie.start], spots[tie.end]
        for node, spot in enumerate(spots):
            if node not in (tie.start, tie.end) and _distance(spot, start, end) < RADIUS + 4:
                total += 5
        for other in chart.ties[:number]:
            if not {tie.start, tie.end} & {other.start, other.end}:
                total += _cross(start, end, spots[other.start], spots[other.end])
    return total


def _distance(spot: Spot, start: Spot, end: Spot) -> float:
    """From a place to the nearest point of a line."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy or 1.0
    share = ((spot[0] - start[0]) * dx + (spot[1] - start[1]) * dy) / length
    share = min(1.0, max(0.0, share))
    return hypot(spot[0] - start[0] - share * dx, spot[1] - start[1] - share * dy)


def _cross(a: Spot, b: Spot, c: Spot, d: Spot) -> bool:
    """Whether two lines cross."""

    def side(p: Spot, q: Spot, r: Spot) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


# -- labels ----------------------------------------------------------------------------


def _set_labels(
    chart: Network, spots: Sequence[Spot], bold: Lettering, width: float, height: float
) -> list[_Label] | Refusal:
    """A label for each node; those with the least room choose first."""
    taken: list[Rect] = [
        (x - RADIUS - 2, y - RADIUS - 2, x + RADIUS + 2, y + RADIUS + 2) for x, y in spots
    ]
    lines = [(spots[tie.start], spots[tie.end]) for tie in chart.ties]
    choices = [
        [c for c in _choices(node.name, spot, bold) if _inside(c.rect, width, height)]
        for node, spot in zip(chart.nodes, spots, strict=True)
    ]
    made: dict[int, _Label] = {}
    for _ in chart.nodes:
        open_ = {
            n: [c for c in choices[n] if not any(_meet(c.rect, rect) for rect in taken)]
            for n in range(len(choices)) if n not in made
        }  # fmt: skip
        number = min(open_, key=lambda n: (len(open_[n]), n))
        if not open_[number]:
            name, wide = chart.nodes[number].name, bold.width(chart.nodes[number].name)
            told = f"“{name}” ({wide / 72:.2f} in wide) has room beside its node for no label"
            return Refusal(told, "give it a shorter name, or show fewer nodes", number)
        best = min(open_[number], key=lambda label: sum(_hits(label.rect, a, b) for a, b in lines))
        made[number] = best
        taken.append(best.rect)
    return [made[number] for number in range(len(chart.nodes))]


def _hidden(chart: Network, spots: Sequence[Spot], labels: Sequence[_Label]) -> float:
    """How many arrows run behind labels."""
    ends = [(spots[tie.start], spots[tie.end]) for tie in chart.ties]
    return 2.0 * sum(_hits(label.rect, start, end) for label in labels for start, end in ends)


def _choices(name: str, spot: Spot, bold: Lettering) -> Iterator[_Label]:
    """Places for a label: below, above, right, left of its node, between these, further off."""
    lines = bold.wrap(name, WIDEST, MOST_LINES) or bold.wrap(name, 2 * WIDEST, MOST_LINES)
    if not lines:
        return
    wide, high = max(map(bold.width, lines)) + 1, len(lines) * bold.pitch
    x, y = spot
    gap, slant = RADIUS + 3, RADIUS * 0.8
    yield _Label(lines, (x - wide / 2, y + gap, x + wide / 2, y + gap + high), "center")
    yield _Label(lines, (x - wide / 2, y - gap - high, x + wide / 2, y - gap), "center")
    yield _Label(lines, (x + gap, y - high / 2, x + gap + wide, y + high / 2), "left")
    yield _Label(lines, (x - gap - wide, y - high / 2, x - gap, y + high / 2), "right")
    for top in (y + gap, y - gap - high):
        yield _Label(lines, (x - 4, top, x - 4 + wide, top + high), "left")
        yield _Label(lines, (x + 4 - wide, top, x + 4, top + high), "right")
    for down in (1, -1):
        top = y + slant if down > 0 else y - slant - high
        yield _Label(lines, (x + slant + 4, top, x + slant + 4 + wide, top + high), "left")
        yield _Label(lines, (x - slant - 4 - wide, top, x - slant - 4, top + high), "right")
    # A node with many arrows has room for its label between two of them alone.
    for step in range(3 * WAYS):
        far, angle = gap + (2, 8, 14)[step // WAYS], 2 * pi * step / WAYS
        middle_x = x + cos(angle) * (far + wide / 2)
        middle_y = y + sin(angle) * (far + high / 2)
        left, top = middle_x - wide / 2, middle_y - high / 2
        yield _Label(lines, (left, top, left + wide, top + high), "center")


def _inside(rect: Rect, width: float, height: float) -> bool:
    return rect[0] >= 0 and rect[1] >= 0 and rect[2] <= width and rect[3] <= height


def _meet(one: Rect, other: Rect) -> bool:
    return min(one[2], other[2]) > max(one[0], other[0]) and (
        min(one[3], other[3]) > max(one[1], other[1])
    )


def _hits(rect: Rect, start: Spot, end: Spot) -> bool:
    """Whether a line runs through a label."""
    for step in range(1, 40):
        x = start[0] + (end[0] - start[0]) * step / 40
        y = start[1] + (end[1] - start[1]) * step / 40
        if rect[0] < x < rect[2] and rect[1] < y < rect[3]:
            return True
    return False


# -- painting --------------------------------------------------------------------------


def _paint(
    chart: Network, spots: Sequence[Spot], labels: Sequence[_Label], bold: Lettering, theme: Theme
) -> Iterator[Area | Words]:
    for tie in sorted(chart.ties, key=lambda tie: tie.lit):
        yield from _arrow(spots[tie.start], spots[tie.end], tie, theme)
    for node, spot in zip(chart.nodes, spots, strict=True):
        yield from _disc(node, spot, theme)
    for node, label in zip(chart.nodes, labels, strict=True):
        left, top, right, bottom = label.rect
        # Where an arrow runs behind a label, the label stands on the ground's colour.
        ground = theme.color("bg")
        yield polygon(((left, top), (right, top), (right, bottom), (left, bottom)), ground)
        x = {"left": left, "right": right, "center": (left + right) / 2}[label.align]
        ink = theme.color("accent" if node.lit else "ink")
        yield from set_lines(label.lines, x, top, bold, ink, label.align)


def _disc(node: Node, spot: Spot, theme: Theme) -> Iterator[Area | Words]:
    fill, ink = _node_colors(node, theme)
    line = theme.color("accent") if node.lit else ""
    yield disc(*spot, RADIUS, fill, line, 2.5)
    if node.rank:
        letter = Lettering(theme.body_font, LETTER, bold=True)
        yield from set_middle([f"{node.rank}"], *spot, letter, ink, "center")


def _node_colors(node: Node, theme: Theme) -> tuple[str, str]:
    if node.rank:
        return theme.color(f"tier{node.rank}"), theme.color(f"on_tier{node.rank}")
    return ink_on(theme, theme.color("accent" if node.lit else "brand"))


def _arrow(start: Spot, end: Spot, tie: Tie, theme: Theme) -> Iterator[Area]:
    """A line from edge to edge of two nodes, with a head."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    far = hypot(dx, dy) or 1.0
    dx, dy = dx / far, dy / far
    color = theme.color("accent" if tie.lit else "muted")
    first = (start[0] + dx * (RADIUS + 1), start[1] + dy * (RADIUS + 1))
    tip = (end[0] - dx * (RADIUS + 2), end[1] - dy * (RADIUS + 2))
    foot = (tip[0] - dx * HEAD, tip[1] - dy * HEAD)
    yield stroke((first, foot), color, 2.0 if tie.lit else 1.25, tie.dashed)
    half = HEAD * 0.42
    corners = (
        tip,
        (foot[0] - dy * half, foot[1] + dx * half),
        (foot[0] + dy * half, foot[1] - dx * half),
    )
    yield polygon(corners, color)


def _key(
    chart: Network, theme: Theme, small: Lettering, width: float, height: float
) -> list[Area | Words] | Refusal:
    """What numbers and dashes mean, in a line at the foot."""
    shapes: list[Area | Words] = []
    x, y = 0.0, height - KEY / 2 + 3
    for rank, name in enumerate(chart.ranks, start=1):
        node = Node("", rank)
        fill, ink = _node_colors(node, theme)
        shapes.append(disc(x + 9, y, 9, fill))
        bold = Lettering(small.face, LETTER, bold=True)
        shapes += set_middle([f"{rank}"], x + 9, y, bold, ink, "center")
        shapes += set_middle([name], x + 23, y, small, theme.color("ink2"))
        x += 23 + small.width(name) + 18
    if chart.dashed:
        shapes.append(stroke(((x, y), (x + 26, y)), theme.color("muted"), 1.25, dashed=True))
        shapes += set_middle([chart.dashed], x + 31, y, small, theme.color("ink2"))
        x += 31 + small.width(chart.dashed) + 18
    if x - 18 > width:
        told = f"the key takes {(x - 18) / 72:.1f} in and has {width / 72:.1f} in of width"
        return Refusal(told, "give the tiers `short` names")
    return shapes
