"""Files as tables of text: recognised, read, profiled, converted and transformed."""
