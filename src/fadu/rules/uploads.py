"""An uploaded file as facts name it: the digest of its bytes, and the name under which this one came in."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 80
"""Signs of a name: as Chinese, what file systems still keep."""
_SAID = re.compile(r"([0-9a-f]{64})/([^/]+)")


@dataclass(frozen=True, slots=True)
class Upload:
    """The same bytes may be uploaded by many, each under a name of his own; as text: digest/name."""

    digest: str
    name: str

    def __str__(self) -> str:
        return f"{self.digest}/{self.name}"

    @classmethod
    def read(cls, entry: str) -> Upload | None:
        """What an entry of a fact names; None when it names no upload."""
        said = _SAID.fullmatch(entry)
        return cls(*said.groups()) if said and clean_name(said[2]) == said[2] else None


def clean_name(name: str) -> str:
    """The last part of a path without signs that no screen shows; never empty, and its ending is kept."""
    last = re.split(r"[/\\]", name)[-1]
    shown = unicodedata.normalize("NFC", "".join(filter(str.isprintable, last))).strip(" .") or "文件"
    stem, dot, ending = shown.rpartition(".")
    return stem[: LONGEST - len(ending) - 1] + dot + ending if dot and len(ending) < LONGEST // 2 else shown[:LONGEST]
