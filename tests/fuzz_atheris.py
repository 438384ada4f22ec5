"""The fuzzer steered by coverage, where atheris is installed (it is no dependency).

    python tests/fuzz_atheris.py -max_total_time=600 CORPUS

What runs into code that nothing has reached before is kept and made hostile further.
"""

from __future__ import annotations

import random
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

atheris: Any = import_module("atheris")
with atheris.instrument_imports(include=["deckgen"]):
    from deckgen.slides import kind_names, load_kind

    for kind in kind_names():
        load_kind(kind)

import fuzz  # noqa: E402 - after what is instrumented

SEEDS = fuzz.load_seeds()
JUDGE = fuzz.Judge(Path(tempfile.mkdtemp()))


def try_one(data: bytes) -> None:
    """One input; a finding is an error, by which libFuzzer keeps the input."""
    finding = JUDGE(data).finding
    if finding is not None:
        raise RuntimeError(f"{finding.kind}\n{finding.told}")


def mutate(data: bytes, most: int, seed: int) -> bytes:
    """A deck made hostile anew, or what was kept with its bytes changed."""
    rng = random.Random(seed)
    if rng.random() < 0.4 or len(data) < 2:
        return fuzz.make_input(rng, SEEDS)[1][:most]
    return rng.choice(fuzz.BYTES)(data, rng)[:most]


if __name__ == "__main__":
    atheris.Setup([*sys.argv, "-max_len=100000"], try_one, custom_mutator=mutate)
    atheris.Fuzz()
