"""Parts of a whole go in, a treemap comes out: rectangles whose areas are as the numbers.

Rectangles are near to squares (Bruls, Huizing and van Wijk, Squarified Treemaps, 2000): each
row of them is filled along the shorter side of what is left, for as long as that does not make
its worst rectangle longer. Groups are laid out first, and their parts within them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from msgspec import Struct

from deckgen.figures.plate import (
    Area,
    Lettering,
    Plate,
    Refusal,
    Words,
    ink_on,
    rectangle,
    set_lines,
)
from deckgen.formats import Numbers
from deckgen.theme import Theme, mix

GAP = 2.0  # points between rectangles
GROUP_GAP = 8.0  # and between groups
PAD = 6.0  # points beside words
SIZES = (16, 14, 12, 11)
MOST_LINES = 3
HEAD = Lettering("", 12, bold=True)  # of a group's name, in the theme's face
ROUNDS = 24  # in which the groups’ areas come to agree
FAINTEST, STRONGEST = 0.16, 0.5  # share of the brand's colour in the least and the largest

Place: TypeAlias = tuple[float, float, float, float]  # x, y, width, height in points


class Part(Struct, frozen=True):
    """A part of the whole."""

    name: str
    value: float
    group: str = ""
    lit: bool = False


class Treemap(Struct, frozen=True):
    """Parts in the order in which they are told, with positive numbers."""

    parts: tuple[Part, ...]
    numbers: Numbers


class Laid(Struct, frozen=True):
    """A drawn treemap, and the parts whose rectangles hold no words."""

    plate: Plate | Refusal
    unnamed: tuple[Part, ...] = ()


def draw_treemap(chart: Treemap, theme: Theme, width: float, height: float) -> Laid:
    """The treemap in this width and height, in points."""
    groups = _groups(chart.parts)
    head = Lettering(theme.body_font, HEAD.size_pt, bold=True)
    above = head.pitch + 3 if any(groups) else 0.0
    largest = max(part.value for part in chart.parts)
    shapes: list[Area | Words] = []
    unnamed: list[Part] = []
    said: list[str] = []
    for (name, parts), place in zip(
        groups.items(), _place_groups(groups, above, width, height), strict=True
    ):
        x, y, wide, high = place
        if min(wide, high - above) < 1:
            told = f"the parts of “{name}” have {max(0.0, min(wide, high - above)) / 72:.2f} in"
            return Laid(Refusal(f"{told} of room for their rectangles", "leave the groups out"))
        if name and not head.wrap(name, wide, 1):
            told = f"the group “{name}” is {head.width(name) / 72:.2f} in wide and has"
            hint = "give it a shorter name, or leave the groups out"
            return Laid(Refusal(f"{told} {wide / 72:.2f} in", hint))
        if name:
            shapes += set_lines([name], x, y, head, theme.color("ink"))
            said.append(name)
        inner = (x, y + above, wide + GAP, high - above + GAP)
        for part, cell in zip(parts, squarify([part.value for part in parts], inner), strict=True):
            drawn = _draw_part(part, cell, chart.numbers, largest, theme)
            shapes += drawn
            said += [part.name] if len(drawn) > 1 else []
            unnamed += [] if len(drawn) > 1 else [part]
    face, ground = theme.body_font, theme.color("bg")
    return Laid(Plate(width, height, ground, face, tuple(shapes), tuple(said)), tuple(unnamed))


def _place_groups(
    groups: dict[str, list[Part]], above: float, width: float, height: float
) -> list[Place]:
    """The groups' places. What a group's head takes is given to it on top of its share, so that
    areas can be compared from group to group.
    """
    totals = [sum(part.value for part in parts) for parts in groups.values()]
    whole, weights = sum(totals), list(totals)
    best: list[Place] = []
    least = float("inf")
    for _ in range(ROUNDS if len(totals) > 1 else 1):
        room = (0.0, 0.0, width + GROUP_GAP, height + GROUP_GAP)
        found = [(x, y, w - GROUP_GAP, h - GROUP_GAP) for x, y, w, h in squarify(weights, room)]
        areas = [max(1.0, w) * max(1.0, h - above) for _, _, w, h in found]
        shares = [
            area / sum(areas) * whole / total for area, total in zip(areas, totals, strict=True)
        ]
        if max(shares) / min(shares) < least:
            best, least = found, max(shares) / min(shares)
        weights = [weight / share for weight, share in zip(weights, shares, strict=True)]
    return best


def _draw_part(
    part: Part, place: Place, numbers: Numbers, largest: float, theme: Theme
) -> list[Area | Words]:
    """A part's rectangle, and its words if it holds them."""
    x, y, w, h = place
    cell = (x, y, max(0.3, w - GAP), max(0.3, h - GAP))
    fill, ink = _colors(part, largest, theme)
    return [rectangle(*cell, fill), *_label(part, numbers, cell, theme.body_font, ink)]


