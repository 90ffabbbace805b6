"""What other systems read to hold a copy of audiences: who is in, and what changed since."""
