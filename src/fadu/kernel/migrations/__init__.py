"""Migrations of the kernel; they never import product code."""
