"""Tables that only grow: events, changes of membership. Opened as relations, appended to once."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa
from deltalake import CommitProperties, Transaction, WriterProperties, write_deltalake

from app.lake import engine
from app.lake.engine import identifier as quoted
from app.lake.tables import Lake

GROUP_ROWS = 50_000
# A commit every few seconds makes many versions; nobody asks for those of yesterday.
_CONFIGURATION: dict[str, str | None] = {"delta.logRetentionDuration": "interval 1 days"}


def opened(
    session: duckdb.DuckDBPyConnection, lake: Lake, name: str, schema: pa.Schema
) -> ir.Table:
    """Return the table as a relation with these columns; without rows if it was never written."""
    backend = ibis.duckdb.from_connection(session)
    files = lake.files(name)
    if not files:
        view = f"empty_{name.replace('/', '_')}"
        session.register(view, schema.empty_table())
        return cast("ir.Table", backend.table(view))
    table = backend.read_parquet(files, union_by_name=True)
    held = set(table.columns)
    typed = {
        field.name: table[field.name] if field.name in held else ibis.null(ibis.dtype(field.type))
        for field in schema
    }
    return cast("ir.Table", table.select(**typed))


def frame(session: duckdb.DuckDBPyConnection, expression: ir.Table) -> pa.Table:
    """Return the rows of an expression over tables of this session."""
    return session.sql(sql(expression)).to_arrow_table()


def sql(expression: ir.Table) -> str:
    """Return an expression as the engine reads it."""
    # Ibis 12 asks DuckDB for rows by names that DuckDB 2.0 drops or is about to.
    return str(ibis.to_sql(expression, dialect="duckdb"))


def unseen(
    lake: Lake, name: str, rows: pa.Table, key: Sequence[str], *, newer_than: str, since: datetime
) -> pa.Table:
    """Return the rows whose key the table does not have yet, the first of several with one key.

    Only rows of the table whose column `newer_than` is at or after `since` are looked at.
    """
    columns = ", ".join(quoted(column) for column in key)
    first = f"SELECT * FROM batch QUALIFY row_number() OVER (PARTITION BY {columns}) = 1"
    with engine.connection() as session:
        session.register("batch", rows)
        files = lake.files(name)
        if not files:
            return session.sql(first).to_arrow_table().cast(rows.schema)
        known = (
            f"SELECT {columns} FROM {engine.parquet(files)} "
            f"WHERE {quoted(newer_than)} >= {engine.literal(since.isoformat())}::TIMESTAMPTZ"
        )
        fresh = f"SELECT * FROM ({first}) new ANTI JOIN ({known}) old USING ({columns})"
        return session.sql(fresh).to_arrow_table().cast(rows.schema)


def append(
    lake: Lake, name: str, rows: pa.Table, *, counters: dict[str, int] | None = None
) -> None:
    """Commit the rows, at once or not at all; the caller holds the table's writer lock.

    `counters` are committed with the rows and read again by `counter`. Rows that are sorted are
    found quickly: their groups are small, and each knows its least and greatest values.
    """
    write_deltalake(
        lake.address(name),
        rows,
        mode="append",
        schema_mode="merge",
        storage_options=lake.storage_options,
        configuration=_CONFIGURATION,
        writer_properties=WriterProperties(compression="ZSTD", max_row_group_size=GROUP_ROWS),
        commit_properties=CommitProperties(
            app_transactions=[Transaction(key, value) for key, value in (counters or {}).items()]
        ),
    )


def counter(lake: Lake, name: str, key: str) -> int:
    """Return the newest value that was committed under this key, or 0."""
    table = lake.find(name)
    value = table.transaction_version(key) if table is not None else None
    return int(value or 0)
