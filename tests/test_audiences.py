"""One outline for several audiences: what each gets, what it must not change, what follows."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from textwrap import dedent, indent

import pytest

import deckgen
from deckgen.compose import compose
from deckgen.loader import load_text
from deckgen.outline import Outline
from deckgen.scene import Page, Scene
from deckgen.source import OutlineError
from outlines import ANALYSIS, items_of, with_slides, words_of


def told_to(audiences: str, text: str = ANALYSIS) -> str:
    """An outline with these audiences (a YAML list)."""
    return f"{text}audiences:\n{indent(dedent(audiences).strip(chr(10)), '  ')}\n"


def seen(text: str, audience: str) -> Outline:
    return load_text(text, "deck.yaml", audience)


def scene_for(text: str, audience: str) -> Scene:
    return compose(seen(text, audience))


def titles_for(text: str, audience: str) -> list[str]:
    return [page.title for page in scene_for(text, audience).pages]


def slides_for(text: str, audience: str) -> list[str]:
    return list(scene_for(text, audience).page_numbers())


def page_for(text: str, audience: str, slide: str) -> Page:
    return next(page for page in scene_for(text, audience).pages if page.slide_id == slide)


def told(text: str, audience: str = "") -> list[str]:
    """What is wrong, without the file's name."""
    with pytest.raises(OutlineError) as caught:
        compose(load_text(text, "deck.yaml", audience))
    return [str(problem).removeprefix("deck.yaml:") for problem in caught.value.problems]


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


STORY = with_slides(
    """
    - {kind: cover}
    - {kind: bullets, id: why, title: Quays are scarce, section: Why, points: [One, Two]}
    - {kind: tier-map, section: Who}
    - {kind: matrix, tags: [detail]}
    - {kind: profile, company: alpha}
    - {kind: profile, company: gamma, tags: [detail]}
    - {kind: closing, section: And we?}
    """
)


# -- slides in, out and in order ---------------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "wanted"),
    [
        ("", "cover why tier-map matrix profile-alpha profile-gamma closing"),
        ("exclude: matrix", "cover why tier-map profile-alpha profile-gamma closing"),
        ("exclude: [{kind: profile}]", "cover why tier-map matrix closing"),
        ("exclude: [{section: Who}, cover]", "why closing"),
        ("exclude: [{tag: detail}]", "cover why tier-map profile-alpha closing"),
        ("include: [cover, {section: Who}]", "cover tier-map matrix profile-alpha profile-gamma"),
        (
            "include: [{kind: profile}, closing], exclude: [{tag: detail}]",
            "profile-alpha closing",
        ),
        ("order: [closing, why]", "cover closing why tier-map matrix profile-alpha profile-gamma"),
        (
            "exclude: cover, order: [profile-gamma, cover, matrix]",
            "why tier-map profile-gamma matrix profile-alpha closing",
        ),
    ],
)
def test_slides_are_taken_left_and_ordered(choice: str, wanted: str) -> None:
    text = told_to(f"- {{name: board{', ' if choice else ''}{choice}}}", STORY)
    assert slides_for(text, "board") == wanted.split()


def test_one_audience_extends_another_and_its_include_begins_anew() -> None:
    text = told_to(
        """
        - {name: staff, exclude: matrix, title: For staff, subtitle: Internal}
        - {name: interns, extends: staff, exclude: closing, title: For interns}
        - {name: chiefs, extends: staff, include: [cover, matrix]}
        """,
        STORY,
    )
    assert "closing" in slides_for(text, "staff")
    assert set(slides_for(text, "staff")) - set(slides_for(text, "interns")) == {"closing"}
    assert (seen(text, "interns").title, seen(text, "interns").subtitle) == (
        "For interns",
        "Internal",
    )
    assert slides_for(text, "chiefs") == ["cover", "matrix"]
    assert seen(text, "chiefs").title == "For staff"


def test_a_slide_and_its_marks_are_seen_by_those_who_extend_an_audience() -> None:
    story = STORY.replace("{kind: matrix,", "{kind: matrix, only: [staff], not: [interns],")
    text = told_to("- staff\n- {name: interns, extends: staff}\n- guests", story)
    assert "matrix" in slides_for(text, "staff")
    assert "matrix" not in slides_for(text, "interns")
    assert "matrix" not in slides_for(text, "guests")
    assert "matrix" not in slides_for(text, "")  # a deck for nobody in particular


def test_who_extends_what_may_not_see_a_part_does_not_see_it_either() -> None:
    story = STORY.replace("{kind: matrix,", "{kind: matrix, not: [staff],")
    text = told_to("- staff\n- {name: interns, extends: staff}", story)
    assert "matrix" not in slides_for(text, "interns")
    assert "matrix" in slides_for(text, "")


def test_a_storyline_that_is_derived_is_chosen_from_by_the_ids_it_gets() -> None:
    text = told_to("- {name: board, exclude: [{kind: profile}, matrix], order: [closing]}")
    assert slides_for(text, "board") == [
        "cover",
        "summary",
        "tier-map",
        "dependency-map",
        "closing",
    ]


# -- sections, agenda and references follow ----------------------------------------------


def section_titles(text: str, audience: str) -> list[tuple[str, int]]:
    return [(section.title, section.count) for section in scene_for(text, audience).sections]


def test_a_section_begins_with_whichever_of_its_slides_is_first() -> None:
    text = told_to(
        "- {name: board, exclude: [cover, tier-map], order: [profile-alpha, matrix]}", STORY
    )
    assert section_titles(text, "board") == [("Why", 1), ("Who", 3), ("And we?", 1)]
    assert slides_for(text, "board")[1] == "profile-alpha"


def test_a_slide_that_is_moved_out_of_its_section_joins_the_one_where_it_lands() -> None:
    text = told_to("- {name: board, order: [closing, matrix, why]}", STORY)
    assert slides_for(text, "board")[:4] == ["cover", "closing", "matrix", "why"]
    titles = [("Who controls the harbour", 1), ("And we?", 2), ("Why", 1), ("Who", 3)]
    assert section_titles(text, "board") == titles


