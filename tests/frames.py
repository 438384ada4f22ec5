"""Slides with less room than the house's: a template whose content frame is low and narrow."""

from __future__ import annotations

from msgspec.structs import replace

from deckgen.box import Box
from deckgen.template import Layout, Placeholder, Template, house
from deckgen.units import inches

WIDTH, HEIGHT = inches(10), inches(5.625)  # as many company templates have it


def place(x: float, y: float, w: float, h: float) -> Box:
    """A box of which all is given in inches."""
    return Box(inches(x), inches(y), inches(w), inches(h))


def low_template(width: float, height: float) -> Template:
    """All of the house's layouts on a slide of 10 by 5.625 in, with a content frame of this size.

    Placeholders stand and look as in a company's template: on the cover, dividers and closing
    slides they are smaller than the house's.
    """
    left, top = (10 - width) / 2, 4.95 - height
    frame = place(left, top, width, height)
    half = replace(frame, w=(frame.w - inches(0.3)) // 2)
    chrome = {
        "title": (place(left, top - 0.92, width, 0.81), 24.0),
        "kicker": (place(left, top - 1.15, width * 0.6, 0.2), 11.0),
        "source": (place(left, 4.97, width, 0.32), 9.0),
        "footer": (place(left, 5.34, width * 0.6, 0.18), 9.0),
        "number": (place(left + width - 1, 5.34, 1, 0.18), 9.0),
    }
    inner = width / 2 - 0.5  # of what stands at the left of a layout in two parts
    places = {
        "cover": {
            "title": (place(left, 1.3, 5.2, 1.5), 36.0),
            "kicker": (place(left, 0.9, 5, 0.25), 12.0),
            "subtitle": (place(left, 2.9, 5.0, 0.7), 20.0),
            "author": (place(left, 4.3, 5, 0.3), 14.0), "date": (place(left, 4.6, 5, 0.3), 14.0),
        },
        "section": {
            "title": (place(left, 2.4, inner, 1.5), 28.0),
            "kicker": (place(left, 0.5, inner, 0.25), 12.0),
            "section_number": (place(left, 0.8, inner, 1.5), 80.0),
        },
        "insight": {**chrome, "title": (place(left, 0.8, inner, 2.4), 32.0)},
        "closing": {
            "title": (place(0.5, 0.8, 3, 2.6), 32.0), "kicker": (place(0.5, 0.4, 3, 0.25), 12.0),
            "instruction": (place(0.5, 3.9, 3, 1.1), 14.0), "number": chrome["number"],
        },
        "content": chrome,
        "text": {**chrome, "text": (frame, 16.0)},
        "columns": {
            **chrome, "text": (half, 16.0), "text2": (replace(half, x=frame.right - half.w), 16.0),
        },
    }  # fmt: skip
    frames = {
        "cover": place(left, 0.9, width, 4.0),
        "section": place(left + width / 2, 0.6, width / 2, 4.4),
        "insight": place(left, 0.8, width, 4.15),
        "closing": place(4.2, 0.4, 5.3, 4.7),
    }
    panels = {
        "section": place(0, 0, left + width / 2 - 0.3, 5.625),
        "closing": place(0, 0, 3.8, 5.625),
    }
    layouts = {}
    for key, layout in house().layouts.items():
        own = tuple(_moved(p, *places[key][p.key]) for p in layout.placeholders)
        art = tuple(replace(a, box=panels[key]) for a in layout.art if a.name == "Panel")
        layouts[key] = replace(layout, frame=frames.get(key, frame), placeholders=own, art=art)
    return Template(WIDTH, HEIGHT, layouts)


def _moved(placeholder: Placeholder, box: Box, size_pt: float) -> Placeholder:
    return replace(placeholder, box=box, size_pt=size_pt)


def without_kicker(template: Template) -> Template:
    """The template without a place for a kicker on slides of content."""

    def bare(layout: Layout) -> Layout:
        kept = tuple(p for p in layout.placeholders if p.key != "kicker")
        return replace(layout, placeholders=kept)

    keys = ("content", "text", "columns", "insight")
    layouts = {k: bare(v) if k in keys else v for k, v in template.layouts.items()}
    return replace(template, layouts=layouts)


FRAMES: dict[str, Template] = {
    **{size: house(size) for size in ("16:10", "A4", "4:3")},
    "low": low_template(8.6, 3.7),
    "lowest": without_kicker(low_template(8.0, 3.6)),
}
