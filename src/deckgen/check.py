"""A laid out deck goes in; what an editor would say of it comes out, at the outline's lines.

`check_draft` runs the rules over one audience's deck, `merge` puts the findings of several
together, each told once. A finding that a slide, or the outline for what stands on none,
`accept`s by the rule's code is kept with the reason, and counts for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckgen.audience import name_audience
from deckgen.compose import Draft
from deckgen.outline import Acceptance, Outline
from deckgen.rules import GROUPS, RULES, Finding, Rule, Severity, Subject
from deckgen.source import Mark, Problem, nearest


def _finds_nothing(subject: Subject) -> Iterator[Finding]:
    yield from ()


STALE = Rule(
    "stale-acceptance", "check", "warning",
    "A rule is accepted that does not exist, or that finds nothing there.",
    "take it out", _finds_nothing,
)  # fmt: skip
INVALID = Rule(
    "invalid-outline", "check", "error",
    "The outline is not sound, so that no deck can be laid out.",
    "mend what is told; nothing else is checked before", _finds_nothing,
)  # fmt: skip


class Report(Struct, frozen=True, kw_only=True):
    """A finding as it is told: by which rule, at which mark, for which audiences.

    `audiences` is empty where it holds for everyone; `accepted` is the author's reason for
    leaving things as they are. `words` are what the finding is about in the text at the mark.
    """

    rule: str
    severity: Severity
    mark: Mark
    message: str
    hint: str
    slide: str = ""
    audiences: tuple[str, ...] = ()
    accepted: str = ""
    words: str = ""


class Checked(Struct, frozen=True):
    """What there is to say of an outline. `notices` are no findings; `slides` counts the pages
    of each audience's deck (none is "").
    """

    reports: tuple[Report, ...]
    notices: tuple[str, ...]
    slides: dict[str, int]


def all_rules() -> tuple[Rule, ...]:
    """Every rule, group by group."""
    return (*RULES.values(), STALE, INVALID)


def check_drafts(drafts: Iterable[tuple[str, Draft]], read: Callable[[str], str]) -> Checked:
    """What there is to say of an outline whose decks, by audience, are these.

    The deck for nobody in particular comes first, if it is among them. No draft is kept, for
    there may be many. `read` gives the text of a file that the outline was read from.
    """
    notices: dict[str, None] = {}
    slides: dict[str, int] = {}
    checked: dict[str, list[Report]] = {}
    base: Outline | None = None
    for name, draft in drafts:
        base = base if name else draft.outline
        notices |= dict.fromkeys((*draft.outline.notices, *draft.scene.notices))
        slides[name] = len(draft.scene.pages)
        checked[name] = check_draft(draft, base)
    merged = merge(checked)
    texts = {file: read(file) for file in {report.mark.file for report in merged}}
    reports = sorted((pin(report, texts[report.mark.file]) for report in merged), key=_place)
    return Checked(tuple(reports), tuple(notices), slides)


def check_draft(draft: Draft, base: Outline | None = None) -> list[Report]:
    """What the rules find in a deck, in the order of the outline.

    `base` is the outline for nobody in particular, where this is one for an audience.
    """
    subject = Subject(draft, base)
    found = [
        (rule, finding) for rule in RULES.values() for finding in dict.fromkeys(rule.find(subject))
    ]
    reasons = {
        (place, str(accepted.rule)): str(accepted.why)
        for place, accept in _accepted(draft.outline) for accepted in accept
    }  # fmt: skip
    reports = [
        _report(rule, finding, reasons.get((finding.slide, rule.code), ""))
        for rule, finding in found
    ]
    hits = {(finding.slide, rule.code) for rule, finding in found}
    reports += [_report(STALE, finding) for finding in _stale(draft.outline, hits, base)]
    return sorted(reports, key=_place)


def as_reports(problems: Iterable[Problem]) -> list[Report]:
    """The mistakes of an outline that is not sound."""
    return [
        Report(rule=INVALID.code, severity=INVALID.severity, mark=problem.mark,
               message=problem.message, hint=problem.hint)
        for problem in problems
    ]  # fmt: skip


def _report(rule: Rule, finding: Finding, reason: str = "") -> Report:
    return Report(
        rule=rule.code, severity=rule.severity, mark=finding.mark, message=finding.message,
        hint=finding.hint or rule.remedy, slide=finding.slide, accepted=reason,
        words=finding.words,
    )  # fmt: skip


def _place(report: Report) -> tuple[str, int, int, str]:
    return report.mark.file, report.mark.line, report.mark.column, report.rule


def _accepted(outline: Outline) -> Iterator[tuple[str, tuple[Acceptance, ...]]]:
    """Where rules are accepted: by slide id, empty for the outline as a whole."""
    yield "", outline.accept
    for slide in outline.slides:
        yield str(slide.id), slide.accept


def _stale(outline: Outline, hits: set[tuple[str, str]], base: Outline | None) -> Iterator[Finding]:
    """Acceptances of no rule, and of rules that find nothing where they are accepted.

    Where one audience's deck is checked alone, another's may need what this one does not.
    """
    for slide, accept in _accepted(outline):
        for code in (accepted.rule for accepted in accept):
            if code in (STALE.code, INVALID.code):
                yield Finding(mark=code.mark, message=f"`{code}` cannot be accepted", slide=slide)
            elif code not in RULES:
                told, hint = f"no rule is called “{code}”", nearest(code, RULES)
                yield Finding(mark=code.mark, message=told, hint=hint, slide=slide)
            elif (slide, str(code)) not in hits and not (outline.audience and base is None):
                elsewhere = not slide and any(hit == code for _, hit in hits)
                told = f"`{code}` is accepted and finds nothing here"
                hint = "accept it on the slide; here it holds for what stands on none"
                yield Finding(
                    mark=code.mark, message=told, hint=hint if elsewhere else "", slide=slide
                )


def merge(checked: Mapping[str, Sequence[Report]]) -> list[Report]:
    """The findings by audience (none is "") as one list.

    What is found for nobody in particular is told as such; what only some audiences' decks
    hold is told once, with their names. An acceptance is stale only if it is so everywhere.
    """
    seers: dict[Report, list[str]] = {}
    for audience, reports in checked.items():
        for report in reports:
            seers.setdefault(report, []).append(audience)
    merged = []
    for report, audiences in seers.items():
        if report.rule == STALE.code and len(audiences) < len(checked):
            continue
        named = () if "" in audiences else tuple(audiences)
        merged.append(replace(report, audiences=named, message=_for(report.message, named)))
    return sorted(merged, key=_place)


def pin(report: Report, text: str) -> Report:
    """The report at its own words, where they stand in the file's `text` from its mark on.

    They may be folded over lines. A text that is written otherwise (with escapes, say) keeps
    its own mark.
    """
    if not report.words or not report.mark.line:
        return report
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: report.mark.line - 1]) + report.mark.column - 1
    pattern = r"\s+".join(re.escape(word) for word in report.words.split())
    found = re.compile(pattern).search(text, start)
    if found is None:
        return report
    before = text[: found.start()]
    column = found.start() - (before.rfind("\n") + 1) + 1
    mark = replace(report.mark, line=before.count("\n") + 1, column=column)
    return replace(report, mark=mark)


def _for(message: str, audiences: Iterable[str]) -> str:
    """A message that says in whose decks it holds."""
    unsaid = [name_audience(name) for name in audiences if name_audience(name) not in message]
    return f"{message} (in the deck for {', '.join(unsaid)})" if unsaid else message


def rules_reference() -> str:
    """The rules as Markdown, made from the code."""
    lines = [
        "# The rules of `deckgen check`", "",
        "Made from the code by `python -m deckgen.check`; do not edit by hand.", "",
        "`deckgen check` reads a deck as an editor does. It exits with 0 if there is nothing to",
        "say, with 1 if there are findings, and with 2 if the outline is not sound. A code is",
        "stable. A slide that has a reason not to keep a rule says so:", "",
        "```yaml", "- kind: table", "  accept:", "    - rule: crowded",
        "      why: The auditors asked for every line; it is handed out, not shown", "```", "",
        "What stands on no slide is accepted in the same way at the top of the outline. An",
        "acceptance that is no longer needed is told. Rules that know words (titles, tiers,",
        "criteria, hedges) read English; headings are known in German and French as well.", "",
    ]  # fmt: skip
    for group in (*GROUPS, "check"):
        head = (
            (GROUPS[group].__doc__ or "").strip() if group in GROUPS else "Check: the check itself."
        )
        title, _, words = head.partition(": ")
        lines += [f"## {title}", "", words[:1].upper() + words[1:], ""]
        lines += ["| rule | severity | finds | what to do |", "|---|---|---|---|"]
        for rule in all_rules():
            if rule.group == group:
                remedy = rule.remedy[:1].upper() + rule.remedy[1:]
                lines.append(f"| `{rule.code}` | {rule.severity} | {rule.what} | {remedy} |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    import sys

    sys.stdout.write(rules_reference())