def test_a_section_that_is_left_out_leaves_no_trace() -> None:
    text = told_to("- {name: board, exclude: [cover, {section: Who}]}", STORY)
    assert section_titles(text, "board") == [("Why", 1), ("And we?", 1)]


def test_a_divider_goes_with_its_section_and_its_title_stays_without_it() -> None:
    story = with_slides(
        """
        - {kind: section, id: one, title: The first part}
        - {kind: bullets, id: a, title: A says it, points: [x]}
        - {kind: section, id: two, title: The second part}
        - {kind: bullets, id: b, title: B says it, points: [x]}
        """
    )
    text = told_to("- {name: lean, exclude: one}\n- {name: half, exclude: b}", story)
    assert slides_for(text, "lean") == ["a", "two", "b"]
    assert section_titles(text, "lean") == [("The first part", 1), ("The second part", 2)]
    assert slides_for(text, "half") == ["one", "a"]
    assert section_titles(text, "half") == [("The first part", 2)]


AGENDA = STORY.replace(
    "  - {kind: bullets, id: why",
    """  - kind: agenda
    items:
      - {title: The reasons, slide: why?}
      - {title: The field, slide: tier-map?}
      - {title: Our answer, slide: closing}
  - {kind: bullets, id: why""",
)


def test_an_agenda_leads_to_what_is_left_of_a_section_and_drops_what_is_not() -> None:
    text = told_to("- {name: board, exclude: [{section: Why}, tier-map]}", AGENDA)
    page = page_for(text, "board", "agenda")
    words = words_of(page)
    assert "The reasons" not in words
    assert "The field" in words
    assert "p. 3–5" in words  # matrix and two profiles
    assert "p. 6" in words


def test_page_numbers_are_those_of_the_audience() -> None:
    text = told_to("- {name: board, order: [closing, cover]}", AGENDA)
    assert "p. 1" in words_of(page_for(text, "board", "agenda"))


def test_a_reference_to_what_is_withheld_is_told_at_its_line_or_drops_out() -> None:
    summary = """
    - kind: summary
      title: It all comes down to the quay
      points:
        - {claim: The quay decides, slides: [tier-map, matrix]}
        - {claim: The rest follows, evidence: "See [the matrix](#matrix) and [the map](#tier-map)"}
    - {kind: tier-map}
    - {kind: matrix}
    """
    text = told_to("- {name: board, exclude: matrix}", with_slides(summary))
    first, second = told(text, "board")
    line = line_of(text, "slides: [tier-map, matrix]")
    assert first.startswith(f"{line}:")
    assert "the slide “matrix” is not in the deck for “board”" in first
    assert "write `matrix?` if it may drop out here" in first
    assert second.startswith(f"{line + 1}:")
    text = text.replace("matrix]}", "matrix?]}").replace("(#matrix)", "(#matrix?)")
    words = words_of(page_for(text, "board", "summary"))
    assert "p. 2" in words
    assert "See the matrix and the map" in words
    links = [
        run.link.target
        for item in page_for(text, "board", "summary").items
        for paragraph in getattr(getattr(item, "body", None), "paragraphs", ())
        for run in paragraph.runs
        if run.link
    ]
    assert links == ["#tier-map"]
    assert "p. 2–3" in words_of(page_for(text, "", "summary"))  # all is there for the others


# -- companies that are withheld ---------------------------------------------------------


def without_beta(text: str = STORY) -> str:
    return told_to(
        "- investors", text.replace("- name: Beta\n", "- name: Beta\n    not: investors\n")
    )


def test_a_company_that_is_withheld_leaves_no_gap() -> None:
    beta = STORY.replace("{kind: profile, company: alpha}", "{kind: profile, company: beta}")
    text = without_beta(beta)
    assert (
        slides_for(text, "investors") == "cover why tier-map matrix profile-gamma closing".split()
    )
    page = page_for(text, "investors", "tier-map")
    assert "Beta" not in words_of(page)
    cards = [item.name for item in items_of(page, "Company: ")]
    assert cards == ["Company: Alpha", "Company: Gamma", "Company: Everyone else"]
    matrix = page_for(text, "investors", "matrix")
    assert "Beta" not in words_of(matrix)
    assert (
        "3 companies by 3 criteria" in next(iter(items_of(matrix, "Matrix"))).alt
    )  # with the group


def test_the_sentences_made_from_the_analysis_are_true_of_the_whole_of_it() -> None:
    assert "Only Alpha meets both criteria" in titles_for(told_to("- board"), "board")
    assert "Alpha meets both criteria" in titles_for(without_beta(ANALYSIS), "investors")
    few = titles_for(without_beta(ANALYSIS), "investors")
    assert "Alpha stands in the first tier, Harbour owners" in few  # of how many is not said


def test_what_depends_on_a_withheld_company_loses_only_that() -> None:
    text = STORY.replace(
        "depends_on: [{company: gamma, for: handling}]",
        "depends_on: [{company: gamma, for: handling}, {company: beta, for: tugs}]",
    )
    outline = seen(without_beta(text), "investors")
    assert [need.for_ for need in outline.groups[0].depends_on] == ["handling"]
    assert outline.groups[0].withheld == {"depends_on"}
    assert len(seen(without_beta(text), "").groups[0].depends_on) == 2


def test_rows_marks_and_bars_of_a_withheld_company_go_with_it() -> None:
    story = with_slides(
        """
        - kind: bar-chart
          title: Alpha lands most
          measure: Landings
          rows:
            - {company: alpha, value: 4}
            - {company: beta, value: 3}
            - {company: gamma, value: 2}
            - {name: Others, value: 1}
        - {kind: matrix, title: Who owns what, companies: [alpha, beta], highlight: [beta]}
        """
    )
    outline = seen(without_beta(story), "investors")
    chart, matrix = outline.slides
    assert [row.company or row.name for row in chart.rows] == ["alpha", "gamma", "Others"]  # type: ignore[attr-defined]
    assert matrix.companies == ("alpha",)  # type: ignore[attr-defined]
    assert matrix.highlight == ()  # type: ignore[attr-defined]


