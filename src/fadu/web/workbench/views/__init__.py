"""The pages of the workbench, one module for each group."""
