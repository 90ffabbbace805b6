"""Where bytes come from: sources, archives, encodings, and lines of text."""
