"""Evidence: whether what is said has a source, and agrees with the analysis."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from urllib.parse import urlsplit

from deckgen import markup
from deckgen.blocks import chart_texts
from deckgen.outline import Claim, Member, Outline, Slide, parts_within
from deckgen.rules.english import HEDGES
from deckgen.rules.statements import Grammar
from deckgen.rules.subject import Finding, Subject, author_texts, quoted, rule
from deckgen.scene import ChartItem, Page, texts_of
from deckgen.source import Id, Text
from deckgen.words import clean, fold, has_words

# Figures that want a source: a share, a sum of money, a decimal, or a count of ten and more.
_FIGURE = re.compile(
    r"(?:[$€£¥]\s?\d[\d.,]*|\d[\d.,]*\s?(?:%|percent|per cent|bn|billion|million|m\b|k\b)"
    r"|\d+\.\d+|\d{1,3}(?:,\d{3})+|\d{2,})",
    re.IGNORECASE,
)
ALIKE = 0.82  # of two spellings: one letter in six or more differs, or two in eleven
FEW_LETTERS = 5  # shorter names are like too many words


@rule("warning", "name its `source`, or mark it as an `inference`")
def uncited_claim(subject: Subject) -> Iterator[Finding]:
    """A claim is stated and names no source, nor does what it stands in."""
    outline = subject.outline
    if outline.source:
        return
    for member in outline.everyone if subject.for_everyone else ():
        bare = [part for part in parts_within(member) if _says(part) and not _cited(part)]
        if bare and not member.source:
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
        if outline.sources_for(slide):
            continue
        written = [text for text in _on_page(slide) if text.mark != slide.mark]  # not derived
        figures = [text for text in written if _FIGURE.search(markup.plain(text))]
        if figures:
            figure = _FIGURE.search(markup.plain(figures[0]))
            told = f"the figure {quoted(figure[0].strip())} names no source" if figure else ""
            yield subject.on_slide(slide, told, figures[0])


def _on_page(slide: Slide) -> Iterator[Text]:
    return author_texts(slide, frozenset({"notes", "file", "accept", "section", "kicker"}))


@rule("warning", "cite it where it is used, or take it out")
def unused_source(subject: Subject) -> Iterator[Finding]:
    """A source is listed and cited nowhere."""
    if not subject.for_everyone:
        return
    outline = subject.outline
    cited = {str(id) for part in parts_within(outline) for id in getattr(part, "source", ())}
    for source in outline.sources:
        if str(source.id) not in cited:
            mark = source.id.mark if source.id.mark.line else source.mark
            yield Finding(mark=mark, message=f"the source “{source.id}” is cited nowhere")


@rule("warning", "give the address as a browser shows it")
def broken_source(subject: Subject) -> Iterator[Finding]:
    """A source's address is none, or two sources are the same."""
    seen: dict[str, Id] = {}
    for source in subject.outline.sources:
        if source.url and not _is_address(source.url):
            told = f"the address {quoted(source.url)} of source “{source.id}” leads nowhere"
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
            if hedge:
                told = f"“{hedge[0]}” makes {quoted(part.stated)} an inference"
                yield subject.on_slide(slide, told, part.stated)
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
    if not subject.for_everyone:
        return
    shown = "\n".join(fold(text) for page in subject.scene.pages for text in _page_texts(page))
    for company in subject.outline.companies:
        names = (company.name, company.short, *company.aliases)
        if not any(name and has_words(shown, fold(name)) for name in names):
            yield Finding(mark=company.mark, message=f"{company.name} stands on no slide")


def _page_texts(page: Page) -> Iterator[str]:
    """The words on a page, those of its charts among them; not its notes."""
    for item in page.items:
        yield from texts_of(item)
        if isinstance(item, ChartItem):
            yield from (words.words for words in chart_texts(item))


@rule("error", "spell it as the analysis does, or list it among the company's `aliases`")
def misspelt_name(subject: Subject) -> Iterator[Finding]:
    """A name is spelled almost like a company of the analysis."""
    outline = subject.outline
    members = outline.everyone
    known = {
        clean(name) for member in members
        for name in (member.name, member.short, *getattr(member, "aliases", ())) if name
    }  # fmt: skip
    plain = " ".join(clean(markup.plain(text)) for _, text in subject.texts)
    ordinary = {word for word in re.findall(r"[^\W\d_]+", plain) if word.islower()}
    proper = {word for name in known for word in name.split()} | _cited_words(outline)
    for slide, text in subject.texts:
        words = clean(markup.plain(text))
        for candidate in _candidates(words):
            if candidate in known or candidate in proper or candidate.lower() in ordinary:
                continue
            meant = _almost(candidate, known)
            if meant:
                told = f"“{candidate}” is almost “{meant}”"
                yield subject.on_slide(slide, told, text)


def _cited_words(outline: Outline) -> set[str]:
    """Words of sources and of the analysis's own terms: none of them is a misspelt company."""
    texts = [text for source in outline.sources for text in author_texts(source)]
    texts += [text for part in (*outline.tiers, *outline.criteria) for text in author_texts(part)]
    return {word for text in texts for word in re.findall(r"[^\W_]+", clean(text))}


def _candidates(words: str) -> Iterator[str]:
    """Names in a text: words with a capital, and two that a space divides."""
    found = re.findall(r"[^\W_]+(?:[.&-][^\W_]+)*", words)
    yield from found
    for first, second in itertools.pairwise(found):
        if f"{first} {second}" in words:
            yield f"{first} {second}"


def _almost(candidate: str, known: Iterable[str]) -> str:
    """The name that a word was meant to be; empty if it is none, or rightly spelled."""
    bare = candidate.replace(" ", "").casefold()
    for name in known:
        own = name.replace(" ", "").casefold()
        plurals = {own, f"{own}s", own.removesuffix("s")}
        if bare in plurals:
            if _odd_case(name) and bare == own and candidate != name and not candidate.isupper():
                return name
            if bare == own and " " in candidate and " " not in name:
                return name
            continue
        if " " in candidate and " " not in name:
            continue
        capital = any(char.isupper() for char in candidate)
        if capital and min(len(bare), len(own)) >= FEW_LETTERS and abs(len(bare) - len(own)) <= 2:
            matcher = SequenceMatcher(None, bare, own, autojunk=False)
            if matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE:
                return name
    return ""


def _odd_case(name: str) -> bool:
    """Whether a name's capitals are its own, as in OpenAI or xAI, not only at its words' heads."""
    words = name.split()
    return any(not (w == w.capitalize() or w.isupper() or w.islower()) for w in words)


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
                yield subject.on_slide(slide, f"{quoted(tested.words, 60)}, but {where}", text)


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
                if _nearly(said, name):
                    yield subject.on_slide(slide, f"“{said}” is almost “{name}”", text)


def _nearly(said: str, name: str) -> bool:
    """Whether words are a name with a slip of a letter or two, and no plural of it."""
    first, second = said.casefold(), name.casefold()
    if first in (second, f"{second}s") or abs(len(first) - len(second)) > 2:
        return False
    pairs = list(zip(first.split(), second.split(), strict=True))
    slips = [pair for pair in pairs if pair[0] != pair[1]]
    return len(slips) == 1 and all(
        len(own) > FEW_LETTERS and SequenceMatcher(None, word, own).ratio() >= ALIKE
        for word, own in slips
    )
