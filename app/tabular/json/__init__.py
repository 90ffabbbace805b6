"""JSON arrays and NDJSON: their shape, their records, and records as rows."""
