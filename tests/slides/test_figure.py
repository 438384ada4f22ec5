"""`figure`: code is run where that is allowed, and its faults are told at the outline's line."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from textwrap import dedent

import pptx
import pytest
from PIL import Image
from typer.testing import CliRunner

import deckgen
from deckgen.cli import app
from deckgen.compose import compose
from deckgen.figures.code import MOST_TOLD
from deckgen.inputs import Options
from deckgen.jobs import Built, Job
from deckgen.leaks import find_leaks
from deckgen.loader import load
from deckgen.pool import run_forked
from deckgen.scene import Page, PictureItem
from deckgen.slides import figure
from deckgen.source import OutlineError, Problem
from deckgen.theme import load_theme

GOOD = """from matplotlib.figure import Figure
print("drawing")
open(__file__ + ".ran", "a").write("x")
def figure(theme, size):
    made = Figure()
    axes = made.add_axes((0, 0.2, 1, 0.8))
    axes.barh([0, 1], [3, 2], color=theme.colors["accent"])
    axes.set_axis_off()
    made.text(0.5, 0.1, "Merrow Line", size=14)
    return made
"""
OUTLINE = """title: T
sources: [{id: s, text: Survey}]
source: s
audiences: [{name: board}, {name: crew}]
slides:
  - kind: figure
    title: Ships come in the morning
    code: plot.py
    alt: Ships by hour
