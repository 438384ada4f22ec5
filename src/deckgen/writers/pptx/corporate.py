"""A company's template and our slides go in, its presentation.xml and parts come out.

The template's parts are written as they are: masters, layouts, themes, media, guides, custom
properties. presentation.xml alone is changed: it lists our slides and sections in place of
the sample's, and nothing of what hung on those.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from deckgen.opc import LEFT_OUT, NAMES, Parts, parse, whole
from deckgen.scene import Scene
from deckgen.writers.pptx import document
from deckgen.writers.pptx.escape import DECLARATION
from deckgen.writers.pptx.package import Package, Relationships

_MAIN = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
_P = f"{{{NAMES['p']}}}"
# What presentation.xml says of the sample's slides, or of parts that are left out.
_SAMPLE = ("sldIdLst", "custShowLst", "photoAlbum", "custDataLst", "modifyVerifier", "smartTags")
_ANEW = frozenset({"tableStyles", "viewProps"})  # parts that are written anew
_GUIDES = "{EFAFB233-063F-42B5-8137-9DF3F51BA10A}"  # p15:sldGuideLst ([MS-PPTX] 2.6.3)
# The order that the schema wants (19.2.1.26); what follows `sldIdLst`.
_AFTER = ("sldSz", "notesSz", "embeddedFontLst", "kinsoku", "defaultTextStyle", "extLst")


def notes_master_of(parts: Parts) -> str:
    """The template's own notes master, or ""."""
    return next(iter(parts.related(parts.main, "notesMaster")), "")


def notes_places(parts: Parts, master: str) -> dict[str, int]:
    """The indices of a notes master's placeholders by their type."""
    holders = parts.tree(master).iterfind(".//p:nvPr/p:ph", NAMES)
    return {str(each.get("type", "obj")): whole(each.get("idx")) for each in holders}


def add_parts(package: Package, parts: Parts) -> None:
    """Add all parts of a template but presentation.xml, and what is written anew."""
    anew = {parts.main, *(name for kind in _ANEW for name in parts.related(parts.main, kind))}
    for name, data in parts.data.items():
        if name in anew:
            continue
        relationships = Relationships(name)
        for relation in parts.relations.get(name, ()):
            relationships.keep(relation.id, relation.type, relation.target, relation.external)
        package.add(name, parts.types.get(name, ""), data, relationships)


def add_presentation(
    package: Package, scene: Scene, parts: Parts, slides: Sequence[str], notes_master: str
) -> None:
    """Add presentation.xml with our slides, given by part name, and the parts it names itself.

    `notes_master` is the part name of a notes master of ours, "" where the template has one or
    the deck has no notes.
    """
    relationships = Relationships(parts.main)
    for relation in parts.relations.get(parts.main, ()):
        if relation.kind not in LEFT_OUT | _ANEW:
            relationships.keep(relation.id, relation.type, relation.target, relation.external)
    root = parts.tree(parts.main)
    for name in _SAMPLE:
        for each in root.findall(f"{_P}{name}"):
            root.remove(each)
    keys = [relationships.add("slide", slide) for slide in slides]
    _insert(root, document.slide_list(keys), _AFTER)
    if notes_master:
        key = relationships.add("notesMaster", notes_master)
        _insert(root, document.notes_list(key), ("handoutMasterIdLst", "sldIdLst", *_AFTER))
    _extend(root, scene)
    for kind, part in _own_parts(parts):
        relationships.add(kind, f"/ppt/{kind}.xml")
        package.add(f"/ppt/{kind}.xml", f"presentationml.{kind}+xml", part)
    package.add(parts.main, _MAIN, _text(root), relationships)


def _own_parts(parts: Parts) -> list[tuple[str, str]]:
    styles = document.TABLE_STYLES
    theirs = next(iter(parts.related(parts.main, "tableStyles")), "")
    if theirs:
        styles = _with_our_style(parts.tree(theirs))
    return [
        ("presProps", document.PRESENTATION_PROPERTIES),
        ("viewProps", document.VIEW_PROPERTIES),
        ("tableStyles", styles),
    ]


def _with_our_style(root: Any) -> str:
    """A template's table styles with the one that our tables have."""
    ours = parse(document.TABLE_STYLES.encode(), "tableStyles")[0]
    known = {each.get("styleId") for each in root}
    if ours.get("styleId") not in known:
        root.append(ours)
    return _text(root)


def _insert(root: Any, fragment: str, before: Sequence[str]) -> None:
    """Put a fragment before the first of these children."""
    element = parse(_wrapped(fragment), "presentation")[0]
    place = next(
        (
            index
            for index, each in enumerate(root)
            if str(each.tag) in {_P + name for name in before}
        ),
        len(root),
    )
    root.insert(place, element)


def _wrapped(fragment: str) -> bytes:
    return f'<w xmlns:p="{NAMES["p"]}" xmlns:r="{NAMES["r"]}">{fragment}</w>'.encode()


def _extend(root: Any, scene: Scene) -> None:
    """Keep the guides among the extensions, and add our sections."""
    listed = root.find(f"{_P}extLst")
    if listed is not None:
        for each in list(listed):
            if str(each.get("uri", "")).upper() != _GUIDES:
                listed.remove(each)
    if scene.sections:
        if listed is None:
            listed = parse(_wrapped("<p:extLst/>"), "presentation")[0]
            root.append(listed)
        fragment = document.sections_xml(scene.sections, len(scene.pages))
        listed.append(parse(_wrapped(fragment), "presentation")[0])
    if listed is not None and not len(listed):
        root.remove(listed)


def _text(root: Any) -> str:
    from lxml import etree

    etree.cleanup_namespaces(root, keep_ns_prefixes=["a", "r", "p"])
    return f"{DECLARATION}{etree.tostring(root, encoding='unicode')}"
