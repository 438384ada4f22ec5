"""A .pptx goes in, what PowerPoint is known to offer a repair for comes out.

It looks at what the schemas cannot say: whether parts, relationships, content types
and ids agree with one another (ECMA-376 part 2; part 1, clauses 13, 19 to 21). It is
the companion of Microsoft's Open XML SDK, which each catches faults the other passes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from posixpath import basename, dirname, join, normpath
from zipfile import BadZipFile, ZipFile

from lxml import etree
from msgspec import Struct, field
from pptx.enum.shapes import MSO_AUTO_SHAPE_TYPE

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

TYPES = "[Content_Types].xml"
# What a relationship of this kind (the end of its type) leads to (the middle of its content type).
EXPECTED_TYPE = {
    "officeDocument": "presentationml.presentation.main",
    "slide": "presentationml.slide+xml",
    "slideLayout": "presentationml.slideLayout+xml",
    "slideMaster": "presentationml.slideMaster+xml",
    "notesSlide": "presentationml.notesSlide+xml",
    "notesMaster": "presentationml.notesMaster+xml",
    "theme": "officedocument.theme+xml",
    "chart": "drawingml.chart+xml",
    "package": "spreadsheetml.sheet",
    "image": "image/",
    "core-properties": "core-properties+xml",
}
# The order of CT_Presentation's children (ECMA-376 part 1, 19.2.1.26).
PRESENTATION_ORDER = (
    "sldMasterIdLst notesMasterIdLst handoutMasterIdLst sldIdLst sldSz notesSz smartTags "
    "embeddedFontLst custShowLst photoAlbum custDataLst kinsoku defaultTextStyle "
    "modifyVerifier extLst"
).split()
# ST_ShapeType (20.1.10.56): those that have a button in PowerPoint, and the lines.
GEOMETRIES = {member.xml_value for member in MSO_AUTO_SHAPE_TYPE} | {
    "line", "lineInv", "straightConnector1",
    *(f"{bend}Connector{n}" for bend in ("bent", "curved") for n in (2, 3, 4, 5)),
}  # fmt: skip
COORDINATE_LIMIT = 27_273_042_316_900  # ST_Coordinate (20.1.10.16)


class Relationship(Struct, frozen=True):
    """One relationship: `kind` is the end of its type, `target` a part or, if external, a URL."""

    kind: str
    target: str
    external: bool


class Package(Struct):
    """Parts by name (no leading slash), their XML, and their relationships by id."""

    names: list[str]
    parts: dict[str, bytes]
    trees: dict[str, etree._Element] = field(default_factory=dict)
    rels: dict[str, dict[str, Relationship]] = field(default_factory=dict)

    def of(self, folder: str) -> Iterator[tuple[str, etree._Element]]:
        """The XML parts of a folder under ppt/, such as `slides`."""
        for name, tree in self.trees.items():
            if dirname(name) == f"ppt/{folder}":
                yield name, tree

    def targets(self, part: str, kind: str) -> list[str]:
        """Where the relationships of this kind lead from a part."""
        return [rel.target for rel in self.rels.get(part, {}).values() if rel.kind == kind]


def package_problems(data: bytes) -> list[str]:
    """What is wrong with the bytes of a .pptx, as `part: problem`; empty if nothing is."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            if broken := archive.testzip():
                return [f"{broken}: damaged in the archive"]
            names = archive.namelist()
            package = Package(names, {name: archive.read(name) for name in names})
    except BadZipFile as error:
        return [f"not a zip archive: {error}"]
    problems = [*_check_names(package), *_read_trees(package), *_read_relationships(package)]
    if TYPES not in package.trees or "ppt/presentation.xml" not in package.trees:
        return [*problems, f"{TYPES} or ppt/presentation.xml is missing or cannot be read"]
    return problems + [problem for check in CHECKS for problem in check(package)]


def rels_name(part: str) -> str:
    """The name of the part that holds another's relationships (ECMA-376 part 2, 8.3.3)."""
    return join(dirname(part), "_rels", f"{basename(part)}.rels")


