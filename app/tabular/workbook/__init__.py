"""Workbooks of Excel and OpenDocument: their sheets, the table in each, and its rows."""
