"""How many people several audiences have in common, and who they are."""
