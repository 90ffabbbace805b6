"""Rejected rows, without a database."""
