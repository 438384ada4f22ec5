"""Decks in templates that nobody here made, as LibreOffice shows them.

LibreOffice's own designs are converted to .pptx by it first.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import Struct

import deckgen
from conftest import RenderPdf
from deckgen.builder import draft
from deckgen.check import check_draft
from deckgen.corporate import read_template
from measure_templates import DOCUMENT, Tried, designs, others, rows_in, try_kinds
from package_check import package_problems
from rendered import text_outside
from test_templates import FLAGSHIP
from validators import sdk_problems

pytestmark = pytest.mark.render
# Designs that are drawn, and given to Microsoft's SDK: a plain one, one with a banner, one with
# a panel, a dark one.
DRAWN = ("harbour", "DNA", "Midnightblue", "Inspiration", "Portfolio")


class Designs(Struct, frozen=True):
    """Templates by name, each with what was found in it."""

    paths: dict[str, Path]
    tried: dict[str, Tried]


@pytest.fixture(scope="module")
def all_designs(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Designs:
    found = [*others(), *designs(tmp_path_factory.mktemp("designs"))]
    tried = [try_kinds(path) for path in found]
    paths = {one.name: path for one, path in zip(tried, found, strict=True)}
    return Designs(paths, {one.name: one for one in tried})


def test_the_documentation_tells_what_works(all_designs: Designs) -> None:
    """`make template-table` renews it."""
    told = dict(rows_in(DOCUMENT.read_text("utf-8")))
    found = {name: one.works for name, one in all_designs.tried.items()}
    if len(found) < len(told):  # another LibreOffice ships other designs
        pytest.skip(f"LibreOffice has {len(found)} designs here, and {len(told)} are told of")
    assert found == told


def test_most_kinds_work_in_every_design(all_designs: Designs) -> None:
    for name, one in all_designs.tried.items():
        assert one.fit, f"{name}: {one.refusal}"
        assert len(one.fit.refused) <= 2, (name, one.fit.refused)


def test_decks_of_all_kinds_are_valid(
    all_designs: Designs, sdk_validator: Path, tmp_path: Path
) -> None:
    """As valid as their template is: what is wrong with its own parts is not ours."""
    for name, one in all_designs.tried.items():
        assert one.gallery
        template = all_designs.paths[name]
        theirs = {*package_problems(template.read_bytes())}
        ours = package_problems(one.gallery.deck.data)
        if name in DRAWN:  # the SDK takes three seconds
            theirs |= {*sdk_problems(template, sdk_validator)}
            one.gallery.deck.save(tmp_path / "deck.pptx")
            ours += sdk_problems(tmp_path / "deck.pptx", sdk_validator)
        # LibreOffice gives title and subtitle of a layout the same index: types tell them apart.
        new = [told for told in ours if told not in theirs and "idx 0 stands twice" not in told]
        assert new == [], name


def test_flagship_is_built_in_every_design(all_designs: Designs) -> None:
    """It may lack room for a slide or two in the smallest; the rest is drawn, and the contrast
    that is told of is in the template's own places alone.
    """
    whole = 0
    for name, path in all_designs.paths.items():
        drafted = draft(deckgen.load(FLAGSHIP, template=str(path)))
        whole += not drafted.refusals
        slides = {str(page.slide_id) for page in drafted.scene.pages}
        assert len({slide for slide, _ in drafted.refusals}) <= len(slides) / 2, name
        told = [r.message for r in check_draft(drafted) if r.rule == "low-contrast"]
        assert all("#" in message for message in told), (name, told)
    assert whole >= len(all_designs.paths) * 0.7


@pytest.mark.parametrize("name", DRAWN)
def test_text_is_in_its_place(
    name: str, all_designs: Designs, render_pdf: RenderPdf, tmp_path: Path
) -> None:
    if name not in all_designs.tried:
        pytest.skip(f"LibreOffice has no design {name} here")
    gallery = all_designs.tried[name].gallery
    assert gallery
    path = tmp_path / "deck.pptx"
    gallery.deck.save(path)
    astray = text_outside(path, render_pdf(path))
    # The judge takes a subtitle of the title's index for the title; a logo's letters are spaced.
    judged = [told for told in astray if name == "harbour" or not told.startswith("page 1:")]
    assert [told for told in judged if "Wortmarke" not in told] == []


def test_content_is_clear_of_art(all_designs: Designs) -> None:
    """What a layout paints is outside the room for content, or under a field of our own."""
    for name, path in all_designs.paths.items():
        found = read_template(path.read_bytes(), path.name, {})
        match, layout = found.matches["content"], found.template.layouts["content"]
        frame = layout.frame
        for shape in match.sheet.shapes:
            box = shape.box
            inside = box.x <= frame.x and box.y <= frame.y
            inside = inside and box.right >= frame.right and box.bottom >= frame.bottom
            apart = box.right <= frame.x or box.x >= frame.right
            apart = apart or box.bottom <= frame.y or box.y >= frame.bottom
            covered = layout.patch is not None or shape.name in match.frame.over
            assert inside or apart or covered, (name, shape.name)
