"""The wrappers about the validators pass on what those say."""

from __future__ import annotations

from pathlib import Path

import pytest
from pptx import Presentation

from validators import audit_problems, sdk_problems


@pytest.fixture
def good(tmp_path: Path) -> Path:
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[6])
    deck.save(str(tmp_path / "good.pptx"))
    return tmp_path / "good.pptx"


@pytest.fixture
def bad(good: Path) -> Path:
    deck = Presentation(str(good))
    for shape in deck.slides[0].shapes._spTree.iter("{*}cNvPr"):
        shape.set("id", "first")
    deck.save(str(good.with_name("bad.pptx")))
    return good.with_name("bad.pptx")


def test_sdk(sdk_validator: Path, good: Path, bad: Path) -> None:
    assert sdk_problems(good, sdk_validator) == []
    assert any("slide1.xml: " in p and "'first'" in p for p in sdk_problems(bad, sdk_validator))
    assert "Could not find" in sdk_problems(good.with_name("absent.pptx"), sdk_validator)[0]


def test_audit(good: Path, bad: Path) -> None:
    assert audit_problems(good) == []
    assert any("slide1.xml" in problem for problem in audit_problems(bad))
