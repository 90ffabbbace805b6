"""Segments: what the platform's webhook says of the site's people, received, worked and kept."""
