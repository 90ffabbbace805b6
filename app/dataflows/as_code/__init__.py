"""Dataflows as files that people read, compare and keep beside their code."""
