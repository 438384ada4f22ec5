"""A picture from a file beside the outline, with its caption.

`fit` shows all of it, `fill` covers the content area and cuts what stands over. A tall
picture has its caption beside it. The file (PNG, JPEG or GIF) must lie in the outline's
folder or below it. A long caption takes its room from the picture; takeaways that do not fit
are set smaller, then their texts go to the notes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from deckgen.canvas import Canvas, Studio
from deckgen.fields import Doc
from deckgen.limits import MOST_DECK_BYTES
from deckgen.outline import NONE, Outline, Slide
from deckgen.parts import Point, side_panel
from deckgen.parts.pictures import Picture, PictureError, load_picture, total_size
from deckgen.scene import Box, Line, PictureItem
from deckgen.source import Problem, Text
from deckgen.styles import BODY, SUPPORT
from deckgen.units import inches, points

GAP = inches(0.12)  # between the picture and the caption below it
BESIDE = inches(0.4)  # and the caption beside it
LARGEST_PIXEL = points(1)  # 72 pixels an inch: coarser pictures look blurred
NARROW = 0.62  # of the width: a picture narrower than this has its caption beside it


class Fields(Slide, kw_only=True):
    file: Annotated[Text, Doc("the picture, as a path from the outline’s folder", verbatim=True)]
    alt: Annotated[Text, Doc("what it shows, for who cannot see it")]
    caption: Annotated[Text, Doc("a line or two below the picture")] = NONE
    fit: Annotated[
        Literal["fit", "fill"], Doc("show all of it, or fill the space and cut the rest off")
    ] = "fit"
    points: Annotated[tuple[Point, ...], Doc("takeaways in the side panel", most=4)] = ()


def check(slide: Fields, outline: Outline) -> Iterator[Problem]:
    all_ = [other for other in outline.slides if isinstance(other, Fields)]
    if all_ and slide is all_[-1]:
        total = total_size((other.file for other in all_), slide.file.mark.file)
        if total > MOST_DECK_BYTES:
            told = f"the pictures up to here have {total / 1e6:.0f} MB, and a deck takes"
            told = f"{told} {MOST_DECK_BYTES // 1_000_000}"
            yield Problem(slide.file.mark, told, "save them smaller, or leave some out")
            return
    try:
        load_picture(slide.file, slide.file.mark.file)
    except PictureError as error:
        yield Problem(slide.file.mark, str(error), error.hint)


def layout(slide: Fields, studio: Studio) -> None:
    canvas = studio.open("content")
    try:
        picture = load_picture(slide.file, slide.file.mark.file)
    except PictureError as error:
        studio.refuse(slide.file, str(error), error.hint)
        return
    area = canvas.frame
    if slide.points:
        panel = round(area.w * 2.883 / 12.133)
        if slide.fit == "fit":  # the panel begins where a narrow picture ends
            panel = max(panel, area.w - inches(0.35) - _largest(picture, area.w, area.h)[0])
        side_panel(canvas, Box(area.right - panel, area.y, panel, area.h), slide.points)
        area = area.inset(right=panel + inches(0.35))
    if slide.fit == "fill":
        _fill(canvas, slide, picture, area)
    else:
        _fit(canvas, slide, picture, area)


def _fit(canvas: Canvas, slide: Fields, picture: Picture, area: Box) -> None:
    """All of the picture; the caption beside it if it is narrow, else below."""
    width, height = _largest(picture, area.w, area.h)
    if slide.caption and not slide.points and width < area.w * NARROW:
        _put(canvas, slide, picture, Box(area.x, area.y, width, height))
        canvas.text(area.inset(left=width + BESIDE), slide.caption, BODY)
        return
    below = canvas.height(slide.caption, SUPPORT, area.w) if slide.caption else 0
    room = area.h - (below + GAP if below else 0)
    width, height = _largest(picture, area.w, room)
    # The caption stands below the left edge; without one a narrow picture stands in the middle.
    indent = 0 if slide.caption or slide.points else (area.w - width) // 2
    _put(canvas, slide, picture, Box(area.x + indent, area.y, width, height))
    if slide.caption:
        box = Box(area.x, area.y + height + GAP, area.w, below)
        canvas.text(box, slide.caption, SUPPORT, role="caption")


def _fill(canvas: Canvas, slide: Fields, picture: Picture, area: Box) -> None:
    """The picture over the whole area, cut evenly on two sides."""
    below = canvas.height(slide.caption, SUPPORT, area.w) if slide.caption else 0
    box = area.inset(bottom=below + GAP if below else 0)
    scale = max(box.w / picture.width, box.h / picture.height)
    if scale > LARGEST_PIXEL:
        canvas.studio.refuse(
            slide.file, f"“{slide.file}” has {picture.width} × {picture.height} pixels, too few"
            f" to fill {box.w / inches(1):.1f} × {box.h / inches(1):.1f} in",
            "use a larger picture, or `fit: fit`",
        )  # fmt: skip
        return
    across = (1 - box.w / (picture.width * scale)) / 2
    down = (1 - box.h / (picture.height * scale)) / 2
    crop = (max(0.0, across), max(0.0, down), max(0.0, across), max(0.0, down))
    _put(canvas, slide, picture, box, crop)
    if slide.caption:
        canvas.text(
            Box(area.x, box.bottom + GAP, area.w, below), slide.caption, SUPPORT, role="caption"
        )


def _largest(picture: Picture, width: int, height: int) -> tuple[int, int]:
    """The largest size in a space that keeps the picture's proportions and its sharpness."""
    scale = min(width / picture.width, height / picture.height, LARGEST_PIXEL)
    return max(1, round(picture.width * scale)), max(1, round(picture.height * scale))


def _put(
    canvas: Canvas, slide: Fields, picture: Picture, box: Box,
    crop: tuple[float, float, float, float] = (0, 0, 0, 0),
) -> None:  # fmt: skip
    canvas.shape(box, "Picture edge", line=Line("hair", 1.5), role="decorative")
    canvas.add(
        PictureItem(
            name="Picture", box=box, data=picture.data, media=picture.media, crop=crop,
            mark=slide.file.mark, alt=slide.alt,
        )
    )  # fmt: skip
