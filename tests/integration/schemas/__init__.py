"""The feature `schemas`."""
