"""Dividing people: audiences cut into parts by chance, and put in order so that nobody is twice."""
