"""Speaker notes: Notes go in, a notes slide part comes out; and the master of them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deckgen.scene import Box, Note
from deckgen.scripts import runs_from_the_right, stretches
from deckgen.template import Template
from deckgen.units import inches
from deckgen.writers.pptx.body import (
    SLIDE_NUMBER_FIELD,
    Pen,
    faces_xml,
    language_attributes,
    script_faces,
)
from deckgen.writers.pptx.escape import DECLARATION, NAMESPACES, escape_text
from deckgen.writers.pptx.master import COLOR_MAP, plain_levels
from deckgen.writers.pptx.slide import TREE_HEAD

NOTES_WIDTH = inches(7.5)
NOTES_HEIGHT = inches(10)
# Type, idx, name and box of the placeholders on a notes page: the thumbnail, words, number.
_IMAGE_AREA = Box(inches(0.75), inches(0.8), inches(6), inches(3.375))
_IMAGE = ("sldImg", 2, "Slide image", _IMAGE_AREA)
_WORDS = ("body", 3, "Notes", Box(inches(0.75), inches(4.5), inches(6), inches(4.8)))
_NUMBER = ("sldNum", 5, "Slide number", Box(inches(4.25), inches(9.5), inches(2.5), inches(0.3)))
_LOCKS = {"sldImg": ' noRot="1" noChangeAspect="1"'}


def notes_master_xml(pen: Pen, dark: bool, template: Template) -> str:
    """The notes master: a thumbnail above the words (ECMA-376 part 1, 19.3.1.27).

    Notes are printed, so the page is white whatever the deck; a `dark` theme's text colour
    would vanish there, and changes places with its background.
    """
    number = _field_xml(pen, "‹#›")
    shapes = (
        _placeholder_xml((*_IMAGE[:3], _image_box(template)), 2, on_master=True)
        + _placeholder_xml(_WORDS, 3, f"<a:p>{_run_xml(pen, 'Notes')}</a:p>", on_master=True)
        + _placeholder_xml(_NUMBER, 4, number, on_master=True)
    )
    colors = COLOR_MAP
    if dark:
        colors = colors.replace('bg1="lt1" tx1="dk1"', 'bg1="dk1" tx1="lt1"')
    return (
        f"{DECLARATION}<p:notesMaster {NAMESPACES}><p:cSld><p:bg><p:bgPr><a:solidFill>"
        '<a:srgbClr val="FFFFFF"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
        f"<p:spTree>{TREE_HEAD}{shapes}</p:spTree></p:cSld>{colors}"
        f"<p:notesStyle>{plain_levels(12)}</p:notesStyle></p:notesMaster>"
    )


def _image_box(template: Template) -> Box:
    """The thumbnail in the shape of the slide, in the middle of its area."""
    area = _IMAGE_AREA
    width = min(area.w, area.h * template.width // template.height)
    height = width * template.height // template.width
    return Box(area.x + (area.w - width) // 2, area.y, width, height)


def notes_xml(
    pen: Pen, notes: Sequence[Note], number: int, places: Mapping[str, int] | None = None
) -> str:
    """The notes of slide `number`: a paragraph each, led by its word in bold.

    `places` are the indices of the notes master's placeholders by type, where it is not ours.
    """
    words = "".join(_note_xml(pen, note) for note in notes)
    filled = ((_IMAGE, ""), (_WORDS, words), (_NUMBER, _field_xml(pen, str(number))))
    shapes = ""
    for id, (place, inner) in enumerate(filled, start=2):
        kind, index, name, box = place
        if places is not None and kind not in places:
            continue
        index = index if places is None else places[kind]
        shapes += _placeholder_xml((kind, index, name, box), id, inner)
    return (
        f"{DECLARATION}<p:notes {NAMESPACES}><p:cSld><p:spTree>{TREE_HEAD}{shapes}</p:spTree>"
        "</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
    )


def _note_xml(pen: Pen, note: Note) -> str:
    from_right = runs_from_the_right(note.text, pen.writing)
    properties = '<a:pPr algn="r" rtl="1"/>' if from_right else ""
    return f"<a:p>{properties}{_note_runs(pen, note)}</a:p>"


def _note_runs(pen: Pen, note: Note) -> str:
    lead = _run_xml(pen, f"{note.lead}: ", ' b="1"') if note.lead else ""
    line_break = f'<a:br><a:rPr lang="{pen.language}"/></a:br>'
    return lead + line_break.join(_run_xml(pen, line) for line in note.text.split("\n"))


def _run_xml(pen: Pen, text: str, attributes: str = "") -> str:
    parts = []
    for stretch in stretches(text, pen.writing):
        said = f"<a:rPr{language_attributes(stretch)}{attributes}"
        faces = faces_xml(script_faces(stretch, pen.writing))
        properties = f"{said}>{faces}</a:rPr>" if faces else f"{said}/>"
        parts.append(f"<a:r>{properties}<a:t>{escape_text(stretch.text)}</a:t></a:r>")
    return "".join(parts)


def _field_xml(pen: Pen, text: str) -> str:
    return (
        f'<a:p><a:fld id="{SLIDE_NUMBER_FIELD}" type="slidenum"><a:rPr lang="{pen.language}"/>'
        f"<a:t>{text}</a:t></a:fld></a:p>"
    )


def _placeholder_xml(
    placeholder: tuple[str, int, str, Box], number: int, words: str = "", on_master: bool = False
) -> str:
    """A placeholder; only the master says where it stands."""
    kind, index, name, box = placeholder
    geometry = style = ""
    if on_master:
        outline = '<a:ln w="9525"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill></a:ln>'
        geometry = (
            f'<a:xfrm><a:off x="{box.x}" y="{box.y}"/><a:ext cx="{box.w}" cy="{box.h}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            + ("<a:noFill/>" + outline if kind == "sldImg" else "")
        )
        if kind == "body":
            style = plain_levels(12)  # LibreOffice reads this, but not `p:notesStyle`
        if kind == "sldNum":
            style = '<a:lvl1pPr algn="r"><a:defRPr sz="1000"/></a:lvl1pPr>'
    style = f"<a:bodyPr/><a:lstStyle>{style}</a:lstStyle>"
    body = f"<p:txBody>{style}{words}</p:txBody>" if words else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr>'
        f'<a:spLocks noGrp="1"{_LOCKS.get(kind, "")}/></p:cNvSpPr><p:nvPr>'
        f'<p:ph type="{kind}" idx="{index}"/></p:nvPr></p:nvSpPr><p:spPr>{geometry}</p:spPr>{body}'
        "</p:sp>"
    )
