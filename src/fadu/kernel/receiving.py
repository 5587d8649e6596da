"""The day of receipt: what the act says against what the fact of its channel says (D10)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from fadu.kernel.timekeeping import Env
from fadu.rules.days import chinese_day
from fadu.rules.errors import BadInput
from fadu.rules.law_besides import ReceiptRule
from fadu.rules.procedure import Step
from fadu.rules.receipt import STATED, day_of_receipt, proof_is_needed


def check_day(step: Step, facts: Mapping[str, Any], day: date, env: Env) -> None:
    """Refuses a day of receipt that is not the one which the channel's own fact tells. Raises BadInput."""
    assert step.receipt is not None
    rule = _rule(step, str(facts.get("channel")), day, env)
    told = rule.by.label
    received = day_of_receipt(rule, facts, day, env.hours(day), env.calendar)
    if received is None:
        sentence = f"这一方式以{told}之日为收到之日，没有填写，不能认定已经收到（{rule.article}）"
        raise BadInput({STATED[rule.by]: sentence}, article=rule.article)
    if proof_is_needed(rule) and not facts.get("receipt_proof"):
        sentence = f"请填写{told}的凭证；登记、上传材料的时间本身不是收到之日（{rule.article}）"
        raise BadInput({"receipt_proof": sentence}, article=rule.article)
    if received != day:
        sentence = f"以{told}之日为收到之日，即{chinese_day(received)}，办理日期应当填写这一天（{rule.article}）"
        raise BadInput({"day": sentence}, article=rule.article)


def _rule(step: Step, channel: str, day: date, env: Env) -> ReceiptRule:
    assert step.receipt is not None
    rules = env.library.receipt_rules(step.receipt.statute, step.receipt.name)
    found = next((rule for rule in rules if rule.channel == channel and rule.in_force(day)), None)
    if found is None:
        raise BadInput({"channel": "法律库没有写明这一方式以哪一天为收到之日，请选择其他方式"}, article=step.article)
    return found
