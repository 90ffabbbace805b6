"""People: everything known under one person identifier."""
