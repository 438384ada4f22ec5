"""Build the same decks with deckgen, a bare python-pptx script and PptxGenJS; print a table.

    python tests/benchmarks/run.py [--repeats N] [--sizes 10 100 ...] [--write]

Whole processes in turn, medians, ratios to the bare script, peak memory. `--write` makes
decks/SPEED.md of it. PptxGenJS takes part where node is there and `npm ci --prefix
tests/benchmarks` has installed it. It takes about six minutes on a quiet machine.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from shutil import which

from content import make_slides, write_data, write_outline
from msgspec import Struct

HERE = Path(__file__).parent
DECKS = HERE.parents[1] / "decks"
SIZES = (10, 100, 1000, 3000)
PPTXGENJS = HERE / "node_modules" / "pptxgenjs"
FLAGSHIP = DECKS / "ai-infrastructure-map.yaml"


class Measure(Struct, frozen=True):
    """Of whole processes: seconds, those of the processor alone, peak resident memory in MB.

    On a busy machine the processor's seconds say more.
    """

    seconds: float
    busy: float
    megabytes: float


class Command(Struct, frozen=True):
    """What is run, the exit code that it ends with, and how often at most."""

    words: list[str]
    code: int = 0
    most: int = 100


def measure(commands: dict[str, Command], repeats: int) -> dict[str, Measure]:
    """Each command's medians; they run in turn, so that a busy moment hits all alike."""
    runs: dict[str, list[Measure]] = {name: [] for name in commands}
    for number in range(repeats):
        for name, command in commands.items():
            if number < command.most:
                runs[name].append(run_once(command))
    return {
        name: Measure(
            statistics.median(run.seconds for run in done),
            statistics.median(run.busy for run in done),
            statistics.median(run.megabytes for run in done),
        )
        for name, done in runs.items()
    }


def run_once(command: Command) -> Measure:
    """One process, with the time and memory of its children. RuntimeError if it fails."""
    start = time.perf_counter()
    child = os.posix_spawn(command.words[0], command.words, _ENVIRONMENT, file_actions=_QUIET)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    if (code := os.waitstatus_to_exitcode(status)) != command.code:
        raise RuntimeError(f"{' '.join(command.words)} exited with {code}, not {command.code}")
    return Measure(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


# What pip installs is compiled, and so is what Python ran once: a variable that forbids it would
# have the sources of deckgen compiled in every run, and those of python-pptx in none.
_ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
_QUIET = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]


PYTHON = [sys.executable]
DECKGEN = [sys.executable, "-m", "deckgen"]
NAMES = ("bare", "deckgen", "pptxgenjs")
LARGE = 3000  # slides, which take the bare script minutes: it does them once, or not with notes


def commands_for(slides: int, notes: bool, folder: Path) -> dict[str, Command]:
    """How each tool builds a deck of so many slides."""
    name = f"{slides}{'-notes' if notes else ''}"
    told = make_slides(slides, notes)
    outline, data = folder / f"{name}.yaml", folder / f"{name}.json"
    write_outline(told, outline)
    write_data(told, data)
    target = str(folder / "deck.pptx")
    commands = {
        "bare": Command(
            [*PYTHON, str(HERE / "bare.py"), str(data), target], most=1 if slides >= LARGE else 100
        ),
        "deckgen": Command([*DECKGEN, "build", str(outline), "-q", "-o", target]),
    }
    if slides >= LARGE and notes:
        del commands["bare"]
    node = which("node")
    if node and PPTXGENJS.is_dir():
        commands["pptxgenjs"] = Command([node, str(HERE / "pptxgen.mjs"), str(data), target])
    return commands


def size_rows(sizes: Sequence[int], repeats: int, folder: Path) -> Iterator[list[str]]:
    """A row for each size, without and with notes; the last is 3000 over 1000."""
    for notes in (False, True):
        found: dict[int, dict[str, Measure]] = {}
        for slides in sizes:
            more = 4 if slides <= 100 else 0  # short ones vary more
            found[slides] = measure(commands_for(slides, notes, folder), repeats + more)
            yield _row(f"{slides}{', notes' if notes else ''}", found[slides])
        if {1000, LARGE} <= set(found):
            less, much = found[1000], found[LARGE]
            cells = [
                f"{much[name].seconds / less[name].seconds:.2f}" if name in much else "–"
                for name in NAMES
            ]
            yield [f"3000 / 1000{', notes' if notes else ''}", *cells, *[""] * 6]


