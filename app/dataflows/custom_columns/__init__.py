"""Custom columns of a draft: each made of other columns by one transformation."""
