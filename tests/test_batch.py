"""Many decks in one go: which are built, what they are called, what is told, what is kept."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from pptx import Presentation

import deckgen
from deckgen import jobs, pool
from deckgen.console.waiting import progress
from deckgen.fingerprint import NAME
from deckgen.jobs import Built, Job
from deckgen.naming import MOST_NAME, safe_name
from test_hostile import MEASURED

OUTLINE = """\
title: Review of {{ account }}
variables:
  account: text
  berths: {type: whole, default: 3}
sources: {id: survey, text: "Harbour Survey of Port Merrow, 2025 (fictional)"}
source: survey
slides:
  - {kind: cover}
  - {kind: bullets, title: "{{ account }} has {{ berths }} berths", points: [One, Two]}
"""
PLAIN = (
    "title: {title}\nslides: [{{kind: cover}}, {{kind: bullets, title: T, points: [One, Two]}}]\n"
)
AUDIENCES = "audiences:\n  - {name: board}\n  - {name: staff, exclude: bullets}\n"


def run(*arguments: object, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "deckgen", "build", *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONWARNINGS": "error", **env},
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an outline that has variables, in which the test runs."""
    (tmp_path / "review.yaml").write_text(OUTLINE, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write_rows(folder: Path, *rows: str) -> str:
    (folder / "accounts.csv").write_text("\n".join(rows), "utf-8")
    return "accounts.csv"


def build(outlines: Sequence[str], output: str = "", **asked: object) -> list[deckgen.Done]:
    """Decks that are built in this process."""
    return list(deckgen.build_many(outlines, output, workers=1, **asked))  # type: ignore[arg-type]


def refusal(outlines: Sequence[str], output: str = "", **asked: object) -> list[str]:
    with pytest.raises(deckgen.OutlineError) as caught:
        build(outlines, output, **asked)
    assert not list(Path().rglob("*.pptx"))
    return [str(problem) for problem in caught.value.problems]


def decks(folder: str | Path = "out") -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir() if path.suffix == ".pptx")


def words_in(deck: str | Path) -> str:
    shapes = [shape for slide in Presentation(str(deck)).slides for shape in slide.shapes]
    return "\n".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)


# -- outlines, folders, globs ----------------------------------------------------------


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two outlines, an audience's file, and files that are none; one outline in a folder below."""
    for name in ("one.yaml", "two.yml"):
        (tmp_path / name).write_text(PLAIN.format(title=name), "utf-8")
    (tmp_path / "one.guests.yaml").write_text("extends: one.yaml\ntitle: Guests\n", "utf-8")
    (tmp_path / "settings.yaml").write_text("colours: {ink: '000000'}\n", "utf-8")
    (tmp_path / ".hidden.yaml").write_text(PLAIN.format(title="x"), "utf-8")
    (tmp_path / "notes.txt").write_text("title: x\n", "utf-8")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "three.yaml").write_text(PLAIN.format(title="three"), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_folder_gives_its_own_outlines_and_no_file_that_extends_one(shelf: Path) -> None:
    done = run(".", "-o", "made", cwd=shelf)
    assert done.returncode == 0, done.stderr
    assert decks("made") == ["one.pptx", "two.pptx"]
    assert "settings.yaml: passed over, for it is no outline (it has no `title`)" in done.stderr
    lines = done.stdout.splitlines()
    assert sorted(lines[:2]) == [
        f"made{os.sep}one.pptx: 2 slides",
        f"made{os.sep}two.pptx: 2 slides",
    ]
    assert lines[2].startswith("2 decks in ")


def test_a_glob_may_go_down(shelf: Path) -> None:
    assert [done.target for done in build(["**/t*.y*ml"])] == [
        str(Path("out/three.pptx")), str(Path("out/two.pptx")),
    ]  # fmt: skip


def test_an_outline_named_twice_is_built_once(shelf: Path) -> None:
    assert len(build(["one.yaml", ".", "one.yaml"])) == 2


def test_two_decks_of_one_name_are_refused_at_once(shelf: Path) -> None:
    (shelf / "below" / "ONE.yaml").write_text(PLAIN.format(title="x"), "utf-8")
    assert refusal(["one.yaml", "below"]) == [
        f"{Path('below/ONE.yaml')}: {Path('out/ONE.pptx')} would be the deck of one.yaml and of "
        f"{Path('below/ONE.yaml')}; put what tells them apart into the name, or build them one by "
        "one"
    ]
    assert "would be the deck of" in refusal(["one.yaml", "two.yml"], "deck.pptx")[0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["none", "one.yaml"], "none: there is no such file"),
        (["*.yalm", "one.yaml"], "no .yaml or .yml file has such a name"),
        (["empty"], "no .yaml or .yml file is in this folder"),
        (["one.yaml", "x.pptx"], "this is a deck"),
        (["one.yaml", "two.yml", "-o", "{nmae}.pptx"], "“{nmae}” cannot be filled in"),
        (["one.yaml", "two.yml", "-o", "deck.pdf"], "a deck is a .pptx file"),
        (["one.yaml", "two.yml", "-o", "{audience}.pptx"], "“{audience}” cannot be filled in"),
        ([".", "-a", "board", "--all-audiences"], "give either"),
    ],
)
def test_what_keeps_all_from_being_built(shelf: Path, arguments: list[str], words: str) -> None:
    (shelf / "empty").mkdir()
    done = run(*arguments, cwd=shelf)
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == (1 if arguments[0] == "none" else 2)


