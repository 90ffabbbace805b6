"""Parquet: columns with types, every value as exact text."""
