"""The feature `quarantine`."""
