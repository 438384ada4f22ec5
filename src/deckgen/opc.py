"""The bytes of a .pptx or .potx go in; its parts come out, or why it can be no template.

A template comes from wherever a company keeps its own: nothing in it is run, no link is
followed, and what cannot be trusted or read is refused with a sentence. Part names begin
with `/`, as ECMA-376 part 2 writes them.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote

from msgspec import Struct

from deckgen.limits import MOST_TEMPLATE_BYTES, MOST_TEMPLATE_PARTS, MOST_TEMPLATE_UNPACKED

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": OFFICE,
    "rel": f"{PACKAGE}/relationships",
    "ct": f"{PACKAGE}/content-types",
}
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB] 2.2: .ppt, and encrypted .pptx
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 2.3.4.4
_STRICT = b"http://purl.oclc.org/ooxml"
_MAIN = (
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
    "application/vnd.openxmlformats-officedocument.presentationml.template.main+xml",
    "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml",
)
# What a deck is built without: sample slides and all that hangs on them, who commented,
# printers, and what describes the sample.
LEFT_OUT = frozenset(
    {
        "slide", "commentAuthors", "authors", "printerSettings", "tags", "customXml",
        "revisionInfo", "changesInfo", "thumbnail", "core-properties", "extended-properties",
        "presProps",
    }
)  # fmt: skip
_RUNS = ("vbaProject", "vbaData", "activeX", "/control", "wsdl", "userCustomization")


class TemplateError(Exception):
    """Why a file cannot serve as a template: a sentence, and what to do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class Relation(Struct, frozen=True):
    """A relationship. `kind` is its type's last word; `target` a part name, or an address."""

    id: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        return self.type.rsplit("/", 1)[-1]


class Parts(Struct, frozen=True):
    """What a template brings to a deck: all but its sample slides.

    `main` is the name of presentation.xml; `types` are content types by part name, and
    `relations` those of each part, of the package itself under `/`.
    """

    main: str
    data: dict[str, bytes]
    types: dict[str, str]
    relations: dict[str, tuple[Relation, ...]]

    def tree(self, name: str) -> Any:
        """A part's XML. TemplateError if it is none."""
        return parse(self.data[name], name)

    def related(self, name: str, kind: str) -> list[str]:
        """The parts to which a part has relationships of a kind, in their order."""
        return [r.target for r in self.relations.get(name, ()) if r.kind == kind]

    def target(self, name: str, id: str) -> str:
        """The part that a part knows by a relationship id, or "" if it is none."""
        return next((r.target for r in self.relations.get(name, ()) if r.id == id), "")


def parse(data: bytes, name: str) -> Any:
    """An XML part's root. Entities, DTDs and the network are not for it."""
    from lxml import etree  # loaded only for a deck in a company's template

    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise TemplateError(f"it is broken: `{name}` has a DOCTYPE, which no Office file has")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise TemplateError(
            f"it is broken: `{name}` is no XML", "repair it in PowerPoint"
        ) from None


def open_parts(data: bytes) -> Parts:
    """The parts that a deck takes over. TemplateError if the file cannot serve."""
    entries = _unpack(data)
    types = _types(entries)
    _refuse_programs(entries, types)
    relations: dict[str, tuple[Relation, ...]] = {"/": tuple(_relations("/", entries))}
    main = next((r.target for r in relations["/"] if r.kind == "officeDocument"), "")
    if main not in entries or types.get(main) not in _MAIN:
        raise TemplateError("it holds no presentation", "save it as .pptx or .potx in PowerPoint")
    kept = {main: entries[main]}
    waiting = [main]
    waiting += [r.target for r in relations["/"] if r.kind == "custom-properties"]
    waiting = [name for name in waiting if name in entries]
    kept.update((name, entries[name]) for name in waiting)
    while waiting:
        name = waiting.pop()
        found = tuple(r for r in _relations(name, entries) if r.kind not in LEFT_OUT)
        relations[name] = found
        for relation in found:
            _check(relation, name, entries)
            if not relation.external and relation.target not in kept:
                kept[relation.target] = entries[relation.target]
                waiting.append(relation.target)
    if not any(r.kind == "slideMaster" for r in relations[main]):
        raise TemplateError("it has no slide master")
    return Parts(main, kept, {name: types[name] for name in kept if name in types}, relations)


