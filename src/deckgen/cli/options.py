"""What several commands take: arguments and options, and what they come to.

An option that counts for what a deck is made of is a field of `inputs.Options`, which
`make_options` fills: it then counts for `--resume` as well, and goes to a cluster.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deckgen.console import fail

if TYPE_CHECKING:
    from deckgen.inputs import Options

OutlineArgument = Annotated[
    Path, typer.Argument(metavar="OUTLINE", help="The YAML file.", show_default=False)
]
Audience = Annotated[
    str, typer.Option("--audience", "-a", metavar="NAME", help="For whom; see `deckgen audiences`.")
]
AllAudiences = Annotated[bool, typer.Option("--all-audiences", help="For every audience.")]
Theme = Annotated[
    str,
    typer.Option(
        "--theme", metavar="THEME", help="A theme or a theme file in place of the outline’s own."
    ),
]
Template = Annotated[
    str,
    typer.Option("--template", metavar="FILE", help="A company’s .pptx or .potx to build in."),
]
AllowCode = Annotated[
    bool, typer.Option("--allow-code", help="Run the Python files that the outline names.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
Values = Annotated[
    list[str],
    typer.Option("--set", metavar="NAME=VALUE", help="The value of a variable of the outline."),
]


def make_options(
    values: list[str], theme: str = "", template: str = "", allow_code: bool = False
) -> Options:
    """How decks are to be built, as the command line says."""
    from deckgen.inputs import Options
    from deckgen.source import Mark
    from deckgen.variables import Given

    given: dict[str, Given] = {}
    for each in values:
        name, equals, words = each.partition("=")
        name = name.strip()
        if not (name and equals):
            fail(f"--set {each}: write it as NAME=VALUE")
        if name in given:
            fail(f"--set {name}: the variable is given twice")
        given[name] = Given(name, words, Mark(f"--set {name}", 0, 0))
    return Options(tuple(given.values()), theme, template, allow_code)
