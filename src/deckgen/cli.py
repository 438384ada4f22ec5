"""The command line: arguments and files. With `console`, which prints, the only one that does.

Exit codes: 0 well, 1 findings or a missing program, 2 an invalid outline or command.
"""

from __future__ import annotations

import io
import os
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import deckgen
from deckgen.console import (
    counted,
    fail,
    mistakes_told,
    patience,
    print_checked,
    print_overview,
    print_slides,
    print_specimens,
    progress,
    tell,
    text_of,
)

if TYPE_CHECKING:
    from deckgen.check import Checked
    from deckgen.outline import Outline
    from deckgen.scene import Scene
    from deckgen.source import Problem
    from deckgen.theme import Tokens
    from deckgen.variants import Manuscript

app = typer.Typer(
    name="deckgen",
    help="An outline of an analysis goes in, an executive briefing deck comes out.",
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help: rich would triple the time to show it
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

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
AllowCode = Annotated[
    bool, typer.Option("--allow-code", help="Run the Python files that the outline names.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):  # names that the terminal cannot show are escaped
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
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


# -- commands ---------------------------------------------------------------------


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
) -> None:
    if version:
        print(f"deckgen {deckgen.__version__}")
        raise typer.Exit


@app.command()
def build(
    outline: OutlineArgument,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE",
            help="Where the deck goes; {name} and {audience} are filled in. [out/NAME.pptx]",
        ),
    ] = None,
    audience: Audience = "",
    all_audiences: AllAudiences = False,
    theme: Theme = "",
    allow_code: AllowCode = False,
    quiet: Quiet = False,
) -> None:  # fmt: skip
    """Build the deck of an outline, for an audience or for all of them."""
    start = time.perf_counter()
    if all_audiences:
        _build_all(outline, audience, output, theme, quiet, allow_code)
        return
    target = _target(outline, audience, output)
    with mistakes_told(), patience(f"Building {target}", quiet):
        loaded = deckgen.load(outline, audience, theme, allow_code=allow_code)
        deck = deckgen.build(loaded)
    _save({target: deck.data})
    if not quiet:
        from deckgen.overview import find_notices

        print_slides(deck.scene, find_notices(loaded, deck.scene))
        slides = counted(deck.slide_count, "slide")
        print(f"{target}: {slides} in {time.perf_counter() - start:.1f} s")


def _build_all(
    outline: Path, audience: str, output: Path | None, theme: str, quiet: bool, allow_code: bool
) -> None:
    """Every audience's deck, or none: decks that were built together agree."""
    start = time.perf_counter()
    if audience:
        fail("give either `--audience` or `--all-audiences`")
    if output is not None and "{audience}" not in str(output):
        fail(f"{output}: with `--all-audiences` the name must hold {{audience}}")
    names = _audience_names(outline, every=True)
    targets = {name: _target(outline, name, output) for name in names}
    built = []
    from deckgen.builder import build_audiences
    from deckgen.source import OutlineError

    decks = build_audiences(str(outline), names, theme, allow_code=allow_code)
    with progress(f"Building {outline.name}", len(names), quiet) as step:
        for each in decks:
            built.append(each)
            step(f"{targets[each.audience]}")
    problems = [problem for each in built for problem in each.problems]
    if problems:
        with mistakes_told():
            raise OutlineError(problems)
    _save({targets[each.audience]: each.data for each in built})
    if quiet:
        return
    for each in sorted(built, key=lambda each: names.index(each.audience)):
        for notice in each.notices:
            print(notice, file=sys.stderr)
        print(f"{targets[each.audience]}: {counted(each.slide_count, 'slide')}")
    print(f"{counted(len(built), 'deck')} in {time.perf_counter() - start:.1f} s")


