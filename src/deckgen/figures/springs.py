"""The places of nodes that ties pull together: a count and pairs go in, places come out.

Nodes are placed by springs (Fruchterman and Reingold 1991): all push each other away, ties
pull. They start from a circle, in the order in which they are told or in another, without
chance. Then the places are stretched over the room. Lengths are points.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, gcd, hypot, pi, sin, sqrt
from typing import TypeAlias

APART = 3.2  # radii between the middles of nodes, at least
ROUNDS = 160  # of the springs

Spot: TypeAlias = tuple[float, float]


def place_nodes(
    count: int, ties: Sequence[tuple[int, int]], start: int, room: tuple[float, float],
    radius: float,
) -> list[Spot]:  # fmt: skip
    """A place for each of `count` nodes of a radius, within a width and height, from 0 on.

    `ties` are pairs of nodes; `start` is the number of the order in which they stand at first,
    which leads to another drawing.
    """
    return _spread(_relax(count, ties, start, *room), *room, radius)


def _relax(
    count: int, ties: Sequence[tuple[int, int]], start: int, width: float, height: float
) -> list[Spot]:
    """Springs from a circle on which nodes stand in one of several orders."""
    # Steps of a length that has no factor in common with the circle reach each of its places.
    step = next(n for n in range(start + 1, start + 1 + count) if gcd(n, count) == 1)
    spots = [(0.0, 0.0)] * count
    for place in range(count):
        angle = 2 * pi * place / count + start * 0.37
        spots[place * step % count] = (cos(angle) * width / 3, sin(angle) * height / 3)
    ideal = 0.8 * sqrt(width * height / count)
    heat = width / 6
    for _ in range(ROUNDS):
        pushes = [_push(number, spots, ideal) for number in range(count)]
        for one, other in ties:
            (x, y), (other_x, other_y) = spots[one], spots[other]
            far = hypot(other_x - x, other_y - y) or 0.01
            pull = far / ideal
            dx, dy = (other_x - x) * pull, (other_y - y) * pull
            pushes[one] = (pushes[one][0] + dx, pushes[one][1] + dy)
            pushes[other] = (pushes[other][0] - dx, pushes[other][1] - dy)
        for number, (dx, dy) in enumerate(pushes):
            far = hypot(dx, dy) or 1.0
            move = min(far, heat) / far
            x, y = spots[number]
            spots[number] = (x + dx * move, y + dy * move)
        heat *= 0.97
    return spots


def _push(number: int, spots: Sequence[Spot], ideal: float) -> Spot:
    """What pushes a node away from all others, and a little towards the middle."""
    x, y = spots[number]
    dx, dy = -x * 0.06, -y * 0.12
    for other, (other_x, other_y) in enumerate(spots):
        if other != number:
            far = hypot(x - other_x, y - other_y) or 0.01
            push = ideal * ideal / far / far
            dx += (x - other_x) * push
            dy += (y - other_y) * push
    return dx, dy


def _spread(spots: Sequence[Spot], width: float, height: float, radius: float) -> list[Spot]:
    """The places stretched over the room, with a border for labels, and kept apart."""
    across, down = [x for x, _ in spots], [y for _, y in spots]
    wide, high = max(across) - min(across) or 1.0, max(down) - min(down) or 1.0
    border_x, border_y = min(60.0, width / 6), radius + 22
    placed = [
        (
            border_x + (x - min(across)) / wide * (width - 2 * border_x),
            border_y + (y - min(down)) / high * (height - 2 * border_y),
        )
        for x, y in spots
    ]
    for _ in range(60):
        for one in range(len(placed)):
            for other in range(one):
                placed[one], placed[other] = _part(placed[one], placed[other], APART * radius)
        placed = [
            (min(max(x, border_x), width - border_x), min(max(y, border_y), height - border_y))
            for x, y in placed
        ]
    return placed


def _part(one: Spot, other: Spot, least: float) -> tuple[Spot, Spot]:
    """Two places moved away from each other until they are `least` apart."""
    dx, dy = one[0] - other[0], one[1] - other[1]
    far = hypot(dx, dy)
    if far >= least:
        return one, other
    dx, dy = (dx / far, dy / far) if far > 0.1 else (0.6, 0.8)
    move = (least - far) / 2 + 0.1
    return (
        (one[0] + dx * move, one[1] + dy * move), (other[0] - dx * move, other[1] - dy * move),
    )  # fmt: skip
