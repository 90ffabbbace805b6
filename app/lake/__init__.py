"""Datasets as Delta tables: planned, written once, browsed; no Flask, no database."""
