"""Reading of reports: documents a second beside one compiled expression and beside peers, growth, memory, and how good.

    fadu bench reader [--rounds 5] [--documents 1000] [--files 10000] [--folder FOLDER [--gold FOLDER]]

The texts are those of FOLDER (.txt), repeated to the number asked for; without one, passages of the tests between
paragraphs of the manual, so that numbers are as far apart as in published reports: the product works for each figure,
an expression for each sign. Processor time, one process. The limit is one compiled expression for numbers with units,
as named groups, over the same texts: it returns strings, the product values with unit, measure, period, place and the
checks between them; its figures alone, without the checks, are measured beside it. Peers run where
they are installed. Recall and precision are against --gold, or the passages: a peer that finds every number is not
made to tell figures from years, so its precision says what a user would have to sort out, not that it is wrong.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path
from time import process_time, sleep

import _readers
from _measure import goal, in_turn, paired, tell, watched

from fadu.report_reader import read
from fadu.report_reader.reading import figured

LIMIT = re.compile(
    r"(?P<number>\d+(?:,\d{3})*(?:\.\d+)?|[零〇一二两三四五六七八九十百千万亿]+)(?P<times>[余多]?[万亿]?[余多]?)"
    r"(?P<unit>人次|户次|个百分点|工作日|平方米|[件人名次个项条份家户场起元部篇册%‰])?"
)
TIMES = 10
SAMPLE = 40_000
"""Characters a contender reads in a round: the slowest peer takes seconds for them."""
LOOK = 0.05
APART = 36
"""Signs to a number in published reports: the five that the goals were measured on have 1,057 in 37,975."""
MANUAL = _readers.ROOT / "docs" / "manual"


def main(argv: Sequence[str] | None = None) -> int:
    """Prints speeds, ratios, memory and quality; 1 when growth is not bounded as promised."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--files", type=int, default=10_000, help="0: do not measure memory")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--gold", type=Path)
    options = parser.parse_args(argv)
    known = _readers.known(options.folder, options.gold)
    texts = _texts(options.folder, known)
    peers = list(_readers.installed())
    with watched():
        alone(texts, options.documents)
        beside(texts, peers, options.rounds)
        bounded = growth(texts, options.rounds)
        good(known, peers)
        if options.files:
            memory(texts, options.files)
    return 0 if bounded else 1


