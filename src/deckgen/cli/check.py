"""`deckgen check` and `deckgen rules`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import deckgen
from deckgen.cli.options import (
    AllAudiences,
    AllowCode,
    Audience,
    Template,
    Theme,
    Values,
    make_options,
)
from deckgen.cli.targets import names_of
from deckgen.console import fail, print_checked, tell, text_of
from deckgen.console.waiting import patience

if TYPE_CHECKING:
    from deckgen.check import Checked
    from deckgen.inputs import Options
    from deckgen.outline import Outline
    from deckgen.source import Problem


def check(
    outlines: Annotated[
        list[Path], typer.Argument(metavar="OUTLINE...", help="YAML files.", show_default=False)
    ],
    audience: Audience = "",
    all_audiences: AllAudiences = False,
    theme: Theme = "",
    template: Template = "",
    allow_code: AllowCode = False,
    values: Values = [],  # noqa: B006 - typer makes a new one
    form: Annotated[
        str, typer.Option("--format", metavar="FORM", help="text, json or sarif.")
    ] = "text",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print findings alone.")] = False,
) -> None:
    """Read a deck as an editor does, for everyone and each audience; see `deckgen rules`."""
    if audience and all_audiences:
        fail("give either `--audience` or `--all-audiences`")
    if form not in ("text", "json", "sarif"):
        fail(f"no format is called “{form}”; it can be: text, json or sarif")
    options = make_options(values, theme, template, allow_code)
    checked: dict[Path, Checked] = {}
    problems: list[Problem] = []
    from deckgen.source import OutlineError

    for outline in outlines:
        with patience(f"Checking {outline}", quiet or form != "text"):
            try:
                checked[outline] = _check(outline, audience, all_audiences, options)
            except OutlineError as error:
                problems += error.problems
    reports = [report for each in checked.values() for report in each.reports]
    if form == "text":
        print_checked(checked, quiet)
        if problems:
            tell(OutlineError(problems), "what is not sound was not checked further")
    else:
        from deckgen.check import as_reports
        from deckgen.reports import to_json, to_sarif

        told = [*as_reports(problems), *reports]
        print(to_json(told) if form == "json" else to_sarif(told, deckgen.__version__))
    if problems:
        raise typer.Exit(2)
    if any(not report.accepted for report in reports):
        raise typer.Exit(1)


def _check(outline: Path, audience: str, every: bool, options: Options) -> Checked:
    """What there is to say of an outline. OutlineError if it is not sound."""
    from deckgen.inputs import open_with, read_with
    from deckgen.source import OutlineError

    manuscript = open_with(outline, options)
    names = [audience] if audience else names_of(outline, manuscript, every)
    names = names if audience or every else ["", *names]
    reading = read_with(manuscript, options)
    loaded: dict[str, Outline] = {}
    problems: list[Problem] = []
    for name in names:
        try:
            loaded[name] = reading.for_audience(name)
        except OutlineError as error:
            problems += error.problems
    if problems:
        raise OutlineError(problems)
    from deckgen.builder import draft
    from deckgen.check import check_drafts

    return check_drafts(((name, draft(each)) for name, each in loaded.items()), text_of)


def rules() -> None:
    """List the rules of `deckgen check`: what each finds, and what to do about it."""
    from deckgen.check import all_rules

    group = ""
    for rule in all_rules():
        if rule.group != group:
            print(f"{chr(10) if group else ''}{rule.group}")
            group = rule.group
        print(f"  {rule.code} ({rule.severity}): {rule.what}")
        print(f"      {rule.remedy}")
