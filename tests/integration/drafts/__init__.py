"""The feature `drafts`."""
