"""What is told of a person."""
