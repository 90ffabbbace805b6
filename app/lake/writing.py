"""Carrying a plan out: one commit, once, or the table stays as it was."""

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, Transaction, write_deltalake
from deltalake.exceptions import CommitFailedError

from app.lake import engine
from app.lake.engine import identifier as quoted
from app.lake.planning import Comparison, Plan, WriteMode, compare
from app.lake.staging import Staging
from app.lake.tables import Lake

CONFIGURATION = {"delta.enableChangeDataFeed": "true"}


class PlanOutdated(Exception):
    """The table changed since the plan was made; plan again."""


def written_version(lake: Lake, name: str, *, transaction: str) -> int | None:
    """Return the table's version if this transaction is in it already."""
    if not lake.exists(name):
        return None
    table = lake.table(name)
    return int(table.version()) if table.transaction_version(transaction) is not None else None


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
    """Commit the staged rows as planned and return the table's version; raise PlanOutdated.

    The caller holds the table's writer lock from planning on. `schema` is the whole dataset's;
    columns of it that the file does not fill stay as they are, or empty. A transaction that is
    in the table already is not written again.
    """
    done = written_version(lake, name, transaction=transaction)
    if done is not None:
        return done
    if lake.version(name) != plan.table_version:
        raise PlanOutdated(name)
    if plan.table_version is None:
        _create(lake, name, schema)
    elif _is_nothing_to_do(plan):
        return plan.table_version
    comparison = compare(lake, name, staging, key)
    properties = CommitProperties(app_transactions=[Transaction(transaction, 1)])
    try:
        with engine.connection(staging.spill) as session:
            if mode is WriteMode.APPEND and key is not None:
                rows = session.sql(_upserted(comparison)).to_arrow_reader(10_000)
                _merge(lake.table(name), rows.cast(staging.schema), key, properties)
            else:
                rows = session.sql(_latest(comparison)).to_arrow_reader(50_000)
                _write(lake.table(name), rows.cast(staging.schema), mode, properties)
    except CommitFailedError as failure:
        raise PlanOutdated(name) from failure
    return int(lake.table(name).version())


def _is_nothing_to_do(plan: Plan) -> bool:
    return plan.added == plan.changed == plan.removed == 0


def _create(lake: Lake, name: str, schema: pa.Schema) -> None:
    """Make the empty table, its changes on record from the first row on."""
    DeltaTable.create(
        lake.address(name),
        schema,
        mode="ignore",
        configuration=CONFIGURATION,
        storage_options=lake.storage_options,
    )


def _upserted(comparison: Comparison) -> str:
    return f"SELECT {_columns(comparison)} FROM ({comparison.judged}) WHERE _bucket <> 'same'"


def _latest(comparison: Comparison) -> str:
    return f"SELECT {_columns(comparison)} FROM ({comparison.latest})"


def _columns(comparison: Comparison) -> str:
    return ", ".join(quoted(name) for name in comparison.columns)


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


def _write(
    table: DeltaTable, rows: pa.RecordBatchReader, mode: WriteMode, properties: CommitProperties
) -> None:
    write_deltalake(
        table,
        rows,
        mode="overwrite" if mode is WriteMode.OVERWRITE else "append",
        schema_mode="merge",
        commit_properties=properties,
    )
