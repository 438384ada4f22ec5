"""The outline's JSON Schema, made from the same fields that read it.

`outline_schema` gives draft 2020-12 with descriptions, so that an editor completes and
checks an outline as one types; each slide kind's fields apply by its `kind`.
"""

from __future__ import annotations

import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from deckgen.audience import Audience
from deckgen.fields import COMMON, Doc, Field, Part, is_part, part_fields
from deckgen.outline import Outline, Slide
from deckgen.overlay import AFTER
from deckgen.slides import kind_names, load_kind
from deckgen.source import Id, Text
from deckgen.theme import load_tokens, theme_names
from deckgen.themeparts import ThemeFile

Schema = dict[str, Any]
_VARIABLE = r"^\{\{.*\}\}$"
# YAML reads `2026` and `no` as numbers and booleans; as text they are kept as written.
_SCALARS: dict[Any, Schema] = {
    Text: {"type": ["string", "number", "boolean"]},
    Id: {"type": ["string", "integer"]},
    # A variable in quotes stands for a value of its type.
    bool: {"type": ["boolean", "string"], "pattern": _VARIABLE},
    int: {"type": ["integer", "string"], "pattern": _VARIABLE},
    float: {"type": ["number", "string"], "pattern": _VARIABLE},
}


def outline_schema() -> Schema:
    """The schema of a whole outline."""
    parts: dict[str, Schema] = {}
    root = _object(Outline, parts, leave_out=_APART)
    root["properties"]["theme"] = _theme()
    root["properties"]["slides"] = {
        "type": ["array", "null"], "items": {"$ref": "#/$defs/slide"},
        "description": "the storyline; left out, it is derived from the analysis",
    }  # fmt: skip
    root["properties"]["audiences"] = {
        "type": ["array", "null"], "items": {"$ref": "#/$defs/audience"},
        "description": part_fields(Outline)["audiences"].doc.words,
    }  # fmt: skip
    parts["slide"] = _slide(parts)
    own = _audience(parts)
    parts["audience"] = {
        "anyOf": [
            {"type": "string"}, {**own, "required": ["name"]},
            {
                "type": "object", "required": ["file"], "additionalProperties": False,
                "properties": {"file": {"type": "string", "description": "the file it stands in"}},
            },
        ]
    }  # fmt: skip
    parts["audience-file"] = {**own, "required": ["extends"]}
    parts["outline"] = root
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "deckgen outline, or an audience that extends one",
        "if": {"type": "object", "required": ["extends"]},
        "then": {"$ref": "#/$defs/audience-file"},
        "else": {"$ref": "#/$defs/outline"},
        "$defs": dict(sorted(parts.items())),
    }


def theme_schema() -> Schema:
    """The schema of a theme file."""
    parts: dict[str, Schema] = {}
    root = _object(ThemeFile, parts, leave_out=set())
    tokens = load_tokens("light")
    color: Schema = {
        "type": ["string", "number"],  # as YAML takes 123456 and 1E1000
        "description": "six hex digits, or a token’s name",
    }
    tint: Schema = {
        "type": "array", "minItems": 4, "maxItems": 4,
        "items": {"type": ["string", "integer"]},
        "description": "a token, percent of its saturation, of its luminance, and added",
    }  # fmt: skip
    either = {"if": {"type": "array"}, "then": tint, "else": color}
    for key, names in (("colors", [*tokens.colors, *tokens.tints]), ("tints", [*tokens.tints])):
        root["properties"][key] |= {
            "properties": dict.fromkeys(names, either), "additionalProperties": False,
        }  # fmt: skip
    root["properties"]["extends"] = _theme()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "deckgen theme", **root, "$defs": dict(sorted(parts.items())),
    }  # fmt: skip


def _theme() -> Schema:
    """A theme by name, or by its file."""
    return {
        "anyOf": [{"enum": theme_names()}, {"type": "string", "pattern": r"\.ya?ml$"}],
        "description": part_fields(Outline)["theme"].doc.words,
    }


_NAMES: Schema = {"type": ["string", "array"], "items": {"type": "string"}, "minItems": 1}
_COMMON: dict[str, Schema] = {
    "id": {"type": ["string", "integer"]}, "only": _NAMES, "not": _NAMES,
}  # fmt: skip
_APART = {"slides", "theme", "audiences"}  # keys of the outline with a schema of their own


def _audience(parts: dict[str, Schema]) -> Schema:
    """An audience: its own keys, and parts of an outline of which no key is required."""
    own = _object(Audience, parts, leave_out=set(), partial=True)
    apart = {*_APART, "variables"}  # which an audience has not
    changes = _object(Outline, parts, leave_out=apart, partial=True)["properties"]
    changes["theme"] = _theme()
    common = _object(Slide, parts, leave_out=set(), partial=True)["properties"]
    place = {"type": "string", "description": "the slide after which a new one stands"}
    changes["slides"] = {
        "type": "array", "description": "slides by their `id`, with what differs",
        "items": {"type": "object", "properties": {**common, AFTER: place}},
    }  # fmt: skip
    return {**own, "properties": {**changes, **own["properties"]}}


