"""The first page: what there is, and what to do next."""
