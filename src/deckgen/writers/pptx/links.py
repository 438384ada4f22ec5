"""A Link goes in, `a:hlinkClick` and its relationship come out (ECMA-376 part 1, 21.1.2.3.5)."""

from __future__ import annotations

import re

from deckgen.scene import Link
from deckgen.writers.pptx.escape import escape_attribute
from deckgen.writers.pptx.package import Relationships

# PowerPoint paints the text of a link in the theme's link colour, whatever the run says,
# unless this extension asks for the run's own ([MS-ODRAWXML], hlinkClr).
_OWN_COLOR = (
    '<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr'
    ' xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/>'
    "</a:ext></a:extLst>"
)
# What may not stand in a URI as it is (RFC 3986, 2); `%` stays, so that escapes survive.
_UNSAFE = re.compile(r"[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]")


def slide_part(number: int) -> str:
    """The part name of the slide `number`, from 1."""
    return f"/ppt/slides/slide{number}.xml"


def click_xml(
    link: Link, relationships: Relationships, pages: dict[str, int], own_color: bool = False
) -> str:
    """The click on a run or a shape. `pages` are the first pages, from 1, of slide ids;
    with `own_color` the run keeps its colour. ValueError if the slide does not exist.
    """
    action = ""
    if link.internal:
        number = pages.get(link.target[1:])
        if number is None:
            raise ValueError(f"a link leads to {link.target}, but the deck has no such slide")
        key = relationships.add("slide", slide_part(number))
        action = ' action="ppaction://hlinksldjump"'
    else:
        address = _UNSAFE.sub(_percent, link.target)
        key = relationships.add("hyperlink", address, external=True)
    tip = f' tooltip="{escape_attribute(link.tip)}"' if link.tip else ""
    extension = _OWN_COLOR if own_color else ""
    return f'<a:hlinkClick r:id="{key}"{action}{tip}>{extension}</a:hlinkClick>'


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found.group().encode())
