"""The ladder of the closing slide: rungs, places to mark today and target, tokens.

A token whose tier the analysis names stands beside its rung and the place is marked; one
that nobody has placed yet lies under the ladder, to be dragged.
"""

from __future__ import annotations

from bisect import bisect_left

from deckgen.arrange import share
from deckgen.canvas import Canvas
from deckgen.labels import Labels
from deckgen.outline import Question, Tier
from deckgen.parts import tier_fill, tier_ink
from deckgen.scene import Box, ConnectorItem, Line
from deckgen.source import Text
from deckgen.styles import BODY, HEAD, HEAD20, LABEL, SUBHEAD, SUPPORT, SUPPORT_BOLD, Style
from deckgen.units import inches

GAP = inches(0.08)
MARK_COLUMN = (0.1247, inches(0.92))  # a share of the frame's width, and at most
TOKEN = (inches(1.75), inches(0.34))
TALLEST = inches(1.45)
LOWEST, TIGHTEST = inches(0.4), inches(0.3)  # of a rung, and where nothing else gives way
RUNG_STYLES: tuple[tuple[Style, Style | None], ...] = (
    (HEAD20, BODY),
    (HEAD, SUPPORT),
    (SUBHEAD, SUPPORT),
    (SUBHEAD, None),
    (SUPPORT_BOLD, None),
    (LABEL, None),
)


