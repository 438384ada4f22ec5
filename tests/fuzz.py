"""Outlines made hostile: does each give a good deck, or mistakes told at their lines?

    python tests/fuzz.py --count 10000 --seed 1

The decks of this repository are taken apart into nodes, and nodes are left out, repeated,
swapped, retyped, nested, taken from other decks, or filled with words that hurt; or the bytes
of the text are. A finding (a crash, a bad deck, a mistake without a line, an answer that
takes over five seconds) is printed with the smallest outline found that shows it. For every
five outlines a data file is made hostile too, and decks are built from it.
"""

from __future__ import annotations

import argparse
import base64
import io
import json
import random
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any, TypeAlias

import openpyxl
import yaml
from msgspec import Struct

import deckgen
from deckgen.characters import CONTROL
from package_check import package_problems
from validators import audit_problems, find_sdk_validator, sdk_problems

DECKS = Path(__file__).parents[1] / "decks"
SECONDS = 5.0
MEMORY = 500_000_000  # bytes that a process may have more than at its start
AUDIT_EVERY = 50  # of the decks that are built, as openxml-audit takes a second
MINIMISE_SECONDS = 60.0

Tree: TypeAlias = Any  # dict, list, str or Plain
Random: TypeAlias = random.Random


class Plain(str):
    """A scalar that is written as it is, without quotes."""

    __slots__ = ()


HOSTILE: tuple[str, ...] = (
    "", " ", "~", "null", "no", "yes", "on", "true", "0", "-1", "1e400", "-0.0", ".nan", ".inf",
    "-.inf", "9" * 5000, "1" + "0" * 400, "0x1F", "0o17", "1_000", "1:30:00", "2026-11-01",
    "2026-11-01T10:00:00Z", "*a", "&a x", "&a [*a]", "!!python/object/apply:os.system [id]",
    "!!binary aGk=", "!!set {a, b}", "!!float x", "!local x", "<<", "=", "[]", "{}", "[[]]",
    "{a: {b: c}}", "? a", "---", "...", "%TAG", "@x", "`x`", "| x", "> x", "'", '"', "#", ": ",
    "- ", "=1+1", "+1", "-1+1", "@SUM(1)", "=cmd|'/c calc'!A0", "../x.png", "/dev/zero", "/",
    ".", "..", "http://example.com/a.png", "file:///etc/passwd", "\\\\server\\share\\a.png",
    "C:\\a.png", "CON.png", "harbour.png", "harbour.png\\0.yaml", "a/" * 200 + "x.png",
    "**", "**a", "[a](", "[a](#", "[a](#b)", "[a](javascript:alert(1))", "![a](b)", "`", "\\",
    "[a](https://x/" + "y" * 3000 + ")", "*" * 300, "[" * 300, "<b>&amp;</b>", "]]>", "<!--",
    "{name}", "{audience}", "%s", "{0}", "$(id)", "tier-map", "1", "2", "99", "met", "in build",
)  # fmt: skip
UNUSUAL: tuple[str, ...] = (
    "\x00", "\x07", "\x1b[2J", "\t", "\x7f", "\x85", "\u2028", "\u2029", "\ufeff", "\ufffe",
    "\uffff", "\u200b", "\u200d", "\u00ad", "\u202e" "gnp.exe", "\u202a", "\u2066a\u2069",
    "\u2067", "\u2069", "日本語の題名です", "مرحبا بالعالم", "שלום עולם", "नमस्ते", "ไทย", "👩‍👩‍👧‍👦",
    "🇩🇪", "é" * 40, "a" + "\u0301" * 60, "ﷺ" * 20, "Donaudampfschifffahrtsgesellschaft",
    "\U000e0041", "\U0001fffe", "\U0010ffff", "ı", "ß", "ﬀ", "İ", "\u1680", "\u3000",
    "\\ud800", "\\x00", "\\N", "\\L", "\\uFFFE", "\\U00110000",
)  # fmt: skip


class Finding(Struct, frozen=True):
    """What went wrong with an outline: `kind` tells alike findings by one name."""

    kind: str
    told: str


