"""行政复议, ordinary procedure: the text of 2017 (to 2023-12-31) and the text of 2023 (from 2024-01-01)."""