def test_too_little_that_is_left_is_told_at_the_slide() -> None:
    story = with_slides(
        """
        - {kind: matrix, title: Who owns what, companies: [beta]}
        - kind: positioning
          title: Where they stand
          x: {name: Size, low: small, high: large}
          y: {name: Reach, low: near, high: far}
          places:
            - {company: alpha, x: 1, y: 1}
            - {company: beta, x: 5, y: 5}
            - {company: gamma, x: 9, y: 9}
        """
    )
    text = without_beta(story)
    matrix, places = told(text, "investors")
    assert matrix.startswith(f"{line_of(text, 'kind: matrix')}:")
    assert "nothing of `companies` is left for “investors”" in matrix
    assert places.startswith(f"{line_of(text, 'kind: positioning')}:")
    assert "2 entries are left for “investors”, and `places` takes at least 3" in places


@pytest.mark.parametrize(
    "slide",
    [
        "- {kind: bullets, title: Beta is building, points: [x]}",
        "- {kind: bullets, title: Some build, points: [Ask **Beta** about it]}",
        "- {kind: bullets, title: Some build, points: [x], notes: BETA comes last}",
        "- {kind: bullets, title: Some build, points: [x], kicker: Bee}",
        "- {kind: bullets, title: Some build, points: [x], id: on-beta}",
    ],
)
def test_a_text_that_names_a_withheld_company_is_told_at_its_line(slide: str) -> None:
    text = without_beta(
        with_slides(slide).replace("- name: Beta", "- name: Beta\n    aliases: [Bee]")
    )
    (problem,) = told(text, "investors")
    assert problem.startswith(f"{line_of(text, '- {kind: bullets')}:")
    assert "names Beta, which is withheld from “investors”" in problem
    assert ("“Bee” names" in problem) == ("Bee" in slide)
    assert slides_for(text, "")  # nobody else minds


def test_a_name_within_a_longer_one_that_is_told_is_no_mention() -> None:
    text = with_slides(
        "- {kind: bullets, title: Some build, points: [Beta Lines sails, betas too]}"
    )
    text = text.replace("groups:\n", "  - {name: Beta Lines, tier: operators}\ngroups:\n")
    assert seen(without_beta(text), "investors")


# -- claims, notes, rows -----------------------------------------------------------------


@pytest.mark.parametrize("sort", ["stated", "inference"])
def test_a_quadrant_is_called_silent_only_where_the_sources_are(sort: str) -> None:
    text = STORY.replace(
        "exposure: [{inference: Alpha could run the cranes itself}]",
        f"exposure: [{{{sort}: Alpha could run the cranes itself, not: [investors]}}]",
    )
    text = told_to("- investors", text)
    page = page_for(text, "investors", "profile-gamma")
    assert "Alpha could run" not in words_of(page)
    assert "Volumes keep growing" in words_of(page)
    silent = "Not stated" in [item.name for item in page.items]
    assert silent == ("The exposure" in words_of(page)) == (sort == "inference")
    assert "Alpha could run" in words_of(page_for(text, "", "profile-gamma"))


def test_notes_a_question_and_evidence_are_withheld_alone() -> None:
    story = with_slides(
        """
        - kind: summary
          title: It all comes down to the quay
          points:
            - claim: The quay decides
              evidence: {stated: The survey says so, not: guests}
            - {claim: The cranes follow, not: guests}
            - The rail comes last
          notes: {say: Not for guests at all, not: guests}
        """,
        ANALYSIS.replace("question:\n", "question:\n  only: hosts\n"),
    )
    text = told_to("- guests\n- hosts", story)
    page = page_for(text, "guests", "summary")
    words = words_of(page)
    assert "The quay decides" in words
    for secret in ("The survey says so", "The cranes follow", "want to be"):
        assert secret not in words
    assert [note.lead for note in page.notes] == ["Message", "Source"]
    assert "want to be" in words_of(page_for(text, "hosts", "summary"))


def test_a_text_is_withheld_alone() -> None:
    story = with_slides(
        """
        - kind: tier-map
          title: {text: A title, not: guests}
          note: {text: Fees are estimates, only: [staff]}
          takeaway: {text: Quays decide, not: staff}
        - {kind: bullets, title: {text: Must be, not: [guests]}, points: [x]}
        """,
        ANALYSIS.replace("basis: Rents by the day", "basis: {text: Rents by the day, not: guests}"),
    )
    text = told_to("- guests\n- staff", story)
    assert told(text, "guests") == [
        f"{line_of(text, 'Must be')}:5: `title` is missing (in the deck for “guests”);"
        " say the slide’s message in a sentence"
    ]
    text = text.replace("{text: Must be, not: [guests]}", "Must be")
    guests, staff = (words_of(page_for(text, who, "tier-map")) for who in ("guests", "staff"))
    assert "Rents by the day" not in guests
    assert "Three tiers rank the field" in guests
    assert "Fees are estimates" not in guests
    assert "Quays decide" in guests
    for words in ("Rents by the day", "A title", "Fees are estimates"):
        assert words in staff
    assert "Quays decide" not in staff


