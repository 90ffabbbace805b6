"""Definitions and files as plain values."""

import csv
import io
from dataclasses import replace
from typing import Any

from app.dataflows.definition import Definition, FileColumn, Target
from app.lake.write_modes import WriteMode
from app.tabular.files.source import BytesSource
from app.tabular.options import ParsingOptions
from app.tabular.types import ColumnType

T = ColumnType
PEOPLE = {"id": T.INTEGER, "email": T.EMAIL, "joined": T.DATE, "points": T.DECIMAL, "city": T.TEXT}


def make_definition(
    columns: dict[str, ColumnType] = PEOPLE, *, mandatory: tuple[str, ...] = (), **changes: Any
) -> Definition:
    """Return a definition that fills each column from the file's of the same name; first is key."""
    targets = [
        Target(number, name, kind, number == 1, name, kind)
        for number, (name, kind) in enumerate(columns.items(), start=1)
    ]
    made = Definition(
        options=ParsingOptions(),
        columns=tuple(FileColumn(name, name, name in mandatory) for name in columns),
        transformations=(),
        targets=tuple(targets),
        table_name="dataset_1",
        write_mode=WriteMode.APPEND,
    )
    return replace(made, **changes)


def make_people(count: int = 20) -> list[dict[str, str]]:
    """Return rows that fit the types of `PEOPLE`."""
    return [
        {
            "id": str(number),
            "email": f"p{number}@example.org",
            "joined": f"2024-01-{number % 28 + 1:02}",
            "points": f"{number}.5",
            "city": f"City {number}",
        }
        for number in range(1, count + 1)
    ]


def as_file(
    rows: list[dict[str, str]], delimiter: str = ",", encoding: str = "utf-8"
) -> BytesSource:
    """Return rows as delimited text."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return BytesSource(text.getvalue().encode(encoding))


def renamed(rows: list[dict[str, str]], **names: str) -> list[dict[str, str]]:
    """Return the rows under other names, in the same order of columns."""
    return [{names.get(name, name): value for name, value in row.items()} for row in rows]
