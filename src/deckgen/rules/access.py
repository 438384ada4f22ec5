"""Access: whether everyone can read the deck, with a screen reader as well."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from deckgen import markup
from deckgen.blocks import Block
from deckgen.box import reach
from deckgen.rules.subject import Finding, Subject, quoted, rule
from deckgen.scene import (
    ChartItem,
    GroupItem,
    PictureItem,
    TableItem,
)
from deckgen.units import inches

_FILE_NAME = re.compile(
    r"[\w ()+.-]*\.(?:png|jpe?g|gif|svg|webp|tiff?|bmp|emf)|(?:img|dsc|image|picture|figure"
    r"|photo|screenshot|screen shot|chart|untitled)[\s_-]?[\d\s_-]*",
    re.IGNORECASE,
)
# With its scheme or a path; a host alone tells where a link leads.
_ADDRESS = re.compile(r"(?:[a-z]+://\S+|[\w-]+(?:\.[\w-]+)+/\S+)", re.IGNORECASE)
RIGHTWARDS = inches(0.2)
CHROME = ("decorative", "title", "kicker", "source", "footer", "number")


@rule("error", "say in a sentence what it shows")
def alt_text(subject: Subject) -> Iterator[Finding]:
    """A picture, chart, table or group has no alt text, or a file name for one."""
    for sheet in subject.sheets:
        for item in sheet.page.items:
            if not isinstance(item, (PictureItem, ChartItem, TableItem, GroupItem)):
                continue
            if item.role != "decorative" and not item.alt.strip():
                yield sheet.finding(f"“{item.name}” has no alt text", item.mark)
            elif _FILE_NAME.fullmatch(item.alt.strip()):
                told = f"the alt text {quoted(item.alt)} tells nobody what it shows"
                yield sheet.finding(told, item.mark)


@rule("warning", "let texts follow one another as they are read")
def reading_order(subject: Subject) -> Iterator[Finding]:
    """A text is read out after one that stands below it in the same column."""
    for sheet in subject.sheets:
        texts = [block for block in sheet.blocks if block.role not in CHROME]
        for before, after in itertools.pairwise(texts):
            if _upside_down(before, after):
                told = (
                    f"{quoted(after.body.text)} is read after {quoted(before.body.text)} below it"
                )
                yield sheet.finding(told, after.mark)


def _upside_down(before: Block, after: Block) -> bool:
    """Whether a text that is read first stands wholly below the next one, in one column.

    One further to the right may stand higher: a row of steps or of dates goes up and down.
    """
    turned = before.turned or after.turned
    if before.item == after.item or turned or after.ink.x > before.ink.x + RIGHTWARDS:
        return False
    across, _ = reach(before.ink, after.ink)
    narrower = min(before.ink.w, after.ink.w)
    return after.ink.bottom <= before.ink.y and across > narrower / 2


@rule("warning", "give each column a head")
def table_head(subject: Subject) -> Iterator[Finding]:
    """A table's first row does not say what its columns hold."""
    for sheet in subject.sheets:
        for item in sheet.page.items:
            if isinstance(item, TableItem):
                heads = [cell for cell in item.rows[0] if not cell.covered]
                if any(not cell.body.text.strip() for cell in heads[1:]) or not heads:
                    yield sheet.finding(f"“{item.name}” has a column without a head", item.mark)


@rule("warning", "give the link words that say where it leads")
def bare_link(subject: Subject) -> Iterator[Finding]:
    """The text of a link is a bare address."""
    for slide, text in subject.texts:
        for run in markup.parse(text) if "](" in text else ():
            if run.link and _ADDRESS.fullmatch(run.text.strip()):
                told = f"the link {quoted(run.text)} is read out letter by letter"
                yield subject.on_slide(slide, told, text, words=run.text)


@rule("warning", "add `language:`, as in `language: en-US`")
def no_language(subject: Subject) -> Iterator[Finding]:
    """The outline does not say its language, by which screen readers and spelling go."""
    if not subject.outline.language.mark.line:
        yield Finding(mark=subject.outline.mark, message="the outline does not say its language")
