"""What people did, as one relation: what is prepared of large files, and the rest as it is.

What is prepared tells who was known when it was; of browsers of which something became known since,
it is found out again. So what is read is always as of now.
"""

from collections import OrderedDict
from collections.abc import Iterator
from functools import reduce
from pathlib import Path
from threading import Lock
from typing import Any, cast

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa

from app import storage
from app.extensions import db
from app.lake import engine, logs
from app.lake.logs import Session
from app.people import prepared, sources, visitors
from app.people.prepared import Note
from app.people.sources import Source
from app.people.world import PERSON
from app.tracking import identity, links
from app.tracking.interactions import Meanings

# So many browsers may have become known before what is prepared of a file is made anew.
MANY_CHANGED = 5_000
MOST_KEPT = 4
_kept: OrderedDict[tuple[str, ...], pa.Table] = OrderedDict()
_lock = Lock()


def opened(
    session: duckdb.DuckDBPyConnection, engine_session: Session, meanings: Meanings
) -> ir.Table:
    """Return the events of people, with the columns of what is prepared; each has a person.

    They are a relation of the engine's session; what has to be found out first, DuckDB does.
    """
    found, notes = sources.listed(meanings), prepared.notes(storage.lake())
    ready = [notes[each.key] for each in found if each.key in notes]
    changed = _changed(ready)
    ready = [note for note in ready if note.state in changed]
    keys = {note.key for note in ready}
    tables = [
        *_prepared(session, engine_session, ready, set().union(*changed.values())),
        logs.given(
            engine_session,
            "recent_events",
            _as_it_is(session, [each for each in found if each.key not in keys], meanings),
        ),
    ]
    return reduce(lambda one, other: one.union(other), tables)


def prepare(meanings: Meanings) -> int:
    """Prepare all files worth it that are not; return how many. The caller holds the lock."""
    lake, found = storage.lake(), sources.listed(meanings)
    notes, state = prepared.notes(lake), visitors.remembered(db.session.connection())
    changed = _changed(list(notes.values()))
    count = 0
    for source in sources.many(found):
        note = notes.get(source.key)
        if note is None or len(changed.get(note.state, _UNKNOWN)) >= MANY_CHANGED:
            count += _prepare(source, meanings, state)
    prepared.forget(lake, notes.keys() - {each.key for each in found})
    return count


_UNKNOWN = range(MANY_CHANGED)


def _changed(notes: list[Note]) -> dict[str, set[str]]:
    """Return by state the browsers that became known since; without states that say nothing now."""
    connection = db.session.connection()
    told = {each.state: None for each in notes}
    found = {state: visitors.changed_since(connection, state) for state in told}
    return {state: ids for state, ids in found.items() if ids is not None}


def _prepare(source: Source, meanings: Meanings, state: str) -> bool:
    """Prepare a file and return true; false where it was removed meanwhile."""
    try:
        with engine.connection(storage.spill()) as session:
            rows = sources.opened(session, [source], meanings)
            if rows is not None:
                spans = _spans(session, rows)
                prepared.write(storage.lake(), session, source, rows, spans, state)
    except duckdb.IOException:
        if Path(source.file).exists():
            raise
        return False
    return True


def _spans(session: Any, rows: ir.Table) -> pa.Table:
    """Return who the browsers of some events were, and when."""
    unknown = rows.filter(rows[PERSON].isnull() & rows.anonymous_id.notnull())
    ids = logs.frame(session, unknown.select("anonymous_id").distinct())["anonymous_id"]
    return identity.spans(links.accepted_of(ids.to_pylist()))


def _prepared(
    session: duckdb.DuckDBPyConnection,
    engine_session: Session,
    notes: list[Note],
    changed: set[str],
) -> Iterator[ir.Table]:
    named = [note.named for note in notes if note.named]
    linked = [note.linked for note in notes if note.linked]
    if named:
        yield _read(engine_session, named)
    if not linked:
        return
    events = _read(engine_session, linked)
    if changed:
        ids = pa.table({"changed_id": pa.array(sorted(changed), pa.string())})
        again = _known_again(session, linked, ids)
        yield logs.given(engine_session, "changed_events", again)
        known = logs.given(engine_session, "changed_ids", ids)
        events = events.anti_join(known, events.anonymous_id == known.changed_id)
    yield events.filter(events[PERSON].notnull())


def _known_again(session: duckdb.DuckDBPyConnection, linked: list[str], ids: pa.Table) -> pa.Table:
    """Return the events of browsers of which something became known, with whose they are now."""
    events, known = _read(session, linked), logs.given(session, "asked_ids", ids)
    theirs = events.semi_join(known, events.anonymous_id == known.changed_id)
    unknown = theirs.mutate(**{PERSON: ibis.null("string")})
    found = _named(session, unknown, "changed_spans")
    return logs.frame(session, found).cast(prepared.SCHEMA)


def _read(session: Session, names: list[str]) -> ir.Table:
    files = [prepared.path_of(storage.lake(), name) for name in names]
    return logs.of_files(session, files, prepared.SCHEMA)


def _named(session: Any, events: ir.Table, view: str) -> ir.Table:
    """Return the events that turn out to be somebody's."""
    spans = logs.given(session, view, _spans(session, events))
    named = identity.with_person(events, spans)
    return cast("ir.Table", named.filter(named[PERSON].notnull()))


def _as_it_is(session: Any, found: list[Source], meanings: Meanings) -> pa.Table:
    """Return the events of small files, which are read once and kept while nothing changes."""
    state = visitors.remembered(db.session.connection())
    key = (state, *(each.key for each in found))
    with _lock:
        rows = _kept.get(key)
    if rows is None:
        rows = of_files(session, found, meanings)
        with _lock:
            _kept[key] = rows
            while len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
    return rows


def of_files(session: Any, found: list[Source], meanings: Meanings) -> pa.Table:
    """Return the events of people in some files, as they are now, prepared or not."""
    events = sources.opened(session, found, meanings)
    if events is None:
        return prepared.SCHEMA.empty_table()
    named = _named(session, events.select(*prepared.SCHEMA.names), "recent_spans")
    return logs.frame(session, named).cast(prepared.SCHEMA)
