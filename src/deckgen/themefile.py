"""A theme file goes in, a theme's tokens come out, or every mistake in it at its line.

    theme: harbour
    extends: light                # a built-in theme, or a file beside this one
    fonts: {heading: Cambria, body: Calibri}
    colors: {panel: 5B1A2B, brand: panel, accent: B45309}
    tiers: [5B1A2B, 8C4455, BD8791, E9D5D9]
    logo: harbour.png
    classification: Confidential

It is read as an outline is: unknown keys and tokens are told with the nearest name, all
mistakes at once. A colour is six hex digits or another token's name. Then each text is held
against the grounds that it may stand on, and the ramp against its order: a theme in which
something could not be read is no theme.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from yaml.nodes import MappingNode

from deckgen.advances import advance
from deckgen.document import parse, read_text, wrong
from deckgen.footing import MARK_WIDTH, mark_width
from deckgen.limits import MOST_FILES, MOST_THEME_BYTES
from deckgen.markup import plain
from deckgen.nodes import describe, is_null
from deckgen.pairs import Fault, find_faults
from deckgen.parts.pictures import PictureError, load_picture
from deckgen.reader import Reader
from deckgen.siblings import SiblingError, find_sibling
from deckgen.source import NOWHERE, Id, Mark, OutlineError, Problem, Text, nearest, shorten
from deckgen.template import house
from deckgen.theme import (
    CircleError,
    Footing,
    Logo,
    Tint,
    Tokens,
    Value,
    is_color,
    load_tokens,
    theme_names,
)
from deckgen.themeparts import ThemeFile
from deckgen.units import points, to_inches

SUFFIXES = (".yaml", ".yml")
MOST_FACE = 60  # letters of a face's name
_PERCENT = re.compile(r"\d{1,3}")
_STEP = re.compile(r"(?:on_)?(tier|motif|series)\d*s?")
_LISTS = {"tier": "tiers", "motif": "motif", "series": "series"}


class Opened(Struct, frozen=True):
    """A theme as far as it could be read, and every mistake in it and in what it extends."""

    tokens: Tokens
    problems: tuple[Problem, ...] = ()


def open_theme(name: str) -> Tokens:
    """A built-in theme by name, or a theme file by its path. OutlineError with every mistake."""
    if is_file_name(name):
        opened = read_theme(Path(name), name)
        if opened.problems:
            raise OutlineError(opened.problems)
        return opened.tokens
    if name not in theme_names():
        raise wrong("--theme", f"no theme is called “{shorten(name)}”", _near(name))
    return load_tokens(name)


def find_theme(name: Text) -> Opened:
    """The theme that an outline or a file names: a built-in one, or a file beside it."""
    if not is_file_name(name):
        if name in theme_names():
            return Opened(load_tokens(name))
        told = f"no theme is called “{shorten(name)}”"
        return Opened(load_tokens("light"), (Problem(name.mark, told, _near(name)),))
    try:
        path = find_sibling(name, Path(name.mark.file).parent, "./ours.yaml")
    except SiblingError as error:
        return Opened(load_tokens("light"), (Problem(name.mark, str(error), error.hint),))
    return read_theme(path, str(Path(name.mark.file).parent / name))


def is_file_name(name: str) -> bool:
    """Whether a theme is named by its file rather than as a built-in one."""
    return name.endswith(SUFFIXES) or "/" in name or "\\" in name


def _near(name: str) -> str:
    return f"{nearest(name, theme_names())} (a theme file is named as in ./ours.yaml)"


def read_theme(path: Path, name: str) -> Opened:
    """The theme in a file; `name` is what messages call it. Nothing is raised."""
    chain = _Chain()
    chain.add(path, name)
    return chain.merge()


# -- the files, each on top of the one that it extends --------------------------------------


class _Chain:
    """Theme files from the one that was asked for to a built-in one; `problems` fill."""

    def __init__(self) -> None:
        self.parts: list[ThemeFile] = []
        self.base = load_tokens("light")
        self.problems: list[Problem] = []
        self.wrong: set[str] = set()  # tokens whose value could not be read
        self.places: dict[str, Mark] = {}
        self._opened: set[Path] = set()

    def add(self, path: Path, name: str) -> None:
        """Read a file, and then what it extends."""
        self._opened.add(path.resolve())
        try:
            node = parse(read_text(path, name, "theme", MOST_THEME_BYTES), name, "theme")
        except OutlineError as error:
            self.problems += error.problems
            return
        if not isinstance(node, MappingNode):
            told = f"a theme is a mapping that begins with `theme:`, not {describe(node)}"
            self.problems.append(Problem(Reader().mark(node, ""), told))
            return
        reader = Reader("theme")
        part = reader.read_part(_without_empty(node, reader), ThemeFile, "")
        self.problems += reader.problems
        for reference in reader.references:
            told = f"a theme knows no {reference.kinds}"
            self.problems.append(Problem(reference.target.mark, told, ThemeFile.stays))
        if part is None:
            return
        self.parts.append(part if part.theme else replace(part, theme=Text(Path(name).stem)))
        self._extend(part.extends, name)

    def _extend(self, extends: Text, name: str) -> None:
        if not is_file_name(extends):
            if extends in theme_names():
                self.base = load_tokens(extends)
            else:
                told = f"no theme is called “{shorten(extends)}”"
                self.problems.append(Problem(extends.mark, told, _near(extends)))
            return
        folder = Path(name).parent
        try:
            path = find_sibling(extends, folder, "./base.yaml", "theme")
        except SiblingError as error:
            self.problems.append(Problem(extends.mark, str(error), error.hint))
            return
        if path in self._opened or len(self._opened) >= MOST_FILES:
            told = "these themes extend one another in a circle"
            if path not in self._opened:
                told = f"more than {MOST_FILES} themes extend one another"
            self.problems.append(Problem(extends.mark, told, "let one extend a built-in theme"))
            return
        self.add(path, str(folder / extends))

    # -- merging --------------------------------------------------------------------------

    def merge(self) -> Opened:
        """The tokens, the last file's on top, and what could not be read in them."""
        tokens = self.base
        for part in reversed(self.parts):
            tokens = self._lay(tokens, part)
        self.problems += self._find_faults(tokens)
        return Opened(tokens, tuple(self.problems))

    def _lay(self, base: Tokens, part: ThemeFile) -> Tokens:
        """A theme with what a file says laid over it."""
        known = {*base.colors, *base.tints, "tier1"}
        colors = self._colors(part.colors, known, known - {"tier1"})
        tints = {token: colors.pop(token) for token in base.tints if token in colors}
        tints |= self._colors(part.tints, known, base.tints)
        tiers = self._ramp("tiers", part.tiers, known)
        motif, on_motif = base.motif, base.on_motif
        if tiers or "panel" in colors:  # a motif for other colours would not go with these
            motif, on_motif = (), ("on_panel", "panel")
            self.places["motif"] = self.places["panel" if "panel" in colors else "tiers"]
        series = [
            self._value(f"series{number}", value, known)
            for number, value in enumerate(part.series, start=1)
        ]
        return replace(
            base,
            name=str(part.theme),
            about=str(part.about),
            heading_font=self._face(part.fonts.heading) or base.heading_font,
            body_font=self._face(part.fonts.body) or base.body_font,
            colors={**base.colors, **colors},
            tints={**base.tints, **tints},
            tiers=tiers or base.tiers,
            on_tiers=self._ramp("on_tiers", part.on_tiers, known) or base.on_tiers,
            motif=self._ramp("motif", part.motif, known) or motif,
            on_motif=self._ramp("on_motif", part.on_motif, known) or on_motif,
            series=_whole(series) or base.series,
            footing=self._footing(base, part),
        )

    def _colors(
        self, given: Mapping[Id, tuple[Text, ...]], known: set[str], allowed: Iterable[str]
    ) -> dict[str, Value]:
        """The colours of a mapping by token; those that are wrong are told and left out."""
        found: dict[str, Value] = {}
        for token, words in given.items():
            if token not in allowed:
                self._tell_unknown(token, allowed)
            elif value := self._value(str(token), words, known):
                found[str(token)] = value
        return found

    def _tell_unknown(self, token: Id, allowed: Iterable[str]) -> None:
        step = _STEP.fullmatch(token)
        hint = f"give the ramp’s stops under `{_LISTS[step[1]]}`" if step else ""
        told = f"there is no colour `{shorten(token)}`"
        self.problems.append(Problem(token.mark, told, hint or nearest(token, allowed)))

    def _ramp(self, key: str, given: Sequence[Text], known: set[str]) -> tuple[Value, ...]:
        """The stops of a ramp, or the inks on it; none if one is wrong, which is told."""
        values = [self._value(key, (words,), known) for words in given]
        if given:
            self.places[key] = given[0].mark
        return _whole(values)

    def _value(self, token: str, words: Sequence[Text], known: set[str]) -> Value | None:
        """A colour: six hex digits, another token's name, or a tint in four words. Wrong ones
        are told.
        """
        mark = words[0].mark if words else NOWHERE
        self.places[token] = mark
        if len(words) == 1:
            bare = words[0].removeprefix("#").upper()
            if is_color(bare) or words[0] in known:
                return bare if is_color(bare) else str(words[0])
            told = f"`{token}` cannot be “{shorten(words[0])}”"
            hint = "give six hex digits, as in 0B3B4F, or a token’s name"
            close = nearest(words[0], known)
            hint = close if close.startswith("did you mean") else hint
        elif len(words) == 4 and words[0] in known and all(map(_PERCENT.fullmatch, words[1:])):
            return Tint(str(words[0]), *(int(percent) for percent in words[1:]))
        else:
            told = f"`{token}` is neither a colour nor a tint"
            hint = "a tint is a token and three percentages, as in [accent, 100, 8, 92]"
        self.problems.append(Problem(mark, told, hint))
        self.wrong.add(token)
        return None

    def _face(self, face: Text) -> str:
        if len(face) > MOST_FACE or "\n" in face:
            told = f"no face is called “{shorten(' '.join(face.split()))}”"
            self.problems.append(Problem(face.mark, told, "give one name, as Office has it"))
            return ""
        return str(face)

    # -- the foot of the pages --------------------------------------------------------------

    def _footing(self, base: Tokens, part: ThemeFile) -> Footing:
        own, size = base.footing, part.type_
        text = own.text if part.footer.text is None else " ".join(part.footer.text.split())
        number = own.number if part.footer.number is None else part.footer.number
        made = replace(
            own,
            text=text,
            number=number,
            logo=self._logo(part.logo) or own.logo,
            classification=" ".join(part.classification.split()) or own.classification,
            title_pt=size.title or own.title_pt,
            kicker_pt=size.kicker or own.kicker_pt,
            source_pt=size.source or own.source_pt,
            footer_pt=size.footer or own.footer_pt,
        )
        face = str(part.fonts.body) or base.body_font
        footer = house().layouts["content"].placeholder("footer")
        self._check_width(
            part.classification, mark_width(made.classification, face, made), MARK_WIDTH
        )
        if part.footer.text:
            words = plain(part.footer.text)
            wide = round(advance(words, face) * points(made.footer_pt or footer.size_pt))
            self._check_width(part.footer.text, wide, footer.box.w)
        return made

    def _check_width(self, words: Text, wide: int, room: int) -> None:
        if words and wide > room:
            told = f"“{shorten(words)}” is {to_inches(wide):.2f} in wide"
            told = f"{told} and has {to_inches(room):.2f} in at the foot of a page"
            self.problems.append(Problem(words.mark, told, "shorten it"))

    def _logo(self, name: Text) -> Logo | None:
        if not name:
            return None
        try:
            picture = load_picture(name, name.mark.file, "theme")
        except PictureError as error:
            self.problems.append(Problem(name.mark, str(error), error.hint))
            return None
        return Logo(picture.data, picture.media, picture.width, picture.height)

    # -- what can be read ---------------------------------------------------------------------

    def _find_faults(self, tokens: Tokens) -> Iterator[Problem]:
        """Texts that cannot be read and ramps out of order, at the lines that make them so."""
        try:
            faults = find_faults(tokens)
        except CircleError as error:
            mark = next(
                (self.places[token] for token in error.tokens if token in self.places), NOWHERE
            )
            told = f"these colours name one another: {error}"
            yield Problem(mark, told, "give one of them six hex digits")
            return
        for fault in faults:
            first, second = self._place(fault.first, tokens), self._place(fault.second, tokens)
            if not {_base(fault.first), _base(fault.second)} & self.wrong:
                yield self._fault_problem(fault, first, second)

    def _place(self, token: str, tokens: Tokens) -> Mark | None:
        """Where the colour of a token is given; None if a built-in theme gives it."""
        values = {**tokens.colors, **tokens.tints}
        values |= {f"series{n}": value for n, value in enumerate(tokens.series, start=1)}
        for _ in range(len(values)):
            token = _base(token)
            if token in self.places:
                return self.places[token]
            value = values.get(token)
            if value is None or (isinstance(value, str) and is_color(value)):
                return None
            token = value.token if isinstance(value, Tint) else value
        return None

    def _fault_problem(self, fault: Fault, first: Mark | None, second: Mark | None) -> Problem:
        mark = first or second or self.parts[0].mark
        other, place = (fault.second, second) if first else (fault.first, first)
        if place is None:
            hint = f"`{other}` is as in the theme it extends"
        elif place.file != mark.file:
            hint = f"`{other}` is on line {place.line} of {place.file}"
        elif place.line != mark.line:
            hint = f"`{other}` is on line {place.line}"
        else:
            hint = ""
        return Problem(mark, fault.told, hint)


def _whole(values: Sequence[Value | None]) -> tuple[Value, ...]:
    """The values, or none of them if one could not be read."""
    return tuple(value for value in values if value) if None not in values else ()


def _base(token: str) -> str:
    """The key that gives a token: `tiers` for `tier3`, `on_motif` for `on_motif2`."""
    step = re.fullmatch(r"(on_)?(tier|motif)\d+", token)
    if step is None:
        return token
    return f"{step[1] or ''}{_LISTS[step[2]]}"


def _without_empty(node: MappingNode, reader: Reader) -> MappingNode:
    """A theme's nodes without colours that have none, which are told: `#` begins a comment."""
    rows = []
    for key, value in node.value:
        if key.value in ("colors", "tints") and isinstance(value, MappingNode):
            for token, color in value.value:
                if is_null(color):
                    told = f"`{shorten(str(token.value))}` has no colour"
                    hint = "leave out the `#`, which begins a comment"
                    reader.tell(reader.mark(token, ""), told, hint)
            kept = [(token, color) for token, color in value.value if not is_null(color)]
            value = MappingNode(value.tag, kept, value.start_mark, value.end_mark)
        rows.append((key, value))
    return MappingNode(node.tag, rows, node.start_mark, node.end_mark)
