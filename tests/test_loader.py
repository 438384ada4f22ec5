"""Mistakes in an outline, told at their line, all of them at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from deckgen.loader import load, load_text
from deckgen.source import OutlineError
from outlines import ANALYSIS, problems_of, with_slides

CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
_EXPECTED = re.compile(r"#! (?:(\d+): )?(.*)$")


def expected(text: str) -> list[tuple[int, str]]:
    """`#! words` at the end of a line expects these words told there; `#! 7: words` on line 7."""
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        match = _EXPECTED.search(line)
        if match:
            found.append((int(match[1] or number), match[2].strip()))
    return sorted(found)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_broken_outline_is_told_at_its_lines(path: Path) -> None:
    wanted = expected(path.read_text("utf-8"))
    assert wanted, "a case says what it expects"
    with pytest.raises(OutlineError) as caught:
        load(path)
    told = [(problem.mark.line, str(problem)) for problem in caught.value.problems]
    assert [line for line, _ in told] == [line for line, _ in wanted], "\n".join(
        words for _, words in told
    )
    for (_, words), (_, message) in zip(wanted, told, strict=True):
        assert words in message


def told(path: Path) -> str:
    with pytest.raises(OutlineError) as caught:
        load(path)
    return str(caught.value)


def test_files_that_are_no_outline(tmp_path: Path) -> None:
    empty = tmp_path / "empty.yaml"
    empty.write_text("# only a comment\n")
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("title: Gr\xfc\xdfe\nlabels: {}".encode("latin-1"))
    wide = tmp_path / "wide.yaml"
    wide.write_bytes("title: x".encode("utf-16"))
    large = tmp_path / "large.yaml"
    large.write_bytes(b"# " + b"x" * 5_000_001)
    assert "there is no such file" in told(tmp_path / "missing.yaml")
    assert "this is a directory" in told(tmp_path)
    assert "empty.yaml:1:1: the outline is empty" in told(empty)
    assert "latin.yaml:1:10: the file is not UTF-8" in told(latin)
    assert "wide.yaml:1:1: the file is UTF-16" in told(wide)
    assert "larger than 5 MB" in told(large)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbftitle: One\r\nsubtitle: Two\r\nauthor: Three\r\n")
    assert load(path).author.mark.line == 3


def test_control_characters_are_told_with_their_code() -> None:
    assert problems_of("title: a\x07b\n") == [
        "deck.yaml:1:9: a control character (U+0007); take it out"
    ]
    assert "`title` holds a control character" in problems_of('title: "a\\x07b"\n')[0]


def test_text_stays_as_the_author_wrote_it() -> None:
    outline = load_text("title: no\nsubtitle: 1.10\ndate: 2026-11-01\nauthor: 0x1F\n")
    assert (outline.title, outline.subtitle) == ("no", "1.10")
    assert (outline.date, outline.author) == ("2026-11-01", "0x1F")


@pytest.mark.parametrize(
    "words",
    ["“Quoted” ‘text’ – it’s", "日本語の題", "مرحبا بالعالم", "Größe Ångström ñ", "👩‍💻 code"],
)
def test_any_script_is_kept(words: str) -> None:
    assert load_text(f"title: {words}\n").title == words


def test_marks_point_at_the_value_and_name_it_by_ids() -> None:
    outline = load_text(ANALYSIS, "deck.yaml")
    gamma = outline.companies[2]
    assert (
        str(gamma.basis.mark)
        == f"deck.yaml:{ANALYSIS[: ANALYSIS.index('Runs Alpha')].count(chr(10)) + 1}:12"
    )
    assert gamma.basis.mark.path == "companies.gamma.basis"


def test_every_mistake_of_a_run_is_told_in_the_order_of_the_file() -> None:
    text = with_slides(
        """
        - kind: tier-mapp
        - {kind: tier-map, line_after: oners}
        - {kind: bullets, titel: One, points: [a]}
        """,
        ANALYSIS.replace("tier: operators", "tier: operator"),
    )
    told = problems_of(text)
    assert [line.split(": ", 1)[1] for line in told] == [
        "no tier has the id “operator”; did you mean “operators”?",
        "no slide kind is called “tier-mapp”; did you mean “tier-map”?",
        "no tier has the id “oners”; did you mean “owners”?",
        "`title` is missing; say the slide’s message in a sentence",
        "unknown key `titel`; did you mean `title`?".replace("`title`", "“title”"),
    ]


def test_a_mistake_in_a_part_is_not_told_again_where_others_refer_to_it() -> None:
    text = ANALYSIS.replace("{name: Alpha, tier: owners,", "{name: Alpha, teir: owners,")
    told = problems_of(text)
    assert len(told) == 2
    assert "unknown key `teir`" in told[1]
    assert "`tier` is missing" in told[0]


def test_an_alias_bomb_is_refused() -> None:
    levels = "\n".join(
        f"{n}: &{n} [{', '.join(['*' + p] * 10)}]"
        for p, n in zip("abcdefgh", "bcdefghi", strict=True)
    )
    told = problems_of(f"a: &a [1]\n{levels}\ntitle: x\ncompanies: *i\n")
    assert any("unknown key" in line for line in told)


def test_a_deep_nest_is_refused() -> None:
    assert "nested more than" in problems_of("title: " + "[" * 10_000)[0]
    assert "nested more than" in problems_of("title:\n" + "- " * 10_000)[0]


def test_one_entry_may_stand_without_its_dash_wherever_a_list_is_wanted() -> None:
    outline = load_text(
        "title: x\nsources: {id: s, text: Survey}\nsource: s\ncriteria: {name: Own quay}\n"
        "tiers: [{name: A}, {name: B}]\n"
        "companies: {name: Alpha, tier: 1, criteria: {own-quay: met}}\n"
        "slides: {kind: bullets, title: One thing, points: It stands}\n"
    )
    assert [slide.id for slide in outline.slides] == ["bullets"]
    assert outline.companies[0].criteria["own-quay"].state == "met"  # type: ignore[index]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("subtitle: @home", "1: a text cannot begin with this character; put the text in quotes"),
        ("subtitle: *Only* this", "a text that begins with `*` or `&` is taken for a reference"),
        ("tiers: [{name: A}, {name: B", "a mapping opened here with `{` is not closed"),
        ("tiers: [{name: A}, {name: B}", "a list opened here with `[` is not closed"),
    ],
)
def test_syntax_is_told_in_plain_words(line: str, words: str) -> None:
    assert words.removeprefix("1: ") in problems_of(f"title: x\n{line}\n")[0]
    assert problems_of(f"title: x\n{line}\n")[0].startswith("deck.yaml:2:")


def test_a_file_named_without_its_ending_is_guessed(tmp_path: Path) -> None:
    (tmp_path / "briefing.yaml").write_text("title: x\n")
    assert told(tmp_path / "briefing").endswith(f"did you mean {tmp_path / 'briefing'}.yaml?")


def test_brackets_in_words_are_no_depth() -> None:
    points = "\n".join(f'      - "the range [{n}, {n + 1})"' for n in range(100))
    text = f"title: x\nslides:\n  - kind: bullets\n    title: Ranges\n    points:\n{points}\n"
    assert len(load_text(text).slides) == 1
