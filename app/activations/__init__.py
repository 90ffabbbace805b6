"""Activations: where audiences go, and every delivery on its way there."""
