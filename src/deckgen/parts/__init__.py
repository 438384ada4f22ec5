"""Pieces that slide kinds share: badges, Harvey balls, claims, ladders, side panels.

Each draws on a canvas at a place in EMU and returns the height it took where that varies.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from msgspec.structs import replace

from deckgen.canvas import Canvas
from deckgen.fields import Doc, Part
from deckgen.labels import Labels
from deckgen.outline import NONE, Claim, Criterion, Member, Standing
from deckgen.scene import Anchor, Box, ConnectorItem, GroupItem, Line, Link, Paragraph, ShapeItem
from deckgen.source import Text
from deckgen.styles import (
    BODY,
    CAPTION,
    CLAIM,
    HAIRLINE,
    LABEL,
    SUBHEAD,
    SUPPORT,
    SUPPORT_BOLD,
    Style,
)
from deckgen.units import inches, points, to_inches

BADGE_WIDTH, BADGE_HEIGHT = inches(0.44), inches(0.26)
BALL = inches(0.25)
PILL_HEIGHT = inches(0.24)
DASHED = Line("muted", 0.75, dashed=True)

Fill = Literal["full", "half", "empty", "silent"]


class Point(Part):
    """A takeaway beside a picture: a head of a few words and a sentence that supports it."""

    shorthand = "head"
    head: Annotated[Text, Doc("the takeaway in a few words")]
    text: Annotated[Text, Doc("a sentence that supports it")] = NONE


# -- tiers --------------------------------------------------------------------


def tier_fill(number: int) -> str:
    """The colour token of a tier's fill, by its number from 1."""
    return f"tier{number}"


def tier_ink(number: int) -> str:
    """The colour token of text on a tier's fill."""
    return f"on_tier{number}"


def tier_badge(canvas: Canvas, x: int, y: int, number: int) -> None:
    """`T1` on the tier's fill, .44 by .26 inches."""
    letter = canvas.studio.labels.tier_letter
    canvas.shape(
        Box(x, y, BADGE_WIDTH, BADGE_HEIGHT), f"Badge {letter}{number}", fill=tier_fill(number),
        words=f"{letter}{number}", style=LABEL.but(color=tier_ink(number), align="center"),
        insets=(0, 0, 0, 0), role="label",
    )  # fmt: skip


