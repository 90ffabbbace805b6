"""What an export is: its kind, its query, its sources and processors, found by dotted name."""

import datetime as dt
import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import create_engine, text

Record = Mapping[str, Any]
Scalar = str | int | float | bool | None
ROWS_AT_ONCE = 500


class ExportKind(StrEnum):
    """What a site exports."""

    USER = "user"
    PRODUCT = "product"
    CONTENT = "content"


class NotScalar(Exception):
    """A record has a value that no flat file can hold."""


class NameUnknown(Exception):
    """A dotted name from the settings leads nowhere."""


@dataclass(frozen=True)
class ExportQuery:
    """Which records are asked for, and of which database."""

    url: str
    types: tuple[str, ...] = ()
    limit: int | None = None
    offset: int = 0
    changed_since: dt.datetime | None = None


Source = Callable[[ExportQuery], Iterable[Record]]
Processor = Callable[[dict[str, Any]], dict[str, Any]]


def source_of(settings: Mapping[str, Any]) -> Source:
    """Return the source that settings name: a callable, or a query on any SQLAlchemy URL."""
    if "callable" in settings:
        source: Source = named(settings["callable"])
        return source

    def rows(query: ExportQuery) -> Iterator[Record]:
        engine = create_engine(settings.get("url", query.url))
        values = {
            "changed_since": query.changed_since,
            "limit": -1 if query.limit is None else query.limit,
            "offset": query.offset,
        }
        statement = text(settings["sql"])
        used = {name: values[name] for name in values if f":{name}" in settings["sql"]}
        with engine.connect() as connection:
            found = connection.execution_options(yield_per=ROWS_AT_ONCE).execute(statement, used)
            for row in found.mappings():
                yield dict(row)

    return rows


def count_of(settings: Mapping[str, Any], query: ExportQuery) -> int | None:
    """Return how many records there will be, where the settings name a way to count them."""
    if "count" not in settings:
        return None
    counted: int = named(settings["count"])(query)
    return counted


def processors_of(settings: Sequence[Mapping[str, Any]]) -> list[Processor]:
    """Return the processors that settings name, the lowest priority number first."""
    ordered = sorted(settings, key=lambda entry: int(entry.get("priority", 0)))
    return [named(entry["name"]) for entry in ordered]


def records(
    source: Source, query: ExportQuery, processors: Sequence[Processor]
) -> Iterator[dict[str, Scalar]]:
    """Yield flat records, one at a time; raise NotScalar naming record and field."""
    for number, record in enumerate(source(query), start=1):
        changed = dict(record)
        for processor in processors:
            changed = processor(changed)
        yield flattened(changed, number)


def flattened(record: Record, number: int) -> dict[str, Scalar]:
    """Return the record with its content fields side by side and every value a scalar."""
    flat: dict[str, Scalar] = {}
    for name, value in record.items():
        if name == "fields":
            for field in value:
                for key, part in field.items():
                    flat[f"field_{field['id']}_{key}"] = _scalar(part, number, name)
        else:
            flat[name] = _scalar(value, number, name)
    return flat


def named(dotted: str) -> Any:
    """Return what a dotted name stands for; raise NameUnknown."""
    module, _, name = dotted.rpartition(".")
    try:
        return getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError, ValueError) as failure:
        raise NameUnknown(f"The settings name {dotted}, which does not exist.") from failure


def _scalar(value: Any, number: int, name: str) -> Scalar:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, Decimal | dt.date | dt.time):
        return value.isoformat() if not isinstance(value, Decimal) else str(value)
    raise NotScalar(
        f"Record {number}: the field {name!r} holds a {type(value).__name__}. "
        "Only text, numbers, yes or no, dates and nothing can be exported; add a processor "
        "that makes it one of those."
    )
