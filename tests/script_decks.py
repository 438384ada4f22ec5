"""Whole decks in other scripts: eight kinds of slides each, in words of that language."""

from __future__ import annotations

from pathlib import Path

import yaml

_OUTLINE = """\
title: {title}
subtitle: {subtitle}
author: {author}
language: {language}
sources: {{id: survey, text: "{source}"}}
source: survey
criteria:
  - {{id: quay, name: "{quay}"}}
  - {{id: cranes, name: "{cranes}"}}
tiers:
  - {{id: owners, name: "{owners}", places: "{owners_places}", criteria: [quay, cranes]}}
  - {{id: operators, name: "{operators}", places: "{operators_places}"}}
companies:
  - {{name: "{alpha}", id: alpha, tier: owners, basis: "{alpha_basis}",
     criteria: {{quay: met, cranes: met}}}}
  - {{name: Beta Lines, id: beta, tier: operators, basis: "{beta_basis}",
     criteria: {{cranes: met}}, depends_on: [{{company: alpha, for: "{berths}"}}]}}
question:
  text: "{question}"
  prompts: [{{ask: "{ask}", how: "{how}"}}]
slides:
  - kind: cover
  - kind: agenda
    title: "{agenda}"
    items: [{{title: "{basis}"}}, {{title: "{berths}"}}, {{title: "{ships}"}}]
  - {{kind: tier-map, title: "{tier_title}"}}
  - kind: bullets
    title: "{bullets}"
    points: ["{point1}", {{text: "{point2}", points: ["{point3}"]}}, "**Alpha** 2026: 12,5 %"]
  - kind: table
    title: "{table}"
    columns: ["{line}", "{basis}", "{ships}"]
    rows:
      - ["{alpha}", "{alpha_basis}", 12]
      - [Beta Lines, "{beta_basis}", 7]
  - kind: bar-chart
    title: "{chart}"
    measure: "{ships}"
    rows:
      - {{company: alpha, value: 12}}
      - {{company: beta, value: 7}}
      - {{name: "{berths}", value: 3}}
  - {{kind: matrix, title: "{matrix}"}}
  - kind: timeline
    title: "{timeline}"
    events:
      - {{date: "2016", head: "{alpha}", text: "{alpha_basis}"}}
      - {{date: "2021", head: Beta Lines, text: "{beta_basis}"}}
      - {{date: "2026", head: "{berths}", text: "{point1}"}}
  - {{kind: profile, company: alpha, title: "{profile}"}}
  - kind: closing
"""

_WORDS: dict[str, dict[str, str]] = yaml.safe_load(
    Path(__file__).with_suffix(".yaml").read_text("utf-8")
)
DECKS = {name: _OUTLINE.format(**words) for name, words in _WORDS.items()}
