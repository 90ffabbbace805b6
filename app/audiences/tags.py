"""How many tags an audience may have, and how long each may be."""

MOST_TAGS, LONGEST_TAG = 20, 40