class Ladder:
    """The tiers as rungs with a place for each mark, above `below` EMU of other things."""

    def __init__(self, canvas: Canvas, asked: Question, below: int) -> None:
        outline, frame = canvas.studio.outline, canvas.frame
        self.canvas = canvas
        self.tiers = outline.tiers
        self.here = outline.tier_number(asked.you_are_here) if asked.you_are_here else 0
        self.target = outline.tier_number(asked.target) if asked.target else 0
        placed = {"here": self.here, "target": self.target}
        self.loose = [token for token, tier in placed.items() if not tier]
        share_, most = MARK_COLUMN
        labels = canvas.studio.labels
        heads = [canvas.width(words, SUPPORT_BOLD) for words in (labels.today, labels.target)]
        self.column = min(most, max(round(frame.w * share_), *heads) + inches(0.04))
        lines = [canvas.height(w, SUPPORT_BOLD, self.column) for w in (labels.today, labels.target)]
        self.heads = max(inches(0.22), *lines)
        self.marks_x = frame.right - 2 * self.column
        self.token_width = inches(1.3) if len(self.loose) < 2 else 0
        self.width = self.marks_x - inches(0.15) - self.token_width - frame.x
        self.top = frame.y + self.heads + inches(0.08)
        self.tokens = inches(0.16) + TOKEN[1] if self.loose else 0
        count = len(self.tiers)
        room = frame.bottom - inches(0.15) - self.top - self.tokens
        room -= inches(0.3) + below
        self.height = min(TALLEST, share(room, count, GAP))
        self.end = self.top + count * self.height + (count - 1) * GAP
        self.circle = min(inches(0.42), self.height - inches(0.1))

    @property
    def bottom(self) -> int:
        """The lower edge of the rungs and the tokens under them."""
        return self.end + self.tokens

    def rung(self, number: int) -> Box:
        """The rung of a tier, by its number from 1."""
        y = self.top + (number - 1) * (self.height + GAP)
        return Box(self.canvas.frame.x, y, self.width, self.height)

    def draw(self) -> None:
        """Heads, rungs with their marks, tokens."""
        self._draw_heads()
        style, support = self._styles()
        for number, tier in enumerate(self.tiers, start=1):
            self._draw_rung(number, tier, style, support)
            self._draw_marks(number)
        if self.here and self.target:
            self._draw_way()
        if self.loose:
            self._draw_loose_tokens()

    def _draw_heads(self) -> None:
        canvas, labels = self.canvas, self.canvas.studio.labels
        y, height = canvas.frame.y, self.heads
        one = inches(0.22)
        canvas.text(
            Box(canvas.frame.x, y + height - one, self.width, one), labels.cased("tier"), LABEL,
            name="Head of the ladder", role="label",
        )  # fmt: skip
        for index, (words, color) in enumerate(((labels.today, "ink"), (labels.target, "accent"))):
            box = Box(self.marks_x + index * self.column, y, self.column, height)
            style = SUPPORT_BOLD.but(color=color, align="center")
            canvas.text(box, words, style, name=f"Head {words}", role="label")

    def _styles(self) -> tuple[Style, Style | None]:
        """The largest name style, and the style of examples if every rung has room for them."""
        width = self.width - inches(0.8)
        for style, support in RUNG_STYLES:
            if style is HEAD20 and self.height < inches(0.98):
                continue
            room = self.height - inches(0.1) - (support.line_height if support else 0)
            lines = 1 if style is HEAD20 else room // style.line_height
            if all(self.canvas.fits(tier.name, style, width, lines) for tier in self.tiers):
                return style, support
        return RUNG_STYLES[-1]

    def _name(self, tier: Tier, style: Style, width: int) -> Text:
        """A tier's name, short where the full one has no room on its rung."""
        room = (self.height - inches(0.04)) // style.line_height
        return tier.name if self.canvas.fits(tier.name, style, width, room) else tier.label

    def _draw_rung(self, number: int, tier: Tier, style: Style, support: Style | None) -> None:
        canvas, box, ink = self.canvas, self.rung(number), tier_ink(number)
        canvas.panel(box, f"Rung {number}", tier_fill(number))
        size = 22 if self.height > inches(0.5) else 18 if self.height > inches(0.3) else 14
        digit = Style(size, bold=True, color=ink)
        canvas.text(
            Box(box.x + inches(0.22), box.y, inches(0.45), box.h), str(number), digit,
            name=f"Rung number {number}", anchor="middle", role="label",
        )  # fmt: skip
        inner = box.inset(left=inches(0.7), right=inches(0.1))
        name = self._name(tier, style, inner.w)
        if not support:
            spare = inner.w - canvas.even_width(name, style, inner.w)
            inner = inner.inset(right=spare)
        words = [canvas.paragraph(name, style.but(color=ink))]
        examples = self._examples(number, support, inner.w) if support else ""
        if support and examples:
            words.append(canvas.paragraph(examples, support.but(color=ink)))
        canvas.text(inner, words, style, source=tier, anchor="middle", name=f"Rung: {tier.name}")

    def _examples(self, number: int, style: Style, width: int) -> str:
        """As many of the tier's names as a line holds; how many more there are."""
        names = [member.label for member in self.canvas.studio.outline.members(number)]

        def list_some(count: int) -> str:
            rest = f" + {len(names) - count} more" if count < len(names) else ""
            return ", ".join(names[:count]) + rest

        if names and self.canvas.fits(list_some(len(names)), style, width, 1):
            return list_some(len(names))
        fitting = bisect_left(
            range(1, len(names)), True,
            key=lambda count: not self.canvas.fits(list_some(count), style, width, 1),
        )  # fmt: skip
        return list_some(fitting) if fitting else ""

    def _draw_marks(self, number: int) -> None:
        """The places to mark, filled where the analysis says so, with a token beside them."""
        labels, rung = self.canvas.studio.labels, self.rung(number)
        tier = labels.rank(number)
        for index, (key, chosen, words) in enumerate(
            (("here", self.here, labels.you_are_here), ("target", self.target, labels.want_to_be))
        ):
            on = chosen == number
            line = Line("accent", 1.5, dashed=True) if index else Line("ink2", 1.5)
            fill = ("accent_soft" if index else "accent") if on else None
            if on and not index:
                line = Line("accent", 1.5)
            alt = f"{words}: {tier}" if on else f"{_place(labels, key)}: mark here for {tier}"
            self.canvas.shape(
                self._circle(number, index), f"{_place(labels, key)} {number}", geometry="ellipse",
                fill=fill, line=line, alt=alt, role="label",
            )  # fmt: skip
            if on:
                both = self.here == self.target
                self._draw_token(key, self._token_box(rung, index if both else None))

    def _circle(self, number: int, column: int) -> Box:
        rung, size = self.rung(number), self.circle
        x = self.marks_x + column * self.column + (self.column - size) // 2
        return Box(x, rung.y + (rung.h - size) // 2, size, size)

    def _token_box(self, rung: Box, place: int | None) -> Box:
        """Where a set token stands beside its rung; two on one rung, one above the other."""
        height = min(TOKEN[1], (rung.h - inches(0.04)) // 2 if place is not None else rung.h)
        x = rung.right + inches(0.1)
        if place is None:
            return Box(x, rung.y + (rung.h - height) // 2, self.token_width, height)
        top = rung.y + (rung.h - 2 * height - inches(0.04)) // 2
        return Box(x, top + place * (height + inches(0.04)), self.token_width, height)

    def _draw_token(self, key: str, box: Box) -> None:
        """A pentagon that points to the right; the target's is dashed."""
        labels = self.canvas.studio.labels
        here = key == "here"
        words = labels.you_are_here if here else labels.want_to_be
        style = SUPPORT_BOLD if box.h >= inches(0.26) else SUPPORT_BOLD.but(size_pt=11)
        self.canvas.shape(
            box, f"Token: {words}", geometry="homePlate", adjustments=(("adj", 35_000),),
            fill="accent" if here else "bg",
            line=None if here else Line("accent", 1.5, dashed=True),
            words=words, style=style.but(color="on_accent" if here else "accent"),
            insets=(0.1, 0, 0.1, 0), role="label", alt=words,
        )  # fmt: skip

    def _draw_way(self) -> None:
        """An arrow from where the reader is to where they want to be."""
        labels = self.canvas.studio.labels
        start, end = self._circle(self.here, 0), self._circle(self.target, 1)
        self.canvas.add(
            ConnectorItem(
                name="The way", start=(start.right, start.y + start.h // 2),
                end=(end.x, end.y + end.h // 2), line=Line("accent", 2.25, arrow_end=True),
                start_item=f"{labels.today} {self.here}", start_site=3,
                end_item=f"{labels.target} {self.target}", end_site=1, role="label",
                alt=f"From {labels.tier} {self.here} to {labels.tier} {self.target}",
            )
        )  # fmt: skip

    def _draw_loose_tokens(self) -> None:
        """The tokens that nobody has placed yet, under the ladder."""
        canvas, words = self.canvas, self.canvas.studio.labels.move_tokens
        y = self.end + inches(0.16)
        width = canvas.width(words, SUPPORT) + inches(0.1)
        canvas.text(
            Box(canvas.frame.x, y, width, TOKEN[1]), words, SUPPORT.but(color="muted"),
            name="Tokens", anchor="middle", role="label",
        )  # fmt: skip
        x = canvas.frame.x + max(width + inches(0.1), inches(1.65))
        gap, (most, height) = inches(0.2), TOKEN
        wide = min(most, share(canvas.frame.right - x, len(self.loose), gap))
        for key in self.loose:
            self._draw_token(key, Box(x, y, wide, height))
            x += wide + gap


def _place(labels: Labels, key: str) -> str:
    return labels.today if key == "here" else labels.target
