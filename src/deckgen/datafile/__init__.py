"""The nodes of an outline go in, the same with the numbers of the files that it names come out.

A slide that names a file under `data` gets the keys that its author would have written: the
`categories` and `series` of a chart, or the `rows` of a kind that has rows. Each value is a node
that stands in the file, at its row and column, so that whatever is done with values (reading,
wording and choosing for an audience, the search of the finished file) is done with these.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from deckgen.charts.data import FileData, TableData
from deckgen.datafile.columns import Pair, Taking, data_of, shown_name, target_of, without_key
from deckgen.datafile.members import Members
from deckgen.datafile.tally import Tally
from deckgen.fields import Part, bare_type, part_fields
from deckgen.limits import MOST_CELLS, MOST_SHEETS
from deckgen.nodes import entries, find_value, is_null, words_at
from deckgen.outline import Slide
from deckgen.reader import Reader
from deckgen.sheets import Loading, find_data, load_sheet
from deckgen.sheets.cells import Sheet, SheetError
from deckgen.slides import kind_names, load_kind
from deckgen.source import Mark, Problem, Text

_STRING, _LIST, _MAP = (f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map"))


class Expansion:
    """Writes the numbers of files into slides; `problems` fill as it goes.

    `root` is the outline whose companies the files name. A file is read once for all slides,
    with `load`.
    """

    def __init__(self, root: MappingNode, load: Loading = load_sheet) -> None:
        self.root, self.load = root, load
        self.tally = Tally()
        self._sheets: dict[tuple[Path, str], Sheet | SheetError] = {}
        self._slides: dict[int, Node] = {}  # by the node that they are made from
        self._found: Members | None = None
        self._cells = 0

    @property
    def problems(self) -> list[Problem]:
        return self.tally.problems

    def expand(self, node: MappingNode) -> MappingNode:
        """An outline whose slides hold the numbers that they take from files.

        A slide of which a mistake is told keeps its `data`, and gets no numbers.
        """
        return _with_slides(node, self._expand_slide)

    def expand_changes(self, changes: MappingNode) -> MappingNode:
        """What an audience says otherwise, with the numbers of the slides that it adds."""
        return _with_slides(changes, self._expand_change)

    def _expand_change(self, slide: Node) -> Node:
        data = find_value(slide, "data")
        if data is None or words_at(slide, "kind"):
            return self._expand_slide(slide)
        told = "a slide of the outline takes its numbers from one file for every audience"
        hint = "reword its `categories` and `series` by their `id`, or change it in the outline"
        self.tally.tell(_mark_of(data), told, hint)
        return without_key(slide, "data")

    def _expand_slide(self, slide: Node) -> Node:
        if find_value(slide, "data") is None or self.tally.is_full:
            return slide
        if id(slide) not in self._slides:
            self._slides[id(slide)] = self._expand_once(slide)
        return self._slides[id(slide)]

    def _expand_once(self, slide: Node) -> Node:
        data, kind = find_value(slide, "data"), words_at(slide, "kind")
        fields = load_kind(kind).Fields if kind in kind_names() else Slide
        wanted = data_of(fields)
        if data is None or is_null(data) or wanted is None:
            return slide  # a key that the kind does not have is told when it is read
        told = len(self.problems)
        made = self._numbers_of(slide, data, fields, wanted)
        rows = [row for row in slide.value if row[1] is not data]
        if len(self.problems) > told:  # then nobody shall miss numbers
            key = ScalarNode(_STRING, "data", data.start_mark, data.start_mark)
            made = [(key, _stand_in(wanted, data))]
        return MappingNode(slide.tag, [*rows, *made], slide.start_mark, slide.end_mark)

    def _numbers_of(
        self, slide: Node, data: Node, fields: type[Slide], wanted: type[FileData]
    ) -> list[Pair]:
        """The keys that a slide takes from its file; mistakes are told."""
        reader = Reader()
        read = reader.read_part(data, wanted, "data")
        for problem in reader.problems:
            self.tally.tell(problem.mark, problem.message, problem.hint)
        if read is None or reader.problems or not isinstance(data, MappingNode):
            return []
        sheet = self._open(read) if self._stands_alone(slide, data, fields, wanted) else None
        if sheet is None:
            return []
        taking = Taking(data, read, sheet, self._members(), self.tally)
        return taking.table() if isinstance(read, TableData) else taking.list_rows(fields)

    def _stands_alone(
        self, slide: Node, data: MappingNode, fields: type[Slide], wanted: type[FileData]
    ) -> bool:
        """Whether a slide does not write out what it takes from a file; told if it does."""
        is_table = issubclass(wanted, TableData)
        keys = ["categories", "series"] if is_table else [target_of(fields, wanted).key]
        for key in keys:
            value = find_value(slide, key)
            if value is not None and not is_null(value):
                told = f"give either `{key}` or `data`"
                self.tally.tell(
                    _mark_of(value), told, f"line {data.start_mark.line + 1} names a file"
                )
                return False
        return True

    def _members(self) -> Members:
        if self._found is None:
            self._found = Members(self.root)
        return self._found

    # -- files ------------------------------------------------------------------

    def _open(self, data: FileData) -> Sheet | None:
        """The sheet that a part names; None if it cannot be read, which is told."""
        try:
            path = find_data(data.file, data.mark.file)
        except SheetError as error:
            self.tally.tell(data.file.mark, str(error), error.hint)
            return None
        key = (path, str(data.sheet))
        if key not in self._sheets:
            if len(self._sheets) == MOST_SHEETS:
                told = f"an outline takes numbers from at most {MOST_SHEETS} sheets"
                self.tally.tell(data.file.mark, told, "put some into one")
                return None
            self._sheets[key] = self._load(path, data)
        found = self._sheets[key]
        if isinstance(found, Sheet):
            return found
        mark = Mark(shown_name(data), found.row, 1) if found.row else data.file.mark
        self.tally.tell(mark, str(found), found.hint)
        return None

    def _load(self, path: Path, data: FileData) -> Sheet | SheetError:
        try:
            sheet = self.load(path, str(data.file), str(data.sheet))
        except SheetError as error:
            return error
        self._cells += sum(len(row.cells) for row in sheet.rows)
        if self._cells > MOST_CELLS:
            told = f"the data files hold over {MOST_CELLS:,} cells"
            return SheetError(told, "keep the rows and columns that the deck needs")
        return sheet


def _with_slides(node: MappingNode, change: Callable[[Node], Node]) -> MappingNode:
    """An outline each of whose slides that has `data` is changed; itself if none has."""
    slides = find_value(node, "slides")
    old = entries(slides) if slides is not None else []
    if slides is None or all(find_value(slide, "data") is None for slide in old):
        return node
    new = SequenceNode(_LIST, [change(slide) for slide in old], slides.start_mark, slides.end_mark)
    rows = [(key, new if value is slides else value) for key, value in node.value]
    return MappingNode(node.tag, rows, node.start_mark, node.end_mark)


def _stand_in(part: type[Part], node: Node) -> Node:
    """A part in which nothing is wrong, for one of which all mistakes are told."""
    start = node.start_mark
    fields = part_fields(part).items()
    keys = [key for key, field in fields if field.required or bare_type(field.type) is Text]
    rows = [tuple(ScalarNode(_STRING, words, start, start) for words in (key, "-")) for key in keys]
    return MappingNode(_MAP, rows, start, start)


def _mark_of(node: Node) -> Mark:
    return Reader().mark(node, "")