def test_a_text_in_an_entry_or_a_standing_is_withheld_whatever_else_goes() -> None:
    story = with_slides(
        """
        - kind: summary
          title: It all comes down to the quay
          points:
            - {claim: Not for guests, not: guests}
            - {claim: {text: Nor is this, not: guests}, id: x}
            - {claim: The third, evidence: For all}
            - {claim: The fourth, evidence: {stated: {text: Nor this, not: guests}}}  # the claim
        - {kind: matrix}
        """,
        ANALYSIS.replace("note: two of five", "note: {text: two of five, not: guests}"),
    )
    text = told_to("- guests\n- staff", story)
    required, stated = told(text, "guests")
    assert (
        "`claim` cannot be withheld alone (in the deck for “guests”); withhold what it stands in"
        in required
    )
    assert (
        "`stated` cannot be withheld alone (in the deck for “guests”); withhold what it stands in"
        in stated
    )
    text = text.replace("claim: {text: Nor is this, not: guests}", "claim: This is for all")
    text = text.replace("{stated: {text: Nor this, not: guests}}", "{stated: Nor, not: guests}")
    outline = seen(text, "guests")
    points = outline.slides[0].points  # type: ignore[attr-defined]
    assert [point.claim for point in points] == ["This is for all", "The third", "The fourth"]
    assert points[2].evidence is None
    assert "two of five" not in words_of(page_for(text, "guests", "matrix"))
    assert "two of five" in words_of(page_for(text, "staff", "matrix"))


TABLE = with_slides(
    """
    - kind: table
      title: Who pays what
      columns: [Line, {head: Fee, not: guests}, Share]
      rows:
        - {cells: [Ferry, "100", "10"], group: Old}
        - {cells: [Barge, "200", "20"], not: guests, group: New}
        - {cells: [Tug, "300", "30"]}
      totals: [Sum, "600", "60"]
    """
)


def test_rows_and_columns_of_a_table_go_with_their_cells_and_sums() -> None:
    text = told_to("- guests", TABLE)
    table = seen(text, "guests").slides[0]
    assert [column.head for column in table.columns] == ["Line", "Share"]  # type: ignore[attr-defined]
    rows = [(row.cells, row.group) for row in table.rows]  # type: ignore[attr-defined]
    assert rows == [(("Ferry", "10"), "Old"), (("Tug", "30"), "New")]
    assert table.totals == ()  # type: ignore[attr-defined]


def test_places_in_a_list_are_numbered_without_a_gap() -> None:
    text = told_to("- guests", TABLE)
    row = seen(text, "guests").slides[0].rows[1]  # type: ignore[attr-defined]
    assert row.mark.path == "slides.table.rows.2"
    assert row.cells[0].mark.path == "slides.table.rows.2.cells.1"
    assert row.mark.line == line_of(text, "[Tug,")


def test_what_cannot_be_withheld_alone_says_so() -> None:
    story = with_slides(
        """
        - kind: comparison
          title: Before and after
          before: {head: Old, not: guests}
          after: New
          rows:
            - {label: Quay, before: {stated: few, not: guests}, after: many}
            - {label: Crane, before: few, after: many}
        """,
        ANALYSIS.replace("short: Owners\n", "short: Owners\n    not: guests\n").replace(
            "{state: met, note: two of five}", "{state: met, only: guests}"
        ),
    )
    text = told_to("- guests", story)
    tier, standing = told(text, "guests")
    assert "`not` cannot stand here; without a tier those below it would change their rank" in tier
    assert "`only` cannot stand here; it would read as “not stated”" in standing
    text = text.replace("    not: guests\n    places", "    places").replace(", only: guests", "")
    head, row = told(text, "guests")
    assert (
        "`before` cannot be withheld alone (in the deck for “guests”); withhold what it stands in"
        in head
    )
    assert "its absence would say that the sources are silent" in row


def test_a_source_that_only_withheld_parts_name_goes_with_them() -> None:
    text = ANALYSIS.replace(
        "source: survey\n",
        "  - {id: memo, text: A memo}\n  - {id: more, text: Further reading}\nsource: survey\n",
    ).replace("basis: Is building a quay", "basis: Is building a quay\n    source: memo")
    text = without_beta(text)
    assert [source.id for source in seen(text, "investors").sources] == ["survey", "more"]
    assert len(seen(text, "").sources) == 3
    marked = told_to(
        "- investors",
        ANALYSIS.replace("text: Port survey, 2024", "text: Port survey, 2024\n    not: investors"),
    )
    (problem,) = told(marked, "investors")
    assert "the source “survey” is withheld from “investors”" in problem


def test_of_several_sources_one_may_drop_out() -> None:
    text = ANALYSIS.replace(
        "source: survey\n", "  - {id: memo, text: A memo, not: guests}\nsource: [survey, memo?]\n"
    )
    text = told_to("- guests\n- staff", text)
    assert seen(text, "guests").source == ("survey",)
    assert seen(text, "staff").source == ("survey", "memo")
    (problem,) = told(text.replace("[survey, memo?]", "memo?"), "guests")
    assert "no source is left here for “guests”" in problem


# -- wording -----------------------------------------------------------------------------


def test_words_are_replaced_added_and_taken_away_per_slide() -> None:
    story = with_slides(
        """
        - kind: tier-map
          title: Three tiers rank the harbour
          kicker: The tiers
          takeaway: It is the quay that counts
          notes: {say: For everyone, ask: Who is missing?}
        - {kind: closing}
        """
    )
    text = told_to(
        """
        - name: board
          theme: dark
          language: en-GB
          labels: {decide: To decide}
          question: {prompts: [{ask: What do we decide?}]}
          companies: [{id: gamma, basis: Works Alpha’s cranes for a fee}]
          slides:
            - id: tier-map
              title: Only one company owns all it needs
              kicker:
              notes: {say: For the board}
        """,
        story,
    )
    outline = seen(text, "board")
    assert (outline.theme, outline.language, outline.labels.decide) == (
        "dark",
        "en-GB",
        "To decide",
    )
    assert outline.question is not None
    assert outline.question.instruction  # which the board did not change
    assert [prompt.ask for prompt in outline.question.prompts] == ["What do we decide?"]
    slide = outline.slides[0]
    assert slide.title == "Only one company owns all it needs"
    assert slide.kicker == ""
    assert (slide.notes.say, slide.notes.ask) == ("For the board", "Who is missing?")
    assert slide.title.mark.line == line_of(text, "Only one company")
    assert outline.companies[2].basis == "Works Alpha’s cranes for a fee"
    base = seen(text, "")
    assert (base.slides[0].kicker, base.companies[2].basis) == ("The tiers", "Runs Alpha’s cranes")


