"""The rules of `deckgen check`: one short function each, in a module for each group.

A code is the function's name with hyphens. Codes are stable: scripts and `accept` name them.
"""

from __future__ import annotations

from deckgen.rules import access, evidence, layout, storyline
from deckgen.rules.subject import Finding, Rule, Severity, Subject

GROUPS = {module.__name__.rpartition(".")[2]: module for module in (
    layout, storyline, evidence, access
)}  # fmt: skip
RULES: dict[str, Rule] = {
    found.code: found
    for module in GROUPS.values()
    for found in vars(module).values()
    if isinstance(found, Rule)
}

__all__ = ["GROUPS", "RULES", "Finding", "Rule", "Severity", "Subject"]
