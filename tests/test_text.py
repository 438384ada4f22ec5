"""Measured text: widths, where lines end, heights, balanced titles."""

from __future__ import annotations

from itertools import pairwise

import pytest

from deckgen.advances import EMOJI_WIDTH, FULL_WIDTH, advance, join_letters
from deckgen.breaks import find_breaks
from deckgen.scene import Body, Link, Paragraph, Run
from deckgen.text import (
    BALANCED,
    SAFETY,
    balance,
    body_height,
    break_lines,
    is_certain,
    line_count,
    longest_word,
    width_emu,
)
from deckgen.units import inches, points

TITLE = "Four companies control the frontier, and one of them owns every layer it runs on"


def paragraph(*runs: Run | str, size_pt: float = 10, indent_pt: float = 0) -> Paragraph:
    made = tuple(Run(run) if isinstance(run, str) else run for run in runs)
    return Paragraph(made, size_pt, 1.2 * size_pt, indent_pt=indent_pt)


def lines(text: str, width_pt: float, face: str = "Courier New") -> list[str]:
    """The lines of 10 pt text; a character of Courier New is 6 pt wide."""
    return break_lines(paragraph(text), points(width_pt), face)


@pytest.mark.parametrize(
    ("text", "face", "bold", "units"),
    [
        ("A", "Arial", False, 1366),  # PostScript metrics of Arial: .667 em
        ("0", "Arial", True, 1139),
        ("A", "Arial", True, 1479),
        ("0", "Calibri", False, 1038),
        ("W", "Times New Roman", False, 1933),
        ("i", "Courier New", True, 1229),
        ("i", "courier new", False, 1229),
    ],
)
def test_advance_is_the_font_s(text: str, face: str, bold: bool, units: int) -> None:
    assert advance(text, face, bold) == pytest.approx(units / 2048, abs=0.0005)


def test_advance_of_an_italic_face_is_its_own() -> None:
    assert advance("fgvw", "Calibri", italic=True) != advance("fgvw", "Calibri")


def test_an_unknown_face_is_a_wide_arial() -> None:
    assert advance("Revenue", "Aptos") == pytest.approx(1.08 * advance("Revenue", "Arial"))


@pytest.mark.parametrize(
    ("text", "em"),
    [
        ("市場", 2.0),
        ("Ａ", 1.0),
        ("😀", EMOJI_WIDTH),
        ("👩‍👩‍👧", EMOJI_WIDTH),  # three people joined by U+200D
        ("🇩🇪", EMOJI_WIDTH),
        ("👍🏽", EMOJI_WIDTH),
        ("1️⃣", EMOJI_WIDTH),
        ("❤️", EMOJI_WIDTH),
        ("⚡", EMOJI_WIDTH),
        ("\u0301\u200d\u200b\u00ad", 0.0),
        ("שלום", 2.284),  # the widest of the free faces that have Hebrew
    ],
)
def test_advance_of_characters_that_no_table_holds(text: str, em: float) -> None:
    assert advance(text, "Cambria") == pytest.approx(em)


def test_a_letter_with_a_combining_mark_is_as_wide_as_the_letter() -> None:
    assert advance("e\u0301", "Arial") == advance("e", "Arial")


def test_digits_and_arrows_stay_text_without_an_emoji_selector() -> None:
    assert advance("1→", "Arial") < 2


@pytest.mark.parametrize("face", ["Arial", "Calibri", "Cambria"])
def test_fixed_spaces_and_hyphens_are_as_wide_as_plain_ones(face: str) -> None:
    assert advance("\u00a0\u2011", face) == pytest.approx(advance(" -", face), abs=0.001)


def test_width_follows_each_run() -> None:
    plain, bold = paragraph("layer"), paragraph(Run("layer", bold=True))
    both = paragraph("layer", Run("layer", bold=True))
    assert width_emu(plain, "Arial") < width_emu(bold, "Arial")
    total = width_emu(plain, "Arial") + width_emu(bold, "Arial")
    assert width_emu(both, "Arial") == pytest.approx(total, abs=2)


def test_a_run_can_be_lighter_than_its_bold_paragraph() -> None:
    bold = Paragraph((Run("layer", bold=False),), 10, 12, bold=True)
    assert width_emu(bold, "Arial") == width_emu(paragraph("layer"), "Arial")


def test_code_is_measured_as_a_fixed_pitch_face() -> None:
    code = paragraph(Run("iiii", code=True))
    assert width_emu(code, "Arial") == width_emu(paragraph("iiii"), "Courier New")


