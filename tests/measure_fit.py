"""Measure predicted against drawn lines, and write the table into CONTRIBUTING.md.

`make fit-table`, or `PYTHONPATH=src .venv/bin/python tests/measure_fit.py [--print]`.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from deckgen.builder import lay_out
from deckgen.loader import read_all
from deckgen.render import find_office, to_pdf
from deckgen.scene import Paragraph, Run
from deckgen.units import EMU_PER_POINT, inches
from deckgen.variants import open_manuscript
from fit import Drawn, Probe, distinct, draw, scene_probes, text_probe
from samples import SAMPLES, Sample, make_text
from test_text_rendered import make_case

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "CONTRIBUTING.md"
BEGIN, END = "<!-- fit: written by `make fit-table` -->", "<!-- /fit -->"
SEED = 20261125
LATIN_BOXES, BOXES = 400, 100  # of random words in Latin letters, and of each other sample
SIZES = (11, 12, 14, 16, 20, 24)

Render = Callable[[bytes], Path]


class Measured:
    """Boxes by what they hold: those of the decks, and random ones."""

    def __init__(self, decks: list[Drawn], latin: list[Drawn], scripts: dict[str, list[Drawn]]):
        self.decks, self.latin, self.scripts = decks, latin, scripts

    @property
    def all(self) -> list[Drawn]:
        return [*self.decks, *self.latin, *(d for drawn in self.scripts.values() for d in drawn)]


def deck_probes() -> list[Probe]:
    """Every text of every deck, kind and audience, each once."""
    probes: list[Probe] = []
    for path in sorted((ROOT / "decks").rglob("*.yaml")):
        reading = read_all(open_manuscript(path), allow_code=True)
        # A file of one audience's own is built for that alone.
        for name in [""] if reading.manuscript.own else reading.outlines:
            probes += scene_probes(lay_out(reading.for_audience(name)))
    return distinct(probes)


def latin_probes(count: int = LATIN_BOXES) -> list[Probe]:
    """Random boxes of words in Latin letters, many of them awkward."""
    rng = random.Random(SEED)
    cases = [
        case
        for case in (make_case(rng) for _ in range(3 * count))
        if _fits(case.paragraph, case.width)
    ]
    return [text_probe(case.paragraph, case.face, case.width) for case in cases[:count]]


def _fits(paragraph: Paragraph, width: int) -> bool:
    """Whether the probe finds room on a slide."""
    em = width / EMU_PER_POINT / paragraph.size_pt
    return len(paragraph.text) * 0.55 / em * paragraph.pitch_pt < 400


def sample_probe(rng: random.Random, sample: Sample) -> Probe:
    """Random words of a sample in a random width."""
    size = rng.choice(SIZES)
    width = inches(rng.uniform(max(0.9, 6 * size / 72), 6.2))
    most = max(3, min(40, round(width / EMU_PER_POINT / size * 2.4)))
    text = make_text(rng, sample, rng.randint(1, most))
    paragraph = Paragraph((Run(text),), size, 1.2 * size, bold=rng.random() < 0.4)
    return text_probe(paragraph, rng.choice(("Arial", "Calibri")), width)


def sample_probes(name: str, count: int = BOXES) -> list[Probe]:
    rng = random.Random(f"{SEED} {name}")
    return distinct(sample_probe(rng, SAMPLES[name]) for _ in range(count))


def measure(render: Render) -> Measured:
    """All boxes as LibreOffice draws them."""
    decks, latin = deck_probes(), latin_probes()
    samples = {name: sample_probes(name) for name in SAMPLES}
    everything = [*decks, *latin, *(probe for probes in samples.values() for probe in probes)]
    found = {drawn.probe: drawn for drawn in draw(distinct(everything), render)}
    return Measured(
        [found[probe] for probe in decks],
        [found[probe] for probe in latin],
        {name: [found[probe] for probe in probes] for name, probes in samples.items()},
    )


def table(measured: Measured) -> str:
    """The measured table as Markdown."""
    lines = [
        "| texts | boxes | too few lines | exact | too many | exact, % |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    lines += _rows("In the decks, by kind of box", measured.decks, lambda d: d.probe.kind)
    lines += _rows("In the decks, by face", measured.decks, lambda d: d.probe.style)
    lines += _rows("In the decks, by script", measured.decks, lambda d: d.probe.script)
    lines += _rows("Random Latin words, by face", measured.latin, lambda d: d.probe.style)
    by_name = {id(d): name for name, drawn in measured.scripts.items() for d in drawn}
    scripts = [d for drawn in measured.scripts.values() for d in drawn]
    lines += _rows("Random words of each sample", scripts, lambda d: by_name[id(d)])
    return "\n".join([*lines, _row("**all**", measured.all)])


def _rows(title: str, drawn: Sequence[Drawn], group: Callable[[Drawn], str]) -> Iterator[str]:
    yield f"| *{title}* | | | | | |"
    for name in sorted({group(one) for one in drawn}, key=str.casefold):
        yield _row(name, [one for one in drawn if group(one) == name])


def _row(name: str, drawn: Sequence[Drawn]) -> str:
    counts = {
        verdict: sum(d.verdict == verdict for d in drawn) for verdict in ("under", "exact", "over")
    }
    share = 100 * counts["exact"] / len(drawn)
    return (
        f"| {name} | {len(drawn)} | {counts['under']} | {counts['exact']} | {counts['over']}"
        f" | {share:.0f} |"
    )


def told(drawn: Iterable[Drawn]) -> list[str]:
    """What was predicted and drawn of the boxes with too few lines."""
    return [
        f"{d.probe.kind}, {d.probe.style}, {d.probe.paragraph.size_pt} pt in"
        f" {d.probe.width / EMU_PER_POINT:.1f} pt: {d.probe.predicted} but drawn {list(d.words)}"
        for d in drawn
        if d.verdict == "under"
    ]


def document(measured: Measured, office: str) -> str:
    """What stands between the markers."""
    return f"{BEGIN}\n{len(measured.all)} boxes, drawn by {office}:\n\n{table(measured)}\n{END}"


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--print", action="store_true", help="print the table, write nothing")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:

        def render(data: bytes) -> Path:
            path = Path(folder) / "probes.pptx"
            path.write_bytes(data)
            to_pdf(path, path.with_suffix(".pdf"), profile=Path(folder) / "profile")
            return path.with_suffix(".pdf")

        measured = measure(render)
    version = subprocess.run(
        [find_office(), "--version"], capture_output=True, text=True, check=True
    )
    text = document(measured, " ".join(version.stdout.split()[:2]))
    sys.stdout.write(f"{text}\n")
    sys.stdout.writelines(f"{line}\n" for line in told(measured.all))
    if not options.print:
        page = DOCUMENT.read_text("utf-8")
        head, _, rest = page.partition(BEGIN)
        tail = rest.partition(END)[2]
        DOCUMENT.write_text(head + text + tail, encoding="utf-8")
    return int(bool(told(measured.all)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
