"""A plate goes in, the PNG and the SVG of the figure come out, with what has no room in it.

The same plate gives the same bytes in every process: no date, no program's name, no ids made
by chance, and no setting of the user's matplotlib. Matplotlib is loaded here, by the first
figure of a deck.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from deckgen.figures.faces import Faces, find_faces, missing_letters
from deckgen.figures.plate import Area, Plate, Words

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.patches import PathPatch
    from matplotlib.text import Text as DrawnText
    from matplotlib.transforms import Transform

DPI = 200
# What makes bytes repeat, and text in an SVG stay text.
REPEATABLE: dict[Any, Any] = {
    "svg.fonttype": "none", "svg.hashsalt": "deckgen", "svg.image_inline": True, "svg.id": None,
    "text.hinting": "no_hinting", "savefig.bbox": None, "savefig.facecolor": "auto",
    "savefig.transparent": False,
}  # fmt: skip
TOUCH = 1.0  # points by which boxes of words may meet before they count as overlapping
_DOCTYPE = re.compile(r"<!DOCTYPE[^>]*>\s*")  # no part of a package should name a DTD
_FAMILY = re.compile(r"font-family: [^;\"]*")


class Print(Struct, frozen=True):
    """A drawn figure. `faults` tell which words have no room or no letters, in sentences."""

    png: bytes
    svg: bytes
    faults: tuple[str, ...]
    stands_in: bool  # the theme's face is not installed, nor one of its widths


@lru_cache(maxsize=64)
def print_plate(plate: Plate) -> Print:
    """The figure of a plate."""
    from matplotlib.figure import Figure
    from matplotlib.transforms import Affine2D

    faces = find_faces(plate.face)
    words = "".join(shape.text for shape in plate.shapes if isinstance(shape, Words))
    if lacking := missing_letters(words, faces):
        told = f"no installed face has the letters “{lacking[:20]}” of the figure"
        return Print(b"", b"", (told,), faces.stands_in)
    with house_settings():
        figure = Figure((plate.width / 72, plate.height / 72), DPI, facecolor=f"#{plate.ground}")
        scale, texts = Affine2D().scale(1 / 72) + figure.dpi_scale_trans, []
        for shape in plate.shapes:
            if isinstance(shape, Area):
                figure.add_artist(_as_patch(shape, plate.height, scale))
            else:
                texts.append(_as_text(shape, plate.height, scale, faces))
                figure.add_artist(texts[-1])
        png, svg = save_png(figure), save_svg(figure, faces)
        faults = tuple(find_faults(figure, texts))
    return Print(png, svg, faults, faces.stands_in)


@contextmanager
def house_settings() -> Iterator[None]:
    """Matplotlib's own defaults, whatever the user's are, and what makes bytes repeat."""
    from matplotlib import rc_context, rcdefaults, rcParams

    with rc_context():
        rcdefaults()
        rcParams.update(REPEATABLE)
        yield


def _as_patch(area: Area, height: float, scale: Transform) -> PathPatch:
    """A shape as matplotlib draws it, whose y goes up from the bottom; `scale` is of points."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    codes = {"M": Path.MOVETO, "L": Path.LINETO, "C": Path.CURVE4, "Z": Path.CLOSEPOLY}
    places: list[tuple[float, float]] = []
    kinds: list[Any] = []
    for step, numbers in area.steps:
        corners = [(numbers[n], height - numbers[n + 1]) for n in range(0, len(numbers), 2)]
        places += corners or [(0.0, 0.0)]
        kinds += [codes[step]] * max(1, len(corners))
    return PathPatch(
        Path(places, kinds), facecolor=f"#{area.fill}" if area.fill else "none",
        edgecolor=f"#{area.line}" if area.line else "none",
        linewidth=area.width_pt if area.line else 0, linestyle=(0, (4, 3)) if area.dashed else "-",
        joinstyle="miter", capstyle="butt", clip_on=False,
        transform=scale,
    )  # fmt: skip


def _as_text(words: Words, height: float, scale: Transform, faces: Faces) -> DrawnText:
    from matplotlib.font_manager import FontProperties
    from matplotlib.text import Text

    font = FontProperties(
        family=list(faces.families), size=words.size_pt, weight=700 if words.bold else 400
    )
    return Text(
        words.x, height - words.y, words.text, color=f"#{words.color}", fontproperties=font,
        horizontalalignment=words.align, verticalalignment="baseline", parse_math=False,
        transform=scale, clip_on=False,
    )  # fmt: skip


def save_png(figure: Figure) -> bytes:
    """The figure as PNG at `DPI`, in the size that it has."""
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=DPI, metadata={"Software": None})
    return stream.getvalue()


def save_svg(figure: Figure, faces: Faces) -> bytes:
    """The figure as SVG whose text is text, in families that stand for the theme's face."""
    stream = io.BytesIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(stream, format="svg", metadata=nothing)
    drawn = _DOCTYPE.sub("", stream.getvalue().decode())
    named = f"font-family: {faces.css}"
    return _FAMILY.sub(lambda f: named if faces.families[0] in f[0] else f[0], drawn).encode()


# -- what has no room ------------------------------------------------------------------


def find_faults(figure: Figure, texts: Sequence[DrawnText]) -> Iterator[str]:
    """Words that leave the figure or lie over others, as matplotlib's renderer measures them.

    The box of a slanting text has more room than its words: what lies in that is not told.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    renderer = FigureCanvasAgg(figure).get_renderer()
    touch, bounds = TOUCH * figure.dpi / 72, figure.bbox
    boxes = [text.get_window_extent(renderer) for text in texts]
    for number, (text, box) in enumerate(zip(texts, boxes, strict=True)):
        beyond = max(bounds.x0 - box.x0, bounds.y0 - box.y0, box.x1 - bounds.x1, box.y1 - bounds.y1)
        if beyond > touch:
            told = f"by {beyond / figure.dpi:.2f} in (at most {TOUCH / 72:.2f} in)"
            yield f"“{text.get_text()}” leaves the figure {told}"
        for other, another in zip(texts[:number], boxes[:number], strict=True):
            if text.get_rotation() % 90 or other.get_rotation() % 90:
                continue
            across = min(box.x1, another.x1) - max(box.x0, another.x0)
            down = min(box.y1, another.y1) - max(box.y0, another.y0)
            # The box of a line has room above and below its letters.
            if across > touch and down > touch + 0.2 * min(box.height, another.height):
                told = f"by {min(across, down) / figure.dpi:.2f} in (at most {TOUCH / 72:.2f} in)"
                yield f"“{text.get_text()}” lies over “{other.get_text()}” {told}"
