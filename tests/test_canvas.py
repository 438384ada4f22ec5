"""What every slide has: its title, its note and its sources, and how they give way."""

from __future__ import annotations

import re

from outlines import problems_of, scene_of, words_of

SLIDE = "  - {{kind: bullets, title: T, points: [One], source: [{ids}]{more}}}\n"


def outline(sources: int, words: str, more: str = "") -> str:
    """A slide that cites so many sources."""
    listed = "".join(f"  - {{id: s{n}, text: '{n} {words}'}}\n" for n in range(sources))
    ids = ", ".join(f"s{n}" for n in range(sources))
    return f"title: Deck\nsources:\n{listed}slides:\n{SLIDE.format(ids=ids, more=more)}"


def test_sources_that_fit_are_all_cited() -> None:
    scene = scene_of(outline(3, "Port survey"))
    assert "Source: 0 Port survey; 1 Port survey; 2 Port survey" in words_of(scene.pages[0])
    assert scene.notices == ()


def test_of_more_sources_than_fit_the_first_are_cited_and_the_notes_hold_all() -> None:
    scene = scene_of(outline(9, "Survey of the port and its quays by the harbour office, 2024"))
    (page,) = scene.pages
    words = words_of(page)
    assert "Source: 0 Survey" in words
    assert "8 Survey" not in words
    assert any("8 Survey" in note.text for note in page.notes if note.lead == "Source")
    (notice,) = scene.notices
    assert re.search(r"deck.yaml:13:5: slide “bullets”: \d of 9 sources moved to the notes", notice)


def test_a_note_gives_way_to_no_source() -> None:
    text = outline(2, "Port survey", more=f", note: '{'What to know of it. ' * 20}'")
    assert problems_of(text) == [
        "deck.yaml:6:70: slide “bullets”: note and source take 3 lines and have room for 2; "
        "shorten the note, or give the source a `short` form"
    ]


def test_what_a_text_has_too_much_of_is_told_in_lines() -> None:
    text = outline(1, "Port survey").replace("One", "all too long " * 300)
    (problem,) = problems_of(text)
    told = (
        r"needs (\d+) lines \(\d+\.\d\d in\) and has room for (\d+) lines .*; shorten it by (\d+) l"
    )
    found = re.search(told, problem)
    assert found
    needs, room, over = map(int, found.groups())
    assert needs - room == over
