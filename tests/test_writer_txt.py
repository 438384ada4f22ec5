"""The text dump, whose golden is also the first thing to read about it."""

from __future__ import annotations

from msgspec.structs import replace

from conftest import Golden
from deckgen.scene import Link, Page, Paragraph, Run, TextItem
from deckgen.source import Mark
from deckgen.writers.txt import write
from sample_scene import body, box, everything, say, scene_of


def dump(paragraph: Paragraph) -> str:
    """The last line of the dump of a page with one paragraph."""
    item = TextItem(name="Words", box=box(1, 2, 3, 0.5), body=body(paragraph))
    page = Page(slide_id="one", title="One", layout="content", items=(item,))
    return write(scene_of(page)).splitlines()[-1].strip()


def test_everything_reads_as_accepted(golden: Golden) -> None:
    golden("everything.txt", write(everything()))


def test_paragraphs_say_what_is_not_the_default() -> None:
    assert dump(say("Words")) == "14 | Words"
    assert dump(replace(say("Words"), pitch_pt=20)) == "14/20 | Words"
    full = Paragraph(
        (Run("Words"),), 9, 10.8, bold=True, color="muted", align="right", before_pt=2,
        bullet="•", indent_pt=12, level=1,
    )  # fmt: skip
    assert dump(full) == "9 bold muted right +2 level=1 indent=12 | • Words"


def test_runs_are_marked_up() -> None:
    runs = (
        Run("a", bold=True), Run("b", bold=False), Run("c", italic=True, color="pos"),
        Run("d", code=True), Run("e", link=Link("#one", "Tip")), Run("7", field="slidenum"),
    )  # fmt: skip
    expected = '14/17 | **a***-b-*{pos|__c__}`d`[e](#one "Tip")<slidenum 7>'
    assert dump(Paragraph(runs, 14, 17)) == expected


def test_marks_leave_no_trace() -> None:
    scene = everything()
    item = replace(scene.pages[0].items[0], mark=Mark("deck.yaml", 12, 3, "slides.cover"))
    page = replace(scene.pages[0], items=(item, *scene.pages[0].items[1:]))
    assert write(replace(scene, pages=(page, *scene.pages[1:]))) == write(scene)


def test_an_item_stays_on_its_line() -> None:
    text = TextItem(
        name="Two\nlines", box=box(1, 1, 1, 1), body=body(say("one\ntwo")), alt="three\nfour"
    )
    page = Page(slide_id="one", title="One", layout="content", items=(text,))
    assert write(scene_of(page)).splitlines()[3:] == [
        '  text "Two⏎lines" 1.000 1.000 1.000 1.000 middle alt="three⏎four"',
        "    14 | one⏎two",
    ]
