"""The feature `datasets`."""
