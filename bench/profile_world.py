"""A platform with very many people: a dataset, events as compaction leaves them, audiences."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from deltalake import convert_to_deltalake
from sqlalchemy import insert

from app import storage
from app.audiences import changes
from app.audiences.models import Audience, AudienceStatus
from app.audiences.tree.conditions import Did, Group, GroupKind, Match
from app.audiences.tree.writing import to_json
from app.extensions import db
from app.lake import engine, logs
from app.tracking import events
from app.tracking import services as tracking
from app.tracking.models import IdentityLink
from bench.people import write_people
from bench.platform import Platform

NOW = datetime(2026, 11, 1, tzinfo=UTC)
LARGE_FILES, SMALL_FILES, SMALL_ROWS = 4, 20, 5_000
ROWS_A_GROUP = 50_000
# One event in five came without the person identifier, from a browser that was identified later.
ANONYMOUS = 5
NAMES = ("visit", "contentvisit", "itemclick", "basket", "buy", "Song Played", "identify")
PROPERTIES = {
    "url": "https://shop.example.com/products/4711",
    "title": "Trail running shoes",
    "category": "Shoes",
    "brand": "Fjell",
    "campaign": "spring",
}


@dataclass(frozen=True)
class Scale:
    """How many people, events, audiences and members of each."""

    people: int
    events: int
    audiences: int
    members: int


SCALES = {
    "small": Scale(100_000, 1_000_000, 5, 20_000),
    "full": Scale(1_000_000, 10_000_000, 5, 200_000),
    "huge": Scale(1_000_000, 50_000_000, 5, 200_000),
}


def build(folder: Path, scale: Scale) -> Platform:
    """Return a platform with all of it."""
    file = folder / "people.csv"
    folder.mkdir(parents=True, exist_ok=True)
    write_people(file, rows=scale.people, first=1, seed=1)
    platform = Platform(folder / "data", file)
    platform.load(file)
    source = tracking.create_source(name="Shop", now=NOW)
    _write_events(source.id, scale)
    _link(scale)
    for number in range(scale.audiences):
        _add_audience(number, scale)
    return platform


def _write_events(source_id: int, scale: Scale) -> None:
    folder = Path(storage.lake().address(events.TABLE))
    folder.mkdir(parents=True)
    rows = (scale.events - SMALL_FILES * SMALL_ROWS) // LARGE_FILES
    with engine.connection(storage.spill()) as session:
        for number in range(LARGE_FILES):
            file = folder / f"part-{number}.parquet"
            session.execute(
                f"COPY ({_some_events(source_id, scale, number * rows, rows)}) TO '{file}' "
                f"(FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE {ROWS_A_GROUP})"
            )
        convert_to_deltalake(str(folder))
        for number in range(SMALL_FILES):
            first = LARGE_FILES * rows + number * SMALL_ROWS
            sql = _some_events(source_id, scale, first, SMALL_ROWS)
            found = session.sql(sql).to_arrow_table().cast(events.SCHEMA)
            logs.append(storage.lake(), events.TABLE, found)


def _some_events(source_id: int, scale: Scale, first: int, count: int) -> str:
    """Return the SQL that makes these events, sorted as the files of the table are."""
    names = ", ".join(engine.literal(name) for name in NAMES)
    properties = engine.literal(json.dumps(PROPERTIES))
    person = f"(hash(i) % {scale.people} + 1)"
    return (
        f"SELECT {source_id}::BIGINT AS source_id, 'message-' || i AS message_id, "
        "0::INTEGER AS part, 'track' AS type, "
        f"list_extract([{names}], (hash(i * 3) % {len(NAMES)})::INT + 1) AS event, event AS name, "
        f"CASE WHEN i % {ANONYMOUS} > 0 THEN {person}::VARCHAR END AS person_id, "
        f"'browser-' || {person} AS anonymous_id, "
        f"{engine.literal(NOW.isoformat())}::TIMESTAMPTZ - to_minutes((hash(i * 7) % 500000)::INT) "
        "AS occurred_at, occurred_at + INTERVAL 1 SECOND AS received_at, "
        "CASE WHEN event = 'buy' THEN (hash(i * 5) % 10000 / 100)::DECIMAL(38, 9) END AS amount, "
        f"replace({properties}, '4711', (hash(i * 11) % 5000)::VARCHAR) AS properties "
        f"FROM range({first}, {first + count}) each(i) "
        "ORDER BY person_id NULLS LAST, anonymous_id, occurred_at"
    )


def _link(scale: Scale) -> None:
    """Identify the browser of every person."""
    step = 50_000
    for first in range(1, scale.people + 1, step):
        rows = [
            {"anonymous_id": f"browser-{number}", "since": NOW, "person_id": str(number)}
            for number in range(first, min(first + step, scale.people + 1))
        ]
        db.session.execute(insert(IdentityLink), rows)
    db.session.commit()


def _add_audience(number: int, scale: Scale) -> None:
    """Add an audience and its members, another part of the people each."""
    tree = Group(GroupKind.ALL, (Did(Match("buy")),))
    audience = Audience(
        name=f"Audience {number}",
        tree=to_json(tree),
        status=AudienceStatus.EVALUATED,
        created_at=NOW,
        changed_at=NOW,
    )
    db.session.add(audience)
    db.session.commit()
    with engine.connection(storage.spill()) as session:
        session.execute(
            "CREATE TEMP TABLE members AS SELECT "
            f"((i * 7 + {number * scale.members // 2}) % {scale.people} + 1)::VARCHAR AS person_id "
            f"FROM range({scale.members}) each(i)"
        )
        changes.record(session, storage.lake(), audience.public_id, "members", NOW)


def sorted_rows(target: Path) -> None:
    """Write all events to one file, sorted by person: what a floor reads."""
    files = engine.parquet(storage.lake().files(events.TABLE))
    with duckdb.connect() as session:
        session.execute(
            f"COPY (SELECT * FROM {files} ORDER BY person_id NULLS LAST) TO '{target}' "
            f"(FORMAT parquet, ROW_GROUP_SIZE {ROWS_A_GROUP})"
        )
