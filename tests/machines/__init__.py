"""Random legal histories through every declared procedure; see docs/algorithms/machines.md."""
