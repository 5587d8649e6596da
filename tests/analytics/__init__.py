"""Figures over real cases."""
