"""What the house stands on: the database server, files, jobs, keys and the clock."""
