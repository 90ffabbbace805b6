"""All that is known of one person as JSON, for them to have: the events come one by one."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from app import storage
from app.datasets import rows
from app.datasets.rows import Cell
from app.lake import engine
from app.lake.readable import as_text
from app.people import profile, timeline
from app.people.profile import Attributes, Identity, Profile
from app.tracking import queries as tracking

FORMAT = "headwater-person-1"


def document(
    person: Profile, audiences: Sequence[Mapping[str, Any]], now: datetime
) -> Iterator[str]:
    """Yield the JSON of a person in pieces; the guide says what is in it."""
    head = {
        "format": FORMAT,
        "exported_at": as_text(now),
        "person_id": person.person_id,
        "first_seen_at": as_text(person.timeline.first_at) or None,
        "last_seen_at": as_text(person.timeline.last_at) or None,
        "event_count": person.timeline.total_count,
        "consent": _consent(person),
        "attributes": [_attributes(person.person_id, each) for each in person.attributes],
        "identities": [_identity(each) for each in person.identities],
        "audiences": list(audiences),
    }
    sources = {source.id: source.name for source in tracking.list_sources()}
    return _pieces(head, person.person_id, sources)


def _pieces(head: Mapping[str, Any], person_id: str, sources: Mapping[int, str]) -> Iterator[str]:
    yield json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "events": ['
    with engine.connection(storage.spill()) as session:
        timeline.opened(session, profile.event_parts(session, person_id))
        for number, row in enumerate(timeline.stream(session)):
            told = json.dumps(_event(row, sources), ensure_ascii=False)
            yield f"{',' if number else ''}\n  {told}"
    yield "\n ]\n}\n"


def _consent(person: Profile) -> dict[str, Any]:
    found = person.consent
    return {
        "state": found.word,
        "since": as_text(found.since) or None,
        "categories": dict(found.categories),
    }


def _attributes(person_id: str, found: Attributes) -> dict[str, Any]:
    """Return what a dataset says, each value with the run, file and line it is of."""
    row = rows.find_row(found.schema, rows.identity_of(found.schema, person_id, None, None))
    return {
        "dataset": found.schema.name,
        "values": [_value(cell) for cell in row.cells] if row is not None else [],
    }


def _value(cell: Cell) -> dict[str, Any]:
    file = cell.of_run.stream_file if cell.of_run is not None else None
    return {
        "name": cell.name,
        "value": cell.value or None,
        "run": cell.of_run.id if cell.of_run is not None else None,
        "file": (file.original_name or file.client_file_id) if file is not None else None,
        "line": cell.line,
    }


def _identity(found: Identity) -> dict[str, Any]:
    decision = found.taken_away
    return {
        "anonymous_id": found.anonymous_id,
        "identified_at": [as_text(each) for each in found.identified],
        "event_count": found.event_count,
        "spans": [
            {
                "person_id": span.person_id,
                "from": None if span.is_first else as_text(span.begins_at),
                "until": None if span.is_last else as_text(span.ends_at),
            }
            for span in found.spans
        ],
        "taken_away_at": as_text(decision.decided_at) if decision is not None else None,
        "taken_away_by": decision.decided_by if decision is not None else None,
    }


def _event(row: Mapping[str, Any], sources: Mapping[int, str]) -> dict[str, Any]:
    return {
        **row,
        "occurred_at": as_text(row["occurred_at"]),
        "received_at": as_text(row["received_at"]),
        "amount": None if row["amount"] is None else as_text(row["amount"]),
        "properties": json.loads(row["properties"] or "{}"),
        "source": sources.get(row["source_id"]),
    }
