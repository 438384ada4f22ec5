"""Columns of a table that hold numbers: told from words, and set with equal decimals."""

from __future__ import annotations

import re
from collections.abc import Sequence

from deckgen import markup
from deckgen.source import Text

# A number with what may stand around it: sign, currency before; percent, a unit after.
_NUMBER = re.compile(r"([+−–-]?\s?[€$£¥]?\s?)(\d[\d,   ’]*)(\.\d+)?(\s?(?:%|[^\W\d_]{1,3}\.?)?)")
_NOTHING = {"", "–", "—", "-", "n/a", "..."}


def is_numeric(cells: Sequence[str]) -> bool:
    """Whether cells hold numbers, but for those that hold nothing."""
    told = [markup.plain(cell) for cell in cells if markup.plain(cell) not in _NOTHING]
    return bool(told) and all(_NUMBER.fullmatch(cell) for cell in told)


def with_equal_decimals(cells: Sequence[Text]) -> list[Text]:
    """Numbers with as many decimals as the most precise of them, and a real minus."""
    found = [_NUMBER.fullmatch(cell) for cell in cells]
    decimals = max((len(match[3] or "") for match in found if match), default=0)
    return [
        _set_number(match, decimals, cell) if match else cell
        for match, cell in zip(found, cells, strict=True)
    ]


def _set_number(match: re.Match[str], decimals: int, cell: Text) -> Text:
    sign, whole, fraction, unit = match[1], match[2], match[3] or "", match[4]
    if decimals and len(fraction) < decimals:
        fraction = (fraction or ".").ljust(decimals, "0")
    return Text(f"{sign.replace('-', '−').replace('–', '−')}{whole}{fraction}{unit}", cell.mark)
