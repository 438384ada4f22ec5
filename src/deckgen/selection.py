"""An outline goes in, the outline that one audience may see comes out.

What is behind this never saw what was withheld. Four steps: parts that the audience does
not see go; slides are chosen, ordered, and keep their sections; what refers to something
that went follows it, or is told; sources that nobody names any more go as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, TypeVar

from msgspec.structs import replace

from deckgen import markup
from deckgen.audience import Audience, Selector, inherited, name_audience
from deckgen.fields import Field, Part, part_fields
from deckgen.outline import Chapter, Outline, Slide
from deckgen.source import Id, Mark, MarkedText, Problem, Text, nearest
from deckgen.storyline import with_slides
from deckgen.withheld import drop_lone_sources, note_withheld

P = TypeVar("P", bound=Part)

_WITHHOLD = "withhold this as well"
_ABOUT = {"company", "group"}  # what is told of one of these goes when it goes


def select(outline: Outline, lineage: Sequence[Audience]) -> tuple[Outline, list[Problem]]:
    """The outline as the last of `lineage` gets it, and what stands in the way of that.

    `lineage` begins with the audience that extends no other; empty, it is the deck of
    nobody in particular, which holds nothing that is for some audiences `only`.
    """
    return _Selection(outline, lineage).run()


def check_selectors(outline: Outline, audience: Audience) -> Iterable[Problem]:
    """Slides that an audience takes, leaves or orders, and that the outline does not have."""
    outline = with_slides(outline)
    chapters = [chapter.title for chapter in outline.chapters()]
    tags = [tag for slide in outline.slides for tag in slide.tags]
    ids = [slide.id for slide in outline.slides]
    kinds = [slide.kind for slide in outline.slides]
    for selector in (*audience.include, *audience.exclude):
        for what, wanted, known in (
            ("slide has the id", selector.id, ids),
            ("slide is of the kind", selector.kind, kinds),
            ("section is called", selector.section, chapters),
            ("slide has the tag", selector.tag, tags),
        ):
            if wanted and wanted not in known:
                told = f"no {what} “{wanted}”"
                yield Problem(wanted.mark, told, nearest(wanted, dict.fromkeys(known)))
    for slide_id in audience.order:
        if slide_id not in ids:
            told = f"no slide has the id “{slide_id}”"
            yield Problem(slide_id.mark, told, nearest(slide_id, ids))


class _Selection:
    def __init__(self, outline: Outline, lineage: Sequence[Audience]) -> None:
        self.full = outline
        self.lineage = lineage
        self.names = {str(audience.name) for audience in lineage}
        self.who = name_audience(str(lineage[-1].name) if lineage else "")
        self.problems: list[Problem] = []
        self.gone: dict[str, set[str]] = {"slide": set()}
        self.heirs: dict[str, Id] = {}
        self.chapters: tuple[Chapter, ...] = ()
        self.chapter_of: dict[str, int] = {}  # as the outline has them
        self.section_of: dict[str, int] = {}  # as this audience may see them

    def run(self) -> tuple[Outline, list[Problem]]:
        full = with_slides(self.full)
        seen = self.prune(replace(full, slides=(), audiences=()))
        for kind, before, after in (
            ("company", full.companies, seen.companies), ("group", full.groups, seen.groups),
            ("criterion", full.criteria, seen.criteria), ("source", full.sources, seen.sources),
        ):  # fmt: skip
            self.gone[kind] = _ids(before) - _ids(after)
        seen = self.follow(seen)
        # A storyline that nobody wrote is made from what is seen.
        told = full if self.full.slides else with_slides(seen)
        self._note_chapters(told)
        slides = [self.prune(slide) for slide in told.slides if self.sees(slide)]
        slides = self._order(self._choose([s for s in slides if not self._is_about_gone(s)]))
        slides = self._drop_lone_dividers(slides)
        if not slides:
            mark = self.lineage[-1].mark if self.lineage else full.mark
            self.tell(mark, f"no slide is left for {self.who}", "let it have some")
            return seen, self.problems
        self.gone["slide"] = _ids(full.slides) - _ids(slides)
        self._name_heirs(slides)
        seen = self.follow(replace(seen, slides=tuple(self._keep_sections(slides))))
        seen = drop_lone_sources(full, note_withheld(full, seen))
        return replace(seen, audiences=inherited(self.lineage)), self.problems

    # -- what the audience sees --------------------------------------------------

    def sees(self, part: Part | MarkedText) -> bool:
        """Whether the audience, or one that it extends, may see a part or a text."""
        return not (part.only and self.names.isdisjoint(part.only)) and self.names.isdisjoint(
            part.not_
        )

    def prune(self, part: P) -> P:
        """A part without what in it the audience does not see."""
        for field in part_fields(type(part)).values():
            value = getattr(part, field.name)
            if isinstance(value, (Part, MarkedText)):
                part = _set(part, field, value, self._prune_one(part, field, value))
            elif _holds_parts(field, value):
                kept = tuple(n for n, entry in enumerate(value) if self.sees(entry))
                part = self._keep(part, field, kept)
                entries = getattr(part, field.name)
                part = _set(part, field, entries, tuple(self.prune(entry) for entry in entries))
            elif isinstance(value, dict):
                pruned = {key: self.prune(inner) for key, inner in value.items()}
                part = _set(part, field, value, value if pruned == value else pruned)
        return part

    def _prune_one(self, part: Part, field: Field, value: Part | MarkedText) -> object:
        """A part or text that is no list's entry: it may go where the other can do without it."""
        if self.sees(value):
            return self.prune(value) if isinstance(value, Part) else value
        silent = field.name in part.silent
        if not (field.required or silent or field.key in part.exclusive):
            return field.default
        why = ": its absence would say that the sources are silent" if silent else ""
        told = f"`{field.key}` cannot be withheld alone{why}"
        self.tell(value.mark, told, "withhold what it stands in")
        return value

    def _keep(self, part: P, field: Field, kept: tuple[int, ...]) -> P:
        """A part with some of a list's entries, and with what must follow them.

        The entries' places in the outline are numbered anew, so that no gap shows.
        """
        entries = getattr(part, field.name)
        if len(kept) == len(entries):
            return part
        part = part.without(field.name, kept)
        if isinstance(part, Slide):
            part = replace(part, partial=True)
        entries = getattr(part, field.name)
        path = f"{part.mark.path}.{field.key}" if part.mark.path else field.key
        left = tuple(
            _renumber(entries[old], f"{path}.{old + 1}", f"{path}.{new}")
            for new, old in enumerate(kept, start=1)
        )
        self._check_least(part, field, len(left))
        return replace(part, **{field.name: left})

    def _check_least(self, part: Part, field: Field, count: int) -> None:
        wanted = field.doc.least or (1 if field.required else 0)
        if count < wanted:
            told = f"{count or 'no'} {'entry is' if count == 1 else 'entries are'} left"
            least = f"`{field.key}` takes at least {wanted:g}"
            hint = "withhold the whole, or less of it"
            self.tell(part.mark, f"{told} for {self.who}, and {least}", hint)

    def tell(self, mark: Mark, message: str, hint: str = "") -> None:
        self.problems.append(Problem(mark, message, hint))

    # -- the slides --------------------------------------------------------------

    def _note_chapters(self, outline: Outline) -> None:
        """Which section each slide is in; one whose first slide is withheld has no title."""
        self.chapters = outline.chapters()
        titled: int | None = None
        for number, chapter in enumerate(self.chapters):
            named = chapter.title
            shown = not isinstance(named, MarkedText) or self.sees(named)
            titled = number if shown and self.sees(chapter.slides[0]) else titled
            for slide in chapter.slides:
                self.chapter_of[slide.id] = number
                if titled is not None:
                    self.section_of[slide.id] = titled

    def _choose(self, slides: list[Slide]) -> list[Slide]:
        """An `include` begins anew, an `exclude` takes away, from the first audience on."""
        chosen = slides
        for audience in self.lineage:
            if audience.include:
                chosen = [slide for slide in slides if self._is_named(slide, audience.include)]
            chosen = [slide for slide in chosen if not self._is_named(slide, audience.exclude)]
        return chosen

    def _is_named(self, slide: Slide, selectors: Iterable[Selector]) -> bool:
        place = self.chapter_of.get(slide.id)
        section = self.chapters[place].title if place is not None else None
        return any(
            slide.id == selector.id or slide.kind == selector.kind
            or selector.tag in slide.tags or (selector.section and selector.section == section)
            for selector in selectors
        )  # fmt: skip

    def _order(self, slides: list[Slide]) -> list[Slide]:
        """Slides of an `order` one after another, where the first of them stood."""
        for audience in self.lineage:
            wanted = list(dict.fromkeys(audience.order))
            moved = sorted(
                (slide for slide in slides if slide.id in wanted), key=lambda s: wanted.index(s.id)
            )
            if moved:
                first = next(n for n, slide in enumerate(slides) if slide.id in wanted)
                rest = [slide for slide in slides if slide.id not in wanted]
                slides = [*rest[:first], *moved, *rest[first:]]
        return slides

    def _is_about_gone(self, slide: Slide) -> bool:
        """Whether a slide is about a company that went, as its profile is."""
        return any(
            isinstance(value, Id) and self._is_gone(field, value)
            for field, value in _fields_of(slide)
            if _ABOUT & set(field.doc.ref.split("|"))
        )

    def _drop_lone_dividers(self, slides: list[Slide]) -> list[Slide]:
        """Slides without the dividers of sections of which nothing else is left."""
        left = {self.chapter_of.get(slide.id) for slide in slides if slide.kind != "section"}
        return [
            slide for slide in slides
            if slide.kind != "section" or (place := self.chapter_of[slide.id]) in left
            or len(self.chapters[place].slides) == 1
        ]  # fmt: skip

    def _keep_sections(self, slides: list[Slide]) -> list[Slide]:
        """Slides that begin the sections they belong to, whichever of them is now the first."""
        result: list[Slide] = []
        current: int | None = None
        astray = self._find_astray(slides)
        for slide in slides:
            place = current if slide.id in astray else self.section_of.get(slide.id, current)
            if slide.kind != "section":
                begins = place is not None and place != current
                goes_on = place is not None and slide.section == self.chapters[place].title
                title = slide.section if goes_on else Text("")
                title = self._section_title(slide, place) if begins else title
                slide = slide if slide.section == title else replace(slide, section=title)
            result.append(slide)
            current = place
        return result

    def _find_astray(self, slides: list[Slide]) -> set[str]:
        """Slides that an `order` took out of a section of which others stay: they join another.

        Moved slides that still stand beside others of their section are not astray.
        """
        moved = {str(id) for audience in self.lineage for id in audience.order}
        runs = [
            (place, [str(slide.id) for slide in run])
            for place, run in groupby(slides, key=lambda slide: self.section_of.get(slide.id))
        ]
        stay = {place for place, run in runs if not moved.issuperset(run)}
        lone = [run for place, run in runs if place in stay and moved.issuperset(run)]
        dividers = {self.chapter_of[s.id]: n for n, s in enumerate(slides) if s.kind == "section"}
        early = [  # before the page that begins their section
            str(slide.id) for number, slide in enumerate(slides)
            if number < dividers.get(self.chapter_of.get(slide.id, -1), -1)
        ]  # fmt: skip
        return {*early, *(id for run in lone for id in run)}

    def _section_title(self, slide: Slide, place: int | None) -> Text:
        """The title of a slide's section, as if it had been written at the slide."""
        title = self.chapters[place or 0].title
        return Text(title, replace(title.mark, path=f"slides.{slide.id}.section"))

    def _name_heirs(self, slides: list[Slide]) -> None:
        """For the first slide of a section, if it went, the one that begins the section now."""
        for number, chapter in enumerate(self.chapters):
            first = chapter.slides[0].id
            heir = next((s.id for s in slides if self.chapter_of.get(s.id) == number), None)
            if heir is not None and first in self.gone["slide"]:
                self.heirs[first] = heir

    # -- what refers to something that went ------------------------------------------

    def follow(self, part: P) -> P:
        """A part without references to what went; those that may not drop out are told."""
        followed = self._follow(part)
        return part if followed is None else followed

    def _follow(self, part: P) -> P | None:
        """None if the part goes with what it is about or leads to."""
        for field in part_fields(type(part)).values():
            value = getattr(part, field.name)  # as it is now: one list may follow another
            new: Any = value
            if isinstance(value, Id):
                new = self._follow_id(field, value) if field.doc.ref else value
                if new is None:
                    return None
            elif isinstance(value, Text):
                new = self._unlink(value)
            elif isinstance(value, Part):
                new = self._follow(value)
                if new is None and field.required:
                    return None
                new = field.default if new is None else new
            elif isinstance(value, dict):
                new = {
                    key: self.follow(inner)
                    for key, inner in value.items()
                    if not self._is_gone(field, key)
                }
                new = value if new == value else new
            elif _holds_parts(field, value):
                part = self._follow_list(part, field, value)
                continue
            elif isinstance(value, tuple) and value and isinstance(value[0], Id):
                new = self._follow_ids(part, field, value) if field.doc.ref else value
            elif isinstance(value, tuple):
                new = tuple(self._unlink(t) if isinstance(t, Text) else t for t in value)
            part = _set(part, field, value, new)
        return part

    def _follow_list(self, part: P, field: Field, value: tuple[Part, ...]) -> P:
        followed = [self._follow(entry) for entry in value]
        kept = tuple(n for n, entry in enumerate(followed) if entry is not None)
        if len(kept) == len(value):
            return _set(part, field, value, tuple(followed))
        entries = tuple(new or old for new, old in zip(followed, value, strict=True))
        return self._keep(replace(part, **{field.name: entries}), field, kept)

    def _is_gone(self, field: Field, id: str) -> bool:
        kinds = field.doc.ref.split("|")
        return bool(field.doc.ref) and any(id in self.gone.get(kind, ()) for kind in kinds)

    def _follow_id(self, field: Field, id: Id) -> Id | None:
        if not self._is_gone(field, id):
            return id
        if _ABOUT & set(field.doc.ref.split("|")):
            return None
        if id.optional:
            return self.heirs.get(id)
        self._tell_gone(field.doc.ref, id)
        return id

    def _follow_ids(self, part: Part, field: Field, ids: tuple[Id, ...]) -> tuple[Id, ...]:
        """Those that are still there. A list may not come to mean the contrary, everything."""
        kinds = set(field.doc.ref.split("|"))
        defining = field.doc.fact and "criterion" in kinds  # what it takes to be in a tier
        left = []
        for id in ids:
            if not self._is_gone(field, id):
                left.append(id)
            elif defining:
                told = f"the criterion “{id}” defines this, and is withheld from {self.who}"
                self.tell(id.mark, told, "without it a tier would mean something else")
            elif not (_ABOUT & kinds or id.optional):
                self._tell_gone(field.doc.ref, id)
        if ids and not left and "source" in kinds and ids[0].optional:
            self.tell(ids[0].mark, f"no source is left here for {self.who}", _WITHHOLD)
        if not left and field.default == () and kinds & {*_ABOUT, "criterion"}:
            told = f"nothing of `{field.key}` is left for {self.who}"
            self.tell(part.mark, told, _WITHHOLD)
        return ids if len(left) == len(ids) else tuple(left)

    def _tell_gone(self, kind: str, id: Id) -> None:
        told = f"the {kind.replace('|', ' or ')} “{id}” is withheld from {self.who}"
        hint = f"write `{id}?` if it may drop out here, or {_WITHHOLD}"
        if kind == "slide":
            told = f"the slide “{id}” is not in the deck for {self.who}"
        self.tell(id.mark, told, hint)

    def _unlink(self, text: Text) -> Text:
        """Words whose links lead to slides that are there; `[words](#id?)` may lose its link."""
        if "](" not in text:
            return text
        runs = markup.parse(text)
        words = str(text)
        for target in {run.link.target for run in runs if run.link}:
            id = target[1:].removesuffix("?")
            optional, gone = target.endswith("?"), id in self.gone["slide"]
            if not target.startswith("#") or not (optional or gone):
                continue
            if gone and not optional:
                told = f"the slide “{id}”, to which a link leads, is not in the deck for {self.who}"
                hint = f"write `(#{id}?)` if the link may go, or reword this for the audience"
                self.tell(text.mark, told, hint)
            new = markup.DROPPED if gone else f"#{id}"
            words = re.sub(rf"(\]\(\s*<?){re.escape(target)}(?=[\s>)])", rf"\g<1>{new}", words)
        return text if words == text else Text(words, text.mark)


