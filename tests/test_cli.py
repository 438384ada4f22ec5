"""The command line as somebody types it: exit codes, messages, files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

from outlines import ANALYSIS, with_slides

ROOT = Path(__file__).parents[1]
OUTLINE = with_slides(
    """
    - {kind: cover}
    - {kind: tier-map}
    - {kind: bullets, title: Two things follow, points: [One, Two]}
    """
)


def run(*arguments: object, cwd: Path = ROOT, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "deckgen", *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, env={**os.environ, **env}, check=False
    )


@pytest.fixture
def outline(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.yaml"
    path.write_text(OUTLINE, "utf-8")
    return path


def test_build_says_where_the_deck_is_how_long_it_is_and_how_long_it_took(outline: Path) -> None:
    done = run("build", outline.name, cwd=outline.parent)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{Path('out/harbour.pptx')}: 3 slides in ")
    assert done.stdout.endswith(" s\n")
    deck = Presentation(str(outline.parent / "out" / "harbour.pptx"))
    assert len(deck.slides) == 3


def test_a_terminal_that_lacks_a_letter_gets_its_escape(outline: Path) -> None:
    target = outline.with_name("Häfen.pptx")
    done = run("build", outline.name, "-o", target.name, cwd=outline.parent,
               PYTHONIOENCODING="ascii")  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("H\\xe4fen.pptx: 3 slides")
    assert target.is_file()


def test_output_and_quiet(outline: Path, tmp_path: Path) -> None:
    target = tmp_path / "new folder" / "deck.pptx"
    done = run("build", outline, "-o", target, "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert target.is_file()


def test_a_pipe_gets_plain_text(outline: Path, tmp_path: Path) -> None:
    done = run("build", outline, "-o", tmp_path / "x.pptx")
    assert "\x1b" not in done.stdout + done.stderr


def test_mistakes_come_with_their_lines_exit_2_and_nothing_is_written(
    outline: Path, tmp_path: Path
) -> None:
    target = tmp_path / "deck.pptx"
    target.write_bytes(b"the old deck")
    outline.write_text(
        OUTLINE.replace("tier-map", "tier-mpa").replace("Own quay}", "Own quay, x: 1}"), "utf-8"
    )
    done = run("build", outline, "-o", target)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    lines = done.stderr.splitlines()
    line = OUTLINE[: OUTLINE.index("Own quay}")].count("\n") + 1
    assert lines[0].startswith(f"{outline}:{line}:")
    assert "unknown key `x`" in lines[0]
    assert lines[1].endswith("- {id: quay, name: Own quay, x: 1}")
    assert lines[2].index("^") == lines[1].index("x: 1")
    assert "did you mean “tier-map”?" in lines[3]
    assert lines[-1] == "2 mistakes; nothing was written"
    assert target.read_bytes() == b"the old deck"


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("harbour.yaml", "would overwrite its own outline"),
        (".", "this is a directory"),
        ("deck.pdf", "a deck is a .pptx file"),
    ],
)
def test_outputs_that_are_refused(outline: Path, target: str, words: str) -> None:
    done = run("build", outline.name, "-o", target, cwd=outline.parent)
    assert done.returncode == 2
    assert words in done.stderr
    assert outline.read_text("utf-8") == OUTLINE


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_an_output_that_cannot_be_written_is_told(outline: Path) -> None:
    done = run("build", outline, "-o", "/proc/nowhere/deck.pptx")
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["missing.yaml", "."])
def test_an_outline_that_is_not_there(name: str, tmp_path: Path) -> None:
    done = run("build", name, cwd=tmp_path)
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_check_and_titles_write_nothing(outline: Path) -> None:
    run("check", outline.name, cwd=outline.parent)
    titles = run("titles", outline.name, cwd=outline.parent)
    assert titles.stdout.splitlines()[0] == "  1  Who controls the harbour"
    assert titles.stdout.splitlines()[2] == "  3  Two things follow"
    assert [path.name for path in outline.parent.iterdir()] == ["harbour.yaml"]


def test_kinds_lists_every_kind_and_explains_one() -> None:
    listed = run("kinds").stdout.splitlines()
    files = {
        path.stem.replace("_", "-") for path in (ROOT / "src/deckgen/slides").glob("[a-z]*.py")
    }
    assert {line.split()[0] for line in listed} == files
    told = run("kinds", "tier-map").stdout
    assert "line_after (id of a tier)" in told
    assert "kind: tier-map" in told
    unknown = run("kinds", "tier-mpa")
    assert unknown.returncode == 2
    assert "did you mean “tier-map”?" in unknown.stderr


def test_schema_is_the_committed_one() -> None:
    printed = run("schema").stdout
    committed = (ROOT / "src/deckgen/outline.schema.json").read_text("utf-8")
    assert printed == committed, "run: deckgen schema > src/deckgen/outline.schema.json"


def test_new_writes_an_outline_that_builds_and_never_overwrites(tmp_path: Path) -> None:
    done = run("new", "briefing", cwd=tmp_path)
    assert done.returncode == 0
    assert run("build", "briefing.yaml", cwd=tmp_path).returncode == 0
    (tmp_path / "briefing.yaml").write_text("mine")
    again = run("new", "briefing.yaml", cwd=tmp_path)
    assert again.returncode == 2
    assert (tmp_path / "briefing.yaml").read_text() == "mine"


def test_version_help_and_wrong_commands() -> None:
    assert run("--version").stdout.startswith("deckgen ")
    assert "build" in run("--help").stdout
    assert run("biuld").returncode == 2
    assert run("build").returncode == 2
    assert "--show-completion" in run("--help").stdout


def test_help_loads_nothing_heavy() -> None:
    heavy = "yaml msgspec pptx lxml rich matplotlib xlsxwriter"
    code = f"import sys, deckgen.cli; print([m for m in '{heavy}'.split() if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_render_wants_one_form_and_a_deck(tmp_path: Path) -> None:
    assert "`--pdf` or `--png`" in run("render", "x.pptx").stderr
    missing = run("render", tmp_path / "x.pptx", "--pdf")
    assert missing.returncode == 2
    assert "no such file" in missing.stderr


def test_render_without_libreoffice_says_how_to_get_it(outline: Path, tmp_path: Path) -> None:
    done = run("render", outline, "--pdf", "-o", tmp_path / "x.pdf", PATH="")
    assert done.returncode == 1
    assert "LibreOffice" in done.stderr


@pytest.mark.render
def test_render_makes_a_pdf_and_pictures(outline: Path, tmp_path: Path, soffice: str) -> None:
    assert run("render", outline, "--pdf", "-o", tmp_path / "x.pdf").returncode == 0
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")
    done = run("render", outline, "--png", "-o", tmp_path / "pages")
    assert done.stdout.endswith("3 pictures\n")
    assert len(list((tmp_path / "pages").glob("*.png"))) == 3


def test_the_schema_lets_an_editor_check_an_outline() -> None:
    import jsonschema
    import yaml

    class EditorLoader(yaml.CSafeLoader):
        """YAML 1.2, as editors read it: a date is text. (PyYAML's own parser, in Python,
        would also stop at `{ask: why?, how: x}`.)"""

        yaml_implicit_resolvers = {  # noqa: RUF012 - declared so by PyYAML
            first: [pair for pair in pairs if not pair[0].endswith("timestamp")]
            for first, pairs in yaml.CSafeLoader.yaml_implicit_resolvers.items()
        }

    def read(text: str) -> Any:
        return yaml.load(text, EditorLoader)

    schema = json.loads(run("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    assert list(validator.iter_errors(read(OUTLINE))) == []
    assert list(validator.iter_errors(read(ANALYSIS))) == []
    wrong = read(OUTLINE.replace("points:", "pionts:"))
    assert any("pionts" in error.message for error in validator.iter_errors(wrong))
    for path in sorted((ROOT / "decks").rglob("*.yaml")):
        errors = list(validator.iter_errors(read(path.read_text("utf-8"))))
        assert errors == [], path


def test_render_never_writes_over_an_outline_or_a_deck(outline: Path, tmp_path: Path) -> None:
    deck = tmp_path / "deck.pptx"
    assert run("build", outline, "-o", deck).returncode == 0
    before = deck.read_bytes()
    for target in (outline, deck, tmp_path):
        done = run("render", outline, "--pdf", "-o", target)
        assert done.returncode == 2
        assert "name a .pdf file" in done.stderr
    assert run("render", deck, "--png", "-o", outline).returncode == 2
    assert outline.read_text("utf-8") == OUTLINE
    assert deck.read_bytes() == before


def test_a_deck_is_no_outline(tmp_path: Path) -> None:
    assert "this is a deck" in run("build", tmp_path / "x.pptx").stderr


def test_new_writes_the_example_of_a_kind_with_its_pictures(tmp_path: Path) -> None:
    assert run("new", "plan", "--kind", "image", cwd=tmp_path).returncode == 0
    assert {path.name for path in tmp_path.iterdir()} == {"plan.yaml", "harbour.png"}
    assert run("build", "plan.yaml", cwd=tmp_path).returncode == 0
    again = run("new", "other", "--kind", "image", cwd=tmp_path)
    assert again.returncode == 2
    assert not (tmp_path / "other.yaml").exists()


# -- audiences ----------------------------------------------------------------------

TOLD = f"""{OUTLINE}audiences:
  - {{name: board, exclude: tier-map, title: For the board, budget: {{max_slides: 1}}}}
  - {{name: staff, description: Everyone who works here}}
