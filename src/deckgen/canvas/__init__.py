"""What a slide kind draws on: a content frame, measured text, boxes.

A `Studio` serves one slide: it opens a `Canvas` per page, with the title, kicker,
source, footer and number in place, and gives the outline, the words and the page
numbers. Every text is measured in its box; what does not fit becomes a problem at
the line of the outline that holds it. All lengths are EMU unless the name says points.
"""

from __future__ import annotations

from deckgen.canvas.page import Canvas, Words
from deckgen.canvas.studio import Directory, Studio

__all__ = ["Canvas", "Directory", "Studio", "Words"]
