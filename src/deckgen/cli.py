"""The command line: arguments, printing, files. The only module that does these.

Exit codes: 0 well, 1 findings or a missing program, 2 an invalid outline or command.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

import deckgen

if TYPE_CHECKING:
    from deckgen.scene import Scene
    from deckgen.source import OutlineError, Problem

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
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]


def main() -> None:
    """Run the command line."""
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
        typer.Option("--output", "-o", metavar="FILE", help="Where the deck goes. [out/NAME.pptx]"),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Build the deck of an outline."""
    start = time.perf_counter()
    target = output or Path("out") / f"{outline.stem}.pptx"
    _check_target(target, outline)
    with _mistakes_told(), _patience(f"Building {target}", quiet):
        deck = deckgen.build(deckgen.load(outline))
    try:
        deck.save(target)
    except OSError as error:
        _fail(f"{target}: the deck cannot be written ({error.strerror or error})")
    if not quiet:
        _report(deck.scene)
        slides = _counted(deck.slide_count, "slide")
        print(f"{target}: {slides} in {time.perf_counter() - start:.1f} s")


@app.command()
def check(outline: OutlineArgument, quiet: Quiet = False) -> None:
    """Check an outline: every mistake at its line, every slide in its frame."""
    with _mistakes_told(), _patience(f"Checking {outline}", quiet):
        scene = _compose(outline)
    if not quiet:
        print(f"{outline}: {_counted(len(scene.pages), 'slide')}, nothing wrong")


@app.command()
def titles(outline: OutlineArgument) -> None:
    """Print the storyline: the titles as they read in a row."""
    with _mistakes_told():
        scene = _compose(outline)
    for number, page in enumerate(scene.pages, start=1):
        print(f"{number:3}  {page.title}")


@app.command()
def schema() -> None:
    """Print the JSON Schema of outlines, by which editors complete and check."""
    import json

    from deckgen.schema import outline_schema

    print(json.dumps(outline_schema(), indent=2, ensure_ascii=False))


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
        _fail(f"no slide kind is called “{kind}”; {nearest(kind, kind_names())}")
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
    from deckgen.slides import example, example_pictures, kind_names
    from deckgen.source import nearest

    target = name if name.suffix in (".yaml", ".yml") else name.with_name(f"{name.name}.yaml")
    made = {target: (files("deckgen") / "starter.yaml").read_bytes()}
    if kind is not None:
        if kind not in kind_names():
            _fail(f"no slide kind is called “{kind}”; {nearest(kind, kind_names())}")
        made = {target: example(kind).encode()}
        made |= {target.parent / path.name: path.read_bytes() for path in example_pictures(kind)}
    for path in made:
        if path.exists():
            _fail(f"{path}: there is such a file already; it was not touched")
    try:
        for path, data in made.items():
            write_whole(path, data)
    except OSError as error:
        _fail(f"{target}: cannot be written ({error.strerror or error})")
    print(f"{target}: now `deckgen build {shlex.quote(str(target))}`")


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
    quiet: Quiet = False,
) -> None:
    """Show a deck as PDF or pictures, through LibreOffice."""
    import tempfile

    from deckgen.render import RenderError, to_pdf, to_png

    if pdf == png:
        _fail("say what to make: `--pdf` or `--png`")
    if not deck.is_file():
        _fail(f"{deck}: {'this is a directory' if deck.is_dir() else 'there is no such file'}")
    target = output or deck.with_suffix(".pdf" if pdf else "")
    if pdf and (target.is_dir() or target.suffix.lower() != ".pdf"):
        _fail(f"{target}: name a .pdf file")
    if png and target.is_file():
        _fail(f"{target}: this is a file; name a folder for the pictures")
    with tempfile.TemporaryDirectory() as folder, _patience(f"Rendering {deck}", quiet):
        source = deck
        if deck.suffix in (".yaml", ".yml"):
            source = Path(folder) / f"{deck.stem}.pptx"
            with _mistakes_told():
                deckgen.build(deckgen.load(deck)).save(source)
        try:
            if pdf:
                to_pdf(source, target)
            else:
                count = len(to_png(source, target, dpi))
        except RenderError as error:
            _fail(str(error), code=1)
        except OSError as error:
            _fail(f"{target}: cannot be written ({error.strerror or error})")
    if not quiet:
        print(target if pdf else f"{target}: {_counted(count, 'picture')}")


