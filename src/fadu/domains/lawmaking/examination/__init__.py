"""规范性文件备案审查: a document filed by an organ below is registered, examined, and corrected where it is wrong."""
