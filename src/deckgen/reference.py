"""The outline's reference as text, made from the fields that read it.

`explain_kind` gives one slide kind for the terminal, `outline_reference` the whole
language as Markdown, `theme_reference` that of themes: the documentation cannot say other
than what the code does.
"""

from __future__ import annotations

import types
from importlib.resources import files
from inspect import cleandoc
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from deckgen import audience, labels, outline, theme, themeparts, variables
from deckgen.charts import data
from deckgen.fields import COMMON, Doc, Field, Part, part_fields
from deckgen.limits import LIMITS
from deckgen.pairs import PAIRS
from deckgen.slides import kind_names, load_kind
from deckgen.source import Id, Text, list_words

_ANALYSIS: tuple[type[Part], ...] = (
    outline.Outline, outline.Source, outline.Criterion, outline.Tier, outline.Company,
    outline.Group, outline.Standing, outline.Dependency, outline.Claim, outline.Question,
    outline.Prompt, outline.Slide, outline.Notes, outline.Acceptance, labels.Labels,
)  # fmt: skip
_DATA: tuple[type[Part], ...] = (data.TableData, data.Column, data.RowMark)
_SCALARS = {Text: "text", Id: "id", bool: "true or false", int: "whole number", float: "number"}


def explain_kind(kind: str) -> str:
    """A kind's documentation and its own fields, as plain text."""
    module = load_kind(kind)
    lines = [f"{kind}: {cleandoc(module.__doc__ or '')}", "", "Fields:", ""]
    for part in _own_parts(module.Fields):
        if part is not module.Fields:
            lines += ["", f"  {_part_name(part)}:"]
        for field in _own_fields(part):
            need = "" if not field.required else ", required"
            lines.append(f"  {field.key} ({type_words(field.type, field.doc)}{need})")
            lines.append(f"      {field.doc.words}")
    common = [f"`{key}`" for key in part_fields(outline.Slide) if key != "kind"]
    lines += ["", f"As every slide, it takes {list_words(common, 'and')}.", ""]
    return "\n".join(lines)


def outline_reference() -> str:
    """The outline's language as Markdown: the analysis, then each kind of slide."""
    lines = [
        "# The outline", "",
        "Made from the code by `python -m deckgen.reference`; do not edit by hand.", "",
        "A value marked *required* must be given. Where a list is wanted, a single entry may",
        "stand without its dash. A part with a *short form* may be written as a bare value.", "",
        "What is marked *fact* has one value for every audience: none may reword or change it.", "",
        "Text takes Markdown within a line: `**bold**`, `*italic*`, `` `code` ``, and links to a",
        "web address, a mail address or a slide, as in `[the map](#tier-map)`.", "",
        "## The analysis", "",
    ]  # fmt: skip
    for part in _ANALYSIS:
        lines += _markdown_part(part, f"### {part.__name__}", cleandoc(part.__doc__ or ""))
    lines += [(files("deckgen") / "audiences.md").read_text("utf-8")]
    for part in (audience.Audience, audience.Selector, audience.Budget):
        lines += _markdown_part(part, f"### {part.__name__}", cleandoc(part.__doc__ or ""))
    lines += [(files("deckgen") / "variables.md").read_text("utf-8")]
    one = variables.Variable
    lines += _markdown_part(one, f"### {one.__name__}", cleandoc(one.__doc__ or ""))
    lines += [(files("deckgen") / "data.md").read_text("utf-8")]
    for part in _DATA:
        lines += _markdown_part(part, f"### {part.__name__}", cleandoc(part.__doc__ or ""))
    lines += ["## The kinds of slide", ""]
    for kind in kind_names():
        module = load_kind(kind)
        lines += _markdown_part(module.Fields, f"### {kind}", cleandoc(module.__doc__ or ""))
        for part in _own_parts(module.Fields)[1:]:
            if part in _DATA:  # told once for all kinds
                continue
            lines += _markdown_part(
                part, f"#### {kind}: {_part_name(part)}", cleandoc(part.__doc__ or "")
            )
        lines += [f"Example: [`kinds/{kind}.yaml`](kinds/{kind}.yaml)", ""]
    lines += [
        "## How much an outline may hold", "",
        "More is told at its line. No deck for people comes near; it keeps an outline from",
        "taking minutes or the machine’s memory.", "",
        "| of | at most |", "|---|---:|",
        *(f"| {what} | {most:,} |" for what, most in LIMITS.items()),
        "",
    ]  # fmt: skip
    return "\n".join(lines)


