"""A Body goes in, `p:txBody` or `a:txBody` comes out (ECMA-376 part 1, 21.1.2).

Text in a placeholder says only what its layout does not say already, so that a change in
the master restyles the deck. All other text says everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from deckgen.scene import Align, Body, Paragraph, Run, looks_like_link
from deckgen.scripts import (
    Stretch,
    Writing,
    in_full,
    is_western,
    runs_from_the_right,
    stretches,
)
from deckgen.template import LINE_PITCH, Placeholder
from deckgen.writers.pptx.escape import escape_attribute, escape_text
from deckgen.writers.pptx.links import click_xml
from deckgen.writers.pptx.package import Package, Relationships

ALIGN: dict[Align, str] = {"left": "l", "center": "ctr", "right": "r"}
ANCHOR = {"top": "t", "middle": "ctr", "bottom": "b"}
CODE_FACE = "Consolas"
SLIDE_NUMBER_FIELD = "{5B1F6A0C-2F0E-4C52-9D0B-6B4C1B7B7E21}"

# Glyph, points smaller than the first level, and points before, of a list's levels.
_LIST_LEVELS = (("•", 0, 5.0), ("–", 2, 2.0), ("•", 4, 2.0))
_LIST_INDENT = 14.0


class Style(Struct, frozen=True, cache_hash=True):
    """How a layout sets one level of a placeholder. Lengths in points.

    With `unlike` none of it is taken over: the text says all of its own style.
    """

    size_pt: float
    pitch_pt: float
    bold: bool
    color: str
    align: Align
    before_pt: float
    bullet: str
    indent_pt: float
    heading: bool
    unlike: bool = False


# All that is known of a paragraph or a run but its words.
_look = attrgetter(*(name for name in Paragraph.__struct_fields__ if name != "runs"))
_run_look = attrgetter(*(name for name in Run.__struct_fields__ if name != "text"))

_UNLIKE = Style(-1, -1, False, "", "left", -1, "", -1, False, unlike=True)


class Pen(Struct):
    """What every fragment of one part needs: colours by token as XML, how the deck is
    written, the part's relationships, the first page of each slide id, and the package.

    `heads` are what stands before the words of paragraphs, by their look: made once for a deck.
    """

    colors: dict[str, str]
    writing: Writing
    relationships: Relationships
    pages: dict[str, int]
    package: Package
    heads: dict[tuple[object, ...], str] = {}

    @property
    def language(self) -> str:
        """The language of what has no words of its own, as an attribute's value."""
        return escape_attribute(in_full(self.writing.language))


@lru_cache(maxsize=256)
def level_style(placeholder: Placeholder, level: int) -> Style:
    """The style of a placeholder's `level`, from 0; a list's third serves all that follow."""
    glyph, smaller, before = ("", 0, 0.0)
    if placeholder.bullets:
        glyph, smaller, before = _LIST_LEVELS[min(level, len(_LIST_LEVELS) - 1)]
    size = placeholder.size_pt - smaller
    return Style(
        size_pt=size,
        pitch_pt=size * LINE_PITCH,
        bold=placeholder.bold,
        color=placeholder.color,
        align=placeholder.align,
        before_pt=before,
        bullet=glyph,
        indent_pt=_LIST_INDENT * (level + 1) if glyph else 0.0,
        heading=placeholder.type in ("title", "ctrTitle"),
    )


def hundredths(size_pt: float) -> int:
    """A length in hundredths of a point, the unit of `sz` and `spcPts`."""
    return round(size_pt * 100)


def body_xml(pen: Pen, body: Body, placeholder: Placeholder | None = None) -> str:
    """A shape's `p:txBody`; what `placeholder` says already is left out."""
    if placeholder is None or placeholder.restyled:
        properties = _own_properties(body)
    else:
        properties = _changed(_mirrored(pen, body), placeholder)
    return f"<p:txBody>{properties}<a:lstStyle/>{paragraphs_xml(pen, body, placeholder)}</p:txBody>"


def cell_body_xml(pen: Pen, body: Body) -> str:
    """A table cell's `a:txBody`; its insets and anchor belong to the cell."""
    return f"<a:txBody><a:bodyPr/><a:lstStyle/>{paragraphs_xml(pen, body)}</a:txBody>"


