"""The search of a finished file: what is withheld is not in it, and would be found if it were."""

from __future__ import annotations

import io
import zipfile
from functools import cache

import pytest
from msgspec.structs import replace

import deckgen
from canaries import Plant, find_plants, planted, raw_words
from deckgen import selection
from deckgen.leaks import find_leaks, leak_problems
from deckgen.loader import load_text
from deckgen.source import NOWHERE, OutlineError, Withheld
from outlines import ANALYSIS, with_slides

PLANTS = find_plants()
# Not printed in the example that has them.
SILENT = {
    # Rounded to three digits in a picture, or drawn without a number.
    "distribution.Series.values", "flow.Row.value", "treemap.Row.value",
    "Criterion.meaning", "Labels.absent", "Labels.companies", "Labels.company",
    "Labels.criterion", "Labels.stated", "Tier.places",
    "annotations.ReferenceLine.value",  # where a line stands
}  # fmt: skip


@cache
def sown(plant: Plant) -> tuple[deckgen.Deck, deckgen.Outline, deckgen.Deck]:
    """The deck of the staff, and the outline and the deck of the guests."""
    failures = []
    for text in planted(plant):
        try:
            staff = load_text(text, str(plant.example), "staff", allow_code=True)
            guests = load_text(text, str(plant.example), "guests", allow_code=True)
            return deckgen.build(staff), guests, deckgen.build(guests)
        except OutlineError as error:
            failures.append(str(error))
    raise AssertionError("\n".join(failures))


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.name)
def test_a_canary_in_any_field_is_in_no_file_of_who_does_not_get_it_and_would_be_found(
    plant: Plant,
) -> None:
    staff, outline, guests = sown(plant)
    canary = plant.canary.lower()
    assert canary not in raw_words(guests.data)
    assert find_leaks(guests.data, outline.withheld) == []
    if plant.name in SILENT:
        assert canary not in raw_words(staff.data)
        return
    assert canary in raw_words(staff.data)
    found = [leak.withheld.words.lower() for leak in find_leaks(staff.data, outline.withheld)]
    assert any(canary in words for words in found), outline.withheld


def test_there_are_canaries_in_every_sort_of_part() -> None:
    assert len(PLANTS) > 130
    assert len({plant.name.rpartition(".")[0] for plant in PLANTS}) > 40


# -- the search, on packages made by hand ------------------------------------------------

SECRET = "the harbour will be sold"
SLIDE = "ppt/slides/slide1.xml"


