"""A house with a case in each situation, all of them lawful, for the tests of the integrity checks."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from typing import Any

from fadu.kernel import files, integrity
from fadu.kernel.integrity import Finding, Run
from tests.kernel.conftest import House
from tests.kernel.test_time import serve

TODAY = date(2024, 3, 1)


def examine(home: House, **more: Any) -> Run:
    with home.session(None) as s:
        return integrity.examine(s, **more)


def told(run: Run) -> list[str]:
    return [f"{one.check} {one.sentence}" for one in run.findings]


def of(run: Run, check: str) -> list[Finding]:
    return [one for one in run.findings if one.check == check]


@dataclass(frozen=True)
class Cases:
    """A house with a case in each situation; all of them lawful on 1 March 2024."""

    fresh: int
    trying: int
    proposed: int
    decided: int
    opened: int
    file: str


def furnish(home: House) -> Cases:
    with home.session("officer") as s:
        kept = files.keep(s, "证据.txt", 3, io.BytesIO(b"abc"))
    fresh = home.open(files=[str(kept)], worth="12.50", pages=3).case
    trying = home.open().case
    home.do("officer", trying, "accept")
    home.do("officer", trying, "deliberate", {"secret": "意见"})
    home.do("officer", trying, "deliberate", {"secret": "又一意见"})
    home.do("officer", trying, "arrange", {"hearing_on": "2024-03-15"})
    home.do("head", trying, "reverse", {"position": 4, "reason": "误记", "article": "第一条"})
    home.do("head", trying, "extend", {"extension_days": "20"})
    home.do("head", trying, "stay")
    proposed = home.open().case
    home.do("officer", proposed, "accept")
    home.do("officer", proposed, "reply")
    proposal = {"reasons": "有理", "answer": "grant", "outcomes": {"wish-1": "grant"}}
    home.do("officer", proposed, "draft_paper", proposal, track_key="decide")
    decided = home.open().case
    home.do("officer", decided, "accept")
    home.do("officer", decided, "reply")
    home.decide(decided)
    for paper, parties in (
        ("receipt", ("applicant",)),
        ("copy", ("respondent",)),
        ("decision", ("applicant", "respondent")),
    ):
        for party in parties:
            serve(home, decided, f"{paper}-1", f"{party}-1", "2024-03-01")
    home.do("officer", decided, "publish", {"paper": "decision-1", "place": "网站"})
    opened = home.do("officer", decided, "follow").opened[0]
    return Cases(fresh, trying, proposed, decided, opened, kept.digest)


def change_row(model: type[Any], case: int, key: str, /, **columns: Any) -> None:
    """Writes columns of one row past the acts."""
    assert model.objects.filter(case_id=case, key=key).update(**columns) == 1
