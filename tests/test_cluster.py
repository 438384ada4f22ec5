"""Decks built by a Dask cluster that shares nothing with this machine but bytes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

import deckgen
from conftest import lack
from deckgen import cluster
from deckgen.inputs import Options
from deckgen.jobs import ClusterError, Job, build_job
from deckgen.variables import as_given

OUTLINE = """\
title: Review of {{ account }}
variables: {account: text, plan: {default: harbour}}
sources: {id: survey, text: "Harbour Survey of Port Merrow, 2025 (fictional)"}
source: survey
slides:
  - {kind: cover}
  - {kind: image, title: The plan of {{ account }}, file: "pictures/{{ plan }}.png", alt: A plan}
  - kind: column-chart
    title: Ships of {{ account }}
    measure: Ships
    unit: ships
    data: {file: ships.csv, x: Year, y: Ships, filter: {Account: "{{ account }}"}}
audiences:
  - {name: board}
  - file: staff.yaml
"""
ACCOUNTS = [f"Account {number}" for number in range(24)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An outline with a picture, a data file and an audience's file, in which the test runs."""
    home = tmp_path / "outlines"
    (home / "pictures").mkdir(parents=True)
    picture = Path(__file__).parents[1] / "decks" / "kinds" / "harbour.png"
    (home / "pictures" / "harbour.png").write_bytes(picture.read_bytes())
    rows = [f"{name},{year},{len(name) + year % 7}" for name in ACCOUNTS for year in (2024, 2025)]
    (home / "ships.csv").write_text("\n".join(["Account,Year,Ships", *rows]))
    (home / "staff.yaml").write_text("extends: review.yaml\ntitle: Staff\n")
    (home / "review.yaml").write_text(OUTLINE.replace("plan of {{ account }},", "plan,"))
    (tmp_path / "accounts.csv").write_text("\n".join(["account", *ACCOUNTS]))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_parcel_holds_all_that_its_deck_is_made_from(folder: Path) -> None:
    job = Job("outlines/review.yaml", "board", row=as_given({"account": "Account 3"}))
    parcel = cluster.pack(job)
    assert sorted(parcel.files) == [
        "pictures/harbour.png", "review.yaml", "ships.csv", "staff.yaml",
    ]  # fmt: skip
    here = build_job(job)
    assert here.data, here.problems
    for path in (folder / "outlines").rglob("*.*"):
        path.unlink()
    there = cluster.build_parcel(parcel)
    assert there.data == here.data
    assert sorted(there.files.items()) == sorted(
        (str(Path(path)), digest) for path, digest in _relative(here.files, folder).items()
    )


def _relative(files: dict[str, str], folder: Path) -> dict[str, str]:
    return {
        os.path.relpath(path, folder) if Path(path).is_absolute() else path: digest
        for path, digest in files.items()
    }


def test_a_theme_goes_along_with_what_it_extends(folder: Path) -> None:
    (folder / "brand").mkdir()
    (folder / "brand" / "base.yaml").write_text("theme: base\nextends: dark\n")
    (folder / "brand" / "ours.yaml").write_text("theme: ours\nextends: ./base.yaml\n")
    options = Options(theme=str(Path("brand/ours.yaml")))
    job = Job("outlines/review.yaml", "board", options, as_given({"account": "Account 3"}))
    parcel = cluster.pack(job)
    assert {name for name in parcel.files if "option" in name} == {
        ".option-theme/ours.yaml", ".option-theme/base.yaml",
    }  # fmt: skip
    here = build_job(job)
    assert here.data, here.problems
    there = cluster.build_parcel(parcel)
    assert there.data == here.data, there.problems
    assert {path for path in there.files if "brand" in path} == {
        str(Path("brand/ours.yaml")), str(Path("brand/base.yaml")),
    }  # fmt: skip
    (folder / "brand" / "base.yaml").write_text("theme: base\nextends: drak\n")
    (problem,) = cluster.build_parcel(cluster.pack(job)).problems
    assert (problem.mark.file, problem.mark.line) == (str(Path("brand/base.yaml")), 2)


def test_mistakes_are_told_with_the_names_that_files_have_here(folder: Path) -> None:
    given = as_given({"account": "Account 3", "plan": "none"})
    built = cluster.build_parcel(cluster.pack(Job("outlines/review.yaml", row=given)))
    (problem,) = built.problems
    assert (problem.mark.file, problem.mark.line) == ("outlines/review.yaml", 7)
    assert "there is no file “pictures/none.png” beside the outline" in problem.message
    inside = cluster.build_parcel(cluster.pack(Job(str(folder / "outlines" / "review.yaml"))))
    assert {Path(each.mark.file) for each in inside.problems} >= {
        folder / "outlines" / "review.yaml"
    }


