"""SM2 beside Ed25519: signatures, keys in their files, rotation from one to the other, both verifiers."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fadu.infra import keys, sm2
from fadu.infra.home import CHECKOUT
from fadu.infra.trouble import Trouble

PROGRAM = CHECKOUT / "scripts" / "verify_record.py"
# The worked example of GB/T 32918.5.
PRIVATE = 0x3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8
PUBLIC = bytes.fromhex(
    "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
    "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"
)
SIGNED = bytes.fromhex(
    "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
    "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA"
)
MESSAGE = b"message digest"


def _der(number: int) -> bytes:
    text = number.to_bytes(number.bit_length() // 8 + 1, "big")
    return bytes([2, len(text)]) + text


def _signed(private: bytes, public: bytes, data: bytes, signer: bytes) -> bytes:
    """What the package does, in plain integers; k from a digest, since no secret is at stake here."""
    assert signer == sm2.SIGNER
    d, k = int.from_bytes(private, "big"), int.from_bytes(hashlib.sha256(private + data).digest(), "big") % sm2.N
    point = sm2._sum(k, sm2.G, 0, sm2.G)
    assert point is not None
    r = (sm2._digest(public, data) + point[0]) % sm2.N
    s = pow(1 + d, -1, sm2.N) * (k - r * d) % sm2.N
    body = _der(r) + _der(s)
    return bytes([0x30, len(body)]) + body


def _pair() -> tuple[bytes, bytes]:
    return PUBLIC, PRIVATE.to_bytes(32, "big")


@pytest.fixture
def extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package where it is not installed: keys and signatures of the same form."""
    if importlib.util.find_spec(sm2.PACKAGE) is None:
        stand_in = SimpleNamespace(sm2_key_generate=_pair, sm2_sign=_signed)
        monkeypatch.setattr(sm2, "package", lambda: stand_in)


def test_the_example_of_the_standard_holds_and_nothing_else() -> None:
    assert sm2.signed_by(PUBLIC, SIGNED, MESSAGE)
    assert not sm2.signed_by(PUBLIC, SIGNED, b"message digesT")
    for place in (0, 31, 32, 63):
        changed = bytes(octet ^ (number == place) for number, octet in enumerate(SIGNED))
        assert not sm2.signed_by(PUBLIC, changed, MESSAGE)
        other = bytes(octet ^ (number == place) for number, octet in enumerate(PUBLIC))
        assert not sm2.signed_by(other, SIGNED, MESSAGE), "no point of the curve"
    for wrong in (b"", SIGNED[:63], bytes(64), b"\xff" * 64):
        assert not sm2.signed_by(PUBLIC, wrong, MESSAGE)


def test_the_verifier_that_stands_alone_agrees() -> None:
    known: dict[str, Any] = {"__name__": "verify_record"}
    exec(compile(PROGRAM.read_text(encoding="utf-8"), str(PROGRAM), "exec"), known)
    assert known["signed"](PUBLIC, SIGNED, MESSAGE)
    assert not known["signed"](PUBLIC, SIGNED, b"x")
    assert not known["signed"](PUBLIC, bytes(64), MESSAGE)
    assert not known["signed"](PUBLIC[::-1], SIGNED, MESSAGE)


def test_a_key_comes_back_from_its_file(extra: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FADU_KEYS", str(tmp_path))
    for algorithm in keys.ALGORITHMS:
        made = keys.generate(algorithm)
        path = keys.keep(made, "house")
        assert path.stat().st_mode & 0o077 == 0
        found = keys.find("house", made.name)
        assert (found.algorithm, found.public) == (algorithm, made.public)
        assert keys.algorithm_of(found.public) == algorithm
        assert keys.signed_by(found.public, found.sign(b"head"), b"head")
        assert not keys.signed_by(found.public, found.sign(b"head"), b"other")
    path.write_text("sm2 00 zz\n", encoding="ascii")
    with pytest.raises(Trouble, match="已经损坏"):
        keys.find("house", made.name)


def test_without_the_package_signing_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sm2, "PACKAGE", "no_such_package")
    with pytest.raises(Trouble, match=r"requirements/sm2\.lock"):
        keys.generate(keys.SM2)
    assert (CHECKOUT / "requirements" / "sm2.lock").is_file()
    assert sm2.signed_by(PUBLIC, SIGNED, MESSAGE), "what was signed can be checked all the same"
