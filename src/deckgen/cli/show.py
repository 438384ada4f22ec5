"""The commands that show what there is, and `deckgen new`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deckgen.cli.options import (
    AllowCode,
    Audience,
    OutlineArgument,
    Template,
    Theme,
    Values,
    make_options,
)
from deckgen.console import fail, mistakes_told
from deckgen.console.listings import print_overview


def titles(
    outline: OutlineArgument,
    audience: Audience = "",
    theme: Theme = "",
    template: Template = "",
    allow_code: AllowCode = False,
    values: Values = [],  # noqa: B006 - typer makes a new one
) -> None:
    """Print the storyline: the titles as they read in a row."""
    options = make_options(values, theme, template, allow_code)
    with mistakes_told():
        from deckgen.inputs import load_with

        loaded = load_with(outline, audience, options)
        from deckgen.builder import lay_out  # loaded when the outline is known to be sound

        scene = lay_out(loaded)
    for number, page in enumerate(scene.pages, start=1):
        print(f"{number:3}  {page.title}")


def audiences(
    outline: OutlineArgument,
    form: Annotated[str, typer.Option("--format", metavar="FORM", help="text or json.")] = "text",
    theme: Theme = "",
    template: Template = "",
    allow_code: AllowCode = False,
    values: Values = [],  # noqa: B006 - typer makes a new one
) -> None:
    """Show who gets which slides and claims, under which titles, and how long it takes."""
    if form not in ("text", "json"):
        fail(f"no format is called “{form}”; it can be: text or json")
    options = make_options(values, theme, template, allow_code)
    with mistakes_told():
        from deckgen.inputs import open_with, read_with

        manuscript = open_with(outline, options)
        from deckgen.overview import make_overview

        overview = make_overview(manuscript, read_with(manuscript, options))
    if form == "json":
        import msgspec

        print(msgspec.json.format(msgspec.json.encode(overview), indent=2).decode())
    elif overview.audiences:
        print_overview(overview, str(outline))
    else:
        print(f"{outline}: no audiences; give the outline some under `audiences`")


def schema(
    theme: Annotated[bool, typer.Option("--theme", help="That of theme files.")] = False,
) -> None:
    """Print the JSON Schema of outlines, by which editors complete and check."""
    import json

    from deckgen.schema import outline_schema, theme_schema

    print(json.dumps(theme_schema() if theme else outline_schema(), indent=2, ensure_ascii=False))


def kinds(
    kind: Annotated[
        str | None, typer.Argument(help="A kind to explain.", show_default=False)
    ] = None,
) -> None:
    """List the slide kinds, or explain one: its fields and an example that builds."""
    from deckgen.slides import example, kind_names
    from deckgen.source import nearest

    if kind is None:
        from deckgen.schema import describe_kind

        width = max(len(name) for name in kind_names())
        for name in kind_names():
            print(f"{name:{width}}  {describe_kind(name)}")
        return
    if kind not in kind_names():
        fail(f"no slide kind is called “{kind}”; {nearest(kind, kind_names())}")
    from deckgen.reference import explain_kind

    print(explain_kind(kind))
    print(f"Example (`deckgen new NAME --kind {kind}` writes it to a file):\n")
    print(example(kind).rstrip())


def new(
    name: Annotated[
        Path, typer.Argument(metavar="NAME", help="The file to write, as in briefing.yaml.")
    ],
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help="The example of a kind of slide.")
    ] = None,
) -> None:
    """Write a commented outline to start from, or the example of a kind."""
    import shlex
    from importlib.resources import files

    from deckgen.builder import write_whole
    from deckgen.slides import example, example_files, kind_names
    from deckgen.source import nearest

    target = name if name.suffix in (".yaml", ".yml") else name.with_name(f"{name.name}.yaml")
    made = {target: (files("deckgen") / "starter.yaml").read_bytes()}
    if kind is not None:
        if kind not in kind_names():
            fail(f"no slide kind is called “{kind}”; {nearest(kind, kind_names())}")
        made = {target: example(kind).encode()}
        made |= {target.parent / path.name: path.read_bytes() for path in example_files(kind)}
    for path in made:
        if path.exists():
            fail(f"{path}: there is such a file already; it was not touched")
    try:
        for path, data in made.items():
            write_whole(path, data)
    except OSError as error:
        fail(f"{target}: cannot be written ({error.strerror or error})")
    allow = " --allow-code" if any(path.suffix == ".py" for path in made) else ""
    print(f"{target}: now `deckgen build {shlex.quote(str(target))}{allow}`")
