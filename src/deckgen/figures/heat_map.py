"""A table of numbers goes in, a heat map comes out: a cell for each number, which stands in it.

Cells are as strong as their numbers are high, in one colour; where signs are mixed, from the
colour of losses through the ground's to that of gains. A cell without a number is empty and
outlined, with a dash.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

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
    set_middle,
    stroke,
)
from deckgen.formats import Numbers
from deckgen.theme import Theme, mix

SIZES = (14, 12, 11)
GAP = 2.0  # points between cells
PAD = 3.0  # and beside the words in one
TALLEST, MOST_NAME_LINES, MOST_HEAD_LINES = 58.0, 2, 3
NAMES = 0.3  # of the width, that names of rows may take
FAINTEST = 0.06  # share of the strong colour in the least cell
DASH = "—"


class HeatMap(Struct, frozen=True):
    """Names and numbers: `values` row by row, None where one is not known.

    `groups` are words over neighbouring columns; `lit_row` and `lit_column` carry the message.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]
    numbers: Numbers
    groups: tuple[str, ...] = ()
    lit_row: int = -1
    lit_column: int = -1


class _Grid(Struct, frozen=True):
    """How a heat map is set: letters, the names in lines, the grid's place in points."""

    body: Lettering
    names: tuple[tuple[str, ...], ...]
    heads: tuple[tuple[str, ...], ...]
    groups: tuple[tuple[str, ...], ...]
    left: float
    top: float
    cell: tuple[float, float]


def draw_heat_map(chart: HeatMap, theme: Theme, width: float, height: float) -> Plate | Refusal:
    """The heat map in at most this width and height, in points."""
    for size in SIZES:
        grid = _set_grid(chart, Lettering(theme.body_font, size), width, height)
        if isinstance(grid, _Grid):
            break
    if isinstance(grid, Refusal):
        return grid
    shapes: list[Area | Words] = [*_names(chart, grid, theme), *_heads(chart, grid, theme)]
    for row, values in enumerate(chart.values):
        for column, value in enumerate(values):
            shapes += _cell(chart, grid, theme, row, column, value)
    shapes += _frames(chart, grid, theme)
    bottom = grid.top + len(chart.rows) * grid.cell[1]
    said = (*chart.rows, *dict.fromkeys(group for group in chart.groups if group), *chart.columns)
    face = theme.body_font
    return Plate(width, min(height, bottom + 1.5), theme.color("bg"), face, tuple(shapes), said)


# -- the grid --------------------------------------------------------------------------


def _set_grid(chart: HeatMap, body: Lettering, width: float, height: float) -> _Grid | Refusal:
    """The grid in letters of one size, or what does not fit in it."""
    bold = Lettering(body.face, body.size_pt, bold=True)
    widest = max(bold.width(name) for name in chart.rows)
    left = min(widest, width * NAMES) + 3 * PAD
    names = tuple(_wrap(name, bold, left - 3 * PAD, MOST_NAME_LINES) for name in chart.rows)
    if () in names:
        return _too_wide(chart.rows[names.index(())], bold, left - 3 * PAD, MOST_NAME_LINES)
    across = (width - left) / len(chart.columns)
    room = across - GAP - 2 * PAD
    numbers = [_number(chart, value) for row in chart.values for value in row]
    longest = max(numbers, key=body.width)
    if body.width(longest) > room:
        told = f"the number {longest} is {body.width(longest) / 72:.2f} in wide and its cell has"
        hint = "use a larger unit or fewer `decimals`, or show fewer categories"
        return Refusal(f"{told} {max(0.0, room) / 72:.2f} in", hint)
    heads = tuple(_wrap(name, bold, room, MOST_HEAD_LINES) for name in chart.columns)
    if () in heads:
        return _too_wide(chart.columns[heads.index(())], bold, room, MOST_HEAD_LINES)
    spans = [(name, len(list(run))) for name, run in groupby(chart.groups)]
    groups = tuple(_wrap(name, bold, n * across - 3 * PAD, 2) for name, n in spans)
    if () in groups:
        name, count = spans[groups.index(())]
        return _too_wide(name, bold, count * across - 3 * PAD, 2)
    top = max(map(len, heads)) * bold.pitch + 2 * PAD
    top += max((len(lines) for lines in groups), default=0) * bold.pitch + (groups != ()) * 3 * PAD
    down = min(TALLEST, (height - top - 1.5) / len(chart.rows))
    needed = max(map(len, names)) * body.pitch + GAP + PAD
    if down < needed:
        told = f"{len(chart.rows)} rows need {(top + needed * len(chart.rows)) / 72:.1f} in"
        return Refusal(f"{told} and have {height / 72:.1f} in", "show fewer series")
    return _Grid(body, names, heads, groups, left, top, (across, down))


