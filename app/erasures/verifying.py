"""The last search: everything is gone through once more, and what is found again is told.

Where the identifier is long enough to be told from other text, it is also looked for as text
everywhere, so that what no rule knows of is found, too. Reads only; commits nothing.
"""

from collections.abc import Iterator
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import JSON, Column, String, Table, Text, cast, func, or_, select
from sqlalchemy.orm import selectinload

from app.erasures import (
    copies,
    examples,
    log_files,
    past,
    quarantined,
    rows,
    sent,
    stored,
    tracked,
    words,
)
from app.erasures.places import Place
from app.erasures.work import NotYet, Steps, Work
from app.extensions import Base, db
from app.formatting import plural
from app.lake import engine, erasing
from app.lake.engine import identifier as quoted
from app.lake.engine import literal
from app.people import prepared
from app.streams.models import FileStatus, StreamFile
from app.tracking import events
from app.tracking.models import IdentityLink

IN_TEXT = "It stands there in a place that is not known to say whose it is. Look at it yourself."
IN_FILE = "It stands there outside of what was read as their record, or it came after the erasure."
NOT_LOOKED = (
    "They were removed wherever they are known to stand, but there are too many to be looked for "
    "in all other text, as the others were."
)
_CALLED = {events.TABLE: "Events", prepared.TABLE: "Copies of events, by person"}
_OF_THE_SITE = "app.site"


def search(work: Work) -> Steps:
    """Search all places again by the rules, then everything as text, and note what is found."""
    found = {
        Place.EVENTS: _events(work),
        Place.IDENTITIES: _links(work),
        Place.INBOX: tracked.count_waiting(work.subject),
        Place.REFUSED: sum(1 for _ in tracked.refused_of(work.subject)),
        Place.DATASETS: rows.count_rows(work.lake, work.subject.person_id),
        Place.JOURNALS: rows.count_in_journals(work.lake, work.subject.person_id),
        Place.REJECTS: quarantined.count_rejects(work.subject),
        Place.SAMPLES: examples.count_samples(work.subject),
        Place.LOGS: log_files.count_places(work.means.logs, work.subject.texts),
        Place.DELIVERIES: sent.count_sent(work.subject.person_id),
        Place.MEMBERSHIP: sent.count_memberships(work),
        Place.PREPARED: _in_copies(work),
        Place.PAST: past.count_rows(work),
        Place.FILES: _in_files(work),
    }
    work.erasure.found_again = {place.value: count for place, count in found.items()}
    yield
    for place, what, why in (*_in_database(work), *_in_lake(work)):
        work.leave(place, what, why)
    if work.subject.untold_count:
        work.leave(Place.IDENTITIES, plural(work.subject.untold_count, "anonymous id"), NOT_LOOKED)
    yield


def _events(work: Work) -> int:
    return erasing.count_rows(work.lake, events.TABLE, tracked.condition(work.subject))


def _links(work: Work) -> int:
    own = select(func.count(IdentityLink.id)).where(tracked.is_linked(work.subject))
    return db.session.scalars(own).one()


def _in_copies(work: Work) -> int:
    try:
        return copies.count_rows(work)
    except duckdb.Error as failure:
        raise NotYet("It waits for a copy of events that is being written.") from failure


def _in_files(work: Work) -> int:
    """Return how many records are in files that were there when it began; tell of other bytes."""
    count = 0
    known = (
        select(StreamFile)
        .where(StreamFile.parts.any())
        .options(selectinload(StreamFile.parts))
        .order_by(StreamFile.id)
    )
    left = {entry["what"] for entry in work.erasure.left}
    for file in db.session.scalars(known).all():
        name = file.original_name or file.client_file_id
        is_old = file.closed_at is not None and file.closed_at <= work.suppressed_at
        lines = stored.lines_in(work, file)[0] if file.status is FileStatus.CLOSED else set()
        if name in left:
            continue
        if is_old:
            count += len(lines)
        if not is_old and lines or stored.has_bytes(file, work.subject.texts):
            work.leave(Place.FILES, name, IN_FILE)
    return count


def _in_database(work: Work) -> Iterator[tuple[Place, str, str]]:
    """Yield the columns of the platform's tables that name them as text."""
    site = {
        mapper.local_table
        for mapper in Base.registry.mappers
        if mapper.class_.__module__.startswith(_OF_THE_SITE)
    }
    for table in Base.metadata.sorted_tables:
        for column in table.columns if table not in site else ():
            count = _rows_with(table, column, work.subject.texts)
            if count:
                yield Place.SAMPLES, f"{table.name}.{column.name}: {count}", IN_TEXT


def _rows_with(table: Table, column: Column[Any], texts: tuple[str, ...]) -> int:
    if not (texts and isinstance(column.type, String | Text | JSON)):
        return 0
    value, wanted = cast(column, Text), words.in_text(texts)
    may_have = or_(*(value.contains(text, autoescape=True) for text in texts))
    found = select(value).select_from(table).where(may_have).execution_options(yield_per=100)
    return sum(1 for text in db.session.scalars(found) if wanted.search(text))


def _in_lake(work: Work) -> Iterator[tuple[Place, str, str]]:
    """Yield the tables of the lake that name them in a text of any column."""
    schemas = rows.names()
    tables = {name: work.lake.files(name) for name in (*schemas, events.TABLE)}
    copied = [str(path) for path in prepared.files(work.lake)]
    for name, files in {**tables, prepared.TABLE: copied}.items():
        count = _values_with(files, work.subject.texts) if work.subject.texts else 0
        if count:
            called = schemas[name].name if name in schemas else _CALLED[name]
            yield Place.DATASETS, f"{called}: {count}", IN_TEXT


def _values_with(files: list[str], texts: tuple[str, ...]) -> int:
    """Return how many rows of these files have one of the texts within any text, or as a value."""
    if not files:
        return 0
    kinds = {column.name: column.type for file in files for column in pq.read_schema(file)}
    told = [name for name, kind in kinds.items() if _is_text(kind)]
    # A number is no text with words in it, but may be an identifier as a whole.
    numbers = [name for name, kind in kinds.items() if _is_number(kind)]
    as_a_whole = [erasing.is_any_of([name], texts) for name in numbers]
    may_have = [f"contains({quoted(name)}, {literal(text)})" for name in told for text in texts]
    has_word = [words.in_sql(quoted(name), texts) for name in told]
    if not may_have and not as_a_whole:
        return 0
    first, then = " OR ".join([*may_have, *as_a_whole]), " OR ".join([*has_word, *as_a_whole])
    with engine.connection() as session:
        # What may have one is told much more quickly, and of the rest nothing else is asked.
        row = session.execute(
            f"SELECT count(*) FROM {engine.parquet(files)} WHERE ({first}) AND ({then})"
        ).fetchone()
    return int(row[0]) if row else 0


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_decimal(kind))
