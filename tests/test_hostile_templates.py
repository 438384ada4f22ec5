"""Templates that are broken, locked, or made to harm: each is refused with a sentence.

At the outline's line, with exit code 2, within five seconds and 500 MB; nothing is written.
"""

from __future__ import annotations

import io
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

import make_template as sample
import wild_templates as wild
from test_hostile import build, refused
from wild_templates import MAIN, MASTER, THEME, TYPES, Parts, change, layout

OUTLINE = (
    "title: Who controls the harbour\n"
    "template: corp.potx\n"
    "slides:\n  - {kind: insight, title: Quays beat ships}\n"
)
TITLE_ONLY = layout(wild.TITLE_ONLY)


def try_bytes(folder: Path, data: bytes, words: str, name: str = "corp.potx") -> None:
    """The template is refused at the line of the outline that names it."""
    (folder / name).write_bytes(data)
    refused(build(folder, OUTLINE.replace("corp.potx", name)), words, 2)


def linked(kind: str, target: str) -> Callable[[Parts], Parts]:
    """A relationship of the master to something outside."""

    def give(parts: Parts) -> Parts:
        line = (
            f'<Relationship Id="rId99" Type="{wild.OFFICE}/{kind}" Target="{target}" '
            'TargetMode="External"/></Relationships>'
        )
        return change(parts, wild.rels(MASTER), "</Relationships>", line)

    return give


def master(old: str, new: str) -> Callable[[Parts], Parts]:
    return lambda parts: change(parts, MASTER, old, new, 1)


def main(old: str, new: str) -> Callable[[Parts], Parts]:
    return lambda parts: change(parts, MAIN, old, new, 1)


def gone(name: str) -> Callable[[Parts], Parts]:
    return lambda parts: {part: data for part, data in parts.items() if part != name}


def put(name: str, data: bytes) -> Callable[[Parts], Parts]:
    return lambda parts: {**parts, name: data}


def _macros(parts: Parts) -> Parts:
    old, new = (
        r"vnd\.openxml[\w.-]*template\.main\+xml",
        ("vnd.ms-powerpoint.presentation.macroEnabled.main+xml"),
    )
    return change(parts, TYPES, old, new)


def _project(parts: Parts) -> Parts:
    kind = "application/vnd.ms-office.vbaProject"
    return wild.add_part(parts, "ppt/vbaProject.bin", kind, b"code")


def _macro_on_click(parts: Parts) -> Parts:
    old = r'<p:cNvPr id="2" name="Fußlinie"/>'
    new = (
        '<p:cNvPr id="2" name="Fußlinie"><a:hlinkClick r:id="" '
        'action="ppaction://macro?name=Run"/></p:cNvPr>'
    )
    return change(parts, MASTER, old, new)


def _strict(parts: Parts) -> Parts:
    new = 'xmlns:p="http://purl.oclc.org/ooxml/presentationml/main"'
    return change(parts, MAIN, r'xmlns:p="[^"]*"', new)


def _entities(parts: Parts) -> Parts:
    bomb = '<!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>'
    return change(parts, MASTER, r"<p:sldMaster ", bomb + "<p:sldMaster ", 1)


def _no_layouts(parts: Parts) -> Parts:
    return change(parts, MASTER, "<p:sldLayoutIdLst>.*?</p:sldLayoutIdLst>", "")


def _lost_layout(parts: Parts) -> Parts:
    return change(parts, wild.rels(MASTER), r"slideLayout6\.xml", "slideLayout66.xml")


def _deep(parts: Parts) -> Parts:
    group = '<p:grpSp><p:nvGrpSpPr><p:cNvPr id="9" name=""/></p:nvGrpSpPr><p:grpSpPr/>'
    return change(parts, MASTER, "</p:spTree>", group * 3000 + "</p:grpSp>" * 3000 + "</p:spTree>")


def _many_layouts(parts: Parts) -> Parts:
    links = ""
    for number in range(100, 500):
        name = layout(number)
        parts = {**parts, name: parts[TITLE_ONLY], wild.rels(name): parts[wild.rels(TITLE_ONLY)]}
        links += (
            f'<Relationship Id="rId{number}" Type="{wild.OFFICE}/slideLayout" '
            f'Target="../slideLayouts/slideLayout{number}.xml"/>'
        )
    kind = "application/vnd.openxmlformats-officedocument.presentationml.slideLayout+xml"
    parts = change(parts, TYPES, 'Extension="xml" ContentType="[^"]*"',
                   f'Extension="xml" ContentType="{kind}"')  # fmt: skip
    return change(parts, wild.rels(MASTER), "</Relationships>", f"{links}</Relationships>")


