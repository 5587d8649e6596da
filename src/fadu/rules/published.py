"""Published declarations: the digest of each, committed; a changed one needs a new revision (D6).

The file is written by `fadu registry publish` and read by a test. Events carry the digest under which they
were written, so a text that was once published never changes unseen and never disappears.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from fadu.rules.errors import DeclarationError
from fadu.rules.registry import Registry, digest

HEAD = "# 已公布的程序声明：每一文本的修订号和摘要。由 fadu registry publish 写入，不手工修改。\n"


@dataclass(frozen=True, slots=True)
class Published:
    """What was published of one text of a system."""

    revision: int
    digest: str


Texts = Mapping[tuple[str, str], Published]
"""By system and version."""


def current(registry: Registry) -> dict[tuple[str, str], Published]:
    """The declarations as they are now."""
    texts = (text for system in registry.systems for text in registry.versions(system))
    return {(text.system, text.version): Published(text.revision, digest(text)) for text in texts}


def read(file: Path) -> dict[tuple[str, str], Published]:
    """The declarations as they were published; none when the file is not there."""
    content = yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else None
    return {
        (system, version): Published(said["revision"], said["digest"])
        for system, versions in (content or {}).items()
        for version, said in versions.items()
    }


def changed_without_revision(published: Texts, now: Texts) -> list[str]:
    """A sentence for each published text that changed silently, or is gone."""
    faults = []
    for (system, version), before in published.items():
        after = now.get((system, version))
        if after is None:
            faults.append(f"程序 {system} {version} 已经公布，不能删除：在办和已结的案件仍要用它")
        elif after.digest != before.digest and after.revision <= before.revision:
            faults.append(
                f"程序 {system} {version} 的声明与已公布的第{before.revision}次修订不同，"
                f"请把 revision 改为 {before.revision + 1}"
            )
        elif after.digest == before.digest and after.revision != before.revision:
            faults.append(f"程序 {system} {version} 的修订号变了，声明却没有变")
    return faults


def not_published(published: Texts, now: Texts) -> list[str]:
    """A sentence for each text that is new or revised and not yet in the file."""
    return [
        f"程序 {system} {version} 第{text.revision}次修订还没有公布"
        for (system, version), text in now.items()
        if published.get((system, version)) != text
    ]


def publish(file: Path, now: Texts) -> list[str]:
    """Writes the file anew and says what was published. Raises DeclarationError when a text changed silently."""
    published = read(file)
    faults = changed_without_revision(published, now)
    if faults:
        raise DeclarationError("；".join(faults), todo="改好后再运行 fadu registry publish。")
    content: dict[str, dict[str, dict[str, object]]] = {}
    for (system, version), text in sorted(now.items()):
        content.setdefault(system, {})[version] = {"revision": text.revision, "digest": text.digest}
    file.write_text(HEAD + yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return [sentence.replace("还没有公布", "已公布") for sentence in not_published(published, now)]
