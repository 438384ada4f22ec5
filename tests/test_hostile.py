"""Hostile and broken input, as somebody meets it who builds a deck from it.

Whatever comes in, the answer is a deck without faults, or a mistake told at its line with exit
code 2: within five seconds and 500 MB, and no file is left half written.
"""

from __future__ import annotations

import io
import os
import resource
import signal
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from pathlib import Path

import openpyxl
import pytest
from msgspec import Struct
from PIL import Image

import deckgen
from deckgen.builder import write_all
from deckgen.limits import LIMITS, MOST_CHARACTERS, MOST_LEVELS, MOST_SLIDES, MOST_VALUES
from deckgen.loader import load_text
from deckgen.source import OutlineError
from outlines import problems_of
from package_check import package_problems
from validators import audit_problems

ROOT = Path(__file__).parents[1]
SECONDS = 5.0
MEGABYTES = 500
GOOD = "title: Who controls the harbour\n"
RANKED = f"""{GOOD}sources: {{id: survey, text: "Port survey, 2025"}}
source: survey
tiers: [{{name: Owners}}, {{name: Renters}}]
"""


# A process is told to have had as much memory as the one that it was forked from: so a small
# one stands between the tests and what they measure.
MEASURED = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[2:])
_, status, used = os.wait4(process.pid, 0)
with open(sys.argv[1], "w") as report:
    report.write(f"{used.ru_utime + used.ru_stime} {used.ru_maxrss / 1024}")
code = os.waitstatus_to_exitcode(status)
sys.exit(code if code >= 0 else 128 - code)
"""


class Done(Struct, frozen=True):
    """A command that has ended: its exit code, what it printed, what it took."""

    code: int
    said: str
    seconds: float  # of work
    megabytes: float


def run(*arguments: object, cwd: Path, file_size: int = 0) -> Done:
    """A deckgen command. It is killed after a minute, and may have a gigabyte."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
        if file_size:
            resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))

    report = cwd.parent / f"{cwd.name}.used"
    command = [sys.executable, "-S", "-c", MEASURED, report, sys.executable, "-m", "deckgen"]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with (
        (cwd.parent / f"{cwd.name}.said").open("w+b") as said,
        subprocess.Popen(
            [*map(str, command), *map(str, arguments)], cwd=cwd, env=env,
            stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True,
            preexec_fn=limit,  # noqa: PLW1509 - no threads here
        ) as process,
    ):  # fmt: skip
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        said.seek(0)
        words = said.read().decode("utf-8", "replace")
    seconds, megabytes = map(float, report.read_text().split())
    return Done(process.returncode, words, seconds, megabytes)


def refused(done: Done, words: str, line: int = 0) -> None:
    """A mistake was told (at its line, if it has one), quickly, and nothing fell over."""
    assert done.code == 2, done.said[:2000]
    assert words in done.said, done.said[:2000]
    if line:
        assert f".yaml:{line}:" in done.said, done.said[:2000]
    assert "Traceback" not in done.said
    assert "a fault in deckgen" not in done.said
    assert done.seconds < SECONDS
    assert done.megabytes < MEGABYTES


