"""The command line: arguments and files. With `console`, which prints, the only one that does.

Exit codes: 0 well; 1 findings, a missing program, or some decks of several that could not be
built; 2 an invalid outline or command, or no deck of several could be built.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from typing import Annotated

import typer

import deckgen
from deckgen.cli.build import build
from deckgen.cli.check import check, rules
from deckgen.cli.render import render
from deckgen.cli.show import audiences, kinds, new, schema, titles
from deckgen.cli.template import template
from deckgen.cli.themes import themes

_COMMANDS = (build, check, rules, titles, audiences, schema, themes, kinds, new, render)


def _root(
    version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
) -> None:
    if version:
        print(f"deckgen {deckgen.__version__}")
        raise typer.Exit


def make_app(asked: str = "") -> typer.Typer:
    """The command line with all its commands, or with the one that is asked for.

    To make them all takes a tenth of the time of a small deck.
    """
    app = typer.Typer(
        name="deckgen",
        help="An outline of an analysis goes in, an executive briefing deck comes out.",
        no_args_is_help=True,
        rich_markup_mode=None,  # plain help: rich would triple the time to show it
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(invoke_without_command=True)(_root)
    own = [command for command in _COMMANDS if command.__name__ == asked]
    for command in own or _COMMANDS:
        app.command()(command)
    if not own:
        app.add_typer(template)
    return app


app = make_app()


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):  # names that the terminal cannot show are escaped
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    gc.disable()  # a deck makes few cycles; `build` turns it on again for many decks
    try:
        make_app(*sys.argv[1:2])()
    except BrokenPipeError:  # the reader of our output has gone
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:  # our own output cannot be printed, say
        print(f"deckgen: {error.strerror or error}", file=sys.stderr)
        sys.exit(1)
    except Exception as error:
        if os.environ.get("DECKGEN_DEBUG"):
            raise
        told = f"{type(error).__name__}: {error}"
        print(f"deckgen: a fault in deckgen, not in your outline ({told})", file=sys.stderr)
        print("Please report it with what DECKGEN_DEBUG=1 shows.", file=sys.stderr)
        sys.exit(70)  # EX_SOFTWARE of sysexits.h
    finally:
        gc.freeze()  # Python looks for cycles once more as it ends: a tenth of a small deck's time
