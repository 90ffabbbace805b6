"""Datasets: the stored rows of a schema, to look through and take away."""
