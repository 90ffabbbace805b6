"""The kinds of transformation: one file a family, and one registry of them all."""
