"""Prepares Django for a process: which settings, as which database role."""

import os

import django


def boot(role: str) -> None:
    """Load settings and models; connects to nothing yet."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fadu.config.settings")
    os.environ["FADU_DB_ROLE"] = role
    django.setup()
