"""Forgetting what is kept for a while only: raw files, journals, files of the lake nobody reads."""
