"""Parts and relationships go in, the bytes of a zip come out (ECMA-376 part 2).

The writer makes its own XML and its own zip. python-pptx would cost 140 ms of import
for every deck, and the time it takes grows with the square of the number of slides: it
looks for a free part name, a matching relationship and the largest slide id by reading
all that is there. Strings joined into a zip take a twentieth of that at 1,000 slides.

The same parts give the same bytes: entries have one date and one set of attributes and
stand in the order in which they were added, `[Content_Types].xml` first.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection
from functools import cache
from posixpath import basename, dirname, relpath, splitext

from deckgen.writers.pptx.escape import DECLARATION, RELATIONSHIPS, escape_attribute

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument."
CORE_PROPERTIES = f"{_PACKAGE}/relationships/metadata/core-properties"

# Content types that go by the extension of a part's name (part 2, 10.1.2.2).
_DEFAULTS = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "svg": "image/svg+xml",
    "xlsx": _OFFICE + "spreadsheetml.sheet",
}
# What is packed already gains nothing from deflate.
_STORED = frozenset({".png", ".jpeg", ".gif", ".xlsx"})


class Relationships:
    """The relationships of one part; asking twice for the same one gives the same id."""

    def __init__(self, source: str) -> None:
        self._folder = dirname(source)
        self._ids: dict[tuple[str, str, bool], str] = {}
        self._more: list[tuple[tuple[str, str, bool], str]] = []  # others to the same target
        self._next = 1

    def keep(self, key: str, uri: str, target: str, external: bool = False) -> None:
        """A relationship that the part has under an id of its own; ours get others."""
        if (uri, target, external) in self._ids:
            self._more.append(((uri, target, external), key))
        self._ids.setdefault((uri, target, external), key)
        number = key[3:] if key.startswith("rId") else ""
        if number.isdigit():
            self._next = max(self._next, int(number) + 1)

    def add(self, kind: str, target: str, external: bool = False) -> str:
        """The id (`rId1`, ..) of the relationship of type `kind` to `target`.

        `kind` is the last word of an Office type (`slide`) or a whole URI; `target` a part
        name from the root (`/ppt/slides/slide1.xml`), or an address if `external`.
        """
        uri = kind if "://" in kind else f"{RELATIONSHIPS}/{kind}"
        found = self._ids.get((uri, target, external))
        if found is None:
            found = self._ids[uri, target, external] = f"rId{self._next}"
            self._next += 1
        return found

    def __len__(self) -> int:
        return len(self._ids)

    def xml(self) -> str:
        """The `.rels` part; targets within the package are relative to the source's folder."""
        lines = [DECLARATION, f'<Relationships xmlns="{_PACKAGE}/relationships">']
        for (uri, target, external), key in [*self._ids.items(), *self._more]:
            address = target if external else _way(self._folder, dirname(target)) + basename(target)
            mode = ' TargetMode="External"' if external else ""
            where = f'Target="{escape_attribute(address)}"{mode}'
            lines.append(f'<Relationship Id="{key}" Type="{uri}" {where}/>')
        lines.append("</Relationships>")
        return "".join(lines)


@cache  # parts lie in a few folders
def _way(start: str, folder: str) -> str:
    """What leads from a folder to the parts in another."""
    way = relpath(folder, start)
    return "" if way == "." else f"{way}/"


class Package:
    """The parts of a presentation, in the order in which they are added.

    `taken` are names that others have: those of a company's template.
    """

    def __init__(self, taken: Collection[str] = ()) -> None:
        self.relationships = Relationships("/")
        self._taken = frozenset(taken)
        self._pictures = 0
        self._types: dict[str, str] = {}
        self._entries: list[tuple[str, bytes]] = []
        self._media: dict[tuple[bytes, str], str] = {}
        self._charts = 0

    def add(
        self,
        name: str,
        content_type: str,
        data: str | bytes,
        relationships: Relationships | None = None,
    ) -> None:
        """Add the part `name`. `content_type` is what follows Office's common prefix
        (`presentationml.slide+xml`), a whole type with a `/`, or empty: by extension.
        """
        if content_type:
            whole = content_type if "/" in content_type else _OFFICE + content_type
            self._types[name] = whole
        self._put(name, data)
        if relationships is not None and len(relationships):
            folder, _, last = name.rpartition("/")
            self._put(f"{folder}/_rels/{last}.rels", relationships.xml())

    def add_media(self, data: bytes, extension: str) -> str:
        """The part name of a picture; equal pictures are one part."""
        key = (data, extension)
        if key not in self._media:
            self._pictures = self._free(self._pictures, "/ppt/media/image{}." + extension)
            self._media[key] = f"/ppt/media/image{self._pictures}.{extension}"
            self.add(self._media[key], "", data)
        return self._media[key]

    def add_chart(self, chart: bytes, workbook: bytes) -> str:
        """The part name of a chart, whose XML knows its workbook as `rId1`."""
        self._charts = self._free(self._charts, "/ppt/charts/chart{}.xml")
        name = f"/ppt/charts/chart{self._charts}.xml"
        sheet = f"/ppt/embeddings/Microsoft_Excel_Sheet{self._charts}.xlsx"
        relationships = Relationships(name)
        relationships.add("package", sheet)
        self.add(name, "drawingml.chart+xml", chart, relationships)
        self.add(sheet, "", workbook)
        return name

    def _free(self, last: int, pattern: str) -> int:
        """The number after the last one whose name nobody has."""
        number = last + 1
        while pattern.format(number) in self._taken:
            number += 1
        return number

    def _put(self, name: str, data: str | bytes) -> None:
        self._entries.append((name[1:], data.encode() if isinstance(data, str) else data))

    def _content_types(self) -> str:
        lines = [DECLARATION, f'<Types xmlns="{_PACKAGE}/content-types">']
        for extension, kind in _DEFAULTS.items():
            lines.append(f'<Default Extension="{extension}" ContentType="{kind}"/>')
        for name, kind in self._types.items():
            lines.append(f'<Override PartName="{name}" ContentType="{kind}"/>')
        lines.append("</Types>")
        return "".join(lines)

    def to_bytes(self) -> bytes:
        """The package as a zip."""
        stream = io.BytesIO()
        first = [
            ("[Content_Types].xml", self._content_types().encode()),
            ("_rels/.rels", self.relationships.xml().encode()),
        ]
        with zipfile.ZipFile(stream, "w") as archive:
            for name, data in first + self._entries:
                archive.writestr(zip_entry(name), data)
        return stream.getvalue()


def zip_entry(name: str) -> zipfile.ZipInfo:
    """A zip entry without anything of the machine or the hour (1980 is the zip format's first)."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    stored = splitext(name)[1] in _STORED
    entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    entry.create_system = 0
    entry.external_attr = 0
    return entry
