"""The feature `home`."""
