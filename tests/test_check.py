"""`deckgen check` as somebody types it, and how findings are accepted and put together."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from deckgen.builder import draft
from deckgen.check import Report, all_rules, check_draft, merge, rules_reference
from deckgen.loader import load_text
from outlines import ANALYSIS
from test_cli import run
from test_decks import DECKS, EVERY, Told, loaded, name_of

ROOT = Path(__file__).parents[1]
SOUND = f"""\
language: en-US
{ANALYSIS}slides:
  - kind: cover
  - kind: tier-map
    title: Alpha owns its quay and its cranes
  - kind: closing
"""
FAULTY = SOUND.replace("Alpha owns its quay and its cranes", "Market overview")
TOLD = f"""{FAULTY}audiences:
  - {{name: board, exclude: tier-map}}
  - {{name: staff, slides: [{{id: tier-map, title: Staff overview}}]}}
"""


def check(text: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    (folder / "harbour.yaml").write_text(text, "utf-8")
    return run("check", "harbour.yaml", *arguments, cwd=folder)


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


# -- exit codes, text -----------------------------------------------------------------


def test_a_clean_outline_exits_with_0_and_says_so(tmp_path: Path) -> None:
    done = check(SOUND, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "harbour.yaml: 3 slides, nothing wrong\n"
    assert check(SOUND, tmp_path, "--quiet").stdout == ""


def test_findings_exit_with_1_and_stand_at_their_line(tmp_path: Path) -> None:
    done = check(FAULTY, tmp_path)
    assert done.returncode == 1
    line = line_of(FAULTY, "Market")
    assert done.stdout.splitlines() == [
        f"harbour.yaml:{line}:12: warning: slide “tier-map”: “Market overview” reads as a topic, "
        "not as a sentence; say in a sentence what the slide shows (topic-title)",
        f"{line:6} |     title: Market overview",
        "       |            ^",
        "harbour.yaml: 3 slides, 1 warning",
    ]


def test_an_outline_that_is_not_sound_exits_with_2(tmp_path: Path) -> None:
    done = check(SOUND.replace("tier: owners", "tier: landlords", 1), tmp_path)
    assert done.returncode == 2
    assert "no tier has the id “landlords”" in done.stderr
    assert done.stderr.endswith("1 mistake; what is not sound was not checked further\n")


def test_what_does_not_fit_is_a_finding_beside_the_others(tmp_path: Path) -> None:
    long = FAULTY.replace("kind: cover", f"kind: cover\n    title: {'Who owns what ' * 30}")
    done = check(long, tmp_path)
    assert done.returncode == 1
    assert "(overflow)" in done.stdout
    assert "(topic-title)" in done.stdout
    assert run("build", "harbour.yaml", cwd=tmp_path).returncode == 2  # which it keeps from a deck


def test_several_outlines_are_checked_at_once(tmp_path: Path) -> None:
    (tmp_path / "clean.yaml").write_text(SOUND, "utf-8")
    (tmp_path / "broken.yaml").write_text("title: [", "utf-8")
    done = check(FAULTY, tmp_path, "clean.yaml")
    assert done.returncode == 1
    assert done.stdout.splitlines()[-2:] == [
        "harbour.yaml: 3 slides, 1 warning", "clean.yaml: 3 slides, nothing wrong",
    ]  # fmt: skip
    done = check(FAULTY, tmp_path, "broken.yaml")
    assert done.returncode == 2
    assert "(topic-title)" in done.stdout
    assert "broken.yaml:2:1" in done.stderr


def test_every_deck_of_the_project_is_clean() -> None:
    """The shipped decks, examples and starter, for each audience."""
    told = [report for deck in EVERY for report in check_draft(draft(loaded(deck)))]
    assert [str(r.mark) + r.message for r in told if not r.accepted] == []
    starter = (ROOT / "src" / "deckgen" / "starter.yaml").read_text("utf-8")
    assert check_draft(draft(load_text(starter, "starter.yaml"))) == []


@pytest.mark.parametrize("told", DECKS, ids=name_of)
def test_the_dark_theme_is_as_clean(told: Told) -> None:
    from msgspec.structs import replace

    from deckgen.source import Text

    dark = replace(loaded(told), theme=Text("dark"))
    assert [r.message for r in check_draft(draft(dark)) if not r.accepted] == []


# -- audiences -----------------------------------------------------------------------


def test_a_finding_in_several_decks_is_told_once_with_who_has_it(tmp_path: Path) -> None:
    done = check(TOLD, tmp_path)
    told = [line for line in done.stdout.splitlines() if "(topic-title)" in line]
    assert len(told) == 2
    assert "in the deck for" not in told[0]  # it stands in the outline itself
    assert told[1].startswith(f"harbour.yaml:{line_of(TOLD, 'Staff overview')}:")
    assert "(in the deck for “staff”)" in told[1]
    assert done.stdout.endswith("harbour.yaml: 3 slides (board 2, staff 3), 2 warnings\n")
    alone = check(TOLD, tmp_path, "--all-audiences").stdout
    assert alone.endswith("harbour.yaml: 2 slides for board, 3 slides for staff, 1 warning\n")


def test_one_audience_is_checked_alone(tmp_path: Path) -> None:
    done = check(TOLD, tmp_path, "-a", "board")
    assert done.returncode == 0, done.stdout
    assert done.stdout == "harbour.yaml: 2 slides for board, nothing wrong\n"
    assert check(TOLD, tmp_path, "-a", "staff").returncode == 1
    assert check(TOLD, tmp_path, "-a", "bord").returncode == 2


# -- acceptances ------------------------------------------------------------------------


def accepting(code: str, text: str = FAULTY) -> str:
    accept = f"    accept: {{rule: {code}, why: It is meant}}\n"
    return text.replace("kind: tier-map\n", f"kind: tier-map\n{accept}")


def test_a_rule_is_silenced_for_one_slide_with_a_reason(tmp_path: Path) -> None:
    done = check(accepting("topic-title"), tmp_path)
    assert done.returncode == 0
    assert done.stdout == "harbour.yaml: 3 slides, nothing wrong (1 finding accepted)\n"
    elsewhere = FAULTY.replace(
        "kind: cover\n", "kind: cover\n    accept: {rule: topic-title, why: Meant}\n"
    )
    assert "(topic-title)" in check(elsewhere, tmp_path).stdout


def test_an_acceptance_needs_a_reason(tmp_path: Path) -> None:
    done = check(accepting("topic-title").replace("It is meant", ""), tmp_path)
    assert done.returncode == 2
    assert "`why` wants text, not nothing" in done.stderr


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("topic-titel", "no rule is called “topic-titel”; did you mean “topic-title”?"),
        ("crowded", "`crowded` is accepted and finds nothing here; take it out"),
    ],
)
def test_an_acceptance_that_serves_nothing_is_told(code: str, words: str, tmp_path: Path) -> None:
    text = accepting(code, SOUND)
    done = check(text, tmp_path)
    assert done.returncode == 1
    assert (
        f"harbour.yaml:{line_of(text, code)}:20: warning: {words} (stale-acceptance)" in done.stdout
    )


def test_what_stands_on_no_slide_is_accepted_at_the_top(tmp_path: Path) -> None:
    lone = SOUND.replace("source: survey\n", "", 1)
    assert "(unused-source)" in check(lone, tmp_path).stdout
    accepted = (
        f"{lone}accept:\n  - {{rule: unused-source, why: Kept}}\n"
        "  - {rule: uncited-claim, why: It is a draft}\n"
    )
    assert check(accepted, tmp_path).returncode == 0


def test_an_acceptance_that_serves_one_audience_is_not_stale(tmp_path: Path) -> None:
    text = accepting("topic-title", TOLD).replace("title: Market overview", "title: Alpha leads")
    done = check(text, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("3 slides (board 2, staff 3), nothing wrong (1 finding accepted)\n")


def test_an_acceptance_that_another_audience_needs_is_not_told_to_one(tmp_path: Path) -> None:
    text = accepting("topic-title", TOLD).replace("Staff overview", "Alpha leads the field")
    assert check(text, tmp_path, "-a", "staff").returncode == 0
    wrong = text.replace("rule: topic-title", "rule: stale-acceptance")
    assert "`stale-acceptance` cannot be accepted" in check(wrong, tmp_path, "-a", "staff").stdout


def test_what_follows_from_a_text_that_does_not_fit_is_not_told(tmp_path: Path) -> None:
    long = SOUND.replace("kind: cover", f"kind: cover\n    title: {'Who owns what ' * 30}")
    told = [line for line in check(long, tmp_path).stdout.splitlines() if "error:" in line]
    assert len(told) == 1
    assert "(overflow)" in told[0]


def test_many_names_and_words_are_compared_in_time() -> None:
    from time import process_time

    names = "\n".join(
        f"  - {{name: Hafen{n:03}gesell{n * 7 % 97}, tier: owners}}" for n in range(290)
    )
    text = SOUND.replace("companies:\n", f"companies:\n{names}\n")
    words = " ".join(f"Hafem{n:04}gesells{n % 89}" for n in range(400))
    made = draft(load_text(text.replace("kind: cover", f"kind: cover\n    notes: {words}"), "deck"))
    start = process_time()
    check_draft(made)
    assert process_time() - start < 5
    commas = draft(
        load_text(text.replace("kind: cover", f"kind: cover\n    notes: '{'1,' * 4000}'"), "d")
    )
    start = process_time()
    check_draft(commas)
    assert process_time() - start < 2


def test_an_audience_accepts_what_stands_in_its_own_deck(tmp_path: Path) -> None:
    accept = "accept: {rule: topic-title, why: They know}"
    text = TOLD.replace("title: Staff overview", f"title: Staff overview, {accept}")
    done = check(text, tmp_path)
    assert [line for line in done.stdout.splitlines() if "(topic-title)" in line][1:] == []
    assert "(1 finding accepted)" in done.stdout
    assert run("build", "harbour.yaml", "--all-audiences", cwd=tmp_path).returncode == 0


def test_an_acceptance_at_the_top_of_what_stands_on_a_slide_says_where_to_put_it(
    tmp_path: Path,
) -> None:
    done = check(f"{FAULTY}accept: {{rule: topic-title, why: Meant}}\n", tmp_path)
    assert "`topic-title` is accepted and finds nothing here; accept it on the slide" in done.stdout


def test_a_finding_stands_at_its_own_words(tmp_path: Path) -> None:
    text = FAULTY.replace(
        "kind: tier-map\n",
        "kind: tier-map\n    notes: >-\n      Look at it.\n"
        "      Alpha and Beta stand in\n      tier 2\n",
    )
    done = check(text.replace("Market overview", "Alpha leads"), tmp_path)
    line = line_of(text, "Alpha and Beta stand")
    places = [each.split(" error")[0] for each in done.stdout.splitlines() if "(contrad" in each]
    assert places == [f"harbour.yaml:{line}:7:"] * 2


def test_merge_keeps_what_differs() -> None:
    report = check_draft(draft(load_text(FAULTY, "deck.yaml")))[0]
    assert merge({"": [report], "a": [report]}) == [report]
    merged = merge({"": [], "a": [report], "b": [report]})
    assert [r.audiences for r in merged] == [("a", "b")]
    assert merged[0].message.endswith("(in the deck for “a”, “b”)")


# -- machines ------------------------------------------------------------------------------


def test_json_gives_each_finding_as_an_object(tmp_path: Path) -> None:
    done = check(accepting("topic-title"), tmp_path, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    rows = json.loads(done.stdout)
    assert [row["rule"] for row in rows] == ["topic-title"]
    assert rows[0]["accepted"] == "It is meant"
    assert rows[0]["line"] == line_of(accepting("topic-title"), "Market")
    done = check(SOUND.replace("tier: owners", "tier: landlords", 1), tmp_path, "--format", "json")
    assert done.returncode == 2
    assert [row["rule"] for row in json.loads(done.stdout)] == ["invalid-outline"]
    assert check(SOUND, tmp_path, "--format", "yaml").returncode == 2


def test_sarif_is_valid_and_names_every_rule(tmp_path: Path) -> None:
    done = check(TOLD, tmp_path, "--format", "sarif")
    assert done.returncode == 1
    log = json.loads(done.stdout)
    run_ = log["runs"][0]
    rules = [rule["id"] for rule in run_["tool"]["driver"]["rules"]]
    assert rules == [rule.code for rule in all_rules()]
    assert run_["columnKind"] == "unicodeCodePoints"
    for result in run_["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        where = result["locations"][0]["physicalLocation"]
        assert where["artifactLocation"]["uri"] == "harbour.yaml"
        assert where["region"]["startLine"] > 0
    _validate(log)
    accepted = check(accepting("topic-title"), tmp_path, "--format", "sarif")
    result = json.loads(accepted.stdout)["runs"][0]["results"][0]
    assert result["suppressions"] == [{"kind": "inSource", "justification": "It is meant"}]


def _validate(log: Any) -> None:
    """Hold a log to the part of SARIF's schema that it uses (OASIS, SARIF 2.1.0)."""
    import jsonschema

    words = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}
    result = {
        "type": "object", "required": ["message"],
        "properties": {
            "ruleId": {"type": "string"}, "ruleIndex": {"type": "integer", "minimum": -1},
            "level": {"enum": ["none", "note", "warning", "error"]}, "message": words,
            "locations": {"type": "array", "items": {"type": "object"}},
            "suppressions": {"type": "array"}, "properties": {"type": "object"},
        },
        "additionalProperties": False,
    }  # fmt: skip
    rule = {
        "type": "object", "required": ["id"],
        "properties": {
            "id": {"type": "string"}, "shortDescription": words, "help": words,
            "defaultConfiguration": {"type": "object"}, "properties": {"type": "object"},
        },
        "additionalProperties": False,
    }  # fmt: skip
    run_ = {
        "type": "object", "required": ["tool"],
        "properties": {
            "results": {"type": "array", "items": result},
            "tool": {
                "type": "object", "required": ["driver"],
                "properties": {
                    "driver": {
                        "type": "object", "required": ["name"],
                        "properties": {"rules": {"type": "array", "items": rule}},
                    }
                },
            },
        },
    }  # fmt: skip
    schema = {
        "type": "object", "required": ["version", "runs"],
        "properties": {"version": {"const": "2.1.0"}, "runs": {"type": "array", "items": run_}},
    }  # fmt: skip
    jsonschema.validate(log, schema)