"""
CODE_LINE = 8
HEAD = "from matplotlib.figure import Figure\ndef figure(theme, size):\n"


def outline(folder: Path, code: str = GOOD, text: str = OUTLINE) -> Path:
    (folder / "plot.py").write_text(code, "utf-8")
    path = folder / "deck.yaml"
    path.write_text(text, "utf-8")
    return path


def page_of(path: Path) -> Page:
    (page,) = compose(load(path, allow_code=True)).pages
    return page


def picture_of(page: Page) -> PictureItem:
    (picture,) = [item for item in page.items if isinstance(item, PictureItem)]
    return picture


def refusal(path: Path, allow_code: bool = True) -> Problem:
    with pytest.raises(OutlineError) as error:
        deckgen.build(load(path, allow_code=allow_code))
    (problem,) = error.value.problems
    return problem


def words_on(page: Page) -> list[str]:
    return list(page.texts())


# -- the figure -------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_picture_has_200_pixels_an_inch_of_its_place_in_the_themes_colours(
    tmp_path: Path, theme: str
) -> None:
    picture = picture_of(page_of(outline(tmp_path, text=f"theme: {theme}\n{OUTLINE}")))
    colors = load_theme(theme, 0).colors
    with Image.open(BytesIO(picture.data)) as image:
        assert image.size == (2426, 980)  # of 12.13 x 4.90 inches
        assert (picture.box.w, picture.box.h) == (1213 * 9144, 490 * 9144)
        pixels = image.convert("RGB")
        inside, ground = pixels.getpixel((400, 600)), pixels.getpixel((2400, 970))
    assert inside == tuple(bytes.fromhex(colors["accent"]))
    assert ground == tuple(bytes.fromhex(colors["bg"]))


def test_text_in_the_svg_stays_text_in_the_themes_face_and_colour(tmp_path: Path) -> None:
    picture = picture_of(page_of(outline(tmp_path)))
    (style,) = re.findall(rb'<text style="([^"]*)"[^>]*>Merrow Line</text>', picture.svg)
    assert b"font-family: 'Arial', 'Liberation Sans'" in style
    assert b"fill: #12212e" in style
    assert picture.words == ("Merrow Line",)
    assert b"<date>" not in picture.svg


def test_the_reopened_deck_has_the_picture_with_its_alt_text_and_its_svg(tmp_path: Path) -> None:
    data = deckgen.build(load(outline(tmp_path), allow_code=True)).data
    (slide,) = pptx.Presentation(BytesIO(data)).slides
    (shape,) = [shape for shape in slide.shapes if hasattr(shape, "image")]
    assert shape._element.nvPicPr.cNvPr.get("descr") == "Ships by hour"
    assert shape.image.content_type == "image/png"
    parts = [str(rel.target_part.partname) for rel in slide.part.rels.values()]
    assert any(name.endswith(".svg") for name in parts)


def test_the_example_of_the_documentation_and_a_legend_find_their_room(tmp_path: Path) -> None:
    (example,) = re.findall(r"\n\n(    from.*?return drawn\n)", figure.__doc__ or "", re.S)
    legend = (
        '    axes.set(ylabel="Ships an hour", title="Arrivals\\nby year")\n    axes.legend(["A"])\n'
    )
    code = dedent(example).replace("    return drawn", f"{legend}    return drawn")
    words = picture_of(page_of(outline(tmp_path, code))).words
    assert {"Ships an hour", "Arrivals\nby year", "A"} <= set(words)


def test_equal_code_gives_equal_bytes_in_every_process(tmp_path: Path) -> None:
    path = outline(tmp_path)
    picture = picture_of(page_of(path))
    made = {hashlib.sha256(picture.data + picture.svg).hexdigest()}
    code = (
        "import hashlib, sys; from pathlib import Path\n"
        "from test_figure import page_of, picture_of\n"
        "picture = picture_of(page_of(Path(sys.argv[1])))\n"
        "sys.stderr.write(hashlib.sha256(picture.data + picture.svg).hexdigest())\n"
    )
    for seed in ("1", "2"):
        paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
        done = subprocess.run(
            [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths},
        )  # fmt: skip
        assert done.stdout == ""  # what the code prints stays out of reports
        made.add(done.stderr.splitlines()[-1])
    assert len(made) == 1


def test_a_panel_and_a_line_of_the_measure_take_their_room_from_the_figure(tmp_path: Path) -> None:
    fields = "    measure: Ships arriving\n    unit: an hour\n    base: '2025'\n"
    page = page_of(outline(tmp_path, text=f"{OUTLINE}{fields}    points: [One peak]\n"))
    box = picture_of(page).box
    with Image.open(BytesIO(picture_of(page).data)) as image:
        assert image.size == (round(box.w / 914400 * 200), round(box.h / 914400 * 200))
    assert round(box.w / 914400, 2) == 8.32
    assert "Ships arriving (an hour; 2025)" in words_on(page)
    assert "Takeaways" in words_on(page)


def test_a_unit_wants_a_measure_and_a_figure_a_source(tmp_path: Path) -> None:
    path = outline(tmp_path, text=f"{OUTLINE}    unit: an hour\n".replace("source: s\n", ""))
    with pytest.raises(OutlineError) as error:
        load(path, allow_code=True)
    told = [f"{p.mark.line}: {p.message}" for p in error.value.problems]
    assert told == [
        "5: a number without a source",
        "9: `measure` is missing, to which `unit` and `base` belong",
    ]


def test_alt_is_required(tmp_path: Path) -> None:
    path = outline(tmp_path, text=OUTLINE.replace("    alt: Ships by hour\n", ""))
    with pytest.raises(OutlineError, match="`alt` is missing"):
        load(path, allow_code=True)


# -- the permission -----------------------------------------------------------------------


def test_code_is_not_run_unless_it_is_allowed(tmp_path: Path) -> None:
    told = refusal(outline(tmp_path), allow_code=False)
    assert told.mark.line == CODE_LINE
    assert "“plot.py” is code, which is not run unless you allow it" in told.message
    assert "`--allow-code`" in told.hint
    assert not (tmp_path / "plot.py.ran").exists()


def test_an_outline_cannot_allow_it_itself(tmp_path: Path) -> None:
    for key in ("allow_code", "code_allowed"):
        path = outline(tmp_path, text=f"{OUTLINE}{key}: true\n")
        with pytest.raises(OutlineError, match=f"unknown key `{key}`"):
            load(path)


def test_code_is_run_once_each_time_that_the_outline_is_read(tmp_path: Path) -> None:
    path, ran = outline(tmp_path), tmp_path / "plot.py.ran"
    read = load(path, allow_code=True)
    assert not ran.exists()
    deckgen.build(read)
    deckgen.build(read)
    assert ran.read_text() == "x"
    deckgen.build(load(path, allow_code=True))  # what it reads itself may be another by now
    assert ran.read_text() == "xx"


@pytest.mark.parametrize("allowed", [True, False])
def test_the_permission_reaches_every_audiences_process(tmp_path: Path, allowed: bool) -> None:
    path = outline(tmp_path)
    made = for_audiences(path, allowed)
    assert {name: bool(each.data) for name, each in made.items()} == {
        "board": allowed, "crew": allowed,
    }  # fmt: skip


def for_audiences(path: Path, allow_code: bool) -> dict[str, Built]:
    options = Options(allow_code=allow_code)
    jobs = [Job(str(path), name, options) for name in ("board", "crew")]
    return {job.audience: built for job, built in run_forked(jobs)}


def test_code_that_ends_the_process_is_told(tmp_path: Path) -> None:
    path = outline(tmp_path, "import os\nos._exit(1)\n")
    made = for_audiences(path, allow_code=True)
    told = {name: [problem.message for problem in each.problems] for name, each in made.items()}
    assert told == {
        name: [f"the process that built the deck for “{name}” was ended"]
        for name in ("board", "crew")
    }


COMMANDS = ("build", "build --all-audiences", "titles", "check", "audiences", "render --png")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_that_lays_out_takes_the_permission(
    tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    outline(tmp_path)
    monkeypatch.chdir(tmp_path)
    if command.startswith("render"):
        monkeypatch.setenv("PATH", "")  # it has built when it misses LibreOffice
    refused = CliRunner().invoke(app, [*command.split(), "deck.yaml"])
    assert refused.exit_code in (1, 2)
    assert "not run unless you allow it" in " ".join(refused.output.split())
    assert not (tmp_path / "plot.py.ran").exists()
    allowed = CliRunner().invoke(app, [*command.split(), "deck.yaml", "--allow-code"])
    assert "not run unless" not in " ".join(allowed.output.split())
    assert (tmp_path / "plot.py.ran").exists()


def test_new_writes_the_code_of_the_example_and_says_how_to_build_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(app, ["new", "day", "--kind", "figure"])
    assert "deckgen build day.yaml --allow-code" in told.output
    assert {path.name for path in tmp_path.iterdir()} == {"day.yaml", "harbour_plot.py"}
    assert CliRunner().invoke(app, ["build", "day.yaml", "--allow-code"]).exit_code == 0


# -- what an audience does not get ----------------------------------------------------------

RANKED = """title: T
sources: [{id: s, text: Survey}]
source: s
audiences: [{name: board}, {name: crew}]
tiers: [{name: Owners}, {name: Tenants}]
companies:
  - {name: Alpha, tier: owners}
  - {name: Takeaways, tier: owners, not: crew}
  - {name: Merrow Line, tier: owners, not: board}
