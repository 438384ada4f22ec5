"""`deckgen themes`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deckgen.cli.options import Quiet
from deckgen.cli.targets import check_target, save
from deckgen.console import counted, fail, mistakes_told
from deckgen.console.listings import print_specimens
from deckgen.console.waiting import progress

if TYPE_CHECKING:
    from deckgen.theme import Tokens


def themes(
    theme: Annotated[
        str | None,
        typer.Argument(metavar="THEME", help="A theme, or a theme file.", show_default=False),
    ] = None,
    gallery: Annotated[
        bool, typer.Option("--gallery", help="Build a deck of all kinds in each theme.")
    ] = False,
    output: Annotated[
        str,
        typer.Option("--output", "-o", metavar="FILE", help="Where it goes; {theme} is filled in."),
    ] = "out/themes/{theme}.pptx",
    form: Annotated[str, typer.Option("--format", metavar="FORM", help="text or json.")] = "text",
    quiet: Quiet = False,
) -> None:
    """List the built-in themes with their colours, or check a theme file and show it."""
    from deckgen.specimen import make_specimen
    from deckgen.theme import theme_names
    from deckgen.themefile import open_theme

    if form not in ("text", "json"):
        fail(f"no format is called “{form}”; it can be: text or json")
    with mistakes_told("nothing is shown"):
        found = {name: open_theme(name) for name in ([theme] if theme else theme_names())}
    if gallery:
        _build_galleries(found, output, quiet)
        return
    specimens = [make_specimen(tokens) for tokens in found.values()]
    if form == "json":
        import msgspec

        print(msgspec.json.format(msgspec.json.encode(specimens), indent=2).decode())
    else:
        print_specimens(specimens, checked=bool(theme))


def _build_galleries(found: dict[str, Tokens], output: str, quiet: bool) -> None:
    """A deck of all kinds for each theme: all of them, or none."""
    from deckgen.gallery import build_gallery

    if len(found) > 1 and "{theme}" not in output:
        fail(f"{output}: a deck has one theme; the name must hold {{theme}}, or name a theme")
    galleries = {}
    with progress("Building", len(found), quiet) as step:
        for name, tokens in found.items():
            target = Path(output.replace("{theme}", Path(name).stem))
            check_target(target, Path(name))
            step(str(target))
            with mistakes_told():
                galleries[target] = build_gallery(tokens)
    save({target: made.deck.data for target, made in galleries.items()})
    for target, made in galleries.items():
        for kind, why in made.refused.items():
            print(f"{target}: {kind} does not fit and is left out: {why}", file=sys.stderr)
        if not quiet:
            print(f"{target}: {counted(made.deck.slide_count, 'slide')}")
