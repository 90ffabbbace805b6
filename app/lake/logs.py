"""Tables that only grow: events, changes of membership. Opened as relations, appended to once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, cast

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa
from deltalake import CommitProperties, Transaction, WriterProperties, write_deltalake

from app.lake import engine
from app.lake.dialects import DUCKDB, Dialect
from app.lake.engine import identifier as quoted
from app.lake.spark import Spark
from app.lake.spark_dialect import SPARK
from app.lake.tables import Lake

# What is asked of one person reads a group of rows, not a file.
ROWS_A_GROUP = 50_000
# Quicker to read than what is smaller.
COMPRESSION: Literal["SNAPPY"] = "SNAPPY"
# A column beside those that are written: what a row's key comes to as a number.
FINGERPRINT = "fingerprint"
# A commit every few seconds makes many versions; nobody asks for those of yesterday.
_CONFIGURATION: dict[str, str | None] = {"delta.logRetentionDuration": "interval 1 days"}

# DuckDB in this process, or Spark by the setting ENGINE_URL.
Session = duckdb.DuckDBPyConnection | Spark


def opened(session: Session, lake: Lake, name: str, schema: pa.Schema) -> ir.Table:
    """Return the table as a relation with these columns; without rows if it was never written."""
    files = lake.files(name)
    if not files:
        return given(session, f"empty_{name.replace('/', '_')}", schema.empty_table())
    return of_files(session, files, schema)


def of_files(
    session: Session, files: Sequence[str], schema: pa.Schema, **options: bool
) -> ir.Table:
    """Return files of a table as a relation with these columns, read with options of DuckDB."""
    if isinstance(session, Spark):
        return session.read(files, schema)
    backend = ibis.duckdb.from_connection(session)
    table = backend.read_parquet(list(files), union_by_name=True, **options)
    held = set(table.columns)
    typed = {
        field.name: table[field.name] if field.name in held else ibis.null(ibis.dtype(field.type))
        for field in schema
    }
    return cast("ir.Table", table.select(**typed))


def given(session: Session, name: str, rows: pa.Table) -> ir.Table:
    """Return rows of our own as a relation; in DuckDB it is called so, in place of another."""
    if isinstance(session, Spark):
        return session.given(rows)
    session.register(name, rows)
    return cast("ir.Table", ibis.duckdb.from_connection(session).table(name))


def dialect(session: Session) -> Dialect:
    """Return what the engine of a session says in its own words."""
    return SPARK if isinstance(session, Spark) else DUCKDB


def frame(session: Session, expression: ir.Table) -> pa.Table:
    """Return the rows of an expression over relations of this session.

    Raises EngineUnavailable, but never of DuckDB.
    """
    if isinstance(session, Spark):
        return session.rows(expression)
    return session.sql(sql(expression)).to_arrow_table()


def keep(
    session: Session, expression: ir.Table, within: duckdb.DuckDBPyConnection, name: str
) -> None:
    """Make a temporary table of what `frame` would return, within a session of DuckDB."""
    if session is within:
        within.execute(f"CREATE TEMP TABLE {quoted(name)} AS {sql(expression)}")
        return
    within.register("handed_over", frame(session, expression))
    within.execute(f"CREATE TEMP TABLE {quoted(name)} AS SELECT * FROM handed_over")
    within.unregister("handed_over")


def sql(expression: ir.Table) -> str:
    """Return an expression as DuckDB reads it."""
    # Ibis 12 asks DuckDB for rows by names that DuckDB 2.0 drops or is about to.
    return str(ibis.to_sql(expression, dialect="duckdb"))


def unseen(
    lake: Lake, name: str, rows: pa.Table, key: Sequence[str], *, newer_than: str, since: datetime
) -> pa.Table:
    """Return the rows whose key the table does not have yet, the first of several with one key.

    Only rows of the table whose column `newer_than` is at or after `since` are looked at. What is
    returned has a fingerprint of the key beside: to look for numbers takes a thirtieth of the time.
    """
    columns = ", ".join(quoted(column) for column in key)
    schema = rows.schema.append(pa.field(FINGERPRINT, pa.int64()))
    with engine.connection() as session:
        session.register("batch", rows)
        session.execute(
            f"CREATE TEMP TABLE fresh AS SELECT *, {_fingerprint(columns)} AS {FINGERPRINT} "
            f"FROM batch QUALIFY row_number() OVER (PARTITION BY {columns}) = 1"
        )
        sql, files = "SELECT * FROM fresh", lake.files(name)
        if files:
            moment = f"{engine.literal(since.isoformat())}::TIMESTAMPTZ"
            held = f"SELECT * FROM {engine.parquet(files)} WHERE {quoted(newer_than)} >= {moment}"
            may_be_known = _may_be_known(session, held)
            sql += f" ANTI JOIN ({held} AND {may_be_known}) USING ({columns})"
        return session.sql(sql).to_arrow_table().cast(schema)


def _fingerprint(columns: str) -> str:
    # The lake has no unsigned numbers, so one bit is left out.
    return f"(md5_number_lower(concat_ws(chr(31), {columns})) >> 1)::BIGINT"


def _may_be_known(session: duckdb.DuckDBPyConnection, held: str) -> str:
    """Return the condition for rows that may have a key of a fresh one; most often for none."""
    if FINGERPRINT not in session.sql(f"{held} LIMIT 0").columns:
        return "true"
    # Rows that were written by an earlier version have none.
    without = session.execute(f"SELECT 1 FROM ({held}) WHERE {FINGERPRINT} IS NULL LIMIT 1")
    if without.fetchall():
        return "true"
    same = f"SELECT {FINGERPRINT} FROM ({held}) SEMI JOIN fresh USING ({FINGERPRINT})"
    session.execute(f"CREATE TEMP TABLE same AS {same}")
    if not session.execute("SELECT 1 FROM same LIMIT 1").fetchall():
        return "false"
    return f"{FINGERPRINT} IN (SELECT {FINGERPRINT} FROM same)"


def append(
    lake: Lake,
    name: str,
    rows: pa.Table,
    *,
    counters: dict[str, int] | None = None,
    rows_a_group: int = ROWS_A_GROUP,
) -> None:
    """Commit the rows, at once or not at all; the caller holds the table's writer lock.

    `counters` are committed with the rows and read again by `counter`. Of rows that are sorted,
    small groups let a look-up pass over most of a file.
    """
    write_deltalake(
        lake.address(name),
        rows,
        mode="append",
        schema_mode="merge",
        storage_options=lake.storage_options,
        configuration=_CONFIGURATION,
        writer_properties=WriterProperties(
            compression=COMPRESSION, max_row_group_size=rows_a_group
        ),
        commit_properties=CommitProperties(
            app_transactions=[Transaction(key, value) for key, value in (counters or {}).items()]
        ),
    )


def counter(lake: Lake, name: str, key: str) -> int:
    """Return the newest value that was committed under this key, or 0."""
    table = lake.find(name)
    value = table.transaction_version(key) if table is not None else None
    return int(value or 0)
