"""Outlines for tests: a small analysis to which a test adds its slides."""

from __future__ import annotations

from textwrap import dedent, indent

from deckgen.compose import compose
from deckgen.loader import load_text
from deckgen.scene import Item, Page, PictureItem, Scene
from deckgen.source import OutlineError

ANALYSIS = """\
title: Who controls the harbour
sources:
  - id: survey
    text: Port survey, 2024
source: survey
criteria:
  - {id: quay, name: Own quay}
  - {id: cranes, name: Own cranes}
  - {id: rail, name: Rail link}
tiers:
  - id: owners
    name: Harbour owners
    short: Owners
    places: Own quay and cranes
    criteria: [quay, cranes]
  - {id: operators, name: Terminal operators, short: Operators, places: Run what others own}
  - {id: shippers, name: Shippers, places: Rent berths}
companies:
  - {name: Alpha, tier: owners, basis: Owns quay and cranes, criteria: {quay: met, cranes: met}}
  - name: Beta
    tier: owners
    basis: Is building a quay
    building: true
    criteria: {quay: in build}
  - name: Gamma
    tier: operators
    basis: Runs Alpha’s cranes
    criteria: {quay: relies on others, cranes: {state: met, note: two of five}}
    depends_on: [{company: alpha, for: berths}]
    bet: [Volumes keep growing]
    exposure: [{inference: Alpha could run the cranes itself}]
groups:
  - id: everyone
    name: Everyone else
    tier: shippers
    basis: Rents by the day
    depends_on: [{company: gamma, for: handling}]
question:
  text: Which tier are you in, and is that where you want to be?
  instruction: Mark today and target before you discuss.
  prompts:
    - {ask: Who owns our berth?, how: Name the owner.}
    - {ask: What would it cost to move?, how: Count the weeks.}
"""


def with_slides(slides: str, analysis: str = ANALYSIS) -> str:
    """An outline of the analysis and these slides (a YAML list)."""
    return f"{analysis}slides:\n{indent(dedent(slides).strip(chr(10)), '  ')}\n"


def scene_of(text: str) -> Scene:
    """The outline laid out."""
    return compose(load_text(text, "deck.yaml"))


def page_of(slide: str, analysis: str = ANALYSIS) -> Page:
    """The page of the one slide that the analysis is given."""
    (page,) = scene_of(with_slides(slide, analysis)).pages
    return page


def problems_of(text: str) -> list[str]:
    """What is told of an outline, empty if it gives a deck."""
    try:
        compose(load_text(text, "deck.yaml"))
    except OutlineError as error:
        return [str(problem) for problem in error.problems]
    return []


def mistake_in(slide: str, row: int) -> str:
    """The one mistake of a slide; it must be told at this of its rows, from 1, or at the slide."""
    text = with_slides(slide)
    first = ANALYSIS.count("\n") + 2
    lines = enumerate(text.splitlines(), start=1)
    places = [first, *(n for n, line in lines if n > first and line.startswith("      - {"))]
    (told,) = problems_of(text)
    assert told.startswith(f"deck.yaml:{places[row]}:"), told
    return told.partition(": ")[2]


def items_of(page: Page, name: str) -> list[Item]:
    """The items of a page whose name begins with `name`."""
    return [item for item in page.items if item.name.startswith(name)]


def figure_of(page: Page) -> PictureItem:
    """The one picture on a page."""
    (item,) = (item for item in page.items if isinstance(item, PictureItem))
    return item


def words_of(page: Page) -> str:
    """Every word on a page, one text a line, in reading order."""
    texts = []
    for item in page.items:
        body = getattr(item, "body", None)
        if body is not None:
            texts.append(body.text)
        for row in getattr(item, "rows", ()):
            texts += [cell.body.text for cell in row if not cell.covered]
    return "\n".join(texts)
