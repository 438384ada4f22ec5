"""Every slide kind: its example builds and is the golden, its fields are documented."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Golden
from deckgen.compose import compose
from deckgen.fields import part_fields
from deckgen.loader import load, load_text
from deckgen.reference import explain_kind
from deckgen.slides import example, kind_names, load_kind
from deckgen.writers import txt

KINDS = Path(__file__).parents[1] / "decks" / "kinds"


@pytest.mark.parametrize("kind", kind_names())
def test_the_example_builds_as_it_stands_and_looks_as_accepted(kind: str, golden: Golden) -> None:
    path = KINDS / f"{kind}.yaml"
    assert f"kind: {kind}" in example(kind)
    told = txt.write(compose(load(path, allow_code=True)))
    golden(f"kinds/{kind}.txt", told.replace(f"{KINDS}/", ""))  # in whatever folder that is


@pytest.mark.parametrize("kind", kind_names())
def test_the_example_builds_in_the_dark_theme_as_well(kind: str) -> None:
    text = f"theme: dark\n{example(kind)}"
    scene = compose(load_text(text, str(KINDS / f"{kind}.yaml"), allow_code=True))
    assert scene.theme.dark


@pytest.mark.parametrize("kind", kind_names())
def test_every_field_is_documented(kind: str) -> None:
    fields = part_fields(load_kind(kind).Fields)
    assert [key for key, field in fields.items() if not field.doc.words] == []
    assert explain_kind(kind).startswith(f"{kind}: ")
    first = (load_kind(kind).__doc__ or "").strip().split("\n")[0]
    assert first.endswith("."), "the first line of a kind's documentation is a sentence"
