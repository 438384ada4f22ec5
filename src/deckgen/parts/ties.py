"""Who depends on whom, pair by pair: in words, as takeaways, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from msgspec import Struct

from deckgen.arrange import paginate
from deckgen.canvas import Canvas, Studio
from deckgen.labels import Labels
from deckgen.outline import Dependency, Member, Outline
from deckgen.parts import Point, tier_fill, tier_ink
from deckgen.parts.tables import (
    COVERED,
    GROUP_RULE,
    HEAD_RULE,
    ROW_RULE,
    add_table,
    fill_rows,
    fit_columns,
    least_width,
    make_cell,
    natural_width,
    row_height,
)
from deckgen.scene import Cell, Line
from deckgen.source import Text, list_words, number_word
from deckgen.styles import SUBHEAD, SUPPORT, SUPPORT_BOLD, Style
from deckgen.units import inches

Row: TypeAlias = tuple[Member, Member, Dependency]
CELL = Style(14)


class Tie(Struct, frozen=True):
    """All that one member has from another."""

    start: Member
    end: Member
    dependencies: tuple[Dependency, ...]

    @property
    def whats(self) -> list[str]:
        return [dependency.for_ for dependency in self.dependencies]

    @property
    def inferred(self) -> bool:
        return all(dependency.inference for dependency in self.dependencies)


def find_ties(outline: Outline, tiers: Sequence[int]) -> list[Tie]:
    """The dependencies between members of these tiers, one tie for each pair."""
    shown = {str(m.id): m for m in outline.members() if outline.tier_number(m.tier) in tiers}
    pairs: dict[tuple[str, str], list[Dependency]] = {}
    for member, dependency in outline.dependencies():
        if member.id in shown and dependency.company in shown and member.id != dependency.company:
            pairs.setdefault((member.id, dependency.company), []).append(dependency)
    return [Tie(shown[a], shown[b], tuple(list_)) for (a, b), list_ in pairs.items()]


def tie_words(labels: Labels, tie: Tie) -> str:
    """`Gamma depends on Alpha for berths`; an inference is named as one."""
    pair = f"{tie.start.name} {labels.depends_on} {tie.end.name}"
    words = f"{pair} {labels.what_for} {', '.join(tie.whats)}"
    return f"{words} ({labels.inference.lower()})" if tie.inferred else words


def derive_points(outline: Outline, ties: Sequence[Tie], members: Sequence[Member]) -> list[Point]:
    """Takeaways that the links alone carry, the weightiest first.

    Where links may be withheld, none says that there is no other.
    """
    providers: dict[str, list[str]] = {}
    dependants: dict[str, list[str]] = {}
    for tie in ties:
        providers.setdefault(tie.start.label, []).append(tie.end.label)
        dependants.setdefault(tie.end.label, []).append(tie.start.label)
    found = []
    top = max(dependants, key=lambda name: len(dependants[name]))
    if len(dependants[top]) > 1:
        count = number_word(len(dependants[top]))
        found.append(
            (f"{count} depend on {top}", f"{_several(dependants[top])} name it as a provider.")
        )
    single = [name for name, list_ in providers.items() if len(list_) == 1]
    single = [] if outline.partial else single
    if len(single) == 1:
        found.append(
            (f"{single[0]}: one provider", f"{providers[single[0]][0]} is the only one named.")
        )
    elif single:
        pairs = [f"{name} on {providers[name][0]}" for name in single]
        text = f"{_several(pairs)}." if len(pairs) < 4 else "Each names a single one."
        found.append((f"{number_word(len(single))} have one provider", text))
    for name, list_ in providers.items():
        if len(list_) > 1:
            found.append(
                (
                    f"{name}: {number_word(len(list_)).lower()} providers",
                    f"It depends on {_several(list_)}.",
                )
            )
    both = [name for name in dependants if name in providers]
    if both:
        verb = "stands" if len(both) == 1 else "stand"
        found.append((f"{_several(both)} {verb} between", "Provider to some, dependant on others."))
    linked = {member.id for tie in ties for member in (tie.start, tie.end)}
    loose = [member.label for member in members if member.id not in linked]
    if loose and not outline.partial:
        noun = outline.labels.company if len(loose) == 1 else outline.labels.companies
        found.append(
            (
                f"{number_word(len(loose))} {noun} without a link",
                f"No dependency is named for {_several(loose)}.",
            )
        )
    return [Point(head=Text(head), text=Text(text)) for head, text in found[:4]]


def _several(names: Sequence[str]) -> str:
    if len(names) > 4:
        return f"{', '.join(names[:3])} and {len(names) - 3} more"
    return list_words(names, "and")


def tie_table(studio: Studio, ties: Sequence[Tie]) -> None:
    """Each dependency in a row, grouped by the dependant's tier; continued where it is long."""
    outline = studio.outline
    rows = [
        (tie.start, tie.end, dependency)
        for tie in sorted(ties, key=lambda t: outline.tier_number(t.start.tier))
        for dependency in tie.dependencies
    ]
    probe = Canvas(studio, studio.layouts["content"])
    head, *cells = _table_cells(probe, rows)
    columns = list(zip(head, *cells, strict=True))
    natural = [max(natural_width(probe, cell) for cell in column) for column in columns]
    least = [max(least_width(probe, cell) for cell in column) for column in columns]
    first = min(natural[0], probe.frame.w // 4) + inches(0.2)
    widths = [first, *fit_columns(natural[1:], least[1:], probe.frame.w - first)]
    high = max(inches(0.42), row_height(probe, head, widths))
    heights = [max(inches(0.42), row_height(probe, row, widths)) for row in cells]
    room = probe.frame.h - high
    pages = paginate(heights, room)
    if len(pages) > 1:  # as many rows on the last page as on the others
        even = sum(heights) // len(pages) + max(heights)
        pages = paginate(heights, min(room, even))
    for number, page in enumerate(pages, start=1):
        canvas = studio.open("content", number, len(pages))
        own = _table_cells(canvas, [rows[index] for index in page])
        filled = fill_rows([heights[index] for index in page], room, inches(0.62))
        add_table(
            canvas, studio.labels.cased("depends_on"), (canvas.frame.x, canvas.frame.y),
            widths, [high, *filled], own, canvas.title,
        )  # fmt: skip


def _table_cells(canvas: Canvas, rows: Sequence[Row]) -> list[list[Cell]]:
    """The head and a row of cells for each dependency; neighbours share their tier's cell."""
    labels, outline = canvas.studio.labels, canvas.studio.outline
    known = f"{labels.stated} / {labels.inference.lower()}"
    heads = [labels.cased(name) for name in ("tier", "company", "depends_on", "what_for")]
    style = SUPPORT_BOLD.but(color="muted")
    head = [make_cell(canvas, w, style, anchor="bottom", below=HEAD_RULE) for w in (*heads, known)]
    numbers = [outline.tier_number(start.tier) for start, _, _ in rows]
    cells = [head]
    for index, (start, end, dependency) in enumerate(rows):
        number = numbers[index]
        below = ROW_RULE if number in numbers[index + 1 : index + 2] else GROUP_RULE
        first = COVERED
        if number not in numbers[:index]:
            first = _tier_cell(canvas, number, numbers.count(number))
        rank = f"{labels.tier_letter}{outline.tier_number(end.tier)}"
        how = labels.inference if dependency.inference else labels.stated
        cells.append([
            first, make_cell(canvas, start.name, SUBHEAD, below=below),
            make_cell(canvas, Text(f"{end.name} ({rank})", end.name.mark), CELL, below=below),
            make_cell(canvas, dependency.for_, CELL.but(color="ink2"), below=below),
            make_cell(canvas, how, SUPPORT.but(color="muted"), below=below),
        ])  # fmt: skip
    return cells


def _tier_cell(canvas: Canvas, number: int, rows: int) -> Cell:
    tier = canvas.studio.outline.tiers[number - 1]
    words = f"{canvas.studio.labels.tier_letter}{number}  {tier.label}"
    return make_cell(
        canvas, words, SUBHEAD.but(color=tier_ink(number)), fill=tier_fill(number),
        below=Line("bg", 3), rows=rows, mark=tier.mark,
    )  # fmt: skip
