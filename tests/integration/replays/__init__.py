"""Tests of files taken once more."""
