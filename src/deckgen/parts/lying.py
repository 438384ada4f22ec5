"""Lying bars of several series go in, a native chart and the shapes bound to it come out."""

from __future__ import annotations

from deckgen.canvas import Canvas
from deckgen.parts.columns import Look
from deckgen.parts.data import Table, TableSlide


class LyingDrawing:
    def __init__(self, canvas: Canvas, slide: TableSlide, table: Table, look: Look) -> None:
        self.canvas = canvas

    def paint(self) -> None:
        pass
