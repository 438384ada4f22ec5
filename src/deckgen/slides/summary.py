"""The answer first: three to five claims, what carries each, and the question they lead to.

Each point is a `claim` with its `evidence` and the `slides` where it is shown; the page
reference is a link. Without `points` there is one for each tier, from the analysis. The
band at the foot holds the strategic question and leads to the closing slide. What does not fit
is set smaller, the evidence down to 11 points; then the question goes to the notes, and last it
is refused: the answer stands on one page.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Annotated

from msgspec import Struct

from deckgen.arrange import fill_heights
from deckgen.canvas import Canvas, Studio
from deckgen.fields import Doc, Part
from deckgen.outline import NONE, Claim, Outline, Slide, Tier
from deckgen.parts import PILL_HEIGHT, inference_pill
from deckgen.scene import Box, Line
from deckgen.source import Id, Problem, Text, list_words, mark_of, number_word
from deckgen.styles import BODY, CAPTION, HEAD, HEAD20, Style
from deckgen.units import inches, to_inches

# Heights as shares of the frame's, and at most.
BAND, BAND_GAP = (0.1756, inches(0.86)), (0.0449, inches(0.22))
# Size of the evidence, the air above and below a row's words, together, and the largest claim.
SETTINGS = (
    (16, inches(0.5), 20), (14, inches(0.24), 20), (14, inches(0.14), 20), (12, inches(0.14), 20),
    (12, inches(0.1), 14), (11, inches(0.1), 14), (11, inches(0.08), 12),
)  # fmt: skip
PILL = PILL_HEIGHT + inches(0.05)
NUMBER = Style(28, bold=True, color="kicker")
HEAD18 = Style(18, bold=True)
MOST = 5


class Point(Part):
    """A claim of the summary."""

    shorthand = "claim"
    claim: Annotated[Text, Doc("the claim, in some eight words")]
    evidence: Annotated[Claim | None, Doc("what carries it, in a sentence or two")] = None
    slides: Annotated[tuple[Id, ...], Doc("the slides that show it", ref="slide")] = ()


class Fields(Slide):
    points: Annotated[
        tuple[Point, ...], Doc("three to five claims; one for each tier if left out")
    ] = ()
    question: Annotated[Text, Doc("the question in the band; the analysis's if left out")] = NONE


def title(slide: Fields, outline: Outline) -> str:
    if not outline.tiers:
        return ""
    first, last, labels = outline.tiers[0].name, outline.tiers[-1].name, outline.labels
    leading = [c.name for c in outline.companies if outline.tier_number(c.tier) == 1]
    top = len(leading)
    if not outline.companies or (outline.partial and not top):
        return f"{number_word(len(outline.tiers))} {labels.tiers} lead from {first} to {last}"
    if outline.partial:  # others may stand there, or elsewhere
        names = list_words(leading, "and") if top < 4 else f"{number_word(top)} {labels.companies}"
        return f"{names} {'stands' if top == 1 else 'stand'} in the first {labels.tier}, {first}"
    count = len(outline.companies)
    if count == 1:
        only = outline.companies[0]
        place = outline.tiers[outline.tier_number(only.tier) - 1].name
        return f"{only.name} stands in {labels.rank(outline.tier_number(only.tier))}, {place}"
    few = "None" if top == 0 else "All" if top == count else number_word(top)
    verb = "stands" if top < 2 else "stand"
    of = f"{few} of {number_word(count).lower()} {labels.companies}"
    return f"{of} {verb} in the first {labels.tier}, {first}"


def check(slide: Fields, outline: Outline) -> Iterator[Problem]:
    if not slide.points and not outline.tiers:
        yield Problem(slide.mark, "`points` is missing", "and there are no tiers to make them from")
    if not slide.title and not outline.tiers:
        yield Problem(slide.mark, "`title` is missing", "say the deck’s answer in a sentence")
    if len(slide.points) == 1:
        told = "a summary takes three to five points, not one"
        yield Problem(slide.points[0].mark, told, "add points, or make it an `insight`")
    if len(slide.points) > MOST:
        told = f"a summary takes at most {MOST} points, not {len(slide.points)}"
        yield Problem(slide.points[MOST].mark, told, "merge points")


def layout(slide: Fields, studio: Studio) -> None:
    canvas = studio.open("content")
    question = slide.question or (studio.outline.question.text if studio.outline.question else NONE)
    points = slide.points or _from_tiers(canvas)
    grid = Grid(canvas, points)
    band = _share(canvas, *BAND), _share(canvas, *BAND_GAP)
    room = canvas.frame.h - (sum(band) if question else 0)
    crowded = question and not _have_room(canvas, grid, points, room)
    if crowded and _have_room(canvas, grid, points, canvas.frame.h):
        studio.move_to_notes(studio.labels.decision, question)
        question, room = NONE, canvas.frame.h
    y = _draw_points(canvas, grid, points, room, inches(1.15 if question else 1.45))
    if question:
        _draw_band(canvas, Box(canvas.frame.x, y + band[1], canvas.frame.w, band[0]), question)


def _share(canvas: Canvas, share: float, most: int) -> int:
    """A share of the frame's height, at most so much."""
    return min(most, round(canvas.frame.h * share))


