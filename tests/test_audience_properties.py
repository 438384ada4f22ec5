"""Whatever is withheld from whomever: decks agree, nothing leaks, references hold.

Outlines are made at random from words that stand nowhere else, so that a trace of one in a
file is a trace of that one part.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import deckgen
from canaries import raw_words
from deckgen.loader import load_text
from deckgen.outline import Outline
from deckgen.scene import GroupItem, Item, Link, Scene
from deckgen.source import OutlineError
from package_check import package_problems

AUDIENCES: list[dict[str, Any]] = [
    {"name": "board"},
    {"name": "chair", "extends": "board"},
    {"name": "guests"},
]
LINEAGE = {"": set(), "board": {"board"}, "chair": {"board", "chair"}, "guests": {"guests"}}
NAMES = "Quorvex Zemblar Halcyon Vantorp Mistral Kestrel Brontes Calyxo".split()
STATES = ["met", "in build", "relies on others", "not stated"]

marks = st.fixed_dictionaries(
    {},
    optional={
        "only": st.lists(st.sampled_from(sorted(LINEAGE)[1:]), min_size=1, max_size=2, unique=True),
        "not": st.lists(st.sampled_from(sorted(LINEAGE)[1:]), min_size=1, max_size=2, unique=True),
    },
)
rarely: st.SearchStrategy[dict[str, Any]] = st.one_of(st.just({}), st.just({}), marks)


class Words:
    """Sentences with a word of their own, which is `Xq` and a number."""

    def __init__(self) -> None:
        self.count = 100

    def __call__(self, before: str = "It holds that") -> str:
        self.count += 1
        return f"{before} Xq{self.count}z is so"


@st.composite
def outlines(draw: st.DrawFn) -> dict[str, Any]:
    words = Words()
    tiers: list[dict[str, Any]] = [
        {"id": f"tier{n}", "name": f"Rank {n} of them", "places": words()} for n in range(3)
    ]
    tiers[0]["criteria"] = ["quay"]
    criteria = [{"id": "quay", "name": "Own quay"}, {"id": "rail", "name": "Rail", **draw(rarely)}]
    companies: list[dict[str, Any]] = []
    for name in NAMES[: draw(st.integers(3, 7))]:
        company: dict[str, Any] = {
            "name": name,
            "tier": f"tier{draw(st.integers(0, 2))}",
            "basis": words(),
            "criteria": {c["id"]: draw(st.sampled_from(STATES)) for c in criteria},
            "bet": [{"stated": words(), **draw(rarely)}],
            "exposure": [{"inference": words(), **draw(rarely)}],
            **draw(rarely),
        }
        if companies:
            provider = draw(st.sampled_from(companies))["name"].lower()
            company["depends_on"] = [{"company": provider, "for": "berths", **draw(rarely)}]
        companies.append(company)
    slides = [
        {**draw(slide(words, companies)), "id": f"s{n}"} for n in range(draw(st.integers(2, 6)))
    ]
    maybe = st.sampled_from(["?", "?", ""])
    points = [
        {"claim": words(), "slides": [f"{s['id']}{draw(maybe)}"], **draw(rarely)} for s in slides
    ]
    summary = {"kind": "summary", "id": "first", "title": words("In sum"), "points": points[:5]}
    audiences = [
        {
            **audience,
            "order": draw(st.lists(st.sampled_from([s["id"] for s in slides]), max_size=3)),
        }
        for audience in AUDIENCES
    ]
    return {
        "title": "Who controls it",
        "sources": [{"id": "survey", "text": "Port survey"}],
        "source": "survey",
        "criteria": criteria,
        "tiers": tiers,
        "companies": companies,
        "question": "Where do we stand?",
        "slides": [summary, *slides],
        "audiences": audiences,
    }


@st.composite
def slide(draw: st.DrawFn, words: Words, companies: list[dict[str, Any]]) -> dict[str, Any]:
    some = draw(st.lists(st.sampled_from(companies), min_size=3, unique_by=lambda c: c["name"]))
    ids = [company["name"].lower() for company in some]
    kinds: list[dict[str, Any]] = [
        {"kind": "tier-map"},
        {"kind": "matrix", "companies": ids},
        {"kind": "profile", "company": ids[0]},
        {"kind": "dependency-map", "form": "table"},
        {"kind": "closing"},
        {
            "kind": "bar-chart",
            "measure": "Landings",
            "rows": [{"company": id, "value": 1000.25 + n} for n, id in enumerate(ids)],
        },
        {"kind": "bullets", "points": [{"text": words(), **draw(rarely)} for _ in range(3)]},
    ]
    section = {"section": words("About")} if draw(st.booleans()) else {}
    chosen = {**draw(st.sampled_from(kinds)), **section, "notes": {"say": words(), **draw(rarely)}}
    return {**chosen, "title": words("See how"), **draw(rarely)}


def sees(part: dict[str, Any], names: set[str]) -> bool:
    only, hidden = set(part.get("only", ())), set(part.get("not", ()))
    return (not only or bool(only & names)) and not hidden & names


def secrets(value: Any, names: set[str], seen: bool = True) -> Iterator[str]:
    """The words of their own in parts that an audience with these names does not see."""
    if isinstance(value, dict):
        seen = seen and sees(value, names)
        for inner in value.values():
            yield from secrets(inner, names, seen)
    elif isinstance(value, list):
        for inner in value:
            yield from secrets(inner, names, seen)
    elif isinstance(value, str) and not seen:
        yield from (word for word in value.split() if word.startswith("Xq") or word in NAMES)


def targets(items: tuple[Item, ...]) -> Iterator[str]:
    """The slides to which links on a page lead."""
    for item in items:
        link: Link | None = getattr(item, "link", None)
        runs = [
            run.link
            for paragraph in getattr(getattr(item, "body", None), "paragraphs", ())
            for run in paragraph.runs
        ]
        for each in (link, *runs):
            if each and each.target.startswith("#"):
                yield each.target[1:]
        if isinstance(item, GroupItem):
            yield from targets(item.items)


def check_references(scene: Scene) -> None:
    """Links lead to slides of the deck; sections cover it; page numbers are those of slides."""
    numbers = scene.page_numbers()
    for page in scene.pages:
        assert set(targets(page.items)) <= set(numbers)
    if scene.sections:
        assert sum(section.count for section in scene.sections) == len(scene.pages)
        assert all(section.count for section in scene.sections)


def facts(outline: Outline) -> dict[str, Any]:
    """What an audience gets of the companies."""
    return {
        company.id: (company.tier, {key: s.state for key, s in company.criteria.items()})
        for company in outline.companies
    }


@settings(
    max_examples=60, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(outlines())
def test_decks_of_one_outline_agree_and_nothing_leaks(data: dict[str, Any]) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    whole = {
        company["name"].lower(): (company["tier"], company["criteria"])
        for company in data["companies"]
    }
    analysis = {key: value for key, value in data.items() if key != "audiences"}
    for audience, names in LINEAGE.items():
        try:
            outline = load_text(text, "deck.yaml", audience)
            deck = deckgen.build(outline)
        except OutlineError as error:
            for problem in error.problems:
                assert problem.mark.line > 0, problem
                assert "please report it" not in problem.hint, problem
            continue
        raw = raw_words(deck.data)
        for word in secrets(analysis, names):
            assert word.lower() not in raw, (audience, word)
        for id, (tier, states) in facts(outline).items():
            assert tier == whole[id][0]
            assert states.items() <= whole[id][1].items()
        check_references(deck.scene)
        assert package_problems(deck.data) == []
