"""What a part of an outline holds: one description serves reading, schema and documentation.

A part is a frozen struct whose fields carry a `Doc`; `part_fields` tells them by their keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from inspect import get_annotations
from typing import (
    Annotated,
    Any,
    ClassVar,
    Self,
    Union,
    dataclass_transform,
    get_args,
    get_origin,
)

from msgspec import NODEFAULT, Struct

from deckgen.limits import MOST_ID
from deckgen.source import NOWHERE, Id, Mark, Problem


class Doc(Struct, frozen=True):
    """What a field is for, and what it may hold.

    `ref` names the kind of part (or kinds, joined by `|`) whose id the value must be.
    `least` and `most` bound a number's value or a list's length. `blank` texts may be empty.
    A `fact` has one value for every audience: none may reword or change it. Markdown is no
    markup in a `verbatim` text: a name of a file, an address.
    """

    words: str
    ref: str = ""
    least: float | None = None
    most: float | None = None
    blank: bool = False
    fact: bool = False
    verbatim: bool = False


ID = Doc("how an audience refers to this entry, to reword it")
ONLY = Doc("the audiences that see it; all of them if left out", ref="audience", least=1)
NOT = Doc("audiences that do not see it", ref="audience", least=1)
COMMON = (ID, ONLY, NOT)  # what most parts take: told once in the documentation


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Part(Struct, frozen=True, kw_only=True):
    """A part of an outline. `shorthand` names the field that a bare value fills.

    An audience sees a part unless the part's `only` names others, or its `not` names it.
    Fields whose names are in `hidden` have no key in YAML; the absence of those in `silent`
    would be told as silence of the sources, so that they cannot be withheld alone. Of the
    keys in `exclusive` a part has one, and no audience makes it another.
    """

    shorthand: ClassVar[str] = ""
    hidden: ClassVar[frozenset[str]] = frozenset({"mark"})
    silent: ClassVar[frozenset[str]] = frozenset()
    exclusive: ClassVar[tuple[str, ...]] = ()
    stays: ClassVar[str] = "withhold what it stands in"  # to who would withhold it alone
    mark: Mark = NOWHERE
    id: Annotated[Id, ID] = Id("")
    only: Annotated[tuple[Id, ...], ONLY] = ()
    not_: Annotated[tuple[Id, ...], NOT] = ()

    def faults(self) -> Iterator[Problem]:
        """Mistakes that the types of the fields cannot tell."""
        yield from ()

    def without(self, field: str, kept: tuple[int, ...]) -> Self:
        """The part after entries of a list in it were withheld: `kept` are the others' places.

        For parts of which one list follows another, as a table's cells follow its columns.
        """
        return self


UNMARKED = frozenset({"mark", "id", "only", "not_"})  # `hidden` of parts that always stand


class Field(Struct, frozen=True):
    """One field of a part: its key in YAML, its Python name, type, documentation, default."""

    key: str
    name: str
    type: Any
    doc: Doc
    required: bool
    default: Any


@lru_cache(maxsize=256)
def _hints(part: type) -> dict[str, Any]:
    """The types of a class's fields, those of its bases first.

    `typing.get_type_hints` and `msgspec.structs.fields` would evaluate what kinds of slides have
    in common for each of them.
    """
    hints: dict[str, Any] = {}
    for base in reversed(part.__bases__):
        hints |= _hints(base)
    return hints | get_annotations(part, eval_str=True)


@lru_cache(maxsize=256)
def part_fields(part: type[Part]) -> dict[str, Field]:
    """The fields of a part by their YAML key, in the order of definition; `COMMON` ones last."""
    hints = _hints(part)
    result: dict[str, Field] = {}
    common: dict[str, Field] = {}
    names, defaults = part.__struct_fields__, part.__struct_defaults__  # of the last ones
    without = (NODEFAULT,) * (len(names) - len(defaults))
    for name, default in zip(names, without + defaults, strict=True):
        if name in part.hidden:
            continue
        hint, doc = hints[name], Doc("")
        if get_origin(hint) is Annotated:
            hint, *extras = get_args(hint)
            doc = next(extra for extra in extras if isinstance(extra, Doc))
        if factory := getattr(default, "factory", None):  # of a dictionary, for each struct anew
            default = factory()
        key = name.rstrip("_")
        into = common if doc in COMMON else result
        into[key] = Field(key, name, hint, doc, default is NODEFAULT, default)
    return result | common


def slug(words: str) -> str:
    """An id made from a name: lower case, hyphens between words, any script."""
    return "-".join(re.findall(r"\w+", words.lower()))[:MOST_ID] or "item"


def is_part(wanted: Any) -> bool:
    """Whether a type is that of a part, of which a list may hold one without its dash."""
    return isinstance(wanted, type) and issubclass(wanted, Part)


def bare_type(wanted: Any) -> Any:
    """A field's type without what is said of it, and without None."""
    origin = get_origin(wanted)
    if origin is Annotated:
        return bare_type(get_args(wanted)[0])
    if origin is Union or isinstance(wanted, type(int | None)):
        return bare_type(next(arg for arg in get_args(wanted) if arg is not type(None)))
    return wanted
