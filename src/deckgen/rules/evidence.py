"""Evidence: whether what is said has a source, and agrees with the analysis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from deckgen import markup
from deckgen.blocks import chart_texts
from deckgen.outline import Claim, Company, Member, Outline, Slide, parts_within
from deckgen.rules.english import ATTRIBUTED, HEDGES
from deckgen.rules.spelling import Speller, candidates, is_nearly, names_pattern
from deckgen.rules.statements import Grammar
from deckgen.rules.subject import UNTITLED, Finding, Subject, author_texts, quoted, rule
from deckgen.scene import ChartItem, Page, texts_of
from deckgen.source import Id
from deckgen.words import clean, fold, has_words

# Figures that want a source: a sum, a share, a measure, or ten and more of something.
_FIGURE = re.compile(
    r"""
    (?:[$€£¥] | \b(?:USD|EUR|GBP|CHF|JPY|CNY)\ ?) \d[\d.,]*
    | (?<![\w.,/:-]) \d[\d.,]*\ ?
      (?: % | ‰ | (?:percent|per\ cent|bps|bn|billion|million|trillion|thousand|m|k|x)\b
        | (?:[kMGT]Wh?|kg|km|GB|TB|GHz|nm)\b )
    | \b(?:one|two|three|four|five|six|seven|eight|nine|ten|\w+ty|hundred)\ (?:percent|per\ cent)\b
    | (?<![\w.,/:-]) \d{1,3}(?:,\d{3})+ \b
    | (?<![\w.,/:-]) (?P<count>(?!(?:19|20)\d\d\b) \d{2,}) (?=\ [a-z]\w+s\b)
    """,
    re.VERBOSE,
)
_NAMED = re.compile(r"[A-Z]\w*\s$")  # before a number that is part of a name: Boeing 737
NOT_ON_PAGE = frozenset(("notes", "file", "accept", "section", "kicker"))


@rule("warning", "name its `source`, or mark it as an `inference`")
def uncited_claim(subject: Subject) -> Iterator[Finding]:
    """A claim is stated and names no source, nor does what it stands in."""
    outline = subject.outline
    if outline.source:
        return
    for member in (*subject.own("companies"), *subject.own("groups")):
        bare = [part for part in parts_within(member) if _says(part) and not _cited(part)]
        if bare and isinstance(member, Member) and not member.source:
            told = f"what is said of {member.name} names no source"
            yield Finding(mark=bare[0].mark, message=told)
    for slide in outline.slides:
        for part in parts_within(slide):
            if isinstance(part, Claim) and part.stated and not (part.source or slide.source):
                yield subject.on_slide(slide, f"{quoted(part.stated)} names no source", part.stated)


def _says(part: object) -> bool:
    """Whether a part of a member states something that a source could bear out."""
    if isinstance(part, Member):
        return bool(part.basis)
    stated = isinstance(part, Claim) and part.stated
    return bool(stated or (hasattr(part, "state") or hasattr(part, "for_")))


def _cited(part: object) -> bool:
    return bool(getattr(part, "source", ()) or getattr(part, "inference", ""))


@rule("warning", "name the slide's `source`")
def uncited_number(subject: Subject) -> Iterator[Finding]:
    """A slide shows figures and names no source (a chart's are told when it is read)."""
    outline = subject.outline
    for slide in outline.slides:
        named = subject.layouts.get(str(slide.id)) in UNTITLED
        if named or outline.sources_for(slide):
            continue
        for text in author_texts(slide, NOT_ON_PAGE):
            figure = _figure_in(markup.plain(text)) if text.mark != slide.mark else ""
            if figure:
                told = f"the figure {quoted(figure)} names no source"
                yield subject.on_slide(slide, told, text, words=figure)


def _figure_in(words: str) -> str:
    """The first figure in a text that wants a source, or nothing."""
    for match in _FIGURE.finditer(words):
        if not (match["count"] and _NAMED.search(words[: match.start()])):
            return match[0].strip()
    return ""


@rule("warning", "cite it where it is used, or take it out")
def unused_source(subject: Subject) -> Iterator[Finding]:
    """A source is listed and cited nowhere."""
    outline = subject.outline
    cited = {str(id) for part in parts_within(outline) for id in getattr(part, "source", ())}
    for source in subject.own("sources"):
        if str(source.id) not in cited:
            mark = source.id.mark if source.id.mark.line else source.mark
            yield Finding(mark=mark, message=f"the source “{source.id}” is cited nowhere")


@rule("warning", "give the address as a browser shows it")
def broken_source(subject: Subject) -> Iterator[Finding]:
    """A source's address is none, or two sources are the same."""
    seen: dict[str, Id] = {}
    for source in subject.outline.sources:
        if source.url and not _is_address(source.url):
            told = f"{quoted(source.url)} of source “{source.id}” is no web address"
            yield Finding(mark=source.url.mark, message=told)
        first = seen.setdefault(fold(source.text), source.id)
        if first is not source.id:
            told = f"the source “{source.id}” is the one called “{first}”"
            yield Finding(mark=source.mark, message=told, hint="keep one of them")


def _is_address(url: str) -> bool:
    """Whether an address is a web address with a host that may exist; nothing is fetched."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    named = re.fullmatch(r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)+", host)
    return parts.scheme in ("http", "https") and named is not None and not re.search(r"\s", url)


@rule("warning", "write it as an `inference`, or say who says so")
def unmarked_inference(subject: Subject) -> Iterator[Finding]:
    """Our own reading stands as if a source had stated it, or is shown without its mark."""
    outline = subject.outline
    if subject.english:
        for slide, part in _claims(outline):
            hedge = HEDGES.search(markup.plain(part.stated)) if part.stated else None
            if hedge and not ATTRIBUTED.search(markup.plain(part.stated)):
                told = f"“{hedge[0]}” makes {quoted(part.stated)} an inference"
                yield subject.on_slide(slide, told, part.stated, words=hedge[0])
    inferred = {fold(markup.plain(part.inference)) for _, part in _claims(outline)} - {""}
    mark = fold(outline.labels.inference)
    for page in subject.scene.pages:
        shown = [fold(text) for item in page.items for text in texts_of(item)]
        if any(mark in text for text in shown):
            continue
        for text in shown:
            if text in inferred:
                told = f"slide “{page.slide_id}”: the inference {quoted(text)} has no mark"
                yield Finding(mark=page.mark, message=told, slide=str(page.slide_id))


def _claims(outline: Outline) -> Iterator[tuple[Slide | None, Claim]]:
    for member in outline.everyone:
        yield from ((None, part) for part in parts_within(member) if isinstance(part, Claim))
    for slide in outline.slides:
        yield from ((slide, part) for part in parts_within(slide) if isinstance(part, Claim))


@rule("warning", "show it on a slide, or take it out of the analysis")
def missing_company(subject: Subject) -> Iterator[Finding]:
    """A company stands in the tiers and on no slide."""
    shown = "\n".join(fold(text) for page in subject.scene.pages for text in _page_texts(page))
    for company in subject.own("companies"):
        assert isinstance(company, Company)
        names = (company.name, company.short, *company.aliases)
        if not any(name and has_words(shown, fold(name)) for name in names):
            yield Finding(mark=company.mark, message=f"{company.name} stands on no slide")


def _page_texts(page: Page) -> Iterator[str]:
    """The words on a page, those of its charts among them; not its notes."""
    for item in page.items:
        yield from texts_of(item)
        if isinstance(item, ChartItem):
            yield from (words.words for words in chart_texts(item))


@rule("error", "spell it as the analysis does; if it is right, list it in `aliases`, or accept it")
def misspelt_name(subject: Subject) -> Iterator[Finding]:
    """A name is spelled almost like a company of the analysis."""
    outline = subject.outline
    known = {
        clean(name) for member in outline.everyone
        for name in (member.name, member.short, *getattr(member, "aliases", ())) if name
    }  # fmt: skip
    withheld = {clean(found.words) for found in outline.withheld if found.form == "name"} - known
    texts = [(slide, text, _plain(text)) for slide, text in subject.texts]
    ordinary = {
        word for _, _, words in texts for word in re.findall(r"[^\W\d_]+", words) if word.islower()
    }  # fmt: skip
    proper = {word for name in known for word in re.split(r"[\W_]+", name)} | _terms(outline)
    whole = names_pattern(known | withheld)
    speller, hidden = Speller(known), Speller(withheld)
    for slide, text, words in texts:
        for candidate in candidates(whole.sub(" · ", words)):
            if candidate in proper or candidate.casefold() in ordinary:
                continue
            meant = speller.meant(candidate)
            if meant:
                told = f"“{candidate}” is almost “{meant}”"
                yield subject.on_slide(slide, told, text, words=candidate)
                continue
            meant = hidden.meant(candidate)
            if meant:
                told = f"“{candidate}” is almost “{meant}”, which this audience does not get"
                yield subject.on_slide(slide, told, text, "withhold it as well", candidate)


def _plain(text: str) -> str:
    """A text as it is read, its apostrophes alike."""
    return clean(markup.plain(text)).replace("'", "’")


def _terms(outline: Outline) -> set[str]:
    """Words of sources and of the analysis's own terms: none of them is a misspelt company."""
    texts = [text for source in outline.sources for text in author_texts(source)]
    texts += [text for part in (*outline.tiers, *outline.criteria) for text in author_texts(part)]
    return {word for text in texts for word in re.findall(r"[^\W_]+", clean(text))}


@rule("error", "say what the matrix says, or change the analysis")
def criterion_conflict(subject: Subject) -> Iterator[Finding]:
    """A text credits a company with a criterion, or denies it, against the matrix."""
    outline = subject.outline
    if not (subject.english and outline.criteria):
        return
    grammar = Grammar(outline)
    for slide, text in subject.texts:
        for tested in grammar.tested(text):
            state = outline.standing(tested.member, tested.criterion).state
            if tested.has != (state == "met"):
                where = f"the matrix has “{state}” for {tested.member.name}"
                told = f"{quoted(tested.words, 60)}, but {where}"
                yield subject.on_slide(slide, told, text, words=tested.words)


@rule("error", "call it what the analysis calls it")
def misnamed_criterion(subject: Subject) -> Iterator[Finding]:
    """A criterion is named almost as the analysis names it."""
    names = [clean(criterion.name) for criterion in subject.outline.criteria]
    long_names = [name for name in names if " " in name]
    for slide, text in subject.texts:
        words = re.findall(r"[\w’-]+", clean(markup.plain(text)))
        for name in long_names:
            size = len(name.split())
            for place in range(len(words) - size + 1):
                said = " ".join(words[place : place + size])
                if is_nearly(said, name):
                    told = f"“{said}” is almost “{name}”"
                    yield subject.on_slide(slide, told, text, words=said)