def test_audiences_of_several_outlines(shelf: Path) -> None:
    text = PLAIN.format(title="two") + AUDIENCES
    (shelf / "two.yml").write_text(text, "utf-8")
    (shelf / "one.yaml").write_text(
        PLAIN.format(title="one") + "audiences: [{file: one.guests.yaml}]\n", "utf-8"
    )
    done = build(["one.yaml", "one.guests.yaml", "two.yml"], all_audiences=True)
    assert sorted(Path(each.target).name for each in done) == [
        "one.one.guests.pptx", "two.board.pptx", "two.staff.pptx",
    ]  # fmt: skip
    some = build(["one.yaml", "two.yml"], "for", audience="board")
    assert {each.outline: each.state for each in some} == {"one.yaml": "failed", "two.yml": "built"}
    assert "no audience is called “board”" in some[0].problems[0].message
    assert decks("for") == ["two.board.pptx"]


def test_a_failed_deck_stops_no_other_and_the_exit_code_tells(shelf: Path) -> None:
    (shelf / "broken.yaml").write_text("title: [\n", "utf-8")
    (shelf / "wrong.yaml").write_text(PLAIN.format(title="x").replace("cover", "covr"), "utf-8")
    (shelf / "out").mkdir()
    (shelf / "out" / "wrong.pptx").write_bytes(b"the old deck")
    done = run(".", cwd=shelf)
    assert done.returncode == 1
    assert decks() == ["one.pptx", "two.pptx", "wrong.pptx"]
    assert (shelf / "out" / "wrong.pptx").read_bytes() == b"the old deck"
    assert "broken.yaml:2:1: this is not YAML" in done.stderr
    assert "no slide kind is called “covr”; did you mean “cover”?" in done.stderr
    assert done.stdout.splitlines()[-1].endswith("; 2 not built")
    none = run("broken.yaml", "wrong.yaml", "--quiet", cwd=shelf)
    assert (none.returncode, none.stdout) == (2, "")


# -- a deck for each row ---------------------------------------------------------------


