"""The library's door: load, build, save; and a deck from the analysis alone."""

from __future__ import annotations

import io
import os
from pathlib import Path
from textwrap import dedent

import pytest
from pptx import Presentation

import deckgen
from deckgen.builder import write_whole
from deckgen.scene import ShapeItem
from deckgen.writers import txt
from outlines import ANALYSIS, problems_of, scene_of, with_slides, words_of


def test_load_build_and_save_to_a_path_or_a_stream(tmp_path: Path) -> None:
    source = tmp_path / "harbour.yaml"
    source.write_text(ANALYSIS, "utf-8")
    deck = deckgen.build(deckgen.load(source))
    deck.save(tmp_path / "deck.pptx")
    stream = io.BytesIO()
    deck.save(stream)
    assert stream.getvalue() == (tmp_path / "deck.pptx").read_bytes() == deck.data
    assert len(deck.to_presentation().slides) == deck.slide_count


def test_a_mistake_is_an_error_that_carries_its_problems() -> None:
    with pytest.raises(deckgen.OutlineError) as caught:
        deckgen.load_text("titel: One\n", "deck.yaml")
    lines = [(problem.mark.line, problem.message) for problem in caught.value.problems]
    assert lines == [(1, "unknown key `titel`"), (1, "`title` is missing")]


def test_unknown_names_are_no_attributes() -> None:
    with pytest.raises(AttributeError, match="no attribute 'buidl'"):
        deckgen.buidl  # noqa: B018


def test_every_public_name_is_there() -> None:
    assert all(getattr(deckgen, name) for name in deckgen.__all__)


def test_the_old_deck_survives_a_write_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "deck.pptx"
    target.write_bytes(b"the old deck")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(target, b"half of the new")
    assert target.read_bytes() == b"the old deck"
    assert [path.name for path in tmp_path.iterdir()] == ["deck.pptx"]


def test_a_written_deck_keeps_the_permissions_of_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "deck.pptx"
    target.write_bytes(b"old")
    target.chmod(0o600)
    write_whole(target, b"new")
    assert target.stat().st_mode & 0o777 == 0o600


# -- a deck from the analysis alone -----------------------------------------------


def test_an_analysis_alone_gives_a_whole_deck_in_order() -> None:
    scene = scene_of(ANALYSIS)
    kinds = [page.slide_id for page in scene.pages]
    assert kinds == [
        "cover", "summary", "tier-map", "matrix", "dependency-map",
        "profile-alpha", "profile-beta", "profile-gamma", "closing",
    ]  # fmt: skip
    titles = [page.title for page in scene.pages]
    assert titles[0] == "Who controls the harbour"
    assert titles[-1] == "Which tier are you in, and is that where you want to be?"
    assert len(set(titles)) == len(titles)
    assert all(len(title.split()) >= 4 for title in titles), titles


def test_a_long_analysis_gets_an_agenda_and_sections() -> None:
    more = "".join(f"  - {{name: Delta {n}, tier: shippers, bet: It lasts}}\n" for n in range(4))
    scene = scene_of(ANALYSIS.replace("groups:\n", f"{more}groups:\n"))
    layouts = [page.slide_id for page in scene.pages]
    assert layouts[2] == "agenda"
    assert [section.title for section in scene.sections][1:] == [
        "The tiers at a glance", "The companies one by one", "The question",
    ]  # fmt: skip
    assert sum(section.count for section in scene.sections) == len(scene.pages)


def test_a_company_of_which_nothing_is_told_gets_no_page() -> None:
    outline = ANALYSIS.replace("groups:\n", "  - {name: Delta, tier: shippers}\ngroups:\n")
    assert "profile-delta" not in [page.slide_id for page in scene_of(outline).pages]


def test_a_title_alone_gives_a_cover() -> None:
    assert [page.slide_id for page in scene_of("title: One thing\n").pages] == ["cover"]


def test_things_are_called_what_the_deck_calls_them() -> None:
    labels = "labels: {company: yard, companies: yards, tier: rank, tiers: ranks}\n"
    scene = scene_of(labels + ANALYSIS)
    words = txt.write(scene)
    assert "Yards" in words
    assert "Rank 1" in words
    assert "Companies" not in words
    assert "Tier 1" not in words


def test_what_is_absent_is_never_filled_in() -> None:
    page = next(page for page in scene_of(ANALYSIS).pages if page.slide_id == "profile-beta")
    boxes = [item for item in page.items if item.name.startswith("Not stated")]
    assert boxes
    for item in boxes:
        assert isinstance(item, ShapeItem)
        assert item.line is not None
        assert item.line.dashed


