"""The cells of a sheet and what a slide says of them go in, nodes come out, each with its place.

A mistake in a cell is told at the cell, one in what the outline names at its line; all are told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

from msgspec import Struct
from yaml import Mark as Place
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from deckgen.charts.data import FileData, TableData
from deckgen.datafile.members import Members
from deckgen.datafile.tally import FEWER, Tally
from deckgen.fields import Field, bare_type, is_part, part_fields
from deckgen.limits import MOST_ENTRIES
from deckgen.nodes import entries, find_value
from deckgen.outline import Slide
from deckgen.sheets.cells import Row, Sheet, SheetError, number_of, truth_of, words_of
from deckgen.source import Id, Mark, Text, nearest, shorten

T = TypeVar("T")
Pair = tuple[ScalarNode, Node]
_STRING, _NUMBER, _TRUTH, _NULL, _LIST, _MAP = (
    f"tag:yaml.org,2002:{name}" for name in ("str", "float", "bool", "null", "seq", "map")
)


class NamedColumn(Struct, frozen=True):
    """A column of a sheet, from 0, and the place in the outline that names it."""

    number: int
    mark: Mark


class Taking:
    """What one slide takes from a sheet."""

    def __init__(
        self, node: MappingNode, data: FileData, sheet: Sheet, members: Members, tally: Tally
    ) -> None:
        self.node, self.data, self.sheet = node, data, sheet
        self.members, self.tally = members, tally
        self.tell = tally.tell
        self.file = shown_name(data)

    # -- a table -----------------------------------------------------------------

    def table(self) -> list[Pair]:
        """`categories` and `series` from the columns that `x` and `y` name."""
        data = self.data
        assert isinstance(data, TableData)
        x = self.find_column(data.x)
        columns = [self.find_column(entry.column) for entry in data.y]
        filtered = self.filtered_rows()
        if x is None or filtered is None:
            return []
        numbers = [column.number for column in columns if column]
        rows = self.used_rows(filtered, [x.number, *numbers], len(columns) + 1)
        categories = [self.category(row, x.number) for row in self.marked(rows, x.number)]
        if len(numbers) < len(columns):
            return []
        found = find_value(self.node, "y")
        assert found is not None
        listed = found.value if isinstance(found, SequenceNode) else [found]
        series = [
            self.series(entry, column, rows) for entry, column in zip(listed, numbers, strict=True)
        ]
        return [self.key_list("categories", categories), self.key_list("series", series)]

    def marked(self, rows: Sequence[Row], x: int) -> Iterator[tuple[Row, Node | None]]:
        """Each row with what the outline says of it under `rows`; what is of no row is told."""
        data = self.data
        assert isinstance(data, TableData)
        node = find_value(self.node, "rows")
        listed = entries(node) if node is not None else []
        by_word: dict[str, Node] = {}
        words = {self.same_word(words): words for row in rows if (words := self.words_at(row, x))}
        for entry, mark in zip(listed, data.rows, strict=True):
            key = self.same_word(mark.x)
            if key not in words:
                told = f"no row has “{shorten(mark.x)}” in “{data.x}”"
                self.tell(mark.x.mark, told, nearest(mark.x, words.values()))
            elif by_word.setdefault(key, entry) is not entry:
                told = f"“{shorten(mark.x)}” stands twice"
                hint = f"it is on line {by_word[key].start_mark.line + 1} already"
                self.tell(mark.x.mark, told, hint)
        for row in rows:
            yield row, by_word.get(self.same_word(self.words_at(row, x)))

    def same_word(self, words: str) -> str:
        """A word by which a row is found: that of a company whatever it is called."""
        data = self.data
        is_member = isinstance(data, TableData) and data.companies
        return (is_member and self.members.find(words)) or " ".join(words.split())

    def category(self, marked: tuple[Row, Node | None], x: int) -> Node:
        """A category with its cell as its name, or as a company, and what is said of it."""
        row, entry = marked
        place = self.place(row.number, x)
        said = _carried(entry, "x")
        if not any(key.value == "company" for key, _ in said):
            data = self.data
            assert isinstance(data, TableData)
            words = self.wanted_words(row, x)
            key, words = ("company", self.member(row, x)) if data.companies else ("name", words)
            said.insert(0, (_scalar(_STRING, key, place), _scalar(_STRING, words, place)))
        return MappingNode(_MAP, said, place, place)

    def series(self, entry: Node, column: int, rows: Sequence[Row]) -> Node:
        """A series with the numbers of a column, and what is said of it."""
        said = _carried(entry, "column")
        start = entry.start_mark
        if not {"name", "company"} & {key.value for key, _ in said}:
            place = self.place(self.sheet.heading_row, column)
            name = _scalar(_STRING, self.sheet.headings[column], place)
            said.insert(0, (_scalar(_STRING, "name", place), name))
        values: list[Node] = [self.number(row, column) for row in rows]
        list_node = SequenceNode(_LIST, values, start, start)
        said.append((_scalar(_STRING, "values", start), list_node))
        return MappingNode(_MAP, said, start, start)

    # -- rows --------------------------------------------------------------------

    def list_rows(self, fields: type[Slide]) -> list[Pair]:
        """The rows of a kind, each key of which is a column that the part names."""
        target = target_of(fields, type(self.data))
        keys = own_keys(type(self.data))
        named = {key: getattr(self.data, field.name) for key, field in keys.items()}
        columns = {key: self.find_column(words) for key, words in named.items() if words}
        filtered = self.filtered_rows()
        if None in columns.values() or filtered is None:
            return []
        numbers = {key: column.number for key, column in columns.items() if column}
        rows = self.used_rows(filtered, [*numbers.values()], len(numbers))
        inner = part_fields(get_args(bare_type(target.type))[0])
        made = [self.row(row, numbers, inner) for row in rows]
        return [self.key_list(target.key, made)]

    def row(self, row: Row, numbers: Mapping[str, int], inner: Mapping[str, Field]) -> Node:
        """A row of the kind. One that names a company needs no other name."""
        pairs: list[tuple[Node, Node]] = []
        company = numbers.get("company")
        is_member = company is not None and company in row.cells
        for key, column in numbers.items():
            if column in row.cells and not (key == "name" and is_member):
                place = self.place(row.number, column)
                pairs.append((_scalar(_STRING, key, place), self.value(row, column, inner[key])))
            elif column not in row.cells and inner[key].required:
                told = f"{self.sheet.place(row.number, column)} is empty"
                self.tell(self.mark(row.number, column), told, "fill it, or leave the row out")
        start = self.place(row.number, min(numbers.values()))
        return MappingNode(_MAP, pairs, start, start)

    def value(self, row: Row, column: int, field: Field) -> Node:
        """A cell as a field of a row wants it."""
        wanted, place = bare_type(field.type), self.place(row.number, column)
        if wanted in (int, float):
            return self.number(row, column)
        if wanted is bool:
            truth = self.ask(row, column, truth_of)
            return _scalar(_TRUTH, "true" if truth else "false", place)
        if wanted is Id and "company" in field.doc.ref.split("|"):
            return _scalar(_STRING, self.member(row, column), place)
        return _scalar(_STRING, self.wanted_words(row, column), place)

    # -- rows and columns of the sheet ---------------------------------------------

    def find_column(self, heading: Text) -> NamedColumn | None:
        """The column under a heading; told if there is none, or more than one."""
        wanted = " ".join(heading.split())
        headings = self.sheet.headings
        if headings.count(wanted) == 1:
            return NamedColumn(headings.index(wanted), heading.mark)
        if wanted in headings:
            first = headings.index(wanted)
            second = headings.index(wanted, first + 1)
            mark = self.mark(self.sheet.heading_row, second)
            self.tell(mark, f"the heading “{shorten(wanted)}” stands twice", "name one otherwise")
            return None
        told = f"no column of {self.file} is called “{shorten(wanted)}”"
        self.tell(heading.mark, told, nearest(wanted, [name for name in headings if name]))
        return None

    def filtered_rows(self) -> list[Row] | None:
        """The rows that hold the words of `filter`; None after a mistake, which is told."""
        told = len(self.tally.problems)
        rows: list[Row] = [*self.sheet.rows]
        if not self.tally.may_look(len(rows) * (1 + len(self.data.filter)), self.data.mark):
            return None
        if not self.sheet.in_workbook:
            self.check_ragged(rows)
        for heading, wanted in self.data.filter.items():
            column = self.find_column(heading)
            if column is None:
                continue
            known = {self.words_at(row, column.number) for row in self.sheet.rows}
            choices = {" ".join(word.split()): word for word in wanted}
            for words, word in choices.items():
                if words not in known:
                    absent = f"no row has “{shorten(words)}” in “{heading}”"
                    self.tell(word.mark, absent, nearest(words, [k for k in known if k]))
            rows = [row for row in rows if self.words_at(row, column.number) in choices]
        if not rows and len(self.tally.problems) == told:
            self.tell(self.data.mark, "no row is left", "no row holds all that `filter` wants")
        return None if len(self.tally.problems) > told else rows

    def check_ragged(self, rows: Sequence[Row]) -> None:
        """Tell rows that have more cells than there are headings."""
        count = len(self.sheet.headings)
        for row in rows:
            if (last := max(row.cells)) >= count:
                told = f"row {row.number} has {last + 1} cells, and there are {count} headings"
                hint = "put a text with the separator in it in quotation marks"
                self.tell(Mark(self.file, row.number, last + 1), told, hint)

    def used_rows(self, rows: Sequence[Row], columns: Sequence[int], values: int) -> list[Row]:
        """The rows that have a cell in one of some columns; none if they are too many."""
        used = [row for row in rows if not row.cells.keys().isdisjoint(columns)]
        mark = self.data.file.mark
        if len(used) > MOST_ENTRIES:
            told = f"{self.file} gives {len(used):,} rows, and a slide takes {MOST_ENTRIES:,}"
            self.tell(mark, told, FEWER)
            return []
        if not used:
            self.tell(mark, f"{self.file} has no row with a cell in these columns")
        return used if self.tally.may_make(len(used) * values, mark) else []

    # -- cells -------------------------------------------------------------------

    def words_at(self, row: Row, column: int) -> str:
        """A cell's words, to be compared; empty for one that holds a fault."""
        try:
            return words_of(row.cells.get(column))
        except SheetError:
            return ""

    def ask(self, row: Row, column: int, reading: Callable[[Any], T]) -> T | None:
        """What `reading` makes of a cell; None after a mistake, which is told at the cell."""
        try:
            return reading(row.cells.get(column))
        except SheetError as error:
            told = f"{self.sheet.place(row.number, column)} {error}"
            self.tell(self.mark(row.number, column), told, error.hint)
            return None

    def number(self, row: Row, column: int) -> Node:
        decimal = "" if self.sheet.in_workbook else self.data.decimal
        value = self.ask(row, column, lambda cell: number_of(cell, decimal))
        place = self.place(row.number, column)
        tag, words = (_NULL, "~") if value is None else (_NUMBER, repr(value))
        return ScalarNode(tag, words, place, place)

    def wanted_words(self, row: Row, column: int) -> str:
        """The words of a cell that must have some; told if it is empty."""
        words = self.ask(row, column, words_of)
        if words == "":
            told = f"{self.sheet.place(row.number, column)} is empty, and its row has numbers"
            self.tell(self.mark(row.number, column), told, "name the row, or leave it out")
        return words or ""

    def member(self, row: Row, column: int) -> str:
        """The id of the company or group that a cell names; told if it names none."""
        words = self.wanted_words(row, column)
        found = self.members.find(words)
        if words and not found:
            told = f"no company is called “{shorten(words)}”"
            hint = self.members.nearest(words)
            self.tell(self.mark(row.number, column), told, hint)
        return found

    # -- places ------------------------------------------------------------------

    def mark(self, row: int, column: int) -> Mark:
        """Where a cell stands: `row` from 1, `column` from 0."""
        return Mark(self.file, row, column + 1)

    def place(self, row: int, column: int) -> Place:
        """The same as nodes have it, from 0."""
        return Place(self.file, 0, row - 1, column, None, 0)

    def key_list(self, key: str, nodes: list[Node]) -> Pair:
        """A list at a key; both stand where the data is named."""
        start = self.node.start_mark
        return _scalar(_STRING, key, start), SequenceNode(_LIST, nodes, start, start)


