"""The bytes of a .pptx or .potx go in; its parts come out, or why it can be no template.

A template comes from wherever a company keeps its own: nothing in it is run, no link is
followed, and what cannot be trusted or read is refused with a sentence. Part names begin
with `/`, as ECMA-376 part 2 writes them.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote

from msgspec import Struct

from deckgen.limits import (
    MOST_TEMPLATE_BYTES,
    MOST_TEMPLATE_PARTS,
    MOST_TEMPLATE_UNPACKED,
    MOST_TEMPLATE_XML,
)
from deckgen.source import FileError

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
# What presentation.xml is written without: sample slides and all that hangs on them, who
# commented, printers, and what describes the sample.
LEFT_OUT = frozenset(
    {
        "slide", "commentAuthors", "authors", "printerSettings", "tags", "customXml",
        "revisionInfo", "changesInfo", "thumbnail", "core-properties", "extended-properties",
        "presProps",
    }
)  # fmt: skip
_DAMAGES = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError,
    ValueError, struct.error, lzma.LZMAError,
)  # fmt: skip
MOST_SAMPLES = 50  # slides that are looked at for the layouts they have
FARTHEST = 27_273_042_316_900  # ST_Coordinate (20.1.10.16)
FIRST_SLIDE = "/ppt/slides/slide1.xml"
# What a click may start (21.1.2.3.5), or a part may hold.
_STARTS = (b"ppaction://macro", b"ppaction://program")
_RUNS = ("vbaProject", "vbaData", "activeX", "/control", "wsdl", "userCustomization")


class TemplateError(FileError):
    """Why a file cannot serve as a template."""


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
    `relations` those of each part, of the package itself under `/`. `samples` are the layouts of
    the sample slides in their order, by part name.
    """

    main: str
    data: dict[str, bytes]
    types: dict[str, str]
    relations: dict[str, tuple[Relation, ...]]
    samples: tuple[str, ...]

    def tree(self, name: str) -> Any:
        """A part's XML. TemplateError if it is none."""
        return parse(self.data[name], name)

    def related(self, name: str, kind: str) -> list[str]:
        """The parts to which a part has relationships of a kind, in their order."""
        return [r.target for r in self.relations.get(name, ()) if r.kind == kind]

    def target(self, name: str, id: str) -> str:
        """The part that a part knows by a relationship id, or "" if it is none."""
        return next((r.target for r in self.relations.get(name, ()) if r.id == id), "")


class _Archive(Struct):
    """A zip whose parts are unpacked when they are asked for; `left` bytes may be."""

    zip: zipfile.ZipFile
    infos: dict[str, zipfile.ZipInfo]
    left: int = MOST_TEMPLATE_UNPACKED

    def read(self, name: str) -> bytes:
        """A part's bytes. TemplateError if it is damaged or too large."""
        most = self.left
        if name.endswith((".xml", ".rels")):
            most = min(most, MOST_TEMPLATE_XML)
        try:
            with self.zip.open(self.infos[name]) as stream:
                unpacked = stream.read(most + 1)
        except _DAMAGES:
            hint = "repair it in PowerPoint"
            raise TemplateError(f"it is broken: `{name[:80]}` is damaged", hint) from None
        if len(unpacked) > most:
            told = f"`{name[:80]}` unpacks to more than {most / 1e6:.0f} MB"
            if most == self.left:
                told = f"it unpacks to more than {MOST_TEMPLATE_UNPACKED // 1_000_000} MB"
            raise TemplateError(told, "shrink its pictures")
        self.left -= len(unpacked)
        return unpacked


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


def whole(text: Any, usual: int = 0) -> int:
    """A whole number that an attribute gives, or the usual one. TemplateError if it is none."""
    if text is None:
        return usual
    try:
        number = int(str(text))
    except ValueError:
        number = FARTHEST + 1
    if abs(number) > FARTHEST:
        told = f"it is broken: it has “{str(text)[:40]}” where a number is due"
        raise TemplateError(told, "repair it in PowerPoint")
    return number


def open_parts(data: bytes) -> Parts:
    """The parts that a deck takes over. TemplateError if the file cannot serve."""
    archive = _unpack(data)
    types = _types(archive)
    _refuse_programs(types)
    relations: dict[str, tuple[Relation, ...]] = {"/": tuple(_relations("/", archive))}
    main = _main(relations["/"], types)
    kept: dict[str, bytes] = {}
    custom = [r.target for r in relations["/"] if r.kind == "custom-properties"]
    waiting = [main, *(name for name in custom if name in types)]
    while waiting:
        name = waiting.pop()
        if name in kept:
            continue
        kept[name] = _take(name, types, archive)
        left_out = LEFT_OUT if name == main else frozenset()
        found = [r for r in _relations(name, archive) if r.kind not in left_out]
        relations[name] = tuple(_redirected(relation) for relation in found)
        for relation in found:
            _check(relation, name, types)
            if not relation.external and relation.kind != "slide":
                waiting.append(relation.target)
    if not any(r.kind == "slideMaster" for r in relations[main]):
        raise TemplateError("it has no slide master")
    if _STRICT in kept[main]:
        told = "it is saved as Strict Open XML"
        raise TemplateError(told, "save it as an ordinary PowerPoint presentation")
    kinds = {name: types[name] for name in kept}
    return Parts(main, kept, kinds, relations, _sample_layouts(main, kept[main], archive))


