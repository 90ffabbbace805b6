"""Files of invented people, twelve columns wide, made by the engine in a moment."""

from pathlib import Path

import duckdb

from app.tabular.types import ColumnType

COLUMNS = {
    "userid": ColumnType.INTEGER,
    "first_name": ColumnType.TEXT,
    "last_name": ColumnType.TEXT,
    "email": ColumnType.EMAIL,
    "joined": ColumnType.DATE,
    "points": ColumnType.DECIMAL,
    "is_active": ColumnType.BOOLEAN,
    "city": ColumnType.TEXT,
    "country": ColumnType.TEXT,
    "last_seen": ColumnType.DATETIME,
    "age": ColumnType.INTEGER,
    "note": ColumnType.TEXT,
}
CASTS = {
    ColumnType.INTEGER: "BIGINT",
    ColumnType.DATE: "DATE",
    ColumnType.DECIMAL: "DECIMAL(38, 18)",
    ColumnType.BOOLEAN: "BOOLEAN",
    ColumnType.DATETIME: "TIMESTAMPTZ",
}
# Odd and no divisor of the numbers of rows: the ids come in no order.
STRIDE = 7919


def write_people(file: Path, *, rows: int, first: int, seed: int) -> None:
    """Write a CSV of so many people, with the ids from `first` on in no order."""
    with duckdb.connect() as session:
        session.execute(
            f"COPY (SELECT (i * {STRIDE}) % {rows} + {first} AS userid, "
            f"'Person ' || hash(i + {seed}) % 1000 AS first_name, "
            f"'Name ' || hash(i * 3 + {seed}) % 100000 AS last_name, "
            "'p' || i || '@example.com' AS email, DATE '2010-01-01' + (i % 5000)::INT AS joined, "
            f"(hash(i * 5 + {seed}) % 10000000 / 100)::DECIMAL(18, 2) AS points, "
            "i % 3 = 0 AS is_active, 'City ' || i % 500 AS city, 'DE' AS country, "
            "TIMESTAMP '2020-01-01' + INTERVAL (i % 100000) MINUTE AS last_seen, "
            f"(hash(i * 7 + {seed}) % 90)::INT AS age, 'some note text ' || i % 77 AS note "
            f"FROM range({rows}) each(i)) TO '{file}' (HEADER, DELIMITER ',')"
        )


def typed_rows(file: Path) -> str:
    """Return the SQL that reads such a file with the types of its columns."""
    columns = ", ".join(
        f"{name}::{CASTS[kind]} AS {name}" if kind in CASTS else name
        for name, kind in COLUMNS.items()
    )
    return f"SELECT {columns} FROM read_csv('{file}', all_varchar = true, header = true)"