def mini_ladder(canvas: Canvas, box: Box, active: int, link: Link | None = None) -> None:
    """The tiers as rungs, the active one filled and marked; a click leads to the tier map."""
    outline = canvas.studio.outline
    count = len(outline.tiers)
    gap, marker = inches(0.06), inches(0.22)
    letter, inner = canvas.studio.labels.tier_letter, box.w - inches(0.42)
    named = [f"{letter}{number}  {tier.label}" for number, tier in enumerate(outline.tiers, 1)]
    if not all(
        canvas.fits(name, CAPTION.but(bold=number == active), inner, 1)
        for number, name in enumerate(named, 1)
    ):  # all rungs have names, or none has
        named = [f"{letter}{number}" for number in range(1, count + 1)]
    height = max(inches(0.22), (box.h - gap * (count - 1)) // count)
    for number, tier in enumerate(outline.tiers, start=1):
        y = box.y + (number - 1) * (height + gap)
        on = number == active
        name = named[number - 1]
        style = CAPTION.but(bold=on, color=tier_ink(number) if on else "muted")
        width = box.w - marker
        canvas.shape(
            Box(box.x + marker, y, width, height), f"Ladder {number}",
            fill=tier_fill(number) if on else "surface2", words=name, style=style,
            insets=(0.12, 0, 0.06, 0), source=tier, link=link, role="label",
        )  # fmt: skip
        if on:
            size = inches(0.17)
            canvas.shape(
                Box(box.x, y + (height - size) // 2, size, size), "Ladder marker",
                geometry="triangle", fill="accent", rotation=90, role="decorative",
            )  # fmt: skip


# -- standings ----------------------------------------------------------------


def ball_fill(standing: Standing) -> Fill:
    """The Harvey ball of a standing; an inference is never a full ball."""
    if standing.state == "met":
        return "half" if standing.inference else "full"
    by_state: dict[str, Fill] = {"in build": "half", "relies on others": "empty"}
    return by_state.get(standing.state, "silent")


def standing_words(standing: Standing, labels: Labels) -> str:
    """A standing in the deck's words; an inference is named as one."""
    if standing.state == "met" and standing.inference:
        return labels.inference
    words = {
        "met": labels.met_state, "in build": labels.in_build,
        "relies on others": labels.relies, "not stated": labels.not_stated,
    }[standing.state]  # fmt: skip
    return f"{words} ({labels.inference.lower()})" if standing.inference else words


def harvey_ball(
    canvas: Canvas, x: int, middle: int, fill: Fill, alt: str, size: int = BALL
) -> None:
    """A ball, or a dash where the sources are silent; `middle` is its vertical centre."""
    if fill == "silent":
        width = round(size * 0.6)
        start = x + (size - width) // 2
        canvas.add(
            ConnectorItem(
                name=alt, start=(start, middle), end=(start + width, middle),
                line=Line("muted", 1.5), alt=alt, role="label",
            )
        )  # fmt: skip
        return
    box = Box(x, middle - size // 2, size, size)
    circle = ShapeItem(
        name=f"{alt}: circle", box=box, geometry="ellipse", line=Line("brand", 1.25),
        fill="brand" if fill == "full" else "bg", role="decorative",
    )  # fmt: skip
    items = [circle]
    if fill == "half":
        # From 12 o'clock, clockwise, half way round (60,000ths of a degree).
        angles = (("adj1", 16_200_000), ("adj2", 5_400_000))
        half = ShapeItem(
            name=f"{alt}: half", box=box, geometry="pie", adjustments=angles, fill="brand",
            role="decorative",
        )  # fmt: skip
        items.append(half)
    canvas.add(GroupItem(name=alt, box=box, items=tuple(items), alt=alt, role="label"))


DASH, DASH_STYLE = "—", Style(12, bold=True, color="muted")  # a silence set as a text


def ball_key(canvas: Canvas, x: int, y: int, standings: Sequence[Standing]) -> None:
    """On one line, each ball that stands for one of these standings, with its words."""
    labels = canvas.studio.labels
    halves = [labels.in_build] if any(s.state == "in build" for s in standings) else []
    if any(s.state == "met" and s.inference for s in standings):
        halves.append(labels.inference)
    words: dict[Fill, str] = {
        "full": labels.met_state, "half": " / ".join(halves), "empty": labels.relies,
        "silent": labels.not_stated,
    }  # fmt: skip
    shown = {ball_fill(standing) for standing in standings}
    height, step = inches(0.22), inches(0.26)
    for fill, said in words.items():
        if fill not in shown:
            continue
        if fill == "silent":
            dash = Box(x, y, step, height)
            canvas.text(dash, DASH, DASH_STYLE, name="Key dash", anchor="middle", role="label")
        else:
            harvey_ball(canvas, x, y + height // 2, fill, f"Key: {said}", inches(0.18))
        width = canvas.width(said, CAPTION) + inches(0.04)
        box = Box(x + step, y, width, height)
        canvas.text(box, said, CAPTION, name=f"Key {said}", anchor="middle", role="label")
        x = box.right + inches(0.32)


def ball_alt(member: Member, criterion: Criterion, standing: Standing, labels: Labels) -> str:
    """`Meta, Custom silicon: Stated`."""
    return f"{member.name}, {criterion.name}: {standing_words(standing, labels)}"


# -- claims -------------------------------------------------------------------


def claims_height(canvas: Canvas, claims: Sequence[Claim], width: int, style: Style = CLAIM) -> int:
    """The height that `draw_claims` takes."""
    gap = inches(0.16)
    heights = [_claim_height(canvas, claim, width, style) for claim in claims]
    return sum(heights) + gap * (len(claims) - 1)


def _claim_height(canvas: Canvas, claim: Claim, width: int, style: Style) -> int:
    pill = PILL_HEIGHT + inches(0.06) if claim.inferred else 0
    return pill + canvas.height(claim.text, style, width)


def draw_claims(canvas: Canvas, box: Box, claims: Sequence[Claim], style: Style = CLAIM) -> None:
    """Claims one below the other: stated plain, inferences under a pill and in softer ink."""
    y = box.y
    for claim in claims:
        top = y
        if claim.inferred:
            inference_pill(canvas, box.x, y)
            top += PILL_HEIGHT + inches(0.06)
        tone = style.but(color="ink2") if claim.inferred else style
        room = max(0, box.bottom - top)
        height = canvas.text(Box(box.x, top, box.w, room), claim.text, tone)
        y = top + height + inches(0.16)


def inference_pill_width(canvas: Canvas) -> int:
    """The width of the pill, which grows with its word."""
    words = canvas.studio.labels.inference
    return max(inches(0.9), canvas.width(words, Style(11)) + inches(0.3))


def inference_pill(canvas: Canvas, x: int, y: int) -> None:
    """The mark of an inference."""
    words = canvas.studio.labels.inference
    style = Style(11, color="muted", align="center")
    width = inference_pill_width(canvas)
    canvas.shape(
        Box(x, y, width, PILL_HEIGHT), "Inference", geometry="roundRect",
        adjustments=(("adj", 50_000),), line=Line("muted", 0.75), words=words, style=style,
        insets=(0.05, 0, 0.05, 0), role="label",
    )  # fmt: skip


def absent_box(canvas: Canvas, box: Box, words: str = "") -> None:
    """A dashed box that says the sources are silent; never a blank."""
    canvas.shape(
        box, "Not stated", line=DASHED, words=words or canvas.studio.labels.absent,
        style=BODY.but(color="muted", align="center" if box.h > inches(0.9) else "left"),
    )  # fmt: skip


# -- beside and below a picture -----------------------------------------------


PANEL_TOP = inches(0.45)  # the head and its rule, above the takeaways
PANEL_GAP, WIDEST_PANEL_GAP = inches(0.12), inches(0.34)
# Of a takeaway's head and text: the first in which all of them fit.
PANEL_STYLES = ((SUBHEAD, SUPPORT), (SUPPORT_BOLD, CAPTION))


def side_panel(canvas: Canvas, box: Box, points_: Sequence[Point], head: str = "") -> None:
    """`So what`: a head, a rule, and takeaways spread over the height they have.

    Takeaways that do not fit are set smaller; if that is not enough their texts go to the
    notes; heads that do not fit even so are refused.
    """
    words = head or canvas.studio.labels.so_what
    canvas.text(
        Box(box.x, box.y, box.w, inches(0.25)), words, SUPPORT_BOLD.but(color="accent"),
        name="Panel head", role="label",
    )  # fmt: skip
    canvas.rule(box.x, box.y + inches(0.3), box.w, Line("accent", 1.5), "Panel rule")
    top, room = box.y + PANEL_TOP, box.h - PANEL_TOP
    bare = [replace(point, text=NONE) for point in points_]
    tries = [(list(points_), *PANEL_STYLES[0]), (list(points_), *PANEL_STYLES[1])]
    tries += [(bare, *PANEL_STYLES[0]), (bare, *PANEL_STYLES[1])]
    for shown, style, support in tries:
        heights = [_point_height(canvas, point, box.w, style, support) for point in shown]
        needed = sum(heights) + PANEL_GAP * (len(shown) - 1)
        if needed <= room:
            break
    else:
        told = f"{len(points_)} points need {to_inches(needed):.2f} in"
        longest = points_[heights.index(max(heights))]
        canvas.studio.refuse(
            longest.head, f"the heads of {told} and the panel has {to_inches(room):.2f} in",
            "shorten them, or leave a point out",
        )  # fmt: skip
        return
    if shown is bare:
        for point in points_:
            if point.text:
                canvas.studio.move_to_notes(f"the text of “{point.head}”", point.text)
    gap = max(PANEL_GAP, min(WIDEST_PANEL_GAP, (room - sum(heights)) // max(1, len(shown))))
    y = top
    for point, height in zip(shown, heights, strict=True):
        head_height = canvas.height(point.head, style, box.w)
        # A head that some renderers set in a line less stays at its text.
        anchor: Anchor = "top" if canvas.is_certain(point.head, style, box.w) else "bottom"
        canvas.text(Box(box.x, y, box.w, head_height), point.head, style, anchor=anchor)
        if point.text:
            below = Box(box.x, y + head_height + points(2), box.w, height - head_height - points(2))
            canvas.text(below, point.text, support)
        y += height + gap


def _point_height(canvas: Canvas, point: Point, width: int, head: Style, support: Style) -> int:
    below = canvas.height(point.text, support, width) + points(2) if point.text else 0
    return canvas.height(point.head, head, width) + below


TAKEAWAY_HEIGHT = inches(0.5)


def takeaway_bar(canvas: Canvas, words: str) -> None:
    """The last half inch of the frame: an accent bar and one bold line."""
    frame = canvas.frame
    y = frame.bottom - TAKEAWAY_HEIGHT
    bar = Box(frame.x, y, inches(0.06), TAKEAWAY_HEIGHT)
    canvas.panel(bar, "Takeaway bar", "accent")
    box = Box(frame.x + inches(0.2), y, frame.w - inches(0.2), TAKEAWAY_HEIGHT)
    canvas.text(box, words, SUBHEAD, name="Takeaway", anchor="middle")


def reading_key_height(canvas: Canvas, width: int) -> int:
    """The height that `reading_key` wants where its meanings are `width` wide."""
    return max(inches(1.12), canvas.height(_key_lines(canvas), SUPPORT, width) + inches(0.3))


def reading_key(canvas: Canvas, box: Box, split: int) -> None:
    """What stated, inference and not stated mean; the meanings stand right of `split`."""
    labels = canvas.studio.labels
    canvas.panel(box, "Key panel", "surface")
    left = box.x + inches(0.2)
    head = Box(left, box.y, split - inches(0.2) - left, box.h)
    canvas.text(head, labels.how_to_read, SUBHEAD, name="Key head", anchor="middle")
    meanings = Box(split, box.y, box.right - inches(0.2) - split, box.h)
    canvas.text(meanings, _key_lines(canvas), SUPPORT, name="Key", source=labels, anchor="middle")


def _key_lines(canvas: Canvas) -> list[Paragraph]:
    labels = canvas.studio.labels
    return [
        canvas.paragraph(f"**{labels.cased(lead)}:** {means}", SUPPORT, before_pt=4)
        for lead, means in (
            ("stated", labels.stated_means),
            ("inference", labels.inference_means),
            ("not_stated", labels.not_stated_means),
        )
    ]


def section_head(canvas: Canvas, x: int, y: int, width: int, words: str, color: str) -> int:
    """A thick rule with a head under it; returns where the content below begins."""
    canvas.rule(x, y, width, Line(color, 2.25), f"{words} rule")
    canvas.text(
        Box(x, y + inches(0.12), width, inches(0.3)), words, SUBHEAD.but(color=color),
        name=words, role="label",
    )  # fmt: skip
    return y + inches(0.56)


__all__ = [
    "HAIRLINE", "absent_box", "ball_alt", "ball_fill", "claims_height", "draw_claims",
    "harvey_ball", "inference_pill", "inference_pill_width", "mini_ladder", "reading_key",
    "reading_key_height", "section_head", "side_panel", "standing_words", "takeaway_bar",
    "tier_badge", "tier_fill", "tier_ink",
]  # fmt: skip
