"""`fadu ledger`: seal, verify, prove and export the record, and compare it with what a witness kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from django.db import DatabaseError
from django.db.models import Q

from fadu.infra.keys import ALGORITHM, ALGORITHMS
from fadu.infra.trouble import Trouble
from fadu.kernel import access, export, house, models, seal, verification, witness
from fadu.rules.errors import FaduError, NotFound

NEW_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group(help="全过程记录：封存、核对、证明、导出，与见证人留存的封存比对。", subcommand_metavar="命令 [参数]…")
def ledger() -> None:
    """The record as a whole."""


@ledger.command("seal", help="封存：把新的记录收入封存树，签名。可以随时运行，建议每分钟一次。")
def seal_() -> None:
    """For a timer."""
    click.echo(seal.seal().line())


@ledger.command(help="显示最近一次封存：一行，可以在电话里念给见证人；--json 供程序留存。")
@click.option("--json", "as_json", is_flag=True, help="输出完整的签名封存（JSON，一行）。")
def head(*, as_json: bool) -> None:
    """What a witness keeps."""
    with access.session(None):
        last = seal.latest()
    if last is None:
        raise Trouble("还没有封存过，请先运行 fadu ledger seal。")
    click.echo(json.dumps(last.as_json()) if as_json else last.line())


@ledger.command(help="核对全部记录：记录链、封存条目、树根、签名和密钥，发现改动即指出。")
def verify() -> None:
    """Exit status 1 when something does not hold."""
    with verification.one_moment():
        found = verification.verify()
    _tell(found, found.faults)
    click.echo("单机核对不能发现末尾被整段删去或者整库换回旧副本，这要与外部留存的封存比对：fadu ledger witness。")
    if found.faults:
        raise SystemExit(1)


@ledger.command("witness", help="核对全部记录，并与见证人留存的封存（文件中一行一次）比对。")
@click.argument("file", metavar="文件", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=NEW_FILE, help="另存一份一致性证明：见证人最后一次留存的封存是现在这一次的开头。")
def witness_(file: Path, out: Path | None) -> None:
    """Exit status 1 when the house is not what the witness saw."""
    kept = witness.parse(file.read_text(encoding="utf-8", errors="replace"))
    with verification.one_moment():
        found = verification.verify(one.size for one in kept)
        against = witness.compare(found, kept)
        proof = seal.consistency(kept[-1].size) if out and not against else None
    _tell(found, found.faults + against)
    if out and proof:
        _write(out, proof)
    if found.faults or against:
        raise SystemExit(1)
    click.echo(f"与见证人留存的 {len(kept)} 次封存一致。")


@ledger.command(help="为一条记录出具证明：它在最近一次封存之中。卷：house、案件编号、文号或者名录名称。")
@click.argument("stream", metavar="卷")
@click.argument("position", metavar="序号", type=int)
@click.option("--out", type=NEW_FILE, required=True, help="证明文件。")
def prove(stream: str, position: int, out: Path) -> None:
    """The file is checked by scripts/verify_record.py, without this program."""
    with access.session(None):
        proof = seal.inclusion(_stream(stream), position)
    _write(out, proof)
    click.echo(f"已出具证明 {out}，对应封存：{seal.Head.of_json(proof['head']).line()}")


@ledger.command("export", help="把全部记录导出到一个新目录（JSON，一行一条），供他人用 scripts/verify_record.py 核对。")
@click.argument("folder", metavar="目录", type=click.Path(file_okay=False, path_type=Path))
def export_(folder: Path) -> None:
    """Everything, personal values included."""
    with verification.one_moment():
        counts = export.export(folder)
    click.echo(f"已导出 {counts['events']} 条记录、{counts['heads']} 次封存到 {folder}。其中有个人信息，请妥善保管。")


@ledger.command("rotate-key", help="更换签名密钥：旧密钥为新密钥签名，写入本机关的记录。")
@click.option("--reason", required=True, help="更换的原因。")
@click.option("--algorithm", type=click.Choice(ALGORITHMS), default=ALGORITHM, show_default=True, help="签名算法。")
@click.option("--lost", is_flag=True, help="旧密钥已经丢失，不能签名；核对时会一直提示。")
def rotate_key(reason: str, algorithm: str, *, lost: bool) -> None:
    """The private half is written outside the data folder."""
    made = seal.rotate(reason, lost=lost, algorithm=algorithm)
    click.echo(f"已启用第 {made.number} 把密钥 {made.name}。请备份密钥目录，并把新密钥的名称告诉见证人。")


def keep_sealed() -> None:
    """Seals by the way; a house that cannot seal goes on working and says so."""
    try:
        seal.seal()
    except (Trouble, FaduError, DatabaseError, OSError) as fault:
        click.echo(f"记录没有封存：{fault}", err=True)


def _tell(found: verification.Found, faults: list[str]) -> None:
    for sentence in faults:
        click.echo(sentence, err=True)
    for sentence in found.notes:
        click.echo(f"提示：{sentence}")
    verdict = f"发现 {len(faults)} 处问题" if faults else "没有发现改动"
    click.echo(f"核对了 {found.events} 条记录，其中 {found.unsealed} 条尚未封存，{verdict}。")
    if found.last:
        click.echo(f"最近一次封存：{found.last.line()}")


def _stream(said: str) -> int:
    """The stream of the house, of a case by its id or number, or of a register."""
    if said == "house":
        streams = models.Stream.objects.filter(kind="house", name=house.HOUSE)
    else:
        case = Q(case__number=said) | (Q(case__pk=int(said)) if said.isdecimal() else Q(pk__in=()))
        streams = models.Stream.objects.filter(case | Q(kind="register", name=said))
    found = streams.values_list("pk", flat=True).first()
    if found is None:
        raise NotFound(f"“{said}”")
    return int(found)


def _write(out: Path, proof: dict[str, Any]) -> None:
    out.write_text(json.dumps(proof, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
