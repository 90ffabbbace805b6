"""Runs: one stream file taken through a dataflow, every row accounted for."""