def sample_layouts(data: bytes) -> list[str]:
    """The layouts of the sample slides in their order, as part names; for a hint only."""
    entries = _unpack(data)
    main = next((r.target for r in _relations("/", entries) if r.kind == "officeDocument"), "")
    named = {r.id: r.target for r in _relations(main, entries) if r.kind == "slide"}
    ids = parse(entries[main], main).iterfind("p:sldIdLst/p:sldId", NAMES)
    slides = [named.get(each.get(f"{{{OFFICE}}}id"), "") for each in ids]
    return [
        relation.target
        for slide in slides
        if slide in entries
        for relation in _relations(slide, entries)
        if relation.kind == "slideLayout"
    ]


def _unpack(data: bytes) -> dict[str, bytes]:
    """Every entry by part name."""
    if data.startswith(_COMPOUND):
        if _ENCRYPTED in data:
            raise TemplateError("it is encrypted", "save a copy without a password")
        raise TemplateError("it is a .ppt of PowerPoint 97–2003", "save it as .pptx or .potx")
    if len(data) > MOST_TEMPLATE_BYTES:
        most = MOST_TEMPLATE_BYTES // 1_000_000
        raise TemplateError(
            f"it has {len(data) / 1e6:.0f} MB (at most {most})", "shrink its pictures"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read_entries(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        hint = "save it as .pptx or .potx in PowerPoint"
        raise TemplateError("it is no PowerPoint file, or a damaged one", hint) from None


def _read_entries(archive: zipfile.ZipFile) -> dict[str, bytes]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MOST_TEMPLATE_PARTS:
        raise TemplateError(f"it has {len(infos):,} parts (at most {MOST_TEMPLATE_PARTS:,})")
    if any(info.flag_bits & 1 for info in infos):
        raise TemplateError("it is encrypted", "save a copy without a password")
    entries: dict[str, bytes] = {}
    left = MOST_TEMPLATE_UNPACKED
    for info in infos:
        name = "/" + info.filename.lstrip("/")
        if normpath(name) != name or "\\" in name or name in entries:
            raise TemplateError(f"it is broken: it has a part called `{info.filename[:60]}`")
        with archive.open(info) as stream:
            unpacked = stream.read(left + 1)
        left -= len(unpacked)
        if left < 0:
            most = MOST_TEMPLATE_UNPACKED // 1_000_000
            raise TemplateError(f"it unpacks to more than {most} MB", "shrink its pictures")
        entries[name] = unpacked
    return entries


def _types(entries: dict[str, bytes]) -> dict[str, str]:
    """The content type of each part (part 2, 10.1.2)."""
    if "/[Content_Types].xml" not in entries:
        raise TemplateError("it is no PowerPoint file", "save it as .pptx or .potx in PowerPoint")
    root = parse(entries["/[Content_Types].xml"], "[Content_Types].xml")
    defaults = {
        str(each.get("Extension")).lower(): str(each.get("ContentType"))
        for each in root.iterfind("ct:Default", NAMES)
    }
    own = {
        str(each.get("PartName")): str(each.get("ContentType"))
        for each in root.iterfind("ct:Override", NAMES)
    }
    return {
        name: own.get(name) or defaults.get(name.rsplit(".", 1)[-1].lower(), "") for name in entries
    }


def _refuse_programs(entries: dict[str, bytes], types: dict[str, str]) -> None:
    for name, data in entries.items():
        if "macroEnabled" in types[name] or any(word in name + types[name] for word in _RUNS):
            raise TemplateError(
                "it holds macros or controls", "save it as .pptx or .potx, which hold none"
            )
        if types[name] in _MAIN and _STRICT in data:
            told = "it is saved as Strict Open XML"
            raise TemplateError(told, "save it as an ordinary PowerPoint presentation")


def _relations(source: str, entries: dict[str, bytes]) -> Iterator[Relation]:
    folder, _, last = source.rpartition("/")
    name = f"{folder}/_rels/{last}.rels"
    if name not in entries:
        return
    for each in parse(entries[name], name).iterfind("rel:Relationship", NAMES):
        external = each.get("TargetMode") == "External"
        target = str(each.get("Target", ""))
        if not external:
            target = normpath(join(dirname(source) or "/", unquote(target).split("#")[0]))
        yield Relation(str(each.get("Id")), str(each.get("Type")), target, external)


def _check(relation: Relation, source: str, entries: dict[str, bytes]) -> None:
    """A relationship of a part that stays must lead to a part, or be a link to click on."""
    if relation.external:
        harmless = relation.kind == "hyperlink" and relation.target.lower().startswith(
            ("http://", "https://", "mailto:")
        )
        if not harmless:
            told = f"`{source}` links to a file elsewhere, “{relation.target[:80]}”"
            raise TemplateError(told, "embed what is linked, or delete it")
    elif relation.target not in entries:
        told = f"it is broken: `{source}` names `{relation.target[:80]}`, which is not there"
        raise TemplateError(told, "repair it in PowerPoint")
