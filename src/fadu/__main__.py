"""Lets `python -m fadu` do what the `fadu` command does."""

from fadu.cli.main import main

main()
