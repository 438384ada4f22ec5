"""Each rule of `deckgen check`: what it finds, at which line, and what it leaves alone."""

from __future__ import annotations

from textwrap import dedent

import pytest
from msgspec.structs import replace

from deckgen.builder import draft
from deckgen.check import Report, check_draft
from deckgen.compose import Draft
from deckgen.loader import load_text
from deckgen.rules import RULES
from deckgen.rules.english import is_topic
from deckgen.scene import (
    Body,
    Box,
    CategoryChart,
    CategoryPoint,
    CategorySeries,
    Cell,
    ChartItem,
    GroupItem,
    Item,
    Link,
    Paragraph,
    PictureItem,
    Run,
    ShapeItem,
    TableItem,
    TextItem,
)
from deckgen.units import inches
from outlines import ANALYSIS, with_slides

SOUND = f"""\
language: en-US
{ANALYSIS}slides:
  - kind: cover
  - kind: tier-map
    title: Alpha owns its quay and its cranes, and Gamma runs what others own
  - kind: closing
"""


def found(text: str, code: str = "") -> list[Report]:
    """What the rules find in an outline, by one rule or by all."""
    reports = check_draft(draft(load_text(text, "deck.yaml")))
    return [report for report in reports if code in ("", report.rule)]


def line_of(text: str, words: str) -> int:
    """The line, from 1, on which words stand first."""
    return text[: text.index(words)].count("\n") + 1


def on_slide(slide: str, head: str = "language: en-US\n", analysis: str = ANALYSIS) -> str:
    """The sound outline with a slide more."""
    closed = f"{dedent(slide).strip()}\n- kind: closing"
    return head + with_slides(f"- kind: tier-map\n{closed}", analysis)


def test_a_sound_outline_has_no_finding() -> None:
    assert found(SOUND) == []


BULLETS = "- kind: bullets\n  title: {title}\n  points: [{points}]\n"


def bullets(title: str = "Alpha sets the terms on which Gamma works", points: str = "One") -> str:
    return on_slide(BULLETS.format(title=title, points=points))


def profile(**fields: str) -> str:
    """The sound outline with fields of Alpha more."""
    rows = "".join(f", {key}: {value}" for key, value in fields.items())
    return SOUND.replace("cranes: met}}", f"cranes: met}}{rows}}}", 1)


