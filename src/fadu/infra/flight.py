"""A transaction in few round trips: what nobody waits for is sent together with the next statement.

Between two processes a round trip costs more than most statements. BEGIN and the opening of the session go with the
first question, the last write goes with COMMIT. The order of the statements never changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from psycopg import ClientCursor

Row = tuple[Any, ...]


@dataclass(slots=True, eq=False)
class Statement:
    """One that waits, or was sent: then answer is its first row."""

    sql: str
    parameters: Sequence[Any]
    flight: Flight
    answer: Row | None = None

    @property
    def row(self) -> Row:
        if self.answer is None:
            self.flight.send()
        assert self.answer is not None
        return self.answer

    def take(self, cursor: Any) -> None:
        self.answer = cursor.fetchone() if cursor.description else None


@dataclass(slots=True, eq=False)
class Flight:
    """What waits to be sent in the open transaction."""

    waiting: list[Statement] = field(default_factory=list)

    def later(self, sql: str, parameters: Sequence[Any] = ()) -> Statement:
        """Hands a statement in; what is wrong with it is raised when it is sent."""
        statement = Statement(sql, parameters, self)
        self.waiting.append(statement)
        return statement

    def send(self) -> None:
        """Sends what waits, for the answer to one of them."""
        if self.waiting:
            last = self.waiting.pop()
            with connection.cursor() as cursor:
                cursor.execute(last.sql, last.parameters)
                last.take(cursor)

    def before(self, execute: Callable[..., Any], sql: Any, parameters: Any, many: bool, context: Any) -> Any:
        """Around every statement of the connection: what waits goes before it in the same text, where it can."""
        if not self.waiting:
            return execute(sql, parameters, many, context)
        cursor = context["cursor"]
        plain = isinstance(sql, str) and not many and not isinstance(parameters, Mapping)
        if not plain or not isinstance(cursor.cursor, ClientCursor):
            self.send()
            return execute(sql, parameters, many, context)
        sent, self.waiting = self.waiting, []
        own = sql if parameters is not None else sql.replace("%", "%%")
        values = [value for one in sent for value in one.parameters]
        result = execute("; ".join([*(one.sql for one in sent), own]), [*values, *(parameters or ())], many, context)
        for one in sent:
            one.take(cursor)
            cursor.nextset()
        return result


@contextmanager
def in_flight() -> Iterator[Flight]:
    """Opens a transaction; inside another one a part of it, as everywhere in Django."""
    flight, alone = Flight(), not connection.in_atomic_block
    with transaction.atomic(), connection.execute_wrapper(flight.before):
        if alone:
            connection.connection.autocommit = True  # else psycopg sends a BEGIN of its own, and waits for it
            flight.later("BEGIN")
        yield flight
        if alone:
            flight.later("COMMIT")
        flight.send()