def test_entries_of_a_list_are_reworded_by_their_id_or_replaced_together() -> None:
    story = with_slides(
        """
        - kind: summary
          title: It all comes down to the quay
          points:
            - {id: quay, claim: The quay decides, evidence: {inference: So it seems}}
            - {id: rest, claim: The rest follows}
        - {kind: bullets, id: more, title: There is more, points: [One, Two]}
        """
    )
    text = told_to(
        """
        - name: a
          slides:
            - id: summary
              points: [{id: quay, claim: Own a quay, evidence: Or so we read it}]
        - {name: b, slides: [{id: more, points: [First, Second, Third]}]}
        """,
        story,
    )
    points = seen(text, "a").slides[0].points  # type: ignore[attr-defined]
    assert [point.claim for point in points] == ["Own a quay", "The rest follows"]
    assert points[0].evidence.inference == "Or so we read it"  # which it stays
    points = seen(text, "b").slides[1].points  # type: ignore[attr-defined]
    assert [point.text for point in points] == ["First", "Second", "Third"]


def test_an_audience_may_withhold_more_but_not_see_more_by_itself() -> None:
    story = STORY.replace("- name: Beta\n", "- name: Beta\n    not: guests\n")
    more = told_to("- guests\n- {name: staff, companies: [{id: beta, not: staff}]}", story)
    assert "beta" not in [company.id for company in seen(more, "staff").companies]
    other = told_to("- {name: guests, companies: [{id: beta, not: staff}]}\n- staff", story)
    assert "beta" not in [company.id for company in seen(other, "guests").companies]
    for base, change in (("not: guests", "not: "), ("only: staff", "only: guests")):
        text = told_to(
            f"- {{name: guests, companies: [{{id: beta, {change}}}]}}\n- staff",
            STORY.replace("- name: Beta\n", f"- name: Beta\n    {base}\n"),
        )
        (problem,) = told(text)
        assert "an audience cannot see more by itself" in problem


def test_a_budget_is_inherited() -> None:
    text = told_to(
        "- {name: a, budget: {max_slides: 9, minutes: 5}}\n"
        "- {name: b, extends: a, budget: {minutes: 7}}"
    )
    (own,) = seen(text, "b").audiences
    assert (own.budget.max_slides, own.budget.minutes) == (9, 7)


def test_an_audience_adds_slides_of_its_own() -> None:
    text = told_to(
        """
        - name: staff
          slides:
            - {kind: bullets, id: next, after: tier-map, title: What we do next, points: [x]}
            - {kind: bullets, id: last, title: What we do last, points: [x]}
        """,
        STORY,
    )
    assert slides_for(text, "staff")[3] == "next"
    assert slides_for(text, "staff")[-1] == "last"
    assert "next" not in slides_for(text, "")


# -- facts -------------------------------------------------------------------------------

FACTS = {
    "companies: [{id: alpha, tier: shippers}]": "`tier` is a fact",
    "companies: [{id: alpha, name: Alfa, id: alpha}]": "`name` is a fact",
    "companies: [{id: gamma, criteria: {cranes: relies on others}}]": "`state` is a fact",
    "companies: [{id: gamma, criteria: {rail: met}}]": "“rail” is not told in the outline",
    "companies: [{id: gamma, criteria: {cranes: {inference: true}}}]": "`inference` is a fact",
    "companies: [{id: beta, criteria: }]": "`criteria` is a fact",
    "companies: [{id: gamma, depends_on: [{company: beta, for: x}]}]": "`depends_on` holds facts",
    "companies: [{id: beta, depends_on: [{company: alpha, for: x}]}]": "`depends_on` is a fact",
    "companies: [{id: beta, building: false}]": "`building` is a fact",
    "companies: [{id: gamma, bet: [Something else]}]": "`bet` holds facts",
    "companies: [{name: Delta, tier: owners}]": "no entry of `companies` has the id “delta”",
    "companies: [{id: beta, source: survey}]": "`source` is a fact",
    "criteria: [{id: quay, name: A quay}]": "`name` is a fact",
    "tiers: [{id: owners, criteria: [quay]}]": "`criteria` is a fact",
    "sources: [{id: survey, text: A survey}]": "`text` is a fact",
    "source: other": "`source` is a fact",
    "question: {target: owners}": "`target` is a fact",
    "slides: [{id: bars, rows: [{name: A, value: 1}]}]": "`rows` holds facts",
    "slides: [{id: bars, rows: [{id: a, value: 9}]}]": "`value` is a fact",
    "slides: [{id: bars, unit: tonnes}]": "`unit` is a fact",
    "slides: [{id: bars, kind: table}]": "`kind` is a fact",
    "slides: [{id: bars, notes: {evidence: [It is so]}}]": "`evidence` holds an inference",
    "slides: [{id: bars, title: Alpha lands 5000 tonnes}]": "“5000” stands nowhere in the outline",
    "slides: [{id: fees, rows: [{id: r, cells: [x, y]}]}]": "`cells` is a fact",
    "slides: [{id: bars, notes: {evidence: [{id: e, stated: It is}]}}]": (
        "this is `inference` in the outline, and cannot become `stated`"
    ),
}


@pytest.mark.parametrize("change", FACTS)
def test_a_fact_has_one_value_and_an_attempt_is_told_at_its_line(change: str) -> None:
    story = with_slides(
        """
        - kind: bar-chart
          id: bars
          title: Alpha lands most, 4 of 9 or 40 tonnes
          measure: Landings
          rows:
            - {id: a, name: Ferries, value: 4}
            - {id: b, name: Barges, value: 3}
            - {id: c, name: Tugs, value: 2}
          notes: {evidence: [{id: e, inference: It seems so}]}
        - kind: table
          id: fees
          title: Who pays
          columns: [Line, Fee]
          rows: [{id: r, cells: [A, "1"]}]
        """
    )
    text = told_to(f"- name: board\n  {change}", story)
    problems = told(text)  # in whatever deck is built
    assert FACTS[change] in problems[0]
    assert problems[0].startswith(f"{line_of(text, change)}:")


