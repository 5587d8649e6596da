"""Tables of the house, all written by kernel.acts and kernel.house and read through kernel.access.

Rows of a case (party, clock, paper, …) keep the folded row whole in `data` and repeat in typed columns
what lists, figures and foreign keys need.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from fadu.kernel.account_models import Attempt as Attempt
from fadu.kernel.account_models import SecondFactor as SecondFactor
from fadu.kernel.account_models import WebSession as WebSession
from fadu.kernel.file_models import File as File
from fadu.kernel.missed import MISSED


class Organ(models.Model):
    """机关 or 机构, with validity and successor (D15). short: 机关代字 used in numbers of papers."""

    name = models.TextField(unique=True)
    short = models.TextField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    serves = models.ForeignKey("self", models.PROTECT, null=True, related_name="bodies")
    since = models.DateField()
    before = models.DateField(null=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")

    class Meta:
        db_table_comment = "机关和机构; serves: the 机关 in whose name the 机构 handles cases"

    def __str__(self) -> str:
        return self.name


class OrganMove(models.Model):
    """From `day` on the organ no longer stands under `parent`; under which it stands now, the organ itself says."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="moves")
    parent = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+")
    day = models.DateField()
    recorded = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organ", "day"], name="organ_move")
        ]
        db_table_comment = "隶属调整：机关在 day 以前隶属 parent，现在的隶属见 kernel_organ"


class OfficerManager(BaseUserManager["Officer"]):
    """Accounts are looked up by user name."""


class Officer(AbstractBaseUser):
    """A person with an account. Nobody is deleted; a person who left is inactive."""

    username = models.TextField("用户名", unique=True)
    name = models.TextField("姓名")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = OfficerManager()

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A role held at an organ, from–to. substitute_for: the post stands in for another person's, dated."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="posts")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="posts")
    role = models.TextField()
    since = models.DateField()
    before = models.DateField(null=True)
    substitute_for = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="substitutes")

    class Meta:
        indexes = (models.Index(fields=["officer", "since"], name="post_officer"),)


# ---------------------------------------------------------------- the record


class Stream(models.Model):
    """A chain of events: of a case, of a register or of the house (D11). head: hash of the last event.

    organ: whose entries the chain of a register is about; the chain is seen by whom its cases would be.
    """

    kind = models.TextField(choices=[("case", "案件"), ("register", "名录"), ("house", "本机关")])
    name = models.TextField()
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+")
    position = models.IntegerField(default=0)
    head = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "name"], name="stream_name"),)


class Event(models.Model):
    """One act on one stream. body: canonical JSON that was hashed; hash: over the previous hash and body.

    organ: the 机关 in whose name, none for the house itself; papers: [key, digest] of those that the act made.
    """

    pk = models.CompositePrimaryKey("stream_id", "position")
    stream = models.ForeignKey(Stream, models.PROTECT, related_name="events", db_index=False)
    position = models.IntegerField()
    act = models.UUIDField(db_index=True)
    step = models.TextField()
    label = models.TextField()
    audience = models.TextField()
    article = models.TextField(null=True)
    actor = models.ForeignKey(Officer, models.PROTECT, null=True)
    role = models.TextField()
    # Without a constraint: each act would lock the organ's row for it, many at once the same one.
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False)
    papers = models.JSONField()
    happened = models.DateField()
    recorded = models.DateTimeField()
    state = models.TextField()
    reverses = models.IntegerField(null=True)
    body = models.TextField()
    hash = models.BinaryField()

    class Meta:
        indexes = (
            models.Index(fields=["stream", "recorded"], name="event_recorded"),
            models.Index(fields=["stream", "reverses"], name="event_reverses", condition=~models.Q(reverses=None)),
        )


class EventValue(models.Model):
    """The value behind a salted digest in an event's body; erased: value NULL, digest and reason stay."""

    pk = models.CompositePrimaryKey("stream_id", "position", "slot")
    stream = models.ForeignKey(Stream, models.PROTECT, db_index=False)
    position = models.IntegerField()
    slot = models.IntegerField()
    salt = models.BinaryField()
    value = models.TextField(null=True)
    erased = models.TextField(null=True)


# ---------------------------------------------------------------- cases


class Bulk(models.Model):
    """A bulk act: many rows out of one file under one event. kind: register or case; target: register or system.

    taken_back: position of the event that took the import back; its rows are gone.
    """

    kind = models.TextField()
    target = models.TextField()
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+")
    stream = models.ForeignKey(Stream, models.PROTECT)
    position = models.IntegerField()
    file = models.ForeignKey("File", models.PROTECT, null=True)
    rows = models.IntegerField(default=0)
    made = models.DateTimeField()
    taken_back = models.IntegerField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["stream", "position"], name="bulk_event"),)


class Imported(models.Model):
    """A row that a bulk act made: the import, and the row's number in its file."""

    bulk = models.ForeignKey(Bulk, models.PROTECT, null=True, related_name="+", db_index=False)
    bulk_row = models.IntegerField(null=True)

    class Meta:
        abstract = True