# -- points -------------------------------------------------------------------


class Grid:
    """Where the columns of the rows stand."""

    def __init__(self, canvas: Canvas, points: Sequence[Point]) -> None:
        frame = canvas.frame
        self.number_width = min(inches(0.83), round(frame.w * 0.0685))
        self.claim_x = frame.x + self.number_width
        pages = max(inches(0.8), min(inches(1.0), round(frame.w * 0.0825)))
        self.pages_width = pages if any(point.slides for point in points) else 0
        self.pages_x = frame.right - self.pages_width
        self.text_x = frame.x + round(frame.w * 0.3948)
        self.text_width = self.pages_x - self.text_x
        self.has_evidence = any(point.evidence for point in points)
        gap = min(inches(0.41), round(frame.w * 0.0339))
        right = self.text_x - gap if self.has_evidence else self.pages_x
        self.claim_width = right - self.claim_x
        self.few = len(points) <= 3
        self.claim = HEAD20 if not self.has_evidence else HEAD18 if self.few else HEAD


def _from_tiers(canvas: Canvas) -> list[Point]:
    """A point for each tier: its name, what places one there, who stands in it."""
    outline, studio = canvas.studio.outline, canvas.studio
    points = []
    for number, tier in enumerate(outline.tiers, start=1):
        map_ = studio.slide_of_kind("tier-map")
        profiles = [studio.profile_of(member.id) for member in outline.members(number)]
        shown = [slide.id for slide in (map_, *profiles) if slide]
        evidence = Claim(stated=_tier_words(canvas, number, tier))
        points.append(Point(claim=tier.name, evidence=evidence, slides=tuple(shown)))
    return points


def _tier_words(canvas: Canvas, number: int, tier: Tier) -> Text:
    """What places one in a tier and as many of its names as two lines hold."""
    outline = canvas.studio.outline
    names = [member.name for member in outline.members(number)]
    head = f"{tier.places}: " if tier.places else ""
    if not names:
        return Text(f"{head}{outline.labels.no_company}", tier.mark)
    width = canvas.frame.w - round(canvas.frame.w * 0.3948) - inches(1.0)
    listed = list_words(names, "and")

    def list_some(count: int) -> str:
        return f"{', '.join(names[:count])} and {len(names) - count} more"

    if len(names) > 1 and not canvas.fits(f"{head}{listed}", BODY, width, 2):
        too_many = bisect_left(
            range(1, len(names)), True,
            key=lambda count: not canvas.fits(f"{head}{list_some(count)}", BODY, width, 2),
        )  # fmt: skip
        listed = list_some(max(1, too_many))
    return Text(f"{head}{listed}", tier.mark)


class Setting(Struct, frozen=True):
    """How the rows are set; `padding` in EMU is the air in each of them."""

    claim: Style
    evidence: Style
    padding: int


def _settings(grid: Grid) -> Iterator[Setting]:
    """From the roomiest to the tightest."""
    for size, padding, most in SETTINGS if grid.few else SETTINGS[1:]:
        claim = grid.claim.but(size_pt=min(most, grid.claim.size_pt))
        yield Setting(claim, BODY.but(size_pt=size), padding)


def _needs(canvas: Canvas, grid: Grid, points: Sequence[Point], setting: Setting) -> list[int]:
    """The height that each row needs."""
    return [_need(canvas, grid, point, setting) + setting.padding for point in points]


def _choose_setting(canvas: Canvas, grid: Grid, points: Sequence[Point], room: int) -> Setting:
    """The roomiest in which the points have room; the tightest if there is none."""
    settings = list(_settings(grid))
    fitting = (each for each in settings if sum(_needs(canvas, grid, points, each)) <= room)
    return next(fitting, settings[-1])


def _have_room(canvas: Canvas, grid: Grid, points: Sequence[Point], room: int) -> bool:
    setting = _choose_setting(canvas, grid, points, room)
    return sum(_needs(canvas, grid, points, setting)) <= room


