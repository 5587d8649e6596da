"""Rooms: one per heading of the catalogue of systems, all of the same shape; they do not import one another."""
