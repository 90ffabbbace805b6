"""Kept lists: audiences whose people come from files or are pasted, and how that is done."""