FOUND = [
    # code, outline, words of the message, words on the line it is told at
    ("topic-title", bullets("Market overview"), "“Market overview” reads as a topic", "Market"),
    ("topic-title", bullets("Overview of the harbour"), "reads as a topic", "Overview"),
    ("topic-title", bullets("Risks and options of the harbour"), "reads as a topic", "Risks and"),
    (
        "repeated-title",
        on_slide(
            BULLETS.format(title="Alpha leads.", points="One")
            + BULLETS.format(title="'**Alpha** leads'", points="Two")
        ),
        "its title is that of slide “bullets”",
        "**Alpha** leads",
    ),
    (
        "contradiction",
        bullets("Gamma stands in tier 1"),
        "but Gamma stands in tier 2",
        "Gamma stands in",
    ),
    (
        "contradiction",
        bullets("Alpha and Gamma are Harbour owners"),
        "Gamma stands in tier 2",
        "Alpha and Gamma are",
    ),
    (
        "contradiction",
        bullets("Alpha is in the second tier"),
        "Alpha stands in tier 1",
        "Alpha is in",
    ),
    (
        "contradiction",
        bullets(points="Gamma (Tier 3) sails"),
        "Gamma stands in tier 2",
        "Gamma (Tier",
    ),
    (
        "contradiction",
        bullets("Five tiers rank the harbour"),
        "but there are 3 tiers",
        "Five tiers",
    ),
    (
        "contradiction",
        bullets("Three companies in tier 1 set the terms"),
        "but there are 2 in tier 1",
        "Three comp",
    ),
    (
        "contradiction",
        bullets(points="'Tier 1: Alpha, Beta, Gamma'"),
        "Gamma stands in tier 2",
        "Tier 1: A",
    ),
    ("contradiction", bullets(points="Gamma — Tier 1"), "Gamma stands in tier 2", "Gamma — T"),
    (
        "contradiction",
        bullets(points="Gamma belongs to Tier-1"),
        "Gamma stands in tier 2",
        "Gamma bel",
    ),
    (
        "contradiction",
        bullets(points="Only one company in tier 1 counts"),
        "but there are 2 in tier 1",
        "Only one",
    ),
    (
        "contradiction",
        on_slide(
            "- {kind: table, title: Alpha leads, columns: [Who, Where], rows: [[Gamma, Tier 1]]}"
        ),
        "“Gamma: Tier 1”, but Gamma stands in tier 2",
        "rows: [[Gamma",
    ),
    (
        "lone-section",
        on_slide(
            BULLETS.format(title="Alpha leads the field", points="One")
            + "  section: First\n"
            + BULLETS.format(title="Gamma follows it", points="One")
            + "  section: Second"
        ),
        "the section “First” has one slide",
        "section: First",
    ),
    (
        "no-question",
        SOUND.replace("  - kind: closing\n", ""),
        "stands on no slide",
        "text: Which tier",
    ),
    (
        "no-language",
        SOUND.replace("language: en-US\n", ""),
        "does not say its language",
        "title: Who",
    ),
    (
        "unused-source",
        SOUND.replace("source: survey", "", 1),
        "“survey” is cited nowhere",
        "id: survey",
    ),
    (
        "broken-source",
        SOUND.replace(
            "text: Port survey, 2024", "text: Port survey, 2024\n    url: https://survey"
        ),
        "is no web address",
        "url: https",
    ),
    (
        "broken-source",
        SOUND.replace(
            "source: survey", "  - {id: again, text: 'Port survey, 2024'}\nsource: [survey, again]"
        ),
        "is the one called “survey”",
        "id: again",
    ),
    (
        "unmarked-inference",
        profile(bet="[Alpha will probably let berths]"),
        "“probably” makes",
        "probably",
    ),
    (
        "missing-company",
        SOUND[: SOUND.index("  - kind: tier-map")]
        + "  - {kind: bullets, title: Alpha and Gamma meet, points: [One]}\n",
        "Beta stands on no slide",
        "name: Beta",
    ),
    (
        "criterion-conflict",
        bullets("Beta has its own quay"),
        "the matrix has “in build” for Beta",
        "Beta has",
    ),
    (
        "criterion-conflict",
        bullets(points="Alpha lacks its own cranes"),
        "the matrix has “met” for Alpha",
        "Alpha lacks",
    ),
    (
        "misnamed-criterion",
        bullets(points="It has own crames for itself"),
        "“own crames” is almost “Own cranes”",
        "own crames",
    ),
    (
        "speaking-time",
        on_slide(
            BULLETS.format(title="Alpha leads the field", points="One")
            + "  notes: "
            + "word " * 420
        ),
        "3.2 minutes to say",
        "notes: word",
    ),
]


@pytest.mark.parametrize(("code", "text", "words", "at"), FOUND)
def test_a_rule_finds_what_it_is_for_at_its_line(code: str, text: str, words: str, at: str) -> None:
    reports = found(text, code)
    assert len(reports) == 1, found(text)
    assert words in reports[0].message
    assert reports[0].mark.line == line_of(text, at)
    assert reports[0].hint


