"""Erasures: one person taken out of everything that is kept, with a report of it."""