def _own_properties(body: Body) -> str:
    left, top, right, bottom = body.insets
    return (
        f'<a:bodyPr wrap="square" lIns="{left}" tIns="{top}" rIns="{right}" bIns="{bottom}"'
        f' rtlCol="0" anchor="{ANCHOR[body.anchor]}"><a:noAutofit/></a:bodyPr>'
    )


def _mirrored(pen: Pen, body: Body) -> Body:
    """A placeholder's body with its insets, which balance a title, on the side of its end."""
    left, top, right, bottom = body.insets
    text = body.paragraphs[0].text if left != right and body.paragraphs else ""
    if not text or not (pen.writing.from_the_right or runs_from_the_right(text, pen.writing)):
        return body
    return replace(body, insets=(right, top, left, bottom))


def _changed(body: Body, placeholder: Placeholder) -> str:
    """Body properties that differ from the layout's: no insets, and its anchor.

    `noAutofit` is said again: LibreOffice shrinks text in outline placeholders otherwise.
    """
    names = ("lIns", "tIns", "rIns", "bIns")
    said = [
        f' {name}="{inset}"'
        for name, inset, own in zip(names, body.insets, placeholder.insets, strict=True)
        if inset != own
    ]
    if body.anchor != placeholder.anchor:
        said.append(f' anchor="{ANCHOR[body.anchor]}"')
    return f"<a:bodyPr{''.join(said)}><a:noAutofit/></a:bodyPr>"


def paragraphs_xml(pen: Pen, body: Body, placeholder: Placeholder | None = None) -> str:
    """The `a:p` elements of a body: at least one, as the schema wants."""
    if not body.paragraphs:
        return "<a:p/>"
    parts = []
    for index, paragraph in enumerate(body.paragraphs):
        style = None
        if placeholder:
            restyled = placeholder.restyled
            style = _UNLIKE if restyled else level_style(placeholder, paragraph.level)
        parts.append(_paragraph_xml(pen, paragraph, style, body, first=index == 0))
    return "".join(parts)


def _paragraph_xml(
    pen: Pen, paragraph: Paragraph, style: Style | None, body: Body, first: bool
) -> str:
    # The measured height counts no space above a box's first paragraph: write none.
    before = 0.0 if first and style is None else paragraph.before_pt
    run = paragraph.runs[0] if len(paragraph.runs) == 1 else None
    if run is None or not _is_plain(run, pen.writing):
        return _make_paragraph(pen, paragraph, style, body, before)
    look = (_look(paragraph), _run_look(run), before, style, body.heading, body.pinned)
    if look not in pen.heads:
        xml = _make_paragraph(pen, paragraph, style, body, before)
        pen.heads[look] = xml[: xml.index("<a:t>")]
    return f"{pen.heads[look]}<a:t>{escape_text(run.text)}</a:t></a:r></a:p>"


def _is_plain(run: Run, writing: Writing) -> bool:
    """Whether nothing but a run's style tells how it is written, as with most of a deck's."""
    return (
        run.link is None and run.field is None and writing.script is None
        and run.text != "" and "\n" not in run.text and is_western(run.text)
    )  # fmt: skip


def _make_paragraph(
    pen: Pen, paragraph: Paragraph, style: Style | None, body: Body, before_pt: float
) -> str:
    right_to_left = runs_from_the_right(paragraph.text, pen.writing)
    from_the_right = right_to_left or pen.writing.from_the_right
    align = start_side(paragraph.align, from_the_right and not body.pinned)
    properties = _paragraph_properties(
        paragraph.pitch_pt, before_pt, align, paragraph.bullet, paragraph.indent_pt,
        paragraph.level, right_to_left, style, pen.writing.from_the_right,
    )  # fmt: skip
    runs = [
        _run_xml(pen, run, paragraph, style, body.heading)
        for run in paragraph.runs
        if run.text or run.field
    ]
    end = "" if runs else _end_xml(pen, paragraph, style, body.heading)
    return f"<a:p>{properties}{''.join(runs)}{end}</a:p>"


def start_side(align: Align, right_to_left: bool) -> Align:
    """The side that `algn` must name, for it does not follow `rtl` (21.1.2.2.7).

    What begins at the left begins at the right in text that runs from there. What is set
    to the right stays: digits under digits.
    """
    return "right" if right_to_left and align == "left" else align


