"""The bands of a tier map: who stands in each, and the sizes at which all of it fits.

`make_bands` tries looks from the largest down. Band heights follow from what the words
need; where all bases do not fit, whole tiers lose theirs, from the bottom up.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckgen.arrange import share, spread
from deckgen.canvas import Canvas
from deckgen.outline import Group, Member, Tier
from deckgen.parts import TAKEAWAY_HEIGHT, tier_ink
from deckgen.scene import Box, Paragraph
from deckgen.source import Text
from deckgen.styles import CAPTION, LABEL, SUPPORT, Style
from deckgen.units import inches

GAP = inches(0.08)
LINE_GAP, LINE_AIR = inches(0.32), inches(0.08)  # about the dividing line, of its label's height
LINE_STYLES = tuple(Style(size, bold=True, color="accent") for size in (12, 11))
CARD_GAP, ROW_GAP = inches(0.1), inches(0.06)
AIR = inches(0.1)  # above and below a card's words, both together
INSETS = (0.14, 0.02, 0.08, 0.02)
ONE_ROW, TWO_ROWS = 4, 8  # companies of a tier that stand in one row, or in two
MOST_LINES = 4  # of a basis on a card


class Look(Struct, frozen=True):
    """Sizes in points: a name in one row of cards and in two, a basis, a tier, a criterion.

    `short` names are shown wherever there are any.
    """

    name: int
    name2: int
    basis: int
    tier: int
    places: int
    short: bool = False


LOOKS = (
    Look(20, 16, 14, 18, 14), Look(18, 14, 12, 16, 14), Look(16, 12, 11, 14, 12),
    Look(14, 12, 11, 14, 12), Look(12, 11, 11, 14, 12),
    Look(12, 11, 11, 12, 11, short=True),
)  # fmt: skip
DENSE_LOOKS = (
    Look(14, 12, 11, 12, 11), Look(12, 11, 11, 12, 11), Look(12, 11, 11, 12, 11, short=True),
)  # fmt: skip


class Band(Struct, frozen=True):
    """A tier with those in it, and whether their bases are shown."""

    number: int
    tier: Tier
    members: tuple[Member, ...]
    basis: bool

    @property
    def rows(self) -> int:
        return 1 if len(self.members) <= ONE_ROW else 2

    @property
    def listed(self) -> bool:
        """Whether a table lists the members, as the band cannot show them all."""
        return len(self.members) > TWO_ROWS

    @property
    def shown(self) -> tuple[Member, ...]:
        return self.members[: TWO_ROWS - 1] if self.listed else self.members


class Grid:
    """Where the columns of the map stand in a frame, and how high the bands may be."""

    def __init__(
        self, canvas: Canvas, *, axis: bool, line_after: str, line_label: str, takeaway: bool
    ) -> None:
        frame, outline = canvas.frame, canvas.studio.outline
        count = len(outline.tiers)
        self.left, self.right = frame.x + (inches(0.42) if axis else 0), frame.right
        self.line_after = outline.tier_number(line_after) if line_after else 0
        if self.line_after >= count:
            self.line_after = 0
        self.tallest = inches(2.0) if count == 2 else inches(1.45)
        self.dense = count >= 5
        width = self.right - self.left
        self.block = round(width * 0.2134)
        placed = any(tier.places for tier in outline.tiers)
        self.criterion = round(width * 0.1878) if placed else 0
        self.cards_left = self.left + self.block + inches(0.12)
        self.cards_right = self.right - (self.criterion + inches(0.18) if placed else inches(0.1))
        counts = [len(outline.members(number + 1)) for number in range(count)]
        self.columns = max([3, *(n for n in counts if n <= ONE_ROW)])
        self.pad = inches(0.06) if self.dense else inches(0.08)
        heads = max(
            canvas.height(words, LABEL, room) for _, room, words in self.columns_named(canvas)
        )
        self.heads = Box(
            self.left, frame.y - inches(0.04), width, max(inches(0.22), heads + inches(0.02))
        )
        self.top = self.heads.bottom + inches(0.06)
        self.label = self._place_label(canvas, line_label) if self.line_after else None
        label = self.label[0].h + LINE_AIR if self.label else 0
        self.line_gap = max(LINE_GAP, label)
        spaces = (count - 1) * GAP + (self.line_gap - GAP if self.line_after else 0)
        foot = TAKEAWAY_HEIGHT + inches(0.15) if takeaway else 0
        self.room = frame.bottom - foot - self.top - spaces

    def columns_named(self, canvas: Canvas) -> list[tuple[int, int, str]]:
        """Where each column's head begins, the width that it has, and its words."""
        labels = canvas.studio.labels
        columns = [
            (self.left, self.block, labels.cased("tier")),
            (self.cards_left, (self.cards_right - self.cards_left) // 2, labels.cased("companies")),
            (self.right - self.criterion, self.criterion, labels.places),
        ]
        return [column for column in columns if column[1]]

    def _place_label(self, canvas: Canvas, words: str) -> tuple[Box, Style] | None:
        """The dividing line's label: beside the tiers, or across the map where it is long.

        The box stands about y 0.
        """
        if not words:
            return None
        starts = (self.cards_left + inches(0.14), self.left)
        for start, style in ((start, style) for start in starts for style in LINE_STYLES):
            if canvas.fits(words, style, self.right - start, 1):
                break
        width = min(canvas.width(words, style) + inches(0.1), self.right - start)
        height = max(inches(0.24), canvas.height(words, style, width))
        return Box(start, -height // 2, width, height), style

    def columns_of(self, band: Band) -> int:
        """How many cards stand side by side: as elsewhere, or four where two rows need them."""
        return self.columns if len(band.members) <= 2 * self.columns else ONE_ROW

    def card_boxes(self, band: Band, area: Box) -> list[Box]:
        """A box for each card that the band shows, in one row or two."""
        columns = self.columns_of(band)
        width = share(area.w, columns, CARD_GAP)
        height = share(area.h, band.rows, ROW_GAP)
        lefts = spread(area.x, width, CARD_GAP, columns)
        boxes = []
        for index, member in enumerate(band.shown):
            x, y = lefts[index % columns], area.y + index // columns * (height + ROW_GAP)
            last = isinstance(member, Group) and index == len(band.members) - 1
            boxes.append(Box(x, y, area.right - x if last else width, height))
        return boxes

    def area(self, box: Box) -> Box:
        """Where cards may stand in a band's box."""
        width = self.cards_right - self.cards_left
        return Box(self.cards_left, box.y + self.pad, width, box.h - 2 * self.pad)


# -- what fits --------------------------------------------------------------------


def make_bands(canvas: Canvas, grid: Grid) -> tuple[Look, list[Band]]:
    """The largest look in which every basis fits; if there is none, bases give way."""
    outline = canvas.studio.outline
    bands = []
    for number, tier in enumerate(outline.tiers, start=1):
        members = outline.members(number)
        band = Band(number, tier, members, any(member.basis for member in members))
        told = not band.listed and _longest_basis(canvas, grid, band) <= MOST_LINES
        bands.append(band if told else replace(band, basis=False))
    looks: tuple[Look, ...] = DENSE_LOOKS if grid.dense else LOOKS[2:] if len(bands) == 4 else LOOKS
    looks = tuple(look for look in looks if _names_fit(canvas, grid, bands, look)) or looks[-1:]
    for look in looks:
        if _total(canvas, grid, bands, look) <= grid.room:
            return look, bands
    for look in looks:
        fewer = list(bands)
        while _total(canvas, grid, fewer, look) > grid.room and any(b.basis for b in fewer):
            index = _first_to_yield(canvas, grid, fewer, look)
            fewer[index] = replace(fewer[index], basis=False)
        if _total(canvas, grid, fewer, look) <= grid.room:
            return look, fewer
    return looks[-1], [replace(band, basis=False) for band in bands]


def _longest_basis(canvas: Canvas, grid: Grid, band: Band) -> int:
    """The most lines that a basis takes in the smallest look."""
    boxes = grid.card_boxes(band, grid.area(Box(0, 0, 0, inches(1))))
    return max(
        (
            canvas.lines(member.basis, CAPTION, inner_width(box))
            for member, box in zip(band.shown, boxes, strict=True)
            if member.basis
        ),
        default=0,
    )


def _first_to_yield(canvas: Canvas, grid: Grid, bands: Sequence[Band], look: Look) -> int:
    """Which band loses its bases: one of two rows, one higher than most, the lowest of such."""
    most = grid.room // len(bands)

    def rank(band: Band) -> tuple[bool, int, bool, int]:
        high = natural_height(canvas, grid, band, look) > most
        return band.basis, band.rows, high, band.number

    return max(bands, key=rank).number - 1


def _names_fit(canvas: Canvas, grid: Grid, bands: Sequence[Band], look: Look) -> bool:
    area = grid.area(Box(0, 0, 0, inches(1)))
    for band in bands:
        style = name_style(band, look)
        for member, box in zip(band.shown, grid.card_boxes(band, area), strict=True):
            name = _name(canvas, member, band, look, box)
            if not canvas.fits(name, style, inner_width(box), 2):
                return False
    return True


def _total(canvas: Canvas, grid: Grid, bands: Sequence[Band], look: Look) -> int:
    return sum(natural_height(canvas, grid, band, look) for band in bands)


def natural_height(canvas: Canvas, grid: Grid, band: Band, look: Look) -> int:
    """The height that a band's block, cards and criterion need, with some air."""
    style = SUPPORT.but(size_pt=look.places)
    words = block_words(canvas, grid, band, look)
    heights = [canvas.height(words, style, grid.block - inches(0.28)) + AIR]
    if band.tier.places:
        width = grid.criterion - inches(0.1)
        heights.append(canvas.height(band.tier.places, style, width) + AIR)
    area = grid.area(Box(0, 0, 0, inches(1)))
    cards = [
        canvas.height(card_words(canvas, member, band, look, box), style, inner_width(box))
        for member, box in zip(band.shown, grid.card_boxes(band, area), strict=True)
    ]
    if not cards:
        nobody = canvas.studio.labels.no_company
        cards = [canvas.height(nobody, SUPPORT, grid.cards_right - grid.cards_left)]
    card = max(cards) + AIR + inches(INSETS[1] + INSETS[3])
    heights.append(band.rows * card + (band.rows - 1) * ROW_GAP + 2 * grid.pad)
    return max(heights)


def inner_width(box: Box) -> int:
    return box.w - inches(INSETS[0] + INSETS[2])


def name_style(band: Band, look: Look) -> Style:
    return Style(look.name if band.rows == 1 else look.name2, bold=True)


def _name(canvas: Canvas, member: Member, band: Band, look: Look, box: Box) -> Text:
    """A name, short where the full one takes more than two lines or a word is too wide."""
    fits = canvas.fits(member.name, name_style(band, look), inner_width(box), 2)
    return member.name if fits and not look.short else member.label


def card_words(canvas: Canvas, member: Member, band: Band, look: Look, box: Box) -> list[Paragraph]:
    name = _name(canvas, member, band, look, box)
    paragraphs = [canvas.paragraph(name, name_style(band, look))]
    if member.basis and band.basis:
        paragraphs.append(canvas.paragraph(member.basis, CAPTION.but(size_pt=look.basis)))
    return paragraphs


def block_words(canvas: Canvas, grid: Grid, band: Band, look: Look) -> list[Paragraph]:
    tier, style = band.tier, Style(look.tier, bold=True, color=tier_ink(band.number))
    fits = canvas.fits(tier.name, style, grid.block - inches(0.28), 3) and not look.short
    name = tier.name if fits else tier.label
    if grid.dense:
        return [canvas.paragraph(Text(f"{band.number}  {name}", name.mark), style)]
    label = canvas.studio.labels.rank(band.number)
    number = CAPTION.but(size_pt=max(11, look.tier - 4), color=style.color)
    return [canvas.paragraph(label, number), canvas.paragraph(name, style, before_pt=2)]
