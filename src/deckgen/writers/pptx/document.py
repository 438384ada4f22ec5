"""The parts that stand for the deck as a whole: presentation.xml and its properties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deckgen.scene import Properties, Section
from deckgen.template import SIZES, Template
from deckgen.writers.pptx.escape import DECLARATION, NAMESPACES, escape_attribute, escape_text
from deckgen.writers.pptx.master import MASTER_ID, plain_levels
from deckgen.writers.pptx.notes import NOTES_HEIGHT, NOTES_WIDTH
from deckgen.writers.pptx.table import NO_STYLE_NO_GRID

FIRST_SLIDE_ID = 256  # the least that ST_SlideId allows (ECMA-376 part 1, 19.7.13)
# The files say nothing of when they were made, so that the same outline gives the same bytes.
_TIME = "2000-01-01T00:00:00Z"

PRESENTATION_PROPERTIES = f"{DECLARATION}<p:presentationPr {NAMESPACES}/>"
VIEW_PROPERTIES = (
    f'{DECLARATION}<p:viewPr {NAMESPACES}><p:gridSpacing cx="76200" cy="76200"/></p:viewPr>'
)
_SECTION_ID = "6B1A51D0-3C5E-4F0B-9A57-{:012X}"
_SIDES = ("left", "right", "top", "bottom", "insideH", "insideV")
# PowerPoint knows this style by its id; other programs read what it is.
TABLE_STYLES = (
    f'{DECLARATION}<a:tblStyleLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    f' def="{NO_STYLE_NO_GRID}"><a:tblStyle styleId="{NO_STYLE_NO_GRID}"'
    ' styleName="No Style, No Grid"><a:wholeTbl><a:tcTxStyle><a:fontRef idx="minor">'
    '<a:scrgbClr r="0" g="0" b="0"/></a:fontRef><a:schemeClr val="tx1"/></a:tcTxStyle>'
    "<a:tcStyle><a:tcBdr>"
    + "".join(f"<a:{side}><a:ln><a:noFill/></a:ln></a:{side}>" for side in _SIDES)
    + "</a:tcBdr><a:fill><a:noFill/></a:fill></a:tcStyle></a:wholeTbl></a:tblStyle></a:tblStyleLst>"
)

# What PowerPoint calls the sizes that it knows: in `sldSz` (ST_SlideSizeType), to readers.
_SIZE_TYPES = {SIZES["4:3"]: ' type="screen4x3"', SIZES["A4"]: ' type="A4"'}
_FORMATS = {
    SIZES["16:9"]: "Widescreen",
    SIZES["4:3"]: "On-screen Show (4:3)",
    SIZES["A4"]: "A4 Paper (210x297 mm)",
}


def presentation_xml(
    master: str,
    notes_master: str,
    slides: Sequence[str],
    sections: Sequence[Section],
    template: Template,
) -> str:
    """presentation.xml. The first three are relationship ids; no notes master is ''."""
    kind = _SIZE_TYPES.get((template.width, template.height), "")
    notes = notes_list(notes_master) if notes_master else ""
    extension = f"<p:extLst>{sections_xml(sections, len(slides))}</p:extLst>" if sections else ""
    return (
        f'{DECLARATION}<p:presentation {NAMESPACES} saveSubsetFonts="1">'
        f'<p:sldMasterIdLst><p:sldMasterId id="{MASTER_ID}" r:id="{master}"/></p:sldMasterIdLst>'
        f"{notes}{slide_list(slides)}"
        f'<p:sldSz cx="{template.width}" cy="{template.height}"{kind}/>'
        f'<p:notesSz cx="{NOTES_WIDTH}" cy="{NOTES_HEIGHT}"/>'
        f"<p:defaultTextStyle>{plain_levels(14)}</p:defaultTextStyle>{extension}</p:presentation>"
    )


def slide_list(slides: Sequence[str]) -> str:
    """`p:sldIdLst` of slides by their relationship ids."""
    listed = "".join(
        f'<p:sldId id="{number}" r:id="{key}"/>'
        for number, key in enumerate(slides, start=FIRST_SLIDE_ID)
    )
    return f"<p:sldIdLst>{listed}</p:sldIdLst>"


def notes_list(key: str) -> str:
    """`p:notesMasterIdLst` of the one notes master."""
    return f'<p:notesMasterIdLst><p:notesMasterId r:id="{key}"/></p:notesMasterIdLst>'


def sections_xml(sections: Sequence[Section], pages: int) -> str:
    """The sections of the slide sorter ([MS-PPTX], sectionLst)."""
    parts = []
    for index, (title, first, last) in enumerate(_cover_pages(sections, pages)):
        guid = _SECTION_ID.format(index)  # any that no other section of the deck has
        slides = "".join(
            f'<p14:sldId id="{FIRST_SLIDE_ID + page}"/>' for page in range(first, last)
        )
        parts.append(
            f'<p14:section name="{escape_attribute(title)}" id="{{{guid}}}">'
            f"<p14:sldIdLst>{slides}</p14:sldIdLst></p14:section>"
        )
    return (
        '<p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst'
        ' xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">'
        f"{''.join(parts)}</p14:sectionLst></p:ext>"
    )


def _cover_pages(sections: Sequence[Section], pages: int) -> Iterator[tuple[str, int, int]]:
    """Title, first page and end of each section, so that every page is in exactly one:
    PowerPoint wants that. Pages before the first go under its own name for them.
    """
    starts = [(section.title, section.first) for section in sections]
    if starts[0][1] > 0:
        starts.insert(0, ("Default Section", 0))
    ends = [first for _, first in starts[1:]] + [pages]
    for (title, first), end in zip(starts, ends, strict=True):
        yield title, first, end


def core_xml(properties: Properties) -> str:
    """docProps/core.xml (ECMA-376 part 2, 11)."""
    fields = (
        ("dc:title", properties.title), ("dc:subject", properties.subject),
        ("dc:creator", properties.author), ("cp:keywords", properties.keywords),
        ("cp:lastModifiedBy", properties.author), ("dc:language", properties.language),
    )  # fmt: skip
    said = "".join(f"<{tag}>{escape_text(value)}</{tag}>" for tag, value in fields if value)
    times = "".join(
        f'<dcterms:{tag} xsi:type="dcterms:W3CDTF">{_TIME}</dcterms:{tag}>'
        for tag in ("created", "modified")
    )
    return (
        f"{DECLARATION}<cp:coreProperties"
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{said}{times}</cp:coreProperties>"
    )


def app_xml(slides: int, notes: int, template: Template) -> str:
    """docProps/app.xml (ECMA-376 part 1, 22.2)."""
    size = _FORMATS.get((template.width, template.height), "Custom")
    return (
        f"{DECLARATION}<Properties"
        ' xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<TotalTime>0</TotalTime><Application>deckgen</Application>"
        f"<PresentationFormat>{size}</PresentationFormat><Slides>{slides}</Slides>"
        f"<Notes>{notes}</Notes></Properties>"
    )
