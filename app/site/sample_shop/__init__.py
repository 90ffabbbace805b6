"""A believable small shop, made from a seed: the same seed, the same rows."""