def _wrap(name: str, how: Lettering, width: float, most: int) -> tuple[str, ...]:
    return how.wrap(name, width, most) if name else ("",)


def _too_wide(name: str, how: Lettering, width: float, lines: int) -> Refusal:
    told = f"“{name}” takes {how.width(name) / 72:.2f} in and has {max(0.0, width) / 72:.2f} in"
    where = f"{told} of width, in at most {lines} lines"
    return Refusal(where, "give it a shorter name, or show fewer of them")


def _number(chart: HeatMap, value: float | None) -> str:
    return DASH if value is None else chart.numbers.words(value)


# -- drawing ---------------------------------------------------------------------------


def _names(chart: HeatMap, grid: _Grid, theme: Theme) -> Iterator[Words]:
    for row, lines in enumerate(grid.names):
        lit = row == chart.lit_row
        how = Lettering(grid.body.face, grid.body.size_pt, bold=lit)
        middle = grid.top + (row + 0.5) * grid.cell[1]
        color = theme.color("accent" if lit else "ink")
        yield from set_middle(lines, 0, middle, how, color)


def _heads(chart: HeatMap, grid: _Grid, theme: Theme) -> Iterator[Area | Words]:
    """Names of columns that end over their cells, and over these their groups with a rule."""
    bold = Lettering(grid.body.face, grid.body.size_pt, bold=True)
    across = grid.cell[0]
    for column, lines in enumerate(grid.heads):
        lit = column == chart.lit_column
        top = grid.top - 2 * PAD - len(lines) * bold.pitch
        middle = grid.left + (column + 0.5) * across
        color = theme.color("accent" if lit else "muted")
        yield from set_lines(lines, middle, top, bold, color, "center")
    first = 0
    for lines, run in zip(
        grid.groups, [list(run) for _, run in groupby(chart.groups)], strict=True
    ):
        x, wide = grid.left + first * across, len(run) * across
        first += len(run)
        if lines == ("",):
            continue
        yield from set_lines(lines, x + (wide - GAP) / 2, 0, bold, theme.color("ink"), "center")
        y = max(map(len, grid.groups)) * bold.pitch + PAD
        yield stroke(((x + PAD, y), (x + wide - GAP - PAD, y)), theme.color("muted"), 1.25)


def _cell(
    chart: HeatMap, grid: _Grid, theme: Theme, row: int, column: int, value: float | None
) -> Iterator[Area | Words]:
    across, down = grid.cell
    x, y = grid.left + column * across, grid.top + row * down
    place = (x, y, across - GAP, down - GAP)
    middle = (x + (across - GAP) / 2, y + (down - GAP) / 2)
    if value is None:
        inner = (x + 0.5, y + 0.5, across - GAP - 1, down - GAP - 1)
        yield rectangle(*inner, line=theme.color("hair"), width_pt=1, dashed=True)
        ink = theme.color("muted")
    else:
        known = [each for values in chart.values for each in values if each is not None]
        fill, ink = ink_on(theme, cell_color(value, known, theme))
        yield rectangle(*place, fill)
    yield from set_middle((_number(chart, value),), *middle, grid.body, ink, "center")


def cell_color(value: float, known: Sequence[float], theme: Theme) -> str:
    """The colour of a number among all that are known."""
    low, high = min(known), max(known)
    if low < 0 < high:
        end = theme.color("pos" if value > 0 else "neg")
        return mix(theme.color("surface2"), end, abs(value) / max(high, -low))
    strong = theme.color("neg" if high <= 0 and low < 0 else "brand")
    size, least, most = abs(value), min(abs(low), abs(high)), max(abs(low), abs(high))
    share = (size - least) / (most - least) if most > least else 0.0
    return mix(theme.color("surface2"), strong, FAINTEST + (1 - FAINTEST) * share)


def _frames(chart: HeatMap, grid: _Grid, theme: Theme) -> Iterator[Area]:
    """An outline about the row and the column that carry the message."""
    across, down = grid.cell
    wide, high = across * len(chart.columns) - GAP, down * len(chart.rows) - GAP
    accent = theme.color("accent")
    if chart.lit_row >= 0:
        y = grid.top + chart.lit_row * down
        yield rectangle(grid.left, y, wide - 0.5, down - GAP, "", accent, 2.25)
    if chart.lit_column >= 0:
        x = grid.left + chart.lit_column * across
        yield rectangle(x, grid.top, across - GAP, high, "", accent, 2.25)
