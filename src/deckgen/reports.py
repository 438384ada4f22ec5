"""Findings as machines read them: JSON, and SARIF 2.1.0 for code review tools."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from deckgen.check import Report, all_rules
from deckgen.sheets import SUFFIXES

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def to_json(reports: Sequence[Report]) -> str:
    """A list of objects, one for each finding, accepted ones among them."""
    rows = [
        {
            "rule": report.rule, "severity": report.severity, "file": report.mark.file,
            "line": report.mark.line, "column": report.mark.column, "slide": report.slide,
            "audiences": list(report.audiences), "message": report.message,
            "hint": report.hint, "accepted": report.accepted,
        }
        for report in reports
    ]  # fmt: skip
    return json.dumps(rows, indent=2, ensure_ascii=False)


def to_sarif(reports: Sequence[Report], version: str) -> str:
    """A SARIF log (OASIS, SARIF 2.1.0). Columns count characters, as the log says."""
    rules = all_rules()
    places = {rule.code: index for index, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "deckgen", "version": version,
                "rules": [
                    {
                        "id": rule.code,
                        "shortDescription": {"text": rule.what},
                        "help": {"text": rule.remedy},
                        "defaultConfiguration": {"level": rule.severity},
                        "properties": {"group": rule.group},
                    }
                    for rule in rules
                ],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(report, places[report.rule]) for report in reports],
    }  # fmt: skip
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False)


def _result(report: Report, rule: int) -> dict[str, Any]:
    """A finding as a `result` object (3.27)."""
    mark = report.mark
    region = {"startLine": mark.line, "startColumn": mark.column} if mark.line else None
    if region and mark.file.lower().endswith(SUFFIXES):
        del region["startColumn"]  # it is that of a cell, and counts no characters
    where: dict[str, Any] = {"artifactLocation": {"uri": _uri(mark.file)}}
    if region:
        where["region"] = region
    words = f"{report.message}; {report.hint}" if report.hint else report.message
    result: dict[str, Any] = {
        "ruleId": report.rule, "ruleIndex": rule, "level": report.severity,
        "message": {"text": words}, "locations": [{"physicalLocation": where}],
        "properties": {"slide": report.slide, "audiences": list(report.audiences)},
    }  # fmt: skip
    if report.accepted:
        result["suppressions"] = [{"kind": "inSource", "justification": report.accepted}]
    return result


def _uri(file: str) -> str:
    """A path as a relative reference, or as a file URI if it is absolute (RFC 3986)."""
    from pathlib import Path
    from urllib.parse import quote

    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
