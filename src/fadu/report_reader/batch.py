"""Many files: side by side, in the order given, a few at a time; a file that ends its reader harms no other."""

from __future__ import annotations

import os
import resource
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from fadu.report_reader.inputs import Loaded, NotReadable, load
from fadu.report_reader.inputs.patience import TooLongError, limited
from fadu.report_reader.model import Reading
from fadu.report_reader.reading import read

T = TypeVar("T")
Render = Callable[[str, Reading, Loaded], T]
ENDINGS = frozenset((".txt", ".html", ".htm", ".docx", ".pdf"))
STDIN = Path("-")
AHEAD = 4
"""Files that wait for each process: enough to keep it busy, few enough to keep memory flat."""
MEMORY = 4 * 1024**3
"""Of one process. What needs more is not read."""
NO_FIGURES = "没有找到统计数字，可能不是年度报告。"


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What became of one file: what was made of its reading, or the sentence that says why it was not read.

    figures, checks, findings: how many the reading has. notes: what of it was not read.
    """

    file: str
    made: T | None = None
    fault: str = ""
    notes: tuple[str, ...] = ()
    figures: int = 0
    checks: int = 0
    findings: int = 0


def shown(path: Path) -> str:
    """The name of a file for people, also where it is in no encoding."""
    return "标准输入" if path == STDIN else os.fsencode(path).decode(errors="replace")


def files_of(given: Iterable[Path]) -> tuple[list[Path], list[str]]:
    """The files named and those of the folders named, and a sentence for each folder that gave none."""
    paths: list[Path] = []
    faults: list[str] = []
    for path in given:
        if not path.is_dir():
            paths.append(path)
            continue
        there, closed = _inside(path)
        faults += [f"{shown(Path(name))}：没有读取这个文件夹的权限。请检查文件夹的权限。" for name in closed]
        if not there and not closed:
            faults.append(f"{shown(path)}：文件夹里没有 .txt、.html、.docx 或者 .pdf 文件。请核对文件夹。")
        paths += there
    return paths, faults


def _inside(folder: Path) -> tuple[list[Path], list[str]]:
    """The files of a folder and of those in it, and the folders that may not be read. Word's locks are no files."""
    closed: list[str] = []
    there = [
        Path(place, name)
        for place, _, names in os.walk(folder, onerror=lambda error: closed.append(str(error.filename)))
        for name in names
        if Path(name).suffix.lower() in ENDINGS and not name.startswith(("~$", "."))
    ]
    return sorted(there), closed


def read_one(path: Path, render: Render[T]) -> Done[T]:
    """One file. Never fails."""
    name = shown(path)
    try:
        loaded = load(None if path == STDIN else path)
        reading = read(loaded.text)
        notes = loaded.notes if reading.claims else (*loaded.notes, NO_FIGURES)
        counts = (len(reading.claims), len(reading.relations), len(reading.findings))
        return Done(name, render(name, reading, loaded), "", notes, *counts)
    except NotReadable as refusal:
        return Done(name, fault=refusal.message + (refusal.todo or ""))
    except MemoryError:
        return Done(name, fault="读这个文件要用的内存太多。请核对文件；确需读取的，先拆开。")
    except Exception as error:  # one file must not stop the others
        return Done(name, fault=f"读这个文件时程序出错（{type(error).__name__}：{error}）。请把文件交给技术人员。")


def read_all(paths: Sequence[Path], render: Render[T], jobs: int) -> Iterator[Done[T]]:
    """All files, in the order given. `render` runs where the file is read, and is a function of a module."""
    if len(paths) == 1:
        yield read_one(paths[0], render) if paths[0] == STDIN else _alone(paths[0], render)
        return
    jobs = min(jobs, len(paths))
    rest = iter(paths)
    pool = _pool(jobs)
    waiting: deque[tuple[Path, Future[Done[T]]]] = deque()
    try:
        while True:
            while len(waiting) < jobs * AHEAD and (path := next(rest, None)) is not None:
                waiting.append((path, _submitted(pool, path, render)))
            if not waiting:
                return
            path, future = waiting.popleft()
            try:
                yield future.result()
            except BrokenProcessPool:  # by this file or by one that waited: each is tried again, this one alone
                pool.shutdown()
                pool = _pool(jobs)
                yield _alone(path, render)
                waiting = deque((path, _kept(future) or _submitted(pool, path, render)) for path, future in waiting)
    finally:
        pool.shutdown(cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, path: Path, render: Render[T]) -> Future[Done[T]]:
    """Only this process has the standard input. Processes that just ended take no file: it fails as those there do."""
    future: Future[Done[T]] = Future()
    try:
        if path != STDIN:
            return pool.submit(_in_time, path, render)
        future.set_result(read_one(path, render))
    except BrokenProcessPool as broken:
        future.set_exception(broken)
    return future


def _kept(future: Future[Done[T]]) -> Future[Done[T]] | None:
    """A file that was read before the processes ended is not read again."""
    return future if future.done() and future.exception() is None else None


def _alone(path: Path, render: Render[T]) -> Done[T]:
    with _pool(1) as pool:
        try:
            return pool.submit(_in_time, path, render).result()
        except BrokenProcessPool:
            why = "可能是文件损坏，或者内容太复杂"
            return Done(shown(path), fault=f"读这个文件时程序异常中止，{why}。请重新下载或者重新导出。")


def _in_time(path: Path, render: Render[T]) -> Done[T]:
    """One file that may not hold up the others."""
    try:
        with limited():
            return read_one(path, render)
    except TooLongError:
        return Done(shown(path), fault="读这个文件用的时间太长，已经停止。请核对文件；确需读取的，先拆开。")


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, initializer=_begin)


def _begin() -> None:
    """In each process: memory within bounds; an interrupt ends it without a word."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (min(MEMORY, most) if most >= 0 else MEMORY, most))