def theme_reference() -> str:
    """How to write a theme, with its keys and tokens as Markdown."""
    lines = [
        "# Themes", "",
        "Made from the code by `python -m deckgen.reference themes`; do not edit by hand.", "",
        (files("deckgen") / "themes.md").read_text("utf-8"),
        "## The keys", "",
    ]  # fmt: skip
    for part, head in (
        (themeparts.ThemeFile, ""), (themeparts.Fonts, "fonts"), (themeparts.Sizes, "type"),
        (themeparts.Footer, "footer"),
    ):  # fmt: skip
        lines += [f"### {head}", ""] if head else []
        lines += [" ".join((part.__doc__ or "").split()), "", "| key | what it is |", "|---|---|"]
        for field in part_fields(part).values():
            bounds = ""
            if field.type is float:
                bounds = f" ({field.doc.least:g} to {field.doc.most:g} points)"
            elif field.doc.most is not None:
                least, most = field.doc.least, field.doc.most
                bounds = f" ({most:g})" if least == most else f" ({least:g} to {most:g})"
            lines.append(f"| `{field.key}` | {field.doc.words}{bounds} |")
        lines.append("")
    names = theme.theme_names()
    built = {name: theme.load_theme(name, 4).colors for name in names}
    lines += ["## The tokens", "", f"| token | use | {' | '.join(names)} |"]
    lines += ["|---|---|" + "---|" * len(names)]
    for token, use in theme.USES.items():
        colors = " | ".join(built[name][token] for name in names)
        lines.append(f"| `{token}` | {use} | {colors} |")
    lines += ["", "## What must be read on what", "", "| text | on | at least |", "|---|---|---:|"]
    by_text: dict[tuple[str, float], list[str]] = {}
    for text, ground, least in PAIRS:
        by_text.setdefault((text, least), []).append(f"`{ground}`")
    for (text, least), grounds in by_text.items():
        lines.append(f"| `{text}` | {list_words(grounds, 'and')} | {least:g} : 1 |")
    lines += [
        "", "And text on each step of both ramps, and `ink` or `bg` on each part of a chart, with",
        "4.5 : 1.", "",
    ]  # fmt: skip
    return "\n".join(lines)


def _markdown_part(part: type[Part], head: str, words: str) -> list[str]:
    lines = [head, "", words, ""]
    if part.shorthand:
        lines += [f"Short form: a bare value is its `{part.shorthand}`.", ""]
    fields = _own_fields(part)
    if fields:
        lines += ["| key | value | what it is |", "|---|---|---|"]
        for field in fields:
            need = " *required*" if field.required else ""
            need += " *fact*" if field.doc.fact else ""
            kind = type_words(field.type, field.doc).replace("|", "or")
            lines.append(f"| `{field.key}` | {kind}{need} | {field.doc.words.replace('|', 'or')} |")
        lines.append("")
    return lines


def _own_fields(part: type[Part]) -> list[Field]:
    """A part's fields, without those that every slide has."""
    every = (
        set(part_fields(outline.Slide))
        if part is not outline.Slide and issubclass(part, outline.Slide)
        else set()
    )
    return [
        field for key, field in part_fields(part).items()
        if key not in every and field.doc not in COMMON
    ]  # fmt: skip


def _own_parts(fields: type[Part]) -> list[type[Part]]:
    """A kind's fields and the parts they are made of that the outline's own do not cover."""
    found: list[type[Part]] = [fields]
    for part in found:
        for field in _own_fields(part):
            for inner in _parts_in(field.type):
                if inner not in found and inner not in _ANALYSIS:
                    found.append(inner)
    return found


def _parts_in(wanted: Any) -> list[type[Part]]:
    if isinstance(wanted, type) and issubclass(wanted, Part):
        return [wanted]
    return [part for arg in get_args(wanted) for part in _parts_in(arg)]


def _part_name(part: type[Part]) -> str:
    return part.__name__.lower()


def _bounds(doc: Doc) -> str:
    """How many entries a list takes, where that is bounded."""
    if doc.least is None and doc.most is None:
        return ""
    if doc.most is None:
        return f"{doc.least:g} or more: "
    return f"{doc.least:g} to {doc.most:g}: " if doc.least else f"at most {doc.most:g}: "


def type_words(wanted: Any, doc: Doc) -> str:
    """A field's type as a reader would say it: `list of claims`, `id of a tier`."""
    origin, args = get_origin(wanted), get_args(wanted)
    if origin is Annotated:
        own = next((extra for extra in args[1:] if isinstance(extra, Doc)), doc)
        return type_words(args[0], own)
    if origin in (Union, types.UnionType):
        return type_words(next(arg for arg in args if arg is not type(None)), doc)
    if origin is tuple:
        return f"list of {_bounds(doc)}{type_words(args[0], doc)}"
    if origin is dict:
        return f"mapping from {type_words(Id, doc)} to {type_words(args[1], Doc(''))}"
    if origin is Literal:
        return list_words([f"`{choice}`" for choice in args])
    if isinstance(wanted, type) and issubclass(wanted, Part):
        return _part_name(wanted)
    if wanted is Id and doc.ref:
        article = "an" if doc.ref == "audience" else "a"
        return f"id of {article} {doc.ref.replace('|', ' or ')}"
    return _SCALARS[wanted]


if __name__ == "__main__":
    import sys

    themes = sys.argv[1:] == ["themes"]
    sys.stdout.write(theme_reference() if themes else outline_reference())
