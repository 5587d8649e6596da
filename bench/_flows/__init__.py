"""The Django app that holds the flow of _viewflow.py: viewflow finds flows by their app."""
