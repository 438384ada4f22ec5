"""A face of a theme goes in, the installed families that show it come out.

What is asked is matplotlib's own list of installed fonts, which it keeps in a file: nothing is
searched. A face that is missing has one of the same widths in its place, where there is one.
"""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

# Faces with the same advance widths, by the face that a theme names.
_ALIKE = {
    "arial": ("Liberation Sans", "Arimo"),
    "helvetica": ("Liberation Sans", "Arimo"),
    "calibri": ("Carlito",),
    "cambria": ("Caladea",),
    "times new roman": ("Liberation Serif", "Tinos"),
    "courier new": ("Liberation Mono", "Cousine"),
}
# For a face that is not known, whose text is measured a little wider than Arial's.
_STAND_INS = ("Arial", "Liberation Sans", "Arimo")
_ALWAYS = "DejaVu Sans"  # comes with matplotlib
# For letters that the face has not: the first family that has them.
_OTHER_SCRIPTS = (
    "Noto Sans", "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans Arabic", "Noto Sans Hebrew",
    "Noto Sans Devanagari", "Noto Sans Thai", "Noto Sans Symbols", "Noto Sans Symbols 2",
)  # fmt: skip


class Faces(Struct, frozen=True):
    """The families that show a face, the first one first; `css` names them for an SVG.

    `stands_in` tells that the first has other widths than the face.
    """

    families: tuple[str, ...]
    css: str
    stands_in: bool


@lru_cache(maxsize=8)
def find_faces(face: str) -> Faces:
    """The installed families that show `face`, one with its widths first."""
    alike = (face, *_ALIKE.get(face.lower(), ()))
    installed = _installed()
    found = next((name for name in alike if name in installed), "")
    instead = () if found else _STAND_INS
    others = [name for name in (*instead, _ALWAYS, *_OTHER_SCRIPTS) if name in installed]
    families = tuple(dict.fromkeys([*([found] if found else []), *others]))
    names = dict.fromkeys([*alike, _ALWAYS])
    css = ", ".join([*(f"'{name}'" for name in names), "sans-serif"])
    return Faces(families, css, not found)


def missing_letters(words: str, faces: Faces) -> str:
    """The letters of a text that none of the families has, each once."""
    seen = {char for char in words if not char.isspace()}
    for family in faces.families:
        if not seen:
            break
        seen = {char for char in seen if ord(char) not in _letters(family)}
    return "".join(sorted(seen))


@lru_cache(maxsize=1)
def _installed() -> frozenset[str]:
    from matplotlib.font_manager import fontManager

    return frozenset(entry.name for entry in fontManager.ttflist)


@lru_cache(maxsize=16)
def _letters(family: str) -> frozenset[int]:
    """The code points that a family has glyphs for."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return frozenset(get_font(findfont(FontProperties(family=family))).get_charmap())
