"""The page of patterns."""
