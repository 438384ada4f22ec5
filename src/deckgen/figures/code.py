"""A file of Python that the author wrote goes in, the figure that it draws comes out.

The file defines `figure(theme, size)`. Whoever calls this has the permission to run it.
Whatever goes wrong in the file is told with its line, and nothing that it does to matplotlib
outlasts the figure.
"""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from functools import lru_cache
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from deckgen import disk
from deckgen.figures.faces import Faces, find_faces, missing_letters
from deckgen.figures.plate import SMALLEST
from deckgen.figures.press import (
    DPI,
    REPEATABLE,
    Print,
    find_faults,
    house_settings,
    save_png,
    save_svg,
)
from deckgen.limits import MOST_CODE_BYTES, MOST_PICTURE_BYTES
from deckgen.source import shorten
from deckgen.theme import Theme, contrast

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.text import Text as DrawnText

TEXT_PT = 12  # of texts to which the code gives no size
PLAIN = 2.5  # contrast to the ground of what is drawn in a colour that the code does not choose
MOST_TOLD = 200  # characters of an exception's message
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # in no XML (1.0, 2.2)


class CodeError(Exception):
    """What went wrong in the author's file: a sentence with its line."""


class FigureTheme(Struct, frozen=True):
    """What a figure's code is told of the theme: `colors` are '#RRGGBB' by token name."""

    colors: dict[str, str]
    font: str
    dark: bool


class Drawn(Struct, frozen=True):
    """A printed figure and the words in it, in the order in which they are drawn."""

    printed: Print
    said: tuple[str, ...]


def run_code(path: Path, name: str, theme: Theme, size: tuple[float, float], reading: int) -> Drawn:
    """The figure that a file draws, `size` inches wide and high. Raises CodeError.

    `name` is the file as messages call it. The file is run once for each `reading` of the
    outline, look and size: what it reads itself may have changed when the outline is read again.
    """
    colors = tuple((token, f"#{color}") for token, color in theme.colors.items())
    drawn = _draw(path, shorten(name), colors, theme.body_font, theme.dark, size, reading)
    disk.note(path)
    return drawn


@lru_cache(maxsize=32)
def _draw(
    path: Path, name: str, colors: tuple[tuple[str, str], ...], font: str, dark: bool,
    size: tuple[float, float], reading: int,
) -> Drawn:  # fmt: skip
    theme, faces = FigureTheme(dict(colors), font, dark), find_faces(font)
    with house_settings(), warnings.catch_warnings(), _no_windows():
        from matplotlib import rcParams

        warnings.simplefilter("ignore")  # what matters in them is told below
        rcParams.update(_look(theme.colors, faces))
        draw = _load(path, name)
        figure = _judge(_guard(path, name, lambda: draw(theme, size)), name, size)
        rcParams.update(REPEATABLE)  # the code may have changed them
        texts = _guard(path, name, lambda: _texts_of(figure))
        said = tuple(text.get_text() for text in texts)
        if lacking := missing_letters("".join(said), faces):
            raise CodeError(f"no installed face has the letters “{lacking[:20]}” of “{name}”")
        crowded = tuple(find_faults(figure, texts))  # before saving, which places texts anew
        png = _guard(path, name, lambda: save_png(figure))
        svg = _guard(path, name, lambda: save_svg(figure, faces))
        faults = (*_misfits(texts, svg, name), *crowded)
    return Drawn(Print(png, svg, faults, faces.stands_in), said)


def _look(colors: dict[str, str], faces: Faces) -> dict[Any, Any]:
    """Settings of matplotlib for the theme's face and colours, and no line that nobody reads."""
    from cycler import cycler

    ink, edge, ground, face = (*(colors[c] for c in ("ink", "muted", "bg")), faces.families[0])
    series = [colors[f"series{number}"] for number in (1, 3, 5, 2, 4, 6)]
    plain = [color for color in series if contrast(color[1:], ground[1:]) >= PLAIN] or [ink]
    lines = ("axes.edgecolor", "xtick.color", "ytick.color", "grid.color", "legend.edgecolor")
    words = ("text.color", "axes.labelcolor", "xtick.labelcolor", "ytick.labelcolor")
    grounds = ("figure.facecolor", "axes.facecolor", "legend.facecolor")
    return {
        **dict.fromkeys(lines, edge), **dict.fromkeys(words, ink), **dict.fromkeys(grounds, ground),
        "font.size": TEXT_PT, "font.family": list(faces.families),
        "font.sans-serif": list(faces.families), "mathtext.fontset": "custom",
        "mathtext.rm": face, "mathtext.it": f"{face}:italic", "mathtext.bf": f"{face}:bold",
        "mathtext.sf": face, "mathtext.tt": face, "mathtext.cal": face,
        "axes.spines.top": False, "axes.spines.right": False, "axes.linewidth": 0.75,
        "axes.prop_cycle": cycler(color=plain),
        "legend.frameon": False, "lines.linewidth": 2.25,
    }  # fmt: skip


