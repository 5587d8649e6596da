"""The yearly report: the rooms' paragraphs with computed figures, as one official document with its provenance."""

from fadu.report_writer.again import Again, again
from fadu.report_writer.compose import Report, write
from fadu.report_writer.kept import kept_report
from fadu.report_writer.lint import check
from fadu.report_writer.recheck import Broken, recheck
from fadu.report_writer.signed import signed_otherwise

__all__ = ["Again", "Broken", "Report", "again", "check", "kept_report", "recheck", "signed_otherwise", "write"]
