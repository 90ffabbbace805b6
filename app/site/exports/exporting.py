"""What an export is: its kind, its query, its records and what changes them on the way."""

import datetime as dt
import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from importlib.metadata import entry_points
from typing import Any

Record = Mapping[str, Any]
Scalar = str | int | float | bool | None
ROWS_AT_ONCE = 500
# The group under which installed packages may offer sources and processors by a short name.
ENTRY_POINTS = "headwater.exports"


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


def processors_of(settings: Sequence[Mapping[str, Any]], kind: ExportKind) -> list[Processor]:
    """Return the processors that settings name for a kind, the lowest priority number first."""
    ordered = sorted(settings, key=lambda entry: int(entry.get("priority", 0)))
    return [named(entry["name"]) for entry in ordered if kind in entry.get("kinds", [kind])]


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


def named(name: str) -> Any:
    """Return what an entry point or a dotted name stands for; raise NameUnknown."""
    module, _, attribute = name.rpartition(".")
    try:
        for entry in entry_points(group=ENTRY_POINTS, name=name):
            return entry.load()
        return getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError, ValueError) as failure:
        raise NameUnknown(
            f"The settings name {name}, which cannot be loaded: {failure}"
        ) from failure


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
