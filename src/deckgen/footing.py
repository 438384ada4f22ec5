"""Layouts and a theme's footing go in, the same layouts with its footer, logo and mark come out.

The logo stands at the right end of the footer, centred on its line, and pushes the slide number
to the left; the classification stands before the number, on the cover and on dividers as well.
Both belong to the layouts, so that a page added by hand has them too.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from deckgen.advances import advance
from deckgen.scene import Box
from deckgen.template import Emblem, Imprint, Layout, Placeholder
from deckgen.theme import Footing, Logo, Theme
from deckgen.units import inches, points

LOGO_WIDTH, LOGO_HEIGHT = inches(0.9), inches(0.25)  # at most
GAP = inches(0.2)
NUMBER_WIDTH = inches(0.4)  # beside a mark: four digits in the footer's size
MARK_WIDTH = inches(2.2)
_TITLED = ("content", "text", "columns")  # the layouts whose title has the size of a slide's


def dress(layouts: Mapping[str, Layout], theme: Theme) -> dict[str, Layout]:
    """The layouts in a theme, by key."""
    footing = theme.footing
    if footing == Footing():
        return dict(layouts)
    line = layouts["content"].placeholder("number")
    return {key: _dressed(layout, footing, line) for key, layout in layouts.items()}


def mark_width(words: str, face: str, footing: Footing) -> int:
    """EMU that a classification takes in the footer; MARK_WIDTH is what it may take."""
    return round(advance(words, face, bold=True) * points(footing.footer_pt or 9))


def _dressed(layout: Layout, footing: Footing, line: Placeholder) -> Layout:
    """A layout with what stands at its foot; `line` is where page numbers stand."""
    size = footing.footer_pt or line.size_pt
    right, emblems = line.box.right, layout.emblems
    if footing.logo is not None and (layout.has("number") or layout.has("footer")):
        box = _logo_box(footing.logo, line.box)
        emblems = (*emblems, Emblem("Logo", box, footing.logo.data, footing.logo.media))
        right = box.x - GAP
    width = NUMBER_WIDTH if footing.classification or emblems else line.box.w
    number = Box(right - width, line.box.y, width, line.box.h)
    placeholders = tuple(
        _placed(_sized(placeholder, layout, footing), number)
        for placeholder in layout.placeholders
        if not _is_left_out(placeholder, footing)
    )
    imprints = layout.imprints
    if footing.classification:
        end = number.x - GAP if footing.number and layout.has("number") else right
        mark = Box(end - MARK_WIDTH, line.box.y, MARK_WIDTH, line.box.h)
        color = "muted" if layout.background == "bg" else "on_panel2"
        imprints = (
            *imprints,
            Imprint(
                name="Classification", box=mark, words=footing.classification, size_pt=size,
                color=color, bold=True, align="right",
            ),
        )  # fmt: skip
    return replace(layout, placeholders=placeholders, imprints=imprints, emblems=emblems)


def _logo_box(logo: Logo, line: Box) -> Box:
    """The largest box of the logo's shape that it may have, at the right end of a line."""
    scale = min(LOGO_WIDTH / logo.width, LOGO_HEIGHT / logo.height)
    w, h = round(logo.width * scale), round(logo.height * scale)
    return Box(line.right - w, line.y + (line.h - h) // 2, w, h)


def _is_left_out(placeholder: Placeholder, footing: Footing) -> bool:
    return (placeholder.key == "footer" and footing.text == "") or (
        placeholder.key == "number" and not footing.number
    )


def _placed(placeholder: Placeholder, number: Box) -> Placeholder:
    return replace(placeholder, box=number) if placeholder.key == "number" else placeholder


def _sized(placeholder: Placeholder, layout: Layout, footing: Footing) -> Placeholder:
    """A placeholder in the theme's size for its role, where the layout has the usual one."""
    sizes = {"source": footing.source_pt, "footer": footing.footer_pt, "number": footing.footer_pt}
    if layout.key in _TITLED:
        sizes["title"] = footing.title_pt
    if layout.has("source"):
        sizes["kicker"] = footing.kicker_pt
    size = sizes.get(placeholder.key, 0.0)
    return replace(placeholder, size_pt=size) if size else placeholder
