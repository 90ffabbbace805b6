"""Reading datasets: which there are, and their rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from app import storage
from app.lake import browsing, readable
from app.lake.journal import ORIGIN, RUN
from app.lake.staging import LINE
from app.schemas import queries as schemas
from app.schemas.models import Schema

ROWS_A_PAGE = 50
LONGEST_KEY = 500


@dataclass(frozen=True)
class DatasetPage:
    """One page of rows as text, under the schema's names; `places` say where each row's page is."""

    rows: list[list[str]]
    matching_count: int
    total_count: int
    number: int
    places: list[dict[str, str | int]] = field(default_factory=list)

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.matching_count // ROWS_A_PAGE))


def list_datasets() -> list[tuple[Schema, int]]:
    """Return each schema with the rows its dataset has."""
    lake = storage.lake()
    return [(schema, lake.row_count(schema.table_name)) for schema in schemas.list_schemas()]


def browse(
    schema: Schema, *, search: str, sort: int | None, descending: bool, number: int
) -> DatasetPage:
    """Return one page; `sort` is the id of a column."""
    fields = [column.field_name for column in schema.columns]
    page = browsing.browse(
        storage.lake(),
        schema.table_name,
        fields,
        beside=ORIGIN.names,
        search=search,
        sort=f"c{sort}" if sort is not None else None,
        descending=descending,
        limit=ROWS_A_PAGE,
        offset=(number - 1) * ROWS_A_PAGE,
    )
    return DatasetPage(
        rows=[_texts(row, fields) for row in page.rows],
        places=[_place(schema, row) for row in page.rows],
        matching_count=page.matching_count,
        total_count=page.total_count,
        number=number,
    )


def stream_csv(schema: Schema, *, search: str) -> Iterator[str]:
    """Yield the dataset as CSV, under the schema's names."""
    headings = {column.field_name: column.name for column in schema.columns}
    return browsing.stream_csv(storage.lake(), schema.table_name, headings, search=search)


def _place(schema: Schema, row: dict[str, Any]) -> dict[str, str | int]:
    """Return what tells a row from others, as parameters of an address; none where nothing does.

    No address holds a very long key: where the row came from tells as much.
    """
    column = schema.key_column
    key = readable.as_text(row[column.field_name]) if column is not None else ""
    if column is not None and len(key) <= LONGEST_KEY:
        return {"key": key}
    origin = {"run": row[RUN], "line": row[LINE]}
    return {} if None in origin.values() else origin


def _texts(row: dict[str, Any], fields: list[str]) -> list[str]:
    return [readable.as_text(row[field]) for field in fields]
