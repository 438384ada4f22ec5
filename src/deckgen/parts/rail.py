"""The rail of a profile: who it is, its tier, what places it there, and the ladder.

What it shows follows from its room: the ladder and the name's field are lower in a low frame.
The basis gives way first, for the tier map shows it; the status goes to the notes where it has
no room even so.
"""

from __future__ import annotations

from msgspec import Struct

from deckgen.canvas import Canvas
from deckgen.outline import Company, Member, Tier
from deckgen.parts import mini_ladder, tier_fill, tier_ink
from deckgen.scene import Box, Paragraph
from deckgen.source import Text
from deckgen.styles import BODY, HAIRLINE, LABEL, SUBHEAD, SUPPORT, SUPPORT_BOLD, Style
from deckgen.units import inches

NAME_SIZES = ((24, 1), (20, 2), (16, 3))  # points, and how many lines it may take
IDENTITY = (0.2552, inches(1.25))  # the height of the name's field: of the rail's, and at most
RUNG = (0.0776, inches(0.38), inches(0.24))  # the same of a rung, and at least
TIGHTNESS = (1.0, 0.8, 0.6)  # of both, the first in which the status has room
LADDER = inches(1.9)  # at most, whatever the number of rungs
GAP = inches(0.12)  # above a text, and again below a rule
MOST_COMPARED = 4  # profiles by which all are set


class Plan(Struct, frozen=True):
    """Where the rail's parts stand, and what it tells. Lengths in EMU."""

    identity: int
    ladder: Box
    head: int  # the height of the words over the ladder
    tier: Text
    tier_style: Style
    texts: tuple[Text, ...]

    @property
    def foot(self) -> int:
        """Where the texts end."""
        return self.ladder.y - self.head - inches(0.1)


def draw_rail(canvas: Canvas, box: Box, member: Member) -> None:
    """The rail of a company or group in a box as high as the frame."""
    number = canvas.studio.outline.tier_number(member.tier)
    inner = box.inset(left=_pad(box), right=_pad(box))
    plan = _choose_plan(canvas, box, inner, member, number)
    canvas.panel(box, "Rail", "surface")
    _identity(canvas, box, member, number, plan.identity)
    y = box.y + plan.identity + _tier_gap(plan)
    y += canvas.text(
        Box(inner.x, y, inner.w, plan.foot - y), plan.tier, plan.tier_style, role="label"
    )
    for index, words in enumerate(plan.texts):
        y += GAP
        if index:
            canvas.rule(inner.x, y, inner.w, HAIRLINE, "Status rule")
            y += GAP
        y += canvas.text(Box(inner.x, y, inner.w, plan.foot - y), words, SUPPORT)
    head = Box(inner.x, plan.ladder.y - inches(0.08) - plan.head, inner.w, plan.head)
    canvas.text(head, canvas.studio.labels.ladder, LABEL, name="Ladder head", role="label")
    tier_map = canvas.studio.slide_of_kind("tier-map")
    mini_ladder(canvas, plan.ladder, number, canvas.studio.link_to(tier_map))


