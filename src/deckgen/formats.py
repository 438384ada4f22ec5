"""Numbers and dates as a deck prints them, and the format codes by which Office prints them.

They follow the deck's language: `1,234.5` in English, `1.234,5` in German. What is made here
and what PowerPoint makes of a code agree where Office runs in the deck's language; otherwise
Office sets the separators of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from math import floor, log10
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from babel import Locale

MINUS = "−"
MOST_DECIMALS = 3
LONGEST = 10**7
LONG = 10_000  # from here on numbers leave out thousands; 4,387 is read as it is
DIGITS = 3  # significant ones, at most, of the largest number of a chart
# Units of which a thousand is no other unit, and abbreviations that hold one already.
_FIXED = re.compile(
    r"%|percent|per cent|points?\b|index\b|\b(k|m|mn|mio|bn|mrd|b|tn|trn|t|lakh|crore)\b|\d",
    re.IGNORECASE,
)
_CURRENCY = re.compile(r"[A-Z]{3}|[A-Z]{0,3}[$€£¥₹₩]")


def format_value(value: float, decimals: int, language: str = "en", sign: bool = False) -> str:
    """`1,234.5`, with a real minus; `sign` sets a plus before what is not negative."""
    text = f"{abs(value):,.{decimals}f}"
    if not _is_english(language):
        from babel.numbers import format_decimal

        digits = "#,##0" + ("." + "0" * decimals if decimals else "")
        text = format_decimal(abs(value), digits, locale=_locale(language))
    negative = value < 0 and any(char not in "0.," for char in f"{abs(value):,.{decimals}f}")
    return f"{MINUS if negative else '+' if sign and value > 0 else ''}{text}"


def written(value: float) -> str:
    """A number as an author writes it, for a message: `1234.5`, and `−3` with a real minus."""
    return f"{value:.12g}".replace("-", MINUS)


def number_format(decimals: int, language: str = "en", sign: bool = False, power: int = 0) -> str:
    """A format code of a workbook, with a real minus (ECMA-376 part 1, 18.8.31).

    `power` thousands are left out of what is printed: 1 prints 1,000 as 1.
    """
    digits = "#,##0" + ("." + "0" * decimals if decimals else "") + "," * power
    lead = "" if _is_english(language) else _locale_code(language)
    plus = '"+"' if sign else ""
    zero = f";{lead}{digits}" if sign else ""
    return f'{lead}{plus}{digits};{lead}"{MINUS}"{digits}{zero}'


def decimals_for(values: Iterable[float]) -> int:
    """How many digits after the point give the largest number three in all.

    No more than the numbers have, and as many as keep one that is not zero from being
    printed as zero, three at most.
    """
    sizes = [abs(value) for value in values if value]
    if not sizes:
        return 0
    wanted = _places(max(sizes))
    while wanted < MOST_DECIMALS and round(min(sizes), wanted) == 0:
        wanted += 1
    texts = (f"{size:.{MOST_DECIMALS}f}".rstrip("0") for size in sizes)
    has = max(len(text.partition(".")[2]) for text in texts)
    return min(wanted, has)


def _places(largest: float) -> int:
    """How many digits after the point give a number three in all."""
    return min(MOST_DECIMALS, max(0, DIGITS - floor(log10(largest)) - 1))


def percent(share: float, language: str, sign: bool = False) -> str:
    """`12.3%`, or `12,3 %` where the language sets a space; three digits at most, and no `.0`."""
    value = share * 100
    decimals = min(1, decimals_for([round(value, DIGITS)]))
    number = format_value(value, decimals_for([round(value, decimals)]), language, sign)
    return f"{number}%" if language.startswith("en") else f"{number}\u00a0%"


def power_for(values: Iterable[float], unit: str) -> int:
    """How many thousands to leave out of numbers that reach 10,000: three digits are left at most.

    Fewer where three digits of the largest would print the smallest as zero, unless the largest
    had more than seven then; 0 where the unit says no thousands of it, as with %.
    """
    sizes = [abs(value) for value in values if value]
    if max(sizes, default=0.0) < LONG or _FIXED.search(unit):
        return 0
    power = min(3, floor(log10(max(sizes))) // 3)
    while power and max(sizes) / 1000 ** (power - 1) < LONGEST:
        if round(min(sizes) / 1000**power, _places(max(sizes) / 1000**power)):
            break
        power -= 1
    return power


def scaled_unit(unit: str, power: int, scales: tuple[str, ...]) -> str:
    """A unit times a thousand, a million, ..: `scales` are their names in order.

    `USD million` becomes `USD billion`, `tonnes` `thousand tonnes`, and `USD` `USD thousand`.
    Empty if there is no such unit.
    """
    if not power:
        return unit
    for place, scale in enumerate(scales):
        found = re.search(rf"\b{re.escape(scale)}s?\b", unit, re.IGNORECASE)
        if found:
            larger = place + power
            if larger >= len(scales):
                return ""
            return unit[: found.start()] + scales[larger] + unit[found.end() :]
    scale = scales[power - 1]
    return f"{unit} {scale}" if _CURRENCY.fullmatch(unit) else f"{scale} {unit}"


def bare_unit(unit: str, scales: tuple[str, ...]) -> str:
    """A unit without its thousands: `tonnes` of `thousand tonnes`, `USD` of `USD million`."""
    names = "|".join(re.escape(scale) for scale in scales if scale)
    bare = re.sub(rf"\b(?:{names})s?\b", "", unit, flags=re.IGNORECASE) if names else unit
    return " ".join(bare.split())


class Numbers(Struct, frozen=True):
    """How the numbers of a chart are printed: digits after the point, thousands left out."""

    decimals: int
    power: int = 0
    language: str = "en"
    sign: bool = False

    def words(self, value: float) -> str:
        """A number as it is printed."""
        return format_value(value / 1000**self.power, self.decimals, self.language, self.sign)

    def brief(self, value: float) -> str:
        """A number of three digits at most, where small ones of its chart have more decimals."""
        own = abs(value) / 1000**self.power
        decimals = min(self.decimals, _places(own) if own else 0)
        return replace(self, decimals=decimals).words(value)

    @property
    def code(self) -> str:
        """The format code that prints it so."""
        return number_format(self.decimals, self.language, self.sign, self.power)


# -- dates ---------------------------------------------------------------------------

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def read_date(words: str) -> tuple[date, str] | None:
    """The day of `2024`, `2024-05` or `2024-05-17`, and what it is of: year, month or day."""
    match = _DAY.fullmatch(words)
    if not match:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        found = date(year, month or 1, day or 1)
    except ValueError:
        return None
    return found, "day" if day else "month" if month else "year"


def format_date(day: date, grain: str, language: str = "en") -> str:
    """`2024`, `May 2024` or `17 May 2024`, in the deck's language.

    Of the grains `quarter` and `month alone` the part within the year: `Q2`, `May`.
    """
    if grain == "year":
        return str(day.year)
    if _is_english(language):
        month = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()[day.month - 1]
        written = {
            "quarter": f"Q{(day.month + 2) // 3}", "month alone": month,
            "month": f"{month} {day.year}", "day": f"{day.day} {month} {day.year}",
        }  # fmt: skip
        return written[grain]
    from babel.dates import format_date as write

    day_of_month = "d." if _dots_days(language) else "d"
    patterns = {
        "quarter": "QQQ", "month alone": "LLL", "month": "MMM y", "day": f"{day_of_month} MMM y",
    }  # fmt: skip
    return str(write(day, patterns[grain], locale=_locale(language)))


def date_format(grain: str, language: str = "en") -> str:
    """The format code that prints a date as `format_date` does."""
    if _is_english(language):
        lead, day = "", "d"
    else:
        lead, day = _locale_code(language), "d\\." if _dots_days(language) else "d"
    return lead + {"year": "yyyy", "month": "mmm yyyy", "day": f"{day} mmm yyyy"}[grain]


def _dots_days(language: str) -> bool:
    """Whether a language sets a dot after the number of a day, as German does (CLDR, `yMMMd`)."""
    return str(_locale(language).datetime_skeletons["yMMMd"]).startswith("d.")


# -- languages -----------------------------------------------------------------------


def language_code(language: str) -> str:
    """What a format code of one's own begins with, so that it is printed as in this language."""
    return "" if _is_english(language) else _locale_code(language)


def _is_english(language: str) -> bool:
    return language.partition("-")[0].casefold() == "en"


@lru_cache(maxsize=8)
def _locale(language: str) -> Locale:
    """The language as Babel knows it, or English."""
    from babel import Locale, UnknownLocaleError

    parts = language.split("-")
    for tag in (language, parts[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


@lru_cache(maxsize=8)
def _locale_code(language: str) -> str:
    """`[$-407]` for German: the prefix by which a format code names its language.

    Empty for one that Windows has no number for ([MS-LCID]).
    """
    from locale import windows_locale

    wanted = language.replace("-", "_").casefold()
    main = wanted.partition("_")[0]
    names = {name.casefold(): number for number, name in sorted(windows_locale.items())}
    near = (name for name in names if name.startswith(f"{main}_"))
    name = next((n for n in (wanted, f"{main}_{main}", *near) if n in names), "")
    return f"[$-{names[name]:X}]" if name else ""
