"""What people see in a browser: the workbench of the offices, the public's portal, and what both share."""
