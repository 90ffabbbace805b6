"""The feature `dataflows`."""
