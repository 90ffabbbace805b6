"""Headline figures, each as a ratio to a floor and a peer measured in the same call."""
