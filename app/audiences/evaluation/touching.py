"""Of whom something changed since an evaluation: only they are looked at by the next.

Every condition is asked of each person alone. So whoever has no new event, no changed row, no
browser that became known and no window that moved past something is in an audience as before.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from app import storage
from app.audiences.compiling import expiring
from app.audiences.compiling.question import Question
from app.audiences.evaluation.basis import Basis, Sight
from app.audiences.tree.conditions import Group
from app.extensions import db
from app.lake import engine, readable
from app.people import events_by_person, visitors
from app.people.world import PERSON
from app.schemas.models import Schema
from app.tracking import links
from app.tracking import queries as tracking

# Of more changed rows everybody is looked at: it takes no longer.
MANY_ROWS = 200_000
TABLE = "touched_people"


def find(
    session: duckdb.DuckDBPyConnection,
    then: Basis,
    sight: Sight,
    tree: Group,
    question: Question,
) -> bool:
    """Make the relation of whom something changed of; False where it may be everybody."""
    changed = visitors.changed_since(db.session.connection(), then.identities)
    since = datetime.fromisoformat(then.at)
    before = replace(question, now=since)
    next_day = expiring.next_day(tree, before)
    if changed is None or (next_day is not None and next_day <= question.now):
        return False
    rows = _changed_rows(then, sight)
    if rows is None or rows > MANY_ROWS:
        return False
    session.execute(f"CREATE OR REPLACE TEMP TABLE {TABLE} ({PERSON} VARCHAR)")
    parts = [
        *_who_did(session, then, sight),
        *_who_changed(then, sight),
        *_who_became_known(session, changed),
        *_whose_windows_moved(session, tree, question, since),
    ]
    for part in parts:
        session.execute(f"INSERT INTO {TABLE} SELECT {PERSON} FROM ({part})")
    session.execute(
        f"CREATE OR REPLACE TEMP TABLE {TABLE} AS SELECT DISTINCT {PERSON} FROM {TABLE}"
    )
    return True


def found(session: Any) -> pa.Table:
    """Return whom `find` found."""
    return session.sql(f"SELECT {PERSON} FROM {TABLE}").to_arrow_table()


def _changed_rows(then: Basis, sight: Sight) -> int | None:
    """Return how many rows came or went; None where what went cannot be told."""
    if any(then.events[key] for key in then.events.keys() - sight.events.keys()):
        return None
    if then.datasets.keys() != sight.datasets.keys():
        return None
    came = sum(sight.events[key].row_count for key in sight.events.keys() - then.events.keys())
    for name, (_schema, files) in sight.datasets.items():
        by_name = {Path(file).name: rows for file, rows in files.items()}
        known = set(then.datasets[name])
        came += sum(rows for file, rows in by_name.items() if file not in known)
        for file in _gone(name, known - by_name.keys()):
            if not file.exists():
                return None
            came += MANY_ROWS if file.stat().st_size > MANY_ROWS * 50 else 0
    return came


def _who_did(session: Any, then: Basis, sight: Sight) -> Iterator[str]:
    fresh = [sight.events[key] for key in sight.events.keys() - then.events.keys()]
    if fresh:
        rows = events_by_person.of_files(session, fresh, tracking.meanings())
        session.register("fresh_events", rows)
        yield f"SELECT {PERSON} FROM fresh_events"


def _who_changed(then: Basis, sight: Sight) -> Iterator[str]:
    """Yield the people of files that came or went, whether or not their rows changed."""
    for name, (schema, files) in sight.datasets.items():
        by_name = {Path(file).name: file for file in files}
        known = set(then.datasets[name])
        came = [file for each, file in by_name.items() if each not in known]
        gone = [str(path) for path in _gone(name, known - by_name.keys())]
        if came or gone:
            yield f"SELECT {_key(schema)} AS {PERSON} FROM {engine.parquet([*came, *gone])}"


def _who_became_known(session: Any, changed: set[str]) -> Iterator[str]:
    if changed:
        people = sorted({link.person_id for link in links.links_of(changed)})
        session.register("known_people", pa.table({PERSON: pa.array(people, pa.string())}))
        yield f"SELECT {PERSON} FROM known_people"


def _whose_windows_moved(
    session: Any, tree: Group, question: Question, since: datetime
) -> Iterator[str]:
    for edge in expiring.edges(tree, question):
        passed = question.world.rows(expiring.passed(edge, since, question.now))
        session.register("moved_people", passed)
        yield f"SELECT {PERSON} FROM moved_people"


def _key(schema: Schema) -> str:
    assert schema.key_column is not None
    return readable.sql(schema.key_column.field_name)


def _gone(table: str, names: set[str]) -> list[Path]:
    return [Path(storage.lake().address(table)) / name for name in sorted(names)]
