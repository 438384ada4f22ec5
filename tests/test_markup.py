"""Inline markup: what becomes runs, what stays words, which links are refused."""

from __future__ import annotations

import subprocess
import sys

import pytest

from deckgen.markup import link_problems, parse, plain
from deckgen.scene import Link, Run
from deckgen.source import Mark, Text


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("", ()),
        ("plain words", (Run("plain words"),)),
        ("a **b** c", (Run("a "), Run("b", bold=True), Run(" c"))),
        ("*a*", (Run("a", italic=True),)),
        ("_a_ __b__", (Run("a", italic=True), Run(" "), Run("b", bold=True))),
        ("**a *b***", (Run("a ", bold=True), Run("b", bold=True, italic=True))),
        ("run `x*y*z`", (Run("run "), Run("x*y*z", code=True))),
        ("[a](https://example.org/)", (Run("a", link=Link("https://example.org/")),)),
        ('[a](http://example.org "why")', (Run("a", link=Link("http://example.org", "why")),)),
        ("[a](mailto:me@example.org)", (Run("a", link=Link("mailto:me@example.org")),)),
        ("[a](#größe)", (Run("a", link=Link("#größe")),)),
        (
            "[a **b**](#c)",
            (Run("a ", link=Link("#c")), Run("b", bold=True, link=Link("#c"))),
        ),
    ],
)
def test_parse(text: str, runs: tuple[Run, ...]) -> None:
    assert parse(text) == runs


@pytest.mark.parametrize(
    "words",
    [
        "snake_case_name",
        "3 * 4 * 5",
        "[not stated]",
        "[a][b]",
        "<b>R&D</b> &amp; https://example.org",
        "“it’s” -- (c) ... 'x'",
        "- no list",
        "# no heading",
        "`open",
        "two  spaces",
    ],
)
def test_what_is_no_markup_stays_as_written(words: str) -> None:
    assert parse(words) == (Run(words),)


def test_an_escape_makes_a_sign_a_word() -> None:
    assert parse(r"\*a\* \[b\](c) \\ C:\d") == (Run(r"*a* [b](c) \ C:\d"),)


@pytest.mark.parametrize(
    ("text", "words"),
    [("a\nb", "a b"), ("a  \n\n  b  c\n", "a b  c"), ("**a\nb**", "a b"), ("a\r\nb", "a b")],
)
def test_line_ends_fold_to_one_space(text: str, words: str) -> None:
    assert "".join(run.text for run in parse(text)) == words


def test_an_author_s_words_become_plain_strings() -> None:
    (run,) = parse(Text("words", Mark("a.yaml", 1, 1)))
    assert type(run.text) is str


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[a](javascript:alert(1))", "javascript:alert(1)"),
        ("[a](file:///etc/passwd)", "file:///etc/passwd"),
        ("[a](www.example.org)", "www.example.org"),
        ("[a](slide.html)", "slide.html"),
        ("[a](https://)", "https://"),
        ("[a](#)", "#"),
        ("[a]()", "no target"),
        ("![logo](logo.png)", "logo"),
    ],
)
def test_other_targets_are_refused_by_name(text: str, named: str) -> None:
    (problem,) = link_problems(f"see {text} and [this](#ok)")
    assert named in problem
    with pytest.raises(ValueError, match=r"link|picture"):
        parse(text)


def test_every_bad_link_is_told() -> None:
    assert len(link_problems("[a](b) and [c](d)")) == 2
    assert link_problems("**none** here") == ()


def test_plain_gives_the_words_of_any_text() -> None:
    assert plain("**a** [b](c) `d` \\*") == "a b d *"


def test_plain_text_loads_no_parser() -> None:
    code = (
        "import sys; from deckgen.markup import parse; parse('R&D: 3 < 4\\nand more');"
        "sys.exit('markdown_it' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
