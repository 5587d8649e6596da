"""Kills writers and the database server at random moments and looks whether anything acknowledged was lost or doubled.

    fadu bench crash [--rounds 200] [--seed 1]

Eight writers do acts in a house of its own (fsync on). Each notes an act before it sends it, and once more, synced to
disk, after it was acknowledged. A round ends with SIGKILL for some writers, for the server, or for both; the server is
started again, the acts left open are sent once more under their keys, and the house is judged. Exit status 1 and the
faults if anything does not hold. Every case is judged when it changed, and all of them at the end.
"""

from __future__ import annotations

import argparse
import importlib
import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WRITERS = 8
LONGEST = 0.5
LATER = date(2024, 3, 12)
FORK = multiprocessing.get_context("fork")


def main() -> int:
    """Prepares a throw-away house, runs the rounds, prints what was done as one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=None, help="of the moments and victims")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fadu-crash-") as folder:
        os.environ |= {"FADU_HOME": folder, "DJANGO_SETTINGS_MODULE": "fadu.config.settings"}
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "FADU_DB_NAME"):
            os.environ.pop(name, None)
        sys.path.insert(0, str(ROOT))
        with importlib.import_module("fadu.infra.database").running():
            subprocess.run([sys.executable, "-m", "fadu", "migrate", "--quiet"], check=True)
            importlib.import_module("fadu.infra.boot").boot("fadu_app")
            proof = Proof(Path(folder), random.Random(options.seed))
            try:
                proof.run(options.rounds)
            finally:
                proof.kill_writers(proof.writers)
    print(json.dumps(proof.counted | {"faults": proof.faults}, ensure_ascii=False))
    return 1 if proof.faults else 0


@dataclass
class Tools:
    """What of the product is used; loaded after Django."""

    access: Any = field(default_factory=lambda: importlib.import_module("fadu.kernel.access"))
    acts: Any = field(default_factory=lambda: importlib.import_module("fadu.kernel.acts"))
    ledger: Any = field(default_factory=lambda: importlib.import_module("fadu.kernel.ledger"))
    models: Any = field(default_factory=lambda: importlib.import_module("fadu.kernel.models"))
    store: Any = field(default_factory=lambda: importlib.import_module("fadu.kernel.store"))
    errors: Any = field(default_factory=lambda: importlib.import_module("fadu.rules.errors"))
    postgres: Any = field(default_factory=lambda: importlib.import_module("fadu.infra.postgres"))
    conftest: Any = field(default_factory=lambda: importlib.import_module("tests.kernel.conftest"))
    db: Any = field(default_factory=lambda: importlib.import_module("django.db"))


# ---------------------------------------------------------------- one act and one writer


def send(tools: Tools, house: Any, deed: dict[str, Any]) -> dict[str, Any]:
    """Does a noted act; the same again gets the same answer."""
    now = house.now
    with tools.access.session(house.people[deed["who"]], now) as s:
        request = tools.acts.Request(deed["step"], deed["values"], key=deed["key"], track_key=deed["about"])
        if deed["case"] is None:
            receipt = tools.acts.open_case(s, "small", house.organs["bureau"], request)
        else:
            receipt = tools.acts.perform(s, deed["case"], request)
    return {"key": deed["key"], "case": receipt.case, "position": receipt.position, "step": receipt.step}


def script(house: Any, tools: Tools, shared: list[int], chance: random.Random) -> Any:
    """The acts of one writer: a case from its opening to its decision, and between them a case that all work on."""
    values = {"reasons": "有理", "answer": "grant", "outcomes": {"wish-1": "grant"}}
    steps = [("officer", "accept", {}, ""), ("clerk", "reply", {}, ""), ("officer", "deliberate", {"secret": "x"}, "")]
    ends = [
        ("officer", "draft_paper", values, "decide"),
        ("reviewer", "review_paper", {}, "decide"),
        ("mayor", "decide", {}, ""),
        ("officer", "follow", {}, ""),
    ]
    while True:
        case = yield ("officer", None, "apply", tools.conftest.application(house), "")
        if chance.random() < 0.2:
            continue  # left to the passing of time
        for who, step, said, about in steps + (ends if chance.random() < 0.6 else []):
            yield (who, case, step, said, about)
            yield ("second", chance.choice(shared), "deliberate", {"secret": "共用"}, "")


def write(name: str, folder: Path, house: Any, shared: list[int], seed: int, ready: Any) -> None:
    """A writer's life: note, send, acknowledge; it ends by SIGKILL or when the server is gone."""
    tools, chance = Tools(), random.Random(seed)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    acts = script(house, tools, shared, chance)
    with (folder / f"{name}.sent").open("a") as sent, (folder / f"{name}.done").open("a") as done:
        ready.wait(30)
        entry = next(acts)
        for number in range(10**9):
            who, case, step, values, about = entry
            deed = {"key": f"{name}-{number}", "who": who, "case": case, "step": step, "values": values, "about": about}
            sent.write(json.dumps(deed, ensure_ascii=False) + "\n")
            sent.flush()
            answer = {"key": deed["key"], "case": None}
            try:
                answer = send(tools, house, deed)
            except tools.errors.Refusal as refusal:
                answer["refused"] = refusal.code
            except tools.db.Error:
                return  # the server was killed: whether the act was done is open
            done.write(json.dumps(answer) + "\n")
            done.flush()
            os.fsync(done.fileno())
            entry = acts.send(answer["case"])


