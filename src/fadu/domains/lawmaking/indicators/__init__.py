"""What is counted in this room."""

from __future__ import annotations

from fadu.domains.lawmaking.indicators import books, cleanup, examination, in_force, making
from fadu.rules.indicators import Indicator

ALL: tuple[Indicator, ...] = (*making.ALL, *in_force.ALL, *examination.ALL, *cleanup.ALL, *books.ALL)
