"""What an outline leaves open: variables with their types, and values that are given for them.

A text holds a variable as `{{ name }}`. Its values are given where a deck is built, or are its
`default`; `filling` writes them into the outline before anything is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Struct

from deckgen.fields import UNMARKED, Doc, Part
from deckgen.source import Mark, Text

OWN = ("name", "audience", "row")  # what the name of a deck's file holds besides variables
NAME = re.compile(r"[^\W\d]\w{0,39}")


class Variable(Part):
    """A word, number or date that is filled in when a deck is built."""

    shorthand = "type"
    hidden: ClassVar[frozenset[str]] = UNMARKED
    type: Annotated[
        Literal["text", "number", "whole", "date", "boolean"],
        Doc("text, number, whole (a number without decimals), date (2026-03-31) or boolean"),
    ] = "text"
    default: Annotated[
        Text | None, Doc("its value where none is given; without one, a deck needs one", blank=True)
    ] = None
    column: Annotated[
        Text, Doc("the heading of its column in the file of `--each`; its name if left out")
    ] = Text("")
    decimal: Annotated[
        Literal[".", ","], Doc("what stands before the decimals of a number in a .csv")
    ] = "."
    description: Annotated[Text, Doc("what it is; on no slide")] = Text("")


class Given(Struct, frozen=True):
    """A value that is given for a variable, and where.

    `cell` is one of a sheet, or words. `place` is how messages name it, as in `row 3, column
    “Account”`; empty where the mark says enough.
    """

    name: str
    cell: Any
    mark: Mark
    place: str = ""
    in_workbook: bool = False


def as_given(values: Mapping[str, object] | None, where: str = "values") -> tuple[Given, ...]:
    """Values as Python has them: texts, numbers, truths and dates; None for one that is not known.

    `where` is how messages name the place in which they are given.
    """
    return tuple(
        Given(name, value if isinstance(value, _CELLS) else str(value), Mark(where, 0, 0))
        for name, value in (values or {}).items()
    )


_CELLS = (str, int, float, date, type(None))
