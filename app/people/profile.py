"""The profile of one person: their attributes and where each is from, events, ids, consent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app import storage
from app.dataflows.definition import Definition
from app.extensions import db
from app.lake import kept, logs
from app.lake.engine import Session, identifier
from app.lake.journal import ORIGIN, RUN
from app.lake.readable import as_text
from app.lake.staging import LINE
from app.people import consent, queries, timeline
from app.people.consent import Consent
from app.people.timeline import Asked, Timeline
from app.runs.models import Run
from app.schemas.models import Schema, SchemaColumn
from app.tabular.columns import converting
from app.tracking import events, identity
from app.tracking import queries as tracking
from app.tracking.identity import Link, Span
from app.tracking.models import IdentityDecision


@dataclass(frozen=True)
class Attributes:
    """What one dataset says of a person, and the run that wrote the row last, from which line.

    Where `is_exact` that run wrote every value but the `unfilled`, columns that it did not fill;
    else some values may be older, and the page of the row says which.
    """

    schema: Schema
    values: list[tuple[str, str]]
    run: Run | None
    line: int | None
    is_exact: bool = False
    unfilled: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Identity:
    """An anonymous id that is or was a person: whom it stands for by time, when it was identified.

    `taken_away` is the decision that it is not theirs, while that holds.
    """

    anonymous_id: str
    spans: list[Span] = field(default_factory=list)
    identified: list[datetime] = field(default_factory=list)
    event_count: int = 0
    taken_away: IdentityDecision | None = None

    @property
    def people(self) -> list[str]:
        """Whom it stands for, at any time."""
        return sorted({span.person_id for span in self.spans})


@dataclass(frozen=True)
class Profile:
    """What is known of one person. `separate` are people whom an alias named, and who stay two."""

    person_id: str
    attributes: list[Attributes]
    timeline: Timeline
    identities: list[Identity]
    consent: Consent
    separate: list[str] = field(default_factory=list)

    @property
    def is_known(self) -> bool:
        """Tell whether anything is known of such a person."""
        return bool(self.attributes or self.timeline.total_count or self.identities)


def find_profile(person_id: str, asked: Asked | None = None) -> Profile:
    """Return what is known under an identifier, which may be nothing, and a page of the events."""
    known = _known_identity(person_id)
    with kept.session() as session:
        attributes = list(_attributes(session, person_id))
        found = timeline.read(session, _parts(session, person_id, known.spans), asked or Asked())
    identities = _identities(person_id, known, found.by_anonymous_id)
    ids = {each.anonymous_id for each in identities}
    return Profile(
        person_id=person_id,
        attributes=attributes,
        timeline=found,
        identities=identities,
        consent=consent.of(found.consents),
        separate=[each for each in found.previous_ids if each not in {*ids, person_id}],
    )


def event_parts(session: Session, person_id: str) -> list[str]:
    """Return the SQL for what a person did, in parts to be united; each has an event's columns."""
    return _parts(session, person_id, _known_identity(person_id).spans)


def _parts(session: Session, person_id: str, spans: Sequence[Span]) -> list[str]:
    """Return the parts: what sources sent, under either id, and what datasets have."""
    stored = kept.select(storage.lake(), events.TABLE, events.SCHEMA.names)
    sent = identity.of_person(stored, person_id, spans) if stored is not None else []
    loaded = tracking.interactions_of(session, person_id)
    return sent if loaded is None else [*sent, logs.sql(loaded)]


@dataclass(frozen=True)
class _Identities:
    """What is on record of a person's anonymous ids: all links, what was decided, what counts."""

    links: list[Link]
    decisions: dict[tuple[str, str], IdentityDecision]
    spans: list[Span]


def _known_identity(person_id: str) -> _Identities:
    links = sorted(tracking.all_links(person_id))
    decisions = tracking.decisions(person_id) if links else {}
    denied = {pair: each.decided_at for pair, each in decisions.items() if not each.is_theirs}
    spans = list(identity.list_spans(identity.accepted(links, denied)))
    return _Identities(links, decisions, spans)


