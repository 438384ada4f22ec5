"""Jobs go in, what became of each comes out: on the workers of a Dask cluster.

The cluster shares no files with this machine. A job goes there as a parcel of bytes, with every
file that its outline names, and a deck's bytes come back. Of a worker that is lost the
scheduler gives the jobs to others.

Whoever can reach a scheduler can have it run code: it belongs into a network of its own.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from deckgen import disk
from deckgen.document import parse_kept
from deckgen.filling import Filling
from deckgen.inputs import open_with
from deckgen.jobs import Built, ClusterError, Job, build_job, own_digest
from deckgen.limits import MOST_DATA_BYTES, MOST_PICTURE_BYTES, MOST_TEMPLATE_BYTES
from deckgen.siblings import SiblingError, find_sibling
from deckgen.source import OutlineError

if TYPE_CHECKING:
    from distributed import Client, Future

_WAIT_S = 30  # for the scheduler, and for a first worker
_AHEAD = 2  # jobs that are with the cluster, for each thread of its workers
_APART = ".option-"  # folders of a parcel that hold what options name
_NAME = re.compile(r"[^\n]{1,250}\.\w{1,5}")  # what may be the name of a file
# Of a file in a parcel: what is larger is refused wherever it is read.
_MOST_BYTES = max(MOST_PICTURE_BYTES, MOST_DATA_BYTES, MOST_TEMPLATE_BYTES)
_MISSING = "a cluster needs Dask; install deckgen-briefing[cluster]"


class Parcel(Struct, frozen=True):
    """A job that can be done anywhere: its files by their path in the parcel.

    `shown` are the folders in it as messages name them: the outline's is "", the others hold
    what options name. `maker` is the deckgen that is to build.
    """

    job: Job
    files: dict[str, bytes]
    shown: dict[str, str]
    maker: str


def run(jobs: Iterable[Job], scheduler: str) -> Iterator[tuple[Job, Built]]:
    """Each job with what became of it, in the order in which they are done. ClusterError."""
    try:
        from distributed import Client
    except ImportError:
        raise ClusterError(_MISSING) from None
    try:
        client = Client(scheduler, timeout=_WAIT_S, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise ClusterError(f"{scheduler}: no scheduler answers ({error})") from None
    with client:
        yield from _run(jobs, client, scheduler)


def _run(jobs: Iterable[Job], client: Client, scheduler: str) -> Iterator[tuple[Job, Built]]:
    from distributed import as_completed

    try:
        client.wait_for_workers(1, timeout=_WAIT_S)
    except TimeoutError:
        raise ClusterError(f"{scheduler}: the scheduler has no workers") from None
    running: dict[Future, Job] = {}
    finished = as_completed(loop=client.loop)
    waiting = iter(jobs)
    while True:
        most = _AHEAD * max(1, sum(client.nthreads().values()))
        while len(running) < most and (job := next(waiting, None)) is not None:
            try:
                parcel = pack(job)
            except OutlineError as error:
                yield job, Built(problems=tuple(error.problems))
                continue
            future = client.submit(build_parcel, parcel, pure=False)
            running[future] = job
            finished.add(future)
        if not running:
            return
        future = next(finished)
        yield running.pop(future), _result_of(future, scheduler)
        future.release()


def _result_of(future: Future, scheduler: str) -> Built:
    """What a worker made. ClusterError if the workers cannot build at all."""
    error = future.exception()
    if error is None:
        built = future.result()
        assert isinstance(built, Built)
        return built
    if isinstance(error, ImportError):
        told = f"the workers lack something ({error}); install deckgen-briefing[cluster] there"
        raise ClusterError(f"{scheduler}: {told}")
    return Built(fault=f"the cluster did not build it ({type(error).__name__}: {error})")


# -- here -----------------------------------------------------------------------------


def pack(job: Job) -> Parcel:
    """A job with the bytes of its files. OutlineError if its outline cannot be read."""
    with disk.recording() as read:
        manuscript = open_with(Path(job.outline), job.options, job.row, keep=True)
    home = Path(job.outline).parent
    own = {Path(job.outline).name}
    own |= {_from(home, Path(path)) for path in read if _is_yaml(path)}
    own |= _follow(home, own, Filling(manuscript.variables, job.given))
    files = {name: _bytes_of(home / name) for name in sorted(own)}
    shown = {"": str(home)}
    for option in ("theme", "template"):
        path = Path(getattr(job.options, option))
        if path.is_file():
            named = {path.name} | _follow(path.parent, {path.name}, Filling({}, None))
            files |= {f"{_APART}{option}/{name}": _bytes_of(path.parent / name) for name in named}
            shown[f"{_APART}{option}"] = str(path.parent)
    return Parcel(job, files, shown, own_digest())


def _follow(home: Path, names: set[str], filling: Filling) -> set[str]:
    """The files that some name, and those that these name: paths from `home`."""
    found: set[str] = set()
    waiting = [*names]
    while waiting:
        path = home / waiting.pop()
        if not _is_yaml(str(path)):
            continue
        try:
            node = filling.fill(parse_kept(path, str(path)))
        except OutlineError:
            continue  # told where it is read
        new = {*_named_files(node, home, path.parent)} - found - names
        found |= new
        waiting += new
    return found


def _is_yaml(name: str) -> bool:
    return name.endswith((".yaml", ".yml"))


def _from(home: Path, path: Path) -> str:
    """A file's path from the outline's folder; what an outline names is never outside of it."""
    return path.resolve().relative_to(home.resolve()).as_posix()


def _named_files(node: Node, home: Path, folder: Path) -> Iterator[str]:
    """The files that texts name, from `home`: words that are a file in `folder` or below."""
    for words in set(_words_in(node)):
        if not _NAME.fullmatch(words):
            continue
        try:
            find_sibling(words, folder, "")
        except SiblingError:
            continue
        inside = (folder.resolve() / words).relative_to(home.resolve())
        if ".." not in inside.parts:
            yield inside.as_posix()


def _words_in(root: Node) -> Iterator[str]:
    """Every text in a node; aliases may make one stand often, or in itself."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, ScalarNode):
            yield str(node.value).strip()
        elif isinstance(node, SequenceNode):
            waiting += node.value
        elif isinstance(node, MappingNode):
            waiting += [value for _, value in node.value]


