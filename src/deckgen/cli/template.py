"""`deckgen template`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deckgen.cli.options import Quiet
from deckgen.cli.targets import save
from deckgen.console import counted, fail
from deckgen.console.listings import print_fit

template = typer.Typer(
    name="template", help="See what decks make of a company’s template.", no_args_is_help=True
)


@template.callback()
def _root() -> None:
    """Let `check` be a command of its own, though it is the only one."""


@template.command()
def check(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The .pptx or .potx.", show_default=False)
    ],
    layout: Annotated[
        list[str],
        typer.Option("--layout", metavar="KEY=NAME", help="A layout by name, as under `layouts`."),
    ] = [],  # noqa: B006 - typer makes a new one
    color: Annotated[
        list[str],
        typer.Option("--color", metavar="ROLE=COLOR", help="A colour, as under `colors`."),
    ] = [],  # noqa: B006 - typer makes a new one
    preview: Annotated[
        Path | None,
        typer.Option("--preview", metavar="DECK", help="Build a deck of all kinds in it."),
    ] = None,
    form: Annotated[str, typer.Option("--format", metavar="FORM", help="text or json.")] = "text",
    quiet: Quiet = False,
) -> None:  # fmt: skip
    """Tell what was found in a template, which layouts serve, and which kinds do not fit."""
    if form not in ("text", "json"):
        fail(f"no format is called “{form}”; it can be: text or json")
    from deckgen.fitting import choose, fit_template
    from deckgen.opc import TemplateError

    try:
        choice = choose(str(file), _pairs(layout), _pairs(color))
        fit, gallery = fit_template(choice)
    except TemplateError as error:
        fail(f"{file}: the template cannot serve: {error}" + (f"; {error.hint}" * bool(error.hint)))
    if preview:
        if preview.resolve() == file.resolve():
            fail(f"{preview}: the preview would replace the template")
        save({preview: gallery.deck.data})
    if form == "json":
        import msgspec

        print(msgspec.json.format(msgspec.json.encode(fit), indent=2).decode())
    else:
        print_fit(fit)
        if preview and not quiet:
            print(f"{preview}: {counted(gallery.deck.slide_count, 'slide')}")
    if not fit.works:
        raise typer.Exit(1)


def _pairs(texts: list[str]) -> dict[str, str]:
    pairs = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not (key and equals and value):
            fail(f"{text}: write it as NAME=VALUE")
        pairs[key.strip()] = value.strip()
    return pairs
