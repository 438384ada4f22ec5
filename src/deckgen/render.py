"""A deck in PowerPoint's format goes in, a PDF or pictures of its pages come out.

LibreOffice does the work, as a program of its own; poppler (or pypdfium2, where it
is installed) turns the PDF into pictures. Neither is needed to build a deck.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from deckgen.disk import tidy_end

TIMEOUT_SECONDS = 300.0

_OFFICE_NAMES = ("soffice", "libreoffice")
_OFFICE_PLACES = (  # where the installers of macOS and Windows put it, off the PATH
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
)
_NO_OFFICE = (
    "Rendering needs LibreOffice, which is not installed. Debian and Ubuntu: "
    "sudo apt install libreoffice-impress; macOS: brew install --cask libreoffice; "
    "Windows: winget install TheDocumentFoundation.LibreOffice"
)
_NO_RASTERISER = (
    "Pictures of pages need poppler, which is not installed. Debian and Ubuntu: "
    "sudo apt install poppler-utils; macOS: brew install poppler; "
    "anywhere: pip install pypdfium2"
)


class RenderError(Exception):
    """A deck that could not be rendered. The message says why, and what to do."""


def find_office() -> str:
    """The path of LibreOffice's program; RenderError if it is not installed."""
    found = next(filter(None, map(shutil.which, (*_OFFICE_NAMES, *_OFFICE_PLACES))), None)
    if found is None:
        raise RenderError(_NO_OFFICE)
    return found


def to_pdf(
    pptx: Path, pdf: Path, *, profile: Path | None = None, timeout: float = TIMEOUT_SECONDS
) -> None:
    """Render the deck `pptx` into the file `pdf`, which appears whole or not at all.

    `profile` is the folder of LibreOffice's settings, by default a new one: two
    processes must not share it, one after the other may, which saves half a second.
    `timeout` in seconds. Raises RenderError.
    """
    office = find_office()
    if not pptx.is_file():
        raise RenderError(f"There is no deck {pptx}")
    with _folder_beside(pdf) as folder:
        settings = profile or folder / "profile"
        said = _run(
            [
                office,
                f"-env:UserInstallation={settings.resolve().as_uri()}",
                "--headless",
                "--norestore",
                "--convert-to",
                "pdf:impress_pdf_Export",
                "--outdir",
                str(folder),
                str(pptx.resolve()),
            ],
            timeout,
        )
        made = folder / f"{pptx.stem}.pdf"
        # LibreOffice ends with 0 even where it could not read the file.
        if not made.is_file():
            raise RenderError(f"LibreOffice made no PDF of {pptx}: {said or 'it gave no reason'}")
        made.replace(pdf)


def to_png(
    pptx: Path,
    folder: Path,
    dpi: int = 96,
    *,
    profile: Path | None = None,
    timeout: float = TIMEOUT_SECONDS,
) -> list[Path]:
    """Render each page of the deck into `folder` as `page-01.png` and so on.

    Gives the pictures in the order of the pages. Pictures of pages that an earlier,
    longer deck left there are removed. Raises RenderError.
    """
    find_office()  # before anything is written
    with _folder_beside(folder / "page.pdf") as scratch:
        pdf = scratch / "deck.pdf"
        to_pdf(pptx, pdf, profile=profile, timeout=timeout)
        drawn = pdf_to_png(pdf, scratch, dpi, timeout=timeout)
        for stale in folder.glob("page-*.png"):
            stale.unlink()
        kept = [folder / f"page-{number:02}.png" for number in range(1, len(drawn) + 1)]
        for picture, place in zip(drawn, kept, strict=True):
            picture.replace(place)
    return kept


def pdf_to_png(
    pdf: Path, folder: Path, dpi: int = 96, *, timeout: float = TIMEOUT_SECONDS
) -> list[Path]:
    """Draw each page of a PDF into the existing `folder`; the pictures in page order."""
    if find_spec("pypdfium2"):  # more than twice as fast as poppler
        return _draw_with_pdfium(pdf, folder, dpi)
    poppler = shutil.which("pdftoppm")
    if poppler is None:
        raise RenderError(_NO_RASTERISER)
    said = _run([poppler, "-r", str(dpi), "-png", str(pdf), str(folder / "page")], timeout)
    drawn = sorted(folder.glob("page-*.png"), key=lambda path: int(path.stem.rpartition("-")[2]))
    if not drawn:
        raise RenderError(f"pdftoppm drew no page of {pdf}: {said or 'it gave no reason'}")
    return drawn


def _draw_with_pdfium(pdf: Path, folder: Path, dpi: int) -> list[Path]:
    import pypdfium2

    drawn = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, start=1):
            place = folder / f"page-{number:02}.png"
            page.render(scale=dpi / 72).to_pil().save(place)
            drawn.append(place)
    return drawn


@contextmanager
def _folder_beside(target: Path) -> Iterator[Path]:
    """A folder that goes again, on the target's own file system so that moving is atomic.

    Its name has no leading dot: LibreOffice from a snap may not enter hidden folders.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with (
        tidy_end(),
        TemporaryDirectory(
            prefix="deckgen-render-", dir=target.parent, ignore_cleanup_errors=True
        ) as name,
    ):
        yield Path(name)


def _run(command: list[str], timeout: float) -> str:
    """Run a program to its end; what it said on standard error. RenderError when it fails."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise RenderError(f"{command[0]} did not start: {error.strerror}") from error
    try:
        said = process.communicate(timeout=timeout)[1].decode("utf-8", "replace").strip()
    except subprocess.TimeoutExpired:
        _end(process)
        raise RenderError(
            f"{Path(command[0]).name} did not finish within {timeout:g} seconds"
        ) from None
    except BaseException:  # Ctrl-C does not reach a session of its own
        _end(process)
        raise
    if process.returncode:
        raise RenderError(f"{Path(command[0]).name} failed ({process.returncode}): {said}")
    return said


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program with its children: `soffice` is a script that starts another."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
