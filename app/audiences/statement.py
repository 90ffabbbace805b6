"""An audience as SQL that DuckDB runs as it is, on the Parquet files that it names."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePosixPath

from app import storage
from app.audiences import kept_lists, queries
from app.audiences.compiling import membership
from app.audiences.tree.conditions import Group
from app.lake import logs
from app.lake.engine import Session, identifier, parquet
from app.people import prepared
from app.people import queries as people

_FOLDER = re.compile(r"list_value\('((?:[^']|'')*)/[^/']+'")


def written(tree: Group, *, zone: str, now: datetime) -> str:
    """Return the SQL for the members of a tree at a moment.

    What only this process knows of is put into a file for a day. Raises AttributeUnknown,
    AudienceUnknown or ValueUnfit.
    """
    with people.opened_world() as (session, world):
        question = kept_lists.filled(queries.question(world, zone, now), tree, session)
        asked = logs.sql(membership.members(tree, question))
        views = dict(_views(session, asked))
        names = dict(_names(views))
        tables = [
            f"{identifier(names[view])} AS (\n  {_rows(session, view, sql)}\n)"
            for view, sql in views.items()
        ]
    for view, name in names.items():
        asked = asked.replace(identifier(view), identifier(name))
    return f"SET TimeZone = 'UTC';\n{_joined(tables, asked)};"


def _joined(tables: list[str], asked: str) -> str:
    if not tables:
        return asked
    listed = ",\n".join(tables)
    # What was asked may begin with tables of its own.
    own = re.match(r"WITH\s+", asked)
    return f"WITH {listed},\n{asked[own.end() :]}" if own else f"WITH {listed}\n{asked}"


def _views(session: Session, asked: str) -> Iterator[tuple[str, str]]:
    """Yield the relations that a statement reads, each with how it was made."""
    sql = "SELECT view_name, sql FROM duckdb_views() WHERE NOT internal ORDER BY view_name"
    for name, made in session.execute(sql).fetchall():
        if identifier(name) in asked:
            yield name, made.split(" AS ", 1)[1].rstrip(";")


def _names(views: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield for each relation a name that people know it by: the folder of its files."""
    taken: set[str] = set()
    for view, sql in views.items():
        folder = _FOLDER.search(sql)
        name = PurePosixPath(folder[1]).name.replace("''", "'") if folder else view
        while name in taken:
            name += "_"
        taken.add(name)
        yield view, name


def _rows(session: Session, view: str, sql: str) -> str:
    """Return the SQL for a relation: of its files, or of one written for it where it has none."""
    if "python_arrow_scan" not in sql:
        return sql
    path = prepared.lent(storage.lake(), session, f"SELECT * FROM {identifier(view)}")
    return f"SELECT * FROM {parquet([path])}"
