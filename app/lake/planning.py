"""What writing a file would do to a dataset: its journal, and nothing written to the lake."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
from deltalake import DeltaTable

from app.lake import engine, journal
from app.lake.buckets import Bucket
from app.lake.comparing import NEW_FILE, Comparison, TakenBefore
from app.lake.engine import identifier as quoted
from app.lake.journal import Entry
from app.lake.staging import Staging
from app.lake.tables import Lake
from app.lake.watching import watched
from app.lake.write_modes import WriteMode

SAMPLES = 5
# What is written is held in memory a group at a time, for each thread: few rows, or wide ones. A
# column of more values than a dictionary is good for is told early: that takes time for nothing.
GROUPS = "ROW_GROUP_SIZE 50_000, ROW_GROUP_SIZE_BYTES '8MB', DICTIONARY_SIZE_LIMIT 1_000"
SAMPLED = (Bucket.ADDED, Bucket.CHANGED, Bucket.REMOVED)


@dataclass(frozen=True)
class Dataset:
    """Where rows go: a table of the lake with these columns, told apart by a key, if any."""

    name: str
    schema: pa.Schema
    key: str | None


@dataclass(frozen=True)
class Plan:
    """How many rows are in each bucket, what some of them are, and for which version it holds."""

    counts: dict[Bucket, int]
    table_version: int | None
    journal: Path
    samples: dict[Bucket, list[Entry]] = field(default_factory=dict)

    @property
    def changes_nothing(self) -> bool:
        """Tell whether the dataset stays as it is."""
        changing = (Bucket.ADDED, Bucket.CHANGED, Bucket.REMOVED)
        return not any(self.counts[bucket] for bucket in changing)


def plan(
    lake: Lake,
    dataset: Dataset,
    staging: Staging,
    *,
    mode: WriteMode,
    run: int,
    before: TakenBefore = NEW_FILE,
) -> Plan:
    """Return what writing the staged rows would do, its journal in the staging's folder.

    Nothing is written to the lake. Without a key every row is added. Of a file that was taken
    before, a row that something newer follows is superseded. Memory stays bounded: the join spills
    to the staging folder.
    """
    staging.close()
    table = lake.find(dataset.name)
    with engine.connection(staging.spill, reads=staging.file) as session:
        comparison = Comparison(
            staged=engine.parquet([str(staging.file)]),
            current=current(session, lake, table, dataset.schema),
            columns=tuple(dataset.schema.names),
            filled=frozenset(staging.schema.names),
            partial=frozenset(staging.partial),
            key=dataset.key,
            mode=mode,
            run=run,
            has_repeats=_has_repeats(session, staging, dataset.key),
            before=before,
        )
        return planned(session, table, dataset.schema, comparison.sql, staging.journal)


def planned(
    session: engine.Session,
    table: DeltaTable | None,
    schema: pa.Schema,
    rows: str,
    path: Path,
) -> Plan:
    """Write a journal of these rows and return the plan it is."""
    session.register("journal_shape", journal.layout(schema).empty_table())
    with watched(session):
        session.execute(
            f"COPY (SELECT * FROM journal_shape UNION ALL BY NAME {rows}) "
            f"TO {engine.literal(str(path))} (FORMAT parquet, COMPRESSION lz4, "
            f"{GROUPS})"
        )
    counts = journal.counts(session, str(path))
    return Plan(
        counts=counts,
        table_version=int(table.version()) if table is not None else None,
        journal=path,
        samples={
            bucket: journal.sample(session, str(path), bucket, limit=SAMPLES)
            for bucket in SAMPLED
            if counts[bucket]
        },
    )


def current(
    session: engine.Session,
    lake: Lake,
    table: DeltaTable | None,
    schema: pa.Schema,
    files: Sequence[str] | None = None,
) -> str:
    """Return the relation of a table's rows with all columns of the dataset and their file.

    A column that the table does not have yet is null. With `files`, only the rows of those.
    """
    shape = pa.schema([*journal.with_origin(schema), (journal.FILE, pa.string())])
    session.register("table_shape", shape.empty_table())
    read = lake.files_of(table) if table is not None else []
    if table is None or not read:
        return "table_shape"
    rows = engine.parquet(read if files is None else files, "filename=true")
    held = {*session.sql(f"SELECT * FROM {rows} LIMIT 0").columns}
    names = ", ".join(quoted(name) for name in shape.names if name in held)
    found = f"SELECT {names}, filename AS {journal.FILE} FROM {rows}"
    if held >= set(journal.with_origin(schema).names):
        return f"({found})"
    return f"(SELECT * FROM table_shape UNION ALL BY NAME {found})"


def _has_repeats(session: engine.Session, staging: Staging, key: str | None) -> bool:
    if key is None:
        return False
    (row,) = session.execute(
        f"SELECT count(*) > count(DISTINCT {quoted(key)}) "
        f"FROM {engine.parquet([str(staging.file)])}"
    ).fetchall()
    return bool(row[0])
