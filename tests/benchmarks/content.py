"""The decks that are built: the same slides as an outline and as data for the other tools.

A slide is `{"kind", "title", ...}`. The first is a title, six at most are sections, every
fifth is a native column chart; the others are two columns of bullets and tables of five by five.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

WORDS = """
    berths cranes contracts tariffs volumes schedules operators owners landlords tenants quays
    vessels terminals leases permits investors forecasts margins costs returns
""".split()
QUARTERS = ("Q1", "Q2", "Q3", "Q4", "Year")


def sentence(number: int, length: int = 7) -> str:
    """A sentence that differs from its neighbours: `number` chooses its words."""
    words = [WORDS[(number * 7 + place * 3) % len(WORDS)] for place in range(length)]
    return f"{words[0].capitalize()} of port {number} follow {' '.join(words[1:])}"


def make_slides(count: int, notes: bool = False) -> list[dict[str, Any]]:
    """`count` slides of equal content for every tool."""
    slides: list[dict[str, Any]] = []
    for number in range(count):
        kind = "chart" if number % 5 == 4 else ("bullets", "table")[number % 5 % 2]
        if number == 0:
            kind = "title"
        elif number % max(5, count // 6) == 1 and number < count - 5:
            kind = "section"
        title = f"Part {number}" if kind == "section" else sentence(number, 6)
        slide: dict[str, Any] = {"kind": kind, "title": title}
        if kind == "bullets":
            slide["columns"] = [
                {"head": f"{side} {number}", "points": [sentence(number + n, 5) for n in range(4)]}
                for side in ("Before", "After")
            ]
        elif kind == "table":
            slide["head"] = ["Port", *QUARTERS[:4]]
            slide["rows"] = [
                [f"Port {number}-{row}", *(str((number * row + n) % 97) for n in range(4))]
                for row in range(1, 5)
            ]
        elif kind == "chart":
            slide["names"] = list(QUARTERS)
            slide["values"] = [float((number + 13 * n) % 50 + 5) for n in range(5)]
        if notes:
            slide["notes"] = " ".join(sentence(number + n, 9) for n in range(3))
        slides.append(slide)
    return slides


def write_outline(slides: list[dict[str, Any]], path: Path) -> None:
    """The slides as an outline of deckgen's."""
    lines = [
        "title: The ports of the north", "language: en-US",
        "sources: {id: survey, text: An invented survey}", "source: survey", "slides:",
    ]  # fmt: skip
    for slide in slides:
        lines += [f"  - kind: {_KINDS[slide['kind']]}", f"    title: {slide['title']}"]
        if slide["kind"] == "bullets":
            lines.append("    columns:")
            for column in slide["columns"]:
                lines += [f"      - head: {column['head']}", "        points:"]
                lines += [f"          - {point}" for point in column["points"]]
        elif slide["kind"] == "table":
            lines += [f"    columns: [{', '.join(slide['head'])}]", "    rows:"]
            lines += [f"      - cells: [{', '.join(row)}]" for row in slide["rows"]]
        elif slide["kind"] == "chart":
            values = ", ".join(f"{value:g}" for value in slide["values"])
            lines += [
                "    measure: Ships", "    unit: calls",
                f"    categories: [{', '.join(slide['names'])}]",
                f"    series: [{{name: Ships, values: [{values}]}}]",
            ]  # fmt: skip
        if "notes" in slide:
            lines.append(f"    notes: {slide['notes']}")
    path.write_text("\n".join(lines) + "\n", "utf-8")


_KINDS = {"title": "cover", "section": "section", "bullets": "bullets", "table": "table",
          "chart": "column-chart"}  # fmt: skip


def write_data(slides: list[dict[str, Any]], path: Path) -> None:
    """The slides as JSON, for the other tools."""
    path.write_text(json.dumps(slides), "utf-8")
