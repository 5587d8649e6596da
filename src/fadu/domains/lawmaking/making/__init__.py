"""规范性文件制定: from the plan to the end of validity; one text of its law."""
