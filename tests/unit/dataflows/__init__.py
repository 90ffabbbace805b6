"""Concepts of dataflows."""
