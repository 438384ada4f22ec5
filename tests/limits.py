"""Outlines at the limits of each kind, drawn by hypothesis: few and many, short and long.

A strategy draws what a slide holds; its texts are `Words`, whose length is not fixed yet.
`grow` makes them longer until the slide is refused, and gives the longest that is not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import yaml
from hypothesis import strategies as st
from msgspec import Struct

from deckgen.compose import compose
from deckgen.loader import load_text
from deckgen.scene import Page, Scene
from deckgen.source import OutlineError, Problem

HERE = Path(__file__).parents[1] / "decks" / "kinds" / "deck.yaml"  # beside its pictures
MOST = 32  # times its usual length: a text as long as any will be
MOST_PAGES = 2  # a slide that grows over more pages has no limit of interest

Data: TypeAlias = dict[str, Any]
Draw: TypeAlias = st.DrawFn

# Plain ones, long ones, ones that break inside, letters that reach high and low.
_STREAM = (
    "quay rents grow faster than any jetty’s capacity while operators wait for "
    "Hafenbetriebsgesellschaft approvals and well-understood year-on-year risk of Ångström-grade "
    "piping or infrastructure that nobody — not even regulators — fully owns in 2024/25 at "
    "€1,250.50 per tonne; who pays? internationalisation ends where “jagged” queues begin and yet "
    "all of it is a bet on Île-de-France"
).split()
_NAMES = (
    "Alpha Brightwater Consolidated Dockyards Eastquay Freightliner Grand Harbour Interport Jetty "
    "Kingsway Logistics Merrow Northbank Oceanic Partnership Quayside Riverine Stevedoring "
    "Terminal Union Vanguard Westport Xylo Yardmasters Zephyr"
).split()
_SHORT = "ten of six quays, a jetty, some rent by the day: 4.5 % up (Île) or so".split()
# Markup around a word of a text, once in a while.
_MARKUP = ("**{}**", "*{}*", "`{}`", "[{}](https://example.org/a)")


class Words(Struct, frozen=True):
    """A text to be: what grows with it, its usual length in words, where its words begin."""

    part: str
    usual: int
    start: int

    def at(self, scale: float) -> str:
        count = max(1, round(self.usual * scale))
        if self.part == "name":
            names = _pick(_NAMES, self.start, count)
            turn = self.start // len(_NAMES)  # no two companies have one name
            return " ".join([*names, str(turn)] if turn else names)
        if self.part == "cell":
            return " ".join(_pick(_SHORT, self.start, count))
        words = _pick(_STREAM, self.start, count)
        for place in range(self.start % 9, count, 9):
            words[place] = _MARKUP[(self.start + place) % len(_MARKUP)].format(words[place])
        return words[0][:1].upper() + " ".join(words)[1:]


def _pick(words: Sequence[str], start: int, count: int) -> list[str]:
    return [words[(start + place) % len(words)] for place in range(count)]


class Case(Struct, frozen=True):
    """A slide of a kind in an outline of its own. `parts` are those of its texts that grow."""

    kind: str
    parts: tuple[str, ...]
    outline: Data

    def at(self, scale: float) -> str:
        """The outline as YAML, with the growing texts so many times as long as usual."""
        return yaml.safe_dump(self._fill(self.outline, scale), allow_unicode=True, width=1000)

    def _fill(self, value: Any, scale: float) -> Any:
        if isinstance(value, Words):
            return value.at(scale if value.part in self.parts else 1)
        if isinstance(value, dict):
            return {key: self._fill(inner, scale) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._fill(inner, scale) for inner in value]
        return value


class Grown(Struct, frozen=True):
    """A case at its limit: the pages of its kind, and what is told of a longer one."""

    case: Case
    scale: float
    scene: Scene | None
    problems: tuple[Problem, ...]


def attempt(text: str) -> Scene | list[Problem]:
    try:
        return compose(load_text(text, str(HERE)))
    except OutlineError as error:
        return error.problems


def pages_of(scene: Scene) -> list[Page]:
    """The pages of the slide that a case is about."""
    return [page for page in scene.pages if page.slide_id == "it"]


def grow(case: Case) -> Grown:
    """The case with the longest texts that are not refused; no scene if all are."""
    best, scene = 0.0, None
    refused: tuple[Problem, ...] = ()
    low, high = 0.0, 1.0
    while high <= MOST:
        made = attempt(case.at(high))
        if isinstance(made, list):
            refused = tuple(made)
            break
        best, scene, low, high = high, made, high, high * 2
        if len(pages_of(made)) > MOST_PAGES or not case.parts:
            break
    while refused and high - low > max(0.1, low * 0.06):
        middle = (low + high) / 2
        made = attempt(case.at(middle))
        if isinstance(made, list):
            refused, high = tuple(made), middle
        else:
            best, scene, low = middle, made, middle
    return Grown(case, best, scene, refused)


# -- what outlines are drawn from ------------------------------------------------------

counts: Callable[[int, int], st.SearchStrategy[int]] = lambda low, high: st.one_of(  # noqa: E731
    st.just(low), st.just(high), st.integers(low, high)
)


def words(draw: Draw, part: str, usual: int) -> Words:
    return Words(part, usual, draw(st.integers(0, 40)))


def maybe(draw: Draw, part: str, usual: int) -> Words | str:
    return words(draw, part, usual) if draw(st.booleans()) else ""


def kept(data: Data) -> Data:
    """Without what is empty: a key that is left out, not one without a value."""
    return {key: value for key, value in data.items() if value not in ("", None, [], {})}


def claim(draw: Draw, usual: int) -> Any:
    text = words(draw, "text", usual)
    return {"inference": text} if draw(st.booleans()) else text


def analysis(
    draw: Draw, tiers: tuple[int, int] = (2, 6), each: tuple[int, int] = (0, 6),
    criteria: tuple[int, int] = (1, 7),
) -> Data:  # fmt: skip
    """Tiers with companies and a group, criteria and standings, dependencies upwards."""
    number = draw(counts(*tiers))
    tests = [
        kept({
            "id": f"c{n}", "name": Words("name", 2, 7 * n), "meaning": maybe(draw, "text", 5),
            "group": "First group" if number > 3 and n < 2 else "",
        })
        for n in range(draw(counts(*criteria)))
    ]  # fmt: skip
    long_names, places = draw(st.booleans()), draw(st.booleans())
    ranks: list[Data] = [
        kept({
            "id": f"t{n}", "name": Words("name", 3 if long_names else 1, 5 * n),
            "short": f"Rank {n}" if draw(st.booleans()) else "",
            "places": words(draw, "text", 5) if places else "",
        })
        for n in range(number)
    ]  # fmt: skip
    if draw(st.booleans()) and tests:
        ranks[0]["criteria"] = ["c0"]
    companies: list[Data] = []
    for tier in range(number):
        for _ in range(draw(counts(*each))):
            companies.append(_company(draw, len(companies), tier, tests, companies))
    if not companies:
        companies = [_company(draw, 0, 0, tests, [])]
    groups = [{"id": "rest", "name": Words("name", 2, 11), "tier": f"t{number - 1}"}]
    return {
        "title": Words("title", 5, 3),
        "theme": draw(st.sampled_from(["light", "dark"])),
        "sources": [{"id": "survey", "text": Words("source", 4, 1)}],
        "source": "survey",
        "criteria": tests,
        "tiers": ranks,
        "companies": companies,
        "groups": groups if draw(st.booleans()) else [],
    }


def _company(draw: Draw, number: int, tier: int, tests: list[Data], before: list[Data]) -> Data:
    states = ["met", "in build", "relies on others", "not stated"]
    standings = {
        test["id"]: kept({
            "state": draw(st.sampled_from(states)), "note": maybe(draw, "note", 2),
            "inference": draw(st.booleans()),
        })
        for test in tests
    }  # fmt: skip
    company = {
        "id": f"m{number}", "name": Words("name", 1, number), "tier": f"t{tier}",
        "short": f"M{number}" if draw(st.booleans()) else "", "basis": maybe(draw, "text", 5),
        "building": draw(st.booleans()), "criteria": standings,
    }  # fmt: skip
    if draw(st.booleans()) and before:
        provider = draw(st.sampled_from(before))["id"]
        what = draw(st.sampled_from(["berths", "tugs and pilots"]))
        company["depends_on"] = [
            {"company": provider, "for": what, "inference": draw(st.booleans())}
        ]
    return kept(company)


def slide(draw: Draw, kind: str, **fields: Any) -> Data:
    """A slide with what every slide has."""
    return kept({
        "kind": kind, "id": "it", "title": words(draw, "title", 6),
        "kicker": maybe(draw, "kicker", 2), "note": maybe(draw, "source", 4), **fields,
    })  # fmt: skip


def points(draw: Draw, most: int = 4) -> list[Data]:
    """Takeaways of a side panel; none at times."""
    return [
        kept({"head": words(draw, "head", 3), "text": maybe(draw, "text", 8)})
        for _ in range(draw(counts(0, most)))
    ]


def with_slide(draw: Draw, outline: Data, *slides: Data) -> Data:
    return {**outline, "slides": list(slides)}


PLAIN = (0, 0)  # tiers or criteria that a kind does not look at

# -- the kinds -----------------------------------------------------------------------


def cover(draw: Draw) -> Data:
    outline = analysis(draw)
    if draw(st.booleans()):
        outline = {"title": outline["title"]}
    lines = {"subtitle": maybe(draw, "text", 6), "author": maybe(draw, "note", 3)}
    return with_slide(draw, outline, slide(draw, "cover", **lines, date="May 2025", note=""))


def agenda(draw: Draw) -> Data:
    number = draw(counts(1, 8))
    inner = draw(st.integers(1, 4))
    texts = draw(st.booleans())
    sections: list[Data] = []
    for n in range(number):
        sections.append(
            kept({
                "kind": "section", "id": f"s{n}", "title": words(draw, "head", 3),
                "text": words(draw, "text", 5) if texts else "",
            })
        )  # fmt: skip
        sections += [
            {"kind": "bullets", "id": f"b{n}-{i}", "title": words(draw, "text", 4), "points": ["x"]}
            for i in range(inner)
        ]
    items = [
        kept({"title": words(draw, "head", 3), "text": maybe(draw, "text", 8),
              "slide": "b0-0" if draw(st.booleans()) else ""})
        for _ in range(draw(counts(1, 8)))
    ]  # fmt: skip
    own = items if draw(st.booleans()) else []
    return with_slide(draw, {"title": "Deck"}, slide(draw, "agenda", items=own), *sections)


def section(draw: Draw) -> Data:
    number = draw(counts(1, 14))
    slides: list[Data] = []
    for n in range(number):
        fields = {"text": maybe(draw, "text", 6), "id": "it" if n == number // 2 else f"s{n}"}
        slides.append(slide(draw, "section", **fields, note=""))
        slides[-1]["title"] = words(draw, "head", 3)
        slides += [
            {"kind": "bullets", "id": f"b{n}-{i}", "title": words(draw, "text", 4), "points": ["x"]}
            for i in range(draw(st.integers(1, 5)) if number == 1 else 1)
        ]
    return with_slide(draw, {"title": "Deck"}, *slides)


def summary(draw: Draw) -> Data:
    outline = analysis(draw)
    if draw(st.booleans()):
        outline["question"] = words(draw, "head", 8)
    made = [
        kept({
            "claim": words(draw, "head", 5),
            "evidence": claim(draw, 9) if draw(st.booleans()) else "",
            "slides": draw(st.sampled_from([[], ["end"], ["end", "it"]])),
        })
        for _ in range(draw(counts(2, 5)))
    ]  # fmt: skip
    own = made if draw(st.booleans()) else []
    return with_slide(
        draw, outline, slide(draw, "summary", points=own),
        {"kind": "bullets", "id": "end", "title": "End", "points": ["x"]},
    )  # fmt: skip


def tier_map(draw: Draw) -> Data:
    outline = analysis(draw, each=draw(st.sampled_from(((0, 2), (1, 4), (3, 8), (0, 12)))))
    lined = draw(st.booleans())
    return with_slide(draw, outline, slide(
        draw, "tier-map", axis=maybe(draw, "note", 2), takeaway=maybe(draw, "text", 6),
        line_after="t0" if lined else "", line_label=maybe(draw, "head", 4) if lined else "",
    ))  # fmt: skip


def matrix(draw: Draw) -> Data:
    each = draw(st.sampled_from([(1, 1), (0, 2), (1, 6)]))
    outline = analysis(draw, each=each, criteria=(1, 7))
    highlight: Data = {"highlight": []} if draw(st.booleans()) else {}
    return with_slide(draw, outline, {**slide(draw, "matrix"), **highlight})


def dependency_map(draw: Draw) -> Data:
    outline = analysis(draw, each=draw(st.sampled_from([(1, 1), (1, 3)])), criteria=(1, 2))
    last = outline["companies"][-1]
    if "depends_on" not in last:
        last["depends_on"] = [{"company": outline["companies"][0]["id"], "for": "berths"}]
    if len(outline["companies"]) == 1:
        outline["groups"] = [
            {"id": "rest", "name": "Everyone else", "tier": "t1",
             "depends_on": [{"company": "m0", "for": "berths"}]}
        ]  # fmt: skip
        del last["depends_on"]
    for company in outline["companies"]:
        for need in company.get("depends_on", []):
            need["for"] = words(draw, "note", 2)
    form = draw(st.sampled_from(["either", "either", "table"]))
    own = points(draw)
    return with_slide(draw, outline, slide(draw, "dependency-map", form=form, points=own))


def positioning(draw: Draw) -> Data:
    outline = analysis(draw, each=draw(st.sampled_from([(2, 2), (2, 3)])), criteria=(1, 1))
    companies = outline["companies"][: draw(counts(3, 12))]
    spots = st.tuples(st.sampled_from([0, 2.5, 4.5, 7, 10]), st.sampled_from([0.5, 2, 4, 6, 8]))
    found = draw(st.lists(spots, min_size=len(companies), max_size=len(companies), unique=True))
    places: list[Data] = []
    for company, (x, y) in zip(companies, found, strict=True):
        places.append({"company": company["id"], "x": x, "y": y})
        if draw(st.booleans()):  # no two alike: the judge tells them by their words
            places[-1]["label"] = Words("label", 1, len(places))
    fields = [
        kept({"name": words(draw, "head", 2), "text": maybe(draw, "note", 4)}) for _ in range(4)
    ]
    corners = dict(
        zip(("top_left", "top_right", "bottom_left", "bottom_right"), fields, strict=True)
    )
    axes = {
        key: {"name": words(draw, "axis", 3), "low": words(draw, "axis", 2),
              "high": words(draw, "axis", 2)}
        for key in "xy"
    }  # fmt: skip
    winning = {"winning": "top right"} if draw(st.booleans()) else {}
    return with_slide(draw, outline, slide(
        draw, "positioning", places=places, **axes, points=points(draw),
        quadrants={**corners, **winning} if draw(st.booleans()) else {},
        ordinal=draw(st.booleans()),
    ))  # fmt: skip


def profile(draw: Draw) -> Data:
    outline = analysis(draw, each=(1, 3), criteria=draw(st.sampled_from([(0, 0), (1, 2), (3, 6)])))
    companies = outline["companies"]
    own = draw(st.sampled_from(companies))
    own |= kept({
        "status": maybe(draw, "text", 8),
        "bet": [claim(draw, 7) for _ in range(draw(counts(0, 3)))],
        "exposure": [claim(draw, 7) for _ in range(draw(counts(0, 3)))],
        "depends_on": [
            {"company": other["id"], "for": words(draw, "note", 2),
             "inference": draw(st.booleans())}
            for other in companies[: draw(counts(0, 4))] if other is not own
        ],
    })  # fmt: skip
    who = "rest" if outline["groups"] and draw(st.booleans()) else own["id"]
    hidden = draw(st.booleans())
    return with_slide(draw, outline, slide(draw, "profile", company=who, hide_absent=hidden))


def comparison(draw: Draw) -> Data:
    drawings = st.sampled_from(["race", "ladder", "none"])
    sides = {
        key: kept({"head": words(draw, "head", 3), "picture": draw(drawings),
                   "caption": maybe(draw, "note", 3)})
        for key in ("before", "after")
    }  # fmt: skip
    rows = []
    for _ in range(draw(counts(2, 9))):
        row: Data = {"label": words(draw, "label", 2), "after": claim(draw, 7)}
        if draw(st.booleans()):
            row["before"] = claim(draw, 7)
        rows.append(row)
    return with_slide(draw, analysis(draw, criteria=(1, 1)), slide(
        draw, "comparison", **sides, rows=rows, pictures=maybe(draw, "label", 2),
        takeaway=maybe(draw, "text", 6),
    ))  # fmt: skip


def logic_chain(draw: Draw) -> Data:
    texts = draw(st.booleans())
    steps = [
        kept({"head": words(draw, "head", 3), "text": claim(draw, 8) if texts else ""})
        for _ in range(draw(counts(3, 5)))
    ]
    pair = [
        kept({"text": words(draw, "head", 4), "label": maybe(draw, "label", 1)}) for _ in range(2)
    ]
    paired = draw(st.booleans())
    return with_slide(draw, analysis(draw, criteria=(1, 1)), slide(
        draw, "logic-chain", steps=steps, pair=pair if paired else [],
        joiner=maybe(draw, "label", 1) if paired else "", head=maybe(draw, "head", 4),
        takeaway=maybe(draw, "text", 6),
    ))  # fmt: skip


def timeline(draw: Draw) -> Data:
    number = draw(counts(3, 20))
    dated = draw(st.sampled_from(["no", "years", "months"]))
    phases = draw(st.booleans())
    lit = draw(st.integers(-1, number - 1))
    year, month, events = 2001, 1, []
    for n in range(number):
        month += draw(st.integers(1, 30))
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
        date: Any = {"no": f"Phase {n}", "years": f"{year}", "months": f"{year}-{month:02}"}[dated]
        events.append(kept({
            "date": date, "head": words(draw, "head", 3), "text": maybe(draw, "text", 7),
            "phase": f"Era {n // 3}" if phases else "", "highlight": n == lit,
            "planned": draw(st.booleans()),
        }))  # fmt: skip
    return with_slide(draw, {"title": "Deck"}, slide(draw, "timeline", events=events))


def table(draw: Draw) -> Data:
    columns, rows = draw(counts(1, 7)), draw(counts(1, 30))
    kinds = [draw(st.sampled_from(["text", "number"])) for _ in range(columns)]
    number = st.floats(-1e7, 1e7).map(lambda value: f"{value:,.1f}")

    def cell(kind: str) -> Any:
        return draw(number) if kind == "number" else words(draw, "cell", 2)

    grouped = draw(st.booleans())
    made = []
    for n in range(rows):
        row: Data = {"cells": [cell(kind) for kind in kinds]}
        if grouped and n % 3 == 0:
            row["group"] = words(draw, "label", 1)
        made.append(row)
    totals = [cell(kind) for kind in kinds] if draw(st.booleans()) else []
    heads = [{"head": words(draw, "cell", 1)} for _ in kinds]
    return with_slide(draw, {"title": "Deck"}, slide(
        draw, "table", columns=heads, rows=made, totals=totals,
        group_head=maybe(draw, "label", 1) if grouped else "",
    ))  # fmt: skip


def bar_chart(draw: Draw) -> Data:
    outline = analysis(draw, tiers=(2, 4), each=(1, 3), criteria=(1, 6))
    if draw(st.integers(0, 3)) == 0 and 3 <= len(outline["companies"]) <= 12:
        fields: Data = {"count": "criteria"}
    else:
        size = draw(st.sampled_from([1.0, 100.0, 1e6]))
        value = st.one_of(
            st.floats(-size if draw(st.booleans()) else 0, size).map(lambda x: round(x, 2)),
            st.sampled_from([0.0, size]),
        )
        summed = draw(st.booleans())
        rows = [
            {
                "name": Words("name", 1, number),
                "value": draw(value),
                "building": draw(st.booleans()),
            }
            for number in range(draw(counts(3, 20 if summed else 12)))
        ]
        if draw(st.booleans()):
            del rows[1]["value"]
        fields = {
            "rows": rows, "sum": summed, "measure": words(draw, "text", 3),
            "unit": maybe(draw, "note", 1), "base": maybe(draw, "note", 2),
            "order": "sorted" if summed else draw(st.sampled_from(["sorted", "given"])),
        }  # fmt: skip
    return with_slide(draw, outline, slide(draw, "bar-chart", **fields, points=points(draw)))


def bullets(draw: Draw) -> Data:
    def several(most: int) -> list[Data]:
        return [
            kept({
                "text": words(draw, "text", 6),
                "points": [words(draw, "text", 5) for _ in range(draw(st.sampled_from([0, 0, 3])))],
            })
            for _ in range(draw(counts(1, most)))
        ]  # fmt: skip

    if draw(st.booleans()):
        return with_slide(draw, {"title": "D"}, slide(draw, "bullets", points=several(20)))
    columns = [kept({"head": maybe(draw, "head", 2), "points": several(9)}) for _ in range(2)]
    return with_slide(draw, {"title": "D"}, slide(draw, "bullets", columns=columns))


def faq(draw: Draw) -> Data:
    items = [
        {"q": words(draw, "head", 6), "a": claim(draw, 10)} for _ in range(draw(counts(1, 14)))
    ]
    return with_slide(draw, {"title": "Deck"}, slide(draw, "faq", items=items))


def image(draw: Draw) -> Data:
    return with_slide(draw, {"title": "Deck"}, slide(
        draw, "image", file="harbour.png", alt="A harbour", caption=maybe(draw, "text", 6),
        fit=draw(st.sampled_from(["fit", "fill"])), points=points(draw),
    ))  # fmt: skip


def insight(draw: Draw) -> Data:
    layers = [words(draw, "label", 2) for _ in range(draw(counts(2, 6)))]
    stack = kept({
        "layers": layers, "head": maybe(draw, "note", 2),
        "today": [
            kept({"layer": str(n), "head": words(draw, "note", 2), "text": maybe(draw, "text", 3)})
            for n in range(1, draw(st.integers(0, len(layers))) + 1)
        ],
        "endgame": kept({"text": words(draw, "note", 2), "head": maybe(draw, "note", 1)})
        if draw(st.booleans()) else "",
    })  # fmt: skip
    quote = draw(st.booleans())
    return with_slide(draw, analysis(draw, criteria=(1, 1)), slide(
        draw, "insight", quote=quote, by=words(draw, "note", 3) if quote else "",
        support=maybe(draw, "text", 10), stack=stack if draw(st.booleans()) else "",
    ))  # fmt: skip


def closing(draw: Draw) -> Data:
    outline = analysis(draw, criteria=(1, 1))
    if draw(st.booleans()):
        outline = {"title": "Deck"}
    prompts = [
        kept({"ask": words(draw, "head", 4), "how": maybe(draw, "text", 6)})
        for _ in range(draw(counts(0, 3)))
    ]
    question = kept({
        "text": words(draw, "title", 7), "instruction": maybe(draw, "note", 6), "prompts": prompts,
    })  # fmt: skip
    if "tiers" in outline:
        known = st.sampled_from(["", *(tier["id"] for tier in outline["tiers"])])
        question |= kept({"you_are_here": draw(known), "target": draw(known)})
    outline["question"] = question
    return with_slide(draw, outline, kept({"kind": "closing", "id": "it"}))


def sources(draw: Draw) -> Data:
    listed = [
        kept({
            "id": f"s{n}", "text": words(draw, "text", 7),
            "url": f"https://example.org/{'reports/' * draw(st.integers(0, 20))}{n}"
            if draw(st.booleans()) else "",
            "accessed": "2025-03-01" if draw(st.booleans()) else "",
        })
        for n in range(draw(counts(1, 24)))
    ]  # fmt: skip
    return with_slide(draw, {"title": "Deck", "sources": listed}, slide(draw, "sources"))


KINDS: dict[str, Callable[[Draw], Data]] = {
    made.__name__.replace("_", "-"): made
    for made in (
        agenda, bar_chart, bullets, closing, comparison, cover, dependency_map, faq, image, insight,
        logic_chain, matrix, positioning, profile, section, sources, summary, table, tier_map,
        timeline,
    )
}  # fmt: skip


def parts_in(value: Any) -> set[str]:
    """What may grow in an outline."""
    if isinstance(value, Words):
        return {value.part}
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {part for each in inner for part in parts_in(each)}


@st.composite
def cases(draw: Draw, kind: str) -> Case:
    """An outline with one slide of a kind, and which of its texts are to grow."""
    outline = KINDS[kind](draw)
    slide = next(each for each in outline["slides"] if each["id"] == "it")
    own = sorted(parts_in(slide) | (parts_in(outline) & {"name", "text", "note"}))
    body = tuple(part for part in own if part not in ("title", "kicker", "source"))
    choices = [body, *((part,) for part in own), ()]
    return Case(kind, draw(st.sampled_from(choices)), outline)
