"""Events, identities and messages of a person.

Works within the caller's transactions, and commits nothing.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select

from app import storage
from app.erasures.places import Place
from app.erasures.subject import MOST_TOLD, Span, Subject
from app.erasures.work import Steps, Work
from app.extensions import db
from app.lake import engine
from app.lake.engine import literal
from app.tracking import bodies, events, identity
from app.tracking import queries as tracking
from app.tracking import services as tracking_services
from app.tracking.bodies import BodyInvalid
from app.tracking.messages import Message
from app.tracking.models import IdentityDecision, IdentityLink, InboxEntry, RefusedMessage

WAITING = "inbox"
_ROWS_A_FETCH = 500
_IDS = ("userId", "anonymousId", "previousId")


def subject_of(person_id: str) -> Subject:
    """Return the person with the anonymous ids that are or were theirs, as things stand."""
    spans = identity.spans(tracking.links(person_id)).to_pylist()
    others = {each["span_anonymous_id"] for each in spans if each["span_person_id"] != person_id}
    own = [each for each in spans if each["span_person_id"] == person_id]
    ids = {each["span_anonymous_id"] for each in own}
    shared = others | _used_by_others(person_id, ids)
    return Subject(
        person_id,
        tuple(sorted(ids - shared)),
        tuple(
            Span(
                each["span_anonymous_id"],
                each["begins_at"].isoformat(),
                each["ends_at"].isoformat(),
            )
            for each in own
            if each["span_anonymous_id"] in shared
        ),
    )


def remove_events(work: Work) -> Steps:
    """Remove events, then who was whom; a flush under way is waited for."""
    with work.lake.writer_lock(events.TABLE):
        yield from work.remove_rows(events.TABLE, Place.EVENTS, condition(work.subject))
    links = delete(IdentityLink).where(is_linked(work.subject))
    gone = db.session.scalars(links.returning(IdentityLink.id)).all()
    person_id = work.subject.person_id
    decisions = delete(IdentityDecision).where(
        or_(IdentityDecision.person_id == person_id, IdentityDecision.anonymous_id == person_id)
    )
    db.session.execute(decisions)
    work.count(Place.IDENTITIES, len(gone))
    yield


def remove_messages(work: Work) -> Steps:
    """Remove what was refused, and have what waits moved, by which theirs is dropped."""
    for refused in list(refused_of(work.subject)):
        db.session.delete(refused)
        work.count(Place.REFUSED, 1)
    yield
    work.begin(WAITING, Place.INBOX, count_waiting(work.subject))
    yield
    tracking_services.flush_inbox()
    work.end(WAITING)
    yield


def condition(subject: Subject) -> str:
    """Return, as SQL, which events are theirs, or say that somebody was them before."""
    was_them = f"json_extract_string(properties, '/previousId') = {literal(subject.person_id)}"
    return f"({is_theirs(subject)} OR (type = 'alias' AND {was_them}))"


def is_theirs(subject: Subject) -> str:
    """Return, as SQL, which events are theirs."""
    nobody = "person_id IS NULL AND "
    found = [f"person_id = {literal(subject.person_id)}"]
    if subject.owned:
        listed = ", ".join(literal(each) for each in subject.owned)
        found.append(f"({nobody}anonymous_id IN ({listed}))")
    found += [
        f"({nobody}anonymous_id = {literal(span.anonymous_id)} AND "
        f"occurred_at >= {literal(span.begins_at)}::TIMESTAMPTZ AND "
        f"occurred_at < {literal(span.ends_at)}::TIMESTAMPTZ)"
        for span in subject.shared
    ]
    return f"({' OR '.join(found)})"


def is_linked(subject: Subject) -> ColumnElement[bool]:
    """Return the condition on links that name them, also as whom somebody was before."""
    person_id = subject.person_id
    return or_(IdentityLink.person_id == person_id, IdentityLink.anonymous_id == person_id)


def count_waiting(subject: Subject) -> int:
    """Return how many messages of theirs wait in the inbox."""
    ids = [_escaped(each).encode() for each in (subject.person_id, *subject.owned)]
    plain = [each.encode() for each in (subject.person_id, *subject.owned)]
    columns = (InboxEntry.kind, InboxEntry.received_at, InboxEntry.body)
    return sum(
        _count_in(entry, subject)
        for entry in db.session.execute(select(*columns).execution_options(yield_per=100))
        if any(each in entry.body for each in (*ids, *plain))
    )


def refused_of(subject: Subject) -> Iterator[RefusedMessage]:
    """Yield refused messages that name them."""
    ids = (subject.person_id, *subject.owned)
    found = select(RefusedMessage)
    if len(ids) <= MOST_TOLD:
        raw = RefusedMessage.raw
        found = found.where(or_(*(raw.contains(_escaped(each), autoescape=True) for each in ids)))
    for refused in db.session.scalars(found.execution_options(yield_per=_ROWS_A_FETCH)):
        if _names(refused.raw, ids):
            yield refused


def _used_by_others(person_id: str, ids: set[str]) -> set[str]:
    """Return those anonymous ids that came with another person's events."""
    lake = storage.lake()
    files = lake.files(events.TABLE)
    if not files or not ids:
        return set()
    listed = ", ".join(literal(each) for each in sorted(ids))
    with engine.connection(storage.spill()) as session:
        found = session.execute(
            f"SELECT DISTINCT anonymous_id FROM {engine.parquet(files)} "
            f"WHERE anonymous_id IN ({listed}) AND person_id <> {literal(person_id)}"
        ).fetchall()
    return {str(row[0]) for row in found}


def _count_in(entry: Any, subject: Subject) -> int:
    """Return how many messages of an entry are theirs, or say that somebody was them before."""
    try:
        document = bodies.read(entry.body, entry.kind)
        found = list(bodies.checked(document, entry.kind, entry.received_at))
    except BodyInvalid:
        return 0
    messages = [each for each in found if isinstance(each, Message)]
    return sum(
        each.previous_id == subject.person_id
        or subject.is_of(each.person_id, each.anonymous_id, each.occurred_at)
        for each in messages
    )


def _names(raw: str, ids: tuple[str, ...]) -> bool:
    """Tell whether a message as it was sent names one of these ids; it may have been cut off."""
    listed = "|".join(re.escape(_escaped(each)) for each in ids)
    names = "|".join(_IDS)
    return re.search(rf'"({names})":\s*"?\s*({listed})\s*("|,|}}|$)', raw) is not None


def _escaped(text: str) -> str:
    """Return a text as it stands within JSON."""
    return json.dumps(text)[1:-1]
