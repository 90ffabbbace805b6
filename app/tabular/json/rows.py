"""JSON values on their way to rows: objects by their keys, lists by a header or by place."""

from typing import Any

from app.tabular.grid.names import header_names
from app.tabular.json.paths import LISTS, RecordPath
from app.tabular.json.values import FlatRow, RepeatedKey, json_text, scalar_text
from app.tabular.naming import named_columns, numbered_columns
from app.tabular.nested import RecordRefused
from app.tabular.options import ParsingOptions

KEY = "key"


class RowMaker:
    """Makes rows of the values of one file."""

    def __init__(
        self, options: ParsingOptions, path: RecordPath, names: tuple[str, ...] | None = None
    ) -> None:
        self._options = options
        self._header: list[list[str]] = []
        self._names = named_columns(names).names if names else None
        self._is_of_lists = path.ending == LISTS
        self._key: str | None = None

    def row(self, value: Any) -> FlatRow | RecordRefused | None:
        """Return the row; None for a list that names the columns of those after it."""
        try:
            if self._is_of_lists and isinstance(value, list):
                return self._row_of_list(value)
            return FlatRow(value)
        except RecordRefused as refused:
            return refused

    def row_of_pair(self, key: str, value: Any) -> FlatRow | RecordRefused | None:
        """Return the row of an object that stands under a key, which is a column too."""
        if not isinstance(value, dict):
            return self.row(value)
        if self._key is None:
            self._key = f"record_{KEY}" if KEY in value else KEY
        if self._key in value:
            message = f"The record has a field “{self._key}” besides the key it stands under."
            return RecordRefused("duplicate_key", message, self._key)
        if isinstance(value, RepeatedKey):
            return self.row(value)
        return self.row({self._key: key, **value})

    def _row_of_list(self, cells: list[Any]) -> FlatRow | None:
        if len(self._header) < self._options.header_rows:
            self._header.append([_text(cell) for cell in cells])
            return None
        if self._names is None:
            self._names = self._named(len(cells))
        if len(cells) > len(self._names):
            message = f"The list has {len(cells):,} entries for {len(self._names):,} columns."
            raise RecordRefused("too_many_cells", message)
        filled = cells + [None] * (len(self._names) - len(cells))
        return FlatRow(dict(zip(self._names, filled, strict=True)))

    def _named(self, width: int) -> tuple[str, ...]:
        if not self._header:
            return numbered_columns(width).names
        return named_columns(header_names(self._header, self._options, 0)).names


def _text(value: Any) -> str:
    return json_text(value) if isinstance(value, dict | list) else scalar_text(value) or ""


def as_texts(row: list[Any]) -> tuple[str, ...]:
    """Return a list's entries as texts, as a header and those below it are compared."""
    return tuple(_text(cell) for cell in row)
