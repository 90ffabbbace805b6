"""The files that hold events of people: of the events table, and of Interaction datasets."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir

from app import storage
from app.lake import logs
from app.schemas import queries as schemas
from app.schemas.models import Schema
from app.tracking import events, interactions
from app.tracking.interactions import Meanings

# Files of fewer rows together are read as they are whenever somebody asks.
FEW_ROWS = 50_000


# Goes up with every change of what is written of a file: what an earlier one wrote is left alone.
VERSION = 1


@dataclass(frozen=True)
class Source:
    """A file whose rows are events, and how they are read: its key changes when that does."""

    file: str
    row_count: int
    schema: Schema | None
    reading: str

    @property
    def key(self) -> str:
        """What the same rows, read the same way, are known by."""
        said = f"{VERSION}\n{Path(self.file).name}\n{self.reading}"
        return hashlib.sha256(said.encode()).hexdigest()[:32]


def listed(meanings: Meanings) -> list[Source]:
    """Return all files with events there are now, the largest first."""
    found = [*_sent(), *_of_datasets(meanings)]
    return sorted(found, key=lambda each: (-each.row_count, each.file))


def many(sources: list[Source]) -> list[Source]:
    """Return the files worth preparing: all but the smallest, which together have few rows."""
    left = sum(each.row_count for each in sources)
    for place, each in enumerate(sources):
        if left <= FEW_ROWS:
            return sources[:place]
        left -= each.row_count
    return sources


def opened(session: Any, sources: list[Source], meanings: Meanings) -> ir.Table | None:
    """Return the rows of files as events, in the columns of the events table; None without any."""
    found = None
    for schema, files in _by_schema(sources):
        if schema is None:
            table = logs.of_files(session, files, events.SCHEMA)
        else:
            columns = schemas.arrow_schema(schema.table_name)
            rows = logs.of_files(session, files, columns)
            table = interactions.as_events(rows, schema, session, meanings)
            table = table.cast(ibis.schema(events.SCHEMA))
        found = table if found is None else found.union(table)
    return found


def _by_schema(sources: list[Source]) -> Iterator[tuple[Schema | None, list[str]]]:
    for schema_id in dict.fromkeys(each.schema.id if each.schema else None for each in sources):
        own = [each for each in sources if (each.schema.id if each.schema else None) == schema_id]
        yield own[0].schema, [each.file for each in own]


def _sent() -> Iterator[Source]:
    for file, rows in storage.lake().row_counts(events.TABLE).items():
        yield Source(file, rows, None, events.TABLE)


def _of_datasets(meanings: Meanings) -> Iterator[Source]:
    for schema in interactions.list_schemas():
        reading = interactions.reading(schema, meanings)
        for file, rows in storage.lake().row_counts(schema.table_name).items():
            yield Source(file, rows, schema, reading)
