"""What undoing a run would do: its journal the other way round, where nobody wrote since."""

from pathlib import Path

from app.lake import engine, journal
from app.lake.engine import identifier as quoted
from app.lake.journal import AT, BUCKET, FILE, RUN, WAS
from app.lake.planning import Dataset, Plan, current, planned
from app.lake.staging import LINE
from app.lake.tables import Lake


def plan_undo(
    lake: Lake, dataset: Dataset, undone: str, *, folder: Path, is_again: bool = False
) -> Plan:
    """Return what taking a run back would do, given its journal; nothing is written to the lake.

    A row that still is as the run left it, known by its origin, becomes what it was. One that a
    later run changed, removed or brought back is kept. With `is_again` the run was undone before:
    what was taken back then counts no more.
    """
    table = lake.find(dataset.name)
    with engine.connection(folder / "spill", reads=Path(undone)) as session:
        now = current(session, lake, table, dataset.schema)
        rows = _reversed(undone, now, dataset, _held(session, undone), is_again)
        return planned(session, table, dataset.schema, rows, folder / "journal.parquet")


def _held(session: engine.Session, undone: str) -> set[str]:
    """Return the columns of a journal: one written when the dataset had fewer lacks some."""
    return set(session.sql(f"SELECT * FROM {engine.parquet([undone])} LIMIT 0").columns)


def _reversed(undone: str, now: str, dataset: Dataset, held: set[str], is_again: bool) -> str:
    """Return the rows of the new journal, as SQL.

    Of a row that is kept, `after` is what it is now and `before` what the run had made of it.
    """
    names = journal.with_origin(dataset.schema).names
    then = (
        f"(SELECT * FROM {engine.parquet([undone])} "
        f"WHERE {BUCKET} IN ('added', 'changed', 'removed'))"
    )
    columns = ", ".join(
        f"{_after(name, held)} AS {quoted(name)}, {_before(name, held)} AS {quoted(WAS + name)}"
        for name in names
    )
    return (
        f"SELECT {BUCKET}, {AT}, {columns}, "
        f"CASE WHEN {BUCKET} <> 'kept' THEN now_{FILE} END AS {FILE} FROM ("
        f"SELECT {_bucket(dataset)} AS {BUCKET}, done.{AT}, {_both(names, held)}, "
        f"now.{FILE} AS now_{FILE} FROM {then} done "
        f"LEFT JOIN {now} now ON {_same_row(dataset.key)}"
        f"{f' WHERE NOT ({_is_as_before(dataset)})' if is_again else ''})"
    )


def _bucket(dataset: Dataset) -> str:
    """Say what becomes of a row, by what the run did with it and whether it is still so."""
    there = quoted(journal.identity(dataset.key)[0])
    is_as_left = (
        f"now.{there} IS NOT NULL AND now.{RUN} IS NOT DISTINCT FROM done.{RUN} "
        f"AND now.{LINE} IS NOT DISTINCT FROM done.{LINE}"
    )
    return (
        f"CASE WHEN done.{BUCKET} = 'removed' AND now.{there} IS NULL THEN 'added' "
        f"WHEN done.{BUCKET} = 'added' AND {is_as_left} THEN 'removed' "
        f"WHEN done.{BUCKET} = 'changed' AND {is_as_left} THEN 'changed' ELSE 'kept' END"
    )


def _is_as_before(dataset: Dataset) -> str:
    """Say whether a row is as it was before the run: not there, or of the same origin."""
    there = quoted(journal.identity(dataset.key)[0])
    return (
        f"CASE WHEN done.{BUCKET} = 'added' THEN now.{there} IS NULL ELSE "
        f"now.{RUN} IS NOT DISTINCT FROM done.{quoted(WAS + RUN)} "
        f"AND now.{LINE} IS NOT DISTINCT FROM done.{quoted(WAS + LINE)} END"
    )


def _same_row(key: str | None) -> str:
    """Join a row of the journal to that of the dataset."""
    return " AND ".join(
        f"now.{quoted(name)} = coalesce(done.{quoted(name)}, done.{quoted(WAS + name)})"
        for name in journal.identity(key)
    )


def _both(names: list[str], held: set[str]) -> str:
    known = [name for name in names if name in held]
    return ", ".join(
        [
            *(f"done.{quoted(n)} AS {quoted('done_' + n)}" for n in known),
            *(f"done.{quoted(WAS + n)} AS {quoted('undone_' + n)}" for n in known),
            *(f"now.{quoted(name)} AS {quoted('now_' + name)}" for name in names),
        ]
    )


def _after(name: str, held: set[str]) -> str:
    undone = quoted("undone_" + name) if name in held else "NULL"
    return (
        f"CASE {BUCKET} WHEN 'kept' THEN {quoted('now_' + name)} WHEN 'removed' THEN NULL "
        f"ELSE {undone} END"
    )


def _before(name: str, held: set[str]) -> str:
    done = quoted("done_" + name) if name in held else "NULL"
    return (
        f"CASE {BUCKET} WHEN 'kept' THEN {done} WHEN 'added' THEN NULL "
        f"ELSE {quoted('now_' + name)} END"
    )
