"""What was read, as JSON, as a marked page, as a workbook."""