def test_each_row_gives_a_deck_with_its_values(folder: Path) -> None:
    rows = '\ufeffaccount;berths\r\nNorth Quay;4\r\n"Müller; Söhne";\r\n'
    (folder / "accounts.csv").write_bytes(rows.encode())
    done = run("review.yaml", "--each", "accounts.csv", "-o", "out/{account}.pptx", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert decks() == ["Müller; Söhne.pptx", "North Quay.pptx"]
    assert "North Quay has 4 berths" in words_in("out/North Quay.pptx")
    assert "Müller; Söhne has 3 berths" in words_in("out/Müller; Söhne.pptx")


def test_a_workbook_gives_rows_as_well(folder: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["account", "berths"], ["North", 4], ["South", None]):
        sheet.append(row)
    book.save(folder / "accounts.xlsx")
    build(["review.yaml"], "out/{account}.pptx", each="accounts.xlsx")
    assert decks() == ["North.pptx", "South.pptx"]
    assert "North has 4 berths" in words_in("out/North.pptx")
    sheet["B3"] = 2.5
    book.save(folder / "accounts.xlsx")
    done = build(["review.yaml"], "out/{account}.pptx", each="accounts.xlsx")
    (problem,) = done[0].problems
    assert str(problem) == "accounts.xlsx:3:2: cell B3 (“berths”) wants a whole number, not “2.5”"


def test_rows_and_audiences_combine(folder: Path) -> None:
    (folder / "review.yaml").write_text(OUTLINE + AUDIENCES, "utf-8")
    rows = write_rows(folder, "account", "North", "South")
    done = build(["review.yaml"], each=rows, all_audiences=True)
    assert decks() == [
        "review.2.board.pptx", "review.2.staff.pptx", "review.3.board.pptx", "review.3.staff.pptx",
    ]  # fmt: skip
    assert [each.slide_count for each in done] == [2, 1, 2, 1]
    build(["review.yaml"], "board/{account}.pptx", each=rows, audience="board")
    assert decks("board") == ["North.pptx", "South.pptx"]


def test_mistakes_in_rows_are_told_at_their_cells_and_keep_their_own_decks_alone(
    folder: Path,
) -> None:
    write_rows(folder, "account,berths", "North,many", ",2", "South,2", "East,2,more", "West,2.5")
    done = run("review.yaml", "--each", "accounts.csv", "-o", "out/{account}.pptx", cwd=folder)
    assert done.returncode == 1
    assert decks() == ["South.pptx"]
    assert [line for line in done.stderr.splitlines() if "accounts.csv" in line] == [
        "accounts.csv:2:2: row 2, column “berths” wants a number, not “many”",
        "accounts.csv:3:1: row 3, column “account” is empty; fill it, or give `account` a "
        "`default`",
        "accounts.csv:5:3: row 5 has a cell under no heading; give it one, or put a text with the "
        "separator in it in quotation marks",
        "accounts.csv:6:2: row 6, column “berths” wants a whole number, not “2.5”",
    ]
    assert done.stdout.splitlines()[-1].endswith("4 not built")


def test_headings_are_checked_before_anything_is_built(folder: Path) -> None:
    rows = write_rows(folder, "acount,berths,berths,region", "North,1,2,x")
    assert refusal(["review.yaml"], each=rows) == [
        "accounts.csv:1:1: no column has the heading “account”, and the variable has no default; "
        "there are “acount”, “berths”, “berths” and “region”",
        "accounts.csv:1:1: no variable is declared for the column “acount”; did you mean "
        "“account”?; or take the column out",
        "accounts.csv:1:3: the heading “berths” stands twice; it is column 2 already",
        "accounts.csv:1:4: no variable is declared for the column “region”; it can be: account or "
        "berths; or take the column out",
    ]
    rows = write_rows(folder, "account", "North")
    assert (
        "is given with `--set` as well"
        in refusal(["review.yaml"], each=rows, values={"account": "x"})[0]
    )


def test_a_column_may_have_another_heading_and_values_by_hand_fill_the_rest(folder: Path) -> None:
    text = OUTLINE.replace("account: text", "account: {column: Account  Name}")
    (folder / "review.yaml").write_text(text, "utf-8")
    write_rows(folder, "Account Name", "North")
    done = run("review.yaml", "--each", "accounts.csv", "--set", "berths=9", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "North has 9 berths" in words_in("out/review.2.pptx")


def test_mistakes_in_the_outline_are_told_once_for_all_rows(folder: Path) -> None:
    (folder / "review.yaml").write_text(OUTLINE.replace("kind: cover", "kind: covr"), "utf-8")
    write_rows(folder, "account", "North", "South", "East")
    done = run("review.yaml", "--each", "accounts.csv", cwd=folder)
    assert done.returncode == 2
    told = [line for line in done.stderr.splitlines() if "no slide kind is called" in line]
    assert len(told) == 2
    assert re.search(r" \(in the deck of accounts\.csv:[234]\)$", told[0])
    assert told[1].endswith("(told of 3 decks)")


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("../../x", "x"), ("/etc/passwd", "etc-passwd"), ("..", ""), ("a/b\\c", "a-b-c"),
        ("CON", "_CON"), ("nul.txt", "_nul.txt"), ("COM1", "_COM1"), ("Console", "Console"),
        (".hidden", "hidden"), ("ends. ", "ends"), ("a:b*c?", "a-b-c"), ("tab\tand\x00", "tab-and"),
        ("{account}", "{account}"), ("Zürich 東京", "Zürich 東京"), ("-rf", "rf"),
        ("\u202egpj", "gpj"),
        ("x" * 500, "x" * MOST_NAME), ("é" * 500, "é" * (MOST_NAME // 2)),
    ],
)  # fmt: skip
def test_values_give_names_that_every_system_takes(value: str, name: str) -> None:
    assert safe_name(value) == name


def test_a_value_leads_nowhere_else(folder: Path) -> None:
    (folder / "in").mkdir()
    (folder / "in" / "review.yaml").write_text(OUTLINE, "utf-8")
    rows = write_rows(folder, "account", "../../escaped", "..", "{berths}")
    done = build(["in/review.yaml"], "in/out/{account}.pptx", each=rows)
    assert [each.state for each in done] == ["failed", "built", "built"]
    assert str(done[0].problems[0]).startswith("accounts.csv:3:1: “{account}” is empty here")
    assert decks("in/out") == ["escaped.pptx", "{berths}.pptx"]
    assert [str(path) for path in sorted(folder.rglob("*.pptx"))] == [
        str(folder / "in" / "out" / name) for name in ("escaped.pptx", "{berths}.pptx")
    ]


def test_rows_of_one_name_are_refused_whatever_their_case(folder: Path) -> None:
    rows = write_rows(folder, "account", "North", "South", "NORTH", "a/b", "a:b")
    assert refusal(["review.yaml"], "out/{account}.pptx", each=rows) == [
        f"accounts.csv:{row}:1: {Path('out') / name} would be the deck of row {first} and of row "
        f"{row}; put what tells them apart into the name, as `{{row}}` does"
        for first, row, name in ((2, 4, "NORTH.pptx"), (5, 6, "a-b.pptx"))
    ]


def test_formulas_in_cells_are_words(folder: Path) -> None:
    text = OUTLINE + (
        "  - kind: column-chart\n    title: A chart\n    measure: Ships\n    unit: ships\n"
        '    categories: ["{{ account }}", B, C]\n'
        '    series: [{name: "{{ account }}", values: [1, 2, 3]}]\n'
    )
    (folder / "review.yaml").write_text(text, "utf-8")
    formula = '=HYPERLINK("https://evil.example")'
    (folder / "accounts.csv").write_text('account\n"=HYPERLINK(""https://evil.example"")"\n')
    (done,) = build(["review.yaml"], each="accounts.csv")
    assert done.state == "built", done.problems
    assert f"{formula} has 3 berths" in words_in(done.target)
    from io import BytesIO

    from openpyxl import load_workbook

    charts = [shape.chart for slide in Presentation(done.target).slides
              for shape in slide.shapes if shape.has_chart]  # fmt: skip
    book = load_workbook(BytesIO(charts[0].part.chart_workbook.xlsx_part.blob))
    cells = [cell for row in book.active.iter_rows() for cell in row]  # type: ignore[union-attr]
    assert [cell.data_type for cell in cells if cell.value == formula] == ["s", "s"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("big.csv", b"account\n" + b"x\n" * 1_000_000, "there are over 20,000 rows"),
        ("huge.csv", b"account\n" + b"x" * 11_000_000, "has over 10 MB"),
        ("head.csv", b"account\n", "holds no rows under headings"),
        ("latin.csv", b"account\nM\xfcller\n", "this is not UTF-8"),
        ("rows.txt", b"account\nx\n", "is no .csv or .xlsx by its name"),
        ("none.csv", None, "cannot be read"),
        ("quote.csv", b'account\n"x\n', "a quotation mark is opened in this row and never closed"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value[:9] else "",
)
def test_files_of_rows_that_are_refused(
    folder: Path, name: str, data: bytes | None, words: str
) -> None:
    if data is not None:
        (folder / name).write_bytes(data)
    start = time.perf_counter()
    assert words in refusal(["review.yaml"], each=name)[0]
    assert time.perf_counter() - start < 5


def test_too_many_decks_are_told_at_once(folder: Path) -> None:
    names = "".join(f"  - {{name: a{number}}}\n" for number in range(6))
    (folder / "review.yaml").write_text(f"{OUTLINE}audiences:\n{names}", "utf-8")
    rows = write_rows(folder, "account", *(f"Account {number}" for number in range(20_000)))
    start = time.perf_counter()
    wrong = refusal(["review.yaml"], each=rows, all_audiences=True)
    assert wrong == ["accounts.csv: these are over 100,000 decks; build them in several goes"]
    assert time.perf_counter() - start < 5


# -- resuming --------------------------------------------------------------------------


def states(done: Sequence[deckgen.Done]) -> dict[str, str]:
    return {Path(each.target).name: each.state for each in done}


def test_resume_builds_what_would_be_another_deck(folder: Path) -> None:
    rows = write_rows(folder, "account", "North", "South")
    output = "out/{account}.pptx"

    def again(**asked: object) -> dict[str, str]:
        return states(build(["review.yaml"], output, each=rows, resume=True, **asked))

    assert again() == {"North.pptx": "built", "South.pptx": "built"}
    assert again() == {"North.pptx": "kept", "South.pptx": "kept"}
    write_rows(folder, "account", "West", "South", "North")  # rows moved, one is new
    assert again() == {"West.pptx": "built", "South.pptx": "kept", "North.pptx": "kept"}
    Path("out/North.pptx").unlink()
    Path("out/South.pptx").write_bytes(b"somebody's own")
    assert again() == {"West.pptx": "kept", "South.pptx": "built", "North.pptx": "built"}
    assert again(values={"berths": 5}) == dict.fromkeys(decks(), "built")
    assert again(values={"berths": 5}) == dict.fromkeys(decks(), "kept")
    (folder / "review.yaml").write_text(f"{OUTLINE}# a remark\n", "utf-8")
    assert again(values={"berths": 5}) == dict.fromkeys(decks(), "built")


def test_every_file_that_was_read_counts(folder: Path) -> None:
    picture = Path(__file__).parents[1] / "decks" / "kinds" / "harbour.png"
    (folder / "plan.png").write_bytes(picture.read_bytes())
    (folder / "ships.csv").write_text("Year,Ships\n2024,1\n2025,2\n")
    (folder / "deck.yaml").write_text(
        "title: T\nsources: {id: s, text: S}\nsource: s\nslides:\n"
        "  - {kind: image, title: A plan, file: plan.png, alt: A plan}\n"
        "  - {kind: column-chart, title: C, measure: Ships, unit: ships,\n"
        "     data: {file: ships.csv, x: Year, y: Ships}}\n"
        "audiences: [{file: staff.yaml}]\n"
    )
    (folder / "staff.yaml").write_text("extends: deck.yaml\ntitle: Staff\n")

    def again() -> dict[str, str]:
        return states(build(["deck.yaml"], all_audiences=True, resume=True))

    assert again() == {"deck.staff.pptx": "built"}
    (line,) = (folder / "out" / NAME).read_text("utf-8").splitlines()
    assert sorted(json.loads(line)["files"]) == [
        "../deck.yaml", "../plan.png", "../ships.csv", "../staff.yaml",
    ]  # fmt: skip
    assert again() == {"deck.staff.pptx": "kept"}
    for name in ("deck.yaml", "staff.yaml", "ships.csv"):
        with (folder / name).open("a") as stream:
            stream.write("\n")
        assert again() == {"deck.staff.pptx": "built"}, name
        assert again() == {"deck.staff.pptx": "kept"}
    (folder / "plan.png").unlink()
    assert again() == {"deck.staff.pptx": "failed"}


def test_a_damaged_ledger_says_nothing_and_is_mended(folder: Path) -> None:
    rows = write_rows(folder, "account", "North", "South")
    build(["review.yaml"], each=rows)
    ledger = folder / "out" / NAME
    lines = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(lines[0] + b'\xff{"deck": 3}\n' + lines[1][:40])  # cut off in the middle
    done = build(["review.yaml"], each=rows, resume=True)
    assert sorted(each.state for each in done) == ["built", "kept"]
    assert all(json.loads(line) for line in ledger.read_text("utf-8").splitlines())


def test_another_deckgen_builds_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = write_rows(folder, "account", "North")
    build(["review.yaml"], each=rows)
    monkeypatch.setattr("deckgen.fingerprint.own_digest", lambda: "another")
    assert [done.state for done in build(["review.yaml"], each=rows, resume=True)] == ["built"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
@pytest.mark.parametrize("number", ["SIGTERM", "SIGINT", "SIGKILL"])
def test_what_was_cut_off_goes_on_where_it_was(folder: Path, number: str) -> None:
    if signal.getsignal(getattr(signal, number)) is signal.SIG_IGN:
        pytest.skip(f"{number} is ignored here, as where tests run in the background")
    rows = write_rows(folder, "account", *(f"Account {n}" for n in range(300)))
    command = [sys.executable, "-m", "deckgen", "build", "review.yaml", "--each", rows, "-j", "2"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    process.stdout.readline()  # the first deck is there
    process.send_signal(getattr(signal, number))
    process.communicate(timeout=30)
    assert process.returncode == {"SIGTERM": 143, "SIGINT": 130, "SIGKILL": -9}[number]
    _wait_for_the_end_of_processes_in(folder)
    there = len(decks())
    assert 1 <= there < 300
    if number != "SIGKILL":
        assert not list(Path("out").glob("*.part"))
    write_rows(folder, "account", *(f"Account {n}" for n in range(there + 3)))
    done = states(build(["review.yaml"], each=rows, resume=True))
    assert 1 <= sum(state == "built" for state in done.values()) <= 5
    assert len(done) == there + 3


def _wait_for_the_end_of_processes_in(folder: Path) -> None:
    """Fail if processes that a build has started go on without it; where this can be seen."""

    def left() -> list[str]:
        others = (one for one in Path("/proc").glob("[0-9]*") if one.name != str(os.getpid()))
        return [one.name for one in others if _folder_of(one) == folder]

    end = time.monotonic() + 20
    while left():
        assert time.monotonic() < end, f"still there: {left()}"
        time.sleep(0.1)


def _folder_of(process: Path) -> Path | None:
    try:
        return (process / "cwd").readlink()
    except OSError:
        return None


# -- processes -------------------------------------------------------------------------


def test_decks_are_the_same_on_one_core_and_on_two(folder: Path) -> None:
    rows = write_rows(folder, "account", *(f"Account {n}" for n in range(6)))
    build(["review.yaml"], "one", each=rows)
    done = run("review.yaml", "--each", rows, "-o", "two", "-j", "2", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert decks("one") == decks("two")
    for name in decks("one"):
        assert Path("one", name).read_bytes() == Path("two", name).read_bytes()


def test_a_process_that_is_ended_takes_its_own_deck_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "killing.py").write_text(
        "import os\nfrom deckgen.jobs import Built\n"
        "def build_job(job):\n"
        "    if job.outline == 'bad':\n        os._exit(9)\n"
        "    return Built(job.outline.encode())\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    import killing  # type: ignore[import-not-found]

    monkeypatch.setattr(pool, "build_job", killing.build_job)
    names = [f"deck {n}" for n in range(20)]
    asked = [Job(name) for name in [*names[:7], "bad", *names[7:]]]
    done = {job.outline: built for job, built in pool.run(asked, 2)}
    assert {name: built.data for name, built in done.items() if name != "bad"} == {
        name: name.encode() for name in names
    }
    (problem,) = done["bad"].problems
    assert problem.message == "the process that built the deck was ended"


def test_few_jobs_are_under_way_however_many_there_are() -> None:
    asked = 0

    def many() -> object:
        nonlocal asked
        for number in range(10_000):
            asked += 1
            yield Job(f"no such outline {number}")

    outcomes = pool.run(many(), 2)  # type: ignore[arg-type]
    for taken, (_, built) in enumerate(outcomes, start=1):
        assert built.problems
        assert asked <= taken + 4
        if taken == 50:
            break
    outcomes.close()  # type: ignore[attr-defined]


def test_a_fault_is_told_and_stops_no_other(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(outline: object) -> None:
        raise ZeroDivisionError("oops")

    rows = write_rows(folder, "account", "North", "South")
    monkeypatch.setattr(jobs, "build", fail)
    done = build(["review.yaml"], each=rows)
    assert [each.state for each in done] == ["failed", "failed"]
    assert done[0].problems[0].message == (
        "a fault in deckgen, not in the outline (ZeroDivisionError: oops)"
    )


def test_a_job_tells_the_files_that_it_read(folder: Path) -> None:
    built = jobs.build_job(Job("review.yaml", row=()))
    assert list(built.files) == ["review.yaml"]
    assert isinstance(built, Built)
    assert [problem.message for problem in built.problems] == [
        "the variable `account` has no value"
    ]


def test_values_by_hand(folder: Path) -> None:
    done = run("review.yaml", "--set", "account=North", "-o", "{account}.pptx", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "North has 3 berths" in words_in("North.pptx")
    for arguments, words in (
        (["--set", "account"], "write it as NAME=VALUE"),
        (["--set", "account=x", "--set", "account=y"], "the variable is given twice"),
        (["--set", "account=x", "--set", "acount=y"], "--set acount: the outline declares no"),
        (["--set", "account=x", "--set", "berths=y"], "--set berths: `berths` wants a number"),
        ([], "give one with `--set account=…`"),
    ):
        refused = run("review.yaml", *arguments, cwd=folder)
        assert refused.returncode == 2
        assert words in refused.stderr


def test_values_by_hand_go_to_those_outlines_that_declare_them(folder: Path) -> None:
    (folder / "plain.yaml").write_text(PLAIN.format(title="Plain"), "utf-8")
    done = build(["review.yaml", "plain.yaml"], values={"account": "North"})
    assert [each.state for each in done] == ["built", "built"]
    wrong = build(["review.yaml", "plain.yaml"], values={"account": "North", "acount": "x"})
    assert [[problem.message for problem in each.problems] for each in wrong] == [
        ["the outline declares no variable “acount”"],
        ["the outline declares no variable “acount”"],
    ]


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "wait4"), reason="this system does not tell peak memory")
def test_memory_does_not_grow_with_the_number_of_decks(folder: Path) -> None:
    def peak_megabytes(count: int) -> float:
        rows = write_rows(folder, "account", *(f"Account {n}" for n in range(count)))
        report = folder / "used"
        build_all = [
            sys.executable,
            "-m",
            "deckgen",
            "build",
            "review.yaml",
            "--each",
            rows,
            "-j",
            "1",
        ]
        command = [sys.executable, "-S", "-c", MEASURED, str(report), *build_all]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True, timeout=120)
        return float(report.read_text().split()[1])

    few, many = peak_megabytes(40), peak_megabytes(240)
    assert many < few + 5


def test_names_of_decks_are_no_markup_of_the_progress_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    with progress("Building", 2, quiet=False) as step:
        step("out/[/x].pptx")
        step("out/[red].pptx")
    assert "out/[red].pptx" in terminal.getvalue()
