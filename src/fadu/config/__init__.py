"""Settings, the URL root and the rooms in force."""