def test_a_reworded_text_may_take_numbers_from_the_outline_and_small_counts() -> None:
    story = with_slides("- {kind: bullets, id: a, title: In 2024 it was 40, points: [Or 1.5]}")
    text = told_to("- name: b\n  slides: [{id: a, title: 'Of 3, 1.5 in 2024'}]", story)
    assert seen(text, "b").slides[0].title == "Of 3, 1.5 in 2024"


def test_slides_that_are_derived_are_reworded_by_the_ids_they_get() -> None:
    text = told_to(
        """
        - name: board
          slides:
            - {id: tier-map, title: The board sees three tiers}
            - {kind: bullets, id: next, after: matrix, title: What follows, points: [x]}
        """
    )
    ids = slides_for(text, "board")
    assert ids == [*slides_for(text, "")[:4], "next", *slides_for(text, "")[4:]]
    assert titles_for(text, "board")[2] == "The board sees three tiers"
    assert titles_for(text, "board")[3] == titles_for(text, "")[3]


def test_to_say_a_fact_again_is_no_change() -> None:
    text = told_to("- name: board\n  companies: [{id: beta, tier: owners, building: true}]")
    assert seen(text, "board").companies[1].building


# -- mistakes in audiences ---------------------------------------------------------------


def test_mistakes_in_every_audience_are_told_at_once() -> None:
    text = told_to(
        """
        - {name: board, exclude: [matriks], order: [covr]}
        - {name: guests, extends: bord, titel: x}
        - {name: board}
        - {name: a/b}
        - {name: one, extends: two}
        - {name: two, extends: one}
        - {name: three, slides: [{id: tier-mop, title: x}]}
        """,
        STORY.replace("{kind: matrix,", "{kind: matrix, only: [bard],"),
    )
    first = line_of(text, "audiences:")
    wanted = [
        (line_of(text, "only: [bard]"), "no audience has the id “bard”; did you mean “board”?"),
        (first + 1, "no slide has the id “matriks”; did you mean “matrix”?"),
        (first + 1, "no slide has the id “covr”; did you mean “cover”?"),
        (first + 2, "no audience has the name “bord”; did you mean “board”?"),
        (first + 2, "unknown key `titel`; did you mean “title”?"),
        (first + 3, "the audience “board” is given twice"),
        (first + 4, "an audience cannot be called “a/b”"),
        (first + 5, "“one” extends itself"),
        (first + 6, "“two” extends itself"),
        (first + 7, "no slide has the id “tier-mop”; did you mean “tier-map”?"),
    ]
    problems = told(text)
    for (line, words), problem in zip(wanted, problems, strict=True):
        assert problem.startswith(f"{line}:"), problem
        assert words in problem


def test_an_unknown_audience_is_told_with_the_nearest_name() -> None:
    (problem,) = told(told_to("- board\n- investors"), "bord")
    assert problem.endswith("no audience is called “bord”; did you mean “board”?")


def test_an_audience_for_whom_nothing_is_left_is_told() -> None:
    (problem,) = told(told_to("- {name: board, include: cover, exclude: cover}"), "board")
    assert "no slide is left for “board”" in problem


# -- a file of its own -------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "harbour.yaml").write_text(told_to("- {name: board, exclude: matrix}", STORY))
    (tmp_path / "guests.yaml").write_text(
        "extends: harbour.yaml\nexclude: [closing]\nslides:\n"
        "  - {id: tier-map, title: Guests see three tiers}\n"
    )
    return tmp_path


def test_a_file_extends_an_outline_as_an_entry_in_it_would(folder: Path) -> None:
    own = deckgen.load(folder / "guests.yaml")
    inline = told_to(
        """
        - name: guests
          exclude: [closing]
          slides: [{id: tier-map, title: Guests see three tiers}]
        """,
        STORY,
    )
    assert deckgen.build(own).data == deckgen.build(seen(inline, "guests")).data
    assert own.slides[2].title.mark.file == str(folder / "guests.yaml")
    assert own.slides[2].mark.file == str(folder / "harbour.yaml")


def test_a_file_extends_an_audience_and_the_outline_may_list_it(folder: Path) -> None:
    (folder / "lean.yaml").write_text("extends: harbour.yaml#board\nname: lean\nexclude: closing\n")
    lean = deckgen.load(folder / "lean.yaml")
    assert {"matrix", "closing"}.isdisjoint(slide.id for slide in lean.slides)
    text = (folder / "harbour.yaml").read_text()
    (folder / "harbour.yaml").write_text(
        text.replace("{kind: closing,", "{kind: closing, not: [guests],")
        + "  - file: guests.yaml\n"
    )
    listed = deckgen.load(folder / "harbour.yaml", audience="guests")
    assert listed.slides[2].title == "Guests see three tiers"
    assert listed.slides == deckgen.load(folder / "guests.yaml").slides


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("extends: harbor.yaml\n", "1:10: there is no file “harbor.yaml” beside this one"),
        ("extends: guests.yaml\n", "1:10: these files extend one another in a circle"),
        ("extends: /etc/passwd\n", "1:10: “/etc/passwd” is no outline"),
        ("extends: /x/harbour.yaml\n", "must be a path from this file’s folder"),
        ("extends: [harbour.yaml]\n", "1:10: a list is no outline"),
        ("extends: harbour.yaml#bord\n", "no audience has the name “bord”; did you mean “board”?"),
        ("extends: harbour.yaml\nname: board\n", "2:7: the audience “board” is given twice"),
        ("extends: harbour.yaml\ntitel: x\n", "2:1: unknown key `titel`; did you mean “title”?"),
    ],
)
def test_mistakes_in_a_file_are_told_there(folder: Path, text: str, words: str) -> None:
    path = folder / "guests.yaml"
    path.write_text(text)
    with pytest.raises(OutlineError) as caught:
        deckgen.load(path)
    (problem,) = caught.value.problems
    assert problem.mark.file == str(path)
    assert words in str(problem)


