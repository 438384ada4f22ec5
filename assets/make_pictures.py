"""Render the flagship deck to the pictures of the README: `make pictures`.

Writes `assets/pictures/`: a page each of the slides shown large, and all of them on one
sheet; the same slides for three audiences and in four looks side by side; the chart gallery.
Needs LibreOffice and poppler.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from PIL import Image

import deckgen
from deckgen.render import to_png

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "assets" / "pictures"
LARGE = ("tier-map", "matrix", "dependency-map", "profile-meta", "paradox", "closing")
COLUMNS, WIDTH, GAP = 4, 400, 12


AUDIENCES = ("board", "engineering", "investors")
SIDE_BY_SIDE = ("cover", "summary", "closing")  # of each audience's deck
TEMPLATE = ROOT / "assets" / "templates" / "harbour.potx"
LOOKS = ({"theme": "dark"}, {"theme": "slate"}, {"theme": "indigo"}, {"template": str(TEMPLATE)})
IN_EACH = ("cover", "tier-map", "paradox")  # of the slides, to show a look


def main() -> None:
    deck, pages = render("")
    PICTURES.mkdir(exist_ok=True)
    for page, image in zip(deck.scene.pages, pages, strict=True):
        if page.slide_id in LARGE:
            save(image.resize((960, 540), Image.Resampling.LANCZOS), page.slide_id)
    save(sheet(pages), "all")
    save(side_by_side([render(audience) for audience in AUDIENCES], SIDE_BY_SIDE), "audiences")
    save(side_by_side([render("", **look) for look in LOOKS], IN_EACH), "looks", whole=True)
    _, pages = render("", "chart-gallery")
    save(sheet(pages[1:-1]), "charts")
    print(f"{PICTURES.relative_to(ROOT)}: {len(LARGE) + 4} pictures")


def side_by_side(
    decks: list[tuple[deckgen.Deck, list[Image.Image]]], slides: tuple[str, ...]
) -> Image.Image:
    """The same slides of several decks, a column each."""
    pages = [
        images[deck.scene.page_numbers()[slide] - 1] for slide in slides for deck, images in decks
    ]
    return sheet(pages, len(decks))


def render(
    audience: str, name: str = "ai-infrastructure-map", theme: str = "", template: str = ""
) -> tuple[deckgen.Deck, list[Image.Image]]:
    """A deck for an audience in a look, and its pages."""
    path = ROOT / "decks" / f"{name}.yaml"
    deck = deckgen.build(deckgen.load(path, audience, theme, template=template))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "deck.pptx"
        deck.save(source)
        return deck, [Image.open(p).convert("RGB") for p in to_png(source, Path(folder), 96)]


def sheet(pages: list[Image.Image], columns: int = COLUMNS) -> Image.Image:
    """All pages in rows on grey."""
    height = WIDTH * 9 // 16
    rows = -(-len(pages) // columns)
    size = (columns * (WIDTH + GAP) + GAP, rows * (height + GAP) + GAP)
    picture = Image.new("RGB", size, "#9AA5AD")
    for index, page in enumerate(pages):
        x = GAP + index % columns * (WIDTH + GAP)
        y = GAP + index // columns * (height + GAP)
        picture.paste(page.resize((WIDTH, height), Image.Resampling.LANCZOS), (x, y))
    return picture


def save(image: Image.Image, name: str, whole: bool = False) -> None:
    """Few colours make small files; slides are flat, but the accent is rare and must stay.

    Several looks have too many for that: they keep the `whole` of theirs.
    """
    kept = image if whole else image.quantize(256, method=Image.Quantize.MAXCOVERAGE)
    kept.save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
