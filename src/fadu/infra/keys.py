"""The house's private keys: Ed25519, one file a key, in a folder outside the data folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from fadu.infra.home import make_private
from fadu.infra.trouble import Trouble

ALGORITHM = "ed25519"


@dataclass(frozen=True)
class Signer:
    """A private key that is at hand."""

    secret: Ed25519PrivateKey

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


def name_of(public: bytes) -> str:
    """A key is named by the digest of its public half."""
    return sha256(public).hexdigest()[:32]


def signed_by(public: bytes, signature: bytes, data: bytes) -> bool:
    """Whether a signature holds."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def folder(house: str) -> Path:
    """Where a house's private keys lie. A house is named by its first key."""
    base = os.environ.get("FADU_KEYS") or "~/.config/fadu/keys"
    return Path(base).expanduser().absolute() / house


def generate() -> Signer:
    """A new key, not yet kept anywhere."""
    return Signer(Ed25519PrivateKey.generate())


def keep(signer: Signer, house: str) -> Path:
    """Writes a private key for its owner's eyes only."""
    place = folder(house)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    pem = signer.secret.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path = place / f"{signer.name}.pem"
    make_private(path, pem.decode("ascii"))
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
        secret = load_pem_private_key(path.read_bytes(), password=None)
    except ValueError as error:
        raise Trouble(f"签名密钥 {path} 已经损坏。") from error
    if not isinstance(secret, Ed25519PrivateKey) or Signer(secret).name != key:
        raise Trouble(f"文件 {path} 不是这一签名密钥。")
    return Signer(secret)
