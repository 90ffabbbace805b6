"""What the sample shop exports, as sources for `flask cdp stream-*`."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, Table, create_engine, func, select

from app.site.exports.exporting import ROWS_AT_ONCE, ExportQuery
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


def known_users(ids: Sequence[str], url: str) -> list[str]:
    """Return which of these are identifiers of users."""
    numbers = {int(each): each for each in ids if each.isascii() and each.isdecimal()}
    fitting = [number for number in numbers if number < 2**63]
    statement = select(tables.users.c.id).where(tables.users.c.id.in_(fitting))
    with create_engine(url).connect() as connection:
        return [str(number) for number in connection.scalars(statement)]


def count_users(query: ExportQuery) -> int:
    """Return how many users there are to export."""
    return _count(tables.users, "created_at", query)


def count_products(query: ExportQuery) -> int:
    """Return how many products there are to export."""
    return _count(tables.products, "created_at", query)


def count_content(query: ExportQuery) -> int:
    """Return how much content there is to export."""
    return _count(tables.content, "published_at", query)


def _wanted(table: Table, changed: str, query: ExportQuery) -> Select[Any]:
    wanted = select(table).order_by(*table.primary_key.columns)
    if query.types:
        wanted = wanted.where(table.c.type.in_(query.types))
    if query.changed_since is not None:
        wanted = wanted.where(table.c[changed] >= query.changed_since)
    return wanted.limit(query.limit).offset(query.offset)


def _count(table: Table, changed: str, query: ExportQuery) -> int:
    engine = create_engine(query.url)
    counted = select(func.count()).select_from(_wanted(table, changed, query).subquery())
    with engine.connect() as connection:
        count = connection.scalar(counted)
    engine.dispose()
    return int(count or 0)


def _rows(table: Table, changed: str, query: ExportQuery) -> Iterator[dict[str, Any]]:
    wanted = _wanted(table, changed, query)
    engine = create_engine(query.url)
    with engine.connect() as connection:
        options = connection.execution_options(yield_per=ROWS_AT_ONCE)
        for row in options.execute(wanted).mappings():
            yield dict(row)
    engine.dispose()
