"""What the house works with: law, declarations, templates of papers, settings. A change is an act of the house."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from fadu.kernel import access, documents, house
from fadu.rules.law import LAW_FOLDER, Library
from fadu.rules.registry import Registry


def edition(library: Library, registry: Registry) -> dict[str, str]:
    """SHA-256 of each: the library of law, all declarations, the texts of papers and of the report, local settings."""
    said = [[p.system, p.version, registry.digest_of(p)] for name in registry.systems for p in registry.versions(name)]
    texts = {room.name: room.folder for room in registry.rooms} | {"": documents.SHARED}
    return {
        "law": library.digest(),
        "declarations": hashlib.sha256(json.dumps(sorted(said)).encode()).hexdigest(),
        "templates": _digest(texts, "*.md"),
        "settings": _digest({"local": LAW_FOLDER / "local"}, "*.yaml"),
    }


def _digest(folders: Mapping[str, Path], pattern: str) -> str:
    """One digest over name and bytes of every file, wherever the folders lie."""
    digest = hashlib.sha256()
    for name, path in sorted(_files(folders, pattern)):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{name} {content}\n".encode())
    return digest.hexdigest()


def _files(folders: Mapping[str, Path], pattern: str) -> Iterable[tuple[str, Path]]:
    for label, folder in folders.items():
        yield from ((f"{label}/{path.relative_to(folder).as_posix()}", path) for path in folder.rglob(pattern))


def record_edition(at: datetime | None = None) -> list[str]:
    """Puts on record what changed since the last time; returns its names, none when all is as it was."""
    with access.session(None, at) as s:
        return house.record_edition(s, edition(s.env.library, s.registry))