slides:
  - kind: figure
    title: Ships come in the morning
    code: plot.py
    alt: Ships by hour
    points: [One peak]
"""


def test_the_permission_reaches_the_second_build_of_the_search_for_leaks(tmp_path: Path) -> None:
    """The crew's deck holds the word of a withheld name, which is deckgen's own."""
    path = outline(tmp_path, text=RANKED)
    crew = load(path, "crew", allow_code=True)
    made = deckgen.build(crew)
    assert "Takeaways" in words_on(made.scene.pages[0])
    assert find_leaks(made.data, crew.withheld)  # so that there was a second build


def test_a_withheld_name_that_the_code_draws_is_told(tmp_path: Path) -> None:
    path = outline(tmp_path, text=RANKED)
    with pytest.raises(OutlineError) as error:
        deckgen.build(load(path, "board", allow_code=True))
    assert {problem.mark.line for problem in error.value.problems} == {9}
    problem = error.value.problems[0]
    assert "“Merrow Line” is withheld from “board”" in problem.message
    assert "leave it out of your own code" in problem.hint


# -- hostile code ---------------------------------------------------------------------------

LOUD = "class Odd(Exception):\n    def __str__(self): raise SystemExit\n"
FAULTY = {
    "x = 1\ndef figure(:\n": "plot.py:2: SyntaxError: invalid syntax",
    "import sys\nsys.exit(3)\n": "plot.py:2: SystemExit: 3",
    "def figure(theme, size):\n    raise SystemExit\n": "plot.py:2: SystemExit",
    "def figure(theme, size):\n    return theme.colors['no']\n": "plot.py:2: KeyError: 'no'",
    "def figure(theme, size):\n    return 'x'\n": "returns str, not a matplotlib Figure",
    "def figure(theme, size):\n    pass\n": "returns NoneType, not a matplotlib Figure",
    "def figure():\n    pass\n": "plot.py: TypeError: figure() takes 0",
    "def figure(t, s):\n    return figure(t, s)\n": "plot.py:2: RecursionError",
    "x = 1\n": "“plot.py” defines no function `figure(theme, size)`",
    "figure = 7\n": "“plot.py” defines no function `figure(theme, size)`",
    "import no_such_module\n": "plot.py:1: ModuleNotFoundError: No module named",
    "x = '\0'\n": "plot.py",
    f"{LOUD}raise Odd\n": "plot.py:3: Odd",
    "raise ValueError('a\\n\\x1b[31mb')\n": "plot.py:1: ValueError: a [31mb",
    f"# {'x' * 1_000_000}\n": "“plot.py” has more than 1,000,000 bytes",
    GOOD.replace("size=14", "size=6"): "“Merrow Line” is set in 6 pt (at least 11 pt)",
    GOOD.replace('"Merrow Line"', '"Merrow\\nLine"').replace("size=14", "size=6"): (
        "“Merrow Line” is set in 6 pt (at least 11 pt)"
    ),
    GOOD.replace("0.5, 0.1", "0.99, 0.1"): "“Merrow Line” leaves the figure by",
    GOOD.replace('"Merrow Line"', '"\\U0010fffd"'): "no installed face has the letters",
    GOOD.replace('"Merrow Line"', '"a\\x1fb"'): "“plot.py” holds a control character",
    f"{HEAD}    f = Figure()\n    f.text(0.5, 0.5, 'Quay', path_effects=[Stroke()])\n    return f\n"
    "from matplotlib.patheffects import Stroke\n": "“Quay” has path effects",
    f"{HEAD}    f = Figure()\n    f.text(0.5, 0.5, '$\\\\bad$')\n    return f\n": (
        "plot.py: ValueError: \\bad"
    ),
}


@pytest.mark.parametrize("code", FAULTY, ids=range(len(FAULTY)))
def test_faulty_code_is_told_at_the_outlines_line(tmp_path: Path, code: str) -> None:
    problem = refusal(outline(tmp_path, code))
    assert problem.mark.line == CODE_LINE
    assert FAULTY[code] in problem.message
    assert problem.hint
    assert "\n" not in str(problem.message)


def test_a_huge_message_is_cut(tmp_path: Path) -> None:
    problem = refusal(outline(tmp_path, "raise ValueError('x' * 50_000_000)\n"))
    assert len(problem.message) < MOST_TOLD + 80


def test_many_faults_are_told_as_a_few(tmp_path: Path) -> None:
    many = f"{HEAD}    f = Figure()\n    for n in range(40): f.text(0.5, 0.5, n)\n    return f\n"
    with pytest.raises(OutlineError) as error:
        deckgen.build(load(outline(tmp_path, many), allow_code=True))
    assert len(error.value.problems) == 6
    assert "and 775 more faults" in error.value.problems[-1].message


def test_slanting_texts_may_be_near_each_other(tmp_path: Path) -> None:
    slanting = (
        f"{HEAD}    f = Figure()\n    for n in range(8):\n"
        "        f.text(0.1 + n / 40, 0.2, 'Container quay', rotation=45)\n    return f\n"
    )
    assert picture_of(page_of(outline(tmp_path, slanting))).words == ("Container quay",) * 8


GREEDY = """import matplotlib, sys, warnings
import matplotlib.pyplot as plt
matplotlib.rcParams.update({"font.size": 30, "savefig.bbox": "tight", "svg.fonttype": "path",
                            "savefig.transparent": True, "lines.linewidth": 40})
