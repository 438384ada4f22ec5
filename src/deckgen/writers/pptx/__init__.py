"""The PowerPoint writer: a Scene goes in, the bytes of a .pptx come out.

The same scene gives the same bytes in every process. Modules, from the ground up:
`escape` and `package` (XML and zip), `links`, `body` (text), `connector`, `table`, `slide`
(items), `themepart`, `master` (layouts), `notes`, `document` (presentation.xml and properties),
`workbook` and `chart` (loaded only for pages with charts).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from deckgen import markup
from deckgen.cores import share
from deckgen.scene import ChartItem, Page, PictureItem, Scene, flatten
from deckgen.scripts import writing_of
from deckgen.writers.pptx import document
from deckgen.writers.pptx.body import Pen
from deckgen.writers.pptx.links import slide_part
from deckgen.writers.pptx.master import layout_xml, master_xml
from deckgen.writers.pptx.notes import notes_master_xml, notes_xml
from deckgen.writers.pptx.package import CORE_PROPERTIES, Package, Part, Relationships
from deckgen.writers.pptx.slide import slide_xml
from deckgen.writers.pptx.themepart import color_fragments, theme_xml

if TYPE_CHECKING:
    from deckgen.opc import Parts

_PRESENTATION = "/ppt/presentation.xml"
_MASTER = "/ppt/slideMasters/slideMaster1.xml"
_NOTES_MASTER = "/ppt/notesMasters/notesMaster1.xml"


def write(scene: Scene, workers: int = 1) -> bytes:
    """The deck as a .pptx file, its pages written by so many processes where there are many.

    Raises ValueError for what such a file cannot hold: a character illegal in XML 1.0, a
    link to a slide or a glued end that does not exist, a table row of the wrong length;
    and KeyError for a colour token or a layout that is not known.
    """
    if scene.template.scale != 1:
        from deckgen.writers.pptx.scaling import scale_scene

        scene = scale_scene(scene, scene.template.scale)
    theirs = scene.template.parts
    package = Package(theirs.data if theirs else ())
    package.relationships.add("officeDocument", theirs.main if theirs else _PRESENTATION)
    package.relationships.add(CORE_PROPERTIES, "/docProps/core.xml")
    package.relationships.add("extended-properties", "/docProps/app.xml")
    pen = Pen(
        colors=color_fragments(scene.theme),
        writing=writing_of(scene.properties.language, _texts(scene)),
        relationships=Relationships(_PRESENTATION),
        pages=scene.page_numbers(),
        package=package,
    )
    _add_properties(package, scene)
    notes = _open_template(pen, scene, theirs) if theirs else _open_house(pen, scene)
    pens = [_for_page(pen, page, number) for number, page in enumerate(scene.pages, start=1)]

    def write_page(index: int) -> list[Part]:
        _add_slide(pens[index], scene, index + 1, notes)
        return pens[index].package.parts

    for parts in share(write_page, len(pens), workers):
        package.parts += parts
    return package.to_bytes()


class _Notes(Struct, frozen=True):
    """Where notes hang: the part of their master, and its placeholders if it is not ours."""

    master: str
    places: dict[str, int] | None = None


def _open_house(pen: Pen, scene: Scene) -> _Notes:
    """All that is no slide, in the house's template."""
    _add_presentation(pen, scene)
    _add_master(pen, scene)
    if _has_notes(scene):
        _add_notes_master(pen, scene, _NOTES_MASTER, "/ppt/theme/theme2.xml")
    return _Notes(_NOTES_MASTER)


def _open_template(pen: Pen, scene: Scene, parts: Parts) -> _Notes:
    """All that is no slide, in a company's template."""
    from deckgen.writers.pptx import corporate  # loaded only for such a deck

    theirs = corporate.notes_master_of(parts)
    ours = "" if theirs or not _has_notes(scene) else _NOTES_MASTER
    slides = [slide_part(number) for number in range(1, len(scene.pages) + 1)]
    for relation in parts.relations["/"]:
        if relation.kind == "custom-properties":
            pen.package.relationships.add(relation.type, relation.target)
    corporate.add_presentation(pen.package, scene, parts, slides, ours)
    corporate.add_parts(pen.package, parts)
    if ours:
        themes = (f"/ppt/theme/theme{number}.xml" for number in range(2, 10_000))
        free = next(name for name in themes if name not in parts.data)
        _add_notes_master(pen, scene, ours, free)
        return _Notes(ours)
    return _Notes(theirs, corporate.notes_places(parts, theirs) if theirs else None)


def _add_properties(package: Package, scene: Scene) -> None:
    core = document.core_xml(scene.properties)
    package.add(
        "/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", core
    )
    noted = sum(1 for page in scene.pages if page.notes)
    app = document.app_xml(len(scene.pages), noted, scene.template)
    package.add("/docProps/app.xml", "extended-properties+xml", app)


