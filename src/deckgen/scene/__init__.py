"""The waist: what stands on each page, at absolute positions in integer EMU.

Everything before a `Scene` decides what to say and where; everything after it
writes it down. Colours are token names of the theme (`ink`, `tier1`), never RGB.
Writers and rules read roles, never slide kinds. Modules, from the ground up: `words`, `charts`,
`items`, `pages`.
"""

from __future__ import annotations

from deckgen.box import Align, Anchor, Box
from deckgen.scene.charts import (
    CategoryChart,
    CategoryPoint,
    CategorySeries,
    Chart,
    DoughnutChart,
    LabelPlace,
    LabelSide,
    RangeChart,
    RangeRow,
    Slice,
    Stacking,
    Symbol,
    ValueAxis,
    XyChart,
    XyPoint,
    XySeries,
    day_of,
    serial_of,
)
from deckgen.scene.items import (
    Cell,
    ChartItem,
    ConnectorItem,
    GroupItem,
    Item,
    PictureItem,
    Role,
    ShapeItem,
    TableItem,
    TextItem,
    texts_of,
)
from deckgen.scene.pages import Note, Page, Properties, Scene, Section
from deckgen.scene.words import (
    LINK_COLOR,
    Body,
    Line,
    Link,
    Paragraph,
    Run,
    color_of,
    looks_like_link,
)

__all__ = [
    "LINK_COLOR",
    "Align",
    "Anchor",
    "Body",
    "Box",
    "CategoryChart",
    "CategoryPoint",
    "CategorySeries",
    "Cell",
    "Chart",
    "ChartItem",
    "ConnectorItem",
    "DoughnutChart",
    "GroupItem",
    "Item",
    "LabelPlace",
    "LabelSide",
    "Line",
    "Link",
    "Note",
    "Page",
    "Paragraph",
    "PictureItem",
    "Properties",
    "RangeChart",
    "RangeRow",
    "Role",
    "Run",
    "Scene",
    "Section",
    "ShapeItem",
    "Slice",
    "Stacking",
    "Symbol",
    "TableItem",
    "TextItem",
    "ValueAxis",
    "XyChart",
    "XyPoint",
    "XySeries",
    "color_of",
    "day_of",
    "looks_like_link",
    "serial_of",
    "texts_of",
]
