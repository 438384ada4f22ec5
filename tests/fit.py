"""Texts in boxes go in; the lines that deckgen predicts and LibreOffice draws come out.

Each paragraph stands once more in a box of the same width, shape, insets and kind, alone in
its part of a page of a probe deck that deckgen's own writer makes: so every drawn character
can be told by its place to belong to that paragraph, which it cannot on a real slide, where
boxes overlap. Cells are cells of real tables; rotated texts stay rotated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from ctypes import c_double
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from deckgen.scene import (
    Body,
    Box,
    Cell,
    GroupItem,
    Item,
    Page,
    Paragraph,
    Properties,
    Scene,
    ShapeItem,
    TableItem,
    TextItem,
)
from deckgen.scripts import Writing, stretches
from deckgen.template import house
from deckgen.text import break_lines
from deckgen.theme import Theme, load_theme
from deckgen.units import EMU_PER_POINT, inches, points
from deckgen.writers.pptx import write

GAP = inches(0.15)
COLUMN = house().width // 2


class Probe(Struct, frozen=True):
    """One paragraph in its box: `kind` is what a reader calls the box."""

    item: TextItem | ShapeItem | TableItem
    kind: str
    paragraph: Paragraph
    width: int  # EMU between the insets
    face: str

    @property
    def predicted(self) -> list[str]:
        return break_lines(self.paragraph, self.width, self.face)

    @property
    def insets(self) -> tuple[int, int, int, int]:
        body = getattr(self.item, "body", None)
        return body.insets if body else (0, 0, 0, 0)

    @property
    def turned(self) -> bool:
        return getattr(self.item, "rotation", 0) % 180 == 90

    @property
    def style(self) -> str:
        return f"{self.face} {'bold' if self.paragraph.bold else 'regular'}"

    @property
    def script(self) -> str:
        return script_name(self.paragraph.text)


class Drawn(Struct, frozen=True):
    """A probe with its lines as they stand on the page, each in the order of drawing."""

    probe: Probe
    words: tuple[str, ...]

    @property
    def lines(self) -> int:
        return len(self.words)

    @property
    def over(self) -> int:
        """Lines predicted beyond those drawn; negative where too few were predicted."""
        return len(self.probe.predicted) - self.lines

    @property
    def verdict(self) -> str:
        return "under" if self.over < 0 else "over" if self.over else "exact"


NAMES = {
    "Jpan": "Japanese", "Hans": "Chinese", "Hant": "Chinese", "Hang": "Korean", "Arab": "Arabic",
    "Hebr": "Hebrew", "Thai": "Thai", "Deva": "Devanagari", "Zsye": "emoji",
}  # fmt: skip


def script_name(text: str) -> str:
    """The first script in a text that is not Latin, else Latin."""
    found = stretches(text, Writing("en-US", None, "Hans"))
    codes = [stretch.script.code for stretch in found if stretch.script is not None]
    return NAMES.get(codes[0], codes[0]) if codes else "Latin"


def text_probe(paragraph: Paragraph, face: str, width: int, rotation: int = 0) -> Probe:
    """A paragraph in a text box without insets."""
    box = Box(0, 0, width, points(paragraph.pitch_pt))
    item = TextItem(name="Probe", box=box, body=Body((paragraph,)), rotation=rotation)
    return Probe(item, "text box", paragraph, width, face)


def scene_probes(scene: Scene) -> Iterator[Probe]:
    """Every paragraph of a deck that an author's or the tool's words fill."""
    for page in scene.pages:
        for item in page.items:
            yield from _item_probes(item, scene.theme)


def _item_probes(item: Item, theme: Theme) -> Iterator[Probe]:
    if isinstance(item, GroupItem):
        for inner in item.items:
            yield from _item_probes(inner, theme)
    elif isinstance(item, TableItem):
        yield from _cell_probes(item, theme)
    elif isinstance(item, (TextItem, ShapeItem)) and item.body is not None:
        kind = "title" if item.role == "title" else "shape"
        if isinstance(item, TextItem) and kind != "title":
            kind = "rotated text" if item.rotation else "text box"
        face = theme.heading_font if item.body.heading else theme.body_font
        left, _, right, _ = item.body.insets
        for paragraph in _paragraphs(item.body):
            body = replace(item.body, paragraphs=(paragraph,), anchor="top")
            alone = replace(item, name="Probe", body=body, link=None)
            if isinstance(alone, TextItem):
                alone = replace(alone, placeholder="", inherits_box=False)
            yield Probe(alone, kind, paragraph, item.box.w - left - right, face)


def _paragraphs(body: Body) -> Iterator[Paragraph]:
    """Those with words, without their links: a jump must lead to a slide of its deck."""
    for paragraph in body.paragraphs:
        if paragraph.text.strip() and not any(run.field for run in paragraph.runs):
            runs = tuple(replace(run, link=None) for run in paragraph.runs)
            yield replace(paragraph, runs=runs)


def _cell_probes(table: TableItem, theme: Theme) -> Iterator[Probe]:
    for row in table.rows:
        for column, cell in enumerate(row):
            width = sum(table.widths[column : column + cell.columns])
            left, top, right, bottom = cell.body.insets
            for paragraph in () if cell.covered else _paragraphs(cell.body):
                body = replace(cell.body, paragraphs=(paragraph,), anchor="top")
                height = points(paragraph.pitch_pt) + top + bottom
                alone = TableItem(
                    name="Probe", box=Box(0, 0, width, height), widths=(width,), heights=(height,),
                    rows=((Cell(body),),),
                )  # fmt: skip
                yield Probe(alone, "table cell", paragraph, width - left - right, theme.body_font)


def distinct(probes: Iterable[Probe]) -> list[Probe]:
    """The probes without those that only say the same again."""
    return list(dict.fromkeys(probes))


# -- the probe deck ------------------------------------------------------------------------


class _Slot(Struct, frozen=True):
    """Where a probe has a page to itself."""

    page: int
    box: Box
    probe: Probe


def _extent(probe: Probe) -> tuple[int, int]:
    """Width and height of the part of a page that a probe gets, two lines to spare."""
    box = probe.item.box
    pitch = points(probe.paragraph.pitch_pt)
    insets = probe.insets[1] + probe.insets[3]
    text = (len(probe.predicted) + 2) * pitch + insets
    if probe.turned:
        return max(box.h, text) + GAP, box.w + GAP
    return box.w + GAP, max(box.h, text + inches(0.1)) + GAP


def _arrange(probes: Sequence[Probe]) -> list[_Slot]:
    """Slots from the top down, in two columns where they are narrow enough."""
    slots: list[_Slot] = []
    page = 0
    for columns in (2, 1):
        column, y = 0, GAP
        for probe in probes:
            width, height = _extent(probe)
            if (width <= COLUMN) != (columns == 2):
                continue
            if y + height > house().height and y > GAP:
                column, y = column + 1, GAP
                if column == columns:
                    page, column = page + 1, 0
            slots.append(_Slot(page, Box(column * COLUMN, y, width, height), probe))
            y += height
        page += 1
    return slots


def _moved(slot: _Slot) -> TextItem | ShapeItem | TableItem:
    item, place = slot.probe.item, slot.box
    w, h = item.box.w, item.box.h
    x, y = place.x + GAP // 2, place.y
    if slot.probe.turned:  # the box is unrotated, about the same centre
        x, y = place.x + (place.w - w) // 2, place.y + (place.h - h) // 2
    return replace(item, box=Box(x, y, w, h))


def probe_deck(probes: Sequence[Probe], theme: Theme) -> tuple[bytes, list[_Slot]]:
    """A deck with every probe in a slot of its own."""
    slots = _arrange(probes)
    items: dict[int, list[TextItem | ShapeItem | TableItem]] = {}
    for slot in slots:
        items.setdefault(slot.page, []).append(_moved(slot))
    numbers = {page: number for number, page in enumerate(sorted(items))}
    slots = [replace(slot, page=numbers[slot.page]) for slot in slots]
    pages = tuple(
        Page(slide_id=f"p{page}", title="", layout="content", items=tuple(items[page]))
        for page in sorted(items)
    )
    return write(Scene(pages=pages, theme=theme, properties=Properties(title="Probes"))), slots


def draw(probes: Sequence[Probe], render: Callable[[bytes], Path]) -> list[Drawn]:
    """The probes with their lines as LibreOffice draws them; those of one face together."""
    results: list[Drawn] = []
    for face in dict.fromkeys(probe.face for probe in probes):
        theme = replace(load_theme("light", 4), heading_font=face, body_font=face)
        data, slots = probe_deck([probe for probe in probes if probe.face == face], theme)
        results += _read(render(data), slots)
    return results


def _read(pdf: Path, slots: Sequence[_Slot]) -> Iterator[Drawn]:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(pdf)
    letters = {number: list(_letters(document[number])) for number in {s.page for s in slots}}
    for slot in slots:
        box = slot.box
        x0, y0, x1, y1 = (n / EMU_PER_POINT for n in (box.x, box.y, box.right, box.bottom))
        inside = [(x, y, c) for x, y, c in letters[slot.page] if x0 <= x < x1 and y0 <= y < y1]
        places = [(x if slot.probe.turned else y, letter) for x, y, letter in inside]
        yield Drawn(slot.probe, tuple(_lines(places, slot.probe.paragraph.pitch_pt / 2)))


def _lines(places: Iterable[tuple[float, str]], apart: float) -> Iterator[str]:
    """Letters by line: those whose baselines are not `apart` (a mark stands above its letter)."""
    line, last = "", 0.0
    for place, letter in sorted(places, key=lambda one: one[0]):
        if line and place - last > apart:
            yield line
            line = ""
        line, last = line + letter, place
    if line:
        yield line


def _letters(page: object) -> Iterator[tuple[float, float, str]]:
    """The page's characters where they stand, in points from the top left."""
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    assert isinstance(page, pdfium.PdfPage)
    text, height = page.get_textpage(), page.get_height()
    x, y = c_double(), c_double()
    for index in range(text.count_chars()):
        if raw.FPDFText_IsGenerated(text, index) != 1:  # not what the reader made up
            raw.FPDFText_GetCharOrigin(text, index, x, y)
            yield x.value, height - y.value, chr(raw.FPDFText_GetUnicode(text, index))