@contextmanager
def _no_windows() -> Iterator[None]:
    """If the code uses pyplot, it opens no window, and its figures are closed afterwards."""
    from matplotlib import rcParams, rcParamsOrig

    pyplot = sys.modules.get("matplotlib.pyplot")
    before = set(pyplot.get_fignums()) if pyplot else set()
    if not pyplot:
        rcParams["backend"] = "agg"
    try:
        yield
    finally:
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot:
            for number in set(pyplot.get_fignums()) - before:
                pyplot.close(number)
        else:
            rcParams["backend"] = rcParamsOrig["backend"]


# -- the author's code ----------------------------------------------------------------


def _load(path: Path, name: str) -> Callable[..., Any]:
    """The file's function `figure`; the file is run in a namespace of its own."""
    try:
        source = disk.read_bytes(path, MOST_CODE_BYTES)
    except disk.TooLargeError:
        raise CodeError(f"“{name}” has more than {MOST_CODE_BYTES:,} bytes") from None
    except OSError as error:
        raise CodeError(f"“{name}” cannot be read ({error.strerror or error})") from None
    space: dict[str, Any] = {"__name__": "figure_code", "__file__": str(path)}
    _guard(path, name, lambda: exec(compile(source, str(path), "exec", dont_inherit=True), space))
    draw = space.get("figure")
    if not callable(draw):
        raise CodeError(f"“{name}” defines no function `figure(theme, size)`")
    return draw  # type: ignore[no-any-return]


def _guard(path: Path, name: str, run: Callable[[], Any]) -> Any:
    """What the author's code gives. CodeError for whatever it raises, even an end of Python.

    What it prints goes to standard error, so that it stays out of reports.
    """
    try:
        with redirect_stdout(sys.stderr):
            return run()
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        line = _line_of(error, str(path))
        kind, told = shorten(type(error).__name__), _message_of(error)
        where = f"{name}:{line}" if line else name
        raise CodeError(f"{where}: {kind}{': ' if told else ''}{told}") from None


def _line_of(error: BaseException, file: str) -> int:
    """The line of a file at which an exception arose, or from which it came; 0 if none."""
    if isinstance(error, SyntaxError) and error.filename == file:
        return error.lineno or 0
    lines = [
        line for frame, line in walk_tb(error.__traceback__) if frame.f_code.co_filename == file
    ]
    return lines[-1] if lines else 0


def _message_of(error: BaseException) -> str:
    """What an exception says, on one line; an author's own may fail to say anything."""
    try:
        words = str(error.msg if isinstance(error, SyntaxError) else error)
    except KeyboardInterrupt:
        raise
    except BaseException:
        return ""
    line = " ".join("".join(c if c.isprintable() else " " for c in words[:1000]).split())
    return line if len(line) <= MOST_TOLD else f"{line[: MOST_TOLD - 1]}…"


# -- the figure -----------------------------------------------------------------------


def _judge(figure: Any, name: str, size: tuple[float, float]) -> Figure:
    """What `figure` returned, in the size of its place."""
    from matplotlib.figure import Figure

    if not isinstance(figure, Figure):
        told = f"`figure` in “{name}” returns {shorten(type(figure).__name__)}"
        raise CodeError(f"{told}, not a matplotlib Figure")
    figure.set_size_inches(*size)
    figure.set_dpi(DPI)
    return figure


def _texts_of(figure: Figure) -> list[DrawnText]:
    """The texts that are drawn: an axis keeps labels for ticks out of sight as well."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    drawn: dict[DrawnText, None] = {}
    lines: list[str] = []  # of texts of several lines, which matplotlib does not name

    def note(*what: Any, mtext: DrawnText | None = None, **_: object) -> None:
        if mtext is None:
            lines.append(what[3])
        elif mtext.get_text().strip():
            drawn[mtext] = None

    def is_drawn(text: DrawnText, words: set[str]) -> bool:
        own = set(text.get_text().split())
        return bool(own and text.get_visible() and (own <= words or text.get_path_effects()))

    renderer = FigureCanvasAgg(figure).get_renderer()
    for method in ("draw_text", "draw_tex"):
        setattr(renderer, method, note)
    figure.draw(renderer)
    for method in ("draw_text", "draw_tex"):
        delattr(renderer, method)  # saving uses the same renderer
    words = set(" ".join(lines).split())
    rest = (text for text in figure.findobj(Text) if isinstance(text, Text) and text not in drawn)
    return [*drawn, *(text for text in rest if is_drawn(text, words))]


def _misfits(texts: Sequence[DrawnText], svg: bytes, name: str) -> Iterator[str]:
    """What cannot stand on a slide, in sentences."""
    if len(svg) > MOST_PICTURE_BYTES:
        told = f"the figure of “{name}” takes {len(svg) / 1e6:.0f} MB as SVG"
        yield f"{told} (at most {MOST_PICTURE_BYTES // 1_000_000}): draw what is many `rasterized`"
    if _UNFIT.search(svg.decode()):
        yield f"a text in “{name}” holds a control character"
    for text in texts:
        words, size = " ".join(text.get_text().split()), float(text.get_fontsize())
        if size < SMALLEST:
            yield f"“{words}” is set in {size:.3g} pt (at least {SMALLEST} pt)"
        if text.get_usetex():
            yield f"“{words}” is set by TeX, which has a face of its own"
        if text.get_path_effects():
            yield f"“{words}” has path effects, which make shapes of it: it must stay text"
