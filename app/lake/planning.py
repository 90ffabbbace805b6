"""What writing a file would do to a dataset, counted exactly and without writing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import duckdb
import pyarrow as pa
from deltalake import DeltaTable

from app.lake import engine
from app.lake.engine import identifier as quoted
from app.lake.staging import LINE, ORDINAL, Staging
from app.lake.tables import Lake

SAMPLES = 5


class WriteMode(StrEnum):
    """How the rows of a file meet those of the dataset."""

    APPEND = "append"
    OVERWRITE = "overwrite"

    @property
    def sentence(self) -> str:
        """Say what it does."""
        if self is WriteMode.OVERWRITE:
            return (
                "The file replaces the dataset: rows that are not in the file are removed. "
                "It happens at once or not at all."
            )
        return (
            "New rows are added, and rows with a known identifier take the new values. "
            "Rows that are not in the file stay as they are."
        )


@dataclass(frozen=True)
class Plan:
    """Rows by what becomes of them; `removed` counts rows of the dataset, not of the file."""

    added: int
    changed: int
    same: int
    superseded: int
    removed: int
    table_version: int | None
    samples: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Comparison:
    """The relations that a plan counts and a writer writes, as SQL over files.

    Of the columns the file fills, the table lacks those `gained`; of the table's, the file leaves
    those `emptied`, where it replaces all.
    """

    columns: tuple[str, ...]
    gained: frozenset[str]
    emptied: tuple[str, ...]
    key: str | None
    staged: str
    current: str | None

    @property
    def latest(self) -> str:
        """The rows of the file that count: of several with one key, the last."""
        if self.key is None:
            return f"SELECT * FROM {self.staged}"
        return (
            f"SELECT * FROM {self.staged} QUALIFY row_number() OVER "
            f"(PARTITION BY {quoted(self.key)} ORDER BY {ORDINAL} DESC) = 1"
        )

    @property
    def judged(self) -> str:
        """Each row that counts with `_bucket`: added, changed or same."""
        if self.key is None or self.current is None:
            return f"SELECT *, 'added' AS _bucket FROM ({self.latest})"
        key = quoted(self.key)
        return (
            f"SELECT new.*, CASE WHEN old.{key} IS NULL THEN 'added' "
            f"WHEN {self._differs} THEN 'changed' ELSE 'same' END AS _bucket "
            f"FROM ({self.latest}) new LEFT JOIN {self.current} old ON old.{key} = new.{key}"
        )

    @property
    def _differs(self) -> str:
        """Whether writing a row would change any value of the table's."""
        tests = [
            f"new.{quoted(name)} IS NOT NULL"
            if name in self.gained
            else f"old.{quoted(name)} IS DISTINCT FROM new.{quoted(name)}"
            for name in self.columns
        ]
        return " OR ".join(tests + [f"old.{quoted(name)} IS NOT NULL" for name in self.emptied])

    @property
    def removed(self) -> str:
        """The rows of the dataset that go when the file replaces it: without a key, all."""
        if self.key is None:
            return f"SELECT * FROM {self.current}"
        key = quoted(self.key)
        return (
            f"SELECT old.* FROM {self.current} old "
            f"WHERE NOT EXISTS (SELECT 1 FROM {self.staged} new WHERE new.{key} = old.{key})"
        )


def compare(
    lake: Lake, table: DeltaTable | None, staging: Staging, key: str | None, mode: WriteMode
) -> Comparison:
    """Return how the staged rows compare with a table, as it was when it was opened."""
    wanted = staging.schema.names
    held = pa.schema(table.schema()).names if table is not None else []
    files = lake.files_of(table) if table is not None else []
    replaced = held if mode is WriteMode.OVERWRITE else []
    return Comparison(
        columns=tuple(wanted),
        gained=frozenset(wanted) - frozenset(held),
        emptied=tuple(name for name in replaced if name not in wanted),
        key=key,
        staged=engine.parquet([str(staging.file)]),
        current=engine.parquet(files) if files else None,
    )


def plan(lake: Lake, name: str, staging: Staging, *, key: str | None, mode: WriteMode) -> Plan:
    """Return what writing would do; nothing is written.

    Without a key every row is added. Memory stays bounded: the join spills to the staging folder.
    """
    staging.close()
    table = lake.find(name)
    comparison = compare(lake, table, staging, key, mode)
    with engine.connection(staging.spill) as session:
        session.execute(f"CREATE TEMP TABLE judged AS SELECT * FROM ({_slim(comparison)})")
        counts = dict(session.execute("SELECT _bucket, count(*) FROM judged GROUP BY 1").fetchall())
        removed = 0
        if mode is WriteMode.OVERWRITE and comparison.current is not None:
            removed = _number(session, f"SELECT count(*) FROM ({comparison.removed})")
        samples = _samples(session, comparison)
    return Plan(
        added=counts.get("added", 0),
        changed=counts.get("changed", 0),
        same=counts.get("same", 0),
        superseded=staging.row_count - sum(counts.values()),
        removed=removed,
        table_version=int(table.version()) if table is not None else None,
        samples=samples,
    )


def _slim(comparison: Comparison) -> str:
    """Keep of each judged row only what counting and sampling need."""
    return f"SELECT {ORDINAL}, {LINE}, _bucket FROM ({comparison.judged})"


def _samples(
    session: duckdb.DuckDBPyConnection, comparison: Comparison
) -> dict[str, list[dict[str, Any]]]:
    """Return the first rows of the buckets worth seeing, by line, with the values before."""
    found = {}
    for bucket in ("added", "changed"):
        picked = session.execute(
            f"SELECT {ORDINAL} FROM judged WHERE _bucket = '{bucket}' ORDER BY 1 LIMIT {SAMPLES}"
        ).fetchall()
        ordinals = [row[0] for row in picked]
        found[bucket] = _sampled(session, comparison, ordinals) if ordinals else []
    return found


def _sampled(
    session: duckdb.DuckDBPyConnection, comparison: Comparison, ordinals: Sequence[int]
) -> list[dict[str, Any]]:
    listed = ", ".join(str(ordinal) for ordinal in ordinals)
    rows = _rows(
        session, f"SELECT * FROM {comparison.staged} WHERE {ORDINAL} IN ({listed}) ORDER BY {LINE}"
    )
    before = {}
    if comparison.key is not None and comparison.current is not None:
        key = quoted(comparison.key)
        old = _rows(
            session,
            f"SELECT old.* FROM {comparison.current} old WHERE old.{key} IN "
            f"(SELECT {key} FROM {comparison.staged} WHERE {ORDINAL} IN ({listed}))",
        )
        before = {
            row[comparison.key]: {name: row.get(name) for name in comparison.columns} for row in old
        }
    return [
        {
            "line": row.pop(LINE),
            "after": {name: row[name] for name in comparison.columns},
            "before": before.get(row[comparison.key]) if comparison.key else None,
        }
        for row in rows
    ]


def _rows(session: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = session.sql(sql).to_arrow_table().to_pylist()
    return rows


def _number(session: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = session.execute(sql).fetchone()
    return int(row[0]) if row else 0
