"""A network: who is tied to whom, as discs and arrows that find their own places.

Without fields of its own it shows the dependencies of the analysis: companies and groups that
depend on another or are depended on, in the colour and with the number of their tier, an arrow
to each provider, dashed where all that is known of it is an inference. With `edges` (and
`nodes`, where they are to be in a tier) it shows ties of your own. Where ranks are the message
take a dependency map, which is native and can be edited; a network is for ties that follow no
rank. It is a picture. Its labels touch neither a node nor one another; nodes whose labels have
no room in 11 points are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from deckgen import markup
from deckgen.canvas import Canvas, Studio
from deckgen.charts.data import name_of
from deckgen.charts.measure import bare_stand, takeaways
from deckgen.fields import Doc, Part
from deckgen.figures.exhibit import put_figure, room_of
from deckgen.figures.network import Network, Node, Tie, draw_network
from deckgen.outline import NONE, Outline, Slide, Sources
from deckgen.parts import Point
from deckgen.parts.ties import find_ties
from deckgen.source import Id, Mark, Problem, Text, list_words

MOST = 40


class NodeRow(Part):
    """A node."""

    shorthand = "name"
    name: Annotated[Text, Doc("its name, if it is no company of the analysis", fact=True)] = NONE
    company: Annotated[Id, Doc("the company that it is", ref="company|group", fact=True)] = Id("")
    highlight: Annotated[bool, Doc("true for those that carry the message")] = False


class Edge(Part):
    """An arrow from one node to another, by their names, or the ids of companies."""

    from_: Annotated[Text, Doc("where it starts", fact=True)]
    to: Annotated[Text, Doc("where it ends", fact=True)]
    inference: Annotated[
        bool, Doc("true if this is our reading, not the source's word", fact=True)
    ] = False
    highlight: Annotated[bool, Doc("true for those that carry the message")] = False
    source: Sources = ()


class Fields(Slide, kw_only=True):
    shows_everyone: ClassVar[bool] = True
    nodes: Annotated[
        tuple[NodeRow, ...], Doc("the nodes; those that `edges` name, if left out")
    ] = ()
    edges: Annotated[
        tuple[Edge, ...], Doc("the arrows; the dependencies of the analysis, if left out")
    ] = ()
    points: Annotated[tuple[Point, ...], Doc("takeaways in the side panel", most=4)] = ()


def check(slide: Fields, outline: Outline) -> Iterator[Problem]:
    if not slide.edges:
        if slide.nodes:
            yield Problem(slide.nodes[0].mark, "there are `nodes` but no `edges`", "give both")
        elif not any(outline.dependencies()):
            told = "no dependency is named"
            yield Problem(slide.mark, told, "give companies a `depends_on`, or the slide `edges`")
        return
    names: dict[str, NodeRow] = {}
    for node in slide.nodes:
        if bool(node.name) == bool(node.company):
            yield Problem(node.mark, "give either `name` or `company`", "and not both")
            return
        first = names.setdefault(name_of(node, outline), node)
        if first is not node:
            told = f"the node “{name_of(node, outline)}” stands twice"
            yield Problem(node.mark, told, f"it is on line {first.mark.line} already")
    for edge in slide.edges:
        ends = [_name(edge.from_, outline), _name(edge.to, outline)]
        unknown = [name for name in ends if slide.nodes and name not in names]
        for name in unknown[:1]:
            told = f"there is no node “{name}”"
            yield Problem(edge.mark, told, f"it can be: {list_words(list(names)[:24])}")
        if ends[0] == ends[1]:
            yield Problem(edge.mark, f"“{ends[0]}” is tied to itself", "leave it out")


def _name(words: Text, outline: Outline) -> str:
    """What an end of an edge is called: a company by its id, or the words themselves."""
    member = next((one for one in outline.everyone if one.id == words), None)
    return markup.plain(member.label if member else words)


def layout(slide: Fields, studio: Studio) -> None:
    chart, marks = _written(slide, studio) if slide.edges else _from_analysis(studio)
    canvas = studio.open("content")
    place = bare_stand(canvas, slide.points)
    if len(chart.nodes) > MOST:
        told = f"a network takes {MOST} nodes, not {len(chart.nodes)}"
        studio.refuse(slide, f"{told} (at most {MOST})", "use a dependency map with `form: table`")
        return
    drawn = draw_network(chart, studio.theme, *room_of(place))
    put_figure(canvas, place, drawn, _alt(canvas, chart), marks)
    takeaways(canvas, place, slide.points)


def _from_analysis(studio: Studio) -> tuple[Network, list[Mark]]:
    """Those who depend on one another, in the order of their tiers."""
    outline, labels = studio.outline, studio.labels
    ties = find_ties(outline, range(1, len(outline.tiers) + 1))
    linked = {member.id for tie in ties for member in (tie.start, tie.end)}
    members = [member for member in outline.members() if member.id in linked]
    places = {str(member.id): number for number, member in enumerate(members)}
    nodes = [
        Node(markup.plain(member.label), outline.tier_number(member.tier)) for member in members
    ]
    arrows = [Tie(places[tie.start.id], places[tie.end.id], tie.inferred) for tie in ties]
    ranks = [markup.plain(tier.label) for tier in outline.tiers]
    inferred = labels.inference if any(tie.dashed for tie in arrows) else ""
    chart = Network(tuple(nodes), tuple(arrows), tuple(ranks), inferred)
    return chart, [member.mark for member in members]


def _written(slide: Fields, studio: Studio) -> tuple[Network, list[Mark]]:
    """The author's own nodes and edges; a node that is a company stands in its tier."""
    outline, labels = studio.outline, studio.labels
    ends = [(_name(edge.from_, outline), _name(edge.to, outline)) for edge in slide.edges]
    marks = {name_of(node, outline): node.mark for node in slide.nodes}
    for edge, pair in zip(slide.edges, ends, strict=True):
        for name in pair:
            marks.setdefault(name, edge.mark)
    lit = {name_of(node, outline) for node in slide.nodes if node.highlight}
    ranks = {markup.plain(one.label): outline.tier_number(one.tier) for one in outline.everyone}
    names = list(marks)
    nodes = tuple(Node(name, ranks.get(name, 0), name in lit) for name in names)
    arrows = tuple(
        Tie(names.index(a), names.index(b), edge.inference, edge.highlight)
        for edge, (a, b) in zip(slide.edges, ends, strict=True)
    )
    tiers = tuple(markup.plain(tier.label) for tier in outline.tiers)
    shown = tiers if any(node.rank for node in nodes) else ()
    inferred = labels.inference if any(tie.dashed for tie in arrows) else ""
    return Network(nodes, arrows, shown, inferred), list(marks.values())


def _alt(canvas: Canvas, chart: Network) -> str:
    """How many nodes and ties there are, and which three nodes most arrows lead to."""
    counts = [sum(tie.end == number for tie in chart.ties) for number in range(len(chart.nodes))]
    order = sorted(range(len(counts)), key=lambda number: (-counts[number], number))
    told = [f"{chart.nodes[n].name} {counts[n]}" for n in order[:3] if counts[n]]
    what = f"Network of {len(chart.nodes)} nodes and {len(chart.ties)} arrows"
    return f"{canvas.title}. {what}; most lead to {list_words(told, 'and')}"
