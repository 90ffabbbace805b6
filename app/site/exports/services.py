"""Exporting a site's records."""

from collections.abc import Callable
from itertools import islice
from typing import Any

from app.site.exports import exporting, sql_sources, uploading
from app.site.exports.site import Export
from app.site.exports.uploading import Destination, Sent

DRY_RUN_RECORDS = 5


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