OPEN = models.Q(closed=None) | models.Q(due__isnull=False)
"""Of cases: something is still to be done. One that is over may owe the retraction of what it made public."""
LISTED = ("body", "system", "closed", "state", "due")  # what lists of open cases ask of each, in any order
OVER, UNTAKEN = models.Q(closed__isnull=False), models.Q(closed=None, officer=None, mirrored=False)


class Case(Imported):
    """One run of a procedure. organ: 机关 in whose name; body: 机构 that handles it; due: next duty's day.

    mirrored: handled elsewhere, only key days and the result are known (转录). It has no stream before the first act
    that happens to it here; its position is 1 then, which stands for the import.
    """

    system = models.TextField()
    version = models.TextField()
    revision = models.IntegerField()
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="cases")
    body = models.ForeignKey(Organ, models.PROTECT, related_name="handled")
    stream = models.OneToOneField(Stream, models.PROTECT, null=True, related_name="case")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="cases")
    state = models.TextField()
    number = models.TextField(null=True)
    title = models.TextField()
    opened = models.DateField()
    closed = models.DateField(null=True)
    outcome = models.TextField(null=True)
    due = models.DateField(null=True)
    due_label = models.TextField(null=True)
    position = models.IntegerField(default=0)
    facts = models.JSONField(default=dict)
    done = models.JSONField(default=dict)
    mirrored = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["bulk", "bulk_row"], name="case_bulk", condition=models.Q(bulk__isnull=False)
            ),
        )
        indexes = (
            # The list of open cases: of few bodies, of many bodies, of one state. Each is answered by the index alone.
            models.Index(fields=["body", "due", "id"], include=["opened"], name="case_due", condition=OPEN),
            models.Index(fields=["due", "id"], include=["body", "system", "state"], name="case_queue", condition=OPEN),
            models.Index(
                fields=["body", "system", "state", "due", "id"], include=["opened"], name="case_state", condition=OPEN
            ),
            models.Index(fields=["body", "system", "-id"], name="case_system"),
            models.Index(fields=["body"], name="case_untaken", condition=UNTAKEN),
            # One case by its number, any list in the order of numbers or of opening, and what was done in a period.
            models.Index(fields=["number", "id"], include=LISTED, name="case_number"),
            models.Index(fields=["opened", "id"], include=LISTED, name="case_opened"),
            models.Index(fields=["body", "closed"], include=["system", "id"], name="case_closed", condition=OVER),
        )


class Matched(models.Model):
    """A row of a later import that told a mirrored case again. position: of the event by which it changed the case."""

    pk = models.CompositePrimaryKey("bulk_id", "row")
    bulk = models.ForeignKey(Bulk, models.PROTECT, related_name="+", db_index=False)
    row = models.IntegerField()
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    position = models.IntegerField(null=True)


class CaseFact(models.Model):
    """Indexed facts in typed columns, copied in the act's transaction."""

    pk = models.CompositePrimaryKey("case_id", "name")
    case = models.ForeignKey(Case, models.CASCADE, related_name="indexed", db_index=False)
    name = models.TextField()
    day = models.DateField(null=True)
    number = models.BigIntegerField(null=True)
    text = models.TextField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["name", "text"], name="fact_text"),
            models.Index(fields=["name", "day"], name="fact_day"),
        )


class Sought(models.Model):
    """A text by which a case is found, with the audience of what it repeats: a projection, see kernel/sought.py."""

    pk = models.CompositePrimaryKey("case_id", "place")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    place = models.TextField()
    audience = models.TextField()
    label = models.TextField()
    text = models.TextField()


class CaseRow(models.Model):
    """What all rows of a case have: key within the case, order of making, the folded row."""

    # Without an index of its own: the primary keys begin with it. So with all others that are marked so.
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    key = models.TextField()
    order = models.IntegerField()
    data = models.JSONField()

    class Meta:
        abstract = True


class Party(CaseRow):
    """当事人, from–to; organ when it is one of the house's."""

    pk = models.CompositePrimaryKey("case_id", "key")
    role = models.TextField()
    name = models.TextField()
    organ = models.ForeignKey(Organ, models.PROTECT, null=True)
    since = models.DateField()
    before = models.DateField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["organ"], name="party_organ"),
            models.Index(fields=["name"], name="party_name"),
        )


class Agent(CaseRow):
    """代理人、代表人: who acts for which parties (in data), from–to as the power says; before: relieved on that day."""

    pk = models.CompositePrimaryKey("case_id", "key")
    kind = models.TextField()
    name = models.TextField()
    since = models.DateField()
    until = models.DateField(null=True)
    before = models.DateField(null=True)


class Item(CaseRow):
    """One of several requests or objects in a case, with its own outcome."""

    pk = models.CompositePrimaryKey("case_id", "key")
    outcome = models.TextField(null=True)


class Track(CaseRow):
    """环节: a small state beside the case's."""

    pk = models.CompositePrimaryKey("case_id", "key")
    name = models.TextField()
    state = models.TextField()