def _draw_points(
    canvas: Canvas, grid: Grid, points: Sequence[Point], room: int, tallest: int
) -> int:
    """The rows under the head rule, in the roomiest setting that fits; where they end."""
    frame = canvas.frame
    setting = _choose_setting(canvas, grid, points, room)
    needs = _needs(canvas, grid, points, setting)
    if sum(needs) > room:
        longest = points[needs.index(max(needs))]
        sizes = f"{to_inches(sum(needs)):.2f} in and have {to_inches(room):.2f} in"
        told = f"{len(points)} points need {sizes}"
        canvas.studio.refuse(longest.claim, told, "shorten its evidence, or merge points")
    y = frame.y
    canvas.rule(frame.x, y, frame.w, Line("ink", 1.25), "Head rule")
    heights = fill_heights(needs, room, tallest)
    for number, (point, height) in enumerate(zip(points, heights, strict=True), start=1):
        _draw_point(canvas, grid, number, point, Box(frame.x, y, frame.w, height), setting)
        y += height
        canvas.rule(frame.x, y, frame.w, name=f"Rule {number}")
    return y


def _need(canvas: Canvas, grid: Grid, point: Point, setting: Setting) -> int:
    height = max(NUMBER.line_height, canvas.height(point.claim, setting.claim, grid.claim_width))
    return max(height, _evidence_height(canvas, grid, point, setting.evidence))


def _evidence_height(canvas: Canvas, grid: Grid, point: Point, style: Style) -> int:
    if point.evidence is None:
        return 0
    pill = PILL if point.evidence.inferred else 0
    return pill + canvas.height(point.evidence.text, style, grid.text_width)


def _draw_point(
    canvas: Canvas, grid: Grid, number: int, point: Point, row: Box, setting: Setting
) -> None:
    studio, style, head = canvas.studio, setting.evidence, setting.claim
    box = Box(row.x, row.y, grid.number_width, row.h)
    canvas.text(box, str(number), NUMBER, name=f"Number {number}", anchor="middle", role="label")
    width = canvas.even_width(point.claim, head, grid.claim_width)
    box = Box(grid.claim_x, row.y, width, row.h)
    name = mark_of(point.claim).path or f"Claim {number}"
    canvas.text(box, point.claim, head, name=name, anchor="middle")
    if point.evidence is not None:
        height = _evidence_height(canvas, grid, point, style)
        y = row.y + (row.h - height) // 2
        if point.evidence.inferred:
            inference_pill(canvas, grid.text_x, y)
            y, height = y + PILL, height - PILL
        box = Box(grid.text_x, y, grid.text_width, height)
        words = point.evidence.text
        canvas.text(box, words, style, name=mark_of(words).path or f"Evidence {number}")
    if point.slides:
        target = next(each for each in studio.outline.slides if each.id == point.slides[0])
        style = CAPTION.but(color="muted", align="right")
        pages = f"{studio.labels.page} {studio.page_list(point.slides)}"
        if not canvas.fits(pages, style, grid.pages_width, 2):
            pages = f"{studio.labels.page} {studio.page_range(point.slides)}"
        canvas.text(
            Box(grid.pages_x, row.y, grid.pages_width, row.h), pages, style,
            name=f"Pages {number}", anchor="middle", role="label", link=studio.link_to(target),
        )  # fmt: skip


# -- the question -------------------------------------------------------------


def _draw_band(canvas: Canvas, band: Box, question: Text) -> None:
    """The panel with the question; a click leads to the closing slide."""
    studio = canvas.studio
    link = studio.link_to(studio.slide_of_kind("closing"))
    label = BODY.but(color="on_panel2")
    canvas.panel(band, "Question band", "panel")
    width = min(canvas.width(studio.labels.decision, label) + inches(0.1), inches(2.9))
    left = band.x + inches(0.25)
    canvas.text(
        Box(left, band.y, width, band.h), studio.labels.decision, label, name="Question label",
        anchor="middle", role="label", link=link,
    )  # fmt: skip
    x = max(left + width + inches(0.2), band.x + min(inches(2.75), round(band.w * 0.2267)))
    box = Box(x, band.y, band.right - inches(0.25) - x, band.h)
    for size in (20, 18, 16, 14):
        style = HEAD20.but(color="on_panel", size_pt=size)
        if canvas.fits(question, style, box.w, min(2, (box.h - inches(0.06)) // style.line_height)):
            break
    canvas.text(box, question, style, anchor="middle", link=link)
