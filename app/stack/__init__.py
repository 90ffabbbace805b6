"""Starts and ends everything Headwater consists of, as one process tree."""