def test_a_page_number_follows_its_slide() -> None:
    summary = """
    - kind: summary
      title: It all comes down to the quay
      points:
        - {claim: The quay decides, evidence: The survey says so, slides: [far]}
        - {claim: The rest follows, evidence: So it does, slides: [far]}
    """
    filler = "".join(
        f"\n- {{kind: bullets, id: b{n}, title: Page {n} says so, points: [x]}}" for n in range(7)
    )
    far = "\n- {kind: bullets, id: far, title: The quay decides it all, points: [x]}"
    scene = scene_of(with_slides(dedent(summary) + filler + far))
    assert words_of(scene.pages[0]).count("p. 9") == 2


def test_a_link_to_no_slide_is_told() -> None:
    told = problems_of(with_slides('- {kind: bullets, title: See, points: ["[this](#nowhere)"]}'))
    assert "no slide has the id “nowhere”" in told[0]


def test_python_pptx_opens_what_a_stream_holds() -> None:
    stream = io.BytesIO()
    deckgen.build(deckgen.load_text(ANALYSIS)).save(stream)
    stream.seek(0)
    assert len(Presentation(stream).slides) == 9


def test_the_few_lines_of_the_readme_give_five_slides() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    few = readme.split("```yaml\n")[1].split("```")[0]
    assert len(few.splitlines()) == 11
    assert len(scene_of(few).pages) == 5
    own = few + readme.split("```yaml\n")[2].split("```")[0]
    assert [page.slide_id for page in scene_of(own).pages] == ["tier-map", "closing"]


def test_the_audiences_of_the_readme_as_written(tmp_path: Path) -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    blocks = [block.split("```")[0] for block in readme.split("```yaml\n")[1:]]
    audiences = next(block for block in blocks if block.startswith("audiences:"))
    beta = next(line for line in readme.splitlines() if line.startswith("    - {name: Beta"))
    lines = [
        f"  {beta.strip()}" if "name: Beta" in line else line for line in blocks[0].splitlines()
    ]
    path = tmp_path / "briefing.yaml"
    path.write_text("\n".join(lines) + "\n" + audiences, "utf-8")
    board = deckgen.build(deckgen.load(path, audience="board"))
    assert list(board.scene.page_numbers()) == ["cover", "closing", "summary", "tier-map"]
    assert board.scene.pages[0].title == "The harbour, for decision"
    assert board.scene.pages[3].title == "Whoever owns the quays decides"
    tenants = deckgen.build(deckgen.load(path, audience="tenants"))
    assert "Beta" in txt.write(board.scene)
    assert "Beta" not in txt.write(tenants.scene)


LOG = "  - {id: log, text: Harbour log}\nsource: survey\n"


def test_a_source_named_in_a_part_of_a_slide_stands_under_it_and_in_its_notes() -> None:
    more = ANALYSIS.replace(
        "source: survey\n", "  - {id: log, text: Harbour log}\nsource: survey\n"
    )
    slides = """
    - kind: bar-chart
      title: Alpha lands twice what Beta lands
      measure: Landings
      rows:
        - {name: Alpha, value: 2, source: log}
        - {name: Beta, value: 1, source: log}
        - {name: Gamma, value: 1, source: log}
    - {kind: bullets, title: The rest follows, points: [x]}
    """
    first, second = scene_of(with_slides(slides, more)).pages
    assert "Source: Harbour log" in words_of(first)
    assert ("Source", "Harbour log") in [(note.lead, note.text) for note in first.notes]
    assert "Source: Port survey, 2024" in words_of(second)


def test_a_profile_names_the_sources_of_what_it_shows() -> None:
    more = ANALYSIS.replace(
        "source: survey\n", "  - {id: log, text: Harbour log}\nsource: survey\n"
    )
    more = more.replace("bet: [Volumes keep growing]", "bet: {stated: Volumes grow, source: log}")
    page = next(page for page in scene_of(more).pages if page.slide_id == "profile-gamma")
    assert "Source: Harbour log" in words_of(page)


def test_what_the_notes_cite_does_not_stand_under_the_slide() -> None:
    more = ANALYSIS.replace("source: survey\n", LOG)
    slide = """
    - kind: bullets
      title: The rest follows
      points: [x]
      notes: {evidence: {stated: It was logged, source: log}}
    """
    page = scene_of(with_slides(slide, more)).pages[0]
    assert "Source: Port survey, 2024" in words_of(page)
    assert "Harbour log" in page.notes[1].text