def package(**parts: str | bytes) -> bytes:
    """A zip with these parts; a name's `__` is a slash, its last `_` the dot."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in parts.items():
            path, _, suffix = name.replace("__", "/").rpartition("_")
            archive.writestr(f"{path}.{suffix}", data)
    return stream.getvalue()


def hits(data: bytes, words: str, form: str = "text", longer: tuple[str, ...] = ()) -> list[str]:
    one = Withheld(words, NOWHERE, form, longer)  # type: ignore[arg-type]
    return [leak.part for leak in find_leaks(data, [one])]


def paragraph(*runs: str) -> str:
    return "<a:p>" + "".join(f"<a:r><a:t>{run}</a:t></a:r>" for run in runs) + "</a:p>"


SOLD = "The harbour will be sold"
HIDING_PLACES = {
    "in one run": (SLIDE, paragraph("We know: The harbour will be sold. Soon.")),
    "over several runs": (SLIDE, paragraph("The har", "bour will", " be sold")),
    "with other spaces": (SLIDE, paragraph("The harbour\u00a0will  be\n sold")),
    "in capitals": (SLIDE, paragraph("THE HARBOUR WILL BE SOLD")),
    "with an entity": (SLIDE, paragraph("The harb&#111;ur will be sold")),
    "on a hidden slide": (SLIDE, f'<p:sld show="0">{paragraph(SOLD)}</p:sld>'),
    "in notes": ("ppt/notesSlides/notesSlide1.xml", paragraph("Say: ", "the harbour will be sold")),
    "in alt text": (SLIDE, '<p:cNvPr id="2" descr="The harbour will be sold"/>'),
    "in a shape's name": (SLIDE, '<p:cNvPr id="2" name="Card: The harbour will be sold (2)"/>'),
    "in a tooltip": (SLIDE, '<a:hlinkClick tooltip="The harbour will be sold"/>'),
    "in a chart's cache": ("ppt/charts/chart1.xml", "<c:v>The harbour will be sold</c:v>"),
    "in a property": ("docProps/core.xml", "<dc:subject>The harbour will be sold</dc:subject>"),
    "in a custom property": ("docProps/custom.xml", f"<vt:lpwstr>{SOLD}</vt:lpwstr>"),
    "in a comment of ours": ("ppt/comments/comment1.xml", f"<p:text>{SOLD}</p:text>"),
    "in a link's target": (
        "ppt/slides/_rels/slide1.xml.rels",
        '<Relationship Target="https://x.example/The%20harbour%20will%20be%20sold"/>',
    ),
    "in an SVG": ("ppt/media/image1.svg", "<svg><text>The harbour will be sold</text></svg>"),
    "over two lines of an SVG": (
        "ppt/media/image1.svg", "<svg><text>The harbour</text><text>will be sold</text></svg>"
    ),
    "in a part's name": ("ppt/media/The harbour will be sold.png", ""),
    "in a layout": ("ppt/slideLayouts/slideLayout1.xml", paragraph("The harbour will be sold")),
}  # fmt: skip


@pytest.mark.parametrize("place", HIDING_PLACES)
def test_a_text_is_found_wherever_it_hides(place: str) -> None:
    name, content = HIDING_PLACES[place]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("ppt/presentation.xml", "<p:presentation/>")
        archive.writestr(name, content)
    assert hits(stream.getvalue(), SECRET)


def test_a_word_that_an_svg_breaks_at_its_hyphen_is_found() -> None:
    svg = "<svg><text>At</text><text>Qxzvk-</text><text>canary</text><text>quay</text></svg>"
    assert hits(package(ppt__media__image1_svg=svg.encode()), "Qxzvk-canary")
    assert not hits(package(ppt__media__image1_svg=svg.encode()), "At quay")


def test_a_workbook_in_the_package_is_unzipped() -> None:
    book = package(xl__sharedStrings_xml="<si><t>The harbour will be sold</t></si>")
    data = package(ppt__embeddings__Book_xlsx=book)
    assert hits(data, SECRET) == ["ppt/embeddings/Book.xlsx/xl/sharedStrings.xml"]


def test_the_bytes_of_a_picture_are_searched() -> None:
    picture = b"\x89PNG\r\n\x1a\n..tEXtComment\0The harbour will be sold..IEND"
    assert hits(package(ppt__media__image1_png=picture), "The harbour will be sold")


@pytest.mark.parametrize(
    ("words", "wanted"),
    [("12,500", True), ("12500", True), ("112500", False), ("12500.5", False), ("125000", False)],
)
def test_a_number_is_found_as_it_is_written_and_not_within_another(
    words: str, wanted: bool
) -> None:
    data = package(ppt__charts__chart1_xml=f"<c:v>{words}</c:v>")
    assert bool(hits(data, "12500", "number")) == wanted


def test_short_words_and_small_numbers_are_looked_for_where_they_stand_alone() -> None:
    slide = paragraph("12") + paragraph("See page 4711") + paragraph("2")
    layout = '<p:cNvPr id="2" name="Title"/>' + paragraph("Subtitle")
    data = package(ppt__slides__slide1_xml=slide, ppt__slideLayouts__slideLayout1_xml=layout)
    assert hits(data, "Subtitle") == []  # in a frame of deckgen's own
    assert hits(data, "12", "number") == hits(data, "12") == []
    assert hits(data, "page") == []  # a short word must be all of a paragraph
    assert hits(data, "See page 4711") == [SLIDE]


COINCIDENCES = {
    "a label of the closing slide": ("  - {name: Target, tier: shippers, not: guests}", ""),
    "a word of derived titles": ("  - {name: Three, tier: shippers, not: guests}", ""),
    "the language": ("  - {name: US, tier: shippers, not: guests}", ""),
    "the head of a column": ("  - {name: Company, tier: shippers, not: guests}", ""),
    "the name of a shape": ("  - {name: Question, tier: shippers, not: guests}", ""),
    "a rank": ("", "- {kind: table, title: T, columns: [a], rows: [[Tier 1]], not: guests}"),
    "a part": ("", "- {kind: bullets, title: T, points: [Presentation], not: guests}"),
    "alt text": (
        "",
        "- {kind: bullets, title: T, points: [Gamma depends on Alpha for berths], not: guests}",
    ),
    "a fixed date": (
        "",
        "- {kind: bar-chart, title: T, measure: M, not: guests,"
        " rows: [{name: A, value: 1980}, {name: B, value: 2000}, {name: C, value: 1}]}",
    ),
}


@pytest.mark.parametrize("case", COINCIDENCES)
def test_words_that_stand_in_the_file_by_chance_block_no_deck(case: str) -> None:
    company, slide = COINCIDENCES[case]
    analysis = ANALYSIS.replace("groups:\n", f"{company}\ngroups:\n" if company else "groups:\n")
    more = "- {kind: tier-map}\n- {kind: matrix}\n- {kind: dependency-map}\n- {kind: closing}"
    text = with_slides(f"{more}\n{slide}", analysis) + "audiences: [guests]\n"
    outline = load_text(text, "deck.yaml", "guests")
    deck = deckgen.build(outline)
    assert find_leaks(deck.data, outline.withheld), "the search finds the words"


def test_names_are_whole_words_as_they_are_written_or_in_capitals() -> None:
    data = package(ppt__slides__slide1_xml=paragraph("Beta, BETA LINES, beta and Betas"))
    assert hits(data, "Beta", "name") == [SLIDE]
    assert hits(data, "Bet", "name") == []
    only = package(ppt__slides__slide1_xml=paragraph("Beta Lines, BETA LINES and betas"))
    assert hits(only, "Beta", "name", ("Beta Lines",)) == []
    assert hits(only, "Beta", "name") == [SLIDE]


def test_an_id_is_looked_for_in_the_names_of_shapes() -> None:
    data = package(ppt__slides__slide1_xml='<p:cNvPr id="2" name="slides.exit-plan.title"/>')
    assert hits(data, "slides.exit-plan", "path") == [SLIDE]
    assert hits(data, "slides.exit", "path") == []


# -- what counts as withheld ------------------------------------------------------------------


def withheld_from(text: str, audience: str) -> set[str]:
    return {one.words for one in load_text(text, "deck.yaml", audience).withheld}


def test_words_that_an_audience_gets_elsewhere_are_not_withheld() -> None:
    slides = """
    - {kind: bullets, id: a, title: Quays are scarce, points: [They are, Rents rise], not: guests}
    - {kind: bullets, id: b, title: In short quays are scarce in every port, points: [They are]}
    """
    text = with_slides(slides) + "audiences: [guests, staff]\n"
    secrets = withheld_from(text, "guests")
    assert "Rents rise" in secrets
    assert not {"Quays are scarce", "They are"} & secrets
    assert withheld_from(text, "staff") == set()


def test_what_other_audiences_are_told_instead_is_withheld() -> None:
    text = ANALYSIS + (
        "audiences:\n"
        "  - {name: board, description: They decide all of it, subtitle: For the board alone}\n"
        "  - {name: staff, subtitle: For the staff alone}\n"
    )
    assert withheld_from(text, "staff") >= {"They decide all of it", "For the board alone"}
    assert withheld_from(text, "board") >= {"They decide all of it", "For the staff alone"}
    assert "For the board alone" not in withheld_from(text, "board")


def test_aliases_short_names_and_sources_of_what_is_withheld_are_withheld() -> None:
    text = ANALYSIS.replace(
        "- name: Beta\n",
        "- name: Beta\n    not: guests\n    short: BTA\n    aliases: [Betamax]\n    source: memo\n",
    ).replace("source: survey\n", "  - {id: memo, text: A memo, short: Memo 17}\nsource: survey\n")
    secrets = withheld_from(text + "audiences: [guests]\n", "guests")
    assert secrets >= {"Beta", "BTA", "Betamax", "A memo", "Memo 17", "companies.beta"}


def test_a_leak_is_told_at_the_line_that_holds_it_and_nothing_is_handed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As it would be if a step before the search had a fault: here one that takes nothing away."""
    claim = "bet: [{stated: Volumes keep growing, not: guests}]"
    text = ANALYSIS.replace("bet: [Volumes keep growing]", claim) + "audiences: [guests]\n"
    sound = load_text(text, "deck.yaml", "guests")
    monkeypatch.setattr(selection._Selection, "sees", lambda self, part: True)
    leaky = load_text(text, "deck.yaml", "guests")
    with pytest.raises(OutlineError) as caught:
        deckgen.build(replace(leaky, withheld=sound.withheld))
    problem = str(caught.value.problems[0])
    line = text[: text.index("Volumes keep")].count("\n") + 1
    assert problem.startswith(f"deck.yaml:{line}:")
    told = "the text “Volumes keep growing” is withheld from “guests”, and stands in ppt/slides/"
    assert told in problem


def test_the_message_names_the_part() -> None:
    data = package(docProps__core_xml="<dc:subject>The harbour will be sold</dc:subject>")
    leaks = find_leaks(data, [Withheld(SECRET, NOWHERE)])
    (problem,) = leak_problems(leaks, "“guests”")
    assert "is withheld from “guests”, and stands in docProps/core.xml" in problem.message


def test_a_leak_is_no_coincidence_where_the_words_are_withheld_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    claim = "[{stated: Volumes keep growing, not: guests}]"
    text = ANALYSIS.replace("bet: [Volumes keep growing]", f"bet: {claim}\n    exposure: {claim}")
    text = text.replace("    exposure: [{inference: Alpha could run the cranes itself}]\n", "")
    text += "audiences: [guests]\n"
    sound = load_text(text, "deck.yaml", "guests")
    monkeypatch.setattr(selection._Selection, "sees", lambda self, part: True)
    leaky = load_text(text, "deck.yaml", "guests")
    with pytest.raises(OutlineError, match="Volumes keep growing"):
        deckgen.build(replace(leaky, withheld=sound.withheld))
