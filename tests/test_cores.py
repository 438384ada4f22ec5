"""The slides of one deck shared between processes: what is made is what one process makes."""

from __future__ import annotations

import os
import pickle
import pty
import signal
import sys
import threading
from pathlib import Path

import pytest
from msgspec.structs import replace

from deckgen import builder, cores, loader
from deckgen.console.waiting import patience
from deckgen.source import Id, Mark, MarkedText, OutlineError, Text

sys.path.insert(0, str(Path(__file__).parent / "benchmarks"))
from content import make_slides, write_outline

forks = pytest.mark.skipif(
    not hasattr(os, "fork") or sys.platform == "darwin", reason="processes are not forked here"
)
MANY = 8 * cores.LEAST - 5


@pytest.fixture
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a command: other tests may have left threads that wait."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def test_results_stand_in_the_order_of_their_numbers() -> None:
    for workers in (1, 2, 3, 7):
        doubled = cores.share(lambda number: number * 2, MANY, workers)
        assert doubled == list(range(0, 2 * MANY, 2))


@pytest.mark.usefixtures("one_thread")
@forks
def test_many_slides_are_worked_on_by_as_many_processes_as_are_asked_for() -> None:
    for count, workers, used in ((MANY, 3, 3), (2 * cores.LEAST, 3, 2), (cores.LEAST, 3, 1)):
        assert len(set(cores.share(lambda _: os.getpid(), count, workers))) == used


@forks
def test_a_process_with_threads_is_not_forked() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert set(cores.share(lambda _: os.getpid(), MANY, 2)) == {os.getpid()}
    finally:
        done.set()
        thread.join()


@pytest.mark.usefixtures("one_thread")
@forks
@pytest.mark.parametrize("number", [0, 1], ids=["in this process", "in another"])
def test_what_is_raised_is_raised_here_and_no_process_is_left(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    forked: list[int] = []
    fork = os.fork

    def kept() -> int:
        forked.append(fork())
        return forked[-1]

    monkeypatch.setattr(os, "fork", kept)

    def work(at: int) -> int:
        if at == number:
            raise ZeroDivisionError("in the middle")
        return at

    with pytest.raises(ZeroDivisionError, match="in the middle"):
        cores.share(work, MANY, 2)
    assert len(forked) == 1
    with pytest.raises(ChildProcessError):
        os.waitpid(forked[0], os.WNOHANG)


@pytest.mark.usefixtures("one_thread")
@forks
def test_the_work_of_a_process_that_is_killed_is_done_here() -> None:
    here = os.getpid()

    def work(number: int) -> int:
        if os.getpid() != here and number > cores.LEAST:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    assert cores.share(work, MANY, 2) == list(range(MANY))


@pytest.mark.usefixtures("one_thread")
@forks
def test_the_work_of_a_process_that_cannot_be_started_is_done_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refuse)
    assert set(cores.share(lambda _: os.getpid(), MANY, 3)) == {os.getpid()}


@pytest.mark.usefixtures("one_thread")
@forks
def test_a_deck_is_the_same_by_any_number_of_processes(tmp_path: Path) -> None:
    outline = tmp_path / "deck.yaml"
    write_outline(make_slides(MANY, notes=True), outline)
    loaded = loader.load(outline)
    alone = builder.build(loaded)
    for workers in (2, 3):
        shared = builder.build(loaded, workers)
        assert shared.data == alone.data
        assert shared.scene == alone.scene


EXAMPLES = sorted((Path(__file__).parents[1] / "decks" / "kinds").glob("*.yaml"))


@pytest.mark.usefixtures("one_thread")
@forks
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_what_any_kind_lays_out_may_come_from_another_process(
    example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cores, "LEAST", 1)
    loaded = loader.load(example, allow_code=True)
    one = replace(loaded.slides[0], id=Id("one-more"))  # in the other process, if there is one
    loaded = replace(loaded, slides=(one, *loaded.slides))
    assert builder.build(loaded, 2).data == builder.build(loaded).data


def test_words_of_an_author_keep_all_that_is_known_of_them_on_their_way() -> None:
    mark = Mark("deck.yaml", 3, 4, "slides.one.title")
    words = Text("Words", mark)
    name = Id("board", mark, optional=True)
    marked = MarkedText("Words", mark, (name,), (Id("investors"),))
    for sent in (words, name, marked):
        got = pickle.loads(pickle.dumps(sent))
        assert (type(got), got, got.mark) == (type(sent), sent, sent.mark)
    assert pickle.loads(pickle.dumps(name)).optional
    got = pickle.loads(pickle.dumps(marked))
    assert (got.only, got.not_) == (("board",), ("investors",))


@pytest.mark.usefixtures("one_thread")
@forks
def test_pages_that_are_printed_are_those_of_the_whole_deck(tmp_path: Path) -> None:
    """An agenda is laid out before the pages are counted, whichever process did what."""
    outline = tmp_path / "deck.yaml"
    write_outline(make_slides(MANY, notes=False), outline)
    text = outline.read_text("utf-8").replace("slides:\n", "slides:\n  - {kind: agenda}\n", 1)
    outline.write_text(text, "utf-8")
    loaded = loader.load(outline)
    assert builder.build(loaded, 2).data == builder.build(loaded).data


@pytest.mark.usefixtures("one_thread")
@forks
def test_every_slide_that_does_not_fit_is_told_whichever_process_found_it(tmp_path: Path) -> None:
    outline = tmp_path / "deck.yaml"
    slides = "".join(
        f"- {{kind: bullets, title: Slide {number} says so, points: [{'x' * 300}]}}\n"
        for number in range(MANY)
    )
    outline.write_text(f"title: Deck\nslides:\n{slides}", "utf-8")
    told = []
    for workers in (1, 2):
        with pytest.raises(OutlineError) as caught:
            builder.build(loader.load(outline), workers)
        told.append([str(problem) for problem in caught.value.problems])
    assert told[0] == told[1]
    assert [int(line.split(":")[1]) for line in told[0]] == list(range(3, MANY + 3))


@forks
def test_a_terminal_that_is_gone_ends_no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        with patience("Building deck.pptx", quiet=False):
            os.close(ours)  # what is written from now on fails


WAITING = """
import os
import time
from deckgen.cores import share
from deckgen.console.waiting import patience

with patience("Building deck.pptx", quiet=False):
    time.sleep(1.15)
    print(len(set(share(lambda _: os.getpid(), 100, 2))), "processes")
"""


@forks
def test_who_waits_sees_that_work_goes_on_and_it_is_shared_all_the_same() -> None:
    process, terminal = pty.fork()
    if not process:
        os.execv(sys.executable, [sys.executable, "-c", WAITING])
    shown = b""
    try:
        while chunk := os.read(terminal, 65536):
            shown += chunk
    except OSError:  # so Linux ends what a process has written to its terminal
        pass
    assert os.waitpid(process, 0)[1] == 0
    lines, _, rest = shown.partition(b"\r\x1b[K")
    assert b"| Building deck.pptx" in lines
    assert b"2 processes" in lines
    assert not rest
