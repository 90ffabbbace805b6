"""How the size of an audience went over time, and who entered and left when."""