def _twice(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def _number(text: str | None) -> int:
    """A whole number; -1 for anything else."""
    return int(text) if text and re.fullmatch(r"-?\d+", text) else -1


def _check_names(package: Package) -> Iterator[str]:
    for name in _twice(package.names):
        yield f"{name}: stands twice in the archive"
    for name in _twice(name.lower() for name in set(package.names)):
        yield f"{name}: part names that differ only in case"
    for name in package.names:
        if name.startswith("/") or "\\" in name or normpath(name) != name:
            yield f"{name}: not a part name"


def _read_trees(package: Package) -> Iterator[str]:
    """Parse every XML part; control characters and lone surrogates end here as well."""
    for name, content in package.parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                package.trees[name] = etree.fromstring(content)
            except etree.XMLSyntaxError as error:
                yield f"{name}: not well-formed: {error}"


def _read_relationships(package: Package) -> Iterator[str]:
    for name, tree in package.trees.items():
        if not name.endswith(".rels"):
            continue
        source = join(dirname(dirname(name)), basename(name).removesuffix(".rels"))
        if source and source not in package.parts:
            yield f"{name}: relationships of a part that is absent"
        found = package.rels.setdefault(source, {})
        for element in tree:
            rid, target = element.get("Id", ""), element.get("Target", "")
            external = element.get("TargetMode") == "External"
            if rid in found:
                yield f"{name}: {rid} stands twice"
            if external and not re.match(r"[a-z][a-z0-9+.-]+:\S+$", target, re.IGNORECASE):
                yield f"{name}: {rid} leads to “{target}”, which is no URL"
            if not external:
                path = target if target.startswith("/") else f"/{dirname(source)}/{target}"
                target = normpath(path).lstrip("/")
                if target not in package.parts:
                    yield f"{name}: {rid} leads to {target}, which is absent"
            found[rid] = Relationship(basename(element.get("Type", "")), target, external)


def _content_types(package: Package) -> dict[str, str]:
    types = package.trees[TYPES]
    defaults = {e.get("Extension", "").lower(): e.get("ContentType", "") for e in types}
    overrides = {e.get("PartName", ""): e.get("ContentType", "") for e in types}
    return {
        name: overrides.get(f"/{name}") or defaults.get(name.rpartition(".")[2].lower(), "")
        for name in package.parts
        if name != TYPES
    }


def _check_content_types(package: Package) -> Iterator[str]:
    types = package.trees[TYPES]
    overrides = [e.get("PartName", "") for e in types if e.get("PartName")]
    extensions = [e.get("Extension", "").lower() for e in types if e.get("Extension")]
    for name in overrides:
        if name.removeprefix("/") not in package.parts:
            yield f"{TYPES}: override for {name}, which is absent"
    for name in _twice(overrides + extensions):
        yield f"{TYPES}: {name} stands twice"
    by_part = _content_types(package)
    for name, content_type in by_part.items():
        if not content_type:
            yield f"{name}: has no content type"
    for source, rels in package.rels.items():
        for rid, rel in rels.items():
            expected, got = EXPECTED_TYPE.get(rel.kind, ""), by_part.get(rel.target, "")
            if got and expected not in got:
                yield f"{rels_name(source)}: {rid} is a {rel.kind}, but leads to {got}"


def _check_reachability(package: Package) -> Iterator[str]:
    reached, pending = {TYPES}, [""]
    while pending:
        source = pending.pop()
        reached |= {source, rels_name(source)}
        found = {rel.target for rel in package.rels.get(source, {}).values() if not rel.external}
        pending += found - reached
    for name in package.parts.keys() - reached:
        yield f"{name}: no relationship leads to this part"


def _check_references(package: Package) -> Iterator[str]:
    """Every `r:` attribute resolves in its part's relationships, and to the right kind."""
    for name, tree in package.trees.items():
        rels = package.rels.get(name, {})
        for element in tree.iter(etree.Element):
            for attribute, rid in element.attrib.items():
                action = element.get("action", "")
                # An action such as `nextslide` needs no target (21.1.2.3.5).
                if not attribute.startswith(R) or (action and not rid):
                    continue
                tag = etree.QName(element).localname
                if rid not in rels:
                    yield f"{name}: {tag} refers to {rid or 'no id'}, which is no relationship"
                elif tag.startswith("hlink") and ("hlinksldjump" in action) != (
                    rels[rid].kind == "slide"
                ):
                    yield f"{name}: {tag} leads to a {rels[rid].kind} with action “{action}”"


def _check_structure(package: Package) -> Iterator[str]:
    """Lists of slides, masters and layouts hold each exactly once; parts lead to their parents."""
    main = "ppt/presentation.xml"
    lists = [(main, "sldId", "slide"), (main, "sldMasterId", "slideMaster")]
    lists += [(name, "sldLayoutId", "slideLayout") for name, _ in package.of("slideMasters")]
    for name, tag, kind in lists:
        listed = [e.get(f"{R}id", "") for e in package.trees[name].iter(f"{P}{tag}")]
        related = {rid for rid, rel in package.rels.get(name, {}).items() if rel.kind == kind}
        for rid in (*_twice(listed), *(related ^ set(listed))):
            yield f"{name}: {tag} list and {kind} relationships disagree about {rid}"
    parents = (
        ("slides", "slideLayout"), ("slideLayouts", "slideMaster"), ("slideMasters", "theme"),
        ("notesSlides", "slide"), ("notesSlides", "notesMaster"), ("notesMasters", "theme"),
    )  # fmt: skip
    for folder, kind in parents:
        for name, _ in package.of(folder):
            if len(package.targets(name, kind)) != 1:
                yield f"{name}: leads to {len(package.targets(name, kind))} parts as its {kind}"


def _check_ids(package: Package) -> Iterator[str]:
    """Slide ids 256 to 2^31 - 1, master and layout ids above (19.7.13, 19.7.19, 19.7.17)."""
    main = package.trees["ppt/presentation.xml"]
    slides = [_number(e.get("id")) for e in main.iter(f"{P}sldId")]
    masters = [_number(e.get("id")) for e in main.iter(f"{P}sldMasterId")]
    for _, tree in package.of("slideMasters"):
        masters += [_number(e.get("id")) for e in tree.iter(f"{P}sldLayoutId")]
    for word, ids, low, high in (
        ("slide", slides, 256, 2**31),
        ("master or layout", masters, 2**31, 2**32),
    ):
        yield from (f"{word} id {value} stands twice" for value in _twice(map(str, ids)))
        yield from (f"{word} id {v} is out of range" for v in ids if not low <= v < high)
    in_sections = [e.get("id", "") for e in main.iter(f"{P14}sldId")]
    if in_sections and sorted(in_sections) != sorted(map(str, slides)):
        yield "ppt/presentation.xml: the sections do not hold each slide once"


def _check_shapes(package: Package) -> Iterator[str]:
    """Ids, names, glued ends; the attributes of `cNvPr` are its own."""
    for name, tree in package.trees.items():
        shapes = list(tree.iter(f"{P}cNvPr"))
        ids = [shape.get("id", "") for shape in shapes]
        yield from (f"{name}: shape id {value} stands twice" for value in _twice(ids))
        for shape in shapes:
            label = f"{name}: shape {shape.get('id')}"
            if _number(shape.get("id")) < 1:
                yield f"{label} has no valid id"
            # The root of a shape tree may go without a name; python-pptx writes none.
            if not shape.get("name") and etree.QName(shape.getparent()).localname != "nvGrpSpPr":
                yield f"{label} has no name"
            if any(attribute.startswith("{") for attribute in shape.attrib):
                yield f"{label} has an attribute of a foreign namespace"
        for end in tree.iter(f"{A}stCxn", f"{A}endCxn"):
            if end.get("id") not in ids or _number(end.get("idx")) < 0:
                yield f"{name}: a connector is glued to shape {end.get('id')}, which is absent"


def _check_placeholders(package: Package) -> Iterator[str]:
    """One title a slide, and every placeholder's idx stands in the layout."""
    for name, tree in package.of("slides"):
        places = list(tree.iter(f"{P}ph"))
        titles = [ph for ph in places if ph.get("type") in ("title", "ctrTitle")]
        if len(titles) != 1:
            yield f"{name}: {len(titles)} title placeholders"
        yield from (
            f"{name}: placeholder idx {idx} stands twice"
            for idx in _twice(ph.get("idx", "0") for ph in places)
        )
        for layout in package.trees.keys() & set(package.targets(name, "slideLayout")):
            known = {ph.get("idx", "0") for ph in package.trees[layout].iter(f"{P}ph")}
            for ph in places:
                if ph.get("idx", "0") not in known:
                    yield f"{name}: placeholder idx {ph.get('idx')} is not in {layout}"


def _check_drawing(package: Package) -> Iterator[str]:
    """Text, colours, sizes, geometry names, and what must stand last."""
    for name, tree in package.trees.items():
        for body in tree.iter(f"{P}txBody", f"{A}txBody", f"{C}rich", f"{C}txPr"):
            if body.find(f"{A}p") is None:
                yield f"{name}: a text body without a paragraph"
        for color in tree.iter(f"{A}srgbClr"):
            if not re.fullmatch(r"[0-9A-Fa-f]{6}", color.get("val", "")):
                yield f"{name}: “{color.get('val')}” is no colour of six hex digits"
        for shape in tree.iter(f"{A}prstGeom"):
            if shape.get("prst") not in GEOMETRIES:
                yield f"{name}: there is no preset geometry “{shape.get('prst')}”"
        yield from _check_lengths(name, tree)
        for last in tree.iter(f"{P}extLst", f"{A}extLst", f"{C}extLst"):
            if last.getnext() is not None:
                yield f"{name}: extLst is not the last child of {last.getparent().tag}"
    order = [etree.QName(e).localname for e in package.trees["ppt/presentation.xml"]]
    if order != sorted(set(order) & set(PRESENTATION_ORDER), key=PRESENTATION_ORDER.index):
        yield f"ppt/presentation.xml: its children are out of order: {' '.join(order)}"


def _check_lengths(name: str, tree: etree._Element) -> Iterator[str]:
    for element in tree.iter(f"{A}off", f"{A}ext", f"{A}chOff", f"{A}chExt", f"{P}ext"):
        for attribute in ("x", "y", "cx", "cy"):
            text = element.get(attribute)
            if text is None:
                continue
            if not re.fullmatch(r"-?\d+", text) or abs(int(text)) > COORDINATE_LIMIT:
                yield f"{name}: {attribute}=“{text}” is no length"
            elif attribute.startswith("c") and int(text) < 0:
                yield f"{name}: a negative extent, {attribute}={text}"


def _check_tables(package: Package) -> Iterator[str]:
    """Each row has a cell a grid column, and spans stay inside (21.1.3)."""
    for name, tree in package.trees.items():
        for table in tree.iter(f"{A}tbl"):
            columns, rows = len(table.findall(f"{A}tblGrid/{A}gridCol")), table.findall(f"{A}tr")
            if not columns or not rows:
                yield f"{name}: a table without columns or rows"
            for y, row in enumerate(rows):
                cells = row.findall(f"{A}tc")
                if len(cells) != columns:
                    yield f"{name}: a row of {len(cells)} cells in a grid of {columns} columns"
                for x, cell in enumerate(cells):
                    wide, high = (int(cell.get(key, "1")) for key in ("gridSpan", "rowSpan"))
                    covered = sum(1 for c in cells[x + 1 : x + wide] if c.get("hMerge") == "1")
                    if covered != wide - 1 or y + high > len(rows):
                        yield f"{name}: a cell spans {wide} by {high}, but the grid does not"


def _check_charts(package: Package) -> Iterator[str]:
    """Axis ids agree; a legend says where it stands; the workbook opens."""
    for name, tree in package.trees.items():
        if tree.tag != f"{C}chartSpace":
            continue
        plot = tree.find(f".//{C}plotArea")
        axes = [e.get("val", "") for e in plot.iterfind(f"*[{C}crossAx]/{C}axId")]
        used = {e.get("val", "") for e in plot.iter(f"{C}axId", f"{C}crossAx")}
        for value in (*_twice(axes), *(used - set(axes))):
            yield f"{name}: axis {value} is not there exactly once"
        yield from (f"{name}: axis id {v} is negative" for v in axes if v.startswith("-"))
        if any(e.get("val") is None for e in tree.iter(f"{C}legendPos")):
            yield f"{name}: a legend without a position"
        for workbook in package.targets(name, "package"):
            try:
                ZipFile(BytesIO(package.parts.get(workbook, b"")))
            except BadZipFile:
                yield f"{workbook}: no workbook"


CHECKS: tuple[Callable[[Package], Iterator[str]], ...] = (
    _check_content_types,
    _check_reachability,
    _check_references,
    _check_structure,
    _check_ids,
    _check_shapes,
    _check_placeholders,
    _check_drawing,
    _check_tables,
    _check_charts,
)
