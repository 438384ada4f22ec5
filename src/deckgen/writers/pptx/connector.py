"""The stored geometry of connectors: where PowerPoint draws them until a shape is moved.

`bentConnector3` (ECMA-376 part 1, presetShapeDefinitions.xml) runs in its own frame from
(0, 0) along x to adj1, along y, and along x to (w, h). To leave and enter vertically the
frame is turned by a quarter, so width and height change places about the same centre, and
flipped where the end lies on the other side. What python-pptx writes leaves sideways.
LibreOffice routes glued connectors anew and so does not show a mistake made here.
"""

from __future__ import annotations

from msgspec import Struct

from deckgen.scene import ConnectorItem

QUARTER = 5_400_000  # ST_Angle: 60,000ths of a degree, clockwise


class Route(Struct, frozen=True):
    """`a:xfrm` of a connector in EMU, its preset, and `adj1` where it bends (else None)."""

    x: int
    y: int
    w: int
    h: int
    preset: str
    rotation: int = 0
    flip_h: bool = False
    flip_v: bool = False
    adjust: int | None = None


def route(item: ConnectorItem) -> Route:
    """The stored geometry of a connector; an elbow without a bend is a straight line."""
    (x1, y1), (x2, y2) = item.start, item.end
    if not item.elbow or x1 == x2 or y1 == y2:
        box = item.box
        return Route(
            box.x, box.y, box.w, box.h, "straightConnector1", flip_h=x2 < x1, flip_v=y2 < y1
        )
    width, height = abs(y2 - y1), abs(x2 - x1)
    down, right = y2 > y1, x2 > x1
    return Route(
        x=(x1 + x2 - width) // 2,
        y=(y1 + y2 - height) // 2,
        w=width,
        h=height,
        preset="bentConnector3",
        # A quarter clockwise leads down and to the left, three quarters up and to the right.
        rotation=QUARTER if down else 3 * QUARTER,
        flip_v=right if down else not right,
        adjust=round(item.turn * 100_000),
    )


def route_xml(route: Route) -> str:
    """`a:xfrm` and `a:prstGeom` of a route."""
    rotation = f' rot="{route.rotation}"' if route.rotation else ""
    flips = ' flipH="1"' * route.flip_h + ' flipV="1"' * route.flip_v
    guide = ""
    if route.adjust is not None:
        guide = f'<a:gd name="adj1" fmla="val {route.adjust}"/>'
    return (
        f'<a:xfrm{rotation}{flips}><a:off x="{route.x}" y="{route.y}"/>'
        f'<a:ext cx="{route.w}" cy="{route.h}"/></a:xfrm>'
        f'<a:prstGeom prst="{route.preset}"><a:avLst>{guide}</a:avLst></a:prstGeom>'
    )
