"""Fadu (法度): runs the legal procedures of a local government as the law sets them."""

__version__ = "0.1.0"
