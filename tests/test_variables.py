"""Variables: declared, filled into texts, and told where they are wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import deckgen
from deckgen import markup
from deckgen.outline import Outline
from deckgen.scene import Run
from outlines import ANALYSIS

VARIABLES = """\
variables:
  account: text
  revenue: {type: number, default: 12.5}
  berths: {type: whole, default: 3}
  since: {type: date, default: 2026-03-31}
  shown: {type: boolean, default: true}
  remark: {default: ""}
"""


def load(slides: str, head: str = "", **values: object) -> Outline:
    """An outline with these slides; its variables are those above."""
    text = f"title: Review of {{{{ account }}}}\n{head}{VARIABLES}slides:\n{slides}"
    return deckgen.load_text(text, "deck.yaml", values=values)


def bullets(point: str, title: str = "A title") -> str:
    return f"  - kind: bullets\n    title: {title}\n    points:\n      - {point}\n      - Two\n"


def told(slides: str, head: str = "", **values: object) -> list[str]:
    with pytest.raises(deckgen.OutlineError) as caught:
        load(slides, head, **values)
    return [str(problem) for problem in caught.value.problems]


def first_point(outline: Outline) -> str:
    return str(outline.slides[0].points[0].text)  # type: ignore[attr-defined]


def test_texts_hold_the_values_and_keep_their_lines() -> None:
    outline = load(
        bullets('"{{account}}: {{ revenue }} since {{since}}, {{ berths }} berths"'),
        account="North Quay",
    )
    assert outline.title == "Review of North Quay"
    assert first_point(outline) == "North Quay: 12.5 since 2026-03-31, 3 berths"
    assert outline.title.mark.line == 1
    assert outline.slides[0].points[0].text.mark.line == 13  # type: ignore[attr-defined]


@pytest.mark.parametrize("written", ["{{ revenue }}", '"{{ revenue }}"', "'{{revenue}}'"])
def test_a_variable_alone_is_of_its_type(written: str) -> None:
    slides = f"""
  - kind: bar-chart
    title: Three bars
    measure: Revenue
    unit: EUR million
    source: survey
    rows:
      - {{name: Alpha, value: {written}, highlight: "{{{{ shown }}}}"}}
      - {{name: Beta, value: 4}}
      - {{name: Gamma, value: "{{{{ berths }}}}"}}
