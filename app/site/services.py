"""Exporting a site's records, and making the sample shop."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from app.site import exporting, uploading
from app.site.exporting import ExportQuery
from app.site.sample_shop import generating, tables
from app.site.uploading import Destination, Sent

SAMPLE_SHOP_SEED = 20261123
DRY_RUN_RECORDS = 5


def stream_export(
    *,
    source: Mapping[str, Any],
    processors: Sequence[Mapping[str, Any]],
    query: ExportQuery,
    destination: Destination,
    part_rows: int,
    progress: Callable[[int], None],
) -> Sent:
    """Send what the source yields as one stream file; raise what `uploading.send` raises."""
    records = _records(source, processors, query)
    return uploading.send(records, destination, part_rows=part_rows, progress=progress)


def first_records(
    *, source: Mapping[str, Any], processors: Sequence[Mapping[str, Any]], query: ExportQuery
) -> list[dict[str, Any]]:
    """Return the first records as they would be sent; nothing is."""
    return list(islice(_records(source, processors, query), DRY_RUN_RECORDS))


def count_records(*, source: Mapping[str, Any], query: ExportQuery) -> int | None:
    """Return how many records an export will have, if that can be known beforehand."""
    return exporting.count_of(source, query)


def create_sample_shop(*, url: str) -> dict[str, int]:
    """Fill the sample shop's database, unless it is there; return its rows by table."""
    return tables.create(url, generating.shop(SAMPLE_SHOP_SEED))


def _records(
    source: Mapping[str, Any], processors: Sequence[Mapping[str, Any]], query: ExportQuery
) -> Iterator[dict[str, Any]]:
    return exporting.records(
        exporting.source_of(source), query, exporting.processors_of(processors)
    )
