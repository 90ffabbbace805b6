"""Events as audiences read them: of each large file a copy that says whose each is, by person.

To find out who a browser was takes longer than all else that is asked of events, and files lie as
they came. So once for each file its events are written anew: what was sent with a person in one
file, and what came of a browser in another, as that one changes when somebody signs in. What is
written is told by a note beside it, which is there last; without its note it is nothing.
"""

import json
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import ibis.expr.types as ir
import pyarrow as pa

from app.lake import engine, logs
from app.lake.tables import Lake
from app.people.sources import Source

TABLE = "people/events"
SCHEMA = pa.schema(
    [
        ("person_id", pa.string()),
        ("event", pa.string()),
        ("occurred_at", pa.timestamp("us", tz="UTC")),
        ("amount", pa.decimal128(38, 9)),
        ("properties", pa.string()),
        ("message_id", pa.string()),
        ("part", pa.int32()),
        ("source_id", pa.int64()),
        ("anonymous_id", pa.string()),
    ]
)
ROWS_A_GROUP = 100_000
_ORDER = "ORDER BY person_id NULLS LAST, occurred_at, message_id"


@dataclass(frozen=True)
class Note:
    """What was prepared of a file, by its key: two files, and who was known then.

    `named` has the events with a person, `linked` those of browsers; empty where there are none.
    The `state` is that of who was known.
    """

    key: str
    named: str
    linked: str
    linked_count: int
    state: str


def notes(lake: Lake) -> dict[str, Note]:
    """Return what was prepared, by the key of its source."""
    found = {}
    for path in _folder(lake).glob("*.json"):
        # One may go while they are read.
        with suppress(FileNotFoundError):
            found[path.stem] = Note(**json.loads(path.read_text()))
    return found


def files(lake: Lake) -> list[Path]:
    """Return all files there are, whether or not a note names them."""
    return sorted(_folder(lake).glob("*.parquet"))


def path_of(lake: Lake, name: str) -> str:
    """Return where a file that a note names is."""
    return str(_folder(lake) / name)


def write(
    lake: Lake, session: Any, source: Source, rows: ir.Table, spans: pa.Table, state: str
) -> None:
    """Prepare a file: `rows` are its events, `spans` who its browsers were by the state.

    The caller holds the writer lock of the table. What was prepared of the file before is kept
    where it is the same still: who sent it with a person does not change.
    """
    _folder(lake).mkdir(parents=True, exist_ok=True)
    session.register("prepared_spans", spans)
    session.execute(f"CREATE OR REPLACE TEMP VIEW prepared_rows AS {logs.sql(rows)}")
    before = notes(lake).get(source.key)
    columns = ", ".join(SCHEMA.names)
    is_named = f"SELECT {columns} FROM prepared_rows WHERE person_id IS NOT NULL"
    named = before.named if before is not None else _written(lake, session, is_named)[0]
    linked, linked_count = _written(lake, session, _linked())
    _put_down(lake, Note(source.key, named, linked, linked_count, state))


def lent(lake: Lake, session: Any, rows: str) -> str:
    """Write rows of SQL to a file for somebody to read a while; return where it is.

    It goes with the sweep a day later, and whenever somebody is erased.
    """
    _lent(lake).mkdir(parents=True, exist_ok=True)
    path = _lent(lake) / f"{uuid4().hex}.parquet"
    session.execute(f"COPY ({rows}) TO {engine.literal(str(path))} (FORMAT parquet)").fetchall()
    return str(path)


def take_back(lake: Lake) -> None:
    """Remove all files that were lent."""
    for path in _lent(lake).glob("*.parquet"):
        path.unlink(missing_ok=True)


def forget(lake: Lake, keys: Iterable[str]) -> None:
    """Take the notes away; the files stay for those who read them."""
    for key in keys:
        (_folder(lake) / f"{key}.json").unlink(missing_ok=True)


def sweep(lake: Lake, *, older_than: timedelta) -> int:
    """Remove files that no note names and that are as old; return how many."""
    folder, known = _folder(lake), notes(lake).values()
    named = {name for note in known for name in (note.named, note.linked)}
    border = time.time() - older_than.total_seconds()
    count = 0
    found = (*folder.glob("*.parquet"), *folder.glob("*.writing"), *_lent(lake).glob("*.parquet"))
    for path in found:
        if path.name not in named and path.stat().st_mtime <= border:
            path.unlink(missing_ok=True)
            count += 1
    return count


def _folder(lake: Lake) -> Path:
    return Path(lake.address(TABLE))


def _lent(lake: Lake) -> Path:
    return Path(lake.address("people/lent"))


def _linked() -> str:
    others = ", ".join(f"one.{name}" for name in SCHEMA.names if name != "person_id")
    return (
        f"SELECT span_person_id AS person_id, {others} FROM prepared_rows AS one "
        "LEFT JOIN prepared_spans ON anonymous_id = span_anonymous_id "
        "AND occurred_at >= begins_at AND occurred_at < ends_at WHERE one.person_id IS NULL"
    )


def _written(lake: Lake, session: Any, rows: str) -> tuple[str, int]:
    """Write rows to a file of their own; return its name and how many they are."""
    path = _folder(lake) / f"part-{uuid4().hex}.parquet"
    try:
        done = session.execute(
            f"COPY ({rows} {_ORDER}) TO {engine.literal(str(path))} "
            f"(FORMAT parquet, COMPRESSION {logs.COMPRESSION}, ROW_GROUP_SIZE {ROWS_A_GROUP})"
        ).fetchall()
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    count = int(done[0][0])
    if not count:
        path.unlink()
    return (path.name if count else "", count)


def _put_down(lake: Lake, note: Note) -> None:
    target = _folder(lake) / f"{note.key}.json"
    draft = target.with_suffix(".writing")
    draft.write_text(json.dumps(asdict(note)))
    draft.replace(target)
