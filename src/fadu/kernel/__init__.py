"""The engine and the record: the only code that changes or fetches anything. It knows no system by name."""