@pytest.mark.parametrize(
    ("text", "width_pt", "expected"),
    [
        ("aa bb cc", 40, ["aa bb", "cc"]),
        ("aa bb   cc", 40, ["aa bb", "cc"]),  # spaces at the end do not count
        ("long-term", 40, ["long-", "term"]),
        ("2020–2030", 40, ["2020–", "2030"]),
        ("aaaa—bbbb", 40, ["aaaa—", "bbbb"]),
        ("why?who", 30, ["why?", "who"]),
        ("aa A-7b", 40, ["aa", "A-7b"]),  # not before a digit
        ("aa –5%", 31, ["aa", "–5%"]),  # a minus stays with its number
        ("aa (b)", 31, ["aa", "(b)"]),
        ("aa b\u00a0c", 31, ["aa", "b\u00a0c"]),
        ("aa b\u2011c", 31, ["aa", "b\u2011c"]),
        ("aaaa/bbbb", 60, ["aaaa/bbbb"]),
        ("b abcdefghij c", 31, ["b", "abcde", "fghij", "c"]),
        ("abcdefg hi", 31, ["abcde", "fg hi"]),
        ("市場市場市場", 41, ["市場市場", "市場"]),
        ("市場市場。市", 41, ["市場市", "場。市"]),  # a full stop begins no line
        ("", 40, [""]),
        ("ab", 1, ["a", "b"]),
    ],
)
def test_break_lines(text: str, width_pt: float, expected: list[str]) -> None:
    assert lines(text, width_pt) == expected


def test_a_word_of_several_runs_is_not_broken_between_them() -> None:
    words = paragraph("aa b", Run("cd", bold=True), "e")
    assert break_lines(words, points(40), "Courier New") == ["aa", "bcde"]


def test_a_line_that_fits_by_a_hair_counts_as_too_long() -> None:
    words = paragraph(TITLE, size_pt=24)
    assert line_count(words, round(width_emu(words, "Arial") * 1.003), "Arial") == 2
    assert line_count(words, round(width_emu(words, "Arial") * 1.011), "Arial") == 1


def test_a_bullet_hangs_beside_every_line() -> None:
    hanging = paragraph("aa bb cc dd", indent_pt=12)
    assert break_lines(hanging, points(52), "Courier New") == lines("aa bb cc dd", 40)


def test_a_box_as_wide_as_the_longest_word_breaks_no_word() -> None:
    text = "the Donaudampfschifffahrtsgesellschaft of old"
    words = paragraph(text, indent_pt=14)
    width = longest_word(words, "Calibri")
    assert " ".join(break_lines(words, width, "Calibri")) == text
    narrower = break_lines(words, width - points(1), "Calibri")
    assert "Donaudampfschifffahrtsgesellschaft" not in narrower


def test_body_height_adds_lines_gaps_and_insets() -> None:
    first = Paragraph((Run("aa bb"),), 10, 12, before_pt=99)
    second = Paragraph((Run("aa bb cc"),), 10, 15, before_pt=5)
    body = Body((first, second), insets=(points(10), points(3), points(10), points(4)))
    # 40 pt between the insets: one line of 12, a gap of 5, two lines of 15
    assert body_height(body, points(60), "Courier New") == points(12 + 5 + 2 * 15 + 3 + 4)


def test_balance_evens_a_title_without_a_line_more() -> None:
    title, width = paragraph(TITLE, size_pt=24), inches(10.6)
    inset = balance(title, width, "Arial")
    assert inset > 0
    assert inset % inches(0.1) == 0
    before = break_lines(title, width, "Arial")
    after = break_lines(title, width - inset, "Arial")
    assert len(after) == len(before) == 2
    assert advance(before[1], "Arial") < BALANCED * advance(before[0], "Arial")
    assert advance(after[1], "Arial") >= BALANCED * advance(after[0], "Arial")
    # A renderer may set its letters a little closer: it must break the lines alike ...
    assert break_lines(title, round((width - inset) / SAFETY**2), "Arial") == after
    # ... which one step less does not promise.
    one_step_less = round((width - inset + inches(0.1)) / SAFETY**2)
    uneven = break_lines(title, one_step_less, "Arial")
    assert advance(uneven[1], "Arial") < BALANCED * advance(uneven[0], "Arial")


@pytest.mark.parametrize("text", ["Short", TITLE])
def test_balance_leaves_a_title_that_needs_none(text: str) -> None:
    title = paragraph(text, size_pt=24)
    assert balance(title, inches(7.5), "Arial") == 0


