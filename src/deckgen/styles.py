"""The type scale: how texts are set, by their role. Sizes in points."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from deckgen.scene import Align, Line
from deckgen.template import LINE_PITCH
from deckgen.units import points

HAIRLINE = Line("hair", 0.75)


class Style(Struct, frozen=True):
    """How a text is set. `pitch_pt` 0 means LINE_PITCH times the size."""

    size_pt: float
    bold: bool = False
    color: str = "ink"
    align: Align = "left"
    pitch_pt: float = 0.0

    @property
    def line_pt(self) -> float:
        return self.pitch_pt or self.size_pt * LINE_PITCH

    @property
    def line_height(self) -> int:
        """EMU from one baseline to the next."""
        return points(self.line_pt)

    def but(self, **changes: object) -> Style:
        """The style with some attributes changed."""
        return replace(self, **changes)


# The type scale of the design, by role.
HEAD20 = Style(20, bold=True)
HEAD = Style(16, bold=True)
CLAIM = Style(16)
SUBHEAD = Style(14, bold=True)
BODY = Style(14, color="ink2")
SUPPORT_BOLD = Style(12, bold=True)
SUPPORT = Style(12, color="ink2")
LABEL = Style(11, bold=True, color="muted")
CAPTION = Style(11, color="ink2")
SOURCE = Style(9, color="muted")