class Clock(CaseRow):
    """A period: projection of its inputs; digest covers them all."""

    pk = models.CompositePrimaryKey("case_id", "key")
    name = models.TextField()
    party = models.TextField()
    ours = models.BooleanField()
    start = models.DateField()
    due = models.DateField(null=True)
    lapses_after = models.DateField(null=True)
    stopped = models.DateField(null=True)
    lapsed = models.TextField(null=True)
    provisional = models.BooleanField()
    digest = models.TextField()

    class Meta:
        indexes = (
            models.Index(
                fields=["lapses_after"],
                name="clock_running",
                condition=models.Q(stopped=None, lapsed=None),
            ),
            models.Index(fields=["case"], name="clock_missed", condition=MISSED),
        )


class Paper(CaseRow):
    """文书: number, text and digest."""

    pk = models.CompositePrimaryKey("case_id", "key")
    name = models.TextField()
    number = models.TextField(null=True)
    day = models.DateField()
    digest = models.TextField()
    audience = models.TextField()

    class Meta:
        # The start of a digest is what a paper's code holds.
        indexes = (models.Index(fields=["digest"], opclasses=["text_pattern_ops"], name="paper_digest"),)


class Service(CaseRow):
    """送达: paper × party × method → effective day and proof."""

    pk = models.CompositePrimaryKey("case_id", "key")
    paper = models.TextField()
    party = models.TextField()
    method = models.TextField()
    effective = models.DateField(null=True)


class Publication(CaseRow):
    """What of the case is public, masked."""

    pk = models.CompositePrimaryKey("case_id", "key")
    paper = models.TextField()
    day = models.DateField()


class Link(CaseRow):
    """A relation to another case. effect: neutral effect on the linked act, for consequences."""

    pk = models.CompositePrimaryKey("case_id", "key")
    other = models.ForeignKey(Case, models.PROTECT, related_name="linked_from")
    relation = models.TextField()
    effect = models.TextField(null=True)


# ---------------------------------------------------------------- numbers, keys, files, registers


class NumberSeries(models.Model):
    """The last number given of a series in a year; the row is the lock (D13)."""

    organ = models.ForeignKey(Organ, models.PROTECT, db_index=False)
    series = models.TextField()
    year = models.IntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organ", "series", "year"], name="number_series"),)


class NumberGiven(models.Model):
    """Every number that was given, to whom, and why it is void if it is."""

    pk = models.CompositePrimaryKey("organ_id", "series", "year", "number")
    organ = models.ForeignKey(Organ, models.PROTECT, db_index=False)
    series = models.TextField()
    year = models.IntegerField()
    number = models.IntegerField()
    text = models.TextField()
    stream = models.ForeignKey(Stream, models.PROTECT)
    position = models.IntegerField()


class Key(models.Model):
    """Idempotency (D7): the answer given to a form's key, kept as long as kernel.jobs says. actor: 0 is a visitor."""

    pk = models.CompositePrimaryKey("actor_id", "key")
    actor = models.ForeignKey(Officer, models.CASCADE, db_index=False, db_constraint=False)
    key = models.TextField()
    digest = models.TextField()
    answer = models.JSONField()
    made = models.DateTimeField()


class Application(models.Model):
    """网上申请: what somebody fills in on the portal, and how he comes back to it and to the case it became.

    number: printed on the receipt; code: a digest of the secret beside it, none before it was given out; typed: the
    form as far as it was filled in, emptied when sent; party, role: which party the person is; agent: he acts for it.
    """

    number = models.TextField(unique=True)
    code = models.BinaryField(null=True)
    system = models.TextField()
    step = models.TextField()
    body = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    typed = models.JSONField(default=dict)
    made = models.DateTimeField()
    changed = models.DateTimeField()
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    party = models.TextField(default="")
    role = models.TextField(default="")
    agent = models.TextField(default="")

    class Meta:
        indexes = (models.Index(fields=["changed"], name="application_draft", condition=models.Q(case=None)),)


class RegisterEntry(Imported):
    """名录: an entry valid from–to, changed only by acts, read as of any day.

    organ: to whom the entry belongs, null for the house's own registers; position: of the event that made this
    row; ended_by: of the event that ended it. began, ended: codes of the kinds of change by which it did, none for
    what was imported and for the house's own.
    """

    register = models.TextField()
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+")
    key = models.TextField()
    since = models.DateField()
    before = models.DateField(null=True)
    data = models.JSONField()
    stream = models.ForeignKey(Stream, models.PROTECT)
    position = models.IntegerField()
    began = models.TextField(null=True)
    ended_by = models.IntegerField(null=True)
    ended = models.TextField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["bulk", "bulk_row"], name="entry_bulk", condition=models.Q(bulk__isnull=False)
            ),
        )
        indexes = (models.Index(fields=["register", "organ", "key", "since"], name="register_entry"),)


class HouseClock(models.Model):
    """One row: the moment at which a demonstration house stands; no row or NULL in a real one."""

    id = models.IntegerField(primary_key=True, default=1)
    now = models.DateTimeField(null=True)


Row = dict[str, Any]
