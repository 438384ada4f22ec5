"""What tests share: goldens, the programs they need, pages as pictures.

`pytest --accept` rewrites the goldens. With DECKGEN_REQUIRE_TOOLS set, as in continuous
integration, a program that is not installed fails the tests that need it.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from PIL import Image

from deckgen.render import RenderError, find_office, pdf_to_png, to_pdf
from validators import find_sdk_validator

GOLDENS = Path(__file__).parent / "golden"

Golden: TypeAlias = Callable[[str, str], None]
RenderPdf: TypeAlias = Callable[[Path | bytes], Path]
RenderPages: TypeAlias = Callable[..., list[Image.Image]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite tests/golden as things are")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """`golden("kinds/profile.txt", text)` holds the text to the file of that name."""

    def compare(name: str, text: str) -> None:
        path = GOLDENS / name
        kept = path.read_text("utf-8") if path.exists() else ""
        if text == kept and path.exists():
            return
        if request.config.getoption("--accept"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        diff = difflib.unified_diff(
            kept.splitlines(), text.splitlines(), f"tests/golden/{name}", "now", lineterm="", n=2
        )
        told = "\n".join(diff) or "only the last line's end differs"
        pytest.fail(f"{told}\n\nIf this is meant: pytest --accept, then look at git diff.", False)

    return compare


def lack(reason: str) -> None:
    """Skip a test for want of a program, or fail it where everything must be there."""
    if os.environ.get("DECKGEN_REQUIRE_TOOLS"):
        pytest.fail(f"DECKGEN_REQUIRE_TOOLS is set, but: {reason}", False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def soffice() -> str:
    """The path of LibreOffice's program."""
    try:
        return find_office()
    except RenderError as error:
        lack(str(error))
        raise


@pytest.fixture(scope="session")
def sdk_validator() -> Path:
    """The path of Microsoft's Open XML SDK validator, for `validators.sdk_problems`."""
    path = find_sdk_validator()
    if path is None:
        lack("the Open XML SDK validator is not installed: npm ci --prefix tests/ooxml")
    assert path is not None
    return path


@pytest.fixture(scope="session")
def office_profile(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A LibreOffice profile of this worker's own."""
    return tmp_path_factory.mktemp("office")


@pytest.fixture
def render_pdf(office_profile: Path, tmp_path_factory: pytest.TempPathFactory) -> RenderPdf:
    """`render_pdf(deck)`: the PDF that LibreOffice makes of a deck (a path, or its bytes)."""

    def render(deck: Path | bytes) -> Path:
        folder = tmp_path_factory.mktemp("render")
        path = deck if isinstance(deck, Path) else folder / "deck.pptx"
        if isinstance(deck, bytes):
            path.write_bytes(deck)
        to_pdf(path, folder / "deck.pdf", profile=office_profile)
        return folder / "deck.pdf"

    return render


@pytest.fixture
def render_pages(render_pdf: RenderPdf) -> RenderPages:
    """`render_pages(deck, dpi=96)`: a PIL image of each page."""

    def render(deck: Path | bytes, dpi: int = 96) -> list[Image.Image]:
        pdf = render_pdf(deck)
        images = []
        for path in pdf_to_png(pdf, pdf.parent, dpi):
            with Image.open(path) as image:
                images.append(image.convert("RGB"))
        return images

    return render
