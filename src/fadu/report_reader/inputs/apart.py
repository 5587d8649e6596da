"""Files taken apart in a process of its own: no file can hold a server or end it, whatever is in it."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from fadu.report_reader.inputs import Loaded, NotReadable, load_bytes, scan

SECONDS = 10
MEMORY = 2 * 1024**3
ADVICE = "请先用文字识别软件转成文字，再上传或者粘贴。"
"""For people who cannot install what recognises pictures here."""
_KEPT = ("PATH", "PYTHONPATH", "LANG", "LC_ALL")
"""All of the surroundings that the process needs; keys and addresses are none of its business."""


def load_apart(files: Sequence[bytes], longest: int) -> list[Loaded | NotReadable]:
    """The text of each file or why there is none, in order; of a longer text its first `longest` + 1 characters."""
    head = json.dumps({"longest": longest, "sizes": [len(data) for data in files]}).encode() + b"\n"
    try:
        done = subprocess.run(
            [sys.executable, "-m", __name__],
            input=head + b"".join(files),
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={name: os.environ[name] for name in _KEPT if name in os.environ},
        )
    except subprocess.TimeoutExpired:
        return [_unread(f"{SECONDS} 秒内没有读完。")] * len(files)
    if done.returncode:
        return [_unread("文件不能正常解开。")] * len(files)
    return [_loaded(told) for told in json.loads(done.stdout)]


def _unread(why: str) -> NotReadable:
    return NotReadable(why, todo="请把正文复制出来，粘贴成文字再核对。")


def _loaded(told: dict[str, Any]) -> Loaded | NotReadable:
    if "fault" in told:
        return NotReadable(told["fault"], todo=told["todo"])
    return Loaded(told["text"], told["form"], tuple(told["pages"]), tuple(told["notes"]))


def told_of(data: bytes, longest: int) -> dict[str, Any]:
    """What the process answers for one file."""
    try:
        loaded = load_bytes(data)
    except NotReadable as refusal:
        todo = refusal.todo or ""
        return {"fault": refusal.message, "todo": ADVICE if scan.INSTALL in todo else todo}
    notes = [note.replace(scan.HOW, ADVICE.rstrip("。")) for note in loaded.notes]
    return {"text": loaded.text[: longest + 1], "form": loaded.form, "pages": loaded.pages, "notes": notes}


def _main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    head = json.loads(sys.stdin.buffer.readline())
    told = [told_of(sys.stdin.buffer.read(size), head["longest"]) for size in head["sizes"]]
    json.dump(told, sys.stdout, ensure_ascii=True)


if __name__ == "__main__":
    _main()
