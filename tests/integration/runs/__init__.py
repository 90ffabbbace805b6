"""The feature `runs`."""
