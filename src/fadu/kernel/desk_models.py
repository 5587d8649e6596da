"""Tables of what officers keep for themselves, beside the record."""

from __future__ import annotations

from django.db import models

from fadu.kernel.models import Case, Officer


class SavedView(models.Model):
    """A question to the list of cases under a name of one's own. query: as an address has it."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="+")
    name = models.TextField()
    query = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["officer", "name"], name="saved_view"),)


class Draft(models.Model):
    """What somebody typed into a form and has not sent.

    case: none where the form opens one; position: of the case when it was typed.
    """

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="+")
    system = models.TextField()
    step = models.TextField()
    about = models.TextField(default="")
    typed = models.JSONField()
    position = models.IntegerField(default=0)
    changed = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["officer", "case", "system", "step", "about"], nulls_distinct=False, name="draft_of_form"
            ),
        )


class ReadMark(models.Model):
    """How far an officer has read what happened to a case: up to which position of its record, of which light."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    position = models.IntegerField(default=0)
    light = models.TextField(default="")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["officer", "case"], name="read_mark"),)


class Brought(models.Model):
    """A table that somebody brings to be imported, until it is taken and a while after.

    kind, target, options: where it goes; content: the file as it came, empty once it was read; text: its rows from the
    headings on as CSV, above: lines of the file over them; said: heading → meaning, where the person said it.
    takes: asked to be taken, not only tried; answer: what came of that, none before its job is over, lines: of each
    row; stopped: who stopped the job, by name; seen: the person has read it.
    """

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="+")
    kind = models.TextField()
    target = models.TextField()
    options = models.JSONField()
    digest = models.TextField()
    name = models.TextField()
    content = models.BinaryField()
    text = models.TextField(default="")
    above = models.IntegerField(default=0)
    said = models.JSONField(default=dict)
    takes = models.BooleanField(default=False)
    answer = models.JSONField(null=True)
    lines = models.JSONField(default=list)
    stopped = models.TextField(default="")
    seen = models.BooleanField(default=False)
    changed = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["officer", "kind", "target", "digest"], name="brought_once"),)


class Rehearsed(models.Model):
    """Another value of the law that somebody rehearsed.

    statute: its title; asked: the kind of value, its name, the value and the day; before, after: it in words. answer:
    how many things were looked at and touched, what rests on it, none before it is done; seen: the person has read it.
    """

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="+")
    statute = models.TextField()
    asked = models.JSONField()
    before = models.TextField()
    after = models.TextField()
    answer = models.JSONField(null=True)
    seen = models.BooleanField(default=False)
    changed = models.DateTimeField()


class RehearsedCase(models.Model):
    """Something of a case that would come out otherwise, in words; rank: the order of the list.

    The case is no foreign key of the database: an import that is taken back does not wait for who rehearsed.
    """

    rehearsed = models.ForeignKey(Rehearsed, models.CASCADE, related_name="+", db_index=False)
    case = models.ForeignKey(Case, models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False)
    what = models.TextField()
    start = models.TextField()
    before = models.TextField()
    after = models.TextField()
    rank = models.TextField()

    class Meta:
        indexes = (models.Index(fields=["rehearsed", "rank", "case"], name="rehearsed_in_order"),)
