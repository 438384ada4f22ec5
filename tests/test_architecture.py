"""The house in a table: a module imports only what stands below it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src"

# Lowest first: a side of the waist, and modules that stand beside one another. `deckgen`
# is the package's own `__init__`. Packages count as one: their modules may import each other.
HOUSE = (
    ("waist", "limits"),
    ("waist", "units source metrics words scripts disk formats cores characters"),
    ("waist", "theme box opc"),
    ("waist", "template advances breaks"),
    ("waist", "scene"),
    ("waist", "text markup"),
    ("waist", "blocks footing pairs"),
    ("meaning", "fields styles arrange"),
    ("meaning", "labels audience look nodes themeparts"),
    ("meaning", "reader"),
    ("meaning", "variables"),
    ("meaning", "outline document siblings"),
    ("meaning", "sheets corporate"),
    ("meaning", "templatefile"),
    ("meaning", "dress"),
    ("meaning", "canvas"),
    ("meaning", "parts"),
    ("meaning", "charts"),
    ("meaning", "figures themefile"),
    ("meaning", "slides"),
    ("meaning", "storyline overlay reference"),
    ("meaning", "datafile filling"),
    ("meaning", "withheld variants schema"),
    ("meaning", "selection"),
    ("meaning", "loader"),
    ("meaning", "inputs"),
    ("meaning", "compose"),
    ("meaning", "overview specimen"),
    ("meaning", "rules"),
    ("meaning", "check"),
    ("meaning", "reports"),
    ("writing", "writers render"),
    ("writing", "leaks"),
    ("meaning", "each naming"),
    ("both", "builder"),
    ("both", "gallery jobs"),
    ("both", "fitting plan fingerprint pool cluster"),
    ("both", "batch"),
    ("both", "deckgen"),
    ("both", "console"),
    ("both", "cli"),
    ("both", "__main__"),
)
PLACES = {name: (n, side) for n, (side, row) in enumerate(HOUSE) for name in row.split()}
# Each costs a noticeable part of the start-up: load it in the function that uses it.
HEAVY = {
    "pptx", "matplotlib", "rich", "xlsxwriter", "markdown_it", "lxml", "numpy", "babel", "openpyxl",
}  # fmt: skip

MODULES = sorted((SOURCE / "deckgen").rglob("*.py"))


def room(module: str) -> str:
    """`deckgen.writers.pptx.body` is in `writers`; `deckgen` itself in `deckgen`."""
    return [*module.split("."), "deckgen"][1]


def names(node: ast.AST) -> Iterator[str]:
    """The modules that an import statement names."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert not node.level, "name modules in full: from deckgen.scene import Box"
        for alias in node.names if node.module == "deckgen" else ():
            yield f"deckgen.{alias.name}" if alias.name in PLACES else "deckgen"
        yield from [node.module or ""] if node.module != "deckgen" else []


def loaded_at_once(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that run when a module is imported: not functions, nor for the type checker."""
    for child in ast.iter_child_nodes(node):
        typing_only = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
        if not typing_only and not isinstance(child, ast.FunctionDef | ast.Lambda):
            yield child
            yield from loaded_at_once(child)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_module_imports_only_what_stands_below(path: Path) -> None:
    own = room(".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"))
    tree = ast.parse(path.read_text("utf-8"))
    for module in (name for node in ast.walk(tree) for name in names(node)):
        other = room(module)
        if module.split(".")[0] != "deckgen" or other == own:
            continue
        for name in (own, other):
            assert name in PLACES, f"{name} has no place: give it one in HOUSE in {__file__}"
        (level, side), (below, other_side) = PLACES[own], PLACES[other]
        assert below < level, f"{own} imports {other}, which does not stand below it"
        assert side in (other_side, "both") or other_side == "waist", (
            f"{own} ({side}) imports {other} ({other_side}): they meet in the waist alone"
        )
    assert own in PLACES, f"{own} has no place: give it one in HOUSE in {__file__}"
    heavy = {name.split(".")[0] for node in loaded_at_once(tree) for name in names(node)} & HEAVY
    assert not heavy, f"{own} imports {heavy} with itself: do so in the function that needs it"