SAYINGS = """
    Unlike Alpha, Gamma is in tier 2 · Customers of Gamma are in tier 1 · What feeds Gamma is
    in tier 1 · Gamma overtook Alpha in tier 2 · Gamma serves Alpha in tier 2 · Analysts say
    that Gamma is in tier 1 · It is wrong to say that Gamma is in tier 1 · Nobody believes
    Gamma is in tier 1 · By 2030 Gamma is in tier 1 · Is Gamma in tier 1? Not yet · “Gamma is
    in tier 1” · Gamma is a tier 1 supplier to the navy · Gamma is in Owners Forum · More than
    three companies in tier 1 are too many · Last year three companies in tier 1 failed ·
    There were four tiers until 2020 · Four tiers of memory feed a chip · If three companies
    in tier 1 merge · The four companies in tier 1 and 2 · Gamma was in tier 1 · Two tiers
    divide the field · Gamma does not stand in tier 1 · Gamma could move to tier 1 · Gamma
    depends on Alpha in tier 1 · Gamma runs what a tier 1 owner lets · Two of three companies
    stand in tier 1 · Alpha and Beta stand in tier 1, and Gamma in tier 2 · Beta has an own
    quay supplier · Beta has to buy its own quay · Analysts say Beta has its own quay · Nobody
    claims that Beta has its own quay · The firm that supplies Beta has its own quay · Beta
    has access to its own quay · Gamma has no rail link · Alpha has no own quay constraints
"""
LEFT_ALONE = [
    *(
        (code, bullets(points=f"'{' '.join(words.split())}'"))
        for words in SAYINGS.split("·")
        for code in ("contradiction", "criterion-conflict")
    ),
    ("topic-title", bullets("What does the harbour cost us?")),
    ("topic-title", bullets("Rents outpace volumes in every basin since 2019")),
    ("topic-title", bullets("Alpha controls both quays and cranes")),
    ("unmarked-inference", profile(bet="[The survey says that it will probably let berths]")),
    ("unmarked-inference", profile(bet="[Likely tenants are named in the filing]")),
    ("unmarked-inference", profile(bet="[{inference: Alpha will probably let berths}]")),
    ("criterion-conflict", bullets("Alpha has its own quay")),
    ("criterion-conflict", bullets("Beta is building its own quay")),
    ("criterion-conflict", bullets("Gamma relies on Alpha, which has its own quay")),
    ("misnamed-criterion", bullets("Own quays make owners")),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text"), LEFT_ALONE)
def test_a_rule_leaves_alone_what_is_right(code: str, text: str) -> None:
    assert found(text, code) == []


# -- names -----------------------------------------------------------------------------

NAMED = ANALYSIS.replace("name: Alpha,", "name: OpenBerth, id: alpha,").replace(
    "name: Beta", "name: Anthracite\n    id: beta"
)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Anthracit grows", "Anthracite"),
        ("Antracite grows", "Anthracite"),
        ("Openberth grows", "OpenBerth"),
        ("Open Berth grows", "OpenBerth"),
        ("OpenBreth grows", "OpenBerth"),
    ],
)
def test_a_name_almost_spelled_like_a_company_is_told(words: str, meant: str) -> None:
    text = on_slide(BULLETS.format(title=words, points="One"), analysis=NAMED)
    reports = found(text, "misspelt-name")
    assert [report.message.partition("is almost")[2] for report in reports] == [f" “{meant}”"]
    assert reports[0].mark.line == line_of(text, words)
    assert reports[0].severity == "error"


@pytest.mark.parametrize(
    "words",
    [
        "Anthracite’s berths",
        "Anthracites",
        "OPENBERTH",
        "It is open, berth by berth",
        "anthracene is coal",
    ],
)
def test_a_name_rightly_spelled_and_other_words_are_left_alone(words: str) -> None:
    text = on_slide(BULLETS.format(title=f"“{words}”", points="One"), analysis=NAMED)
    assert found(text, "misspelt-name") == []


@pytest.mark.parametrize(
    "name", ["Moody’s", "McDonald's", "L’Oréal", "Yahoo!", "T-Mobile", "7-Eleven"]
)
def test_a_name_of_any_form_is_no_slip_of_itself(name: str) -> None:
    analysis = ANALYSIS.replace("name: Beta", f'name: "{name}"\n    id: beta')
    slide = BULLETS.format(title=f'"{name} rates what Alpha issues"', points="Mobile grows")
    text = on_slide(slide, analysis=analysis)
    assert found(text, "misspelt-name") == []


def test_a_slip_in_a_chart_and_in_a_label_is_told() -> None:
    chart = """
    - kind: bar-chart
      title: Alpha moves most
      measure: Berths
      source: survey
      rows: [{name: Anthracit, value: 7}, {name: B, value: 4}, {name: C, value: 2}]
    """
    text = on_slide(chart, "language: en-US\nlabels: {bet: What Anthracide bets on}\n", NAMED)
    assert {r.mark.line for r in found(text, "misspelt-name")} == {
        line_of(text, "Anthracit,"), line_of(text, "Anthracide")
    }  # fmt: skip


