"""Whom the values of a list mean: nobody, one person, or several, found for all at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from app.lake import logs, readable
from app.lake.tables import Lake
from app.people import finding
from app.people.identifiers import Identifier, Kind
from app.people.world import PERSON
from app.schemas.models import Schema
from app.suppressions.suppressed import Suppressed
from app.tabular.types import ColumnType

# The relation of the people whom the values mean, each once.
PEOPLE = "list_people"
MOST_SHOWN = 10
_VALUES, _MEANT, _SEVERAL = "list_values", "list_meant", "list_several"
_NO_TEXT = pa.array([], pa.string())


@dataclass(frozen=True)
class Meant:
    """What the values come to; the first of those that were not taken are shown."""

    row_count: int
    taken_count: int
    unknown_count: int
    ambiguous_count: int
    unknown: list[str]
    ambiguous: list[str]


def begin(session: duckdb.DuckDBPyConnection) -> None:
    """Make an empty relation of values."""
    session.execute(f"CREATE OR REPLACE TEMP TABLE {_VALUES} (value VARCHAR)")


def add(session: duckdb.DuckDBPyConnection, cells: pa.ChunkedArray | pa.Array) -> int:
    """Add values as they are but for spaces around them; return how many are not empty."""
    trimmed = pc.utf8_trim_whitespace(cells.cast(pa.string()).drop_null())
    filled = trimmed.filter(pc.not_equal(trimmed, ""))
    session.register("list_cells", pa.table({"value": filled}))
    session.execute(f"INSERT INTO {_VALUES} SELECT value FROM list_cells")
    session.unregister("list_cells")
    return len(filled)


def add_text(session: duckdb.DuckDBPyConnection, value: str) -> None:
    """Add one value."""
    add(session, pa.array([value], pa.string()))


def find(
    session: duckdb.DuckDBPyConnection,
    lake: Lake,
    schemas: Sequence[Schema],
    identifiers: Sequence[Identifier],
) -> None:
    """Find whom the values mean, by the places where identifiers of one type are."""
    session.execute(
        f"CREATE OR REPLACE TEMP TABLE {_VALUES} AS SELECT DISTINCT value FROM {_VALUES}"
    )
    session.execute(f"CREATE OR REPLACE TEMP TABLE {_MEANT} (value VARCHAR, {PERSON} VARCHAR)")
    if any(each.kind is Kind.PERSON for each in identifiers):
        _find_people(session, lake, schemas)
    else:
        for each in identifiers:
            _find_further(session, each)
    session.execute(
        f"CREATE OR REPLACE TEMP TABLE {_SEVERAL} AS SELECT value FROM {_MEANT} "
        f"GROUP BY value HAVING count(DISTINCT {PERSON}) > 1"
    )


def leave_out(session: duckdb.DuckDBPyConnection, suppressed: Suppressed) -> None:
    """Make the relation of people: whom a value alone means, and who is not suppressed."""
    session.execute(
        f"CREATE OR REPLACE TEMP TABLE {PEOPLE} AS SELECT DISTINCT {PERSON} FROM {_MEANT} "
        f"ANTI JOIN {_SEVERAL} USING (value)"
    )
    if not suppressed:
        return
    ids = session.sql(f"SELECT {PERSON} FROM {PEOPLE}").to_arrow_table()[PERSON].to_pylist()
    left = pa.array([each for each in ids if suppressed.has_person(each)], pa.string())
    session.register("list_left_out", pa.table({PERSON: left}))
    session.execute(f"DELETE FROM {PEOPLE} WHERE {PERSON} IN (SELECT {PERSON} FROM list_left_out)")
    session.execute(f"DELETE FROM {_MEANT} WHERE {PERSON} IN (SELECT {PERSON} FROM list_left_out)")
    session.unregister("list_left_out")


def told(
    session: duckdb.DuckDBPyConnection, row_count: int, suppressed: Suppressed, name: str = ""
) -> Meant:
    """Return the counts; a `name` that stands above the column is no value nobody knows."""
    session.execute(
        f"CREATE OR REPLACE TEMP TABLE list_unknown AS SELECT value FROM {_VALUES} "
        f"ANTI JOIN {_MEANT} USING (value) WHERE value <> $1",
        [name],
    )
    shown = _first(session, "list_unknown", MOST_SHOWN * 2)
    return Meant(
        row_count=row_count,
        taken_count=_count(session, PEOPLE),
        unknown_count=_count(session, "list_unknown"),
        ambiguous_count=_count(session, _SEVERAL),
        unknown=[each for each in shown if not _is_left_out(suppressed, each)][:MOST_SHOWN],
        ambiguous=_first(session, _SEVERAL, MOST_SHOWN),
    )


def nobody(session: duckdb.DuckDBPyConnection, name: str) -> None:
    """Make a relation of nobody."""
    session.register(name, pa.table({PERSON: _NO_TEXT}))


def hits(
    session: duckdb.DuckDBPyConnection,
    lake: Lake,
    schemas: Sequence[Schema],
    identifiers: Sequence[Identifier],
    columns: Iterable[Sequence[str]],
) -> list[int]:
    """Return how many values of each column mean somebody."""
    given = [{*values} for values in columns]
    begin(session)
    add(session, pa.array(sorted(set().union(*given)), pa.string()))
    find(session, lake, schemas, identifiers)
    rows = session.execute(f"SELECT DISTINCT value FROM {_MEANT}").fetchall()
    known = {value for (value,) in rows}
    return [len(values & known) for values in given]


def _is_left_out(suppressed: Suppressed, value: str) -> bool:
    return suppressed.has_person(value) or suppressed.has_anonymous(value)


def _find_people(session: duckdb.DuckDBPyConnection, lake: Lake, schemas: Sequence[Schema]) -> None:
    for place in finding.places(schemas):
        people = logs.sql(place.people(session, lake))
        session.execute(
            f"INSERT INTO {_MEANT} SELECT value, value FROM {_VALUES} "
            f"WHERE value IN (SELECT {PERSON} FROM ({people})) "
            f"AND value NOT IN (SELECT value FROM {_MEANT})"
        )


def _find_further(session: duckdb.DuckDBPyConnection, identifier: Identifier) -> None:
    if identifier.schema is None or identifier.column is None:
        return
    rows = finding.dataset(session, identifier.schema)
    stored = readable.expression(rows[identifier.column.field_name])
    pairs = logs.sql(rows.select(stored=stored, person_id=rows[PERSON]))
    # Capitals of an e-mail count not.
    both = ("lower(stored)", "lower(value)")
    is_email = identifier.column.type is ColumnType.EMAIL
    one, other = both if is_email else ("stored", "value")
    session.execute(
        f"INSERT INTO {_MEANT} SELECT DISTINCT value, {PERSON} FROM {_VALUES} "
        f"JOIN ({pairs}) ON {one} = {other} WHERE {PERSON} <> ''"
    )


def _count(session: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(session.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])


def _first(session: duckdb.DuckDBPyConnection, table: str, limit: int) -> list[str]:
    rows = session.execute(f"SELECT value FROM {table} ORDER BY ALL LIMIT {limit}").fetchall()
    return [str(value) for (value,) in rows]
