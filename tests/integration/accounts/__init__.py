"""The feature `accounts`."""