@lru_cache(maxsize=4096)
def _paragraph_properties(
    pitch_pt: float,
    before_pt: float,
    align: Align,
    bullet: str,
    indent_pt: float,
    level: int,
    rtl: bool,
    style: Style | None,
    rtl_deck: bool,
) -> str:
    """`a:pPr` with what differs from `style` (everything, if it is None)."""
    attributes = [f' lvl="{level}"'] if level else []
    children = []
    same_list = style is not None and (bullet, indent_pt) == (style.bullet, style.indent_pt)
    if not same_list and (bullet or indent_pt or style is not None):
        attributes.append(_margins(bullet, indent_pt, level))
    if style is None or style.unlike or align != start_side(style.align, rtl_deck):
        attributes.append(f' algn="{ALIGN[align]}"')
    # LibreOffice's footers do not inherit it; a template's master may run from the right.
    if rtl or (style is not None and (rtl_deck or style.unlike)):
        attributes.append(f' rtl="{int(rtl)}"')
    if style is None or hundredths(pitch_pt) != hundredths(style.pitch_pt):
        children.append(f'<a:lnSpc><a:spcPts val="{hundredths(pitch_pt)}"/></a:lnSpc>')
    if before_pt != (style.before_pt if style else 0):
        children.append(f'<a:spcBef><a:spcPts val="{hundredths(before_pt)}"/></a:spcBef>')
    if (style and style.unlike) or bullet != (style.bullet if style else ""):
        children.append(bullet_xml(bullet))
    if not attributes and not children:
        return ""
    return f"<a:pPr{''.join(attributes)}>{''.join(children)}</a:pPr>"


def bullet_xml(bullet: str) -> str:
    """The bullet of a paragraph, or that it has none."""
    if not bullet:
        return "<a:buNone/>"
    return f'<a:buFont typeface="Arial"/><a:buChar char="{escape_attribute(bullet)}"/>'


def _margins(bullet: str, indent_pt: float, level: int) -> str:
    """Text begins at `indent_pt`; the bullet hangs one level's share before it."""
    margin = round(indent_pt * 12_700)
    hang = round(margin / (level + 1)) if bullet else 0
    return f' marL="{margin}" indent="{-hang}"'


def level_xml(pen: Pen, style: Style, level: int) -> str:
    """`a:lvlNpPr` of a list style (21.1.2.4.13) with all that `style` says."""
    face = "+mj-lt" if style.heading else "+mn-lt"
    from_right = pen.writing.from_the_right
    return (
        f"<a:lvl{level + 1}pPr{_margins(style.bullet, style.indent_pt, level)}"
        f' algn="{ALIGN[start_side(style.align, from_right)]}" defTabSz="914400"'
        f' rtl="{int(from_right)}" eaLnBrk="1" latinLnBrk="0"'
        f' hangingPunct="1"><a:lnSpc><a:spcPts val="{hundredths(style.pitch_pt)}"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="{hundredths(style.before_pt)}"/></a:spcBef>'
        f'{bullet_xml(style.bullet)}<a:defRPr sz="{hundredths(style.size_pt)}"'
        f' b="{int(style.bold)}" kern="1200">{solid_fill(pen, style.color)}'
        f'<a:latin typeface="{face}"/>{complex_faces(face)}</a:defRPr></a:lvl{level + 1}pPr>'
    )


def complex_faces(face: str) -> str:
    """The theme's East Asian and complex-script faces that go with `+mj-lt` or `+mn-lt`."""
    return f'<a:ea typeface="{face[:3]}-ea"/><a:cs typeface="{face[:3]}-cs"/>'


def solid_fill(pen: Pen, token: str) -> str:
    """A fill in a token's colour."""
    return f"<a:solidFill>{pen.colors[token]}</a:solidFill>"


