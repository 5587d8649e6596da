"""The workbench: pages for those who handle cases, made from the declarations of the procedures."""
