"""Exporting a site's records."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from app.site.exports import exporting, sql_sources, uploading
from app.site.exports.exporting import ExportKind, ExportQuery, Source
from app.site.exports.uploading import Destination, Sent

DRY_RUN_RECORDS = 5


@dataclass(frozen=True)
class Export:
    """What to export, where its records come from and what changes them on the way.

    `source` is {"sql": query, "url": database} or {"callable": name, "count": name}; a processor is
    {"name": name, "priority": number, "kinds": [kind]}. Names are dotted, or of entry points.
    """

    kind: ExportKind
    query: ExportQuery
    source: Mapping[str, Any]
    processors: Sequence[Mapping[str, Any]] = ()

    def records(self) -> Iterator[dict[str, Any]]:
        """Yield flat records, one at a time; raise NotScalar, NameUnknown or QueryFailed."""
        processors = exporting.processors_of(self.processors, self.kind)
        return exporting.records(_source_of(self.source), self.query, processors)


def stream_export(
    *,
    export: Export,
    destination: Destination,
    part_rows: int,
    progress: Callable[[int], None],
) -> Sent:
    """Send the records as one stream file; raise what `records` and `uploading.send` raise."""
    return uploading.send(export.records(), destination, part_rows=part_rows, progress=progress)


def first_records(*, export: Export) -> list[dict[str, Any]]:
    """Return the first records as they would be sent; nothing is."""
    return list(islice(export.records(), DRY_RUN_RECORDS))


def count_records(*, export: Export) -> int | None:
    """Return how many records there will be, if that can be known beforehand."""
    if "sql" in export.source:
        try:
            return sql_sources.count_of(export.source, export.query)
        except sql_sources.QueryFailed:
            # Not every query can be counted; one that cannot be asked says so when it is.
            return None
    if "count" in export.source:
        return int(exporting.named(export.source["count"])(export.query))
    return None


def _source_of(settings: Mapping[str, Any]) -> Source:
    if "sql" in settings:
        return sql_sources.source_of(settings)
    source: Source = exporting.named(settings["callable"])
    return source
