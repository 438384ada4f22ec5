"""An author's words with inline Markdown go in; runs of alike characters come out.

Known are `**bold**`, `*italic*`, `` `code` ``, `[words](target)` and the backslash
escapes of CommonMark (0.31, 6.1 to 6.3). HTML, bare addresses and entities are words like
any other. Nothing is made typographic: what the author wrote is what stands on the page.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from deckgen.scene import Link, Run

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_SPECIAL = re.compile(r"[*_`\[\\]")  # words without any of these hold no markup
_FOLD = re.compile(r"[ \t]*[\r\n][ \t\r\n]*")
_TARGET = re.compile(r"https?://[^\s/]|mailto:[^\s@]+@|#\S", re.IGNORECASE)
MOST_ADDRESS = 2_083  # characters of a web address
DROPPED = "#!"  # the target of a link whose slide is not in the deck: its words stay
_OPENING = {"strong_open": "bold", "em_open": "italic"}
_CLOSING = {"strong_close": "bold", "em_close": "italic"}


def parse(text: str) -> tuple[Run, ...]:
    """The runs of `text`; none for an empty text.

    Line ends fold to one space, and vanish at either end; other spaces stay. A link may
    lead to http, https, mailto, or `#slide-id`; ValueError says what is wrong with another.
    """
    runs, problems = _read(text)
    if problems:
        raise ValueError(problems[0])
    return runs


def plain(text: str) -> str:
    """The words of `text` without markup, as a reader sees them; never fails."""
    runs = _read(text)[0]
    return runs[0].text if len(runs) == 1 else "".join(run.text for run in runs)


def link_problems(text: str) -> tuple[str, ...]:
    """A sentence for each link or picture that `parse` would refuse; most texts give none."""
    return _read(text)[1]


def is_address(url: str) -> bool:
    """Whether a web address has a host and is one that programs can take apart.

    Office is reported to repair files with longer ones than 2,083 characters.
    """
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        _ = parts.port  # ValueError if it is none
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and len(url) <= MOST_ADDRESS


@lru_cache(maxsize=1024)  # a text is measured, set and written
def _read(text: str) -> tuple[tuple[Run, ...], tuple[str, ...]]:
    """The runs and the problems of a text."""
    words = _FOLD.sub(" ", text.strip("\r\n"))
    if not _SPECIAL.search(words):
        return ((Run(str(words)),) if words else ()), ()
    tokens = _parser().parseInline(words)[0].children or []
    return _join_runs(tokens), tuple(problem for token in tokens if (problem := _judge(token)))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    """A CommonMark parser that knows nothing but our inline rules."""
    from markdown_it import MarkdownIt  # costs more than a small deck; most decks need it not

    parser = MarkdownIt("zero").enable(["emphasis", "backticks", "link", "image", "escape"])
    normalize = parser.normalizeLink
    # The parser would leave a link it distrusts as literal text; we want to say so instead.
    # It also percent-encodes, which a slide's id must be spared.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = (  # type: ignore[method-assign]
        lambda url: url if url.startswith("#") else normalize(url)
    )
    return parser


def _join_runs(tokens: list[Token]) -> tuple[Run, ...]:
    """The runs that a flat list of inline tokens makes, neighbours that look alike as one."""
    depth = {"bold": 0, "italic": 0}
    link: Link | None = None
    runs: list[Run] = []
    for token in tokens:
        if token.type == "link_open":
            href = str(token.attrGet("href") or "")
            link = None if href == DROPPED else Link(href, str(token.attrGet("title") or ""))
        elif token.type == "link_close":
            link = None
        elif token.type in _OPENING:
            depth[_OPENING[token.type]] += 1
        elif token.type in _CLOSING:
            depth[_CLOSING[token.type]] -= 1
        elif token.content:
            code = token.type == "code_inline"
            bold = True if depth["bold"] else None
            run = Run(token.content, bold=bold, italic=depth["italic"] > 0, code=code, link=link)
            if runs and replace(runs[-1], text=run.text) == run:
                run = replace(run, text=runs.pop().text + run.text)
            runs.append(run)
    return tuple(runs)


def _judge(token: Token) -> str:
    """What is wrong with a link or picture, or nothing."""
    if token.type == "image":
        return f"the picture “{token.content}” cannot stand inside text"
    target = str(token.attrGet("href") or "")
    if token.type != "link_open":
        return ""
    if _TARGET.match(target):
        whole = not target.lower().startswith("http") or is_address(target)
        return "" if whole else f"the link “{target}” is no whole address"
    if not target:
        return "a link has no target; write https://…, mailto:… or #slide-id in its parentheses"
    return f"the link “{target}” must begin with https://, http://, mailto: or #slide-id"