def _texts(scene: Scene) -> Iterator[str]:
    """The words of the deck, a text at a time."""
    for page in scene.pages:
        yield from page.texts()


def _has_notes(scene: Scene) -> bool:
    return any(page.notes for page in scene.pages)


def _for_part(pen: Pen, part: str) -> Pen:
    """The pen for another part: with relationships of its own."""
    return replace(pen, relationships=Relationships(part))


def _for_page(pen: Pen, page: Page, number: int) -> Pen:
    """The pen for a page, whose pictures are in the package from now on."""
    charts = 0
    for item in flatten(page.items):
        if isinstance(item, ChartItem):
            charts += 1
        elif isinstance(item, PictureItem):
            pen.package.add_media(item.data, item.media)
            if item.svg:
                pen.package.add_media(item.svg, "svg")
    own = pen.package.for_page(charts)
    return replace(pen, relationships=Relationships(slide_part(number)), package=own)


def _layout_part(number: int) -> str:
    return f"/ppt/slideLayouts/slideLayout{number}.xml"


def _add_presentation(pen: Pen, scene: Scene) -> None:
    relationships, package = pen.relationships, pen.package
    master = relationships.add("slideMaster", _MASTER)
    numbers = range(1, len(scene.pages) + 1)
    slides = [relationships.add("slide", slide_part(number)) for number in numbers]
    notes = relationships.add("notesMaster", _NOTES_MASTER) if _has_notes(scene) else ""
    xml = document.presentation_xml(master, notes, slides, scene.sections, scene.template)
    relationships.add("theme", "/ppt/theme/theme1.xml")
    extras = (
        ("presProps", document.PRESENTATION_PROPERTIES),
        ("viewProps", document.VIEW_PROPERTIES),
        ("tableStyles", document.TABLE_STYLES),
    )
    for kind, _ in extras:
        relationships.add(kind, f"/ppt/{kind}.xml")
    package.add(_PRESENTATION, "presentationml.presentation.main+xml", xml, relationships)
    for kind, part in extras:
        package.add(f"/ppt/{kind}.xml", f"presentationml.{kind}+xml", part)


def _add_master(pen: Pen, scene: Scene) -> None:
    layouts = scene.template.layouts
    pen = _for_part(pen, _MASTER)
    keys = [
        pen.relationships.add("slideLayout", _layout_part(number))
        for number in range(1, len(layouts) + 1)
    ]
    pen.relationships.add("theme", "/ppt/theme/theme1.xml")
    xml = master_xml(pen, layouts, keys)
    pen.package.add(_MASTER, "presentationml.slideMaster+xml", xml, pen.relationships)
    pen.package.add("/ppt/theme/theme1.xml", "theme+xml", theme_xml(scene.theme, pen.writing))
    for number, layout in enumerate(layouts.values(), start=1):
        part = _layout_part(number)
        own = _for_part(pen, part)
        own.relationships.add("slideMaster", _MASTER)
        text = scene.theme.footing.text
        footer = scene.properties.title if text is None else markup.plain(text)
        xml = layout_xml(own, layout, footer)
        pen.package.add(part, "presentationml.slideLayout+xml", xml, own.relationships)


def _add_notes_master(pen: Pen, scene: Scene, part: str, theme: str) -> None:
    """Our notes master under a part name, with a theme part of its own."""
    pen = _for_part(pen, part)
    pen.relationships.add("theme", theme)
    xml = notes_master_xml(pen, scene.theme.dark, scene.template)
    pen.package.add(part, "presentationml.notesMaster+xml", xml, pen.relationships)
    pen.package.add(theme, "theme+xml", theme_xml(scene.theme, pen.writing))


def _add_slide(pen: Pen, scene: Scene, number: int, notes: _Notes) -> None:
    page = scene.pages[number - 1]
    layouts = scene.template.layouts
    part, notes_part = slide_part(number), f"/ppt/notesSlides/notesSlide{number}.xml"
    layout = layouts[page.layout]
    own = layout.part or _layout_part(list(layouts).index(layout.key) + 1)
    pen.relationships.add("slideLayout", own)
    xml = slide_xml(pen, page, layout, scene.theme)
    if page.notes:
        pen.relationships.add("notesSlide", notes_part)
    pen.package.add(part, "presentationml.slide+xml", xml, pen.relationships)
    if page.notes:
        relationships = Relationships(notes_part)
        relationships.add("notesMaster", notes.master)
        relationships.add("slide", part)
        xml = notes_xml(pen, page.notes, number, notes.places)
        pen.package.add(notes_part, "presentationml.notesSlide+xml", xml, relationships)