def _fields_of(part: Part) -> list[tuple[Field, Any]]:
    return [(field, getattr(part, field.name)) for field in part_fields(type(part)).values()]


def _holds_parts(field: Field, value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], Part)


def _set(part: P, field: Field, old: object, new: object) -> P:
    """A part with a field's new value; the part itself where nothing has changed."""
    same = new is old or (
        isinstance(old, tuple) and isinstance(new, tuple) and len(old) == len(new)
        and all(a is b for a, b in zip(old, new, strict=True))
    )  # fmt: skip
    return part if same else replace(part, **{field.name: new})


def _ids(parts: Iterable[Any]) -> set[str]:
    return {str(part.id) for part in parts}


def _renumber(value: Any, old: str, new: str) -> Any:
    """A value at whose marks one path stands for another."""
    if old == new:
        return value
    if isinstance(value, Id):
        return Id(value, _renumber_mark(value.mark, old, new), value.optional)
    if isinstance(value, MarkedText):
        mark = _renumber_mark(value.mark, old, new)
        return MarkedText(value, mark, value.only, value.not_)
    if isinstance(value, Text):
        return Text(value, _renumber_mark(value.mark, old, new))
    if isinstance(value, Part):
        names = [name for name in value.__struct_fields__ if name != "mark"]
        inner = {name: _renumber(getattr(value, name), old, new) for name in names}
        return replace(value, mark=_renumber_mark(value.mark, old, new), **inner)
    if isinstance(value, tuple):
        return tuple(_renumber(inner, old, new) for inner in value)
    return value


def _renumber_mark(mark: Mark, old: str, new: str) -> Mark:
    if mark.path == old or mark.path.startswith(f"{old}."):
        return replace(mark, path=new + mark.path[len(old) :])
    return mark
