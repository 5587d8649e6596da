"""One act over HTTP beside a bare HTTP program on the same server, in turn; and the SQL statements of an act.

    fadu bench web [--rounds 5] [--acts 100]

Both sites run in granian with one process, on loopback, with one client that keeps its connection. Product: the form of
a step as the workbench takes it: session, person, token against forgery, rights, form, gates, act, redirection. Bare:
the same form read, one read and one SQL function as in `perform`, the same redirection; no session, person or rights.
Statements are counted on the wire (libpq's trace), BEGIN and COMMIT among them. An answer that takes a constant 40 ms
or more would be the network's, not the program's; p50 and p95 are told for that.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import uuid4

import _acts
import _house
from _measure import goal, in_turn, paired, seconds, tell, watched
from django.db import connection
from django.test import Client

from fadu.kernel import access, house, models
from tests.kernel import small
from tests.kernel.conftest import House, build

CASES = 10
WARM_UP = 20
STARTS_WITHIN = 60
FORM = {"f-secret": "合议意见", "day": "2024-03-01", "do": "act"}
Statements = Mapping[str, int]


def main() -> int:
    """Prepares a throw-away house and measures in it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--acts", type=int, default=100)
    options = parser.parse_args()
    catalogue = small.catalogue()
    access.registry = lambda: catalogue
    with _house.running(), watched():
        made = build()
        _acts.make_limit()
        with access.session(None, made.now) as s:
            house.move_clock(s, made.now)
        cases = opened(made)
        with served("product") as product, served("bare") as bare:
            acts = {"product": Workbench(product, made, cases).act, "bare": Bare(bare, cases).act}
            measure(acts, options.rounds, options.acts)
        count_statements(made, cases[0])
    return 0


def measure(acts: Mapping[str, Callable[[int], None]], rounds: int, number: int) -> None:
    """Acts a second of both, and how long single ones take."""
    took: dict[str, list[float]] = {name: [] for name in acts}

    def run(name: str) -> float:
        found = [seconds(lambda n=n: acts[name](n)) for n in range(number)]
        took[name] += found
        return number / sum(found)

    for act in acts.values():
        for n in range(min(number, WARM_UP)):
            act(n)
    speeds = in_turn({name: lambda name=name: run(name) for name in acts}, rounds)
    tell(speeds, "次/秒")
    for name, found in took.items():
        found.sort()
        print(
            f"{name}：p50 {statistics.median(found) * 1e3:.1f} 毫秒，p95 {found[len(found) * 95 // 100] * 1e3:.1f} 毫秒"
        )
    goal("一次办理经 HTTP，product ÷ bare", paired(speeds["product"], speeds["bare"]), least=0.45)


def opened(made: House) -> list[int]:
    """Accepted cases."""
    cases = [made.open().case for _ in range(CASES)]
    for case in cases:
        made.do("officer", case, "accept")
    return cases


# ---------------------------------------------------------------- sites and clients


@contextmanager
def served(name: str) -> Iterator[int]:
    """A site in a process of its own; its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen([sys.executable, str(Path(__file__).with_name("_sites.py")), name, str(port)])
    try:
        wait_for(port, process)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until it takes connections."""
    for _ in range(STARTS_WITHIN * 10):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("网站没有启动")


class Bare:
    """The client of the bare site."""

    def __init__(self, port: int, cases: list[int]) -> None:
        self.http, self.cases = http.client.HTTPConnection("127.0.0.1", port, timeout=60), cases

    def act(self, number: int) -> None:
        self.post("/", {"case": str(number % len(self.cases) + 1), **FORM}, {})

    def post(self, address: str, form: Mapping[str, str], headers: Mapping[str, str]) -> str:
        """Sends a form; where the answer leads."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        self.http.request("POST", address, urlencode(form), {**kind, **headers})
        answer = self.http.getresponse()
        answer.read()
        if answer.status != http.HTTPStatus.FOUND:
            raise RuntimeError(f"{address}: {answer.status}")
        return answer.headers["Location"]


class Workbench(Bare):
    """An officer who is signed in; remembers where each case stands, as the form does."""

    def __init__(self, port: int, made: House, cases: list[int]) -> None:
        super().__init__(port, cases)
        client = signed_in(made)
        self.http.request("GET", address_of(cases[0]), headers={"Cookie": cookies(client)})
        answer = self.http.getresponse()
        answer.read()
        token = answer.headers["Set-Cookie"].partition("csrftoken=")[2].partition(";")[0]
        self.headers = {"Cookie": f"{cookies(client)}; csrftoken={token}"}
        self.form = {**FORM, "csrfmiddlewaretoken": token}
        self.positions = dict.fromkeys(cases, 0) | positions(cases)

    def act(self, number: int) -> None:
        case = self.cases[number % len(self.cases)]
        form = {**self.form, "key": uuid4().hex, "position": str(self.positions[case])}
        self.positions[case] = done(self.post(address_of(case), form, self.headers))


def address_of(case: int) -> str:
    return f"/cases/{case}/steps/deliberate/"


def done(location: str) -> int:
    """The position of the case after the act."""
    return int(parse_qs(urlsplit(location).query)["done"][0])


def positions(cases: list[int]) -> dict[int, int]:
    with access.session(None):
        return dict(models.Case.objects.filter(pk__in=cases).values_list("pk", "position"))


def signed_in(made: House) -> Client:
    """The officer's browser."""
    client = Client(headers={"host": "localhost"})
    officer = models.Officer.objects.get(pk=made.people["officer"])
    client.force_login(officer, "django.contrib.auth.backends.ModelBackend")
    return client


def cookies(client: Client) -> str:
    return f"sessionid={client.cookies['sessionid'].value}"


# ---------------------------------------------------------------- statements


def count_statements(made: House, case: int) -> None:
    """How many statements one act is, over HTTP and in process."""
    client, keys = signed_in(made), itertools.count()

    def over_http() -> None:
        form = {**FORM, "key": uuid4().hex, "position": str(positions([case])[case])}
        answers = []
        told.append(statements(lambda: answers.append(client.post(address_of(case), form))))
        done(answers[0].headers["Location"])  # an act, not a refusal

    told: list[list[str]] = []
    for _ in range(3):  # what is read once in a process is read by the first
        over_http()
    act = {"secret": "合议意见"}
    in_process = statements(lambda: made.do("officer", case, "deliberate", act, key=f"count-{next(keys)}"))
    goal("一次办理经 HTTP 的 SQL 语句数", [len(told[-1])], most=15)
    print(f"其中办理本身（会话、读取、写入） {len(in_process)} 条：")
    for text in told[-1]:
        print(f"    {text[:110]}")


def statements(work: Callable[[], Any]) -> list[str]:
    """What goes over the wire while something is done."""
    connection.ensure_connection()
    pgconn = connection.connection.pgconn
    with tempfile.TemporaryFile("w+") as file:
        pgconn.trace(file.fileno())
        try:
            work()
        finally:
            pgconn.untrace()
        file.seek(0)
        return [
            line.split("\t")[4].strip().strip('"')
            for line in file.read().splitlines()
            if line.count("\t") >= 4 and line.split("\t")[3] in ("Query", "Parse", "Execute")
        ]


if __name__ == "__main__":
    sys.exit(main())
