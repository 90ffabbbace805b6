"""The log of who entered and who left which audience, in one sequence for all of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import duckdb
import pyarrow as pa

from app.lake import engine, kept, logs
from app.lake.compacting import Layout
from app.lake.tables import Lake

TABLE = "audiences/membership_changes"
SCHEMA = pa.schema(
    [
        ("sequence", pa.int64()),
        ("audience_id", pa.string()),
        ("person_id", pa.string()),
        ("membership", pa.bool_()),
        ("changed_at", pa.timestamp("us", tz="UTC")),
    ]
)
_COUNTER = "sequence"
# Whoever enters was out and whoever leaves was in, so that the changes of a person in an audience
# come to 1 or 0. A sum of these is had in a third of the time of the last change of each.
NET = "CASE WHEN membership THEN 1 ELSE -1 END"
# Each file is sorted by person, so that a look-up of one reads one group of it.
LAYOUT = Layout(("person_id", "sequence"), rows_a_group=20_000)


@dataclass(frozen=True)
class Recorded:
    """What an evaluation changed: people who entered and left, and who is in now."""

    entered_count: int
    exited_count: int
    member_count: int
    last_sequence: int


def record(
    session: duckdb.DuckDBPyConnection,
    lake: Lake,
    audience_id: str,
    members: str,
    now: datetime,
    *,
    scope: str | None = None,
) -> Recorded:
    """Add what differs between the members, the name of a relation, and who is in by the log.

    The caller holds the log's writer lock. Recording the same members again adds nothing. With a
    `scope`, the name of a relation, the members are those among these people, and nobody else is
    touched.
    """
    moved = difference(session, lake, audience_id, members, scope)
    last = logs.counter(lake, TABLE, _COUNTER)
    rows = _numbered(session, audience_id, moved, last, now)
    if rows.num_rows:
        last += rows.num_rows
        logs.append(lake, TABLE, rows, counters={_COUNTER: last}, rows_a_group=LAYOUT.rows_a_group)
    entered_count = int(rows["membership"].to_pandas().sum()) if rows.num_rows else 0
    exited_count = rows.num_rows - entered_count
    before = _number(session, "SELECT count(*) FROM was_in")
    return Recorded(
        entered_count=entered_count,
        exited_count=exited_count,
        member_count=before + entered_count - exited_count,
        last_sequence=last,
    )


def difference(
    session: duckdb.DuckDBPyConnection,
    lake: Lake,
    audience_id: str,
    members: str,
    scope: str | None = None,
) -> pa.Table:
    """Return who would have to leave and enter, as person_id and membership, in that order.

    Leaves who is in by the log as the relation was_in.
    """
    session.execute(f"CREATE OR REPLACE TEMP TABLE was_in AS {current(lake, [audience_id])}")
    by = "USING (person_id)"
    before = f"(SELECT person_id FROM was_in SEMI JOIN {scope} {by})" if scope else "was_in"
    exited = f"SELECT person_id, false AS membership FROM {before} ANTI JOIN {members} {by}"
    entered = f"SELECT person_id, true AS membership FROM {members} ANTI JOIN was_in {by}"
    found = session.sql(f"{exited} UNION ALL {entered} ORDER BY membership, person_id")
    return found.to_arrow_table()


def _numbered(
    session: duckdb.DuckDBPyConnection, audience_id: str, moved: pa.Table, last: int, now: datetime
) -> pa.Table:
    """Return the changes as rows of the log, numbered on from the last."""
    session.register("moved_now", moved)
    moment = f"{engine.literal(now.isoformat())}::TIMESTAMPTZ"
    found = session.sql(
        f"SELECT {last} + row_number() OVER (ORDER BY membership, person_id) AS sequence, "
        f"{engine.literal(audience_id)} AS audience_id, person_id, membership, "
        f"{moment} AS changed_at FROM moved_now ORDER BY sequence"
    )
    return found.to_arrow_table().cast(SCHEMA)


def record_exits(
    lake: Lake, person_id: str, audience_ids: Sequence[str], now: datetime
) -> dict[str, int]:
    """Take one person out of those of these audiences they are in; return the sequences, by id.

    The caller holds the log's writer lock. Recorded twice is recorded once.
    """
    is_in = set(looked_up(lake, person_id))
    last = logs.counter(lake, TABLE, _COUNTER)
    left = {each: last + place for place, each in enumerate(sorted(is_in & {*audience_ids}), 1)}
    if left:
        rows = [
            {
                **{"sequence": sequence, "audience_id": audience_id, "person_id": person_id},
                **{"membership": False, "changed_at": now},
            }
            for audience_id, sequence in left.items()
        ]
        counters = {_COUNTER: last + len(rows)}
        logs.append(lake, TABLE, pa.Table.from_pylist(rows, SCHEMA), counters=counters)
    return left


def last_of(lake: Lake, person_id: str) -> dict[str, int]:
    """Return the sequence of the last change of a person in each audience, by its id."""
    with engine.connection() as session:
        found = session.execute(
            f"SELECT audience_id, max(sequence) FROM ({whole(lake)}) "
            f"WHERE person_id = {engine.literal(person_id)} GROUP BY audience_id"
        ).fetchall()
    return {str(audience_id): int(sequence) for audience_id, sequence in found}


def net(
    session: duckdb.DuckDBPyConnection, lake: Lake, audience_id: str, *, after: int, up_to: int
) -> pa.Table:
    """Return the changes after one sequence that still count at another, in order.

    Who entered and left again meanwhile is not among them: only the last change of a person
    counts, and only where it differs from how the person stood before.
    """
    return session.sql(
        f"WITH log AS ({of(lake, [audience_id])} AND sequence <= {int(up_to)}), "
        f"before AS (SELECT person_id, arg_max(membership, sequence) AS membership FROM log "
        f"WHERE sequence <= {int(after)} GROUP BY person_id), "
        f"since AS (SELECT person_id, arg_max(membership, sequence) AS membership, "
        f"max(sequence) AS sequence FROM log WHERE sequence > {int(after)} GROUP BY person_id) "
        "SELECT since.person_id, since.membership, since.sequence FROM since "
        "LEFT JOIN before USING (person_id) "
        "WHERE since.membership <> coalesce(before.membership, false) ORDER BY since.sequence"
    ).to_arrow_table()


def list_members(
    lake: Lake,
    audience_id: str,
    *,
    search: str = "",
    until: int | None = None,
    limit: int,
    offset: int = 0,
) -> tuple[list[dict[str, Any]], int]:
    """Return some members with since when they are in, and how many there are that begin so.

    With a sequence, these are the members as that change left them.
    """
    log = f"{of(lake, [audience_id])} AND starts_with(person_id, {engine.literal(search)})"
    if until is not None:
        log += f" AND sequence <= {int(until)}"
    # Who they are is found by numbers alone, and since when is asked of them only.
    asked = (
        f"SELECT person_id FROM ({log}) GROUP BY person_id HAVING sum({NET}) > 0 "
        f"ORDER BY length(person_id), person_id LIMIT {int(limit)} OFFSET {int(offset)}"
    )
    with engine.connection() as session:
        rows = session.sql(
            "SELECT person_id, arg_max(changed_at, sequence) AS changed_at, "
            f"max(sequence) AS sequence FROM ({log}) SEMI JOIN ({asked}) USING (person_id) "
            "GROUP BY person_id ORDER BY length(person_id), person_id"
        ).to_arrow_table()
        return rows.to_pylist(), _number(session, f"SELECT coalesce(sum({NET}), 0) FROM ({log})")


def each_member(lake: Lake, audience_id: str, limit: int | None = None) -> Iterator[dict[str, Any]]:
    """Yield who is in, each with since when and by which sequence, however many there are."""
    most = "" if limit is None else f" LIMIT {int(limit)}"
    with engine.connection() as session:
        found = session.sql(
            f"{current(lake, [audience_id])} ORDER BY length(person_id), person_id{most}"
        )
        for batch in found.to_arrow_reader(10_000):
            yield from batch.to_pylist()


def list_latest(lake: Lake, audience_id: str, limit: int) -> list[dict[str, Any]]:
    """Return the last changes of an audience, the newest first."""
    with engine.connection() as session:
        found = session.sql(f"{of(lake, [audience_id])} ORDER BY sequence DESC LIMIT {int(limit)}")
        rows: list[dict[str, Any]] = found.to_arrow_table().to_pylist()
    return rows


def moves_of(lake: Lake, person_id: str) -> list[dict[str, Any]]:
    """Return all changes of a person, in order: audience_id, membership, changed_at, sequence."""
    columns = ["audience_id", "membership", "changed_at", "sequence"]
    log = kept.select(lake, TABLE, [*columns, "person_id"])
    if log is None:
        return []
    with kept.session() as session:
        found = session.sql(
            f"SELECT {', '.join(columns)} FROM ({log}) "
            f"WHERE person_id = {engine.literal(person_id)} ORDER BY sequence"
        )
        rows: list[dict[str, Any]] = found.to_arrow_table().to_pylist()
    return rows


def looked_up(lake: Lake, person_id: str) -> dict[str, datetime]:
    """Return the audiences a person is in, each with since when, by a look-up of that person."""

    def sql(log: str) -> str:
        return (
            f"SELECT audience_id, arg_max(changed_at, sequence) FROM {log} WHERE person_id = ? "
            "GROUP BY audience_id HAVING arg_max(membership, sequence)"
        )

    found = kept.rows(lake, TABLE, sql, [person_id], engine.uniform)
    return {row[0]: row[1].astimezone(UTC) for row in found}


def last_sequence(lake: Lake) -> int:
    """Return the sequence of the newest change of any audience."""
    return logs.counter(lake, TABLE, _COUNTER)


def current(lake: Lake, audience_ids: Sequence[str]) -> str:
    """Return the SQL for who is in these audiences, each with since when."""
    return (
        "SELECT person_id, arg_max(changed_at, sequence) AS changed_at, "
        f"max(sequence) AS sequence FROM ({of(lake, audience_ids)}) "
        "GROUP BY person_id HAVING arg_max(membership, sequence)"
    )


def of(lake: Lake, audience_ids: Sequence[str]) -> str:
    """Return the SQL for the changes of these audiences, of all columns and in no order."""
    listed = ", ".join(engine.literal(each) for each in audience_ids)
    return f"SELECT * FROM ({whole(lake)}) WHERE audience_id IN ({listed})"


def whole(lake: Lake) -> str:
    """Return the SQL for the changes of all audiences."""
    files = lake.files(TABLE)
    if files:
        return f"SELECT * FROM {engine.parquet(files)}"
    return (
        "SELECT 0::BIGINT AS sequence, '' AS audience_id, '' AS person_id, false AS membership, "
        "now() AS changed_at WHERE false"
    )


def _number(session: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = session.execute(sql).fetchone()
    return int(row[0]) if row else 0