class Verdict(Struct, frozen=True):
    """A deck, a refusal, or a finding."""

    outcome: str
    finding: Finding | None = None


# -- trees -------------------------------------------------------------------------


def load_seeds() -> list[Tree]:
    """The decks of the repository as trees."""
    paths = sorted(path for path in DECKS.rglob("*.yaml") if ".investors" not in path.name)
    trees = [read_tree(yaml.compose(path.read_text("utf-8"), yaml.CSafeLoader)) for path in paths]
    for tree in trees:  # of another file, which a fuzzed outline does not have beside it
        tree["audiences"] = [a for a in tree.get("audiences", []) if "file" not in a]
        if not tree["audiences"]:
            del tree["audiences"]
    return trees


def read_tree(node: Any) -> Tree:
    if isinstance(node, yaml.MappingNode):
        return {key.value: read_tree(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [read_tree(value) for value in node.value]
    plain = not node.style and re.fullmatch(r"[\w.+-]+", node.value)
    return Plain(node.value) if plain else str(node.value)


def write_tree(tree: Tree, level: int = 0) -> str:
    """A tree as YAML in one style: entries of the two upper levels on lines of their own."""
    gap = f"\n{'  ' * (level + 1)}" if level < 3 else " "
    if isinstance(tree, dict):
        rows = (f"{_write_key(key)}: {write_tree(value, level + 1)}" for key, value in tree.items())
        if level == 0:
            return "\n".join(rows) + "\n"
        return "{" + f",{gap}".join(rows) + "}"
    if isinstance(tree, list):
        return "[" + f",{gap}".join(write_tree(value, level + 1) for value in tree) + "]"
    if isinstance(tree, Plain):
        return str(tree)
    quoted = json.dumps(str(tree), ensure_ascii=False)
    return re.sub(r"\\\\(?=[udxNLU])", r"\\", quoted)  # escapes that a mutation wrote


def _write_key(key: str) -> str:
    return key if re.fullmatch(r"[\w-]+", key) else json.dumps(key, ensure_ascii=False)


def places(tree: Tree) -> Iterator[tuple[Any, Any]]:
    """Each value of a tree as its container and key."""
    if isinstance(tree, dict | list):
        for key, value in list(tree.items() if isinstance(tree, dict) else enumerate(tree)):
            yield tree, key
            yield from places(value)


# -- mutations -----------------------------------------------------------------------


def copy(tree: Tree) -> Tree:
    if isinstance(tree, dict):
        return {key: copy(value) for key, value in tree.items()}
    return [copy(value) for value in tree] if isinstance(tree, list) else tree


def pick(tree: Tree, rng: Random) -> tuple[Any, Any]:
    return rng.choice([*places(tree)] or [({"x": Plain("x")}, "x")])


def delete(tree: Tree, rng: Random, seeds: list[Tree]) -> None:
    holder, key = pick(tree, rng)
    del holder[key]


def repeat(tree: Tree, rng: Random, seeds: list[Tree]) -> None:
    lists = [holder for holder, _ in places(tree) if isinstance(holder, list)]
    if not lists:
        return
    holder = rng.choice(lists)
    value = rng.choice(holder) if holder else Plain("x")
    times = rng.choice((1, 2, 5, 20, 60))
    holder[:] = [*holder, *(copy(value) for _ in range(times))]
    if rng.random() < 0.5:
        for number, entry in enumerate(holder):
            for name in ("name", "id", "title"):
                if isinstance(entry, dict) and isinstance(entry.get(name), str):
                    entry[name] = f"{entry[name]} {number}"


def swap(tree: Tree, rng: Random, seeds: list[Tree]) -> None:
    (one, key), (other, place) = pick(tree, rng), pick(tree, rng)
    one[key], other[place] = copy(other[place]), copy(one[key])


def retype(tree: Tree, rng: Random, seeds: list[Tree]) -> None:
    holder, key = pick(tree, rng)
    value = holder[key]
    shapes: list[Tree] = [
        [value], {"text": value}, {"name": value}, {"id": value, "not": ["board"]}, [], {},
        Plain("7"), Plain("true"), Plain("null"), {"text": value, "only": "board"},
        [*value.values()] if isinstance(value, dict) else {str(value)[:20]: value},
    ]  # fmt: skip
    holder[key] = rng.choice(shapes)


def nest(tree: Tree, rng: Random, seeds: list[Tree]) -> None:
    holder, key = pick(tree, rng)
    for _ in range(rng.choice((1, 3, 10, 55, 70))):
        holder[key] = [holder[key]] if rng.random() < 0.5 else {"a": holder[key]}


def splice(tree: Tree, rng: Random, seeds: list[Tree]) -> None:
    """A node of another deck, from under the same key if there is one."""
    other = rng.choice(seeds)
    holder, key = pick(tree, rng)
    alike = [(h, k) for h, k in places(other) if k == key]
    source, place = rng.choice(alike) if alike and rng.random() < 0.8 else pick(other, rng)
    holder[key] = copy(source[place])
    if isinstance(tree.get("slides"), list) and rng.random() < 0.3:
        tree["slides"] += copy(other.get("slides", []))


def hostile(tree: Tree, rng: Random, seeds: list[Tree]) -> None:
    holder, key = pick_scalar(tree, rng)
    words = rng.choice(HOSTILE)
    holder[key] = Plain(words) if rng.random() < 0.5 else words


def stretch(tree: Tree, rng: Random, seeds: list[Tree]) -> None:
    holder, key = pick_scalar(tree, rng)
    words = str(holder[key]) or "x"
    times = rng.choice((2, 3, 5, 10, 50, 1000))
    holder[key] = rng.choice((" ".join([words] * times), words.replace(" ", "") * times))


def shrink(tree: Tree, rng: Random, seeds: list[Tree]) -> None:
    holder, key = pick_scalar(tree, rng)
    words = str(holder[key])
    holder[key] = rng.choice(("", ".", words[:1], words[-2:], words.partition(" ")[0]))


def script(tree: Tree, rng: Random, seeds: list[Tree]) -> None:
    holder, key = pick_scalar(tree, rng)
    words, place = str(holder[key]), rng.randrange(len(str(holder[key])) + 1)
    odd = rng.choice(UNUSUAL) * rng.choice((1, 1, 1, 5, 30))
    holder[key] = rng.choice((odd, words[:place] + odd + words[place:]))


def rename(tree: Tree, rng: Random, seeds: list[Tree]) -> None:
    """A key becomes another of the deck's, or an odd one."""
    mappings = [(h, k) for h, k in places(tree) if isinstance(h, dict)]
    holder, key = rng.choice(mappings) if mappings else ({"x": Plain("x")}, "x")
    keys = [k for _, k in places(rng.choice(seeds)) if isinstance(k, str)]
    new = rng.choice([*keys, "<<", "id", "only", "not", rng.choice(UNUSUAL), rng.choice(HOSTILE)])
    holder[new] = holder.pop(key)


def pick_scalar(tree: Tree, rng: Random) -> tuple[Any, Any]:
    scalars = [(h, k) for h, k in places(tree) if isinstance(h[k], str)]
    return rng.choice(scalars or [({"x": Plain("x")}, "x")])


def cut(text: bytes, rng: Random) -> bytes:
    return text[: rng.randrange(len(text) + 1)]


def flip(text: bytes, rng: Random) -> bytes:
    data = bytearray(text)
    for _ in range(rng.choice((1, 1, 3, 10)) if data else 0):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


def insert(text: bytes, rng: Random) -> bytes:
    place = rng.randrange(len(text) + 1)
    words = rng.choice((*HOSTILE, *UNUSUAL, "\n", "  ", "\n- ", "\n---\n", "{", "[", "}", "]"))
    raw = rng.choice((words.encode("utf-8", "surrogatepass"), rng.randbytes(3)))
    return text[:place] + raw + text[place:]


def shuffle(text: bytes, rng: Random) -> bytes:
    """Lines left out, doubled or indented otherwise."""
    lines = text.split(b"\n")
    for _ in range(rng.choice((1, 2, 5))):
        lines = lines or [b"title: x"]
        place = rng.randrange(len(lines))
        line = lines[place]
        changed: tuple[list[bytes], ...] = (
            [],
            [line, line],
            [b"  " + line],
            [line.lstrip()],
            [line, b"<<: *a"],
        )
        lines[place : place + 1] = rng.choice(changed)
    return b"\n".join(lines)


NODES: tuple[Callable[[Tree, Random, list[Tree]], None], ...] = (
    delete, repeat, swap, retype, nest, splice, hostile, stretch, shrink, script, rename,
)  # fmt: skip
BYTES: tuple[Callable[[bytes, Random], bytes], ...] = (cut, flip, insert, shuffle)


@contextmanager
def deep_trees() -> Iterator[None]:
    """Let the fuzzer recurse into what it has nested, which deckgen may not."""
    kept = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    try:
        yield
    finally:
        sys.setrecursionlimit(kept)


def make_input(rng: Random, seeds: list[Tree]) -> tuple[str, bytes]:
    """An outline made hostile, and the name of the mutation (several: `mixed`)."""
    with deep_trees():
        return _make_input(rng, seeds)


def _make_input(rng: Random, seeds: list[Tree]) -> tuple[str, bytes]:
    tree = copy(rng.choice(seeds))
    if rng.random() < 0.2:
        kind = rng.choice(BYTES)
        return kind.__name__, kind(write_tree(tree).encode(), rng)
    kinds = [rng.choice(NODES) for _ in range(rng.choice((1, 1, 1, 2, 4)))]
    for each in kinds:
        each(tree, rng, seeds)
    name = kinds[0].__name__ if len(kinds) == 1 else "mixed"
    return name, write_tree(tree).encode("utf-8", "surrogatepass")


# -- data files ------------------------------------------------------------------------

CHARTS = b"""title: x
sources: {id: survey, text: Survey}
source: survey
tiers: [{name: Owners}, {name: Renters}]
companies:
  - {name: Alpha, tier: 1}
  - {name: Beta, tier: 2, not: [guests]}
  - {name: Gamma, tier: 2}
  - {name: Delta, tier: 2}
slides:
  - {kind: column-chart, title: It rises, measure: M, unit: x,
     data: {file: FILE, x: year, y: [n, {column: m, not: [guests]}],
            filter: {who: [Alpha, Gamma, Delta]}}}
  - {kind: bar-chart, title: It holds, measure: M, data: {file: FILE, company: who, value: n}}
audiences: [staff, guests]
"""
CELLS: list[list[Any]] = [
    ["year", "n", "m", "who"], [2021, 1.5, 2, "Alpha"], [2022, None, 4, "Beta"],
    [2023, 1234, -3, "Gamma"], [date(2024, 5, 1), 7, 0.12, "Delta"],
]  # fmt: skip
ODD: list[Any] = ["n/a", "=1+1", "1,234", "#N/A", True, 1e300, date(2024, 5, 1), None, "12 %"]


def make_data(rng: Random) -> tuple[str, bytes]:
    """A `.csv` or `.xlsx` made hostile, after its suffix: in its cells, its parts or its bytes."""
    rows = [list(row) for row in CELLS]
    for _ in range(rng.choice((0, 1, 3))):
        row = rng.choice(rows)
        row[rng.randrange(len(row))] = rng.choice([*ODD, *HOSTILE, *UNUSUAL])
    if rng.random() < 0.5:
        return "xlsx", _make_workbook(rows, rng)
    quote, gap = rng.choice(('"', "'", "")), rng.choice(",;\t|")
    told = [["" if cell is None else str(cell) for cell in row] for row in rows]
    lines = [gap.join(f"{quote}{cell}{quote}" for cell in row) for row in told]
    code = rng.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "latin-1"))
    data = "\n".join(lines).encode(code, "replace")
    return "csv", rng.choice(BYTES)(data, rng) if rng.random() < 0.5 else data


