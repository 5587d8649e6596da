"""Reading of reports: documents a second beside one compiled expression and beside peers, and growth with the length.

    fadu bench reader [--documents 1000] [--folder FOLDER]

The texts are those of FOLDER (.txt), repeated to the number asked for; without one, passages of the tests. The limit is
one compiled expression for numbers with units, over the same texts; peers are measured where they are installed.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from importlib import import_module, util
from pathlib import Path
from time import process_time

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from fadu.report_reader import read  # noqa: E402

LIMIT = re.compile(
    r"(?P<number>\d+(?:,\d{3})*(?:\.\d+)?|[零〇一二两三四五六七八九十百千万亿]+)(?P<times>[余多]?[万亿]?[余多]?)"
    r"(?P<unit>人次|户次|个百分点|工作日|平方米|[件人名次个项条份家户场起元部篇册%‰])?"
)
ROUNDS = 3
TIMES = 10
LONGEST = 12


def main(argv: Sequence[str] | None = None) -> int:
    """Prints ratios; 1 when a text ten times as long takes more than twelve times the time."""
    parser = argparse.ArgumentParser(prog="fadu bench reader", description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args(argv)
    texts = _texts(options.folder)
    repeated = [texts[place % len(texts)] for place in range(options.documents)]
    characters = sum(map(len, repeated))
    print(f"文本 {len(repeated)} 篇，共 {characters:,} 字；处理器时间，一个进程，{ROUNDS} 轮取中间值。")
    ours = _measured("本程序", read, repeated)
    limit = _measured("一个正则表达式（上限）", lambda text: [m.groupdict() for m in LIMIT.finditer(text)], repeated)
    print(f"本程序÷上限 {limit / ours:.3f}（目标不低于 0.05）")
    for name, call in _peers():
        sample = repeated[: max(len(texts), len(repeated) // 100)]
        peer = _measured(name, call, sample) * len(repeated) / len(sample)
        print(f"本程序÷{name} {peer / ours:.1f}")
    return _growth(texts)


def _texts(folder: Path | None) -> list[str]:
    if folder is not None:
        return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    seen = ROOT / "tests" / "report_reader" / "passages" / "seen.txt"
    return [re.sub(r"[{}]|=[\d.]+(?=})|^[>#].*$", "", seen.read_text(encoding="utf-8"), flags=re.MULTILINE)]


def _measured(name: str, call: Callable[[str], object], texts: list[str]) -> float:
    """Seconds for all texts, the median of the rounds; prints documents a second."""
    times = []
    for _ in range(ROUNDS):
        begun = process_time()
        for text in texts:
            call(text)
        times.append(process_time() - begun)
    middle = sorted(times)[ROUNDS // 2]
    print(f"{name}：每秒 {len(texts) / middle:,.1f} 篇，{sum(map(len, texts)) / middle:,.0f} 字。")
    return middle


def _peers() -> list[tuple[str, Callable[[str], object]]]:
    """Peers that are installed, for the texts to which they apply."""
    found: list[tuple[str, Callable[[str], object]]] = []
    if util.find_spec("recognizers_number"):
        number, culture = import_module("recognizers_number"), import_module("recognizers_text").Culture.Chinese
        found.append(("recognizers 数字", lambda text: number.recognize_number(text, culture)))
    if util.find_spec("recognizers_number_with_unit"):
        units = import_module("recognizers_number_with_unit")
        culture = import_module("recognizers_text").Culture.Chinese
        found.append(("recognizers 带单位", lambda text: units.recognize_dimension(text, culture)))
    if util.find_spec("jionlp"):
        jionlp = import_module("jionlp")
        found.append(("jionlp 金额", jionlp.ner.extract_money))
    return found


def _growth(texts: list[str]) -> int:
    """The time of a text ten times as long beside that of the text."""
    text = "\n".join(texts)
    times = [sorted(_once(text * length) for _ in range(ROUNDS))[ROUNDS // 2] for length in (1, TIMES)]
    ratio = times[1] / times[0]
    print(f"长 {TIMES} 倍的文本用时 {ratio:.1f} 倍（目标不超过 {LONGEST}）。")
    return 0 if ratio <= LONGEST else 1


def _once(text: str) -> float:
    begun = process_time()
    read(text)
    return process_time() - begun


if __name__ == "__main__":
    sys.exit(main())
