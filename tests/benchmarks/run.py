"""Build the same decks with deckgen, a bare python-pptx script and PptxGenJS; print a table.

    python tests/benchmarks/run.py [--repeats N] [--sizes 10 100 ...] [--write]

Whole processes in turn, medians, ratios to the bare script, peak memory. `--write` puts the
table into BENCHMARKS.md beside this file. PptxGenJS takes part where node is there and
`npm ci --prefix tests/benchmarks` has installed it.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import which

from content import make_slides, write_data, write_outline
from msgspec import Struct

HERE = Path(__file__).parent
DECKS = HERE.parents[1] / "decks"
SIZES = (10, 100, 1000, 3000)
FLAGSHIP = DECKS / "ai-infrastructure-map.yaml"


class Measure(Struct, frozen=True):
    """Seconds and peak resident memory, in MB, of whole processes: their medians."""

    seconds: float
    megabytes: float


def measure(commands: dict[str, list[str]], repeats: int) -> dict[str, Measure]:
    """Each command's medians; they run in turn, so that a busy moment hits all alike."""
    runs: dict[str, list[Measure]] = {name: [] for name in commands}
    for _ in range(repeats):
        for name, command in commands.items():
            runs[name].append(run_once(command))
    return {
        name: Measure(
            statistics.median(run.seconds for run in done),
            statistics.median(run.megabytes for run in done),
        )
        for name, done in runs.items()
    }


def run_once(command: list[str]) -> Measure:
    """One process, with the memory of its children. RuntimeError if it fails."""
    start = time.perf_counter()
    child = os.posix_spawn(command[0], command, _ENVIRONMENT, file_actions=_QUIET)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    if status:
        raise RuntimeError(f"{' '.join(command)} failed ({os.waitstatus_to_exitcode(status)})")
    return Measure(seconds, usage.ru_maxrss / 1024)


# What pip installs is compiled, and so is what Python ran once: a variable that forbids it would
# have the sources of deckgen compiled in every run, and those of python-pptx in none.
_ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
_QUIET = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]


def commands_for(slides: int, notes: bool, folder: Path) -> dict[str, list[str]]:
    """How each tool builds a deck of so many slides."""
    name = f"{slides}{'-notes' if notes else ''}"
    told = make_slides(slides, notes)
    outline, data = folder / f"{name}.yaml", folder / f"{name}.json"
    write_outline(told, outline)
    write_data(told, data)
    target = str(folder / "deck.pptx")
    commands = {
        "bare": [sys.executable, str(HERE / "bare.py"), str(data), target],
        "deckgen": [sys.executable, "-m", "deckgen", "build", str(outline), "-q", "-o", target],
    }
    node = which("node")
    if node and (HERE / "node_modules" / "pptxgenjs").is_dir():
        commands["pptxgenjs"] = [node, str(HERE / "pptxgen.mjs"), str(data), target]
    return commands


def size_rows(sizes: Sequence[int], repeats: int, folder: Path) -> Iterator[list[str]]:
    """A row for each size, without and with notes; the last is 3000 over 1000."""
    for notes in (False, True):
        found: dict[int, dict[str, Measure]] = {}
        for slides in sizes:
            found[slides] = measure(commands_for(slides, notes, folder), repeats)
            yield _row(f"{slides}{', notes' if notes else ''}", found[slides])
        if {1000, 3000} <= set(found):
            ratio = {
                name: found[3000][name].seconds / found[1000][name].seconds for name in found[1000]
            }
            cells = [f"{ratio[name]:.2f}" if name in ratio else "–" for name in NAMES]
            yield [f"3000 / 1000{', notes' if notes else ''}", *cells, "", "", "", ""]


NAMES = ("bare", "deckgen", "pptxgenjs")


def _row(name: str, found: dict[str, Measure]) -> list[str]:
    bare = found["bare"]
    cells = [f"{found[tool].seconds:.2f} s" if tool in found else "–" for tool in NAMES]
    ratios = [
        f"{found[tool].seconds / bare.seconds:.2f}" if tool in found else "–" for tool in NAMES[1:]
    ]
    memory = [f"{bare.megabytes:.0f} MB", f"{found['deckgen'].megabytes:.0f} MB"]
    return [name, *cells, *ratios, *memory]


def flagship_rows(repeats: int, folder: Path) -> Iterator[list[str]]:
    """The first deck, alone and for all its audiences; an error, and the help, over bare Python."""
    python = [sys.executable]
    tool = [sys.executable, "-m", "deckgen"]
    broken = folder / "broken.yaml"
    broken.write_text("title: X\nslides: [{kind: covr}]\n", "utf-8")
    target = str(folder / "{name}.{audience}.pptx")
    commands = {
        "python -c pass": [*python, "-c", "pass"],
        "deckgen --help": [*tool, "--help"],
        "first deck": [*tool, "build", str(FLAGSHIP), "-q", "-o", str(folder / "one.pptx")],
        "first deck, three audiences": [
            *tool, "build", str(FLAGSHIP), "--all-audiences", "-q", "-o", target,
        ],
    }  # fmt: skip
    for name, found in measure(commands, repeats).items():
        yield [name, f"{found.seconds:.2f} s", f"{found.megabytes:.0f} MB"]
    error = statistics.median(_failing([*tool, "build", str(broken)]) for _ in range(repeats))
    yield ["an outline with an error", f"{error:.2f} s", ""]


DECKS_AT_ONCE = 200


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
        "on one core": [*command, "--jobs", "1"], "on two cores": [*command, "--jobs", "2"],
        "all there, with --resume": [*command, "--resume"],
    }  # fmt: skip
    for name, found in measure(commands, repeats).items():
        rate = DECKS_AT_ONCE / found.seconds
        yield [f"{DECKS_AT_ONCE} decks of 10 slides {name}", f"{found.seconds:.2f} s",
               f"{rate:.1f}", f"{found.megabytes:.0f} MB"]  # fmt: skip


def _failing(command: list[str]) -> float:
    """The seconds until a command has told what is wrong and exited with 2."""
    import subprocess

    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode != 2:
        raise RuntimeError(f"{' '.join(command)} exited with {done.returncode}, not 2")
    return time.perf_counter() - start


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows as Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def machine() -> str:
    """The machine in a sentence."""
    cores = len(os.sched_getaffinity(0))
    python = platform.python_version()
    return f"{platform.system()} {platform.machine()}, {cores} cores, Python {python}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sizes = table(
            ["slides", *NAMES, "deckgen / bare", "pptxgenjs / bare", "memory, bare", "deckgen"],
            list(size_rows(asked.sizes, asked.repeats, folder)),
        )
        first = table(["", "time", "memory"], list(flagship_rows(asked.repeats, folder)))
        many = table(
            ["", "time", "decks a second", "memory"], list(throughput_rows(asked.repeats, folder))
        )
    told = f"Medians of {asked.repeats} on {machine()}.\n\n{sizes}\n\n{first}\n\n{many}\n"
    sys.stdout.write(told)
    if asked.write:
        head = "# Benchmarks\n\nMade by `make bench`; do not edit by hand.\n\n"
        (HERE / "BENCHMARKS.md").write_text(head + told, "utf-8")


if __name__ == "__main__":
    main()
