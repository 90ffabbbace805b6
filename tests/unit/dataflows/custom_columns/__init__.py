"""Custom columns of a draft."""
