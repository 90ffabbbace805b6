"""The journal of a run: one Parquet file that says of every row where it came from and was before.

A row of it has the state of a dataset's row after the run, and before it under names that begin
with `was_`. Its bucket says which of the two there are. The writer writes what the journal says, a
page shows it, and undoing a run is its journal the other way round.
"""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from app.lake import engine
from app.lake.buckets import Bucket
from app.lake.engine import identifier as quoted
from app.lake.staging import LINE

# Which run gave a row of a dataset the values it has, and from which line of its file.
RUN = "_run"
ORIGIN = pa.schema([(RUN, pa.int64()), (LINE, pa.int64())])
# Of the journal alone: the bucket, the line of the file it accounts for, the file of the table.
BUCKET, AT, FILE = "_bucket", "_at", "_file"
WAS = "was_"


@dataclass(frozen=True)
class Entry:
    """One row of a journal: the line it accounts for, and the row after and before, by column."""

    bucket: Bucket
    line: int | None
    after: dict[str, Any]
    before: dict[str, Any]


def with_origin(schema: pa.Schema) -> pa.Schema:
    """Return the columns of a dataset with those that say where each row came from."""
    return pa.schema([*schema, *ORIGIN])


def layout(schema: pa.Schema) -> pa.Schema:
    """Return the columns of a journal for a dataset with these columns."""
    whole = with_origin(schema)
    before = [pa.field(WAS + each.name, each.type) for each in whole]
    own = [pa.field(BUCKET, pa.string()), pa.field(AT, pa.int64())]
    return pa.schema([*own, *whole, *before, pa.field(FILE, pa.string())])


def identity(key: str | None) -> tuple[str, ...]:
    """Return the columns that tell one row of a dataset from all others."""
    return (RUN, LINE) if key is None else (key,)


def counts(session: engine.Session, path: str) -> dict[Bucket, int]:
    """Return how many rows each bucket has; 0 for those that have none."""
    found = dict(
        session.execute(
            f"SELECT {BUCKET}, count(*) FROM {engine.parquet([path])} GROUP BY 1"
        ).fetchall()
    )
    return {bucket: found.get(bucket.value, 0) for bucket in Bucket}


def entries(path: str, bucket: Bucket, *, limit: int, offset: int = 0) -> list[Entry]:
    """Return some rows of a bucket, by line."""
    with engine.connection() as session:
        return sample(session, path, bucket, limit=limit, offset=offset)


def sample(
    session: engine.Session, path: str, bucket: Bucket, *, limit: int, offset: int = 0
) -> list[Entry]:
    """Return some rows of a bucket, by line, within a session."""
    read = engine.parquet([path], "file_row_number=true")
    order = f"{AT}, {quoted(WAS + RUN)}, {quoted(WAS + LINE)}, file_row_number"
    # Places are sorted, not rows: whole rows would take memory for every column of all of them.
    places = session.execute(
        f"SELECT file_row_number FROM {read} WHERE {BUCKET} = '{bucket.value}' "
        f"ORDER BY {order} LIMIT {limit} OFFSET {offset}"
    ).fetchall()
    if not places:
        return []
    listed = ", ".join(str(place) for (place,) in places)
    rows = session.sql(
        f"SELECT * EXCLUDE ({FILE}, file_row_number) FROM {read} "
        f"WHERE file_row_number IN ({listed}) ORDER BY {order}"
    ).to_arrow_table()
    return [entry_of(row) for row in rows.to_pylist()]


def entry_of(row: dict[str, Any]) -> Entry:
    """Return a row of the file as an entry."""
    values = {name: value for name, value in row.items() if not name.startswith(WAS)}
    return Entry(
        bucket=Bucket(values.pop(BUCKET)),
        line=values.pop(AT),
        after=values,
        before={name.removeprefix(WAS): row[name] for name in row if name.startswith(WAS)},
    )
