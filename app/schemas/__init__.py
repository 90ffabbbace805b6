"""Schemas: the named, typed columns a dataset has."""