CHANGED: dict[str, tuple[Callable[[Parts], Parts], str]] = {
    "macros": (_macros, "it holds macros or controls"),
    "a project": (_project, "it holds macros or controls"),
    "a macro on a click": (_macro_on_click, "a click on it starts a macro or a program"),
    "a control": (
        put("ppt/activeX/activeX1.bin", b"x"), "it holds macros or controls",
    ),
    "a linked picture": (linked("image", "http://example.org/logo.png"), "links to a file"),
    "a linked file": (linked("hyperlink", "file:///etc/passwd"), "links to a file elsewhere"),
    "a share": (linked("image", r"\\\\server\\share\\logo.png"), "links to a file elsewhere"),
    "a script": (linked("hyperlink", "javascript:alert(1)"), "links to a file elsewhere"),
    "a template elsewhere": (linked("attachedTemplate", "http://example.org"), "links to a file"),
    "strict": (_strict, "Strict Open XML"),
    "entities": (_entities, "has a DOCTYPE"),
    "no XML": (put(MASTER, b"<p:sldMaster"), "is no XML"),
    "an empty part": (put(MASTER, b""), "is no XML"),
    "an empty theme": (put(THEME, b"<a/>"), "its theme tells no colours"),
    "no content types": (gone(TYPES), "it is no PowerPoint file"),
    "empty content types": (put(TYPES, b"<Types/>"), "it holds no presentation"),
    "no presentation": (gone(MAIN), "it holds no presentation"),
    "no master": (gone(MASTER), "which is not there"),
    "no theme": (gone(THEME), "which is not there"),
    "no layouts": (_no_layouts, "no layout of it has a title"),
    "a lost layout": (_lost_layout, "slideLayout66.xml"),
    "no relationships": (gone(wild.rels(MAIN)), "it has no slide master"),
    "no size": (main("<p:sldSz [^>]*/>", ""), "it tells no slide size"),
    "no extent": (main('cx="12192000"', 'cx="0"'), "it tells no slide size"),
    "negative": (main('cy="6858000"', 'cy="-6858000"'), "it tells no slide size"),
    "endless": (main('cx="12192000"', 'cx="99999999999"'), "it tells no slide size"),
    "a size in words": (main('cx="12192000"', 'cx="abc"'), "where a number is due"),
    "a place in words": (master('<a:off x="548640"', '<a:off x="abc"'), "where a number is due"),
    "a place that is none": (
        master('<a:off x="548640"', '<a:off x="NaN"'), "where a number is due",
    ),
    "a far place": (
        master('<a:off x="548640"', f'<a:off x="{10**30}"'), "where a number is due",
    ),
    "a type size in words": (master('sz="2800"', 'sz="big"'), "where a number is due"),
    "no type size": (master('sz="2800"', 'sz="0"'), "type of 0 points"),
    "an index in words": (master('idx="1001"', 'idx="one"'), "where a number is due"),
    "a colour in words": (
        lambda parts: change(parts, THEME, 'val="0E6E7E"', 'val="GREEN!"'), "where a colour is due",
    ),
    "a share in words": (master('lumMod val="65000"', 'lumMod val="inf"'), "a percentage is due"),
    "deep groups": (_deep, "is no XML"),
    "many layouts": (_many_layouts, "layouts (at most 300)"),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGED)
def test_changed_template_is_refused(case: str, tmp_path: Path) -> None:
    give, words = CHANGED[case]
    try_bytes(tmp_path, sample.pack(give(sample.make_parts())), words)


def test_compound_files_are_refused(tmp_path: Path) -> None:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)
    try_bytes(tmp_path, head, "it is a .ppt of PowerPoint 97–2003")
    encrypted = head + "EncryptedPackage".encode("utf-16-le") + bytes(100)
    try_bytes(tmp_path, encrypted, "it is encrypted")


@pytest.mark.parametrize("name", ["corp.ppt", "corp.pptm", "corp.odp", "corp"])
def test_other_names_are_refused(name: str, tmp_path: Path) -> None:
    try_bytes(tmp_path, sample.make_template(), "it is no .pptx or .potx by its name", name)


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"not a zip", sample.make_template()[:9000], b"\0" * 5000]
)
def test_damaged_files_are_refused(data: bytes, tmp_path: Path) -> None:
    try_bytes(tmp_path, data, "it is no PowerPoint file")


def test_damaged_part_is_refused(tmp_path: Path) -> None:
    data = bytearray(sample.make_template())
    place = data.index(b"ppt/slideMasters/slideMaster1.xml") + 200
    data[place : place + 50] = bytes(50)
    try_bytes(tmp_path, bytes(data), "is damaged")