def test_a_slip_in_a_name_that_the_audience_does_not_get_is_told() -> None:
    analysis = NAMED.replace("id: beta\n", "id: beta\n    not: [guests]\n")
    text = on_slide(BULLETS.format(title="Antracite lets berths", points="One"), analysis=analysis)
    text += "audiences: [guests]\n"
    reports = check_draft(draft(load_text(text, "deck.yaml", "guests")))
    told = [report.message for report in reports if report.rule == "misspelt-name"]
    assert [words.partition(": ")[2] for words in told] == [
        "“Antracite” is almost “Anthracite”, which this audience does not get"
    ]


# -- claims and figures without a source ------------------------------------------------

BARE = ANALYSIS.replace("source: survey\n", "")


def test_what_is_said_of_a_company_wants_a_source_somewhere() -> None:
    text = on_slide("", analysis=BARE)
    told = [report.message for report in found(text, "uncited-claim")]
    assert told == [f"what is said of {name} names no source" for name in (
        "Alpha", "Beta", "Gamma", "Everyone else")]  # fmt: skip
    cited = BARE.replace("tier: owners", "source: survey, tier: owners", 1)
    assert "Alpha" not in str(found(on_slide("", analysis=cited), "uncited-claim"))


def test_a_figure_wants_a_source() -> None:
    slide = BULLETS.format(title="Alpha moves 40% of all freight", points="One")
    assert found(on_slide(slide), "uncited-number") == []  # the deck's own source holds for it
    reports = found(on_slide(slide, analysis=BARE), "uncited-number")
    assert [report.message for report in reports] == [
        "slide “bullets”: the figure “40%” names no source"
    ]
    assert found(on_slide(f"{slide}  source: survey", analysis=BARE), "uncited-number") == []
    assert found(on_slide(slide, analysis=BARE), "uncited-number")[0].words == "40%"


@pytest.mark.parametrize(
    "words",
    ["2 of 3 ships", "since 2020", "the 1990s", "ISO 27001", "IFRS 17", "Boeing 737 jets",
     "the F-35", "at 10:30", "24/7", "Article 15", "tier 2"],
)  # fmt: skip
def test_dates_names_and_small_counts_are_no_figures(words: str) -> None:
    slide = BULLETS.format(title="Alpha leads", points=f"'Alpha counts {words}'")
    assert found(on_slide(slide, analysis=BARE), "uncited-number") == []


@pytest.mark.parametrize(
    "words",
    ["$4bn", "USD 5", "9 GW", "3x", "5 bps", "ten percent", "17 ships", "1,200", "3.5 million"],
)
def test_shares_sums_measures_and_counts_are_figures(words: str) -> None:
    slide = BULLETS.format(title="Alpha leads", points=f"'Alpha counts {words}'")
    assert len(found(on_slide(slide, analysis=BARE), "uncited-number")) == 1


# -- audiences ---------------------------------------------------------------------------


def test_a_deck_over_its_budget_is_told_at_the_budget() -> None:
    text = f"{SOUND}audiences:\n  - name: board\n    budget: {{max_slides: 2, minutes: 0.1}}\n"
    text = text.replace(
        "  - kind: closing\n", "  - kind: closing\n    notes: " + "say " * 60 + "\n"
    )
    reports = check_draft(draft(load_text(text, "deck.yaml", "board")))
    assert [(r.rule, r.mark.line) for r in reports] == [
        ("over-budget", line_of(text, "budget:")), ("speaking-time", line_of(text, "budget:"))
    ]  # fmt: skip
    assert found(text) == []


# -- topic titles --------------------------------------------------------------------------