# -- documentation ---------------------------------------------------------------------------


def test_rules_lists_every_rule_with_what_to_do() -> None:
    done = run("rules")
    assert done.returncode == 0
    for rule in all_rules():
        assert f"  {rule.code} ({rule.severity}): {rule.what}\n      {rule.remedy}\n" in done.stdout
        assert rule.what.endswith(".")
        assert rule.remedy[0].islower()
        assert not rule.remedy.endswith(".")


def test_the_documentation_of_the_rules_is_that_of_the_code() -> None:
    kept = (ROOT / "decks" / "RULES.md").read_text("utf-8")
    assert kept == rules_reference(), "run: python -m deckgen.check > decks/RULES.md"


def test_a_hook_runs_the_check_on_each_commit() -> None:
    import yaml

    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert [hook["id"] for hook in hooks] == ["deckgen-check"]
    assert hooks[0]["entry"] == "deckgen check"
    assert hooks[0]["language"] == "python"


def test_reports_are_ordered_by_their_place() -> None:
    text = FAULTY.replace("language: en-US\n", "").replace("  - kind: closing\n", "")
    reports: list[Report] = check_draft(draft(load_text(text, "deck.yaml")))
    assert [r.mark.line for r in reports] == sorted(r.mark.line for r in reports)
    assert len(reports) == 3
