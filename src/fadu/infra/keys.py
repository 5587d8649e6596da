"""The house's private keys: Ed25519 or SM2, one file a key, in a folder outside the data folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from fadu.infra import sm2
from fadu.infra.home import make_private
from fadu.infra.trouble import Trouble

ALGORITHM, SM2 = "ed25519", "sm2"
ALGORITHMS = (ALGORITHM, SM2)


class Signer(Protocol):
    """A private key that is at hand. algorithm: by what it signs, as each head tells it."""

    algorithm: str

    @property
    def public(self) -> bytes:
        """The public key."""
        ...

    @property
    def name(self) -> str:
        """Of the public key."""
        ...

    def sign(self, data: bytes) -> bytes:
        """64 bytes."""
        ...

    def text(self) -> str:
        """The private key as its file holds it."""
        ...


@dataclass(frozen=True)
class Ed25519Signer:
    """A key of the algorithm that needs nothing more."""

    secret: Ed25519PrivateKey
    algorithm = ALGORITHM

    @property
    def public(self) -> bytes:
        """The public key, 32 bytes."""
        return self.secret.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @property
    def name(self) -> str:
        """Of the public key."""
        return name_of(self.public)

    def sign(self, data: bytes) -> bytes:
        """64 bytes."""
        return self.secret.sign(data)

    def text(self) -> str:
        """PEM."""
        return self.secret.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode("ascii")


@dataclass(frozen=True)
class Sm2Signer:
    """A key of SM2; public: 64 bytes, x ‖ y."""

    private: bytes
    public: bytes
    algorithm = SM2

    @property
    def name(self) -> str:
        """Of the public key."""
        return name_of(self.public)

    def sign(self, data: bytes) -> bytes:
        """64 bytes, r ‖ s. Raises Trouble without the package."""
        return sm2.sign(self.private, self.public, data)

    def text(self) -> str:
        """Both halves in hexadecimal."""
        return f"{SM2} {self.private.hex()} {self.public.hex()}\n"


def algorithm_of(public: bytes) -> str:
    """The algorithm of a public key: 64 bytes are a point of SM2, 32 bytes a key of Ed25519."""
    return SM2 if len(public) == 64 else ALGORITHM


def name_of(public: bytes) -> str:
    """A key is named by the digest of its public half."""
    return sha256(public).hexdigest()[:32]


def signed_by(public: bytes, signature: bytes, data: bytes) -> bool:
    """Whether a signature holds."""
    if algorithm_of(public) == SM2:
        return sm2.signed_by(public, signature, data)
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def folder(house: str) -> Path:
    """Where a house's private keys lie. A house is named by its first key."""
    base = os.environ.get("FADU_KEYS") or "~/.config/fadu/keys"
    return Path(base).expanduser().absolute() / house


def generate(algorithm: str = ALGORITHM) -> Signer:
    """A new key, not yet kept anywhere. Raises Trouble when the package for SM2 is missing."""
    if algorithm == SM2:
        public, private = sm2.generate()
        return Sm2Signer(private, public)
    return Ed25519Signer(Ed25519PrivateKey.generate())


def keep(signer: Signer, house: str) -> Path:
    """Writes a private key for its owner's eyes only."""
    place = folder(house)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = place / f"{signer.name}.pem"
    make_private(path, signer.text())
    return path


def find(house: str, key: str) -> Signer:
    """The private key of this name. Raises Trouble when it is not there, or when others may read it."""
    path = folder(house) / f"{key}.pem"
    if not path.is_file():
        raise Trouble(
            f"没有找到签名密钥 {path}。密钥不在数据目录里，请从密钥的备份恢复，或用 FADU_KEYS 指明所在的目录；"
            "确已丢失的，运行 fadu ledger rotate-key --lost 说明。"
        )
    if path.stat().st_mode & 0o077:
        raise Trouble(f"签名密钥 {path} 其他用户也能读取，请先执行 chmod 600。")
    try:
        signer = _read(path.read_bytes())
    except ValueError as error:
        raise Trouble(f"签名密钥 {path} 已经损坏。") from error
    if signer is None or signer.name != key:
        raise Trouble(f"文件 {path} 不是这一签名密钥。")
    return signer


def _read(text: bytes) -> Signer | None:
    """A private key as its file holds it, None for one of another kind. Raises ValueError."""
    if text.startswith(SM2.encode()):
        _, private, public = text.decode("ascii").split()
        return Sm2Signer(bytes.fromhex(private), bytes.fromhex(public))
    secret = load_pem_private_key(text, password=None)
    return Ed25519Signer(secret) if isinstance(secret, Ed25519PrivateKey) else None
