"""Rows of cells, as text or a sheet has them: where their table is, and what it holds."""
