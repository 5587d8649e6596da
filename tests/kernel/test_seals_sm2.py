"""Heads signed by SM2: the house goes over to it and back, and everybody can check them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from fadu.infra import keys
from fadu.kernel import export, seal, verification
from tests.infra.test_sm2 import PROGRAM, extra
from tests.kernel.conftest import House

__all__ = ["extra"]


def check(folder: Path) -> tuple[int, str]:
    done = subprocess.run([sys.executable, "-I", str(PROGRAM), str(folder)], capture_output=True, text=True)
    return done.returncode, done.stdout


def test_a_house_goes_over_to_sm2_and_back(home: House, extra: None, tmp_path: Path) -> None:
    seal.seal(at=home.now)
    made = seal.rotate("改用国密算法", algorithm=keys.SM2, at=home.now)
    home.open()
    seal.seal(at=home.now)
    seal.rotate("例行更换", at=home.now)
    with home.session(None):
        heads = seal.heads()
        assert [head.algorithm for head in heads] == ["ed25519", "sm2", "sm2", "ed25519"]
        assert heads[1].key == heads[2].key == made.name
        assert [key.endorsement is not None for key in seal.public_keys()] == [False, True, True]
        found = verification.verify()
        assert (found.faults, found.unsealed) == ([], 0)
        export.export(tmp_path / "out")
    assert check(tmp_path / "out")[0] == 0
    path = tmp_path / "out" / "heads.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, change in ((1, {"algorithm": "ed25519"}), (2, {"signature": "00" * 64})):
        changed = [json.dumps(json.loads(line) | (change if at == number else {})) for at, line in enumerate(lines)]
        path.write_text("\n".join(changed) + "\n", encoding="utf-8")
        status, said = check(tmp_path / "out")
        assert status == 1
        assert "签名不符" in said
