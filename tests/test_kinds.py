"""Every slide kind: its example builds and is the golden, its fields are documented."""

from __future__ import annotations

import pytest

from conftest import Golden
from deckgen.fields import part_fields
from deckgen.reference import explain_kind
from deckgen.slides import example, kind_names, load_kind
from deckgen.writers import txt
from outlines import problems_of, scene_of


@pytest.mark.parametrize("kind", kind_names())
def test_the_example_builds_as_it_stands_and_looks_as_accepted(kind: str, golden: Golden) -> None:
    text = example(kind)
    assert f"kind: {kind}" in text
    golden(f"kinds/{kind}.txt", txt.write(scene_of(text)))


@pytest.mark.parametrize("kind", kind_names())
def test_the_example_builds_in_the_dark_theme_as_well(kind: str) -> None:
    assert problems_of(f"theme: dark\n{example(kind)}") == []


@pytest.mark.parametrize("kind", kind_names())
def test_every_field_is_documented(kind: str) -> None:
    fields = part_fields(load_kind(kind).Fields)
    assert [key for key, field in fields.items() if not field.doc.words] == []
    assert explain_kind(kind).startswith(f"{kind}: ")
    first = (load_kind(kind).__doc__ or "").strip().split("\n")[0]
    assert first.endswith("."), "the first line of a kind's documentation is a sentence"
