"""Audiences as files: written, read, put in force."""