"""


@pytest.fixture
def told(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.yaml"
    path.write_text(TOLD, "utf-8")
    return path


def slide_count(path: Path) -> int:
    return len(Presentation(str(path)).slides)


def test_build_for_an_audience_names_the_deck_after_it(told: Path) -> None:
    done = run("build", told.name, "--audience", "board", cwd=told.parent)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{Path('out/harbour.board.pptx')}: 2 slides in ")
    line = TOLD.count("\n") - 1
    assert f"harbour.yaml:{line}:" in done.stderr
    assert "audience “board”: 2 slides, over its budget of 1" in done.stderr
    assert slide_count(told.parent / "out" / "harbour.board.pptx") == 2


def test_all_audiences_are_built_side_by_side(told: Path) -> None:
    done = run("build", told.name, "--all-audiences", cwd=told.parent)
    assert done.returncode == 0, done.stderr
    out = told.parent / "out"
    assert {path.name: slide_count(path) for path in out.iterdir()} == {
        "harbour.board.pptx": 2, "harbour.staff.pptx": 3,
    }  # fmt: skip
    lines = done.stdout.splitlines()
    assert lines[:2] == [f"{Path('out/harbour.board.pptx')}: 2 slides",
                         f"{Path('out/harbour.staff.pptx')}: 3 slides"]  # fmt: skip
    assert lines[2].startswith("2 decks in ")
    one = run("build", told.name, "-a", "board", "-o", "one.pptx", "-q", cwd=told.parent)
    assert one.returncode == 0
    assert (told.parent / "one.pptx").read_bytes() == (out / "harbour.board.pptx").read_bytes()


def test_the_output_is_a_pattern(told: Path) -> None:
    pattern = "decks/{audience}/{name}-v2.pptx"
    assert (
        run("build", told.name, "--all-audiences", "-o", pattern, cwd=told.parent).returncode == 0
    )
    assert (told.parent / "decks" / "board" / "harbour-v2.pptx").is_file()
    assert (told.parent / "decks" / "staff" / "harbour-v2.pptx").is_file()


def test_one_mistake_keeps_every_deck_from_being_written(told: Path) -> None:
    secret = TOLD.replace("- {name: Alpha,", "- {name: Alpha, not: [staff],")
    told.write_text(secret, "utf-8")
    old = told.parent / "out" / "harbour.board.pptx"
    old.parent.mkdir()
    old.write_bytes(b"the old deck")
    done = run("build", told.name, "--all-audiences", cwd=told.parent)
    assert done.returncode == 2
    assert "this names Alpha, which is withheld from “staff”" in done.stderr
    assert done.stderr.endswith("nothing was written\n")
    assert old.read_bytes() == b"the old deck"
    assert [path.name for path in old.parent.iterdir()] == [old.name]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["-a", "bord"], "no audience is called “bord”; did you mean “board”?"),
        (["-a", "board", "--all-audiences"], "give either `--audience` or `--all-audiences`"),
        (["--all-audiences", "-o", "one.pptx"], "the name must hold {audience}"),
        (["-o", "{audience}.pptx"], "there is no audience to put into the name"),
        (["-o", "{name}-{date}.pptx"], "“{date}” cannot be filled in"),
    ],
)
def test_choices_of_audience_that_are_refused(told: Path, arguments: list[str], words: str) -> None:
    done = run("build", told.name, *arguments, cwd=told.parent)
    assert done.returncode == 2
    assert words in done.stderr
    assert [path.name for path in told.parent.iterdir()] == ["harbour.yaml"]


def test_check_tells_what_is_wrong_for_any_audience(told: Path) -> None:
    told.write_text(TOLD.replace("exclude: tier-map", "include: cover, exclude: cover"), "utf-8")
    done = run("check", told.name, cwd=told.parent)
    assert done.returncode == 2
    assert "no slide is left for “board”" in done.stderr


def test_the_file_of_an_audience_gives_its_deck_and_no_other(told: Path) -> None:
    (told.parent / "guests.yaml").write_text("extends: harbour.yaml\nexclude: tier-map\n", "utf-8")
    folder = told.parent
    assert run("build", "guests.yaml", cwd=folder).returncode == 0
    assert slide_count(folder / "out" / "guests.pptx") == 2
    for arguments, words in (
        (["--all-audiences"], "this is the file of one audience; name the outline it extends"),
        (["-a", "board"], "for “board” name the outline it extends"),
    ):
        done = run("build", "guests.yaml", *arguments, cwd=folder)
        assert done.returncode == 2
        assert words in done.stderr


def test_an_outline_without_audiences_says_so(outline: Path) -> None:
    assert "no audiences" in run("build", outline, "--all-audiences").stderr
    assert run("audiences", outline).stdout.endswith("give the outline some under `audiences`\n")


def test_titles_and_render_take_an_audience(told: Path) -> None:
    titles = run("titles", told.name, "-a", "board", cwd=told.parent).stdout
    assert titles.splitlines() == ["  1  For the board", "  2  Two things follow"]
    done = run("render", "x.pptx", "--pdf", "-a", "board", cwd=told.parent)
    assert done.returncode == 2


def test_audiences_shows_the_matrix_and_the_lengths(told: Path) -> None:
    lines = run("audiences", told.name, cwd=told.parent).stdout.splitlines()
    assert [line.split() for line in lines[:4]] == [
        ["Slide", "board", "staff"],
        ["cover", "1*", "1*"],
        ["tier-map", "–", "2"],
        ["bullets", "2", "3"],
    ]
    assert "    board  For the board" in lines
    assert "    staff  Who controls the harbour" in lines
    assert "  board  2 of 1 slides (over)  0 minutes  2 slides without words to say" in lines


def test_audiences_in_json(told: Path) -> None:
    told.write_text(
        TOLD.replace("points: [One, Two]", "points: [One, Two], notes: {say: One two three, "
                     "evidence: {inference: It follows, not: [board]}}"), "utf-8",
    )  # fmt: skip
    told_of = json.loads(run("audiences", told, "--format", "json").stdout)
    assert told_of["audiences"] == ["board", "staff"]
    assert told_of["slides"][1] == {
        "slide": "tier-map",
        "places": {
            "staff": {
                "first": 2,
                "last": 2,
                "title": told_of["slides"][1]["places"]["staff"]["title"],
            }
        },
    }
    claim = next(claim for claim in told_of["claims"] if claim["text"] == "It follows")
    assert (claim["inference"], claim["audiences"]) == (True, ["staff"])
    assert claim["withheld_from"] == ["board"]
    assert claim["where"].startswith(f"{told}:")
    board, staff = told_of["lengths"]
    assert (board["slides"], board["max_slides"], board["silent"]) == (2, 1, 1)
    assert staff["description"] == "Everyone who works here"
    assert "no format is called “xml”" in run("audiences", told, "--format", "xml").stderr
