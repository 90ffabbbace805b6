"""The types a column can have, and what each is in Arrow."""

from enum import StrEnum

import pyarrow as pa

DECIMAL_DIGITS = 38
DECIMAL_PLACES = 18


class ColumnType(StrEnum):
    """What the values of a column are."""

    TEXT = "text"
    EMAIL = "email"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    URL = "url"
    PHONE = "phone"
    JSON = "json"

    @property
    def label(self) -> str:
        """Return the name people know the type by."""
        return _LABELS[self]

    @property
    def word(self) -> str:
        """Return that name as it stands within a sentence."""
        return self.label if self is ColumnType.JSON else self.label.lower()

    @property
    def is_number(self) -> bool:
        """Return whether the values can be counted with."""
        return self in (ColumnType.INTEGER, ColumnType.DECIMAL)

    @property
    def is_text(self) -> bool:
        """Return whether the values are kept and compared as they are written."""
        return bool(arrow_type(self) == pa.string())


_LABELS = {
    ColumnType.TEXT: "Text",
    ColumnType.EMAIL: "Email",
    ColumnType.INTEGER: "Integer",
    ColumnType.DECIMAL: "Decimal",
    ColumnType.BOOLEAN: "Yes or no",
    ColumnType.DATE: "Date",
    ColumnType.DATETIME: "Date and time",
    ColumnType.TIME: "Time of day",
    ColumnType.URL: "Web address",
    ColumnType.PHONE: "Phone number",
    ColumnType.JSON: "JSON",
}
_ARROW_TYPES = {
    ColumnType.TEXT: pa.string(),
    ColumnType.EMAIL: pa.string(),
    ColumnType.INTEGER: pa.int64(),
    ColumnType.DECIMAL: pa.decimal128(DECIMAL_DIGITS, DECIMAL_PLACES),
    ColumnType.BOOLEAN: pa.bool_(),
    ColumnType.DATE: pa.date32(),
    ColumnType.DATETIME: pa.timestamp("us", tz="UTC"),
    ColumnType.TIME: pa.string(),
    ColumnType.URL: pa.string(),
    ColumnType.PHONE: pa.string(),
    ColumnType.JSON: pa.string(),
}


def arrow_type(column_type: ColumnType) -> pa.DataType:
    """Return the Arrow type that stores values of a column type."""
    return _ARROW_TYPES[column_type]
