"""A company's template goes in; what decks make of it comes out: `deckgen template check`.

Every kind of slide is tried with its own example, so that what will not work is known before a
deck needs it.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from deckgen.advances import is_measured
from deckgen.box import Box
from deckgen.corporate import Corporate
from deckgen.corporate.match import KEYS, NAMED, Match
from deckgen.gallery import Gallery, build_gallery
from deckgen.look import LayoutNames, TemplateChoice, TemplateColors
from deckgen.opc import TemplateError
from deckgen.slides import kind_names
from deckgen.source import Text, nearest
from deckgen.specimen import SHOWN_TIERS
from deckgen.templatefile import check_colors, open_template
from deckgen.theme import TEXT, contrast
from deckgen.units import to_inches

SHOWN = ("brand", "accent", "ink", "bg", "panel", "pos", "neg")


class LayoutFit(Struct, frozen=True):
    """Which of the template's layouts serves one of ours, and what was found on it.

    `frame_in` is where content stands: x, y, width and height in inches on a slide 7.5 in high;
    none for a layout that is whole as it is. `cut` is art that took some of its room, `covered`
    art that content stands on.
    """

    key: str
    name: str
    why: str
    title_pt: tuple[float, ...]
    placeholders: tuple[str, ...]
    frame_in: tuple[float, float, float, float] | None
    cut: tuple[str, ...]
    covered: tuple[str, ...]
    patched: bool


class Fit(Struct, frozen=True):
    """What was found in a template. `refused` tells by kind why its example does not fit,
    `advice` what its owner should know.
    """

    file: str
    slide_in: tuple[float, float]
    scale: float
    masters: int
    layouts: tuple[str, ...]
    fits: tuple[LayoutFit, ...]
    faces: dict[str, bool]
    colors: dict[str, str]
    refused: dict[str, str]
    advice: tuple[str, ...]

    @property
    def works(self) -> bool:
        return not self.refused


def choose(file: str, layouts: dict[str, str], colors: dict[str, str]) -> TemplateChoice:
    """A template as the command line chooses it. TemplateError for what is not known."""
    for given, known in ((layouts, NAMED), (colors, ("brand", "accent"))):
        for key in given:
            if key not in known:
                raise TemplateError(f"nothing is called “{key}” there", nearest(key, known))
    choice = TemplateChoice(
        file=Text(file),
        layouts=replace(LayoutNames(), **{key: Text(name) for key, name in layouts.items()}),
        colors=replace(TemplateColors(), **{key: Text(color) for key, color in colors.items()}),
    )
    for problem in check_colors(choice):
        raise TemplateError(problem.message, problem.hint)
    return choice


def fit_template(choice: TemplateChoice) -> tuple[Fit, Gallery]:
    """Try a template. TemplateError if it cannot serve at all."""
    found = open_template(choice)
    gallery = build_gallery(template=choice)
    theme = found.theme(SHOWN_TIERS, choice.colors.chosen())
    sheets = {sheet.name: None for sheet in found.sheets}
    template = found.template
    fit = Fit(
        file=found.name,
        slide_in=(
            _inches(template.width, template.scale),
            _inches(template.height, template.scale),
        ),
        scale=round(template.scale, 3),
        masters=len({sheet.master for sheet in found.sheets}),
        layouts=tuple(sheets),
        fits=tuple(_layout_fit(found, found.matches[key]) for key in KEYS),
        faces={face: is_measured(face) for face in (theme.heading_font, theme.body_font)},
        colors={token: theme.colors[token] for token in SHOWN}
        | {f"tier{n}": theme.colors[f"tier{n}"] for n in range(1, SHOWN_TIERS + 1)},
        refused={kind: gallery.refused[kind] for kind in kind_names() if kind in gallery.refused},
        advice=tuple(_advice(found, theme.colors)),
    )
    return fit, gallery


def _inches(length: int, scale: float = 1.0) -> float:
    return round(to_inches(length) * scale, 2)


def _rounded(box: Box) -> tuple[float, float, float, float]:
    return (_inches(box.x), _inches(box.y), _inches(box.w), _inches(box.h))


def _layout_fit(found: Corporate, match: Match) -> LayoutFit:
    layout = found.template.layouts[match.key]
    title = layout.placeholder("title")
    return LayoutFit(
        key=match.key,
        name=match.sheet.name,
        why=match.why,
        title_pt=tuple(round(size, 1) for size in title.sizes or (title.size_pt,)),
        placeholders=tuple(p.key for p in layout.placeholders if not p.loose),
        frame_in=_rounded(layout.frame) if layout.frame.h else None,
        cut=match.frame.cut,
        covered=match.frame.over,
        patched=layout.patch is not None,
    )


def _advice(found: Corporate, colors: dict[str, str]) -> list[str]:
    told = []
    content = found.template.layouts["content"]
    for key, what in (("footer", "the deck’s name"), ("number", "slide numbers")):
        if not content.has(key):
            told.append(f"the layout “{content.name}” has no place for {what}")
    if content.patch:
        told.append(f"the ground of “{content.name}” is no one colour: content has a field on it")
    for face, known in _faces(found).items():
        if not known:
            told.append(f"the widths of “{face}” are not known: Arial’s are taken, 8 % wider")
    base = found.scheme.colors["accent1"]
    if colors["brand"] != base and contrast(base, found.ground) < TEXT:
        changed = (
            f"accent1 ({base}) cannot be read on {found.ground}, so {colors['brand']} is taken"
        )
        told.append(f"{changed}; another with `colors: {{brand: ..}}`")
    title = content.placeholder("title")
    if title.sizes and title.sizes[0] < title.size_pt:
        told.append(
            f"titles are set in {title.sizes[0]:.3g} points, not {title.size_pt:.3g},"
            " so that a sentence has room"
        )
    return told


def _faces(found: Corporate) -> dict[str, bool]:
    faces = dict.fromkeys((found.scheme.heading_font, found.scheme.body_font))
    return {face: is_measured(face) for face in faces if face}