def build(folder: Path, text: str | bytes, name: str = "deck.yaml") -> Done:
    """Build an outline in a folder of its own; nothing is left but it, or it and a deck."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    before = {*folder.rglob("*")}
    done = run("build", name, "-o", "deck.pptx", cwd=folder)
    left = {*folder.rglob("*")} - before
    assert left == ({folder / "deck.pptx"} if done.code == 0 else set())
    return done


def slides(*rows: str) -> str:
    return RANKED + "slides:\n" + "".join(f"  - {row}\n" for row in rows)


def bomb(levels: str = "bcdefghij") -> str:
    """Ten entries, each an alias of the ten before: ten to the ninth in the end."""
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    for before, name in zip("a" + levels, levels, strict=False):
        lines.append(f"{name}: &{name} [{', '.join(['*' + before] * 10)}]")
    return "\n".join(lines)


# -- YAML that is too much ------------------------------------------------------------

MEGA = 1_000_000
TOO_MUCH: dict[str, tuple[str, str, int]] = {
    "alias bomb": (f"title: x\n{bomb()}\ncompanies: *j\n", "unknown key `a`", 2),
    "alias bomb of points": (
        slides("{kind: bullets, title: x, points: &a [" + "x, " * 900 + "]}",
               *["{kind: bullets, title: x, points: *a}"] * 900), f"over {MOST_VALUES:,} values", 6,
    ),
    "alias bomb of texts": (
        f"title: x\nsubtitle: &a {'word ' * 1900}\n"
        + "slides:\n" + "  - {kind: bullets, title: *a, points: [*a, *a]}\n" * 900,
        f"over {MOST_CHARACTERS:,} characters of text", 0,
    ),
    "an anchor within itself": (
        "title: x\nquestion: &a {text: x, prompts: [*a]}\n", "contains itself", 2),
    "100 MB of YAML": (f"title: x\n# {'x' * 100 * MEGA}", "the file is larger than 5 MB", 0),
    "nested lists": ("title: " + "[" * 10_000, f"more than {MOST_LEVELS} levels", 1),
    "nested mappings": ("title: " + "{a: " * 10_000, f"more than {MOST_LEVELS} levels", 1),
    "nested blocks": (
        "title:\n" + "".join(" " * n + "a:\n" for n in range(1, 2500)),
        f"more than {MOST_LEVELS} levels", 61,
    ),
    "nested dashes": ("title:\n" + "- " * 10_000, f"more than {MOST_LEVELS} levels", 2),
    "nested keys": ("title:\n" + "? " * 10_000, f"more than {MOST_LEVELS} levels", 2),
    "half a million values": (
        "title: x\ncompanies: [" + "a," * 500_000 + "]", f"{MOST_VALUES:,} values", 2,
    ),
    "a mapping of 300,000 keys": (
        "title: x\nlabels:\n" + "".join(f"  k{n}: 1\n" for n in range(300_000)),
        f"{MOST_VALUES:,} values", 0,
    ),
    "a mapping of 20,000 keys": (
        "title: x\nlabels:\n" + "".join(f"  k{n}: 1\n" for n in range(20_000)), "unknown key", 3,
    ),
    "a title of 1 MB": ("title: " + "word " * 200_000, "characters", 1),
    "a title of one word": ("title: " + "w" * MEGA, "characters", 1),
    "a title of asterisks": ("title: '" + "*a" * 4_900 + "'", "Markdown knows", 1),
    "a title of brackets": ("title: '" + "[" * 9_999 + "'", "Markdown knows", 1),
    "a thousand titles of 490 letters": (
        slides(*["{kind: bullets, title: " + "word " * 98 + ", points: [a]}"] * 900),
        "shorten it", 6,
    ),
    "10,000 slides": (
        slides(*["{kind: bullets, title: It holds, points: [a]}"] * 8_000),
        f"`slides` takes at most {MOST_SLIDES:,} entries, not 8,000", 4006,
    ),
    "a company in 2,000 copies": (
        RANKED + "companies:\n" + "  - {name: Alpha, tier: 1}\n" * 2_000,
        "`companies` takes at most 300 entries, not 2,000", 306,
    ),
    "a company in 300 copies": (
        RANKED + "companies:\n" + "  - {name: Alpha, tier: 1}\n" * 300, "Alpha stands twice", 7,
    ),
    "3,000 references that lead nowhere": (
        slides(*["{kind: bullets, title: It holds, points: [a], source: [" +
                 ", ".join(f"q{n}" for n in range(30)) + "]}"] * 100),
        "no source has the id “q0”", 6,
    ),
    "20,000 rows of a table": (
        slides("{kind: table, title: x, columns: [A, B], rows: [" + "[a, b]," * 9_000 + "]}"),
        "`rows` takes at most 1,000 entries, not 9,000", 6,
    ),
    "maps of 300 companies again and again": (
        RANKED + "companies:\n" + "".join(f"  - {{name: C{n}, tier: 1}}\n" for n in range(300))
        + "slides:\n" + "  - {kind: tier-map, title: x}\n" * 900,
        "a deck takes 6 slides that show them all, not 900", 313,
    ),
    "21 sources of one claim": (
        f"{GOOD}source: [{', '.join(f's{n}' for n in range(21))}]\n",
        "`source` takes at most 20 entries, not 21", 2,
    ),
    "51 audiences": (
        GOOD + "audiences:\n" + "".join(f"  - name: a{n}\n" for n in range(51)),
        "at most 50 audiences", 53,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TOO_MUCH)
def test_too_much_is_told_at_once(name: str, tmp_path: Path) -> None:
    text, words, line = TOO_MUCH[name]
    refused(build(tmp_path, text), words, line)


def test_large_and_wide_outlines_within_the_limits_build_in_time(tmp_path: Path) -> None:
    companies = "".join(f"  - {{name: Company {n}, tier: {n % 2 + 1}}}\n" for n in range(300))
    audiences = "".join(f"  - {{name: a{n}, title: For {n}}}\n" for n in range(50))
    for text in (
        f"{RANKED}companies:\n{companies}",
        slides(*(f"{{kind: bullets, title: It holds {n}, points: [a]}}" for n in range(1000))),
        slides("{kind: table, title: x, columns: [A, B], rows: [" + "[a, b]," * 1000 + "]}"),
        f"{RANKED}question: Why?\ncompanies:\n{companies}slides:\n"
        + "  - {kind: closing}\n" * 50
        + "  - {kind: summary, title: x}\n" * 50,
        f"{RANKED}slides: [{{kind: bullets, title: x, points: [a]}}]\naudiences:\n{audiences}",
    ):
        done = build(tmp_path, text)
        assert done.code == 0, done.said
        assert done.seconds < SECONDS
        assert done.megabytes < MEGABYTES
        (tmp_path / "deck.pptx").unlink()


def test_of_very_many_mistakes_the_first_are_told() -> None:
    told = problems_of(slides(*["{kind: bullet, title: x}"] * 900))
    assert len(told) == 201
    assert "no slide kind is called “bullet”" in told[0]
    assert told[-1].startswith("deck.yaml:206:")
    assert told[-1].endswith("from here on there are more mistakes")


def test_the_limits_are_documented() -> None:
    reference = (ROOT / "decks" / "OUTLINE.md").read_text("utf-8")
    assert all(f"| {what} | {most:,} |" in reference for what, most in LIMITS.items())
    assert MOST_VALUES > 20 * 1_300  # the flagship's


# -- YAML that is odd --------------------------------------------------------------------

CHART = (
    "{{kind: bar-chart, title: It holds, measure: m, rows: "
    "[{{name: a, value: {}}}, {{name: b, value: 2}}, {{name: c, value: 3}}]}}"
)
ODD: dict[str, tuple[str | bytes, str, int]] = {
    "a huge integer": (slides(CHART.format("9" * 5_000)), "`value` wants a number", 6),
    "an integer of 400 digits": (slides(CHART.format("1" * 400)), "`value` wants a number", 6),
    "NaN": (slides(CHART.format(".nan")), "`value` wants a number", 6),
    "nan": (slides(CHART.format("nan")), "`value` wants a number", 6),
    "infinity": (slides(CHART.format("-.inf")), "`value` wants a number", 6),
    "1e400": (slides(CHART.format("1e400")), "`value` wants a number", 6),
    "a merge key": ("title: x\nlabels: &a {tier: rank}\nquestion: {<<: *a, text: x}\n",
                    "merge keys (`<<`) are not read", 3),
    "a duplicate key": ("title: x\nauthor: a\ntitle: y\n", "the key `title` stands twice", 3),
    "several documents": ("title: x\n---\ntitle: y\n", "a second document begins here", 2),
    "UTF-16, little end first": ("title: x\n".encode("utf-16"), "the file is UTF-16", 1),
    "UTF-16, big end first": (b"\xfe\xff" + "title: x\n".encode("utf-16-be"),
                              "the file is UTF-16", 1),
    "UTF-16 without its mark": ("title: x\n".encode("utf-16-le"), "a control character", 1),
    "UTF-32": ("title: x\n".encode("utf-32"), "the file is UTF-16", 1),
    "bytes that are no text": (b"title: x\nauthor: \xff\xfe\n", "the file is not UTF-8", 2),
    "a deck that is called an outline": (b"PK\x03\x04\x00\x00\xff", "", 1),
    "a tag that would run a program": (
        "title: x\nauthor: !!python/object/apply:os.system [touch ran]\n", "wants text", 2),
    "a tag that would make an object": (
        "title: x\nlabels: !!python/object:deckgen.source.Mark {tier: rank, x: 1}\n",
        "unknown key `x`", 2),
    "a null byte": (b"title: a\x00b\n", "a control character (U+0000)", 1),
    "a null byte as an escape": ('title: "a\\0b"\n', "a control character or a tab (U+0000)", 1),
    "U+FFFE": ('title: "a\\uFFFEb"\n', "(U+FFFE)", 1),
    "half of a surrogate pair": ('title: "a\\ud800b"\n', "", 1),
    "half of a surrogate pair in UTF-8": (b"title: a\xed\xa0\x80b\n", "not UTF-8", 1),
    "an escape for a terminal": (
        'title: "\\e[2J"\nslides: [{kind: "\\e[31mred"}]\n', "(U+001B)", 1),
    "no mapping at all": ("[]\n", "an outline is a mapping", 1),
    "nothing": ("", "the outline is empty", 1),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_odd_yaml_is_told_at_its_line(name: str, tmp_path: Path) -> None:
    text, words, line = ODD[name]
    done = build(tmp_path, text)
    refused(done, words, line)
    assert "\x1b" not in done.said
    assert "\x00" not in done.said


def test_words_that_yaml_takes_for_something_else_stay_words(tmp_path: Path) -> None:
    outline = load_text(
        "title: no\nsubtitle: 2026-11-01T10:00:00Z\nauthor: yes\ndate: 2026-11-01\n"
        "short_title: 1_000\nkicker: 0o17\nslides: [{kind: bullets, title: off, points: [on, 1e3, "
        ".nan, 12:30:00, 0x1F, =]}]\n"
    )
    assert (outline.title, outline.author, outline.date) == ("no", "yes", "2026-11-01")
    assert (outline.subtitle, outline.short_title) == ("2026-11-01T10:00:00Z", "1_000")
    deck = deckgen.build(outline)
    xml = zipfile.ZipFile(io.BytesIO(deck.data)).read("ppt/slides/slide1.xml").decode()
    for words in ("off", "on", "1e3", ".nan", "12:30:00", "0x1F", "="):
        assert f">{words}<" in xml


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    assert build(tmp_path, b"\xef\xbb\xbf" + GOOD.encode()).code == 0


# -- names that deceive --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Alpha\u202eahpla", "U+202E"), ("\u202dAlpha\u202c", "U+202D"), ("\u202aAlpha", "U+202A"),
        ("Alpha\u202c", "U+202C"), ("\u2067Alpha", "U+2067"), ("Alpha\u2069", "U+2069"),
        ("\u2067Al\u202bph\u2069a\u202c", "U+2069"),
    ],
)  # fmt: skip
def test_characters_that_turn_text_around_are_told(words: str, code: str) -> None:
    companies = f"companies:\n  - {{name: Beta, tier: 1}}\n  - {{name: {words}, tier: 1}}\n"
    (told,) = problems_of(RANKED + companies)
    assert told.startswith("deck.yaml:7:"), told
    assert "turns the direction" in told
    assert code in told
    assert told.isprintable()


@pytest.mark.parametrize(
    "words",
    ["بنك الخليج", "בנק הפועלים", "\u2067בנק\u2069 Leumi", "می\u200cخواهم", "👩\u200d💻 Labs"],
)
def test_names_in_any_script_stay(words: str) -> None:
    outline = load_text(RANKED + f"companies: [{{name: {words}, tier: 1}}]\n")
    assert outline.companies[0].name == words
    assert package_problems(deckgen.build(outline).data) == []


def test_a_message_cannot_steer_the_terminal() -> None:
    (told,) = problems_of('title: x\nslides: [{kind: "\\e[2J\\r\\u202e"}]\n')
    assert "no slide kind is called" in told
    assert told.isprintable()


# -- cells that spreadsheets would run -------------------------------------------------------


def test_cells_that_begin_like_formulas_are_text(tmp_path: Path) -> None:
    hostile = ["=1+1", "+1", "-1+1", "@SUM(1)", "=cmd|'/c calc'!A0", "\u00a0=1", "{=1}"]
    rows = ", ".join(f'{{name: "{words}", value: 3}}' for words in hostile)
    cells = ", ".join(f'["{words}", b]' for words in hostile)
    text = slides(
        f'{{kind: bar-chart, title: It holds, measure: "=1+2", rows: [{rows}]}}',
        f"{{kind: table, title: It holds too, columns: [A, B], rows: [{cells}]}}",
    )
    data = deckgen.build(load_text(text)).data
    assert package_problems(data) == []
    deck = zipfile.ZipFile(io.BytesIO(data))
    books = [name for name in deck.namelist() if name.endswith(".xlsx")]
    assert books
    seen = set()
    for name in books:
        inner = zipfile.ZipFile(io.BytesIO(deck.read(name)))
        for part in inner.namelist():
            if "worksheets/" in part:
                assert b"<f" not in inner.read(part)
        for row in openpyxl.load_workbook(io.BytesIO(deck.read(name))).active or ():
            for cell in row:
                assert cell.data_type in ("s", "n")
                seen |= {cell.value} if cell.data_type == "s" else set()
    assert {*hostile, "=1+2"} - {"\u00a0=1"} <= seen


# -- pictures --------------------------------------------------------------------------------

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script>' \
      b'<image href="http://example.com/a.png"/></svg>'  # fmt: skip


def picture(folder: Path, name: str) -> Done:
    return build(
        folder,
        f'{GOOD}slides:\n  - kind: image\n    title: It holds\n    file: "{name}"\n    alt: A\n',
    )


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, pixels: bytes, *more: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    body = [chunk(b"IDAT", zlib.compress(pixels, 9)), *more, chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(body)


def drawn(form: str, size: int = 200) -> bytes:
    out = io.BytesIO()
    image = Image.effect_noise((size, size), 80).convert("RGB")
    image.save(out, form)
    return out.getvalue()


GIF_FRAME = b"\x2c" + struct.pack("<HHHHB", 0, 0, 7000, 7000, 0) + b"\x02\x02\x4c\x01\x00"
PICTURES: dict[str, tuple[bytes, str, str]] = {
    "a PNG of 60,000 by 60,000": (png(60_000, 60_000, b"x"), "p.png", "60,000 × 60,000 pixels"),
    "a PNG that unpacks to 200 MB": (png(8, 8, bytes(200 * MEGA)), "p.png", "not whole"),
    "a PNG with too few pixels": (png(800, 800, bytes(100)), "p.png", "damaged, or not whole"),
    "a PNG without pixels": (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(
        ">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)) + chunk(b"IEND", b""), "p.png", "damaged, or not whole"),
    "a PNG of no known colours": (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(
        ">IIBBBBB", 8, 8, 8, 9, 0, 0, 0)) + chunk(b"IEND", b""), "p.png", "damaged, or not whole"),
    "a PNG cut off": (drawn("PNG")[:-500], "p.png", "damaged, or not whole"),
    "a PNG cut off and closed": (drawn("PNG")[:-5_000] + chunk(b"IEND", b""), "p.png", "not whole"),
    "a PNG with a wrong sum": (drawn("PNG").replace(b"IDAT\x78", b"IDAT\x79", 1), "p.png",
                               "not whole"),
    "a JPEG cut off": (drawn("JPEG")[:-5_000], "p.jpg", "damaged, or not whole"),
    "a JPEG that is only a beginning": (drawn("JPEG")[:30], "p.jpg", "damaged"),
    "a JPEG of thousands of scans": (
        drawn("JPEG")[:-2] + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" * 5_000 + b"\xff\xd9",
        "p.jpg", "damaged, or not whole"),
    "a GIF cut off": (drawn("GIF")[:-2_000], "p.gif", "damaged, or not whole"),
    "a GIF of 50 frames of 49 million pixels": (
        b"GIF89a" + struct.pack("<HHBBB", 7000, 7000, 0, 0, 0) + GIF_FRAME * 50 + b"\x3b", "p.gif",
        "damaged, or not whole"),
    "an SVG with a script": (SVG, "p.svg", "is no picture by its name"),
    "an SVG that is called PNG": (SVG, "p.png", "holds no picture"),
    "a PNG that is called JPEG": (drawn("PNG"), "p.jpg", "is a PNG by its bytes"),
    "a JPEG that is called GIF": (drawn("JPEG"), "p.gif", "is a JPEG by its bytes"),
    "a web page that is called PNG": (b"<html><script>1</script>", "p.png", "holds no picture"),
    "a deck that is called PNG": (b"PK\x03\x04" + bytes(100), "p.png", "holds no picture"),
    "an empty file": (b"", "p.png", "holds no picture"),
    "11 MB of noise": (b"\x89PNG\r\n\x1a\n" + bytes(11 * MEGA), "p.png", "has 11.0 MB"),
}  # fmt: skip


@pytest.mark.parametrize("name", PICTURES)
def test_files_that_are_no_good_pictures(name: str, tmp_path: Path) -> None:
    data, file, words = PICTURES[name]
    (tmp_path / file).write_bytes(data)
    refused(picture(tmp_path, file), words, 5)


@pytest.mark.parametrize(
    ("form", "options"),
    [("PNG", {}), ("PNG", {"optimize": True}), ("JPEG", {"progressive": True}), ("GIF", {})],
)
@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "I;16"])
def test_pictures_of_any_depth_are_whole(
    form: str, options: dict[str, bool], mode: str, tmp_path: Path
) -> None:
    if form != "PNG" and mode in ("RGBA", "LA", "I;16"):
        mode = "RGB"
    image = Image.new(mode, (301, 203)) if mode == "I;16" else Image.effect_noise(
        (301, 203), 90).convert(mode)  # fmt: skip
    path = tmp_path / f"p.{form.lower()}"
    (image.convert("L") if form == "JPEG" else image).save(path, form, **options)
    outline = f"{GOOD}slides: [{{kind: image, title: It holds, file: {path.name}, alt: A}}]\n"
    (tmp_path / "deck.yaml").write_text(outline)
    assert package_problems(deckgen.build(deckgen.load(tmp_path / "deck.yaml")).data) == []


def test_an_interlaced_png_is_whole(tmp_path: Path) -> None:
    """Adam7 by hand: of 5 by 5 pixels, seven passes with the rows that they have."""
    passes = [(1, 1), (1, 1), (2, 1), (1, 2), (3, 1), (2, 3), (5, 2)]
    pixels = b"".join(bytes(rows * (1 + columns)) for columns, rows in passes)
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 5, 5, 8, 0, 0, 0, 1))
    data = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")
    assert Image.open(io.BytesIO(data)).convert("RGB").size == (5, 5)  # Pillow reads it
    (tmp_path / "p.png").write_bytes(data)
    assert picture(tmp_path, "p.png").code == 0


OUTSIDE = "leads out of the outline’s folder"
NO_PATH = "must be a path from the outline’s folder"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("/etc/passwd", NO_PATH), ("../outside.png", OUTSIDE), ("a/../../outside.png", OUTSIDE),
        ("link.png", OUTSIDE), ("linked/outside.png", OUTSIDE), ("loop.png", ""),
        ("C:/outside.png", NO_PATH), ("C:\\\\outside.png", NO_PATH), ("..\\\\outside.png", NO_PATH),
        ("\\\\\\\\server\\\\share\\\\a.png", NO_PATH), ("//server/share/a.png", NO_PATH),
        ("http://example.com/a.png", NO_PATH), ("file:///etc/passwd", NO_PATH),
        ("/dev/zero", NO_PATH), ("zero.png", OUTSIDE), ("pipe.png", "is no regular file"),
        ("folder.png", "is no regular file"), (".", "is no regular file"), ("..", OUTSIDE),
        ("absent.png", "there is no file"), ("a/" * 3000 + "p.png", "no usable path"),
        ("p" * 300 + ".png", "no usable path"), ("~/outside.png", "there is no file"),
    ],
)  # fmt: skip
def test_pictures_come_from_the_outlines_folder_alone(
    name: str, words: str, tmp_path: Path
) -> None:
    (tmp_path / "outside.png").write_bytes(drawn("PNG"))
    folder = tmp_path / "within"
    (folder / "folder.png").mkdir(parents=True)
    (folder / "a").mkdir()
    os.mkfifo(folder / "pipe.png")
    (folder / "link.png").symlink_to(tmp_path / "outside.png")
    (folder / "linked").symlink_to(tmp_path)
    (folder / "zero.png").symlink_to("/dev/zero")
    (folder / "loop.png").symlink_to("loop.png")
    refused(picture(folder, name), words, 5)


def test_a_picture_on_many_slides_is_read_and_kept_once(tmp_path: Path) -> None:
    (tmp_path / "p.png").write_bytes(drawn("PNG", 1200))
    size = (tmp_path / "p.png").stat().st_size
    done = build(tmp_path, slides(*["{kind: image, title: It holds, file: p.png, alt: A}"] * 200))
    assert done.code == 0, done.said
    assert done.megabytes < MEGABYTES
    assert (tmp_path / "deck.pptx").stat().st_size < 2 * size + MEGA


def test_pictures_of_over_100_mb_in_all_are_told(tmp_path: Path) -> None:
    noise = os.urandom(9 * MEGA)
    good = png(3000, 3000, b"".join(b"\0" + noise[n : n + 3000] for n in range(0, 9 * MEGA, 3000)))
    for number in range(12):
        (tmp_path / f"p{number}.png").write_bytes(good)
    rows = [f"{{kind: image, title: It {n}, file: p{n}.png, alt: A}}" for n in range(12)]
    refused(build(tmp_path, slides(*rows)), "and a deck takes 100", 17)


# -- outlines that name other outlines, or are no files ------------------------------------------


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("../base.yaml", "leads out of this file’s folder"),
        ("link.yaml", "leads out of this file’s folder"),
        ("/etc/passwd", "is no outline"), ("/etc/a.yaml", "must be a path from this file’s folder"),
        ("http://example.com/a.yaml", "must be a path from this file’s folder"),
        ("\\\\\\\\server\\\\a.yaml", "is no outline"), ("C:/a.yaml", "must be a path"),
        ("pipe.yaml", "there is no file"), ("folder.yaml", "there is no file"),
        ("p" * 300 + ".yaml", "there is no file"), ("deck.yaml", ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("key", ["extends", "file"])
def test_other_outlines_come_from_the_folder_alone(
    key: str, name: str, words: str, tmp_path: Path
) -> None:
    (tmp_path / "base.yaml").write_text(GOOD)
    folder = tmp_path / "within"
    (folder / "folder.yaml").mkdir(parents=True)
    os.mkfifo(folder / "pipe.yaml")
    (folder / "link.yaml").symlink_to(tmp_path / "base.yaml")
    text = (
        f'extends: "{name}"\n' if key == "extends" else f'{GOOD}audiences: [{{file: "{name}"}}]\n'
    )
    refused(build(folder, text), words, 1 if key == "extends" else 2)


def test_an_audience_in_a_folder_below_is_found_by_its_outline(tmp_path: Path) -> None:
    (tmp_path / "rooms").mkdir()
    (tmp_path / "rooms" / "board.yaml").write_text("extends: ../deck.yaml\ntitle: For the board\n")
    (tmp_path / "deck.yaml").write_text(f"{GOOD}audiences: [{{file: rooms/board.yaml}}]\n")
    assert deckgen.load(tmp_path / "deck.yaml", "board").title == "For the board"


@pytest.mark.parametrize("command", ["build", "check", "titles", "audiences"])
@pytest.mark.parametrize("name", ["pipe", "/dev/zero", "/dev/stdin", "folder", "-", "loop"])
def test_an_outline_is_a_file(command: str, name: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    done = run(command, name, cwd=tmp_path)
    assert done.code == 2, done.said
    assert "Traceback" not in done.said
    assert done.seconds < SECONDS


@pytest.mark.parametrize("name", ["deck.yaml", "zero.yaml", "pipe.yaml"])
def test_render_refuses_what_build_does(name: str, tmp_path: Path) -> None:
    (tmp_path / "deck.yaml").write_text(f"title: x\n{bomb()}\ncompanies: *j\n")
    (tmp_path / "zero.yaml").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe.yaml")
    done = run("render", name, "--pdf", "-o", "x.pdf", cwd=tmp_path)
    assert done.code == 2, done.said
    assert not (tmp_path / "x.pdf").exists()


def test_names_that_zips_and_shells_stumble_over(tmp_path: Path) -> None:
    """The parts of a deck are named by deckgen alone, whatever files and ids are called."""
    name = "a&b <c> 'd' $(id).png"
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / name).write_bytes(drawn("PNG"))
    slide = f'id: "../../evil", title: It holds, file: "sub/{name}", alt: A'
    assert build(tmp_path, slides(f"{{kind: image, {slide}}}")).code == 0
    with zipfile.ZipFile(tmp_path / "deck.pptx") as deck:
        names = deck.namelist()
    assert all(name.isascii() and ".." not in name and not name.startswith("/") for name in names)
    assert audit_problems(tmp_path / "deck.pptx") == []


# -- outputs ----------------------------------------------------------------------------------


def test_an_output_that_is_the_outline_by_any_name(tmp_path: Path) -> None:
    outline = tmp_path / "deck.yaml"
    outline.write_text(GOOD)
    (tmp_path / "soft.pptx").symlink_to(outline)
    (tmp_path / "hard.pptx").hardlink_to(outline)
    for name in ("deck.yaml", "soft.pptx", "hard.pptx", "./deck.yaml"):
        done = run("build", "deck.yaml", "-o", name, cwd=tmp_path)
        refused(done, "the deck would overwrite its own outline")
    assert outline.read_text() == GOOD
    assert {path.name for path in tmp_path.iterdir()} == {"deck.yaml", "soft.pptx", "hard.pptx"}


@pytest.mark.parametrize(
    "name", ["folder", "folder.pptx", "deck.yaml/deck.pptx", "/proc/deck.pptx", "/dev/full",
             "x" * 252 + ".pptx"]
)  # fmt: skip
def test_outputs_that_cannot_be_written(name: str, tmp_path: Path) -> None:
    (tmp_path / "deck.yaml").write_text(GOOD)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder.pptx").mkdir()
    done = run("build", "deck.yaml", "-o", name, cwd=tmp_path)
    assert done.code == 2, done.said
    assert len(name) < 250 or "too long" in done.said
    assert "Traceback" not in done.said
    assert {path.name for path in tmp_path.iterdir()} == {"deck.yaml", "folder", "folder.pptx"}


def test_a_name_of_250_bytes_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "deck.yaml").write_text(GOOD)
    name = "ä" * 122 + ".pptx"
    assert run("build", "deck.yaml", "-o", name, cwd=tmp_path).code == 0
    assert (tmp_path / name).is_file()


def test_a_full_disk_leaves_the_old_deck_whole(tmp_path: Path) -> None:
    (tmp_path / "deck.yaml").write_text(GOOD)
    (tmp_path / "deck.pptx").write_bytes(b"the old deck")
    done = run("build", "deck.yaml", "-o", "deck.pptx", cwd=tmp_path, file_size=4096)
    refused(done, "cannot be written")
    assert (tmp_path / "deck.pptx").read_bytes() == b"the old deck"
    assert {path.name for path in tmp_path.iterdir()} == {"deck.yaml", "deck.pptx"}


WRITER = """
import os, signal, sys
# As in a terminal; what runs in the background may be started with these ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
from pathlib import Path
from deckgen.builder import write_all
real = os.fsync
def slow(descriptor):
    print("writing", flush=True)
    import time; time.sleep(30)
