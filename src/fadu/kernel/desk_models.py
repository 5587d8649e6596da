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
