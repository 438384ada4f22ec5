"""Try templates that nobody here made, and write what was found into decks/TEMPLATES.md.

`make template-table`. LibreOffice's own designs are converted by it; python-pptx's default and
our sample are tried as well.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pptx
from msgspec import Struct
from msgspec.structs import replace

from deckgen.fitting import Fit, fit_template
from deckgen.gallery import Gallery
from deckgen.look import LayoutNames, TemplateChoice
from deckgen.opc import TemplateError
from deckgen.render import find_office
from deckgen.slides import kind_names
from deckgen.source import Text

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "decks" / "TEMPLATES.md"
BEGIN, END = "<!-- templates: written by `make template-table` -->", "<!-- /templates -->"
DESIGNS = "share/template/common/presnt"  # beside LibreOffice's program
HEAD = (
    "| template | slide, in | content at 7.5 in | kinds that work as they are | needed an override "
    "| refused, and why |\n| --- | --- | --- | --- | --- | --- |"
)


class Tried(Struct, frozen=True):
    """A template with what was found in it; `mended` are layouts by kind that need an override."""

    name: str
    fit: Fit | None
    gallery: Gallery | None
    mended: dict[str, str]
    refusal: str = ""

    @property
    def works(self) -> str:
        """How many kinds work as they are."""
        if self.fit is None:
            return "none"
        if not self.fit.refused:
            return "all"
        return f"{len(kind_names()) - len(self.fit.refused)} of {len(kind_names())}"


def designs(folder: Path) -> list[Path]:
    """The designs that LibreOffice ships, converted by it into a folder; none if it has none."""
    program = Path(find_office()).resolve()
    found = sorted((program.parents[1] / DESIGNS).glob("*.otp"))
    if not found:
        return []
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    said = [str(program), profile, "--headless", "--convert-to", "pptx", "--outdir", str(folder)]
    command = [*said, *map(str, found)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return sorted(folder.glob("*.pptx"))


def others() -> list[Path]:
    """Templates that are here anyway."""
    default = Path(pptx.__file__).parent / "templates" / "default.pptx"
    return [ROOT / "assets" / "templates" / "harbour.potx", default]


def try_kinds(path: Path) -> Tried:
    """A template with every kind."""
    name = path.stem.replace("_", " ")
    try:
        fit, gallery = fit_template(TemplateChoice(file=Text(str(path))))
    except TemplateError as error:
        return Tried(name, None, None, {}, str(error))
    return Tried(name, fit, gallery, {})


def try_template(path: Path) -> Tried:
    """The same, and the kinds that are refused once more in each other layout."""
    tried = try_kinds(path)
    fit = tried.fit
    if fit is None:
        return tried
    mended: dict[str, str] = {}
    for layout in fit.layouts if fit.refused else ():
        layouts = LayoutNames(content=Text(layout))
        try:
            again, _ = fit_template(TemplateChoice(file=Text(str(path)), layouts=layouts))
        except TemplateError:
            continue
        for kind in fit.refused:
            if kind not in again.refused:
                mended.setdefault(kind, layout)
    return replace(tried, mended=mended)


def row(tried: Tried) -> str:
    fit = tried.fit
    if fit is None:
        return f"| {tried.name} | | | none | | {tried.refusal} |"
    content = next(layout.frame_in for layout in fit.fits if layout.key == "content")
    assert content
    mended = "; ".join(
        f"`{kind}`: `layouts: {{content: {layout}}}`" for kind, layout in tried.mended.items()
    )
    refused = "; ".join(
        f"`{kind}`: {reason}" for kind, reason in fit.refused.items() if kind not in tried.mended
    )
    size = " × ".join(f"{side:.2f}" for side in fit.slide_in)
    room = " × ".join(f"{side:.1f}" for side in content[2:])
    return f"| {tried.name} | {size} | {room} | {tried.works} | {mended} | {refused} |"


def table(tried: Sequence[Tried]) -> str:
    return "\n".join([HEAD, *map(row, tried)])


def rows_in(page: str) -> Iterator[tuple[str, str]]:
    """The templates of the documented table, each with how many kinds work in it."""
    for line in page.partition(BEGIN)[2].partition(END)[0].splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > 5 and cells[1] not in ("template", "---"):
            yield cells[1], cells[4]


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        tried = [try_template(path) for path in [*others(), *designs(Path(folder))]]
    page = DOCUMENT.read_text("utf-8")
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    DOCUMENT.write_text(f"{before}{BEGIN}\n\n{table(tried)}\n\n{END}{after}", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