def _pad(box: Box) -> int:
    return min(inches(0.22), box.w // 13)


def _tier_gap(plan: Plan) -> int:
    """The space above the tier's name."""
    return inches(0.18) if plan.tier_style is SUBHEAD else inches(0.1)


# -- what has room ----------------------------------------------------------------


def _choose_plan(canvas: Canvas, box: Box, inner: Box, member: Member, number: int) -> Plan:
    """The first plan in which the texts fit: both, the status alone, then both set tighter."""
    status = member.status if isinstance(member, Company) else Text("")
    texts = tuple(words for words in (member.basis, status) if words)
    level = _common_tightness(canvas, box, inner)
    levels = TIGHTNESS[TIGHTNESS.index(level) :]
    ways = [(texts, level), *((texts[-1:], each) for each in levels)]
    ways += [((), each) for each in levels]
    plans = [_plan(canvas, box, inner, member, number, told, each) for told, each in ways]
    plan = next((plan for plan in plans if _lack(canvas, box, inner, plan) <= 0), plans[-1])
    _tell(canvas, member, texts, plan)
    return plan


def _common_tightness(canvas: Canvas, box: Box, inner: Box) -> float:
    """How tightly all rails of a deck are set, for they look alike: as the fullest ones need."""
    outline, studio = canvas.studio.outline, canvas.studio
    shown = [company for company in outline.companies if studio.profile_of(company.id)]

    def length(company: Company) -> int:
        tier = outline.tiers[outline.tier_number(company.tier) - 1]
        return len(company.status) + len(tier.name)

    def fits(company: Company, tightness: float) -> bool:
        number = outline.tier_number(company.tier)
        plan = _plan(canvas, box, inner, company, number, (company.status,), tightness)
        return _lack(canvas, box, inner, plan) <= 0

    told = [company for company in shown if company.status]
    fullest = sorted(told, key=length, reverse=True)[:MOST_COMPARED]
    fitting = (each for each in TIGHTNESS if all(fits(company, each) for company in fullest))
    return next(fitting, TIGHTNESS[0])


def _tell(canvas: Canvas, member: Member, texts: tuple[Text, ...], plan: Plan) -> None:
    """Report what the rail does not show; the tier map shows the basis, where there is one."""
    for words in texts:
        if words in plan.texts:
            continue
        if words is member.basis:
            if canvas.studio.slide_of_kind("tier-map") is None:
                canvas.studio.move_to_notes(f"the basis of {member.name}", words)
        else:
            canvas.studio.move_to_notes(f"the status of {member.name}", words)


def _plan(
    canvas: Canvas, box: Box, inner: Box, member: Member, number: int,
    texts: tuple[Text, ...], tightness: float,
) -> Plan:  # fmt: skip
    tight = tightness == TIGHTNESS[-1]
    outline = canvas.studio.outline
    rungs = len(outline.tiers)
    share, most, least = RUNG
    rung = max(least, round(min(most, box.h * share) * tightness))
    height = min(rung, LADDER // rungs) * rungs
    ladder = Box(inner.x, box.bottom - _pad(box) - height, inner.w, height)
    share, most = IDENTITY
    usual = round(min(most, box.h * share) * tightness)
    words = _identity_words(canvas, box, member, number)
    air = inches(0.2) if tight else inches(0.4)
    identity = max(usual, canvas.height(words, BODY, _name_width(box)) + air)
    head = canvas.height(canvas.studio.labels.ladder, LABEL, inner.w)
    name, style = _tier_setting(canvas, inner, outline.tiers[number - 1], tight)
    return Plan(identity, ladder, max(inches(0.2), head), name, style, texts)


def _tier_setting(canvas: Canvas, inner: Box, tier: Tier, tight: bool) -> tuple[Text, Style]:
    """The tier's name; set smaller, and short if need be, where that makes room."""
    if not tight and canvas.fits(tier.name, SUBHEAD, inner.w, 4):
        return tier.name, SUBHEAD
    if canvas.fits(tier.name, SUPPORT_BOLD, inner.w, 3):
        return tier.name, SUPPORT_BOLD
    return tier.label, SUPPORT_BOLD


def _lack(canvas: Canvas, box: Box, inner: Box, plan: Plan) -> int:
    """The height that the texts of a plan need beyond what they have."""
    texts = [canvas.height(words, SUPPORT, inner.w) + GAP for words in plan.texts]
    rules = GAP * (len(texts) - 1) if texts else 0
    tier = canvas.height(plan.tier, plan.tier_style, inner.w)
    top = box.y + plan.identity + _tier_gap(plan) + tier
    room = plan.foot - (inches(0.1) if texts else 0) - top
    return sum(texts) + rules - room


# -- who it is --------------------------------------------------------------------


def _name_width(rail: Box) -> int:
    return rail.w - _pad(rail) - inches(0.1)


def _identity_words(canvas: Canvas, rail: Box, member: Member, number: int) -> list[Paragraph]:
    """The name as large as its width allows, and the tier's rank."""
    labels, ink = canvas.studio.labels, tier_ink(number)
    styles = [(Style(size, bold=True, color=ink), lines) for size, lines in NAME_SIZES]
    name, style = next(
        (
            (name, style)
            for name in (member.name, member.label)
            for style, lines in styles
            if canvas.fits(name, style, _name_width(rail), lines)
        ),
        (member.label, styles[-1][0]),
    )
    rank = labels.rank(number)
    if member.building:
        rank += f" ({labels.in_build.lower()})"
    return [
        canvas.paragraph(name, style),
        canvas.paragraph(rank, SUPPORT_BOLD.but(color=ink), before_pt=2),
    ]


def _identity(canvas: Canvas, rail: Box, member: Member, number: int, height: int) -> None:
    """The name on the tier's fill."""
    left = _pad(rail) / inches(1)
    canvas.shape(
        Box(rail.x, rail.y, rail.w, height), "Identity", fill=tier_fill(number),
        words=_identity_words(canvas, rail, member, number), source=member,
        insets=(left, 0.03, 0.1, 0.03),
    )  # fmt: skip
