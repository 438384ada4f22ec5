"""What the command line lists: the slides of a deck, themes, audiences, a template."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from deckgen.console import counted

if TYPE_CHECKING:
    from deckgen.fitting import Fit
    from deckgen.overview import ClaimRow, Overview, SlideRow
    from deckgen.scene import Scene
    from deckgen.specimen import Specimen


def print_slides(scene: Scene, notices: Sequence[str] = ()) -> None:
    """What was moved to the notes, and in a terminal a table of the slides."""
    for notice in (*scene.notices, *notices):
        print(notice, file=sys.stderr)
    if not sys.stdout.isatty():
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("", "Slide", "Title", box=None, header_style="bold", pad_edge=False)
    for number, page in enumerate(scene.pages, start=1):
        table.add_row(str(number), f"[cyan]{page.slide_id}[/]", page.title.replace("[", "\\["))
    Console().print(table)


# -- themes --------------------------------------------------------------------------


def print_specimens(specimens: Sequence[Specimen], checked: bool) -> None:
    """Themes with their colours, as swatches in a terminal; of one that was `checked`, how."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    for number, specimen in enumerate(specimens):
        if number:
            console.print()
        faces = dict.fromkeys((specimen.heading, specimen.body))
        head = Text(specimen.name, style="bold")
        console.print(head.append(f": {specimen.about or 'a theme'}", style="not bold"))
        console.print(Text(f"  faces   {' and '.join(faces)}"))
        for group, colors in specimen.groups.items():
            line = Text(f"  {group:6}")
            for token, color in colors.items():
                line.append("  ")
                if console.is_terminal:
                    line.append("    ", style=f"on #{color}").append(" ")
                line.append(f"{token} {color}")
            console.print(line)
        for face in specimen.guessed:
            told = "no widths are known; text is measured 8 % wider than in Arial"
            console.print(Text(f"  {face}: {told}"))
        if checked:
            told = "pairs of text and ground can be read"
            console.print(
                Text(f"  {len(specimen.pairs)} {told}; nearest to its floor is {_pair(specimen)}")
            )


def _pair(specimen: Specimen) -> str:
    pair = specimen.faintest
    return f"`{pair.text}` on `{pair.ground}`, {pair.contrast:.1f} : 1 of {pair.least:g}"


# -- audiences side by side -----------------------------------------------------------


def print_overview(overview: Overview, outline: str) -> None:
    """The matrix of slides and audiences, titles that differ, claims that some lack, lengths."""
    names = overview.audiences
    rows = [[row.slide, *(_position(row, name) for name in names)] for row in overview.slides]
    _print_columns([["Slide", *names], *rows])
    differing = [row for row in overview.slides if row.titles]
    if differing:
        print("\n* Titles that differ")
    for row in differing:
        print(f"  {row.slide}")
        for name, title in row.titles.items():
            print(f"    {name:{max(map(len, names))}}  {title}")
    withheld = [claim for claim in overview.claims if claim.withheld_from]
    partly = [
        claim for claim in overview.claims
        if not claim.withheld_from and 0 < len(claim.audiences) < len(names)
    ]  # fmt: skip
    _print_claims("Claims that are withheld from some", withheld, names, outline)
    _print_claims("Claims on slides that some do not get", partly, names, outline)
    print("\nLength")
    rows = []
    for length in overview.lengths:
        silent = f"{counted(length.silent, 'slide')} without words to say" if length.silent else ""
        rows.append([
            f"  {length.audience}", _of(length.slides, length.max_slides, "slides"),
            _of(length.minutes, length.max_minutes, "minutes"), silent or length.description,
        ])  # fmt: skip
    _print_columns(rows)


def _print_claims(
    head: str, claims: Sequence[ClaimRow], names: Sequence[str], outline: str
) -> None:
    """Claims with who sees them; nothing if there are none. Lines are those of the outline."""
    if not claims:
        return
    print(f"\n{head}")
    rows = [["  line", *names, ""]]
    for claim in claims:
        seen = ["seen" if name in claim.audiences else "–" for name in names]
        mark = " (inference)" if claim.inference else ""
        rows.append([f"  {claim.where.removeprefix(f'{outline}:')}", *seen, f"{claim.text}{mark}"])
    _print_columns(rows)


def _position(row: SlideRow, audience: str) -> str:
    """`4`, `7–9`, `4*` where the title is not the same for all, a dash for none."""
    place = row.places.get(audience)
    if place is None:
        return "–"
    pages = str(place.first) if place.first == place.last else f"{place.first}–{place.last}"
    return f"{pages}{'*' if row.titles else ''}"


def _of(has: float, most: float | None, unit: str) -> str:
    """`9 of 9 slides`, with a mark where it is more than that."""
    if most is None:
        return f"{has:g} {unit}"
    return f"{has:g} of {most:g} {unit}{' (over)' if has > most else ''}"


def _print_columns(rows: Sequence[Sequence[str]]) -> None:
    """Rows with their columns aligned, the last as long as it is."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (f"{cell:{width}}" for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())


def print_fit(fit: Fit) -> None:
    """What was found in a template: its layouts and what they serve, faces, colours, refusals."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)

    def line(words: str, style: str = "") -> None:
        console.print(Text(words, style=style))

    width, height = fit.slide_in
    layouts = (f"“{name}”" for name in fit.layouts)
    line(fit.file, "bold")
    line(f"  slides {width:g} × {height:g} in; {counted(fit.masters, 'master')},"
         f" {counted(len(fit.layouts), 'layout')}: {', '.join(layouts)}")  # fmt: skip
    for one in fit.fits:
        line(f"  {one.key:8} “{one.name}” ({one.why})")
        sizes = f"titles {one.title_pt[0]:g} pt" if one.title_pt else ""
        frame = "whole as it is"
        if one.frame_in:
            x, y, w, h = one.frame_in
            frame = f"content {w:g} × {h:g} in at {x:g}, {y:g}"
        line(f"           {sizes}; {frame}; it has: {', '.join(one.placeholders)}")
        for words, names in (("keeps clear of", one.cut), ("stands on", one.covered)):
            if names:
                line(f"           content {words} {', '.join(repr(name) for name in names)}")
    measured = (
        f"{face}{'' if known else ' (widths not known)'}" for face, known in fit.faces.items()
    )
    line(f"  faces    {' and '.join(measured)}")
    swatches = Text("  colours")
    for token, color in fit.colors.items():
        swatches.append("  ")
        if console.is_terminal:
            swatches.append("    ", style=f"on #{color}").append(" ")
        swatches.append(f"{token} {color}")
    console.print(swatches)
    for words in fit.advice:
        line(f"  note     {words}")
    for kind, why in fit.refused.items():
        line(f"  refused  {kind}: {why}")
    if fit.works:
        line("  All kinds of slide work as they are.")
    else:
        line("  Shorten what does not fit, or name a roomier layout: `--layout content=NAME`.")