def pass_time(house: Any, ready: Any) -> None:
    """The writer without a person: lets periods run out, again and again."""
    tools = Tools()
    house.day = LATER
    ready.wait(30)
    with suppress(tools.db.Error):
        while True:
            with tools.access.session(None, house.now) as s:
                waiting = tools.acts.cases_with_lapses(s)
            for case in waiting[:5]:
                with tools.access.session(None, house.now) as s:
                    tools.acts.run_lapses(s, case)
            time.sleep(0.02)


# ---------------------------------------------------------------- the rounds


class Proof:
    """The house under proof: its writers, what they noted, what was found."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.tools, self.folder, self.chance = Tools(), folder / "notes", chance
        self.folder.mkdir()
        self.server = self.tools.postgres.server_at(folder / "postgres")
        small = importlib.import_module("tests.kernel.small").catalogue()
        self.tools.access.registry = lambda: small
        self.house = self.tools.conftest.build()
        self.shared = [self.house.open().case for _ in range(2)]
        for case in self.shared:
            self.house.do("officer", case, "accept")
        self.own = self.acts_on_record()
        self.writers: list[BaseProcess] = []
        self.faults: list[str] = []
        self.judged: dict[int, int] = {}
        self.acknowledged: dict[str, dict[str, Any]] = {}
        names = ("rounds", "acknowledged", "refused", "retried", "found_done", "done_now", "server_kills")
        self.counted: Counter[str] = Counter(dict.fromkeys((*names, "writer_kills", "cases", "events", "lapses"), 0))
        with self.tools.db.connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('fsync'), current_setting('synchronous_commit')")
            if cursor.fetchone() != ("on", "on"):
                raise SystemExit("this house does not sync its writes: nothing would be proved")

    def acts_on_record(self) -> int:
        """Acts of people in cases; what a step opens by itself is part of the step."""
        with self.tools.access.session(None):
            found = self.tools.models.Event.objects.filter(stream__kind="case", actor__isnull=False)
            return int(found.exclude(step="open").count())

    def run(self, rounds: int) -> None:
        """Rounds until the first fault; then the whole house once more."""
        for number in range(rounds):
            self.counted["rounds"] += 1
            self.round(number)
            if number == 0:
                self.see_a_lie()
            if self.faults:
                return
            if sys.stderr.isatty() and number % 10 == 9:
                print(dict(self.counted), file=sys.stderr)
        self.judged.clear()
        self.judge()

    def round(self, number: int) -> None:
        """Writers at work, kills at a random moment, the server up again, open acts sent again, judgement."""
        self.tools.db.connection.close()
        ready = FORK.Event()
        for writer in range(WRITERS - 1):
            name, seed = f"{number}-{writer}", self.chance.randrange(2**32)
            given = (name, self.folder, self.house, self.shared, seed, ready)
            self.writers.append(FORK.Process(target=write, args=given, daemon=True))
        self.writers.append(FORK.Process(target=pass_time, args=(self.house, ready), daemon=True))
        for process in self.writers:
            process.start()
        ready.set()
        time.sleep(self.chance.uniform(0.05, LONGEST))
        self.strike()
        self.kill_writers(self.writers)
        self.writers.clear()
        with self.tools.postgres.embedded(self.server.data_dir):
            pass  # whoever holds the folder finds the server up again
        self.let_finish()
        self.send_again(number)
        self.judge()

    def strike(self) -> None:
        """SIGKILL for some writers while the others go on, for the server, or for both."""
        if self.chance.random() < 0.6:
            victims = self.chance.sample(self.writers, self.chance.randint(1, 4))
            self.kill_writers(victims)
            self.counted["writer_kills"] += len(victims)
            time.sleep(self.chance.uniform(0, 0.15))
        if self.chance.random() < 0.6:
            os.kill(int((self.server.cluster / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
            self.counted["server_kills"] += 1
            for process in self.writers:
                process.join(5)  # each sees for itself that the server is gone

    def let_finish(self) -> None:
        """Until the server is done with the killed writers: an act that it still carries out is on record or not."""
        others = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        for _ in range(600):
            if self.tools.ledger.rows(others) == [(0,)]:
                return
            time.sleep(0.05)
        raise SystemExit("the server still works for writers that are gone")

    @staticmethod
    def kill_writers(processes: list[BaseProcess]) -> None:
        """Only ever our own children."""
        for process in processes:
            if process.pid is not None:
                process.kill()
                process.join()

    # ------------------------------------------------------------ what must hold

    def send_again(self, number: int) -> None:
        """The acts that were sent and never acknowledged: done now, or answered as they were done then."""
        for path in sorted(self.folder.glob(f"{number}-*.sent")):
            done = {entry["key"]: entry for entry in lines(path.with_suffix(".done"))}
            for key, entry in done.items():
                self.counted["refused" if "refused" in entry else "acknowledged"] += 1
                if "refused" not in entry:
                    self.acknowledged[key] = entry
            still_open = [deed for deed in lines(path) if deed["key"] not in done]
            if len(still_open) > 1:
                self.faults.append(f"{path.stem}: {len(still_open)} acts open")
            for deed in still_open:
                self.finish(deed)

    def finish(self, deed: dict[str, Any]) -> None:
        self.counted["retried"] += 1
        before, acts = self.kept(deed["key"]), self.acts_on_record()
        try:
            answer = send(self.tools, self.house, deed)
        except self.tools.errors.Refusal:
            answer = None
        if before is not None:
            self.counted["found_done"] += 1
            if answer is None or answer["position"] != before["position"] or self.acts_on_record() != acts:
                self.faults.append(f"{deed['key']} was done and got another answer: {answer} for {before}")
        elif answer is not None:
            self.counted["done_now"] += 1
            if self.acts_on_record() != acts + 1:
                self.faults.append(f"{deed['key']} was done {self.acts_on_record() - acts} times")
        if answer is not None:
            self.acknowledged[deed["key"]] = answer

    def kept(self, key: str) -> dict[str, Any] | None:
        """The answer kept under a key."""
        with self.tools.access.session(None):
            row = self.tools.models.Key.objects.filter(key=key).first()
            return dict(row.answer) if row else None

    def judge(self) -> None:
        """Acknowledged = kept = on record, and nothing stands between two states."""
        models = self.tools.models
        with self.tools.access.session(None):
            kept = dict(models.Key.objects.filter(key__contains="-").values_list("key", "answer"))
        for key, told in self.acknowledged.items():
            answer = kept.get(key)
            if answer is None or any(answer[name] != told[name] for name in ("case", "position", "step")):
                self.faults.append(f"acknowledged and lost: {told}, kept is {answer}")
        if unknown := kept.keys() - self.acknowledged.keys():
            self.faults.append(f"done but never acknowledged nor asked for again: {sorted(unknown)}")
        if self.acts_on_record() != self.own + len(kept):
            self.faults.append(f"{self.acts_on_record()} acts on record, {self.own} + {len(kept)} were done")
        self.judge_record(kept)
        self.judge_numbers()
        self.judge_cases()

    def judge_record(self, kept: dict[str, dict[str, Any]]) -> None:
        """Each kept answer has its event, and no other answer has it; no half of a case, no lapse twice."""
        models = self.tools.models
        with self.tools.access.session(None):
            found = models.Event.objects.filter(stream__kind="case")
            events = {(case, at): step for case, at, step in found.values_list("stream__case", "position", "step")}
            halves = models.Stream.objects.filter(kind="case", case=None).count()
            halves += models.Case.objects.filter(position=0).count()
            deemed = Counter(case for (case, _), step in events.items() if step == "deemed")
            lengths = dict(models.Case.objects.values_list("pk", "position"))
        places = Counter((answer["case"], answer["position"]) for answer in kept.values())
        wrong = [a for a in kept.values() if events.get((a["case"], a["position"])) != a["step"]]
        self.expect(not wrong, f"answers without their event: {wrong[:3]}")
        self.expect(max(places.values(), default=1) == 1, "two answers for one event")
        self.expect(not halves, f"{halves} cases without an event")
        self.expect(max(deemed.values(), default=1) == 1, "a lapse recorded twice")
        self.expect(Counter(case for case, _ in events) == Counter(lengths), "events and positions differ")
        for name, number in (("cases", len(lengths)), ("events", len(events)), ("lapses", sum(deemed.values()))):
            self.counted[name] = number

    def judge_numbers(self) -> None:
        """Every series runs from one to its last without a gap, each number for one event."""
        models = self.tools.models
        with self.tools.access.session(None):
            for series in models.NumberSeries.objects.all():
                given = models.NumberGiven.objects.filter(organ=series.organ_id, series=series.series, year=series.year)
                numbers = sorted(given.values_list("number", flat=True))
                self.expect(numbers == list(range(1, series.last + 1)), f"numbers of {series.series}: {numbers[-5:]}")
                for number in given:
                    event = models.Event.objects.filter(stream=number.stream_id, position=number.position)
                    self.expect(event.exists(), f"{number.text} belongs to no event")

    def judge_cases(self) -> None:
        """Chain, digests and rows of every case that changed since it was last judged."""
        models, ledger, store = self.tools.models, self.tools.ledger, self.tools.store
        with self.tools.access.session(None):
            changed = [
                pair
                for pair in models.Case.objects.values_list("pk", "position")
                if pair[1] != self.judged.get(pair[0])
            ]
        for case, position in changed:
            with self.tools.access.session(None):
                loaded = store.load(case, None, None)
                try:
                    length = ledger.verify(loaded.stream)
                except ledger.LedgerError as fault:
                    self.faults.append(fault.message)
                    continue
                self.expect(length == position, f"case {case} has {length} events, position {position}")
                self.expect(store.refold(loaded) == loaded.case, f"case {case}: rows differ from its events")
                self.judged[case] = position

    def expect(self, holds: bool, fault: str) -> None:
        if not holds:
            self.faults.append(fault)

    def see_a_lie(self) -> None:
        """The judgement is not blind: an acknowledged act that is not there must be found."""
        lie = {"key": "lie", "case": self.shared[0], "position": 10**6, "step": "deliberate"}
        honest, self.faults = self.faults, []
        self.acknowledged["lie"] = lie
        self.judge()
        del self.acknowledged["lie"]
        self.faults = honest if any("lost" in fault for fault in self.faults) else [*honest, "the judgement is blind"]


def lines(path: Path) -> list[dict[str, Any]]:
    """The whole lines of a file; a line that a kill cut short was not yet written."""
    if not path.exists():
        return []
    return [
        json.loads(line) for line in path.read_text(encoding="utf-8").splitlines(keepends=True) if line.endswith("\n")
    ]


if __name__ == "__main__":
    sys.exit(main())