def _attributes(session: Session, person_id: str) -> Iterator[Attributes]:
    found = [
        (schema, row)
        for schema in queries.person_schemas()
        if (row := row_of(session, schema, person_id)) is not None
    ]
    runs = _runs({row[RUN] for _schema, row in found} - {None})
    for schema, row in found:
        run = runs.get(row[RUN])
        # A run that changed no row, and wrote this one, has added it: every value is of it.
        is_exact = run is not None and not run.changed_count
        yield Attributes(
            schema=schema,
            values=[(column.name, as_text(row[column.field_name])) for column in schema.columns],
            run=run,
            line=row[LINE],
            is_exact=is_exact,
            unfilled=_unfilled(schema, run, row) if run is not None and is_exact else frozenset(),
        )


def row_of(session: Session, schema: Schema, person_id: str) -> dict[str, Any] | None:
    """Return the row of a person in a dataset, if there is one."""
    key = schema.key_column
    names = [*(column.field_name for column in schema.columns), *ORIGIN.names]
    table = kept.select(storage.lake(), schema.table_name, names)
    value = _typed(key, person_id) if key is not None else None
    if key is None or table is None or value is None:
        return None
    found = session.sql(
        f"SELECT * FROM ({table}) WHERE {identifier(key.field_name)} = ? LIMIT 1", params=[value]
    ).to_arrow_table()
    return next(iter(found.to_pylist()), None)


def _typed(column: SchemaColumn, person_id: str) -> Any:
    """Return an identifier as a value of its column; None where no row of it reads so."""
    typed = converting.convert(pd.Series([person_id], dtype="string[pyarrow]"), column.type)
    value = converting.arrow_values(typed.values).to_pylist()[0]
    return value if as_text(value) == person_id else None


def _runs(ids: set[int]) -> dict[int, Run]:
    if not ids:
        return {}
    found = select(Run).where(Run.id.in_(ids)).options(selectinload(Run.stream_file))
    return {run.id: run for run in db.session.scalars(found)}


def _unfilled(schema: Schema, run: Run, row: dict[str, Any]) -> frozenset[str]:
    """Return the columns without a value that the run does not fill: they were added since."""
    targets = Definition.from_dict(run.definition).targets
    filled = {target.schema_column_id for target in targets}
    return frozenset(
        column.name
        for column in schema.columns
        if row[column.field_name] is None and column.id not in filled
    )


def _identities(person_id: str, known: _Identities, event_counts: dict[str, int]) -> list[Identity]:
    """Return the anonymous ids of a person: those identified, then the others seen with them."""
    identified: dict[str, list[datetime]] = {link.anonymous_id: [] for link in known.links}
    for link in known.links:
        if link.person_id == person_id:
            identified[link.anonymous_id].append(link.since)
    spans: dict[str, list[Span]] = {anonymous_id: [] for anonymous_id in identified}
    for span in known.spans:
        spans[span.anonymous_id].append(span)
    found = [
        Identity(
            anonymous_id=anonymous_id,
            spans=spans[anonymous_id],
            identified=moments,
            event_count=event_counts.get(anonymous_id, 0),
            taken_away=_taken_away(
                known.decisions.get((anonymous_id, person_id)), person_id, spans[anonymous_id]
            ),
        )
        for anonymous_id, moments in identified.items()
    ]
    found.sort(key=lambda each: each.identified[-1:], reverse=True)
    seen = [Identity(each, event_count=n) for each, n in event_counts.items() if each not in spans]
    return found + sorted(seen, key=lambda each: (-each.event_count, each.anonymous_id))


def _taken_away(
    decision: IdentityDecision | None, person_id: str, spans: Sequence[Span]
) -> IdentityDecision | None:
    """Return a decision against a person, unless they were identified by that id since."""
    if decision is None or decision.is_theirs:
        return None
    is_back = any(
        (span.anonymous_id, span.person_id) == (decision.anonymous_id, person_id) for span in spans
    )
    return None if is_back else decision
