"""The yearly report: the rooms' paragraphs with computed figures, as one official document with its provenance."""

from fadu.report_writer.again import Again, again
from fadu.report_writer.compose import Report, write
from fadu.report_writer.lint import check
from fadu.report_writer.provenance import Broken, recheck

__all__ = ["Again", "Broken", "Report", "again", "check", "recheck", "write"]
