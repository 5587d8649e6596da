"""The day on which a service takes effect, by its method. Source: 《民事诉讼法》 arts 87–95."""

from __future__ import annotations

from datetime import date

from fadu.rules.clocks import public_notice_effective
from fadu.rules.law import Library
from fadu.rules.parties import PUBLIC_NOTICE_PERIOD, SERVICE_LAW, Method


def effective_day(method: Method, sent_on: date, received_on: date | None, library: Library) -> date | None:
    """Day of effect, None while unknown (on its way).

    Public notice: computed from the day of the notice and the law's period on that day. Electronic: the
    day it reached the party's system, which the receipt states. Others: the day of receipt.
    """
    if method is Method.NOTICE:
        rule = library.period(SERVICE_LAW, PUBLIC_NOTICE_PERIOD, sent_on)
        return public_notice_effective(rule, sent_on)
    return received_on