def test_locked_entries_are_refused(tmp_path: Path) -> None:
    data = bytearray(sample.make_template())
    for found in re.finditer(b"PK\x01\x02", bytes(data)):
        data[found.start() + 8] |= 1
    try_bytes(tmp_path, bytes(data), "it is encrypted")


def test_bomb_is_refused(tmp_path: Path) -> None:
    """A master of a gigabyte, in a file of a megabyte."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sample.make_parts().items():
            if name != MASTER:
                archive.writestr(name, data)
        with archive.open(MASTER, "w") as part:
            for _ in range(1000):
                part.write(bytes(1_000_000))
    try_bytes(tmp_path, stream.getvalue(), "unpacks to more than 8 MB")


def test_bomb_of_pictures_is_refused(tmp_path: Path) -> None:
    """Many pictures of fifty million pixels each, all of one colour."""
    row = b"\0" + bytes(10_000)
    pixels = zlib.compress(row * 5_000, 9)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 10_000, 5_000, 8, 0, 0, 0, 0)
    picture = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels)
    picture += chunk(b"IEND", b"")
    parts = sample.make_parts()
    for number in range(10):
        parts[f"ppt/media/big{number}.png"] = picture
        parts = wild.add_relation(parts, MASTER, "image", f"../media/big{number}.png", f"b{number}")
    try_bytes(tmp_path, sample.pack(parts), "500 million pixels")


def test_lying_sizes_are_refused(tmp_path: Path) -> None:
    """An entry that says it is short, and is not."""
    data = bytearray(sample.make_template())
    for found in re.finditer(b"PK\x01\x02", bytes(data)):
        start = found.start()
        if data[start + 46 : start + 46 + len(MASTER)] == MASTER.encode():
            data[start + 24 : start + 28] = struct.pack("<I", 10)
    try_bytes(tmp_path, bytes(data), "is damaged")


def test_overlapping_entries_are_refused(tmp_path: Path) -> None:
    """Many entries of the directory that all lead to the same bytes."""
    data = sample.make_template()
    end = data.index(b"PK\x05\x06")
    start = struct.unpack("<I", data[end + 16 : end + 20])[0]
    entry = data[start : data.index(b"PK\x01\x02", start + 4)]
    name = struct.unpack("<H", entry[28:30])[0]
    more = b"".join(entry[:46] + f"{n:0{name}}".encode() + entry[46 + name :] for n in range(6000))
    listed = data[start:end] + more
    tail = bytearray(data[end:])
    count = struct.unpack("<H", tail[8:10])[0] + 6000
    tail[8:10] = tail[10:12] = struct.pack("<H", count)
    tail[12:16] = struct.pack("<I", len(listed))
    try_bytes(tmp_path, data[:start] + listed + bytes(tail), "parts (at most 5,000)")


def test_no_end_of_entries_is_refused(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(100_000):
            archive.writestr(f"ppt/{number}.xml", b"")
    try_bytes(tmp_path, stream.getvalue(), "it has 100,000 parts (at most 5,000)")


@pytest.mark.parametrize("name", ["../corp.xml", "/etc/passwd", "ppt\\..\\x.xml", "ppt//x.xml"])
def test_names_that_lead_elsewhere_are_refused(name: str, tmp_path: Path) -> None:
    stream = io.BytesIO(sample.make_template())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(name, b"<x/>")
    try_bytes(tmp_path, stream.getvalue(), "it is broken: it has a part called")


def test_relationships_in_a_circle_do_no_harm(tmp_path: Path) -> None:
    """Masters and layouts name one another anyway; a theme may name its master too."""
    link = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{wild.OFFICE}/slideMaster" '
        'Target="../slideMasters/slideMaster1.xml"/></Relationships>'
    )
    parts = sample.make_parts() | {wild.rels(THEME): link.encode()}
    (tmp_path / "corp.potx").write_bytes(sample.pack(parts))
    assert build(tmp_path, OUTLINE).code == 0


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "corp.potx").mkdir()
    refused(build(tmp_path, OUTLINE), "corp.potx", 2)
    (tmp_path / "corp.potx").rmdir()
    os.mkfifo(tmp_path / "corp.potx")
    refused(build(tmp_path, OUTLINE), "corp.potx", 2)
    (tmp_path / "corp.potx").unlink()
    refused(build(tmp_path, OUTLINE), "corp.potx", 2)


@pytest.mark.parametrize("name", ["../corp.potx", "/etc/hosts.potx", "CON.potx"])
def test_files_elsewhere_are_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "deck").mkdir()
    (tmp_path / "corp.potx").write_bytes(sample.make_template())
    refused(build(tmp_path / "deck", OUTLINE.replace("corp.potx", name)), "potx", 2)
