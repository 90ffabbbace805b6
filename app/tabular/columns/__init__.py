"""Columns of text: their types, their profiles, and what is made of them."""
