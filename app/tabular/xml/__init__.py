"""XML: its repeated elements, their records, and records as rows."""
