"""Strings made safe for XML 1.0, and the namespaces that the parts declare.

A character that XML 1.0 cannot carry (2.2, `Char`) raises ValueError: PowerPoint refuses
the whole file for one of them, so nothing is dropped in silence.
"""

from __future__ import annotations

import re

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
PRESENTATION = "http://schemas.openxmlformats.org/presentationml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:a="{DRAWING}" xmlns:r="{RELATIONSHIPS}" xmlns:p="{PRESENTATION}"'
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")  # or illegal
_SPECIAL_IN_ATTRIBUTE = re.compile('[&<>"\x00-\x1f\ud800-\udfff\ufffe\uffff]')
_IN_CONTENT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_CONTENT = str.maketrans(_IN_CONTENT)
_ATTRIBUTE = str.maketrans({**_IN_CONTENT, '"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


def _check(text: str) -> None:
    found = _ILLEGAL.search(text)
    if found:
        raise ValueError(f"U+{ord(found.group()):04X} cannot stand in a PowerPoint file: {text!r}")


def escape_text(text: str) -> str:
    """`text` as the content of an element. ValueError for a character illegal in XML 1.0."""
    if not _SPECIAL.search(text):
        return text
    _check(text)
    return text.translate(_CONTENT)


def escape_attribute(text: str) -> str:
    """`text` between the double quotes of an attribute; line ends survive as `&#10;`.

    ValueError for a character illegal in XML 1.0.
    """
    if not _SPECIAL_IN_ATTRIBUTE.search(text):
        return text
    _check(text)
    return text.translate(_ATTRIBUTE)
