"""The second factor: codes that an app on a person's phone makes (TOTP, RFC 6238), and codes for when it is lost.

Which roles must have one, the house's own register says. A code is taken once; the secret lies sealed in the database.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP
from django.conf import settings

from fadu.infra import clock
from fadu.kernel import house, models
from fadu.kernel.access import Session, register
from fadu.rules.errors import BadInput, NotFound, Refusal
from fadu.rules.procedure import ROLES

REGISTER = "second_factor"
"""Register of the house: roles whose holders must have a second factor. Key: the role."""
SECONDS = 30
DIGITS = 6
AROUND = (-1, 0, 1)
"""Steps beside the present one that are taken too: phones and servers are not exactly on time."""
RECOVERY = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_secret() -> str:
    """As apps take it typed: 32 letters and digits."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def address_of(secret: str, username: str) -> str:
    """What an app takes from a picture or a link."""
    return (
        _hotp(secret)
        .get_provisioning_uri(f"{username}", 0, "法度")
        .replace("//hotp/", "//totp/")
        .replace("&counter=0", f"&period={SECONDS}")
    )


def has(officer: int) -> bool:
    return models.SecondFactor.objects.filter(officer=officer).exists()


def required(s: Session) -> bool:
    """Whether the session's officer holds a role today whose holders must have one."""
    return register(s, REGISTER, s.today, organ=None).filter(key__in={role for role, _ in s.posts}).exists()


def required_roles(s: Session) -> list[str]:
    return list(register(s, REGISTER, s.today).values_list("key", flat=True))


def require(s: Session, role: str, *, needed: bool) -> None:
    """From today on the holders of a role must have a second factor, or need none any more."""
    if role not in ROLES:
        raise BadInput({"role": "没有这种职责"})
    if needed == (role in required_roles(s)):
        return
    if needed:
        house.put_entry(s, REGISTER, role, {}, since=s.today)
    else:
        house.end_entry(s, REGISTER, role, s.today)


def set_up(s: Session, secret: str, code: str) -> list[str]:
    """Takes the app into use once it makes the right code; returns the codes for when it is lost, told only now."""
    assert s.officer is not None
    step = _step_of(secret, code, -1)
    if step is None:
        raise BadInput({"code": "验证码不正确。请核对手机的日期和时间，输入应用中现在显示的六位数字"})
    codes = ["".join(secrets.choice(LETTERS) for _ in range(10)) for _ in range(RECOVERY)]
    values = {"secret": _sealer().encrypt(secret.encode()).decode(), "step": step, "made": s.now}
    values["recovery"] = [_digest(one) for one in codes]
    models.SecondFactor.objects.update_or_create(officer_id=s.officer, defaults=values)
    house.own_event(s, "set_second_factor")
    return codes


def passes(officer: int, typed: str) -> bool:
    """Whether a code is right, and takes it: none is right twice."""
    row = models.SecondFactor.objects.select_for_update().filter(officer=officer).first()
    if row is None:
        return False
    typed = "".join(typed.split()).replace("-", "").lower()
    if (digest := _digest(typed)) in row.recovery:
        row.recovery.remove(digest)
        row.save(update_fields=["recovery"])
        return True
    step = _step_of(_opened(row), typed, row.step)
    if step is None:
        return False
    row.step = step
    row.save(update_fields=["step"])
    return True


def give_up(s: Session) -> None:
    """The person does without from now on. Refused to whom the house asks for one."""
    assert s.officer is not None
    if required(s):
        raise Refusal("您担任的职务必须使用动态验证码，不能停用。", todo="换手机的，请先在新手机上重新设置。")
    if models.SecondFactor.objects.filter(officer=s.officer).delete()[0]:
        house.own_event(s, "end_second_factor")


def reset(s: Session, username: str) -> None:
    """By the administrator, when phone and recovery codes are lost: on record, like every act of the house."""
    account = house.officer(username)
    house.record_by_administrator(s, "reset_second_factor", {"username": username})
    if not models.SecondFactor.objects.filter(officer=account).delete()[0]:
        raise NotFound(f"账号“{username}”的动态验证码")


# ---------------------------------------------------------------- codes and secrets


def _hotp(secret: str) -> HOTP:
    return HOTP(base64.b32decode(secret), DIGITS, SHA1())  # noqa: S303 - what all apps reckon with (RFC 6238)


def _step_of(secret: str, code: str, after: int) -> int | None:
    """Of which step of time a code is, later than the last one used."""
    now, hotp = int(clock.now().timestamp()) // SECONDS, _hotp(secret)
    steps = (now + around for around in AROUND if now + around > after)
    return next((step for step in steps if hmac.compare_digest(hotp.generate(step), code.encode())), None)


def _sealer() -> Fernet:
    """With a key of its own made from that of the installation."""
    key = hmac.digest(settings.SECRET_KEY.encode(), b"second factor", "sha256")
    return Fernet(base64.urlsafe_b64encode(key))


def _opened(row: models.SecondFactor) -> str:
    try:
        return _sealer().decrypt(row.secret.encode()).decode()
    except InvalidToken as fault:
        raise Refusal(
            "这台服务器不能读取您的动态验证码设置（会话密钥已经更换）。", todo="请系统管理员重设您的动态验证码。"
        ) from fault


def _digest(code: str) -> str:
    return hashlib.sha256(f"{settings.SECRET_KEY} {code}".encode()).hexdigest()


def left(officer: int) -> dict[str, Any] | None:
    """What a person is shown of their own: since when, how many recovery codes are left."""
    row = models.SecondFactor.objects.filter(officer=officer).first()
    return None if row is None else {"made": row.made, "recovery": len(row.recovery)}