def _row(name: str, found: dict[str, Measure]) -> list[str]:
    cells = [f"{found[tool].seconds:.2f} s" if tool in found else "–" for tool in NAMES]
    ratios = [
        f"{getattr(found[tool], what) / getattr(found['bare'], what):.2f}"
        if {"bare", tool} <= set(found) else "–"
        for tool in NAMES[1:] for what in ("seconds", "busy")
    ]  # fmt: skip
    memory = [
        f"{found[tool].megabytes:.0f} MB" if tool in found else "–" for tool in ("bare", "deckgen")
    ]
    return [name, *cells, *ratios, *memory]


def flagship_rows(repeats: int, folder: Path) -> Iterator[list[str]]:
    """The first deck, alone and for all its audiences; an error, and the help, over bare Python."""
    broken = folder / "broken.yaml"
    broken.write_text("title: X\nslides: [{kind: covr}]\n", "utf-8")
    first = [*DECKGEN, "build", str(FLAGSHIP), "-q"]
    commands = {
        "`python -c pass`": Command([*PYTHON, "-c", "pass"]),
        "`deckgen --help`": Command([*DECKGEN, "--help"]),
        "an outline with an error": Command([*DECKGEN, "build", str(broken)], code=2),
        "the mission’s deck": Command([*first, "-o", str(folder / "one.pptx")]),
        "the same for all audiences": Command(
            [*first, "--all-audiences", "-o", str(folder / "{name}.{audience}.pptx")]
        ),
    }
    for name, found in measure(commands, repeats).items():
        yield [name, f"{found.seconds:.2f} s", f"{found.busy:.2f} s"]


DECKS_AT_ONCE = 100


def throughput_rows(repeats: int, folder: Path) -> Iterator[list[str]]:
    """Decks a second of one outline for many rows, on one core and on two; and of what is kept."""
    outline, rows = folder / "account.yaml", folder / "accounts.csv"
    write_outline(make_slides(10, notes=False), outline)
    text = outline.read_text("utf-8").replace("title: ", 'title: "{{ account }}" #', 1)
    outline.write_text(f"{text}\nvariables: {{account: text}}\n", "utf-8")
    accounts = "\n".join(f"Account {number}" for number in range(DECKS_AT_ONCE))
    rows.write_text(f"account\n{accounts}\n", "utf-8")
    command = [
        sys.executable, "-m", "deckgen", "build", str(outline), "--each", str(rows), "-q",
        "-o", str(folder / "accounts" / "{account}.pptx"),
    ]  # fmt: skip
    commands = {
        "on one core": Command([*command, "--jobs", "1"]),
        "on two cores": Command([*command, "--jobs", "2"]),
        "all there, with --resume": Command([*command, "--resume"]),
    }
    for name, found in measure(commands, repeats).items():
        rate = DECKS_AT_ONCE / found.seconds
        yield [f"{DECKS_AT_ONCE} decks of 10 slides {name}", f"{found.seconds:.2f} s",
               f"{rate:.1f}"]  # fmt: skip


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows as Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def machine() -> str:
    """The machine and what was measured on it, in a sentence."""
    cores = len(os.sched_getaffinity(0))
    versions = [f"Python {platform.python_version()}", f"python-pptx {version('python-pptx')}"]
    if PPTXGENJS.is_dir():
        package = json.loads((PPTXGENJS / "package.json").read_text("utf-8"))
        versions.append(f"PptxGenJS {package['version']}")
    return f"{platform.system()} {platform.machine()}, {cores} cores, {', '.join(versions)}"


PAGE = """\
# How fast

Made by `make bench`; do not edit by hand. Every time is that of a whole process, from the shell
to the written file, with the search for what does not fit and for what was withheld: medians of
{repeats} runs or more, the tools in turn, on {machine}.

The decks have a title, sections, bullets in two columns, tables of five by five, and a native
column chart on every fifth slide; the bare script writes the same words, tables and charts with
python-pptx and nothing else. The ratios are those of the times, and then of the processor's.

{sizes}

The bare script builds 3000 slides once, and none with notes: its time grows with the square
of the slides.

{first}

Many decks from one outline, ten slides each:

{many}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run_once(commands_for(10, False, folder)["deckgen"])  # which compiles it, if need be
        ratios = [f"{tool} / bare{what}" for tool in NAMES[1:] for what in ("", ", processor")]
        sizes = table(
            ["slides", *NAMES, *ratios, "memory, bare", "deckgen"],
            list(size_rows(asked.sizes, asked.repeats, folder)),
        )
        first = table(["", "time", "processor"], list(flagship_rows(asked.repeats + 2, folder)))
        many = table(["", "time", "decks a second"], list(throughput_rows(3, folder)))
    told = PAGE.format(
        repeats=asked.repeats, machine=machine(), sizes=sizes, first=first, many=many
    )
    sys.stdout.write(told)
    if asked.write:
        (DECKS / "SPEED.md").write_text(told, "utf-8")


if __name__ == "__main__":
    main()