os.fsync = slow
write_all({Path("deck.pptx"): bytes(1_000_000)})
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_being_ended_while_writing_leaves_the_old_deck_whole(
    number: signal.Signals, tmp_path: Path
) -> None:
    (tmp_path / "deck.pptx").write_bytes(b"the old deck")
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(
        [sys.executable, "-c", WRITER], cwd=tmp_path, env=env, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == b"writing\n"
        process.send_signal(number)
        assert process.wait(10) != 0
    assert (tmp_path / "deck.pptx").read_bytes() == b"the old deck"
    left = [path.name for path in tmp_path.iterdir() if path.name != "deck.pptx"]
    if number == signal.SIGKILL:  # which nobody can answer: CONTRIBUTING.md says so
        assert [name.startswith(".deck.pptx.") and name.endswith(".part") for name in left] == [
            True
        ]
    else:
        assert left == []


def test_signals_stay_as_a_program_has_set_them(tmp_path: Path) -> None:
    def own(*_: object) -> None: ...

    for handler in (own, signal.SIG_IGN, signal.SIG_DFL):
        before = signal.signal(signal.SIGTERM, handler)
        try:
            write_all({tmp_path / "deck.pptx": b"new"})
            assert signal.getsignal(signal.SIGTERM) is handler
        finally:
            signal.signal(signal.SIGTERM, before)


def test_nothing_of_the_outline_is_run_or_fetched(tmp_path: Path) -> None:
    """Python tells of each file, program and connection it opens (PEP 578)."""
    (tmp_path / "deck.yaml").write_text(
        slides(
            '{kind: bullets, title: "$(touch ran) `touch ran` {0.__class__} %(x)s", '
            'points: ["[a](https://example.com/a)", "file:///etc/passwd"]}'
        )
    )
    watch = (
        "import sys\n"
        "def hook(event, arguments):\n"
        "    if event.split('.')[0] in ('socket', 'subprocess', 'urllib') or event in "
        "('os.system', 'os.exec', 'os.posix_spawn'):\n"
        "        print('WATCHED', event, arguments)\n"
        "sys.addaudithook(hook)\n"
        "import deckgen\n"
        "deckgen.build(deckgen.load('deck.yaml'))\n"
        "print('built')\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    said = subprocess.run(
        [sys.executable, "-c", watch], cwd=tmp_path, env=env, capture_output=True, text=True,
        check=True,
    ).stdout  # fmt: skip
    assert said == "built\n"
    assert {path.name for path in tmp_path.iterdir()} == {"deck.yaml"}


def test_a_library_user_gets_the_same_error(tmp_path: Path) -> None:
    begin = time.process_time()
    with pytest.raises(OutlineError) as caught:
        load_text(f"title: x\n{bomb()}\ncompanies: *j\n")
    assert all(problem.mark.line for problem in caught.value.problems)
    with pytest.raises(OutlineError, match="longer than 5,000,000 characters"):
        load_text("title: x\n" + "# x\n" * 25 * MEGA)
    assert time.process_time() - begin < SECONDS


@pytest.mark.parametrize(
    "url", ["https://[x", "https://a:b", "https://?x", "https://a/" + "x" * 3000, "ftp://a", "x"]
)
def test_addresses_that_office_could_not_take_apart_are_told(url: str) -> None:
    source = f'title: x\nsources: [{{id: s, text: S, url: "{url}"}}]\n'
    (told,) = problems_of(source + "slides: [{kind: sources, title: x}]\n")
    assert told.startswith("deck.yaml:2:")
    if "[" in url:
        return  # no link in Markdown: its brackets stay words
    linked = f"title: x\nslides: [{{kind: bullets, title: x, points: ['[a](<{url}>)']}}]\n"
    (told,) = problems_of(linked)
    assert told.startswith("deck.yaml:2:")


def test_a_name_of_7000_letters_is_measured_a_few_times(tmp_path: Path) -> None:
    """The fuzzer's: a map of dependencies tried each width in which the name might be set."""
    text = (ROOT / "decks" / "kinds" / "dependency-map.yaml").read_text("utf-8")
    long = f"{{name: {'Quayside' * 900}, id: quayside,"
    assert "{name: Quayside," in text
    done = build(tmp_path, text.replace("{name: Quayside,", long))
    refused(done, "the 2 nodes of tier 2 need", 34)


# -- theme files ------------------------------------------------------------------------------

BAD_THEMES: dict[str, tuple[str | bytes, str, int]] = {
    "nothing": ("", "the theme is empty", 1),
    "a list": ("[a, b]", "a theme is a mapping that begins with `theme:`, not a list", 1),
    "bytes": (b"theme: x\n\x00\xff\xfe", "the file is not UTF-8", 2),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "the file is not UTF-8", 1),
    "UTF-16": ("theme: x".encode("utf-16"), "the file is UTF-16", 1),
    "100 MB": (f"# {'x' * 100 * MEGA}", "the file is larger than 100 kB", 0),
    "nested lists": ("tiers: " + "[" * 10_000, f"the theme is nested more than {MOST_LEVELS}", 1),
    "alias bomb": (f"{bomb()}\nseries: *j\n", "of `series` wants text, not a list", 8),
    "aliases of aliases": (f"{bomb()}\ntiers: *j\n", "unknown key `a`", 1),
    "an anchor within itself": ("colors: &a {ink: *a}", "wants", 1),
    "a list within itself": ("tiers: &a [*a, *a]", "wants text, not a list", 1),
    "a tag that would run": ("about: !!python/object/apply:os.system [id]", "wants text", 1),
    "a circle": ("theme: x\nextends: ./ours.yaml", "extend one another in a circle", 2),
    "out of the folder": ("extends: ../../etc/passwd.yaml", "leads out of the theme", 1),
    "an address": ("logo: http://example.com/logo.png", "must be a path", 1),
    "a logo elsewhere": ("logo: /etc/passwd", "must be a path", 1),
    "a logo that is none": ("logo: ours.yaml", "is no picture by its name", 1),
    "a device": ("extends: /dev/zero.yaml", "must be a path", 1),
    "thousands of colours": (
        "colors:\n" + "".join(f"  c{n}: FFFFFF\n" for n in range(6000)), "there is no colour", 2),
    "a face of many letters": (f"fonts: {{body: {'x' * 5000}}}", "no face is called", 1),
    "a mark of many letters": (f"classification: {'x' * 9000}", "at the foot of a page", 1),
    "a control character": ("about: a\x07b", "a control character", 1),
    "escapes for the terminal": ('theme: "\\e[31m"', "a control character", 1),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_THEMES)