TOPICS = """
    Key takeaways · Next steps · The competitive landscape · Risks and opportunities ·
    Executive summary · Dependencies of the labs · Timeline · Introduction to the market ·
    Market overview · Overview of the harbour · Drivers of demand growth in data centres · Use
    cases · Customer needs and use cases · Results of the stress test · Open questions and
    next steps · Work plan · Evaluation criteria for make or buy · Set of criteria used in the
    analysis · Business case and expected returns · Required investments until 2035 · Market
    share of leading vendors
"""
# Titles that say something, with verbs that no list has whole.
ACTIONS = """
    Four companies control the frontier · Costs fell by half · Decide before the lease ends ·
    Nobody can switch within a year · It’s a landlord’s market · Compute is the bottleneck ·
    Every dependency points up the ladder · Who owns our berth? · Regulators reward capex, so
    utilities overbuild · Europe imports nearly all of its transformers · Deposits flee to
    money-market funds · Basel III punishes trading books · Card networks tax every
    transaction · Stablecoins bypass the correspondent banks · Sterile injectables break first
    · Novo outsources what Lilly insources · Prime contractors crowd out the mid tier ·
    Munitions stocks last for weeks, not months · Lead times stretch beyond three years ·
    Software eats the defence budget · Governments guarantee offtake for the first time · Fuel
    eats a third of revenue · Slots protect incumbents at Heathrow · Low-cost carriers
    dominate short haul · Customers consolidate vendors · Usage pricing beats seats ·
    Microsoft bundles, and rivals bleed · Cloud growth re-accelerated in 2025 · We recommend a
    two-supplier strategy · Act now · Diversify suppliers before 2027 · Time favours the
    incumbents · Everything hinges on permits · Our reserves suffice for six weeks · Winners
    integrate vertically · Three criteria mark the first tier · Our analysis points to one
    bottleneck
"""


def test_topics_and_action_titles_are_told_apart() -> None:
    topics = [" ".join(title.split()) for title in TOPICS.split("·")]
    actions = [" ".join(title.split()) for title in ACTIONS.split("·")]
    assert [title for title in topics if not is_topic(title)] == []
    assert [title for title in actions if is_topic(title)] == []


def test_headings_of_other_languages_are_topics() -> None:
    german = bullets("Überblick über den Markt").replace("en-US", "de-DE")
    assert [report.rule for report in found(german, "topic-title")] == ["topic-title"]
    for title in ("Kosten sinken", "Netze fehlen überall"):
        assert found(bullets(title).replace("en-US", "de-DE"), "topic-title") == []
    assert found(bullets("Les prix montent").replace("en-US", "fr"), "topic-title") == []


# -- what stands on the page -----------------------------------------------------------------


def words(text: str, size_pt: float = 14, **style: object) -> Body:
    return Body((Paragraph((Run(text),), size_pt, 1.2 * size_pt, **style),))  # type: ignore[arg-type]


def box(x: float, y: float, w: float, h: float) -> Box:
    return Box(inches(x), inches(y), inches(w), inches(h))


def text_item(text: str, place: Box, name: str = "Words", **style: object) -> TextItem:
    return TextItem(name=name, box=place, body=words(text, **style))  # type: ignore[arg-type]


def drawn(*items: Item, theme: str = "light", layout: str = "content") -> list[Report]:
    """What the rules find on a page with these items."""
    sound = draft(load_text(SOUND.replace("language:", f"theme: {theme}\nlanguage:"), "deck.yaml"))
    page = replace(sound.scene.pages[1], items=items, layout=layout)
    cover, _, closing = sound.scene.pages
    scene = replace(sound.scene, pages=(cover, page, closing))
    reports = check_draft(Draft(sound.outline, scene, (), ()))
    return [r for r in reports if RULES[r.rule].group in ("layout", "access")]


def rules(*items: Item, **where: str) -> list[str]:
    return [report.rule for report in drawn(*items, **where)]


A = text_item("Alpha runs", box(1, 2, 3, 0.4))


def test_texts_side_by_side_are_fine() -> None:
    assert rules(A, text_item("Beta runs", box(4, 2, 3, 0.4))) == []


def test_text_over_text_is_told_once_with_both() -> None:
    reports = drawn(A, text_item("Beta runs", box(1.3, 2.1, 3, 0.4)))
    assert [report.rule for report in reports] == ["overlap"]
    assert reports[0].message == "slide “tier-map”: “Beta runs” lies over “Alpha runs”"


def test_boxes_may_cross_where_their_words_do_not() -> None:
    beside = text_item("Beta", box(1, 2, 3, 0.4), align="right")
    assert rules(A, beside) == []


