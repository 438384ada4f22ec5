"""No ink outside its box: every kind at its limits, as LibreOffice draws it.

Hypothesis draws outlines of each kind, the same ones each time; their texts are grown until
one more word is refused. What deckgen then accepts must fit, whatever it measured itself.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from msgspec.structs import replace

from conftest import RenderPdf
from deckgen.charts.data import ChartSlide
from deckgen.scene import Page, Properties, Scene
from deckgen.slides import kind_names, load_kind
from ink import stray_ink
from limits import KINDS, Case, Grown, cases, grow, pages_of

CASES = {"closing": 17, "logic-chain": 17, "positioning": 30}  # of each other kind 13
# A refusal tells what is needed and what there is.
MEASURED = re.compile(r"\d.*\b(has|have|room for|at most|of that width)\b")
# What stands in a chart or a figure is placed by whoever draws it; they have tests of their own.
CHARTS = {
    kind for kind in kind_names()
    if issubclass(load_kind(kind).Fields, ChartSlide)
    or kind in ("figure", "gantt", "network", "scatter-chart")
}  # fmt: skip
FEWEST_PAGES = 10  # that they must give, of each kind


def draw_cases(kind: str, count: int) -> list[Case]:
    """So many cases of a kind, the same ones in every run, none of them twice."""
    found: list[Case] = []

    @settings(
        max_examples=count, derandomize=True, database=None, deadline=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(cases(kind))
    def collect(case: Case) -> None:
        if case not in found:
            found.append(case)

    collect()
    return found


def gather(grown: list[Grown]) -> tuple[Scene, list[str]]:
    """The pages of all cases as one deck, and where each comes from."""
    pages: list[Page] = []
    origins: list[str] = []
    colors: dict[str, str] = {}
    for number, one in enumerate(grown, start=1):
        if one.scene is None:
            continue
        own = pages_of(one.scene)
        pages += own
        origins += [f"{one.case.kind} {number} at {one.scale:g} of {one.case.parts}"] * len(own)
        colors |= one.scene.theme.colors
        theme = one.scene.theme
    deck = Scene(
        pages=tuple(pages), theme=replace(theme, colors=colors), properties=Properties(title="Deck")
    )
    return deck, origins


def test_every_kind_is_drawn() -> None:
    assert set(KINDS) == set(kind_names()) - CHARTS


@pytest.mark.render
@pytest.mark.parametrize("kind", sorted(set(kind_names()) - CHARTS))
def test_no_ink_leaves_its_box_at_the_limits(kind: str, render_pdf: RenderPdf) -> None:
    grown = [grow(case) for case in draw_cases(kind, CASES.get(kind, 13))]
    for refusal in [problem for one in grown for problem in one.problems]:
        assert refusal.mark.line, refusal
        assert MEASURED.search(refusal.message), refusal
        assert refusal.hint, refusal
    deck, origins = gather(grown)
    assert len(deck.pages) >= FEWEST_PAGES
    told = []
    for problem in stray_ink(deck, render_pdf):
        page = int(problem.partition(":")[0].removeprefix("page "))
        told.append(f"{origins[page - 1]}, {problem}")
    assert not told, "\n".join(told)
