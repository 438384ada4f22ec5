"""A short run of the fuzzer, and inputs that no deck resembles.

`make fuzz` runs it longer: see “Hostile input” in CONTRIBUTING.md.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import fuzz
from deckgen.characters import CONTROL
from deckgen.loader import load_text
from deckgen.outline import Outline
from deckgen.slides import kind_names, load_kind
from outlines import problems_of


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> fuzz.Judge:
    return fuzz.Judge(tmp_path_factory.mktemp("fuzz"))


def test_decks_made_hostile_give_decks_or_mistakes_at_their_lines(judge: fuzz.Judge) -> None:
    told: list[str] = []
    counts: Counter[str] = Counter()
    fuzz.run(200, 20261101, judge, told.append, counts)
    assert told == []
    assert counts.total() == 200
    assert sum(counts[key] for key in counts if key.endswith(" deck")) > 20
    assert sum(counts[key] for key in counts if key.endswith(" refused")) > 20


def test_data_files_made_hostile_give_decks_or_mistakes_at_their_cells(judge: fuzz.Judge) -> None:
    told: list[str] = []
    counts: Counter[str] = Counter()
    fuzz.run_data(200, 20261125, judge, told.append, counts)
    assert told == []
    for suffix in ("csv", "xlsx"):
        assert counts[f"{suffix} refused"] > 20
        assert counts[f"{suffix} deck"] > 5


def test_the_fuzzer_finds_what_is_planted(
    judge: fuzz.Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(outline: Outline) -> None:
        if "z" in outline.title:
            raise KeyError("planted")

    monkeypatch.setattr("deckgen.build", fall)
    text = b"subtitle: One\ntitle: A maze\nauthor: Two\n"
    finding = judge(text).finding
    assert finding is not None
    assert finding.kind.startswith("KeyError in test_fuzz.py")
    assert b"author" not in fuzz.minimise(text, finding.kind, judge)


def test_every_mutation_changes_something() -> None:
    rng, seeds = random.Random(1), fuzz.load_seeds()
    names = {fuzz.make_input(rng, seeds)[0] for _ in range(400)}
    assert names == {kind.__name__ for kind in (*fuzz.NODES, *fuzz.BYTES)} | {"mixed"}


FREELY = settings(
    max_examples=150, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip
KEYS = [
    *"title subtitle sources source criteria tiers companies groups question slides audiences id "
    "name kind only not text tier extends file points rows notes claim stated inference".split(),
]
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.datetimes(),
    st.text(st.characters(codec="utf-8"), max_size=30), st.binary(max_size=10),
    st.sampled_from([*kind_names(), "tier-map", "1", "a"]),
)  # fmt: skip
trees: st.SearchStrategy[Any] = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=5), st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)
    ),
    max_leaves=30,
)


def accepted(judge: fuzz.Judge, text: bytes) -> None:
    finding = judge(text).finding
    assert finding is None, finding


@FREELY
@given(st.dictionaries(st.sampled_from(KEYS), trees, max_size=8))
def test_any_tree(judge: fuzz.Judge, tree: dict[str, Any]) -> None:
    accepted(judge, yaml.safe_dump({"title": "x", **tree}, allow_unicode=True).encode())


@FREELY
@given(st.binary(max_size=300))
def test_any_bytes(judge: fuzz.Judge, data: bytes) -> None:
    accepted(judge, data)
    accepted(judge, b"title: x\nslides:\n  - {kind: bullets, title: " + data + b", points: [a]}\n")


@FREELY
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
def test_any_text_stays_what_it_is_or_is_told(words: str) -> None:
    """As a double-quoted scalar, which can hold every character but the two that end it."""
    quoted = yaml.dump(words, default_style='"', width=10_000).strip()
    unfit = CONTROL.search(words) or not words.strip() or "](" in words
    if unfit or re.search("[\u202a-\u202e\u2066-\u2069]", words):
        told = problems_of(f"title: {quoted}\n")
        assert [line for line in told if not line.startswith("deck.yaml:1:")] == []
    else:
        assert load_text(f"title: {quoted}\n").title == words.strip()


@FREELY
@given(st.sampled_from(kind_names()), st.dictionaries(st.text("abc", max_size=3), trees), trees)
def test_any_value_in_any_field_of_any_kind(
    judge: fuzz.Judge, kind: str, odd: dict[str, Any], value: Any
) -> None:
    fields = [name for name in load_kind(kind).Fields.__struct_fields__ if name != "mark"]
    slides = [{"kind": kind, "title": "x", name.rstrip("_"): value, **odd} for name in fields]
    accepted(judge, yaml.safe_dump({"title": "x", "slides": slides}).encode())
