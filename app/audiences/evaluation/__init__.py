"""Finding the members of audiences: when it is due, of whom, and what changed."""