@app.command()
def check(
    outlines: Annotated[
        list[Path], typer.Argument(metavar="OUTLINE...", help="YAML files.", show_default=False)
    ],
    audience: Audience = "",
    all_audiences: AllAudiences = False,
    allow_code: AllowCode = False,
    form: Annotated[
        str, typer.Option("--format", metavar="FORM", help="text, json or sarif.")
    ] = "text",
    theme: Theme = "",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print findings alone.")] = False,
) -> None:
    """Read a deck as an editor does, for everyone and each audience; see `deckgen rules`."""
    if audience and all_audiences:
        fail("give either `--audience` or `--all-audiences`")
    if form not in ("text", "json", "sarif"):
        fail(f"no format is called “{form}”; it can be: text, json or sarif")
    checked: dict[Path, Checked] = {}
    problems: list[Problem] = []
    from deckgen.source import OutlineError

    for outline in outlines:
        with patience(f"Checking {outline}", quiet or form != "text"):
            try:
                checked[outline] = _check(outline, audience, all_audiences, theme, allow_code)
            except OutlineError as error:
                problems += error.problems
    reports = [report for each in checked.values() for report in each.reports]
    if form == "text":
        print_checked(checked, quiet)
        if problems:
            tell(OutlineError(problems), "what is not sound was not checked further")
    else:
        from deckgen.check import as_reports
        from deckgen.reports import to_json, to_sarif

        told = [*as_reports(problems), *reports]
        print(to_json(told) if form == "json" else to_sarif(told, deckgen.__version__))
    if problems:
        raise typer.Exit(2)
    if any(not report.accepted for report in reports):
        raise typer.Exit(1)


def _check(outline: Path, audience: str, every: bool, theme: str, allow_code: bool) -> Checked:
    """What there is to say of an outline. OutlineError if it is not sound."""
    from deckgen.loader import read_all
    from deckgen.source import OutlineError
    from deckgen.variants import open_manuscript

    manuscript = open_manuscript(outline)
    names = [audience] if audience else _names(outline, manuscript, every)
    names = names if audience or every else ["", *names]
    reading = read_all(manuscript, theme, allow_code=allow_code)
    loaded: dict[str, Outline] = {}
    problems: list[Problem] = []
    for name in names:
        try:
            loaded[name] = reading.for_audience(name)
        except OutlineError as error:
            problems += error.problems
    if problems:
        raise OutlineError(problems)
    from deckgen.builder import draft
    from deckgen.check import check_drafts

    return check_drafts(((name, draft(each)) for name, each in loaded.items()), text_of)


@app.command()
def rules() -> None:
    """List the rules of `deckgen check`: what each finds, and what to do about it."""
    from deckgen.check import all_rules

    group = ""
    for rule in all_rules():
        if rule.group != group:
            print(f"{chr(10) if group else ''}{rule.group}")
            group = rule.group
        print(f"  {rule.code} ({rule.severity}): {rule.what}")
        print(f"      {rule.remedy}")


@app.command()
def titles(
    outline: OutlineArgument, audience: Audience = "", theme: Theme = "",
    allow_code: AllowCode = False,
) -> None:  # fmt: skip
    """Print the storyline: the titles as they read in a row."""
    with mistakes_told():
        scene = _compose(deckgen.load(outline, audience, theme, allow_code=allow_code))
    for number, page in enumerate(scene.pages, start=1):
        print(f"{number:3}  {page.title}")


@app.command()
def audiences(
    outline: OutlineArgument,
    form: Annotated[str, typer.Option("--format", metavar="FORM", help="text or json.")] = "text",
    theme: Theme = "",
    allow_code: AllowCode = False,
) -> None:
    """Show who gets which slides and claims, under which titles, and how long it takes."""
    if form not in ("text", "json"):
        fail(f"no format is called “{form}”; it can be: text or json")
    with mistakes_told():
        from deckgen.variants import open_manuscript

        manuscript = open_manuscript(outline)
        from deckgen.overview import make_overview

        overview = make_overview(manuscript, theme, allow_code=allow_code)
    if form == "json":
        import msgspec

        print(msgspec.json.format(msgspec.json.encode(overview), indent=2).decode())
    elif overview.audiences:
        print_overview(overview, str(outline))
    else:
        print(f"{outline}: no audiences; give the outline some under `audiences`")