def _texts(folder: Path | None, known: list[_readers.Known]) -> list[str]:
    if folder is not None:
        return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    prose = [
        line for path in sorted(MANUAL.glob("*.md")) for line in path.read_text(encoding="utf-8").split("\n") if line
    ]
    return [_spaced([one.text for one in known[start :: len(known) // 20]], prose[start::5]) for start in range(5)]


def _spaced(dense: list[str], prose: list[str]) -> str:
    """Passages with lines of prose behind each, until numbers are so far apart."""
    lines, signs, numbers = cycle(prose), 0, 0
    told: list[str] = []
    for passage in dense:
        told.append(passage)
        while True:
            signs, numbers = signs + len(told[-1]) + 1, numbers + sum(1 for _ in LIMIT.finditer(told[-1]))
            if signs >= numbers * APART:
                break
            told.append(next(lines))
    return "\n".join(told)


def _took(call: Callable[[str], object], texts: Sequence[str]) -> float:
    begin = process_time()
    for text in texts:
        call(text)
    return process_time() - begin


def alone(texts: list[str], documents: int) -> None:
    """The product by itself over many documents."""
    repeated = [texts[place % len(texts)] for place in range(documents)]
    took = _took(read, repeated)
    characters = sum(map(len, repeated))
    print(
        f"{documents} 篇，共 {characters:,} 字：每核每秒 {documents / took:.1f} 篇，{characters / took:,.0f} 字",
        flush=True,
    )


def beside(texts: list[str], peers: list[tuple[str, str, _readers.Call]], rounds: int) -> None:
    """Characters a second, in turn."""
    sample = [text for text in texts if sum(map(len, texts)) <= SAMPLE] or texts[:1]
    size = sum(map(len, sample))
    calls: dict[str, Callable[[str], object]] = {
        "本程序": read,
        "本程序，只读数字": figured,
        "一个正则表达式": lambda text: [match.groupdict() for match in LIMIT.finditer(text)],
        **{name: call for name, _, call in peers},
    }
    for call in calls.values():
        call(sample[0][:500])
    speeds = in_turn({name: lambda c=call: size / _took(c, sample) for name, call in calls.items()}, rounds)
    tell(speeds, "字/秒")
    for ours in ("本程序", "本程序，只读数字"):
        goal(f"{ours} ÷ 一个正则表达式", paired(speeds[ours], speeds["一个正则表达式"]), least=0.05)
    least = {"all": 2.0, "units": 30.0, "money": 5.0}
    for name, applies, _ in peers:
        goal(f"本程序 ÷ {name}", paired(speeds["本程序"], speeds[name]), least=least[applies])


def growth(texts: list[str], rounds: int) -> bool:
    """The time of a text ten times as long beside that of the text."""
    text = "\n".join(texts)
    took = in_turn({"短": lambda: _took(read, [text]), "长": lambda: _took(read, [text * TIMES])}, rounds)
    return goal(f"{TIMES} 倍长的文本 ÷ 原文本，用时", paired(took["长"], took["短"]), most=12)


def good(known: list[_readers.Known], peers: list[tuple[str, str, _readers.Call]]) -> None:
    """How many of the known figures each finds with the right value."""
    print(f"已知数字的文本 {len(known)} 段，统计数字 {sum(len(one.figures) for one in known)} 个")

    def ours(text: str) -> list[_readers.Span]:
        return [(one.start, one.end, one.value) for one in read(text).claims]

    print(f"本程序：{_readers.scored(ours, known, money=False)}")
    if any(applies == "money" for _, applies, _ in peers):
        print(f"本程序，只看金额：{_readers.scored(_only_money, known, money=True)}")
    for name, applies, call in peers:
        about = "，只看金额" if applies == "money" else ""
        print(f"{name}{about}：{_readers.scored(call, known, money=applies == 'money')}", flush=True)


def _only_money(text: str) -> list[_readers.Span]:
    return [(one.start, one.end, one.value) for one in read(text).claims if one.unit.endswith("元")]


# ---------------------------------------------------------------- memory


def memory(texts: list[str], files: int) -> None:
    """Peaks of `fadu read` over a tenth of the files and over all: of the first process, and of the largest worker."""
    with tempfile.TemporaryDirectory() as folder:
        peaks = []
        for number in (files // TIMES, files):
            for place in range(number):
                Path(folder, f"{place:06d}.txt").write_text(texts[place % len(texts)], encoding="utf-8")
            peaks.append(_peaks(Path(folder)))
            print(
                f"{number} 个文件：主进程最多 {peaks[-1][0]:.0f} MB，读文件的进程最多 {peaks[-1][1]:.0f} MB", flush=True
            )
    goal(f"{files} 个文件 ÷ {files // TIMES} 个文件，主进程内存", [peaks[1][0] / peaks[0][0]], most=1.2)
    goal(f"{files} 个文件 ÷ {files // TIMES} 个文件，读文件的进程内存", [peaks[1][1] / peaks[0][1]], most=1.2)


def _peaks(folder: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", "fadu", "read", str(folder), "--format", "json", "--out", os.devnull]
    first = worker = 0.0
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            first = max(first, _peak(process.pid))
            worker = max([worker, *(_peak(child) for child in _children(process.pid))])
            sleep(LOOK)
    return first, worker


def _children(pid: int) -> list[int]:
    try:
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [int(child) for child in listed]


def _peak(pid: int) -> float:
    """The most memory a process held so far, in megabytes; 0 when it has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+)", status)
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    sys.exit(main())