"""
    outline = load(slides, "sources: {id: survey, text: A survey}\n", account="x", revenue=7.25)
    rows = outline.slides[0].rows  # type: ignore[attr-defined]
    assert [row.value for row in rows] == [7.25, 4.0, 3.0]
    assert rows[0].highlight is True


def test_a_text_variable_alone_stays_text_and_an_empty_one_is_left_out() -> None:
    outline = load(
        bullets('"{{ account }}"'), 'author: "{{ remark }}"\nsubtitle: "A {{ remark }}"\n',
        account="2026",
    )  # fmt: skip
    assert first_point(outline) == "2026"
    assert outline.author == ""
    assert outline.subtitle == "A"
    wrong = told(
        '  - {kind: table, title: T, columns: [A, B], rows: [[a, b]], pages: "{{ account }}"}\n',
        account="2026",
    )
    assert any("unknown key" in line for line in wrong)


@pytest.mark.parametrize(
    "value",
    [
        "A*B*C", "_x_", "`code`", "[words](https://example.org)", "back\\slash", "{{ revenue }}",
        "!!python/object:os.system", "- a: b", "x: {y: z}", "**bold**", "snake_case", "&amp; <b>",
        "=HYPERLINK(A1)", "@SUM(1)", "# no heading", "'quoted\"",
    ],
)  # fmt: skip
def test_a_value_is_shown_as_it_is(value: str) -> None:
    outline = load(bullets('"*Of* {{ account }}"'), account=value)
    assert markup.plain(first_point(outline)) == f"Of {value}"
    runs = markup.parse(first_point(outline))
    assert [run for run in runs if run.italic or run.link] == [Run("Of", italic=True)]
    assert markup.parse(outline.title) == (Run(f"Review of {value}"),)


def test_a_value_stays_within_the_address_of_a_link() -> None:
    outline = load(
        bullets('"See [the page](https://example.org/?q={{ account }})"'),
        account="a b) [more](https://evil.example)",
    )
    links = [run.link.target for run in markup.parse(first_point(outline)) if run.link]
    assert links == ["https://example.org/?q=a%20b%29%20%5Bmore%5D%28https://evil.example%29"]


def test_names_of_files_take_a_value_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "_a_[1].csv").write_text("Year,Ships,Port\n2024,1,North\n2025,2,North\n2025,9,S\n")
    (tmp_path / "deck.yaml").write_text(
        "title: T\nvariables: {port: text, file: text}\nsources: {id: s, text: S}\nsource: s\n"
        "slides:\n  - kind: column-chart\n    title: T\n    measure: Ships\n    unit: ships\n"
        '    data: {file: "{{ file }}.csv", x: Year, y: Ships, filter: {Port: "{{ port }}"}}\n'
    )
    outline = deckgen.load(tmp_path / "deck.yaml", values={"port": "North", "file": "_a_[1]"})
    assert outline.slides[0].series[0].values == (1.0, 2.0)  # type: ignore[attr-defined]


def test_every_mistake_is_told_at_its_line_at_once() -> None:
    wrong = told(
        bullets('"{{ acount }} and {{ revenue * 2 }} and {{ revenue }}"'),
        revenue="much", berths=2.5, since="31.3.2026", shown="perhaps", harbour=1,
    )  # fmt: skip
    assert wrong == [
        "deck.yaml:3:12: the variable `account` has no value; give one with `--set account=…`, "
        "or a `default` here",
        "deck.yaml:13:9: no variable is called “acount”; did you mean “account”?",
        "deck.yaml:13:9: “revenue * 2” is no name of a variable; between `{{` and `}}` stands a "
        "name, and nothing else",
        "values: `revenue` wants a number, not “much”",
        "values: `berths` wants a whole number, not “2.5”",
        "values: `since` wants a date, not “31.3.2026”; as in 2026-03-31",
        "values: `shown` wants yes or no, not “perhaps”",
        "values: the outline declares no variable “harbour”; it can be: account, berths, remark, "
        "revenue, shown or since",
    ]


def test_declarations_are_checked() -> None:
    text = """\
title: T
variables:
  name: text
  "1st": text
  size: {type: number, default: large}
  colour: {type: color}
  fine: {type: text, of: x}
