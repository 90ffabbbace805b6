"""What an audience asks: its conditions as plain values, read from JSON and said in words."""