def _make_workbook(rows: list[list[Any]], rng: Random) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row, start=1):
            words = CONTROL.sub("", cell) if isinstance(cell, str) else cell
            book.worksheets[0].cell(number, place, words)
    book.save(out)
    with zipfile.ZipFile(out) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    for _ in range(rng.choice((0, 1, 2))):
        name = rng.choice(sorted(parts))
        parts[name] = rng.choice((*BYTES, change_tags))(parts[name], rng)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return rng.choice(BYTES)(out.getvalue(), rng) if rng.random() < 0.3 else out.getvalue()


def change_tags(xml: bytes, rng: Random) -> bytes:
    """Tags of a part left out, repeated, or changed for others."""
    tags = re.split(rb"(?=<)", xml)
    for _ in range(rng.choice((1, 2, 5))):
        one, other = rng.randrange(len(tags)), rng.randrange(len(tags))
        tags[one] = rng.choice((b"", tags[one] * rng.choice((2, 500)), tags[other]))
    return b"".join(tags)


# -- judging ---------------------------------------------------------------------------


class Hang(BaseException):
    """An answer takes too long."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise Hang in what takes longer."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise Hang

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def without_limit() -> Iterator[None]:
    """Let a validator take the memory it wants."""
    kept, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (kept, most))


class Judge:
    """Asks of outlines what the issue asks of every input. `folder` holds what the decks name."""

    def __init__(self, folder: Path, sdk: Path | None = None) -> None:
        self.file = folder / "deck.yaml"
        self.sdk = sdk
        self.built = 0
        shutil.copy(DECKS / "kinds" / "harbour.png", folder)
        shutil.copytree(DECKS / "data", folder / "data", dirs_exist_ok=True)

    def __call__(self, text: bytes) -> Verdict:
        self.file.write_bytes(text)
        begin = time.process_time()
        try:
            with limited(4 * SECONDS):
                data = self._build()
        except deckgen.OutlineError as error:
            finding = _judge_error(error)
            outcome = "refused"
            data = b""
        except Hang:
            where = "".join(traceback.format_exc().splitlines()[-3:-1])
            return Verdict("finding", Finding("hang", f"over {4 * SECONDS:g} s, in {where}"))
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            return Verdict("finding", _crash(error))
        else:
            outcome, finding = "deck", self._judge_deck(data)
        took = time.process_time() - begin
        if finding is None and took > SECONDS:
            finding = Finding("slow", f"{took:.1f} s of work")
        return Verdict("finding" if finding else outcome, finding)

    def judge_data(self, suffix: str, data: bytes) -> Verdict:
        """What becomes of an outline that takes its numbers from this file."""
        (self.file.parent / f"f.{suffix}").write_bytes(data)
        return self(CHARTS.replace(b"FILE", f"f.{suffix}".encode()))

    def _build(self) -> bytes:
        """The deck for nobody in particular, after that of the last audience."""
        from deckgen.loader import read_all
        from deckgen.variants import open_manuscript

        reading = read_all(open_manuscript(self.file))
        for name in [*reading.manuscript.variants][-1:]:
            deckgen.build(reading.for_audience(name))
        return deckgen.build(reading.for_audience("")).data

    def _judge_deck(self, data: bytes) -> Finding | None:
        problems = package_problems(data)
        self.built += 1
        if not problems and self.built % AUDIT_EVERY == 0:
            path = self.file.with_suffix(".pptx")
            path.write_bytes(data)
            with without_limit():
                problems = sdk_problems(path, self.sdk) if self.sdk else audit_problems(path)
        if not problems:
            return None
        shape = re.sub(r"\d+", "#", str(problems[0]))[:80]
        return Finding(f"bad deck: {shape}", "\n".join(map(str, problems[:5])))


def _judge_error(error: deckgen.OutlineError) -> Finding | None:
    for problem in error.problems:
        told = str(problem)
        if not problem.mark.line:
            return Finding("no line", told)
        if "report it" in told:
            return Finding("a fault told as a mistake", told)
        if not told.isprintable() or len(told) > 5_000:
            return Finding("an unreadable message", repr(told[:300]))
    return None if error.problems else Finding("no problems", "an error without any")


def _crash(error: BaseException) -> Finding:
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if "deckgen" in f.filename] or frames
    where = f"{Path(own[-1].filename).name}:{own[-1].lineno}"
    told = "".join(traceback.format_exception(error)[-6:])
    return Finding(f"{type(error).__name__} in {where}", told)


def minimise(text: bytes, kind: str, judge: Callable[[bytes], Verdict]) -> bytes:
    """A smaller outline with the same finding: lines are taken out, then characters."""
    end = time.monotonic() + MINIMISE_SECONDS
    for split in (b"\n", b""):
        parts = text.split(b"\n") if split else [bytes([byte]) for byte in text]
        size = len(parts) // 2
        while size and time.monotonic() < end:
            place = 0
            while place < len(parts) and time.monotonic() < end:
                fewer = parts[:place] + parts[place + size :]
                finding = judge(split.join(fewer)).finding
                if finding is not None and finding.kind == kind:
                    parts = fewer
                else:
                    place += size
            size //= 2
        text = split.join(parts)
    return text


# -- the run -----------------------------------------------------------------------------


def run(
    count: int, seed: int, judge: Judge, tell: Callable[[str], None], counts: Counter[str]
) -> None:
    """Try inputs, counted by mutation and outcome; each kind of finding is told once."""
    rng, seeds = random.Random(seed), load_seeds()
    known: set[str] = set()
    for number in range(count):
        name, text = make_input(rng, seeds)
        verdict = judge(text)
        counts[f"{name} {verdict.outcome}"] += 1
        finding = verdict.finding
        if finding is not None and finding.kind not in known:
            known.add(finding.kind)
            small = minimise(text, finding.kind, judge)
            tell(f"== input {number}, {name}: {finding.kind}\n{finding.told}")
            tell(f"-- outline\n{small.decode('utf-8', 'backslashreplace')}\n")


def run_data(
    count: int, seed: int, judge: Judge, tell: Callable[[str], None], counts: Counter[str]
) -> None:
    """Try data files; each kind of finding is told once, with the file in base64."""
    rng = random.Random(seed)
    known: set[str] = set()
    for number in range(count):
        suffix, data = make_data(rng)
        verdict = judge.judge_data(suffix, data)
        counts[f"{suffix} {verdict.outcome}"] += 1
        finding = verdict.finding
        if finding is not None and finding.kind not in known:
            known.add(finding.kind)
            tell(f"== data {number}, {suffix}: {finding.kind}\n{finding.told}")
            tell(f"-- file\n{base64.b64encode(data).decode()}\n")


def as_table(counts: Counter[str]) -> str:
    """The counts as Markdown: a row for each mutation."""
    names = [kind.__name__ for kind in (*NODES, *BYTES)] + ["mixed", "csv", "xlsx"]
    rows = ["| mutation | inputs | decks | refused | findings |", "|---|---:|---:|---:|---:|"]
    totals = [0, 0, 0]
    for name in names:
        each = [counts[f"{name} {outcome}"] for outcome in ("deck", "refused", "finding")]
        totals = [total + one for total, one in zip(totals, each, strict=True)]
        rows.append(f"| {name} | {sum(each):,} | " + " | ".join(f"{n:,}" for n in each) + " |")
    rows.append(f"| all | {sum(totals):,} | " + " | ".join(f"{n:,}" for n in totals) + " |")
    return "\n".join(rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    counts: Counter[str] = Counter()

    def tell(words: str) -> None:
        print(words, flush=True)

    with tempfile.TemporaryDirectory() as name:
        judge = Judge(Path(name), find_sdk_validator())
        judge(b"title: x")  # loads what is loaded once
        used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, resource.RLIM_INFINITY))
        try:
            run(asked.count, asked.seed, judge, tell, counts)
            run_data(asked.count // 5, asked.seed, judge, tell, counts)
        except KeyboardInterrupt:
            print("ended early")
    print(as_table(counts))
    return int(any(key.endswith("finding") for key in counts))


if __name__ == "__main__":
    sys.exit(main())