def test_an_entry_must_name_a_file_that_extends_the_outline(folder: Path) -> None:
    (folder / "other.yaml").write_text("title: Another outline\n")
    text = (folder / "harbour.yaml").read_text() + "  - {file: other.yaml, title: x}\n"
    (folder / "harbour.yaml").write_text(text)
    with pytest.raises(OutlineError) as caught:
        deckgen.load(folder / "harbour.yaml")
    problems = [problem.message for problem in caught.value.problems]
    assert problems == [
        "“other.yaml” does not extend this outline",
        "`title` belongs into the file of the audience",
    ]


# -- decks agree, and are the same every time --------------------------------------------


def test_an_outline_without_audiences_gives_the_same_deck_as_one_with_them() -> None:
    plain = deckgen.build(load_text(STORY)).data
    assert deckgen.build(load_text(told_to("- board", STORY))).data == plain
    assert deckgen.build(load_text(told_to("- board", STORY), audience="board")).data == plain


def test_what_is_said_of_audiences_stands_in_no_deck() -> None:
    text = told_to("- {name: skeptics, description: They trust nobody at all}", STORY)
    for audience in ("", "skeptics"):
        data = deckgen.build(load_text(text, audience=audience)).data
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            everything = b"".join(package.read(name) for name in package.namelist())
        assert b"skeptics" not in everything
        assert b"trust nobody" not in everything


def test_a_withheld_sentence_that_stands_elsewhere_is_noticed_at_both_lines() -> None:
    story = with_slides(
        """
        - kind: bullets
          title: Three things follow
          points:
            - {text: Its quay lease ends soon, not: [guests]}
            - Quays are few
          notes: Mind that its quay lease ends soon, as they know.
        """
    )
    text = told_to("- guests\n- staff", story)
    (notice,) = seen(text, "guests").notices
    line = line_of(text, "notes: Mind")
    first = line_of(text, "{text: Its quay")
    assert notice.startswith(f"deck.yaml:{line}:")
    assert f"this tells what line {first} withholds from “guests”" in notice
    assert seen(text, "staff").notices == ()


def test_the_example_of_the_reference_as_written(tmp_path: Path) -> None:
    reference = (Path(__file__).parents[1] / "decks" / "OUTLINE.md").read_text("utf-8")
    example = reference.split("## Audiences")[1].split("```yaml\n")[1].split("```")[0]
    head = (
        "title: The harbour\ntiers: [{name: Owners}, {name: Renters}]\n"
        "criteria: [{name: Own quay}]\n"
    )
    path = tmp_path / "harbour.yaml"
    path.write_text(head + example, "utf-8")
    (tmp_path / "lenders.yaml").write_text("extends: harbour.yaml\n", "utf-8")
    words = {}
    for name in ("board", "guests", "lenders"):
        scene = compose(deckgen.load(path, audience=name))
        words[name] = "\n".join(text for page in scene.pages for text in page.texts())
    assert ["Beta" in words[name] for name in words] == [True, False, False]
    assert ["Fees are estimates" in words[name] for name in words] == [True, False, False]
    assert ["Fees will rise" in words[name] for name in words] == [True, False, True]
    assert "Own a quay or pay for one" in words["board"]


# -- true of the whole, also where not all is told ---------------------------------------------

MORE = ANALYSIS.replace("groups:\n", "  - {name: Delta, tier: shippers}\ngroups:\n")


def derived_titles(analysis: str, slides: str = "") -> str:
    text = with_slides(slides, analysis) if slides else analysis
    return "\n".join(titles_for(told_to("- guests", text), "guests"))


def test_no_title_counts_or_compares_with_what_is_withheld() -> None:
    alike = MORE.replace("criteria: {quay: in build}", "criteria: {quay: met, cranes: met}")
    without = alike.replace("- name: Gamma\n", "- name: Gamma\n    not: guests\n")
    without = without.replace("{company: gamma, for: handling}", "{company: beta, for: handling}")
    titles = derived_titles(without.replace("Delta, tier", "Delta, not: guests, tier"))
    assert "Both" not in titles
    assert "All" not in titles
    chart = """
    - kind: bar-chart
      measure: Landings
      rows:
        - {name: A, value: 9, not: guests}
        - {name: B, value: 4}
        - {name: C, value: 3}
        - {name: D, value: 2}
    """
    assert derived_titles(MORE, chart) == "B, landings: 4"
    some = "- {kind: matrix, companies: [alpha, gamma]}"
    assert derived_titles(alike, some) == "Alpha meets both criteria"  # as Beta does, unseen
    sources = MORE.replace(
        "source: survey\n", "  - {id: memo, text: A memo, not: guests}\nsource: [survey, memo?]\n"
    )
    assert derived_titles(sources, "- {kind: sources}") == "One source is cited here"


def test_a_criterion_that_defines_a_tier_is_not_withheld() -> None:
    text = ANALYSIS.replace("criteria: [quay, cranes]", "criteria: [quay, 'cranes?']").replace(
        "{id: cranes, name: Own cranes}", "{id: cranes, name: Own cranes, not: guests}"
    )
    problems = told(told_to("- guests", text), "guests")
    assert any("“cranes” defines this, and is withheld from “guests”" in p for p in problems)


def test_standings_that_are_withheld_are_not_called_silence() -> None:
    text = ANALYSIS.replace("    criteria: [quay, cranes]\n", "")
    for name in ("quay", "cranes"):
        text = text.replace(f"{{id: {name}, ", f"{{not: guests, id: {name}, ")
    page = page_for(told_to("- guests", text), "guests", "profile-gamma")
    assert "What it owns" not in words_of(page)


