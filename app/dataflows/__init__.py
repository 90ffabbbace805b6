"""Dataflows: the five-step definitions, their runs and their datasets."""