slides: [{kind: cover}]
"""
    with pytest.raises(deckgen.OutlineError) as caught:
        deckgen.load_text(
            text, "deck.yaml", values={"name": "x", "1st": "y", "fine": "z", "colour": "c"}
        )
    lines = [str(problem) for problem in caught.value.problems]
    assert lines[0].startswith("deck.yaml:3:3: a variable cannot be called “name”")
    assert lines[1].startswith("deck.yaml:4:3: a variable cannot be called “1st”")
    assert lines[2].startswith("deck.yaml:5:33: `default` wants a number, not “large”")
    assert lines[3].startswith("deck.yaml:6:18: `type` cannot be “color”; it can be: text, number")
    assert lines[4].startswith("deck.yaml:7:22: unknown key `of`")


def test_a_variable_that_nobody_declared_is_told_and_escaped_ones_are_words() -> None:
    with pytest.raises(deckgen.OutlineError, match="no variable is called “account”; declare it"):
        deckgen.load_text(f"{ANALYSIS}author: Dear {{{{ account }}}}\n")
    outline = deckgen.load_text(f"{ANALYSIS}author: 'Dear \\{{{{ account }}}}'\n")
    assert markup.plain(outline.author) == "Dear {{ account }}"
    other = deckgen.load_text(f"{ANALYSIS}author: 'Set {{{{1, 2}}}}'\n")
    assert other.author == "Set {{1, 2}}"


def test_unquoted_use_that_is_no_yaml_says_what_to_do() -> None:
    with pytest.raises(deckgen.OutlineError, match=r"put a text that holds `\{\{` in quotes"):
        deckgen.load_text("title: {{ account }} in figures\nvariables: {account: text}\n")


def test_values_of_python_are_taken_as_they_are() -> None:
    outline = load(bullets('"{{ since }} {{ revenue }} {{ shown }}"'), account="x",
                   since=date(2026, 5, 1), revenue=1200, shown=False, berths=None)  # fmt: skip
    assert first_point(outline) == "2026-05-01 1200 FALSE"


def test_a_control_character_in_a_value_is_told() -> None:
    assert told(bullets("One"), account="a\x07b") == [
        "values: `account` holds a control character or a tab (U+0007); take it out"
    ]


def test_audiences_and_their_files_hold_variables(tmp_path: Path) -> None:
    (tmp_path / "deck.yaml").write_text(
        "title: All\nvariables: {account: text}\nslides: [{kind: cover}]\n"
        "audiences:\n  - {name: board, title: 'Board of {{ account }}'}\n  - file: staff.yaml\n"
    )
    (tmp_path / "staff.yaml").write_text("extends: deck.yaml\ntitle: Staff of {{ account }}\n")
    (tmp_path / "guests.yaml").write_text("extends: deck.yaml\ntitle: Guests of {{ acc }}\n")
    values = {"account": "N*"}
    assert deckgen.load(tmp_path / "deck.yaml", "board", values=values).title == r"Board of N\*"
    assert deckgen.load(tmp_path / "staff.yaml", values=values).title == r"Staff of N\*"
    with pytest.raises(deckgen.OutlineError) as caught:
        deckgen.load(tmp_path / "guests.yaml", values=values)
    (problem,) = caught.value.problems
    assert problem.mark.file == str(tmp_path / "guests.yaml")
    assert "no variable is called “acc”" in problem.message
    (tmp_path / "more.yaml").write_text("extends: deck.yaml\nvariables: {x: text}\n")
    with pytest.raises(deckgen.OutlineError, match="declare them in the outline"):
        deckgen.load(tmp_path / "more.yaml", values=values)


def test_anchors_that_hold_themselves_do_not_hang() -> None:
    with pytest.raises(deckgen.OutlineError, match="contains itself"):
        load("  - &a {kind: bullets, title: '{{ account }}', points: [*a, *a]}\n", account="x")


def test_the_example_in_the_documentation_builds() -> None:
    told = (Path(__file__).parents[1] / "src/deckgen/variables.md").read_text("utf-8")
    text = told.split("```yaml\n")[1].split("```")[0]
    text += "sources: {id: s, text: S}\nsource: s\n"
    outline = deckgen.load_text(text, values={"account": "Merrow", "revenue": 12.5})
    assert outline.slides[0].title == "Merrow earned 12.5 million"
    assert outline.slides[0].series[0].values == (11.0, 12.5)  # type: ignore[attr-defined]
    assert deckgen.build(outline).slide_count == 1


def test_editors_take_a_variable_where_a_number_stands() -> None:
    import jsonschema

    from deckgen.schema import outline_schema

    validator = jsonschema.Draft202012Validator(outline_schema())
    chart = {"kind": "column-chart", "title": "T", "measure": "M", "unit": "u",
             "categories": ["A", "B"]}  # fmt: skip
    for value, faults in (("{{ revenue }}", 0), (2.5, 0), ("much", 1)):
        slides = [{**chart, "series": [{"name": "S", "values": [1, value]}]}]
        outline = {"title": "T", "variables": {"revenue": {"type": "number"}, "account": "text"},
                   "slides": slides}  # fmt: skip
        assert len(list(validator.iter_errors(outline))) == faults


def test_values_do_not_multiply_without_end() -> None:
    import time

    points = "\n".join(f"      - '{'{{account}}' * 700}'" for _ in range(400))
    start = time.perf_counter()
    wrong = told(f"  - kind: bullets\n    title: T\n    points:\n{points}\n", account="x" * 9_999)
    assert any("make over 3,000,000 characters of text; shorten them" in line for line in wrong)
    assert time.perf_counter() - start < 5
