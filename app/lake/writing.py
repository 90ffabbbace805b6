"""Carrying a plan out: one commit, once, or the table stays as it was."""

import duckdb
import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, Transaction, write_deltalake
from deltalake.exceptions import CommitFailedError

from app.lake import engine
from app.lake.engine import identifier as quoted
from app.lake.planning import Comparison, Plan, WriteMode, compare
from app.lake.staging import Staging
from app.lake.tables import Lake

CONFIGURATION = {"delta.enableChangeDataFeed": "true"}
ROWS_A_BATCH = 10_000


class PlanOutdated(Exception):
    """The table changed since the plan was made; plan again."""


def written_version(lake: Lake, name: str, *, transaction: str) -> int | None:
    """Return the version this transaction made, if it is in the table already."""
    table = lake.find(name)
    version = table.transaction_version(transaction) if table is not None else None
    return int(version) if version is not None else None


def write(
    lake: Lake,
    name: str,
    staging: Staging,
    plan: Plan,
    *,
    schema: pa.Schema,
    key: str | None,
    mode: WriteMode,
    transaction: str,
) -> int:
    """Commit the staged rows as planned and return the version that has them; raise PlanOutdated.

    The caller holds the table's writer lock from planning on. `schema` is the whole dataset's;
    columns of it that the file does not fill stay as they are, or empty. A transaction that is
    in the table already is not written again, nor is a plan that changes nothing.
    """
    done = written_version(lake, name, transaction=transaction)
    if done is not None:
        return done
    table = lake.find(name)
    if (int(table.version()) if table is not None else None) != plan.table_version:
        raise PlanOutdated(name)
    if plan.table_version is not None and _is_nothing_to_do(plan):
        return plan.table_version
    version = 0 if plan.table_version is None else plan.table_version + 1
    comparison = compare(lake, table, staging, key, mode)
    try:
        with engine.connection(staging.spill) as session:
            if table is None:
                rows = _whole(session, comparison, schema)
                _create(lake, name, rows, _properties(transaction, version))
            else:
                rows = _rows(session, comparison, mode, staging.schema)
                _change(table, rows, plan, key, mode, _properties(transaction, version))
    except CommitFailedError as failure:
        raise PlanOutdated(name) from failure
    return version


def _is_nothing_to_do(plan: Plan) -> bool:
    return plan.added == plan.changed == plan.removed == 0


def _properties(transaction: str, version: int) -> CommitProperties:
    """Keep with the commit who made it.

    No retries: delta-rs would put an append on top of a commit the plan knows nothing of.
    """
    return CommitProperties(
        app_transactions=[Transaction(transaction, version)], max_commit_retries=0
    )


def _whole(
    session: duckdb.DuckDBPyConnection, comparison: Comparison, schema: pa.Schema
) -> pa.RecordBatchReader:
    """Return the rows of a first file under all columns of the dataset."""
    session.register("dataset", schema.empty_table())
    listed = ", ".join(quoted(name) for name in schema.names)
    return _reader(
        session,
        f"SELECT {listed} FROM ({_latest(comparison)} UNION ALL BY NAME SELECT * FROM dataset)",
        schema,
    )


def _rows(
    session: duckdb.DuckDBPyConnection, comparison: Comparison, mode: WriteMode, schema: pa.Schema
) -> pa.RecordBatchReader:
    """Return the rows to write: all that count, or those an append adds or changes."""
    if mode is WriteMode.OVERWRITE:
        return _reader(session, _latest(comparison), schema)
    columns = ", ".join(quoted(name) for name in comparison.columns)
    changing = f"SELECT {columns} FROM ({comparison.judged}) WHERE _bucket <> 'same'"
    return _reader(session, changing, schema)


def _latest(comparison: Comparison) -> str:
    columns = ", ".join(quoted(name) for name in comparison.columns)
    return f"SELECT {columns} FROM ({comparison.latest})"


def _reader(
    session: duckdb.DuckDBPyConnection, sql: str, schema: pa.Schema
) -> pa.RecordBatchReader:
    return session.sql(sql).to_arrow_reader(ROWS_A_BATCH).cast(schema)


def _create(
    lake: Lake, name: str, rows: pa.RecordBatchReader, properties: CommitProperties
) -> None:
    """Make the table with its first rows, its changes on record from then on."""
    write_deltalake(
        lake.address(name),
        rows,
        mode="error",
        configuration=CONFIGURATION,
        storage_options=lake.storage_options,
        commit_properties=properties,
    )


def _change(
    table: DeltaTable,
    rows: pa.RecordBatchReader,
    plan: Plan,
    key: str | None,
    mode: WriteMode,
    properties: CommitProperties,
) -> None:
    """Commit the rows; a merge is needed only where rows with a known key change."""
    if mode is WriteMode.APPEND and key is not None and plan.changed:
        _merge(table, rows, key, properties)
        return
    write_deltalake(table, rows, mode=mode.value, schema_mode="merge", commit_properties=properties)


def _merge(
    table: DeltaTable, rows: pa.RecordBatchReader, key: str, properties: CommitProperties
) -> None:
    """Update rows with a known key, insert the others."""
    (
        table.merge(
            rows,
            predicate=f"old.{quoted(key)} = new.{quoted(key)}",
            source_alias="new",
            target_alias="old",
            merge_schema=True,
            commit_properties=properties,
        )
        .when_matched_update_all()
        .when_not_matched_insert_all()
        .execute()
    )
