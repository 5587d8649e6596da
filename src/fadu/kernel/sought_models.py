"""Table of what entries of registers are found by, beside the record."""

from __future__ import annotations

from django.db import models

from fadu.kernel.models import RegisterEntry


class SoughtEntry(models.Model):
    """What an entry is found by: its texts as its newest row has them, see kernel/sought.py.

    open: how many signs at the beginning everybody may read; declared: digest of the declaration that says so. The
    database removes the text with its row.
    """

    entry = models.OneToOneField(
        RegisterEntry, models.DO_NOTHING, primary_key=True, related_name="sought", db_constraint=False
    )
    text = models.TextField()
    open = models.IntegerField()
    declared = models.TextField()
