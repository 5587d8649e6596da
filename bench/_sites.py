"""The sites of `web` and `pages`, each behind the same server with one process.

Arguments: product (with the small procedure of the tests), house (with the rooms in force) or bare (a program with
nothing in it), and the port. The bare one reads the form, reads the case's head, calls one SQL function
through psycopg and answers with the same redirection; no session, no rights, no framework.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from urllib.parse import parse_qs

import _house  # noqa: F401 - prepares Django
import psycopg
from _acts import limit_act
from granian import Granian
from granian.constants import Interfaces

from fadu.cli.serve import THREADS
from fadu.cli.serve import application as loaded
from fadu.config.wsgi import application
from fadu.infra import database
from fadu.kernel import access
from tests.kernel import small

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def product() -> Wsgi:
    """The whole web, with the small procedure of the tests."""
    database.keep_open(THREADS)
    catalogue = small.catalogue()
    access.registry = lambda: catalogue
    return application


def house() -> Wsgi:
    """The whole web, as an office has it."""
    return loaded()


def bare() -> Wsgi:
    """One address, whatever it is called."""
    own = threading.local()

    def site(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        form = parse_qs(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"] or 0)).decode())
        if not hasattr(own, "connection"):
            own.connection = psycopg.connect(database.conninfo("fadu_app"), prepare_threshold=0)
        limit_act(own.connection, int(form["case"][0]), form["f-secret"][0])
        start("302 Found", [("Location", f"/cases/{form['case'][0]}/"), ("Content-Length", "0")])
        return [b""]

    return site


def site_of(name: str) -> Wsgi:
    """In the server's process."""
    return {"product": product, "house": house, "bare": bare}[name]()


def main() -> None:
    """Serves until it is ended."""
    name, port = sys.argv[1:]
    Granian(
        "bench", address="127.0.0.1", port=int(port), interface=Interfaces.WSGI, workers=1, blocking_threads=THREADS,
        log_level="error",  # type: ignore[arg-type]  # granian takes the name as well
    ).serve(target_loader=partial(_loaded, name), wrap_loader=False)  # fmt: skip


def _loaded(name: str, *_: object) -> Wsgi:
    return site_of(name)


if __name__ == "__main__":
    main()
