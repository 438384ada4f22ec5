"""What slides with a figure share: its place on the slide, its alt text, its sources.

A slide kind says what to draw as a function of the room there is; the figure then stands on
the slide as a picture, or the slide is refused with what would have to give way.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from deckgen import markup
from deckgen.canvas import Canvas, Studio
from deckgen.charts.data import ChartSlide
from deckgen.charts.measure import Stand, measure_words, stand
from deckgen.figures.plate import Plate, Refusal
from deckgen.figures.press import Print, print_plate
from deckgen.formats import Numbers
from deckgen.scene import Box, PictureItem
from deckgen.source import Mark, list_words
from deckgen.units import EMU_PER_POINT, points


def open_exhibit(slide: ChartSlide, studio: Studio, numbers: Numbers) -> tuple[Canvas, Stand]:
    """A page with the line that says what is measured, and the place of the figure below it."""
    canvas = studio.open("content")
    bold, plain = measure_words(slide, studio.outline, numbers.power)
    return canvas, stand(canvas, slide.points, bold, plain, slide.measure)


def room_of(place: Stand) -> tuple[float, float]:
    """Width and height of a figure's room in points."""
    return place.area.w / EMU_PER_POINT, place.area.h / EMU_PER_POINT


def put_figure(
    canvas: Canvas, place: Stand, drawn: Plate | Refusal, alt: str, marks: Sequence[Mark] = ()
) -> None:
    """A figure at the top left of its room, as large as its plate.

    `marks` are those of the entries that a refusal may be about.
    """
    studio = canvas.studio
    if isinstance(drawn, Refusal):
        about = replace(studio.slide, mark=marks[drawn.entry]) if drawn.entry >= 0 else studio.slide
        studio.refuse(about, drawn.message, drawn.hint)
        return
    printed = print_plate(drawn)
    for fault in printed.faults:
        studio.refuse(studio.slide, fault, "shorten the names, or show fewer entries")
    if not printed.faults:
        area = place.area
        box = Box(area.x, area.y, points(drawn.width), points(drawn.height))
        add_print(canvas, box, printed, drawn.said, alt)


def add_print(
    canvas: Canvas, box: Box, printed: Print, said: tuple[str, ...], alt: str,
    by_code: bool = False,
) -> None:  # fmt: skip
    """A printed figure in a box, its missing face told."""
    if printed.stands_in:
        canvas.studio.tell(f"the figure is not set in {canvas.face}, which is not installed here")
    canvas.add(
        PictureItem(
            name="Figure", box=box, data=printed.png, media="png", svg=printed.svg,
            words=said, by_code=by_code, mark=canvas.studio.slide.mark, alt=alt,
        )
    )  # fmt: skip


def describe(
    canvas: Canvas, what: str, slide: ChartSlide, numbers: Numbers, told: Sequence[str]
) -> str:
    """Alt text: the title, what the figure is, what is measured, and what it shows."""
    measured = markup.plain("".join(measure_words(slide, canvas.studio.outline, numbers.power)))
    return f"{canvas.title}. {what}, {measured}: {list_words(told, 'and')}"