def test_a_text_may_stand_in_a_shape_not_under_it_nor_across_its_edge() -> None:
    card = ShapeItem(name="Card", box=box(0.8, 1.8, 4, 1), fill="surface")
    assert rules(card, A) == []
    assert rules(A, card) == ["overlap"]
    assert rules(replace(card, box=box(1.3, 1.8, 4, 1)), A) == ["overlap"]


def test_pictures_charts_and_tables_may_not_cross() -> None:
    table = TableItem(
        name="Table", box=box(1, 2, 4, 1), widths=(inches(4),), heights=(inches(1),),
        rows=((Cell(words("Head")),),), alt="A table",
    )  # fmt: skip
    assert rules(table) == []
    assert rules(table, replace(table, name="Other", box=box(4, 2, 4, 1))) == ["overlap"]
    assert "overlap" in rules(table, text_item("Beta runs on", box(4.5, 2, 3, 0.4)))


def test_a_text_too_long_for_its_box_is_told_with_its_measure() -> None:
    long = text_item("Alpha runs the cranes of the whole harbour", box(1, 2, 1.5, 0.3))
    reports = drawn(long)
    assert [report.rule for report in reports] == ["overflow"]
    assert "in of height and has 0.30 in" in reports[0].message
    wide = text_item("Hafenbetriebsgesellschaft", box(1, 2, 1, 1))
    assert "holds a word" in drawn(wide)[0].message


def test_what_leaves_the_slide_is_told() -> None:
    assert rules(text_item("Alpha", box(12.9, 2, 1, 0.4))) == ["off-slide"]
    turned = TextItem(name="Axis", box=box(-1, 3, 3, 0.4), body=words("Axis"), rotation=270)
    assert rules(turned) == []  # its box stands upright, inside


def test_small_type_is_told_but_for_small_print() -> None:
    small = text_item("Alpha", box(1, 2, 3, 0.4), size_pt=10)
    assert rules(small) == ["small-type"]
    assert rules(replace(small, role="source")) == []
    tiny = text_item("Alpha", box(1, 2, 3, 0.4), size_pt=8)
    assert rules(replace(tiny, role="source")) == ["small-type"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_contrast_is_that_of_a_text_on_what_it_stands_on(theme: str) -> None:
    faint = text_item("Alpha", box(1, 2, 3, 0.4), color="hair")
    assert rules(faint, theme=theme) == ["low-contrast"]
    panel = ShapeItem(name="Panel", box=box(0.5, 1.5, 6, 3), fill="panel")
    light = text_item("Alpha", box(1, 2, 3, 0.4), color="on_panel")
    assert rules(panel, light, theme=theme) == []
    assert rules(light, theme="light") == ["low-contrast"]
    own = ShapeItem(name="Pill", box=box(1, 2, 3, 0.4), fill="accent", body=words("Alpha"))
    assert rules(own, theme=theme) == ["low-contrast"]  # ink on it; `on_accent` is meant
    meant = words("Alpha", color="on_accent")
    assert rules(replace(own, body=meant), theme=theme) == []


def test_an_address_is_seen_in_the_colour_of_links_but_on_a_fill_of_its_own() -> None:
    run = Run("the survey", link=Link("https://port.example"))
    on_paper = Body((Paragraph((run,), 14, 16.8),))
    grey = ShapeItem(name="Card", box=box(1, 2, 6, 1), fill="brand_soft", body=on_paper)
    assert rules(grey) == ["low-contrast"]  # links are too like that grey
    panel = Body((Paragraph((run,), 14, 16.8, color="on_panel"),))
    assert rules(replace(grey, fill="panel", body=panel)) == []


def test_large_text_may_stand_out_less() -> None:
    grey = ShapeItem(name="Card", box=box(1, 2, 6, 1), fill="tier3")
    body = words("Alpha", size_pt=12, color="bg")
    assert rules(replace(grey, body=body)) == ["low-contrast"]
    assert rules(replace(grey, body=words("Alpha", size_pt=24, color="bg"))) == ["low-contrast"]
    assert rules(replace(grey, fill="kicker", body=body)) == []


def test_a_layout_s_own_ground_counts() -> None:
    assert "low-contrast" in rules(A, layout="cover")  # ink on the dark panel


def test_the_label_inside_a_bar_stands_on_the_bar() -> None:
    def chart(fill: str, color: str) -> ChartItem:
        point = CategoryPoint(3, fill, label="3", label_color=color, label_at="inside")
        bars = CategoryChart(categories=("Alpha",), series=(CategorySeries("Met", (point,)),))
        return ChartItem(name="Chart", box=box(1, 2, 6, 3), chart=bars, alt="A chart")

    assert rules(chart("tier1", "on_tier1")) == []
    assert rules(chart("tier1", "ink")) == ["low-contrast"]


def png(width: int, height: int) -> bytes:
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (width, height)).save(out, "PNG")
    return out.getvalue()


