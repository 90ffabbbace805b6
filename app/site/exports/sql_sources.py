"""Records by a query on any database that SQLAlchemy knows."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any

from sqlalchemy import Connection, TextClause, bindparam, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from app.site.exports.exporting import ROWS_AT_ONCE, ExportQuery, Record

# The largest LIMIT that all databases take.
NO_LIMIT = 2**63 - 1


class QueryFailed(Exception):
    """The database of a source cannot be reached, or refuses its query."""


def source_of(settings: Mapping[str, Any]) -> Callable[[ExportQuery], Iterator[Record]]:
    """Return the source that asks `settings["sql"]` of `settings["url"]`; it raises QueryFailed.

    The query may use :types, :limit, :offset and :changed_since. A limit or an offset that it does
    not use is applied to its rows.
    """

    def rows(query: ExportQuery) -> Iterator[Record]:
        with _connection(settings, query) as connection:
            streamed = connection.execution_options(yield_per=ROWS_AT_ONCE)
            found = streamed.execute(_statement(settings["sql"]), _values(settings["sql"], query))
            yield from map(dict, islice(found.mappings(), *_bounds(settings["sql"], query)))

    return rows


def count_of(settings: Mapping[str, Any], query: ExportQuery) -> int:
    """Return how many records the query has; raise QueryFailed."""
    sql = settings["sql"].rstrip().rstrip(";")
    with _connection(settings, query) as connection:
        counting = _statement(f"SELECT COUNT(*) FROM ({sql}) AS counted")
        count = int(connection.execute(counting, _values(sql, query)).scalar_one())
    first, last = _bounds(sql, query)
    return max(0, min(count, count if last is None else last) - first)


@contextmanager
def _connection(settings: Mapping[str, Any], query: ExportQuery) -> Iterator[Connection]:
    try:
        engine = create_engine(settings.get("url", query.url))
        with engine.connect() as connection:
            yield connection
    except (SQLAlchemyError, ImportError) as failure:
        reason = getattr(failure, "orig", None) or failure
        raise QueryFailed(f"The source's database does not answer its query: {reason}") from failure


def _statement(sql: str) -> TextClause:
    statement = text(sql)
    if _uses(sql, "types"):
        return statement.bindparams(bindparam("types", expanding=True))
    return statement


def _values(sql: str, query: ExportQuery) -> dict[str, Any]:
    values = {
        "types": list(query.types),
        "changed_since": query.changed_since,
        "limit": NO_LIMIT if query.limit is None else query.limit,
        "offset": query.offset,
    }
    return {name: value for name, value in values.items() if _uses(sql, name)}


def _bounds(sql: str, query: ExportQuery) -> tuple[int, int | None]:
    """Return the first and the last row to take of those the query itself gives."""
    first = 0 if _uses(sql, "offset") else query.offset
    has_limit = query.limit is not None and not _uses(sql, "limit")
    return first, first + query.limit if has_limit and query.limit is not None else None


def _uses(sql: str, name: str) -> bool:
    return re.search(rf"(?<![:\w]):{name}\b", sql) is not None
