"""Suppressions: identifiers of erased people, which nothing that arrives may bring back."""
