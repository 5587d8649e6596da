"""The yearly report, written from cases."""