def _slide(parts: dict[str, Schema]) -> Schema:
    """Any slide: its kind decides which fields it may have."""
    branches = []
    for kind in kind_names():
        fields = load_kind(kind).Fields
        name = f"slide-{kind}"
        parts[name] = _object(fields, parts, leave_out={"kind"})
        parts[name]["properties"]["kind"] = {"const": kind}
        parts[name]["description"] = describe_kind(kind)
        branches.append({
            "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
            "then": {"$ref": f"#/$defs/{name}"},
        })  # fmt: skip
    kind_field = part_fields(Slide)["kind"].doc.words
    return {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"enum": list(kind_names()), "description": kind_field}},
        "allOf": branches,
    }


def describe_kind(kind: str) -> str:
    """The first sentence of a kind's documentation."""
    return (load_kind(kind).__doc__ or "").strip().partition("\n")[0]


def _object(
    part: type[Part], parts: dict[str, Schema], leave_out: set[str], partial: bool = False
) -> Schema:
    """A part. Of a `partial` one, as audiences have them, no key is required."""
    fields = [field for field in part_fields(part).values() if field.key not in leave_out]
    schema: Schema = {
        "type": "object",
        "description": _first_line(part),
        "properties": {field.key: _field(field, parts, partial) for field in fields},
        "additionalProperties": False,
    }
    required = [field.key for field in fields if field.required]
    if required and not partial:
        schema["required"] = required
    return schema


def _first_line(part: type[Part]) -> str:
    own = part.__dict__.get("__doc__") or ""
    return own.strip().partition("\n")[0]


def _field(field: Field, parts: dict[str, Schema], partial: bool) -> Schema:
    if field.doc in COMMON:
        parts.setdefault(field.key, {"description": field.doc.words, **_COMMON[field.key]})
        return {"$ref": f"#/$defs/{field.key}"}
    if field.type is Text:
        name = "text" if field.required and not partial else "text-or-nothing"
        parts.setdefault(name, _text(nothing=name != "text"))
        return {"$ref": f"#/$defs/{name}", "description": field.doc.words}
    schema = _type(field.type, field.doc, parts, partial)
    if not field.required and "type" in schema and "enum" not in schema:
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        schema = {**schema, "type": [*kinds, "null"]}  # an empty key counts as left out
    elif not field.required and "if" in schema:
        schema = {**schema, "else": {"if": {"type": "null"}, "else": schema["else"]}}
    elif not field.required and "anyOf" in schema:
        schema = {**schema, "anyOf": [*schema["anyOf"], {"type": "null"}]}
    return {**schema, "description": field.doc.words} if field.doc.words else schema


def _text(nothing: bool) -> Schema:
    """A text, bare or with the audiences that see it; an empty key may count as left out."""
    scalar = [*_SCALARS[Text]["type"], *(["null"] if nothing else [])]
    marked = {
        "type": "object", "required": ["text"], "additionalProperties": False,
        "properties": {"text": _SCALARS[Text], "only": _NAMES, "not": _NAMES},
    }  # fmt: skip
    return {"if": {"type": "object"}, "then": marked, "else": {"type": scalar}}


def _type(wanted: Any, doc: Doc, parts: dict[str, Schema], partial: bool) -> Schema:
    origin = get_origin(wanted)
    if origin is Annotated:
        inner, *extras = get_args(wanted)
        own = next((extra for extra in extras if isinstance(extra, Doc)), doc)
        return _type(inner, own, parts, partial)
    if origin in (Union, types.UnionType):
        inner = next(arg for arg in get_args(wanted) if arg is not type(None))
        return {"anyOf": [_type(inner, doc, parts, partial), {"type": "null"}]}
    if origin is tuple:
        return _list(get_args(wanted)[0], doc, parts, partial)
    if origin is dict:
        inner = _type(get_args(wanted)[1], doc, parts, partial)
        return {"type": "object", "additionalProperties": inner}
    if origin is Literal:
        return {"enum": list(get_args(wanted))}
    if is_part(wanted):
        return _part(wanted, parts, partial)
    bounds = {"minimum": doc.least, "maximum": doc.most}
    number = wanted in (int, float)
    extra = {key: value for key, value in bounds.items() if number and value is not None}
    return {**_SCALARS[wanted], **extra}


def _list(wanted: Any, doc: Doc, parts: dict[str, Schema], partial: bool) -> Schema:
    each = _type(wanted, Doc(doc.words, doc.ref), parts, partial)
    array: Schema = {"type": "array", "items": each}
    if doc.least is not None:
        array["minItems"] = int(doc.least)
    if doc.most is not None:
        array["maxItems"] = int(doc.most)
    single = wanted in _SCALARS or get_origin(wanted) is Literal or is_part(wanted)
    # `if` rather than `anyOf`: an editor then names the fault within the list.
    return {"if": {"type": "array"}, "then": array, "else": each} if single else array


def _part(part: type[Part], parts: dict[str, Schema], partial: bool) -> Schema:
    name = f"{part.__module__.rpartition('.')[2]}-{part.__name__}".lower()
    name = f"{name}-changes" if partial else name
    if name not in parts:
        parts[name] = {}  # held while it is made, for parts that contain themselves
        parts[name] = _object(part, parts, leave_out=set(), partial=partial)
    reference: Schema = {"$ref": f"#/$defs/{name}"}
    if not part.shorthand:
        return reference
    field = part_fields(part)[part.shorthand]
    return {"anyOf": [_type(field.type, field.doc, parts, partial), reference]}
