"""What is counted in this room."""

from __future__ import annotations

from fadu.domains.organisation.indicators import books, lists, study, tasks

ALL = (*books.ALL, *study.ALL, *tasks.ALL, *lists.ALL)
