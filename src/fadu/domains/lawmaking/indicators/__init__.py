"""What is counted in this room."""

from __future__ import annotations

from fadu.domains.lawmaking.indicators import cleanup, examination, in_force, making

ALL = (*making.ALL, *in_force.ALL, *examination.ALL, *cleanup.ALL)
