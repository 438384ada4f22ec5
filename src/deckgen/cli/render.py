"""`deckgen render`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import deckgen
from deckgen.cli.options import AllowCode, Audience, Quiet, Template, Theme, Values, make_options
from deckgen.console import counted, fail, mistakes_told
from deckgen.console.waiting import patience


def render(
    deck: Annotated[
        Path, typer.Argument(metavar="DECK", help="A .pptx, or an outline to build first.")
    ],
    pdf: Annotated[bool, typer.Option("--pdf", help="One PDF beside the deck.")] = False,
    png: Annotated[
        bool, typer.Option("--png", help="A folder of pictures beside the deck.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Another file (PDF) or folder (PNG).")
    ] = None,
    dpi: Annotated[int, typer.Option(min=30, max=600, help="Dots per inch of the pictures.")] = 96,
    audience: Audience = "",
    theme: Theme = "",
    template: Template = "",
    allow_code: AllowCode = False,
    values: Values = [],  # noqa: B006 - typer makes a new one
    quiet: Quiet = False,
) -> None:
    """Show a deck as PDF or pictures, through LibreOffice."""
    import tempfile

    from deckgen.render import RenderError, to_pdf, to_png

    options = make_options(values, theme, template, allow_code)
    if pdf == png:
        fail("say what to make: `--pdf` or `--png`")
    if not deck.is_file():
        fail(f"{deck}: {'this is a directory' if deck.is_dir() else 'there is no such file'}")
    beside = deck.with_name(f"{deck.stem}.{audience}{deck.suffix}") if audience else deck
    target = output or beside.with_suffix(".pdf" if pdf else "")
    if pdf and (target.is_dir() or target.suffix.lower() != ".pdf"):
        fail(f"{target}: name a .pdf file")
    if png and target.is_file():
        fail(f"{target}: this is a file; name a folder for the pictures")
    with tempfile.TemporaryDirectory() as folder, patience(f"Rendering {deck}", quiet):
        source = deck
        if deck.suffix in (".yaml", ".yml"):
            source = Path(folder) / f"{deck.stem}.pptx"
            with mistakes_told():
                from deckgen.inputs import load_with

                deckgen.build(load_with(deck, audience, options)).save(source)
        elif audience:
            fail(f"{deck}: a deck is for one audience already; name its outline")
        elif theme or template:
            fail(f"{deck}: a deck has its look already; name its outline")
        try:
            if pdf:
                to_pdf(source, target)
            else:
                count = len(to_png(source, target, dpi))
        except RenderError as error:
            fail(str(error), code=1)
        except OSError as error:
            fail(f"{target}: cannot be written ({error.strerror or error})")
    if not quiet:
        print(target if pdf else f"{target}: {counted(count, 'picture')}")
