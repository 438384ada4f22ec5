"""Figures are drawn as they are laid out: sharp, with text as text, the same in every process."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from deckgen.figures.faces import find_faces, missing_letters
from deckgen.figures.plate import (
    READABLE,
    Area,
    Lettering,
    Plate,
    Words,
    ink_on,
    rectangle,
    set_lines,
    set_middle,
)
from deckgen.figures.press import print_plate
from deckgen.theme import contrast, load_theme, luminance, mix

BOLD = Lettering("Arial", 14, bold=True)


def plate(*words: str, x: float = 10, apart: float = 20, width: float = 216) -> Plate:
    """A plate of three inches with a box and lines of words."""
    lines = [
        line
        for number, text in enumerate(words)
        for line in set_lines([text], x, 10 + number * apart, BOLD, "12212E")
    ]
    shapes: tuple[Area | Words, ...] = (rectangle(5, 5, 100, 50, "E6EDF1"), *lines)
    return Plate(width, 108, "FFFFFF", "Arial", shapes)


def texts_of(svg: bytes) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg.decode())


def test_a_picture_has_200_pixels_an_inch_and_its_ground() -> None:
    printed = print_plate(plate("Merrow Line"))
    with Image.open(BytesIO(printed.png)) as image:
        assert image.size == (600, 300)
        assert round(image.info["dpi"][0]) == 200
        assert image.convert("RGB").getpixel((599, 299)) == (255, 255, 255)
        assert image.convert("RGB").getpixel((250, 40)) == (0xE6, 0xED, 0xF1)


def test_an_svg_has_its_text_as_text_in_the_themes_face() -> None:
    svg = print_plate(plate("Cranes & tugs", "EUR $5 to $6 <each>")).svg.decode()
    assert texts_of(svg.encode()) == ["Cranes &amp; tugs", "EUR $5 to $6 &lt;each&gt;"]
    families = re.findall(r"font-family: ([^;\"]*)", svg)
    assert families[0].startswith("'Arial', 'Liberation Sans'")
    assert families[0].endswith("sans-serif")
    assert 'width="216pt" height="108pt"' in svg
    assert "<!DOCTYPE" not in svg
    assert "matplotlib" not in svg.lower()
    assert not re.search(r"\b20\d\d-\d\d-\d\d", svg)


def test_equal_plates_give_equal_bytes_whatever_the_hash_seed_and_the_users_settings(
    tmp_path: Path,
) -> None:
    (tmp_path / "matplotlibrc").write_text(
        "text.usetex: True\nfont.size: 30\nsavefig.transparent: True\naxes.unicode_minus: False\n"
    )
    code = (
        "import hashlib\n"
        "from test_figures import plate\n"
        "from deckgen.figures.press import print_plate\n"
        "made = print_plate(plate('Merrow Line', 'Calder'))\n"
        "print(hashlib.sha256(made.png + made.svg).hexdigest())\n"
    )
    made = print_plate(plate("Merrow Line", "Calder"))
    hashes = {hashlib.sha256(made.png + made.svg).hexdigest()}
    for seed in ("1", "2"):
        settings = {"PYTHONHASHSEED": seed, "MATPLOTLIBRC": str(tmp_path)}
        paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True,
            env={**os.environ, **settings, "PYTHONPATH": paths},
        )  # fmt: skip
        hashes.add(done.stdout.strip())
    assert len(hashes) == 1


def test_words_that_leave_the_figure_or_lie_over_others_are_told() -> None:
    assert print_plate(plate("Merrow Line", "Calder Ferries")).faults == ()
    (fault,) = print_plate(plate("Merrow Line", x=180)).faults
    assert fault.startswith("“Merrow Line” leaves the figure by 0.")
    (fault,) = print_plate(plate("Merrow Line", "Calder Ferries", apart=6)).faults
    assert fault.startswith("“Calder Ferries” lies over “Merrow Line” by 0.")


def test_words_are_measured_as_matplotlib_draws_them() -> None:
    words = "Container quay of the Merrow Line"
    width = 10 + BOLD.width(words)
    assert print_plate(plate(words, width=width)).faults == ()
    assert print_plate(plate(words, width=width - 4)).faults != ()


def test_a_face_that_is_missing_has_one_of_its_widths_or_is_told() -> None:
    assert find_faces("Arial").families[0] in ("Arial", "Liberation Sans", "Arimo")
    assert not find_faces("Arial").stands_in
    unknown = find_faces("No Such Face")
    assert unknown.stands_in
    assert unknown.families[0] in ("Arial", "Liberation Sans", "Arimo")
    assert unknown.css.startswith("'No Such Face', 'DejaVu Sans'")


def test_letters_that_no_face_has_are_told() -> None:
    assert missing_letters("Ångström – “quay”", find_faces("Arial")) == ""
    (fault,) = print_plate(plate("A \U0010fffd")).faults
    assert "no installed face has the letters “\U0010fffd”" in fault


def test_no_deck_without_a_figure_loads_matplotlib(tmp_path: Path) -> None:
    path = tmp_path / "deck.yaml"
    path.write_text("title: T\nslides:\n  - {kind: bullets, title: T, points: [One]}\n", "utf-8")
    code = (
        "import sys, deckgen, deckgen.slides\n"
        "for kind in deckgen.slides.kind_names(): deckgen.slides.load_kind(kind)\n"
        f"deckgen.build(deckgen.load({str(path)!r}))\n"
        "print([name for name in ('matplotlib', 'numpy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("name", ["light", "dark"])
def test_ink_can_be_read_on_any_mixture_and_mixtures_keep_their_order(name: str) -> None:
    theme = load_theme(name, 3)
    for strong in ("brand", "pos", "neg", "accent"):
        ends = theme.color("surface2"), theme.color(strong)
        made = [ink_on(theme, mix(*ends, share / 40)) for share in range(41)]
        assert all(contrast(fill, ink) >= READABLE for fill, ink in made)
        steps = [luminance(fill) for fill, _ in made]
        falls = steps[0] > steps[-1]
        assert all((a >= b - 0.005) if falls else (a <= b + 0.005) for a, b in pairwise(steps))


def test_lines_break_at_words_and_not_within() -> None:
    assert BOLD.wrap("Merrow Line", 400, 2) == ("Merrow Line",)
    assert BOLD.wrap("Merrow Line", 60, 2) == ("Merrow", "Line")
    assert BOLD.wrap("Merrow Line", 60, 1) == ()
    assert BOLD.wrap("Hafenbetriebsgesellschaft", 60, 3) == ()


def test_the_capitals_of_lines_stand_around_their_middle() -> None:
    one, two = set_middle(["A", "B"], 0, 100, BOLD, "000000")
    tops = one.y - 14 * 0.73
    assert round((tops + two.y) / 2, 3) == 100
