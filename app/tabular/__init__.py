"""Recognises, reads and profiles files of rows and columns, and changes no value of them."""

from app.tabular.columns.profiling import profile
from app.tabular.files.source import FileUnreadable, NotRecognised
from app.tabular.reading import read
from app.tabular.recognising import recognise
from app.tabular.table import read_table

__all__ = ["FileUnreadable", "NotRecognised", "profile", "read", "read_table", "recognise"]