def figure(theme, size):
    print("to stdout")
    warnings.warn("look")
    plt.subplots()
    made, axes = plt.subplots(figsize=(1, 1))
    axes.semilogy([1, 2, 3], [1, 10, 1000], color=theme.colors["brand"], lw=2)
    axes.tick_params(labelsize=12)
    plt.show()
    return made
"""


def test_settings_open_figures_and_prints_of_the_code_are_harmless(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import matplotlib
    import matplotlib.pyplot as plt

    settings, before = dict(matplotlib.rcParams.copy()), plt.get_fignums()
    picture = picture_of(page_of(outline(tmp_path, GREEDY)))
    after = dict(matplotlib.rcParams.copy())
    assert [key for key in after if key != "backend" and after[key] != settings[key]] == []
    assert plt.get_fignums() == before
    assert capsys.readouterr().out == ""
    with Image.open(BytesIO(picture.data)) as image:
        assert image.size == (2426, 980)
        assert image.convert("RGBA").getpixel((5, 5)) == (255, 255, 255, 255)
    # Numbers of a logarithmic axis are text in the theme's face as well.
    assert re.search(rb"<tspan[^>]*font-family: 'Arial'[^>]*>1</tspan>", picture.svg)


def test_code_that_uses_pyplot_opens_no_window(tmp_path: Path) -> None:
    path = outline(tmp_path, GREEDY)
    code = (
        "import sys, deckgen\n"
        "deckgen.build(deckgen.load(sys.argv[1], allow_code=True))\n"
        "import matplotlib\n"
        "print(matplotlib.get_backend())\n"
    )
    environment = {key: value for key, value in os.environ.items() if key != "MPLBACKEND"}
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True,
        env=environment,
    )  # fmt: skip
    assert done.stdout.strip().lower() == "agg"


@pytest.mark.parametrize("name", ["../plot.py", "/etc/plot.py", "none.py", "deck.yaml", "a:b.py"])
def test_the_file_is_python_in_the_outlines_folder(tmp_path: Path, name: str) -> None:
    path = outline(tmp_path, text=OUTLINE.replace("plot.py", f"'{name}'"))
    with pytest.raises(OutlineError) as error:
        load(path, allow_code=True)
    assert [problem.mark.line for problem in error.value.problems] == [CODE_LINE]


def test_a_link_that_leads_out_of_the_folder_is_not_run(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    path = outline(folder)
    (tmp_path / "out.py").write_text(GOOD, "utf-8")
    (folder / "plot.py").unlink()
    (folder / "plot.py").symlink_to(tmp_path / "out.py")
    with pytest.raises(OutlineError, match="leads out of the outline’s folder"):
        load(path, allow_code=True)
