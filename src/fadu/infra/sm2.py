"""SM2 signatures (GB/T 32918) beside Ed25519: made by the package gmssl-pyx, checked by it or, without it, here.

A signature is checked in plain integers, so that no house depends on the package to read its own record; that takes
some ten milliseconds each. Nothing secret passes through this arithmetic.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from cryptography.hazmat.primitives import hashes

from fadu.infra.trouble import Trouble

PACKAGE = "gmssl_pyx"
MISSING = "用 SM2 签名需要附加组件 gmssl-pyx：请执行 pip install --require-hashes -r requirements/sm2.lock，然后重试。"
SIGNER = b"1234567812345678"
"""The name of the signer that the standard takes where none was agreed."""
P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A = P - 3
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
G = (
    0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
    0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
)
Point = tuple[int, int] | None
"""A point of the curve; None is the one at infinity."""


def package() -> Any:
    """The package that signs. Raises Trouble that says how to get it."""
    if find_spec(PACKAGE) is None:
        raise Trouble(MISSING)
    return import_module(PACKAGE)


def generate() -> tuple[bytes, bytes]:
    """A new pair of keys: public (64 bytes, x ‖ y), private (32 bytes)."""
    public, private = package().sm2_key_generate()
    return bytes(public), bytes(private)


def sign(private: bytes, public: bytes, data: bytes) -> bytes:
    """The signature as r ‖ s, 64 bytes."""
    r, s = _pair(bytes(package().sm2_sign(private, public, data, SIGNER)))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def signed_by(public: bytes, signature: bytes, data: bytes) -> bool:
    """Whether a signature r ‖ s holds. The curve has no small subgroups: a point on it is a key."""
    if len(public) != 64 or len(signature) != 64:
        return False
    key = (int.from_bytes(public[:32], "big"), int.from_bytes(public[32:], "big"))
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    t = (r + s) % N
    if not (on_curve(key) and 0 < r < N and 0 < s < N and t):
        return False
    point = _sum(s, G, t, key)
    return point is not None and (_digest(public, data) + point[0] - r) % N == 0


def on_curve(point: tuple[int, int]) -> bool:
    """Whether these are the coordinates of a point."""
    x, y = point
    return x < P and y < P and (y * y - x * x * x - A * x - B) % P == 0


def _digest(public: bytes, data: bytes) -> int:
    """What is signed: SM3 over what names the signer and the curve, and the data."""
    curve = b"".join(number.to_bytes(32, "big") for number in (A, B, *G))
    named = _sm3((len(SIGNER) * 8).to_bytes(2, "big") + SIGNER + curve + public)
    return int.from_bytes(_sm3(named + data), "big")


def _sm3(data: bytes) -> bytes:
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize()


def _pair(der: bytes) -> tuple[int, int]:
    """r and s out of the package's form, a sequence of two integers in DER."""
    length = der[3]
    first, second = der[4 : 4 + length], der[6 + length :]
    if der[0] != 0x30 or der[2] != 2 or der[4 + length] != 2 or len(second) != der[5 + length]:
        raise Trouble("附加组件 gmssl-pyx 给出的签名读不懂，请核对它的版本。")
    return int.from_bytes(first, "big"), int.from_bytes(second, "big")


def _sum(s: int, g: tuple[int, int], t: int, key: tuple[int, int]) -> Point:
    """s·G + t·P in one pass over the bits of both."""
    steps: dict[tuple[int, int], Point] = {(1, 0): g, (0, 1): key, (1, 1): _add(g, key)}
    found: Point = None
    for bit in reversed(range(256)):
        found = _add(found, found)
        step = steps.get((s >> bit & 1, t >> bit & 1))
        found = _add(found, step)
    return found


def _add(one: Point, other: Point) -> Point:
    if one is None or other is None:
        return one or other
    (x1, y1), (x2, y2) = one, other
    if x1 == x2 and (y1 + y2) % P == 0:
        return None
    slope = (3 * x1 * x1 + A) * pow(2 * y1, -1, P) if one == other else (y2 - y1) * pow(x2 - x1, -1, P)
    x = (slope * slope - x1 - x2) % P
    return x, (slope * (x1 - x) - y1) % P
