"""Rendering: what a user gets with LibreOffice, and what they are told without it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PIL import Image
from pptx import Presentation
from pptx.util import Inches

from deckgen import render
from deckgen.render import RenderError, to_pdf, to_png


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    """Two slides of 13.333 by 7.5 inches."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(13.333), Inches(7.5)
    for title in ("One", "Two"):
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        slide.shapes.title.text = title
    path = tmp_path / "a deck.pptx"
    presentation.save(str(path))
    return path


def program(folder: Path, name: str, code: str) -> Path:
    """A program of a few lines of Python, on its own in `folder`."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!{sys.executable}\n{code}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty PATH, and no LibreOffice where installers put it; the folder on the PATH."""
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    monkeypatch.setenv("PATH", str(bin_folder))
    monkeypatch.setattr(render, "_OFFICE_PLACES", ())
    return bin_folder


def test_missing_office_says_how_to_get_it(no_office: Path, deck: Path, tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=r"apt install libreoffice-impress.*brew.*winget"):
        to_pdf(deck, tmp_path / "deck.pdf")


def test_missing_rasteriser_says_how_to_get_it(
    no_office: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(render, "find_spec", lambda name: None)
    with pytest.raises(RenderError, match="apt install poppler-utils"):
        render.pdf_to_png(tmp_path / "deck.pdf", tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="stands in for soffice with a script")
class TestMisbehavingOffice:
    """An old PDF stays as it is whatever LibreOffice does, and no scratch folder stays."""

    @pytest.fixture(autouse=True)
    def old_pdf(self, no_office: Path, tmp_path: Path) -> None:
        self.bin_folder = no_office
        self.pdf = tmp_path / "out" / "deck.pdf"
        self.pdf.parent.mkdir()
        self.pdf.write_bytes(b"old")

    def assert_untouched(self) -> None:
        assert self.pdf.read_bytes() == b"old"
        assert list(self.pdf.parent.iterdir()) == [self.pdf]

    def test_no_output(self, deck: Path) -> None:
        program(self.bin_folder, "soffice", "import sys; sys.stderr.write('cannot load')")
        with pytest.raises(RenderError, match=r"no PDF of .*a deck.pptx: cannot load"):
            to_pdf(deck, self.pdf)
        self.assert_untouched()

    def test_failure(self, deck: Path) -> None:
        program(self.bin_folder, "soffice", "raise SystemExit('out of memory')")
        with pytest.raises(RenderError, match=r"soffice failed \(1\): out of memory"):
            to_pdf(deck, self.pdf)
        self.assert_untouched()

    def test_hanging_children_are_ended(self, deck: Path) -> None:
        child = "import time; time.sleep(60)"
        code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
        program(self.bin_folder, "soffice", code)
        with pytest.raises(RenderError, match=r"did not finish within 0\.5 seconds"):
            # Would wait the minute out for a child that holds standard error open.
            to_pdf(deck, self.pdf, timeout=0.5)
        self.assert_untouched()


def test_missing_deck_is_told(soffice: str, tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=r"no deck .*absent\.pptx"):
        to_pdf(tmp_path / "absent.pptx", tmp_path / "deck.pdf")


@pytest.mark.render
def test_pdf_is_made_whole(soffice: str, deck: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "new folder" / "deck.pdf"
    to_pdf(deck, pdf)
    assert pdf.read_bytes().startswith(b"%PDF")
    assert list(pdf.parent.iterdir()) == [pdf]


@pytest.mark.render
@pytest.mark.parametrize("rasteriser", ["pypdfium2", "pdftoppm"])
def test_a_picture_a_page(
    soffice: str, deck: Path, tmp_path: Path, rasteriser: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if rasteriser == "pdftoppm":
        monkeypatch.setattr(render, "find_spec", lambda name: None)
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "page-07.png").write_bytes(b"of a longer deck")
    pictures = to_png(deck, folder, dpi=48)
    assert pictures == [folder / "page-01.png", folder / "page-02.png"]
    assert sorted(folder.iterdir()) == pictures
    for picture in pictures:
        with Image.open(picture) as image:
            assert image.size == (640, 360)
