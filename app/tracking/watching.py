"""Reading the messages that came last, cheaply enough to look every two seconds."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select

from app import storage
from app.extensions import db
from app.tracking import arriving, newest, queries, tail
from app.tracking.models import InboxEntry, RefusedMessage
from app.tracking.newest import Filter
from app.tracking.tail import SHOWN, Entry, State, Wanted

# Of the inbox and of what was refused, only so much is looked at each time.
LOOKED_AT = 200
BYTES_LOOKED_AT = 4 * 1024 * 1024
_WAITING = (
    *(InboxEntry.id, InboxEntry.source_id, InboxEntry.received_at, InboxEntry.kind),
    InboxEntry.body,
)


def latest(wanted: Wanted) -> list[Entry]:
    """Return the messages that came last and fit, the newest first."""
    if wanted.only_refused:
        return _refused(wanted)[:SHOWN]
    # The inbox first: what is stored meanwhile is met twice then, and never not at all.
    waiting = list(tail.waiting(_entries(wanted), queries.meanings(), wanted))
    found = [*_refused(wanted), *_stored(wanted)]
    known = {(each.source_id, each.message_id) for each in found if each.message_id}
    found += [each for each in waiting if (each.source_id, each.message_id) not in known]
    return sorted(found, key=lambda each: each.received_at, reverse=True)[:SHOWN]


def find(
    *,
    refused: int | None,
    waiting: int | None,
    number: int,
    source_id: int | None,
    message_id: str,
    at: datetime | None,
) -> Entry | None:
    """Return one message, wherever it is by now."""
    if refused is not None:
        row = db.session.get(RefusedMessage, refused)
        return tail.refused(row) if row is not None else None
    entry = _waiting(waiting, number) if waiting is not None else None
    return entry or _found(source_id, message_id, at)


def _waiting(entry_id: int, number: int) -> Entry | None:
    rows = db.session.execute(select(*_WAITING).where(InboxEntry.id == entry_id)).all()
    found = list(tail.waiting(rows, queries.meanings(), Wanted()))
    return found[number] if number < len(found) else None


def _found(source_id: int | None, message_id: str, at: datetime | None) -> Entry | None:
    if source_id is None or not message_id:
        return None
    until = at + timedelta(milliseconds=1) if at else None
    wanted = Filter(message_id=message_id, source_id=source_id, since=at, until=until)
    rows = newest.rows(storage.lake(), wanted)
    found = tail.stored(_in_order(arriving.with_people(rows)))
    return found[0] if found else None


def _stored(wanted: Wanted) -> list[Entry]:
    rows = newest.rows(
        storage.lake(),
        Filter(word=wanted.word, source_id=wanted.source_id, ids=wanted.ids),
    )
    return tail.stored(_in_order(arriving.with_people(rows)))


def _in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put the events of a message beside each other."""
    return sorted(
        rows,
        key=lambda row: (-row["received_at"].timestamp(), row["message_id"], row["part"]),
    )


def _refused(wanted: Wanted) -> list[Entry]:
    rows = select(RefusedMessage).order_by(RefusedMessage.id.desc()).limit(LOOKED_AT)
    found = [tail.refused(row) for row in db.session.scalars(_of_source(rows, wanted))]
    return [each for each in found if wanted.fits(each)]


def _entries(wanted: Wanted) -> Iterator[Any]:
    """Yield the newest entries of the inbox, until they are many bytes."""
    rows = select(*_WAITING).order_by(InboxEntry.id.desc()).limit(LOOKED_AT)
    if wanted.source_id is not None:
        rows = rows.where(InboxEntry.source_id == wanted.source_id)
    left = BYTES_LOOKED_AT
    for row in db.session.execute(rows.execution_options(yield_per=20)):
        yield row
        left -= len(row.body)
        if left < 0:
            return


def _of_source(rows: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.source_id is None:
        return rows
    return rows.where(RefusedMessage.source_id == wanted.source_id)


def first_and_refused(source_id: int) -> tuple[Entry | None, list[Entry]]:
    """Return the newest message of a source that was taken in, and its newest refused ones."""
    found = latest(Wanted(source_id=source_id))
    taken = (each for each in found if each.state is not State.REFUSED)
    return next(taken, None), _refused(Wanted(source_id=source_id))[:3]