def test_the_title_of_a_section_is_withheld_wherever_it_would_stand() -> None:
    marked = "{text: Sell the harbour, not: guests}"
    story = with_slides(
        f"""
        - {{kind: bullets, id: a, title: A says it, section: {marked}, points: [x]}}
        - {{kind: section, id: one, title: {marked}}}
        - {{kind: bullets, id: b, title: B says it, points: [x]}}
        """
    )
    text = told_to("- {name: guests, exclude: one}\n- staff", story)
    assert section_titles(text, "guests") == []
    assert ("Sell the harbour", 1) in section_titles(text, "staff")


def test_a_slide_moved_before_its_own_divider_begins_no_section() -> None:
    story = with_slides(
        """
        - {kind: section, id: one, title: First}
        - {kind: bullets, id: a, title: A says it, points: [x]}
        - {kind: section, id: two, title: Second}
        - {kind: bullets, id: b, title: B says it, points: [x]}
        - {kind: bullets, id: c, title: C says it, points: [x]}
        """
    )
    text = told_to("- {name: board, order: [b, two]}", story)
    assert section_titles(text, "board") == [("First", 3), ("Second", 2)]


# -- names in every guise ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("華為", "我們認為華為公司正在建設港口"),
        ("삼성전자", "삼성전자는 항구를 짓는다"),
        ("Acme Lines", "We met Acme\u00a0Lines today"),
        ("Acme Lines", "We met Acme  Lines today"),
        ("Acme", "All of Acme’s ships"),
        ("Acme", "All Acmes are alike"),
        ("Ac\u00adme", "We met Acme today"),
        ("Café", "We met Cafe\u0301 today"),
        ("Acme", "[See them](https://www.acme.com/r)"),
        ("C++ (Ltd.)", "We met C++ (Ltd.) today"),
    ],
)
def test_a_withheld_name_is_found_in_every_guise(name: str, words: str) -> None:
    company = f'  - {{name: "{name}", tier: shippers, not: guests}}\ngroups:\n'
    slide = f'- {{kind: bullets, title: Some build, points: ["{words}"]}}'
    text = with_slides(slide, ANALYSIS.replace("groups:\n", company))
    (problem,) = told(told_to("- guests", text), "guests")
    assert problem.startswith(f"{line_of(text, '- {kind: bullets')}:")
    assert "which is withheld from “guests”" in problem


def test_an_id_made_from_a_name_is_found_and_one_that_is_a_kind_is_not() -> None:
    company = "  - {name: Matrix, tier: shippers, not: guests}\ngroups:\n"
    analysis = ANALYSIS.replace("groups:\n", company)
    assert "matrix" in slides_for(told_to("- guests", analysis), "guests")
    marked = with_slides("- {kind: bullets, id: Matrix_plan, title: A plan, points: [x]}", analysis)
    assert "names Matrix" in told(told_to("- guests", marked), "guests")[0]


# -- links -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "link", ["[the [big] matrix](#matrix)", "[m](<#matrix>)", "[m]( #matrix)", "[`]`](#matrix)"]
)
def test_links_of_any_form_are_told_or_drop(link: str) -> None:
    slides = f"""
    - {{kind: bullets, id: a, title: See it, points: ["{link}"]}}
    - {{kind: matrix}}
    """
    text = told_to("- {name: board, exclude: matrix}", with_slides(slides))
    (problem,) = told(text, "board")
    assert "write `(#matrix?)` if the link may go" in problem
    drops = text.replace("#matrix", "#matrix?")
    assert slides_for(drops, "board") == ["a"]
    assert "#matrix?" not in words_of(page_for(drops, "", "a"))


def test_a_link_in_code_is_none() -> None:
    slides = """
    - {kind: bullets, id: a, title: See it, points: ["Write `[m](#matrix)` there"]}
    - {kind: matrix}
    """
    text = told_to("- {name: board, exclude: matrix}", with_slides(slides))
    assert "[m](#matrix)" in words_of(page_for(text, "board", "a"))


# -- hostile -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "audiences",
    [
        "- {name: g, ? [a] : b}",
        "- {name: g, source: &s [*s]}",
        "- {name: g, subtitle: &t Hello, kicker: *t}",
        "- {name: g, slides: [{id: a, points: &p [*p]}]}",
        "- {name: g, companies: [{id: alpha, ? {x: y} : z}]}",
    ],
)
def test_odd_yaml_gives_a_deck_or_problems_with_lines(audiences: str) -> None:
    text = told_to(audiences, with_slides("- {kind: bullets, id: a, title: See, points: [x]}"))
    try:
        seen(text, "g")
        problems = []
    except OutlineError as error:
        problems = error.problems
    assert all(problem.mark.line for problem in problems)


def test_an_alias_bomb_in_a_fact_is_no_hang() -> None:
    bomb = "&a0 [x]"
    for n in range(1, 9):
        bomb = f"&a{n} [{bomb}, {', '.join([f'*a{n - 1}'] * 9)}]"
    text = ANALYSIS.replace("source: survey", f"source: {bomb}")
    assert told(told_to("- {name: g, source: *a8}", text))


def test_an_empty_mark_of_secrecy_is_a_mistake() -> None:
    text = told_to("- g", ANALYSIS.replace("- name: Beta\n", "- name: Beta\n    not:\n"))
    assert "`not` wants" in told(text)[0]


def test_what_a_parent_emptied_is_not_filled_with_other_facts() -> None:
    story = ANALYSIS.replace("question:\n", "question:\n  target: owners\n")
    text = told_to(
        "- {name: a, question: }\n- {name: g, extends: a, question: {text: Q, target: shippers}}",
        story,
    )
    assert "`question` is empty in what this extends" in told(text)[0]


def test_an_inference_cannot_be_called_what_is_stated() -> None:
    text = told_to("- {name: g, labels: {inference: Stated}}")
    assert "an inference cannot be called “Stated”" in told(text)[0]