def _run_xml(pen: Pen, run: Run, paragraph: Paragraph, style: Style | None, heading: bool) -> str:
    """`a:r` for each stretch of one script in a run, or the `a:fld` that it is."""
    if run.field:
        number = run.text or "‹#›"
        properties = _run_properties(
            pen,
            run,
            paragraph,
            style,
            heading,
            Stretch(number, None, in_full(pen.writing.language)),
        )
        return (
            f'<a:fld id="{SLIDE_NUMBER_FIELD}" type="{run.field}">{properties}'
            f"<a:t>{escape_text(number)}</a:t></a:fld>"
        )
    parts = []
    for index, line in enumerate(run.text.split("\n")):
        found = stretches(line, pen.writing) or [Stretch("", None, in_full(pen.writing.language))]
        written = [
            (_run_properties(pen, run, paragraph, style, heading, one), one.text) for one in found
        ]
        if index:
            parts.append(f"<a:br>{written[0][0]}</a:br>")
        parts += [
            f"<a:r>{properties}<a:t>{escape_text(text)}</a:t></a:r>" for properties, text in written
        ]
    return "".join(parts)


def _end_xml(pen: Pen, paragraph: Paragraph, style: Style | None, heading: bool) -> str:
    """How what is typed into an empty paragraph looks."""
    empty = Stretch("", None, in_full(pen.writing.language))
    return _run_properties(pen, Run(""), paragraph, style, heading, empty, "endParaRPr")


def _run_properties(
    pen: Pen, run: Run, paragraph: Paragraph, style: Style | None, heading: bool,
    stretch: Stretch, tag: str = "rPr",
) -> str:  # fmt: skip
    """`a:rPr` or `a:endParaRPr` with what differs from `style`."""
    bold = paragraph.bold if run.bold is None else run.bold
    color = run.color or paragraph.color
    attributes = language_attributes(stretch)
    if style is None or hundredths(paragraph.size_pt) != hundredths(style.size_pt):
        attributes += f' sz="{hundredths(paragraph.size_pt)}"'
    if (style and style.unlike) or bold != (style.bold if style else False):
        attributes += f' b="{int(bold)}"'
    if run.italic:
        attributes += ' i="1"'
    own_color = run.link is not None and not looks_like_link(run, paragraph)
    children = ""
    if style is None or color != style.color or own_color:
        children += solid_fill(pen, color)
    faces: dict[str, str] = {}
    if run.code:
        faces = {"latin": CODE_FACE} | ({} if stretch.script else {"cs": CODE_FACE})
    elif heading and not (style and style.heading):
        faces = {"latin": "+mj-lt", "ea": "+mj-ea", "cs": "+mj-cs"}
    elif style and style.unlike:
        faces = {"latin": "+mn-lt", "ea": "+mn-ea", "cs": "+mn-cs"}
    children += faces_xml(faces | script_faces(stretch, pen.writing))
    if run.link is not None:
        children += click_xml(run.link, pen.relationships, pen.pages, own_color)
    return f"<a:{tag}{attributes}>{children}</a:{tag}>"


def language_attributes(stretch: Stretch) -> str:
    """`lang`, and `altLang` where East Asian and other letters may stand in one run."""
    other = f' altLang="{escape_attribute(stretch.other)}"' if stretch.other else ""
    return f' lang="{escape_attribute(stretch.language)}"{other}'


def script_faces(stretch: Stretch, writing: Writing) -> dict[str, str]:
    """The faces by slot that a stretch must name: none where the theme has them."""
    script = stretch.script
    if script is None or script == writing.script:
        return {}
    slots = ("latin", "ea", "cs") if script.slot == "all" else (script.slot,)
    return dict.fromkeys(slots, script.face)


def slot_faces(found: Iterable[Stretch], writing: Writing) -> dict[str, str]:
    """The East Asian and complex faces of several stretches that must do with one set.

    The first of each slot is taken; the theme's own where that serves.
    """
    faces: dict[str, str] = {}
    for stretch in found:
        script = stretch.script
        if script is not None and script.slot != "all":
            own = f"+mn-{script.slot}" if script == writing.script else script.face
            faces.setdefault(script.slot, own)
    return faces


def faces_xml(faces: dict[str, str]) -> str:
    """`a:latin`, `a:ea` and `a:cs` in the order of the schema (21.1.2.3.9)."""
    if not faces:  # those of the theme, as nearly always
        return ""
    return "".join(
        f'<a:{slot} typeface="{faces[slot]}"/>' for slot in ("latin", "ea", "cs") if slot in faces
    )