def _bytes_of(path: Path) -> bytes:
    """A file's bytes. One that is too large goes without them, and is told as none that serves."""
    try:
        return disk.read_bytes(path, _MOST_BYTES)
    except OSError:
        return b""


# -- there ----------------------------------------------------------------------------


_ONE_AT_A_TIME = Lock()  # a worker may have threads, which gain nothing by building at once


def build_parcel(parcel: Parcel) -> Built:
    """The deck of a parcel, from its bytes alone; paths in what is told are those of its sender."""
    if parcel.maker != own_digest():
        return Built(fault="the worker has another deckgen than this machine: install the same")
    with _ONE_AT_A_TIME:
        folder = _unpack(tuple(parcel.files.items()))
        built = build_job(_placed(parcel, Path(folder)))
    return _as_sent(built, folder, parcel.shown)


def _placed(parcel: Parcel, folder: Path) -> Job:
    """The job with the paths that its files have here."""
    job, options = parcel.job, parcel.job.options
    for option in ("theme", "template"):
        if (apart := f"{_APART}{option}") in parcel.shown:
            path = folder / apart / Path(getattr(options, option)).name
            options = replace(options, **{option: str(path)})
    return replace(job, outline=str(folder / Path(job.outline).name), options=options)


@lru_cache(maxsize=4)
def _unpacked(files: tuple[tuple[str, bytes], ...]) -> tempfile.TemporaryDirectory[str]:
    """A folder with files; it goes when other files have taken its place, or with the worker."""
    folder = tempfile.TemporaryDirectory(prefix="deckgen-")
    for name, data in files:
        path = Path(folder.name) / name
        if not path.resolve().is_relative_to(Path(folder.name).resolve()):
            raise ValueError(f"{name} leads out of its folder")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def _unpack(files: tuple[tuple[str, bytes], ...]) -> str:
    return str(Path(_unpacked(files).name).resolve())


def _as_sent(built: Built, folder: str, shown: dict[str, str]) -> Built:
    """What is told with the sender's folders in the places of this worker's own."""

    def sent(words: str) -> str:
        for inner in sorted(shown, reverse=True):  # the outline's own comes last
            here = f"{folder}/{inner}/" if inner else f"{folder}/"
            words = words.replace(here, "" if shown[inner] == "." else f"{shown[inner]}/")
        return words

    problems = tuple(
        replace(
            problem, mark=replace(problem.mark, file=sent(problem.mark.file)),
            message=sent(problem.message), hint=sent(problem.hint),
        )
        for problem in built.problems
    )  # fmt: skip
    notices = tuple(sent(notice) for notice in built.notices)
    files = {sent(path): digest for path, digest in built.files.items()}
    return replace(
        built, problems=problems, notices=notices, files=files, fault=sent(built.fault)
    )  # fmt: skip
