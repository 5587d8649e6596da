"""规范性文件实施: what happens to a promulgated document."""
