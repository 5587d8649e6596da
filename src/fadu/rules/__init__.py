"""The words in which procedures are written: pure Python, neither database nor web."""