def picture(pixels: int, alt: str = "A crane at work") -> PictureItem:
    return PictureItem(
        name="Picture", box=box(1, 2, 2, 2), data=png(pixels, pixels), media="png", alt=alt
    )


def test_a_coarse_picture_is_told_with_its_pixels() -> None:
    assert drawn(picture(300)) == []
    reports = drawn(picture(200))
    assert "100 pixels an inch, below 150" in reports[0].message
    cropped = replace(picture(300), crop=(0.5, 0.0, 0.0, 0.0))
    assert rules(cropped) == ["coarse-picture"]


def test_a_text_on_a_picture_is_told() -> None:
    on_it = text_item("Alpha", box(1.2, 2.2, 1, 0.4))
    assert "on a picture" in drawn(picture(300), on_it)[0].message


@pytest.mark.parametrize("alt", ["", "IMG_2041", "harbour.png", "Picture 3", "screenshot"])
def test_alt_text_must_say_what_is_seen(alt: str) -> None:
    assert rules(picture(300, alt)) == ["alt-text"]


def test_a_group_wants_alt_text_an_ornament_none() -> None:
    inner = ShapeItem(name="Ball", box=box(1, 2, 0.2, 0.2), fill="ink")
    group = GroupItem(name="Ball", box=inner.box, items=(inner,))
    assert rules(group) == ["alt-text"]
    assert rules(replace(group, role="decorative")) == []


def table_of(columns: int, rows_: int, head: str = "Head") -> TableItem:
    width, height = inches(12 / columns), inches(4.5 / rows_)
    first = tuple(Cell(words(head if n else "", 11)) for n in range(columns))
    other = tuple(Cell(words("w", 11)) for _ in range(columns))
    return TableItem(
        name="Table", box=box(0.6, 1.8, 12, 4.5), widths=(width,) * columns,
        heights=(height,) * rows_, rows=(first, *[other] * (rows_ - 1)), alt="A table",
    )  # fmt: skip


def test_a_table_past_what_a_room_can_read_is_told() -> None:
    assert rules(table_of(9, 14)) == []
    assert "10 columns, more than 9" in drawn(table_of(10, 5))[0].message
    reports = drawn(table_of(5, 15))
    assert [report.rule for report in reports] == ["crowded"]
    assert "15 rows, more than 14" in reports[0].message


def test_each_column_wants_a_head_but_the_first() -> None:
    assert rules(table_of(3, 3, head=" ")) == ["table-head"]


def test_a_text_read_before_one_above_it_is_told() -> None:
    below = text_item("Beta runs", box(1, 3, 3, 0.4))
    assert rules(A, below) == []
    assert rules(below, A) == ["reading-order"]
    right = text_item("Gamma runs", box(1.6, 1, 3, 0.4))  # a row that goes up and down
    assert rules(A, right) == []


@pytest.mark.parametrize(
    ("words_", "expected"),
    [
        ("https://port.example/survey", 1),
        ("port.example/survey", 1),
        ("the survey", 0),
        ("port.example", 0),
    ],
)
def test_the_words_of_a_link_say_where_it_leads(words_: str, expected: int) -> None:
    text = bullets(points=f"'See [{words_}](https://port.example/survey)'")
    reports = found(text, "bare-link")
    assert len(reports) == expected
    assert all(report.mark.line == line_of(text, "See [") for report in reports)


def test_every_rule_is_tested_here() -> None:
    from pathlib import Path

    text = Path(__file__).read_text("utf-8")
    assert [code for code in RULES if f'"{code}"' not in text] == []
