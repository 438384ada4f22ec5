from __future__ import annotations

from datetime import date

import pytest

from deckgen.formats import (
    Numbers,
    bare_unit,
    date_format,
    decimals_for,
    format_date,
    format_value,
    number_format,
    power_for,
    read_date,
    scaled_unit,
)

SCALES = ("thousand", "million", "billion", "trillion")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en-US", "−1,234.5"),
        ("en-GB", "−1,234.5"),
        ("de", "−1.234,5"),
        ("fr-FR", "−1\u202f234,5"),
        ("sv", "−1\u00a0234,5"),
        ("pt-BR", "−1.234,5"),
        ("tlh", "−1,234.5"),  # unknown to Babel: as in English
    ],
)
def test_numbers_follow_the_language(language: str, words: str) -> None:
    assert format_value(-1234.5, 1, language) == words


def test_what_rounds_to_zero_has_no_sign() -> None:
    assert format_value(-0.04, 1) == "0.0"
    assert format_value(0.0, 0, sign=True) == "0"
    assert format_value(12, 0, sign=True) == "+12"


def test_a_format_code_names_its_language() -> None:
    assert number_format(1) == '#,##0.0;"−"#,##0.0'
    assert number_format(0, "de") == '[$-407]#,##0;[$-407]"−"#,##0'
    assert number_format(0, power=2) == '#,##0,,;"−"#,##0,,'
    assert number_format(0, sign=True) == '"+"#,##0;"−"#,##0;#,##0'


@pytest.mark.parametrize(
    ("values", "decimals"),
    [
        ([61.2, 138], 0),  # three digits in all, of the largest
        ([6.12, 13.8], 1),
        ([1.234, 5.6], 2),
        ([0.1234], 3),
        ([3, 5], 0),  # no more than they have
        ([100, 0.4], 1),  # what is not zero is not printed as zero
        ([1e15, 1e-9], 0),  # three digits after the point are the most
        ([0, 0], 0),
        ([], 0),
    ],
)
def test_the_largest_number_has_three_digits(values: list[float], decimals: int) -> None:
    assert decimals_for(values) == decimals


@pytest.mark.parametrize(
    ("unit", "largest", "told"),
    [
        ("USD million", 211_900, "USD billion"),
        ("tonnes", 62_000, "thousand tonnes"),
        ("USD", 3_400_000, "USD million"),
        ("€", 3_400_000, "€ million"),
        ("%", 4_000, "%"),
        ("USD bn", 4_000, "USD bn"),
        ("index, 2020 = 100", 1_200, "index, 2020 = 100"),
        ("tonnes", 999, "tonnes"),
        ("trillion yen", 50_000, ""),  # there is no such word: the number keeps its digits
    ],
)
def test_a_unit_takes_up_the_thousands(unit: str, largest: float, told: str) -> None:
    assert scaled_unit(unit, power_for([largest], unit), SCALES) == told


def test_numbers_print_as_their_code_does() -> None:
    numbers = Numbers(1, power=1, language="en")
    assert numbers.words(62_340) == "62.3"
    assert numbers.code == '#,##0.0,;"−"#,##0.0,'


def test_a_share_is_of_a_unit_without_its_thousands() -> None:
    scales = ("thousand", "million", "billion")
    assert bare_unit("thousand tonnes", scales) == "tonnes"
    assert bare_unit("USD million", scales) == "USD"
    assert bare_unit("TWh", scales) == "TWh"


def test_a_brief_number_has_three_digits_at_most() -> None:
    numbers = Numbers(1)
    assert [numbers.brief(value) for value in (834.1, 13.26, 0.1, 0)] == ["834", "13.3", "0.1", "0"]


def test_dates_are_read_and_printed_by_their_grain() -> None:
    assert read_date("2024-05-17") == (date(2024, 5, 17), "day")
    assert read_date("2024-05") == (date(2024, 5, 1), "month")
    assert read_date("2024") == (date(2024, 1, 1), "year")
    assert read_date("2024-13") is None
    assert read_date("Q1 2024") is None
    assert format_date(date(2024, 5, 17), "day") == "17 May 2024"
    assert format_date(date(2024, 5, 1), "month", "de") == "Mai 2024"
    assert format_date(date(2024, 5, 17), "day", "de-DE") == "17. Mai 2024"
    assert format_date(date(2024, 5, 17), "day", "fr-FR") == "17 mai 2024"
    assert date_format("month", "de") == "[$-407]mmm yyyy"
