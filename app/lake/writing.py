"""Carrying a plan out: one commit, once, or the table stays as it was.

Files of the table that no row of the plan touches are left alone. Those with rows that change or
go are replaced by new ones with the rows that stay, beside the rows that are new.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, Field, Schema, Transaction
from deltalake.exceptions import CommitFailedError
from deltalake.transaction import AddAction, create_table_with_add_actions

from app.lake import actions, engine, journal
from app.lake.engine import identifier as quoted
from app.lake.journal import BUCKET, FILE, WAS
from app.lake.planning import GROUPS, Dataset, Plan, current
from app.lake.tables import Lake
from app.lake.watching import watched

FILE_SIZE = "256MB"


class PlanOutdated(Exception):
    """The table changed since the plan was made; plan again."""


def written_version(lake: Lake, name: str, *, transaction: str) -> int | None:
    """Return the version this transaction made, if it is in the table already."""
    table = lake.find(name)
    version = table.transaction_version(transaction) if table is not None else None
    return int(version) if version is not None else None


def write(
    lake: Lake,
    dataset: Dataset,
    plan: Plan,
    *,
    transaction: str,
    spill: Path,
    confirm: Callable[[], None] = lambda: None,
) -> int:
    """Commit what the plan's journal says and return the version that has it; raise PlanOutdated.

    The caller holds the table's writer lock from planning on. What does not fit in memory goes to
    the folder `spill`. `confirm` may raise, the moment before the commit, to have none. A
    transaction that is in the table already is not written again, nor is a plan that changes
    nothing.
    """
    done = written_version(lake, dataset.name, transaction=transaction)
    if done is not None:
        return done
    table = lake.find(dataset.name)
    if (int(table.version()) if table is not None else None) != plan.table_version:
        raise PlanOutdated(dataset.name)
    if plan.table_version is not None and plan.changes_nothing:
        return plan.table_version
    with _new_files(lake, dataset.name, transaction) as token:
        with engine.connection(spill, reads=plan.journal) as session:
            replaced = _replaced(session, plan)
            added = _written(session, lake, dataset, plan, table, replaced, token)
        confirm()
        if table is not None:
            table = _widened(table, journal.with_origin(dataset.schema))
        try:
            return _commit(lake, dataset, table, replaced, added, transaction)
        except Exception:
            # What follows a commit, such as a checkpoint, may fail: the rows are in all the same.
            done = written_version(lake, dataset.name, transaction=transaction)
            if done is None:
                raise
            return done


def _widened(table: DeltaTable, schema: pa.Schema) -> DeltaTable:
    """Return the table with all columns: a commit of its own, which changes no row."""
    held = set(pa.schema(table.schema()).names)
    lacking = [field for field in schema if field.name not in held]
    if lacking:
        table.alter.add_columns([Field.from_arrow(field) for field in lacking])
        table.update_incremental()
    return table


def _commit(
    lake: Lake,
    dataset: Dataset,
    table: DeltaTable | None,
    replaced: list[str],
    added: list[AddAction],
    transaction: str,
) -> int:
    version = 0 if table is None else int(table.version()) + 1
    # No retries: delta-rs would put these rows on top of a commit the plan knows nothing of.
    properties = CommitProperties(
        app_transactions=[Transaction(transaction, version)], max_commit_retries=0
    )
    try:
        if table is None:
            _create(lake, dataset, added, properties)
        else:
            gone = [actions.removal(lake.address(dataset.name), file) for file in replaced]
            table.create_write_transaction(
                [*gone, *added], "append", table.schema(), commit_properties=properties
            )
    except CommitFailedError as failure:
        raise PlanOutdated(dataset.name) from failure
    return version


def _replaced(session: engine.Session, plan: Plan) -> list[str]:
    """Return the files of the table that have rows which change or go."""
    found = session.execute(
        f"SELECT DISTINCT {FILE} FROM {engine.parquet([str(plan.journal)])} "
        f"WHERE {BUCKET} IN ('changed', 'removed') ORDER BY 1"
    ).fetchall()
    return [row[0] for row in found]


def _written(
    session: engine.Session,
    lake: Lake,
    dataset: Dataset,
    plan: Plan,
    table: DeltaTable | None,
    replaced: list[str],
    token: str,
) -> list[AddAction]:
    """Write the new files into the table's folder, where nobody sees them before the commit."""
    address = lake.address(dataset.name)
    Path(address).mkdir(parents=True, exist_ok=True)
    rows = _rows(session, lake, dataset, plan, table, replaced)
    with watched(session):
        files = session.execute(
            f"COPY ({rows}) TO {engine.literal(address)} (FORMAT parquet, APPEND, RETURN_STATS, "
            f"{GROUPS}, FILE_SIZE_BYTES '{FILE_SIZE}', "
            f"FILENAME_PATTERN '{token}-{{uuid}}')"
        ).fetchall()
    return [
        actions.addition(Path(file), row_count) for file, row_count, *_others in files if row_count
    ]


def _rows(
    session: engine.Session,
    lake: Lake,
    dataset: Dataset,
    plan: Plan,
    table: DeltaTable | None,
    replaced: list[str],
) -> str:
    """Return the rows of the new files: those of the plan, and those that stay of the old files."""
    names = journal.with_origin(dataset.schema).names
    listed = ", ".join(quoted(name) for name in names)
    rows = engine.parquet([str(plan.journal)])
    written = f"SELECT {listed} FROM {rows} WHERE {BUCKET} IN ('added', 'changed')"
    if not replaced:
        return written
    keys = journal.identity(dataset.key)
    gone = ", ".join(f"{quoted(WAS + name)} AS {quoted(name)}" for name in keys)
    using = ", ".join(quoted(name) for name in keys)
    old = current(session, lake, table, dataset.schema, files=replaced)
    return (
        f"{written} UNION ALL SELECT {listed} FROM {old} old ANTI JOIN "
        f"(SELECT {gone} FROM {rows} WHERE {BUCKET} IN ('changed', 'removed')) gone USING ({using})"
    )


def _create(
    lake: Lake, dataset: Dataset, files: list[AddAction], properties: CommitProperties
) -> None:
    """Make the table with its first rows."""
    create_table_with_add_actions(
        lake.address(dataset.name),
        Schema.from_arrow(journal.with_origin(dataset.schema)),
        files,
        mode="error",
        storage_options=lake.storage_options,
        commit_properties=properties,
    )


@contextmanager
def _new_files(lake: Lake, name: str, transaction: str) -> Iterator[str]:
    """Give how the names of new files begin; when the block fails they are removed again.

    They stay where the commit went through before something failed, or where nobody can say.
    """
    token = f"part-{uuid4().hex}"
    try:
        yield token
    except BaseException:
        if written_version(lake, name, transaction=transaction) is None:
            for file in Path(lake.address(name)).glob(f"{token}-*"):
                file.unlink(missing_ok=True)
        raise