def test_balance_does_its_best_where_words_are_too_long() -> None:
    title = paragraph("ab Donaudampfschifffahrtsgesellschaft no")
    width = points(39 * 6)
    inset = balance(title, width, "Courier New")
    assert line_count(title, width - inset, "Courier New") == line_count(
        title, width, "Courier New"
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("市場の「基盤」は、強い。", "市|場|の|「基|盤」|は、|強|い。"),  # kinsoku
        ("きゅうとデータ", "きゅ|う|と|デー|タ"),  # no small kana and no long mark begins a line
        ("2026年のGDPは5％増", "2026|年|の|GDP|は|5％|増"),
        ("です。NVIDIA社", "で|す。NVIDIA|社"),
        ("시장 공급망은 크다", "시장 |공급망은 |크다"),
        ("ตลาดเป็นของไทยและใหม่", "ตลาด|เป็นของ|ไทย|และ|ใหม่"),
        ("か\u3099き", "か\u3099|き"),
        ("a\u00a0b c\u202fd e\u2060f", "a\u00a0b |c\u202fd |e\u2060f"),
        ("re\u200bsource", "re\u200b|source"),
        ("soft\u00adhyphen", "soft\u00adhyphen"),
        ("see https://a.example/b-c?d=e-f/g now-or", "see |https://a.example/b-c?d=e-f/g |now-|or"),
    ],
)
def test_where_a_line_may_end(text: str, words: str) -> None:
    places = [0, *find_breaks(text), len(text)]
    assert "|".join(text[a:b] for a, b in pairwise(places)) == words


def test_arabic_letters_are_as_wide_as_they_join() -> None:
    assert advance("ببب", "Arial") == pytest.approx(
        sum(advance(c, "Arial") for c in "\ufe91\ufe92\ufe90"), abs=1e-9
    )
    assert advance("بَ", "Arial") == advance("ب", "Arial")  # marks have no width
    assert join_letters("دار") == "\ufea9\ufe8d\ufead"  # these do not join what follows


def test_quotes_and_dashes_beside_ideographs_are_a_full_em() -> None:
    assert advance("“市”", "Arial") == pytest.approx(3 * FULL_WIDTH)
    assert advance("“a”", "Arial") < 2


def test_a_gap_stands_where_latin_letters_meet_ideographs() -> None:
    apart = width_emu(paragraph("市"), "Arial") + width_emu(paragraph("GDP"), "Arial")
    assert width_emu(paragraph("市GDP"), "Arial") > apart + points(2)


def test_an_address_may_be_broken_and_any_other_long_word_may_not() -> None:
    address = "https://example.com/reports/2026/ai-infrastructure/board.html"
    assert longest_word(paragraph(address), "Courier New") < points(21 * 6.1)
    assert longest_word(paragraph("x" * len(address)), "Courier New") > points(60 * 6)


def test_a_word_may_be_broken_at_its_soft_hyphens() -> None:
    word = paragraph("Lieferketten\u00adsorgfalts\u00adpflichten")
    # “Lieferketten” and a hyphen are its widest part
    assert longest_word(word, "Courier New") == pytest.approx(points(13 * 6.001) / SAFETY, abs=500)


def test_a_word_wider_than_its_line_takes_the_lines_of_the_worse_way() -> None:
    # 20 characters a line: chopped it takes 2 lines, broken at its slashes 3
    assert len(lines("x://" + "bbbbbbbbbb/" * 3, 122)) == 3


def test_emoji_and_thai_leave_room_for_what_renderers_do() -> None:
    assert len(lines("aaaa bbbb", 54.6)) == 1
    assert len(lines("aaaa 🚀 b", 54.6)) == 2


@pytest.mark.parametrize(
    ("words", "width_pt", "count"),
    [
        (("aa bb ", "cc-dd", " ee"), 56, 2),  # not a line's end inside the link: aa bb | cc-dd ee
        (("aa ", "bb cc dd", " ee"), 56, 3),  # aa | bb cc dd | ee
        (("aa ", "bbbb cccc dddd", " ee"), 56, 4),  # aa | bbbb cccc | dddd | ee
        (("aaaa ", "bb", ", cc"), 46, 2),
    ],
)
def test_a_line_does_not_end_inside_a_link(
    words: tuple[str, str, str], width_pt: float, count: int
) -> None:
    before, inside, after = words
    linked = paragraph(before, Run(inside, link=Link("https://example.org")), after)
    assert line_count(linked, points(width_pt / 0.99), "Courier New") == count


def test_a_text_is_certain_unless_closer_letters_would_save_a_line() -> None:
    words = paragraph(TITLE, size_pt=24)
    assert not is_certain(words, round(width_emu(words, "Arial") * 1.003), "Arial")
    assert is_certain(words, round(width_emu(words, "Arial") * 1.02), "Arial")
    assert is_certain(words, round(width_emu(words, "Arial") * 0.8), "Arial")
