"""A company's template, as an outline or the command line names it: found, opened, judged.

Loaded only for a deck in such a template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from deckgen import disk
from deckgen.corporate import Corporate, read_template
from deckgen.corporate.palette import WORDS
from deckgen.limits import MOST_TEMPLATE_BYTES
from deckgen.look import TemplateChoice
from deckgen.opc import TemplateError
from deckgen.siblings import SiblingError, find_sibling
from deckgen.source import Mark, Problem, Text, nearest, shorten

SUFFIXES = (".pptx", ".potx")
_COLOR = re.compile(r"[0-9A-Fa-f]{6}")


def open_template(choice: TemplateChoice) -> Corporate:
    """The template that is chosen. TemplateError if it cannot serve.

    A name that stands in an outline leads to a file beside it; one of the command line, which
    has no mark, anywhere.
    """
    path = _beside(choice.file) if choice.file.mark.line else Path(choice.file)
    name = shorten(path.name)
    if path.suffix.lower() not in SUFFIXES:
        hints = {".ppt": "save it as .pptx", ".pptm": "save it as .pptx, without macros",
                 ".potm": "save it as .potx, without macros"}  # fmt: skip
        hint = hints.get(path.suffix.lower(), "save it as .pptx or .potx")
        raise TemplateError("it is no .pptx or .potx by its name", hint)
    try:
        data = disk.read_bytes(path, MOST_TEMPLATE_BYTES)
    except disk.TooLargeError:
        most = MOST_TEMPLATE_BYTES // 1_000_000
        raise TemplateError(f"it has over {most} MB", "shrink its pictures") from None
    except OSError as error:
        raise TemplateError(f"it cannot be read ({error.strerror or error})") from None
    return read_template(data, name, choice.layouts.named())


def _beside(name: Text) -> Path:
    try:
        return find_sibling(name, Path(name.mark.file).parent, "brand/company.potx")
    except SiblingError as error:
        hint = error.hint or "from elsewhere, give it with `--template`"
        raise TemplateError(str(error), hint) from None


def check_template(choice: TemplateChoice) -> Iterator[Problem]:
    """What is wrong with a template that is chosen, at its line."""
    yield from check_colors(choice)
    try:
        open_template(choice)
    except TemplateError as error:
        told = f"the template “{shorten(choice.file)}” cannot serve: {error}"
        yield Problem(_mark(choice, choice.file), told, error.hint)


def check_colors(choice: TemplateChoice) -> Iterator[Problem]:
    """Colours that are chosen and are none, at their line."""
    for key, word in choice.colors.chosen().items():
        if word not in WORDS and not _COLOR.fullmatch(word):
            told = f"“{shorten(word)}” is no colour"
            hint = nearest(word, WORDS) or 'six hex digits, as in "C2410C", or accent1 to accent6'
            yield Problem(_mark(choice, getattr(choice.colors, key)), told, hint)


def _mark(choice: TemplateChoice, words: Text) -> Mark:
    return words.mark if words.mark.line else choice.mark
