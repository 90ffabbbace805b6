"""This site as the settings describe it: its records, and the platform they are sent to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import uuid4

from app.site.exports import exporting, sql_sources
from app.site.exports.exporting import ExportKind, ExportQuery, Source
from app.site.exports.options import ExportOptions
from app.site.exports.uploading import Destination


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


@dataclass(frozen=True)
class Site:
    """Where records come from, and where they go."""

    database_url: str
    sources: Mapping[str, Mapping[str, Any]]
    processors: Sequence[Mapping[str, Any]]
    part_rows: int
    platform_url: str
    account: str
    key: str

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Self:
        """Return the site of these settings."""
        return cls(
            database_url=settings["SITE_SAMPLE_SHOP_URL"],
            sources=settings["EXPORT_SOURCES"],
            processors=settings["EXPORT_PROCESSORS"],
            part_rows=settings["EXPORT_PART_ROWS"],
            platform_url=settings["SITE_PLATFORM_URL"],
            account=settings["SITE_ACCOUNT"],
            key=settings["SITE_API_KEY"],
        )

    def export(self, kind: ExportKind, asked: ExportOptions) -> Export:
        """Return what is exported with these options."""
        query = ExportQuery(
            self.database_url, asked.types, asked.limit, asked.offset, asked.changed_since
        )
        return Export(kind, query, self.sources[kind.value], self.processors)

    def destination(self, kind: ExportKind, asked: ExportOptions, now: datetime) -> Destination:
        """Return where the file goes, under a name that says what it is and when it was made."""
        return Destination(
            platform_url=self.platform_url,
            account=self.account,
            stream_id=asked.stream_id,
            is_draft=asked.is_draft,
            file_id=f"{kind.value}-{now:%Y-%m-%d-%H%M%S}-{uuid4().hex[:8]}",
            key=self.key,
        )


def _source_of(settings: Mapping[str, Any]) -> Source:
    if "sql" in settings:
        return sql_sources.source_of(settings)
    source: Source = exporting.named(settings["callable"])
    return source
