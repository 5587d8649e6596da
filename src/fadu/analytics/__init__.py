"""Figures: one table a system made from the declarations, indicators compiled to one expression, integers out."""
