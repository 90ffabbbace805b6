"""What the sample shop exports, as sources for `flask cdp stream-*`."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table, create_engine, select

from app.site.exporting import ROWS_AT_ONCE, ExportQuery
from app.site.sample_shop import tables
from app.site.sample_shop.generating import fields_of


def users(query: ExportQuery) -> Iterator[dict[str, Any]]:
    """Yield the users."""
    return _rows(tables.users, "created_at", query)


def products(query: ExportQuery) -> Iterator[dict[str, Any]]:
    """Yield the products."""
    return _rows(tables.products, "created_at", query)


def content(query: ExportQuery) -> Iterator[dict[str, Any]]:
    """Yield the content, each with its fields."""
    for row in _rows(tables.content, "published_at", query):
        kept = {name: row[name] for name in ("id", "type", "published_at")}
        yield {**kept, "fields": list(fields_of(row))}


def _rows(table: Table, changed: str, query: ExportQuery) -> Iterator[dict[str, Any]]:
    wanted = select(table).order_by(*table.primary_key.columns)
    if query.types:
        wanted = wanted.where(table.c.type.in_(query.types))
    if query.changed_since is not None:
        wanted = wanted.where(table.c[changed] >= query.changed_since)
    wanted = wanted.limit(query.limit).offset(query.offset)
    engine = create_engine(query.url)
    with engine.connect() as connection:
        options = connection.execution_options(yield_per=ROWS_AT_ONCE)
        for row in options.execute(wanted).mappings():
            yield dict(row)
    engine.dispose()
