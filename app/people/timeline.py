"""What one person did: how much of what, and a page of it, the newest first."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any

from app.lake.engine import Session, literal

EVENTS_A_PAGE = 50
# Of a person with fewer events than this, all are read at once, so that they are looked for once.
FEW = 2_000
LOOKED_AT = 500
NOTHING = (
    "SELECT NULL::BIGINT AS source_id, '' AS message_id, 0 AS part, '' AS type, '' AS event, "
    "'' AS name, '' AS person_id, '' AS anonymous_id, now() AS occurred_at, now() AS received_at, "
    "NULL::DECIMAL(38, 9) AS amount, '{}' AS properties WHERE false"
)


@dataclass(frozen=True)
class Asked:
    """Which part of a timeline is looked at: one event's name or all, days, the page."""

    event: str = ""
    since: date | None = None
    until: date | None = None
    number: int = 1

    @property
    def is_narrowed(self) -> bool:
        """Tell whether something is left out."""
        return bool(self.event or self.since or self.until)

    @property
    def is_backwards(self) -> bool:
        """Tell whether the last day comes before the first, so that nothing can be between."""
        return bool(self.since and self.until and self.until < self.since)


@dataclass(frozen=True)
class Timeline:
    """A page of what a person did, and the counts: of all, of what matches, by event, by id.

    `by_event` counts within the days looked at; `by_anonymous_id` all there is.
    """

    rows: list[dict[str, Any]] = field(default_factory=list)
    total_count: int = 0
    matching_count: int = 0
    number: int = 1
    first_at: datetime | None = None
    last_at: datetime | None = None
    by_event: dict[str, int] = field(default_factory=dict)
    by_anonymous_id: dict[str, int] = field(default_factory=dict)
    consents: list[dict[str, Any]] = field(default_factory=list)
    previous_ids: list[str] = field(default_factory=list)

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.matching_count // EVENTS_A_PAGE))

    @property
    def days(self) -> list[tuple[date, list[dict[str, Any]]]]:
        """The rows by the day they happened on, in UTC."""
        grouped = groupby(self.rows, key=lambda row: row["occurred_at"].astimezone(UTC).date())
        return [(day, list(rows)) for day, rows in grouped]


def read(session: Session, parts: Sequence[str], asked: Asked) -> Timeline:
    """Return the timeline of a person whose events are these parts, united: the SQL of each.

    Each part has the columns of the events table. One that asks for a single id finds it quickly.
    """
    opened(session, parts)
    counts = _counts(session, asked)
    telling = _telling(session)
    by_event = {row["event"]: row for row in counts if row["is_event"]}
    matching = {name: row["matching"] for name, row in by_event.items() if row["matching"]}
    firsts = [row["first_at"] for row in by_event.values()]
    lasts = [row["last_at"] for row in by_event.values()]
    return Timeline(
        rows=_page(session, asked),
        total_count=sum(row["total"] for row in by_event.values()),
        matching_count=matching.get(asked.event, 0) if asked.event else sum(matching.values()),
        number=asked.number,
        first_at=min(firsts, default=None),
        last_at=max(lasts, default=None),
        by_event=dict(sorted(matching.items(), key=lambda each: (-each[1], each[0]))),
        by_anonymous_id={
            row["anonymous_id"]: row["total"]
            for row in counts
            if not row["is_event"] and row["anonymous_id"] is not None
        },
        consents=[row for row in telling if row["type"] != "alias"],
        previous_ids=_previous_ids(telling),
    )


def opened(session: Session, parts: Sequence[str]) -> None:
    """Give the session the person's events as the relation `own`."""
    united = " UNION ALL ".join(parts) or NOTHING
    few = session.sql(f"SELECT * FROM ({united}) LIMIT {FEW + 1}").to_arrow_table()
    if few.num_rows <= FEW:
        session.register("own", few)
    else:
        session.execute(f"CREATE OR REPLACE TEMP VIEW own AS {united}")


def stream(session: Session) -> Iterator[dict[str, Any]]:
    """Yield all events of the relation `own`, the oldest first."""
    ordered = session.sql("SELECT * FROM own ORDER BY occurred_at, message_id, part")
    for batch in ordered.to_arrow_reader(1_000):
        yield from batch.to_pylist()


def _counts(session: Session, asked: Asked) -> list[dict[str, Any]]:
    """Return the counts by event, and those by anonymous id."""
    found = session.sql(
        "SELECT event, anonymous_id, grouping(event) = 0 AS is_event, count(*) AS total, "
        f"count(*) FILTER (WHERE {_within(asked)}) AS matching, "
        "min(occurred_at) AS first_at, max(occurred_at) AS last_at "
        "FROM own GROUP BY GROUPING SETS ((event), (anonymous_id))"
    )
    rows: list[dict[str, Any]] = found.to_arrow_table().to_pylist()
    return rows


def _page(session: Session, asked: Asked) -> list[dict[str, Any]]:
    is_event = f"event = {literal(asked.event)}" if asked.event else "true"
    found = session.sql(
        f"SELECT * FROM own WHERE {is_event} AND {_within(asked)} "
        "ORDER BY occurred_at DESC, message_id, part "
        f"LIMIT {EVENTS_A_PAGE} OFFSET {(asked.number - 1) * EVENTS_A_PAGE}"
    )
    rows: list[dict[str, Any]] = found.to_arrow_table().to_pylist()
    return rows


def _telling(session: Session) -> list[dict[str, Any]]:
    """Return the newest events that may tell of consent or of other ids, the newest first."""
    found = session.sql(
        "SELECT type, event, occurred_at, properties FROM own "
        "WHERE event = 'consent' OR type = 'alias' OR contains(properties, '\"consent\":') "
        f"ORDER BY occurred_at DESC, message_id, part LIMIT {LOOKED_AT}"
    )
    rows: list[dict[str, Any]] = found.to_arrow_table().to_pylist()
    return rows


def _previous_ids(telling: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the ids that an alias gave for this person, as far as that is on record."""
    told = [json.loads(row["properties"]) for row in telling if row["type"] == "alias"]
    return sorted({str(each["previousId"]) for each in told if each.get("previousId")})


def _within(asked: Asked) -> str:
    """Return the condition for the days asked for, both included."""
    conditions = []
    if asked.since is not None:
        conditions.append(f"occurred_at >= {_midnight(asked.since)}")
    if asked.until is not None and asked.until < date.max:
        conditions.append(f"occurred_at < {_midnight(asked.until + timedelta(days=1))}")
    return " AND ".join(conditions) or "true"


def _midnight(day: date) -> str:
    return f"TIMESTAMPTZ '{day.isoformat()} 00:00:00+00'"
