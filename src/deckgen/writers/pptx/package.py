"""Parts and relationships go in, the bytes of a zip come out (ECMA-376 part 2).

The writer makes its own XML and its own zip. python-pptx would cost 140 ms of import
for every deck, and the time it takes grows with the square of the number of slides: it
looks for a free part name, a matching relationship and the largest slide id by reading
all that is there. Strings joined into a zip take a twentieth of that at 1,000 slides.

The same parts give the same bytes: they stand in the order in which they were added,
`[Content_Types].xml` first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from itertools import count, islice
from posixpath import basename, dirname, relpath, splitext

from msgspec import Struct

from deckgen.writers.pptx.escape import DECLARATION, RELATIONSHIPS, escape_attribute
from deckgen.writers.pptx.zipped import Entry, pack_entry, zip_bytes

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


class Part(Struct, frozen=True):
    """A part, packed, and its content type; empty where its extension tells that."""

    entry: Entry
    type: str = ""


class Package:
    """The parts of a presentation, in the order in which they are added.

    `taken` are names that others have: those of a company's template.
    """

    def __init__(self, taken: Collection[str] = ()) -> None:
        self.relationships = Relationships("/")
        self.parts: list[Part] = []
        self._media: dict[tuple[bytes, str], str] = {}
        self._media_numbers = _free_numbers("/ppt/media/image{}.", taken)
        self._chart_numbers: Iterator[int] = _free_numbers("/ppt/charts/chart{}.", taken)

    def for_page(self, charts: int) -> Package:
        """A package for the parts of one page with so many charts, whose names are settled now.

        So pages may be written in any order, and by several processes. The pictures of all
        pages are added here before, and found there by `media_name`.
        """
        page = Package()
        page._media = self._media
        page._chart_numbers = iter(list(islice(self._chart_numbers, charts)))
        return page

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
        whole = _OFFICE + content_type if content_type and "/" not in content_type else content_type
        self.parts.append(_pack(name, whole, data))
        if relationships is not None and len(relationships):
            folder, _, last = name.rpartition("/")
            self.parts.append(_pack(f"{folder}/_rels/{last}.rels", "", relationships.xml()))

    def add_media(self, data: bytes, extension: str) -> str:
        """The part name of a picture; equal pictures are one part."""
        if (data, extension) not in self._media:
            name = f"/ppt/media/image{next(self._media_numbers)}.{extension}"
            self._media[data, extension] = name
            self.add(name, "", data)
        return self._media[data, extension]

    def media_name(self, data: bytes, extension: str) -> str:
        """The part name of a picture that was added; KeyError for another."""
        return self._media[data, extension]

    def add_chart(self, chart: bytes, workbook: bytes) -> str:
        """The part name of a chart, whose XML knows its workbook as `rId1`."""
        number = next(self._chart_numbers)
        name = f"/ppt/charts/chart{number}.xml"
        sheet = f"/ppt/embeddings/Microsoft_Excel_Sheet{number}.xlsx"
        relationships = Relationships(name)
        relationships.add("package", sheet)
        self.add(name, "drawingml.chart+xml", chart, relationships)
        self.add(sheet, "", workbook)
        return name

    def _content_types(self) -> str:
        lines = [DECLARATION, f'<Types xmlns="{_PACKAGE}/content-types">']
        for extension, kind in _DEFAULTS.items():
            lines.append(f'<Default Extension="{extension}" ContentType="{kind}"/>')
        for part in self.parts:
            if part.type:
                name = f"/{part.entry.name}"
                lines.append(f'<Override PartName="{name}" ContentType="{part.type}"/>')
        lines.append("</Types>")
        return "".join(lines)

    def to_bytes(self) -> bytes:
        """The package as a zip."""
        first = (
            _pack("/[Content_Types].xml", "", self._content_types()),
            _pack("/_rels/.rels", "", self.relationships.xml()),
        )
        return zip_bytes(part.entry for part in (*first, *self.parts))


def _pack(name: str, content_type: str, data: str | bytes) -> Part:
    data = data.encode() if isinstance(data, str) else data
    return Part(pack_entry(name[1:], data, splitext(name)[1] in _STORED), content_type)


def _free_numbers(pattern: str, taken: Collection[str]) -> Iterator[int]:
    """Numbers from 1 that make a name which no part has, whatever its extension."""
    stems = {f"{splitext(name)[0]}." for name in taken}
    return (number for number in count(1) if pattern.format(number) not in stems)