def _groups(parts: Sequence[Part]) -> dict[str, list[Part]]:
    """The parts of each group, the largest first, and the largest group first."""
    groups: dict[str, list[Part]] = {}
    for part in sorted(parts, key=lambda part: -part.value):
        groups.setdefault(part.group, []).append(part)
    return dict(sorted(groups.items(), key=lambda item: -sum(part.value for part in item[1])))


def _colors(part: Part, largest: float, theme: Theme) -> tuple[str, str]:
    """A fill, stronger for a larger part, and the ink on it."""
    if part.lit:
        return ink_on(theme, theme.color("accent"))
    share = FAINTEST + (STRONGEST - FAINTEST) * part.value / largest
    return ink_on(theme, mix(theme.color("surface2"), theme.color("brand"), share))


def _label(part: Part, numbers: Numbers, cell: Place, face: str, ink: str) -> Iterator[Words]:
    """Name and number at the top left of a rectangle, in the largest size that it holds."""
    x, y, w, h = cell
    number = numbers.words(part.value)
    for size in SIZES:
        bold, plain = Lettering(face, size, bold=True), Lettering(face, size)
        lines = bold.wrap(part.name, w - 2 * PAD, MOST_LINES)
        high = (len(lines) + 1) * bold.pitch + PAD
        if lines and high <= h and plain.width(number) <= w - 2 * PAD:
            top = y + PAD / 2
            yield from set_lines(lines, x + PAD, top, bold, ink)
            yield from set_lines([number], x + PAD, top + len(lines) * bold.pitch, plain, ink)
            return
    bold, plain = Lettering(face, SIZES[-1], bold=True), Lettering(face, SIZES[-1])
    first = bold.width(part.name) + 0.4 * SIZES[-1]
    if first + plain.width(number) <= w - 2 * PAD and bold.pitch <= h:  # both on one line
        top = y + min(PAD / 2, (h - bold.pitch) / 2)
        yield from set_lines([part.name], x + PAD, top, bold, ink)
        yield from set_lines([number], x + PAD + first, top, plain, ink)


# -- rectangles ------------------------------------------------------------------------


def squarify(values: Sequence[float], room: Place) -> list[Place]:
    """A rectangle for each of some positive numbers, which fall, that together fill a room."""
    x, y, w, h = room
    total = sum(values)
    if not values or not total:
        return []
    scale = w * h / total
    places: list[Place] = []
    rest = list(values)
    while rest:
        side = min(w, h)
        count = _row_length([value * scale for value in rest], side)
        areas = [value * scale for value in rest[:count]]
        depth = min(sum(areas) / side, max(w, h)) if side else 0.0
        along = 0.0
        for area in areas:
            length = area / depth if depth else 0.0
            upright = (x, y + along, depth, length)
            places.append(upright if w >= h else (x + along, y, length, depth))
            along += length
        if w >= h:
            x, w = x + depth, max(0.0, w - depth)
        else:
            y, h = y + depth, max(0.0, h - depth)
        rest = rest[count:]
    return places


def _row_length(areas: Sequence[float], side: float) -> int:
    """How many areas stand in the next row along a side: while its worst does not get worse."""
    best = _worst(areas[:1], side)
    for count in range(2, len(areas) + 1):
        worst = _worst(areas[:count], side)
        if worst > best:
            return count - 1
        best = worst
    return len(areas)


def _worst(areas: Sequence[float], side: float) -> float:
    """The longest proportion of rectangles in a row (section 3.2 there)."""
    total, least, most = sum(areas), min(areas), max(areas)
    if not (total and side and least):
        return float("inf")
    return max(side**2 * most / total**2, total**2 / (side**2 * least))
