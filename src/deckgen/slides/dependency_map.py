"""Who depends on whom: the tiers as lanes, an arrow from each dependant to its provider.

Made from what companies and groups name in `depends_on`. The links that count most (the
commonest `for`, or `main`) are drawn in the accent, all others in one second line; an
inference is dashed. Nodes are placed so that no arrow runs through one. What cannot be
drawn readably (more than two crossings, a lane too full) is refused: show fewer `tiers`,
or `form: table`, which lists the same dependencies. The panel is derived if left out; where it
leaves the map too little room, the map takes the whole width and the panel goes to the notes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from math import ceil
from typing import Annotated, ClassVar, Literal

from msgspec import Struct

from deckgen.arrange import share, spread
from deckgen.canvas import Canvas, Studio
from deckgen.fields import Doc
from deckgen.outline import NONE, Member, Outline, Slide, Tier
from deckgen.parts import Point, side_panel, tier_fill, tier_ink
from deckgen.parts.lanes import draw, room_needed
from deckgen.parts.routes import Drawing, Field, Link, Node, Route
from deckgen.parts.ties import Tie, derive_points, find_ties, tie_table, tie_words
from deckgen.scene import Box, ConnectorItem, Line
from deckgen.source import Id, Problem, Text, list_words, number_word
from deckgen.styles import CAPTION, HAIRLINE, SUBHEAD, SUPPORT, SUPPORT_BOLD, Style
from deckgen.units import inches

LANE_GAP = inches(0.1)
MOST_CROSSINGS = 2
MAIN, OTHER = Line("accent", 2.25, arrow_end=True), Line("muted", 1.5, arrow_end=True)


class Fields(Slide):
    shows_everyone: ClassVar[bool] = True
    main: Annotated[Text, Doc("the `for` of the links to stress; the commonest if left out")] = NONE
    tiers: Annotated[tuple[Id, ...], Doc("the tiers to show; all if left out", ref="tier")] = ()
    points: Annotated[
        tuple[Point, ...], Doc("takeaways in the side panel; derived if left out", most=4)
    ] = ()
    form: Annotated[
        Literal["map", "table", "either"],
        Doc("a map with arrows, a table, or a map unless it would be a tangle"),
    ] = "map"


def title(slide: Fields, outline: Outline) -> str:
    ties = find_ties(outline, shown_tiers(slide, outline))
    if not ties:
        return f"No {outline.labels.company} depends on another by name"
    number = {member.id: outline.tier_number(member.tier) for member in outline.members()}
    upward = all(number[tie.end.id] < number[tie.start.id] for tie in ties) and not outline.partial
    start = f"Every named dependency leads up the {outline.labels.tiers}; " if upward else ""
    providers = Counter(tie.end.name for tie in ties)
    top, most = providers.most_common(1)[0]
    if most > 1 and list(providers.values()).count(most) == 1:
        of = "them" if upward else f"{number_word(len(ties)).lower()} named dependencies"
        count = f"{number_word(most)} of {of} end at {top}"
    else:
        dependants = len({tie.start.id for tie in ties})
        verb = "depends" if dependants == 1 else "depend"
        everyone = number_word(len(outline.members())).lower()
        count = f"{number_word(dependants)} of {everyone} {verb} on others"
    return start + (count[:1].lower() + count[1:] if upward else count)


def check(slide: Fields, outline: Outline) -> Iterator[Problem]:
    known = dict.fromkeys(dependency.for_ for _, dependency in outline.dependencies())
    if slide.main and slide.main not in known:
        told = f"nothing is named as being had for “{slide.main}”"
        yield Problem(slide.main.mark, told, f"it can be: {list_words(list(known))}")
    if slide.tiers and len({outline.tier_number(tier) for tier in slide.tiers}) < 2:
        yield Problem(slide.tiers[0].mark, "one tier makes no map", "name two or more `tiers`")


def shown_tiers(slide: Fields, outline: Outline) -> list[int]:
    """The numbers of the tiers on this slide, in their order."""
    if slide.tiers:
        return sorted({outline.tier_number(tier) for tier in slide.tiers})
    return list(range(1, len(outline.tiers) + 1))


def layout(slide: Fields, studio: Studio) -> None:
    tiers = shown_tiers(slide, studio.outline)
    ties = find_ties(studio.outline, tiers)
    if not ties:
        studio.open("content")
        where = " between these tiers" if slide.tiers else ""
        studio.refuse(slide, f"no dependency is named{where}", "give companies a `depends_on`")
        return
    if slide.form == "table":
        tie_table(studio, ties)
        return
    for wide in (False, True):
        chart = _Map(slide, studio, tiers, ties, wide)
        problem = chart.solve()
        if not problem:
            chart.paint(studio.open("content"))
            return
    if slide.form == "map":
        studio.open("content")
        studio.refuse(slide, problem, "show fewer `tiers`, or set `form: table`")
    else:  # either will do
        tie_table(studio, ties)


class Look(Struct, frozen=True):
    """How nodes are set: `pad` and `least` width in inches, lines of text."""

    style: Style
    pad: float
    least: float
    lines: int = 1
    short: bool = False


LOOKS = (
    Look(SUBHEAD, 0.4, 1.55),
    Look(SUBHEAD, 0.3, 1.2, short=True),
    Look(SUPPORT_BOLD, 0.24, 0.9, short=True),
    Look(SUPPORT_BOLD, 0.24, 0.8, lines=2, short=True),
)
HEAD_SHARE = 0.14424  # of the frame's width, for the lane heads
SAMPLE, KEY_GAP = inches(0.48), inches(0.12)  # a line in the key, and the space after it
LOOSE = SUPPORT.but(color="muted", align="center")  # a node without links


class _Map:
    """The map of some tiers: solved first, then painted.

    A `wide` map takes the whole width: the key stands below it, and what follows in the notes.
    """

    def __init__(
        self, slide: Fields, studio: Studio, tiers: list[int], ties: list[Tie], wide: bool
    ) -> None:
        self.slide, self.studio, self.tiers, self.ties = slide, studio, tiers, ties
        outline = studio.outline
        self.canvas = Canvas(studio, studio.layouts["content"])
        frame = self.canvas.frame
        self.wide = wide
        self.width = frame.w if wide else round(frame.w * 8.9 / 12.133)
        counted = Counter(what for tie in ties for what in tie.whats)
        self.main = slide.main or counted.most_common(1)[0][0]
        foot = self._wide_key_height() if wide else 0
        self.lane_height = share(frame.h - foot, len(tiers), LANE_GAP)
        self.tops = spread(frame.y, self.lane_height, LANE_GAP, len(tiers))
        self.head_width = self._head_width()
        self.node_height = max(
            min(inches(0.7), round(self.lane_height * 0.49)),
            min(inches(0.42), round(self.lane_height * 0.57)),
        )
        self.members = [m for tier in tiers for m in outline.members(tier)]
        self.linked = {m.id for tie in ties for m in (tie.start, tie.end)}
        self.look = LOOKS[0]
        self.drawing: Drawing | None = None
        self.boxes: dict[str, Box] = {}

    def _head_width(self) -> int:
        """The lane heads' width: a share of the frame's, more where a word of a name needs it."""
        tiers = [self.studio.outline.tiers[number - 1] for number in self.tiers]
        words = [word for tier in tiers for word in tier.label.split()]
        widest = max(self.canvas.width(word, SUPPORT_BOLD) for word in words)
        usual = min(inches(1.75), round(self.canvas.frame.w * HEAD_SHARE))
        return max(usual, min(inches(2.4), round(widest * 1.02) + inches(0.3)))

    # -- places --------------------------------------------------------------------

    def solve(self) -> str:
        """Find places and routes; what stands in the way, if nothing sound is found."""
        left = self.canvas.frame.x + self.head_width + inches(0.2)
        right = self.canvas.frame.x + self.width - inches(0.2)
        rows = tuple(
            (middle - self.node_height // 2, middle + self.node_height // 2)
            for middle in (top + self.lane_height // 2 for top in self.tops)
        )
        channel = rows[1][0] - rows[0][1]
        field = Field(
            left, right, rows, track=min(inches(0.13), round(channel * 0.24)),
            reach=min(inches(0.15), round(channel * 0.29)),
        )  # fmt: skip
        problem = ""
        for self.look in LOOKS:
            nodes = [self._node(member) for member in self.members]
            problem = self._crowded(nodes, field)
            if problem:
                continue
            links = [Link(tie.start.id, tie.end.id) for tie in self.ties]
            drawing = draw(nodes, links, field)
            if drawing.sound and drawing.crossings <= MOST_CROSSINGS:
                self._keep(nodes, drawing, rows)
                return ""
            problem = _fault(drawing)
        return problem

    def _crowded(self, nodes: Sequence[Node], field: Field) -> str:
        for lane, number in enumerate(self.tiers):
            own = [node for node in nodes if node.lane == lane]
            needed, room = room_needed(own, field.gap), field.right - field.left
            if needed > room:
                names = f"the {len(own)} nodes of tier {number}"
                return (
                    f"{names} need {needed / inches(1):.1f} in and have {room / inches(1):.1f} in"
                )
        return ""

    def _node(self, member: Member) -> Node:
        lane = self.tiers.index(self.studio.outline.tier_number(member.tier))
        if member.id not in self.linked:
            text = self.canvas.width(self._name(member), LOOSE)
            least = 1.1 if self.look.lines == 1 else 0.8
            return Node(member.id, lane, max(inches(least), text + inches(0.24)))
        pad, name = inches(self.look.pad), self._name(member)
        text = round(self.canvas.width(name, self.look.style) * 1.02)
        if self.look.lines > 1 and text > inches(1.3):
            half, step = text // 2, inches(0.05)
            text = half + step * bisect_left(
                range(ceil((text - half) / step)), True,
                key=lambda steps: self.canvas.fits(name, self.look.style, half + step * steps, 2),
            )  # fmt: skip
        return Node(member.id, lane, max(inches(self.look.least), text + pad))

    def _name(self, member: Member) -> Text:
        return member.label if self.look.short else member.name

    def _keep(
        self, nodes: Sequence[Node], drawing: Drawing, rows: Sequence[tuple[int, int]]
    ) -> None:
        self.drawing = drawing
        for node in nodes:
            top, bottom = rows[node.lane]
            x = drawing.centers[node.id] - node.width // 2
            self.boxes[node.id] = Box(x, top, node.width, bottom - top)

    def _weight(self, tie: Tie) -> tuple[bool, bool]:
        return self.main in tie.whats, not tie.inferred

    def _line(self, tie: Tie) -> Line:
        line = MAIN if self.main in tie.whats else OTHER
        return Line(line.color, line.width_pt, tie.inferred, arrow_end=True)

    # -- painting ------------------------------------------------------------------

    def paint(self, canvas: Canvas) -> None:
        assert self.drawing is not None
        for lane, number in enumerate(self.tiers):
            tier = canvas.studio.outline.tiers[number - 1]
            band = Box(canvas.frame.x, self.tops[lane], self.width, self.lane_height)
            canvas.panel(band, f"Lane {number}", "surface")
            self._head(canvas, Box(band.x, band.y, self.head_width, band.h), number, tier)
            members = canvas.studio.outline.members(number)
            for member in sorted(members, key=lambda m: self.boxes[m.id].x):
                self._paint_node(canvas, member)
            if not members:
                area = band.inset(left=self.head_width + inches(0.2))
                muted = SUPPORT.but(color="muted")
                canvas.text(
                    area, canvas.studio.labels.no_company, muted, anchor="middle", name="Empty lane"
                )
        # Where links share a part, what is stressed lies over the rest, solid over dashed.
        routes = zip(self.ties, self.drawing.routes, strict=True)
        for tie, route in sorted(routes, key=lambda pair: self._weight(pair[0])):
            self._paint_tie(canvas, tie, route)
        if self.wide:
            self._wide_key(canvas)
        else:
            self._panel(canvas)

    def _head(self, canvas: Canvas, box: Box, number: int, tier: Tier) -> None:
        ink, name = tier_ink(number), tier.label
        label = canvas.paragraph(canvas.studio.labels.rank(number), CAPTION.but(color=ink))
        words = [label, canvas.paragraph(name, SUPPORT_BOLD.but(color=ink), before_pt=2)]
        insets = (0.14, 0.03, 0.1, 0.03)
        inner = box.w - inches(insets[0] + insets[2])
        if canvas.height(words, CAPTION, inner) > box.h - inches(0.06):
            words = [
                canvas.paragraph(Text(f"{number}  {name}", name.mark), SUPPORT_BOLD.but(color=ink))
            ]
        canvas.shape(
            box,
            canvas.studio.labels.rank(number),
            fill=tier_fill(number),
            words=words,
            source=name,
            insets=insets,
        )

    def _paint_node(self, canvas: Canvas, member: Member) -> None:
        linked = member.id in self.linked
        style = self.look.style.but(align="center") if linked else LOOSE
        line = Line("ink2", 1.25) if linked else HAIRLINE
        if member.building:
            line = Line("muted", 1.25, dashed=True)
        canvas.shape(
            self.boxes[member.id], _item_name(canvas.studio, member), fill="card", line=line,
            words=self._name(member), style=style, insets=(0.05, 0, 0.05, 0),
            link=canvas.studio.link_to(canvas.studio.profile_of(member.id)),
        )  # fmt: skip

    def _paint_tie(self, canvas: Canvas, tie: Tie, route: Route) -> None:
        words = tie_words(canvas.studio.labels, tie)
        canvas.add(
            ConnectorItem(
                name=f"Dependency: {tie.start.name} on {tie.end.name}",
                start=route.start, end=route.end,
                line=self._line(tie), elbow=route.start_site in (0, 2), turn=route.turn,
                start_item=_item_name(canvas.studio, tie.start), start_site=route.start_site,
                end_item=_item_name(canvas.studio, tie.end), end_site=route.end_site,
                role="label", mark=tie.dependencies[0].mark, alt=words,
            )
        )  # fmt: skip
        mixed = self.main in tie.whats and len(tie.whats) > 1
        if mixed or 0 < sum(d.inference for d in tie.dependencies) < len(tie.dependencies):
            canvas.studio.move_to_notes("what one arrow stands for", words)

    def _panel(self, canvas: Canvas) -> None:
        frame = canvas.frame
        x = frame.x + self.width + inches(0.35)
        column = Box(x, frame.y, frame.right - x, frame.h)
        bottom = self._key(canvas, column)
        box = Box(column.x, column.y, column.w, bottom - inches(0.2) - column.y)
        points_ = list(self.slide.points) or derive_points(
            canvas.studio.outline, self.ties, self.members
        )
        if not self.slide.points:
            while len(points_) > 1 and _points_height(canvas, points_, box.w) > box.h - inches(
                0.45
            ):
                points_.pop()
        side_panel(canvas, box, points_)

    def _key(self, canvas: Canvas, column: Box) -> int:
        """What the lines mean, at the column's foot; returns where the key begins."""
        gap, rows = inches(0.08), self._key_rows()
        width = column.w - SAMPLE - KEY_GAP
        heights = [canvas.height(words, CAPTION, width) for _, words in rows]
        foot = self.tops[-1] + self.lane_height
        top = y = foot - sum(heights) - gap * (len(rows) - 1)
        for (line, words), height in zip(rows, heights, strict=True):
            _draw_key(canvas, Box(column.x, y, column.w, height), line, words)
            y += height + gap
        return top

    def _key_rows(self) -> list[tuple[Line, str]]:
        """Each sort of line on the map, and what it means."""
        labels = self.studio.labels
        rows: list[tuple[Line, str]] = []
        others = dict.fromkeys(w for t in self.ties if self.main not in t.whats for w in t.whats)
        if any(self.main in tie.whats for tie in self.ties):
            rows.append((MAIN, f"{labels.depends_on} {labels.what_for} {self.main}"))
        dashed = Line("muted", 1.5, dashed=True, arrow_end=True)
        secondary = [tie for tie in self.ties if self.main not in tie.whats]
        words = f"{labels.depends_on} {labels.what_for} {', '.join(others)}"
        inferred = [tie for tie in self.ties if tie.inferred]
        if secondary and all(tie.inferred for tie in secondary) and inferred == secondary:
            rows.append((dashed, f"{words} ({labels.inference.lower()})"))
        else:
            if others:
                rows.append((OTHER, words))
            if inferred:
                rows.append((dashed, labels.inference))
        return rows

    def _wide_key_height(self) -> int:
        """The height of the key below a wide map, with the space above it."""
        rows, frame = self._key_rows(), self.canvas.frame
        width = share(frame.w, len(rows), KEY_GAP) - SAMPLE - KEY_GAP
        return max(self.canvas.height(words, CAPTION, width) for _, words in rows) + inches(0.1)

    def _wide_key(self, canvas: Canvas) -> None:
        """The key in a row below the map; what follows goes to the notes."""
        frame, rows = canvas.frame, self._key_rows()
        height = self._wide_key_height() - inches(0.1)
        width = share(frame.w, len(rows), KEY_GAP)
        for (line, words), x in zip(rows, spread(frame.x, width, KEY_GAP, len(rows)), strict=True):
            _draw_key(canvas, Box(x, frame.bottom - height, width, height), line, words)
        for point in self.slide.points:
            canvas.studio.move_to_notes(f"“{point.head}”", point.text or point.head)


def _draw_key(canvas: Canvas, box: Box, line: Line, words: str) -> None:
    """A sample of a line and what it means."""
    middle = box.y + min(box.h, CAPTION.line_height) // 2
    ends = (box.x, middle), (box.x + SAMPLE, middle)
    canvas.add(ConnectorItem(name=f"Key: {words}", start=ends[0], end=ends[1], line=line))
    canvas.text(
        box.inset(left=SAMPLE + KEY_GAP), words, CAPTION, name=f"Key: {words}", role="label"
    )


def _item_name(studio: Studio, member: Member) -> str:
    return f"{studio.labels.cased('company')}: {member.name}"


def _fault(drawing: Drawing) -> str:
    """What keeps a drawing from being read."""
    if drawing.blocked:
        return "an arrow would run through a node"
    if drawing.overlaid:
        return "arrows would run on top of each other"
    return f"the arrows would cross {drawing.crossings} times (at most {MOST_CROSSINGS})"


def _points_height(canvas: Canvas, points_: Sequence[Point], width: int) -> int:
    heads = sum(canvas.height(point.head, SUBHEAD, width) for point in points_)
    return heads + sum(canvas.height(p.text, SUPPORT, width) + inches(0.17) for p in points_)
