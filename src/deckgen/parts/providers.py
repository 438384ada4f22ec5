"""Who has what from whom, as cards: the provider or the dependant, and what for.

A card leads to the profile of the company on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckgen import markup, text
from deckgen.canvas import Canvas
from deckgen.outline import Dependency, Member, Outline
from deckgen.parts import BADGE_HEIGHT, PILL_HEIGHT, inference_pill, tier_badge
from deckgen.scene import Box, Paragraph, Run
from deckgen.source import Id, list_words
from deckgen.styles import BODY, SUPPORT
from deckgen.units import inches

CARD_GAP = inches(0.1)


class Need(Struct, frozen=True):
    """A company and what one has from it, or it from one; `source` carries the mark."""

    who: Id
    whats: tuple[str, ...]
    inferred: bool
    source: Dependency


def needs_of(member: Member) -> list[Need]:
    """One for each provider of a member."""
    return _merge((dependency.company, dependency) for dependency in member.depends_on)


def dependants_of(outline: Outline, member: Member) -> list[Need]:
    """One for each that has something from a member."""
    return _merge(
        (other.id, dependency)
        for other, dependency in outline.dependencies()
        if dependency.company == member.id
    )


def _merge(pairs: Iterable[tuple[Id, Dependency]]) -> list[Need]:
    merged: dict[Id, list[Dependency]] = {}
    for who, dependency in pairs:
        merged.setdefault(who, []).append(dependency)
    return [
        Need(who, tuple(d.for_ for d in each), all(d.inference for d in each), each[0])
        for who, each in merged.items()
    ]


def list_dependants(canvas: Canvas, others: Sequence[Need]) -> str:
    """`A and B for berths; C for tugs`."""
    outline = canvas.studio.outline
    by_purpose: dict[str, list[str]] = {}
    for need in others:
        by_purpose.setdefault(_purpose(canvas, need), []).append(outline.member(need.who).label)
    return "; ".join(f"{list_words(names, 'and')} {what}" for what, names in by_purpose.items())


def _purpose(canvas: Canvas, need: Need) -> str:
    return f"{canvas.studio.labels.what_for} {list_words(need.whats, 'and')}"


def _insets(canvas: Canvas, need: Need, width: int) -> tuple[float, float, float, float]:
    """Inches around a card's words: the badge on the left, maybe a pill on the right or below."""
    if not need.inferred:
        return (0.74, 0.03, 0.1, 0.03)
    return (0.74, 0.03, 0.1, 0.35) if _stacked(canvas, need, width) else (0.74, 0.03, 1.14, 0.03)


def _stacked(canvas: Canvas, need: Need, width: int) -> bool:
    """Whether a card is too narrow for a pill beside its words."""
    words = _words(canvas, need, basis=False)
    widest = max(text.longest_word(paragraph, canvas.face) for paragraph in words)
    return need.inferred and widest > width - inches(0.74 + 1.14)


def card_height(canvas: Canvas, needs: Sequence[Need], width: int, basis: bool) -> int:
    """The height at which every card holds its words, with some air."""
    heights = []
    for need in needs:
        left, top, right, bottom = _insets(canvas, need, width)
        words = _words(canvas, need, basis)
        inner = canvas.height(words, BODY, width - inches(left + right))
        heights.append(inner + inches(top + bottom + 0.06))
    return max(heights)


def draw_cards(canvas: Canvas, first: Box, needs: Sequence[Need], what: str) -> int:
    """Cards one below the other from `first` on; the lower edge of the last.

    They tell the basis of each company where all of them can.
    """
    outline, studio = canvas.studio.outline, canvas.studio
    basis = card_height(canvas, needs, first.w, basis=True) <= first.h
    y = first.y
    for need in needs:
        member = outline.member(need.who)
        canvas.shape(
            Box(first.x, y, first.w, first.h), f"{what}: {member.name}", fill="surface",
            words=_words(canvas, need, basis), source=need.source,
            insets=_insets(canvas, need, first.w),
            link=studio.link_to(studio.profile_of(need.who)),
        )  # fmt: skip
        middle, number = y + first.h // 2, outline.tier_number(member.tier)
        tier_badge(canvas, first.x + inches(0.14), middle - BADGE_HEIGHT // 2, number)
        if need.inferred:
            beside = first.x + first.w - inches(1.06), middle - PILL_HEIGHT // 2
            below = first.x + inches(0.74), y + first.h - PILL_HEIGHT - inches(0.08)
            inference_pill(canvas, *(below if _stacked(canvas, need, first.w) else beside))
        y += first.h + CARD_GAP
    return y - CARD_GAP


def _words(canvas: Canvas, need: Need, basis: bool) -> list[Paragraph]:
    """The name with what it is for, and what places it in its tier."""
    member = canvas.studio.outline.member(need.who)
    name = canvas.paragraph(member.label, BODY)
    runs = tuple(replace(run, bold=True, color="ink") for run in name.runs)
    words = [replace(name, runs=(*runs, Run(" "), *markup.parse(_purpose(canvas, need))))]
    if basis and member.basis:
        words.append(canvas.paragraph(member.basis, SUPPORT.but(color="muted")))
    return words
