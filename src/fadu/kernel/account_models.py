"""Tables beside an account: where a person is signed in, the second factor, how often was tried to get in."""

from __future__ import annotations

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class WebSession(AbstractBaseSession):
    """A browser that the web remembers; with an officer, one in which that person is signed in.

    began, seen: moments of signing in and of the last look, to some minutes; device, address: as the browser said.
    """

    officer = models.ForeignKey("kernel.Officer", models.CASCADE, null=True, related_name="sessions")
    began = models.DateTimeField(null=True)
    seen = models.DateTimeField(null=True)
    device = models.TextField(default="")
    address = models.TextField(default="")


class SecondFactor(models.Model):
    """A person's second factor (TOTP). secret: sealed with the key of this installation; step: the last one used.

    recovery: digests of the codes that are left, each for one time.
    """

    officer = models.OneToOneField("kernel.Officer", models.CASCADE, primary_key=True, related_name="second_factor")
    secret = models.TextField()
    step = models.BigIntegerField()
    recovery = models.JSONField()
    made = models.DateTimeField()


class Attempt(models.Model):
    """How often something was tried by somebody since a moment; until: what is over is swept away. who, by: digests."""

    what = models.TextField()
    who = models.TextField()
    by = models.TextField(default="")
    count = models.IntegerField()
    until = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["what", "who", "by"], name="attempt_of_whom"),)
        indexes = (models.Index(fields=["until"], name="attempt_over"),)