def _main(relations: Sequence[Relation], types: Mapping[str, str]) -> str:
    """The name of presentation.xml."""
    main = next((r.target for r in relations if r.kind == "officeDocument"), "")
    if types.get(main) not in _MAIN:
        raise TemplateError("it holds no presentation", "save it as .pptx or .potx in PowerPoint")
    return main


def _take(name: str, types: Mapping[str, str], archive: _Archive) -> bytes:
    """A part that a deck takes over."""
    data = archive.read(name)
    if not types[name]:
        told = f"it is broken: nothing tells what `{name[:80]}` holds"
        raise TemplateError(told, "repair it in PowerPoint")
    if name.endswith(".xml"):
        parse(data, name)
        if any(word in data for word in _STARTS):
            told = "a click on it starts a macro or a program"
            raise TemplateError(told, "take such actions off its masters and layouts")
    return data


def _redirected(relation: Relation) -> Relation:
    """A button of a layout that leads to a sample slide leads to the deck's first."""
    if relation.kind != "slide":
        return relation
    return Relation(relation.id, relation.type, FIRST_SLIDE, False)


def _sample_layouts(main: str, data: bytes, archive: _Archive) -> tuple[str, ...]:
    """The layouts of the first sample slides; `data` is presentation.xml."""
    named = {r.id: r.target for r in _relations(main, archive) if r.kind == "slide"}
    ids = list(parse(data, main).iterfind("p:sldIdLst/p:sldId", NAMES))
    slides = [named.get(each.get(f"{{{OFFICE}}}id"), "") for each in ids[:MOST_SAMPLES]]
    return tuple(
        relation.target
        for slide in slides
        if slide in archive.infos
        for relation in _relations(slide, archive)
        if relation.kind == "slideLayout"
    )


def _unpack(data: bytes) -> _Archive:
    """The archive, its parts known by name."""
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
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGES:
        hint = "save it as .pptx or .potx in PowerPoint"
        raise TemplateError("it is no PowerPoint file, or a damaged one", hint) from None
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MOST_TEMPLATE_PARTS:
        raise TemplateError(f"it has {len(infos):,} parts (at most {MOST_TEMPLATE_PARTS:,})")
    if any(info.flag_bits & 1 for info in infos):
        raise TemplateError("it is encrypted", "save a copy without a password")
    return _Archive(archive, _named(infos))


def _named(infos: Sequence[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """Entries by part name, which says where in the package they stand, and nowhere else."""
    entries: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        name = "/" + info.filename
        if normpath(name) != name or name.startswith("//") or "\\" in name or name in entries:
            raise TemplateError(f"it is broken: it has a part called `{info.filename[:60]}`")
        entries[name] = info
    return entries


def _types(archive: _Archive) -> dict[str, str]:
    """The content type of each part, "" where none is told (part 2, 10.1.2)."""
    if "/[Content_Types].xml" not in archive.infos:
        raise TemplateError("it is no PowerPoint file", "save it as .pptx or .potx in PowerPoint")
    root = parse(archive.read("/[Content_Types].xml"), "[Content_Types].xml")
    defaults = {
        str(each.get("Extension")).lower(): str(each.get("ContentType"))
        for each in root.iterfind("ct:Default", NAMES)
    }
    own = {
        str(each.get("PartName")): str(each.get("ContentType"))
        for each in root.iterfind("ct:Override", NAMES)
    }
    return {
        name: own.get(name) or defaults.get(name.rsplit(".", 1)[-1].lower(), "")
        for name in archive.infos
    }


def _refuse_programs(types: Mapping[str, str]) -> None:
    for name, kind in types.items():
        if "macroEnabled" in kind or any(word in name + kind for word in _RUNS):
            raise TemplateError(
                "it holds macros or controls", "save it as .pptx or .potx, which hold none"
            )


def _relations(source: str, archive: _Archive) -> Iterator[Relation]:
    folder, _, last = source.rpartition("/")
    name = f"{folder}/_rels/{last}.rels"
    if name not in archive.infos:
        return
    for each in parse(archive.read(name), name).iterfind("rel:Relationship", NAMES):
        external = each.get("TargetMode") == "External"
        target = str(each.get("Target", ""))
        if not external:
            target = normpath(join(dirname(source) or "/", unquote(target).split("#")[0]))
        yield Relation(str(each.get("Id")), str(each.get("Type")), target, external)


def _check(relation: Relation, source: str, types: Mapping[str, str]) -> None:
    """A relationship of a part that stays must lead to a part, or be a link to click on."""
    if relation.external:
        harmless = relation.kind == "hyperlink" and relation.target.lower().startswith(
            ("http://", "https://", "mailto:")
        )
        if not harmless:
            told = f"`{source}` links to a file elsewhere, “{relation.target[:80]}”"
            raise TemplateError(told, "embed what is linked, or delete it")
    elif relation.target not in types:
        told = f"it is broken: `{source}` names `{relation.target[:80]}`, which is not there"
        raise TemplateError(told, "repair it in PowerPoint")
