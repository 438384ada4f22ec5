"""Font files in, one JSON file of advance widths a family out.

`python -m deckgen.metrics.generate FONTDIR...` reads every `.ttf` under the given
folders and writes the tables beside this module. It needs fonttools, which deckgen
itself does not; people who change no table never run it.

The free faces below have, by design, the advance widths of the ones that Office
ships, so that a table under the name of the latter measures both.
"""

from __future__ import annotations

import json
import math
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

# The face that a deck names, the free family of the same widths, its licence.
FAMILIES = (
    ("Arial", "Liberation Sans", "OFL-1.1"),
    ("Calibri", "Carlito", "OFL-1.1"),
    ("Cambria", "Caladea", "Apache-2.0"),
    ("Times New Roman", "Liberation Serif", "OFL-1.1"),
    ("Courier New", "Liberation Mono", "OFL-1.1"),
)
STYLES = {
    "Regular": "regular",
    "Bold": "bold",
    "Italic": "italic",
    "Bold Italic": "bold_italic",
}
# Unicode blocks that briefings use; a table holds of them what all four faces hold.
RANGES = (
    (0x0020, 0x024F),  # Latin, Latin-1, Extended-A and -B
    (0x02B9, 0x02DD),  # modifier letters
    (0x0370, 0x04FF),  # Greek, Cyrillic
    (0x1E00, 0x1EFF),  # Latin Extended Additional
    (0x2000, 0x206F),  # punctuation and spaces
    (0x2070, 0x20BF),  # superscripts, subscripts, currency
    (0x2100, 0x218F),  # letterlike symbols, fractions
    (0x2190, 0x23FF),  # arrows, mathematical operators, technical symbols
    (0x25A0, 0x27BF),  # geometric shapes, dingbats
    (0xFB00, 0xFB06),  # ligatures
)
# Letters that those faces lack: what measures them is the widest of these free faces, for
# what a reader's machine sets them in (Arial, Tahoma, Nirmala UI) has no free equal.
SCRIPT_FAMILIES = (
    ("DejaVu Sans", "Bitstream Vera"),
    *(
        (f"Noto Sans {script}", "OFL-1.1")
        for script in (
            "Hebrew", "Arabic", "Thai", "Lao", "Devanagari", "Bengali", "Gurmukhi", "Gujarati",
            "Oriya", "Tamil", "Telugu", "Kannada", "Malayalam", "Sinhala", "Georgian", "Armenian",
        )
    ),
)  # fmt: skip
SCRIPT_RANGES = (
    (0x0530, 0x05FF),  # Armenian, Hebrew
    (0x0600, 0x06FF),  # Arabic
    (0x0900, 0x0EFF),  # Indic scripts, Thai, Lao
    (0x10A0, 0x10FF),  # Georgian
    (0xFB50, 0xFBFF),  # Arabic letters of other languages as they join
    (0xFE80, 0xFEFC),  # Arabic letters as they join
)
# text.py gives these a width of zero by their category.
ZERO_WIDTH = {"Cc", "Cf", "Mn", "Me", "Zl", "Zp", "Cn"}


def find_fonts(folders: list[Path]) -> dict[tuple[str, str], TTFont]:
    """The fonts under the folders by family and style, as their name tables say (ids 1, 2)."""
    from fontTools.ttLib import TTFont

    fonts = {}
    for path in sorted(p for folder in folders for p in folder.rglob("*.ttf")):
        font = TTFont(path, lazy=True)
        names = font["name"]
        fonts[names.getDebugName(1), names.getDebugName(2)] = font
    return fonts


Ranges = tuple[tuple[int, int], ...]


def read_widths(font: TTFont, ranges: Ranges = RANGES) -> dict[str, int]:
    """Advance widths in font units (OpenType `hmtx`) by character, within `ranges`."""
    advances = font["hmtx"].metrics
    return {
        chr(code): advances[glyph][0]
        for code, glyph in font.getBestCmap().items()
        if any(low <= code <= high for low, high in ranges)
        and unicodedata.category(chr(code)) not in ZERO_WIDTH
    }


def make_table(face: str, family: str, licence: str, fonts: dict[str, TTFont]) -> dict[str, object]:
    """The table of one family from its fonts by style; widths stand in the order of `characters`.

    A style whose widths are those of the regular face holds the word `regular` instead.
    """
    units = {font["head"].unitsPerEm for font in fonts.values()}
    if len(units) != 1:
        raise ValueError(f"the styles of {family} differ in units per em: {sorted(units)}")
    widths = {style: read_widths(font) for style, font in fonts.items()}
    characters = sorted(set.intersection(*(set(table) for table in widths.values())))
    version = fonts["regular"]["name"].getDebugName(5).split(";")[0]
    table: dict[str, object] = {
        "face": face,
        "source": f"{family}, {version}",
        "licence": licence,
        "units_per_em": units.pop(),
        "characters": "".join(characters),
    }
    lists = {style: [table[c] for c in characters] for style, table in widths.items()}
    for style, numbers in lists.items():
        same = style != "regular" and numbers == lists["regular"]
        table[style] = "regular" if same else numbers
    return table


def make_script_table(fonts: dict[tuple[str, str], TTFont]) -> dict[str, object]:
    """The widest advance of each letter over the families, in thousandths of an em."""
    widths: dict[str, dict[str, int]] = {"regular": {}, "bold": {}}
    sources = []
    for family, licence in SCRIPT_FAMILIES:
        for style, table in widths.items():
            font = fonts.get((family, style.capitalize())) or fonts[family, "Book"]
            units = font["head"].unitsPerEm
            for char, width in read_widths(font, SCRIPT_RANGES).items():
                table[char] = max(table.get(char, 0), math.ceil(1000 * width / units))
        version = font["name"].getDebugName(5).split(";")[0]
        sources.append(f"{family}, {version} ({licence})")
    characters = sorted(set(widths["regular"]) & set(widths["bold"]))
    return {
        "source": sources,
        "units_per_em": 1000,
        "characters": "".join(characters),
        **{style: [table[char] for char in characters] for style, table in widths.items()},
    }


def main(folders: list[str]) -> None:
    """Write `<face>.json` beside this module for every family, and `scripts.json`.

    KeyError for a missing font.
    """
    fonts = find_fonts([Path(folder) for folder in folders])
    for face, family, licence in FAMILIES:
        styles = {key: fonts[family, style] for style, key in STYLES.items()}
        table = make_table(face, family, licence, styles)
        write_table(face, table)
    write_table("scripts", make_script_table(fonts))


def write_table(face: str, table: dict[str, object]) -> None:
    """One table as JSON, named by its face."""
    path = Path(__file__).with_name(face.lower().replace(" ", "_") + ".json")
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
