"""Suppressed identifiers."""
