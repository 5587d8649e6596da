"""A contender is a process of its own that does acts when told to: so many on its standard input, how long it took out.

Processes do not share an interpreter, a garbage collector or a connection, and eight of them are eight clients.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

Act = Callable[[], object]


def answer(prepare: Callable[[int], Sequence[Act]]) -> None:
    """The contender's side: prepares the acts asked for, waits for the word, does them one by one and says how long."""
    print("ready", flush=True)
    for line in sys.stdin:
        acts = prepare(int(line))
        print("prepared", flush=True)
        sys.stdin.readline()
        took, cpu, begin = [], _cpu(), time.perf_counter()
        for act in acts:
            before = time.perf_counter()
            act()
            took.append(time.perf_counter() - before)
        whole = time.perf_counter() - begin
        print(json.dumps({"seconds": whole, "cpu": _cpu() - cpu, "took": took}), flush=True)


def in_rows(make: Callable[[], Any], act: Callable[[Any, int], None], steps: int) -> Callable[[int], Sequence[Act]]:
    """So many steps in each of as many runs as needed, which are begun beforehand."""

    def prepare(number: int) -> Sequence[Act]:
        runs = [make() for _ in range(-(-number // steps))]
        return [partial(act, run, step) for run in runs for step in range(steps)][:number]

    return prepare


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


class Contender:
    """The measuring program's side: one or more processes of the same program."""

    def __init__(self, program: str, *arguments: str, clients: int = 1) -> None:
        command = [sys.executable, str(Path(__file__).with_name(program)), *arguments]
        self.processes = [
            subprocess.Popen([*command, str(number)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for number in range(clients)
        ]
        self.took: list[float] = []
        self.cpu: list[float] = []
        self.awaited = "ready"

    def run(self, acts: int) -> float:
        """Acts a second of all its processes together, each doing so many."""
        if self.awaited:
            for process in self.processes:
                self._heard(process, self.awaited)
            self.awaited = ""
        for process in self.processes:
            self._tell(process, str(acts))
        for process in self.processes:
            self._heard(process, "prepared")
        begin = time.perf_counter()
        for process in self.processes:
            self._tell(process, "go")
        for process in self.processes:
            said: dict[str, Any] = json.loads(self._heard(process))
            self.took += said["took"]
            self.cpu.append(said["cpu"] / acts)
        return len(self.processes) * acts / (time.perf_counter() - begin)

    def forget(self) -> None:
        """What was measured so far was for warming up."""
        self.took, self.cpu = [], []

    def close(self) -> None:
        """Ends its processes."""
        for process in self.processes:
            assert process.stdin is not None
            process.stdin.close()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _tell(self, process: subprocess.Popen[str], word: str) -> None:
        assert process.stdin is not None
        process.stdin.write(word + "\n")
        process.stdin.flush()

    def _heard(self, process: subprocess.Popen[str], wanted: str | None = None) -> str:
        assert process.stdout is not None
        line = process.stdout.readline().strip()
        if not line or (wanted is not None and line != wanted):
            raise RuntimeError(f"{process.args} 没有按约定回答：{line!r}")
        return line
