"""Delimited text: its dialect, where its table is, and its records."""
