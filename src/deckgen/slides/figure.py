"""A figure that a Python file beside the outline draws with matplotlib.

The file defines `def figure(theme, size)`, which returns a `matplotlib.figure.Figure`:

    from matplotlib.figure import Figure

    def figure(theme, size):
        drawn = Figure(figsize=size, layout="constrained")
        axes = drawn.add_subplot()
        axes.plot([2023, 2024, 2025], [3, 4, 7], color=theme.colors["accent"])
        return drawn

`size` is the width and height in inches of the figure's place on the slide. `theme.colors` has
the theme's colours by name as `#RRGGBB`: `ink`, `ink2` and `muted` for words, `bg`, `surface`
and `surface2` for grounds, `hair` for thin lines, `brand`, `accent`, `pos` and `neg`, `tier1` to
the last tier, `series1` to `series6` from strong to weak. `theme.font` is its face, `theme.dark`
tells a dark theme. Without more the figure is in the theme's face at 12 points, its lines and
words in the theme's colours. It comes as a PNG of 200 dots an inch with the SVG beside it. A text
below 11 points, one that leaves the figure and two level ones that lie over each other are told.

The file must lie in the outline's folder or below it, and finds what is beside it through
`__file__`. It is run only if whoever builds the deck says `--allow-code` (in Python,
`deckgen.load(path, allow_code=True)`): read it first, for it can do whatever you can. It is run
anew each time that the outline is read; code that draws at random should set a seed, so that the
deck is the same each time.

What the code reads or holds itself deckgen cannot withhold from an audience. Words of the outline
that an audience does not get are looked for in the figure's texts and told; of the code's own
names and numbers nobody knows for whom they are. Give the slide `only` or `not`, if it is not
for everyone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from deckgen import markup
from deckgen.canvas import Canvas, Studio
from deckgen.charts.measure import Stand, bare_stand, in_brackets, stand, takeaways
from deckgen.charts.mistakes import check_source
from deckgen.fields import Doc
from deckgen.figures.code import CodeError, Drawn, run_code
from deckgen.figures.exhibit import add_print
from deckgen.outline import NONE, Outline, Slide
from deckgen.parts import Point
from deckgen.scene import Box
from deckgen.siblings import SiblingError, find_sibling
from deckgen.source import Problem, Text
from deckgen.units import inches

MOST_FAULTS = 5  # that are told of one figure
MEND = "mend the code, then build again"


class Fields(Slide, kw_only=True):
    code: Annotated[Text, Doc("the Python file, as a path from the outline’s folder")]
    alt: Annotated[Text, Doc("what the figure shows, for who cannot see it")]
    measure: Annotated[Text, Doc("what is measured, for the line over the figure", fact=True)] = (
        NONE
    )
    unit: Annotated[Text, Doc("its unit, as in USD billion, % or index", fact=True)] = NONE
    base: Annotated[Text, Doc("what it refers to: a year, a sample", fact=True)] = NONE
    points: Annotated[tuple[Point, ...], Doc("takeaways in the side panel", most=4)] = ()


def check(slide: Fields, outline: Outline) -> Iterator[Problem]:
    try:
        _find(slide)
    except SiblingError as error:
        yield Problem(slide.code.mark, str(error), error.hint)
    if not slide.measure and (lonely := slide.unit or slide.base):
        told = "`measure` is missing, to which `unit` and `base` belong"
        yield Problem(lonely.mark, told, "say what is measured")
    yield from check_source(slide, slide, outline)


def layout(slide: Fields, studio: Studio) -> None:
    canvas = studio.open("content")
    place = _stand(canvas, slide)
    drawn = _draw(slide, studio, place.area)
    if drawn is not None:
        _put(canvas, slide, place.area, drawn)
    takeaways(canvas, place, slide.points)


def _draw(slide: Fields, studio: Studio, area: Box) -> Drawn | None:
    """The figure that the code draws; None if the slide is refused."""
    reading = studio.outline.code_allowed
    if not reading:
        told = f"“{slide.code}” is code, which is not run unless you allow it"
        hint = "read it, then give `--allow-code` (in Python: `load(path, allow_code=True)`)"
        studio.refuse(slide.code, told, hint)
        return None
    try:
        return run_code(_find(slide), slide.code, studio.theme, _inches_of(area), reading)
    except SiblingError as error:
        studio.refuse(slide.code, str(error), error.hint)
    except CodeError as error:
        studio.refuse(slide.code, str(error), MEND)
    return None


def _stand(canvas: Canvas, slide: Fields) -> Stand:
    """The figure's place, below the line of its measure if it has one."""
    if not slide.measure:
        return bare_stand(canvas, slide.points)
    unit = in_brackets(slide.unit, slide.base)
    return stand(canvas, slide.points, slide.measure, unit, slide.measure)


def _inches_of(area: Box) -> tuple[float, float]:
    """A place's width and height in hundredths of an inch: whole pixels, two to each of them."""
    hundredth = inches(0.01)
    return (area.w // hundredth) / 100, (area.h // hundredth) / 100


def _put(canvas: Canvas, slide: Fields, area: Box, drawn: Drawn) -> None:
    """The figure at the top left of its place; or what is wrong with it."""
    faults = drawn.printed.faults
    for fault in faults[:MOST_FAULTS]:
        canvas.studio.refuse(slide.code, fault, MEND)
    if len(faults) > MOST_FAULTS:
        told = f"and {len(faults) - MOST_FAULTS} more faults of its texts"
        canvas.studio.refuse(slide.code, told, "show fewer texts")
    if not faults:
        width, height = _inches_of(area)
        box = Box(area.x, area.y, inches(width), inches(height))
        add_print(canvas, box, drawn.printed, drawn.said, markup.plain(slide.alt), by_code=True)


def _find(slide: Fields) -> Path:
    """The file. SiblingError if it leads out of the outline's folder or is none."""
    if Path(slide.code).suffix != ".py":
        raise SiblingError(f"“{slide.code}” is no Python file by its name", "as in plot.py")
    return find_sibling(slide.code, Path(slide.code.mark.file).parent, "plot.py")