@app.command()
def schema(
    theme: Annotated[bool, typer.Option("--theme", help="That of theme files.")] = False,
) -> None:
    """Print the JSON Schema of outlines, by which editors complete and check."""
    import json

    from deckgen.schema import outline_schema, theme_schema

    print(json.dumps(theme_schema() if theme else outline_schema(), indent=2, ensure_ascii=False))


@app.command()
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
            _check_target(target, Path(name))
            step(str(target))
            with mistakes_told():
                galleries[target] = build_gallery(tokens)
    _save({target: made.deck.data for target, made in galleries.items()})
    for target, made in galleries.items():
        for kind, why in made.refused.items():
            print(f"{target}: {kind} does not fit and is left out: {why}", file=sys.stderr)
        if not quiet:
            print(f"{target}: {counted(made.deck.slide_count, 'slide')}")


@app.command()
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


@app.command()
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


@app.command()
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
    allow_code: AllowCode = False,
    quiet: Quiet = False,
) -> None:
    """Show a deck as PDF or pictures, through LibreOffice."""
    import tempfile

    from deckgen.render import RenderError, to_pdf, to_png

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
                loaded = deckgen.load(deck, audience, theme, allow_code=allow_code)
                deckgen.build(loaded).save(source)
        elif audience:
            fail(f"{deck}: a deck is for one audience already; name its outline")
        elif theme:
            fail(f"{deck}: a deck has its theme already; name its outline")
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


def _compose(outline: Outline) -> Scene:
    """The outline laid out. What lays out is loaded when the outline is known to be sound."""
    from deckgen.builder import lay_out

    return lay_out(outline)


def _audience_names(outline: Path, every: bool) -> list[str]:
    """The names of an outline's audiences; of the file of one, there are none."""
    with mistakes_told():
        from deckgen.variants import open_manuscript

        return _names(outline, open_manuscript(outline), every)


def _names(outline: Path, manuscript: Manuscript, every: bool) -> list[str]:
    """The audiences that an outline names; fails if `every` one is asked for and there is none.

    Raises OutlineError if they cannot be read.
    """
    if manuscript.problems and not manuscript.variants:
        from deckgen.source import OutlineError

        raise OutlineError(manuscript.problems)
    if every and manuscript.own:
        base = manuscript.file
        fail(f"{outline}: this is the file of one audience; name the outline it extends, {base}")
    if every and not manuscript.variants:
        fail(f"{outline}: no audiences; give the outline some under `audiences`")
    return [] if manuscript.own else list(manuscript.variants)


def _target(outline: Path, audience: str, output: Path | None) -> Path:
    """Where a deck goes. `{name}` is the outline's, `{audience}` the audience's."""
    name = f"{outline.stem}.{audience}" if audience else outline.stem
    pattern = str(output) if output else f"out/{name}.pptx"
    if "{audience}" in pattern and not audience:
        fail(f"{output}: there is no audience to put into the name; give `--audience`")
    filled = pattern.replace("{name}", outline.stem).replace("{audience}", audience)
    if output and (unknown := re.search(r"\{\w*\}", filled)):
        fail(f"{output}: “{unknown[0]}” cannot be filled in; it can be: {{name}} or {{audience}}")
    target = Path(filled)
    _check_target(target, outline)
    return target


def _save(decks: dict[Path, bytes]) -> None:
    """Write decks, all or none."""
    from deckgen.builder import write_all

    try:
        write_all(decks)
    except OSError as error:
        where = error.filename or next(iter(decks))
        fail(f"{where}: the deck cannot be written ({error.strerror or error})")


def _check_target(target: Path, outline: Path) -> None:
    """Refuse an output that would destroy the input or cannot be a deck."""
    if outline.suffix.lower() == ".pptx":
        fail(f"{outline}: this is a deck; name the outline that it was built from")
    try:
        if target.is_dir():
            fail(f"{target}: this is a directory; name a file in it")
        if target.exists() and outline.exists() and target.samefile(outline):
            fail(f"{target}: the deck would overwrite its own outline")
    except OSError as error:  # a name that no file can have
        fail(f"{error.filename or target}: {error.strerror}")
    if target.suffix.lower() != ".pptx":
        fail(f"{target}: a deck is a .pptx file")
