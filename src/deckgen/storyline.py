"""The storyline an analysis gives by itself: slides where there are none, titles where missing.

`complete` turns an outline into one whose every slide has a title.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from deckgen.outline import Outline, Slide
from deckgen.slides import derive_title, load_kind
from deckgen.source import Id, Text, mark_of

MANY = 10  # from this many slides on, a derived deck gets an agenda and sections


def complete(outline: Outline) -> Outline:
    """The outline with its slides derived, if it has none, and a title on each."""
    outline = with_slides(outline)
    titled = tuple(
        slide if slide.title else replace(slide, title=_title(slide, outline))
        for slide in outline.slides
    )
    return replace(outline, slides=titled)


def with_slides(outline: Outline) -> Outline:
    """The outline with its slides derived, if it has none; titles may still be missing."""
    if outline.slides:
        return outline
    derived = tuple(
        slide if slide.mark.line else replace(slide, mark=outline.mark)
        for slide in derive_slides(outline)
    )
    return replace(outline, slides=derived)


def _title(slide: Slide, outline: Outline) -> Text:
    """The derived title; an author's words that serve as one keep their mark."""
    derived = derive_title(slide, outline)
    return Text(derived, mark_of(derived) if mark_of(derived).line else slide.mark)


def derive_slides(outline: Outline) -> tuple[Slide, ...]:
    """A deck from the analysis alone: the answer first, the map, the evidence, the question."""
    labels = outline.labels
    ranked = len(outline.tiers) >= 2
    ranking, profiles, end = [], [], []
    if ranked:
        ranking.append(_slide("tier-map", kicker=labels.cased("tiers")))
    if outline.criteria and outline.companies:
        ranking.append(_slide("matrix", kicker=labels.cased("criteria")))
    if any(outline.dependencies()):
        ranking.append(_slide("dependency-map", kicker=labels.depends, form="either"))
    for company in outline.companies:
        if not (company.criteria or company.bet or company.exposure):
            continue  # a page of dashed boxes tells nobody anything
        about = {"id": Id(f"profile-{company.id}"), "company": company.id, "mark": company.mark}
        profiles.append(_slide("profile", kicker=labels.profile, **about))
    if outline.question:
        end.append(_slide("closing"))
    if len(outline.sources) > 1:
        end.append(_slide("sources"))
    opening = [_slide("cover")]
    if ranked:
        opening.append(_slide("summary"))
    groups = [
        (f"The {labels.tiers} at a glance", ranking),
        (f"The {labels.companies} one by one", profiles),
        ("The question" if outline.question else "The sources", end),
    ]
    groups = [(title, slides) for title, slides in groups if slides]
    if len(ranking) + len(profiles) + len(end) < MANY:
        return (*opening, *ranking, *profiles, *end)
    body: list[Slide] = []
    for number, (title, slides) in enumerate(groups, start=1):
        section = _slide("section", id=Id(f"section-{number}"), title=Text(title))
        body += [section, *slides]
    return (*opening, _slide("agenda"), *body)


def _slide(kind: str, **fields: Any) -> Slide:
    values = {"id": Id(kind), **fields}
    return load_kind(kind).Fields(kind=Id(kind), **values)
