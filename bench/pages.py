"""How long the workbench's pages take in a house of a million cases, and how much they send.

    fadu bench pages [--cases 1000000] [--rounds 60]

The small demonstration house, whose cases have their whole record, in the midst of a province's lists and texts
(`_full`); with FADU_BENCH_HOME=folder it is made there once (some minutes, 3.6 GB) and used again, by `search` too.
The site runs in granian with one process, on loopback, with one client that keeps its connection and asks every page
once in each round: what a browser waits for, without its own work. Statements are counted on the wire; the size is
that of the page and of the styles, scripts and fonts it names, compressed, as a browser gets them on its first visit.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import re
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import quote

import _full
import _house
import _million
from _measure import goal, seconds, watched
from _million import NOW, TODAY
from django.test import Client
from web import cookies, served, statements

from fadu.kernel import access, models

MOST_MS, MOST_KB = 80, 300
WHO = ("jiandu", "chengban", "bench-city", "bench-county", "bench-office")
ASSETS = re.compile(rb'(?:href|src)="(/static/[^"]+\.(?:css|js|woff2))"')


@dataclass(slots=True)
class Page:
    """An address with how long it took, in milliseconds."""

    who: str
    address: str
    took: list[float] = field(default_factory=list)
    kb: float = 0

    @property
    def p95(self) -> float:
        return sorted(self.took)[min(len(self.took) - 1, len(self.took) * 95 // 100)]


def main() -> int:
    """Prepares a throw-away house and measures in it; 1 if a page is refused."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=60)
    options = parser.parse_args()
    with _house.running():
        _full.house(options.cases)
        pages = [page for who in WHO for page in asked(who)]
        with watched(), served("house") as port:
            measure(port, pages, options.rounds)
            for page in pages:
                tell(page)
    met = sum(page.p95 <= MOST_MS for page in pages)
    print(f"{len(pages)} 页中 {met} 页 p95 不超过 {MOST_MS} 毫秒")
    goal(f"最慢的一页 p95 ÷ {MOST_MS} 毫秒", [max(page.p95 for page in pages) / MOST_MS], most=1)
    goal(f"首次打开最大的一页 ÷ {MOST_KB} KB", [max(page.kb for page in pages) / MOST_KB], most=1)
    return 0


def asked(who: str) -> Iterator[Page]:
    """What a person opens in a day: work, lists as they are asked for, the case with the longest record."""
    until = (TODAY + timedelta(days=7)).isoformat()
    lists = ("/cases/", "/cases/?light=overdue", f"/cases/?until={until}&sort=-opened", "/cases/?page=20")
    lists += ("/cases/?open=closed&sort=-opened", "/cases/?q=行政处罚", "/cases/?q=养鸽损失")
    for address in ("/", *lists, "/search/?q=行政处罚", "/standing/", "/registers/"):
        yield Page(who, quote(address, safe="/?=&"))
    with access.session(officer(who), NOW) as s:
        longest = access.cases(s).order_by("-position").values_list("pk", "position")[0]
    if longest[1] > _million.POSITION:
        yield Page(who, f"/cases/{longest[0]}/")


def officer(who: str) -> int:
    """By the name with which he signs in."""
    with access.session(None):
        return models.Officer.objects.get(username=who).pk


def measure(port: int, pages: Sequence[Page], rounds: int) -> None:
    """Asks every page once a round; the first round warms up and tells the size of a first visit."""
    site, clients = http.client.HTTPConnection("127.0.0.1", port, timeout=120), dict[str, Client]()
    for page in pages:
        if page.who not in clients:
            clients[page.who] = Client(headers={"host": "localhost"})
            person = models.Officer.objects.get(pk=officer(page.who))
            clients[page.who].force_login(person, "django.contrib.auth.backends.ModelBackend")
        page.kb = first_visit(site, page, clients[page.who])
    for _ in range(rounds):
        for page in pages:
            headers = {"Cookie": cookies(clients[page.who]), "Accept-Encoding": "gzip"}
            page.took.append(seconds(lambda page=page, headers=headers: get(site, page.address, headers)) * 1e3)
    for page in pages:
        sent = statements(lambda page=page: clients[page.who].get(page.address))
        page.address += f"（{len(sent)} 条语句）"


def first_visit(site: http.client.HTTPConnection, page: Page, client: Client) -> float:
    """KB of the page and all it names, compressed."""
    body = get(site, page.address, {"Cookie": cookies(client)})
    names = {name.decode() for name in ASSETS.findall(body)}
    return sum(len(gzip.compress(one)) for one in (body, *(get(site, name, {}) for name in names))) / 1024


def get(site: http.client.HTTPConnection, address: str, headers: dict[str, str]) -> bytes:
    """The answer's body, as it was sent."""
    site.request("GET", address, headers=headers)
    answer = site.getresponse()
    body = answer.read()
    if answer.status != http.HTTPStatus.OK:
        raise RuntimeError(f"{address}: {answer.status}")
    return body


def tell(page: Page) -> None:
    """One line."""
    print(
        f"{page.who:<13} p50 {statistics.median(page.took):6.1f} 毫秒，p95 {page.p95:6.1f} 毫秒，"
        f"首次 {page.kb:5.0f} KB　{page.address}{'' if page.p95 <= MOST_MS else f'　超过 {MOST_MS}'}"
    )


if __name__ == "__main__":
    sys.exit(main())