# -- nodes -----------------------------------------------------------------------


def _scalar(tag: str, words: str, place: Any) -> ScalarNode:
    return ScalarNode(tag, words, place, place)


def without_key(node: Node, key: str) -> MappingNode:
    rows = [(name, value) for name, value in node.value if name.value != key]
    return MappingNode(node.tag, rows, node.start_mark, node.end_mark)


def _carried(entry: Node | None, key: str) -> list[tuple[Node, Node]]:
    """What an entry says but for the key by which it is found; nothing for a bare word."""
    return [*without_key(entry, key).value] if isinstance(entry, MappingNode) else []


def shown_name(data: FileData) -> str:
    """The data file as messages name it: as the outline is named, with the path from there."""
    return str(Path(data.mark.file).parent / data.file)


# -- what a kind takes -----------------------------------------------------------


def data_of(fields: type[Slide]) -> type[FileData] | None:
    """The part that a kind's `data` is; None if it takes none."""
    field = part_fields(fields).get("data")
    wanted = bare_type(field.type) if field is not None else None
    return wanted if isinstance(wanted, type) and issubclass(wanted, FileData) else None


def own_keys(data: type[FileData]) -> dict[str, Field]:
    """The keys of a part that name columns."""
    return {key: f for key, f in part_fields(data).items() if key not in part_fields(FileData)}


def target_of(fields: type[Slide], data: type[FileData]) -> Field:
    """The list of a kind whose entries have every key that names a column."""
    keys = own_keys(data).keys()
    for field in part_fields(fields).values():
        wanted = bare_type(field.type)
        inner = get_args(wanted)[0] if get_origin(wanted) is tuple else None
        if isinstance(inner, type) and is_part(inner) and keys <= part_fields(inner).keys():
            return field
    raise TypeError(f"{fields.__module__} has no list for {data.__name__}")