def test_a_hostile_theme_is_refused_at_its_line(case: str, tmp_path: Path) -> None:
    theme, words, line = BAD_THEMES[case]
    (tmp_path / "ours.yaml").write_bytes(theme if isinstance(theme, bytes) else theme.encode())
    refused(build(tmp_path, f"theme: ./ours.yaml\n{GOOD}"), words, line)
    done = run("themes", "ours.yaml", cwd=tmp_path)
    refused(done, words, line)


def test_a_theme_that_is_a_pipe_or_a_link_out_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "deck"
    folder.mkdir()
    os.mkfifo(folder / "pipe.yaml")
    refused(build(folder, f"theme: ./pipe.yaml\n{GOOD}"), "is no regular file", 1)
    refused(run("themes", "pipe.yaml", cwd=folder), "this is a pipe or a device")
    (tmp_path / "out.yaml").write_text("theme: x", "utf-8")
    (folder / "link.yaml").symlink_to(tmp_path / "out.yaml")
    refused(build(folder, f"theme: ./link.yaml\n{GOOD}"), "leads out of the outline’s folder", 1)


def test_a_theme_s_name_cannot_break_the_xml(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(
        "theme: '\"><x/>&'\nfonts: {body: 'A\"<b>&'}\nclassification: '<&>\"'\n", "utf-8"
    )
    done = build(tmp_path, f"theme: ./ours.yaml\n{GOOD}")
    assert done.code == 0, done.said
    assert package_problems((tmp_path / "deck.pptx").read_bytes()) == []