def _counted(count: int, thing: str) -> str:
    return f"1 {thing}" if count == 1 else f"{count} {thing}s"


def _compose(outline: Path) -> Scene:
    """The outline laid out. What lays out is loaded when the outline is known to be sound."""
    loaded = deckgen.load(outline)
    from deckgen.compose import compose

    return compose(loaded)


# -- printing ---------------------------------------------------------------------


def _fail(message: str, code: int = 2) -> NoReturn:
    print(f"deckgen: {message}", file=sys.stderr)
    raise typer.Exit(code)


def _check_target(target: Path, outline: Path) -> None:
    """Refuse an output that would destroy the input or cannot be a deck."""
    if outline.suffix.lower() == ".pptx":
        _fail(f"{outline}: this is a deck; name the outline that it was built from")
    if target.is_dir():
        _fail(f"{target}: this is a directory; name a file in it")
    if target.exists() and outline.exists() and target.samefile(outline):
        _fail(f"{target}: the deck would overwrite its own outline")
    if target.suffix.lower() != ".pptx":
        _fail(f"{target}: a deck is a .pptx file")


@contextmanager
def _mistakes_told() -> Iterator[None]:
    """Print what is wrong with an outline and leave with code 2."""
    from deckgen.source import OutlineError

    try:
        yield
    except OutlineError as error:
        _tell(error)
        raise typer.Exit(2) from None


def _tell(error: OutlineError) -> None:
    """Every problem as `file:line:column: ...` with the line it is on."""
    color = sys.stderr.isatty()
    lines: dict[str, list[str]] = {}
    for problem in error.problems:
        print(_paint(problem) if color else str(problem), file=sys.stderr)
        mark = problem.mark
        if not mark.line:
            continue
        if mark.file not in lines:
            lines[mark.file] = _lines_of(mark.file)
        if mark.line <= len(lines[mark.file]):
            _show_line(lines[mark.file][mark.line - 1], mark.line, mark.column)
    count = _counted(len(error.problems), "mistake")
    print(f"{count}; nothing was written", file=sys.stderr)


def _paint(problem: Problem) -> str:
    bold, red, reset = "\033[1m", "\033[31m", "\033[0m"
    where = f"{problem.mark}" if problem.mark.line else problem.mark.file
    rest = str(problem).removeprefix(f"{where}: ")
    return f"{bold}{where}: {red}{rest}{reset}"


def _lines_of(file: str) -> list[str]:
    try:
        return Path(file).read_text("utf-8-sig", errors="replace").split("\n")
    except OSError:
        return []


def _show_line(line: str, number: int, column: int) -> None:
    """The line with a caret under the column, cut around it where it is long."""
    start = max(0, column - 60)
    shown = line[start : start + 110].replace("\t", "→").rstrip("\r")
    shown = "".join(char if char.isprintable() else "�" for char in shown)
    gutter = f"{number:6} | "
    print(f"{gutter}{shown}", file=sys.stderr)
    print(f"{' ' * (len(gutter) - 2)}| {' ' * (column - 1 - start)}^", file=sys.stderr)


@contextmanager
def _patience(message: str, quiet: bool) -> Iterator[None]:
    """Show that work goes on, from one second on, where somebody watches."""
    if quiet or not sys.stderr.isatty():
        yield
        return
    from threading import Event, Thread

    done = Event()

    def watch() -> None:
        if done.wait(1.0):
            return
        from rich.console import Console

        with Console(stderr=True).status(f"{message} …"):
            done.wait()

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _report(scene: Scene) -> None:
    """What was moved to the notes, and in a terminal a table of the slides."""
    for notice in scene.notices:
        print(notice, file=sys.stderr)
    if not sys.stdout.isatty():
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("", "Slide", "Title", box=None, header_style="bold", pad_edge=False)
    for number, page in enumerate(scene.pages, start=1):
        table.add_row(str(number), f"[cyan]{page.slide_id}[/]", page.title.replace("[", "\\["))
    Console().print(table)