def test_another_deckgen_builds_nothing(folder: Path) -> None:
    parcel = cluster.pack(Job("outlines/review.yaml", row=as_given({"account": "Account 3"})))
    other = cluster.Parcel(parcel.job, parcel.files, parcel.shown, "another")
    assert "the worker has another deckgen" in cluster.build_parcel(other).fault


def test_a_parcel_writes_nothing_outside_its_folder(folder: Path) -> None:
    parcel = cluster.pack(Job("outlines/review.yaml", row=as_given({"account": "Account 3"})))
    evil = {**parcel.files, "../../escaped.txt": b"x"}
    with pytest.raises(ValueError, match="leads out of its folder"):
        cluster.build_parcel(cluster.Parcel(parcel.job, evil, parcel.shown, parcel.maker))


def test_without_dask_a_sentence_says_what_to_install(folder: Path) -> None:
    (folder / "distributed.py").write_text("raise ImportError('not here')\n")
    done = _build("--scheduler", "tcp://127.0.0.1:9", PYTHONPATH=f"{folder}{os.pathsep}{_path()}")
    assert done.returncode == 2
    assert "a cluster needs Dask; install deckgen-briefing[cluster]" in done.stderr
    assert "Traceback" not in done.stderr


def _path() -> str:
    return os.pathsep.join(path for path in sys.path if path)


def _build(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable, "-m", "deckgen", "build", "outlines/review.yaml", "--each",
        "accounts.csv", "-o", "out/{account}.pptx", *arguments,
    ]  # fmt: skip
    return subprocess.run(
        command, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": _path(), **env},
    )  # fmt: skip


# -- a scheduler and two workers -------------------------------------------------------


def _start(*arguments: str, folder: Path) -> subprocess.Popen[bytes]:
    """A process of Dask, in a folder of its own."""
    folder.mkdir(exist_ok=True)
    log = (folder / "log.txt").open("wb")
    return subprocess.Popen(
        [sys.executable, "-m", *arguments], cwd=folder, stdout=log, stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONPATH": _path()},
    )  # fmt: skip


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler, and its two workers."""
    if find_spec("distributed") is None:
        lack("Dask is not installed: pip install deckgen-briefing[cluster]")
    note = tmp_path / "scheduler.json"
    scheduler = _start(
        "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
        "--scheduler-file", str(note), folder=tmp_path / "scheduler",
    )  # fmt: skip
    started = [
        _start(
            "distributed.cli.dask_worker", "--scheduler-file", str(note), "--nthreads", "1",
            "--no-nanny", "--no-dashboard", folder=tmp_path / f"worker{number}",
        )
        for number in (1, 2)
    ]  # fmt: skip
    try:
        import msgspec

        end = time.monotonic() + 60
        while not (note.exists() and note.stat().st_size):
            assert time.monotonic() < end, "the scheduler does not start"
            time.sleep(0.1)
        time.sleep(0.5)
        yield msgspec.json.decode(note.read_bytes())["address"], started
    finally:
        for process in (*started, scheduler):
            process.kill()
            process.wait()


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_all_decks_arrive_though_a_worker_is_killed_in_the_middle(
    folder: Path, workers: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, (first, _) = workers
    asked = {"each": "accounts.csv", "scheduler": address}
    done = []
    outcomes = deckgen.build_many(["outlines/review.yaml"], "out/{account}.pptx", **asked)  # type: ignore[arg-type]
    for each in outcomes:
        done.append(each)
        if len(done) == 5:
            first.send_signal(signal.SIGKILL)
    assert first.wait(10) == -signal.SIGKILL
    assert {each.state for each in done} == {"built"}, [each.problems for each in done]
    assert sorted(path.stem for path in Path("out").glob("*.pptx")) == sorted(ACCOUNTS)
    here = build_job(Job("outlines/review.yaml", row=as_given({"account": ACCOUNTS[-1]})))
    assert Path("out", f"{ACCOUNTS[-1]}.pptx").read_bytes() == here.data
    # What the cluster has built is known here: nothing is left to build.
    again = _build("--resume")
    assert again.returncode == 0, again.stderr
    assert again.stdout.splitlines()[-1].endswith(f"; {len(ACCOUNTS)} as they were")


@pytest.mark.slow
def test_a_cluster_that_does_not_answer_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if find_spec("distributed") is None:
        lack("Dask is not installed: pip install deckgen-briefing[cluster]")
    monkeypatch.setattr(cluster, "_WAIT_S", 1)
    with pytest.raises(ClusterError, match="no scheduler answers"):
        list(cluster.run(iter([Job("outlines/review.yaml")]), "tcp://127.0.0.1:9"))
    with pytest.raises(ClusterError, match="no scheduler answers"):
        list(cluster.run(iter([Job("outlines/review.yaml")]), "nonsense://x"))
