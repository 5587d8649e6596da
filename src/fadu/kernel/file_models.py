"""The table of uploaded bytes."""

from __future__ import annotations

from django.db import models


class File(models.Model):
    """The bytes of uploads by digest; they lie in the data folder. What each upload is called, its fact says.

    made: when they last came in; recorded: an act named them.
    """

    digest = models.TextField(primary_key=True)
    size = models.BigIntegerField()
    made = models.DateTimeField()
    recorded = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=["made"], name="file_unused", condition=models.Q(recorded=False)),)
